"""Actors that an enumeration names together: 公安、城管等5个部门 is one group."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from operator import attrgetter

from lib import rules
from lib.evidence.model import enumerations as lists
from lib.reading import numerals
from lib.reading.spans import HANZI
from lib.rules.anchors import gate
from lib.schemas import ACTORS

MOST, UNKNOWN = 24, 3  # actors of one group; items between two actors that no lexicon knows
AHEAD, UNNAMED = 6, 8  # characters of an item before its actor; of an item that no lexicon knows
NEIGHBOUR = 4  # characters between another place and its police
SURE = 10  # the weight of a role beyond which it makes a short word an actor
COUNT = re.compile(rf"{numerals.NUMERAL}[余多]*[名个支家位大]|第{numerals.ORDINAL}+条\s*")
BODIES = {k for k, row in ACTORS.items() if row["builds"]}
BEGINNING = attrgetter("start")
POINT = re.compile(f"[{HANZI}]+")


@dataclass(frozen=True)
class Actor:
    """An actor as it stands in the text; 党政 is of two kinds. `short`: known by a word that needs a neighbour."""

    start: int
    end: int
    kind: str
    short: bool = False

    @property
    def kinds(self) -> list[str]:
        """Its kinds; one, "", where nobody knows."""
        return self.kind.split() or [""]


@dataclass(frozen=True)
class Group:
    """Actors named together; `end` lies after what counts them: 等5个部门."""

    actors: tuple
    end: int

    @property
    def start(self) -> int:
        """Where the first of them begins."""
        return self.actors[0].start


@dataclass(frozen=True)
class Item:
    """An actor in a piece of an enumeration: where what counts it ends, whether it opens and closes the piece."""

    actor: Actor
    end: int
    opens: bool
    closes: bool
    many: bool


def groups(document, mentions) -> list[list[Group]]:
    """For each sentence its groups, in order; what is named only for its things (公安等部门业务系统) is none."""
    if "groups" not in document.memo:
        known = whole(document, lists.uncut(document, [Actor(m["start"], m["end"], m["type"]) for m in mentions]))
        document.memo["groups"] = [list(_groups(document, s, known)) for s in document.sentences]
    return document.memo["groups"]


def words(document) -> list[Actor]:
    """Short words for actors (支部, 社会, 网格): actors only in a list or beside the word of a role."""
    if "actor_words" not in document.memo:
        hits = lists.uncut(document, lists.apart(rules.hits(document, "actor")))
        document.memo["actor_words"] = [Actor(h.start, h.end, h.row.reading, True) for h in hits]
    return document.memo["actor_words"]


def whole(document, actors) -> list[Actor]:
    """Actors that stand side by side are one: 市委政法委; a committee of a body is the body's: 市局党委; the police of
    another place are that place's: 柏川县青溪乡派出所."""
    found, both = [], {(w.start, w.end): w.kind for w in words(document) if " " in w.kind}
    for actor in sorted(actors, key=lambda a: a.start):
        last, gap = (found[-1], document.chars[found[-1].end : actor.start]) if found else (None, "、")
        away = last and last.kind == "jurisdiction" and len(gap) <= NEIGHBOUR and POINT.fullmatch(gap)
        if last and last.end == actor.start or away:
            inner = away or actor.kind == "party" and last.kind in ("police", "department", "judiciary")
            found[-1] = Actor(last.start, actor.end, last.kind if inner else actor.kind)
        elif not last or last.end <= actor.start:
            found.append(Actor(actor.start, actor.end, both.get((actor.start, actor.end), actor.kind)))
    return found


def within(actors, start: int, end: int) -> list[Actor]:
    """The actors that lie in a span; all stand in order."""
    low = bisect_left(actors, start, key=BEGINNING)
    if low == len(actors) or actors[low].start >= end:
        return []
    return [a for a in actors[low : bisect_left(actors, end, low, key=BEGINNING)] if a.end <= end]


def _groups(document, sentence, known):
    """The groups of a sentence; items that no lexicon knows are bodies where the end of their list says so."""
    run, unknown, span = [], [], (sentence.start, sentence.end)
    named = within(known, *span) or within(words(document), *span)
    if not named and not gate(lists.pattern(document.lexicon, "actor_many")).search(document.chars, *span):
        return
    for start, end, joined in lists.pieces(document, sentence):
        goes_on = joined and (unknown or run and run[-1].closes) and len(run) < MOST
        told = _items(document, (start, end), known, goes_on)
        if not (goes_on and (not told or told[0].opens) and len(unknown) <= UNKNOWN):
            yield from _closed(document, run)
            run, unknown = [], []
        if told:
            run, unknown = [*run, *(unknown if told[0].many else [])], []
        for item in told:
            if run and not (run[-1].closes and item is told[0]):
                yield from _closed(document, run)
                run = []
            run.append(item)
        if not told or not run[-1].closes:
            rest = _unknown(document, max([start, *(i.end for i in told)]), end)
            if told and rest:
                yield from _closed(document, run)
                run = []
            unknown = [*unknown, rest] if rest else []
    yield from _closed(document, run)


def _unknown(document, start, end):
    """What ends a piece, behind the words that lead up to a list, as an actor that nobody knows; None if too long."""
    lead = lists.pattern(document.lexicon, "list_lead")
    leads = [m.end() for m in lead.finditer(document.chars, start, end)]
    leads += [h.end for h in rules.within(document, "joint", start, end)]
    start = max([start, *(at for at in leads if at < end - 1)])
    plain = POINT.fullmatch(document.chars, start, end) and not lead.fullmatch(document.chars, start, end)
    if 2 <= end - start <= UNNAMED and plain and not _is_role(document, start, end):
        return Item(Actor(start, end, "department", True), end, True, True, False)
    return None


def _closed(document, run):
    """The run as a group, if it is one: a short word alone is too little, and so is what stands for its things."""
    actors = tuple(item.actor for item in run)
    if actors and (len(actors) > 1 or not actors[0].short or _stands_alone(document, actors[0])):
        spans = {(actors[0].start, run[-1].end), (actors[0].start, actors[-1].end)}
        if not any(rules.read(document, *span, "actor_thing")[0] for span in spans):
            yield Group(actors, run[-1].end)


def _stands_alone(document, actor):
    """Whether a short word is long enough to be an actor by itself, or the word of a role touches it: 乡镇审核把关."""
    if actor.end - actor.start > 2:
        return True
    told = lists.readings(document, actor.start, actor.end, "role")
    return any(h.start == actor.end and h.row.weight > SURE for h in told)


def _items(document, piece, known, later):
    """The actors of a piece of an enumeration, in order; the first of a later piece with what stands before it."""
    start, end = piece
    tail = lists.pattern(document.lexicon, "actor_tail")
    count = COUNT.match(document.chars, start, end)
    opening, found = count.end() if count else start, []
    for actor in _named(document, piece, known, tail):
        if found and document.chars[found[-1].actor.end : actor.start] == "等":  # 救援队等民间组织
            found[-1] = replace(found[-1], end=actor.end, closes=actor.end == end)
        if found and actor.start < found[-1].end:
            continue
        counted = tail.match(document.chars, actor.end, end)
        reach = counted.end() if counted else actor.end
        if actor.end <= opening:  # a mere count: 两个
            continue
        opens = not found and actor.start - opening <= AHEAD
        spread = later and opens and "等" not in document.chars[opening : actor.start]
        whole_item = replace(actor, start=opening) if spread else actor
        many = bool(_many(document, document.chars[actor.start : reach]))
        found.append(Item(whole_item, reach, opens, reach == end, many))
    return found


def _named(document, piece, known, tail):
    """The actors of a piece by their names, by a short word that ends it or is long enough, or by what counts them."""
    start, end = piece
    told = within(known, start, end)
    short = within(words(document), start, end)
    told = [_longer(a, short) for a in told]
    free = [w for w in short if not any(w.start < a.end and a.start < w.end for a in told)]
    free = [_whole_name(document, start, w) for w in free if not _of_role(document, w, told)]
    told += [w for w in free if w.end == end or tail.match(document.chars, w.end, end) or _stands_alone(document, w)]
    summed = tail.search(document.chars, start + 1, end)
    if summed and _many(document, summed[0]) and summed.start() - start <= UNNAMED:
        at = summed.start()
        described = lists.pattern(document.lexicon, "described", "{}$").search(document.chars[start:at])
        listed = POINT.fullmatch(document.chars, start, at) and document.chars[at] not in "各多" and not described
        if listed and not any(a.start < at <= a.end for a in told):
            first = lists.unled(document, (start, at))[0]
            return [Actor(first if at - first > 1 else start, at, "department", True)]
    return sorted(told, key=lambda a: a.start)


def _of_role(document, word, told):
    """Whether a short word is that of a role behind its actor: 党政领导."""
    span = (word.start, word.end)
    return any(a.end == span[0] for a in told) and _is_role(document, *span)


def _is_role(document, start, end):
    return any((h.start, h.end) == (start, end) for h in rules.within(document, "role_part", start, end))


def _whole_name(document, start, word):
    """A body's short word as it stands; at the end of a quoted name the name, whose kind nobody knows: “云州应急”."""
    at = next((a + 1 for a, b in document.quoted(word.start, word.end) if b - 1 == word.end), word.start)
    named = start <= at < word.start and {*word.kinds} <= BODIES
    return Actor(at, word.end, "", True) if named else word


def _longer(actor, short):
    """The actor, with the short word that goes on from it: 公安 in 公安部, 柏川县交警 in 柏川县交警中队."""
    whole = next((w for w in short if actor.start <= w.start < actor.end < w.end), actor)
    return replace(actor, end=whole.end)


def _many(document, words):
    return lists.pattern(document.lexicon, "actor_many").search(words)
