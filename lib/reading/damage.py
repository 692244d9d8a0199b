"""Garbled places: found and flagged, never guessed.

Signs: replacement and private-use characters, swallowed characters that left a question mark, runs of hanzi that make
no words (a two-byte encoding read one byte off), letters of other alphabets or half-width kana between hanzi, digit
groups that are no number.
"""

import re
from functools import cache

from lib.lexicon import alternatives
from lib.limits import limit
from lib.reading.edits import entry
from lib.reading.segmentation import plain
from lib.reading.spans import HAN, HANZI

CLASSIFIER = "[余多]|[个名人件起家处条次户所台路支万亿辆套项]"
RUN = limit("run")
SIGNS = {
    "run": re.compile(rf"([^\s.…·_\-—=*~#])\1{{{RUN},}}"),
    "undecodable": re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x80-\x9f\ufdd0-\ufdef]+"),
    "latin-1": re.compile(r"[À-ÿ][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-ÿ]+(?:[À-ÿ\x80-\xbf‚ƒ„†‡ˆ‰Š‹ŒŽ˜™š›œžŸ¡-¿])"),
    "kana": re.compile(rf"(?<=[{HANZI}])[\uff61-\uff9f]+|[\uff61-\uff9f]+(?=[{HANZI}])"),
    "placeholder": re.compile(alternatives("placeholder")),
    "swallowed": re.compile(
        rf"\?{{1,3}}[;,、:][^\n。]{{0,2}}\?{{1,3}}|(?<=[{HANZI}])\?[;、](?=[\d{HANZI}])|(?<=[,;、])\?{{1,"
        rf"9}}(?=[{HANZI}\d])"
        rf"|(?<=[{HANZI}])\?{{2,9}}(?=[{HANZI}])|\?\.(?=\d)"
        rf"|\?(?=[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,6}}\)"
    ),
    "leftover gloss": re.compile(r"[A-Za-z]?\([a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{0,5}\)"),
    "garbled number": re.compile(
        rf"(?<![\d,.])\d{{1,3}},\d{{1,2}}(?=余|多)|(?<![\d,.])\d{{1,3}},\d{{4,}}(?={CLASSIFIER})"
        rf"|(?<![\d,.])\d{{1,3}}(?:,\d{{3}})*,\d{{4,}}(?={CLASSIFIER})|\d\.\.\d+|\d,,\d+|\d[OoIl]\d+"
    ),
}
ALIEN = re.compile(rf"(?<=[{HANZI}])[Ͱ-Ͽ\u0400-\u04ff](?=[{HANZI}])|[{HANZI}]")
BESIDE = re.compile(r"\d[\d.,]*%?")
SEEDS = ("undecodable", "swallowed", "leftover gloss")
REACH = 8


def find(text):
    """(damaged spans in the text's characters, ledger rows)."""
    found = [(m.start(), m.end(), rule) for rule, sign in SIGNS.items() for m in sign.finditer(text.chars)]
    found += [(a, b, "mojibake") for a, b in _runs(text.chars, found)]
    merged = _merged(sorted(_with_number(text.chars, f) for f in found))
    return [(a, b) for a, b, _ in merged], [entry(text, (a, b), "flagged", rule) for a, b, rule in merged]


def _with_number(chars, span):
    """The span with a number that stands against its end: what damage touches can't be trusted."""
    start, end, rule = span
    beside = BESIDE.match(chars, end)
    return start, beside.end() if beside else end, rule


def _merged(found):
    kept = []
    for a, b, rule in found:
        if kept and a <= kept[-1][1]:
            last = kept.pop()
            kept.append((last[0], max(b, last[1]), "mojibake" if "mojibake" in (rule, last[2]) else last[2]))
        else:
            kept.append((a, b, rule))
    return kept


def _runs(chars, found):
    """Runs of mojibake: two or more strange characters close together, with the loose characters around them."""
    seeds = {a for a, _, rule in found if rule in SEEDS}
    strange = set(filter(_strange, set(chars)))
    if strange:
        seeds |= {at for at, char in enumerate(chars) if char in strange and ALIEN.match(chars, at)}
    seeds = sorted(seeds)
    clusters = []
    for s in seeds:
        if clusters and s - clusters[-1][-1] <= REACH and "\n" not in chars[clusters[-1][-1] : s]:
            clusters[-1].append(s)
        else:
            clusters.append([s])
    return [_widened(chars, c[0], c[-1] + 1) for c in clusters if len(c) >= 2]


@cache
def _strange(char):
    try:
        return len(char.encode("gb2312")) == 2 and not HAN.match(char)
    except UnicodeEncodeError:
        return True


def _widened(chars, start, end):
    """A cluster with the characters on both sides that belong to no word, up to a line's end."""
    left = chars[max(0, start - 24) : start].rpartition("\n")[2]
    right = chars[end : end + 24].partition("\n")[0]
    for word in reversed(plain(left)):
        if not _loose(word, "?!"):
            break
        start -= len(word)
    for word in plain(right):
        if not _loose(word, ""):
            break
        end += len(word)
    return start, end


def _loose(word, marks):
    return len(word) == 1 and (word in marks or word.isalpha() and word not in "的在和了是与为,")
