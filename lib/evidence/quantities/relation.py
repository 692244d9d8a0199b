"""What a number says of its subject: level, share or change; compared with what; per what. The words are rules."""

import re

from lib import rules
from lib.lexicon import compiled

CHANGED = ("increase", "decrease", "point_change")
POINTS = "分点"
FROM, TOWARDS = compiled("change from"), compiled("change to")


def relation(amount, document):
    """(level | share | increase | decrease | point_change, id of the rule) of an amount."""
    if POINTS in amount["unit"]:
        return "point_change", "direction.points"
    found = rules.readings(document, amount["start"], amount["end"], "direction")
    spans = amount["unit_kind"] == "time"  # 连续7年增长: not the years grew
    said, rule = next(((h.row.reading, h.row.id) for h in found if not spans or h.start < amount["end"]), ("", ""))
    if not said and amount["value"] != "" and amount["value"] < 0 and amount["unit_kind"] == "share":
        said, rule = "decrease", "direction.signed"
    return (said, rule) if said else ("share" if amount["unit_kind"] == "share" else "level", "")


def basis(amount, document):
    """yoy, pop, year:YYYY or \"\": what a change is measured against, none for another time (较改造前)."""
    found = rules.readings(document, amount["start"], amount["end"], "basis")
    if not found or found[0].row.reading == "other":
        return ""
    words = document.chars[found[0].start : found[0].end]
    return f"year:{re.search(r'[0-9]{4}', words)[0]}" if found[0].row.reading == "year" else found[0].row.reading


def risen_from(before, between):
    """Whether the number is the second end of 由A增至B; `before` stands before A, `between` between A and B."""
    return bool(FROM.search(before)) and bool(TOWARDS.search(between))


def denominator(amount, document):
    """What a rate is per (每万人, 日均, 人均), as written, or \"\"."""
    found = rules.readings(document, amount["start"], amount["end"], "denominator")
    return document.chars[found[0].start : found[0].end] if found else ""


def without(noun, per, words):
    """The noun without the end of what a rate is per, where both are one in some words: 每|万人|警力 is 警力."""
    shared = next((n for n in range(len(per), 0, -1) if noun.startswith(per[-n:]) and per + noun[n:] in words), 0)
    return noun[shared:] if len(noun) > shared else noun
