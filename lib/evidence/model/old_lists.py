"""What the extractors of the governance model share: Chinese enumerations, small numerals, spans that may be shown."""

import re
from bisect import bisect_right
from functools import cache

from lib.lexicon import BadInput

DIGITS = "一二三四五六七八九十"
NUMERAL = rf"(?:\d{{1,3}}|[{DIGITS}两]{{1,3}})"
CLASSIFIER = "个|大|级|项|张|重|支|位|种|类|道|条|套|座|处|本|把"
OPEN, CLOSE = '“‘"「『', '”’"」』'
QUOTES = f"{OPEN}{CLOSE} \u3000"
HAN = r"[\u4e00-\u9fff]"
ITEM_BREAK = re.compile(
    rf"[、,，；;+＋/]|以及|(?<=[\u4e00-\u9fff”’])(?:(?<![共总调])和(?!谐|平|解)"
    rf"|(?<![以普涉])及(?!时|格)|(?<![参给赋])与(?!时|会))(?={HAN}|[“‘])"
)
USES = ("false", "head", "lead", "tail", "stop", "set", "net", "not_model", "national")
REACH = 400  # characters that an enumeration may take
LIMIT = 39  # a surface of 40 characters in a row would be a copy of the source


def number(words):
    """The value of a small numeral: 4, 两, 十五, 二十; None for anything else."""
    if words.isdigit():
        return int(words)
    if not words or set(words) - set(DIGITS + "两"):
        return None
    words = words.replace("两", "二")
    if "十" not in words:
        return DIGITS.index(words) + 1 if len(words) == 1 else None
    tens, _, units = words.partition("十")
    value = (DIGITS.index(tens) + 1 if tens else 1) * 10 + (DIGITS.index(units) + 1 if units else 0)
    return value if len(tens) < 2 and len(units) < 2 else None


def split(chars, span, mark):
    """Spans of the pieces of chars[start:end] between the marks (a pattern), without quotes at their ends."""
    start, end = span
    edges = [start, *(e for m in re.compile(mark).finditer(chars, start, end) for e in m.span()), end]
    return [trimmed(chars, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def items(chars, start, end):
    """Spans of the items of the enumeration in chars[start:end], without quotes, in order."""
    return [(a, b) for a, b in split(chars, (start, end), ITEM_BREAK) if a < b]


def trimmed(chars, start, end):
    """The span without quotes and white space at either end."""
    while start < end and chars[start] in QUOTES:
        start += 1
    while start < end and chars[end - 1] in QUOTES:
        end -= 1
    return start, end


def enumeration(chars, sentence, end, lexicon):
    """Spans of the items of the enumeration that ends at `end`: the first one without the verb before it."""
    first = max(sentence.start, end - REACH)
    end = first + len(re.sub(rf"(?:{either(lexicon, 'tail')})+$", "", chars[first:end]))
    if end > first and chars[end - 1] in CLOSE:
        quotes = re.search(rf"(?:[{OPEN}][^{OPEN}{CLOSE}]+[{CLOSE}][、\s]*)+$", chars[first:end])
        if quotes:
            return _quotations(chars, first + quotes.start(), end)
    bounds = [m.end() for m in re.finditer(r"[。；;：:！？,，]|[（(](?![^）)]*[）)])", chars[first:end])]
    spans = items(chars, first + (bounds[-1] if bounds else 0), end)
    if len(spans) < 2:
        return []
    start, stop = unled(chars, spans[0], lexicon)
    alike = start > spans[0][0] and chars[start - 1] == chars[spans[1][0]]  # 有牌子、有场地
    return evened(chars, [(start - alike, stop), *spans[1:]])


def evened(chars, spans):
    """推动防控立体化、智能化、专业化: the first item is as long as all others that end as it does."""
    (start, end), others = spans[0], {b - a for a, b in spans[1:]}
    alike = len(spans) > 2 and len(others) == 1 and len({chars[b - 1] for _, b in spans}) == 1
    return [(max(start, end - others.pop()) if alike else start, end), *spans[1:]]


def _quotations(chars, start, end):
    """Items of quotations that stand side by side, or of one quotation that holds an enumeration."""
    quoted = [
        (start + m.start(1), start + m.end(1))
        for m in re.finditer(rf"[{OPEN}]\s*([^{OPEN}{CLOSE}]+)[{CLOSE}]", chars[start:end])
    ]
    return items(chars, start, end) if len(quoted) == 1 else quoted


def unled(chars, span, lexicon):
    """The item without the verb that leads up to the enumeration: 涵盖事件处置 -> 事件处置."""
    start, end = span
    quote = max(chars.rfind(q, start, end) for q in OPEN)
    if quote >= start:
        return quote + 1, end
    best = start
    for m in re.compile(either(lexicon, "lead")).finditer(chars, start, end):
        if len(m.group()) == 1 and m.start() == best or len(m.group()) > 1 and m.end() < end:
            best = m.end()
    return best, end


def sentence_at(document, position):
    """The sentence that holds a position, or None."""
    at = bisect_right(document.sentences, position, key=lambda s: s.start) - 1
    sentence = document.sentences[at] if at >= 0 else None
    return sentence if sentence and position < sentence.end else None


def shown(document, start, end):
    """Whether a span lies in one sentence and is short enough, in the raw text too, to be shown as a surface."""
    if start >= end:
        return False
    a, b = document.text.raw_span(start, end)
    sentence = sentence_at(document, start)
    return b - a <= LIMIT and sentence is not None and end <= sentence.end


def plain(words):
    """The words without quotes and white space."""
    return "".join(c for c in words if c not in QUOTES and not c.isspace())


def alternatives(words):
    """A pattern for any of the words, longest first; for no words, one that never matches."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))) or "(?!)"


def checked(lexicon, name, column, values):
    """The rows (word and this column) of a table of the lexicon; BadInput where the column holds another value."""
    rows = lexicon.rows(name, "word", column)
    for row in rows:
        if row[column] not in values:
            raise BadInput(f"{name}.csv:{row['line']}: {column} {row[column]!r}; expected one of {', '.join(values)}")
    return rows


@cache
def uses(lexicon, use):
    """The words that lexicon/formulas.csv lists for one use."""
    return frozenset(r["word"] for r in checked(lexicon, "formulas", "use", USES) if r["use"] == use)


@cache
def either(lexicon, use):
    """A pattern for any of the words of one use."""
    return alternatives(uses(lexicon, use))
