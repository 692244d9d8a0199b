"""The counted noun behind an amount (27个警务站), and the rules for the words of a noun phrase."""

import re
from functools import cache

from lib.evidence.quantities import noun_words as compounds
from lib.lexicon import compiled, words
from lib.reading.spans import BREAKS, QUOTES
from lib.rules import classes

REACH = 40
WORD, QUOTED = compiled("word"), compiled("quoted names")
STOPS = re.compile(r"[+,，。;；:：!?！？\s…—－|《》]")
CLAUSE = re.compile(f"[+{BREAKS}]")
LOOSE, JOINING = frozenset(words("loose words of a noun phrase")), frozenset(words("words that join"))
ONE_BEING, ADVERBS = words("counters of single beings"), frozenset(words("adverbs that end a noun"))
ACTS, PERSONS = frozenset(words("acts of one sign")), words("counters of persons")
DESCRIBES, GRADED = words("begins a clause that describes a noun"), compiled("grade and above")
ADVERBIAL = ("a", "ad", "an")  # adjectives that describe the verb behind them: 圆满|办结
BODIES, GROWS, COPULA = words("endings of bodies"), compiled("grows to"), compiled("copula behind a number")
DENIES = words("denies a verb")
MADE_SO, OPENED, ACTING = words("made so"), {"(", "（"}, compiled("body that acts")
RATE, THINGS = compiled("rate behind a noun"), frozenset(words("counters of things"))
VARIANT, LEVELS = compiled("variant behind a unit"), compiled("levels in brackets")
LISTED, GOVERNED = compiled("list before its head"), compiled("levels of government before their number")


def directions(lexicon):
    """The words that say a change, as codebook/classes.csv has them."""
    known = classes.patterns(lexicon)
    words = {word for name in ("rise", "fall", "rise_by", "fall_by") for word in known[name].split("|")}
    return frozenset(word for word in words if WORD.fullmatch(word))


@cache
def roles(lexicon):
    """The words of each side: those that end a noun behind or before a number, participles, heads, light verbs."""
    rows = lexicon.rows("relations_verbs", "word", "side")
    ends = {side: frozenset(r["word"] for r in rows if r["side"] in (side, "both")) for side in ("after", "before")}
    names = {r["side"] for r in rows} - {"after", "before", "both"}
    named = {name: frozenset(r["word"] for r in rows if r["side"] == name) for name in names}
    ends = {side: words | directions(lexicon) for side, words in ends.items()}
    acts = frozenset(r["word"] for r in rows if r["side"] == "before" and len(r["word"]) > 1) | ACTS
    free = {"verbs": ends["after"] - named["nominal"], "strict": ends["before"] - named["nominal"]}
    sums = re.compile("|".join(sorted(named["sum"], key=len, reverse=True)) or "(?!)")
    return ends | named | free | {"acts": acts, "sums": sums, "changes": directions(lexicon)}


def behind(chars, amount, limit, lexicon):
    """The noun that follows an amount, \"\" if none does."""
    words = chars[amount["end"] : min(limit, amount["end"] + REACH)]
    words = LEVELS.sub("", VARIANT.sub("", words))
    if m := GOVERNED.match(words):
        words = words[m.end() + len("三级") :]
    if GROWS.match(words) or (amount["unit_kind"] == "length" and words[:1] == "处"):
        return ""
    words = words[1:] if words[:1] == "的" else words
    if amount["unit_kind"] == "money" and (told := roles(lexicon)["sums"].match(words)):
        return told[0]
    if m := QUOTED.match(words):
        return _leading(words[m.end() :], amount, lexicon, named=True) or m[1]
    told = _headed_list(words, amount, lexicon) or _leading(COPULA.sub("", words), amount, lexicon)
    told = told if amount["unit_kind"] == "share" else RATE.sub("", told)
    return _thing_done_to(compounds.whole(told, roles(lexicon)), amount, roles(lexicon))


def _thing_done_to(noun, amount, rules):
    """The noun without what is done to it, where its classifier counts things, no acts: 6条|续建高铁(建设)."""
    found = compounds.tokens(noun, rules)
    things = amount["unit_kind"] == "count" and amount["unit"] in THINGS
    if not things or len(found) < 2 or found[-1][0] not in rules["built"]:
        return noun
    word, tag = found[-2]
    return noun if tag[:1] not in "nj" or len(word) < 2 or word[-1] in MADE_SO else noun[: -len(found[-1][0])]


def _headed_list(words, amount, lexicon):
    """The head behind a list of its kinds: 盗窃、诈骗等|案件, "" where no list stands or nothing behind it."""
    m = LISTED.match(words)
    rest = words[m.end() :] if m else ""
    return _leading(rest[rest.find("的") + 1 :], amount, lexicon) if rest else ""


def _leading(words, amount, lexicon, named=False):
    """The noun phrase that some words begin with, \"\" if none; behind a name only one with a noun as its head."""
    rules, stop = roles(lexicon), STOPS.search(words)
    found = compounds.tokens(words[: stop.start()] if stop else words, rules)
    first = phrase(found, rules)
    if named and first and first[-1][1] == "v" and "(" not in words and first[-1][0] not in rules["head"]:
        return ""
    if named and first and not any(tag[:1] in "njb" or word in rules["head"] for word, tag in first):
        return ""
    rest = found[len(first) :]
    if len(first) > 1 and first[-1][1] == "v" and first[-2][1][:1] == "n" and rest and rest[0][0] == "的":
        first, rest = first[:-1], ()
    bracketed = any(word in "(（" for word, _ in first)
    if rest and not bracketed and (not first or (rest[0][0] == "的" and not _thing(first, rules))):
        first = _past_clause(rest, rules) if not first else phrase(rest[1:], rules) or first
        rest = ()
    if first and amount["unit"] in PERSONS and all(w in rules["nominal"] | rules["before"] for w, _ in first):
        return ""
    if len(first) == 1 and first[0][1] == "v" and (len(first[0][0]) == 1 or first[0][0] in rules["strict"]):
        return ""
    if first and (_does(first, rules) or (first[0][0][0] in DENIES and first[0][1][:1] in "vd")):
        return ""
    if first and (amount["unit"] in ONE_BEING or amount["unit_kind"] in ("share", "")):
        first = _headed(first, rules["head"])
    return _bracketed((*first, *_coordinate(rest, first, rules, bool(stop)))) if first else ""


def _does(tokens, rules):
    """Whether words behind a number begin with what it does, a verb of one sign: 1860路|接进中心, 超过10件|亮黄灯."""
    word, tag = tokens[0]
    return tag == "v" and word in ACTS and len(tokens) > 1


def _thing(tokens, rules):
    """Whether words before 的 name a thing (12个部门的资源), not a quality (有价值的线索)."""
    named = tokens[-1][1][:1] == "n" or tokens[-1][0] in compounds.PLACED
    return named and tokens[0][1][:1] not in "vda" and sum(len(w) for w, _ in tokens) < 7


def _past_clause(tokens, rules):
    """What a relative clause before 的 describes: 26户不理解、不配合的业主 is 业主."""
    if tokens[0][0] not in DESCRIBES:
        return ()
    at = max((i for i, (word, _) in enumerate(tokens[:16]) if word == "的"), default=0)
    return phrase(tokens[at + 1 :], rules) if at else ()


def phrase(tokens, rules):
    """The tokens up to the first that ends a noun."""
    for i, (word, tag) in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else ("", "x")
        if i and GRADED.fullmatch(tokens[i - 1][0][-1:] + word) and following[1][:1] in "nvbj":
            continue
        if i == 0 and word in rules["participle"] and following[1][:1] in "nvb" and following[0] not in rules["after"]:
            continue
        if i == 0 and word in rules["nominal"] and following[0] in rules["head"] | OPENED:
            continue
        if word == "及" and i and following[0] in LOOSE:
            continue
        if i and word in rules["nominal"] and acts(following, rules) and tokens[i - 1][1][:1] == "n":
            return tokens[:i]
        after_noun = i and tokens[i - 1][1][:1] in "nj" and tokens[i - 1][0] not in rules["participle"]
        inside = after_noun and tag == "f" and word in compounds.INSIDE
        verb = inside or (after_noun and tag == "v" and len(word) == 2 and word not in rules["nominal"])
        adverb = after_noun and tag in ADVERBIAL and following[1] == "v" and following[0] not in rules["nominal"]
        if verb or adverb or (after_noun and tag == "t") or _stops(word, tag, rules):
            return tokens[:i]
    return tokens


def _stops(word, tag, rules):
    """Whether a word ends the noun behind a number."""
    phrase = len(word) == 4 and word[:2] in rules["after"]
    adverb = word in ADVERBS and len(word) > 1
    return phrase or adverb or word in rules["after"] or cuts(word, tag) or word in JOINING or word in QUOTES


def cuts(word, tag):
    """Whether a word ends the noun phrase that stands before it."""
    return tag in compounds.CUTS and (tag != "d" or len(word) > 1 or word in ADVERBS)


def _headed(tokens, heads):
    """Up to the last of the first run of heads: 重点单位|信息 is 重点单位, 中小学幼儿园|校园 is 中小学幼儿园."""
    for i, (word, _) in enumerate(tokens):
        following = [w for w, _ in tokens[i + 1 : i + 4]]
        person = any(w in heads or w.endswith(BODIES) for w in following)
        if word in heads and not person and following[:1] not in (["("], ["（"]):
            return tokens[: i + 1]
    return tokens


def _coordinate(tokens, first, rules, whole):
    """、Y after X where both are of one kind (居民群、防范工作群)."""
    if len(tokens) < 2 or tokens[0][0] not in JOINING:
        return ()
    second = phrase(tokens[1:], rules)
    counted = any(tag in ("m", "q") for _, tag in second)
    ends = [t[-1][0] for t in (first, second) if t]
    heads = second and all(word.endswith(tuple(rules["head"])) for word in ends)
    if heads and any(len(kinds) > 1 for kinds in ({word.endswith(BODIES) for word in ends}, _authorities(ends))):
        return ()  # 3个部门和调解员 are three departments, 7家企业和派出所 seven firms
    alike = second and second[-1][0][-1] == first[-1][0][-1] or (heads and (whole or len(second) < len(tokens) - 1))
    named = all(tag[:1] in "nbaj" or tag == "vn" or w in rules["nominal"] for w, tag in (*first, *second))
    alike = alike or (tokens[0][0] != "、" and whole and named and len(second) == len(tokens) - 1)
    same = second and not counted and alike and sum(len(w) for w, _ in second) < 10
    return (tokens[0], *second) if same else ()


def _authorities(ends):
    return {bool(ACTING.fullmatch(word)) for word in ends}


def _bracketed(tokens):
    """The words; an explanation in brackets is left out, a short variant (街道) stays."""
    words = re.sub(r"[(（][^()（）]{4,}[)）]$", "", "".join(w for w, _ in tokens))
    words = re.sub(r"[(（][^()（）]*$", "", words)
    return words if re.search(r"[(（]", words) else words.strip(f"{QUOTES}）)")


def acts(token, rules):
    """Whether a word is a verb and no part of a noun: 救起, 开进."""
    word, tag = token
    return tag == "v" and len(word) > 1 and word not in rules["nominal"]
