"""What human coders decided about single codings: it wins over the machine as long as the words are the same."""

from dataclasses import dataclass
from functools import partial

from lib import paths
from lib.lexicon import BadInput, each_row, table

COLUMNS = tuple("source start end surface practice decision to strength status reason coder date".split())
DECISIONS = ("accept", "reject", "recode")


@dataclass(frozen=True)
class Decision:
    """One row of review.csv. `start`, `end`: raw characters; `surface`: the words that stood there."""

    source: str
    start: int
    end: int
    surface: str
    practice: str
    decision: str
    to: str
    strength: str
    status: str
    reason: str
    coder: str
    date: str
    line: int

    @property
    def code(self):
        """The practice that holds after the decision."""
        return self.to if self.decision == "recode" else self.practice


def decisions(path=paths.DATA / "review.csv"):
    """The decisions of a table, in order; BadInput names the line of one that can't be used."""
    return each_row(partial(_decision, path), table(path, COLUMNS))


def _decision(path, row):
    def refuse(what, expected):
        raise BadInput(f"{path}:{row['line']}: {what}; expected {expected}")

    if row["decision"] not in DECISIONS:
        refuse(f"decision is {row['decision']!r}", " or ".join(DECISIONS))
    if not (row["start"].isdigit() and row["end"].isdigit() and int(row["start"]) < int(row["end"])):
        refuse(f"span {row['start']!r} to {row['end']!r}", "two whole numbers, the first below the second")
    if not row["surface"] or len(row["surface"]) >= 40:
        refuse("surface is empty or of 40 characters and more", "the words of the span, shorter than that")
    if bool(row["to"]) != (row["decision"] == "recode"):
        refuse(f"column to is {row['to']!r} for {row['decision']}", "the new practice for recode, else nothing")
    if not row["reason"]:
        refuse("no reason", "why it was decided so")
    return Decision(**{c: int(row[c]) if c in ("start", "end") else row[c] for c in COLUMNS}, line=row["line"])


def stale(decisions, source, raw):
    """The decisions on this text whose words no longer stand at their span."""
    return [d for d in decisions if d.source == source and raw[d.start : d.end] != d.surface]


def stale_lines(decisions, source, raw):
    """One line for each stale decision, for a report to the user."""
    return [
        f"data/review.csv:{d.line}: stale decision: {d.source} {d.start}-{d.end} no longer reads {d.surface!r}; "
        f"expected the words that were reviewed: look at {d.practice} again"
        for d in stale(decisions, source, raw)
    ]


def apply(rows, decisions, document):
    """The rows of mentions (raw spans) after the decisions that hold; stale ones change nothing.

    accept keeps or restores a coding, reject takes it out, recode puts another practice in its place. A decision meets
    a coding of the same practice whose span overlaps its own, so that a moved cue does not undo it.
    """
    gone = stale(decisions, document.id, document.raw)
    for d in decisions:
        if d.source == document.id and d not in gone:
            rows = _applied(rows, d, document)
    return sorted(rows, key=lambda r: (r["start"], r["end"]))


def _applied(rows, decision, document):
    keys = (decision.practice, decision.code)
    met = [r for r in rows if r["kind"] == "practice" and r["key"] in keys]
    met = [r for r in met if r["start"] < decision.end and decision.start < r["end"]]
    rest = [r for r in rows if not any(r is m for m in met)]
    if decision.decision == "reject":
        return rest + [r for r in met if r["key"] != decision.practice]
    return rest + [_coding(met[0] if met else {}, decision, document)]


def _coding(old, d, document):
    told = {name: value for name, value in (("strength", d.strength), ("status", d.status)) if value}
    span = {"start": d.start, "end": d.end, "surface": d.surface}
    new = {"kind": "practice", "strength": "1", "status": "done", "origin": "unknown", "damaged": "false"}
    new |= {"name": "", "type": "", "place": "", "source": d.source, "sentence": _sentence(d, document)}
    return new | old | span | told | {"key": d.code, "id": f"{d.source}.m.{d.start}-{d.end}.{d.code}"}


def _sentence(d, document):
    spans = [document.text.raw_span(s.start, s.end) for s in document.sentences]
    start, end = next(((a, b) for a, b in spans if a <= d.start < b), spans[0] if spans else (0, 0))
    return f"{document.id}.s.{start}-{end}"
