"""Many patterns over one text: literals are looked up together, a pattern is tried only where its literal stands."""

import re
from collections import defaultdict
from functools import cache
from re import _constants, _parser
from typing import NamedTuple

import ahocorasick_rs

MOST = 120  # characters of a class that are looked up one by one
NEAR = 8  # places at which a pattern is tried beside its literal, rather than in all of the span


class Found(NamedTuple):
    """Pattern number `rule` stands at `start` to `end`."""

    start: int
    end: int
    rule: int


class Anchored:
    """Compiled patterns; `find` returns every place where one stands, in one pass for the literals of all.

    A pattern whose literal stands at a known distance from its start (or before it, in a look behind) is tried there
    alone, another one in the whole span of its literal.
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
        self._margin = max((abs(back) for tries in self._tries for _, back in tries if back is not None), default=0)
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_anchor)) if by_anchor else None

    def find(self, chars: str, spans: list[tuple[int, int]] | None = None) -> list[Found]:
        """Each match inside one of the spans, which stand in order, or anywhere; in order, the longer first."""
        return [Found(start, -end, number) for start, end, number in sorted(self.found(chars, spans))]

    def found(self, chars: str, spans: list[tuple[int, int]] | None = None) -> list[tuple[int, int, int]]:
        """As find, as plain tuples (start, -end, number of the pattern) in any order."""
        spans = [(0, len(chars))] if spans is None else spans
        ends, at = [], 0  # for each place the end of its span, 0 outside of all
        for start, end in spans:
            ends += [0] * (start - at) + [end] * (end - start)
            at = end
        ends += [0] * (len(chars) - at + self._margin + 1)
        near, wide = self._asked(chars, ends)
        wide += [(end, number) for _, end in spans for number in self._always]
        starts = {end: start for start, end in spans}
        matches = [
            (m.start(), -m.end(), number)
            for end, number in dict.fromkeys(wide)
            for m in self._patterns[number].finditer(chars, starts[end], end)
            if m.end() > m.start()
        ]
        for number, places in near.items():
            match, last = self._patterns[number].match, 0
            for at in sorted(set(places)):
                if at >= last and ends[at] and (m := match(chars, at, ends[at])) and m.end() > at:
                    last = m.end()
                    matches.append((at, -last, number))
        return matches

    def _asked(self, chars, ends):
        """({pattern: places}, [(end of a span, pattern)]): where a pattern is to be tried."""
        near, wide = defaultdict(list), []
        hits = self._automaton.find_matches_as_indexes(chars, overlapping=True) if self._automaton else ()
        for word, start, _ in hits:
            for number, back in self._tries[word]:
                if back is not None:
                    near[number].append(start - back)
                elif ends[start]:
                    wide.append((ends[start], number))
        return near, wide


def longest(found, hides=lambda match: True):
    """The matches that no longer one covers, where only those that hide count; of those with the same span all stay."""
    kept, reach = [], (0, 0)
    for match in sorted(found, key=lambda m: (m.start, -m.end, not hides(m))):
        if match.end > reach[1] or (match.start, match.end) == reach:
            kept.append(match)
            reach = (match.start, match.end) if hides(match) else reach
    return kept


@cache
def gate(pattern: re.Pattern) -> re.Pattern:
    """A pattern of the literals of which one stands wherever another pattern does; one that fits anywhere without."""
    words, low, _ = literals(_parser.parse(pattern.pattern))
    sure = low >= 0 and not pattern.flags & re.IGNORECASE  # else it may stand before the span that is searched
    return re.compile("|".join(map(re.escape, sorted(words))) if sure else "")


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
    sets = [found for found in sets if found[0] and (found[1] >= 0 or found[2] - found[1] < NEAR)]
    return max(sets, key=lambda s: (min(map(len, s[0])), s[1] - s[2], -len(s[0])), default=(set(), 0, 0))


def _class(value):
    """The characters of a class; none where it says what they are not, or names a category."""
    spans = [{"LITERAL": (told, told), "RANGE": told}.get(str(kind)) for kind, told in value]
    most = all(spans) and sum(last - first + 1 for first, last in spans) <= MOST
    return {chr(char) for first, last in spans for char in range(first, last + 1)} if most else set()


def _inner(op, value):
    none = set(), 0, 0
    if op is _constants.SUBPATTERN:
        return literals(value[3])
    if op is _constants.BRANCH:
        branches = [literals(branch) for branch in value[1]]
        words, low, high = zip(*branches, strict=True)
        return (set().union(*words), min(low), max(high)) if all(words) else none
    if op is _constants.IN:
        return _class(value), 0, 0
    if op is _constants.ASSERT:
        words, low, high = literals(value[1])
        width = value[1].getwidth()[0] if value[0] < 0 else 0  # a lookbehind stands before the place
        return words, low - width, high - width
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] > 0:
        return literals(value[2])
    return none
