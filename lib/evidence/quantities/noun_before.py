"""The counted noun before an amount: the subject of its predicate, or the object whose number stands behind it."""

import re

from lib.evidence.quantities import noun_after as nouns
from lib.evidence.quantities import noun_words as compounds
from lib.evidence.quantities.noun_after import BODIES, CLAUSE, JOINING, LOOSE, PERSONS, QUOTED
from lib.evidence.quantities.relation import CHANGED
from lib.lexicon import alternatives, compiled, words
from lib.reading import places
from lib.reading.spans import CLOSE, OPEN, QUOTES
from lib.rules import distribute

VERB_AND_OBJECT = (4, 5)  # characters of a verb that the dictionary joins to its object
NO_PERSONS = words("bodies and places, no persons")
COUNTS = words("verbs that only count")
HOLDERS = (*NO_PERSONS, *words("places and bodies that hold persons"))
TIMES, WHERE = words("counters of times"), words("where a thing is done")
TIME = "\0"  # stands for a time expression in the words before an amount
PART_OF, COMPARED = compiled("part of"), re.compile(f"{alternatives('beside a comparison')}$")
ADVERB, VERB, AMOUNTS = (alternatives(name) for name in ("before a predicate", "predicate", "predicate ends"))
PREDICATE = compiled("predicate of a number", adverb=ADVERB, verb=VERB, amounts=AMOUNTS)
RATED, HELD = compiled("rated noun", rate=alternatives("rate")), compiled("measure that held")
CLASSIFIERS, CASES = words("classifiers before a number"), words("cases and calls")
ACTING, SUCH = compiled("body that acts"), compiled("such as these")
OF_BODIES = compiled("what bodies deal with")
PARTED, OPENING = compiled("joins or parts of a noun"), compiled("before a subject")
SIGNS, CAUSE = compiled("signs around a noun"), re.compile(f"{compiled('cause of a noun').pattern}$")
HEAD = re.compile(f"{alternatives('rate or number')}$")
LEVELS, GRADE = compiled("levels of government counted before a noun"), compiled("grade before a noun")
GRADES, SPOKEN = compiled("grades listed before a noun"), compiled("what is only spoken of")


def ahead(words, amount, lexicon):
    """The noun that words before an amount end with: the subject of its predicate, or the object that it counts."""
    changed = amount.get("relation") in CHANGED
    parts = _inside(CLAUSE.split(words)[-1].rstrip("" if changed else "(（")).split(TIME)
    rules = nouns.roles(lexicon)
    times = amount["unit"].endswith(TIMES)
    while not (found := _trailing(parts[-1], lexicon, times)) and len(parts) > 1:
        if not changed and _acted(parts[-1], rules):
            break
        parts.pop()
    if amount["unit"] not in PERSONS:
        found = _bodiless(found)
    acts = amount["unit"] in PERSONS and all(_gerund(t, rules) or t[0] in rules["attribute"] for t in found)
    told = "" if acts else compounds.whole(_bare(found, rules["nominal"] if times else ()), rules)
    told = _ungraded(parts[-1], told)
    return "" if amount["unit"] in PERSONS and told.endswith(NO_PERSONS) else _caused(parts[-1], told)


def _ungraded(words, noun):
    """The noun without the level that ends a list of levels, "" of what is only spoken of.

    县、乡、村三级综治中心 are 综治中心, 二级和三级调解员 are 调解员; 反诈宣传方面 counts nothing.
    """
    noun = LEVELS.sub("", noun)
    at = words.rfind(noun)
    if at > 0 and GRADES.search(words[:at]):
        noun = GRADE.sub("", noun)
    return "" if SPOKEN.search(noun) else noun


def _inside(words):
    """The words of the bracket that is open at their end, else all: 电动车12万辆(超标车 is 超标车."""
    at = max(words.rfind("("), words.rfind("（")) + 1
    return words[at:] if at and not set(words[at:]) & set(")）") else words


def _bodiless(tokens):
    """Without the body that sees the cases or does the deeds counted: 临湖公安分局|破案 is 破案; 政府规章 stays."""
    at = max((i + 1 for i, (word, _) in enumerate(tokens[:-1]) if ACTING.fullmatch(word)), default=0)
    return tokens[at:] if at and OF_BODIES.search(tokens[-1][0]) else tokens


def _caused(words, noun):
    """The noun with the cause that makes it a part of what it names alone: 家庭纠纷引发的刑事案件."""
    at = words.rfind(noun) if noun else 0
    m = CAUSE.search(words[:at]) if at > 0 else None
    return OPENING.sub("", m[0]) + noun if m else noun


def listed(words, count, lexicon):
    """`count` nouns of a list that some words end with (刑事、治安案件分别下降), [] where they don't divide so."""
    words = CLAUSE.split(words)[-1].replace(TIME, "")
    return _each(PREDICATE.sub("", COMPARED.sub("", words)), count, lexicon)


def subject(words, lexicon):
    """The noun phrase that a sentence begins with: 全县刑事警情在上年的基础上 is 刑事警情."""
    for clause in CLAUSE.split(words):
        found = _placeless(compounds.tokens(OPENING.sub("", clause.strip()), nouns.roles(lexicon)))
        phrase = nouns.phrase(found, nouns.roles(lexicon)) if found else ()
        if phrase and phrase[-1][1][:1] in "nj" and "“" not in clause:
            return compounds.whole(_bare(phrase), nouns.roles(lexicon))
    return ""


def topic(words, lexicon):
    """The noun phrase that the clause before is, all of it: 破案总数,由…; else \"\"."""
    clauses = [c for c in CLAUSE.split(words) if c.strip()]
    told = SUCH.sub("", clauses[-1].strip()) if clauses else ""
    rules = nouns.roles(lexicon)
    plain = 1 < len(told) < 14 and compounds.whole(told, rules) == told and not SPOKEN.search(told)
    found = compounds.tokens(told, rules) if plain else ()
    return told if found and all(tag[:1] in "nbaj" or tag == "vn" or w in rules["nominal"] for w, tag in found) else ""


def rated_subject(words, count, lexicon):
    """`count` nouns of the clause before, if they are rates or numbers: 立案数、损失数实现“双下降”; else []."""
    clauses = [c for c in CLAUSE.split(words) if c.strip()]
    m = HELD.match(clauses[-1]) if clauses else None
    found = _trailing(m[0], lexicon) if m else []
    if not found or not HEAD.search(found[-1][0]):
        return []
    return _each(m[0], count, lexicon) or [_bare(found)] * count


def rated(words):
    """The last rate named in some words (破案率位列第一,达96.7%), \"\" if none is."""
    found = [m[0] for m in RATED.finditer(words)]
    return PARTED.split(found[-1])[-1] if found else ""


def _each(words, count, lexicon):
    names = distribute(OPENING.sub("", words.strip()), count, lexicon)
    found = [compounds.whole(_bare(_trailing(name, lexicon)), nouns.roles(lexicon)) for name in names]
    return found if all(found) and len(set(found)) == count else []


def _trailing(words, lexicon, times=False):
    """The tokens of the noun phrase that ends before a number, its predicate left out; `times`: what took place."""
    rules = nouns.roles(lexicon)
    found = list(compounds.split(compounds.tokens(_predicated(words), rules), rules))
    size, dropped = len(found), ""
    while found and (_ends(found[-1], rules) or _governs(found, rules)) and not _object(found, rules, times):
        if _governs(found, rules):
            return []
        dropped = found.pop()[1]
    at = _object(found, rules, times) if found else 0
    at = len(found) - at
    while at and (
        at < len(found)
        and _modifies(found, at, rules)
        or not (_ends(found[at - 1], rules) or (at < len(found) and _verb(found, at - 1, rules)))
    ):
        at -= 1
    at -= bool(at and len(found[at:]) == 1 and found[at][0] in compounds.SUFFIXES)
    located = len(found) < size and dropped[:1] == "v" and at and found[at - 1][0] in WHERE
    if located and found[-1][0] not in rules["measure"]:
        return []
    at = _measured(found, at, rules)
    phrase = _placeless(found[at:])
    while phrase and phrase[0][0] in JOINING | LOOSE | {")", "）", "”", "’", "类"}:
        phrase = phrase[1:]
    return _unverbed(_rate(phrase), rules)


def _measured(tokens, at, rules):
    """Where a phrase begins that is a measure alone: with what is measured, 班列|开行|数量."""
    if len(tokens[at:]) != 1 or tokens[at][0] not in rules["measure"] or not at:
        return at
    word, tag = tokens[at - 1]
    if tag[:1] != "v" or len(word) < 2 or word in rules["changes"]:
        return at
    at -= 1
    while at and tokens[at - 1][1][:1] in "nj" and len(tokens[at - 1][0]) > 1:
        at -= 1
    return at


def _acted(words, rules):
    """Whether a verb stands in some words beside the number's predicate: 拿出."""
    return any(nouns.acts(token, rules) for token in compounds.tokens(_predicated(words), rules))


def _predicated(words):
    """The words before a number without brackets and the number's predicate: 案件总数较上年同期下降了 is 案件总数."""
    words = re.sub(r"[(（][^()（）]{4,}[)）]", "", nouns.LEVELS.sub("", words))
    return PREDICATE.sub("", PART_OF.sub("", COMPARED.sub("", words)))


def _rate(phrase):
    """Up to the rate that a phrase names: 化解成功率|持续|保持."""
    for i, (word, _) in enumerate(phrase[:-1]):
        if word.endswith("率") and phrase[i + 1][1][:1] in "vdalzi":
            return phrase[: i + 1]
    return phrase


def _placeless(tokens):
    """Without the place that a subject begins with: 云州市刑事警情."""
    names = places.gazetteer().names
    at = max((i + 1 for i, (word, _) in enumerate(tokens[:-1]) if word in names), default=0)
    return tokens[at:]


def _unverbed(phrase, rules):
    """Without a verb that the dictionary joins to its object: 化解矛盾|纠纷 is 矛盾纠纷."""
    kept = (*rules["whole"], "率")
    while phrase and len(phrase[0][0]) in VERB_AND_OBJECT and phrase[0][0][:2] in rules["before"]:
        if phrase[0][0].endswith(kept):
            break
        phrase = [(phrase[0][0][2:], phrase[0][1]), *phrase[1:]]
    return phrase


def _ends(token, rules):
    word, tag = token
    classifier = tag == "q" and word in CLASSIFIERS
    listed = word in rules["before"] or word in LOOSE
    return listed or tag in ("vx", "m", "f", "t") or nouns.cuts(word, tag) or classifier


def _verb(tokens, at, rules):
    """Whether a word inside a phrase is its verb: 救起 before 落水者, 巡查 after 共."""
    before = tokens[at - 1] if at else ("", "x")
    return nouns.acts(tokens[at], rules) or (tokens[at][1] in ("v", "vn") and before[1] == "d")


def _governs(tokens, rules):
    """Whether the last word is what somebody does, so that the number is its object (网格员|走遍 1200户)."""
    word, tag = tokens[-1]
    before = tokens[-2] if len(tokens) > 1 else ("", "d")
    listed = word in rules["before"]
    agent = before[0] in rules["head"] or before[0].endswith(BODIES + compounds.AUTHORITY) or before[1][:1] == "r"
    free = not listed and before[1][:1] in "dpuct"
    short = len(word) == 1 and word in rules["strict"] and word not in COUNTS
    return ((word in rules["acts"] or short) and agent and tag[:1] == "v") or (
        nouns.acts(tokens[-1], rules) and not listed and (agent or free)
    )


def _gerund(token, rules):
    word, tag = token
    return word in rules["nominal"] or (tag == "vn" and word not in rules["before"])


def _modifies(tokens, at, rules):
    """Whether the verb before a place names a kind of what follows it: 猥亵|案件, 风险|预警|信息."""
    if not tokens[at][0].endswith(tuple(rules["kind"])):
        return False
    before = tokens[at - 2] if at > 1 else ("", "x")
    word = tokens[at - 1][0]
    if word in rules["nominal"]:
        named = before[1][:1] == "n" or before[0] in rules["nominal"]
        return named or (before[0] in rules["strict"] and before[1] == "v")
    return nouns.acts(tokens[at - 1], rules) and word not in rules["before"]


def _object(tokens, rules, times=False):
    """How many of the last words, verbs elsewhere, are an object here: 各类|服务, 推送|预警, 兑现|举报|奖励.

    `times`: what is counted took place so often (开展|职业技能|培训 40万人次).
    """
    last = tokens[-1][0]
    if last in rules["sum"]:
        return 1
    n = 0
    while n < len(tokens) and _gerund(tokens[-n - 1], rules):
        n += 1
    before = tokens[-n - 1] if n < len(tokens) else ("", "x")
    if n and times and _held(tokens[:-n], rules):
        return n
    if n and (
        before[0] in LOOSE - {"的"}
        or before[0] in rules["light"]
        or (before[0] in rules["strict"] - rules["adverb"] and before[1][:1] == "v")
    ):
        return n
    return int(n > 1 and tokens[-2][0] in rules["light"] or (n > 2 and tokens[-3][0] in rules["light"]))


def _held(tokens, rules):
    """Whether some words end with a verb like 开展 and what it is of: 开展|职业技能."""
    at = len(tokens)
    while at and tokens[at - 1][1][:1] in "nbajl":
        at -= 1
    return bool(at) and tokens[at - 1][0] in rules["light"]


def _bare(tokens, deeds=()):
    """The words without what a list or a quotation puts before them; no noun is left of a bare place name.

    A list of `deeds`, which are counted together in times, stays whole: 平安巡防、反诈宣传4万场次.
    """
    if tokens and all(tag == "ns" for _, tag in tokens):
        return ""
    if tokens and (m := QUOTED.fullmatch(tokens[-1][0])):
        return m[1]
    words = SIGNS.sub("", "".join(w for w, _ in tokens))
    after_quote = re.split(f"[{CLOSE}]", words)[-1]
    if after_quote.startswith(CASES) and (m := re.search(r"([^“”]{2,8})”[^”]*$", words)):
        return m[1] + after_quote
    words = after_quote if len(after_quote) > 1 else re.split(f"[{OPEN}]", words)[-1]
    parts = words.split("、")
    whole = all(part.endswith(tuple(deeds)) for part in parts)
    words = words if len(parts) == 1 or parts[-2][-1:] == parts[-1][-1:] or whole else parts[-1]
    words = words.strip(QUOTES)
    return "" if len(words) == 1 and tokens[-1][1][:1] not in "nqj" else words
