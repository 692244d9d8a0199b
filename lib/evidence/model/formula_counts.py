"""Formulas that need no quotation marks because an enumeration agrees with their number: 数据、视频两大中台; 六张网."""

import os.path
import re
from functools import cache

from lib.evidence.model.formula_shapes import Shape
from lib.evidence.model.old_lists import (
    CLASSIFIER,
    CLOSE,
    DIGITS,
    HAN,
    NUMERAL,
    OPEN,
    either,
    enumeration,
    items,
    number,
    plain,
    unled,
    uses,
)

POINT = re.compile(
    r"(?:([一二三四五六七八九])是|[（(]([一二三四五六七八九])[）)])"
    r"([^。；;，,:：\n]{3,18})(?=[。；;，,:：\n])"
)
THINGS = re.compile(
    rf"(?P<n>{NUMERAL})(?P<by>{CLASSIFIER})(?![一的])(?P<noun>[\u4e00-\u9fff]{{2,10}}?)"
    r"(?=[、，,。；;：:）)”“为的并和及等\d]|实现|$)"
)
JOINT = re.compile(rf"(?:{HAN}{{2,5}}联{HAN}、){{2,}}{HAN}{{2,5}}联{HAN}(?=等|[”’]|的|[,，。；;]|机制|工作)")
LIST = re.compile(rf"[{OPEN}]([^{OPEN}{CLOSE}。！？\n]{{5,39}})[{CLOSE}]")
CALENDAR = re.compile(f"[日周旬月季年]{HAN}{{2,4}}")
CORE = re.compile(rf"以({HAN}{{2,8}})为[{OPEN}]一({HAN}{{1,2}})[{CLOSE}]")
ALIKE = re.compile(rf"(?P<n>[{DIGITS}两])(?P<noun>[\u4e00-\u9fff])(?=工程|行动|机制|模式|体系|工作法|治理|格局|举措)")
VAGUE = "个位支条套座处本把"  # classifiers of ordinary counting: only a quoted enumeration makes a formula of them
LONGEST, APART = 16, 1500  # characters of an item; from one heading to the next


@cache
def _sets(lexicon):
    """三统筹, 七配齐, 三流合一: the words that a number makes a formula of."""
    return re.compile(rf"(?P<n>[{DIGITS}两])(?P<noun>{either(lexicon, 'set')})(?!体|[\u4e00-\u9fff]?[率数])")


def counted(chars, sentence, lexicon):
    """(shape, spans of its items) where the enumeration before a counted noun is as long as the count says."""
    for pattern in (_sets(lexicon), THINGS, ALIKE):
        for m in pattern.finditer(chars, sentence.start, sentence.end):
            total = number(m.group("n")) or 0
            spans = enumeration(chars, sentence, m.start(), lexicon) if 2 <= total <= 12 else []
            if spans and all(b - a <= LONGEST for a, b in spans) and _agree(chars, m, spans, lexicon):
                shape = Shape(m.start(), m.end(), plain(m.group()), ((total, m.group("noun")),), "counted")
                yield shape, spans[-total:]
    for m in CORE.finditer(chars, sentence.start, sentence.end):
        yield Shape(m.start(2) - 1, m.end(2), f"一{m.group(2)}", ((1, m.group(2)),), "counted"), [m.span(1)]


def parallel(chars, sentence, lexicon):
    """(shape, spans) of three parallel words or more that no number sums up: 情报联采、隐患联排、纠纷联调."""
    for m in JOINT.finditer(chars, sentence.start, sentence.end):
        first, *others = items(chars, *m.span())
        first = (
            unled(chars, first, lexicon)
            if len({b - a for a, b in others}) > 1
            else (max(first[0], first[1] - others[0][1] + others[0][0]), first[1])
        )
        spans = [first, *others]
        yield Shape(first[0], m.end(), f"{DIGITS[len(spans) - 1]}联", ((len(spans), ""),), "parallel", True), spans
    for m in LIST.finditer(chars, sentence.start, sentence.end):
        spans = items(chars, *m.span(1))
        words = [chars[a:b] for a, b in spans]
        if 3 <= len(words) <= 10 and plain(m.group(1)) not in uses(lexicon, "false") and _alike(words):
            yield Shape(*m.span(1), plain(m.group(1)), ((len(spans), ""),), "parallel"), spans


def _alike(words):
    """Whether all words end or begin with the same character, name terms of the calendar, or are single characters."""
    if any(len(w) > 5 or not re.fullmatch(f"{HAN}+", w) for w in words) or len(set(words)) < len(words):
        return False
    ends = any(len({w[i] for w in words}) == 1 for i in (0, -1)) and min(map(len, words)) > 1
    return ends or all(map(CALENDAR.fullmatch, words)) or len(words) > 3 and sum(len(w) > 1 for w in words) < 2


def _agree(chars, m, spans, lexicon):
    """Whether the enumeration is what the noun counts; 等 before the number excuses a shorter one."""
    total, noun, exact = number(m.group("n")), m.group("noun"), len(spans) == number(m.group("n"))
    if _is_counted(noun, lexicon):
        return False
    if m.re is ALIKE:
        return exact and all(chars[b - 1] == noun for _, b in spans)
    if m.re is THINGS:
        counts = any(re.search(rf"{NUMERAL}(?:{CLASSIFIER})", chars[a:b]) for a, b in spans)
        return exact and not counts and (m.group("by") not in VAGUE or chars[m.start() - 1] in CLOSE)
    return exact or chars[: m.start()].endswith("等") and len(spans) < total


def _is_counted(noun, lexicon):
    """Whether the noun is a thing that is merely counted (3个部门), not a part of a model."""
    return any(noun == w or len(w) > 1 and noun.endswith(w) for w in uses(lexicon, "not_model"))


def headings(chars, lexicon):
    """(shape, spans) of 一是织密X网。… 二是织密Y网。…: three parallel headings or more that share their end."""
    nets = re.compile(rf"(?:{either(lexicon, 'net')})$")
    run = []
    for m in [*POINT.finditer(chars), None]:
        rank = number(m.group(1) or m.group(2)) if m else 0
        alike = m and run and m.lastindex == run[-1].lastindex and bool(m.group(1)) == bool(run[-1].group(1))
        if run and (rank != len(run) + 1 or not alike or m.start() - run[-1].end() > APART):
            yield from _parallel(run, nets)
            run = []
        run = [*run, m] if rank == len(run) + 1 else run


def _parallel(run, nets):
    last = {found.group() if (found := nets.search(m.group(3))) else "" for m in run}
    shared = os.path.commonprefix([m.group(3)[::-1] for m in run])[:4][::-1]
    noun = last.pop() if len(last) == 1 and "" not in last else shared if len(shared) > 1 else ""
    if len(run) < 3 or not noun:
        return
    lead = len(os.path.commonprefix([m.group(3)[:4] for m in run]))
    spans = [(m.start(3) + lead, m.end(3)) for m in run]
    name = f"{DIGITS[len(run) - 1]}{'张' if noun == '网' else '个'}{noun}"
    yield Shape(*spans[0], name, ((len(run), ""),), "headings", True), spans
