"""Checks of numbers: shares, totals, changes, conflicts."""

import math

import pandas as pd
import pytest

from lib.comparison import checks
from lib.evidence.quantities import quantities

NOBODY = pd.DataFrame(columns=["kind", "sentence", "key"])  # no actor is named


def table(*texts, place="yunzhou"):
    rows = []
    for n, words in enumerate(texts):
        for i, r in enumerate(quantities.of(words)):
            rows.append(
                {
                    **r,
                    "id": f"q{n}.{i}",
                    "source": "t",
                    "sentence": f"s{n}",
                    "damaged": "false",
                    "where": r["place"],
                    "place": place,
                    "surface": words[r["start"] : r["end"]],
                }
            )
    frame = pd.DataFrame(rows)
    for column in ("value", "value_high", "base_value"):
        frame[column] = pd.to_numeric(frame[column], errors="coerce")
    return frame


def test_a_share_follows_from_two_counts():
    found = checks.shares(table("2589个小区中,1483个实现无发案。"))
    assert [(round(r.share, 2), r.exact, r.ids) for r in found.itertuples()] == [(57.28, True, ["q0.0", "q0.1"])]


@pytest.mark.parametrize(
    "words, agrees",
    [
        ("受理纠纷400件,办结300件,办结率75%。", True),
        ("受理纠纷400件,办结300件,办结率85%。", False),
        ("受理纠纷2.84万件,办结2.67万件,办结率93.8%。", True),
    ],
)
def test_a_stated_share_is_checked_as_far_as_its_counts_are_rounded(words, agrees):
    assert list(checks.shares(table(words))["agrees"]) == [agrees]


def test_a_bounded_count_gives_no_exact_share():
    assert list(checks.shares(table("建成智慧小区440余个,140余个智慧小区无发案。"))["exact"]) == [False]


@pytest.mark.parametrize(
    "words, verdict",
    [
        ("建成警务站85个,其中街面警务站60个、社区警务站25个。", "adds_up"),
        ("建成警务站85个,其中街面警务站60个、社区警务站20个。", "less"),
        ("建成警务站85个,其中街面警务站60个、社区警务站35个。", "more"),
    ],
)
def test_parts_and_total(words, verdict):
    assert list(checks.totals(table(words))["verdict"]) == [verdict]


@pytest.mark.parametrize(
    "words, change, agrees",
    [
        ("警务站由10个增至15个,增长50%。", 50, True),
        ("警务站由10个增至15个,增长40%。", 50, False),
        ("破案率由85.2%提升至93.5%,提高8.3个百分点。", 8.3, True),
        ("警务站由10个增至15个。", 50, ""),
    ],
)
def test_from_to_against_the_stated_change(words, change, agrees):
    row = checks.changes(table(words)).iloc[0]
    assert (row["change"], row["agrees"]) == (pytest.approx(change), agrees)


def test_two_values_of_one_thing_conflict():
    found = checks.conflicts(table("全市有网格员3000名。", "全市共有网格员2800名。"), NOBODY)
    assert list(found["values"]) == [[3000, 2800]]


@pytest.mark.parametrize("second", ["全市共有网格员2900余名。", "青岚区共有网格员2800名。", "全市共有志愿者2800名。"])
def test_bounds_that_meet_other_places_and_other_things_do_not_conflict(second):
    assert checks.conflicts(table("全市有网格员3000名。", second), NOBODY).empty


@pytest.mark.parametrize(
    "bound, low, high",
    [("exact", 10, 10), ("at_least", 10, math.inf), ("at_most", 0, 10), ("nearly", 9, 10), ("about", 9, 11)],
)
def test_the_interval_behind_a_bound(bound, low, high):
    assert checks.interval(10, bound) == (low, pytest.approx(high))


@pytest.mark.parametrize(
    "words", ["一级警务站9个,二级警务站33个,11个城区警务站建成。", "建成警务站9个,街面警务站33个、社区警务站11个。"]
)
def test_without_of_which_there_are_no_parts(words):
    assert checks.totals(table(words)).empty


def test_a_share_needs_one_noun_and_one_place():
    assert checks.shares(table("派出所民警502名、社区民警473名。")).empty
    assert checks.shares(table("云州市有志愿者502名,青岚区有志愿者473名。")).empty


def test_arrests_of_unknown_periods_do_not_conflict():
    assert checks.conflicts(table("抓获嫌疑人30名。", "抓获嫌疑人12名。"), NOBODY).empty
    assert len(checks.conflicts(table("2022年抓获嫌疑人30名。", "2022年抓获嫌疑人12名。"), NOBODY)) == 1


def test_a_change_of_another_thing_is_none_of_this_one():
    row = checks.changes(table("每日警情由15起降至6起,电动车盗窃案件同比下降71%。")).iloc[0]
    assert (row["change"], row["stated"], row["agrees"]) == (-60, None, "")


def test_parts_of_one_indicator_are_added_whatever_each_is_called():
    words = "全县有人民调解组织50个,其中镇人民调解委员会12个、村人民调解委员会30个、行业性人民调解委员会8个。"
    assert list(checks.totals(table(words))["verdict"]) == ["adds_up"]
    assert not {12, 30, 8} & set(checks.shares(table(words))["total"])


@pytest.mark.parametrize("second, n", [("court", 0), ("police", 1)])
def test_what_two_bodies_do_is_no_contradiction(second, n):
    numbers = table("2022年调解矛盾纠纷300件。", "2022年调解矛盾纠纷120件。")
    named = [("actor", "s0", "police"), ("actor", "s1", second)]
    assert len(checks.conflicts(numbers, pd.DataFrame(named, columns=NOBODY.columns))) == n
