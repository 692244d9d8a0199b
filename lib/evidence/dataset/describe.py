"""The description of the dataset, made from its schemas: datapackage.json and data/README.md."""

import hashlib
import json
from pathlib import Path

from lib import paths, schemas


def datapackage(folder):
    """Writes datapackage.json (Frictionless Data Package) beside the tables, last: it says that they are whole."""
    resources = [
        {"name": name, "path": f"{name}.csv", "description": schemas.ABOUT[name], "encoding": "utf-8"}
        | {"hash": f"sha256:{_digest(Path(folder) / f'{name}.csv')}"}
        | {"schema": {"fields": [_field(c) for c in columns], "missingValues": [""]}}
        for name, columns in schemas.TABLES.items()
    ]
    package = {
        "profile": "tabular-data-package",
        "name": "urban-safety-governance-models",
        "title": "What Chinese cities publish about their public-safety governance: facts with offsets",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": resources,
    }
    paths.write(Path(folder) / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")


def _digest(path):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def _field(column):
    field = {"name": column.name, "type": column.kind, "description": column.about}
    return field | ({"constraints": {"enum": list(column.values)}} if column.values else {})


def readme():
    """The text of data/README.md: every table, every column."""
    return HEAD + "\n".join(_table(name, columns) for name, columns in schemas.TABLES.items()) + "\n"


def _table(name, columns):
    about = schemas.ABOUT[name]
    head = f"\n### {name}.csv\n{about[0].upper() + about[1:]}.\n\n| column | type | what it holds |\n|---|---|---|\n"
    return head + "\n".join(_row(c) for c in columns)


def _row(column):
    values = f" ({', '.join(column.values)})" if column.values else ""
    return f"| {column.name} | {column.kind} | {column.about}{values} |"


HEAD = """<!-- made by `python -m lib describe` from data/columns.csv -->
# Data
| folder or file | what it is | who changes it |
|---|---|---|
| texts/ | your source texts; not in git | you |
| sources.csv | the register of texts: one row a text | you, with each new text |
| places.csv | the jurisdictions, with population and area, year, source and confidence | you, with each new place |
| laws.csv | law on data protection and redress, with the date in force | a lawyer |
| tables.csv, columns.csv | what every table of evidence/ and every column is, and may hold | whoever adds a column |
| labels.csv | names of columns and values, in English and Chinese | whoever adds a column |
| review.csv | decisions of human coders that win over the machine | coders |
| codebook/ | dimensions, practices, cues: what counts as what | a political scientist |
| lexicon/ | units, actors, roles, stages, names, what is private: the words of the register | a linguist |
| evidence/ | the released dataset, derived from the texts: facts and offsets, no sentence | `make evidence` |
| gold/ | what two annotators found in the same texts, for measuring | annotators |

Every table with a `surface` points: `raw[start:end] == surface` (but for × where the
name or a number of a private person stands), where `raw` is the decoded file (for .html, .docx and
.pdf the extracted text that `build/texts/` keeps). Offsets count characters from 0. An empty cell means: the text does
not say, or it could not be known. It never means zero. The licence of the dataset stands in LICENSE-DATA.

## Tables of evidence/
"""


def write():
    """Writes data/README.md."""
    paths.write(paths.DATA / "README.md", readme())
