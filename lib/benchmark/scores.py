"""How well the extraction does on articles it was not made for: data/benchmark, read and held against its gold."""

import io
import tempfile
from contextlib import redirect_stderr
from pathlib import Path

import pandas as pd

from lib import paths
from lib.benchmark import elements, gold, models
from lib.comparison import sources
from lib.comparison.elements import statements
from lib.evidence.dataset import gather, tables
from lib.lexicon import BadInput, Lexicon

COLUMNS = ["part", "texts", "layer", "field", "precision", "recall", "f1", "share", "of"]
SCORES = "scores.csv"
CLOSED = "CLOSED.md"  # in a part: it is measured only where it is named, for each look at its figures spends it


def measured(folder: Path = paths.BENCHMARK, lexicon: Lexicon | None = None, parts=(), both=None) -> pd.DataFrame:
    """One row a part, layer and field (field "": the rows themselves), columns COLUMNS; rates from 0 to 1, `texts`: how
    many have gold of the layer, `of`: its core rows.

    A part is a folder with `texts/` and the annotators' tables: `build` was worked with, `test` is kept aside.
    `parts`: names of those that are measured, where empty all that are not CLOSED;
    `both`: the labels in Chinese and in English, without which statements on elements, made in both, are not measured.
    """
    every = sorted(p.parent for p in folder.glob("*/texts"))
    found = [p for p in every if (p.name in parts if parts else not (p / CLOSED).exists())]
    if not found:
        raise BadInput(
            f"{folder}: no articles; expected PART/texts/ with PART/quantities.csv and so on, see its README.md"
        )
    return pd.concat([_part(part, lexicon or Lexicon(), both) for part in found], ignore_index=True)


def _part(part, lexicon, both):
    # of articles that no register knows nothing is told: a part that is kept aside stays unread
    with tempfile.TemporaryDirectory() as out, redirect_stderr(io.StringIO()):
        gather.run(part / "texts", Path(out), gather.Plan(None, lexicon=lexicon))
        evidence = tables.load(out)
    layers, fields = gold.scores(evidence, part)
    told = [layers.assign(field="", of=layers["gold"]), fields]
    told += [_models(evidence, part)] if (part / "models.csv").exists() else []
    told += [_elements(evidence, part, both)] if both and (part / "elements.csv").exists() else []
    every = pd.concat(told, ignore_index=True)
    every = every.assign(part=part.name, texts=every["layer"].map(lambda layer: _texts(part, layer)))
    return every[every["texts"] > 0].reindex(columns=COLUMNS).round(3)


def _models(evidence, part):
    """Roles, loops, formulas and links."""
    found = models.scores(evidence, part)
    return found.assign(field="", of=found["gold"])


def _elements(evidence, part, both):
    """Statements on the elements of a model: all, and a row an element."""
    told = sources.corpus(evidence)
    said = statements.statements(told, *both)
    truth = gold.rows(part / "elements.csv", evidence).astype({"start": int, "end": int})
    found = elements.scores(said, statements.cells(said), told, truth)
    return found.assign(layer="elements", field=found["element"].replace("all", ""))


def _texts(part, layer):
    """How many texts of a part have gold of a layer."""
    own = {**dict.fromkeys(models.LAYERS, "models"), "elements": "elements"}.get(layer, "")
    if not own:
        return len(list((part / "texts").glob("*.*")))
    told = pd.read_csv(part / f"{own}.csv", dtype=str, keep_default_na=False)
    return told.loc[told["layer"] == layer if "layer" in told else told.index, "source"].nunique()


def write(folder: Path = paths.BENCHMARK, parts=(), both=None) -> pd.DataFrame:
    """Measures the parts named, or all that are open, and keeps the figures beside them, for the chapter on trust;
    those of other parts stay as they were measured."""
    found = measured(folder, parts=parts, both=both)
    old = kept(folder)
    old = old[~old["part"].isin(found["part"])]
    every = pd.concat([old, found], ignore_index=True) if len(old) else found
    every = every.sort_values("part", kind="stable", ignore_index=True)
    every.to_csv(folder / SCORES, index=False, encoding="utf-8", lineterminator="\n")
    return every


def kept(folder: Path = paths.BENCHMARK) -> pd.DataFrame:
    """The figures as last measured; no rows where nobody has measured."""
    path = folder / SCORES
    return (
        pd.read_csv(path, keep_default_na=False, na_values={c: "" for c in COLUMNS[4:]})
        if path.exists()
        else pd.DataFrame(columns=COLUMNS)
    )
