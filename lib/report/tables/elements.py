"""The models side by side as tables: places as columns, elements as rows, a few words and marks in each cell."""

import pandas as pd

from lib.comparison import basis, claims
from lib.comparison.elements import codebook, english, features
from lib.report.show import captions, style
from lib.report.show.messages import message

COLUMNS = 6  # places that stand side by side on one page
SILENT = "not_mentioned"
RESULTS = "results"
LIES = message("{level} in {outer}")
INSIDE = message("in {outer}")
NESTED = message("{inner} in {outer}")
GROUPED = 15  # from so many places on they are ordered by likeness of features


def ordered(corpus, table):
    """The places as the matrix has them: in their own order, or where there are many by likeness of their features."""
    return features.likeness(table) if len(corpus.places) >= GROUPED else style.order(corpus.places)


def pages(places):
    """The places in groups that fit a page, of nearly equal size."""
    count = -(-len(places) // COLUMNS)
    size = -(-len(places) // max(count, 1))
    return [places[n : n + size] for n in range(0, len(places), max(size, 1))]


def show(report, cells, places, corpus):
    """Shows the matrix in tables of at most COLUMNS places; each says which of how many it shows."""
    parts, said = pages(places), report.text(captions.of("table", "models")["caption"])
    for n, part in enumerate(parts, 1):
        first, key = places.index(part[0]) + 1, "models" if n == 1 else f"models_{n}"
        these = report.labels.written(f" ({first}–{first + len(part) - 1} / {len(places)})")
        caption = said + (these if len(parts) > 1 else "")
        report.show(matrix(report, cells, part, corpus), key, look="matrix", caption=caption)


def matrix(report, cells, places, corpus):
    """One row what was read, then one an element, one column a place: what its texts say, with the number of further
    statements; – where they say nothing."""
    known = {(r.place, r.element): r for r in cells.itertuples()}
    told = pd.concat([basis.results(corpus), claims.honours(corpus.claims)])
    claimed = told.groupby("place")["id"].agg(set).to_dict()  # what the profiles and the chapter on claims count
    rows = [(report.label("read_of"), *(_read(report, corpus, p) for p in places))]
    for e in codebook.elements():
        counted = claimed if e.key == RESULTS else {}
        own = (_cell(report, known.get((p, e.key)), counted.get(p)) for p in places)
        rows.append((report.label(e.key, "element"), *own))
    return pd.DataFrame(rows, columns=["model_element", *(report.label(p, "short") for p in places)])


def _read(report, corpus, place):
    """What a place is, in which other it lies, and what was read of it."""
    texts = corpus.sources[corpus.sources["place"] == place]
    level, outer = corpus.levels.get(place, ""), corpus.parents.get(place, "")
    lies = report.text(LIES if level else INSIDE)
    inside = lies.format(level=report.label(level), outer=report.label(outer, "short")) if outer else ""
    years = sorted({str(d)[:7] for d in texts["published"] if str(d)[:4].isdigit()})
    genres = report.labels.listed(report.label(g, "genre") for g in dict.fromkeys(texts["genre"]))
    told = [inside or level and report.label(level), genres, "–".join(dict.fromkeys([*years[:1], *years[-1:]]))]
    return report.number(capital(report.mark("semicolon").join(filter(None, told))), texts["id"])


def _cell(report, row, claimed=None):
    if row is None:
        return "–"
    left = row.more if claimed is None else len(claimed.difference(row.ids))
    more = f" +{left}" if left else ""
    return report.number(capital(report.own(row)) + more, [*row.ids, *row.others])


def capital(text):
    """A phrase with a capital letter at its head."""
    return text[:1].upper() + text[1:]


def glossed(report, name):
    """A Chinese name, in the English edition with its gloss where there is one."""
    return name if report.language == "zh" else english.glossed(name)


def truth(report, table):
    """One row a feature: ● evidenced, ○ planned, · not mentioned, a column a place; the rarest first. From GROUPED
    places on, how many places have each state; nothing of a place alone."""
    places = list(dict.fromkeys(table["place"]))
    if len(places) < 2:
        return pd.DataFrame(columns=["feature", *places])
    if len(places) >= GROUPED:
        return _tallied(report, table)
    wide = table.pivot(index="feature", columns="place", values="state")[places]
    spread = (wide == "evidenced").sum(axis=1)
    wide = wide.loc[spread.sort_values(kind="stable").index]
    ids = {(r.place, r.feature): r.ids for r in table.itertuples()}
    signs = {"evidenced": "●", "planned": "○", "not_mentioned": "·"}
    rows = [
        (named(report, f), *(report.number(signs[state], ids[p, f]) for p, state in row.items()))
        for f, row in wide.iterrows()
    ]
    return pd.DataFrame(rows, columns=["feature", *(report.label(p, "short") for p in places)])


def _tallied(report, table):
    """One row a feature: in how many places it is evidenced, planned, not mentioned; the rarest first."""
    rows = []
    for feature, own in table.groupby("feature", sort=False):
        told = {s: own[own["state"] == s] for s in features.STATES}
        counts = {s: report.number(len(r), r["ids"]) for s, r in told.items() if s != SILENT}
        rows.append({"feature": named(report, feature), **counts, SILENT: len(told[SILENT])})
    return pd.DataFrame(sorted(rows, key=lambda r: r["evidenced"].value))


def named(report, feature):
    """A feature in words: the element and what is said of it, as Leads: Party and government."""
    element, _, key = feature.partition(":")
    return report.label(element, "element") + (f": {said(report, element, key)}" if key else "")


def said(report, element, key):
    """The label of what is said of an element: its own, else that of the actors, stage or practice it names."""
    if report.labels.has(key, element):
        return report.label(key, element)
    kinds = [report.label(k, "stage" if element == "loop" else "actor_kind") for k in key.split("+")]
    return ("、" if report.language == "zh" else " and ").join(kinds)


def carried(report, found):
    """How far each contrast carries: element, kind, places, of one level, one inside another, years between the texts,
    places that rest on one statement; what each text says first is no contrast."""
    yes, rows = [report.label("false"), report.label("true")], []
    for r in found[(found["element"] != "") & ~found["kind"].isin(("names", "alone"))].itertuples():
        told = {"model_element": report.label(r.element, "element"), "kind": report.label(r.kind, "contrast")}
        told["places_compared"] = report.number(len(r.places), r.ids) if r.ids else len(r.places)
        told["same_level"] = yes[bool(r.level)]
        inside = ({"inner": report.label(a, "short"), "outer": report.label(b, "short")} for a, b in r.nested)
        told["nested"] = ", ".join(report.text(NESTED).format(**names) for names in inside) or "–"
        rows.append({**told, "years_apart": r.years, "thin": _listed(report, r.thin)})
    return pd.DataFrame(rows)


def _listed(report, places):
    return report.labels.listed(report.label(p, "short") for p in places) or "–"


def changed(report, rows):
    """What changed between the texts of a place, or within one: place, element, what, change, and what is said of it
    before and after, each with its year; – where nothing is said."""
    told, language = [], ("zh", "en").index(report.language)
    for r in rows.itertuples():
        groups = (r.place, "short"), (r.element, "element"), (r.change, "change")
        place, element, change = (report.label(*g) for g in groups)
        sides = ((year, said[language]) for year, said in ((r.before, r.was), (r.after, r.now)))
        before, after = (report.mark("colon").join(filter(None, side)) or "–" for side in sides)
        told.append((place, element, report.number(report.own(r), r.ids), change, before, after))
    return pd.DataFrame(told, columns=["place", "model_element", "what_changed", "change", "before", "after"])


def first(report, rows):
    """Who named a thing in which year: name, then place and date of each, the earliest first."""
    told = []
    for r in rows.itertuples(index=False):
        first, *then = (f"{report.label(p, 'short')} {d}" for p, d in zip(r.places, r.dates, strict=True))
        cells = report.number(first, r.ids[:1]), report.number("; ".join(then), r.ids[1:])
        told.append((glossed(report, r.name), *cells))
    return pd.DataFrame(told, columns=["name", "first", "then"])
