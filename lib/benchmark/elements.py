"""Statements against a reader's own: how many of the things that a text says of an element are found, and how many of
those shown are among them."""

import pandas as pd

COLUMNS = ["element", "found", "of", "right", "shown", "recall", "precision", "f1"]
POINTING = ("statements", "roles", "loops", "formulas", "links", "quantities", "claims", "mentions")


def scores(statements, cells, corpus, gold):
    """One row an element, and `all`: COLUMNS. `gold`: source, element, item, start, end, core (core or optional).

    An item of the reader's is found if any statement of its element and text stands on words that overlap it; a
    statement that a cell shows is right if it stands on an item, core or optional.
    """
    spans, gold = _spans(corpus), gold[gold["source"].isin(corpus.sources["id"])]
    items = {k: list(zip(g["start"], g["end"], strict=True)) for k, g in gold.groupby(["source", "element"])}
    rows = [
        _row(e, gold[gold["element"] == e], statements[statements["element"] == e], cells, spans, items)
        for e in dict.fromkeys(gold["element"])
    ]
    table = pd.DataFrame(rows, columns=COLUMNS[:5])
    total = {"element": "all", **table[COLUMNS[1:5]].sum().to_dict()}
    table = pd.concat([table, pd.DataFrame([total])], ignore_index=True)
    table["recall"] = table["found"] / table["of"].where(table["of"] > 0)
    table["precision"] = table["right"] / table["shown"].where(table["shown"] > 0)
    table["f1"] = 2 * table["recall"] * table["precision"] / (table["recall"] + table["precision"])
    return table


def _spans(corpus):
    return {r.id: (r.source, r.start, r.end) for t in POINTING for r in corpus.tables[t].itertuples()}


def _row(element, gold, said, cells, spans, items):
    core = gold[gold["core"] == "core"].groupby(["source", "item"])
    told = {
        source: [spans[i] for ids in own["ids"] for i in ids if i in spans] for source, own in said.groupby("source")
    }
    found = [any(_meets(told.get(s, ()), r.start, r.end) for r in own.itertuples()) for (s, _), own in core]
    shown = {(r.place, i) for r in cells[cells["element"] == element].itertuples() for i in r.ids}
    best = said[[all((r.place, i) in shown for i in r.ids) for r in said.itertuples()]] if len(said) else said
    known = set(gold["source"]) | {s for s, _ in items}
    pointing = [r.source in known and bool(set(r.ids) & spans.keys()) for r in best.itertuples()]
    best = best[pd.Series(pointing, best.index, dtype=bool)]
    right = [
        any(_meets([spans[i] for i in r.ids if i in spans], a, b) for a, b in items.get((r.source, element), ()))
        for r in best.itertuples()
    ]
    return {"element": element, "found": sum(found), "of": len(found), "right": sum(right), "shown": len(right)}


def _meets(spans, start, end):
    return any(a < end and start < b for _, a, b in spans)
