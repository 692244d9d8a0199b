"""The engine: each row's example is its test; what a row may not be; windows and looks."""

import pytest

from lib import rules
from lib.lexicon import Lexicon
from lib.reading import document
from lib.rules import engine

ROWS = engine.load(Lexicon()).rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_example_of_a_row_is_read_by_that_row(row):
    before, words, after = engine.ASKED.split(row.example)
    doc = document(before + words + after, {"id": "t"})
    assert rules.read(doc, len(before), len(before) + len(words), row.slot) == (row.reading, row.id)
