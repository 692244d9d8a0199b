"""Roles: who leads, hosts, joins, supports, supervises and is served, in role formulas and in running text."""

import re
from functools import cache

from lib.evidence.model import enumerations as lists
from lib.evidence.model import role_formulas, role_subjects
from lib.evidence.model.actor_groups import Actor, groups, of
from lib.evidence.model.role_formulas import FILLER, frames
from lib.evidence.model.status import standing

OTHERS = r"(?:(?:、[\u4e00-\u9fff]{2,6}){1,2}等?)?"  # items that no lexicon knows
NEAR = r"[\u4e00-\u9fff\d.]{0,8}?"
ONWARD = r"(?:[,，](?=常态|按需|定期|共同|积极|主动|长期))?"
OPENERS = {"由": "by", "以": "with", "在": "under"}
LED = re.compile("由[^。；;]*(?:牵头|主导|领导|统筹|协调|负责)[^,，。；;]{0,4}[,，][^,，。；;]*$")
HEAD = re.compile(
    "在((?:[\u4e00-\u9fff]{0,4}?(?:站长|组长|指挥长|书记|主任))|领导小组|指挥部|工作专班)的?"
    "(?:(?:统一|坚强|直接)(?:领导|指挥|协调|调度|统筹)+|领导)下"
)
TEAM = re.compile("[^。；;]{0,60}?(?:加入|参与|参加|组成)的[^。；;,，]{0,20}?(?:队|群(?!众|体|防|策)|小组)(?!建|治)")
INVITED = ("邀请", "聘请", "发动", "吸纳", "动员", "吸收")
ORGANISED = ("组织", "动员", "鼓励", "引导")
DONE = re.compile("[^。；;,，]{0,4}(?:进行|开展|参与|加入|成立|组成|深入|沉入|下沉|联合|参加|协助)")
APART = re.compile("[的了在对为于、]|工作|机制|开展")
APART_FROM = re.compile("[；;]|同时(?:组建|成立|设立)")
MANY = re.compile(r"^[\d.万千百余多近]+[名人支个](?:的)?")  # 组建300人的 …
SERVED = re.compile("为(?:广大|当地|辖区|市民、)?$")
HELP = re.compile("[^。；;,，]{0,4}?(?:提供|服务|办实事|排忧|解难)")


@cache
def _pattern(lexicon, frame):
    """The regular expression of one frame's words, from the end of the actors on."""
    words = rf"(?P<word>{lists.alternatives(frames(lexicon)[frame])})"
    return re.compile(
        {
            "by": rf"{FILLER}{words}",
            "before": rf"{OTHERS}{ONWARD}{FILLER}{words}(?!权|度|率|单位|部门|会议|作用)",
            "with": rf"为{words}",
            "as": rf"(?:是|作为)[\u4e00-\u9fff“”]{{0,14}}?{words}",
            "under": rf"(?:的)?{FILLER}{words}(?:、[\u4e00-\u9fff]{{2,4}})?下(?!沉|设|达|派|发)",
            "after": words,
        }[frame]
    )


def roles(document, lexicon, mentions):
    """Rows of `roles`, in the order of the text; `mentions` are the actors of the document.

    What one sentence says of roles, or one role formula, shares a `formula`. The span runs from the actor to the word
    that gives the role where that may be shown. A formula told twice in the same words counts once. 党政 has a row for
    each of its kinds; `scope` is team where the role is one in a patrol team or a chat group, not in the model.
    """
    actors, rows, told = of(mentions), [], set()
    for sentence in document.sentences:
        found = role_formulas.find(document.text.chars, sentence, lexicon)
        words = tuple(document.text.chars[a:b] for a, b, *_ in found)
        if words not in told:
            told.update({words} if words else ())
            taken = {p for a, b, *_ in found for p in range(a, b)}
            found += [f for f in _running(document.text.chars, sentence, (actors, lexicon)) if f[0] not in taken]
            parts = sorted(found, key=lambda f: f[:2])
            rows += [row for part in parts for row in _rows(document, sentence, part, parts)]
    return standing(document, rows, lexicon)


def _rows(document, sentence, part, found):
    """The rows of one actor with a role, one for each of its kinds."""
    start, end, actor, role = part
    chars, first = document.text.chars, _first(document.text.chars, part, found)
    team = actor.end > start and TEAM.match(chars, actor.end, sentence.end) and role in ("leads", "joins", "hosts")
    start, end = (start, end) if lists.shown(document, start, end) else (actor.start, actor.end)
    row = {
        "start": start,
        "end": end,
        "actor": lists.plain(chars[actor.start : actor.end]),
        "role": role,
        "scope": "team" if team else "",
        "formula": f"r{first}",
    }
    return [{**row, "actor_kind": kind} for kind in actor.kinds]


def _first(chars, part, found):
    """Where the formula of a part begins: a semicolon ends one, and so does 同时组建."""
    ahead = [f[0] for f in found if f[0] <= part[0] and not APART_FROM.search(chars, f[0], part[0])]
    return min(ahead, default=part[0])


def _running(chars, sentence, rules):
    """(start, end, actor, role) of each actor whose neighbour words or verb give it a role, the surest word first."""
    actors, lexicon = rules
    known, taken = groups(chars, sentence, actors, lexicon), set()
    for group in known:
        edge, role = next(_told(chars, sentence, group, lexicon), (0, ""))
        if role:
            taken.add(group)
            yield from (_spanned(group, edge, a, role) for a in group.actors)
    yield from role_subjects.find(chars, sentence, [g for g in known if g not in taken], lexicon)
    for m in HEAD.finditer(chars, sentence.start, sentence.end):
        yield m.start(), m.end(), Actor(m.start(1), m.end(1), "party" if m.group(1).endswith("书记") else ""), "leads"


def _spanned(group, edge, actor, role):
    """The part from the actor to the word of its role; the last summand of a sum shows the one before it."""
    start, end = min(actor.start, edge), max(actor.end, edge)
    alone = (start, end) == (actor.start, actor.end) and len(group.actors) > 1
    return (group.actors[-2].start if alone else start, end, actor, role)


def _told(chars, sentence, group, lexicon):
    """(edge of the role's word, role) from the words around a group."""
    ahead = chars[max(sentence.start, group.start - 120) : group.start]
    before = re.split("[。；;,，！？：:]", ahead[-32:])[-1]
    for name in (*_opened(ahead, before), "before", "as"):
        m = _pattern(lexicon, name).match(chars, group.end, min(sentence.end, group.end + 24))
        if m:
            yield m.end(), _meant(chars, m, name, lexicon)
    if all(re.match("[+＋]", chars[a.end :].lstrip("”’ ")[:1]) for a in group.actors[:-1]) and len(group.actors) > 1:
        yield group.actors[-1].end, "joins"
    yield from _brought(chars, before, group, lexicon)
    helped = SERVED.search(before) and HELP.match(chars, group.end, sentence.end)
    if helped:
        yield helped.end(), "served"


def _meant(chars, m, name, lexicon):
    """The role of a word; on need only it is support, and who 牵头建立 something builds it."""
    role = frames(lexicon)[name][m.group("word")]
    if name == "before" and role == "leads" and _builds(lexicon).match(chars, m.end()):
        return "hosts"
    return "supports" if re.search("[按应]需", m.group()) else role


@cache
def _builds(lexicon):
    return re.compile(lists.alternatives(frames(lexicon)["builds"]))


def _opened(ahead, before):
    """The frame that 由, 以 or 在 opens before a group; 由 lasts from the leader's clause to the others'."""
    opener = re.search(rf"(由|以|在){NEAR}$", before)
    return (OPENERS[opener.group(1)],) if opener else ("by",) if LED.search(ahead) else ()


def _brought(chars, before, group, lexicon):
    """Who is brought in by the verb before a group: 联合城管, 邀请经验丰富的老党员, 组织志愿者 where they then act."""
    for m in reversed(list(_pattern(lexicon, "after").finditer(before))):
        gap, word = MANY.sub("", before[m.end() :]), m.group()
        if word in ORGANISED and not DONE.match(chars, group.end) or before[: m.start()].endswith(("家", "个", "名")):
            continue
        described = word in INVITED and re.fullmatch("[^了在对]{2,24}的[“]?", gap)
        if described or len(gap) <= 8 and not APART.search(gap.removeprefix("了")):
            yield group.start - len(before) + m.start(), frames(lexicon)["after"][word]
