"""How a Chinese page writes what is put together by rule: ten thousands as 万, full-width marks beside Chinese."""

import re

from lib.reading.spans import HAN, HANZI

_GROUPED = re.compile(r"(≥?)(?<![\d,.])(\d{1,3}(?:,\d{3})+|(?<=≥)\d+0)(\.\d+)?(?![\d,.%])(–?)")
_ROUGH = {"≲": "近", "≈": "约"}
_MARKS = {",": "、", ";": "；", ":": "："}
_BRACKETS = re.compile(r" \(([^()]*)\)")


def written(text: str) -> str:
    """The text as a Chinese page writes it: ≥170,000 is 17万余, ≥7,000,000 is 700余万, ≥140 is 140余, 5,400,868 is
    540.09万, 2,212 is 2212, ≲20% is 近20%; marks of a list, and brackets set off by a blank, are full-width where
    Chinese stands beside them. Words of a source stay."""
    text = re.sub(r"([≲≈]) ?(?=\d)", lambda m: _ROUGH[m[1]], _GROUPED.sub(_number, text))
    text = _BRACKETS.sub(r"（\1）", text) if HAN.search(text) or not re.search("[A-Za-z]", text) else text
    text = re.sub(r"(?<=[\w%]); (?=[≥≤\d])", "；", text)
    return re.sub(rf"(?:(?<=[{HANZI}）》”])|(?<=[\d%）])(?=[,;:] [{HANZI}]))([,;:]) ", lambda m: _MARKS[m[1]], text)


def _number(match):
    sign, digits, decimals, range_mark = match.groups()
    value = float(digits.replace(",", "") + (decimals or ""))
    if value < 10_000:
        plain = f"{digits.replace(',', '')}{decimals or ''}"
        return f"{plain}余" if sign and plain.endswith("0") and not decimals else f"{sign}{plain}{range_mark}"
    power, unit = (1e8, "亿") if value >= 1e8 else (1e4, "万")
    short = f"{value / power:.{2 if value >= 100 * power else 4}f}".rstrip("0").rstrip(".")
    if range_mark or not sign:
        return f"{sign}{short}{unit}{range_mark}"
    tens = short.isdigit() and short.endswith("0")
    return f"{short}余{unit}" if tens else f"{short}{unit}余"
