"""Names without quotation marks: a proper or long modifier before a head noun, under a naming verb or repeated."""

import re
from collections import Counter
from dataclasses import dataclass

from lib.evidence.mentions import name_words as names
from lib.reading import segmentation

BREAK = re.compile(r"[，。；：、“”‘’！？（）()《》\[\]【】,;:!?\s…—|/]|[^\u4e00-\u9fffA-Za-z0-9·+]")
OFFICE = re.compile(r"^(?:.*\d+[年月日]|.*?(?:公安局|分局|派出所)(?=.{5}))+")
TALK = re.compile(r"[不没我你他她它是了着这那很吗呢吧]")
SUBJECT = re.compile(r"(?:公安|警方|机关|[分县市]局|公安局|派出所|街道)$")
WHERE = re.compile(
    r"^[\u4e00-\u9fff]{2,12}"
    r"(?:(?<!跨)省|(?<![城跨])市|[^小]区(?!域)|县|镇|乡|街道|村|社区|[分市]局|公安局|派出所)"
)
LEAD = re.compile(
    r"^(?:第[一二三四五\d]+[代批]|[全本我该各某][省市区县镇村州]|"
    r"新时代|新型|各级?|新|首个|专门|统一|多[个支]|系列|"
    r"\d+[余多]?[个支名处座家条人路]?|[一二三四五六七八九十两]+[个支名处座家])+"
)
COMPOSED = re.compile(r"由.*\d.*[组构]成的$")
NUMERAL = re.compile(r"[\d一二两三四五六七八九十几数多]")
LONGEST = 22
INSTITUTIONS = {"station": LONGEST, "centre": 9}  # built everywhere: to build one is no invention unless so named
ENOUGH = {"mechanism": 3, "programme": 3, "model": 3}


@dataclass(frozen=True)
class Bare:
    """A candidate: the words at start to end, its kind and weight."""

    start: int
    end: int
    words: str
    kind: str
    weight: int
    origin: str


def candidates(document, rules, places=()):
    """Every unquoted name that its evidence carries, in order; `places` are names of places that the text uses."""
    found = [c for s in document.sentences for c in _clauses(document, rules, s)]
    times = Counter(c.words for c in found)
    kept = []
    for c in found:
        weight = c.weight + (times[c.words] > 1) + any(c.words.startswith(p) and len(p) > 1 for p in places)
        if weight >= ENOUGH.get(c.kind, 2):
            kept.append(c)
    return kept


def _clauses(document, rules, sentence):
    chars, at = document.text.chars, sentence.start
    for piece in BREAK.split(chars[sentence.start : sentence.end]):
        if len(piece) > 4:
            yield from _names(rules, piece, at)
        at += len(piece) + 1


def _names(rules, piece, base):
    """The names of one clause: words back from a head noun to the nearest word that can't be part of a name."""
    tokens, at, border, verb = segmentation.plain(piece), 0, 0, None
    for i, token in enumerate(tokens):
        at += len(token)
        if _ends(rules, tokens, i):
            border, verb = at, _stronger(verb, rules.verb(token))
            continue
        head = rules.ending(piece[border:at])
        if head and head.bare and not _continues(rules, tokens[i + 1 :]):
            name = _candidate(rules, piece[border:at], head, (verb, _evidence(piece, border, at)))
            if name:
                told = verb if verb and (verb.local or len(name[0]) > INSTITUTIONS.get(head.kind, 0)) else None
                yield Bare(
                    base + at - len(name[0]),
                    base + at,
                    name[0],
                    head.kind,
                    name[1],
                    names.origin(rules, piece[:border], told),
                )
            border = at


def _ends(rules, tokens, i):
    """Whether no name runs over this word: a verb, or a word of names that here is the act of the body before it."""
    token = tokens[i]
    acts = i and SUBJECT.search(tokens[i - 1]) and token in rules.verbs and rules.verbs[token].weight
    return acts or token != "和" and names.ends(rules, token, tokens[i + 1 :])


def _stronger(verb, found):
    def rank(v):
        return v.local, v.made

    return found if found and found.weight and (not verb or rank(found) >= rank(verb)) else verb


def _continues(rules, tokens):
    """Whether the words after a head noun carry the name on: 数据中心|公安|分中心."""
    ahead = ""
    for token in tokens[:4]:
        if (token in rules.verbs or NUMERAL.match(token)) and token not in rules.heads:
            return False
        ahead += token
        head = rules.ending(ahead)
        if head and head.bare and len(ahead) <= 8:
            return True
    return False


def _evidence(piece, border, at):
    """What a clause says of a name beside its verb: it stands in a list; it is made of a number of parts."""
    return (piece[at : at + 1] == "等") + 2 * bool(COMPOSED.search(piece[:border]))


def _candidate(rules, words, head, seen):
    """(words, weight) of the name that the words hold, or None."""
    verb, told = seen
    words = OFFICE.sub("", words)
    joint = [
        m
        for m in re.finditer("[和与及]", words)
        if not m.start() or head.kind in ("station", "team") or rules.ending(words[: m.start()])
    ]
    words, led = _unled(rules, LEAD.sub("", words[joint[-1].end() :] if joint else words), head)
    modifier = words[: len(words) - len(head.word)]
    common = told < 2 and _generic(rules, words, modifier, head)
    if len(words) < head.bare or not modifier or len(words) > LONGEST or common:
        return None
    brand = head.kind in ("station", "team") and not rules.made_of_modifiers(modifier)
    return words, bool(verb or led) + (len(words) > 5) + (len(words) > 9) + brand + told


def _unled(rules, words, head):
    """(words, whether a verb led them): what follows a verb that the segmentation has hidden, or a naming verb."""
    whole = "".join(t for t in segmentation.plain(words) if len(t) > 2)
    cut = max(
        (
            m.end()
            for m in re.finditer(rules.hidden, words)
            if m.end() < len(words) - len(head.word) and m[0] not in whole
        ),
        default=0,
    )
    words = LEAD.sub("", words[cut:])
    first = segmentation.plain(words)[0] if words else ""
    led = first in rules.verbs and rules.verbs[first].weight and len(words) - len(first) >= head.bare
    return (LEAD.sub("", words[len(first) :]), True) if led else (words, bool(cut))


def _generic(rules, words, modifier, head):
    """A name that any place could use: listed, or a few common modifiers before the head noun."""
    place = WHERE.match(modifier)
    if TALK.search(words):
        return True
    if place and len(words) - place.end() > 3:
        words, modifier = words[place.end() :], modifier[place.end() :]
    common = rules.made_of_modifiers(modifier)
    return words in rules.generic or common and (head.kind not in ("platform", "station") or len(modifier) < 6)
