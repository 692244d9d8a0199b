"""Links: who works with whom; a statement of joint action with n partners is one statement."""

import re

from lib.evidence.model import enumerations as lists
from lib.evidence.model.actor_groups import groups, within, words
from lib.evidence.model.roles import is_body, subject

PLUS = re.compile(r"[+＋]")
WITH = re.compile("[与同和跟]")


def links(document, mentions) -> list[dict]:
    """Rows of `links`: one a partner, its span the actor's; `link` is shared by the partners of one statement.

    `side`: subject, who brings the others in, or partner. The subject of a sentence is that of its later clauses and
    of later sentences of its paragraph that name none; a body's, of its whole section.
    """
    rows, last = [], []
    for sentence, known in zip(document.sentences, groups(document, mentions), strict=True):
        last = [told for told in last if _holds(document, sentence, *told)]
        for subjects, partners, verb, rule in _statements(document, sentence, known, last[-1][1] if last else None):
            rows += _rows(document, (subjects, partners), verb, rule)
        for group in [group for group in known if subject(document, group)][:1]:
            body = is_body(document, group)
            last = [told for told in last if told[2] and not body][-1:] + [(sentence, group, body)]
    return rows


def _rows(document, sides, verb, rule):
    """The rows of one statement, none where it names fewer than two partners."""
    told = {}
    for side, actors in zip(("subject", "partner"), sides, strict=True):
        for actor in actors:
            told.setdefault(lists.plain(document.chars[actor.start : actor.end]), (actor, side))
    if len(told) < 2:
        return []
    row = {"link": f"k{verb[0]}", "verb": document.chars[slice(*verb)], "rule": rule}
    return [
        {**row, "start": a.start, "end": a.end, "actor": name, "actor_kind": kind, "side": side}
        for name, (a, side) in told.items()
        for kind in a.kinds
    ]


def _holds(document, sentence, then, group, body):
    """Whether the subject of an earlier sentence is still that of one that names none."""
    if then.passage == sentence.passage:
        return True
    before, now = (document.passages[s.passage].section for s in (then, sentence))
    return before == now and body


def _statements(document, sentence, known, last):
    """(subjects, partners, span of the verb, rule) of each statement of joint action, the surest of each group."""
    for n, group in enumerate(known):
        if _summed(document, group.actors):
            yield (), group.actors, (group.actors[0].end, group.actors[0].end + 1), "sum"
            continue
        for hit in lists.readings(document, group.start, group.end, "joint"):
            if any(hit.end <= g.start and g.end <= group.start for g in known):
                continue
            if sides := SIDES[hit.row.reading](document, known, n, hit):
                subjects = _ahead(document, known, group, last) if sides[0] is None else sides[0]
                if subjects or hit.row.reading != "supports":
                    yield subjects, sides[1], (hit.start, hit.end), hit.row.id
                break
    yield from _short_sums(document, sentence, known)


def _ahead(document, known, group, last):
    """The actors of the subject: the first group of the same group of clauses, else the last subject."""
    first = next((g for g in known if document.group(g.start) == document.group(group.start)), group)
    if first.start < group.start:
        return first.actors
    return last.actors if last else ()


def _pair(document, known, n, hit):
    """民警联合网格员; 公安 …，联动城管: whoever stands before the verb in its clause, else the subject."""
    before = known[n - 1] if n and known[n - 1].end <= hit.start else None
    near = before and document.clause(before.start) == document.clause(hit.start) and hit.start - before.end <= 16
    return (before.actors if near else None), known[n].actors


def _over(document, known, n, hit):
    """整合特警、派出所、交警警力: those who are brought together."""
    return ((), known[n].actors) if len(known[n].actors) > 1 else None


def _all(document, known, n, hit):
    """民警、辅警共同参与; 由民警牵头，辅警、保安共同加入: who leads is one of them."""
    actors, before = known[n].actors, known[n - 1] if n else None
    led = before and lists.pattern(document.lexicon, "heading").match(document.chars, before.end)
    if led and "；" not in document.chars[before.end : actors[0].start]:
        actors = before.actors + actors
    return ((), actors) if len(actors) > 1 else None


def _with(document, known, n, hit):
    """公安与银行建立协作机制: the sides of 与, in one group or in two."""
    group, before = known[n], known[n - 1] if n else None
    if len(group.actors) > 1:
        gap = document.chars[group.actors[-2].end : group.actors[-1].start]
        told = WITH.search(gap) and group.actors[-1].end <= hit.start
        return (group.actors[:-1], group.actors[-1:]) if told else None
    low = max(document.clause(group.start)[0], before.end if before else 0)
    link = WITH.search(document.chars, low, group.start)
    if not link or group.start - link.end() > 14:
        return None
    near = before and document.clause(before.start) == document.clause(group.start)
    return (before.actors if near else None), group.actors


def _supports(document, known, n, hit):
    """物业配合民警; 由公安牵头，街道配合: who supports, and whom."""
    after = known[n + 1] if n + 1 < len(known) and known[n + 1].start - hit.end < 4 else None
    before = (
        known[n - 1]
        if n and lists.pattern(document.lexicon, "heading").match(document.chars, known[n - 1].end)
        else None
    )
    head = after or before
    return (head.actors if head else None), known[n].actors


SIDES = {"pair": _pair, "over": _over, "all": _all, "with": _with, "supports": _supports}


def _summed(document, actors):
    """Whether plus signs stand between all actors: 社区民警+网格员+志愿者."""
    gaps = [document.chars[a.end : b.start] for a, b in zip(actors, actors[1:], strict=False)]
    return bool(gaps) and all(len(gap) <= 9 and PLUS.search(gap) for gap in gaps)


def _short_sums(document, sentence, known):
    """“警务室+部门”: a quoted sum of short words for actors that no group holds."""
    for start, end in document.quoted(sentence.start, sentence.end):
        if not PLUS.search(document.chars, start, end):
            continue
        spans = lists.split(document.chars, (start + 1, end - 1), PLUS)
        actors = [a for a in within(words(document), start, end) if (a.start, a.end) in spans]
        if len(actors) == len(spans) and not any(_summed(document, g.actors) and start <= g.start < end for g in known):
            yield (), tuple(actors), (spans[0][1], spans[0][1] + 1), "sum"
