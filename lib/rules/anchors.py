"""Many patterns over one text: literals are looked up together, a pattern is tried only where its literal stands."""

import re
from collections import defaultdict
from functools import cache
from re import _constants, _parser
from typing import NamedTuple

import ahocorasick_rs

MOST = 120  # characters of a class that are looked up one by one
NEAR = 8  # places at which a pattern is tried beside its literal, rather than in all of the span


LOOKS = (_constants.ASSERT, _constants.ASSERT_NOT)
DIGITS = frozenset(char for char in map(chr, range(0x20000)) if char.isdecimal())


class Found(NamedTuple):
    """Pattern number `rule` stands at `start` to `end`."""

    start: int
    end: int
    rule: int


class Lazy:
    """A regular expression that is compiled when it is first used; re.error where it is none."""

    USES = ("match", "search", "fullmatch", "finditer", "sub", "flags")

    def __init__(self, pattern: str):
        self.pattern = pattern
        tree = _parser.parse(pattern)
        if "(?<" in pattern and not _fixed(tree):
            raise re.error("look-behind requires fixed-width pattern", pattern)
        self._read(tree)

    def _read(self, tree):
        self._least = tree.getwidth()[0]

    def __getattr__(self, name):
        if name not in self.USES:
            raise AttributeError(name)
        return getattr(self._compiled(), name)

    def _compiled(self):
        made = re.compile(self.pattern)
        self.__dict__.update({name: getattr(made, name) for name in self.USES})
        return made

    def matches_nothing(self) -> bool:
        """Whether it matches the empty string."""
        return not self._least and bool(self.match(""))


class Trigger(Lazy):
    """A pattern that is looked up by its literals. `anchors`: (literals, least and largest distance of one from the
    start, characters that stand first or None) of each of its alternatives."""

    def _read(self, tree):
        super()._read(tree)
        self.anchors = [(*literals(branch), _first(branch)[0]) for branch in _alternatives(tree)]


class Anchored:
    """Patterns; `find` returns every place where one stands, in one pass for the literals of all.

    Each alternative of a pattern is looked up by a literal of its own: where that stands at a known distance from the
    start (or before it, in a look behind) the pattern is tried there alone, else in all of its span; both only before a
    character that the alternative can begin with.
    """

    def __init__(self, patterns: list[Trigger]):
        self._patterns, by_anchor, self._always = list(patterns), defaultdict(list), []
        for number, pattern in enumerate(self._patterns):
            for words, low, high, first in pattern.anchors:
                near = range(low, high + 1) if high - low < NEAR else ()
                for word in words:
                    by_anchor[word] += [(number, back, first) for back in near] or [(number, None, _one_of(first))]
                if not words:
                    self._always.append((number, _one_of(first)))
        self._tries = list(by_anchor.values())
        self._margin = max((abs(back or 0) for tries in self._tries for _, back, _ in tries), default=0)
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
        near, wide = self._asked(chars, spans, ends)
        starts, matches = {end: start for start, end in spans}, []
        for number, searched in wide.items():
            near[number] = [at for at in near[number] if ends[at] not in searched]
            spoken = (m for end in searched for m in self._patterns[number].finditer(chars, starts[end], end))
            matches += [(m.start(), -m.end(), number) for m in spoken if m.end() > m.start()]
        for number, places in near.items():
            match, last = self._patterns[number].match, 0
            for at in sorted(set(places)):
                if at >= last and ends[at] and (m := match(chars, at, ends[at])) and m.end() > at:
                    last = m.end()
                    matches.append((at, -last, number))
        return matches

    def _asked(self, chars, spans, ends):
        """({pattern: places}, {pattern: ends of spans}): where a pattern is tried, and where it is searched for."""
        near, wide, whole = defaultdict(list), defaultdict(set), {}
        hits = self._automaton.find_matches_as_indexes(chars, overlapping=True) if self._automaton else ()
        padded = chars + " " * (self._margin + 1)
        spoken = bytearray(len(padded))  # where a literal may stand that tells of a place in a span
        for start, end in spans:
            first = max(0, start - self._margin)
            spoken[first:end] = b"1" * (end - first)
        for word, start, _ in hits:
            for number, back, first in self._tries[word] if spoken[start] else ():
                if back is None:
                    whole[ends[start], number, first] = None
                elif first is None or padded[start - back] in first:
                    near[number].append(start - back)
        starts = {end: start for start, end in spans}
        whole.update(((end, *told), None) for _, end in spans for told in self._always)
        for end, number, first in whole:
            if end and first:
                near[number] += [m.start() for m in first.finditer(chars, starts[end], end)]
            elif end:
                wide[number].add(end)
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


def _fixed(tree):
    """Whether each look behind of a parsed pattern has one width, which else only the compiler would tell."""
    if isinstance(tree, _parser.SubPattern):
        looks = (value[1].getwidth() for op, value in tree if op in LOOKS and value[0] < 0)
        if any(low != high for low, high in looks):
            return False
    return not isinstance(tree, _parser.SubPattern | tuple | list) or all(map(_fixed, tree))


def _alternatives(tree):
    """The parsed alternatives of a parsed pattern."""
    while len(tree) == 1:
        op, value = tree[0]
        if op is _constants.BRANCH:
            return [alternative for branch in value[1] for alternative in _alternatives(branch)]
        if op is not _constants.SUBPATTERN:
            break
        tree = value[3]
    return [tree]


def _first(tree):
    """(characters of which one stands first where a parsed pattern does, None if not known; whether it may be empty)"""
    found = frozenset()
    for op, value in tree:
        begins, empty = _begins(op, value)
        if begins is None or not empty:
            return begins and found | begins, False
        found |= begins
    return None, True


@cache
def _one_of(chars):
    """A class of characters as a pattern, None of none."""
    digit, rest = (r"\d", chars - DIGITS) if chars and chars >= DIGITS else ("", chars)
    return chars and Lazy(f"[{digit}{re.escape(''.join(sorted(rest)))}]")


def _begins(op, value):
    if op in (*LOOKS, _constants.AT):
        return frozenset(), True
    if op is _constants.SUBPATTERN:
        return _first(value[3])
    if op is _constants.BRANCH:
        branches, empty = zip(*map(_first, value[1]), strict=True)
        return None if None in branches else frozenset().union(*branches), any(empty)
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
        begins, empty = _first(value[2])
        return begins, empty or not value[0]
    found = {chr(value)} if op is _constants.LITERAL else _class(value) if op is _constants.IN else None
    return frozenset(found) if found else None, False


def _class(value):
    """The characters of a class; none where it says what they are not, or are many."""
    found = set()
    for kind, told in value:
        if kind is _constants.CATEGORY and told is _constants.CATEGORY_DIGIT:
            found |= DIGITS
        elif kind is _constants.LITERAL:
            found.add(chr(told))
        elif kind is _constants.RANGE and told[1] - told[0] < MOST:
            found.update(map(chr, range(told[0], told[1] + 1)))
        else:
            return set()
    return found


def _inner(op, value):
    none = set(), 0, 0
    if op is _constants.SUBPATTERN:
        return literals(value[3])
    if op is _constants.BRANCH:
        branches = [literals(branch) for branch in value[1]]
        words, low, high = zip(*branches, strict=True)
        return (set().union(*words), min(low), max(high)) if all(words) else none
    if op is _constants.IN:
        words = _class(value)
        return (words if len(words) <= MOST else set()), 0, 0
    if op is _constants.ASSERT:
        words, low, high = literals(value[1])
        width = value[1].getwidth()[0] if value[0] < 0 else 0  # a lookbehind stands before the place
        return words, low - width, high - width
    if op in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and value[0] > 0:
        return literals(value[2])
    return none
