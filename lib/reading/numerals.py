"""Numerals of Chinese texts, Arabic, Chinese and mixed, read into values."""

import re
from decimal import Decimal

from lib import paths
from lib.lexicon import compiled, expect, number, table
from lib.limits import limit
from lib.reading.text import translated


def _signs(path):
    """{kind: {sign: its value}} of a table of signs."""
    found = {"digit": {}, "tens": {}, "magnitude": {}}
    for r in table(path, ("sign", "value", "kind")):
        expect(f"{path}:{r['line']}", "kind", r["kind"], found)
        found[r["kind"]][r["sign"]] = number(path, r, "value", int)
    return found


DIGITS, TENS, MAGNITUDES = _signs(paths.LEXICON / "magnitudes.csv").values()
FOLD = str.maketrans("０１２３４５６７８９．％＋－−﹣–：／～〜﹪", "0123456789.%+----:/~~%")
VAGUE = "余馀多来几许"
ORDINAL = compiled("signs of an ordinal").pattern  # of chapters, articles and items
LONGEST = limit("digits")  # signs of a numeral; a longer row of digits is none
_D = "".join(DIGITS)
_BIG = compiled("magnitude").pattern
_HUGE = rf"(?:{_BIG}|{compiled('trillion').pattern})"
_SPACED = r"(?<!\d )(?<![\d-])\d{1,3}(?: \d{3})+(?![\d-])(?! \d)(?=(?:\.\d+)? ?[一-龥])(?! ?[年月日号])"
_ARABIC = rf"(?:{_SPACED}|\d{{1,3}}(?:[,\u00a0\u2009\u202f]\d{{3}})+(?![\d,]\d)(?!\d)|\d+)(?:\.\d+)?"
_PART = r"\d+(?:\.\d+)?(?![\d.年月日]|\.\d)"
_TAIL = rf"(?:[零〇]?(?:{_PART}{_BIG}+|\d{{4}}(?![\d.年月日])|[{_D}](?:{_BIG})*))*"
ARABIC = rf"{_ARABIC}(?: ?[{VAGUE}]? ?{_BIG}+{_TAIL})?"
CHINESE = rf"(?:[{_D}廿卅]|{_BIG})(?:[{_D}廿卅]|{_HUGE})*(?:点[{_D}]+(?:{_BIG})*)?(?:[{VAGUE}](?:{_BIG})+)?"
NUMERAL = rf"(?:{ARABIC}|{CHINESE})"
_LEVELS = sorted(MAGNITUDES, key=MAGNITUDES.get, reverse=True)
_PLAIN = str.maketrans("拾佰仟", "十百千")
_SEVERAL = re.compile(rf"(?P<head>.*)几(?P<tail>(?:{_BIG})+)")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_ADJACENT = re.compile(
    rf"(?P<head>(?:.*(?:{_BIG}))?[零〇]?)(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])"
    rf"(?P<tail>(?:{_BIG})*)"
)


def fold(chars):
    """The characters with full-width digits and signs as half-width ones, one for one."""
    chars = translated(chars, FOLD)
    return re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", chars) if "，" in chars else chars


def read(words):
    """The value of a numeral as int or float, None where it is none: 25万6千 is 256000, 一万零十二 is 10012."""
    if len(words) > LONGEST:
        return None
    if words.isascii() and words.isdigit():
        return int(words)
    if words.isascii() and _DECIMAL.fullmatch(words):
        return plain(Decimal(words))
    value = _value(re.sub(rf"[{VAGUE},，\s]", "", words.translate(FOLD)).translate(_PLAIN))
    return None if value is None else plain(value)


def read_range(words):
    """(low, high) of two neighbouring digits or of 几 behind tens: 三四十 is (30, 40), 十几万 110,000 to 190,000."""
    if (m := _SEVERAL.fullmatch(words)) and m["head"][-1:] in ("十", "廿", "卅"):
        return read(f"{m['head']}一{m['tail']}"), read(f"{m['head']}九{m['tail']}")
    m = _ADJACENT.fullmatch(words)
    if not m or DIGITS[m["high"]] - DIGITS[m["low"]] not in (1, 2) or (m["low"], m["high"]) == ("二", "两"):
        return None
    low, high = (read(m["head"] + m[end] + m["tail"]) for end in ("low", "high"))
    return None if low is None or high is None else (low, high)


def plain(value):
    """A Decimal as int where it is whole, else as float."""
    return int(value) if value == value.to_integral_value() else float(value)


def _value(words):
    sign, words = (-1, words[1:]) if words[:1] in ("负", "-") else (1, words)
    number = _whole(words) if words else None
    return None if number is None else sign * number


def _whole(words):
    for sign in _LEVELS:
        if sign in words:
            left, _, right = words.rpartition(sign)
            return _split(left, MAGNITUDES[sign], right)
    return _digits(words)


def _split(left, magnitude, right):
    """LEFT x magnitude + RIGHT; a lone last digit counts the next lower magnitude: 两万三 is 23000."""
    right = "零" + right if right.startswith("点") else right
    high = _whole(left) if left.strip("零〇") else Decimal(1)
    low = _whole(right) if right else Decimal(0)
    if high is None or low is None or low >= magnitude:
        return None
    short = len(right) == 1 and magnitude >= 100 and low > 0
    return high * magnitude + (low * magnitude / 10 if short else low)


def _digits(words):
    if words[:1] in TENS:
        rest = _digits(words[1:]) if words[1:] else Decimal(0)
        return None if rest is None else TENS[words[0]] + rest
    whole, point, part = words.replace("点", ".").partition(".")
    figures = "".join(str(DIGITS.get(c, c)) for c in whole), "".join(str(DIGITS.get(c, c)) for c in part)
    if not figures[0].isascii() or not figures[0].isdigit() or (point and not figures[1].isdigit()):
        return None
    return Decimal(".".join(filter(None, figures)))
