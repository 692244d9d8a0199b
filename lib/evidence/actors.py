"""Actors of governance: who is named, by kind."""
import re
from bisect import bisect_right
from functools import cache

from lib.evidence.matcher import Matcher, longest
from lib.lexicon import BadInput
from lib.reading import places

ACTS = re.compile("(?:[省市区县])?(?:公安|警方|政府|法院|检察|海事|边检|政法|交警)")
BORDER = re.compile("[^。；]{0,24}(?:接壤|毗邻|交界|相邻|跨省|跨市|跨区域|两地|三地|四地|多地|联防|协作)")


def find(document, lexicon):
    """Rows of kind actor: key, name, type as in lexicon/actors.csv. The longest term wins; false friends are dropped.

    A place outside the text's own prefecture is a neighbouring jurisdiction where it acts: 联动云州公安, 三地接壤.
    """
    terms, actors = rules(lexicon)
    found = [(hit.start, hit.end, actors[hit.rule]) for hit in longest(terms.hits(document.text.chars))]
    found += [(*span, _neighbour(lexicon)) for span in neighbours(document)]
    return [row(start, end, actor) for start, end, actor in sorted(found, key=lambda f: f[:2])
            if actor["kind"] and _in_a_sentence(document, start, end) and not document.damaged(start, end)]


def neighbours(document):
    """[(start, end)] of the places outside the text's own prefecture that act or are called neighbours."""
    own = [code for *_, code in places.mentioned(document.entry.get("place_zh", ""))]
    chars, found = document.text.chars, []
    for start, end, _, code in places.mentioned(chars) if own else ():
        acts = ACTS.match(chars, end) or BORDER.match(chars, end)
        if acts and code[2:6] not in ("", "0000") and code[:4] != own[-1][:4] and own[-1][2:6] != "0000":
            together = found and found[-1][1] == start
            found = [*found[:-1], (found[-1][0], end)] if together else [*found, (start, end)]
    return found


def _neighbour(lexicon):
    return next(r for r in lexicon.rows("actors", "key", "kind", "zh", "en") if r["kind"] == "jurisdiction")


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


def _in_a_sentence(document, start, end):
    at = bisect_right(document.sentences, start, key=lambda s: s.start) - 1
    return at >= 0 and end <= document.sentences[at].end
