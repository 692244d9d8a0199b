"""Tables for the report from tables of a comparison: few columns, intervals in words, numbers that carry their evidence."""
import math

import pandas as pd

from lib.report import narrative, style


def cited(report, frame, **formats):
    """The frame with each named column as numbers that carry their evidence: the ids of column `NAME_ids`, else of `ids`."""
    made = {c: [_cell(report, value, ids, template) for value, ids in zip(frame[c], frame[_ids(frame, c)], strict=True)]
            for c, template in formats.items()}
    kept = [c for c in frame.columns if c != "ids" and not c.endswith("_ids")]
    return frame[kept].assign(**made)


def _ids(frame, column):
    return f"{column}_ids" if f"{column}_ids" in frame else "ids"


def _cell(report, value, ids, template):
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if missing else report.number(value, ids, template)


def in_order(frame):
    """The rows in the order of the places."""
    rank = {p: n for n, p in enumerate(style.order(frame["place"]))}
    return frame.sort_values("place", key=lambda c: c.map(rank), kind="stable")


def spread(report, frame):
    """Practices with the places that evidence them: practice, places, where, strong, national."""
    names = [", ".join(report.label(p, "short") for p in style.order(where)) for where in frame["where"]]
    national = ["national" if n else "" for n in frame["national"]]
    return pd.DataFrame({"practice": frame["practice"], "where": names, "strong": frame["strong"], "origin": national})


def findings(report, found):
    """Findings on shares: place, dimension, share, difference with its interval, in how many variants it holds."""
    rows = [(r.place, report.label(r.topic, "dimension"), report.number(narrative.percent(r.value), r.ids),
             f"{narrative.points(r.value - r.rest)} [{narrative.points(r.low)}, {narrative.points(r.high)}]", narrative.held(r))
            for r in found.itertuples()]
    return in_order(pd.DataFrame(rows, columns=["place", "dimension", "share", "difference", "variants"]))


def shares(report, frame, group, ids):
    """Shares with intervals, a row a place, a column a group: 61% [52%, 70%], each with its evidence.

    `ids`: {(place, group): ids}.
    """
    rows = {}
    for r in frame.itertuples():
        name = getattr(r, group)
        words = f"{narrative.percent(r.share)} {narrative.interval(r.low, r.high)}".strip()
        rows.setdefault(r.place, {})[name] = report.number(words, ids.get((r.place, name), ()))
    return pd.DataFrame([{"place": p, **cells} for p, cells in rows.items()])


def by_origin(report, origins):
    """Initiatives by origin: a row a place, a column an origin, and how many in all."""
    wide = pd.DataFrame([{"place": p, **{r.origin: report.number(r.names, r.ids) for r in own.itertuples()},
                          "all": int(own["names"].sum())} for p, own in origins.groupby("place", sort=False)])
    return wide[["place", "local", "provincial", "national", "unknown", "all"]] if len(wide) else pd.DataFrame({"place": []})


def pairs(report, frame, nested):
    """Pairs of places, the most alike first: cosine with its interval, Jaccard as shared of either; nested pairs are said."""
    inner = {frozenset(pair) for pair in nested}
    rows = [(report.label(r.a, "short"), report.label(r.b, "short"), f"{r.cosine:.2f} [{r.low:.2f}, {r.high:.2f}]",
             f"{r.shared}/{r.either}", "nested" if frozenset((r.a, r.b)) in inner else "")
            for r in frame.sort_values("cosine", ascending=False).itertuples()]
    return pd.DataFrame(rows, columns=["place", "other_place", "cosine", "shared_practices", "note"])


def claims(report, graded):
    """Outcome claims as the report lists them: place, metric, direction, value, basis, measured_by, level."""
    values = [_amount(v, u) for v, u in zip(graded["value"], graded["unit"], strict=True)]
    metrics = [report.number(m or "–", [i]) for m, i in zip(graded["metric"], graded["id"], strict=True)]
    basis = [report.label(b) if b else "" for b in graded["basis"]]
    table = pd.DataFrame({"place": graded["place"], "metric": metrics, "direction": graded["direction"].to_numpy(), "value": values,
                          "basis": basis, "measured_by": graded["measured_by"].to_numpy(), "level": graded["level"].astype(str)})
    return in_order(table)


def _amount(value, unit):
    return "" if pd.isna(value) else f"{value:,.10g}{unit}"


def reasons(report, graded):
    """Why claims have their level: level, reason, claims, with their evidence."""
    why = "why_zh" if report.language == "zh" else "why_en"
    groups = graded.groupby(["level", "reason", why], as_index=False)["id"].agg(list)
    return pd.DataFrame({"level": groups["level"].astype(str), "why": groups[why],
                         "claims": [report.number(len(i), i) for i in groups["id"]]})


def emmie(report, fields, sources):
    """EMMIE fields that the texts fill: a row a place, a column a field, how many claims of how many."""
    place = sources.set_index("id")["place"]
    rows = {}
    for r in fields.itertuples():
        rows.setdefault(r.source, {"place": place.get(r.source, r.source)})[r.field] = report.number(f"{r.n}/{r.total}", r.ids.split())
    return in_order(pd.DataFrame(list(rows.values()), columns=["place", "effect", "mechanism", "moderator", "implementation", "economic_cost"]))


def silence(report, frame):
    """The map of silence in words, a row a safeguard: places that mention it, that do not, laws then in force."""
    return pd.DataFrame([{"safeguard": topic, "mentioned_in": _places(report, own[own["state"] != "not_mentioned"]),
                          "not_mentioned_in": _places(report, own[own["state"] == "not_mentioned"]), "laws": _laws(own)}
                         for topic, own in frame.groupby("practice", sort=False)],
                        columns=["safeguard", "mentioned_in", "not_mentioned_in", "laws"])


def _places(report, rows):
    """Places with how many codings each, carrying them."""
    counts = [f"{report.label(r.place, 'short')}{f' ({r.n})' if r.n else ''}" for r in in_order(rows).itertuples()]
    return report.number(", ".join(counts), [i for ids in rows["ids"] for i in ids.split()]) if counts else "–"


def _laws(rows):
    """The laws in force at the texts' dates, each with for how many of the texts where it is not all."""
    told = pd.Series([law for laws in rows["laws"] for law in laws.split("、") if law], dtype=str).value_counts(sort=False)
    return "; ".join(law if n == len(rows) else f"{law} ({n}/{len(rows)})" for law, n in told.items())


def laws(report, table):
    """The laws with their names in the language of the report."""
    return table if report.language == "zh" else table.assign(law=table["en"])
