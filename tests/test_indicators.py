"""Indicators and places of numbers: a table of cases, and the agreement of the tables with each other."""

import csv

import pytest

from lib import paths
from lib.evidence.quantities import quantities
from lib.lexicon import Lexicon

with open(paths.ROOT / "tests" / "cases" / "indicators.csv", encoding="utf-8") as f:
    CASES = list(csv.DictReader(f))
ROWS = {r["key"]: r for r in Lexicon().rows("indicators", "key", "units", "rate")}
PERSONS, GROUPS = {"人", "名", "位"}, {"支", "家", "座"}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["words"])
def test_the_indicator_and_the_place_of_a_number(case):
    found = {case["words"][q["start"] : q["end"]]: q for q in quantities.of(case["words"], place="云州市")}
    record = found[case["surface"]]
    assert (record["indicator"], record["place"]) == (case["indicator"], case["place"])


def test_no_indicator_counts_persons_and_groups():
    mixed = {k for k, r in ROWS.items() if PERSONS & set(r["units"].split("|")) and GROUPS & set(r["units"].split("|"))}
    assert not mixed and {"mass_prevention_people", "mass_prevention_teams"} <= set(ROWS)


def test_every_governed_key_is_an_indicator():
    assert {r["key"] for r in Lexicon().rows("indicators_governed", "key")} <= set(ROWS) | {""}


def test_a_rate_is_of_a_stock_or_a_flow():
    assert {r["rate"] for r in ROWS.values()} == {"stock", "flow", ""}


def test_a_story_gives_no_indicator():
    told = quantities.of("5月29日深夜,民警接到报警,一名男子被盗,民警抓获嫌疑人12名。", place="云州市")
    assert {(q["status"], q["indicator"]) for q in told} == {("case", "")}


@pytest.mark.parametrize("own, place", [("云州市", "青岚区"), ("青岚区", "")])
def test_the_own_place_is_told_by_its_name(own, place):
    assert [q["place"] for q in quantities.of("青岚区有探头500个。", place=own)] == [place]


def test_a_zone_is_told_by_its_short_name():
    told = quantities.of("嘉兴经开公安有探头500个。嘉兴经开区刑事警情下降12%。", place="嘉兴经济技术开发区")
    assert [q["place"] for q in told] == ["", ""]
