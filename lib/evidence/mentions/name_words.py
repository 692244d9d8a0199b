"""The words of names: head nouns that tell the kind, words that any place uses, words that end a name, shapes."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from lib.lexicon import BadInput, Lexicon, compiled
from lib.reading import numerals, segmentation
from lib.reading.spans import HANZI
from lib.schemas import INITIATIVES

LONGEST_HEAD = 6
ENTERS = compiled("enters a place")  # 乡贤进站 is no station
DIVISION, MORE = compiled("division").pattern, compiled("sign of more before a counter").pattern
FUNCTION = ("c", "p", "r", "d", "ad", "ud", "ug", "uj", "ul", "uz", "uv", "y", "e")  # parts of speech
PLAIN, MANY = compiled("formed of any word"), compiled("more names of a list")
ABOUT = compiled("what a name of a list is about")
STOP = re.compile(rf"[^{HANZI}A-Za-z\d]")
VERSION, MANNER = compiled("version of a name"), compiled("manner behind a count").pattern


@dataclass(frozen=True)
class Head:
    """A head noun: its kind, what it says right of quotes and inside them, the least length of a bare name (or 0)."""

    word: str
    kind: str
    right: int
    inside: int
    bare: int


@dataclass(frozen=True)
class Words:
    """The lexicon of names, compiled."""

    heads: dict
    common: frozenset  # words that any place uses
    inside: frozenset  # verbs that stand in names
    ends: frozenset  # words that end a name, whatever their part of speech
    governs: frozenset  # verbs whose object follows and that stand in no noun
    emphasis: frozenset  # what stands in quotes for emphasis
    event: re.Pattern
    shapes: tuple  # (id, pattern, points)
    templates: dict
    makers: tuple  # (pattern, origin) of bodies above the place
    counted: re.Pattern  # 3个, before a name
    lengths: dict  # {last character of head nouns: their lengths, the longest first}
    bare: ahocorasick_rs.AhoCorasick  # the head nouns that a bare name may end with


@cache
def words(lexicon: Lexicon) -> Words:
    """The Words of a lexicon; BadInput where a row's kind or number can't be used."""
    listed = lexicon.rows("name_words", "word", "why")
    by = {why: frozenset(r["word"] for r in listed if r["why"] == why) for why in {r["why"] for r in listed}}
    units = [r["unit"] for r in lexicon.rows("units", "unit", "kind") if r["kind"] == "count"]
    templates = lexicon.rows("origins", "name", "kind", "origin", "year", "source", "match")
    heads = {r["head"]: _head(r) for r in lexicon.rows("heads", "head", "kind", "right", "inside", "bare")}
    verbs = lexicon.rows("relations_verbs", "word", "side")
    nominal = {r["word"] for r in verbs if r["side"] == "nominal"}
    lengths = defaultdict(list)
    for length, last in sorted({(-len(head), head[-1]) for head in heads}):
        lengths[last].append(-length)
    return Words(
        heads,
        *(by.get(why, frozenset()) for why in ("common", "inside", "ends")),
        frozenset(r["word"] for r in verbs if r["side"] in ("both", "before")) - nominal,
        by.get("emphasis", frozenset()),
        re.compile(f"(?:{'|'.join(by['event'])})$"),
        tuple(_shape(r) for r in lexicon.rows("name_shapes", "id", "pattern", "points")),
        {r["name"]: r | {"kind": _kind("origins", r)} for r in templates},
        tuple((re.compile(r["pattern"]), r["origin"]) for r in lexicon.rows("origins_makers", "pattern", "origin")),
        re.compile(f"{numerals.NUMERAL}{MORE}?(?:{'|'.join(sorted(units, key=len, reverse=True))})(?!{MANNER})"),
        dict(lengths),
        ahocorasick_rs.AhoCorasick([head.word for head in heads.values() if head.bare]),
    )


def _head(row):
    numbers = [
        int(row[c]) if row[c].isdigit() else _wrong("heads", row, c, "a whole number")
        for c in ("right", "inside", "bare")
    ]
    return Head(row["head"], _kind("heads", row), *numbers)


def _shape(row):
    points = row["points"]
    try:
        return row["id"], re.compile(row["pattern"]), int(points)
    except (re.error, ValueError):
        column = "points" if not re.fullmatch(r"-?\d+", points) else "pattern"
        _wrong("name_shapes", row, column, "a whole number" if column == "points" else "a regular expression")


def _kind(file, row):
    return row["kind"] if row["kind"] in INITIATIVES else _wrong(file, row, "kind", f"one of {', '.join(INITIATIVES)}")


def _wrong(file, row, column, expected):
    raise BadInput(f"{file}.csv:{row['line']}: {column} {row[column]!r}; expected {expected}")


def ending(known: Words, name: str) -> Head | None:
    """The longest head noun that a name ends with; one of one character only where its last word is a noun."""
    name = VERSION.sub("", name)
    head = next((h for n in known.lengths.get(name[-1:], ()) if (h := known.heads.get(name[-n:]))), None)
    if head and len(head.word) == 1 and len(name) > 1:
        last, tag = segmentation.tagged(name)[-1]
        word = last != head.word and (tag[0] in "vtdc" or last in known.common)
        return None if len(last) > 3 or ENTERS.match(last) or word else head
    return head


def common(known: Words, name: str) -> bool:
    """Whether a name is made of nothing but words that any place uses."""
    reach = {0}
    for i in sorted(range(len(name))):
        if i in reach:
            reach |= {j for j in range(i + 1, len(name) + 1) if name[i:j] in known.common or PLAIN.fullmatch(name[i:j])}
    return len(name) in reach


def plain(known: Words, name: str) -> bool:
    """Whether a name is made of words of the trade: 智慧防控, 科学谋划."""
    return all(t in known.common or t in known.inside or PLAIN.fullmatch(t) for t in segmentation.plain(name))


def generic(known: Words, name: str) -> bool:
    """Whether a name is a head noun after words that any place uses, or such words alone."""
    head = ending(known, name)
    return common(known, name[: -len(head.word)] if head and head.word != name else name)


def ends(known: Words, token: str, tag: str) -> bool:
    """Whether a name can't run over a word: a verb that names don't hold, a word of grammar."""
    if token in known.heads or token in known.common or token in known.inside:
        return False
    return (
        token in known.ends
        or tag in FUNCTION
        and token != "地"
        and (tag != "d" or len(token) > 1)
        or tag[0] == "v"
        and tag != "vn"
    )


def tokens(known: Words, chars: str) -> list[tuple[str, str]]:
    """(word, part of speech) of some characters by the dictionary; a head noun at a word's start is a word."""
    found, pieces, at, taken = [], segmentation.tagged(chars), 0, 0
    for word, tag in pieces:
        if at >= taken:
            whole = [chars[at : at + n] for n in range(LONGEST_HEAD, 1, -1)]
            head = next((w for w in whole if w in known.heads and len(w) > max(2, len(word) - 2)), "")
            joined = head or next((w for w in whole if w in known.common and len(w) > len(word)), "")
            found.append((joined, "n") if joined else (word, tag))
            taken = at + len(found[-1][0])
        elif at + len(word) > taken:
            found.append((chars[taken : at + len(word)], "n"))
            taken = at + len(word)
        at += len(word)
    return found


def head_after(known: Words, right: str) -> tuple[Head | None, int]:
    """(the strongest head noun in the words behind a closing quote, its end), or (None, 0); 等一批X has no end."""
    many = MANY.match(right)
    at = start = many.end() + _length(known.counted, right, many.end()) if many else int(right[:1] == "的")
    best, end = None, 0
    for token, tag in tokens(known, STOP.split(right[start : start + 20])[0]):
        counts = tag == "m" and not PLAIN.fullmatch(token) and (at > start or known.counted.match(right, at))
        if ends(known, token, tag) or counts or at - start > 14:
            break
        at += len(token)
        head = ending(known, right[start:at])
        if (
            head
            and head.right
            and (not best or head.right >= best.right)
            and (len(head.word) > 1 or head.word == token)
        ):
            best, end = head, at
    if not best and (about := ABOUT.match(right)):
        return head_after(known, right[about.end() :])
    weak = best and start and not many and best.right < 2  # “X”的服务 is described, not named
    return None if weak else best, 0 if many or start else end


def _length(pattern, text, at):
    found = pattern.match(text, at)
    return found.end() - at if found else 0


def origin(known: Words, clause: str) -> str:
    """national | provincial by whom the clause before a name names as its maker, else local."""
    return next((origin for pattern, origin in known.makers if pattern.search(clause)), "local")
