"""How well the extraction does on articles it was not made for: data/benchmark, read and held against its gold."""

import tempfile
from pathlib import Path

import pandas as pd

from lib import paths
from lib.comparison import gold
from lib.evidence.dataset import gather, tables
from lib.lexicon import BadInput, Lexicon

COLUMNS = ["part", "texts", "layer", "field", "precision", "recall", "f1", "share", "of"]
SCORES = "scores.csv"


def measured(folder: Path = paths.BENCHMARK, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """One row a part, layer and field (field "": the rows themselves), columns COLUMNS; rates from 0 to 1.

    A part is a folder with `texts/` and the annotators' tables: `build` was worked with, `test` was opened once.
    """
    parts = sorted(p.parent for p in folder.glob("*/texts"))
    if not parts:
        raise BadInput(
            f"{folder}: no articles; expected PART/texts/ with PART/quantities.csv and so on, see its README.md"
        )
    return pd.concat([_part(part, lexicon or Lexicon()) for part in parts], ignore_index=True)


def _part(part, lexicon):
    with tempfile.TemporaryDirectory() as out:
        gather.run(part / "texts", Path(out), gather.Plan(None, lexicon=lexicon))
        layers, fields = gold.scores(tables.load(out), part)
    both = pd.concat([layers.assign(field=""), fields], ignore_index=True).reindex(columns=COLUMNS)
    return both.assign(part=part.name, texts=len(list((part / "texts").glob("*.*")))).round(3)


def write(folder: Path = paths.BENCHMARK) -> pd.DataFrame:
    """Measures all parts and keeps the figures beside them, for the chapter on trust."""
    found = measured(folder)
    found.to_csv(folder / SCORES, index=False, encoding="utf-8", lineterminator="\n")
    return found


def scores(folder: Path = paths.BENCHMARK) -> pd.DataFrame:
    """The figures as last measured; no rows where nobody has measured."""
    path = folder / SCORES
    return (
        pd.read_csv(path, keep_default_na=False, na_values={c: "" for c in COLUMNS[4:]})
        if path.exists()
        else pd.DataFrame(columns=COLUMNS)
    )
