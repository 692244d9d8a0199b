"""Role formulas: 党政主导、公安牵头、部门协同, two short parts or more, each an actor with the word of its role."""

import re
from functools import cache

from lib.evidence.model.actor_groups import Actor
from lib.evidence.model.enumerations import HAN, alternatives, checked
from lib.schemas import ACTORS, ROLES

FRAMES = (
    "formula",
    "before",
    "by",
    "with",
    "as",
    "under",
    "after",
    "builds",
    "system",
    "takes",
    "body",
    "works",
    "feeds",
)  # the last six: see role_subjects
SEGMENT = re.compile(r"[^的、,，；;。！？：:“”‘’\"（()）\n\s]+")
BETWEEN = re.compile(r"[、,，；;]\s*|\s+|[”’]\s*[、,，]?\s*[“‘]")
FILLER = (
    "[”’」]?(?:实行|实施|采取|常态化?|长期|定期|轮流|按需求?|应需|派员|派人|统一|共同|联合|积极|主动|广泛|全程"
    "|全面|深度|具体|直接|密切|全力|切实|依法|集中|踊跃|自愿|协同|就近|及时|也|都|全部|均|已|来|亲自)*"
)


@cache
def frames(lexicon):
    """{frame: {word: role}} of lexicon/roles.csv."""
    found = {}
    checked(lexicon, "roles", "frame", FRAMES)
    for r in checked(lexicon, "roles", "role", ROLES):
        found.setdefault(r["frame"], {})[r["word"]] = r["role"]
    return found


@cache
def short(lexicon):
    """{short form of an actor: kind}, longest first; such forms are actors only beside the word of a role."""
    rows = checked(lexicon, "roles_actors", "kind", (*ACTORS, "", *(f"{a} {b}" for a in ACTORS for b in ACTORS)))
    return {r["word"]: r["kind"] for r in sorted(rows, key=lambda r: -len(r["word"]))}


@cache
def _patterns(lexicon):
    """(word of a role at the end, actor before such a word at the end, actor before a sign of enumeration)."""
    verbs, actors = alternatives(frames(lexicon)["formula"]), alternatives(w for w in short(lexicon) if len(w) > 1)
    ends = (rf"{HAN}{{0,4}}?(?P<word>{verbs})$", rf"(?:{actors})(?={FILLER}(?:{verbs})$)", rf"({actors})[、和]$")
    return tuple(map(re.compile, ends))


def find(chars, sentence, lexicon):
    """(start, end, Actor, role) of each part of the role formulas of a sentence, in order."""
    runs, run = [], []
    for m in SEGMENT.finditer(chars, sentence.start, sentence.end):
        part = _segment(chars, *m.span(), lexicon)
        if run and not (part and BETWEEN.fullmatch(chars, run[-1][1], m.start())):
            runs, run = [*runs, run], []
        run += [part] if part else []
    parts = [p for r in [*runs, run] if sum(bool(p[2]) for p in r) > 1 for p in r if p[2]]
    beside = [p for part in parts for p in _beside(chars, sentence, part, lexicon)]
    return sorted([*parts, *beside], key=lambda p: p[:2])


def _beside(chars, sentence, part, lexicon):
    """The actor before a part that shares its verb: 党委、政府统一领导."""
    first = max(sentence.start, part[0] - 12)
    m = _patterns(lexicon)[2].search(chars[first : part[0]])
    if m:
        start, end = first + m.start(1), first + m.end(1)
        yield start, end, Actor(start, end, short(lexicon)[m.group(1)]), part[3]


def _segment(chars, start, end, lexicon):
    """(start, end, actor, role) of one segment; no actor where it only keeps the run going: 法治保障, 专家会诊."""
    ending, _, _ = _patterns(lexicon)
    if end - start > 12:
        return _last(chars, start, end, lexicon)
    for word in (w for w in short(lexicon) if chars.startswith(w, start, end)):
        m = ending.match(chars, start + len(word), end)
        if m:
            return start, end, Actor(start, start + len(word), short(lexicon)[word]), _role(m, lexicon)
    half = chars[start : start + 2] in short(lexicon) or ending.match(chars, start + 2, end)
    return (start, end, None, "") if end - start == 4 and half else _last(chars, start, end, lexicon)


def _last(chars, start, end, lexicon):
    """The part that a longer segment ends with: 在全市建立党委领导 -> 党委领导."""
    ending, actors, _ = _patterns(lexicon)
    m = actors.search(chars[start:end])
    if not m or end - start - m.start() > 10:
        return None
    actor = Actor(start + m.start(), start + m.end(), short(lexicon)[m.group()])
    verb = ending.match(chars, actor.end, end)
    return (actor.start, end, actor, _role(verb, lexicon)) if verb else None


def _role(m, lexicon):
    return frames(lexicon)["formula"][m.group("word")]
