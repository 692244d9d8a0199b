"""What the extractors of the governance model share: Chinese enumerations, small numerals, spans that may be shown."""
import re
from bisect import bisect_right
from functools import cache

DIGITS = "一二三四五六七八九十"
NUMERAL = rf"(?:\d{{1,3}}|[{DIGITS}两]{{1,3}})"
QUOTES = "“”‘’\"「」『』 \u3000"
ITEM_BREAK = re.compile(r"[、,，；;+＋/]|以及"
                        r"|(?<=[\u4e00-\u9fff”’])(?:(?<![共总调])和(?!谐|平|解)|(?<!以|普|涉)及(?!时|格)|(?<!参|给|赋)与(?!时|会))(?=[\u4e00-\u9fff“‘])")
LIMIT = 39          # a surface of 40 characters in a row would be a copy of the source


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


def items(chars, start, end):
    """Spans of the items of the enumeration in chars[start:end], without quotes, in order."""
    breaks = [(m.start(), m.end()) for m in ITEM_BREAK.finditer(chars, start, end)]
    edges = [start, *(edge for span in breaks for edge in span), end]
    spans = (trimmed(chars, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return [(a, b) for a, b in spans if a < b]


def trimmed(chars, start, end):
    """The span without quotes and white space at either end."""
    while start < end and chars[start] in QUOTES:
        start += 1
    while start < end and chars[end - 1] in QUOTES:
        end -= 1
    return start, end


def sentence_at(document, position):
    """The sentence that holds a position, or None."""
    at = bisect_right([s.start for s in document.sentences], position) - 1
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
    """A pattern for any of the words, longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


@cache
def uses(lexicon, use):
    """The words that lexicon/formulas.csv lists for one use."""
    return frozenset(r["word"] for r in lexicon.rows("formulas", "word", "use") if r["use"] == use)
