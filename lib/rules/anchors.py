"""Many patterns over one text: literals are looked up together, a pattern is tried only where its literal stands."""

from bisect import bisect_right
from collections import defaultdict
from re import _constants, _parser
from typing import NamedTuple

import ahocorasick_rs


class Found(NamedTuple):
    """Pattern number `rule` stands at `start` to `end`."""

    start: int
    end: int
    rule: int


class Anchored:
    """Compiled patterns; `find` returns every place where one stands, in one pass for the literals of all."""

    def __init__(self, patterns):
        self._patterns, by_anchor, self._always = list(patterns), defaultdict(list), []
        for number, pattern in enumerate(self._patterns):
            for anchor in literals(_parser.parse(pattern.pattern)) or [None]:
                (by_anchor[anchor] if anchor else self._always).append(number)
        self._numbers = list(by_anchor.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_anchor)) if by_anchor else None

    def find(self, chars: str, spans: list[tuple[int, int]] | None = None) -> list[Found]:
        """Each match inside one of the spans, which stand in order, or anywhere; in order, the longer first."""
        spans = [(0, len(chars))] if spans is None else spans
        starts, tried = [start for start, _ in spans], set()
        found = self._automaton.find_matches_as_indexes(chars, overlapping=True) if self._automaton and chars else []
        for word, start, _ in found:
            i = bisect_right(starts, start) - 1
            if i >= 0 and start < spans[i][1]:
                tried |= {(i, number) for number in self._numbers[word]}
        tried |= {(i, number) for i in range(len(spans)) for number in self._always}
        matches = [
            Found(*m.span(), number)
            for i, number in tried
            for m in self._patterns[number].finditer(chars, *spans[i])
            if m.end() > m.start()
        ]
        return sorted(matches, key=lambda m: (m.start, -m.end, m.rule))


def longest(found, hides=lambda match: True):
    """The matches that no longer one covers, where only those that hide count; of those with the same span all stay."""
    kept, reach = [], (0, 0)
    for match in sorted(found, key=lambda m: (m.start, -m.end, not hides(m))):
        if match.end > reach[1] or (match.start, match.end) == reach:
            kept.append(match)
            reach = (match.start, match.end) if hides(match) else reach
    return kept


def literals(tree) -> set[str]:
    """Literals of which one must stand where the parsed pattern stands; empty if there is no such set."""
    sets, run = [], ""
    for op, value in [*tree, (None, None)]:
        if op is _constants.LITERAL:
            run += chr(value)
            continue
        sets, run = [*sets, {run}] if run else sets, ""
        sets.append(_inner(op, value))
    return max(filter(None, sets), key=lambda words: (min(map(len, words)), -len(words)), default=set())


def _inner(op, value):
    if op is _constants.SUBPATTERN:
        return literals(value[3])
    if op is _constants.BRANCH:
        branches = [literals(branch) for branch in value[1]]
        return set().union(*branches) if all(branches) else set()
    if op is _constants.IN and all(kind is _constants.LITERAL for kind, _ in value):
        return {chr(char) for _, char in value}
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] > 0:
        return literals(value[2])
    return set()
