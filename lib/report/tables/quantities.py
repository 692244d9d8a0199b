"""Tables of quantities for the report: levels, rates and checks, each number with its bound and its evidence."""

import math

import pandas as pd

from lib.comparison.elements.wording import SIGNS
from lib.reading import private
from lib.reading.script import simplified
from lib.report.show.numbers import amount, full, rounded
from lib.report.tables import practices as cells


def quantities(report, rows, rated):
    """Quantities as the report lists them: what is counted (and in which part), indicator, amount, relation, period,
    per 10,000 residents, per km²; first those with a rate, then those of known indicators."""
    rank = (~rows["id"].isin(rated["id"])).astype(int) * 2 + (rows["indicator"] == "")
    rows = rows.loc[rank.sort_values(kind="stable").index]
    what = [report.label(i) if i else "" for i in rows["indicator"]]
    nouns = [counted(r) + part_of(r) for r in rows.itertuples()]
    relation = [_relation(report, r) for r in rows.itertuples()]
    told = {"noun": nouns, "indicator": what, "amount": cited(report, rows), "relation": relation}
    return pd.DataFrame({**told, "period": list(rows["period"]), **_rates(report, rows, rated)})


def _rates(report, rows, rated):
    """{per_10000, per_km2}: the rates of quantities, each with the bound of its number; "" where there is none."""
    known = rated.set_index("id")

    def told(id, column):
        row = known.loc[id] if id in known.index else None
        return "" if row is None else report.number(SIGNS.get(row["bound"], "") + rounded(row[column]), [id])

    return {column: [told(id, column) for id in rows["id"]] for column in ("per_10000", "per_km2")}


def part_of(row):
    """Behind what is counted or claimed: the part of the place that its words speak of, in brackets."""
    return f" ({simplified(row.where)})" if row.where else ""


def _relation(report, row):
    """What a quantity is beside a level reached: increase on the year before; planned. Chinese begins with the year."""
    told = ((row.relation, "relation", "level"), (row.basis, "", ""), (row.status, "", "done"))
    way, basis, status = ("" if key in ("", plain) else report.label(key, group) for key, group, plain in told)
    change = basis + way if report.language == "zh" else f"{way} {basis}".strip()
    return report.labels.listed(filter(None, (change, status)))


def counted(row):
    """What a quantity counts; in quotation marks its own words where the text names nothing."""
    return private.mask(row.noun) or f"“{simplified(row.surface)}”"


def cited(report, rows):
    """The amounts of quantities as numbers that carry their rows."""
    return [report.number(written(r), [r.id]) for r in rows.itertuples()]


DAMAGED = "‡"


def written(row):
    """The amount of a quantity with bound and unit, in simplified script; marked where it stands beside damage."""
    text = simplified(row.surface) if math.isnan(row.value) else amount(row.value, row.value_high, row.bound) + row.unit
    return text + (DAMAGED if row.damaged == "true" else "")


def kinds(report, table):
    """Quantities of each place by kind, each number with its evidence."""
    return cells.cited(report, table, **{c: "{}" for c in table if c != "place" and not c.endswith("_ids")})


def kinds_in_all(report, table):
    """Numbers for a sentence on them, with all their evidence: n, inexact, changes, based."""
    columns = {"n": "quantities", "inexact": "inexact", "changes": "changes", "based": "with_basis"}
    return {name: report.number(int(table[c].sum()), table[f"{c}_ids"]) for name, c in columns.items()}


def levels(report, rows, rated):
    """Levels of indicators: indicator, place, amount, rates, what is counted, part of the place."""
    told = {"indicator": [report.label(i) for i in rows["indicator"]]}
    told |= {"place": [report.label(p, "short") for p in rows["place"]], "amount": cited(report, rows)}
    told |= {**_rates(report, rows, rated), "noun": [counted(r) for r in rows.itertuples()]}
    return pd.DataFrame({**told, "where": [simplified(w) for w in rows["where"]]})


def changes(report, rows, shares):
    """Changes, and shares: place, what is counted, its English, direction or share, amount, basis, period."""
    rows = pd.concat([rows, shares.assign(relation="share", basis="")])
    known = report.evidence.quantities.set_index("id", drop=False)
    values = [report.number(amount(r.value, bound=r.bound) + r.unit, [r.id]) for r in rows.itertuples()]
    told = rows.assign(
        noun=[counted(known.loc[i]) for i in rows["id"]],
        english=cells.glossed(report, rows["noun"]),
        amount=values,
        basis=[report.label(b) if b else "" for b in rows["basis"]],
    )
    return cells.in_order(told[["place", "noun", "english", "relation", "amount", "basis", "period"]])


def denominators(report, corpus, places):
    """Residents and area of the compared places with year and source; empty where unknown."""
    known = places.reindex([p for p in corpus.places if p in places.index])
    columns = ["population", "population_year", "area_km2", "population_source", "area_source"]
    numbers = {c: known[c].map(full) for c in ("population", "area_km2")}
    return known[columns].assign(**numbers).rename_axis("place").reset_index()


def withheld(report, rows):
    """Why numbers get no rate: reason, the numbers with what they count."""
    known = report.evidence.quantities.set_index("id", drop=False)
    told = {i: f"{known.loc[i].noun} {written(known.loc[i])}".strip() for i in rows["id"]}
    amounts = {r: report.number("; ".join(told[i] for i in own["id"]), own) for r, own in rows.groupby("reason")}
    return pd.DataFrame({"reason": list(map(report.label, amounts)), "amounts": amounts.values()})


def checked(report, corpus, shares, totals, changes):
    """What follows from numbers of one text: place, kind of check, the numbers, what follows and whether the
    text agrees."""
    place = corpus.sources.set_index("id")["place"]
    told = []
    for r in shares.itertuples():
        follows = f"{'' if r.exact else '≈ '}{r.share:.1f}%{_stated(report, r)}"
        told.append(("share", r, f"{full(r.part)} / {full(r.total)}", follows))
    for r in totals.itertuples():
        sum_ = " + ".join(map(full, r.parts))
        told.append(("total", r, f"{sum_} : {full(r.total)}", report.label(r.verdict)))
    for r in changes.itertuples():
        follows = f"{r.change:+.1f}{_stated(report, r)}"
        told.append(("change", r, f"{full(r.base)} → {full(r.value)}{r.unit}", follows))
    rows = [(place[r.source], f"check_{kind}", report.number(sum_, r.ids), said) for kind, r, sum_, said in told]
    return cells.in_order(pd.DataFrame(rows, columns=["place", "check", "amounts", "follows"]))


def _stated(report, r):
    if r.stated is None or pd.isna(r.stated):
        return ""
    return f" ({report.label('stated')} {full(r.stated)}, {report.label('agrees' if r.agrees else 'differs')})"


def conflicts(report, rows):
    """Two values for one thing: place, indicator, what is counted, values."""
    told = []
    for r in rows.rename(columns={"values": "values_"}).itertuples():
        amounts = " / ".join(amount(v, bound=b) + r.unit for v, b in zip(r.values_, r.bounds, strict=True))
        told.append((r.place, report.label(r.indicator), r.noun, report.number(amounts, r.ids)))
    return pd.DataFrame(told, columns=["place", "indicator", "noun", "amounts"])
