"""Named initiatives: platforms, codes, stations, teams, mechanisms, programmes, models, centres with proper names."""

import re
from bisect import bisect_right

import ahocorasick_rs

from lib import rules
from lib.evidence.mentions import aliases
from lib.evidence.mentions import name_words as names
from lib.evidence.mentions import names_quoted as quoted
from lib.evidence.mentions import names_unquoted as bare
from lib.evidence.mentions.aliases import Name
from lib.reading import places

ORDINARY = 4  # characters from which a quoted name is known again without its quotes
COMMON = 7  # characters below which a name of common words is nobody's
UNLIKE = re.compile(r"[+\dA-Z]")
QUOTES = tuple("“”‘’")
COUNTED = re.compile(r"\d|[一二两三四五六七八九十]+[个支名项处家]")


def find(document, lexicon):
    """Rows of kind initiative, one a mention: key, name, type, strength, status, place, origin, alias_of.

    `place` is the nearest place named before it in the sentence, empty where that is the text's own. Where names
    overlap the longer wins; `alias_of` is the key of the longer name that a shorter one stands for.
    """
    rules = names.rules(lexicon)
    where = _Where(document)
    found = aliases.folded(_names(document, rules, where), document.text.chars)
    rows = []
    for start, end, words in _mentions(document.text.chars, found, rules):
        sentence = _sentence(document, start, end)
        if sentence and not document.damaged(start, end):
            told = (start, end) in found[words].spans or COUNTED.search(document.words(sentence))
            rows.append(
                {
                    "start": start,
                    "end": end,
                    "kind": "initiative",
                    **_identity(document, words, found),
                    "strength": "2" if told else "1",
                    "status": _status(document, start, end),
                    "place": where.before(sentence.start, end),
                }
            )
    return rows


def _names(document, rules, where):
    """{words: Name} from quotations, from bare words and from the list of templates."""
    own = document.entry.get("place_zh", "")
    near = {p for p in (own, re.sub("[省市区县州]$", "", own)) if len(p) > 1}
    groups = {}
    for c in quoted.candidates(document, rules) + bare.candidates(document, rules, near):
        groups.setdefault(c.words, []).append(c)
    near |= where.names()
    found = {words: _name(document.text.chars, rules, (group, near)) for words, group in groups.items()}
    return found | {t["name"]: _template(t, found) for t in rules.templates.values() if _stands(document.text.chars, t)}


def _name(chars, rules, told):
    """The Name that a group of candidates gives; `told` is the group and the places that make a name local."""
    group, near = told
    words, tails = group[0].words, [(c.start, c.close + c.tail) for c in group if getattr(c, "tail", 0)]
    plain = [(c.start, c.end) for c in group if not getattr(c, "tail", 0)]
    full = min((re.sub(r"[“”‘’\s]", "", chars[a:b]) for a, b in tails), key=len, default=words)
    short = re.sub(r"\s", "", words)
    full = short + full.partition(short[-2:])[2] if tails else short
    kind = max(group, key=lambda c: (bool(getattr(c, "tail", 0)), c.weight)).kind
    return Name(words, full, kind, _origin(rules, full, (group, near)), tuple(tails + plain))


def _origin(rules, full, told):
    """Where a name comes from: the list of templates, whom the text names as its maker, a place in its own words."""
    group, near = told
    if full in rules.templates:
        return rules.templates[full]["origin"]
    common = names.common(rules, full) and (group[0].kind == "programme" or len(full) < COMMON)
    said = {c.origin for c in group if c.origin != "local" or not common} - {""}
    local = "local" in said or group[0].kind != "station" and any(p in full for p in near)
    return next((o for o in ("national", "provincial") if o in said), "local" if local else "unknown")


def _template(template, found):
    known = found.get(template["name"])
    return Name(template["name"], template["name"], template["kind"], template["origin"], known.spans if known else ())


def _stands(chars, template):
    name = re.escape(template["name"])
    return template["name"] in chars if template["match"] == "anywhere" else re.search(f"[“‘]{name}[”’]", chars)


def _mentions(chars, found, rules):
    """(start, end, words) of every mention, in order; where two overlap the longer wins."""
    spans = {(a, b, name.words) for name in found.values() for a, b in name.spans} | set(_again(chars, found, rules))
    kept = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        at = bisect_right(kept, span)
        if not (at and kept[at - 1][1] > span[0] or at < len(kept) and kept[at][0] < span[1]):
            kept.insert(at, span)
    return kept


def _again(chars, found, rules):
    """Where a name stands again: by itself if long or unlike words, else in quotes or before a head of its kind."""
    words = list(found)
    for i, a, b in ahocorasick_rs.AhoCorasick(words).find_matches_as_indexes(chars, overlapping=True) if words else ():
        plain = len(words[i]) >= ORDINARY or UNLIKE.search(words[i])
        marked = chars[a - 1 : a] in QUOTES and chars[b : b + 1] in QUOTES
        if plain or marked or _before_head(rules, found[words[i]], chars[b : b + 10]):
            yield a, b, words[i]


def _before_head(rules, name, behind):
    heads = (rules.heads.get(behind[:n]) for n in range(2, len(behind) + 1))
    return any(h and h.kind == name.kind and h.right > 1 for h in heads)


def _sentence(document, start, end):
    at = bisect_right(document.sentences, start, key=lambda s: s.start) - 1
    return document.sentences[at] if at >= 0 and end <= document.sentences[at].end else None


def _identity(document, words, found):
    place = document.entry.get("place", "")
    scope = place if place and place != "unknown" else document.id
    name, long = found[words], aliases.longer(words, found)
    return {
        "key": aliases.key(scope, words),
        "name": name.full,
        "type": name.kind,
        "origin": name.origin,
        "alias_of": aliases.key(scope, long) if long else "",
    }


def _status(document, start, end):
    said, _ = rules.status(document, start, end)
    return "done" if said in ("", "past", "none") else said


class _Where:
    """The places that a text names, its own and those within it."""

    def __init__(self, document):
        own = places.mentioned(document.entry.get("place_zh", ""))
        self.own = own[-1][3] if own else ""
        self.found = [
            (a, "" if code == self.own else document.text.chars[a:b])
            for a, b, _, code in places.mentioned(document.text.chars)
            if code and self._within(code)
        ]

    def _within(self, code):
        head = self.own[:2] if self.own.endswith("0000") else self.own[:4] if self.own.endswith("00") else self.own
        return code.startswith(head)

    def names(self):
        """The places within, as written, without the suffix."""
        short = {re.sub("[省市区县州镇]$", "", name) for _, name in self.found} if self.own else set()
        return {name for name in short if len(name) > 1}

    def before(self, start, end):
        """The last place between two characters, as written; "" where there is none or it is the text's own."""
        at = bisect_right(self.found, end, key=lambda p: p[0]) - 1
        return self.found[at][1] if at >= 0 and self.found[at][0] >= start else ""
