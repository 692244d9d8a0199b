"""Helper library of the notebooks: reading, evidence, comparison, report. For plain cells: `lib.desk`.

.. include:: ../data/README.md
"""
