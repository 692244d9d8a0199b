"""Paragraphs and sentences of a cleaned text."""

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter

from lib.lexicon import alternatives
from lib.limits import limit
from lib.reading.document import Passage, Sentence
from lib.reading.numerals import ORDINAL
from lib.reading.spans import HANZI

LINE = re.compile(r"\S(?:[^\n]*\S)?")
STOP = re.compile(r"[。!?！？;；:：]$|[。!?！？][”’」』)）]+$")
LEAD = re.compile(alternatives("lead"))
NUMBERED = re.compile(rf"(?:{ORDINAL}{{1,3}}、|[（(]{ORDINAL}{{1,3}}[)）]|第{ORDINAL}+[章节部分])")
ITEM = re.compile(r"[•\-*+][ \t]|.*[|｜\t]")  # an item of a list, a row of a table: a statement without a stop
SENTENCE_END = re.compile(rf"[。！？!?]+(?:[”’」』）)】]+)?|(?<=[{HANZI}])\.(?=[{HANZI}])|…+(?=[”’]|$)[”’]*")
HEADING, TITLE, PIECE = 40, 80, "，,；;、 "


def passages(text):
    """One passage for each line that holds anything, with its kind and the heading above it."""
    found, section = [], ""
    for m in LINE.finditer(text.chars):
        kind = _kind(m.group(), bool(found))
        section = m.group() if kind == "heading" else section
        found.append(Passage(m.start(), m.end(), kind, section))
    return found


def _kind(line, any_before):
    """title: the first line, if no sentence; lead: an abstract that says so; heading: a short line without a stop
    that is no item of a list and no row of a table."""
    if LEAD.match(line):
        return "lead"
    plain = not STOP.search(line) and not re.search(r"[。;]", line)
    if plain and len(line) <= TITLE and not any_before and not NUMBERED.match(line):
        return "title"
    return "heading" if plain and len(line) <= HEADING and not ITEM.match(line) else "body"


def sentences(text, passages, damage=()):
    """The sentences of each passage, without the white space around them; a stop inside a garbled place ends none."""
    found = []
    for i, p in enumerate(passages):
        at = p.start
        for end in _ends(text.chars, p, damage):
            piece = text.chars[at:end]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                found.append(Sentence(at + lead, at + len(piece.rstrip()), i))
            at = end
    return found


def _ends(chars, passage, damage):
    first, last = (bisect_left(damage, at, key=itemgetter(0)) for at in (passage.start, passage.end))
    spans = damage[first:last]
    at, most = passage.start, limit("sentence")
    stops = (m.end() for m in SENTENCE_END.finditer(chars, at, passage.end) if not _within(m.start(), spans))
    for end in (*stops, passage.end):
        while end - at > most:
            at = _piece(chars, at, at + most)
            yield at
        at = end
        yield end


def _within(at, spans):
    last = bisect_right(spans, at, key=itemgetter(0)) - 1
    return last >= 0 and at < spans[last][1]


def _piece(chars, start, end):
    """Where the first piece of a sentence that is too long ends: behind its last comma, or after `end` characters."""
    return max(chars.rfind(c, start + 1, end) for c in PIECE) + 1 or end
