"""Edits on a text and the ledger that they enter."""

from dataclasses import dataclass
from operator import attrgetter

from lib.reading import spans


@dataclass(frozen=True)
class Edit:
    """Put `new` where start:end stands. `action`: cut, joined, repaired, flagged or converted; `rule`: its name."""

    start: int
    end: int
    new: str
    action: str
    rule: str


def entry(text, span, action, rule, characters=None):
    """A row of the ledger: raw start and end, action, rule and the number of characters concerned."""
    start, end = text.raw_span(*span)
    return {"start": start, "end": end, "action": action, "rule": rule, "characters": characters or span[1] - span[0]}


def apply(text, edits):
    """(the edited text, its ledger rows)."""
    kept = spans.apart(edits, attrgetter("start"), attrgetter("end"))
    rows = [entry(text, (e.start, e.end), e.action, e.rule) for e in kept]
    return text.edited([(e.start, e.end, e.new) for e in kept]), rows


def converted(text, chars, rule):
    """(the text with other characters in the same places, one ledger row for each line that changed)."""
    if chars == text.chars:
        return text, []
    rows, at = [], 0
    for old in text.chars.split("\n"):
        end = at + len(old)
        changed = [i for i in range(at, end) if chars[i] != text.chars[i]] if chars[at:end] != old else []
        if changed:
            rows.append(entry(text, (changed[0], changed[-1] + 1), "converted", rule, len(changed)))
        at = end + 1
    return type(text)(chars, text.offsets), rows
