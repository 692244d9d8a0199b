"""Formulas: the numbers and sums in which a place sums up its model, read into parts."""

from lib.evidence.model import enumerations as lists
from lib.evidence.model import formula_names, formula_parts


def formulas(document) -> list[dict]:
    """Rows of `formulas`: a row a part, in order; `named`: the text says what the part is (its span is then there).

    `count` is how many things the row stands for, by the formula's own number or by the text's; the span of a part
    that is not named is the formula. A formula told twice is taken where the text names most of its parts.
    """
    best = {}
    for rows in _candidates(document):
        known = best.setdefault(rows[0]["name"], rows)
        if _told(rows) > _told(known):
            best[rows[0]["name"]] = rows
    best = _composed(document, best)
    kept = [rows for name, rows in best.items() if _told(rows) or not any(name != n and name in n for n in best)]
    return sorted((row for rows in kept for row in rows), key=lambda r: (int(r["formula"][1:]), r["order"]))


def _candidates(document):
    """The rows of each place where a formula stands; one that a longer one has for its parts is none."""
    for sentence in document.sentences:
        used = set()
        for shape in sorted(formula_names.shapes(document, sentence), key=lambda s: bool(s.spans)):
            told = formula_parts.named(document, sentence, shape)
            places = {p.start for parts in told.values() for p in parts}
            if (told or not shape.unsure) and not (shape.spans and places & used):
                used |= places
                yield _rows(document, shape, told)
    for shape in formula_names.headings(document):
        yield _rows(document, shape, formula_parts.named(document, None, shape))


def _told(rows):
    return sum(r["named"] == "true" for r in rows)


def _composed(document, best):
    """The formulas, those that are a part of a longer one told there: 一核 … 四网 … 五化 in 一核四网五化."""
    inner = {name for rows in best.values() if len(rows) > 1 for r in rows for name in _names(document, r)}
    parts = {name: best[name] for name in inner if name in best and _told(best[name])}
    whole = {n: _filled(document, rows, parts) for n, rows in best.items() if n not in parts}
    return {name: rows for name, rows in whole.items() if len(rows) > 1 or rows[0]["count"] != 1}


def _names(document, row):
    """What the text may call a part by itself that a formula leaves open: 四网; for two, 二化 and 两化."""
    count = row["count"] or 0
    if row["named"] == "true" or not row["part"] or not 0 < count <= 10:
        return []
    return [f"{formula_names.sign(document, n)}{row['part']}" for n in ((2, 11) if count == 2 else (count,))]


def _filled(document, rows, parts):
    """The rows of a formula with the named parts of its parts in their place."""
    keep = ("formula", "name", "derived", "rule")
    told = [
        {**r, **{k: row[k] for k in keep}}
        for row in rows
        for r in next((parts[n] for n in _names(document, row) if n in parts), [row])
    ]
    return [{**r, "order": n} for n, r in enumerate(told, 1)]


def _rows(document, shape, told):
    """Rows of one formula; what a count leaves unnamed is one row."""
    rows = []
    for n, (count, words) in enumerate(shape.parts):
        parts = told.get(n, [])
        rows += [_named(document, shape, p) for p in parts]
        rest = (count or 0) - sum(p.count or 0 for p in parts)
        if n not in told or rest > 0:
            rows.append(_unnamed(document, shape, rest if parts else count, "" if parts else words))
    return [{**row, "order": n} for n, row in enumerate(rows, 1)]


def _named(document, shape, part):
    """The row of a part without its own counter: 一支队伍 -> 队伍, N名志愿者 -> 志愿者."""
    m = lists.pattern(document.lexicon, "formula_item").match(document.chars, part.start, part.end)
    counted = m and lists.number(m["number"]) == part.count and part.end - m.end() > 1
    start, end = _short(document, m.end() if counted else part.start, part.end)
    return _row(shape, (start, end), part.count, (lists.plain(document.chars[start:end]), True))


def _unnamed(document, shape, count, words):
    """A part that the text leaves open; a summand in words names itself. Both stand where their words do."""
    counted = shape.kind == "run" and lists.number(words[:1]) is not None
    itself = bool(words) and (count is None or shape.kind == "each" or counted)
    at = document.chars.find(words, shape.start, shape.end) if itself or shape.kind == "run" else -1
    span = (at, at + len(words)) if at >= 0 else _short(document, shape.start, shape.end)
    return _row(shape, span, count, (words, itself))


def _row(shape, span, count, said):
    words, named = said
    told = {"formula": f"f{shape.start}", "name": shape.name, "count": "" if count is None else count, "part": words}
    flags = {"named": named, "derived": shape.kind in ("joint", "points")}
    told |= {name: "true" if flag else "false" for name, flag in flags.items()}
    return {"start": span[0], "end": span[1], **told, "rule": shape.rule}


def _short(document, start, end):
    """The span, cut after its last item that may still be shown."""
    while not lists.shown(document, start, end) and end > start + 1:
        cut = max(document.chars.rfind(mark, start, end) for mark in "、,，")
        end = cut if cut > start else end - 1
    return start, end
