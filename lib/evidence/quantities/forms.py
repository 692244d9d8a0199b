"""Forms of a number in running text: numeral, fraction, ratio, list, half; each says its value and where it ends."""

import re
from decimal import Decimal

from lib.lexicon import compiled, words
from lib.reading import numerals

_SIGNS = "".join(numerals.DIGITS)
NUMERAL = re.compile(numerals.NUMERAL)
SCAN = re.compile(rf"[\d半{_SIGNS}{''.join(numerals.TENS)}{''.join(numerals.MAGNITUDES)}]")
MIXED = compiled("whole number and a fraction", numeral=numerals.NUMERAL, signs=_SIGNS)
HALVES = compiled("half of a whole")
SCIENCE = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d{1,3}(?![\dA-Za-z])")
PARTS = compiled("fraction in words", numeral=numerals.NUMERAL)
SLASH = compiled("fraction with a slash")
RATIO = re.compile(r"(?P<a>\d+(?:\.\d+)?)\s*:\s*(?P<b>\d+(?:\.\d+)?)(?![\d:])")
LIST = re.compile(r"\d{1,2}(?:[、,]\d{1,2}){1,4}(?![\d.%])")
GARBLED, MINUTES, HALF = compiled("number that lost digits"), compiled("minutes and seconds"), compiled("half a unit")
VAGUE = compiled("vague sign behind a numeral")
SHARES = {100: "%", 1000: "‰"}
ABOUT, MORE = words("signs of about"), compiled("sign of more inside a numeral")


def read(chars, start):
    """The number here: start, end, core, value, value_high, unit, unit_kind, bound, words; None where there is none."""
    for form in (_minutes, _mixed, _part, _halves, _science, _ratio, _list, _half, _plain):
        if found := form(chars, start):
            none = dict.fromkeys(("value_high", "unit", "unit_kind"), "")
            told = {"start": start, "core": start, "bound": "exact", "words": chars[start : found["end"]]}
            return {**none, **told, **found}
    return None


def _part(chars, start):
    m = PARTS.match(chars, start) or (SLASH.match(chars, start) if chars[start].isdigit() else None)
    if not m:
        return None
    value, of = numerals.read(m["value"]), numerals.read(m["of"])
    if value is None or not of:
        return None
    if of in SHARES and len(m["of"]) == 1:
        return {"end": m.end(), "value": value, "unit": SHARES[of], "unit_kind": "share"}
    proper = value < of or "分之" in m[0]
    return {"end": m.end(), "value": float(f"{value / of:.4g}"), "unit_kind": "share"} if proper else None


def _minutes(chars, start):
    """1分30秒 is 90 seconds."""
    m = MINUTES.match(chars, start)
    value = m and 60 * int(m["minutes"]) + int(m["seconds"])
    return m and {"end": m.end(), "value": value, "unit": "秒", "unit_kind": "time"}


def _mixed(chars, start):
    """一又二分之一 is 1.5."""
    m = MIXED.match(chars, start)
    part = m and _part(chars, m.end())
    whole = part and numerals.read(m["whole"])
    return {"end": part["end"], "value": whole + part["value"]} if part and whole is not None else None


def _halves(chars, start):
    m = HALVES.match(chars, start)
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
    return m and {"end": m.end(), "value": 0.5}


def _plain(chars, start):
    m = NUMERAL.match(chars, start)
    before = chars[start - 1 : start] if start else ""
    if not m or (before.isascii() and before.isalpha()) or re.match("0[0-9]", m[0]):
        return None
    spread = numerals.read_range(m[0])
    value, high = spread or (numerals.read(m[0]), "")
    end, bound = _vague(chars, m)
    bound = "about" if spread else bound
    return None if value is None else {"end": end, "value": value, "value_high": high, "bound": bound}


def _vague(chars, m):
    """(end, bound) of a numeral with its 余, 多, 几."""
    round_figure = any(c in numerals.MAGNITUDES or c in numerals.TENS or c.isdigit() for c in m[0][-1:] + m[0][:1])
    if round_figure and (v := VAGUE.match(chars, m.end())):
        return v.end(), "about" if v[0].strip() in ABOUT else "at_least"
    return m.end(), "at_least" if MORE.search(m[0]) else "exact"
