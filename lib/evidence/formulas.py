"""Formulas: the numbers and sums in which a place sums up its model, read into parts."""
import os.path
import re

from lib.evidence import formula_parts, lists
from lib.evidence.formula_shapes import CLASSIFIER, Shape, shapes
from lib.evidence.lists import uses

POINT = re.compile(r"([一二三四五六七八九])是([^。；;，,:：\n]{3,18})(?=[。；;，,:：])")
COUNTED = re.compile(rf"({lists.NUMERAL})({CLASSIFIER})(?![一的])([\u4e00-\u9fff]{{2,10}}?)(?=[、，,。；;：:）)”“]|为|的|并|和|及|等|实现|\d|$)")
ALIKE = re.compile(rf"([{lists.DIGITS}两])([\u4e00-\u9fff])(?=工程|行动|机制|模式|体系|工作法|治理|格局|举措)")      # 八心工程


def formulas(document, lexicon):
    """Rows of `formulas`: a row a part, in order; `named`: the text says what the part is (its span is then there).

    `count` is how many things the row stands for, by the formula's own number or by the text's; the span of a part
    that is not named is the formula. A formula told twice is taken where the text names most of its parts.
    """
    best = {}
    for candidate in _candidates(document, lexicon):
        known = best.get(candidate[0]["name"])
        if known is None or _told(candidate) > _told(known):
            best[candidate[0]["name"]] = candidate
    best = {n: rows for n, rows in best.items() if _told(rows) or not any(n != other and n in other for other in best)}
    return sorted((row for rows in best.values() for row in rows), key=lambda r: (int(r["formula"][1:]), r["order"]))


def _told(rows):
    return sum(r["named"] == "true" for r in rows)


def _candidates(document, lexicon):
    """The rows of each place where a formula stands."""
    chars = document.text.chars
    for sentence in document.sentences:
        found = shapes(chars, sentence, lexicon)
        for shape in found:
            yield _rows(document, shape, formula_parts.named(chars, sentence, shape, lexicon))
        for shape, spans in _counted(chars, sentence, lexicon):
            if not any(s.start < shape.end and spans[0][0] < s.end for s in found):
                yield _rows(document, shape, {0: [formula_parts.Part(a, b, 1) for a, b in spans]})
    for shape, spans in _points(document, lexicon):
        yield _rows(document, shape, {0: [formula_parts.Part(a, b, 1) for a, b in spans]})


def _rows(document, shape, told):
    """Rows of one formula; what a count leaves unnamed is one row."""
    rows = []
    for n, (count, words) in enumerate(shape.parts):
        parts = told.get(n, [])
        rows += [_row(document, shape, _uncounted(document.text.chars, p), p.count) for p in parts]
        rest = (count or 0) - sum(p.count or 0 for p in parts)
        if not parts:
            rows.append(_unnamed(document, shape, count, words))
        elif rest > 0:
            rows.append(_unnamed(document, shape, rest, ""))
    return [{**row, "order": n} for n, row in enumerate(rows, 1)]


def _uncounted(chars, part):
    """The span of a part without its own counter: 一支队伍 -> 队伍, N名志愿者 -> 志愿者."""
    m = re.compile(rf"({lists.NUMERAL}|[NnXx])[个名支套类项座条张种](?=[\u4e00-\u9fff]{{2}})").match(chars, part.start, part.end)
    return (m.end() if m and lists.number(m.group(1)) == part.count else part.start), part.end


def _row(document, shape, span, count):
    start, end = _short(document, *span)
    return {"start": start, "end": end, "formula": f"f{shape.start}", "name": shape.name,
            "count": "" if count is None else count, "part": lists.plain(document.text.chars[start:end]), "named": "true"}


def _short(document, start, end):
    """The span, cut after its last item that may still be shown."""
    while not lists.shown(document, start, end) and end > start + 1:
        cut = max(document.text.chars.rfind(mark, start, end) for mark in "、,，")
        end = cut if cut > start else end - 1
    return start, end


def _unnamed(document, shape, count, words):
    """A part that the text leaves open; a summand in words names itself. Both stand where their words do."""
    itself = bool(words) and (count is None or shape.kind == "run" and words[0] in lists.DIGITS)
    at = document.text.chars.find(words, shape.start, shape.end) if itself or shape.kind == "run" else -1
    start, end = (at, at + len(words)) if at >= 0 else _short(document, shape.start, shape.end)
    return {"start": start, "end": end, "formula": f"f{shape.start}", "name": shape.name,
            "count": "" if count is None else count, "part": words, "named": "true" if itself else "false"}


def _counted(chars, sentence, lexicon):
    """数据、视频两大中台; 人流、车流“三流合一”: an enumeration with a count that agrees with it."""
    sets = re.compile(rf"([{lists.DIGITS}两])((?:{lists.alternatives(uses(lexicon, 'set'))}))(?!体|[\u4e00-\u9fff]?[率数])")
    for pattern in (sets, COUNTED, ALIKE):
        for m in pattern.finditer(chars, sentence.start, sentence.end):
            total = lists.number(m.group(1)) or 0
            spans = formula_parts.enumeration(chars, sentence, m.start(), lexicon) if 2 <= total <= 12 else []
            if _agree(chars, m, spans, lexicon):
                spans = spans[-total:]
                yield Shape(m.start(), m.end(), lists.plain(m.group()), ((total, m.group(m.lastindex)),), "counted"), spans


def _agree(chars, m, spans, lexicon):
    """Whether the enumeration before a counted noun is what the noun counts."""
    total, noun, open_end = lists.number(m.group(1)), m.group(m.lastindex), chars[:m.start()].endswith("等")
    if not spans or any(b - a > 16 for a, b in spans) or _is_counted(noun, lexicon):
        return False
    if any(re.search(rf"{lists.NUMERAL}(?:{CLASSIFIER})", chars[a:b]) for a, b in spans) and m.lastindex == 3:
        return False
    if m.re is ALIKE:
        return len(spans) == total and all(chars[b - 1] == noun for _, b in spans)
    if m.lastindex == 3:
        quoted = chars[m.start() - 1] in "”’\""
        return len(spans) == total and (m.group(2) not in "个位支条套座处本把" or quoted)
    return len(spans) == total or open_end and len(spans) < total


def _is_counted(noun, lexicon):
    """Whether the noun is a thing that is merely counted (3个部门), not a part of a model."""
    return any(noun == w or len(w) > 1 and noun.endswith(w) for w in uses(lexicon, "not_model"))


def _points(document, lexicon):
    """一是织密X网。… 二是织密Y网。…: headings of one passage that share their last word."""
    nets = re.compile(rf"(?:{lists.alternatives(uses(lexicon, 'net'))})$")
    for passage in document.passages:
        runs, run = [], []
        for m in POINT.finditer(document.text.chars, passage.start, passage.end):
            rank = lists.number(m.group(1))
            if rank != len(run) + 1:
                run = []
            if rank == len(run) + 1:
                run.append(m)
                if rank > 1:
                    runs = [r for r in runs if r is not run] + [run]
        yield from filter(None, (_headings(run, nets) for run in runs))


def _headings(run, nets):
    """The shape of parallel headings: 六张网 for six that end in 网; None where their last words differ."""
    last = {found.group() if (found := nets.search(m.group(2))) else "" for m in run}
    if len(run) < 3 or len(last) != 1 or "" in last:
        return None
    noun = last.pop()
    name = f"{lists.DIGITS[len(run) - 1]}{'张' if noun == '网' else '个'}{noun}"
    lead = len(os.path.commonprefix([m.group(2)[:4] for m in run]))
    spans = [(m.start(2) + lead, m.end(2)) for m in run]
    return Shape(spans[0][0], spans[0][1], name, ((len(run), ""),), "points"), spans
