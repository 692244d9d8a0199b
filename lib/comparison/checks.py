"""Checks of the numbers themselves: what follows from them by arithmetic, and where they contradict each other."""

import re
from itertools import combinations

import pandas as pd

from lib.comparison.rates import kinds

CHANGED = ("increase", "decrease")
SPREAD = {"about": (0.9, 1.1), "nearly": (0.9, 1.0)}  # how far about and nearly may reach: a convention
WRITTEN = re.compile(r"\d+\.?(\d*)[余多]?(万|亿|萬|億)")
SHARES = "source sentence part total share exact stated agrees ids".split()
TOTALS = "source sentence noun total parts sum verdict ids".split()
CHANGES = "source sentence noun base value unit change stated agrees ids".split()
SAME = ["place", "where", "indicator", "noun", "unit", "period_start", "period_end", "period"]
CONFLICTS = ["place", "where", "indicator", "noun", "unit", "period", "values", "bounds", "ids"]


def interval(value, bound, high=None):
    """(low, high) of the true number behind a value and its bound; infinite where the bound is open."""
    high = value if high is None or pd.isna(high) else high
    if bound == "at_least":
        return value, float("inf")
    if bound == "at_most":
        return 0.0, high
    low, top = SPREAD.get(bound, (1.0, 1.0))
    return value * low, high * top


def shares(quantities):
    """Shares that follow from two counts of one sentence, the part in the total's unit and noun: SHARES.

    `share` is in per cent, `exact` false where either count is only bounded. `stated` is the share that the sentence
    gives after the counts, `agrees` whether it is the computed one as far as both are rounded, empty where none is.
    """
    rows = []
    for _, own in _levels(quantities).groupby(["source", "sentence"], sort=False):
        pairs = combinations(own[own["unit_kind"] == "count"].itertuples(), 2)
        rows += [_share(part, total, _stated(quantities, part)) for total, part in pairs if _within(part, total)]
    return pd.DataFrame(rows, columns=SHARES)


def _within(part, total):
    """Whether one count is of the same things as another, and fewer."""
    same = part.noun and total.noun and (part.noun.endswith(total.noun) or total.noun.endswith(part.noun))
    alike = part.unit == total.unit and part.where == total.where and part.value < total.value
    stocks = [kinds().get(r.indicator) for r in (part, total)] == ["stock", "stock"]
    alike = alike and not (stocks and part.indicator != total.indicator) and total.denominator != "其中"
    return bool(same) and alike and (part.noun == total.noun or part.denominator == "其中")


def _share(part, total, stated):
    share, exact = 100 * part.value / total.value, part.bound == total.bound == "exact"
    slack = share * (_rounding(part) / part.value + _rounding(total) / total.value) if part.value else 0
    told = _held(stated, lambda value: _rounds_to(share, value, slack) if exact else abs(share - value) < 2)
    return part.source, part.sentence, part.value, total.value, share, exact, *told[:2], [total.id, part.id, *told[2]]


def _held(stated, agrees):
    """(value of the number that a sentence states, whether it agrees, its ids); empty where it states none."""
    return (None, "", []) if stated is None else (stated.value, agrees(stated.value), [stated.id])


def _stated(quantities, part):
    """The share that its sentence gives next after a count, None if there is none."""
    after = quantities[(quantities["sentence"] == part.sentence) & (quantities["start"] > part.start)]
    after = after[(after["relation"] == "share") & (after["unit"] == "%") & after["value"].notna()]
    return next(after.sort_values("start").itertuples(), None)


def _rounds_to(value, stated, slack=0.0):
    """Whether a computed number is the stated one within the stated one's last figure and the slack of its terms."""
    decimals = len(repr(float(stated)).rstrip("0").partition(".")[2])
    return abs(value - stated) <= 0.5001 * 10**-decimals + slack


def _rounding(row):
    """Half of the last figure that a count written with 万 or 亿 shows: 50 for 2.84万."""
    m = WRITTEN.search(getattr(row, "surface", ""))
    return 0.5 * 10 ** -len(m[1]) * (10**4 if m[2] in "万萬" else 10**8) if m else 0.0


def totals(quantities):
    """Parts that should add up to their total: TOTALS; the verdict is adds_up, less or more.

    A total is followed in its sentence by two or more counts that 其中 makes its parts, in its unit, whose nouns are
    kinds of its noun (街面警务站 of 警务站) or that are of its indicator. Less may mean that the text names some parts
    only, more is a contradiction. Bounds are not added; without 其中 nothing is said of parts and nothing is checked.
    """
    rows = []
    for _, own in _levels(quantities).groupby(["source", "sentence"], sort=False):
        exact = list(own[own["bound"] == "exact"].sort_values("start").itertuples())
        for n, total in enumerate(exact):
            after = [p for p in exact[n + 1 :] if p.denominator == "其中" != total.denominator]
            own = [p for p in after if total.noun and p.noun != total.noun and _is_kind(p, total)]
            parts = [p for p in own if p.unit == total.unit]
            if len(parts) > 1:
                rows.append(_sum(total, parts))
    return pd.DataFrame(rows, columns=TOTALS)


def _is_kind(part, total):
    return part.noun.endswith(total.noun) or part.indicator == total.indicator != ""


def _sum(total, parts):
    added = sum(p.value for p in parts)
    verdict = "adds_up" if added == total.value else "less" if added < total.value else "more"
    values, ids = [p.value for p in parts], [total.id, *(p.id for p in parts)]
    return total.source, total.sentence, total.noun, total.value, values, added, verdict, ids


def changes(quantities):
    """From-to changes against the change that their sentence states: CHANGES.

    `change` is in per cent, for shares in points. `agrees` is empty where the sentence states no change.
    """
    ends = quantities[(quantities["basis"] == "from-to") & quantities[["base_value", "value"]].notna().all(axis=1)]
    rows = [_change(row, quantities) for row in ends.itertuples() if row.base_value or row.unit in ("%", "‰")]
    return pd.DataFrame(rows, columns=CHANGES)


def _change(row, quantities):
    points = row.unit in ("%", "‰")
    change = row.value - row.base_value if points else 100 * (row.value - row.base_value) / row.base_value
    told = _held(_told_change(quantities, row, points), lambda value: _rounds_to(abs(change), abs(value)))
    ends = row.base_value, row.value, row.unit, change
    return row.source, row.sentence, row.noun, *ends, *told[:2], [row.id, *told[2]]


def _told_change(quantities, row, points):
    """The change that its sentence states of what it counts, None if there is none."""
    same = quantities[(quantities["sentence"] == row.sentence) & (quantities["id"] != row.id)]
    same = same[[n.endswith(row.noun) or row.noun.endswith(n) for n in same["noun"]]]
    kept = same["relation"] == "point_change" if points else same["relation"].isin(CHANGED) & (same["unit"] == "%")
    return next(same[same["value"].notna() & kept].itertuples(), None)


def conflicts(quantities, mentions):
    """The same thing with two values that can't both be true: CONFLICTS.

    The same thing is one place and part of it, one indicator, noun and unit, one period, in two sentences. Bounds are
    taken at their word: 2500 and at least 2400 agree. Nested places are different places. What comes in over a period
    (cases, arrests) is the same only where both periods are known, and not where the two sentences name other actors:
    then each tells its own work.
    """
    actors = mentions[mentions["kind"] == "actor"].groupby("sentence")["key"].agg(set).to_dict()
    known, rows = _levels(quantities), []
    dated = (known["period_start"] != "") & (known["period_end"] != "")
    stock = known["indicator"].map(kinds()) != "flow"
    known = known[(known["indicator"] != "") & (known["denominator"] == "") & (dated | stock)]
    for key, own in known.groupby(SAME, sort=False):
        told = dict(zip(SAME, key, strict=True))
        for a, b in combinations(own.itertuples(), 2):
            own = kinds().get(a.indicator) == "flow" and _apart(*(actors.get(r.sentence, set()) for r in (a, b)))
            if a.sentence != b.sentence and not own and not _meet(a, b):
                rows.append(told | {"values": [a.value, b.value], "bounds": [a.bound, b.bound], "ids": [a.id, b.id]})
    return pd.DataFrame(rows, columns=CONFLICTS)


def _apart(actors, others):
    """Whether both name actors, and none in common."""
    return bool(actors and others) and not actors & others


def _meet(a, b):
    (low_a, high_a), (low_b, high_b) = (interval(r.value, r.bound, r.value_high) for r in (a, b))
    return low_a <= high_b and low_b <= high_a


def _levels(quantities):
    kept = (quantities["relation"] == "level") & (quantities["status"] == "done") & quantities["value"].notna()
    return quantities[kept & (quantities["damaged"] != "true")]
