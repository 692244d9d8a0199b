"""What a claim is about, as a plain noun phrase: without its verb, its quotation marks and the time before it."""

import re

from lib.reading import places

MARKS = re.compile("[“”\"'‘’]")
TIME = re.compile(
    r"^(?:[^，,]{1,12}以来|[去今]年|[近一二三四五六七八九十两\d]+年来|全年|\d{4}年(?:度)?|[上下]半年|"
    r"(?:前[一二三]|[一二三四]|第[一二三四])季度|截至[^，,]{1,6}|期间|同期|目前|当年|每年|年均|日均|累计|共计?|全年立|共立|所立)+"
)
ABSENT = re.compile(
    r"^.*?(?:未|没有|从未|没|无一|杜绝了?|无(?=[一-龥]{2}))(?:再)?(?:发生|出现|引发|接报|接到|发现)?过?"
    r"(?:[一1](?=[起例件人宗]))?(?:起|例|件|人|宗)?"
)
NOUGHT = re.compile(
    r"^(?P<lead>.*?)(?:力争|确保|实现|保持|达到|达成|连续|持续|去年|今年|全年|全部|均|基本)*"
    r"零(?P<noun>.*)$"
)
CLEARED = re.compile(r"(?:能够|全部|基本|已经?|实现|动态)*清[零仓]$")
PLACES = re.compile(
    r"^[^零]*?\d*[余多百千万]*[个处家所条](?:[一-龥]{0,8}?(?:小区|社区|村|单位|场所|校园?|企业|派出所|"
    r"街道|乡镇|镇街|网格|医院))?"
)
GOAL = re.compile("(?:的?(?:目标|态势|状态|成绩))$")
VAGUE = ("发生", "发案", "案发", "增长")
HONOUR = re.compile(
    r"^(?:连续[^，,]{1,6}?[年届次]|首批|先后|再次|首次|双双|成功|也|均|并|又)*"
    r"(?:荣获|荣膺|斩获|喜获|摘得|捧得|夺得|获评|获颁|入选|获选|当选|蝉联|荣立|荣记|记|成为|获得(?!感)|取得|赢得|"
    r"受到|得到|收获|创(?:建)?(?:成|为)|"
    r"被[^，,]{0,30}?(?:授予|评定为|评选为|评为|授牌命名为|联合命名为|命名为|授牌|认定为|确定为|列为|"
    r"表彰为|誉为)|被|获(?!得感)|由|在|向|是)[了为]?(?:首批|第[一二三四五六七八九十]批)?"
)
TITLE = re.compile("(?:荣誉)?称号$|的?殊荣$")
BODY = re.compile(
    r"^(?:[一-龥]{2,6}(?<![小社园校景辖片城街超门夜地])[市县区州旗](?!域)(?:公安局|公安机关)?|"
    r"公安局|派出所)(?:全年立)?(?=[一-龥]{3})"
)
TAIL = re.compile(
    "(?:的(?:发生|数量)|始终|保持|一直|均|(?<=[感度率])[由从]|(?<=[名])中|折价|折合|价值|"
    "总计|共计|累计|合计|分别|同时|的)+$"
)
HEAD = re.compile("^(?:对|将|使得?|让|把|其中|的|了|和|及|与|并|即|全部)+")


def clean(words, direction):
    """The metric of a claim in plain words; the words themselves where nothing would be left."""
    plain = re.sub(r"\s", "", MARKS.sub("", words))
    forms = {"zero": _absent, "award": _honour}
    found = forms.get(direction, str)(plain)
    found = TAIL.sub("", HEAD.sub("", TIME.sub("", _placeless(found)))).strip("、，,和及与")
    return (found if len(found) > 1 else plain)[:40]


def _placeless(words):
    """Words without the place or body that they open with."""
    place = next((m for m in places.mentioned(words) if m[0] == 0 and m[3]), None)
    cut = words[place[1] :] if place and len(words) - place[1] > 3 else words
    return BODY.sub("", cut)


def _absent(words):
    """What did not happen: 可防性案件零发案 -> 可防性案件, 未发生安全事故 -> 安全事故."""
    found = CLEARED.sub("", words)
    nought = NOUGHT.match(found)
    if nought:
        lead = TIME.sub("", PLACES.sub("", nought["lead"]))
        return lead if len(lead) > (1 if nought["noun"].startswith(VAGUE) else 3) else GOAL.sub("", nought["noun"])
    return ABSENT.sub("", found)


def _honour(words):
    return TITLE.sub("", HONOUR.sub("", words))
