"""Formulas that need no quotation marks because an enumeration agrees with their number: 数据、视频两大中台; 六张网."""
import os.path
import re
from functools import cache

from lib.evidence.formula_shapes import Shape
from lib.evidence.lists import CLASSIFIER, CLOSE, DIGITS, NUMERAL, either, enumeration, number, plain, uses

POINT = re.compile(r"(?:([一二三四五六七八九])是|[（(]([一二三四五六七八九])[）)])"
                   r"([^。；;，,:：\n]{3,18})(?=[。；;，,:：\n])")
THINGS = re.compile(rf"(?P<n>{NUMERAL})(?P<by>{CLASSIFIER})(?![一的])(?P<noun>[\u4e00-\u9fff]{{2,10}}?)"
                    r"(?=[、，,。；;：:）)”“为的并和及等\d]|实现|$)")
ALIKE = re.compile(rf"(?P<n>[{DIGITS}两])(?P<noun>[\u4e00-\u9fff])(?=工程|行动|机制|模式|体系|工作法|治理|格局|举措)")
VAGUE = "个位支条套座处本把"    # classifiers of ordinary counting: only a quoted enumeration makes a formula of them
LONGEST, APART = 16, 1500       # characters of an item; from one heading to the next


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
    return exact or chars[:m.start()].endswith("等") and len(spans) < total


def _is_counted(noun, lexicon):
    """Whether the noun is a thing that is merely counted (3个部门), not a part of a model."""
    return any(noun == w or len(w) > 1 and noun.endswith(w) for w in uses(lexicon, "not_model"))


def headings(chars, lexicon):
    """(shape, spans) of 一是织密X网。… 二是织密Y网。…: three parallel headings or more that share their last word."""
    nets = re.compile(rf"(?:{either(lexicon, 'net')})$")
    run = []
    for m in [*POINT.finditer(chars), None]:
        rank = number(m.group(1) or m.group(2)) if m else 0
        if run and (rank != len(run) + 1 or m.start() - run[-1].end() > APART):
            yield from _parallel(run, nets)
            run = []
        run = [*run, m] if rank == len(run) + 1 else run


def _parallel(run, nets):
    last = {found.group() if (found := nets.search(m.group(3))) else "" for m in run}
    if len(run) < 3 or len(last) != 1 or "" in last:
        return
    noun = last.pop()
    lead = len(os.path.commonprefix([m.group(3)[:4] for m in run]))
    spans = [(m.start(3) + lead, m.end(3)) for m in run]
    name = f"{DIGITS[len(run) - 1]}{'张' if noun == '网' else '个'}{noun}"
    yield Shape(*spans[0], name, ((len(run), ""),), "headings"), spans
