"""Roles of the subjects of sentences: who builds the system, takes it into the plan, works in it, feeds it data."""

import re
from functools import cache

from lib.evidence.model.enumerations import alternatives
from lib.evidence.model.role_formulas import frames

BODIES = ("party", "government", "police", "department", "community")
OTHERS = ("department", "mediation", "enterprise", "social_organisation", "community", "grid", "volunteer", "resident")
PERSON = re.compile("(?:民警|辅警|警官|警察|警力|[员长]|书记)$|^(?:[各多]|相关|有关|职能|其他)*部门$")
START = re.compile(r"[,，。；;：:！？（(\s]")
LED_UP = re.compile(
    "[由与把被为使的、]|^(?:将|对|向|从|在|以|和|同|及|让|联合|协同|会同|协助|帮助|经过)|依托|打造"
    "|推动|坚持|组织|发动|整合|引导|动员|鼓励|建立|建成"
    "|构建|形成|服务|保障|强化|加强|方便|邀请|统筹|深化|提升|实现|单个|以往"
)
CLAUSE, REACH = "[^。；;,，]", 160


@cache
def _patterns(lexicon):
    """{what the subject does: pattern of the words after it}."""
    f = {frame: alternatives(words) for frame, words in frames(lexicon).items()}
    taken = rf"(?:{f['takes']})(?!的){CLAUSE}{{0,24}}(?:规划|计划|工程|统筹|报告|要点|考核|目标|实事|日程|格局)"
    return {
        "leads": re.compile(rf"{taken}|(?:成立|组建|设立)(?!的){CLAUSE}{{0,24}}?(?:{f['body']})"),
        "hosts": re.compile(
            rf"(?<![所由被可])(?:{f['builds']}|建设(?=\d))(?!的)"
            rf"(?={CLAUSE}{{0,60}}?(?:{f['system']})|由[^。；;]{{0,80}}?(?:{f['system']}))"
        ),
        "joins": re.compile(
            rf"[^。；;]{{0,40}}?(?:开展|参与|进行|协助|从事|投入|奔走)"
            rf"(?:{CLAUSE}|[,，](?=守护)){{0,16}}?(?:{f['works']})"
            rf"|(?:[及和等][\u4e00-\u9fff]{{0,6}}?)?(?:(?:将|把){CLAUSE}{{2,24}}?|实现了?{CLAUSE}{{0,24}}?)(?:{f['feeds']})"
        ),
    }


def find(chars, sentence, known, lexicon):
    """(start, end, Actor, role) of each group that is the subject of a clause and does what gives it a role."""
    subjects = [g for g in known if subject(chars, sentence, g)]
    for n, group in enumerate(subjects):
        stop = min([g.start for g in subjects[n + 1 :]] + [sentence.end, group.end + REACH])
        edge, role = _done(chars, group, stop, lexicon)
        if role:
            yield from ((a.start, max(a.end, edge), a, role) for a in group.actors)


def subject(chars, sentence, group):
    """Whether a group opens a clause, but for a place, a number or a time before it: 近年来, 云州市公安局 …"""
    ahead = START.split(chars[max(sentence.start, group.start - 24) : group.start])[-1]
    quoted = chars.count("“", sentence.start, group.start) > chars.count("”", sentence.start, group.start)
    after = chars[group.end : group.end + 1]
    return len(ahead) <= 10 and not quoted and not LED_UP.search(ahead) and after not in tuple("的、之”’")


def is_body(chars, group):
    """Whether a group is of bodies with a name, and no person is its last."""
    kinds, last = {k for a in group.actors for k in a.kinds}, group.actors[-1]
    return kinds <= set(BODIES) and not PERSON.search(chars[last.start : last.end])


def _done(chars, group, stop, lexicon):
    """(end of the words that give the role, role) of a subject; a person builds no system."""
    patterns, kinds = _patterns(lexicon), {k for a in group.actors for k in a.kinds}
    for role in ("leads", "hosts") if is_body(chars, group) else ():
        for m in patterns[role].finditer(chars, group.end, stop):
            if chars.count("“", group.end, m.start()) == chars.count("”", group.end, m.start()):
                return m.start() + len(m.group().rstrip("“")), role
    m = patterns["joins"].match(chars, group.end, stop) if kinds <= set(OTHERS) else None
    return (m.end(), "joins") if m else (0, "")
