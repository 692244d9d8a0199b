"""What the text says the parts of a formula are; nothing where it does not say."""

import re
from dataclasses import dataclass

from lib.evidence.model import enumerations as lists
from lib.evidence.model.formula_names import PLUS, sign
from lib.reading.spans import CLOSE, HANZI, OPEN

NEXT, LONGEST = 120, 16  # characters in which the counted parts of a sum follow each other; of an item
LIST = 3  # items of an enumeration that by their number alone are what a sum adds up
BRACKET = re.compile(r"[^。；;！？,，（(\n]{0,8}[（(]([^）)]{2,60})[）)]")
COMMA, STOP = re.compile("[,，]"), re.compile("[。！？]")


@dataclass(frozen=True)
class Part:
    """A named part: its span, and how many things it stands for (None: the text does not count them)."""

    start: int
    end: int
    count: int | None


def named(document, sentence, shape) -> dict[int, list[Part]]:
    """{number of the shape's part: [Part]} where brackets, 即, or an enumeration beside the formula say it."""
    if shape.spans:
        return {0: [Part(a, b, 1) for a, b in shape.spans]}
    if shape.kind in ("parameter", "each") or shape.kind == "sum" and all(words for _, words in shape.parts):
        return {}
    ways = (_before,) if shape.kind == "counted" else (_bracket, _after, _before, _counted, _later)
    return next(filter(None, (way(document, sentence, shape) for way in ways)), {})


def _outside(document, end):
    return end + 1 if document.chars[end : end + 1] and document.chars[end] in CLOSE else end


def _bracket(document, sentence, shape):
    """“两降两升”(发案数下降、破案率上升)."""
    m = BRACKET.match(document.chars, _outside(document, shape.end), sentence.end)
    return shared_out(lists.items(document, *m.span(1)), shape) if m else {}


def _after(document, sentence, shape):
    """“五先一正”, 即 A、B、C …; “1+1+N”, 即 A+B+C."""
    m = lists.pattern(document.lexicon, "formula_says").match(
        document.chars, _outside(document, shape.end), sentence.end
    )
    if not m:
        return {}
    stop = STOP.search(document.chars, m.end(), sentence.end)
    span = m.end(), stop.start() if stop else sentence.end
    clause = span[0], _comma(document.chars, *span)
    counted = _counted(document, sentence, shape)
    if shape.kind == "sum":
        plus = lists.split(document.chars, clause, PLUS)
        closed = all(document.chars.count("(", a, b) == document.chars.count(")", a, b) for a, b in plus)
        return closed and shared_out(plus, shape) or counted or _clauses(document, span, shape)
    lists_told = (_suffixed(document, span, shape), lists.items(document, *clause), lists.items(document, *span))
    return counted or next(filter(None, (shared_out(told, shape) for told in lists_told)), {})


def _comma(chars, start, end):
    """Where the first clause of a span ends."""
    m = COMMA.search(chars, start, end)
    return m.start() if m else end


def _suffixed(document, span, shape):
    """受理区设窗口；调度区管资源；化解区 … for “三区”: what begins a clause and ends in the formula's own noun."""
    noun = re.escape(shape.parts[0][1])
    clause = re.compile(rf"(?<=[:：;；,，。])\s*([{HANZI}]{{1,8}}?{noun})(?=[{HANZI},，;；。])")
    return [m.span(1) for m in clause.finditer(document.chars, *span)] if noun and len(shape.parts) == 1 else []


def _before(document, sentence, shape):
    """硬件、数据、服务“三统筹”: the enumeration that stands right before the formula."""
    chars, start = document.chars, shape.start - (document.chars[max(0, shape.start - 1)] in OPEN)
    core = lists.pattern(document.lexicon, "formula_core").search(chars, sentence.start, shape.start)
    if core and [count for count, _ in shape.parts] == [1]:
        return {0: [Part(*core.span("what"), 1)]}
    if lists.pattern(document.lexicon, "list_join").match(chars, max(0, start - 1), start):
        return {}  # A、B和“四不”: an item beside others, not their sum
    spans = lists.enumeration(document, sentence, start)
    if shape.kind == "open":
        told = [Part(a, b, None) for a, b in spans if chars.startswith(shape.parts[0][1], a)]
        return {0: [], 1: told} if told else {}  # the stem is no part beside what it heads
    if shape.kind == "sum":
        quoted = _quoted_sum(document, (max(sentence.start, start - 80), start), shape)
        return quoted or (shared_out(spans, shape) if len(spans) > LIST else {})
    if not spans or lists.pattern(document.lexicon, "formula_item", "{}$").match(chars, *spans[-1]):
        return {}
    total, more = sum(count or 0 for count, _ in shape.parts), "等" in chars[spans[-1][1] - 1 : start]
    if shape.kind == "counted" and not _agree(document, spans, shape, total, more):
        return {}
    wanted = total if len(spans) >= total else len(spans) if more else 0
    return shared_out(spans[-wanted:] if wanted else [], shape, more)


def _agree(document, spans, shape, total, more):
    """Whether an enumeration is what an unquoted number counts: as long as it says, of short items without numbers, and
    all like a noun of one character."""
    words, noun = [document.chars[a:b] for a, b in spans], shape.parts[0][1]
    counts = lists.pattern(document.lexicon, "formula_item")
    short = all(len(w) <= LONGEST and not counts.search(w) for w in words)
    alike = len(noun) > 1 or all(w.endswith(noun) for w in words)
    return 2 <= total <= 12 and short and alike and (len(words) == total or more and len(words) < total)


def _quoted_sum(document, span, shape):
    """“网格长+专职网格员+兼职网格员”的“1+1+N”: a quoted sum of as many words that ends the span."""
    m = re.search(rf"[{OPEN}]([^{OPEN}{CLOSE}]+)[{CLOSE}]的?$", document.chars[slice(*span)])
    inner = (span[0] + m.start(1), span[0] + m.end(1)) if m else (0, 0)
    return shared_out(lists.split(document.chars, inner, PLUS), shape)


def shared_out(spans, shape, more=False) -> dict[int, list[Part]]:
    """The items given to the parts: one each, or as many as each part counts; nothing where the numbers disagree.

    With `more` (the text ends its list with 等), fewer items than the one count will do.
    """
    spans, counts = [s for s in spans if s[0] < s[1]], [count for count, _ in shape.parts]
    if len(counts) == 1 and counts[0] and (len(spans) == counts[0] or more and 0 < len(spans) < counts[0]):
        return {0: [Part(a, b, 1) for a, b in spans]}
    if len(counts) > 1 and len(spans) == len(counts):
        return {n: [Part(a, b, counts[n])] for n, (a, b) in enumerate(spans)}
    if len(counts) > 1 and None not in counts and len(spans) == sum(counts):
        firsts = [sum(counts[:n]) for n in range(len(counts))]
        return {n: [Part(a, b, 1) for a, b in spans[f : f + counts[n]]] for n, f in enumerate(firsts)}
    return {}


def _clauses(document, span, shape):
    """The parts in clauses, in order; one alone is enough only for a number that its clause confirms."""
    found, at = {}, 0
    for clause in lists.split(document.chars, span, COMMA):
        if at < len(shape.parts) and not shape.parts[at][1]:
            parts = _group(document, clause, shape.parts[at][0])
            found.update({at: parts} if parts else {})
            at += bool(parts)
    return found if len(found) > 1 or found and (shape.parts[0][0] or 0) > 1 else {}


def _group(document, span, count):
    """The Parts that a count, or an open number, stands for; none where its clause counts otherwise.

    公安、执法2个部门和调解员实行入驻 are three; 甲局、乙局等15个部门 are one Part, for the text does not
    name them all. An open number has no count: what the text counts there is the text's.
    """
    start, end = span
    stop = lists.pattern(document.lexicon, "list_stop").search(document.chars, start + 2, end)
    end = stop.start() if stop else end
    start, end = lists.trimmed(document.chars, start, start + len(document.chars[start:end].rstrip("等的")))
    total = lists.pattern(document.lexicon, "formula_total").search(document.chars, start, end)
    spans = lists.items(document, start, end)
    size = lists.number(total["total"]) if total else len(spans)
    if end <= start or count not in (None, size):
        return []
    if count is None or total or count == 1:
        return [Part(start, end, count)]
    tail = lists.pattern(document.lexicon, "formula_item", r"共?{}\S{{0,6}}$")
    return [Part(a, a + len(tail.sub("", document.chars[a:b])), 1) for a, b in spans]


def _counted(document, _sentence, shape):
    """1个平台、6大“警务”、1套指数: the first place of the text that counts things by the shape's numbers in order."""
    counts = [count for count, _ in shape.parts]
    if len(counts) < 2 or set(counts) <= {1, None} or shape.kind not in ("sum", "code"):
        return {}
    words = lists.pattern(document.lexicon, "formula_words", "({})").pattern
    each = [_number(document, count) + words for count in counts]
    m = re.search(r"[^。\n]{0,12}?".join(each), document.chars)
    return (
        shared_out([lists.trimmed(document.chars, *m.span(n)) for n in range(1, len(counts) + 1)], shape) if m else {}
    )


def _later(document, _sentence, shape):
    """甲、乙等8个核心部门 … 丙、丁等18个行业部门 after “8+18+N”: each number with what it counts, in order, nearby."""
    if shape.kind != "sum" or sum((count or 0) > 1 for count, _ in shape.parts) < 2:
        return {}
    found, at, line = {}, shape.end, document.chars.find("\n", shape.end)
    things = lists.pattern(document.lexicon, "formula_counts").pattern
    for n, (count, _) in enumerate(shape.parts):
        reach = min(line if line >= 0 else len(document.chars), at + NEXT)
        m = re.compile(_number(document, count) + things).search(document.chars, at, reach) if count else None
        if m:
            listed = re.search(rf"[{HANZI}]+(?:、[{HANZI}]+)*等?$", document.chars[at : m.start()])
            first = lists.unled(document, (at + listed.start(), m.start()))[0] if listed else m.start()
            found[n], at = [Part(first, m.end(), count)], m.end()
    return found if len(found) > 1 else {}


def _number(document, count):
    """A pattern for a count in either script with what counts it; an open one is N, 若干 or 多."""
    signs = lists.pattern(document.lexicon, "many_n").pattern if count is None else f"{count}"
    if count in range(1, 11):
        signs += "".join(f"|{sign(document, n)}" for n in ((2, 11) if count == 2 else (count,)))
    return rf"(?<![\d.])(?:{signs}){lists.pattern(document.lexicon, 'classifier').pattern}"
