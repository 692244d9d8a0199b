"""Actors of governance: who is named, by kind."""
import re
from bisect import bisect_right
from functools import cache

from lib.evidence.matcher import Matcher, longest
from lib.lexicon import BadInput


def find(document, lexicon):
    """Rows of kind actor: key, name and type as in lexicon/actors.csv. The longest term wins; false friends are dropped."""
    terms, actors = rules(lexicon)
    found = [(hit, actors[hit.rule]) for hit in longest(terms.hits(document.text.chars))]
    return [row(hit.start, hit.end, actor) for hit, actor in found
            if actor["kind"] and _in_a_sentence(document, hit)]


@cache
def rules(lexicon):
    """(Matcher, the actor of each of its patterns); BadInput where a row can't be used."""
    kinds = {r["kind"] for r in lexicon.rows("actor_kinds", "kind", "zh", "en")} | {""}
    actors = {r["key"]: r for r in lexicon.rows("actors", "key", "kind", "zh", "en")}
    for r in actors.values():
        if r["kind"] not in kinds:
            raise BadInput(f"actors.csv:{r['line']}: kind {r['kind']!r}; expected one of {', '.join(sorted(kinds))}")
    terms = lexicon.rows("actors_terms", "key", "term")
    for r in terms:
        _check(r, actors)
    return Matcher([r["term"] for r in terms]), [actors[r["key"]] for r in terms]


def _check(row, actors):
    where = f"actors_terms.csv:{row['line']}"
    if row["key"] not in actors:
        raise BadInput(f"{where}: key {row['key']!r}; expected a key of actors.csv")
    try:
        re.compile(row["term"])
    except re.error as e:
        raise BadInput(f"{where}: term {row['term']!r}: {e}; expected a regular expression") from None


def row(start, end, actor):
    """The mention of an actor at a span."""
    return {"start": start, "end": end, "kind": "actor", "key": actor["key"], "name": actor["zh"],
            "type": actor["kind"], "strength": "1", "status": "done", "origin": "unknown"}


def _in_a_sentence(document, hit):
    at = bisect_right(document.sentences, hit.start, key=lambda s: s.start) - 1
    return at >= 0 and hit.end <= document.sentences[at].end
