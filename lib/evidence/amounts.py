"""Amounts: numeral, unit and bound as they stand together; what only looks like one is left to `lookalikes`."""
import re
from decimal import Decimal
from functools import cache

from lib.evidence import lookalikes
from lib.reading import numerals

SMALL = frozenset("一二两三四五六七八九")
ONE_AFTER = re.compile(r"(?:[是为第统唯同专每何另又某这那哪首新上下再进逐即像如]|成为|作为)$")
NUMERAL = re.compile(numerals.NUMERAL)
SCAN = re.compile(rf"[\d半{''.join(numerals.DIGITS)}{''.join(numerals.TENS)}{''.join(numerals.MAGNITUDES)}]")
DIGITS = re.compile(r"\d*")
MIXED = re.compile(rf"(?P<whole>{numerals.NUMERAL})又(?=\d+/|[{''.join(numerals.DIGITS)}十百]+分之)")
HALVES = re.compile(r"(?<!另)(?:一半|半数)(?!会员|以?外)|(?<=过)半(?=[,，。;；、!的数\s]|$)")
SCIENCE = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d+(?![\dA-Za-z])")
PARTS = re.compile(rf"(?P<of>百|千|{numerals.NUMERAL})分之(?P<value>{numerals.NUMERAL})")
SLASH = re.compile(r"(?P<value>\d{1,4})/(?P<of>\d{1,4})(?![\d/年月.])")
RATIO = re.compile(r"(?P<a>\d+(?:\.\d+)?)\s*:\s*(?P<b>\d+(?:\.\d+)?)(?![\d:])")
LIST = re.compile(r"\d{1,2}(?:[、,]\d{1,2}){1,4}(?![\d.%])")
GARBLED = re.compile(r"\d{1,3},\d{1,2}(?P<vague>[余多]?)(?=[\u4e00-\u9fff%])")
RANGE = re.compile(rf"(?P<mark>[%‰]?)\s*(?:[-~至到]|—{{1,2}})\s*(?:百分之)?(?P<high>{numerals.NUMERAL})")
HALF = re.compile(r"半(?=(?:个?小时|个月|个?钟头|天|公里|里|斤|吨|米|年|亩)(?!多?[来以报前后]))")
AND_HALF = re.compile(r"个半(?=小时|月|钟头)")
VAGUE = re.compile(f"(?:多(?!样|次|种|点|头|方|发|可)|[余馀来几许](?!自|往))")
SHARED = re.compile(r"(?:、\d+(?:\.\d+)?)+")
CURRENCY = re.compile(r"(?:US\$|HK\$|[$¥￥€£]|人民币)\s*$")
SIGNS = {"$": "美元", "US$": "美元", "HK$": "港元", "¥": "元", "￥": "元", "€": "欧元", "£": "英镑", "人民币": "元"}
LEAD = re.compile(r"(?:[由从至到为达共计有是数量率值比占:(,，。;；、\s]|^)$")
STOP = re.compile(r"[\s,，。;；:、)）!?！？]|$|以[上下内]|左右")
APART = re.compile(r"(?<![预节签履违附最临])(超过|将近|约|近|超|逾)(?:占|达|达到|需|用时?|有|为|计)$")
YEARS = re.compile(r"(?:^|[,，。;；:：、\s在于的到])$")
PAST = re.compile(r"(?:过去|最近|未来|今后|此前|[这前])$")
BARE = re.compile("[百千万亿兆]+")
DOZEN = re.compile(r" ?打(?=$|[\s，。,、]|鸡蛋|啤酒|毛巾|手套)")
THOUSANDS = {"k": 10 ** 3, "K": 10 ** 3, "M": 10 ** 6, "G": 10 ** 9, "T": 10 ** 12}
LATIN = re.compile(r"[kKMGT](?![A-Za-z0-9])")


class Rules:
    """Units, bounds and nouns of a lexicon, arranged for look-up."""

    def __init__(self, lexicon):
        rows = lexicon.rows("units", "unit", "kind", "single", "not_before")
        self.units = {r["unit"]: (r["kind"], r["single"], r["not_before"] and re.compile(r["not_before"])) for r in rows}
        self.reach = range(max(map(len, self.units)), 0, -1)
        self.bounds = {"before": {}, "inside": {}, "after": {}}
        for r in lexicon.rows("bounds", "word", "place", "bound", "not_after"):
            self.bounds[r["place"]][r["word"]] = (r["bound"], tuple(filter(None, r["not_after"].split("|"))))
        self.nouns = re.compile("|".join(sorted((r["noun"] for r in lexicon.rows("units_nouns", "noun")), reverse=True)))
        self.lookalike = lookalikes.rules(lexicon)


@cache
def rules(lexicon):
    """The Rules of a lexicon, compiled once."""
    return Rules(lexicon)


def find(chars, lexicon):
    """Amounts in folded characters: dicts with start, end, core (of the numeral), value, value_high, unit, unit_kind, bound."""
    known, found, at = rules(lexicon), [], 0
    while m := SCAN.search(chars, at):
        at = known.lookalike.end(chars, m.start())
        if not at:
            amount, at = _amount(chars, m.start(), known)
            if amount:
                found.append(amount)
    return found


def _amount(chars, start, known):
    """(amount or None, where to go on) for the numeral that begins here."""
    reading = _reading(chars, start)
    if not reading:
        return None, max(DIGITS.match(chars, start).end(), start + 1)
    reading["core"] = start
    _signed(chars, reading)
    _prefixed(chars, reading, known)
    _ranged(chars, reading, known)
    if not _measured(chars, reading, known):
        return None, reading["end"]
    _suffixed(chars, reading, known)
    return reading, max(reading["end"], start + 1)


def _reading(chars, start):
    """The numeral here: start, end, value, value_high, unit, bound, words; None where there is none."""
    for form in (_mixed, _part, _halves, _science, _ratio, _list, _half, _plain):
        if reading := form(chars, start):
            words = chars[start:reading["end"]]
            return {"start": start, "value_high": "", "unit": "", "unit_kind": "", "bound": "exact", "words": words, **reading}
    return None


def _part(chars, start):
    m = PARTS.match(chars, start) or (SLASH.match(chars, start) if chars[start].isdigit() else None)
    if not m:
        return None
    value, of = numerals.read(m["value"]), numerals.read(m["of"])
    if value is None or not of:
        return None
    if m["of"] in ("百", "千"):
        return {"end": m.end(), "value": value, "unit": "%" if m["of"] == "百" else "‰", "unit_kind": "share"}
    return {"end": m.end(), "value": round(value / of, 4), "unit_kind": "share"} if value < of or "分之" in m[0] else None


def _mixed(chars, start):
    """一又二分之一 is 1.5."""
    m = MIXED.match(chars, start)
    part = m and _part(chars, m.end())
    whole = part and numerals.read(m["whole"])
    return {"end": part["end"], "value": whole + part["value"]} if part and whole is not None else None


def _halves(chars, start):
    m = HALVES.match(chars, start) if chars[start] in "一半" else None
    return m and {"end": m.end(), "value": 0.5, "unit_kind": "share"}


def _science(chars, start):
    m = SCIENCE.match(chars, start) if chars[start].isdigit() else None
    return m and {"end": m.end(), "value": numerals.plain(Decimal(m[0]))}


def _ratio(chars, start):
    m = RATIO.match(chars, start) if chars[start].isdigit() else None
    if not m or not float(m["b"]):
        return None
    value = round(float(m["a"]) / float(m["b"]), 4)
    return {"end": m.end(), "value": int(value) if value.is_integer() else value, "unit_kind": "rate"}


def _list(chars, start):
    if not chars[start].isdigit():
        return None
    if m := LIST.match(chars, start):
        items = [int(x) for x in re.split("[、,]", m[0])]
        if items == sorted(set(items)) and ("," not in m[0] or len(items) > 2) and items[0] > 0:
            return {"end": m.end(), "value": items[0], "value_high": items[-1]}
    m = GARBLED.match(chars, start)
    return m and {"end": m.end(), "value": "", "garbled": True, "bound": "at_least" if m["vague"] else "exact"}


def _half(chars, start):
    m = HALF.match(chars, start)
    return m and not re.search("[上下前后大小一过]$", chars[max(0, start - 1):start]) and {"end": m.end(), "value": 0.5}


def _plain(chars, start):
    m = NUMERAL.match(chars, start)
    if not m or (start and chars[start - 1].isascii() and chars[start - 1].isalpha()) or re.match("0[0-9]", m[0]):
        return None
    end, words = m.end(), m[0]
    bound = "at_least" if re.search("[余馀多来]", words) else "exact"
    if any(c in numerals.MAGNITUDES or c.isdigit() for c in words[-1:] + words[:1]) and (v := VAGUE.match(chars, end)):
        end, bound = v.end(), {"几": "about", "许": "about", "来": "about"}.get(v[0], "at_least")
    spread = numerals.read_range(words)
    value, high = spread or (numerals.read(words), "")
    return None if value is None else {"end": end, "value": value, "value_high": high, "bound": "about" if spread else bound}


def _signed(chars, reading):
    at = reading["start"]
    sign = chars[at - 1:at]
    if chars[at - 2:at] == "零下":
        reading.update(start=at - 2, value=reading["value"] and -reading["value"], below=True)
    elif sign == "负" or (sign == "-" and not re.match(r"[\dA-Za-z%)）零一二三四五六七八九十百千万亿]", chars[at - 2:at - 1] or "。")):
        reading["start"] = at - 1
        reading["value"] = reading["value"] and -reading["value"]
    if m := CURRENCY.search(chars, max(0, reading["start"] - 4), reading["start"]):
        reading.update(start=m.start(), unit=SIGNS[m[0].strip()], unit_kind="money")


def _prefixed(chars, reading, known):
    """Takes in the words before the numeral that bound it: 近, 超, 不足, 上百, 数十."""
    at, big = reading["start"], reading["words"][0] in numerals.MAGNITUDES
    if big and chars[at - 1:at] in ("数", "几") and at and chars[at - 2:at - 1] not in ("人", "总", "件", "次"):
        reading.update(start=at - 1, value="", bound="about")
        at -= 1
    if m := APART.search(chars, max(0, at - 4), at):
        reading["bound"] = known.bounds["before"][m[1]][0]
        return
    for n in (4, 3, 2, 1):
        bound, not_after = known.bounds["before"].get(chars[at - n:at], (None, ())) if n <= at else (None, ())
        if bound and not chars[max(0, at - n - 1):at - n].endswith(not_after or ("\0",)):
            if chars[at - 1] in "上过成" and n == 1 and not (big or reading["words"] == "半"):
                continue
            reading.update(start=at - n, bound=bound, prefixed=True)
            return


def _ranged(chars, reading, known):
    m = RANGE.match(chars, reading["end"]) if reading["value_high"] == "" and reading["value"] != "" else None
    high = m and not known.lookalike.end(chars, m.start("high")) and numerals.read(m["high"])
    if not high or high <= reading["value"] or ("分之" in reading["words"] and reading["unit"] != "%"):
        return
    if m["high"][-1] in "百千万亿" and not BARE.search(reading["words"]):
        low = numerals.read(reading["words"] + BARE.search(m["high"])[0])
        reading["value"] = low if low and low < high else reading["value"]
    reading.update(value_high=high, end=m.end())


def _measured(chars, reading, known):
    """Adds the unit; False where numeral and unit make no amount."""
    if reading["unit"] in ("%", "‰"):
        return True
    at = reading["end"]
    if (m := AND_HALF.match(chars, at)) and reading["value"] != "":
        reading["value"] += 0.5
        at = m.end()
        reading["unit_head"] = "个"
        if chars[at:at + 1] == "月":
            reading.update(unit="个月", unit_kind="time", end=at + 1)
            return True
    if (m := LATIN.match(chars, at)) and reading["words"][-1].isdigit() and not reading["unit"]:
        reading.update(value=reading["value"] * THOUSANDS[m[0]], end=m.end())
        return True
    if (m := DOZEN.match(chars, at)) and reading["value"] != "":
        reading.update(value=reading["value"] * 12, end=m.end())
        return True
    unit, end = _unit(chars, at, known)
    if unit:
        counted = _counted(chars, reading, known.units[unit], unit)
        if counted:
            _take_unit(chars, reading, (unit, end), known)
        return counted or (reading["words"] in SMALL and _unitless(chars, reading, known))
    if (m := SHARED.match(chars, at)) and reading["words"][0].isdigit():
        unit, end = _unit(chars, m.end(), known)
        if unit and known.units[unit][0] == "share":
            reading.update(unit=unit, unit_kind="share")
    return bool(reading["unit"]) or _unitless(chars, reading, known)


def _unit(chars, at, known):
    """(unit, end) of the longest unit that stands here, (\"\", at) if none."""
    at += chars[at:at + 1] == " "
    for n in known.reach:
        unit = chars[at:at + n]
        if unit in known.units and len(unit) == n:
            deny = known.units[unit][2]
            if deny and deny.match(chars, at + n):
                continue
            if unit[-1].isascii() and unit[-1].isalpha() and chars[at + n:at + n + 1].isascii() and chars[at + n:at + n + 1].isalnum():
                continue
            return unit, at + n
    return "", at


def _counted(chars, reading, rule, unit):
    """Whether numeral and unit count something: a lone Chinese digit does so only before some units."""
    words, (kind, single, _) = reading["words"], rule
    if reading.get("below"):
        return True
    if unit in ("年", "个月", "天", "周", "日") and reading["bound"] == "nearly" and YEARS.search(chars, max(0, reading["start"] - 1), reading["start"]):
        return False
    if words == "二" or (BARE.fullmatch(words) and reading["bound"] == "exact" and reading["value"] != ""
                        and (len(words) == 1 or kind == "count")):
        return False
    if unit in ("年", "个月", "天", "周", "个季度") and PAST.search(chars, max(0, reading["start"] - 2), reading["start"]):
        return False
    if words not in SMALL:
        return not (unit == "大" and words == "十") and not (unit == "级" and words in ("1", "2"))
    if unit == "年":
        return words != "一"
    if lookalikes.quoted(chars, reading["core"]):
        return kind in ("share", "money") and unit != "元"
    if words == "一":
        return single == "any" and not ONE_AFTER.search(chars, max(0, reading["start"] - 2), reading["start"])
    return single in ("any", "two")


def _take_unit(chars, reading, unit_end, known):
    unit, end = unit_end
    kind = known.units[unit][0]
    if unit.startswith("个多"):
        reading["bound"], unit = "at_least", "个" + unit[2:]
    if reading.get("unit_head") and not unit.startswith("个"):
        unit = "个" + unit
    if unit == "元" and chars.startswith("人民币", end):
        end += 3
    if unit == "元人民币":
        unit = "元"
    if unit in ("成", "块") and reading["value"] != "" and chars[end:end + 1] in SMALL and chars[end:end + 1] and _ends_there(chars, end + 1):
        reading["value"] += numerals.DIGITS[chars[end]] / 10
        end += 1
    if unit == "折" and reading["words"] not in SMALL and re.fullmatch("[一二三四五六七八九]{2}", reading["words"]):
        reading.update(value=numerals.read(reading["words"][0] + "点" + reading["words"][1]), value_high="")
    if kind == "time" and chars[end:end + 1] == "半" and reading["value"] != "":
        reading["value"], end = reading["value"] + 0.5, end + 1
    reading.update(unit=unit, unit_kind=kind, end=end)


def _ends_there(chars, at):
    return not chars[at:at + 1] or chars[at] in "，,。;；、以左 \n的"


def _unitless(chars, reading, known):
    """Whether a numeral without a unit is an amount all the same: 超17万, 两小孩, a figure that stands alone."""
    words, start, end = reading["words"], reading["start"], reading["end"]
    if words in SMALL:
        return words != "二" and bool(known.nouns.match(chars, end)) and not ONE_AFTER.search(chars, max(0, start - 2), start) \
            and not lookalikes.quoted(chars, start)
    if reading["unit_kind"] in ("share", "rate"):
        return True
    if reading.get("garbled") or BARE.fullmatch(words) and reading["bound"] == "exact":
        return False
    if words.endswith("来") or chars[end - 1:end] == "来":
        return False
    alone = bool(LEAD.search(chars, max(0, start - 1), start)) and bool(STOP.match(chars, end))
    if words[0].isdigit() and words.isdigit() and reading["bound"] == "exact":
        return alone and reading["value_high"] == "" and not (len(words) == 4 and words[:2] in ("19", "20")) and (len(words) < 7 or end - start == len(chars.strip()))
    if words[0].isdigit():
        return reading["value_high"] == "" or alone
    return reading["value"] == "" or (len(words) > 1 and (alone or bool(re.search("[万亿点]|.千|.百", words))))


def _suffixed(chars, reading, known):
    """Takes in the words after the unit that bound the amount: 以上, 左右, 以内."""
    end, kind = reading["end"], reading["unit_kind"]
    for n in (2, 1):
        word = chars[end:end + n]
        bound = known.bounds["after"].get(word)
        if not bound or (word == "内" and (kind != "time" or chars[end + 1:end + 2] in "容部外在涵蒙地陆销需网勤保设")):
            continue
        if word in ("多", "余") and (kind not in ("time", "length", "mass") or chars[end + 1:end + 2] in ("次", "元", "种")):
            continue
        if word in ("上下", "不到") and chars[end + 2:end + 3] in "游联级班贯位":
            continue
        reading.update(bound=bound[0] if not reading.get("prefixed") else reading["bound"], end=end + n)
        return
