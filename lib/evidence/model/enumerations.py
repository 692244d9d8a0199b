"""What the extractors of the governance model share: Chinese enumerations, and spans that may be shown."""

import re
from functools import cache

from lib import rules
from lib.lexicon import Lexicon
from lib.reading import numerals, segmentation
from lib.reading.spans import BREAKS, CLOSE, OPEN, QUOTES
from lib.rules import classes

BLANKS = f"{QUOTES} \u3000"  # what an item has at its ends
STOP = rf"(?:[{BREAKS}]|(?<={numerals.ORDINAL}条)[ \u3000]+)"
REACH = 400  # characters that an enumeration may take
LIMIT = 39  # a surface of 40 characters in a row would be a copy of the source


@cache
def pattern(lexicon: Lexicon, name: str, template: str = "{}") -> re.Pattern:
    """A class of codebook/classes.csv, set into a template, compiled."""
    return re.compile(template.format(f"(?:{classes.patterns(lexicon)[name]})"))


def number(words: str) -> int | None:
    """The value of a small whole numeral: 4, 两, 十五; None for anything else."""
    if not re.fullmatch(numerals.NUMERAL, words):
        return None
    value = numerals.read(words)
    return int(value) if value is not None and value == int(value) else None


def split(chars: str, span: tuple, mark: re.Pattern) -> list[tuple[int, int]]:
    """Spans of the pieces of a span between the marks, without quotes at their ends."""
    start, end = span
    edges = [start, *(e for m in mark.finditer(chars, start, end) for e in m.span()), end]
    return [trimmed(chars, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def items(document, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the items of the enumeration in a span, without quotes, in order."""
    mark = pattern(document.lexicon, "item_break")
    return [(a, b) for a, b in split(document.chars, (start, end), mark) if a < b]


def pieces(document, sentence):
    """(start, end, joined) of what stands between signs of enumeration and stops; joined: a sign stands before it."""
    mark = pattern(document.lexicon, "item_break", rf"(?P<sign>{{}})|{STOP}")
    at, joined = sentence.start, False
    for m in mark.finditer(document.chars, sentence.start, sentence.end):
        if m.end() > m.start():
            yield *trimmed(document.chars, at, m.start()), joined
            at, joined = m.end(), bool(m["sign"]) and m[0] not in "，,；;"
    yield *trimmed(document.chars, at, sentence.end), joined


def trimmed(chars: str, start: int, end: int) -> tuple[int, int]:
    """The span without quotes and white space at either end."""
    while start < end and chars[start] in BLANKS:
        start += 1
    while start < end and chars[end - 1] in BLANKS:
        end -= 1
    return start, end


def enumeration(document, sentence, end: int) -> list[tuple[int, int]]:
    """Spans of the items of the enumeration that ends at `end`: the first one without the verb before it."""
    chars, lexicon = document.chars, document.lexicon
    first = max(sentence.start, end - REACH)
    end = first + len(pattern(lexicon, "list_tail", "{}+$").sub("", chars[first:end]))
    quotes = re.search(rf"(?:[{OPEN}][^{OPEN}{CLOSE}]+[{CLOSE}][、\s]*)+$", chars[first:end])
    if quotes:
        return _quotations(document, first + quotes.start(), end)
    bounds = [m.end() for m in re.finditer(rf"{STOP}|[（(](?![^）)]*[）)])", chars[first:end])]
    spans = items(document, first + (bounds[-1] if bounds else 0), end)
    if len(spans) < 2:
        return []
    start, stop = unled(document, spans[0])
    alike = start > spans[0][0] and chars[start - 1] == chars[spans[1][0]]  # 有牌子、有场地
    return evened(chars, [(start - alike, stop), *spans[1:]])


def evened(chars: str, spans: list) -> list[tuple[int, int]]:
    """推动防控立体化、智能化、专业化: the first item is as long as all others, if they end alike or have four signs."""
    (start, end), others = spans[0], {b - a for a, b in spans[1:]}
    alike = len(spans) > 2 and len(others) == 1 and (others == {4} or len({chars[b - 1] for _, b in spans}) == 1)
    return [(max(start, end - others.pop()) if alike else start, end), *spans[1:]]


def _quotations(document, start, end):
    """Items of quotations that stand side by side, or of one quotation that holds an enumeration."""
    inner = re.compile(rf"[{OPEN}]\s*([^{OPEN}{CLOSE}]+)[{CLOSE}]")
    quoted = [m.span(1) for m in inner.finditer(document.chars, start, end)]
    return items(document, start, end) if len(quoted) == 1 else quoted


def unled(document, span: tuple) -> tuple[int, int]:
    """The item without the verb that leads up to the enumeration: 涵盖事件处置 -> 事件处置."""
    start, end = span
    quote = max(document.chars.rfind(q, start, end) for q in OPEN)
    if quote >= start:
        return quote + 1, end
    best = start
    for m in pattern(document.lexicon, "list_lead").finditer(document.chars, start, end):
        if len(m[0]) == 1 and m.start() == best or len(m[0]) > 1 and m.end() < end:
            best = m.end()
    return best, end


def shown(document, start: int, end: int) -> bool:
    """Whether a span lies in one sentence and is short enough, in the raw text too, to be shown as a surface."""
    if start >= end:
        return False
    a, b = document.text.raw_span(start, end)
    return b - a <= LIMIT and end <= document.sentences[document.sentence_at(start)].end


def plain(words: str) -> str:
    """The words without quotes and white space."""
    return "".join(c for c in words if c not in BLANKS and not c.isspace())


def apart(hits) -> list:
    """Of hits that overlap the longest, in order."""
    kept, taken = [], set()
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if not taken & set(range(hit.start, hit.end)):
            kept.append(hit)
            taken |= set(range(hit.start, hit.end))
    return sorted(kept, key=lambda h: h.start)


def told(document, slot: str, start: int, end: int) -> list:
    """As found, but only where the conditions of the row hold too; of two that are as long the heavier."""
    hits = rules.within(document, slot, start, end)
    held = [h for h in hits if h in rules.readings(document, h.start, h.end, slot)]
    return apart(sorted(held, key=lambda h: -h.row.weight))


def found(document, slot: str, start: int, end: int) -> list:
    """The hits of a slot that lie in a span, the longest of those that overlap."""
    return apart(rules.within(document, slot, start, end))


def readings(document, start: int, end: int, slot: str):
    """The hits that speak of a span, the best first, but those that share a character with half a word: 大会同意."""
    return (h for h in rules.readings(document, start, end, slot) if not _halves(document, h.start, h.end))


def uncut(document, spans: list) -> list:
    """Of things with a start and an end those that hold no half of a word: not 业主 of 产业主体."""
    return [s for s in spans if not _halves(document, s.start, s.end)]


def _halves(document, start, end):
    known = document.memo.setdefault("halves", {})
    if (start, end) not in known:
        known[start, end] = segmentation.straddled(document.chars, start, end)
    return known[start, end]
