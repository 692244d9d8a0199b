"""Time expressions of a sentence, and which of them governs a number; see dates.py for the days that they mean."""

import re
from dataclasses import dataclass
from functools import cache

from lib.lexicon import alternatives, compiled, words

AMONG = re.compile(alternatives("among others"))
BASE = re.compile(f"{alternatives('by a plan')}$")
AFTERWARDS = re.compile(alternatives("afterwards"))
RANGED, BARE = compiled("span in a time"), words("until without a time")
COVERS, BASE_YEAR = "covers", "base"
TAIL = 2  # characters of the word behind a time since which something holds
CLAUSES = ("since", "during")
BEGINS, WITH = compiled("begins a time"), words("with")
OPENS, CLAUSED, YEARLY = compiled("opens a clause of time"), compiled("ends a clause of time"), words("yearly")
COMPARED = re.compile(rf"{alternatives('compared with')}\s*$")
COMPARISON = re.compile(rf"\s*{alternatives('comparison ends')}")
GOES_ON, ITEM = compiled("goes on with a part of what was said"), compiled("item of an enumeration")
NUMBERED = compiled("number of a time")
HEAD, LASTS = compiled("before a time that heads a sentence"), compiled("span of time that holds on")
WHOLE_YEAR = words("whole year")
ELSEWHERE, EVENT, CARRIED = compiled("looks elsewhere in time"), compiled("single event of a year"), "carried"
ON_BASE = compiled("on a base")
PUBLIC, DAY = compiled("made public"), re.compile(alternatives("day or so"))
FROM, ADDED, APART = "from", compiled("added up since a time"), compiled("what stands apart in its group")
STOPS, GROUPS, COMMAS, RUNNING = ",，。;；:：、 ", ";；", (",", "，"), ("rate", "run")


@dataclass(frozen=True)
class Period:
    """A time expression in a sentence: its span, its words, the rule that found it."""

    start: int
    end: int
    words: str
    key: str


@cache
def _pattern(lexicon):
    """(the pattern of all time expressions, the one of clauses that end in 以来 or 期间, the rows' keys)."""
    rows = lexicon.rows("periods", "key", "pattern")
    for r in rows:
        lexicon.pattern("periods", r, "pattern")
    rows = [r for r in rows if r["key"] not in (COVERS, BASE_YEAR)]
    named = [(r["key"], f"(?P<p{i}>{r['pattern']})") for i, r in enumerate(rows)]
    whole, short = ("|".join(p for key, p in named if (key in CLAUSES) == clause) for clause in (True, False))
    clause = f"{OPENS.pattern}(?:{whole})"
    return re.compile(f"(?={BEGINS.pattern})(?:{short})"), re.compile(clause), [r["key"] for r in rows]


def periods(words, lexicon):
    """The Periods of a sentence in their order; the other side of a comparison (较去年, 与2019年相比) is none."""
    short, whole, keys = _pattern(lexicon)
    found = [m for m in whole.finditer(words)] if CLAUSED.search(words) else []
    covered = [m.span() for m in found]
    found += [m for m in short.finditer(words) if not any(a <= m.start() < b for a, b in covered)]
    told = [m for m in sorted(found, key=lambda m: m.start()) if not _compared(words, m)]
    spans = [_own(m, short, keys[int(m.lastgroup[1:])]) for m in told]
    return [Period(a, b, words[a:b].strip(), key) for a, b, key in spans]


def _own(m, short, key):
    """(start, end, key) of a time expression, without a subject that stands before it: 盗窃警情|10月以来."""
    start, end = m.span(m.lastgroup)
    if key in CLAUSES:
        inner = [n.start() for n in short.finditer(m.string, start, end) if n.end() in (end, end - TAIL)]
        start = inner[0] if inner and inner[0] - start > 1 else start
    return start, end, key


def of_comparison(words, at, lexicon):
    """The Period whose number comes first where one rose from it: 与2021年相比,协管员从50名增加到80名; else None."""
    short, _, keys = _pattern(lexicon)
    found = [m for m in short.finditer(words[:at]) if _beside(words, m) and keys[int(m.lastgroup[1:])] == "date"]
    return Period(*found[-1].span(), found[-1][0], "date") if found else None


def _beside(words, m):
    """Whether a time is the other side of a comparison: 较去年, 与2019年相比."""
    head = words[max(0, m.start() - 3) : m.start()]
    return COMPARED.search(head) or (head[-1:] in WITH and COMPARISON.match(words, m.end()))


def _compared(words, m):
    return (
        _beside(words, m)
        or AMONG.match(words, m.end())
        or BASE.search(words, max(0, m.start() - 2), m.start())
        or m[0] in BARE
        or _titled(words, m.start())
    )


def of_base(words, at, lexicon):
    """The Period of a comparison's other side that stands right before a number (较去年同期38件), else None."""
    pattern = next(r["pattern"] for r in lexicon.rows("periods", "key", "pattern") if r["key"] == BASE_YEAR)
    m = re.search(pattern, words[:at])
    return Period(m.start(), m.end(), m[0], "date") if m else None


def _titled(words, at):
    opened = words.rfind("《", 0, at)
    return opened >= 0 and words.find("》", opened, at) < 0 <= words.find("》", at)


def covering(document, lexicon, sentence):
    """The Period that the title or a heading above a sentence gives to all below it (2023年情况通报), else None."""
    if COVERS not in document.memo:
        pattern = "|".join(r["pattern"] for r in lexicon.rows("periods", "key", "pattern") if r["key"] == COVERS)
        document.memo[COVERS] = _covers(document, re.compile(pattern))
    whole, headed = document.memo[COVERS]
    above = [headed[h.start] for h in reversed(document.sections[sentence]) if h.start in headed]
    return above[0] if above else whole


def _covers(document, pattern):
    """(the Period of the whole text, {start of a heading: its Period})."""
    found = {}
    for p in document.passages:
        m = pattern.search(document.chars, p.start, p.end) if p.kind in ("title", "heading") else None
        if m and len(periods(document.chars[p.start : p.end], document.lexicon)) == 1:
            found[p.start] = Period(m.start(), m.end(), m[0], "date")
    lead = next((p for p in document.passages if p.kind not in ("title", "heading")), None)
    opening = [found[p.start] for p in document.passages[:3] if p.start in found]
    m = pattern.search(document.chars, lead.start, min(lead.end, lead.start + 80)) if lead and not opening else None
    return (opening or [m and Period(m.start(), m.end(), m[0], "date")])[0], found


def governing(found, words, at, clause, items=()):
    """The Period that governs a number at `at`: the nearest before it; a rate (日均) or run (连续3年) in its clause.

    `items` are where the items of an enumeration (一是, 二是) begin: a period inside one doesn't reach the next.
    """
    before = [p for p in found if p.start <= at and (p.key not in RUNNING or p.start >= clause or _alone(p, words))]
    before = [p for p in before if not any(p.end <= i <= at for i in items) or p.end <= items[0]]
    group = max(words.rfind(c, 0, at) for c in GROUPS)
    before = [p for p in before if p.key != FROM or ADDED.search(words, max(p.end, group), at)]
    before = [p for p in before if not AFTERWARDS.search(words, p.end, at) and not _made_public(p, words, at)]
    before = [p for p in before if not (_apart(p, words, at) or _of_one(p, words, at) or _of_a_base(p, words, at))]
    leads = [p for p in before if p.start == 0 or words[p.start - 1] in STOPS]
    before = [p for p in before if p.start >= clause or p in leads or not any(q.start < p.start for q in leads)]
    ranged = [p for p in before if p.key in ("date", "recent") and RANGED.search(p.words)]
    before = [p for p in before if not (ranged and p.key == "rate" and p.words.startswith(YEARLY))]
    return max(before, key=lambda p: (p.key == "rate", p.start), default=None)


def _alone(period, words):
    """Whether a period is a clause of its own (连续三年,破案率100%), which the clauses behind it stand under."""
    return words[period.start - 1 : period.start] in STOPS and words[period.end : period.end + 1] in COMMAS


def _apart(period, words, at):
    """Whether a number stands in another group of clauses than a period that opens none, by itself (…;46个社区…)."""
    begin, group = (max(words.rfind(c, 0, i) for c in GROUPS) + 1 for i in (period.start, at))
    clause = max(words.rfind(c, 0, at) for c in (*GROUPS, *COMMAS)) + 1
    inside = set(words[begin : period.start]) & set(COMMAS)
    apart = inside and (period.key == "now" or APART.search(words[clause:at]))
    return bool(group > period.end and apart) and "其中" not in words[group:at]


def heads_sentence(period, words):
    """Whether a period stands at the head of its sentence, behind 据统计 at most."""
    return bool(HEAD.fullmatch(words, 0, period.start))


def _of_one(period, words, at):
    """Whether a period is the attribute of another number, right behind it: 升至今年上半年的|90%。"""
    return at > period.end + 1 and bool(NUMBERED.match(words, period.end))


def _of_a_base(period, words, at):
    """Whether a period is the base's alone, on which a later number goes on: 在2020年下降9%的基础上再降|5%."""
    m = ON_BASE.search(words, period.end, at)
    return bool(m) and words[period.start - 1 : period.start] == "在"


def _made_public(period, words, at):
    """Whether a period is but the day on which the numbers behind it were made public."""
    return bool(DAY.search(period.words)) and bool(PUBLIC.search(words, period.end, at))


def carried(document, index, lexicon):
    """The Period that a sentence takes over from those before it in its passage, else None.

    其中 takes over what governs the end of the sentence before. A span of time that heads a sentence
    (2023年,…。破案120起。) holds until a sentence has a time of its own, looks elsewhere in time (此前, 下一步), is
    spoken, or the passage ends; the year of a single event (2023年,成立…) does not.
    """
    known = document.memo.setdefault(CARRIED, {})
    if index not in known:
        known[index] = _carried(document, index, lexicon)
    return known[index]


def _carried(document, index, lexicon):
    sentences = document.sentences
    if not index or sentences[index - 1].passage != sentences[index].passage:
        return None
    words, before = (document.chars[s.start : s.end] for s in (sentences[index], sentences[index - 1]))
    found = periods(before, lexicon)
    if GOES_ON.match(words):
        return _closing(document, index - 1, found) or carried(document, index - 1, lexicon)
    if ELSEWHERE.search(words):
        return None
    if heads := [p for p in found if _heads(p, before)]:
        return heads[0]
    own = [p for p in found if p.key not in RUNNING and p.words not in WHOLE_YEAR]
    stopped = own or ELSEWHERE.search(before)
    return None if stopped else carried(document, index - 1, lexicon)


def _closing(document, index, found):
    """The Period that governs the end of a sentence by its own words."""
    s = document.sentences[index]
    words, clause = document.chars[s.start : s.end], max(s.start, document.clause(s.end - 1)[0]) - s.start
    return governing(found, words, s.end - s.start, clause, items(words))


def _heads(period, words):
    """Whether a span of time heads its sentence, which tells no single event and nothing to come."""
    if period.key == "since":
        return not ELSEWHERE.search(words, period.end)
    head = heads_sentence(period, words) and words[period.end : period.end + 1] in COMMAS
    return bool(head and LASTS.fullmatch(period.words)) and not (EVENT.search(words) or ELSEWHERE.search(words))


def items(words):
    """Where the items of an enumeration (一是, 二是) begin in some words."""
    return [m.start() for m in ITEM.finditer(words)]
