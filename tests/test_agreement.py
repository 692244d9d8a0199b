"""Agreement of coders. The oracles are published: Krippendorff 2011, and the encyclopaedias' three-coder example."""

import math

import numpy as np
import pandas as pd
import pytest

from lib.comparison import agreement as compare

NAN = float("nan")


def ratings(*rows):
    """Letters and digits as ratings; a point is a unit that the coder did not rate."""
    return [[NAN if c == "." else float(ord(c)) for c in row.replace(" ", "")] for row in rows]


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "123322412 5.3", ".33323422 51.", "123324412 51."), 0.743),
        ((".....3412113 3.3", "1.213343.......", "..21344.2113 3.4"), 0.691),
    ],
)
def test_alpha_is_that_of_the_published_examples(rows, alpha):
    assert compare.alpha(ratings(*rows)) == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize("rows", [("0000", "0000"), ("11", "11"), ("01", ".."), ("", "")])
def test_alpha_is_nothing_where_nothing_varies(rows):
    assert math.isnan(compare.alpha(ratings(*rows)))


def test_agreed_is_the_share_of_pairs_alike():
    assert compare.agreed(np.array([[1, 0, 1, NAN], [1, 1, 1, 0], [1, 0, 0, NAN]])) == pytest.approx((3 + 1 + 1) / 9)


def codings(*rows):
    return pd.DataFrame(rows, columns=compare.CODINGS)


SENTENCES = pd.DataFrame(
    [("a.s.1", "a", 0, 10), ("a.s.2", "a", 12, 20), ("b.s.1", "b", 0, 8)], columns=["id", "source", "start", "end"]
)
TWO = codings(("x", "a", 0, 4, "grid"), ("x", "a", 13, 15, "hub"), ("y", "a", 2, 4, "grid"), ("x", "b", 0, 3, "grid"))


def test_presence_is_one_zero_or_unread():
    held = compare.presence(TWO, SENTENCES, "grid")
    assert np.array_equal(held, [[1, 0, 1], [1, 0, NAN]], equal_nan=True)


def test_span_rates_every_character_of_the_sentences():
    held = compare.spans(TWO, SENTENCES, "grid")
    assert held.shape == (2, 26)
    assert held[0].sum() == 4 + 3 and np.nansum(held[1]) == 2 and np.isnan(held[1]).sum() == 8


def test_a_coding_outside_any_sentence_is_left_out():
    rows = codings(("x", "a", 11, 12, "grid"), ("x", "a", 12, 13, "hub"))
    assert list(compare.placed(rows, SENTENCES)["sentence"]) == ["a.s.2"]


def test_agreement_has_a_row_a_code():
    table = compare.agreement(TWO, SENTENCES).set_index("code")
    assert list(table.index) == ["grid", "hub"] and table.loc["grid", "positives"] == "x:1 y:1"
    assert table.loc["grid", "sentences"] == 2  # y didn't read b
    assert table.loc["grid", "alpha_presence"] == pytest.approx(1) and table.loc["grid", "alpha_span"] < 1
    assert table.loc["hub", "agreed"] == pytest.approx(0.5)


def test_a_code_that_there_was_not_for_a_coder_is_neither_given_nor_withheld():
    books = {"y": {"grid"}}
    table = compare.agreement(TWO, SENTENCES, None, books).set_index("code")
    assert tuple(table.loc["hub", ["sentences", "positives"]]) == (0, "") and math.isnan(table.loc["hub", "agreed"])
    assert table.loc["grid", "alpha_presence"] == pytest.approx(1)
    assert compare.disagreements(TWO, SENTENCES, books).empty and len(compare.disagreements(TWO, SENTENCES)) == 1
    held = compare.against(TWO.replace({"coder": {"x": "machine"}}), SENTENCES, "machine", books).set_index("code")
    assert list(held.index) == ["all", "grid"] and held.loc["all", "reference_only"] == 0


def test_dimensions_pool_their_codes():
    pooled = compare.by_dimension(TWO, {"grid": "base", "hub": "base"})
    assert set(pooled["code"]) == {"base"} and len(pooled) == len(TWO)


def test_the_machine_codes_what_is_not_absent():
    columns = ["kind", "key", "status", "source", "start", "end"]
    mentions = pd.DataFrame(
        [
            ("practice", "grid", "done", "a", 0, 4),
            ("practice", "hub", "absent", "a", 0, 4),
            ("actor", "police", "done", "a", 0, 4),
        ],
        columns=columns,
    )
    assert compare.machine(mentions).to_dict("records") == [
        {"coder": "machine", "source": "a", "start": 0, "end": 4, "code": "grid"}
    ]


def test_the_machine_is_held_against_each_coder_in_texts_that_both_read():
    table = compare.against(TWO.replace({"coder": {"y": "machine"}}), SENTENCES, "machine").set_index("code")
    assert tuple(table.loc["all", ["both", "coder_only", "reference_only"]]) == (1, 1, 0)
    assert table.loc["all", "precision"] == 1 and table.loc["all", "recall"] == 0.5
    assert table.loc["all", "f1"] == pytest.approx(2 / 3)


def test_disagreements_name_who_and_what_stands_around():
    rows = compare.disagreements(TWO, SENTENCES).to_dict("records")
    assert rows == [
        {
            "source": "a",
            "sentence": "a.s.2",
            "start": 12,
            "end": 20,
            "code": "hub",
            "given_by": "x",
            "not_by": "y",
            "spans": "x:13-15",
            "before": "a.s.1",
            "after": "",
        }
    ]
