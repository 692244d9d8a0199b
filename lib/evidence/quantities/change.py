"""What a number says of its subject: level, share or change; compared with what; done or planned; per what."""

import re
from functools import cache

CHANGED = ("increase", "decrease", "point_change")
SHARES = re.compile(r"%|‰|成|$")
PREVIOUS = re.compile(
    r"(?:比|较|同|与|和|相较于?|对比)(?:上年|去年|上一年|前年)(?:度|同期|同时期|底|末)?"
    r"|(?:比|较|与)同期|上年同期|去年同期|同期相比"
)
PERIOD_BEFORE = re.compile(r"(?:比|较|与)(?:上月|上个月|上周|上季度|上期|上一季度|前一?月)|环比")
NAMED = re.compile(r"(?:比|较|相较于?|与|和|对比)((?:19|20)\d{2})年")
FROM = re.compile(r"[由从自][^,，。;；]*$")
TOWARDS = re.compile(
    r"(?:上升|提升|增加|增长|扩大|提高|攀升|跃升|发展|壮大|扩充|扩展|拓展|"
    r"延伸|下降|降低|减少|压降|压减|缩短|缩减|压缩|精简|回落|变|改"
    r"|升|降|增|减|缩|提|跌|涨)(?:到|至|为|成)(?:了)?(?:目前|现在|如今|今年|去年)?的?$"
    r"|(?:到|至)(?:目前|现在|如今|今年|去年|\d{4}年)[^,，。;；]{0,8}的?$"
)
FILLER = r"(?:了|约|近|超过?|逾|将近|达到?|幅度?达?|率?为|分别|均|各|高达|:|的)*\s*$"
AFTER = re.compile(r"的?(?P<word>降幅|减幅|跌幅|增幅|涨幅|升幅|增长|增速|下降)(?!到|至|为|了)")
SHORT = ("多", "少", "增", "升", "降", "减")
SHORT_AFTER = r"(?:[同环]比|较\S*|比\S*|[下，,、再又共各]|^)"
PER = re.compile(
    r"(每(?:[一百千万]|十万|百万|1?0{1,5}|\d+万?)?"
    r"(?:个|名|户|人|村|社区|网格|平方公里|公里|平方千米|件|辆|家|班组|班|街道|乡镇|小区|楼栋|所)"
    r"(?:(?![布配])[\u4e00-\u9fff]{1,6}?(?=配|布|覆盖|拥有|建|安排|设|至少|不少于)|人口|常住人口|居民|村|社区|网格|派出所|乡镇|小区|楼栋)?)(?:[^,，。;；、\d]{0,12})$"
    r"|([十百千万]{1,2}[人车户])[^,，。;；、\d]{0,8}[率数量](?:[为达降升到至约])*$"
    r"|([人户日月年周季村均车]均|每(?:天|日|月|年|周|季度|晚|班|次|小时))[^,，。;；]{0,14}$"
)
RATED = {"日均", "月均", "年均", "周均", "季均", "人均", "户均", "车均", "村均"}


@cache
def _verbs(lexicon):
    rows = {r["word"]: r["relation"] for r in lexicon.rows("relations", "word", "relation")}
    words = sorted(rows, key=len, reverse=True)
    return rows, re.compile(f"({'|'.join(map(re.escape, words))})(?!至|到|为){FILLER}")


def relation(amount, clause, after, lexicon):
    """level, share, increase, decrease or point_change, from the words of the clause before and after the number."""
    rows, pattern = _verbs(lexicon)
    m = None if clause.endswith(("多达", "高达")) else pattern.search(clause[-14:])
    word = m[1] if m else (AFTER.match(after) or {"word": ""})["word"]
    if m and word in SHORT and not re.search(SHORT_AFTER + word, clause):
        word = ""
    if "分点" in amount["unit"]:
        return "point_change"
    share = amount["unit_kind"] == "share"
    return rows.get(word) or ("share" if share else "level")


def basis(clause, sentence):
    """yoy, pop, year:YYYY or \"\": what a change is measured against. `sentence`: its words up to the number."""
    if m := NAMED.search(sentence):
        return f"year:{m[1]}"
    if "同比" in clause or PREVIOUS.search(sentence):
        return "yoy"
    return "pop" if PERIOD_BEFORE.search(clause) else ""


def risen_from(before, between):
    """Whether the number is the second end of 由A增至B; `before` stands before A, `between` between A and B."""
    return bool(FROM.search(before)) and bool(TOWARDS.search(between))


def denominator(clause):
    """What a rate is per (每万人, 日均, 人均), as written, or \"\"."""
    m = PER.search(clause)
    word = m and (m[1] or m[2] or m[3])
    return word if word and (m[1] or m[2] or word in RATED or word.startswith("每")) else ""
