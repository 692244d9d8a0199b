"""Actors that an enumeration names together: 公安、城管等5个部门 is one group."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from lib.evidence.model import enumerations as lists

ITEM = r"[\u4e00-\u9fff（）()“”\"·]{1,12}"
GAP = re.compile(
    rf"[”’]?(?:[和与及、/]|以及|还有|[+＋])(?:其他)?[\u4e00-\u9fff\d.·“”\" ]{{0,6}}|[,，]"
    rf"|(?:[、和]{ITEM}){{1,3}}等?"
)
MANY = r"(?:\d+|[一二三四五六七八九十两几多数百千]+)?(?:余|多)?(?:个|家|名|支|类)?"
NOUN = "部门|单位|警种|委办局"
WHICH = r"(?:相关|有关|职能|成员|重点|核心|行业|关键|主要|政法|责任|企业|专业|条口|综治|联动|联合|社会)*"
BODY = rf"(?:{NOUN}|人员|人士|力量|队伍|代表|组织|主体|机构|警力|资源|团队|骨干|机关|干部|工作人员|员|的)"
COUNTED = re.compile(
    rf"(?:等|各|多)+(?:共(?=[\d有计一二三四五六七八九十]))?{MANY}(?:{WHICH}{BODY}+)?"
    rf"|(?:\d+|[一二三四五六七八九十两几多]+)(?:余|多)?[个家名支类]{WHICH}{BODY}+|{BODY}*"
)
LISTED = re.compile(
    rf"((?:{ITEM}、){{1,20}}[\u4e00-\u9fff（）()]{{1,10}}?)(?<!单)等?(?:多|各|共(?=[\d有计]))?"
    rf"{MANY}{WHICH}(?:{NOUN})"
)
THING = re.compile(
    r"(?:的|专业|内部|业务|部门|多部门|等|现有|各类|多个|和)*"
    r"(?:网络|系统|数据|平台|信息|视频|职责|工作站|检查站|文化|机制"
    r"|建设|出行|业务|警务|中心|分中心|经验|职能|理念|品牌|大脑|工作室|联络站|服务站|模式|窗口|接待|大厅|热线|一体化|接处警)"
    rf"|(?:[、和]{ITEM})+等(?:现有|各类|的|多个)*(?:平台|系统|数据|网络|业务|信息)"
)
SITES, GUARDS = ("单位", "企业", "学校", "商户", "公司"), ("保安", "物业")
MOST = 24  # actors of one group
KINDS = (("police", "警公侦"), ("judiciary", "检法司"))
SHARED = re.compile("[及和](?:小区|校园|学校|楼宇|景区|园区|商场|医院|村居|社区)")  # 单位及小区保安


@dataclass(frozen=True)
class Actor:
    """An actor as it stands in the text; 党政 is of two kinds."""

    start: int
    end: int
    kind: str

    @property
    def kinds(self):
        return self.kind.split() or [""]


@dataclass(frozen=True)
class Group:
    """Actors named together; `end` lies after what counts them: 等5个部门."""

    actors: tuple
    end: int

    @property
    def start(self):
        return self.actors[0].start


def of(mentions):
    """The Actors of mentions of kind actor, in order."""
    return [Actor(m["start"], m["end"], m["type"]) for m in sorted(mentions, key=lambda m: m["start"])]


def groups(chars, sentence, actors, lexicon):
    """The groups of a sentence, in order; what is named only for its things (公安等部门业务系统) is none."""
    found = []
    for actor in _named(chars, sentence, actors, lexicon):
        end = COUNTED.match(chars, actor.end, sentence.end).end()
        if found and actor.start < found[-1].end:
            continue
        if found and _continues(chars, found[-1], actor):
            found[-1] = Group((*found[-1].actors, actor), end)
        else:
            found.append(Group((actor,), end))
    return [g for g in found if not any(THING.match(chars, at, sentence.end) for at in (g.end, g.actors[-1].end))]


def _continues(chars, group, actor):
    """Whether an actor goes on with the enumeration of a group."""
    if len(group.actors) == MOST:
        return False
    return any(GAP.fullmatch(chars, at, actor.start) for at in (group.end, group.actors[-1].end))


def _named(chars, sentence, actors, lexicon):
    """All actors of a sentence: of the lexicon, by their part only, and from lists of departments."""
    first, last = (bisect_left(actors, at, key=lambda a: a.start) for at in (sentence.start, sentence.end))
    known = [a for a in actors[first:last] if a.end <= sentence.end and chars[a.start - 1] != "跨"]
    for more in (_others, _departments):
        known = sorted([*known, *more(chars, sentence, known, lexicon)], key=lambda a: a.start)
    return [_compound(chars, a, lexicon) for a in _whole(chars, known)]


def _compound(chars, actor, lexicon):
    """The actor, of both kinds where its word names two: 党政."""
    kind = _compounds(lexicon).get(chars[actor.start : actor.end])
    return Actor(actor.start, actor.end, kind) if kind else actor


@cache
def _compounds(lexicon):
    return {r["word"]: r["kind"] for r in lexicon.rows("roles_actors", "word", "kind") if " " in r["kind"]}


def _whole(chars, actors):
    """Actors that stand side by side, or share the last one's head, are one: 市委政法委, 企事业单位及小区保安."""
    whole = []
    for actor in actors:
        if whole and _one(chars, whole[-1], actor):
            whole[-1] = Actor(whole[-1].start, actor.end, actor.kind)
        else:
            whole.append(actor)
    return whole


def _one(chars, first, then):
    """Whether two actors are one: side by side, or a site and the guards of the next words."""
    gap, site = chars[first.end : then.start], chars[first.start : first.end].endswith(SITES)
    return first.end == then.start or site and bool(SHARED.fullmatch(gap)) and chars.startswith(GUARDS, then.start)


def _others(chars, sentence, known, lexicon):
    """Actors that are named for their part only, as 全社会 or 各方力量: the longer words of roles_actors."""
    words, kinds = _part(lexicon)
    return [
        Actor(m.start(), m.end(), kinds[m.group()])
        for m in words.finditer(chars, sentence.start, sentence.end)
        if not _touched(known, m.start(), m.end())
    ]


@cache
def _part(lexicon):
    kinds = {r["word"]: r["kind"] for r in lexicon.rows("roles_actors", "word", "kind") if len(r["word"]) > 2}
    return re.compile(lists.alternatives(kinds)), kinds


def _departments(chars, sentence, known, lexicon):
    """Items that no lexicon knows in 甲、乙、丙等15个部门: departments, for the text says so."""
    for m in LISTED.finditer(chars, sentence.start, sentence.end):
        spans = lists.items(chars, *m.span(1))
        first = max([spans[0][0], *(a.end for a in known if spans[0][0] < a.end < spans[0][1])])
        lead = _lead(lexicon).match(chars, first, spans[0][1])
        spans[0] = (lead.end() if lead else spans[0][0], spans[0][1])
        for start, end in spans:
            if 0 < end - start <= 8 and chars[start] not in "跨单" and not _touched(known, start, end):
                yield Actor(start, end, "police" if m.group(0).endswith("警种") else _kind(chars[start:end]))


@cache
def _lead(lexicon):
    """What may stand before the first item: a verb that leads up to an enumeration, or that brings actors in."""
    verbs = lists.alternatives(r["word"] for r in lexicon.rows("roles", "word", "frame") if r["frame"] == "after")
    return re.compile(rf".*(?:{lists.either(lexicon, 'lead')}|{verbs})")


def _touched(known, start, end):
    """Whether an actor stands within a span; the actors lie apart and in order."""
    at = bisect_left(known, end, key=lambda a: a.start) - 1
    return at >= 0 and start < known[at].end


def _kind(words):
    """The kind of a body by the characters that its name is made of: 警务站, 检, 法院; else a department."""
    return next((kind for kind, signs in KINDS if set(words) & set(signs)), "department")
