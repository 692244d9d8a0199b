"""The headings above each sentence, by their numbering: 第一章 > 一、 > （一） > 1. > (1) > 一是."""

import re
from dataclasses import dataclass

from lib.reading.numerals import ORDINAL

NUMERAL = rf"{ORDINAL}{{1,4}}"
LEVELS = (
    (1, re.compile(rf"#?\s*第{NUMERAL}[编篇章]")),
    (2, re.compile(rf"第{NUMERAL}(?:节|部分)")),
    (3, re.compile(rf"{NUMERAL}、")),
    (4, re.compile(rf"[(（]?{NUMERAL}[)）]")),
    (5, re.compile(r"\d{1,2}[.、．](?!\d)")),
    (6, re.compile(r"[(（]\d{1,2}[)）]|[①-⑳]")),
    (7, re.compile(rf"{NUMERAL}是(?!否)|第{NUMERAL}[,，、]|[(（]?{NUMERAL}[)）]是")),
)
MARKS = re.compile(r"^(#{1,6})\s*")
BARE = 2.5  # a heading without a number: above 一、 where it has a status of its own, else lowest
SHORT = 40
INLINE = re.compile(rf"^(?:{ORDINAL}+、|【)([^。,，\s】]{{2,14}})(?:[\s】]|$)")


@dataclass(frozen=True)
class Heading:
    """A heading in the cleaned text; `level`: smaller is higher; `numbered`: its level comes from its number."""

    start: int
    end: int
    level: float
    numbered: bool


def level(words: str) -> tuple[float, bool]:
    """(level, numbered) of a line that is a heading."""
    if marks := MARKS.match(words):
        inner = level(words[marks.end() :])
        return inner if inner[1] else (float(len(marks[1])), True)
    found = next((n for n, pattern in LEVELS if pattern.match(words)), None)
    return (float(found), True) if found else (BARE, False)


def above(document) -> list[tuple]:
    """For each sentence the headings that hold for it, outermost first; a heading ends at the next of its level.

    A heading without a number never ends one that has a number: it may be a caption or a catchword.
    """
    stack, found, seen = [], [], -1
    for sentence in document.sentences:
        if sentence.passage != seen:
            seen = sentence.passage
            stack = [h for h in stack if h.level < 7]
            passage = document.passages[seen]
            if passage.kind == "heading" and passage.start == sentence.start:
                made = _heading(document, passage.start, passage.end)
                stack = [*_kept(stack, made), made]
        run_in = _run_in(document, sentence)
        stack = [*_kept(stack, run_in), run_in] if run_in else stack
        found.append(tuple(stack))
    return found


def _kept(stack, new):
    if new.numbered:
        return [h for h in stack if h.level < new.level]
    return [h for h in stack if h.numbered and h.level < 7]


def _heading(document, start, end):
    n, numbered = level(document.chars[start:end])
    return Heading(start, end, n, numbered)


def _run_in(document, sentence):
    """The heading that opens a line of running text, such as （一）扩大巡防力量。; None where there is none."""
    words = document.chars[sentence.start : sentence.end]
    n, numbered = level(words)
    if numbered and len(words) <= SHORT and document.passages[sentence.passage].kind == "body":
        return Heading(sentence.start, sentence.end, n, True)
    if m := INLINE.match(words):
        return Heading(sentence.start, sentence.start + m.end(), 3.0, True)
    return None
