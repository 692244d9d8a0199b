"""Tables of governance models for the report: who leads and joins, loops, formulas, networks."""

import pandas as pd

from lib.comparison.elements import english
from lib.report.show import numbers
from lib.report.tables import elements
from lib.report.tables import practices as cells

MOST = 4  # actors that are named


def leading(report, frame, breadth):
    """Who leads and how many join: place, kinds that lead, share of the statements of leading, actors as written; kinds
    of actor, actors by their words, share of statements outside party, government and police."""
    rows = []
    for r, b in zip(frame.itertuples(), breadth.itertuples(), strict=True):
        share = f"{numbers.percent(r.share)} ({r.own}/{r.statements})"
        told = _labels(report, [k or "unstated" for k in r.kinds]), report.number(share, r.ids) if r.statements else ""
        counts = (report.number(n, b.ids) for n in (b.kinds_n, b.actors_n, numbers.percent(b.outside)))
        rows.append((r.place, *told, "、".join(r.actors[:MOST]) + " …" * (len(r.actors) > MOST), *counts))
    return pd.DataFrame(rows, columns=["place", "leads", "share", "as_written", "actor_kinds", "actors", "outside"])


def _labels(report, keys):
    return report.labels.listed(map(report.label, keys)) or report.label("not_mentioned")


def loops(report, frame):
    """Loops of work: place, path as written, stages, first and last stage, whether it is said to close."""
    shown = frame.assign(closes=["true" if c else "" for c in frame["closes"]]).rename(columns={"kinds": "stage_kinds"})
    return cells.cited(report, shown, path="{}")[["place", "path", "stage_kinds", "first", "last", "closes"]]


def formulas(report, frame):
    """Formulas, those with most parts first: name, parts that the text names, how many it only counts."""
    frame = frame.sort_values("named", ascending=False, kind="stable")
    rows = []
    for r in frame.itertuples():
        parts = r.parts if report.language == "zh" else [english.english(p) or p for p in r.parts]
        name = report.number(elements.glossed(report, r.name), r.ids)
        rows.append((name, report.mark("semicolon").join(parts) or "–", r.unnamed or ""))
    return pd.DataFrame(rows, columns=["formula", "parts", "unnamed"])


def networks(report, frame):
    """The networks: place, statements, kinds linked, ties between kinds, density, kinds at the centre, share
    with police."""
    rows = []
    for r in frame.itertuples():
        told = r.statements, r.kinds, r.ties, numbers.percent(r.police)
        *counts, police = (report.number(n, r.ids) for n in told)
        rows.append((r.place, *counts, report.number(r.density, r.ids, "{:.2f}"), _labels(report, r.centre), police))
    return pd.DataFrame(rows, columns="place statements actor_kinds ties density centre with_police".split())
