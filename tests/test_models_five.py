"""Every role formula, loop, formula and link of the five texts; skipped where the texts are not at hand."""

import csv
import os
from functools import cache
from pathlib import Path

import pytest

from lib import paths
from lib.reading import document
from tests.test_models import cases, shape, tables

TEXTS = Path(os.environ.get("TEXTS") or paths.ROOT.parent / "shared" / "texts")
LIMIT = 40
pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts are not at hand")


@cache
def read(place):
    with open(paths.DATA / "sources.csv", encoding="utf-8", newline="") as file:
        name = next(row["file"] for row in csv.DictReader(file) if row["place"] == place)
    return document((TEXTS / name).read_text(encoding="utf-8"), {"id": place})


@cache
def found(table, place):
    return tables(read(place))[table]


def told(rows):
    """{formula: ["leads:党政", ...]} of roles."""
    groups = {}
    for r in rows:
        groups.setdefault(r["formula"], []).append(f"{r['role']}:{r['actor']}")
    return groups


def expected(table):
    return [(place, words) for name, place, words in cases("models_five") if name == table]


@pytest.mark.parametrize("place, words", expected("roles"))
def test_roles(place, words):
    assert any(set(words.split()) <= set(group) for group in told(found("roles", place)).values())


@pytest.mark.parametrize("place, words", expected("loops"))
def test_loops(place, words):
    rows = found("loops", place)
    assert words in {" ".join(r["stage"] for r in rows if r["loop"] == loop) for loop in {r["loop"] for r in rows}}
    assert {r["closes"] for r in rows} == {"true"}


@pytest.mark.parametrize("place, words", expected("formulas"))
def test_formulas(place, words):
    assert words in shape(found("formulas", place)).split("; ")


@pytest.mark.parametrize("place, words", expected("links"))
def test_links(place, words):
    pairs = {frozenset((r["a"], r["b"])) for r in found("links", place)}
    assert {frozenset(pair.split("~")) for pair in words.split()} <= pairs


@pytest.mark.parametrize("table", ["loops", "formulas"])
def test_nothing_else(table):
    """The table is whole: what it does not list is not found."""
    key = {"loops": "loop", "formulas": "name"}[table]
    for place in dict.fromkeys(place for place, _ in expected(table)):
        listed = [words for p, words in expected(table) if p == place]
        assert len({r[key] for r in found(table, place)}) == len(listed)


@pytest.mark.parametrize("table", ["roles", "loops", "formulas", "links"])
def test_spans_lie_in_one_sentence_and_copy_nothing(table):
    for place in ("jiaxing", "zhangye", "suzhou-sip", "jiaxing-edz", "changzhou"):
        doc = read(place)
        for r in found(table, place):
            a, b = doc.text.raw_span(r["start"], r["end"])
            assert 0 < b - a < LIMIT, r
            assert any(s.start <= r["start"] and r["end"] <= s.end for s in doc.sentences), r
