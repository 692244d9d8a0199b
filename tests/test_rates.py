"""Rates: a number is set against a place only where it speaks of that place."""

import pandas as pd
import pytest

from lib.comparison import indicators, rates

PLACES = pd.DataFrame(
    [["1000000", "2020", "census", "2000", "2018", "yearbook"], ["", "", "", "50", "2020", "yearbook"]],
    columns=rates.DENOMINATORS,
    index=["yunzhou", "qinglan"],
)
ROW = dict(
    id="q1",
    place="yunzhou",
    where="",
    indicator="police_posts",
    noun="警务站",
    value=50.0,
    value_high=None,
    bound="exact",
    unit="个",
    unit_kind="count",
    relation="level",
    status="done",
    denominator="",
    period="目前",
    basis="",
    period_start="",
    period_end="",
    damaged="false",
)

YEAR = {"period_start": "2022-01-01", "period_end": "2022-12-31"}


def table(*changed):
    return pd.DataFrame([{**ROW, **c} for c in changed])


def test_both_rates_with_year_and_source_of_each_denominator():
    row = rates.rates(table({}), PLACES).iloc[0]
    assert (row["per_10000"], row["per_km2"]) == (0.5, 0.025)
    assert (row["population_year"], row["population_source"]) == ("2020", "census")
    assert (row["area_year"], row["area_source"]) == ("2018", "yearbook")


def test_a_bound_holds_for_its_rate():
    assert rates.rates(table({"bound": "at_least"}), PLACES).iloc[0]["bound"] == "at_least"


@pytest.mark.parametrize(
    "changed, reason",
    [
        ({"where": "下级"}, "lower_level"),
        ({"where": "临湖县"}, "other_place"),
        ({"place": "qinglan"}, "no_population"),
        ({"indicator": "cases_solved"}, "no_period"),
        ({**YEAR, "indicator": "cases_solved", "value": 3.0}, "few"),
        ({"place": "elsewhere"}, "no_population"),
        ({"damaged": "true", "value": None}, "damaged"),
    ],
)
def test_no_rate_without_the_same_place(changed, reason):
    assert rates.rates(table(changed), PLACES).empty
    assert list(rates.withheld(table(changed), PLACES)["reason"]) == [reason]


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "planned"},
        {"status": "case"},
        {"indicator": "partner_departments"},
        {"relation": "increase"},
        {"relation": "share"},
        {"indicator": ""},
        {"unit_kind": "money"},
        {"denominator": "每万人"},
        {"period": "日均"},
    ],
)
def test_what_is_no_reached_count_is_no_candidate(changed):
    assert rates.rates(table(changed), PLACES).empty and rates.withheld(table(changed), PLACES).empty


def test_neither_rate_without_the_area():
    assert rates.rates(table({}), PLACES.assign(area_km2="")).empty


def test_what_comes_in_over_a_stated_period_has_a_rate():
    assert list(rates.rates(table({**YEAR, "indicator": "cases_solved"}), PLACES)["per_10000"]) == [0.5]


@pytest.mark.parametrize("end, compared", [("2022-12-20", 2), ("2022-06-30", 0)])
def test_only_alike_periods_compare(end, compared):
    places = PLACES.assign(population="1000000")
    solved = {**YEAR, "indicator": "cases_solved"}
    made = rates.rates(table(solved, {**solved, "place": "qinglan", "period_end": end}), places)
    assert len(made) == 2 and len(indicators.comparable(made)) == compared


def test_stocks_compare_without_a_period():
    made = rates.rates(table({}, {"place": "qinglan"}), PLACES.assign(population="1000000"))
    assert len(indicators.comparable(made)) == 2


def test_levels_leave_out_plans_and_cases():
    rows = table({}, {"id": "q2", "status": "planned"}, {"id": "q3", "status": "case"})
    assert list(indicators.levels(rows.assign(surface=""))["id"]) == ["q1"]
