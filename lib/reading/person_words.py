"""What a Chinese name can be: surname and given name, told from words, places and institutions.

Surnames, characters of given names and false friends are data: names.csv; titles: titles.csv.
"""

import re
from dataclasses import dataclass
from functools import cache

from lib.lexicon import alternatives
from lib.reading.segmentation import is_name, is_word, plain

SPEECH = alternatives("speech")
FOLLOWS = re.compile(alternatives("after a name"))
FOLLOWS_CHAR = re.compile("[说称道表在和与及等因将把被从向对于是的也就为到又都没有了着过等]")
GAP = r"[ \t]{0,2}[”’)）]?[ \t]{0,2}[:：]?"
UNIT_AFTER = re.compile(alternatives("unit after"))
SOME = re.compile(alternatives("some"))
NOT_SOME = re.compile(alternatives("some thing"))


@dataclass(frozen=True)
class Names:
    """Surnames that are sure, those that are also words, compound ones, given characters, traps, titles by side."""

    surnames: frozenset
    wordlike: frozenset
    compound: tuple
    given: frozenset
    traps: frozenset
    public: frozenset
    titled: re.Pattern
    weak: frozenset
    after: re.Pattern
    alone: re.Pattern


@cache
def compiled(lexicon):
    """The Names of a lexicon, compiled once."""
    rows, titles = lexicon.rows("names", "kind", "form", "note"), lexicon.rows("titles", "title", "side")
    kinds = {k: [r["form"] for r in rows if r["kind"] == k] for k in ("compound", "given", "no name", "public figure")}
    by = {
        s: sorted((r["title"] for r in titles if r["side"] == s), key=len, reverse=True)
        for s in ("before", "weak", "after", "surname")
    }
    before = "|".join(map(re.escape, sorted(by["before"] + by["weak"], key=len, reverse=True)))
    return Names(
        frozenset(r["form"] for r in rows if r["kind"] == "surname" and not r["note"]),
        frozenset(r["form"] for r in rows if r["kind"] == "surname" and r["note"]),
        tuple(kinds["compound"]),
        frozenset(kinds["given"]),
        frozenset(kinds["no name"]),
        frozenset(kinds["public figure"]),
        re.compile(f"(?P<title>{before}){GAP}"),
        frozenset(by["weak"]),
        re.compile("|".join(map(re.escape, by["after"]))),
        re.compile("|".join(map(re.escape, by["surname"]))),
    )


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
    rare = (
        sure
        and usual
        and re.fullmatch("[\u4e00-\u9fff]{2}", form)
        and not is_word(form)
        and not FOLLOWS_CHAR.search(form)
    )
    return usual == len(form) or bool(rare and (FOLLOWS.match(chars, end) or known.after.match(chars, end)))


def _plausible(chars, at, end, known, sure):
    """Whether these characters are a name: no word runs through them, and what follows can follow a name."""
    form, after = chars[at:end], chars[end : end + 8]
    if any(chars.startswith(t, at) for t in known.traps) or UNIT_AFTER.match(after) and not FOLLOWS.match(after):
        return False
    if is_name(form):
        return bool(FOLLOWS.match(after)) or len(form) > 2 or sure
    words = plain(chars[at : end + 8])
    if len(words[0]) > 1 and words[0] not in known.compound and not is_name(words[0]):
        return False
    if is_word(form) or _runs_over(words, len(form)) and not re.match(SPEECH, after):
        return False
    if not sure and len(form) == 3 and is_word(form[1:]) and not FOLLOWS.match(after):
        return False
    return bool(FOLLOWS.match(after)) or sure and len(plain(after)[0]) > 1


def _runs_over(words, length):
    """Whether a word begins inside the name and ends after it."""
    at = 0
    for word in words:
        if at < length < at + len(word):
            return True
        at += len(word)
    return False
