"""One source as every later stage sees it: cleaned text, passages, sentences, damage."""

from dataclasses import dataclass, field

from lib.reading.text import Text


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


@dataclass(frozen=True)
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

    def words(self, sentence):
        """The characters of a sentence."""
        return self.text.chars[sentence.start : sentence.end]

    def damaged(self, start, end):
        """Whether a span touches a garbled place."""
        return any(a < end and start < b for a, b in self.damage)
