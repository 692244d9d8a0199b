"""One engine for every lexical decision: triggers are found in one pass, a row is read around the span asked about.

A row of `lexicon/rules/*.csv` says: where `trigger` stands, not right after `not_before` nor right before `not_after`,
and within `reach` of the span as `look` has it (before, after, inside, around; governs: before, or anywhere in its
clause), with `needs` in the window and without `refuses` between the two, the answer for `slot` is `reading`. The
heavier row wins, then the nearer, then the longer.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from lib.lexicon import BadInput, Lexicon, checked, each_row, expect
from lib.rules import classes
from lib.rules.anchors import Anchored, Lazy, Trigger
from lib.schemas import STATUSES

COLUMNS = (
    *("id", "slot", "trigger", "not_before", "not_after", "look", "reach", "needs", "refuses"),
    *("reading", "weight", "example"),
)
LOOKS = ("before", "after", "inside", "around", "governs")
REACHES = ("clause", "group", "sentence", "passage")
READINGS = dict.fromkeys(("status", "section", "genre"), (*STATUSES, "none"))  # of slots that have a list of them
NEAR = 16  # characters that not_before looks back
NONE = ([], [], [])  # what a slot without hits has
ASKED = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, eq=False)
class Row:
    """One rule. `reach`: a window's name, or a number of characters within the clause."""

    id: str
    slot: str
    trigger: Trigger
    not_before: Lazy | None
    not_after: Lazy | None
    look: str
    reach: str
    needs: Lazy | None
    refuses: Lazy | None
    reading: str
    weight: int
    example: str


class Hit(NamedTuple):
    """A row's trigger stands at `start` to `end` of the document's characters."""

    start: int
    end: int
    row: Row


@dataclass(frozen=True)
class Rules:
    """All rows, and the automaton that finds their triggers."""

    rows: tuple
    anchored: Anchored


@cache
def load(lexicon: Lexicon) -> Rules:
    """The rules that a lexicon's folder holds; BadInput (file:line) for a row that cannot be used."""
    known, rows, ids = classes.patterns(lexicon), [], set()

    def own(path, cells):
        row = _row(path, cells, known)
        if row.id in ids:
            raise BadInput(f"{path}:{cells['line']}: id {row.id!r} stands twice; expected an id of its own")
        ids.add(row.id)
        return row

    for path in sorted((lexicon.folder / "rules").glob("*.csv")):
        rows += each_row(partial(own, path), lexicon.rows(f"rules/{path.stem}", *COLUMNS))
    return Rules(tuple(rows), Anchored([row.trigger for row in rows]))


def _row(path, cells, known):
    where = f"{path}:{cells['line']}"
    checks = (
        (cells["look"] in LOOKS, "look", f"one of {', '.join(LOOKS)}"),
        (cells["reach"] in REACHES or cells["reach"].isdigit(), "reach", f"a number or one of {', '.join(REACHES)}"),
        (re.fullmatch(r"-?\d+", cells["weight"]), "weight", "a whole number"),
        (len(ASKED.findall(cells["example"])) == 1, "example", "a sentence with the span that is read in [brackets]"),
        (cells["id"] and cells["slot"] and cells["trigger"], "id", "an id, a slot and a trigger"),
    )
    checked(path, cells, checks)
    if cells["slot"] in READINGS:
        expect(where, "reading", cells["reading"], READINGS[cells["slot"]])

    def pattern(column, tail=""):
        if not cells[column]:
            return None
        words = classes.expand(cells[column], known, path, cells["line"])
        try:
            made = (Trigger if column == "trigger" else Lazy)(f"(?:{words}){tail}")
        except re.error as e:
            raise BadInput(f"{where}: {column} {cells[column]!r}: {e}; expected a regular expression") from None
        if column == "trigger" and made.matches_nothing():
            raise BadInput(f"{where}: trigger {cells[column]!r} matches the empty string; expected a character")
        return made

    patterns = {c: pattern(c) for c in ("trigger", "not_after", "needs", "refuses")}
    told = {c: cells[c] for c in ("id", "slot", "look", "reach", "reading", "example")}
    return Row(**told, **patterns, not_before=pattern("not_before", "$"), weight=int(cells["weight"]))


def hits(document, slot: str) -> list[Hit]:
    """Where the triggers of a slot stand in a document, in order; all slots are looked up together, once."""
    return _found(document, slot)[0]


def _found(document, slot):
    """(hits, their starts, the numbers of those whose rule reaches beyond its sentence) of a slot."""
    if "hits" not in document.memo:
        found, rows = defaultdict(list), load(document.lexicon).rows
        for start, end, number in load(document.lexicon).anchored.found(document.chars, _spans(document)):
            if _stands(document.chars, start, -end, rows[number]):
                found[rows[number].slot].append((start, -end, number))
        document.memo["hits"] = {
            name: (
                [Hit(start, end, rows[number]) for start, end, number in stand],
                [start for start, _, _ in stand],
                [n for n, (_, _, number) in enumerate(stand) if rows[number].reach == "passage"],
            )
            for name, stand in ((name, sorted(stand)) for name, stand in found.items())
        }
    return document.memo["hits"].get(slot, NONE)


def within(document, slot: str, start: int, end: int) -> list[Hit]:
    """The hits of a slot that lie in a span, in order."""
    found, starts, _ = _found(document, slot)
    first = bisect_left(starts, start)
    if first == len(starts) or starts[first] >= end:
        return []
    return [h for h in found[first : bisect_left(starts, end, first)] if h.end <= end]


def _spans(document):
    """Sentences, and the passages that hold none, as spans in which a trigger may stand."""
    return [(s.start, s.end) for s in document.sentences]


def _stands(chars, start, end, row):
    if row.not_before and row.not_before.search(chars[max(0, start - NEAR) : start]):
        return False
    return not (row.not_after and row.not_after.match(chars, end))


def read(document, start: int, end: int, slot: str) -> tuple[str, str]:
    """(reading, id of the row) of a span for a slot, or ("", "") where no rule speaks."""
    told = readings(document, start, end, slot)
    return (told[0].row.reading, told[0].row.id) if told else ("", "")


def readings(document, start: int, end: int, slot: str) -> list[Hit]:
    """The hits that speak of a span, the best first."""
    known = document.memo.setdefault("readings", {})
    asked = start, end, slot
    if asked not in known:
        known[asked] = _readings(document, start, end, slot)
    return known[asked]


def _readings(document, start, end, slot):
    found, starts, far = _found(document, slot)
    if not found:
        return found
    windows = document.memo.setdefault("windows", {})
    around = windows.get((start, end)) or windows.setdefault((start, end), _Windows(document, start, end))
    low, high = around["sentence"]
    first = bisect_left(starts, low)
    last = bisect_right(starts, high, first)
    near = found[first:last]
    if far:
        low, high = around["passage"]
        before = far[bisect_left(far, bisect_left(starts, low)) : bisect_left(far, first)]
        after = far[bisect_left(far, last) : bisect_left(far, bisect_right(starts, high))]
        near = [*(found[n] for n in before), *near, *(found[n] for n in after)]
    told = [h for h in near if _speaks(document.chars, h, start, end, around)]
    if len(told) > 1:
        told.sort(key=lambda h: (-h.row.weight, max(0, start - h.end, h.start - end), h.start - h.end, h.row.id))
    return told


def _speaks(chars, hit, start, end, windows):
    row, look, reach = hit.row, hit.row.look, hit.row.reach
    if look == "governs":
        look, reach = ("before", reach) if hit.end <= start else ("around", "clause")
    if look == "before":
        stands = hit.end <= start and hit.start >= windows[reach][0]
    elif look == "after":
        stands = hit.start >= end and hit.end <= windows[reach][1]
    elif look == "inside":
        stands = start <= hit.start and hit.end <= end
    else:
        stands = windows[reach][0] <= hit.start and hit.end <= windows[reach][1]
    if not stands or not (row.needs or row.refuses):
        return stands
    if row.needs and not row.needs.search(chars, *windows[row.reach]):
        return False
    return not (row.refuses and row.refuses.search(_between(chars, hit, start, end, look, windows[reach])))


def _between(chars, hit, start, end, look, window):
    """The words that may not hold what a row refuses."""
    edges = {"before": (hit.end, start), "after": (end, hit.start), "inside": (start, end)}.get(look, window)
    return chars[slice(*edges)]


class _Windows(dict):
    """The windows around one span, {reach: (low, high)}, each made when first asked for."""

    def __init__(self, document, start, end):
        super().__init__()
        self._asked = document, start, end

    def __missing__(self, reach):
        self[reach] = found = _window(*self._asked, reach)
        return found


def _window(document, start, end, reach):
    """(low, high) of the window around a span."""
    if reach in ("sentence", "passage"):
        sentence = document.sentences[document.sentence_at(start)]
        part = sentence if reach == "sentence" else document.passages[sentence.passage]
        return min(part.start, start), max(part.end, end)
    whole = document.group if reach == "group" else document.clause
    low, high = whole(start)[0], whole(max(start, end - 1))[1]
    if reach.isdigit():
        low, high = max(low, start - int(reach)), min(high, end + int(reach))
    return min(low, start), max(high, end)
