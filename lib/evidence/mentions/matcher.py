"""Many patterns over one text: literals are looked up together, a pattern is tried only where its literal stands."""

import re
from collections import defaultdict
from dataclasses import dataclass
from re import _constants, _parser

import ahocorasick_rs


@dataclass(frozen=True)
class Hit:
    """Pattern number `rule` stands at `start` to `end`."""

    start: int
    end: int
    rule: int


class Matcher:
    """Compiled patterns; `hits` returns every place where one stands."""

    def __init__(self, patterns):
        self._rules = [re.compile(p) for p in patterns]
        self._by_anchor, self._always = defaultdict(list), []
        for number, pattern in enumerate(patterns):
            for anchor in _anchors(_parser.parse(pattern)) or [None]:
                (self._by_anchor[anchor] if anchor else self._always).append(number)
        self._words = list(self._by_anchor)
        self._automaton = ahocorasick_rs.AhoCorasick(self._words) if self._words else None

    def hits(self, chars):
        """Every hit in a string, in order; hits of one rule never overlap."""
        found = self._automaton.find_matches_as_indexes(chars, overlapping=True) if self._automaton else []
        rules = {number for word, _, _ in found for number in self._by_anchor[self._words[word]]}
        return sorted(
            (
                Hit(m.start(), m.end(), number)
                for number in [*self._always, *rules]
                for m in self._rules[number].finditer(chars)
                if m.end() > m.start()
            ),
            key=lambda hit: (hit.start, -hit.end, hit.rule),
        )


def longest(hits, hides=lambda hit: True):
    """The hits that no longer hit covers, where only hits that hide count; of hits with the same span all stay."""
    kept, reach = [], (0, 0)
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, not hides(h))):
        if hit.end > reach[1] or (hit.start, hit.end) == reach:
            kept.append(hit)
            reach = (hit.start, hit.end) if hides(hit) else reach
    return kept


def _anchors(tree):
    """Literals of which one must stand where the pattern stands; empty if there is no such set."""
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
        return _anchors(value[3])
    if op is _constants.BRANCH:
        branches = [_anchors(branch) for branch in value[1]]
        return set().union(*branches) if all(branches) else set()
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] > 0:
        return _anchors(value[2])
    return set()
