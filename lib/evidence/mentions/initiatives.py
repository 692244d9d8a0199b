"""Named initiatives: platforms, codes, stations, teams, mechanisms, programmes, models, centres with proper names."""

import re
from bisect import bisect_right
from collections import Counter
from operator import itemgetter

import ahocorasick_rs

from lib import rules
from lib.evidence.mentions import aliases, name_glosses, names_quoted, names_unquoted
from lib.evidence.mentions import name_words as words
from lib.evidence.mentions.aliases import Name
from lib.lexicon import compiled
from lib.reading import places
from lib.reading.spans import CLOSE, OPEN, QUOTES

ORDINARY = 4  # characters from which a quoted name is known again without its quotes
COMMON = 7  # characters below which a name of common words is nobody's
UNLIKE = re.compile(r"[+\dA-Z]")
TEMPLATE = "name.template"
COUNTED = compiled("counted things")


def find(document, lexicon):
    """Rows of kind initiative, one a mention: key, name, type, strength, status, place, origin, alias_of, rule,
    gloss (the span of the words that say what it does, or None).

    `place` is the nearest place named before it in the sentence, empty where that is the text's own. Where names
    overlap the longer wins; `alias_of` is the key of the longer name that a shorter one stands for.
    """
    known, where = words.words(lexicon), _Where(document)
    found = aliases.folded(_names(document, known, where), document.text.chars)
    rows = []
    for start, end, name in _mentions(document.text.chars, found, known):
        sentence = document.sentences[document.sentence_at(start)]
        if sentence.start <= start and end <= sentence.end and not document.damaged(start, end):
            told = (start, end) in found[name].spans or COUNTED.search(document.words(sentence))
            rows.append(
                {
                    "start": start,
                    "end": end,
                    "kind": "initiative",
                    **_identity(document, name, found),
                    "strength": "2" if told else "1",
                    "status": _status(document, start, end),
                    "place": where.before(sentence.start, end),
                    "gloss": found[name].rule != TEMPLATE and name_glosses.clause(document, start, end) or None,
                }
            )
    return rows


def _names(document, known, where):
    """{words: Name} from quotations, from bare words and from the list of templates."""
    own = document.entry.get("place_zh", "")
    near = {p for p in (own, re.sub(f"{words.DIVISION}$", "", own)) if len(p) > 1}
    chars = names_quoted.TITLE.sub(lambda m: "》" * len(m[0]), document.text.chars)  # 《“枫桥经验”的意见》 tells none
    groups = {}
    for c in names_quoted.candidates(document, known) + names_unquoted.candidates(document, known, near):
        if c.words not in known.templates or chars[c.start] != "》":
            groups.setdefault(c.words, []).append(c)
    near |= where.names()
    found = {name: _name(document.text.chars, known, (group, near)) for name, group in groups.items()}
    return found | {t["name"]: _template(t, found) for t in known.templates.values() if _stands(chars, t)}


def _name(chars, known, told):
    """The Name that a group of candidates gives; `told` is the group and the places that make a name local."""
    group, near = told
    name, tails = group[0].words, [(c.start, c.close + c.tail) for c in group if c.tail]
    plain = [(c.start, c.end) for c in group if not c.tail]
    full = min((re.sub(rf"[{QUOTES}\s]", "", chars[a:b]) for a, b in tails), key=len, default=name)
    short = re.sub(r"\s", "", name)
    full = full if full.startswith(short) else short + full.partition(short[-2:])[2]
    best = max(group, key=lambda c: (bool(c.tail), c.points))
    kinds = Counter(c.kind for c in group if c.kind) or Counter([aliases.UNTOLD])
    kind = best.kind if kinds[best.kind] * 2 >= kinds.total() else max(kinds, key=kinds.get)
    return Name(name, full, kind, _origin(known, full, told), best.rule, tuple(tails + plain))


def _origin(known, full, told):
    """Where a name comes from: the list of templates, whom the text names as its maker, a place in its own words."""
    group, near = told
    if full in known.templates:
        return known.templates[full]["origin"]
    common = words.generic(known, full) and (group[0].kind == "programme" or len(full) < COMMON)
    said = {c.origin for c in group if c.origin != "local" or not common} - {""}
    local = "local" in said or group[0].kind != "station" and any(p in full for p in near)
    return next((o for o in ("national", "provincial") if o in said), "local" if local else "unknown")


def _template(template, found):
    name, known = template["name"], found.get(template["name"])
    return Name(name, name, template["kind"], template["origin"], TEMPLATE, known.spans if known else ())


def _stands(chars, template):
    name = template["name"]
    return name in chars if template["match"] == "anywhere" else re.search(f"[{OPEN}]{re.escape(name)}[{CLOSE}]", chars)


def _mentions(chars, found, known):
    """(start, end, words) of every mention, in order; where two overlap the longer wins."""
    spans = {(a, b, name.words) for name in found.values() for a, b in name.spans} | set(_again(chars, found, known))
    kept = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        at = bisect_right(kept, span)
        if not (at and kept[at - 1][1] > span[0] or at < len(kept) and kept[at][0] < span[1]):
            kept.insert(at, span)
    return kept


def _again(chars, found, known):
    """Where a name stands again: by itself if long or unlike words, else in quotes or before a head of its kind."""
    names = list(found)
    for i, a, b in ahocorasick_rs.AhoCorasick(names).find_matches_as_indexes(chars, overlapping=True) if names else ():
        plain = len(names[i]) >= ORDINARY or UNLIKE.search(names[i])
        marked = chars[a - 1 : a] in tuple(OPEN) and chars[b : b + 1] in tuple(CLOSE)
        head = words.head_after(known, chars[b : b + 10])[0]
        if plain or marked or head and head.kind == found[names[i]].kind and head.right > 1:
            yield a, b, names[i]


def _identity(document, name, found):
    place = document.entry.get("place", "")
    scope = place if place and place != "unknown" else document.id
    told, long = found[name], aliases.longer(name, found)
    keys = {"key": aliases.key(scope, name), "alias_of": aliases.key(scope, long) if long else ""}
    return {**keys, "name": told.full, "type": told.kind, "origin": told.origin, "rule": told.rule}


def _status(document, start, end):
    said, _ = rules.status(document, start, end)
    return "done" if said in ("", "past", "none") else said


class _Where:
    """The places that a text names within its own, in order."""

    def __init__(self, document):
        own = places.mentioned(document.entry.get("place_zh", ""))
        code = own[-1][3] if own else ""
        head = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        named = [p for p in places.mentioned(document.text.chars) if p[3].startswith(head or " ")]
        self.found = [(a, "" if c == code else document.text.chars[a:b]) for a, b, _, c in named]

    def names(self):
        """The places within, as written, without the suffix."""
        return {short for _, name in self.found if len(short := re.sub(f"{words.DIVISION}$", "", name)) > 1}

    def before(self, start, end):
        """The last place between two characters, as written; "" where there is none or it is the text's own."""
        last = bisect_right(self.found, end, key=itemgetter(0)) - 1
        return self.found[last][1] if last >= 0 and self.found[last][0] >= start else ""
