"""What a text says of the elements of its model in words that no other table holds: who started it, who is on call …"""

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, partial

from lib import rules as told
from lib.evidence.quantities import place as places
from lib.lexicon import BadInput, each_row
from lib.rules import classes
from lib.rules.anchors import Anchored, Lazy, Trigger

COLUMNS = ("id", "element", "facet", "pattern", "refuses", "status", "zh", "en", "example")
CASE = "case"
LONGEST = 38  # characters of a value, and of a surface in the raw file: a statement is a few words, no quotation


def statements(document, lexicon):
    """One row a place where a row of codebook/element_cues.csv matches: element, facet, value (its words in short),
    x and y (what the rule caught), place (the part of the text's own place that the words speak of: what a rule catches
    as w, else as for a number), rule, status, start, end; a title says nothing. Of two rows of a facet that overlap the
    first counts; a rule with a status of its own (a title that is sought is sought now) has it whatever the clause
    says. One with the status case is asked of single cases alone, and of each facet of a case the first rule counts."""
    known, found = rules(lexicon), []
    chars, cases = document.text.chars, told.stories(document)
    spans = [(s.start, s.end) for s in document.sentences if document.passages[s.passage].kind != "title"]
    for start, _, number in _anchored(lexicon).find(chars, spans):
        rule, at = known[number], document.sentence_at(start)
        sentence, case = document.sentences[at], cases[at]
        match = rule["pattern"].match(chars, start, sentence.end)
        if rule["status"] == CASE and not case or rule["refuses"] and rule["refuses"].search(match[0]):
            continue
        row = _row(document, match, rule)
        found.append((number, sentence.start, case if rule["status"] == CASE else 0, row))
    found = [f for f in sorted(found, key=lambda f: f[:2]) if len(f[3]["value"]) <= LONGEST]
    firsts = {(case, row["facet"]): row for *_, case, row in found[::-1] if case}
    kept = _apart([row for *_, case, row in found if not case or firsts[case, row["facet"]] is row])
    return [{**r, "place": r["place"] or _place(document, r, lexicon)} for r in kept]


def _row(document, match, rule):
    words = {name: trimmed(match.groupdict().get(name) or "") for name in "xy"}
    start, end = _short(document, *match.span())
    told = {key: rule[key] for key in ("element", "facet", "status")} | {"rule": rule["id"]}
    told |= {"value": rule["zh"].format(**words, n="", at=""), "place": match.groupdict().get("w") or ""}
    return {**told, **words, "start": start, "end": end}


def _place(document, row, lexicon):
    sentence = document.sentences[document.sentence_at(row["start"])]
    spoken = places.spoken_of(document, sentence.start, sentence.end, lexicon)
    return places.governing(spoken, row["start"])


def _short(document, start, end):
    """The span, cut where its raw characters would be more than LONGEST."""
    offsets = document.text.offsets
    while offsets[end - 1] - offsets[start] >= LONGEST:
        end -= 1
    return start, end


def trimmed(words):
    """Words without the marks around them: “每周通报 as 每周通报; a mark that has its other half stays."""
    words = words.strip("、,， 的了")
    for left, right in ("“”", "‘’", "（）", "()"):
        if words.count(left) != words.count(right):
            words = words.replace(left, "").replace(right, "")
    return words


def _apart(rows):
    """The rows of which no earlier one of the same element and facet covers a part."""
    kept, spans = [], defaultdict(list)
    for row in rows:
        alike = spans[row["element"], row["facet"]]
        at = bisect_left(alike, (row["end"],))
        if not at or alike[at - 1][1] <= row["start"]:
            alike.insert(at, (row["start"], row["end"]))
            kept.append(row)
    return kept


@cache
def rules(lexicon):
    """The rows of codebook/element_cues.csv with their patterns compiled, {class} written out."""
    known = classes.patterns(lexicon)
    compiled = partial(_compiled, lexicon, known=known)
    rows = lexicon.codes("element_cues", *COLUMNS)
    return each_row(lambda row: {**row, **{c: compiled(row, c) for c in ("pattern", "refuses")}}, rows)


@cache
def _anchored(lexicon):
    return Anchored([rule["pattern"] for rule in rules(lexicon)])


def _compiled(lexicon, row, column, known):
    path, line = lexicon.codebook / "element_cues.csv", row["line"]
    try:
        kind = Trigger if column == "pattern" else Lazy
        pattern = kind(classes.expand(row[column], known, path, line)) if row[column] else None
    except re.error as e:
        raise BadInput(f"{path}:{line}: {column} {row[column]!r}: {e}; expected a regular expression") from None
    if pattern and pattern.matches_nothing():
        raise BadInput(f"{path}:{line}: {column} matches the empty string; expected at least one character")
    return pattern
