"""Roles, loops, formulas and links in invented sentences: tables of cases, a third of them traps."""
import csv
from pathlib import Path

import pytest

from lib.evidence import models
from lib.lexicon import Lexicon
from lib.reading import document

CASES = Path(__file__).parent / "cases"


def cases(name):
    with open(CASES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def found(table, text):
    return getattr(models, table)(document(text, {"id": "t"}), Lexicon())


def shape(rows):
    """Formulas in one line: NAME => COUNT:PART | ?COUNT:PART, the question mark for what the text does not name."""
    names = list(dict.fromkeys(r["name"] for r in rows))
    return "; ".join(f"{n} => " + " | ".join(f"{'' if r['named'] == 'true' else '?'}{r['count']}:{r['part']}"
                                             for r in rows if r["name"] == n) for n in names)


@pytest.mark.parametrize("text, stages, closes", cases("loops"))
def test_loops(text, stages, closes):
    rows = found("loops", text)
    assert " ".join(r["stage"] for r in rows) == stages
    assert {r["closes"] for r in rows} == ({closes} if closes else set())


@pytest.mark.parametrize("text, formulas", cases("formulas"))
def test_formulas(text, formulas):
    assert shape(found("formulas", text)) == formulas


@pytest.mark.parametrize("text, roles", cases("roles"))
def test_roles(text, roles):
    assert " ".join(f"{r['role']}:{r['actor']}" for r in found("roles", text)) == roles


@pytest.mark.parametrize("text, links", cases("links"))
def test_links(text, links):
    expected = {frozenset(pair.split("~")) for pair in links.split()}
    assert {frozenset((r["a"], r["b"])) for r in found("links", text)} == expected
