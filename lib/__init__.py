"""Helper library of the notebooks: reading, evidence, comparison, report."""
