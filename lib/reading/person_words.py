"""What a Chinese name can be: surname and given name, told from words, places and institutions.

Surnames, characters of given names and false friends are data: names.csv; titles: titles.csv.
"""

import re
from dataclasses import dataclass
from functools import cache

from lib.lexicon import alternatives
from lib.reading.segmentation import is_name, is_word, plain, tagged
from lib.reading.spans import HANZI

DOT = "[·•‧・]"
LATIN = re.compile(r"[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){1,2}(?![A-Za-z])")
LABEL_ENDS = r"(?:[ \t]{0,2}[:/|丨][ \t]{0,3}|[ \t]{1,3})"
KINDS = ("compound", "given", "no name", "public figure", "sound", "part")
SPEECH = alternatives("speech")
FOLLOWS = re.compile(alternatives("after a name"))
FOLLOWS_CHAR = re.compile("[说称道表在和与及等因将把被从向对于是的也就为到又都没有了着过等]")
GAP = r"[ \t]{0,2}[”’)）]?[ \t]{0,2}[:：]?"
UNIT_AFTER = re.compile(alternatives("unit after"))
PLACE_END = re.compile(alternatives("place ends") + "$")
ACTS = ("v", "p", "d", "c", "f", "r", "m", "q", "a")
VERBAL = ("v", "p", "d", "c", "u", "r", "zg", "vn", "m")
SOME = re.compile(alternatives("some"))
NOT_SOME = re.compile(alternatives("some thing"))


@dataclass(frozen=True)
class Names:
    """Surnames that are sure, those that are also words, compound ones, given characters, traps, titles by side."""

    surnames: frozenset
    wordlike: frozenset
    compound: tuple
    given: frozenset
    traps: tuple
    public: frozenset
    titled: re.Pattern
    weak: frozenset
    after: re.Pattern
    alone: re.Pattern
    label: re.Pattern  # of a byline, before its names
    credit: re.Pattern  # of a byline, behind a name
    foreign: re.Pattern  # a name written by its sound, in parts between dots
    sounds: re.Pattern  # one written by its sound, or of elements of such names, behind a title


@cache
def compiled(lexicon):
    """The Names of a lexicon, compiled once."""
    rows, titles = lexicon.rows("names", "kind", "form", "note"), lexicon.rows("titles", "title", "side")
    kinds = {k: [r["form"] for r in rows if r["kind"] == k] for k in KINDS}
    by = {
        s: sorted((r["title"] for r in titles if r["side"] == s), key=len, reverse=True)
        for s in ("before", "weak", "after", "surname")
    }
    before = _either(by["before"] + by["weak"])
    bylines = lexicon.rows("bylines", "word", "side")
    label, credit = (_either(r["word"] for r in bylines if r["side"] == s) for s in ("before", "after"))
    sound, part = f"[{''.join(kinds['sound'])}]", f"(?:{_either(kinds['part'])})"
    return Names(
        frozenset(r["form"] for r in rows if r["kind"] == "surname" and not r["note"]),
        frozenset(r["form"] for r in rows if r["kind"] == "surname" and r["note"]),
        tuple(kinds["compound"]),
        frozenset(kinds["given"]),
        tuple(kinds["no name"]),
        frozenset(kinds["public figure"]),
        re.compile(f"(?P<title>{before}){GAP}"),
        frozenset(by["weak"]),
        re.compile(_either(by["after"])),
        re.compile(_either(by["surname"])),
        re.compile(f"(?<![{HANZI}])(?:{label})(?:[/、](?:{label}))*{LABEL_ENDS}"),
        re.compile(f"(?<=[{HANZI}]) ?/? ?(?:{credit})(?![{HANZI}])"),
        re.compile(f"{sound}{{2,8}}(?:{DOT}{sound}{{2,8}})+|{part}{{2,3}}"),
        re.compile(f"{part}{{1,3}}|{sound}{{3,8}}"),
    )


def _either(words):
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def surname(chars, at, known):
    """Length of the surname that stands at a place: 2, 1 or 0."""
    if chars[at : at + 2] in known.compound:
        return 2
    return int(chars[at : at + 1] in known.surnames or chars[at : at + 1] in known.wordlike)


def end_of_name(chars, at, known, sure=True):
    """The end of the full name that begins at a place, or 0. `sure`: the context already says that a person follows."""
    family = surname(chars, at, known)
    if not family:
        return 0
    if known.alone.match(chars, at + family):
        return at + family if chars[at] in known.surnames else 0
    if SOME.match(chars, at + family):
        m = SOME.match(chars, at + family)
        return 0 if NOT_SOME.match(chars, m.end()) else m.end()
    for end in (at + family + 2, at + family + 1):
        if (
            end <= len(chars)
            and _given(chars, at + family, end, known, sure)
            and _plausible(chars, at, end, known, sure)
        ):
            return end
    return 0


def _given(chars, start, end, known, sure):
    """Whether these can be a given name: all usual characters; after a title one suffices, where no word is made."""
    form = chars[start:end]
    usual = sum(c in known.given for c in form)
    if chars[start - 1] in known.wordlike and (
        known.titled.fullmatch(form)
        or (is_word(form) and (not sure or _acts(chars[start - 1])) if len(form) > 1 else not sure)
    ):
        return False
    rare = (
        sure and usual and re.fullmatch(f"[{HANZI}]{{2}}", form) and not is_word(form) and not FOLLOWS_CHAR.search(form)
    )
    return usual == len(form) or bool(rare and (FOLLOWS.match(chars, end) or known.after.match(chars, end)))


def _plausible(chars, at, end, known, sure):
    """Whether these characters are a name: no word runs through them, and what follows can follow a name."""
    form, after = chars[at:end], chars[end : end + 8]
    if chars.startswith(known.traps, at) or UNIT_AFTER.match(after) and not FOLLOWS.match(after):
        return False
    if is_name(form):
        return bool(FOLLOWS.match(after)) or len(form) > 2 or sure
    words = plain(chars[at : end + 8])
    if len(words[0]) > 1 and words[0] not in known.compound and not is_name(words[0]):
        return False
    if is_word(form) or _runs_over(words, len(form)) and not re.match(SPEECH, after):
        return False
    if FOLLOWS.match(after):
        return True
    full = len(form) == 3 and (sure or form[0] in known.surnames) and not PLACE_END.search(form)
    if not sure and (not full or is_word(form[1:]) and _acts(form[0])):
        return False
    return len(plain(after)[0]) > 1 or full and tagged(after)[0][1].startswith(VERBAL)


def _acts(surname):
    """Whether a surname is, as a word, a verb or what governs the next word: 谈 in 谈安全, 向 in 向群众."""
    return tagged(surname)[0][1].startswith(ACTS)


def bounded(chars, at, known):
    """The end of the name between a place and the next border, or 0; in a byline any character can be a given one."""
    m = re.compile(f"[{HANZI}]{{2,4}}(?![{HANZI}])").match(chars, at)
    if not m or not surname(chars, at, known) or len(m.group()) == 4 and chars[at : at + 2] not in known.compound:
        return 0
    form, first = m.group(), plain(m.group())[0]
    if form.startswith(known.traps) or is_word(form) and (len(form) > 2 or form[0] not in known.surnames):
        return 0
    one = len(first) == 1 or is_name(first) or first in known.compound
    one = one or form[0] in known.surnames and all(c in known.given for c in form[1:])
    return m.end() if one or len(form) == 2 and not tagged(form)[0][1].startswith(("ns", "t", "v")) else 0


def end_of_sounds(chars, at, known):
    """The end of a name that is written by its sound, behind a title, or 0: 扎西顿珠, 艾尔肯·吐尔逊, David Miller."""
    m = known.foreign.match(chars, at) or LATIN.match(chars, at)
    if m:
        return m.end()
    m = known.sounds.match(chars, at)
    if not m or len(m.group()) < 3 or chars[at : at + 1] in known.surnames and end_of_name(chars, at, known):
        return 0
    words = plain(chars[at : m.end() + 4])
    return 0 if len(words[0]) > 1 and is_word(words[0]) or _runs_over(words, len(m.group())) else m.end()


def _runs_over(words, length):
    """Whether a word begins inside the name and ends after it."""
    at = 0
    for word in words:
        if at < length < at + len(word):
            return True
        at += len(word)
    return False
