"""The codebook, read and compiled: practices, cues with the context that they need or refuse, and its version."""

import re
from dataclasses import dataclass
from functools import cache

from lib import schemas
from lib.lexicon import BadInput, each_row
from lib.rules.anchors import Anchored, Lazy, Trigger
from lib.rules.classes import of_tables as classes_of_tables

NO_CODE = "none"
GAP = re.compile(r"\{within\}|\{across\}|\[\^|\.[*+{]|(?:9fff|[龥鿿])\]\{")
WINDOWS, WHOLE, ASIDE = ("clause", "sentence"), "text", "aside"
STATUSES = ("done", "ongoing", "planned", "norm", "case", "absent")
RESULT = ("practice", "kinds", "directions", "needs", "refuses", "strength")
ORIGINS = ("national", "provincial", "local", "unknown")
INSTRUMENTS = ("", "supply", "environment", "demand")


@dataclass(frozen=True)
class Condition:
    """What must (`needs`) and must not (`refuses`) stand in the window; `statuses` without codings, `where` it is."""

    window: str
    needs: Lazy | None
    refuses: Lazy | None
    statuses: tuple = ()
    where: str = ""

    def holds(self, clause, sentence, status):
        """Whether a cue counts in this clause of this sentence."""
        words = clause if self.window == "clause" else sentence
        return not (
            status in self.statuses
            or self.needs
            and not self.needs.search(words)
            or self.refuses
            and self.refuses.search(words)
        )


@dataclass(frozen=True)
class Cue:
    """A pattern that speaks for a practice; `strength` is fixed (1, 2) or None: 2 where `strong` stands in the clause.

    `hides`: shorter cues inside its span don't count. A word hides the words in it, a phrase with a gap nothing.
    `alone`: whether it counts where no other sentence of the text shows its practice.
    """

    id: str
    practice: str
    pattern: Trigger
    strength: int | None
    conditions: tuple
    strong: Lazy
    hides: bool
    alone: bool

    def refused(self, asked: tuple, known: dict) -> str:
        """The file and line of the first condition that doesn't hold of a clause, its sentence and status; "" where all
        hold. `known`: what other cues of the sentence asked before."""
        for condition in self.conditions:
            if (told := (condition.where, asked)) not in known:
                known[told] = condition.holds(*asked)
            if not known[told]:
                return condition.where
        return ""


@dataclass(frozen=True)
class Result:
    """Claims of these kinds and directions show a practice, where the clause holds what it needs and refuses."""

    practice: str
    kinds: tuple
    directions: tuple
    strength: int | None
    conditions: tuple
    strong: Lazy

    def shows(self, claim: dict, clause: str, sentence: str) -> bool:
        """Whether a claim that stands in a clause of a sentence is this result."""
        alike = claim["kind"] in self.kinds and claim["direction"] in self.directions
        return alike and all(c.holds(clause, sentence, claim["status"]) for c in self.conditions)


@dataclass(frozen=True)
class Codebook:
    """`practices`: rows by code; `cues` in the order of `matcher`'s rules; `results`; `version`: from its VERSION.

    `field`: words of the subject, from the rows of context.csv with the window `text`; None where there are none.
    `aside`: words of other fields, and words of the subject that keep a clause with them, from the rows with the window
    `aside`; None where there are none.
    `event`: words by which a sentence tells what took place, of the class `took_place`; a codebook may do without.
    """

    practices: dict
    cues: tuple
    results: tuple
    matcher: Anchored
    version: str
    field: Lazy | None
    aside: tuple[Lazy, Lazy] | None
    event: Lazy


@cache
def load(lexicon):
    """The codebook that a lexicon points to; BadInput (file:line) for whatever in it cannot be used."""
    practices = _practices(lexicon)
    classes = _classes(lexicon)
    rows = lexicon.codes("cues", "id", "practice", "pattern", "window", "needs", "refuses", "strength")
    general = _general(lexicon, practices, classes)
    strengths = {
        code: _pattern(lexicon, "practices", {**p, "strong": p["strong"] or "{detail}"}, "strong", classes)
        for code, p in practices.items()
    }
    shared, seen = {"classes": classes, "general": general, "strengths": strengths}, {}
    made = each_row(lambda row: (_unique(lexicon, row, seen), _cue(lexicon, row, **shared)), rows)
    results = each_row(lambda row: _result(lexicon, row, **shared), lexicon.codes("results", *RESULT))
    cues = tuple(cue for _, cue in made)
    matcher = Anchored([cue.pattern for cue in cues])
    event, told = Lazy(classes.get("took_place", "(?!)")), version(lexicon)
    subject = _field(lexicon, classes), _aside(lexicon, classes)
    return Codebook(practices, cues, results, matcher, told, *subject, event)


def version(lexicon):
    """The codebook's version: the first line of its VERSION file."""
    path = lexicon.codebook / "VERSION"
    if not path.exists():
        raise BadInput(f"{path}:1: no such file; expected the codebook's version, such as 1.0.0")
    return path.read_text(encoding="utf-8").split("\n")[0].strip()


def _classes(lexicon):
    """{name: pattern}: the rows of a class joined."""
    found = classes_of_tables(lexicon)
    for row in lexicon.codes("classes", "name", "pattern"):
        pattern = _pattern(lexicon, "classes", row, "pattern", found).pattern
        found[row["name"]] = f"{found[row['name']]}|{pattern}" if row["name"] in found else pattern
    return found


def _practices(lexicon):
    dimensions = {row["dimension"] for row in lexicon.codes("dimensions", "dimension", "zh", "en")}
    found = {}

    def taken(row):
        _expect(lexicon, "practices", row, "instrument", INSTRUMENTS)
        _expect(lexicon, "practices", row, "dimension", dimensions)
        _expect(lexicon, "practices", row, "origin", ORIGINS)
        _expect(lexicon, "practices", row, "unmarked", ("done", "ongoing"))
        if row["practice"] in found or row["practice"] == NO_CODE:
            raise _bad(lexicon, "practices", row, f"practice {row['practice']} is taken", "a code of its own")
        found[row["practice"]] = row

    columns = ("practice", "dimension", "zh", "en", "instrument", "origin", "strong", "unmarked")
    each_row(taken, lexicon.codes("practices", *columns))
    return found


def _general(lexicon, practices, classes):
    """(codes, condition) for each row of context.csv: what holds for every cue of a code or a dimension, or for all."""

    def condition(row):
        codes = {code for code, p in practices.items() if row["practice"] in (code, p["dimension"], "all")}
        if not codes:
            raise _bad(lexicon, "context", row, f"unknown practice {row['practice']!r}", "a code, a dimension or all")
        return codes, _condition(lexicon, "context", row, classes)

    return each_row(condition, (row for row in _context(lexicon) if row["window"] not in (WHOLE, ASIDE)))


def _context(lexicon):
    return lexicon.codes("context", "practice", "window", "needs", "refuses", "statuses")


def _field(lexicon, classes):
    """The words that the rows on whole texts need, as one pattern."""
    rows = [row for row in _context(lexicon) if row["window"] == WHOLE]
    for row in rows:
        if row["practice"] != "all" or not row["needs"] or row["refuses"] or row["statuses"]:
            raise _bad(lexicon, "context", row, "a row on whole texts", "practice all and nothing but needs")
    return _joined(lexicon, rows, "needs", classes)


def _aside(lexicon, classes):
    """(words of other fields, words of the subject) of the rows on asides; None where there are none."""
    rows = [row for row in _context(lexicon) if row["window"] == ASIDE]
    for row in rows:
        if row["practice"] != "all" or not row["needs"] or not row["refuses"] or row["statuses"]:
            raise _bad(lexicon, "context", row, "a row on asides", "practice all, needs and refuses")
    return (_joined(lexicon, rows, "needs", classes), _joined(lexicon, rows, "refuses", classes)) if rows else None


def _joined(lexicon, rows, column, classes):
    """The patterns that rows of context.csv have in a column as one; None where there are no rows."""
    words = [_pattern(lexicon, "context", row, column, classes).pattern for row in rows]
    return Lazy("|".join(words)) if words else None


def _cue(lexicon, row, classes, general, strengths):
    pattern = _pattern(lexicon, "cues", row, "pattern", classes, Trigger)
    _expect(lexicon, "cues", row, "practice", {NO_CODE, *strengths})
    _expect(lexicon, "cues", row, "strength", ("", "1", "2"))
    _expect(lexicon, "cues", {"alone": "", **row}, "alone", ("", "no"))
    own = _condition(lexicon, "cues", row, classes)
    conditions = [own] if own.needs or own.refuses or own.statuses else []
    conditions += [rule for codes, rule in general if row["practice"] in codes]
    hides = row["practice"] == NO_CODE or not GAP.search(row["pattern"])
    strength, strong = int(row["strength"]) if row["strength"] else None, strengths.get(row["practice"])
    return Cue(
        row["id"], row["practice"], pattern, strength, tuple(conditions), strong, hides, row.get("alone") != "no"
    )


def _result(lexicon, row, classes, general, strengths):
    """A row of results.csv: which claims show a practice."""
    _expect(lexicon, "results", row, "practice", strengths)
    _expect(lexicon, "results", row, "strength", ("", "1", "2"))
    kinds, directions = row["kinds"].split(), row["directions"].split()
    for kind in kinds:
        _expect(lexicon, "results", {**row, "kinds": kind}, "kinds", schemas.RESULTS)
    for way in directions:
        _expect(lexicon, "results", {**row, "directions": way}, "directions", schemas.DIRECTIONS)
    conditions = [_condition(lexicon, "results", row, classes)]
    conditions += [rule for codes, rule in general if row["practice"] in codes]
    strength = int(row["strength"]) if row["strength"] else None
    strong = strengths[row["practice"]]
    return Result(row["practice"], tuple(kinds), tuple(directions), strength, tuple(conditions), strong)


def _condition(lexicon, name, row, classes):
    window = row.get("window") or "clause"
    _expect(lexicon, name, {**row, "window": window}, "window", WINDOWS)
    statuses = tuple(row.get("statuses", "").split())
    for status in statuses:
        _expect(lexicon, name, {**row, "statuses": status}, "statuses", STATUSES)
    sides = [_pattern(lexicon, name, row, side, classes) if row[side] else None for side in ("needs", "refuses")]
    return Condition(window, *sides, statuses, f"{name}.csv:{row['line']}")


_lazy = cache(Lazy)  # one for all cells that say the same


def _pattern(lexicon, name, row, column, classes, kind=_lazy):
    """The regular expression of a cell, with each {class} written out."""
    words = re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{classes.get(m[1], m[0])})", row[column])
    if unknown := re.search(r"\{[a-z_]+\}", words):
        raise _bad(lexicon, name, row, f"unknown class {unknown[0]}", "one of " + ", ".join(sorted(classes)))
    try:
        pattern = kind(words)
    except re.error as e:
        raise _bad(lexicon, name, row, f"{column} {row[column]!r}: {e}", "a regular expression") from None
    if pattern.matches_nothing():
        raise _bad(lexicon, name, row, f"{column} {row[column]!r} matches the empty string", "at least one character")
    return pattern


def _unique(lexicon, row, seen):
    if not row["id"] or seen.setdefault(row["id"], row["line"]) != row["line"]:
        raise _bad(lexicon, "cues", row, f"id {row['id']!r} is empty or stands twice", "an id of its own")
    first = seen.setdefault((row["practice"], row["pattern"]), row["line"])
    if first != row["line"]:
        raise _bad(lexicon, "cues", row, f"cue {row['pattern']!r} stands twice (line {first})", "one row for a cue")


def _expect(lexicon, name, row, column, known):
    if row[column] not in known:
        raise _bad(lexicon, name, row, f"unknown {column} {row[column]!r}", "one of " + ", ".join(sorted(known)))


def _bad(lexicon, name, row, wrong, expected):
    return BadInput(f"{lexicon.codebook / name}.csv:{row['line']}: {wrong}; expected {expected}")
