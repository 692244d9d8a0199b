"""The unit of a number: the longest that stands behind it; whether the two count something together."""

import re
from functools import cache

from lib.lexicon import compiled, expect, words
from lib.reading import numerals

SMALL, ONE_AFTER = frozenset(words("small numerals")), compiled("before an ordinal or an article")
OFTEN, AND_HALF, SHARED = compiled("so often"), compiled("and a half"), compiled("numbers that share a unit")
POINTS, SEVERAL = compiled("points that share a unit"), compiled("one for each, numbers between")
LEAD, STOP = compiled("before a number that stands alone"), compiled("behind a number that stands alone")
YEARS, PAST = compiled("before years that are a period"), compiled("years gone or to come")
NEEDED, SPANS, BARE = compiled("time that was needed"), words("spans of time"), compiled("magnitudes alone")
DISCOUNT, MULTIPLES = compiled("digits of a discount"), compiled("dozens and thousands")
MEASURES = ("length", "mass", "money", "area", "volume", "speed")
_ENDS = compiled("where a part of a unit ends").pattern
COINS, PART = compiled("tenths and hundredths of a yuan", ends=_ENDS), compiled("part of a unit", ends=_ENDS)
PARTED, YUAN = words("units that a digit parts"), words("units of a yuan")
LARGE, NAMING = compiled("magnitude inside a numeral"), compiled("numeral and unit that name a grade")
KINDS = frozenset(
    ("count", "share", "score", "money", "time", "length", "area", "mass", "volume", "energy", "rate", "data")
    + ("speed", "place", "temperature", "pressure", "angle")
)
FACTORS = {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}


class Rules:
    """Units, bounds and nouns of a lexicon, arranged for look-up."""

    def __init__(self, lexicon):
        rows = lexicon.rows("units", "unit", "kind", "single", "not_before")
        self.units = {r["unit"]: (r["kind"], r["single"], _pattern(lexicon, r)) for r in rows}
        self.reach = range(max(map(len, self.units)), 0, -1)
        self.bounds = {"before": {}, "inside": {}, "after": {}}
        for r in lexicon.rows("bounds", "word", "place", "bound", "not_after"):
            self.bounds.setdefault(r["place"], {})[r["word"]] = (
                r["bound"],
                tuple(filter(None, r["not_after"].split("|"))),
            )
        self.negators = sorted(self.bounds.pop("negator"), key=len, reverse=True)
        nouns = sorted((r["noun"] for r in lexicon.rows("units_nouns", "noun")), reverse=True)
        self.nouns = re.compile("|".join(map(re.escape, nouns)))


def _pattern(lexicon, row):
    expect(f"{lexicon.folder}/units.csv:{row['line']}", "kind", row["kind"], KINDS)
    return lexicon.pattern("units", row, "not_before")


@cache
def rules(lexicon):
    """The Rules of a lexicon, compiled once."""
    return Rules(lexicon)


def measured(chars, number, known):
    """Whether the number is an amount; adds its unit and what stands with it (两年半, 八成五, 10k, 两打)."""
    if number["unit"] in ("%", "‰") or number["unit_kind"] == "share" or _points(chars, number):
        return True
    if _multiplied(chars, number) or _and_half(chars, number):
        return True
    unit, end = _unit(chars, number["end"], known)
    if unit:
        counted = _counted(chars, number, unit, known)
        if counted:
            _take(chars, number, (unit, end), known)
        return counted or (number["words"] in SMALL and _unitless(chars, number, known))
    _share_unit(chars, number, known)
    return bool(number["unit"]) or _unitless(chars, number, known)


def _points(chars, number):
    """0.4个、3.6个和1.0个百分点: each number has the unit of the last."""
    m = POINTS.match(chars, number["end"])
    if m:
        number.update(unit=m[0][-4:], unit_kind="share", end=number["end"] + 1)
    return bool(m)


def _multiplied(chars, number):
    m = MULTIPLES.match(chars, number["end"])
    if not m or number["value"] == "" or number["unit"] or (m["latin"] and not number["words"][-1].isdigit()):
        return False
    number.update(value=number["value"] * (12 if m["dozen"] else FACTORS[m["latin"]]), end=m.end())
    return True


def _and_half(chars, number):
    """两个半月 is 2.5 months; for 一个半小时 the unit is still to come."""
    m = AND_HALF.match(chars, number["end"])
    if not m or number["value"] == "":
        return False
    number.update(value=number["value"] + 0.5, end=m.end(), unit_head="个")
    month = chars.startswith("月", m.end())
    if month:
        number.update(unit=number["unit_head"] + "月", unit_kind="time", end=m.end() + 1)
    return month


def _share_unit(chars, number, known):
    """17.8、19.8个百分点, 分别为12、30名: the first number has the unit of the last."""
    m = SHARED.match(chars, number["end"]) if number["words"][0].isdigit() else None
    unit = m and _unit(chars, m.end(), known)[0]
    kind = unit and known.units[unit][0]
    if kind == "share" or (kind and SEVERAL.search(chars, max(0, number["start"] - 24), number["start"])):
        number.update(unit=unit, unit_kind=kind)


def _unit(chars, at, known):
    """(unit, end) of the longest unit that stands here, ("", at) if none."""
    at += chars[at : at + 1] == " "
    for n in known.reach:
        unit = chars[at : at + n]
        not_before = known.units[unit][2] if unit in known.units and len(unit) == n else None
        if unit in known.units and len(unit) == n and not (not_before and not_before.match(chars, at + n)):
            latin = unit[-1].isascii() and unit[-1].isalpha()
            if not (latin and re.match("[A-Za-z0-9]", chars[at + n : at + n + 1])):
                return unit, at + n
    return "", at


def _counted(chars, number, unit, known):
    """Whether numeral and unit count something: a lone Chinese digit does so only before some units."""
    words, (kind, single, _) = number["words"], known.units[unit]
    if number.get("below"):
        return True
    plain_two = words == "二" and kind != "share" and (len(unit) < 2 or kind not in MEASURES)
    if plain_two or _timed(chars, number, unit) or _no_numeral(number, kind):
        return False
    if words not in SMALL and not (number["named"] and not words[0].isdigit()):
        return not NAMING.fullmatch(words + unit)
    if unit == "年" and not number["named"]:
        return words != "一"
    if number["named"]:
        return kind in ("share", "money") and unit != "元"
    if _parted(chars, number, unit):
        return True
    if words == "一":
        often = unit == "次" and OFTEN.search(chars, max(0, number["start"] - 16), number["start"])
        return (
            bool(often) or single == "any" and not ONE_AFTER.search(chars, max(0, number["start"] - 2), number["start"])
        )
    return single in ("any", "two")


def _parted(chars, number, unit):
    """Whether a part of the unit follows it: 三块|五, 两尺|半."""
    end = number["end"] + len(unit)
    return bool(_part(chars, unit, end)) or (unit == "尺" and chars.startswith("半", end))


def _part(chars, unit, at):
    """The match of the digits that part a unit and begin here, else None."""
    return (COINS if unit in YUAN else PART).match(chars, at) if unit in YUAN + PARTED else None


def _timed(chars, number, unit):
    """Whether the words are a period (近5年, 过去三年), not a duration."""
    if unit not in SPANS:
        return False
    at = number["start"]
    near = number["bound"] == "nearly" and YEARS.search(chars, max(0, at - 1), at)
    needed = NEEDED.match(chars, number["end"] + len(unit))
    return bool(near or (PAST.search(chars, max(0, at - 2), at) and not needed))


def _no_numeral(number, kind):
    """Whether a magnitude stands without a numeral or a bound: 百名, 万家."""
    bare = BARE.fullmatch(number["words"]) and number["bound"] == "exact" and number["value"] != ""
    return bool(bare) and (len(number["words"]) == 1 or kind == "count")


def _take(chars, number, unit_end, known):
    unit, end = unit_end
    kind, words = known.units[unit][0], number["words"]
    if unit.startswith("个多"):
        number["bound"], unit = "at_least", unit.replace("多", "", 1)
    if number.get("unit_head") and not unit.startswith("个"):
        unit = number["unit_head"] + unit
    if unit == "折" and DISCOUNT.fullmatch(words):
        number.update(value=numerals.read(".".join(words)), value_high="")
    number.update(unit="元" if unit == "元人民币" else unit, unit_kind=kind, end=end)
    _fraction(chars, number)


def _fraction(chars, number):
    """Takes in what follows a unit as a part of it: 八成五, 两年半, 三块五, 五元三角二分, 三米二五, 三斤二两."""
    end, value, unit = number["end"], number["value"], number["unit"]
    if value == "":
        return
    if (m := _part(chars, unit, end)) and unit in YUAN:
        tenth, hundredth = (numerals.read(m[g] or "0") for g in ("tenth", "hundredth"))
        number.update(value=round(value + tenth / 10 + hundredth / 100, 4), end=m.end())
    elif m:
        parts = "".join(str(numerals.DIGITS.get(c, c)) for c in m["part"])
        number.update(value=round(value + float(f"0.{parts}"), 4), end=m.end())
    elif number["unit_kind"] in ("time", "length", "mass") and chars.startswith("半", end):
        number.update(value=value + 0.5, end=end + 1)
    elif unit == "分" and chars.startswith("半钟", end):
        number.update(value=value + 0.5, unit=unit + chars[end + 1], unit_kind="time", end=end + 2)


def _unitless(chars, number, known):
    """Whether a number without a unit is an amount all the same: 超17万, 两小孩, a figure that stands alone."""
    words, start, end = number["words"], number["start"], number["end"]
    if number["named"] and not words[0].isdigit():
        return False
    if words in SMALL:
        return (
            words != "二"
            and bool(known.nouns.match(chars, end))
            and not number["named"]
            and not ONE_AFTER.search(chars, max(0, start - 2), start)
        )
    if number["unit_kind"] in ("share", "rate"):
        return True
    bare = BARE.fullmatch(words) and number["bound"] == "exact"
    if number.get("garbled") or bare or "来" in (words[-1], chars[end - 1 : end]):
        return False
    alone = bool(LEAD.search(chars, max(0, start - 1), start)) and bool(STOP.match(chars, end))
    if words.isdigit() and number["bound"] == "exact":
        year = len(words) == 4 and words[:2] in ("19", "20")
        short = len(words) < 7 or end - start == len(chars.strip())
        return alone and short and not year and number["value_high"] == ""
    if words[0].isdigit():
        return number["value_high"] == "" or alone
    return number["value"] == "" or (len(words) > 1 and (alone or bool(LARGE.search(words))))
