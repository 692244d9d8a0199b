"""Many patterns over one text: literals are looked up together, a pattern is tried only where its literal stands."""

from bisect import bisect_right
from collections import defaultdict
from re import _constants, _parser
from typing import NamedTuple

import ahocorasick_rs

NEAR = 8  # places at which a pattern is tried beside its literal, rather than in all of the span


class Found(NamedTuple):
    """Pattern number `rule` stands at `start` to `end`."""

    start: int
    end: int
    rule: int


class Anchored:
    """Compiled patterns; `find` returns every place where one stands, in one pass for the literals of all.

    A pattern whose literal stands at a known distance from its start is tried there alone, another one in the whole
    span of its literal.
    """

    def __init__(self, patterns):
        self._patterns, by_anchor, self._always = list(patterns), defaultdict(list), []
        for number, pattern in enumerate(self._patterns):
            words, low, high = literals(_parser.parse(pattern.pattern))
            near = range(low, high + 1) if high - low < NEAR else (None,)
            for word in words:
                by_anchor[word] += [(number, back) for back in near]
            if not words:
                self._always.append(number)
        self._tries = list(by_anchor.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_anchor)) if by_anchor else None

    def find(self, chars: str, spans: list[tuple[int, int]] | None = None) -> list[Found]:
        """Each match inside one of the spans, which stand in order, or anywhere; in order, the longer first."""
        return [Found(start, -end, number) for start, end, number in self.found(chars, spans)]

    def found(self, chars: str, spans: list[tuple[int, int]] | None = None) -> list[tuple[int, int, int]]:
        """As find, as plain tuples (start, -end, number of the pattern)."""
        spans = [(0, len(chars))] if spans is None else spans
        near, wide = self._asked(chars, spans)
        matches = [
            (m.start(), -m.end(), number)
            for i, number in wide
            for m in self._patterns[number].finditer(chars, *spans[i])
            if m.end() > m.start()
        ]
        for number, places in near.items():
            match, last = self._patterns[number].match, -1
            for at, end in sorted(places):
                if at >= last and (m := match(chars, at, end)):
                    last = m.end()
                    matches.append((at, -last, number))
        matches.sort()
        return matches

    def _asked(self, chars, spans):
        """({pattern: [(place, end of its span)]}, {(span, pattern)}): where a pattern is to be tried."""
        starts, near = [start for start, _ in spans], defaultdict(list)
        wide = {(i, number) for i in range(len(spans)) for number in self._always}
        asked = self._automaton and chars and spans
        found = self._automaton.find_matches_as_indexes(chars, overlapping=True) if asked else ()
        i, low, high = 0, 0, 0
        for word, start, _ in found:
            if not low <= start < high:
                i = bisect_right(starts, start) - 1
                low, high = spans[max(i, 0)]
                if not low <= start < high:
                    continue
            for number, back in self._tries[word]:
                if back is None:
                    wide.add((i, number))
                elif start - back >= low:
                    near[number].append((start - back, high))
        return near, wide


def longest(found, hides=lambda match: True):
    """The matches that no longer one covers, where only those that hide count; of those with the same span all stay."""
    kept, reach = [], (0, 0)
    for match in sorted(found, key=lambda m: (m.start, -m.end, not hides(m))):
        if match.end > reach[1] or (match.start, match.end) == reach:
            kept.append(match)
            reach = (match.start, match.end) if hides(match) else reach
    return kept


def literals(tree) -> tuple[set[str], int, int]:
    """(literals of which one must stand where the parsed pattern stands, its least and largest distance from there).

    The set is empty if there is none.
    """
    sets, run, low, high, begun = [], "", 0, 0, (0, 0)
    for op, value in [*tree, (None, None)]:
        if op is _constants.LITERAL:
            begun = begun if run else (low, high)
            run, low, high = run + chr(value), low + 1, high + 1
            continue
        sets, run = [*sets, ({run}, *begun)] if run else sets, ""
        words, least, most = _inner(op, value)
        sets.append((words, low + least, high + most))
        least, most = _parser.SubPattern(tree.state, [(op, value)]).getwidth() if op else (0, 0)
        low, high = low + least, high + most
    sets = [found for found in sets if found[0]]
    return max(sets, key=lambda s: (min(map(len, s[0])), -len(s[0]), s[1] - s[2]), default=(set(), 0, 0))


def _inner(op, value):
    none = set(), 0, 0
    if op is _constants.SUBPATTERN:
        return literals(value[3])
    if op is _constants.BRANCH:
        branches = [literals(branch) for branch in value[1]]
        words, low, high = zip(*branches, strict=True)
        return (set().union(*words), min(low), max(high)) if all(words) else none
    if op is _constants.IN and all(kind is _constants.LITERAL for kind, _ in value):
        return {chr(char) for _, char in value}, 0, 0
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] > 0:
        return literals(value[2])
    return none
