"""The parts of sums and codes of numbers: what 4 and X stand for in 4+X, and each digit in 1611."""

import re
from dataclasses import dataclass

from lib.evidence.model import old_lists as lists
from lib.evidence.model.old_lists import CLASSIFIER, CLOSE, DIGITS, HAN, NUMERAL, OPEN, either

PLUS = r"[+＋]"
NEXT = 120  # characters within which the counted parts of a sum follow each other
COUNTED = re.compile(rf"(?:共?{NUMERAL}[个家名支][^\s]{{0,6}})?$")  # 3个部门 after the last of three
LISTED = re.compile(rf"{HAN}+(?:、{HAN}+)*等?$")


@dataclass(frozen=True)
class Part:
    """A named part: its span, and how many things it stands for (None: the text does not count them)."""

    start: int
    end: int
    count: int | None


def explained(chars, span, shape, lexicon):
    """{number: [Part]} from the words after 即: as many summands, counted things, or clauses with as many items.

    “4+X”, 即 A、B 和 C …, D、E 等15个部门 …
    """
    plus = lists.split(chars, (span[0], comma(chars, *span)), PLUS)
    if len(plus) == len(shape.parts) and all(_closed(chars[a:b]) for a, b in plus):
        return _each(plus, shape)
    return counted(chars, shape) or _clauses(chars, span, shape, lexicon)


def _each(spans, shape):
    return {n: [Part(a, b, shape.parts[n][0])] for n, (a, b) in enumerate(spans)}


def _clauses(chars, span, shape, lexicon):
    """The parts in clauses, in order; one alone is enough only for a number that its clause confirms."""
    found, at = {}, 0
    for clause in lists.split(chars, span, "[,，]"):
        if at < len(shape.parts) and not shape.parts[at][1]:
            parts = _group(chars, clause, shape.parts[at][0], lexicon)
            found.update({at: parts} if parts else {})
            at += bool(parts)
    return found if len(found) > 1 or found and (shape.parts[0][0] or 0) > 1 else {}


def comma(chars, start, end):
    """Where the first clause of a span ends."""
    m = re.compile("[,，]").search(chars, start, end)
    return m.start() if m else end


def _closed(words):
    """Whether the brackets in the words are closed."""
    return len(re.findall("[（(]", words)) == len(re.findall("[）)]", words))


def _group(chars, span, count, lexicon):
    """The Parts that a count, or an open number, stands for; none where its clause counts otherwise.

    公安、执法2个部门和调解员实行入驻 are three; 甲局、乙局等15个部门 are one Part, for the text does not
    name them all. An open number has no count: what the text counts there is the text's.
    """
    start, end = span
    stop = re.compile(either(lexicon, "stop")).search(chars, start + 2, end)
    end = stop.start() if stop else end
    while end > start and chars[end - 1] in "等的":
        end -= 1
    start, end = lists.trimmed(chars, start, end)
    total = re.search(rf"等\s*({NUMERAL})[个家名支]", chars[start:end])
    spans = lists.items(chars, start, end)
    size = lists.number(total.group(1)) if total else len(spans)
    if end <= start or count not in (None, size):
        return []
    if count is None or total or count == 1:
        return [Part(start, end, count)]
    return [Part(a, b - len(COUNTED.search(chars[a:b]).group()), 1) for a, b in spans]


def quoted(chars, span, shape):
    """“网格长+专职网格员+兼职网格员”的“1+1+N”: a quoted sum of as many words that ends the span."""
    m = re.search(rf"[{OPEN}]([^{OPEN}{CLOSE}]+)[{CLOSE}]的?$", chars[slice(*span)])
    spans = lists.split(chars, (span[0] + m.start(1), span[0] + m.end(1)), PLUS) if m else []
    return _each(spans, shape) if len(spans) == len(shape.parts) else {}


def counted(chars, shape):
    """1个平台、6大“警务”、1套指数: the first place of the text that counts things by the shape's numbers in order."""
    counts = [count for count, _ in shape.parts]
    if len(counts) < 2 or set(counts) <= {1, None} or shape.kind not in ("sum", "code"):
        return {}
    words = r"([^、,，。；;！？+＋\n为]{2,18}?)(?=[、,，。；;（(+＋为的和]|组成|构成|$)"
    each = [rf"(?<![\d.]){_numeral(c)}(?:{CLASSIFIER}|名|家){words}" for c in counts]
    m = re.search(r"[^。\n]{0,12}?".join(each), chars)
    return _each([lists.trimmed(chars, *m.span(n)) for n in range(1, len(counts) + 1)], shape) if m else {}


def later(chars, shape, lexicon):
    """甲、乙等8个核心部门 … 丙、丁等18个行业部门 after “8+18+N”: each number with what it counts, in order, nearby."""
    counts = [count for count, _ in shape.parts]
    if shape.kind != "sum" or sum((c or 0) > 1 for c in counts) < 2:
        return {}
    found, at, line = {}, shape.end, chars.find("\n", shape.end)
    for n, count in enumerate(counts):
        reach = min(line if line >= 0 else len(chars), at + NEXT)
        m = _things(count, lexicon).search(chars, at, reach) if count else None
        if m:
            listed = LISTED.search(chars[at : m.start()])
            first = lists.unled(chars, (at + listed.start(), m.start()), lexicon)[0] if listed else m.start()
            found[n] = [Part(first, m.end(), count)]
            at = m.end()
    return found if len(found) > 1 else {}


def _things(count, lexicon):
    """A pattern for what a number counts: 8个核心部门, up to the verb that follows."""
    return re.compile(
        rf"(?<![\d.]){_numeral(count)}(?:{CLASSIFIER}|名|家)(?!月|小?时|工作日|百分点){HAN}{{2,6}}?"
        rf"(?={either(lexicon, 'stop')}|[^\u4e00-\u9fff])"
    )


def _numeral(count):
    """A pattern for a count in either script; an open one is N, 若干 or 多."""
    if count is None:
        return r"(?:[NnXx]|若干|多)"
    han = DIGITS[count - 1] if 1 <= count <= 10 else ""
    return "(?:" + "|".join(filter(None, [str(count), han, "两" if count == 2 else ""])) + ")"
