"""Why was this coded? Each sentence of a text with its rows of every table and the rules that made them."""

from collections import defaultdict
from collections.abc import Iterator

from lib.evidence import extract
from lib.evidence.mentions import trials
from lib.reading import document

SHOWN = {
    "quantities": ("value", "value_high", "unit", "noun", "indicator", "status"),
    "mentions": ("kind", "key", "name", "strength", "status"),
    "claims": ("metric", "direction", "value", "basis", "status"),
    "roles": ("actor", "role", "status"),
    "loops": ("order", "stage", "status"),
    "formulas": ("name", "order", "part"),
    "links": ("side", "actor_kind", "verb", "status"),
    "statements": ("element", "facet", "value", "status"),
}


APART = ("place", "scope")  # of whom a row is, where it is not simply the text's own place


def assumed(entry: dict) -> str:
    """What a text's rows stand on, in a line: its place, date and genre, and how they were found where no register
    has it."""
    told = (f"{name} {entry.get(name) or 'unknown'}" for name in ("place", "published", "genre"))
    return ", ".join(told) + (f" ({entry['found']})" if entry.get("found") else "")


def lines(raw: str, entry: dict, lexicon) -> Iterator[str]:
    """Each sentence of a text, numbered, then a line a row: table, what it says, its words, its rule."""
    doc, found = document(raw, entry, lexicon), defaultdict(list)
    for table, rows in extract.facts(doc, lexicon).items():
        for row in rows:
            found[doc.sentence_at(row["start"])].append((row["start"], table, row))
    for number, sentence in enumerate(doc.sentences):
        yield f"{number + 1}. {' '.join(doc.words(sentence).split())}"
        rows = sorted(found[number], key=lambda told: told[:2])
        yield from dict.fromkeys(_line(doc, start, table, row) for start, table, row in rows)


def _line(doc, start, table, row):
    said = " ".join(str(row[c]) for c in SHOWN[table] if row.get(c) not in (None, ""))
    said += "".join(f" {c}={row[c]}" for c in APART if row.get(c))
    ends = [str(row.get(c) or "") for c in ("period_start", "period_end")]
    said += f" period={'/'.join(ends)}" if any(ends) else ""
    return f"    {table}: {said}  «{doc.chars[start : row['end']]}»  {row.get('rule', '')}".rstrip()


def rule(raw: str, entry: dict, lexicon, name: str) -> Iterator[str]:
    """Each sentence in which a cue stands, what became of it there, and at last how often it fired, lost, was refused.

    A cue in a heading, on the background or outside the field is not tried.
    """
    doc = document(raw, entry, lexicon)
    tried = [trial for trial in extract.trials(doc, lexicon) if trial.rule == name]
    for trial in tried:
        number = doc.sentence_at(trial.start)
        yield f"{number + 1}. {' '.join(doc.words(doc.sentences[number]).split())}"
        yield f"    {f'{trial.outcome} {trial.to}'.strip()}  «{doc.chars[trial.start : trial.end]}»"
    for told in trials.tally(tried).values():
        lost, refused = (f" {names} {told[names]}" if told[names] else "" for names in ("to", "by"))
        yield f"{name}: fired {told['fired']}, lost {told['lost']}{lost}, refused {told['refused']}{refused}"
    if not tried:
        yield f"{name}: stands in no sentence that can be coded"
