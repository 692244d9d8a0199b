"""What a document holds where a claim may stand: its numbers, and the words of every slot by their ends."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from lib import rules
from lib.reading.spans import QUOTES
from lib.rules import classes, engine

LONGEST = 30  # characters of a claim's span
CELL = "table:cell"  # the rule of a number in a cell of a table
RECENT = 12  # claims among which those of one clause stand
JOINS = f"、和及与/以至{QUOTES}"


@dataclass(frozen=True)
class Claim:
    """A claim before its context is read; `number`: the row of its value."""

    start: int
    end: int
    metric: str
    direction: str
    kind: str
    rule: str
    number: dict | None = None
    scope: str = ""

    @property
    def value(self):
        """Its number's value; a zero without a number is 0."""
        return self.number["value"] if self.number else 0 if self.direction == "zero" else ""


class Scene:
    """A document and its numbers, as the forms of claims ask for them. Offsets are the document's."""

    def __init__(self, document, quantities):
        self.document, self.chars = document, document.chars
        celled = self._celled(quantities)
        self.cells = [q for q, cell in zip(quantities, celled, strict=True) if cell and q["value"] != ""]
        numbers = (q for q, cell in zip(quantities, celled, strict=True) if not cell and self._counts(q))
        self.numbers = sorted(numbers, key=lambda q: q["start"])
        self._starts = [q["start"] for q in self.numbers]
        self._sides = {}

    def _celled(self, quantities):
        """Whether each number stands in a row of a table that gives more than one."""
        rows = [self.document.sentence_at(q["start"]) if CELL in q["rule"] else None for q in quantities]
        return [row is not None and rows.count(row) > 1 for row in rows]

    def _counts(self, q):
        """Whether a number may be a value: a zero, kinds of things, and the count of "two fell" are parts of words."""
        worded = rules.hits(self.document, "claim.tally")
        kinds = self.unit(q, "kinds") and q["relation"] not in ("increase", "decrease")
        return q["value"] not in ("", 0) and not kinds and not any(h.start <= q["start"] < h.end for h in worded)

    def unit(self, q: dict, *names: str) -> bool:
        """Whether the unit of a number is of one of these classes: calendar, kinds, cases."""
        known = classes.patterns(self.document.lexicon)
        return any(re.fullmatch(known[f"unit_{name}"], q["unit"]) for name in names)

    def inside(self, low: int, high: int) -> list[dict]:
        """The numbers that lie between two places."""
        first, last = bisect_left(self._starts, low), bisect_left(self._starts, high)
        return [q for q in self.numbers[first:last] if q["end"] <= high]

    def hits(self, slot: str, low: int, high: int) -> list:
        """The hits of a slot between two places."""
        return rules.within(self.document, slot, low, high)

    def told(self, slot: str, low: int, high: int) -> list:
        """As hits, but only where the conditions of the row hold too; the longest at each place."""
        best = {}
        for h in self.hits(slot, low, high):
            if h.end >= best.get(h.start, h).end and h in engine.readings(self.document, h.start, h.end, slot):
                best[h.start] = h
        return list(best.values())

    def floor(self, low: int, at: int, kept: list) -> int:
        """Where the words begin that lead up to a place: its clause, the last claim before it, or a bracket."""
        return max([low, self.chars.rfind("(", low, at) + 1, *(c.end for c in kept[-RECENT:] if low < c.end <= at)])

    def back(self, at: int, low: int, *slots: str) -> int:
        """The place where the words of these slots begin that lead up to a place, joined by quotes and the like."""
        while at > low:
            step = min((self._side(s, 1).get(at, at) for s in slots), default=at)
            step = step if step < at else at - (self.chars[at - 1] in JOINS)
            if step == at or step < low:
                break
            at = step
        return at

    def forth(self, at: int, high: int, *slots: str) -> int:
        """The place where the words of these slots end that follow on a place."""
        while at < high:
            step = max((self._side(s, 0).get(at, at) for s in slots), default=at)
            if step == at or step > high:
                break
            at = step
        return at

    def _side(self, slot, end):
        """{end: start} of a slot's hits, or {start: end}; the longest."""
        if (slot, end) not in self._sides:
            pick, sides = (min, max)[not end], {}
            for h in rules.hits(self.document, slot):
                key, other = (h.end, h.start) if end else (h.start, h.end)
                sides[key] = pick(sides.get(key, other), other)
            self._sides[slot, end] = sides
        return self._sides[slot, end]

    def run(self, at: int, high: int) -> list[dict]:
        """The numbers of a list that begins at a place: 3.1%, 2% and 5%."""
        found = []
        for q in self.inside(at, high):
            gap = self.chars[found[-1]["end"] : q["start"]] if found else self.chars[at : q["start"]]
            if gap.strip(JOINS) or (found and not gap):
                break
            found.append(q)
        return found

    def sentence(self, at: int) -> tuple[int, int]:
        """(start, end) of the sentence that holds a place."""
        s = self.document.sentences[self.document.sentence_at(at)]
        return s.start, s.end


def percent(q: dict) -> bool:
    """Whether a number is a share or a change in per cent."""
    return q["unit_kind"] == "share"


def cut(claim: Claim) -> Claim:
    """The claim with a span of at most LONGEST characters: its end is kept."""
    return replace(claim, start=max(claim.start, claim.end - LONGEST))
