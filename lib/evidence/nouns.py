"""The counted noun of an amount: after it (27个警务站), before it (警务站27个), or shared with the amount before."""
import re
from functools import cache, lru_cache

from lib.reading import segmentation

REACH = 36
CLOSINGS = {"“": "”", "‘": "’", '"': '"', "「": "」", "『": "』"}
STOPS = re.compile(r"[,，。;；：:!?！？\s…—－|《》]")
CUTS = {"d", "p", "r", "y", "ul", "uz", "ug", "ud", "e"}
KEPT_AS_NOUN = {"n", "vn", "nz", "an", "nt", "l"}
LOOSE = {"的", "等", "各类", "各种", "各项", "相关", "有关"}
JOINING = {"、", "和", "及", "与"}
ONE_BEING = {"家", "所", "名", "位", "户", "人"}


@cache
def _rules(lexicon):
    """(words that end a noun behind a number, words that end one before it, participles, heads that one counts)."""
    rows = lexicon.rows("relations_verbs", "word", "side")
    return {side: frozenset(r["word"] for r in rows if r["side"] in (side, "both")) for side in ("after", "before")} \
        | {side: frozenset(r["word"] for r in rows if r["side"] == side) for side in ("participle", "head")}


@lru_cache(maxsize=4096)
def _tokens(words):
    return tuple(segmentation.tagged(words))


def behind(chars, amount, limit, lexicon):
    """The noun that follows an amount, \"\" if none does."""
    words = chars[amount["end"]:min(limit, amount["end"] + REACH)]
    words = words[1:] if words[:1] == "的" else words
    if words[:1] in CLOSINGS and 0 < (close := words.find(CLOSINGS[words[0]], 1)) < 22:
        return _leading(words[close + 1:], amount, lexicon) or words[1:close]
    return _leading(words, amount, lexicon)


def ahead(chars, amount, floor, lexicon):
    """The noun that precedes an amount: the subject of its predicate, or the object whose number stands behind it."""
    words = re.split(r"[,，;；。：:！？!?\n]", chars[max(floor, amount["start"] - REACH):amount["start"]])[-1]
    words = re.sub(r"[(（][^()（）]{4,}[)）]", "", words)
    return _trailing(list(_tokens(words)), _rules(lexicon)["before"])


def _leading(words, amount, lexicon):
    rules, stop = _rules(lexicon), STOPS.search(words)
    tokens = _tokens(words[:stop.start()] if stop else words)
    first = _phrase(tokens, rules)
    if not first:
        return ""
    if amount["unit"] in ONE_BEING:
        first = _headed(first, rules["head"])
    return _bracketed(first + _coordinate(tokens[len(first):], first, rules))


def _phrase(tokens, rules):
    """The tokens up to the first that ends a noun."""
    for i, (word, tag) in enumerate(tokens):
        if word in ("以上", "以下") and i + 1 < len(tokens) and tokens[i - 1][0].endswith("级"):
            continue
        if i == 0 and word in rules["participle"] and len(tokens) > 1 and tokens[1][1][:1] in "nvb" and tokens[1][0] not in rules["after"]:
            continue
        if word in rules["after"] or tag in CUTS or word in ("、", "和", "与", "及", "以及", "”", "“", "’", "‘"):
            if word == "及" and i and i + 1 < len(tokens) and tokens[i + 1][0] in LOOSE:
                continue
            return tokens[:i]
    return tokens


def _headed(tokens, heads):
    """Up to the last of the first run of heads: 重点单位|信息 is 重点单位, 中小学幼儿园|校园 is 中小学幼儿园."""
    for i, (word, _) in enumerate(tokens):
        following = tokens[i + 1][0] if i + 1 < len(tokens) else ""
        if word in heads and following not in heads and not (i + 2 < len(tokens) and tokens[i + 2][0] in heads) and following not in "(（":
            return tokens[:i + 1]
    return tokens


def _coordinate(tokens, first, rules):
    """、Y after X where both are of one kind (居民群、防范工作群)."""
    if len(tokens) < 2 or tokens[0][0] not in JOINING:
        return ()
    second = _phrase(tokens[1:], rules)
    same = second and second[-1][0][-1] == first[-1][0][-1] and sum(len(w) for w, _ in second) < 10
    return (tokens[0], *second) if same else ()


def _bracketed(tokens):
    """The words; an explanation in brackets is left out, a short variant (街道) stays."""
    words = "".join(w for w, _ in tokens)
    words = re.sub(r"[(（][^()（）]{4,}[)）]$", "", words)
    if re.search(r"[(（][^()（）]*$", words):
        words = re.split(r"[(（][^()（）]*$", words)[0]
    return words.strip("”’“‘）)") if not re.search(r"[(（]", words) else words


def _trailing(tokens, ends):
    while tokens and _ends(tokens[-1], ends) and not _nominal(tokens):
        tokens.pop()
    at = len(tokens)
    while at and (at == len(tokens) and _nominal(tokens) or not _ends(tokens[at - 1], ends)):
        at -= 1
    phrase = tokens[at:]
    while phrase and (phrase[0][0] in JOINING or phrase[0][0] in LOOSE):
        phrase = phrase[1:]
    return _bare(phrase)


def _ends(token, ends):
    word, tag = token
    return word in ends or tag in CUTS or tag in ("m", "f", "t") or word in LOOSE or (tag == "q" and len(word) == 1 and word in "个名家起次")


def _nominal(tokens):
    """Whether a word that may end a noun is one here: 等各类服务."""
    return len(tokens) > 1 and tokens[-1][1] in KEPT_AS_NOUN and (tokens[-2][0] in LOOSE or tokens[-2][1] == "n" and len(tokens[-1][0]) > 1
                                                                 and tokens[-1][1] == "n")


def _bare(tokens):
    """The words without what a list or a quotation puts before them; no noun is left of a bare place name."""
    if tokens and all(tag == "ns" for _, tag in tokens):
        return ""
    words = "".join(w for w, _ in tokens).strip("“”‘’\"、 ")
    after_quote = re.split(r"[”’\"」』]", words)[-1]
    words = after_quote if len(after_quote) > 1 else re.split(r"[“‘\"「『]", words)[-1]
    parts = words.split("、")
    return words if len(parts) == 1 or parts[-2][-1:] == parts[-1][-1:] else parts[-1]
