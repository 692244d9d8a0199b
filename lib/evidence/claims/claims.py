"""Outcome claims: what a text says got better or was achieved, one row a metric."""

import re
from functools import cache

from lib import rules as rule_engine
from lib.evidence.claims import clauses as claim_clauses
from lib.evidence.claims import in_words as claim_wordings
from lib.evidence.claims import metric as claim_metrics
from lib.evidence.claims import with_number as claim_values
from lib.evidence.claims.patterns import MARK, compiled, either, rules

FORMS = (*claim_values.FORMS, *claim_wordings.FORMS)
BOTH = re.compile("“?双(?:双)?[下上]?[降升]")
STOPS = "[，,；;。]"
PERIOD = re.compile(
    r"[今近多]年来?以?来|[\d一二三四五六七八九十]+年来|去年|今年|截至目前|目前|[上下]半年|日前|前不久|"
    r"\d{4}[年—–-](?:至?\d{4}年度?|以来|[上下]半年|\d{1,2}月(?:至\d{1,2}月)?)?|连续[\d一二三四五六七八九十]+(?:年|届)|"
    r"自[^，,。；;]{2,30}以来|[^，,。；;、]{2,8}(?:期间|以来)"
)


def find(document, lexicon, quantities, mentions):
    """One row for each outcome claimed. Span: the shortest that carries it, at most 30 characters.

    Columns: start, end, metric, direction (up | down | level | zero | award), value, unit, basis (as in quantities;
    or control | adjusted | random where the text names such a comparison), period, period_start, period_end,
    baseline_given, measured_by, causal_wording, status, place, quantity_start.
    """
    known, rows = rules(lexicon), []
    for sentence in document.sentences:
        words = document.words(sentence)
        inside = [
            {**q, "start": q["start"] - sentence.start, "end": q["end"] - sentence.start}
            for q in quantities
            if sentence.start <= q["start"] and q["end"] <= sentence.end and counts(q, document)
        ]
        told = [(h, ahead(document, h, sentence.start)) for h in hits(known, words, inside)]
        rows += [
            row(h, words, sentence.start, lexicon, status)
            for h, status in told
            if status != "norm" and not (status == "planned" and h.value == "")
        ]
    return rows


def counts(quantity, document):
    """Whether a quantity may stand as a value: a zero, or the count in "two fell", is part of a word."""
    after = document.text.chars[quantity["end"] : quantity["end"] + 1]
    kinds = quantity["unit"] in ("类", "种", "大类")
    worded = quantity["unit"] in ("", "个") and after in tuple("降升下上提连")
    return quantity["value"] not in ("", 0) and not (kinds or worded)


def hits(known, words, quantities):
    """The hits of a sentence, apart and in order; where two overlap, the form that says more stays."""
    kept = []
    for clause in claim_clauses.clauses(words, quantities):
        for form in FORMS if MARK in clause.masked else claim_wordings.FORMS:
            for h in form(known, clause, kept):
                if h.form == "tally" or not any(k.start < h.end and h.start < k.end for k in kept):
                    kept.append(h)
    return sorted(told(known, kept, words), key=lambda h: (h.start, h.end))


def told(known, found, words):
    """Without what is told twice in a sentence."""
    changes = {"tally": [h for h in found if h.form in ("changed", "worded")]}
    changes["worded"] = [h for h in found if h.form == "changed"]
    out, seen = [], set()
    for h in found:
        both = h.form == "tally" or h.form == "worded" and BOTH.search(words[h.start : h.end])
        spelt = both and any(abs(c.start - h.end) < 40 or c.end <= h.start for c in changes[h.form])
        again = h.form == "outcome" and h.metric in seen or h.form == "rollout" and h.form in seen
        if not (spelt or again):
            out.append(h)
        seen |= {h.metric, h.form}
    return out


def ahead(document, hit, offset):
    """The status of a hit: done unless its quantity or its words say otherwise."""
    told = (hit.quantity or {}).get("status", "")
    said, _ = rule_engine.status(document, offset + hit.start, offset + hit.end)
    return next((s for s in (told, said) if s in ("planned", "norm", "case")), "done")


def row(hit, words, offset, lexicon, status):
    """A hit with what stands around it."""
    q = hit.quantity or {}
    return {
        "start": offset + hit.start,
        "end": offset + hit.end,
        "metric": claim_metrics.clean(hit.metric, hit.direction),
        "direction": hit.direction,
        "value": hit.value,
        "unit": q.get("unit", ""),
        "basis": basis(hit, words, lexicon),
        "period": q.get("period", "") or (PERIOD.findall(words[: hit.end]) or [""])[-1],
        "period_start": q.get("period_start", ""),
        "period_end": q.get("period_end", ""),
        "baseline_given": "true" if hit.form == "moved" or q.get("base_value", "") != "" else "false",
        "measured_by": measured(hit, words, lexicon),
        "causal_wording": causal(hit, words, lexicon),
        "status": status,
        "place": q.get("place", ""),
        "quantity_start": offset + q["start"] if q else "",
    }


def basis(hit, words, lexicon):
    """What a change is against: a design that the sentence names, else the basis of its quantity or clause."""
    design = next(
        (d for pattern, d in compiled(lexicon, "measurers_designs", "pattern", "design") if pattern.search(words)), ""
    )
    if hit.form not in ("changed", "moved", "worded"):
        return ""
    if design or hit.form == "moved":
        return design or "from-to"
    clause = re.split(STOPS, words[: hit.end])[-1]
    inside, lead = (re.findall("同比|环比", w) for w in (words[hit.start : hit.end], clause))
    said = {"同比": "yoy", "环比": "pop", "": ""}
    return said[(inside or [""])[-1]] or (hit.quantity or {}).get("basis", "") or said[(lead or [""])[-1]]


def measured(hit, words, lexicon):
    """Who measured, as the sentence says it; else what the form of an award implies; else unstated."""
    said = words[hit.start if hit.direction == "award" else 0 : hit.end]
    known = compiled(lexicon, "measurers", "pattern", "measured_by")
    return next((by for pattern, by in known if pattern.search(said)), hit.measured_by or "unstated")


@cache
def _causes(lexicon, side):
    known = compiled(lexicon, "causal", "pattern", "side")
    return re.compile(either(pattern.pattern for pattern, where in known if where == side))


def causal(hit, words, lexicon):
    """The words that attribute a claim, as written: the last ones before it, else those that open the next clause."""
    before = _causes(lexicon, "before").findall(words[: hit.start])
    after = _causes(lexicon, "after").match(words[hit.end :].lstrip('，,”"之所以的'))
    return before[-1] if before else after.group() if after else ""
