"""Clauses with their quantities masked, and hits: claims of results before their context is read."""

import re
from dataclasses import dataclass

from lib.evidence.claims.patterns import MARK, QUANTITY, STOP

LONGEST = 30
WIDEST = 120  # of a clause: what has no stop for so long is no prose
TIMES = {"年", "个月", "月", "天", "日", "周", "届", "轮", "小时", "周年", "多年"}
PERCENT = {"%", "％", "个百分点", "百分点", "成", "分"}
SHARED = re.compile("(?:[一-龥]{2}率|警情|案件|发案|立案)[数量]?$")
WHOLE = re.compile("[率数额量度感力]$")
NAMED = re.compile("[率数额量度感力失案件情患故]$")
EDGE = re.compile('[、和及与”"]*')
SPLIT = re.compile("[、和及与]|以及")
QUOTES = "“”\"'‘’ 、和及与了"


@dataclass(frozen=True)
class Clause:
    """Words between two stops. `masked`: the same with quantities masked; `before`: the sentence up to here."""

    start: int
    words: str
    masked: str
    quantities: dict  # place in the sentence -> quantity
    before: str


@dataclass(frozen=True)
class Hit:
    """A claim within a sentence. `quantity`: the row that carries the value, or None; `form`: which rule found it."""

    start: int
    end: int
    metric: str
    direction: str
    form: str
    quantity: dict | None = None
    measured_by: str = ""
    value: object = ""


def clauses(words, quantities):
    """The clauses of a sentence; `quantities` are rows whose start and end count from the sentence's start."""
    masked = list(words)
    for q in quantities:
        masked[q["start"] : q["end"]] = MARK * (q["end"] - q["start"])
    masked, at = "".join(masked), {q["start"]: q for q in quantities}
    return [
        Clause(m.start(), words[m.start() : m.end()], m.group(), at, words[: m.start()])
        for m in re.finditer(f"[^{STOP}]{{1,{WIDEST}}}", masked)
    ]


def spelt(clause):
    """The masked words with durations written out: in "cases of over 20 years" the years count nothing."""
    masked = list(clause.masked)
    for at, q in clause.quantities.items():
        a, b = at - clause.start, q["end"] - clause.start
        if 0 <= a < len(masked) and q["unit"] in TIMES:
            masked[a:b] = clause.words[a:b]
    return "".join(masked)


def values(clause, match, group="values"):
    """(start, end, quantity) of each masked quantity in a group, in the clause's characters."""
    base = match.start(group)
    runs = [(base + m.start(), base + m.end()) for m in re.finditer(QUANTITY, match.group(group))]
    return [(a, b, clause.quantities[clause.start + a]) for a, b in runs if clause.start + a in clause.quantities]


def percent(quantity):
    """Whether a quantity is a share, or a change in per cent."""
    return quantity["unit"] in PERCENT


def hit(clause, span, metric, direction, form, quantity=None):
    """A Hit from a span in the clause's characters, of at most 30 of them."""
    start = span[0] + len(EDGE.match(clause.words, *span).group())
    end = min(span[1], start + LONGEST)
    value = quantity["value"] if quantity else ""
    return Hit(clause.start + start, clause.start + end, metric, direction, form, quantity, "", value)


def named(rules, words):
    """The metric at the end of these words: openings, adverbs and quotes around it left out."""
    words = rules.opening.sub("", rules.adverbs.sub("", words.replace(MARK, "")))
    return words.strip(QUOTES)


def metrics(rules, words, count):
    """The metrics of a list, one for each of `count` values; the words as a whole where they don't divide so.

    A noun that the last one ends with is theirs too: 刑事、治安警情 -> 刑事警情, 治安警情.
    """
    parts = [p for p in SPLIT.split(rules.adverbs.sub("", words)) if p.strip(QUOTES)]
    if len(parts) < count or count == 1:
        return [named(rules, words)] * count
    names = [named(rules, p) for p in parts[-count:]]
    shared = SHARED.search(names[-1])
    whole = WHOLE if names[-1].endswith("率") else NAMED
    return [n + shared[0] if shared and not whole.search(n) else n for n in names]


def grows(rules, metric, direction):
    """Whether a problem is said to grow, which is no result: crime is up, but not cases solved."""
    return direction == "up" and bool(rules.problem.search(metric[-6:])) and not rules.solved.search(metric)


def measures(rules, words):
    """Whether these words end in a metric of results, not in one of inputs."""
    tail = rules.adverbs.sub("", words)[-16:]
    return bool(rules.metric.search(tail)) and not rules.spent.search(tail[-8:])


def inherited(rules, clause, known, count):
    """The metrics that a change takes over from the words before: of the last hits, else the last one named."""
    if known and known[-1].form == "worded" and count > 1:
        return metrics(rules, known[-1].metric, count)
    nouns = list(re.finditer(f"{rules.metric.pattern}(?:案件|案(?!件)|总量|数量?|率|度|起数)?", clause.before))
    if known and (count > 1 or not nouns or nouns[-1].start() < known[-1].end):
        names = [h.metric for h in known[-count:]]
        return [names[0]] * (count - len(names)) + names
    return [named(rules, re.split(f"[{STOP}]", clause.before[: nouns[-1].end()])[-1])] * count if nouns else []


def front(rules, clause, match, group="metric"):
    """Where the metric of a match begins, in the clause's characters; where its words end, if it has none."""
    start, end = match.span(group)
    words = named(rules, clause.words[start:end])
    at = clause.words.find(words, start, end) if words else -1
    return at if at >= 0 else end
