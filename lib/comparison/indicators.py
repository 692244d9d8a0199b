"""Indicators side by side: the levels that texts give for the same thing, each with its bound; nothing is added up."""

from functools import cache

import pandas as pd

from lib.comparison.rates import kinds as rate_kinds
from lib.comparison.status import AHEAD
from lib.lexicon import Lexicon

COLUMNS = "place indicator value value_high bound unit noun surface period where damaged id".split()


WHOLE = ("", "下级")  # what a number of the whole place has as `where`: nothing, or all levels below it


def levels(quantities):
    """The quantities that compare: levels reached (not planned, of no single case, no share, no change) of a known
    indicator, with a value.

    A number that the words give to a part of the place has `where`; it is no conflict with the whole.
    """
    kept = (quantities["relation"] == "level") & (quantities["indicator"] != "")
    kept &= ~quantities["status"].isin([*AHEAD, "case"])
    return quantities.loc[kept & quantities["value"].notna(), COLUMNS].reset_index(drop=True)


@cache
def _units():
    """{indicator: the first unit that it is counted in}: that of a number without one (参与人数超17万)."""
    rows = Lexicon().rows("indicators", "key", "units")
    return {r["key"]: r["units"].split("|")[0] for r in rows}


UNITS = {unit: units[0] for units in ("人名位", "个家处座所", "起件宗", "条份") for unit in units}


def shared(levels, at_least=2):
    """The levels of an indicator in one kind of unit (persons are not teams) that at least so many places give
    (all of them where fewer are compared). A part of a place never stands for it: numbers of a part are left out."""
    levels = levels[levels["where"].isin(WHOLE)]
    unit = levels["unit"].mask(levels["unit"] == "", levels["indicator"].map(_units())).map(lambda u: UNITS.get(u, u))
    keys = levels["indicator"] + " " + unit
    places = levels.groupby(keys)["place"].nunique()
    wanted = min(at_least, levels["place"].nunique())
    return levels[keys.map(places) >= max(wanted, 1)].sort_values(["indicator", "place", "value"], kind="stable")


def comparable(rates, at_least=2):
    """The rates of indicators that at least so many places give, one a place: the largest number of an indicator.

    Numbers of unlike periods don't compare: of a flow only those whose periods are alike in length, within a tenth.
    """
    rates = rates[pd.Series(_alike(rates), rates.index, dtype=bool)]
    largest = rates.sort_values("value", ascending=False).drop_duplicates(["place", "indicator"])
    places = largest.groupby("indicator")["place"].nunique()
    return largest[largest["indicator"].map(places) >= at_least].sort_values("indicator", kind="stable")


def _alike(rates):
    """Whether each rate is a stock's, or has a period as long as another place's of its indicator."""
    first, last = (pd.to_datetime(rates[c], errors="coerce") for c in ("period_start", "period_end"))
    days = (last - first).dt.days + 1
    lasting = days.where(rates["indicator"].map(rate_kinds()) == "flow")
    return [
        pd.isna(d) or any(abs(d - e) <= 0.1 * max(d, e) for e in _others(rates, lasting, row))
        for row, d in zip(rates.itertuples(), lasting, strict=True)
    ]


def _others(rates, lasting, row):
    """The lengths in days that other places give for the indicator of a rate."""
    return lasting[(rates["indicator"] == row.indicator) & (rates["place"] != row.place)].dropna()


def changes(quantities):
    """Increases, decreases and changes in points with what they are against: place, noun, relation, value,
    unit, bound, basis, period, id."""
    changed = quantities["relation"].isin(["increase", "decrease", "point_change"])
    columns = "place indicator noun relation value unit bound basis base_value period id".split()
    return quantities.loc[changed & ~quantities["status"].isin(AHEAD), columns].reset_index(drop=True)


def shares(quantities):
    """Shares that texts give: place, noun, value, unit, bound, period, id."""
    kept = (quantities["relation"] == "share") & ~quantities["status"].isin(AHEAD)
    return quantities.loc[kept, "place indicator noun value unit bound period id".split()].reset_index(drop=True)


def kinds(quantities):
    """One row a place: quantities, of them bounds (not exact), changes, changes with a basis, planned, prescribed,
    beside damage; with ids."""
    change = quantities["relation"].isin(["increase", "decrease", "point_change"])
    parts = {"quantities": change | ~change, "inexact": quantities["bound"] != "exact", "changes": change}
    parts |= {"with_basis": change & (quantities["basis"] != "")}
    parts |= {status: quantities["status"] == status for status in ("planned", "norm")}
    parts |= {"damaged": quantities["damaged"] == "true"}
    rows = []
    for place in dict.fromkeys(quantities["place"]):
        here = quantities["place"] == place
        ids = {name: list(quantities.loc[kept & here, "id"]) for name, kept in parts.items()}
        rows.append({"place": place, **{n: len(i) for n, i in ids.items()}, **{f"{n}_ids": i for n, i in ids.items()}})
    return pd.DataFrame(rows, columns=["place", *parts, *(f"{n}_ids" for n in parts)])
