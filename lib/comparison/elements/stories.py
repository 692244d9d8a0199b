"""Single cases that a text tells, a line each: what happened, what it says of it in numbers, how it ended, by what."""

import math
from itertools import zip_longest

from lib.comparison.elements import english
from lib.comparison.elements.codebook import cue_rules
from lib.comparison.elements.facts import CASES, candidate
from lib.comparison.elements.results import result
from lib.comparison.elements.wording import lowered, written
from lib.reading.script import simplified
from lib.reading.spans import HAN


def stories(facts, feed, element):
    """Each single case that a text tells, in a line: what happened, by its rule, what it says of it in numbers, and how
    it ended."""
    rows = facts.corpus.statements.query("element == @element.key and status == 'case'")
    for _, own in rows.groupby("source", sort=False):
        own = own.sort_values("start", kind="stable")
        begun = list(own[own["facet"] == "story"].itertuples())
        for r, after in zip_longest(begun, begun[1:]):
            end = after.start if after else math.inf
            yield _story(facts, r, own[own["start"].between(r.start, end, "left") & (own["facet"] == "outcome")], end)


RESULTS = 3  # results of a case that its line has room for


def _story(facts, r, outcomes, end):
    """A case with the first sum of money and at most RESULTS of its results, or how it ended where it has none; in
    English without its object where no word for that is known."""
    inside = {
        n: t[(t["source"] == r.source) & (t["status"] == "case") & t["start"].between(r.start, end, "left")]
        for n, t in (("claims", facts.corpus.claims), ("quantities", facts.corpus.quantities))
    }
    claims = inside["claims"].query("direction == 'level' and value.notna()").head(RESULTS)
    money = inside["quantities"].query("unit_kind == 'money' and id not in @claims.quantity").head(1)
    told = [(q.noun + simplified(q.surface), f"{written(q)} yuan") for q in money.itertuples()]
    told += [result(facts, c) for c in claims.itertuples()]
    ended = outcomes if not len(claims) else outcomes.head(0)
    told += [(o.value, cue_rules()[o.rule]["en"]) for o in ended.head(1).itertuples()]
    what, rule = english.english(r.x), cue_rules()[r.rule]["en"]
    en = rule.format(x=what) if what else rule.partition(" ({x})")[0]
    again = any(zh.startswith(r.value) for zh, _ in told)  # a result says what happened, with its number
    zh, en = ([], "") if again else ([r.value], en)
    by = _means(facts, r, end)
    more = {"zh": "，".join([*zh, *(zh for zh, _ in told)]) + (f"（{by[0]}）" if by else "")}
    more["en"] = ": ".join(filter(None, [en, ", ".join(lowered(en) for _, en in told)]))
    more["en"] += f" ({lowered(by[1])})" if by and by[1] else ""
    row = candidate(r, key=CASES, named=True, where=facts.part(r.source, r.where), **more)
    return {**row, "ids": (r.id, *money["id"], *claims["id"], *ended["id"].head(1))}


MEANS = ("peri_", "data_", "patrol_", "mass_", "base_")  # practices whose words say what a case was brought about by
WORDS = 10  # characters of these words
BACK = 80  # raw characters before the words of a case in which these may stand


def _means(facts, r, end):
    """What a case was brought about by, in both languages: the first thing named in it, else the words of the first
    practice of a kind that acts; () where none is told, "" where it has no English words."""
    rows = facts.corpus.mentions
    rows = rows[(rows["source"] == r.source) & (rows["status"] == "case") & rows["start"].between(r.start - BACK, end)]
    for m in rows[(rows["kind"] == "initiative") & (rows["type"] != "model")].head(1).itertuples():
        told = facts.told(m.name)
        return m.name, "" if HAN.search(told) else told
    acts = rows[
        (rows["kind"] == "practice") & rows["key"].str.startswith(MEANS) & rows["surface"].str.len().between(3, WORDS)
    ]
    for m in acts.head(1).itertuples():
        words = simplified(m.surface)
        return words, english.english(words) or facts.en(m.key)
    return ()
