"""Words from rows: percentages, points, bounds, what holds, and sentences only where there is something to say."""

import pandas as pd
import pytest

from lib.report.show import numbers, portraits
from lib.report.show import sentences as narrative
from lib.report.show.labels import Labels


@pytest.mark.parametrize("value, words", [(0.123, "12%"), (0, "0%"), (float("nan"), "–")])
def test_percent(value, words):
    assert numbers.percent(value) == words


@pytest.mark.parametrize(
    "value, words", [(0.123, "+12"), (-0.2, "−20"), (0.001, "0"), (-0.004, "0"), (0.104, "+10"), (float("nan"), "–")]
)
def test_points(value, words):
    assert numbers.points(value) == words


@pytest.mark.parametrize(
    "value, high, bound, words",
    [
        (3200, None, "at_least", "≥3,200"),
        (3, 5, "exact", "3–5"),
        (40, None, "about", "≈40"),
        (0.5, None, "at_most", "≤0.5"),
        (97, None, "nearly", "≲97"),
        (2830000, None, "exact", "2,830,000"),
    ],
)
def test_amount(value, high, bound, words):
    assert numbers.amount(value, high, bound) == words


@pytest.mark.parametrize(
    "value, words", [(24924.3, "24,900"), (1.0812, "1.08"), (0.00071034, "0.000710"), (73.31, "73.3"), (0, "0")]
)
def test_three_figures(value, words):
    assert numbers.rounded(value) == words


@pytest.mark.parametrize("holds, of, words", [(4, 4, "4/4"), (3, 4, "3/4"), (2, 4, "2/4 †"), (0, 0, "–")])
def test_what_holds(holds, of, words):
    assert narrative.held(pd.Series({"holds": holds, "of": of})) == words


class Told:
    """A report that keeps what it is asked to say."""

    language, labels = "en", Labels("en")

    def __init__(self):
        self.said = []

    def label(self, key, group=""):
        return str(key).title()

    def number(self, value, rows, fmt=None):
        return value

    def count(self, rows):
        return len(rows)

    def text(self, words):
        return words

    def say(self, text, otherwise="", /, **values):
        text = text if values.get("items", True) else otherwise
        self.said += [text.format(**values)] if text else []


FOUND = pd.DataFrame(
    [
        ("more", "yunzhou", "data", 0.3, 0.1, 0.25, 0.05, ["m1"], 4, 10),
        ("less", "yunzhou", "mass", 0.1, -0.3, -0.1, 0.3, ["m2"], 9, 10),
        ("more", "linhu", "data", 0.5, 0.1, 0.3, 0.2, ["m3"], 10, 10),
    ],
    columns=["kind", "place", "topic", "value", "low", "high", "rest", "ids", "holds", "of"],
)


def test_a_portrait_says_only_what_was_found():
    report = Told()
    portraits.portraits(report, FOUND, ["yunzhou", "linhu", "qinglan"], {"linhu": "Leads: the Party"})
    assert sorted(report.said) == [
        "**linhu.** Leads: the Party. It speaks more than the others of ['Data (50%, +30 [+10, +30]; 10/10)'].",
        "**qinglan.** By the rules of this report nothing in its text sets it apart.",
        "**yunzhou.** It speaks more than the others of ['Data (30%, +25 [+10, +25]; 4/10 †)']. "
        "It speaks less of ['Mass (10%, −20 [−30, −10]; 9/10)'].",
    ]


def test_something_else_is_said_only_where_there_are_no_rows():
    report = Told()
    narrative.otherwise(report, FOUND, "none"), narrative.each(report, FOUND.iloc[:0], "{topic}", "{items}")
    assert report.said == []
    narrative.otherwise(report, FOUND.iloc[:0], "none")
    narrative.each(report, FOUND.iloc[:0], "{topic}", "{items}", "nothing")
    assert report.said == ["none", "nothing"]


def test_an_interval_that_is_unknown_leaves_no_bracket():
    bare = FOUND.assign(low=float("nan"), high=float("nan"))
    assert narrative.items(Told(), bare.iloc[:1], "{difference}{interval}") == ["+25"]


def test_what_is_described_is_said_and_that_nothing_is():
    rows = pd.DataFrame({"dimension": ["safeguard"], "practice": ["safe_redress"], "place": ["linhu"], "id": ["m1"]})
    report = Told()
    narrative.described(report, rows, "{items}", "none")
    narrative.described(report, rows.iloc[:0], "{items}", "none")
    assert report.said == ["['Safe_Redress (Linhu)']", "none"]
