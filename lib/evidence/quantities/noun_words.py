"""The words of a noun phrase: the dictionary's, with suffixes and heads joined to the verb that they make a noun of."""

import re
from functools import cache

from lib import paths
from lib.lexicon import compiled, table, words
from lib.reading import segmentation

CUTS = {"d", "p", "r", "y", "ul", "uz", "ug", "ud", "e", "uj"}  # parts of speech that no counted noun holds
PLACED, COUNTLESS = frozenset(words("places and persons of one sign")), compiled("magnitudes of set phrases")
SUFFIXES, BEFORE_RATE = frozenset(words("suffixes of nouns")), frozenset(words("negations before a rate"))
DEEDS = frozenset(words("acts of one sign"))
AUTHORITY, GRADE = words("endings of authorities"), compiled("modifier of a noun")
(VERB_OR_BODY,), ONLY = words("verb or body"), words("only")
INSIDE, ON = frozenset(words("inside of a place")), frozenset(words("what follows on"))


def tokens(words, rules):
    """(word, tag) pairs; a suffix joins the word before it: 化解|率, 快反|圈, 死亡|人数, 社会|组织, 不|捕率."""
    found = []
    for word, tag in _tagged(words):
        last = found[-1] if found else ("", "x")
        if last[0].endswith("率") and len(found) > 1 and found[-2][0] in BEFORE_RATE:
            found[-2:] = [(found[-2][0] + last[0], "n")]
            last = found[-1]
        if _joins(word, last, rules) and not (last[0] in rules["verbs"] and word in PLACED):
            found[-1] = (last[0] + word, "n")
        else:
            found.append((word, "vx" if word == VERB_OR_BODY and last[0].endswith(AUTHORITY) else tag))
    if len(found) > 1 and found[-1][0].endswith("率") and found[-2][0] in BEFORE_RATE:
        found[-2:] = [(found[-2][0] + found[-1][0], "n")]
    return tuple(found)


def _joins(word, last, rules):
    """Whether a word makes one noun with the word before it."""
    before, tag = last
    if tag == "x":
        return False
    free = tag == "v" and len(before) == 2 and before not in rules["verbs"]
    return (
        (word in SUFFIXES and tag not in CUTS | {"m", "c"})
        or (word in rules["measure"] and (before in rules["measured"] or free))
        or before + word == "占比"
        or bool(COUNTLESS.match(f"{before}|{word}"))
        or (before == "在" and word in ON)
        or (word == VERB_OR_BODY and tag[:1] in "nabjvlq" and not before.endswith(AUTHORITY))
    )


def _tagged(words):
    """The tagged words; what stands in quotation marks and a term of the field are one noun each."""
    for i, part in enumerate(_whole().split(words)):
        yield from [(part, "n")] if i % 2 else _apart(segmentation.tagged(part))


def _apart(tagged):
    """The words with 共 taken from a set phrase: 共|出动; a grade is no number: 一级|派出所."""
    for word, tag in tagged:
        tag = "b" if GRADE.fullmatch(word) else tag
        phrase = len(word) > 2 and word[0] == "共" and tag == "l"
        yield from (("共", "d"), (word[1:], "v")) if phrase else ((word, tag),)


@cache
def _whole():
    """What stays one noun: a quotation, a term that the dictionary tears or takes for another part of speech."""
    rows = table(paths.LEXICON / "terms.csv", ("term",))
    terms = sorted((r["term"] for r in rows), key=len, reverse=True)
    return re.compile(f"(“[^”]*”|{'|'.join(map(re.escape, terms))})")


def whole(words, rules):
    """The words as a noun phrase, without the adverbs and verbs at its ends; \"\" for a scrap of a sentence."""
    found = list(tokens(words + "”" if "“" in words and "”" not in words else words, rules))
    if found and found[0][0] in rules["manner"]:
        return ""
    while found and _ends_no_noun(found, rules):
        found.pop()
    while found and _begins_no_noun(found, rules):
        del found[0]
    told = "".join(word for word, _ in found).rstrip("”")
    if [tag for _, tag in found] in (["a"], ["b"]):
        return ""
    return told if len(told) > 1 or (found and (found[0][1][:1] in "njq" or told in PLACED)) else ""


def _ends_no_noun(found, rules):
    word, tag = found[-1]
    if word in rules["nominal"] | rules["head"] | rules["sum"] or word[-1] in SUFFIXES:
        return False
    verb = tag in ("v", "a", "ad") and (
        (len(word) == 1 and found[-2:][0][1] != "m") or word in rules["before"] | rules["after"]
    )
    return verb or tag in CUTS | {"c", "f", "t", "ad", "vx"} or (tag == "s" and word[-1] in INSIDE) or word in ONLY


def _begins_no_noun(found, rules):
    word, tag = found[0]
    if tag in CUTS | {"c", "t", "ad", "vx"} or word in rules["scope"]:
        return True
    return (
        len(found) > 1
        and tag == "v"
        and word in rules["strict"] & rules["after"]
        and word not in rules["measured"] | rules["participle"]
    )


def names_nothing(words, rules):
    """Whether some words before a number name nothing that it could count: 其中, 当场整改."""
    told = rules["before"] | rules["attribute"] | {"其中"}
    return not any(tag[:1] in "nj" and word not in told for word, tag in _tagged(words))


def act(words, rules):
    """The verb that some words end with, which is what is counted in times (每年签注一次), or \"\"."""
    word, tag = ([("", ""), *_tagged(words)])[-1]
    told = word in DEEDS or len(word) > 1
    return word if tag[:1] == "v" and told and word not in rules["light"] else ""


def split(words, rules):
    """The tokens, with set phrases of verb and object (提供线索) taken apart."""
    ends = rules["before"]
    for word, tag in words:
        phrase = len(word) == 4 and tag[:1] in "liv" and word[:2] in ends - rules["measured"]
        verbs = len(word) == 4 and word[:2] in ends and word[2:] in ends
        yield from ((word[:2], "v"), (word[2:], "v" if verbs else "n")) if phrase or verbs else ((word, tag),)
