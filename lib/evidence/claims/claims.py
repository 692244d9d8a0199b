"""Outcome claims: what a text says got better or was achieved, one row a metric."""

from bisect import bisect_left
from collections import defaultdict
from operator import attrgetter

from lib import rules
from lib.evidence.claims import changed, deeds, said
from lib.evidence.claims.scene import RECENT, Scene
from lib.evidence.quantities import place as places

NUMBER = "number"
FORMS = {  # in order, each with the slots of which a word must stand in its clause, or with a number
    changed.cells: {NUMBER},
    changed.valued: {NUMBER},
    deeds.counted: {"claim.deed"},
    deeds.continued: {NUMBER},
    changed.levels: {NUMBER},
    said.surveyed: {"claim.surveyed"},
    said.zeros: {"claim.zero"},
    said.awards: {"claim.award"},
    said.outcomes: {"claim.outcome"},
    changed.tallies: {"claim.tally"},
    changed.worded: {"claim.change"},
    changed.improved: {"claim.improve", "claim.relief"},
}
CHANGES = ("claim.change", "direction")
NEAR = 12  # characters between a level and its change
HEAD, FULL = 3, "。;；"  # passages among which the title of a page stands; how a sentence of the text ends
GIVEN = {"honour": "government", "rollout": "government", "praise": "government"}


def find(document, lexicon, quantities, mentions) -> list[dict]:
    """One row for each outcome claimed. Span: the shortest that carries it, at most 30 characters.

    Columns: start, end, metric, kind, scope, direction (up | down | level | zero | award), value, unit, basis (as in
    quantities; or control | adjusted | random where the text names such a comparison), period, period_start,
    period_end, baseline_given, running, measured_by, causal_wording, status, place, rule, quantity_start.
    """
    scene, rows = Scene(document, quantities), []
    for claim in _told_below(document, found(scene)):
        status = ahead(document, claim)
        meant = rules.read(document, claim.start, claim.end, "claim.purpose")[0]
        if status not in ("norm", "none", "planned") and not meant:
            rows.append(row(scene, claim, status))
    return rows


def found(scene: Scene) -> list:
    """The claims of a document in order; where two overlap, the form that says more stays."""
    kept, end, first = [], 0, 0
    stands = _stands(scene)
    for clause in sorted(stands) if scene.document.sentences else ():
        if clause[0] >= end:
            end, first = scene.sentence(clause[0])[1], max(0, len(kept) - RECENT)
        for form in (form for form, asked in FORMS.items() if not asked.isdisjoint(stands[clause])):
            for c in form(scene, clause, kept[first:]):
                if c.rule.startswith("claim.tally") or not any(
                    k.start < c.end and c.start < k.end for k in kept[-RECENT:]
                ):
                    kept.append(c)
    return sorted(_told_once(scene, kept), key=lambda c: (c.start, c.end))


def _stands(scene):
    """{clause: the slots of which a word begins in it, and NUMBER}, of the clauses in which a form may stand."""
    found = defaultdict(set)
    for q in (*scene.numbers, *scene.cells):
        found[scene.document.clause(q["start"])].add(NUMBER)
    for slot in set().union(*FORMS.values()) - {NUMBER}:
        for hit in rules.hits(scene.document, slot):
            found[scene.document.clause(hit.start)].add(slot)
    return found


def _told_below(document, claims):
    """Without what the title says and a later sentence says again."""
    where = (document.sentences[document.sentence_at(c.start)].passage for c in claims)
    titled = [_titled(document, i) for i in where]
    below = [c for c, title in zip(claims, titled, strict=True) if not title]
    return [
        c for c, title in zip(claims, titled, strict=True) if not (title and any(_same(c, other) for other in below))
    ]


def _titled(document, index):
    """Whether a passage is the title, or stands where a page has it: among the first, no full sentence."""
    passage = document.passages[index]
    return passage.kind == "title" or (index < HEAD and document.chars[passage.end - 1] not in FULL)


def _same(a, b):
    """Whether two claims tell one outcome: alike in all, and one metric holds most pairs of signs of the other."""
    pairs = [{m[i : i + 2] for i in range(len(m) - 1)} for m in (a.metric, b.metric)]
    alike = 2 * len(pairs[0] & pairs[1]) >= min(map(len, pairs))
    return (a.kind, a.direction, a.value) == (b.kind, b.direction, b.value) and alike


def _told_once(scene, kept):
    """Without what a sentence tells twice: the same outcome, a roll-out again, "two fell" where it is spelt out."""
    seen, every = set(), sorted((c for c in kept if c.rule.startswith(CHANGES)), key=attrgetter("start"))
    for c in kept:
        first, last = (bisect_left(every, c.end + step, key=attrgetter("start")) for step in (-1, 40))
        changes = every[first:last]
        own = bisect_left(every, scene.sentence(c.start)[0], key=attrgetter("start"))
        before = [x for x in every[own:first] if x.number and x.end <= c.start]
        spelt = c.rule.startswith("claim.tally") and max(len(changes), len(before)) > 1
        ranked = any(c.end <= k.start < c.end + NEAR and k.kind == "rank" for k in kept)
        low = not ranked and c.rule in ("claim.level", "claim.few")
        low = low and any(
            0 <= x.start - c.end < NEAR and x.metric == c.metric and x.number and not scene.unit(x.number, "cases")
            for x in changes
        )
        if spelt or low:
            continue
        again = (scene.sentence(c.start), c.metric if c.rule.startswith("claim.outcome") else c.kind)
        if not c.rule.startswith("claim.outcome") and c.kind != "rollout":
            seen.add((again[0], c.metric))
            yield c
        elif again not in seen:
            seen.add(again)
            yield c


def ahead(document, claim) -> str:
    """The status of a claim: done unless its number or its words say otherwise."""
    told = (claim.number or {}).get("status", "")
    said, _ = rules.status(document, claim.start, claim.end)
    return next((s for s in (told, said) if s in ("planned", "norm", "case", "none")), "done")


def row(scene: Scene, claim, status: str) -> dict:
    """A claim with what stands around it."""
    q = claim.number or {}
    return {
        "start": claim.start,
        "end": claim.end,
        "metric": claim.metric,
        "kind": claim.kind,
        "scope": claim.scope,
        "direction": claim.direction,
        "value": claim.value,
        "unit": q.get("unit", ""),
        "basis": basis(scene, claim),
        "period": q.get("period", "") or period(scene, claim),
        "period_start": q.get("period_start", ""),
        "period_end": q.get("period_end", ""),
        "baseline_given": "true" if q.get("base_value", "") != "" else "false",
        "running": "true" if rules.read(scene.document, claim.start, claim.end, "claim.running")[0] else "false",
        "measured_by": measured(scene, claim),
        "causal_wording": causal(scene, claim),
        "status": status,
        "place": q.get("place", "") if claim.number else place(scene, claim),
        "rule": claim.rule,
        "quantity_start": q.get("start", ""),
    }


def basis(scene: Scene, claim) -> str:
    """What a change is against: a design that the sentence names, else the basis of its number or clause."""
    if claim.direction not in ("up", "down") or claim.rule.startswith(("claim.tally", "claim.relief", "claim.improve")):
        return ""
    design, _ = rules.read(scene.document, claim.start, claim.end, "claim.design")
    q = claim.number or {}
    told = "from-to" if q.get("base_value", "") != "" else q.get("basis", "")
    if not claim.number:
        return design
    said = rules.read(scene.document, claim.end, claim.end, "basis")[0]
    return design or told or ("" if said == "other" else said)


def period(scene: Scene, claim) -> str:
    """The last time that the sentence names before a claim, as written."""
    low, _ = scene.sentence(claim.start)
    times = [h for h in scene.hits("claim.opening", low, claim.end) if h.row.reading == "time"]
    return scene.chars[times[-1].start : times[-1].end] if times else ""


def place(scene: Scene, claim) -> str:
    """The part of the text's own place that the words before a claim without a number speak of, as for a number."""
    spoken = places.spoken_of(scene.document, *scene.sentence(claim.start), scene.document.lexicon)
    return places.governing(spoken, claim.start)


def measured(scene: Scene, claim) -> str:
    """Who measured, as the sentence says it; else what the form of an award implies; else unstated."""
    low = claim.start if claim.direction == "award" else scene.sentence(claim.start)[0]
    said = max(scene.hits("claim.by", low, claim.end), key=lambda h: h.row.weight, default=None)
    return said.row.reading if said else GIVEN.get(claim.kind, "unstated")


def causal(scene: Scene, claim) -> str:
    """The words that attribute a claim, as written: the last ones before it, else those that open the next clause."""
    low, high = scene.sentence(claim.start)
    near = scene.hits("claim.cause", low, high)
    before = [h for h in near if h.row.reading == "before" and h.end <= claim.start]
    after = [h for h in near if h.row.reading == "after" and 0 <= h.start - claim.end < 6]
    best = before[-1] if before else next(iter(after), None)
    return scene.chars[best.start : best.end] if best else ""
