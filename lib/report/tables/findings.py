"""Tables of the argument: which findings stand, in which variants they fall or appear, how the extraction fares."""

import pandas as pd

from lib.comparison import claims as grades
from lib.comparison import practices
from lib.report.show import numbers
from lib.report.show import sentences as narrative
from lib.report.tables import practices as cells


def differences(found, contrast):
    """The findings on differences of emphasis, with the coded passages of the place as `passages`."""
    passages = contrast.drop_duplicates("place").set_index("place")["passages"]
    rows = found[found["kind"].isin(["more", "less", "leans"])]
    return rows.assign(passages=rows["place"].map(passages))


def findings(report, found):
    """Differences of emphasis: place, dimension, share, difference with its interval, coded passages of the place, in
    how many variants it holds."""
    rows = []
    for r in found.itertuples():
        difference = numbers.points(r.value - r.rest) + numbers.signed_interval(r.low, r.high)
        told = [report.number(words, r.ids) for words in (numbers.percent(r.value), difference)]
        rows.append((r.place, report.label(r.topic, "dimension"), *told, int(r.passages), narrative.held(r)))
    columns = ["place", "dimension", "share", "difference", "coded_passages", "variants"]
    return cells.in_order(pd.DataFrame(rows, columns=columns))


def overview(report, table, found):
    """The places at a glance, each number with its evidence; where nothing was found it says so, and no 0 stands."""
    named = set(found.loc[found["kind"] == "named", "place"])
    silent = [c for c in table.columns if f"{c}_ids" in table and c != "rarefied"]
    shown = cells.silenced(report, table.assign(rarefied=table["rarefied"].round(1)), *silent)
    word = report.label("named_only")
    shown["safeguards"] = [
        word if p in named and not n else v
        for p, n, v in zip(table["place"], table["safeguards"], shown["safeguards"], strict=True)
    ]
    return cells.cited(report, shown, **{c: "{}" for c in (*silent, "rarefied")})[list(GLANCE)]


GLANCE = ("place", "sentences", "practices", "rarefied", "initiatives", "outcomes", "compared", "safeguards")


def read(report, corpus, done):
    """Numbers for a sentence on what was read: texts, places, sentences, codings that count, claims, honours."""
    rows = {"texts": corpus.sources, "codings": done, "claims": grades.done(corpus.claims)}
    numbers = {"places": len(corpus.places), "sentences": len(practices.codable(corpus))}
    told = {name: report.number(n, corpus.sources) for name, n in numbers.items()}
    told |= {name: report.count(own) for name, own in rows.items()}
    return {**told, "honours": report.count(grades.honours(corpus.claims))}


def kinds(table):
    """Findings by kind, as robustness.by_kind has them, for the report."""
    return table.rename(columns={"kind": "finding"})


def idle(apart):
    """The variants that leave rows out without making anything fall or appear."""
    return list(apart.loc[apart["same_as"] == "", "variant"])


def pairs(report, frame, nested, coded):
    """Pairs of places, the most alike first: cosine, the range of its resamples, in how many resamples no other pair is
    nearer, Jaccard as shared of either; nested pairs are said."""
    inner = {frozenset(pair) for pair in nested}
    rows = []
    for r in frame.dropna(subset="cosine").sort_values("cosine", ascending=False).itertuples():
        two, own = [report.label(p, "short") for p in (r.a, r.b)], coded[coded["place"].isin([r.a, r.b])]
        resamples = f"{r.low:.2f}–{r.high:.2f}" if r.low == r.low else ""
        told = numbers.percent(r.nearest), f"{r.shared}/{r.either}", "nested" if {r.a, r.b} in inner else ""
        rows.append((*two, report.number(f"{r.cosine:.2f}", own), resamples, *told))
    columns = ["place", "other_place", "cosine", "resamples", "nearest", "shared_practices", "note"]
    return pd.DataFrame(rows, columns=columns)


def variants(report, found, grid):
    """Findings with the variants in which they fall: place, finding, topic, held, falls."""
    failed = grid[grid["applies"] & ~grid["holds"]]
    names = {k: [variant(report, r) for r in own.itertuples()] for k, own in failed.groupby("key")}
    rows = [(*_finding(report, r), narrative.held(r), ", ".join(names.get(r.key, []))) for r in found.itertuples()]
    return pd.DataFrame(rows, columns=["place", "finding", "topic", "variants", "falls"])


def _finding(report, r):
    every = report.label("every_place")
    topic = report.number(narrative.topic(report.label, r), r.ids)
    return report.label(r.place, "short") if r.place else every, report.label(r.kind, "finding"), topic


def appears(report, rows):
    """Findings that only a variant makes: place, finding, topic, value with its interval, variant."""
    told = [(*_finding(report, r), _value(r), variant(report, r)) for r in rows.itertuples()]
    return pd.DataFrame(told, columns=["place", "finding", "topic", "finding_value", "variant"])


def _value(r):
    if r.kind in ("more", "less"):
        return numbers.points(r.value - r.rest) + numbers.signed_interval(r.low, r.high)
    shares = r.kind in ("instrument", "uncompared")
    return f"{numbers.percent(r.value)} {numbers.interval(r.low, r.high)}".strip() if shares else ""


def variant(report, row):
    """A variant in words, with the place that it leaves out."""
    place = report.label(row.left_out, "short") if row.left_out else ""
    longest = f" ({report.label('longest')})" if getattr(row, "longest", False) else ""
    return f"{report.label(row.variant)} {place}".strip() + longest


def twins(report, apart):
    """Variants that repeat another, as "no nested places = without Jiaxing EDZ"."""
    same = apart[apart["same_as"] != ""].rename(columns={"variant": "key", "left_out": "own"})

    def said(variant, place):
        return f"{report.label(variant)} {report.label(place, 'short') if place else ''}".strip()

    return [f"{said(r.key, r.own)} = {said(r.same_as, r.same_left_out)}" for r in same.itertuples()]


def uncompared(report, table):
    """Claims that are compared with nothing: kind of claim, claims, bare, share with its interval, passages."""
    rows = []
    for r in table[table["n"] > 0].itertuples():
        told = report.number(r.bare, r.ids), numbers.share(r)
        rows.append((report.label(r.group, "claims"), r.n, *told, r.passages))
    return pd.DataFrame(rows, columns=["kind", "claims", "bare", "share", "passages"])


def scores(layers):
    """Precision, recall and F1 of each table against the core rows, recall of all rows, and the share that no row
    tests."""
    columns = ["precision", "recall", "f1", "recall_all", "f1_all", "untested"]
    shares = {c: [numbers.percent(v) for v in layers[c]] for c in columns}
    shown = layers.rename(columns={"right": "correct"})
    return shown[["layer", "gold", "found", "correct"]].assign(**shares)


def fields(report, frame):
    """How often each field is right: table, field, right of found, share, and the share that is so to the letter."""
    shares = {c: [numbers.percent(v) for v in frame[c]] for c in ("share", "strict")}
    names = [report.label(f, "column") for f in frame["field"]]
    shown = frame.rename(columns={"right": "correct"}).assign(field=names, **shares)
    return shown[["layer", "field", "correct", "of", "share", "strict"]]


def unseen(report, frame):
    """The benchmark's figures: part, texts, table, field (none: its rows), precision, recall, F1, share, of how many;
    tables first, then their fields."""
    frame = frame.sort_values("field", key=lambda c: c != "", kind="stable", ignore_index=True)
    rates = frame[["precision", "recall", "f1", "share"]].map(lambda v: "" if pd.isna(v) else numbers.percent(v))
    groups = ["element" if layer == "elements" else "column" for layer in frame["layer"]]
    names = [report.label(f, group) if f else "" for f, group in zip(frame["field"], groups, strict=True)]
    counts = ["" if pd.isna(n) else int(n) for n in frame["of"]]
    parts = [report.label(p, "part") for p in frame["part"]]
    return frame.assign(part=parts, field=names, **rates, of=counts).rename(columns={"part": "benchmark"})


def agreement(people, everyone):
    """Alpha of the annotators, and of annotators and machine together, a row a dimension."""
    both = people.merge(everyone[["code", "alpha_presence"]], on="code", suffixes=("", "_with_machine"))
    return both.rename(columns={"code": "dimension", "agreed": "agreed_share"})[
        ["dimension", "sentences", "agreed_share", "alpha_presence", "alpha_span", "alpha_presence_with_machine"]
    ]
