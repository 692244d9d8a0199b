"""How to cite the report: who, what, and which dataset it was made from, in words and in BibTeX."""

import yaml

from lib import paths
from lib.report.binding import pandoc

BIBTEX = """@misc{{{name},
  author = {{{{{authors}}}}},
  title = {{{title}}},
  note = {{Dataset {name}, codebook {version}, SHA-256 {hash}}},
}}"""


def blocks(dataset, labels):
    """Heading, sentence and BibTeX entry for a report of this dataset, {name, hash}; nothing where it isn't known."""
    if not dataset:
        return []
    about = yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    authors = labels.listed(
        labels.of(a["name"]) if "name" in a else f"{a['given-names']} {a['family-names']}" for a in about["authors"]
    )
    version = (paths.CODEBOOK / "VERSION").read_text(encoding="utf-8").strip()
    told = {"authors": authors, "title": labels.of("title", "report"), "version": version, **dataset}
    return [
        {"t": "Header", "c": [2, ["cite", ["unnumbered"], []], pandoc.words(labels.of("cite", "report"))]},
        {"t": "Para", "c": pandoc.words(labels.of("cite_as", "report").format(**told))},
        {"t": "CodeBlock", "c": [["", [], []], BIBTEX.format(**told)]},
    ]
