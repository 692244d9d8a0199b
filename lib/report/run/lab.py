"""Working copies of the notebooks for JupyterLab: what is run and saved there leaves the tracked ones alone."""

import hashlib
import json
import re

import nbformat

from lib import paths
from lib.report.run.translate import localised
from lib.report.show.captions import named

FOLDER = paths.ROOT / "lab"
MARK = "copy"  # in a copy's metadata: what its cells were when it was made


def copies(language: str, given: dict) -> list[str]:
    """Brings lab/LANGUAGE up to date; a line for each copy that somebody changed, which stays as it is.

    `given`: values of parameters ({"evidence": "build/evidence", ...}) that the copies begin with. A copy keeps its
    outputs as long as its notebook is the same.
    """
    out, told = FOLDER / language, []
    out.mkdir(parents=True, exist_ok=True)
    for path in sorted(paths.NOTEBOOKS.glob("*.ipynb")):
        made, target = _made(path, language, given), out / path.name
        state = _state(target)
        if state == "changed" and made.metadata[MARK] != nbformat.read(target, as_version=4).metadata[MARK]:
            told.append(f"{target.relative_to(paths.ROOT)}: changed by you, so it stays; rename it to get the new one")
        elif state != "changed" and state != made.metadata[MARK]:
            paths.write(target, nbformat.writes(made) + "\n")
    for old in out.glob("*.ipynb"):
        if not (paths.NOTEBOOKS / old.name).exists() and _state(old) not in ("changed", "own"):
            old.unlink()
    return told


def _made(path, language, given):
    """The copy of a notebook: in a language, with its parameters, its references as words."""
    notebook = localised(nbformat.read(path, as_version=4), language)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = named(cell.source, language)
        elif "parameters" in cell.metadata.get("tags", ()):
            cell.source = _given(cell.source, given)
    notebook.metadata[MARK] = _hash(notebook)
    return notebook


def _given(source, given):
    for name, value in given.items():
        said = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        source = re.sub(
            rf'(?m)^{name} = (?:"[^"]*"|\[[^\]]*\]) *', lambda m, s=said: s.ljust(len(m[0]) - 1) + " ", source
        )
    return source


def _state(path):
    """ "" where there is no such copy, else its mark; "changed" where its cells are others, "own" where it has none."""
    if not path.exists():
        return ""
    notebook = nbformat.read(path, as_version=4)
    mark = notebook.metadata.get(MARK, "own")
    return mark if mark in ("own", _hash(notebook)) else "changed"


def _hash(notebook):
    cells = [[cell.cell_type, cell.source.rstrip()] for cell in notebook.cells if cell.source.strip()]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:16]
