"""Tables for the report from tables of a comparison: few columns, intervals in words, numbers that carry their
evidence."""

import math

import pandas as pd

from lib.report import narrative, style


def cited(report, frame, **formats):
    """The frame with each named column as numbers that carry their evidence: the ids of column `NAME_ids`,
    else of `ids`."""
    made = {
        c: [
            _cell(report, value, ids, template)
            for value, ids in zip(frame[c], frame[ids_column(frame, c)], strict=True)
        ]
        for c, template in formats.items()
    }
    kept = [c for c in frame.columns if c != "ids" and not c.endswith("_ids")]
    table = frame[kept].assign(**made)
    return in_order(table) if "place" in table else table


def ids_column(frame, column):
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
    rows = [
        (
            r.place,
            report.label(r.topic, "dimension"),
            report.number(narrative.percent(r.value), r.ids),
            f"{narrative.points(r.value - r.rest)} [{narrative.points(r.low)}, {narrative.points(r.high)}]",
            narrative.held(r),
        )
        for r in found.itertuples()
    ]
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
    wide = pd.DataFrame(
        [
            {
                "place": p,
                **{r.origin: report.number(r.names, r.ids) for r in own.itertuples()},
                "all": int(own["names"].sum()),
            }
            for p, own in origins.groupby("place", sort=False)
        ]
    )
    return (
        wide[["place", "local", "provincial", "national", "unknown", "all"]]
        if len(wide)
        else pd.DataFrame({"place": []})
    )


def pairs(report, frame, nested):
    """Pairs of places, the most alike first: cosine with its interval, Jaccard as shared of either; nested
    pairs are said."""
    inner = {frozenset(pair) for pair in nested}
    rows = [
        (
            report.label(r.a, "short"),
            report.label(r.b, "short"),
            f"{r.cosine:.2f} [{r.low:.2f}, {r.high:.2f}]",
            f"{r.shared}/{r.either}",
            "nested" if frozenset((r.a, r.b)) in inner else "",
        )
        for r in frame.sort_values("cosine", ascending=False).itertuples()
    ]
    return pd.DataFrame(rows, columns=["place", "other_place", "cosine", "shared_practices", "note"])


def scores(report, layers):
    """Precision, recall and F1 of each table against the annotators."""
    shares = {c: [narrative.percent(v) for v in layers[c]] for c in ("precision", "recall", "f1")}
    return layers[["layer", "gold", "found", "right"]].assign(**shares)


def fields(report, frame):
    """How often each field is right: table, field, right of found, share."""
    names = [report.label(f, "column") for f in frame["field"]]
    return frame.assign(field=names, share=[narrative.percent(v) for v in frame["share"]])[
        ["layer", "field", "right", "of", "share"]
    ]


def agreement(people, everyone):
    """Alpha of the annotators, and of annotators and machine together, a row a dimension."""
    both = people.merge(everyone[["code", "alpha_presence"]], on="code", suffixes=("", "_with_machine"))
    return both.rename(columns={"code": "dimension", "agreed": "agreed_share"})[
        ["dimension", "sentences", "agreed_share", "alpha_presence", "alpha_span", "alpha_presence_with_machine"]
    ]


def variants(report, found, grid):
    """Findings with the variants in which they fall: place, finding, topic, held, falls."""
    failed = grid[grid["applies"] & ~grid["holds"]]
    names = {k: [_variant(report, r) for r in own.itertuples()] for k, own in failed.groupby("key")}
    rows = [
        (
            report.label(r.place, "short") if r.place else "",
            r.kind,
            report.number(narrative.topic(report.label, r), r.ids),
            narrative.held(r),
            ", ".join(names.get(r.key, [])),
        )
        for r in found.itertuples()
    ]
    return pd.DataFrame(rows, columns=["place", "finding", "topic", "variants", "falls"])


def _variant(report, row):
    place = report.label(row.left_out, "short") if row.left_out else ""
    longest = f" ({report.label('longest')})" if row.longest else ""
    return f"{report.label(row.variant)} {place}".strip() + longest


def grid(frame, row, value):
    """A frame of numbers: a row each of `row`, a column each place; nan where a place has none."""
    if not len(frame):
        return pd.DataFrame()
    frame = frame[frame[row] != ""]
    order = list(dict.fromkeys(frame[row]))
    return frame.pivot_table(
        index=row, columns="place", values=value, aggfunc="sum", sort=False, observed=True
    ).reindex(order)


def keyness(frame):
    """Keywords: place, term, count, rest, g2, log_ratio with its interval, z."""
    ratio = [f"{r.log_ratio:.1f} [{r.low:.1f}, {r.high:.1f}]" for r in frame.itertuples()]
    table = frame[["place", "term", "count", "rest"]].astype({"count": int, "rest": int})
    return in_order(
        table.assign(g2=frame["g2"].astype(float).round(1), log_ratio=ratio, z=frame["z"].astype(float).round(1))
    )


def largest(values):
    """The largest value as a whole number; 0 where there are none."""
    return int(values.max()) if len(values) else 0
