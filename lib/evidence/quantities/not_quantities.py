"""What looks like a quantity and is none: dates, ordinals, document numbers, names, idioms, addresses."""

import re
from functools import cache

import ahocorasick_rs

from lib.lexicon import compiled, words
from lib.reading import numerals
from lib.reading.spans import CLOSE, OPEN, QUOTES, STOPS

WINDOW = 16
ROUND, APPROXIMATE = words("round magnitudes"), words("sign of an estimate")
PARTS = compiled("fraction begins", numeral=numerals.NUMERAL)
RUNNING = re.compile(r"\d[.,]?$")
WHOLE = re.compile(r"(?:https?://|www\.)[^\s，。；、）)]+|[\w.]+@[\w.]+|《[^》\n]{1,60}》|(?:\.|…|·){4,}[ \t]*\d+")
NAME = re.compile(rf"[{OPEN[:2]}][^{QUOTES}，{STOPS}]{{1,20}}[{CLOSE[:2]}]")


class Lookalikes:
    """The places of a text where a numeral is no quantity."""

    def __init__(self, chars: str, lexicon):
        self._chars, rules = chars, _rules(lexicon)
        self._at, self._around = rules[2:]
        found = rules[1].find_matches_as_indexes(chars, overlapping=True)
        self._phrases = [(a, b) for _, a, b in found]
        self._ends = {}
        for a, b in [*self._phrases, *(m.span() for m in WHOLE.finditer(chars))]:
            for i in range(a, b):
                self._ends[i] = max(b, self._ends.get(i, 0))
        self._heads = {a for a, _ in self._phrases}
        self._names = {i for m in NAME.finditer(chars) for i in range(*m.span())}

    def end(self, start: int) -> int:
        """Where the lookalike that holds the numeral at `start` ends, or 0."""
        chars = self._chars
        bounded = start in self._heads and chars[start] in ROUND and chars[start - 1 : start] in APPROXIMATE
        if start in self._ends and not bounded and not PARTS.match(chars, start):
            return self._ends[start]
        if not RUNNING.search(chars, max(0, start - 2), start) and (m := self._at.match(chars, start)):
            return m.end()
        around = self._around.finditer(chars, max(0, start - WINDOW), start + WINDOW)
        return next((m.end() for m in around if m.start() <= start < m.end()), 0)

    def named(self, at: int) -> bool:
        """Whether a place stands inside a short quotation without a clause: a name or a slogan, not speech."""
        return at in self._names


@cache
def _rules(lexicon):
    """(phrases, their automaton, shapes that begin at a numeral, shapes that stand around one)."""
    phrases = [r["phrase"] for r in lexicon.rows("not_quantities", "phrase", "kind")]
    shapes = lexicon.rows("not_quantities_shapes", "where", "kind", "pattern")
    found = {"at": [], "around": []}
    for row in shapes:
        found[row["where"]].append(lexicon.pattern("not_quantities_shapes", row, "pattern").pattern)
    return phrases, ahocorasick_rs.AhoCorasick(phrases), *(re.compile("|".join(told)) for told in found.values())
