"""Loops: the stages by which an incident travels, in whatever notation the text has them."""

import re
from dataclasses import dataclass
from functools import cache

from lib.evidence.model import enumerations as lists
from lib.evidence.model.status import standing

ORDER = ("sense", "collect", "verify", "analyse", "warn", "order", "act", "mediate", "feedback", "supervise", "archive")
DASH = r"\s*(?:[-－—–─―]{1,3}>?|→|➔|➜|⟶|⇒|➡|=>|[>＞»]{1,2}|[~～])\s*"
NUMBERED = r"[①-⑳⑴-⑽❶-❿]|[(（]\d[)）]|(?<!\d)\d[.．、](?!\d)|第?[一二三四五六七八九]步(?:是|为|[,，:：])?"
BREAK = re.compile(
    rf"(?P<dash>{DASH})|(?P<number>[、,，；;]?\s*(?:{NUMBERED}))"
    r"|(?P<to>[、,，]?(?:再|并)?到(?!位|达|底|场|岗|户|期|家))"
    r"|(?P<comma>[,，；;])|(?P<list>[、/／]|(?<=[\u4e00-\u9fff])(?:以及|和|及|与|直至|至)(?=[\u4e00-\u9fff]))"
)
CLOSED = re.compile("闭环|循环|回路")
MOST = 16  # stages of a loop
REACH = 14  # characters after the last stage in which a cue may stand


@dataclass(frozen=True)
class Piece:
    """What stands between two breaks; `kind` is the notation of the break before it."""

    start: int
    end: int
    kind: str


@cache
def _rules(lexicon):
    """({word: stage}, pattern of stage words, {cue: strength}, pattern of cues)."""
    stages = {r["word"]: r["stage"] for r in lists.checked(lexicon, "stages", "stage", (*ORDER, "other"))}
    cues = {r["word"]: r["strength"] for r in lists.checked(lexicon, "stages_cues", "strength", ("strong", "weak"))}
    words = re.compile(lists.alternatives(w for w in stages if len(w) > 1))
    return stages, words, cues, re.compile(lists.alternatives(cues))


def loops(document, lexicon):
    """Rows of `loops`: a row a stage, its span the stage's words; `closes`: the text itself calls the loop closed.

    Stages joined by dashes or arrows, or numbered, are a loop by their notation; an enumeration only beside a word
    such as 闭环, 流程, or, where its stages stand in the order of work, 机制. A loop told twice is one loop.
    """
    rows, told = [], set()
    for sentence in document.sentences:
        for run in _runs(document.text.chars, sentence, lexicon):
            key = tuple(document.text.chars[a:b] for a, b, _ in run)
            if key not in told:
                told.add(key)
                rows += _rows(document, sentence, run)
    return standing(document, rows, lexicon)


def _rows(document, sentence, run):
    around = document.text.chars[max(sentence.start, run[0][0] - REACH) : min(sentence.end, run[-1][1] + 2 * REACH)]
    closes = "true" if CLOSED.search(around) else "false"
    return [
        {
            "start": a,
            "end": b,
            "loop": f"l{run[0][0]}",
            "order": n,
            "stage": stage,
            "closes": closes,
            "stage_text": lists.plain(document.text.chars[a:b]),
        }
        for n, (a, b, stage) in enumerate(run, 1)
    ]


def _runs(chars, sentence, lexicon):
    """Each loop of a sentence as [(start, end, stage)]."""
    pieces = _pieces(chars, sentence)
    at, found = 0, []
    while at < len(pieces):
        run, used = _longest(chars, pieces[at : at + MOST + 1], lexicon)
        if run and _is_loop(chars, sentence, (pieces[at : at + used], run), lexicon):
            found.append(run)
            at += used
        else:
            at += 1
    return found or _letters(chars, sentence, lexicon)


def _pieces(chars, sentence):
    pieces, start, kind = [], sentence.start, ""
    for m in BREAK.finditer(chars, sentence.start, sentence.end):
        pieces.append(Piece(*lists.trimmed(chars, start, m.start()), kind))
        start, kind = m.end(), m.lastgroup
    return [*pieces, Piece(*lists.trimmed(chars, start, sentence.end), kind)]


def _longest(chars, pieces, lexicon):
    """(stages, pieces used) of the longest run from the first piece; one unknown word may stand between dashes."""
    run = _first(chars, pieces[0], lexicon) or _unknown(chars, pieces[:2])
    if not run:
        return [], 0
    used = 1
    for piece in pieces[1 : MOST + 1]:
        stages, whole = _next(chars, piece, lexicon)
        kinds = {p.kind for p in pieces[1:used]}
        if kinds == {"dash"} and piece.kind != "dash" or not stages or used == MOST:
            break
        if piece.kind == "comma" and "list" in kinds and "to" not in kinds:
            break
        run, used = run + stages, used + 1
        if not whole:
            break
    while run and run[-1][2] == "other" and chars[run[-1][1] : run[-1][1] + 1] not in tuple('”’"'):
        run, used = run[:-1], used - 1
    return run, used


def _first(chars, piece, lexicon):
    """Stages at the very end of a piece: what stands before them leads up to the loop."""
    found = _stages(chars, piece.start, piece.end, lexicon)
    tail, end = [], piece.end
    for a, b, stage in reversed(found):
        if b != end:
            break
        tail, end = [(a, b, stage), *tail], a
    return _merged(tail)


def _unknown(chars, pieces):
    """A quoted first word before a dash that is no stage we know: “预防-处置-反馈”."""
    if len(pieces) < 2 or pieces[1].kind != "dash":
        return []
    start = max(chars.rfind(q, max(0, pieces[0].start - 1), pieces[0].end) for q in '“‘"') + 1
    return [(start, pieces[0].end, "other")] if start and 2 <= pieces[0].end - start <= 4 else []


def _next(chars, piece, lexicon):
    """(stages of a later piece, whether the piece is nothing else); the last stage may be followed by other words."""
    found = _stages(chars, piece.start, piece.end, lexicon)
    if not found:
        end = min([i for i in range(piece.start, piece.end) if chars[i] in '”’"'], default=piece.end)
        short = piece.kind == "dash" and 2 <= end - piece.start <= 4
        return ([(piece.start, end, "other")], end == piece.end) if short else ([], False)
    if found[-1][1] == piece.end and piece.end - piece.start <= 10:
        chain = _chain(found[::-1])[::-1]
        return (_merged(chain), True) if chain[0][0] - piece.start <= 6 else ([], False)
    if found[0][0] - piece.start > 6:
        return [], False
    head = _chain(found)
    rest = chars[head[-1][1] : piece.end]
    return _merged(head), len(rest) <= 3 and "等" not in rest and piece.end - piece.start <= 8


def _chain(found):
    """The stages that follow each other without a gap, from the first on; works in either direction."""
    chain = found[:1]
    for stage in found[1:]:
        if stage[0] != chain[-1][1] and stage[1] != chain[-1][0]:
            break
        chain.append(stage)
    return chain


def _stages(chars, start, end, lexicon):
    stages, words, _, _ = _rules(lexicon)
    return [(m.start(), m.end(), stages[m.group()]) for m in words.finditer(chars, start, end)]


def _merged(found):
    """Neighbours of the same stage are one: 分析研判."""
    merged = found[:1]
    for a, b, stage in found[1:]:
        if stage == merged[-1][2] and a == merged[-1][1]:
            merged[-1] = (merged[-1][0], b, stage)
        else:
            merged.append((a, b, stage))
    return merged


def _is_loop(chars, sentence, found, lexicon):
    pieces, run = found
    kinds = [p.kind for p in pieces[1:]]
    known = [stage for _, _, stage in run if stage != "other"]
    if len(pieces) < 3 or not known:
        return False
    if all(k == "dash" for k in kinds) and _cue(chars, sentence, run, lexicon) == "strong":
        return True
    if len(set(known)) < 2 or len(known) < 3 or len(known) * 3 < len(run) * 2:
        return False
    if all(k == "dash" for k in kinds) or all(k == "number" for k in kinds):
        return True
    if "comma" in kinds and "list" in kinds and "to" not in kinds:
        return False
    strength = _cue(chars, sentence, run, lexicon)
    return strength == "strong" or strength == "weak" and len(set(known)) >= 3 and _in_order(known)


def _cue(chars, sentence, run, lexicon):
    """The strength of the cue that stands right after the run, or right before it with a colon."""
    _, _, cues, pattern = _rules(lexicon)
    after = re.split("[。；;,，]", chars[run[-1][1] : min(sentence.end, run[-1][1] + REACH)])[0]
    if "再到" in chars[run[0][0] : run[-1][0]]:
        after = chars[run[-1][1] : min(sentence.end, run[-1][1] + 2 * REACH)]
    before = chars[max(sentence.start, run[0][0] - REACH) : run[0][0]]
    found = [cues[m.group()] for m in pattern.finditer(after)]
    if after.startswith("等") and "strong" not in found:
        return ""
    if re.search(r"[:：“]|即|包括|按照|从", before):
        found += [cues[m.group()] for m in pattern.finditer(before) if cues[m.group()] == "strong"]
    return "strong" if "strong" in found else "weak" if found else ""


def _in_order(stages):
    """Whether the stages stand in the order of work, but for one."""
    ranks = [ORDER.index(s) for s in stages]
    return sum(b < a for a, b in zip(ranks, ranks[1:], strict=False)) <= 1


@cache
def _lettered(lexicon):
    """采、审、派、办、督、结: a pattern for stages of one character each."""
    letter = f"[{''.join(w for w in _rules(lexicon)[0] if len(w) == 1)}]"
    return re.compile(rf"(?<![\u4e00-\u9fff])(?:{letter}[、\-－—→]{{1,2}}){{2,}}{letter}(?![\u4e00-\u9fff、])")


def _letters(chars, sentence, lexicon):
    """Loops written with one character a stage, beside a word that says so."""
    stages, _, cues, pattern = _rules(lexicon)
    for m in _lettered(lexicon).finditer(chars, sentence.start, sentence.end):
        after = pattern.finditer(chars, m.end(), min(sentence.end, m.end() + REACH))
        if any(cues[c.group()] == "strong" for c in after):
            return [[(i, i + 1, stages[chars[i]]) for i in range(*m.span()) if chars[i] in stages]]
    return []
