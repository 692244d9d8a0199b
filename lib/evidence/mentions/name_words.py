"""What makes words a name: head nouns, naming verbs, templates; and what does not: generic and emphatic words."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from lib.lexicon import BadInput
from lib.reading import segmentation

KINDS = ("platform", "code", "station", "team", "mechanism", "programme", "model", "centre")
COUNTED = re.compile(
    r"(?:(?:\d+|[一二三四五六七八九十百两几数多若]+)[余多]?[个支名处家座项条位所套批大类种路]|"
    r"首个|每[日周月季年])$"
)
LIST = re.compile(r"等(?:一批|一系列|一些|多个|多项|[一二三四五六七八九十两数几\d]+[个项种类大支])?")
LISTED = re.compile(r"(?:[、和及与](?!等)[\u4e00-\u9fff]{2,10}?){1,3}(?=等)")
PIECES = re.compile(r"[一二两三四五六七八九十\d]+[个种项类支条张]")
STOP = re.compile(r"[，。；：、“”‘’！？（）()《》,;:!?\s…]")
SERIES = re.compile(r"(?:[\u4e00-\u9fff]{2,8}、){1,4}[\u4e00-\u9fff]{2,10}?(机制|模式|制度)")


@dataclass(frozen=True)
class Head:
    """A head noun: its kind and how much it says right of quotes, at the end of quoted words, and in bare words."""

    word: str
    kind: str
    right: int
    inside: int
    bare: int


@dataclass(frozen=True)
class Verb:
    """A word before a name: `weight` 0 only ends it; `local` tells of an invention; `inside`: yes | after | "".

    `made` tells that somebody made the thing, if not that it is new. `inside` says whether the word also occurs in
    names: anywhere, only after a quotation, or never.
    """

    weight: int
    local: bool
    made: bool
    inside: str


@dataclass(frozen=True)
class Rules:
    """The lexicon of names, compiled."""

    heads: dict
    verbs: dict
    generic: dict
    modifiers: frozenset
    templates: dict
    makers: tuple  # (pattern, origin) of bodies above the place
    award: re.Pattern  # at the end of a clause: what follows is an honour
    figurative: re.Pattern  # what follows is a figure of speech
    aim: re.Pattern  # behind a quotation: it is a slogan
    event: re.Pattern  # at the end of the words: a meeting, a festival, an anniversary

    @cached_property
    def hidden(self):
        """Verbs of two and more characters that never stand inside a name, as a pattern."""
        return re.compile("|".join(re.escape(v) for v in self.verbs if len(v) > 1 and not self.verbs[v].inside))

    def ending(self, words):
        """The longest head that the words end with, or None."""
        return next(
            (self.heads[words[i:]] for i in range(max(0, len(words) - 10), len(words)) if words[i:] in self.heads), None
        )

    def verb(self, token):
        """The verb that a word is, or that it ends with after an adverb (充分利用), or None."""
        last = token[-2:] if len(token) > 3 and token not in self.heads else ""
        return self.verbs.get(token) or self.verbs.get(last)

    def verb_before(self, words, least=0):
        """The longest verb of at least this weight that the words end with, or None."""
        return next(
            (
                v
                for i in range(max(0, len(words) - 8), len(words))
                if (v := self.verbs.get(words[i:])) and v.weight >= least
            ),
            None,
        )

    def made_of_modifiers(self, words):
        """Whether nothing is left of the words once the modifiers that any place uses are taken away."""
        reach = {0}
        for i in range(len(words)):
            if i in reach:
                reach |= {j for j in range(i + 1, len(words) + 1) if words[i:j] in self.modifiers}
        return len(words) in reach


@cache
def rules(lexicon):
    """The Rules of a lexicon; BadInput where a row's kind or number can't be used."""
    strengths = ("right", "inside", "bare")
    heads = {
        r["head"]: Head(r["head"], _kind("heads", r), *(_number("heads", r, c) for c in strengths))
        for r in lexicon.rows("heads", "head", "kind", *strengths)
    }
    spoken = lexicon.rows("naming_verbs", "verb", "weight", "local", "inside", "says")
    verbs = {
        r["verb"]: Verb(_number("naming_verbs", r, "weight"), r["local"] == "yes", r["local"] != "", r["inside"])
        for r in spoken
    }
    words = lexicon.rows("generic_names", "name", "why")
    templates = {
        r["name"]: r | {"kind": _kind("origins", r)}
        for r in lexicon.rows("origins", "name", "kind", "origin", "year", "source", "match")
    }
    before = {
        says: "|".join(re.escape(r["verb"]) for r in spoken if r["says"] == says) for says in ("award", "figurative")
    }
    said = {why: "|".join(re.escape(r["name"]) for r in words if r["why"] == why) for why in ("aim", "ending")}
    return Rules(
        heads,
        verbs,
        {r["name"]: r["why"] for r in words if r["why"] not in ("modifier", "ending")},
        frozenset(r["name"] for r in words if r["why"] == "modifier"),
        templates,
        _makers(lexicon),
        re.compile(f"(?:{before['award']})[^，。]{{0,12}}$"),
        re.compile(f"(?:{before['figurative']})[^，。]{{0,12}}$"),
        re.compile(f"为(?:工作)?(?:{said['aim']})"),
        re.compile(f"(?:{said['ending']})$"),
    )


def _makers(lexicon):
    return tuple((re.compile(r["pattern"]), r["origin"]) for r in lexicon.rows("origins_makers", "pattern", "origin"))


def origin(rules, clause, verb):
    """local | national | provincial by whom a clause names before the verb that makes a thing; "" if none makes it."""
    if not (verb and verb.made):
        return ""
    return next((origin for pattern, origin in rules.makers if pattern.search(clause)), "local")


def common(rules, words):
    """Whether a name is but modifiers that any place uses before its head noun."""
    head = rules.ending(words)
    return rules.made_of_modifiers(words[: -len(head.word)] if head else words)


def _kind(file, row):
    if row["kind"] not in KINDS:
        raise BadInput(f"{file}.csv:{row['line']}: kind {row['kind']!r}; expected one of {', '.join(KINDS)}")
    return row["kind"]


def _number(file, row, column):
    if not row[column].isdigit():
        raise BadInput(f"{file}.csv:{row['line']}: {column} {row[column]!r}; expected a whole number")
    return int(row[column])


def head_after(rules, right):
    """(weight, head, end) of the best head noun in the words after a closing quote, or (0, None, 0)."""
    listed = LISTED.match(right)
    at = listed.end() if listed else 0
    many = LIST.match(right, at)
    at = many.end() if many else at
    if many and not _run(rules, right, at)[0]:
        at = right.rfind("的", at, _stop(right, at)) + 1 or at
    loose = right[at : at + 1] == "的"
    best, series = _run(rules, right, at + loose), SERIES.match(right)
    if series and not best[0]:
        return 1, rules.heads[series[1]], 0
    weight, head, end = best
    return max(0, weight - loose), head, (0 if many or loose else end)


def ends(rules, token, following, inside=("yes",)):
    """Whether a word ends a name: a verb, or a word that ends with one, with no head noun in it or close behind."""
    verb = rules.verb(token)
    if token == "和" or "的" in token:
        return True
    if not verb or any(token + "".join(following[:n]) in rules.heads for n in (0, 1, 2)):
        return False
    ahead = following[:4] if verb.inside in inside else []
    until = next((i for i, t in enumerate(ahead) if t in rules.verbs and not rules.verbs[t].inside), len(ahead))
    return not any("".join(ahead[i:j]) in rules.heads for j in range(1, until + 1) for i in range(j))


def _stop(right, start):
    found = STOP.search(right, start)
    return found.start() if found else len(right)


def _run(rules, right, start):
    """The strongest head noun before the first word that can't be part of a name; of two the longer one."""
    best, at, edges, first = (0, None, 0), start, [start], start
    words = right[start : min(_stop(right, start), start + 24)]
    noun = next((words[:n] for n in range(10, 1, -1) if words[:n] in rules.heads), "")
    tokens = [noun, *segmentation.plain(words[len(noun) :])] if noun else segmentation.plain(words)
    inside = ("yes", "after") if start and right[start - 1] == "的" else ("yes",)
    for i, token in enumerate(tokens):
        if ends(rules, token, tokens[i + 1 :], inside) or PIECES.match(right, at) or at - start > 12:
            break
        at += len(token)
        edges.append(at)
        head = rules.ending(right[start:at])
        edge = at - len(head.word) if head else at
        if head and head.right and (len(head.word) > 1 or edge in edges) and (head.right >= best[0] or edge <= first):
            best, first = (head.right, head, at), edge
    return best
