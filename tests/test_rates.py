"""Rates: a number is set against a place only where it speaks of that place."""
import pandas as pd
import pytest

from lib.comparison import rates

PLACES = pd.DataFrame([["1000000", "2020", "census", "2000", "2018", "yearbook"],
                       ["", "", "", "50", "2020", "yearbook"]],
                      columns=rates.DENOMINATORS, index=["yunzhou", "qinglan"])
ROW = dict(id="q1", place="yunzhou", where="", indicator="police_posts", noun="警务站", value=50.0, value_high=None,
           bound="exact", unit="个", unit_kind="count", relation="level", status="done", denominator="", period="目前",
           damaged="false")


def table(*changed):
    return pd.DataFrame([{**ROW, **c} for c in changed])


def test_both_rates_with_year_and_source_of_each_denominator():
    row = rates.rates(table({}), PLACES).iloc[0]
    assert (row["per_10000"], row["per_km2"]) == (0.5, 0.025)
    assert (row["population_year"], row["population_source"]) == ("2020", "census")
    assert (row["area_year"], row["area_source"]) == ("2018", "yearbook")


def test_a_bound_holds_for_its_rate():
    assert rates.rates(table({"bound": "at_least"}), PLACES).iloc[0]["bound"] == "at_least"


@pytest.mark.parametrize("changed, reason", [
    ({"where": "下级"}, "lower_level"), ({"where": "临湖县"}, "other_place"), ({"place": "qinglan"}, "no_population"),
    ({"place": "elsewhere"}, "no_population"), ({"damaged": "true", "value": None}, "damaged")])
def test_no_rate_without_the_same_place(changed, reason):
    assert rates.rates(table(changed), PLACES).empty
    assert list(rates.withheld(table(changed), PLACES)["reason"]) == [reason]


@pytest.mark.parametrize("changed", [
    {"status": "planned"}, {"relation": "increase"}, {"relation": "share"}, {"indicator": ""}, {"unit_kind": "money"},
    {"denominator": "每万人"}, {"period": "日均"}])
def test_what_is_no_reached_count_is_no_candidate(changed):
    assert rates.rates(table(changed), PLACES).empty and rates.withheld(table(changed), PLACES).empty


def test_neither_rate_without_the_area():
    assert rates.rates(table({}), PLACES.assign(area_km2="")).empty
