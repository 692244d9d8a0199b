"""What the text says the parts of a formula are; nothing where it does not say."""

import re

from lib.evidence.model import formula_sums
from lib.evidence.model import old_lists as lists
from lib.evidence.model.formula_sums import Part
from lib.evidence.model.old_lists import CLASSIFIER, CLOSE, NUMERAL, OPEN

SAYS = re.compile(
    r"[^。；;！？\n]{0,14}?(?:[,，]?\s*(?:即|就是|是指|指的是|分别是|分别为|包括|具体为)"
    r"|——|－－|[:：])\s*[:：]?"
)
BRACKET = re.compile(r"[^。；;！？,，（(\n]{0,8}[（(]([^）)]{2,60})[）)]")


def named(chars, sentence, shape, lexicon):
    """{number of the shape's part: [Part]} where brackets, 即, or an enumeration beside the formula say it."""
    if shape.kind in ("parameter", "each") or all(words and count is None for count, words in shape.parts):
        return {}
    for told in (_bracket, _after, _before):
        found = told(chars, sentence, shape, lexicon)
        if found:
            return found
    return formula_sums.counted(chars, shape) or formula_sums.later(chars, shape, lexicon)


def _outside(chars, end):
    return end + 1 if chars[end : end + 1] and chars[end] in CLOSE else end


def _bracket(chars, sentence, shape, _lexicon):
    """“两降两升”(发案数下降、破案率上升)."""
    m = BRACKET.match(chars, _outside(chars, shape.end), sentence.end)
    return shared_out(lists.items(chars, *m.span(1)), shape) if m else {}


def _after(chars, sentence, shape, lexicon):
    """“五先一正”, 即 A、B、C …; “1+1+N”, 即 A+B+C."""
    m = SAYS.match(chars, _outside(chars, shape.end), sentence.end)
    if not m:
        return {}
    stop = re.compile("[。！？]").search(chars, m.end(), sentence.end)
    span = m.end(), stop.start() if stop else sentence.end
    if shape.kind == "sum":
        return formula_sums.explained(chars, span, shape, lexicon)
    clause = span[0], formula_sums.comma(chars, *span)
    spans = (_suffixed(chars, span, shape), lists.items(chars, *span), lists.items(chars, *clause))
    return formula_sums.counted(chars, shape) or next(filter(None, (shared_out(s, shape) for s in spans)), {})


def _suffixed(chars, span, shape):
    """受理区设窗口；调度区管资源；化解区 … for “三区”: what begins a clause and ends in the formula's own noun."""
    noun = re.escape(shape.parts[0][1])
    clause = re.compile(rf"(?<=[:：;；,，。])\s*([\u4e00-\u9fff]{{1,8}}?{noun})(?=[\u4e00-\u9fff,，;；。])")
    return [m.span(1) for m in clause.finditer(chars, *span)] if noun and len(shape.parts) == 1 else []


def _before(chars, sentence, shape, lexicon):
    """硬件、数据、服务“三统筹”: the enumeration that stands right before the formula."""
    start = shape.start - (chars[shape.start - 1] in OPEN) if shape.start else 0
    spans = lists.enumeration(chars, sentence, start, lexicon)
    if shape.kind == "sum":
        ahead = max(sentence.start, start - 80), start
        return _stems(chars, spans, shape) or formula_sums.quoted(chars, ahead, shape)
    if not spans or re.search(rf"{NUMERAL}(?:{CLASSIFIER})$", chars[slice(*spans[-1])]):
        return {}
    total = sum(count or 0 for count, _ in shape.parts)
    more = "等" in chars[spans[-1][1] - 1 : start]
    wanted = total if len(spans) >= total else len(spans) if more else 0
    return shared_out(spans[-wanted:] if wanted else [], shape, more)


def _stems(chars, spans, shape):
    """“在线联管、在线巡查”等“在线+”: items that begin with the stem of an open sum."""
    stem = shape.parts[0][1]
    if len(shape.parts) != 2 or shape.parts[1] != (None, "") or not stem:
        return {}
    told = [Part(a, b, None) for a, b in spans if chars.startswith(stem, a)]
    return {0: [], 1: told} if told else {}  # the stem is no part beside what it heads


def shared_out(spans, shape, more=False):
    """The items given to the parts: one each, or as many as each part counts; nothing where the numbers disagree.

    With `more` (the text ends its list with 等), fewer items than the one count will do.
    """
    counts = [count for count, _ in shape.parts]
    if len(counts) == 1 and counts[0] and (len(spans) == counts[0] or more and 0 < len(spans) < counts[0]):
        return {0: [Part(a, b, 1) for a, b in spans]}
    if len(counts) > 1 and len(spans) == len(counts):
        return {n: [Part(a, b, counts[n])] for n, (a, b) in enumerate(spans)}
    if len(counts) > 1 and None not in counts and len(spans) == sum(counts):
        firsts = [sum(counts[:n]) for n in range(len(counts))]
        return {n: [Part(a, b, 1) for a, b in spans[f : f + counts[n]]] for n, f in enumerate(firsts)}
    return {}
