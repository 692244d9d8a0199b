"""Checks of the numbers themselves: what follows from them by arithmetic, and where they contradict each other."""
import re
from itertools import combinations

import pandas as pd

CHANGED = ("increase", "decrease")
WRITTEN = re.compile(r"\d+\.?(\d*)[余多]?(万|亿)")
SPREAD = {"about": (0.9, 1.1), "nearly": (0.9, 1.0)}      # how far about and nearly may reach: a convention, stated with the table


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
    """Shares that follow from two counts of one sentence: source, sentence, part, total, share (per cent), exact, stated, agrees,
    ids.

    The part has the total's unit and noun (2589个小区中1483个). `exact` is false where either count is only bounded. `stated` is a
    share that the sentence gives after the counts; `agrees` whether it is the computed one, rounded as stated.
    """
    rows = []
    for (source, sentence), own in _levels(quantities).groupby(["source", "sentence"], sort=False):
        for total, part in combinations(own.itertuples(), 2):
            if part.unit == total.unit and part.unit_kind == "count" and part.value < total.value and _same(part.noun, total.noun):
                rows.append(_share(source, sentence, (part, total), _stated(quantities, part)))
    return _frame(rows, ["source", "sentence", "part", "total", "share", "exact", "stated", "agrees", "ids"])


def _share(source, sentence, pair, stated):
    part, total = pair
    share = 100 * part.value / total.value
    exact = part.bound == total.bound == "exact"
    slack = share * (_rounding(part) / part.value + _rounding(total) / total.value) if part.value else 0
    agrees = "" if stated is None else _rounds_to(share, stated.value, slack) if exact else abs(share - stated.value) < 2
    return {"source": source, "sentence": sentence, "part": part.value, "total": total.value, "share": share, "exact": exact,
            "stated": None if stated is None else stated.value, "agrees": agrees,
            "ids": [total.id, part.id] + ([] if stated is None else [stated.id])}


def _stated(quantities, part):
    """The share that its sentence gives next after a count, None if there is none."""
    after = quantities[(quantities["sentence"] == part.sentence) & (quantities["start"] > part.start) & (quantities["relation"] == "share")
                       & (quantities["unit"] == "%") & quantities["value"].notna()]
    return next(after.sort_values("start").itertuples(), None)


def _rounds_to(value, stated, slack=0.0):
    """Whether a computed number is the stated one within the stated one's last figure, and the slack of its own terms."""
    decimals = len(repr(float(stated)).rstrip("0").partition(".")[2])
    return abs(value - stated) <= 0.5001 * 10 ** -decimals + slack


def _rounding(row):
    """Half of the last figure that a count written with 万 or 亿 shows: 50 for 2.84万."""
    m = WRITTEN.search(getattr(row, "surface", ""))
    return 0.5 * 10 ** -len(m[1]) * {"万": 10 ** 4, "亿": 10 ** 8}[m[2]] if m else 0.0


def totals(quantities):
    """Parts that should add up to their total: source, sentence, noun, total, parts, sum, verdict (adds_up, less, more), ids.

    A total is followed in its sentence by two or more counts in its unit whose nouns are kinds of its noun (警务站 and 街面警务站).
    Less may mean that the text names some parts only; more is a contradiction. Bounded counts are not added.
    """
    rows = []
    for (source, sentence), own in _levels(quantities).groupby(["source", "sentence"], sort=False):
        own = own[own["bound"] == "exact"].sort_values("start")
        for total in own.itertuples():
            parts = [p for p in own.itertuples() if p.start > total.start and p.unit == total.unit and p.noun != total.noun
                     and total.noun and p.noun.endswith(total.noun)]
            if len(parts) > 1:
                rows.append(_sum(source, sentence, total, parts))
    return _frame(rows, ["source", "sentence", "noun", "total", "parts", "sum", "verdict", "ids"])


def _sum(source, sentence, total, parts):
    added = sum(p.value for p in parts)
    verdict = "adds_up" if added == total.value else "less" if added < total.value else "more"
    return {"source": source, "sentence": sentence, "noun": total.noun, "total": total.value, "parts": [p.value for p in parts],
            "sum": added, "verdict": verdict, "ids": [total.id, *(p.id for p in parts)]}


def changes(quantities):
    """From-to changes: source, sentence, noun, base, value, unit, change (per cent; points for shares), stated, agrees, ids.

    `stated` is the percentage (or the points) of change that the same sentence gives; `agrees` is empty where it gives none.
    """
    rows = []
    for row in quantities[(quantities["basis"] == "from-to") & quantities["base_value"].notna() & quantities["value"].notna()].itertuples():
        points = row.unit in ("%", "‰")
        if not points and not row.base_value:
            continue
        change = row.value - row.base_value if points else 100 * (row.value - row.base_value) / row.base_value
        stated = _told_change(quantities, row, "point_change" if points else None)
        agrees = "" if stated is None else _rounds_to(abs(change), abs(stated.value))
        rows.append({"source": row.source, "sentence": row.sentence, "noun": row.noun, "base": row.base_value, "value": row.value,
                     "unit": row.unit, "change": change, "stated": None if stated is None else stated.value, "agrees": agrees,
                     "ids": [row.id] + ([] if stated is None else [stated.id])})
    return _frame(rows, ["source", "sentence", "noun", "base", "value", "unit", "change", "stated", "agrees", "ids"])


def _told_change(quantities, row, relation):
    same = quantities[(quantities["sentence"] == row.sentence) & (quantities["id"] != row.id) & quantities["value"].notna()]
    told = same[same["relation"] == relation] if relation else same[same["relation"].isin(CHANGED) & (same["unit"] == "%")]
    return next(told.itertuples(), None)


def conflicts(quantities):
    """The same thing with two values that can't both be true: place, indicator, noun, unit, values, bounds, ids.

    The same thing is: one place, one part of it, one noun and unit, one period. Bounds are taken at their word: 2500 and at least
    2400 agree. Nested places are different places.
    """
    rows, keys = [], ["place", "where", "indicator", "noun", "unit", "period_start", "period_end", "period"]
    known = _levels(quantities)
    known = known[(known["indicator"] != "") & (known["denominator"] == "")]
    for key, own in known.groupby(keys, sort=False):
        for a, b in combinations(own.itertuples(), 2):
            if a.sentence != b.sentence and not _meet(a, b):
                rows.append(dict(zip(keys, key, strict=True)) | {"values": [a.value, b.value], "bounds": [a.bound, b.bound], "ids": [a.id, b.id]})
    return _frame(rows, ["place", "where", "indicator", "noun", "unit", "values", "bounds", "ids"])


def _meet(a, b):
    (low_a, high_a), (low_b, high_b) = (interval(r.value, r.bound, r.value_high) for r in (a, b))
    return low_a <= high_b and low_b <= high_a


def _levels(quantities):
    kept = (quantities["relation"] == "level") & (quantities["status"] != "planned") & quantities["value"].notna()
    return quantities[kept & (quantities["damaged"] != "true")]


def _same(a, b):
    return bool(a) and bool(b) and (a.endswith(b) or b.endswith(a))


def _frame(rows, columns):
    return pd.DataFrame([{c: r.get(c) for c in columns} for r in rows], columns=columns)
