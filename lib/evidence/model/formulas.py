"""Formulas: the numbers and sums in which a place sums up its model, read into parts."""

import re

from lib.evidence.model import formula_counts, formula_parts
from lib.evidence.model import old_lists as lists
from lib.evidence.model.formula_shapes import shapes
from lib.evidence.model.formula_sums import Part

COUNTER = re.compile(rf"({lists.NUMERAL}|[NnXx])[个名支套类项座条张种](?=[\u4e00-\u9fff]{{2}})")


def formulas(document, lexicon):
    """Rows of `formulas`: a row a part, in order; `named`: the text says what the part is (its span is then there).

    `count` is how many things the row stands for, by the formula's own number or by the text's; the span of a part
    that is not named is the formula. A formula told twice is taken where the text names most of its parts.
    """
    best = {}
    for rows in _candidates(document, lexicon):
        known = best.setdefault(rows[0]["name"], rows)
        if _told(rows) > _told(known):
            best[rows[0]["name"]] = rows
    best = _composed(best)
    kept = [rows for name, rows in best.items() if _told(rows) or not any(name != n and name in n for n in best)]
    return sorted((row for rows in kept for row in rows), key=lambda r: (int(r["formula"][1:]), r["order"]))


def _composed(best):
    """The formulas, those that are a part of a longer one told there: 一核 … 四网 … 五化 … in 一核四网五化."""
    inner = {name for rows in best.values() if len(rows) > 1 for r in rows for name in _names(r)}
    parts = {name: best[name] for name in inner if name in best and _told(best[name])}
    whole = {name: _filled(rows, parts) for name, rows in best.items() if name not in parts}
    return {name: rows for name, rows in whole.items() if len(rows) > 1 or rows[0]["count"] != 1}


def _names(row):
    """What the text may call a part by itself that a formula leaves open: 四网; for two, 二化 and 两化."""
    count = row["count"] or 0
    if row["named"] == "true" or not row["part"] or not 0 < count <= 10:
        return []
    return [f"{lists.DIGITS[count - 1]}{row['part']}", *([f"两{row['part']}"] if count == 2 else [])]


def _filled(rows, parts):
    """The rows of a formula with the named parts of its parts in their place."""
    keep = ("formula", "name", "derived")
    told = [
        {**r, **{k: row[k] for k in keep}}
        for row in rows
        for r in next((parts[n] for n in _names(row) if n in parts), [row])
    ]
    return [{**r, "order": n} for n, r in enumerate(told, 1)]


def _told(rows):
    return sum(r["named"] == "true" for r in rows)


def _candidates(document, lexicon):
    """The rows of each place where a formula stands."""
    chars = document.text.chars
    for sentence in document.sentences:
        found = shapes(chars, sentence, lexicon)
        for shape in found:
            yield _rows(document, shape, formula_parts.named(chars, sentence, shape, lexicon))
        for shape, spans in formula_counts.counted(chars, sentence, lexicon):
            if not any(s.start < shape.end and spans[0][0] < s.end for s in found):
                found.append(shape)
                yield _rows(document, shape, _ones(spans))
        told = {p.start for f in found for ps in formula_parts.named(chars, sentence, f, lexicon).values() for p in ps}
        for shape, spans in formula_counts.parallel(chars, sentence, lexicon):
            apart = not any(s.start < spans[-1][1] and spans[0][0] < s.end for s in found)
            if apart and not told & {a for a, _ in spans}:
                yield _rows(document, shape, _ones(spans))
    for shape, spans in formula_counts.headings(chars, lexicon):
        yield _rows(document, shape, _ones(spans))


def _ones(spans):
    return {0: [Part(a, b, 1) for a, b in spans]}


def _rows(document, shape, told):
    """Rows of one formula; what a count leaves unnamed is one row."""
    rows = []
    for n, (count, words) in enumerate(shape.parts):
        if told.get(n) == []:
            continue
        parts = told.get(n, [])
        rows += [_named(document, shape, p) for p in parts]
        rest = (count or 0) - sum(p.count or 0 for p in parts)
        if not parts or rest > 0:
            rows.append(_unnamed(document, shape, rest if parts else count, "" if parts else words))
    return [{**row, "order": n} for n, row in enumerate(rows, 1)]


def _named(document, shape, part):
    start, end = _short(document, *_uncounted(document.text.chars, part))
    return _row(shape, (start, end), part.count, (lists.plain(document.text.chars[start:end]), True))


def _unnamed(document, shape, count, words):
    """A part that the text leaves open; a summand in words names itself. Both stand where their words do."""
    alone = (
        shape.kind in ("sum", "parameter")
        if count is None
        else shape.kind == "each" or shape.kind == "run" and words[:1] in f"{lists.DIGITS}123456789"
    )
    itself = bool(words) and alone
    at = document.text.chars.find(words, shape.start, shape.end) if itself or shape.kind == "run" else -1
    span = (at, at + len(words)) if at >= 0 else _short(document, shape.start, shape.end)
    return _row(shape, span, count, (words, itself))


def _row(shape, span, count, said):
    words, named = said
    return {
        "start": span[0],
        "end": span[1],
        "formula": f"f{shape.start}",
        "name": shape.name,
        "count": "" if count is None else count,
        "part": words,
        "named": "true" if named else "false",
        "derived": "true" if shape.derived else "false",
    }


def _uncounted(chars, part):
    """The span of a part without its own counter: 一支队伍 -> 队伍, N名志愿者 -> 志愿者."""
    m = COUNTER.match(chars, part.start, part.end)
    return (m.end() if m and lists.number(m.group(1)) == part.count else part.start), part.end


def _short(document, start, end):
    """The span, cut after its last item that may still be shown."""
    while not lists.shown(document, start, end) and end > start + 1:
        cut = max(document.text.chars.rfind(mark, start, end) for mark in "、,，")
        end = cut if cut > start else end - 1
    return start, end
