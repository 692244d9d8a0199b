"""Actors of governance: who is named, by kind."""

import re
from functools import cache, partial

from lib.lexicon import BadInput, compiled, each_row
from lib.reading import places
from lib.rules.anchors import Anchored, Trigger, longest

ACTS, BORDER = compiled("bodies that act beyond"), compiled("neighbours")


def find(document, lexicon):
    """Rows of kind actor: key, name, type as in lexicon/actors.csv. The longest term wins; false friends are dropped.

    A place outside the text's own prefecture is a neighbouring jurisdiction where it acts, and its police are its:
    联动云州公安, 三地接壤.
    """
    terms, actors = rules(lexicon)
    beyond = neighbours(document)
    found = [
        (hit.start, hit.end, actors[hit.rule])
        for hit in longest(terms.find(document.text.chars))
        if not any(a < hit.end and hit.start < b for a, b in beyond)
    ]
    neighbour = next(r for r in lexicon.rows("actors", "key", "kind", "zh", "en") if r["kind"] == "jurisdiction")
    found += [(*span, neighbour) for span in beyond]
    return [
        row(start, end, actor)
        for start, end, actor in sorted(found, key=lambda f: f[:2])
        if actor["kind"] and _in_a_sentence(document, start, end) and not document.damaged(start, end)
    ]


def neighbours(document):
    """[(start, end)] of the places outside the text's own prefecture that act, with the body, or are neighbours."""
    own = [code for *_, code in places.mentioned(document.entry.get("place_zh", ""))]
    chars, found = document.text.chars, []
    for start, end, _, code in places.mentioned(chars) if own else ():
        acts, near = ACTS.match(chars, end), BORDER.match(chars, end)
        if (acts or near) and _beyond(code, own[-1], acts):
            together = found and found[-1][1] == start
            found = [*found[:-1], (found[-1][0], end)] if together else [*found, (start, end)]
            found[-1] = (_province(chars, found[-1][0]), acts.end()) if acts else found[-1]
    return found


def _beyond(code, own, acts):
    """Whether a place lies outside the text's own prefecture; another province only where it acts."""
    if own[2:6] == "0000" or len(code) < 6:
        return False
    return code[:2] != own[:2] and bool(acts) if code[2:6] == "0000" else code[:4] != own[:4]


def _province(chars, start):
    """Where a place begins with the province right before it: 上海|青浦."""
    first = max(0, start - 8)
    before = (m for m in places.mentioned(chars[first:start]) if m[3][2:6] == "0000" and first + m[1] == start)
    return next((first + m[0] for m in before), start)


@cache
def rules(lexicon):
    """(Anchored, the actor of each of its patterns); BadInput where a row can't be used."""
    kinds = {r["kind"] for r in lexicon.rows("actor_kinds", "kind", "zh", "en")} | {""}
    actors = {r["key"]: r for r in lexicon.rows("actors", "key", "kind", "zh", "en")}

    def checked(r):
        if r["kind"] not in kinds:
            raise BadInput(f"actors.csv:{r['line']}: kind {r['kind']!r}; expected one of {', '.join(sorted(kinds))}")

    each_row(checked, actors.values())
    terms = lexicon.rows("actors_terms", "key", "term")
    return Anchored(list(each_row(partial(_term, actors=actors), terms))), [actors[r["key"]] for r in terms]


def _term(row, actors):
    where = f"actors_terms.csv:{row['line']}"
    if row["key"] not in actors:
        raise BadInput(f"{where}: key {row['key']!r}; expected a key of actors.csv")
    try:
        return Trigger(row["term"])
    except re.error as e:
        raise BadInput(f"{where}: term {row['term']!r}: {e}; expected a regular expression") from None


def row(start, end, actor):
    """The mention of an actor at a span."""
    told = {"key": actor["key"], "name": actor["zh"], "type": actor["kind"], "rule": f"actor:{actor['key']}"}
    return {"start": start, "end": end, "kind": "actor", **told, "strength": "1", "status": "done", "origin": "unknown"}


def _in_a_sentence(document, start, end):
    sentence = document.sentences[document.sentence_at(start)] if document.sentences else None
    return bool(sentence and sentence.start <= start and end <= sentence.end)
