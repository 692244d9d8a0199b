"""The dates that a time expression means, reckoned from the text's own date."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from lib.reading import numerals

PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
YEAR = re.compile(r"(\d{4}|[〇零○一二三四五六七八九]{4})年?|(今年|本年|去年|上年|前年|明年)")
MONTH, DAY = re.compile(r"(\d{1,2})月"), re.compile(r"(\d{1,2})日")
PARTS = {"上半年": (1, 6), "下半年": (7, 12)}
QUARTER = re.compile("([首前]?)第?([一二两三四])季|首()季")
WHOLE_YEAR = ("全年", "全年度")
FIRST = re.compile(r"前([一二两三四五六七八九十]{1,2}|\d{1,2})个?月")
SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1}


def dated(period, found):
    """The words to reckon a period's dates from: 全年 and 今年 take over the year or end that the sentence named."""
    before = [p for p in found if p.end <= period.start and p.key in ("date", "until") and YEAR.search(p.words)]
    if before and (period.words in WHOLE_YEAR or period.words[0] == "年"):
        return YEAR.search(before[-1].words)[0].rstrip("年") + "年" + period.words[1:] * (period.words[0] == "年")
    ends = [p for p in found if p.end <= period.start and p.key == "until" and MONTH.search(p.words)]
    if period.words in ("今年", "本年") and ends:
        return f"{period.words}1月至{MONTH.search(ends[-1].words)[0]}"
    return period.words


@cache
def resolve(words, key, published, ahead=False):
    """(first day, last day) as ISO dates, \"\" where the words or the text's date do not say.

    今年 ends at the text's date, at the year's end where the words look `ahead`.
    """
    today = _today(published)
    try:
        first, last = _resolved(words.replace("“", "").replace("”", "").replace('"', ""), key, today)
    except ValueError:
        return "", ""
    if words in ("今年", "本年", "本年度") and today and not ahead:
        last = today
    return first.isoformat() if first else "", last.isoformat() if last else ""


def _today(published):
    """The last day that the register's date allows: 2022-11 is the 30th; None if unknown."""
    if not re.fullmatch(r"\d{4}(-\d{1,2}(-\d{1,2})?)?", published or ""):
        return None
    year, month, day = (*map(int, published.split("-")), None, None)[:3]
    try:
        return date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None


def _resolved(words, key, today):
    for plan, year in PLANS.items():
        if plan in words:
            return (date(year, 1, 1), today if "以来" in words else date(year + 4, 12, 31))
    if key == "now" or (key == "until" and not re.search(r"\d|[〇一二三四五六七八九]{4}|[今去明]年", words)):
        return None, today
    if words in WHOLE_YEAR:
        year = today and today.year - (today.month < 12)
        return (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
    if key == "recent":
        return _recent(words, today)
    if key in ("vague", "run", "rate", "recently", "holiday"):
        return _near(words, today)
    if key in ("since", "during") and not YEAR.search(words) and not MONTH.search(words):
        return None, (today if key == "since" and words.startswith("今") else None)
    return _dated(words, key, today)


def _recent(words, today):
    m = re.search(r"([一二两三四五六七八九十\d]{1,3})(年|个月|天|周)", words)
    n = m and numerals.read(m[1])
    if today is None or not n:
        return None, today
    if m[2] == "年":
        return _back(today, 12 * n), today
    return (_back(today, n) if m[2] == "个月" else today - timedelta(days=n * (7 if m[2] == "周" else 1))), today


def _back(day, months):
    at = day.year * 12 + day.month - 1 - months
    return date(at // 12, at % 12 + 1, min(day.day, monthrange(at // 12, at % 12 + 1)[1]))


def _near(words, today):
    months = {"本月": 0, "当月": 0, "上月": 1}
    if today and words in months:
        first = _back(today.replace(day=1), months[words])
        return first, date(first.year, first.month, monthrange(first.year, first.month)[1])
    if today and words in ("昨日", "昨天", "今日"):
        day = today - timedelta(days=words != "今日")
        return day, day
    return None, None


def _dated(words, key, today):
    sides = re.split(r"至|到|-|—+|~", re.sub(r"^(?:截至|截止到?|到|至|自|从)", "", words))
    sides = [s for s in sides if s] or [words]
    year = _year(sides[0], today)
    if len(sides) > 1 and sides[0].isdigit() and len(sides[0]) < 3:
        sides[0] += "月" if "月" in sides[1] else "日"
    if year is None and today:
        year = _latest(sides[-1], today)
    first, last = _side(sides[0], year)
    if len(sides) > 1:
        now = sides[1][:1] in "目今" and "年" not in sides[1]
        last = today if now else _side(_whole(sides), _year(sides[1], today) or year)[1]
    if "以来" in words or words.endswith("年来"):
        return (None if re.search("[春夏秋冬]", words) else first), today
    return (None if key == "until" or words.endswith("前") else first), last


def _whole(sides):
    month = MONTH.search(sides[0])
    return sides[1] if MONTH.search(sides[1]) or not month or "年" in sides[1] else month[0] + sides[1]


def _year(words, today):
    m = YEAR.search(words)
    if not m:
        return None
    if m[1]:
        return int("".join(str(numerals.DIGITS.get(c, c)) for c in m[1]))
    return today.year + SHIFT[m[2]] if today else None


def _latest(words, today):
    """The year of a date without one: the latest that is not after the text's date."""
    _, last = _side(words, today.year)
    first = _side(words, today.year)[0]
    start = first if MONTH.search(words) else last
    return today.year - (bool(start) and start > today)


def _side(words, year):
    """(first day, last day) of one date: a year, a part of it, a month, a day."""
    if year is None:
        return None, None
    if m := FIRST.search(words):
        until = numerals.read(m[1])
        return date(year, 1, 1), date(year, until, monthrange(year, until)[1])
    if m := QUARTER.search(words):
        until = 3 * numerals.read(m[2] or "一")
        return date(year, until - 2 if m[1] == "" else 1, 1), date(year, until, monthrange(year, until)[1])
    part = next((p for p in PARTS if p in words), None)
    months = [int(x) for x in re.findall(r"(\d{1,2})(?=月)", words)]
    if day := DAY.search(words):
        found = date(year, months[0], int(day[1])) if months else None
        return found, found
    low, high = PARTS[part] if part else (months[0], months[-1]) if months else (1, 12)
    if re.search("[底末]", words) and not months:
        return date(year, 12, 31), date(year, 12, 31)
    return date(year, low, 1), date(year, high, monthrange(year, high)[1])
