"""One source as every later stage sees it: cleaned text, passages, sentences, clauses, headings, damage."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from lib.lexicon import Lexicon
from lib.reading import headings, numerals
from lib.reading.spans import CLOSE, OPEN, STOPS
from lib.reading.text import Text

CLAUSE = re.compile(
    rf"(?<!\d),|,(?!\d{{3}}(?!\d))|[，{STOPS}]|(?<!\d)[:：]|[:：](?!\d)"
    rf"|(?<={numerals.ORDINAL}条)[ \u3000]+"
)
GROUP = re.compile(f"[{STOPS}]")
QUOTED = re.compile("|".join(f"{a}[^{a}{b}\n]{{1,60}}{b}" for a, b in zip(OPEN, CLOSE, strict=True)))


@dataclass(frozen=True)
class Passage:
    """A paragraph of the cleaned text. `kind`: title | heading | lead | body; `section`: the last heading above it."""

    start: int
    end: int
    kind: str
    section: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of the cleaned text; `passage` is the index of its passage."""

    start: int
    end: int
    passage: int


@dataclass(frozen=True, eq=False)
class Document:
    """A source after reading. Spans of passages, sentences and damage are in `text.chars`, not in `raw`."""

    id: str
    raw: str
    text: Text
    passages: list
    sentences: list
    damage: list = field(default_factory=list)  # (start, end): characters that the source has garbled
    ledger: list = field(default_factory=list)  # what cleaning did: dicts with raw start, end, action, rule
    entry: dict = field(default_factory=dict)  # the register's row: place, published, genre, ... as strings
    lexicon: Lexicon = field(default_factory=Lexicon)
    memo: dict = field(default_factory=dict, repr=False)  # what later stages found once for all: {name: value}

    @cached_property
    def chars(self) -> str:
        """The cleaned characters with half-width digits and signs, one for one."""
        return numerals.fold(self.text.chars)

    @cached_property
    def clauses(self) -> list[tuple[int, int]]:
        """(start, end) of every clause, in order: between commas, colons and stops, never inside a number."""
        return self._pieces(CLAUSE)

    @cached_property
    def groups(self) -> list[tuple[int, int]]:
        """(start, end) of every group of clauses, in order: between semicolons and stops."""
        return self._pieces(GROUP)

    @cached_property
    def quotations(self) -> list[tuple[int, int]]:
        """(start, end) of what stands in quotation marks, the marks included."""
        return [m.span() for m in QUOTED.finditer(self.chars)]

    def quoted(self, start: int, end: int) -> list[tuple[int, int]]:
        """The quotations that share a character with a span, in order."""
        first = bisect_right(self.quotations, start, key=itemgetter(1))
        return self.quotations[first : bisect_left(self.quotations, end, key=itemgetter(0))]

    @cached_property
    def sections(self) -> list[tuple]:
        """For each sentence the headings above it (`headings.Heading`), outermost first, run-in headings included."""
        return headings.above(self)

    def sentence_at(self, at: int) -> int:
        """The index of the sentence that holds a character, or of the last one before it."""
        return max(0, bisect_right(self._starts, at) - 1)

    def clause(self, at: int) -> tuple[int, int]:
        """(start, end) of the clause that holds a character."""
        return self.clauses[max(0, bisect_right(self._clause_starts, at) - 1)]

    def group(self, at: int) -> tuple[int, int]:
        """(start, end) of the group of clauses that holds a character."""
        return self.groups[max(0, bisect_right(self._group_starts, at) - 1)]

    def words(self, sentence) -> str:
        """The characters of a sentence."""
        return self.text.chars[sentence.start : sentence.end]

    def damaged(self, start: int, end: int) -> bool:
        """Whether a span touches a garbled place."""
        at = bisect_right(self.damage, start, key=itemgetter(1))
        return at < len(self.damage) and self.damage[at][0] < end

    @cached_property
    def _starts(self):
        return [s.start for s in self.sentences]

    @cached_property
    def _clause_starts(self):
        return [start for start, _ in self.clauses]

    @cached_property
    def _group_starts(self):
        return [start for start, _ in self.groups]

    def _pieces(self, pattern):
        found = []
        for s in self.sentences:
            at = s.start
            for m in pattern.finditer(self.chars, s.start, s.end):
                found.append((at, m.start()))
                at = m.end()
            found.append((at, s.end))
        return [(a, b) for a, b in found if b > a] or [(0, 0)]
