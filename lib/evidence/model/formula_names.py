"""Where a place gives its model a formula (4+X, 1611, 一厅五室, “A+B+C”, 六张网), what numbers make it up."""

import os.path
import re
from dataclasses import dataclass

from lib import rules
from lib.evidence.model import enumerations as lists
from lib.reading.spans import CLOSE, OPEN

SURE = 10  # the weight from which a name alone is a formula
APART, NOUN = 1500, 4  # characters from one heading to the next; of what headings share
PLUS = re.compile(r"\s*\+\s*")
BREAK = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True)
class Shape:
    """A formula as it stands: span of its name, name, parts as (count or None, words), kind, rule and whether the text
    must say its parts for it to be one; `spans`: the parts, where the formula is nothing but its list."""

    start: int
    end: int
    name: str
    parts: tuple
    kind: str
    rule: str
    unsure: bool = False
    spans: tuple = ()


def shapes(document, sentence) -> list[Shape]:
    """Every formula of a sentence, in order, none inside another."""
    hits = lists.told(document, "formula", sentence.start, sentence.end)
    return [shape for shape in (_shape(document, hit) for hit in hits) if shape]


def _shape(document, hit):
    """The shape of a hit; None where its words are no numbers and nouns after all."""
    words, kind = lists.plain(document.chars[hit.start : hit.end]), hit.row.reading
    unsure = hit.row.weight < SURE or kind == "counted"
    if kind in ("list", "joint"):
        return _parallel(document, hit, words)
    parts = READERS[kind](document.lexicon, re.split(f"[{CLOSE}]", document.chars[hit.start : hit.end])[0])
    if kind == "set" and len(parts) > 1 and all(count == 1 for count, _ in parts):
        kind, parts = "each", _each(document.lexicon, words)
    if kind == "parameter":
        words = re.sub(r"[\-—/,，]+", "、", words)
    return Shape(hit.start, hit.end, words, tuple(parts), kind, hit.row.id, unsure) if parts else None


def _parallel(document, hit, words):
    """Parallel words that no number sums up: 情报联采、隐患联排、纠纷联调 are 三联, a name that is ours."""
    (start, end), *others = lists.items(document, hit.start, hit.end)
    if hit.row.reading == "joint":
        sizes = {b - a for a, b in others}
        start = max(start, end - sizes.pop()) if len(sizes) == 1 else lists.unled(document, (start, end))[0]
        words = f"{sign(document, len(others) + 1)}{document.chars[others[-1][1] - 2]}"
    spans = ((start, end), *others)
    return Shape(start, hit.end, words, ((len(spans), ""),), hit.row.reading, hit.row.id, spans=spans)


def sign(document, number: int) -> str:
    """A small number in Chinese: 三."""
    return lists.pattern(document.lexicon, "few").pattern[4:-2][number - 1]


def _sum(_lexicon, words):
    """4+X, A+B+C; 123+N are four parts."""
    parts = [p for p in PLUS.split(words.strip()) if p]
    if re.fullmatch(r"[1-9]{3,4}", parts[0]) and len(parts) == 2:
        parts = [*parts[0], parts[1]]
    return [_term(p) for p in parts]


def _term(words):
    """(count, words) of one summand: a small number or letter counts, anything else is named by itself."""
    if words.isdigit():
        return int(words), ""
    return None, "" if re.fullmatch("[NnXx]", words) else lists.plain(words)


def _open(_lexicon, words):
    return [(None, lists.plain(PLUS.split(words)[0])), (None, "")]


def _code(_lexicon, words):
    """公安大脑1611, 1234, 一二三四."""
    digits = re.search(r"\d+", words)
    return [(lists.number(d), "") for d in (digits[0] if digits else words)]


def _run(lexicon, words):
    """一个平台、两项服务; 一个中心一张网; 一屏统览、一网统管, where each is named by itself."""
    piece = lists.pattern(lexicon, "formula_run")
    found = [m for p in BREAK.split(words) for m in piece.finditer(p)]
    bare = not any(m["by"] for m in found)
    return [(lists.number(m["n"]), m[0] if bare else m["noun"]) for m in found]


def _set(lexicon, words):
    """一厅五室, 三统筹, 四包责任制: numbers with what they count."""
    found = list(lists.pattern(lexicon, "formula_piece").finditer(words))
    if "".join(m[0] for m in found) != words:
        return []
    head = lists.pattern(lexicon, "formula_head", "(?<=.){}$")
    return [(lists.number(m["n"]), head.sub("", m["noun"])) for m in found]


def _counted(lexicon, words):
    """三道防线, 三流合一: one number and what it counts."""
    m = lists.pattern(lexicon, "formula_n", "(?P<n>{})").match(words)
    by = lists.pattern(lexicon, "formula_by", "(?:{}(?=..))?").match(words, m.end())
    return [(lists.number(m["n"]), words[by.end() :])]


def _each(lexicon, words):
    """一村一警 says itself what its parts are: one village, one officer."""
    return [(1, m[0]) for m in lists.pattern(lexicon, "formula_piece").finditer(words)]


def _parameter(_lexicon, words):
    return [(None, re.sub(r"[\s\-—/,，]+", "、", words))]


READERS = {
    **{"sum": _sum, "open": _open, "code": _code, "run": _run},
    **{"set": _set, "counted": _counted, "each": _each, "parameter": _parameter},
}


def headings(document) -> list[Shape]:
    """一是织密X网。… 二是织密Y网。…: three parallel headings or more that share their end."""
    found, run = [], []
    for hit in rules.hits(document, "formula.point"):
        mark, number = document.chars[hit.start], sign(document, len(run) + 1)
        goes_on = run and hit.start - run[-1].end <= APART and mark in (number, document.chars[run[0].start])
        if goes_on and number in document.chars[hit.start : hit.start + 2]:
            run.append(hit)
            continue
        found += _shared(document, run)
        run = [hit] if sign(document, 1) in document.chars[hit.start : hit.start + 2] else []
    return found + _shared(document, run)


def _shared(document, run):
    """The formula of some headings, if they share their last words: 三张网; 三劲, where the text has it."""
    words = [document.chars[h.start + 2 : h.end].lstrip(")）") for h in run]
    shared = os.path.commonprefix([w.rstrip(CLOSE)[::-1] for w in words])[::-1]
    if len(run) < 3 or not 0 < len(shared) <= NOUN:
        return []
    count, nets = sign(document, len(run)), [n for n in rules.hits(document, "formula.net") if n.end == run[0].end]
    if f"{OPEN[0]}{count}{shared[-1]}{CLOSE[0]}" in document.chars:
        name = f"{count}{shared[-1]}"
    elif nets or len(shared) > 1:
        name = f"{count}{nets[0].row.reading}{shared[-1]}" if nets else f"{count}个{shared}"
    else:
        return []
    lead = len(os.path.commonprefix([w[:4] for w in words]))
    spans = tuple((h.end - len(w) + lead, h.end) for h, w in zip(run, words, strict=True))
    return [Shape(*spans[0], name, ((len(run), ""),), "points", run[0].row.id, spans=spans)]
