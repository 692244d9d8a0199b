"""The place that a number speaks of, where it is not the text's own."""

import re
from bisect import bisect_left
from functools import cache, lru_cache

from lib.reading import places

WHOLE = re.compile(r"(?:全|我|本)(?P<level>[市省州区县域国盟旗镇])")
AMONG = re.compile("率先|首|唯一|第|前列|推广|领先|优秀|先进|平安|排名|位居|[“《]")  # 全省率先: a rank, no place
ALL_OVER = re.compile(r"各地|共|现有|总|累计|公安机关|\d")
LOWER = re.compile(r"(?<![市各省])(?:区|县|镇|乡|乡镇|街道|村|社区)级(?!以上|联动)")
NAMED = re.compile(
    r"(?:^|(?<=[,，。;；、“”:：\s]))(?:其中|其余|包括|位于|地处|在|于|据|以|如|对|从)?"
    r"(?P<name>[一-龥]{2,6}?(?:自治县|新区|开发区|经开区|高新区|街道|市|区|县|旗|镇|乡))"
    r"(?!域|民|场|级|区|县|镇|委会|容|直|别|间|域|划|里|内|外|道|管|街|市)"
)
COMMON = re.compile(
    r"(?:小区|社区|园区|校区|厂区|库区|景区|辖区|片区|城区|市区|街区|地区|城镇|乡镇|村镇"
    r"|示范区|功能区|商业区|居民区|住宅区|超市|城市|门市|夜市|股市|都市|集市|警务区|责任区|管控区|服务区|商务区|办公区"
    r"|山区|牧区|林区|灾区|战区|防区|巡区|禁区|专区|特区|老区|[省市州][市区县]|区县|县区|农村"
    r"|重点[区县镇乡]|所在[市县区])$"
)
FUNCTION = re.compile("[的了是在和与从对把被将各每些等及个这那全该本我某取建成立设两三四五六七八九十几多进入到]")
SITE = re.compile(
    r"(?:^|(?<=[,，。;；]))在(?!全|各|重点|大型|主要|热门|部分|辖区|农村|城区|繁华|人员)"
    r"(?P<name>[一-龥]{2,12}?(?:世界|广场|公园|景区|车站|机场|商圈|码头|口岸|大厦|商城|步行街|乐园|古镇))(?=[,，])"
)
QUOTED = re.compile("“[^”]*”|‘[^’]*’|《[^》]*》")
BESIDE = re.compile(r"(?:与|同|跟|和|向|赴|往|毗邻|相邻|来自|途经)[^,，。;；]{0,12}$")
AT = re.compile("(?:在|于|从|到|至|赴)$")
CAUGHT = re.compile(r"[^,，。;；]{0,24}?(?:抓|擒|落网|归案)")
OPENING = re.compile("(?:如|例如|其中|而|据|目前|截至目前)?")
CLAUSE = re.compile("[,，。;；:：]")
LEVEL = "市省州区县旗盟镇乡"


@lru_cache(maxsize=4)
def _known(chars):
    """Where the gazetteer's places stand in a text: [(start, end, full name, code)]."""
    return places.mentioned(chars)


@cache
def _verbs(lexicon):
    """What no place begins with: 联合, 提升, 推进."""
    return frozenset(r["word"] for r in lexicon.rows("relations_verbs", "word") if len(r["word"]) == 2)


def spoken_of(document, start, end, lexicon):
    """[(position, place)] of a sentence: from there on numbers speak of it; \"\" is the text's own place.

    A place is in the gazetteer, or ends like a division and begins with no verb. One elsewhere counts only where a
    clause begins with it, none inside a name, beside 与 or where somebody was caught. 全区: the district named last.
    """
    chars, own = document.text.chars, document.entry.get("place_zh", "")
    found = _named(chars, (start, end), own, lexicon)
    if not own.endswith(("区", "县", "旗")):
        found += [(m.start(), "下级") for m in LOWER.finditer(chars, start, end)]
    found += [(m.start("name"), m["name"]) for m in SITE.finditer(chars, start, end)]
    found += [
        (m.start(), place)
        for m in WHOLE.finditer(chars, start, end)
        if (place := _whole(document, m, own, lexicon)) is not None
    ]
    return sorted(found)


def governing(found, start, end):
    """The place that governs a number: the nearest before it; a lower level also right behind it (265个村级中心)."""
    place = next((p for at, p in reversed(found) if at <= start), "")
    return next((p for at, p in found if end <= at <= end + 3 and p == "下级"), place)


def _named(chars, span, own, lexicon):
    """[(position, place)] of the places named in a span."""
    known = _known(chars)
    known = known[bisect_left(known, (span[0],)) : bisect_left(known, (span[1],))]
    quoted = [m.span() for m in QUOTED.finditer(chars, *span)]
    found = [
        (a, _told(chars[a:b], name, code, own))
        for a, b, name, code in known
        if _governs(chars, (a, b), quoted, _relation(name, code, own))
    ]
    for m in NAMED.finditer(chars, *span):
        name = _bare(m["name"], lexicon)
        at = m.end("name") - len(name)
        apart = not any(a < m.end() and m.start("name") < b for a, b, *_ in known)
        if name and apart and _governs(chars, (at, m.end("name")), quoted, ""):
            found.append((at, "" if _same(name, own) else name))
    return found


def _bare(name, lexicon):
    """A name without the verbs before it, \"\" where nothing is left that names a place."""
    while name[:2] in _verbs(lexicon):
        name = name[2:]
    name = name[1:] if name[:1] in "在于对向由将把以为" else name
    plain = COMMON.search(name) or COMMON.search(name[:-1]) or FUNCTION.search(name)
    return name if 3 <= len(name) <= 7 and not plain else ""


def _relation(name, code, own):
    """own, inside, outside, or \"\" (unknown) of a place of the gazetteer to the text's own."""
    home = next((c for *_, c in _known(own)), "") if own else ""
    if not code or not home:
        return "own" if _same(name, own) else ""
    if code == home:
        return "own"
    return "inside" if home in places.parents(code) else "outside"


def _told(written, name, code, own):
    return "" if _relation(name, code, own) == "own" else written


def _governs(chars, span, quoted, relation):
    """Whether what follows speaks of a place, by where its name stands."""
    start, end = span
    clause = CLAUSE.split(chars[max(0, start - 40) : start])[-1]
    if any(a < start and end < b for a, b in quoted) or (relation != "own" and BESIDE.search(clause)):
        return False
    if AT.search(clause) and CAUGHT.match(chars, end):
        return False
    return relation != "outside" or bool(OPENING.fullmatch(clause.strip()))


def _same(name, own):
    short = name[-1:] not in LEVEL and name in own
    return bool(own) and (short or name.rstrip(LEVEL) == own.rstrip(LEVEL))


def _whole(document, m, own, lexicon):
    """The place of 全市, 全区, 我县: own, the last in the passage, 下级, a higher level; None for a mere rank."""
    chars, level = document.text.chars, m["level"]
    home = "区" if own.endswith(("区", "新区", "园区")) else own[-1:]
    if m[0][0] != "全" or level in ("域", home) or not own:
        return ""
    if level in "国省" or (level == "市" and home in ("区", "县", "旗", "镇")):
        rank = AMONG.match(chars, m.end()) or (level in "国省" and not ALL_OVER.match(chars, m.end()))
        return None if rank else m[0]
    if level in "市州盟":
        return ""
    before = _named(chars, (_passage(document, m.start()), m.start()), own, lexicon)
    return next((p for at, p in sorted(before, reverse=True) if p and _is_level(chars, at, p, level)), "下级")


def _is_level(chars, at, place, level):
    """Whether a place, written with or without its suffix, is of a level."""
    full = next((name for a, _, name, _ in _known(chars) if a == at), place)
    return full.endswith(level)


def _passage(document, at):
    """Where the passage around a position begins."""
    return next((p.start for p in document.passages if p.start <= at < p.end), at)
