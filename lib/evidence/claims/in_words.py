"""Results without a number of their own: nothing happened, an honour, a suspect caught, a change in words."""

import re
from dataclasses import replace

from lib.evidence.claims.clauses import LONGEST, TIMES, front, grows, hit, inherited, measures, named, percent
from lib.evidence.claims.patterns import MARK, QUANTITY

PERSONS = {"人", "名", "起", "件", "例", "宗", "次", ""}
RANKED = re.compile(r"(?:领先|第[一二三四五六七八九十\d]+[名位]?|前列)、")
TAIL = re.compile(f"{QUANTITY}$")


def zeros(rules, clause, before):
    """Nothing happened; the value is the number of places where that is so, if the clause counts them, else 0."""
    return [
        zero(rules, clause, m, name)
        for pattern, name in rules.zeros
        for m in pattern.finditer(clause.words)
        if happened(rules, clause.words[: m.start()], m.group())
    ]


def happened(rules, lead, words):
    """Whether a zero is told as a fact, and of something that counts."""
    cleared = words.endswith(("清零", "清仓"))
    return not rules.unzero.search(lead) and (not cleared or bool(rules.metric.search(lead)))


def zero(rules, clause, m, name):
    """The hit of one zero."""
    places, quoted = counted_places(clause, m.start()), clause.words.rfind("“", 0, m.start()) + 1
    start = places["start"] - clause.start if places else clause.masked.rfind(MARK, 0, m.start()) + 1
    inside = not places and "”" not in clause.words[quoted : m.start()]
    start = max(start, m.end() - LONGEST, quoted if inside else 0)
    lead = named(rules, clause.words[max(start, m.start() - 24) : m.start()])
    metric = name or (lead + rules.zero_verbs.sub("", m.group())).strip('“”"')
    found = hit(clause, (start, m.end()), metric, "zero", "zero", places)
    return found if places else replace(found, value=0)


def counted_places(clause, at):
    """The last quantity before `at` that counts places or units, or None."""
    found = [
        q
        for place, q in sorted(clause.quantities.items())
        if clause.start <= place < clause.start + at and q["unit"] not in TIMES | PERSONS and not percent(q)
    ]
    return found[-1] if found else None


def awards(rules, clause, before):
    """Honours, ranks, roll-out elsewhere and praise from above."""
    hits = []
    for pattern, kind, measured_by in rules.awards:
        for m in pattern.finditer(clause.words):
            if not rules.others.search(clause.words[: m.start()]):
                found = honour(rules, clause, m, kind)
                if kind == "rank" and rules.spent.search(found.metric):
                    continue
                metric = found.metric or (hits[-1].metric if hits else before[-1].metric if before else "")
                hits.append(replace(found, measured_by=measured_by, metric=metric))
    return hits


def honour(rules, clause, m, kind):
    """The hit of one award: a rank is of the metric before it, an honour may carry a count ("stations 9")."""
    tail = TAIL.search(clause.masked[m.start() : m.end()])
    q = clause.quantities.get(clause.start + m.start() + tail.start()) if tail else None
    q = q if q and q["unit"] not in TIMES else None
    said = m.group()[: tail.start()] if q else m.group()
    lead = RANKED.split(clause.words[: m.start()])[-1]
    form = "rollout" if kind == "rollout" else "award"
    return hit(clause, m.span(), named(rules, lead) if kind == "rank" else said, "award", form, q)


def outcomes(rules, clause, before):
    """Results told without any number: a suspect caught, a dispute settled, an event kept safe."""
    return [
        hit(clause, m.span(), metric, direction, "outcome")
        for pattern, direction, metric in rules.outcomes
        if (m := pattern.search(clause.words))
    ]


def worded(rules, clause, before):
    """Changes without a value: the metric, then the word of change. A problem that grows is no result."""
    hits = []
    for m in rules.worded.finditer(clause.masked):
        noun, direction = clause.words[m.start("metric") : m.end("metric")], rules.direction[m["change"]]
        degree = m["done"] or rules.degree.search(m["adverb"]) or clause.masked[m.end() : m.end() + 1] in ("", "、")
        pushed = not m["adverb"] and rules.pushed.match(noun)
        counting = re.search(r"[一二两三四五六七八九十\d]个?$", noun)
        if measures(rules, noun) and degree and not (pushed or counting or grows(rules, noun, direction)):
            span = max(front(rules, clause, m), m.end() - LONGEST), m.end()
            hits.append(hit(clause, span, named(rules, noun), direction, "worded"))
    return hits


def improved(rules, clause, before):
    """The word of change before its metric: "raised the capacity of ..."."""
    m = rules.improved.search(clause.masked)
    noun = m["metric"][-8:] if m and (m["adverb"] or m["done"]) else MARK
    if MARK in noun or not rules.metric.search(noun) or rules.spent.search(noun):
        return []
    return [hit(clause, m.span(), m["metric"].replace(MARK, ""), rules.direction[m["change"]], "improved")]


def relieved(rules, clause, before):
    """A problem eased, curbed or solved."""
    m = rules.relieved.search(clause.words)
    if not m or not (m["adverb"] or m["done"]) or clause.words[: m.start()].endswith("为"):
        return []
    return [hit(clause, m.span(), m["metric"], rules.relief[m["change"]], "relieved")]


def tallies(rules, clause, before):
    """ "Two fell, two rose": one hit for each side."""
    m = rules.tally.search(clause.words)
    if not m:
        return []
    name = named(rules, clause.words[: m.start()])
    if not measures(rules, name):
        name = (inherited(rules, clause, [], 1) or [m.group().strip('“”"')])[0]
    sides = re.findall("下降|降|上升|升|提升", m.group())
    return [hit(clause, m.span(), name, "down" if s.endswith("降") else "up", "tally") for s in sides]


FORMS = (zeros, awards, outcomes, worded, improved, relieved, tallies)
