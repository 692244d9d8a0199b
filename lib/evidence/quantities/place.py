"""The place that a number speaks of, where it is not the text's own.

Which words refuse a place is data: lexicon/rules/place.csv; what a division's, a site's and a common word's name ends
with: lexicon/gazetteer.csv.
"""

import re
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import pairwise

from lib import rules
from lib.evidence.quantities import periods, settlements
from lib.lexicon import compiled, words
from lib.reading import places
from lib.reading.segmentation import tagged

WHOLE, OPENING = compiled("whole place"), compiled("before a place", flags=re.S)
HEADED = re.compile(r"\s*(?:[:：|丨\s—]|$)", re.M)
HEAD, BRANCH, LIES = 200, places.BRANCH, compiled("lies in a place")
BODY = compiled("body between a place and its branch")
TOWNS = words("endings of towns")
PROPER = ("ns", "nr", "nz", "nt")
GRAMMAR = words("words that no name holds")
(ALL,), (THIS,) = words("the whole of a place"), words("the place just named")
(FORMER,), TOGETHER, LOWER = words("former"), compiled("speaks of the whole place again"), "下级"
SPEECH = re.compile("[,，。;；]")  # in a quotation: somebody speaks, no name is given
COUNTED = re.compile(r"\d")
WIDE = ("country", "province")
LEVELS = {"省": "province", "国": "country", "市": "prefecture", "州": "prefecture", "盟": "prefecture"}
WIDEST = tuple(level for level, kind in LEVELS.items() if kind in WIDE)


@cache
def _endings(lexicon):
    """(pattern of names that end like divisions, of sites, endings of common words) by the gazetteer's own rows."""
    rows = lexicon.rows("gazetteer", "kind", "name", "code")
    kinds = {
        k: sorted((r["name"] for r in rows if r["kind"] == k), key=len, reverse=True) for k in ("division", "site")
    }
    named = compiled("name that ends like a division", division="|".join(kinds["division"]))
    site = compiled("name of a site", site="|".join(kinds["site"]))
    return named, site, tuple(r["name"] for r in rows if r["kind"] == "common")


@cache
def _verbs(lexicon):
    """What no place begins with: 联合, 提升, 推进."""
    return frozenset(r["word"] for r in lexicon.rows("relations_verbs", "word") if len(r["word"]) == 2)


def spoken_of(document, start, end, lexicon):
    """[(position, place)] of a sentence: from there on numbers speak of it; "" is the text's own place.

    A place is in the gazetteer, or ends like a division and is no common word. One elsewhere counts only where a
    clause begins with it, none inside a name, beside 与 or where somebody was caught. 全区: the district named last;
    全省: the province that the text's place lies in. What the sentence doesn't say, the ones above it say.
    """
    above = topic(document, document.sentence_at(start), lexicon)
    said = _said(document, start, end, lexicon)
    passing = [document.clause(at)[1] for at, place in said if place and _wide(document) and not _leads(document, at)]
    return [*([(start, above)] if above else []), *sorted([*said, *((at, above) for at in passing)])]


def _said(document, start, end, lexicon):
    """What `spoken_of` a sentence by its own words."""
    found = _named(document, (start, end), lexicon)
    for m in _endings(lexicon)[1].finditer(document.chars, start, end):
        if m.group()[0] == "在" and _opens(document, m.start()):
            found.append((m.start(), m.group()[1:]))
    for m in WHOLE.finditer(document.chars, start, end):
        place = _whole(document, m, lexicon)
        found += [] if place is None else [(m.start(), place)]
    own = document.entry.get("place_zh", "")[-1:]
    found += [(m.start(), "") for m in TOGETHER.finditer(document.chars, start, end) if m["level"] in (None, own)]
    return sorted(found)


def levels(document, start, end):
    """Where a sentence names a lower level (乡级, 县级), which is no place: its number is the whole place's sum."""
    if places.level(_home(document) or "x00") == "county":
        return []
    return [hit.start for hit in rules.within(document, "place_level", start, end)]


def of_level(found, spoken, start, end):
    """Whether a number counts bodies of a lower level: the level is named last before it, or right behind it."""
    named, level = (max((at for at in places if at <= start), default=-1) for places in ([a for a, _ in spoken], found))
    return level > named or any(end <= at <= end + 3 for at in found)


def topic(document, index, lexicon):
    """The place that a sentence begins with in mind: that of the sentence before it in its passage, of the heading
    above, of the town that the text is about; "" is the text's own."""
    known = document.memo.setdefault("topics", {})
    if index not in known:
        sentence, before = document.sentences[index], document.sentences[index - 1]
        if index and before.passage == sentence.passage:
            found = _said(document, before.start, before.end, lexicon)
            said = [place for at, place in found if place != LOWER and _carries(document, at)]
            known[index] = said[-1] if said else topic(document, index - 1, lexicon)
        else:
            known[index] = _headed(document, sentence.passage, lexicon)
    return known[index]


def _carries(document, at):
    """Whether a place is what the next sentence speaks of too: it opens its clause; in a text of a province its
    passage, since such a text names one town after another in passing."""
    begin = document.passages[document.sentences[document.sentence_at(at)].passage].start
    return _opens(document, at) and (not _wide(document) or document.clause(at)[0] == begin)


def _wide(document):
    return _level(_home(document) or "x00") in WIDE


def _leads(document, at):
    """Whether a place opens its group of clauses, so that the whole group speaks of it."""
    return _opens(document, at) and document.clause(at)[0] <= document.group(at)[0]


def _headed(document, passage, lexicon):
    """The place of the nearest heading that is a place's name or begins with one (临河镇:…), else the text's town."""
    if "headed" not in document.memo:
        place, above = _town(document, lexicon), []
        for p in document.passages:
            above.append(place)
            place = _heading(document, p, place, lexicon) if p.kind == "heading" else place
        document.memo["headed"] = above
    return document.memo["headed"][passage]


def _heading(document, p, place, lexicon):
    """The place that a heading names, else the one that stands above it."""
    at, end, named = next(iter(_placed(document, (p.start, p.end), lexicon)), (-1, -1, ""))
    return named if at == p.start and HEADED.match(document.chars, end) and not _above(document, at) else place


def _above(document, at):
    """Whether the place named at a position lies above the text's own, as that of a dateline."""
    home = _home(document)
    return bool(home) and any(a == at and code in places.parents(home) for a, _, _, code in _mentioned(document))


def _mentioned(document):
    return places.mentioned(document.text.chars)


def _town(document, lexicon):
    """The town inside the text's own place that its head names right behind it, and that it names more often, or ""."""
    own = _home(document)
    for a, b, _, code in _mentioned(document):
        if code == own and code and b <= document.passages[0].start + HEAD:
            m = _endings(lexicon)[0].match(document.chars, b)
            town = m and m["kind"] in TOWNS and _bare(m.group(), m["kind"], lexicon)
            if town and document.chars.count(town) > max(2, document.chars.count(document.chars[a:b])):
                return town
    return ""


def governing(found, start):
    """The place that governs a number: the nearest one named before it."""
    return next((p for at, p in reversed(found) if at <= start), "")


def _home(document):
    """The code of the text's own place, "" where the gazetteer has none."""
    if "home" not in document.memo:
        own = document.entry.get("place_zh", "")
        codes = [code for *_, code in places.mentioned(own) if code]
        document.memo["home"] = places.code_of(document.entry.get("place", "")) or (codes[-1] if codes else "")
    return document.memo["home"]


def _named(document, span, lexicon):
    """[(position, place)] of the places named in a span."""
    return [(a, name) for a, _, name in _placed(document, span, lexicon)]


def _placed(document, span, lexicon):
    """[(start, end, place)] of the places named in a span; places in a row (甲、乙) are the text's own together."""
    placed = document.memo.setdefault("placed", {})
    if span not in placed:
        placed[span] = _found(document, span, lexicon)
    return placed[span]


def _found(document, span, lexicon):
    known = _mentioned(document)
    inside = known[bisect_left(known, (span[0],)) : bisect_left(known, (span[1],))]
    found = [
        (a, b, "" if relation == "own" else document.chars[a:b])
        for a, b, name, code in inside
        if _governs(document, (a, b), relation := _relation(document, name, code))
    ]
    for m in _endings(lexicon)[0].finditer(document.chars, *span):
        name = _bare(m.group(), m["kind"], lexicon)
        at = m.end() - len(name)
        before = bisect_left(known, (m.end(),)) - 1
        apart = before < 0 or known[before][1] <= m.start()
        if name and apart and _opens(document, at) and _governs(document, (at, m.end()), ""):
            found.append((at, m.end(), "" if _same(name, document.entry.get("place_zh", "")) else name))
    home = _home(document)
    for m in _branches(home).finditer(document.chars, *span) if home else ():
        if _governs(document, m.span(), "inside") and not any(a <= m.start() < b for a, b, _ in found):
            found.append((*m.span(), "" if _same(m[0], document.entry.get("place_zh", "")) else m[0]))
    for a, b, name in settled(document, *span, lexicon):
        if _opens(document, a) and _governs(document, (a, b), ""):
            found = [f for f in found if not a <= f[0] < b] + [(a, b, name)]
    return _single(document.chars, sorted(found))


@lru_cache(maxsize=256)
def _branches(home):
    """The short names of a place and its districts where a branch of its police follows (临湖分局)."""
    known = places.gazetteer().divisions
    below = [places.stem(name) for c, name in known.items() if home in (c, *places.parents(c))]
    names = "|".join(sorted((n for n in below if len(n) > 1), key=len, reverse=True)) or "(?!)"
    return re.compile(f"(?:{names})(?=(?:公安)?{BRANCH.pattern})")


def settled(document, start, end, lexicon):
    """[(start, end, name)] of the villages and communities named in a span."""
    if "settlements" not in document.memo:
        towns = [m for m in _endings(lexicon)[0].finditer(document.chars) if m["kind"] in TOWNS]
        named = [(m.end() - len(_bare(m.group(), m["kind"], lexicon)), m.end()) for m in towns]
        known = [(a, b) for a, b, *_ in _mentioned(document)]
        named = [*known, *((a, b) for a, b in named if b > a)]
        document.memo["settlements"] = sorted(settlements.find(document.chars, named))
    found = document.memo["settlements"]
    inside = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
    return [named for named in inside if named[1] <= end]


def _single(chars, found):
    """The places without those that stand in a row with another: 平武、北川; 临湖县桃源村、溪口县青石镇等地."""
    chains = []
    for a, b, name in found:
        if chains and chains[-1][-1][1] == a:
            chains[-1].append((a, b, name))
        else:
            chains.append([(a, b, name)])
    gaps = [chars[x[-1][1] : y[0][0]] for x, y in pairwise(chains)]
    rowed = [False, *("、" in gap and len(gap) <= 4 for gap in gaps), False]
    told = zip(chains, rowed, rowed[1:], strict=False)
    return [(a, b, "" if before or after else name) for chain, before, after in told for a, b, name in chain]


@lru_cache(maxsize=4096)
def _bare(name, kind, lexicon):
    """A name without the verbs before it, "" where what is left is a common word."""
    while name[:2] in _verbs(lexicon):
        name = name[2:]
    name = name[1:] if tagged(name)[:1] and tagged(name)[0][1] == "p" and len(tagged(name)[0][0]) == 1 else name
    name = name.removeprefix(FORMER)
    *stem, (last, _) = tagged(name) or [("", "")]
    free = bool(stem) and (kind in TOWNS or last == kind)
    whole = not stem and all(_proper(words) for words in (name, name[: -len(kind)]))
    plain = name.endswith(_endings(lexicon)[2]) or not (free or whole)
    words = any(len(w) > 1 and not t.startswith(PROPER) for w, t in stem) and kind != TOWNS[0]
    grammar = any(t[:1] in "pcudrmq" or w in GRAMMAR for w, t in stem)
    return "" if plain or words or grammar or not 3 <= len(name) <= 7 else name


def _proper(words):
    """Whether the dictionary holds some words as one name (of a former district too: 崇文区)."""
    found = tagged(words)
    return len(found) == 1 and found[0][1].startswith(PROPER)


def _relation(document, name, code):
    """own, inside, above, outside, or "" (unknown) of a place of the gazetteer to the text's own."""
    home = _home(document)
    if not code or not home:
        return "own" if _same(name, document.entry.get("place_zh", "")) else ""
    if code == home:
        return "own"
    if home in (*places.parents(code), "000000"):
        return "inside"
    return "above" if code in places.parents(home) else "outside"


def _governs(document, span, relation):
    """Whether what follows speaks of a place, by where its name stands."""
    if any(a < span[0] and span[1] < b and not SPEECH.search(document.chars, a, b) for a, b in document.quoted(*span)):
        return False
    if relation != "own" and rules.read(document, *span, "place")[0] == "none":
        return False
    lies = relation == "above" and LIES.search(document.chars, max(0, span[0] - 4), span[0])
    counted = relation == "outside" and COUNTED.match(document.chars, span[1])
    return not lies and (relation not in ("above", "outside") or bool(counted) or _opens(document, span[0]))


def _opens(document, at):
    """Whether a place opens its clause, after a time, a preposition or the place above it (浙江省衢州市)."""
    begin = document.clause(at)[0]
    if "place_ends" not in document.memo:
        document.memo["place_ends"] = {b: a for a, b, *_ in _mentioned(document)}
    ends = document.memo["place_ends"]
    if body := BODY.search(document.chars, begin, at):
        at = body.start() if body.start() in ends else at
    while (above := ends.get(at, -1)) >= begin:
        at = above
    if OPENING.fullmatch(document.chars, begin, at):
        return True
    return any(begin + p.end == at for p in periods.periods(document.chars[begin:at], document.lexicon))


def _same(name, own):
    return bool(own) and (name in own or places.stem(name) == places.stem(own) != "")


def _whole(document, m, lexicon):
    """The place of 全市, 全区, 我县: own, the one above, the last one named, 下级; None for a mere rank."""
    home, level, own = _home(document), m["level"], document.entry.get("place_zh", "")
    if m[0][0] not in (ALL, THIS) or level == "域":
        return ""
    if m[0][0] == THIS:
        return _last(document, m.start(), level, lexicon) or _only(document, level, lexicon) or None
    reading = rules.read(document, *m.span(), "place_whole")[0]
    if reading == "rank" and not _opens(document, m.start()):
        return None
    if level == own[-1:] or not own and level not in WIDEST:
        return _last(document, m.start(), level, lexicon) or ("" if own else _only(document, level, lexicon))
    above = next((c for c in (*(places.parents(home) if home else ()), "000000") if _level(c) == LEVELS.get(level)), "")
    if above or level == "省":
        told = reading == "whole" and not document.quoted(*m.span()) if level in WIDEST else reading != "rank"
        return (m[0] if level in WIDEST else places.full_name(above)) if told else None
    lower = level not in "市州盟镇乡" and (not home or places.level(home) != "county")
    named = _last(document, m.start(), level, lexicon) or _only(document, level, lexicon)
    return named or (LOWER if lower else "")


def _level(code):
    return "country" if code == "000000" else places.level(code)


def _last(document, at, level, lexicon):
    """The place of a level that the passage names last before a position, or that it began with, or "" (its own)."""
    index = document.sentence_at(at)
    begin = document.passages[document.sentences[index].passage].start
    for a, place in reversed(_named(document, (begin, at), lexicon)):
        if _is_level(document, a, place, level) and _opens(document, a):
            return place
    first = next(i for i in range(index, -1, -1) if not i or document.sentences[i - 1].end <= begin)
    above = topic(document, first, lexicon)
    return above if above.endswith(level) else ""


def _only(document, level, lexicon):
    """The one place of a level that a text's sentences begin with, "" where they begin with several or none."""
    if "begun" not in document.memo:
        found = _placed(document, (0, len(document.chars)), lexicon)
        document.memo["begun"] = {place for a, _, place in found if place and _opens(document, a)}
    found = [place for place in document.memo["begun"] if place.endswith(level)]
    return found[0] if len(found) == 1 else ""


def _is_level(document, at, place, level):
    """Whether a place, written with or without its suffix, is of a level."""
    full = next((name for a, _, name, _ in _mentioned(document) if a == at), place)
    return full.endswith(level)
