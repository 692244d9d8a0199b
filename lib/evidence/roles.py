"""Roles: who leads, hosts, joins, supports, supervises and is served, in role formulas and in running text."""
import re
from functools import cache

from lib.evidence import lists
from lib.evidence.groups import Actor, groups, of
from lib.evidence.lists import alternatives

SEGMENT = re.compile(r"[^的、,，；;。！？：:“”‘’\"（()）\n\s]+")
BETWEEN = re.compile(r"[、,，；;]\s*|\s+")
OTHERS = r"(?:(?:、[\u4e00-\u9fff]{2,6}){1,2}等?)?"      # items that no lexicon knows
FILLER = r"[”’」]?(?:实行|实施|采取|常态化?|长期|定期|轮流|按需求?|统一|共同|联合|积极|主动|广泛|全程|全面|深度|具体|直接|密切|全力|切实|依法|集中|踊跃|自愿|协同|就近|及时|也|都|全部|均|已|来)*"
INVITED = ("邀请", "聘请", "发动", "吸纳", "动员", "吸收")
ORGANISED = ("组织", "动员", "鼓励", "引导")
DONE = re.compile("[^。；;,，]{0,4}(?:进行|开展|参与|加入|成立|组成|深入|沉入|下沉|联合|参加|协助)")
NEAR = r"[\u4e00-\u9fff\d.]{0,8}?"


@cache
def _rules(lexicon):
    """{frame: {word: role}} and {short form of an actor: kind}."""
    frames = {}
    for r in lexicon.rows("roles", "word", "frame", "role"):
        frames.setdefault(r["frame"], {})[r["word"]] = r["role"]
    return frames, {r["word"]: r["kind"] for r in lexicon.rows("roles_actors", "word", "kind")}


@cache
def _pattern(lexicon, frame):
    """The regular expression of one frame's words."""
    words = alternatives(_rules(lexicon)[0][frame])
    return re.compile({"formula": rf"[\u4e00-\u9fff]{{0,4}}?(?P<word>{words})$",
                       "by": rf"{FILLER}(?P<word>{words})",
                       "before": rf"{OTHERS}(?:[,，](?=常态|按需|定期|共同|积极|主动|长期))?{FILLER}(?P<word>{words})(?!权|度|率|单位|部门|会议|作用)",
                       "with": rf"为(?P<word>{words})",
                       "as": rf"(?:是|作为)[\u4e00-\u9fff“”]{{0,14}}?(?P<word>{words})",
                       "under": rf"(?:的)?{FILLER}(?P<word>{words})(?:、[\u4e00-\u9fff]{{2,4}})?下(?!沉|设|达|派|发)",
                       "after": rf"(?P<word>{words}){NEAR}$"}[frame])


def roles(document, lexicon, mentions):
    """Rows of `roles`, in the order of the text; `mentions` are the actors of the document.

    What one sentence says of roles, or one role formula, shares a `formula`. The span runs from the actor to the word
    that gives the role where that may be shown. A formula told twice in the same words counts once.
    """
    actors, rows, told = of(mentions), [], set()
    for sentence in document.sentences:
        found = _formulas(document.text.chars, sentence, lexicon)
        if found and (words := tuple(document.text.chars[a:b] for a, b, *_ in found)) in told:
            continue
        told.update({words} if found else ())
        taken = {p for a, b, *_ in found for p in range(a, b)}
        found += [f for f in _running(document.text.chars, sentence, (actors, lexicon)) if f[0] not in taken]
        rows += [_row(document, part, min(f[0] for f in found)) for part in sorted(found)]
    return rows


def _row(document, part, first):
    start, end, actor, role = part
    start, end = (start, end) if lists.shown(document, start, end) else (actor.start, actor.end)
    return {"start": start, "end": end, "actor": lists.plain(document.text.chars[actor.start:actor.end]),
            "actor_kind": actor.kind, "role": role, "formula": f"r{first}"}


def _formulas(chars, sentence, lexicon):
    """(start, end, actor, role) of the parts of 党政主导、公安牵头、部门协同: two neighbours or more of that make."""
    segments = [(m.start(), m.end()) for m in SEGMENT.finditer(chars, sentence.start, sentence.end)]
    runs, run = [], []
    for start, end in segments:
        part = _segment(chars, start, end, lexicon)
        if run and not (part and BETWEEN.fullmatch(chars, run[-1][1], start)):
            runs, run = [*runs, run], []
        run += [part] if part else []
    parts = [p for r in [*runs, run] if sum(bool(p[2]) for p in r) > 1 for p in r if p[2]]
    return sorted([*parts, *(p for part in parts for p in _beside(chars, sentence, part, lexicon))])


def _beside(chars, sentence, part, lexicon):
    """The actors before a part that share its verb: 党委、政府统一领导."""
    short = _rules(lexicon)[1]
    m = re.search(rf"({alternatives(w for w in short if len(w) > 1)})[、和]$", chars[sentence.start:part[0]])
    if m:
        start, end = sentence.start + m.start(1), sentence.start + m.end(1)
        yield start, end, Actor(start, end, short[m.group(1)]), part[3]


def _segment(chars, start, end, lexicon):
    """(start, end, actor or None, role) of one segment; an unknown noun before a known word, as in 法治保障, has no actor."""
    frames, short = _rules(lexicon)
    if end - start > 12:
        return _ending(chars, start, end, lexicon)
    for word in sorted((w for w in short if chars.startswith(w, start, end)), key=len, reverse=True):
        m = _pattern(lexicon, "formula").match(chars, start + len(word), end)
        if m:
            return start, end, Actor(start, start + len(word), short[word]), frames["formula"][m.group("word")]
    known = end - start == 4 and (chars[start:start + 2] in short or _pattern(lexicon, "formula").match(chars, start + 2, end))
    return (start, end, None, "") if known else _ending(chars, start, end, lexicon)


def _ending(chars, start, end, lexicon):
    """The part that a longer segment ends with: 在全市建立党委领导 -> 党委领导."""
    frames, short = _rules(lexicon)
    words, verbs = alternatives(w for w in short if len(w) > 1), alternatives(frames["formula"])
    m = re.compile(rf"(?:{words})(?={FILLER}(?:{verbs})$)").search(chars[start:end])
    if not m or end - start - m.start() > 10:
        return None
    actor = Actor(start + m.start(), start + m.end(), short[m.group()])
    verb = _pattern(lexicon, "formula").match(chars, actor.end, end)
    return (actor.start, end, actor, frames["formula"][verb.group("word")]) if verb else None


def _running(chars, sentence, rules):
    """(start, end, actor, role) of each actor whose neighbour words give it a role."""
    actors, lexicon = rules
    found = []
    for group in groups(chars, sentence, actors, lexicon):
        for end, role in _told(chars, sentence, group, lexicon):
            found += [(min(a.start, end), max(a.end, end), a, role) for a in group.actors]
            break
    return found


def _told(chars, sentence, group, lexicon):
    """(edge of the role's word, role) that the words around a group give it, the surest first."""
    frames, _ = _rules(lexicon)
    before = chars[max(sentence.start, group.start - 32):group.start]
    before = re.split("[。；;,，！？：:]", before)[-1]
    opener = re.search(rf"(由|以|在){NEAR}$", before)
    frame = {"由": "by", "以": "with", "在": "under"}.get(opener.group(1), "") if opener else ""
    if not frame and re.search(r"由[^。；;]*(?:牵头|主导|领导|统筹|协调|负责)[^,，。；;]{0,4}[,，][^,，。；;]*$", chars[sentence.start:group.start]):
        frame = "by"
    for name in filter(None, (frame, "before", "as")):
        m = _pattern(lexicon, name).match(chars, group.end, min(sentence.end, group.end + 24))
        if m:
            role = frames[name][m.group("word")]
            yield m.end(), "supports" if "按需" in m.group() else role
    yield from _preceded(chars, before, group, lexicon)
    if re.search("为(?:广大|当地|辖区|市民、)?$", before) and re.match("[^。；;,，]{0,4}?(?:提供|服务|办实事|排忧|解难)", chars[group.end:sentence.end]):
        yield group.start - 1, "served"


def _preceded(chars, before, group, lexicon):
    frames, _ = _rules(lexicon)
    for m in reversed(list(re.finditer(alternatives(frames["after"]), before))):
        gap = before[m.end():]
        if m.group() in ORGANISED and not DONE.match(chars, group.end) or before[:m.start()].endswith(("家", "个", "名")):
            continue
        invited = m.group() in INVITED and re.fullmatch("[^了在对]{2,24}的[“]?", gap)
        if invited or len(gap) <= 8 and not re.search("[的了在对为于、]|工作|机制|开展", gap.removeprefix("了")):
            yield group.start - len(before) + m.start(), frames["after"][m.group()]
