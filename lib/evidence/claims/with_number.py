"""Results with a number: changes, rates reached, cases solved and persons caught."""

import re

from lib.evidence.claims.clauses import (
    LONGEST,
    front,
    grows,
    hit,
    inherited,
    measures,
    metrics,
    named,
    percent,
    spelt,
    values,
)
from lib.evidence.claims.patterns import MARK, QUANTITY, STOP

LISTED = re.compile(rf"、(?P<object>[^{STOP}{MARK}、]{{2,14}})(?P<values>{QUANTITY})")
BARE = re.compile(rf"(?P<object>[^{STOP}{MARK}]{{2,14}})(?P<values>{QUANTITY})")


def changed(rules, clause, before):
    """Changes by or to a value: one hit a value, its metric from this clause or from the hits before."""
    hits = []
    for m in rules.changed.finditer(clause.masked):
        words = clause.words[m.start("metric") : m.end("metric")]
        found = values(clause, m)
        direction = rules.direction[m["change"]]
        if measures(rules, words):
            names = metrics(rules, words, len(found))
        else:
            names = inherited(rules, clause, [*before, *hits], len(found)) if bare(rules, words) else []
        if not any(grows(rules, name, direction) for name in names):
            hits += spread(clause, found, names, (front(rules, clause, m), direction, "changed"))
    return hits


def bare(rules, words):
    """Whether the words before a change name no metric of their own: nothing, or only a place."""
    return bool(re.fullmatch("|[一-龥]{0,3}[市县区省州镇乡所]", named(rules, words)))


def spread(clause, found, names, told):
    """One hit for each value: the first spans from its metric on, the others their own number."""
    start, direction, form = told
    return [
        hit(clause, (a if i else max(start, b - LONGEST), b), name, direction, form, q)
        for i, ((a, b, q), name) in enumerate(zip(found, names, strict=False))
    ]


def moved(rules, clause, before):
    """A change from one value to another: the value is the one reached."""
    m = rules.moved.search(clause.masked)
    found = values(clause, m)[:1] if m and measures(rules, m["metric"]) else []
    return (
        spread(
            clause,
            found,
            [named(rules, m["metric"]) if m else ""],
            (front(rules, clause, m), rules.direction[m["change"]], "moved"),
        )
        if found
        else []
    )


def reached(rules, clause, before):
    """Rates and perceptions that stand at a value."""
    hits = []
    for m in rules.reached.finditer(clause.masked):
        found, words = values(clause, m), clause.words[m.start("metric") : m.end("metric")]
        noun = rules.adverbs.sub("", words)
        shares = found and (all(percent(q) for *_, q in found) or scored(rules, noun, found))
        if shares and rules.rate.search(noun) and not rules.spent.search(noun[-10:]):
            names = metrics(rules, words, len(found))
            hits += spread(clause, found, names, (front(rules, clause, m), "level", "reached"))
    return hits


def scored(rules, noun, found):
    """Whether values without a unit are scores of a perception, out of 100."""
    return bool(rules.score.search(noun)) and all(q["unit"] == "" and 20 < q["value"] <= 100 for *_, q in found)


def few(rules, clause, before):
    """Only so many of a problem happened."""
    m = rules.few.search(clause.masked) or rules.fewest.search(clause.masked)
    noun, found = (clause.words[: m.end("metric")], values(clause, m)[:1]) if m else ("", [])
    if not found or not measures(rules, noun) or not rules.problem.search(noun[-8:]) or rules.solved.search(noun):
        return []
    return spread(clause, found, [named(rules, noun)], (front(rules, clause, m), "level", "few"))


def settled(rules, clause, before):
    """The share that was settled, told by its verb: "achieved 100 % mediation"."""
    m = rules.settled.search(spelt(clause))
    nouns = re.findall(rules.metric.pattern, clause.words[: m.start()]) if m else []
    found = [q for *_, q in values(clause, m) if percent(q)][:1] if nouns else []
    return [hit(clause, m.span(), nouns[-1] + m["deed"] + "率", "level", "reached", q) for q in found]


def handled(rules, clause, before):
    """The share that was handled: "calls settled jointly make up 20 % of all"."""
    m = rules.handled.search(clause.masked)
    found = values(clause, m)[:1] if m else []
    return [
        hit(clause, (max(m.start(), b - LONGEST), b), clause.words[m.start() : a].strip("的"), "level", "reached", q)
        for a, b, q in found
        if percent(q)
    ]


def counted(rules, clause, before):
    """Cases solved, persons caught, disputes settled: counts of what was achieved."""
    hits, masked, at = [], spelt(clause), 0
    while m := rules.counted.search(masked, at):
        found = tally(rules, clause, m)
        hits += found
        at = max(m.end("values") if m["values"] else m.end(), *(h.end - clause.start for h in found), at + 1)
    return hits


def tally(rules, clause, m):
    """The hits of one verb: its own count, and those of a list that it governs ("gangs 3, groups 5")."""
    tag = "" if m["verb"] else "2"
    verb, obj, found = m[f"verb{tag}"], m[f"object{tag}"], values(clause, m, f"values{tag}")
    if not found or percent(found[0][2]) or obj.endswith(("率", "、", *rules.direction)):
        return []
    end, q = found[0][1], found[0][2]
    after = "" if tag else re.split("[、和及]|" + MARK, m["after"])[0]
    told = obj + after or clause.before + clause.words[: m.start()]
    if not rules.objects[verb].search(told):
        return []
    end = m.end() if tag else end if obj else end + len(after)
    noun = obj or after or passive(rules, clause.words[: m.start()])
    own = hit(clause, (max(m.start(), end - LONGEST), end), verb + named(rules, noun), "level", "counted", q)
    return [own, *listed(clause, end, verb)]


def passive(rules, words):
    """The noun before a verb that has no object behind it: 命案积案侦破5起."""
    return words if measures(rules, words) else ""


def listed(clause, at, verb):
    """Further counts that one verb governs."""
    hits = []
    while m := LISTED.match(clause.masked, at):
        found = values(clause, m)
        if not found or percent(found[0][2]):
            break
        hits.append(hit(clause, (m.start() + 1, m.end()), verb + m["object"], "level", "counted", found[0][2]))
        at = m.end()
    return hits


def continued(rules, clause, before):
    """A count whose verb stands in the clause before: "solved crimes 16, disturbances 18"."""
    m, last = BARE.match(clause.masked), before[-1] if before else None
    found = values(clause, m) if m else []
    if not found or last is None or last.quantity is None or last.end + 1 != clause.start:
        return []
    part, whole = m["object"].startswith("其中"), m.end() == len(clause.masked)
    alike = last.quantity["unit"] == found[0][2]["unit"] and (whole or part and last.form == "counted")
    if last.form not in ("counted", "award") or not alike or not part and last.metric[-2:] != m["object"][-2:]:
        return []
    return [hit(clause, (0, m.end()), m["object"].removeprefix("其中"), last.direction, last.form, found[0][2])]


FORMS = (moved, changed, reached, handled, settled, counted, continued, few)
