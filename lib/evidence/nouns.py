"""The counted noun of an amount: after it (27个警务站), before it (警务站27个), or the subject of its predicate."""
import re
from functools import cache

from lib.evidence import compounds
from lib.reading import places

REACH = 40
QUOTES = re.compile(r"(?:[“‘\"「『]([^”’\"」』]{1,20})[”’\"」』](?:、(?=[“‘\"「『]))?)+等?")
STOPS = re.compile(r"[+,，。;；:：!?！？\s…—－|《》]")
CLAUSE = re.compile(r"[+,，;；。：:！？!?\n]")
LOOSE = {"的", "等", "各类", "各种", "各项", "相关", "有关"}
JOINING = {"、", "和", "及", "与", "以及"}
ONE_BEING = {"家", "所", "名", "位", "户", "人"}
FIXED = ("人数", "时间", "人口", "距离", "资金", "金额")
ADVERBS = frozenset("均都已也还又仍且并就才再只各不未即皆俱较将")
MANNER = frozenset("自主 自动 自觉 联合 主动 率先 及时处置 持续 不断".split())
ACTS = frozenset("管查办抓救接")
PERSONS = ("名", "人", "位", "人次")
KINDS = ("案件", "警情", "事件", "行为", "活动", "团伙", "事故", "纠纷", "人员", "信息", "线索", "指令", "数据", "系统",
         "平台", "设备", "终端", "队伍", "力量", "场所", "车辆", "物品", "产品", "工具")
BODIES = ("队", "队伍", "力量", "组", "团", "班", "员", "者", "站", "室")
PART_OF = re.compile(r"(?:仅|约|已)?占(?!比|地|用|领)[^,，]*$")
COMPARED = re.compile(r"(?:较|比|与|同|和)(?:上年|去年|前年|上月|上季度|\d{4}年|同期|上一年|历史)[^,，]{0,8}$"
                      r"|(?:同比|环比)[^,，]{0,6}$"
                      r"|(?:低于|高于|少于|多于|超过|大于|小于|好于|优于)[^,，]{0,8}(?:平均水平|平均数|平均值|均值|平均|水平|目标)$"
                      r"|(?:平均)?每(?:一?个|名|户|百|千|万)?[^,，]{1,6}(?<!率|量|数)$")
PREDICATE = re.compile(r"(?:同比|环比|再次|分别|平均|年均|均|各|再|又|共|已|仅)*"
                       r"(?:上升|增长|增加|提高|提升|下降|减少|降低|压降|压减|缩减|压缩|缩短|锐减|骤降|精简|下跌|回落|上涨|跃升|攀升"
                       r"|(?:扩充|扩大|扩展|拓展|壮大|发展|延伸)(?=[到至为])|翻|升|降|增|减)?"
                       r"(?:(?<=[升高长加降低少跌落缩增减])幅度?)?(?:达到?|降至|升至|增至|(?<!行)为)?(?:了|至|到|约|近|超过?|逾)*$")
RATED = re.compile(r"[\u4e00-\u9fff]{1,8}(?:率|满意度|安全感|占比|比例|比重|知晓度|参与度|获得感|指数)"
                   r"(?![\u4e00-\u9fff]?(?:是|为)民)")
GROWS = re.compile(r"[上提升增加长发展扩大壮下降低减少缩短压拓充跃攀精简锐骤回落]{1,3}(?:到|至|为|成)")
VARIANT = re.compile(r"^(?:[(（][^()（）]{1,3}[)）]|/[\u4e00-\u9fff])")
OPENING = re.compile(r"^(?:其中|目前|今年|去年|同期|期间)?(?:全[市省区县州国镇乡]|我[市省区县]|辖区)?")
HEAD = re.compile(r"(?:破案率|发案数?|立案数?|破案数?|案件数?|警情数?|事故数?|[率数量])$")


@cache
def _rules(lexicon):
    """The words of each side: those that end a noun behind or before a number, participles, heads, light verbs."""
    rows = lexicon.rows("relations_verbs", "word", "side")
    ends = {side: frozenset(r["word"] for r in rows if r["side"] in (side, "both")) for side in ("after", "before")}
    names = ("participle", "head", "light", "nominal", "sum")
    roles = {name: frozenset(r["word"] for r in rows if r["side"] == name) for name in names}
    changed = frozenset(r["word"] for r in lexicon.rows("relations", "word", "relation") if len(r["word"]) > 1)
    ends = {side: words | changed for side, words in ends.items()}
    acts = frozenset(r["word"] for r in rows if r["side"] == "before" and len(r["word"]) > 1) | ACTS
    return ends | roles | {"acts": acts, "verbs": ends["after"] - roles["nominal"], "strict": ends["before"] - roles["nominal"]}


def behind(chars, amount, limit, lexicon):
    """The noun that follows an amount, \"\" if none does."""
    words = chars[amount["end"]:min(limit, amount["end"] + REACH)]
    words = VARIANT.sub("", words)
    if GROWS.match(words):
        return ""
    words = words[1:] if words[:1] == "的" else words
    if m := QUOTES.match(words):
        return _leading(words[m.end():], amount, lexicon) or m[1]
    return _leading(words, amount, lexicon)


def ahead(chars, amount, floor, lexicon):
    """The noun that precedes an amount: the subject of its predicate, or the object whose number stands behind it."""
    words = CLAUSE.split(chars[max(floor, amount["start"] - REACH):amount["start"]])[-1]
    found = _trailing(words, lexicon)
    acts = amount["unit"] in PERSONS and all(_gerund(t, _rules(lexicon)) for t in found)
    return "" if acts else _bare(found)


def listed(chars, amount, floor, lexicon):
    """The nouns of a list before an amount (刑事、治安案件分别下降): each with the head that the last one gives."""
    words = CLAUSE.split(chars[max(floor, amount["start"] - REACH):amount["start"]])[-1]
    phrase = "".join(w for w, _ in _trailing(words, lexicon))
    parts = [p.strip("“”‘’ ") for p in re.split("[、和及与]", phrase)]
    head = HEAD.search(parts[-1])
    return [p if not head or HEAD.search(p) or p.endswith(("感", "度")) else p + head[0] for p in parts if p]


def subject(words, lexicon):
    """The noun phrase that a sentence begins with: 全县刑事警情在上年的基础上 is 刑事警情."""
    for clause in CLAUSE.split(words):
        found = _placeless(compounds.tokens(OPENING.sub("", clause.strip()), _rules(lexicon)["verbs"]))
        phrase = _phrase(found, _rules(lexicon)) if found else ()
        if phrase and phrase[-1][1][:1] in "nj" and "“" not in clause:
            return _bare(phrase)
    return ""


def rated_subject(words, lexicon):
    """The subject of the clause before, if it is a rate or a number: 立案数、损失数实现“双下降”; else \"\"."""
    clauses = [c for c in CLAUSE.split(words) if c.strip()]
    if not clauses or not (m := re.match(r"[^实连保]{2,24}?(?=实现|连续|保持|持续|双双|均)", clauses[-1])):
        return ""
    found = _trailing(m[0], lexicon)
    return _bare(found) if found and HEAD.search(found[-1][0]) else ""


def rated(words):
    """The last rate named in some words (破案率位列第一,达96.7%), \"\" if none is."""
    found = [m[0] for m in RATED.finditer(words)]
    return re.split("[、和与及的]", found[-1])[-1] if found else ""


def _leading(words, amount, lexicon):
    rules, stop = _rules(lexicon), STOPS.search(words)
    found = compounds.tokens(words[:stop.start()] if stop else words, rules["verbs"])
    first = _phrase(found, rules)
    rest = found[len(first):]
    if rest and (not first or (rest[0][0] == "的" and not _thing(first, rules))):
        first = _past_clause(rest, rules) if not first else _phrase(rest[1:], rules) or first
        rest = ()
    if first and amount["unit"] in PERSONS and all(w in rules["nominal"] for w, _ in first):
        return ""
    if len(first) == 1 and first[0][1] == "v" and (len(first[0][0]) == 1 or first[0][0] in rules["strict"]):
        return ""
    if first and amount["unit"] in ONE_BEING:
        first = _headed(first, rules["head"])
    whole = bool(stop) or len(words) < REACH and not amount.get("counted_next")
    return _bracketed((*first, *_coordinate(rest, first, rules, whole))) if first else ""


def _thing(tokens, rules):
    """Whether words before 的 name a thing (12个部门的资源), not a quality (有价值的线索)."""
    return tokens[-1][1][:1] == "n" and tokens[0][1][:1] not in "vda" and sum(len(w) for w, _ in tokens) < 7


def _past_clause(tokens, rules):
    """What a relative clause before 的 describes: 26户不理解、不配合的业主 is 业主."""
    if tokens[0][0] not in ("不", "未", "有", "没有", "无", "由", "以", "被", "从", "在", "对"):
        return ()
    at = max((i for i, (word, _) in enumerate(tokens[:16]) if word == "的"), default=0)
    return _phrase(tokens[at + 1:], rules) if at else ()


def _phrase(tokens, rules):
    """The tokens up to the first that ends a noun."""
    for i, (word, tag) in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else ("", "x")
        if i and word in ("以上", "以下") and tokens[i - 1][0][-1:] in "级型类档等" and following[1][:1] in "nvbj":
            continue
        if i == 0 and word in rules["participle"] and following[1][:1] in "nvb" and following[0] not in rules["after"]:
            continue
        if word == "及" and i and following[0] in LOOSE:
            continue
        if i and word in rules["nominal"] and _acts(following, rules) and tokens[i - 1][1][:1] == "n":
            return tokens[:i]
        verb = i and tag == "v" and len(word) == 2 and word not in rules["nominal"] and tokens[i - 1][1][:1] in "nj"
        if verb or _stops(word, tag, rules):
            return tokens[:i]
    return tokens


def _stops(word, tag, rules):
    """Whether a word ends the noun behind a number."""
    phrase = len(word) == 4 and word[:2] in rules["after"]
    return phrase or word in rules["after"] or _cuts(word, tag) or word in JOINING or word in "”“’‘\""


def _cuts(word, tag):
    return tag in compounds.CUTS and (tag != "d" or len(word) > 1 or word in ADVERBS)


def _headed(tokens, heads):
    """Up to the last of the first run of heads: 重点单位|信息 is 重点单位, 中小学幼儿园|校园 is 中小学幼儿园."""
    for i, (word, _) in enumerate(tokens):
        following = [w for w, _ in tokens[i + 1:i + 4]]
        person = any(w in heads or w.endswith(BODIES) for w in following)
        if word in heads and not person and following[:1] not in (["("], ["（"]):
            return tokens[:i + 1]
    return tokens


def _coordinate(tokens, first, rules, whole):
    """、Y after X where both are of one kind (居民群、防范工作群)."""
    if len(tokens) < 2 or tokens[0][0] not in JOINING:
        return ()
    second = _phrase(tokens[1:], rules)
    counted = any(tag in ("m", "q") for _, tag in second)
    heads = second and all(t[-1][0].endswith(tuple(rules["head"])) for t in (first, second))
    alike = second and second[-1][0][-1] == first[-1][0][-1] or (heads and (whole or len(second) < len(tokens) - 1))
    same = second and not counted and alike and sum(len(w) for w, _ in second) < 10
    return (tokens[0], *second) if same else ()


def _bracketed(tokens):
    """The words; an explanation in brackets is left out, a short variant (街道) stays."""
    words = re.sub(r"[(（][^()（）]{4,}[)）]$", "", "".join(w for w, _ in tokens))
    words = re.sub(r"[(（][^()（）]*$", "", words)
    return words if re.search(r"[(（]", words) else words.strip("”’“‘）)")


def _trailing(words, lexicon):
    """The tokens of the noun phrase that ends before a number, its predicate left out."""
    rules = _rules(lexicon)
    words = PART_OF.sub("", COMPARED.sub("", re.sub(r"[(（][^()（）]{4,}[)）]", "", words)))
    ends = rules["before"]
    found = list(compounds.split(compounds.tokens(PREDICATE.sub("", words), rules["verbs"]), ends))
    while found and (_ends(found[-1], rules) or _governs(found, rules)) and not _object(found, rules):
        if _governs(found, rules):
            return []
        found.pop()
    at = _object(found, rules) if found else 0
    at = len(found) - at
    while at and (at < len(found) and _modifies(found, at, rules) or not (
            _ends(found[at - 1], rules) or (at < len(found) and _verb(found, at - 1, rules)))):
        at -= 1
    at -= bool(at and len(found[at:]) == 1 and found[at][0] in compounds.SUFFIXES)
    phrase = _placeless(found[at:])
    while phrase and phrase[0][0] in JOINING | LOOSE | {")", "）", "”", "’", "类"}:
        phrase = phrase[1:]
    return _unverbed(_rate(phrase), ends)


def _rate(phrase):
    """Up to the rate that a phrase names: 化解成功率|持续|保持."""
    for i, (word, _) in enumerate(phrase[:-1]):
        if word.endswith("率") and phrase[i + 1][1][:1] in "vda":
            return phrase[:i + 1]
    return phrase


def _placeless(tokens):
    """Without the place that a subject begins with: 云州市刑事警情."""
    names = places.gazetteer().names
    at = max((i + 1 for i, (word, _) in enumerate(tokens[:-1]) if word in names), default=0)
    return tokens[at:]


def _unverbed(phrase, ends):
    """Without a verb that the dictionary joins to its object: 化解矛盾|纠纷 is 矛盾纠纷."""
    while phrase and len(phrase[0][0]) > 3 and phrase[0][0][:2] in ends and not phrase[0][0].endswith(FIXED):
        phrase = [(phrase[0][0][2:], phrase[0][1]), *phrase[1:]]
    return phrase


def _ends(token, rules):
    word, tag = token
    classifier = tag == "q" and word in "个名家起次"
    return tag == "vx" or word in rules["before"] or word in LOOSE or _cuts(word, tag) or tag in ("m", "f", "t") or classifier


def _verb(tokens, at, rules):
    """Whether a word inside a phrase is its verb: 救起 before 落水者, 巡查 after 共."""
    before = tokens[at - 1] if at else ("", "x")
    return _acts(tokens[at], rules) or (tokens[at][1] in ("v", "vn") and before[1] == "d")


def _acts(token, rules):
    """Whether a word is a verb and no part of a noun: 救起, 开进."""
    word, tag = token
    return tag == "v" and len(word) > 1 and word not in rules["nominal"]


def _governs(tokens, rules):
    """Whether the last word is what somebody does, so that the number is its object (网格员|走遍 1200户)."""
    word, tag = tokens[-1]
    before = tokens[-2] if len(tokens) > 1 else ("", "d")
    listed = word in rules["before"]
    agent = before[0] in rules["head"] or before[0].endswith(BODIES + compounds.AUTHORITY) or before[1][:1] == "r"
    free = not listed and before[1][:1] in "dpuct"
    return (word in rules["acts"] and agent and tag[:1] == "v") or (_acts(tokens[-1], rules) and not listed
                                                                   and (agent or free))


def _gerund(token, rules):
    word, tag = token
    return word in rules["nominal"] or (tag == "vn" and word not in rules["before"])


def _modifies(tokens, at, rules):
    """Whether the verb before a place names a kind of what follows it: 猥亵|案件, 风险|预警|信息."""
    if not tokens[at][0].endswith(KINDS):
        return False
    before = tokens[at - 2] if at > 1 else ("", "x")
    word = tokens[at - 1][0]
    if word in rules["nominal"]:
        return before[1][:1] == "n" or (before[0] in rules["strict"] and before[1] == "v")
    return _acts(tokens[at - 1], rules) and word not in rules["before"]


def _object(tokens, rules):
    """How many of the last words, verbs elsewhere, are an object here: 各类|服务, 推送|预警, 兑现|举报|奖励."""
    last = tokens[-1][0]
    if last in rules["sum"]:
        return 1
    n = 0
    while n < len(tokens) and _gerund(tokens[-n - 1], rules):
        n += 1
    before = tokens[-n - 1] if n < len(tokens) else ("", "x")
    if n and (before[0] in LOOSE - {"的"} or before[0] in rules["light"]
              or (before[0] in rules["strict"] - MANNER and before[1][:1] == "v")):
        return n
    return int(n > 1 and tokens[-2][0] in rules["light"] or (n > 2 and tokens[-3][0] in rules["light"]))


def _bare(tokens):
    """The words without what a list or a quotation puts before them; no noun is left of a bare place name."""
    if tokens and all(tag == "ns" for _, tag in tokens):
        return ""
    if tokens and (m := QUOTES.fullmatch(tokens[-1][0])):
        return m[1]
    words = "".join(w for w, _ in tokens).strip("“”‘’\"、●•· ")
    after_quote = re.split(r"[”’\"」』]", words)[-1]
    if after_quote.startswith(KINDS[:2]) and (m := re.search(r"([^“”]{2,8})”[^”]*$", words)):
        return m[1] + after_quote
    words = after_quote if len(after_quote) > 1 else re.split(r"[“‘\"「『]", words)[-1]
    parts = words.split("、")
    words = words if len(parts) == 1 or parts[-2][-1:] == parts[-1][-1:] else parts[-1]
    words = words.strip("“”‘’")
    return "" if len(words) == 1 and tokens[-1][1][:1] not in "nqj" else words
