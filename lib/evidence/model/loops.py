"""Loops: the stages by which a matter travels, in whatever notation the text has them, or told in its sentences."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from operator import attrgetter

from lib import rules
from lib.evidence.model import enumerations as lists
from lib.reading.spans import CLOSE, HAN, HANZI, OPEN
from lib.schemas import STAGES

UNKNOWN = (
    rf"[{CLOSE}]?{{0}}([{HANZI}]{{{{2,4}}}}){{0}}[{OPEN}]?"  # a stage that no table knows: in dashes, or at an end
)
FIRST, LAST = rf"[{OPEN}]([{HANZI}]{{{{2,4}}}}){{}}$", rf"{{}}([{HANZI}]{{{{2,4}}}})(?=[{CLOSE}])"
BRIEF = 16  # characters of a clause that is hardly more than a stage with who does it
LETTERS = re.compile(r"[、\-－—→]{1,2}")
MOST, LEAST = 16, 3  # stages of a loop
REACH, NEAR, FAR = 14, 10, 60  # characters from stages to a cue; from what leads on to a stage; from stage to stage
RESULTS = ("order", "act", "mediate", "feedback", "supervise", "archive")
BEGINNING = attrgetter("start")


@dataclass(frozen=True)
class Stage:
    """A stage as it stands; `kind`: the notation between it and the one before; `lead`: what stands before its word."""

    start: int
    end: int
    stage: str
    rule: str
    kind: str = ""
    lead: str = ""


def loops(document) -> list[dict]:
    """Rows of `loops`: a row a stage, its span the stage's words; `closes`: the text itself calls the loop closed.

    Stages joined by dashes or arrows, or numbered, are a loop by their notation; an enumeration only beside a word
    such as 闭环, 流程, or, where its stages stand in the order of work, 机制; clauses where words such as 及时 lead
    from one stage to the next in the order of work. A loop told twice is one loop.
    """
    rows, told = [], set()
    for sentence in document.sentences:
        for run in _runs(document, sentence):
            words = tuple(document.chars[s.start : s.end] for s in run)
            rows += [] if words in told else _rows(document, sentence, run)
            told.add(words)
    return rows


def _rows(document, sentence, run):
    low, high = max(sentence.start, run[0].start - REACH), min(sentence.end, run[-1].end + 2 * REACH)
    closed = lists.pattern(document.lexicon, "closed_loop").search(document.chars, low, high)
    shared = {"loop": f"l{run[0].start}", "closes": "true" if closed else "false"}
    return [
        {"start": s.start, "end": s.end, **shared, "order": n, "stage": s.stage, "rule": s.rule}
        | {"stage_text": lists.plain(document.chars[s.start : s.end])}
        for n, s in enumerate(run, 1)
    ]


def _runs(document, sentence):
    """The loops of a sentence, each a list of Stages."""
    span = sentence.start, sentence.end
    stages = [Stage(h.start, h.end, h.row.reading, h.row.id) for h in lists.found(document, "stage", *span)]
    found = [run for run in _linked(document, stages) if _is_loop(document, sentence, run)]
    found = found or _letters(document, sentence) or _clauses(document, stages)
    found = found or _narrated(document, sentence, stages)
    return found


def _linked(document, stages):
    """The stages in runs of one notation; neighbours of one stage are one (分析研判), a word between dashes is one."""
    runs, chars = [], document.chars
    for stage in stages:
        last = runs[-1][-1] if runs else None
        gap = chars[last.end : stage.start] if last else "。"
        told = lists.pattern(document.lexicon, "stage_gap").fullmatch(gap)
        between = lists.pattern(document.lexicon, "stage_dash", UNKNOWN).fullmatch(gap)
        kind = "near" if last and not gap else _kind(told) if told else ""
        if kind == "near" and last.stage == stage.stage:
            runs[-1][-1] = replace(last, end=stage.end)
        elif between and _fits(runs[-1], "dash"):
            at = last.end + between.start(1)
            more = Stage(at, at + len(between[1]), "other", "other", "dash")
            runs[-1] += [more, replace(stage, kind="dash")]
        elif kind == "near" or kind and _fits(runs[-1], kind):
            runs[-1].append(replace(stage, kind=kind, lead=told["lead"] if told else ""))
        else:
            runs.append([last, replace(stage, kind=kind)] if kind in ("list", "dash") else [stage])
    return [_ended(document, run)[:MOST] for run in runs]


def _kind(gap):
    kind = next(k for k in ("dash", "number", "to", "comma", "list") if gap[k])
    return "" if kind == "number" and gap["rest"] else kind


def _fits(run, kind):
    """Whether a notation goes on with that of a run."""
    kinds = {s.kind for s in run[1:]} - {"near"}
    if "dash" in kinds or kind == "dash":
        return kinds <= {"dash"} and (kind == "dash")
    return not kinds or kinds <= {kind} or "to" in kinds | {kind}


def _ended(document, run):
    """A run by dashes with the quoted words before its first and after its last stage that no table knows."""
    chars, lexicon = document.chars, document.lexicon
    first = lists.pattern(lexicon, "stage_dash", FIRST).search(chars[max(0, run[0].start - 12) : run[0].start])
    last = lists.pattern(lexicon, "stage_dash", LAST).match(chars, run[-1].end)
    if first:
        at = run[0].start - len(first[0]) + 1
        run = [Stage(at, at + len(first[1]), "other", "other"), replace(run[0], kind="dash"), *run[1:]]
    if last:
        run = [*run, Stage(*last.span(1), "other", "other", "dash")]
    return run


def _is_loop(document, sentence, run):
    known = [s.stage for s in run if s.stage != "other"]
    joins = [s.kind for s in run[1:] if s.kind != "near"]  # a heading 排查—感知防控 has one only
    kinds = set(joins)
    if len(joins) < LEAST - 1:
        return False
    cue = _cue(document, sentence, run)
    if kinds == {"dash"} and cue == "strong":
        return True
    if len(set(known)) < 2 or len(known) < LEAST or len(known) * 3 < len(run) * 2:
        return False
    start, lead = run[0].start, run[-1].lead
    alike = lead and len({s.lead for s in run[1:]}) == 1 and document.chars.endswith(lead, 0, start)
    return kinds <= {"dash"} or kinds <= {"number"} or alike or cue == "strong" or cue == "weak" and _in_order(known)


def _cue(document, sentence, run):
    """The strength of the cue that stands right after the run, or right before it with a sign or word that leads on."""
    first, last = run[0].start, run[-1].end
    far = "to" in {s.kind for s in run}  # 再到结果反馈，形成闭环
    stop = min(sentence.end, last + 2 * REACH) if far else min(document.clause(last - 1)[1], last + REACH)
    after = [h.row.reading for h in rules.within(document, "loop_cue", last, stop)]
    if document.chars[last : last + 1] == "等" and "strong" not in after:
        return ""
    low, leads = max(sentence.start, first - REACH), lists.pattern(document.lexicon, "leads_on")
    ahead = [h for h in rules.within(document, "loop_cue", low, first) if leads.search(document.chars, h.end, first)]
    after += [h.row.reading for h in ahead if h.row.reading == "strong"]
    return "strong" if "strong" in after else "weak" if after else ""


def _in_order(stages):
    """Whether three stages or more stand in the order of work, but for one of four or more."""
    ranks = [STAGES.index(s) for s in stages]
    back = sum(b < a for a, b in zip(ranks, ranks[1:], strict=False))
    return len(set(stages)) >= LEAST and back <= (len(stages) > LEAST)


def _letters(document, sentence):
    """采、审、派、办、督、结: loops written with one character a stage, beside a word that says so."""
    runs = []
    for h in lists.found(document, "stage_letter", sentence.start, sentence.end):
        stage = Stage(h.start, h.end, h.row.reading, h.row.id)
        if runs and LETTERS.fullmatch(document.chars, runs[-1][-1].end, h.start):
            runs[-1].append(stage)
        else:
            runs.append([stage])
    return [
        run
        for run in runs
        if len(run) >= LEAST
        and not HAN.match(document.chars[max(0, run[0].start - 1) : run[0].start])
        and not HAN.match(document.chars[run[-1].end :][:1])
        and _cue(document, sentence, run) == "strong"
    ]


def _clauses(document, stages):
    """大厅受理分流，部门接单处置，专班参与调解，中心跟踪督办: short clauses side by side, each of which ends with its
    stage, in the order of work; one more of them than of stages in other notations."""
    runs = [[]]
    for stage in stages:
        start, end = document.clause(stage.start)
        if end - start > BRIEF or document.chars[stage.end : end].strip(lists.BLANKS):
            continue
        if not runs[-1] or start - runs[-1][-1].end > 2:
            runs.append([])
        runs[-1].append(stage)
    told = [run for run in runs if len(run) > LEAST and run[-1].stage in RESULTS]
    return [run for run in told if _in_order([s.stage for s in run]) and run == sorted(run, key=_rank)]


def _rank(stage):
    return STAGES.index(stage.stage)


def _narrated(document, sentence, stages):
    """分析…，对发现的…，联动…，及时处置: clauses in the order of work, led on by words such as 及时 and 自动."""
    leads, told = rules.hits(document, "loop_lead"), {}
    for stage in stages:
        clause = document.clause(stage.start)
        low = max(clause[0], stage.start - NEAR)
        near = leads[bisect_left(leads, low, key=BEGINNING) : bisect_right(leads, stage.start, key=BEGINNING)]
        led = [h for h in near if "、" not in document.chars[h.start : stage.start]]
        apart = clause not in {document.clause(s.start) for s in told.values()}
        if led and apart:
            told.setdefault(document.chars[stage.start : stage.end], replace(stage, rule=led[-1].row.id))
    run = list(told.values())
    near = all(b.start - a.end <= FAR for a, b in zip(run, run[1:], strict=False))
    return [run] if near and _in_order([s.stage for s in run]) and run[-1].stage in RESULTS else []
