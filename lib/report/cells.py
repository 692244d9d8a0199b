"""Tables for the report from tables of a comparison: few columns, intervals in words, numbers that carry their evidence."""
import math

import pandas as pd

from lib.report import narrative, style


def cited(report, frame, **formats):
    """The frame with each named column as numbers that carry their evidence: the ids of column `NAME_ids`, else of `ids`."""
    made = {c: [_cell(report, value, ids, template) for value, ids in zip(frame[c], frame[_ids(frame, c)], strict=True)]
            for c, template in formats.items()}
    kept = [c for c in frame.columns if c != "ids" and not c.endswith("_ids")]
    table = frame[kept].assign(**made)
    return in_order(table) if "place" in table else table


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


def leading(report, frame):
    """Who leads: place, kinds, share of the statements of leading, actors as written."""
    rows = [(r.place, _labels(report, r.kinds), report.number(narrative.percent(r.share), r.ids) if r.statements else "",
             _few(report, r.actors)) for r in frame.itertuples()]
    return pd.DataFrame(rows, columns=["place", "leads", "share", "as_written"])


def _labels(report, keys):
    return ("、" if report.language == "zh" else ", ").join(report.label(k) for k in keys) or report.label("not_mentioned")


def _few(report, words, most=4):
    shown = "、".join(words[:most])
    return f"{shown} …" if len(words) > most else shown


def breadth(report, frame):
    """How broad the participation is: place, kinds of actor, actors by their words, share outside party, government, police."""
    rows = [(r.place, report.number(r.kinds_n, r.ids), r.actors_n, narrative.percent(r.outside)) for r in frame.itertuples()]
    return pd.DataFrame(rows, columns=["place", "actor_kinds", "actors", "outside"])


def loops(report, frame):
    """Loops of work: place, path as written, stages, first and last stage, whether it is said to close."""
    rows = [(r.place, report.number(r.path, r.ids), r.kinds, report.label(r.first), report.label(r.last),
             "true" if r.closes else "", ) for r in frame.itertuples()]
    return pd.DataFrame(rows, columns=["place", "path", "stage_kinds", "first", "last", "closes"])


def formulas(report, frame):
    """Formulas: place, name, parts that the text names, how many it only counts."""
    rows = [(r.place, report.number(r.name, r.ids), "；".join(r.parts) or "–", r.unnamed or "") for r in frame.itertuples()]
    return pd.DataFrame(rows, columns=["place", "formula", "parts", "unnamed"])


def networks(report, frame):
    """The networks: place, statements, kinds linked, ties between kinds, density, kinds at the centre, share with police."""
    rows = [(r.place, report.number(r.statements, r.ids), r.kinds, r.ties, r.density, _labels(report, r.centre),
             narrative.percent(r.police)) for r in frame.itertuples()]
    return pd.DataFrame(rows, columns=["place", "statements", "actor_kinds", "ties", "density", "centre", "with_police"])


def scores(report, layers):
    """Precision, recall and F1 of each table against the annotators."""
    shares = {c: [narrative.percent(v) for v in layers[c]] for c in ("precision", "recall", "f1")}
    return layers[["layer", "gold", "found", "right"]].assign(**shares)


def fields(report, frame):
    """How often each field is right: table, field, right of found, share."""
    names = [report.label(f, "column") for f in frame["field"]]
    return frame.assign(field=names, share=[narrative.percent(v) for v in frame["share"]])[["layer", "field", "right", "of", "share"]]


def agreement(people, everyone):
    """Alpha of the annotators, and of annotators and machine together, a row a dimension."""
    both = people.merge(everyone[["code", "alpha_presence"]], on="code", suffixes=("", "_with_machine"))
    return both.rename(columns={"code": "dimension", "agreed": "agreed_share"})[
        ["dimension", "sentences", "agreed_share", "alpha_presence", "alpha_span", "alpha_presence_with_machine"]]


def variants(report, found, grid):
    """Findings with the variants in which they fall: place, finding, topic, held, falls."""
    failed = grid[grid["applies"] & ~grid["holds"]]
    names = {k: [_variant(report, r) for r in own.itertuples()] for k, own in failed.groupby("key")}
    rows = [(report.label(r.place, "short") if r.place else "", r.kind, report.number(_topic(report, r), r.ids), narrative.held(r),
             ", ".join(names.get(r.key, []))) for r in found.itertuples()]
    return pd.DataFrame(rows, columns=["place", "finding", "topic", "variants", "falls"])


def _topic(report, row):
    return report.label(row.topic, "short" if row.kind == "alike" else "dimension")


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
    return frame.pivot_table(index=row, columns="place", values=value, aggfunc="sum", sort=False, observed=True).reindex(order)


def keyness(frame):
    """Keywords: place, term, count, rest, g2, log_ratio with its interval, z."""
    ratio = [f"{r.log_ratio:.1f} [{r.low:.1f}, {r.high:.1f}]" for r in frame.itertuples()]
    table = frame[["place", "term", "count", "rest"]].astype({"count": int, "rest": int})
    return in_order(table.assign(g2=frame["g2"].astype(float).round(1), log_ratio=ratio, z=frame["z"].astype(float).round(1)))


def largest(values):
    """The largest value as a whole number; 0 where there are none."""
    return int(values.max()) if len(values) else 0


def quantities(report, rows):
    """Quantities as the report lists them: what is counted, value with bound and unit, relation, period, status."""
    what = [report.label(i) if i else "" for i in rows["indicator"]]
    values = [report.number(amount(r.value, r.value_high, r.bound) + r.unit, [r.id]) if not math.isnan(r.value) else report.number(r.surface, [r.id])
              for r in rows.itertuples()]
    basis = [" ".join(filter(None, (report.label(r.relation, "relation") if r.relation != "level" else "", report.label(r.basis) if r.basis else "")))
             for r in rows.itertuples()]
    return pd.DataFrame({"noun": rows["noun"].to_numpy(), "indicator": what, "amount": values, "relation": basis, "period": rows["period"].to_numpy(),
                         "where": rows["where"].to_numpy(), "status": [s if s != "done" else "" for s in rows["status"]]})


SIGNS = {"exact": "", "at_least": "≥", "at_most": "≤", "nearly": "≲", "about": "≈"}


def amount(value, high, bound):
    """A value with its bound as the report writes it: ≥3,200; 3–5; ≈40."""
    text = f"{value:,.10g}" if pd.isna(high) else f"{value:,.10g}–{high:,.10g}"
    return SIGNS.get(bound, "") + text


def unmentioned(report, states):
    """Practices that a place's texts do not mention, a row a dimension; and what is only planned or stated absent."""
    rows = states[states["state"] != "evidenced"]
    named = rows.assign(name=[report.label(p) for p in rows["practice"]])
    join = "、" if report.language == "zh" else "; "
    return pd.DataFrame([{"dimension": d, **{state: join.join(own.loc[own["state"] == state, "name"]) for state in ("not_mentioned", "planned", "absent")}}
                         for d, own in named.groupby("dimension", sort=False)], columns=["dimension", "not_mentioned", "planned", "absent"])


def registry(report, rows, quantities):
    """The registry of named initiatives: name (with other names), kind, origin, gloss, numbers that belong to it."""
    surfaces = quantities.set_index("id")["surface"]
    other = rows[rows["alias_of"] != ""].groupby("alias_of")["name"].agg(list)
    main = rows[rows["alias_of"] == ""]
    names = [report.number("（".join([r.name, *other.get(r.key, [])]) + "）" * len(other.get(r.key, [])), [r.best]) for r in main.itertuples(index=False, name="Row")]
    numbers = [report.number("、".join(surfaces.reindex(q.split()).dropna()), q.split()) if q else "" for q in main["quantities"]]
    gloss = main["gloss_zh" if report.language == "zh" else "gloss_en"]
    return pd.DataFrame({"name": names, "type": main["kind"].to_numpy(), "origin": main["origin"].to_numpy(), "gloss": gloss.to_numpy(),
                         "numbers": numbers})


def described(report, city):
    """What was read of a place: title, publisher, genre, published, kept_characters."""
    read = city.sources
    kept = [report.number(n, [i]) for n, i in zip(read["kept_characters"], read["id"], strict=True)]
    return read[["title", "publisher", "genre", "published"]].assign(kept_characters=kept)


def totals(report, table, **columns):
    """Sums of columns as numbers that carry all their evidence; {name: column}."""
    return {name: report.number(int(table[c].sum()), [i for ids in table[_ids(table, c)] for i in ids]) for name, c in columns.items()}


def levels(report, rows):
    """Levels of indicators: indicator, place, amount, what is counted, period, part of the place."""
    values = [report.number(amount(r.value, r.value_high, r.bound) + r.unit, [r.id]) for r in rows.itertuples()]
    return pd.DataFrame({"indicator": [report.label(i) for i in rows["indicator"]], "place": [report.label(p, "short") for p in rows["place"]],
                         "amount": values, "noun": rows["noun"].to_numpy(), "period": rows["period"].to_numpy(), "where": rows["where"].to_numpy()})


def changes(report, rows):
    """Changes: place, what is counted, direction, amount, what it is compared with, period."""
    values = [report.number(amount(r.value, None, "exact") + r.unit, [r.id]) for r in rows.itertuples()]
    return in_order(pd.DataFrame({"place": rows["place"], "noun": rows["noun"], "relation": rows["relation"], "amount": values,
                                  "basis": [report.label(b) if b else "" for b in rows["basis"]], "period": rows["period"]}))


def parts(report, rows):
    """Shares: place, what is counted, amount, period."""
    values = [report.number(amount(r.value, None, r.bound) + r.unit, [r.id]) for r in rows.itertuples()]
    return in_order(pd.DataFrame({"place": rows["place"], "noun": rows["noun"], "amount": values, "period": rows["period"]}))


def rates(report, rows):
    """Rates: place, indicator with what is counted, number, per 10,000 residents, per km2; each with its bound."""
    def cell(r, value, form):
        return report.number(SIGNS.get(r.bound, "") + form.format(value), [r.id])
    table = [(r.place, f"{report.label(r.indicator)} ({r.noun})", cell(r, r.value, "{:,.10g}"), cell(r, figures_of(r.per_10000), "{}"), cell(r, figures_of(r.per_km2), "{}"))
             for r in rows.itertuples()]
    return in_order(pd.DataFrame(table, columns=["place", "indicator", "amount", "per_10000", "per_km2"]))


def figures_of(value, figures=3):
    """A number with three figures, none of them as a power: 24,900; 1.08; 0.00071."""
    decimals = max(0, figures - 1 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{round(value, decimals):,.{decimals}f}" if decimals else f"{float(f'{value:.{figures}g}'):,.0f}"


def denominators(report, corpus, places):
    """Residents and area of the compared places with year and source; empty where unknown."""
    known = places.reindex([p for p in corpus.places if p in places.index])
    return pd.DataFrame({"place": known.index, "population": _number(known["population"]), "population_year": known["population_year"].to_numpy(),
                         "area_km2": _number(known["area_km2"]), "population_source": known["population_source"].to_numpy(),
                         "area_source": known["area_source"].to_numpy()})


def _number(cells):
    return [f"{float(c):,.10g}" if c not in ("", None) and not pd.isna(c) else "" for c in cells]


def withheld(report, rows):
    """Why numbers get no rate: reason, the numbers with what they count."""
    return pd.DataFrame([{"reason": report.label(reason), "amounts": report.number(", ".join(_counted(r) for r in own.itertuples()), own)}
                         for reason, own in rows.groupby("reason")], columns=["reason", "amounts"])


def _counted(r):
    return f"{r.noun} {'?' if pd.isna(r.value) else f'{r.value:,.10g}'}".strip()


def checked(report, corpus, shares, totals, changes):
    """What follows from numbers of one text: place, kind of check, the numbers, what follows and whether the text agrees."""
    place = corpus.sources.set_index("id")["place"]
    rows = [(place[r.source], "check_share", report.number(f"{r.part:,.10g} / {r.total:,.10g}", r.ids), f"{'' if r.exact else '≈ '}{r.share:.1f}%{_stated(report, r)}")
            for r in shares.itertuples()]
    rows += [(place[r.source], "check_total", report.number(f"{' + '.join(f'{p:,.10g}' for p in r.parts)} : {r.total:,.10g}", r.ids), report.label(r.verdict))
             for r in totals.itertuples()]
    rows += [(place[r.source], "check_change", report.number(f"{r.base:,.10g} → {r.value:,.10g}{r.unit}", r.ids), f"{r.change:+.1f}{_stated(report, r)}")
             for r in changes.itertuples()]
    return in_order(pd.DataFrame(rows, columns=["place", "check", "amounts", "follows"]))


def _stated(report, r):
    return "" if r.stated is None or pd.isna(r.stated) else f" ({report.label('stated')} {r.stated:,.10g}, {report.label('agrees' if r.agrees else 'differs')})"


def conflicts(report, rows):
    """Two values for one thing: place, indicator, what is counted, values."""
    return pd.DataFrame([(r.place, report.label(r.indicator), r.noun, report.number(" / ".join(SIGNS[b] + f"{v:,.10g}{r.unit}" for v, b in zip(r.values_, r.bounds, strict=True)), r.ids))
                         for r in rows.rename(columns={"values": "values_"}).itertuples()], columns=["place", "indicator", "noun", "amounts"])


def response(report, rows):
    """The response check: place, indicator, points, built-up area, mean km and minutes to the nearest point, share reached."""
    table = [(r.place, report.label(r.indicator), report.number(r.points, r.ids), f"{r.area_km2:,.10g} ({r.area_year})", f"{r.km_low:.2f}–{r.km_high:.2f}",
              f"{r.minutes_low:.1f}–{r.minutes_high:.1f}", f"{narrative.percent(r.within_low)}–{narrative.percent(r.within_high)}") for r in rows.itertuples()]
    return pd.DataFrame(table, columns=["place", "indicator", "points", "built_up_km2", "km", "minutes", "within"])
