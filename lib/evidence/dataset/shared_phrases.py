"""Runs of characters that two texts share word for word: official formulas, reprints.

Linear in the characters: equal groups of LEAST letters are found by sorting their hashes, a share of them at a time,
and what begins there is compared letter by letter.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from lib.evidence.dataset.spool import Spool

FIRST, LAST = 0x4E00, 0x9FFF  # Chinese characters
LEAST = 12
PAIRS = 5_000_000  # equal groups of letters up to which each text is compared with every other
SHARE = 4_000_000  # groups that are looked at together
BASE = np.uint64(0x9E3779B97F4A7C15)


def letters(text) -> tuple[bytes, bytes]:
    """The Chinese characters of a Text, two bytes each, and where each stands in the raw file, four bytes each."""
    codes = np.frombuffer(text.chars.encode("utf-32-le", "surrogatepass"), "<u4")
    chosen = (codes >= FIRST) & (codes <= LAST)
    return codes[chosen].astype("<u2").tobytes(), np.array(text.offsets, np.uint32)[chosen].tobytes()


class Letters:
    """The letters of all texts, which wait in a folder until they are compared."""

    def __init__(self, folder):
        self._folder, self._names = Path(folder), []
        self._chars, self._at = Spool(self._folder / "chars"), Spool(self._folder / "at")

    def add(self, name: str, chars: bytes, at: bytes):
        """Takes one text as `letters` gives it."""
        self._names.append(name)
        self._chars.add(chars)
        self._at.add(at)

    def shared(self) -> Iterator[dict]:
        """Rows of shared_phrases: maximal runs of at least LEAST Chinese characters, punctuation aside, in two texts.

        Where more than PAIRS groups of letters are equal, a run is told of the first text that holds it, with each
        other.
        """
        order = sorted(range(len(self._names)), key=self._names.__getitem__)
        starts = np.cumsum([1, *(self._chars.size(number) // 2 + 1 for number in order)])
        self._chars.into(self._folder / "letters", order, bytes(2), bytes(2))  # a 0 stands around each text
        self._at.into(self._folder / "places", order, bytes(4), bytes(4))
        chars = np.memmap(self._folder / "letters", np.uint16, "r")
        at = np.memmap(self._folder / "places", np.uint32, "r")
        first, second = _runs(chars, starts)
        length = _extended(chars, first, second)
        by = np.lexsort((second, first))  # as the ids and the places in the texts are ordered
        for i, j, n in zip(first[by], second[by], length[by], strict=True):
            if n >= LEAST:
                yield {**self._span("a", order, starts, at, i, n), **self._span("b", order, starts, at, j, n)} | {
                    "characters": int(n)
                }

    def _span(self, side, order, starts, at, begin, length):
        return {
            f"source_{side}": self._names[order[np.searchsorted(starts, begin, "right") - 1]],
            f"start_{side}": int(at[begin]),
            f"end_{side}": int(at[begin + length - 1]) + 1,
        }


def _runs(chars, starts):
    """(places, places in a later text) where runs begin."""
    shares, found, many = len(chars) // SHARE + 1, [], 0
    for share in range(shares):
        places, hashes, sizes = _equal(chars, share, shares)
        many += int((sizes * (sizes - 1) // 2).sum())
        heads = np.cumsum(sizes) - sizes
        found.append((hashes[heads], places[heads], places if many <= PAIRS else None, sizes))
    if many > PAIRS:
        told = f"shared phrases: more than {PAIRS:,} are equal; each is told of the first text that holds it"
        print(told, file=sys.stderr)
        return _of_first(chars, starts, *(np.concatenate([f[i] for f in found]) for i in (0, 1)))
    pairs = [pair for _, _, places, sizes in found for pair in _pairs(places, sizes)]
    first, second = (np.concatenate([p[i] for p in pairs] or [np.empty(0, np.int64)]) for i in (0, 1))
    before = chars[first - 1]
    begins = _apart(starts, first, second) & ((before != chars[second - 1]) | (before == 0))
    return first[begins], second[begins]


def _apart(starts, first, second):
    """Whether two places lie in two texts."""
    return np.searchsorted(starts, first, "right") != np.searchsorted(starts, second, "right")


def _equal(chars, share, shares):
    """(places, hashes, sizes) of one share of the groups of letters that stand there twice: equal ones together and in
    order, and how many of each."""
    found = [_hashes(chars, at) for at in range(0, len(chars), SHARE)]
    found = [(places[mine], hashes[mine]) for places, hashes in found for mine in [hashes % np.uint64(shares) == share]]
    places, hashes = (np.concatenate([f[i] for f in found]) for i in (0, 1))
    order = np.argsort(hashes, kind="stable")
    places, hashes = places[order], hashes[order]
    edges = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1], [True]])) if len(hashes) else np.zeros(1)
    sizes = np.diff(edges).astype(np.int64)
    twice = np.repeat(sizes > 1, sizes)
    return places[twice], hashes[twice], sizes[sizes > 1]


def _hashes(chars, begin):
    """(places, hashes) of the groups that begin in a block of characters and lie within one text."""
    block = chars[begin : begin + SHARE + LEAST - 1].astype(np.uint64)
    count = max(0, len(block) - LEAST + 1)
    hashes, whole = np.zeros(count, np.uint64), np.ones(count, bool)
    for i in range(LEAST):
        hashes = hashes * BASE + block[i : i + count]
        whole &= block[i : i + count] != 0
    hashes ^= hashes >> np.uint64(29)
    return np.flatnonzero(whole) + begin, hashes[whole]


def _pairs(places, sizes):
    """Every two equal groups: (places, places after them), for each distance within a group."""
    left = np.repeat(np.cumsum(sizes), sizes) - np.arange(len(places))  # how many of its group follow, itself counted
    at, step = np.arange(len(places)), 1
    while len(at := at[left[at] > step]):
        yield places[at], places[at + step]
        step += 1


def _of_first(chars, starts, known, heads):
    """As _runs, of each group of letters with the first place that holds it, unless the run went on from before."""
    order, runs = np.argsort(known), [(np.empty(0, np.int64),) * 2]
    known, heads = known[order], heads[order]
    for block in range(0, len(chars), SHARE):
        second, hashes = _hashes(chars, block)
        at = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        first, second = heads[at][known[at] == hashes], second[known[at] == hashes]
        goes_on = np.concatenate([[False], (np.diff(first) == 1) & (np.diff(second) == 1)])[: len(first)]
        begins = _apart(starts, first, second) & ~goes_on
        runs.append(_begun(chars, first[begins], second[begins]))
    first, second = (np.concatenate([run[i] for run in runs]) for i in (0, 1))
    by = np.lexsort((second, first))
    first, second = first[by], second[by]
    once = np.concatenate([[True], (np.diff(first) != 0) | (np.diff(second) != 0)])[: len(first)]
    return first[once], second[once]


def _begun(chars, first, second):
    """The places where runs begin that go through these."""
    on = np.arange(len(first))
    while len(on := on[(chars[first[on] - 1] == chars[second[on] - 1]) & (chars[first[on] - 1] != 0)]):
        first[on] -= 1
        second[on] -= 1
    return first, second


def _extended(chars, first, second):
    """How many characters are the same from each two places on."""
    length, on = np.zeros(len(first), np.int64), np.arange(len(first))
    while len(on):
        a, b = chars[first[on] + length[on]], chars[second[on] + length[on]]
        on = on[(a == b) & (a != 0)]
        length[on] += 1
    return length
