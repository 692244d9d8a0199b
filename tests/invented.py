"""Invented places: a corpus of texts, and tables made from short lists for tests of comparisons."""

from pathlib import Path

import pandas as pd

from lib.comparison.sources import Corpus
from lib.schemas import TABLES, names

CORPUS = Path(__file__).parent / "corpus"  # texts, with a register and places of their own
PRACTICES = pd.DataFrame(
    [
        ("lead_plan", "lead", "environment"),
        ("data_hub", "data", "supply"),
        ("data_brain", "data", "supply"),
        ("mass_team", "mass", "demand"),
        ("result_trend", "result", ""),
        ("safe_redress", "safeguard", "environment"),
    ],
    columns=["practice", "dimension", "instrument"],
)


def corpus(codings, sentences, parents=None, **tables):
    """A Corpus. `sentences`: {place: sentences in each passage}; `codings`: (place, passage, sentence, practice), then
    optionally strength, status and origin; `tables`: rows of other tables as lists of dicts with a place."""
    rows = {"passages": [], "sentences": [], "mentions": [_coding(n, *c) for n, c in enumerate(codings)]}
    for place, sizes in sentences.items():
        for p, size in enumerate(sizes):
            rows["passages"].append({"id": f"{place}.p{p}", "source": place, "place": place, "kind": "body"})
            rows["sentences"] += [
                {
                    "id": f"{place}.s{p}.{s}",
                    "source": place,
                    "place": place,
                    "passage": f"{place}.p{p}",
                    "codable": "true",
                    "damaged": "false",
                }
                for s in range(size)
            ]
    rows["sources"] = [
        {"id": p, "place": p, "kept_characters": 30 * sum(s), "subject_characters": 30 * sum(s), "published": "2024"}
        for p, s in sentences.items()
    ]
    kept = [n for n in TABLES if n == "sources" or "source" in names(n)]
    return Corpus({n: frame(n, rows.get(n, tables.get(n, []))) for n in kept}, PRACTICES, parents or {})


def frame(name, rows):
    """A table of the dataset with a column place, empty cells where the rows say nothing."""
    columns = list(dict.fromkeys([*names(name), "place", "where"]))
    numbers = {c.name for c in TABLES[name] if c.kind in ("number", "integer")}
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    return table.assign(
        **{c: table[c].fillna("") for c in columns if c not in numbers}, **{c: pd.to_numeric(table[c]) for c in numbers}
    )


def _coding(n, place, passage, sentence, practice, strength="2", status="done", origin="unknown"):
    return {
        "id": f"m{n}",
        "source": place,
        "place": place,
        "sentence": f"{place}.s{passage}.{sentence}",
        "kind": "practice",
        "key": practice,
        "strength": strength,
        "status": status,
        "origin": origin,
    }
