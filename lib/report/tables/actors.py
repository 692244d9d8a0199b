"""Tables of governance models for the report: who leads and joins, loops, formulas, networks."""

import pandas as pd

from lib.comparison.elements import english
from lib.report.show import sentences as narrative
from lib.report.tables import elements

MOST = 4  # actors that are named


def leading(report, frame, breadth):
    """Who leads and how many join: place, kinds that lead, share of the statements of leading, actors as written; kinds
    of actor, actors by their words, share of statements outside party, government and police."""
    rows = [
        (
            r.place,
            _labels(report, [k or "unstated" for k in r.kinds]),
            report.number(f"{narrative.percent(r.share)} ({r.own}/{r.statements})", r.ids) if r.statements else "",
            "、".join(r.actors[:MOST]) + " …" * (len(r.actors) > MOST),
            *(report.number(n, b.ids) for n in (b.kinds_n, b.actors_n, narrative.percent(b.outside))),
        )
        for r, b in zip(frame.itertuples(), breadth.itertuples(), strict=True)
    ]
    return pd.DataFrame(rows, columns=["place", "leads", "share", "as_written", "actor_kinds", "actors", "outside"])


def _labels(report, keys):
    return report.labels.listed(map(report.label, keys)) or report.label("not_mentioned")


def loops(report, frame):
    """Loops of work: place, path as written, stages, first and last stage, whether it is said to close."""
    rows = [
        (r.place, report.number(r.path, r.ids), r.kinds, report.label(r.first), report.label(r.last))
        + ("true" if r.closes else "",)
        for r in frame.itertuples()
    ]
    return pd.DataFrame(rows, columns=["place", "path", "stage_kinds", "first", "last", "closes"])


def formulas(report, frame):
    """Formulas, those with most parts first: name, parts that the text names, how many it only counts."""
    frame = frame.sort_values("named", ascending=False, kind="stable")
    rows = [
        (report.number(elements.glossed(report, r.name), r.ids), _parts(report, r.parts) or "–", r.unnamed or "")
        for r in frame.itertuples()
    ]
    return pd.DataFrame(rows, columns=["formula", "parts", "unnamed"])


def _parts(report, parts):
    """The parts of a formula, in English where their words are known."""
    return "；".join(parts) if report.language == "zh" else "; ".join(english.english(p) or p for p in parts)


def networks(report, frame):
    """The networks: place, statements, kinds linked, ties between kinds, density, kinds at the centre, share
    with police."""
    rows = [
        (r.place, *(report.number(n, r.ids) for n in (r.statements, r.kinds, r.ties)))
        + (report.number(r.density, r.ids, "{:.2f}"), _labels(report, r.centre))
        + (report.number(narrative.percent(r.police), r.ids),)
        for r in frame.itertuples()
    ]
    return pd.DataFrame(rows, columns="place statements actor_kinds ties density centre with_police".split())
