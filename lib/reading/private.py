"""What tells of one private person: names, and the numbers of papers, telephones, accounts, plates, homes.

Names are found by persons.py, numbers by the rows of lexicon/private.csv. Places, institutions, services (110, 12345,
400-…) and counts are nobody's.
"""

import re
from dataclasses import dataclass
from functools import cache, partial

from lib.lexicon import BadInput, Lexicon, each_row, number
from lib.reading import persons, spans
from lib.reading.numerals import fold
from lib.reading.script import simplified

CROSS = "×"


@dataclass(frozen=True)
class Kind:
    """A row of lexicon/private.csv: its compiled pattern, how many characters stay, its example."""

    id: str
    pattern: re.Pattern
    keep: int
    example: str


@dataclass(frozen=True)
class Found:
    """Spans (start, end) of one text, in order: whole names, what is crossed out of them, numbers."""

    names: list
    given: list
    numbers: list

    @property
    def crossed(self) -> list:
        """All that is crossed out, in order."""
        return sorted([*self.given, *self.numbers])


def of(document) -> Found:
    """What is private in a document, in its cleaned characters; found once for all who ask."""
    if "private" not in document.memo:
        document.memo["private"] = _found(document.chars, document.lexicon)
    return document.memo["private"]


def _found(chars, lexicon):
    names = persons.find(chars, lexicon)
    return Found(names, persons.crossed(chars, names, lexicon), numbers(chars, lexicon))


@cache
def kinds(lexicon: Lexicon) -> tuple[Kind, ...]:
    """The kinds of numbers in the order of the table; BadInput names a row that can't be used."""
    rows = lexicon.rows("private", "id", "label", "pattern", "keep", "example")
    return each_row(partial(_kind, lexicon), rows)


def _kind(lexicon, row):
    path = lexicon.folder / "private.csv"
    try:
        pattern = re.compile(f"(?:{row['label']})(?P<x>{row['pattern']})")
    except re.error as e:
        raise BadInput(f"{path}:{row['line']}: no regular expression ({e}); expected one") from None
    return Kind(row["id"], pattern, number(path, row, "keep", int), row["example"])


def numbers(chars: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """(start, end) of what is no name, in order and apart, without the characters that stay."""
    found = [(m.start("x") + k.keep, m.end("x")) for k in kinds(lexicon) for m in k.pattern.finditer(chars)]
    return spans.apart(found)


def mask(words: str, lexicon=None) -> str:
    """The words with what is private crossed out: 韩××, 电话×××××××××××. As long as before; in either script."""
    return cross(words, _found(fold(simplified(words)), lexicon or Lexicon()).crossed)


def cross(words: str, spans) -> str:
    """The words with the spans crossed out; blanks, dots and dashes in them stay."""
    out, at = [], 0
    for start, end in spans:
        start = max(start, at)
        out += [words[at:start], re.sub(r"[^\s·•‧・\-]", CROSS, words[start:end])]
        at = max(at, end)
    return "".join(out) + words[at:]
