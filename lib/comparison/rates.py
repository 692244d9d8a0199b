"""Rates per 10,000 residents and per km2, only where number and denominator speak of the same place; both or neither.

Density turns a ranking round between the two, so neither is shown without the other.
"""

from functools import cache

import pandas as pd

from lib.comparison.status import AHEAD
from lib.lexicon import Lexicon

COUNTED = ("count", "")
DENOMINATORS = ["population", "population_year", "population_source", "area_km2", "area_year", "area_source"]
COLUMNS = "place indicator noun unit value value_high bound period period_start period_end per_10000 per_km2".split()
COLUMNS += [*DENOMINATORS, "id"]
REASONS = ["place", "indicator", "noun", "value", "where", "reason", "id"]
FEW = 5  # fewer are met in a story rather than counted for a place


@cache
def kinds(lexicon=None):
    """{indicator: stock or flow}: what there is at a time, what comes in a period; the others have no rate."""
    rows = (lexicon or Lexicon()).rows("indicators", "key", "rate")
    return {r["key"]: r["rate"] for r in rows if r["rate"]}


def rates(quantities, places):
    """One row a level that may be set against its place, COLUMNS: both rates, the denominators with year and source.

    `quantities`: place (id of the text's place), where (the place that the number speaks of, empty for the text's own)
    and the columns of quantities.csv. `places`: rows by id, population, area_km2. A number's bound holds for its rates.
    A flow's rate is for its period and is not made a rate of a year.
    """
    rows = _candidates(quantities).assign(reason=lambda q: _reasons(q, places))
    rows = rows[rows["reason"] == ""].join(_denominators(places), on="place")
    rows["per_10000"] = rows["value"] * 10_000 / rows["population"]
    rows["per_km2"] = rows["value"] / rows["area_km2"]
    return rows.reindex(columns=COLUMNS).reset_index(drop=True)


def withheld(quantities, places):
    """One row a level that gets no rate, REASONS: few, lower_level, other_place, no_period, no_population,
    no_area, damaged."""
    rows = _candidates(quantities).assign(reason=lambda q: _reasons(q, places))
    return rows.loc[rows["reason"] != "", REASONS].reset_index(drop=True)


def _candidates(quantities):
    """Levels reached of an indicator that has a rate, that count something, tell no case and are no rate yet."""
    kept = (quantities["relation"] == "level") & ~quantities["status"].isin([*AHEAD, "case"])
    kept &= quantities["indicator"].isin(kinds()) & (quantities["basis"] != "from-to")
    kept &= quantities["unit_kind"].isin(COUNTED) & (quantities["denominator"] == "")
    kept &= ~quantities["period"].str.contains("日均|月均|年均|每", na=False)
    return quantities[kept & (quantities["value"].notna() | (quantities["damaged"] == "true"))]


def _reasons(rows, places):
    known = _denominators(places)
    return [_reason(row, known) for row in rows.itertuples()]


def _reason(row, known):
    if row.damaged == "true":
        return "damaged"
    if row.where:
        return "lower_level" if row.where == "下级" else "other_place"
    flow = kinds()[row.indicator] == "flow"
    if flow and not (row.period_start and row.period_end):
        return "no_period"
    if flow and row.value < FEW:
        return "few"
    if row.place not in known.index or pd.isna(known.at[row.place, "population"]):
        return "no_population"
    return "no_area" if pd.isna(known.at[row.place, "area_km2"]) else ""


def _denominators(places):
    """The places' residents and area as numbers, unknown ones missing."""
    known = places.reindex(columns=DENOMINATORS).copy()
    for column in ("population", "area_km2"):
        known[column] = pd.to_numeric(known[column], errors="coerce")
    return known
