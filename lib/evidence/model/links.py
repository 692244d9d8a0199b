"""Links: who works with whom, from the words of joint action."""

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import combinations, product

from lib.evidence.model import enumerations as lists
from lib.evidence.model import role_subjects
from lib.evidence.model.actor_groups import Actor, Group, groups, of
from lib.evidence.model.enumerations import alternatives
from lib.evidence.model.role_formulas import short
from lib.evidence.model.status import standing

CLAUSE = re.compile("[,，。；;：:！？]")
NEAR = re.compile(r"(?:了)?[\u4e00-\u9fff\d.“”]{0,8}")
BLOCK = re.compile("[的对为在将把]|工作|机制|印发|制定|出台|指挥|处置|执法")
QUOTED = re.compile(r"[“‘]\s*([^“”‘’、,，]{2,30}[+＋][^“”‘’、,，]{1,30})\s*[”’]")
POLICE_ROOM = re.compile("合成作战中心|情指中心|公安[\u4e00-\u9fff]{0,4}中心|派出所|警务站|警务室")
POSTED = re.compile(r"[^。；;,，]{0,6}(?:派驻|入驻|进驻|常驻|驻点)")
SENTENCE = 300  # characters over which a subject holds
MANY = 6  # above this the first actor is linked to each, not each to each


@cache
def _rules(lexicon):
    """{frame: pattern of its words}."""
    frames = {}
    for r in lists.checked(lexicon, "joint_verbs", "frame", ("between", "among", "over", "with")):
        frames.setdefault(r["frame"], []).append(r["word"])
    return {frame: re.compile(alternatives(words)) for frame, words in frames.items()}


def links(document, lexicon, mentions):
    """Rows of `links`, symmetric, each pair of a sentence once; `mentions` are the actors of the document.

    The span runs from the first of the two to the last, or to the verb, where that may be shown; else it is the verb's
    neighbourhood. The sentence's first actor is the subject of later clauses that name none, and the last subject of
    its paragraph that of sentences that name none; a body's, of its whole section.
    """
    chars, actors, rows, subject = document.text.chars, of(mentions), [], None
    for sentence in document.sentences:
        known = groups(chars, sentence, actors, lexicon)
        subject = _still(document, sentence, subject)
        pairs = {}
        for a, b, verb in _pairs(chars, sentence, (known, lexicon, subject and subject[1])):
            words = frozenset(chars[x.start : x.end] for x in (a, b))
            if len(words) == 2:
                pairs.setdefault(words, (a, b, verb))
        rows += [row for pair in pairs.values() for row in _rows(document, sentence, *pair)]
        acting = [g for g in known if role_subjects.subject(chars, sentence, g)]
        subject = (sentence, acting[0]) if acting else subject
    return standing(document, rows, lexicon)


def _rows(document, sentence, a, b, verb):
    """The rows of a pair, one for each of its kinds; a subject of an earlier sentence lies outside the span."""
    inside = [x for x in (a, b) if sentence.start <= x.start]
    row = _row(document, a, b, (verb, inside))
    return [{**row, "a_kind": x, "b_kind": y} for x, y in product(*(p.kinds for p in sorted((a, b), key=_start)))]


def _still(document, sentence, subject):
    """The (sentence, group) that was the last subject, where it still holds."""
    if not subject or subject[0].passage == sentence.passage:
        return subject
    then, now = (document.passages[s.passage].section for s in (subject[0], sentence))
    return subject if then == now and role_subjects.is_body(document.text.chars, subject[1]) else None


def _start(actor):
    return actor.start


def _row(document, a, b, at):
    chars, (verb, inside) = document.text.chars, at
    a, b = sorted((a, b), key=_start)
    first, last = min(inside, key=_start), max(inside, key=_start)
    spans = (
        (min(first.start, verb[0]), max(last.end, verb[1])),
        (first.start, last.end),
        (min(last.start, verb[0]), max(last.end, verb[1])),
        (last.start, last.end),
    )
    start, end = next((span for span in spans if lists.shown(document, *span)), spans[-1])
    return {
        "start": start,
        "end": end,
        "a": lists.plain(chars[a.start : a.end]),
        "b": lists.plain(chars[b.start : b.end]),
        "verb": chars[slice(*verb)],
    }


def _pairs(chars, sentence, rules):
    """(actor, actor, span of the verb) in a sentence."""
    known, lexicon, ahead = rules
    frames = _rules(lexicon)
    for group in known:
        yield from _summed(chars, group)
        yield from _posted(chars, sentence, group)
    yield from _short_sums(chars, sentence, lexicon)
    if not known:
        return
    for m in frames["between"].finditer(chars, sentence.start, sentence.end):
        yield from _between(chars, sentence, (known, m, ahead))
    for m in frames["among"].finditer(chars, sentence.start, sentence.end):
        yield from _among(chars, sentence, (known, m))
    for m in frames["over"].finditer(chars, sentence.start, sentence.end):
        right = _right(chars, known, m)
        yield from _each(right.actors if right else (), m.span())
    yield from _with(chars, sentence, (known, frames["with"]))


def _summed(chars, group):
    """社区民警+网格员+志愿者."""
    between = [chars[a.end : b.start] for a, b in zip(group.actors, group.actors[1:], strict=False)]
    if between and all(re.fullmatch(r"[^+＋、]{0,4}[+＋][^+＋、]{0,4}", words) for words in between):
        for a, b in combinations(group.actors, 2):
            at = max(chars.rfind(plus, a.end, b.start) for plus in "+＋")
            yield a, b, (at, at + 1)


def _short_sums(chars, sentence, lexicon):
    """“警务室+部门”: a quoted sum of short names of actors, which only stand for them there."""
    for m in QUOTED.finditer(chars, sentence.start, sentence.end):
        spans = lists.split(chars, m.span(1), "[+＋]")
        kinds = [short(lexicon).get(chars[a:b]) for a, b in spans]
        if all(kinds):
            actors = tuple(Actor(a, b, kind) for (a, b), kind in zip(spans, kinds, strict=True))
            yield from _summed(chars, Group(actors, actors[-1].end))


def _posted(chars, sentence, group):
    """建成合成作战中心, 银行、企业派驻: who is posted to a room of the police works with them."""
    rooms = list(POLICE_ROOM.finditer(chars, sentence.start, group.start))
    m = POSTED.match(chars, group.end, sentence.end)
    if rooms and m and not re.search("[；;]", chars[rooms[-1].end() : group.start]):
        room = Actor(*rooms[-1].span(), "police")
        yield from ((room, a, (m.end() - 2, m.end())) for a in group.actors if "police" not in a.kinds)


def _right(chars, known, m):
    """The group that follows a verb closely."""
    at = bisect_left(known, m.end(), key=lambda g: g.start)
    gap = chars[m.end() : known[at].start] if at < len(known) and known[at].start - m.end() < 16 else "。"
    return known[at] if NEAR.fullmatch(gap) and not BLOCK.search(gap) else None


def _left(chars, known, m, reach=16):
    """The group that stands before a verb in its clause."""
    at = bisect_right(known, m.start(), key=lambda g: g.actors[-1].end) - 1
    end = known[at].actors[-1].end
    near = at >= 0 and m.start() - end <= reach and not CLAUSE.search(chars, end, m.start())
    return known[at] if near else None


def _subject(chars, known, m):
    """The first group of the sentence, if it stands before the verb and no semicolon parts them."""
    first = known[0] if known and m.start() - SENTENCE < known[0].actors[-1].end <= m.start() else None
    if not first or re.search("[；;]", chars[first.end : m.start()]):
        return None
    more = [g for g in known[1:4] if g.end < m.start() and re.search("还有|以及", chars[first.end : g.start][-24:])]
    return Group(first.actors + tuple(a for g in more for a in g.actors), first.end)


def _between(chars, sentence, found):
    """民警联合网格员; 公安 …，联动城管、交通."""
    known, m, ahead = found
    right = _right(chars, known, m) if chars[m.start() - 1] not in "家个名" else None
    left = (_left(chars, known, m) or _subject(chars, known, m) or ahead) if right else None
    if left and right and not set(left.actors) & set(right.actors):
        for a, b in product(left.actors, right.actors):
            yield a, b, m.span()


def _among(chars, sentence, found):
    """民警、辅警、保安共同参与; 由民警牵头，辅警、保安共同加入: who leads is one of them.

    Who supports (配合) works with who leads; the text does not say that supporters work with each other.
    """
    known, m = found
    left = _left(chars, known, m, reach=10)
    if not left:
        return
    members = left.actors
    at = bisect_left(known, left.start, key=lambda g: g.start)
    near = known[max(0, at - 3) : at]
    ahead = [g for g in near if re.match("牵头|主导|带领", chars[g.end : g.end + 2])]
    if m.group() == "配合":
        yield from ((a, b, m.span()) for a, b in product(ahead[-1].actors if ahead else (), members))
        return
    if ahead and m.group() in ("共同", "联合", "协同"):
        members = ahead[-1].actors + members
    if len(members) > 1 and not (_right(chars, known, m) and m.group() in ("联合", "协同", "联动", "融合")):
        yield from _each(members, m.span())


def _with(chars, sentence, found):
    """公安与律师事务所建立…协作; the subject may stand in an earlier clause."""
    known, words = found
    for left, right in zip([None, *known], known, strict=False):
        link = re.compile(r"(?:与|同|和)(?!时|步)").search(chars, left.end if left else sentence.start, right.start)
        if not link or right.start - link.end() > 8 or CLAUSE.search(chars, link.end(), right.start):
            continue
        stop = CLAUSE.search(chars, right.end, sentence.end)
        verb = words.search(chars, right.end, min(stop.start() if stop else sentence.end, right.end + 16))
        near = left and not CLAUSE.search(chars, left.end, link.start() - 1)
        a = left if near else known[0] if known[0] is not right and len(known[0].actors) == 1 else None
        if verb and a:
            yield from ((x, y, verb.span()) for x, y in product(a.actors, right.actors))
    yield from _joined(chars, sentence, (known, words))


def _joined(chars, sentence, found):
    """居民与民警联动: both sides stand in one group, which only a word of joint action after it links."""
    known, words = found
    for group in known:
        if len(group.actors) == 2 and re.search("[与同]", chars[group.actors[0].end : group.actors[1].start]):
            stop = CLAUSE.search(chars, group.end, sentence.end)
            verb = words.search(chars, group.end, min(stop.start() if stop else sentence.end, group.end + 16))
            if verb:
                yield (*group.actors, verb.span())


def _each(members, verb):
    """Every pair of members; the first with each where they are many."""
    pairs = combinations(members, 2) if len(members) <= MANY else product(members[:1], members[1:])
    yield from ((a, b, verb) for a, b in pairs)
