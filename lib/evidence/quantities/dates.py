"""The dates that a time expression means, reckoned from the text's own date."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from lib.lexicon import compiled, words
from lib.reading import numerals
from lib.reading.spans import unquoted

PLANS = {plan: 2006 + 5 * i for i, plan in enumerate(words("five-year plans"))}
NAMED_YEARS = ("the year before last", "last year", "this year", "next year")
SHIFT = {w: n for n, name in enumerate(NAMED_YEARS, -2) for w in words(name)}
MONTHS = {w: n for n, name in enumerate(("this month", "last month")) for w in words(name)}
DAYS = {w: n for n, name in enumerate(("today", "yesterday")) for w in words(name)}
THIS_YEAR, WHOLE_YEAR, SAME_TIME = words("this year"), words("whole year"), words("same time of another year")
PARTS = dict(zip(words("halves of a year"), ((1, 6), (7, 12)), strict=True))
YEAR, MONTH, DAY = compiled("year", shift="|".join(SHIFT)), compiled("month"), compiled("day")
QUARTER, FIRST = compiled("quarter"), compiled("first months of a year")
DATED, SPAN, SINCE = compiled("date that names a year or day"), compiled("so many years or days"), compiled("until now")
BETWEEN, UP_TO, NOW = compiled("between two dates"), compiled("before a date"), compiled("now as an end")
SEASON, END = compiled("season"), compiled("end of a year")
MONTH_AHEAD = timedelta(days=31)


def dated(period, found):
    """The words to reckon a period's dates from: 全年 and 今年 take over the year or end that the sentence named."""
    before = [p for p in found if p.end <= period.start and p.key in ("date", "until") and YEAR.search(p.words)]
    if before and (period.words in WHOLE_YEAR or period.words[0] == "年"):
        return YEAR.search(before[-1].words)[0].rstrip("年") + "年" + period.words[1:] * (period.words[0] == "年")
    ends = [p for p in found if p.end <= period.start and p.key == "until" and MONTH.search(p.words)]
    if period.words in THIS_YEAR and ends:
        return f"{period.words}1月至{MONTH.search(ends[-1].words)[0]}"
    return period.words


@cache
def resolve(words, key, published, ahead=False):
    """(first day, last day) as ISO dates, \"\" where the words or the text's date do not say.

    今年 ends at the text's date, at the year's end where the words look `ahead`.
    """
    today = _today(published)
    try:
        first, last = _resolved(unquoted(words), key, today)
    except ValueError:
        return "", ""
    if words in THIS_YEAR and today and not ahead:
        last = today
    return first.isoformat() if first else "", last.isoformat() if last else ""


def same_time(own, year):
    """The (first, last) days of a period in another year: of this January to June in last year, its January to June.

    `own` and `year` are (first, last) as of `resolve`; empty where either is not known.
    """
    if not all((*own, *year)):
        return "", ""
    first, last = (date.fromisoformat(day) for day in own)
    back = first.year - int(year[0][:4])
    ends = ((d.year - back, d.month, min(d.day, monthrange(d.year - back, d.month)[1])) for d in (first, last))
    low, high = (date(*end).isoformat() for end in ends)
    return low, high


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
            return (date(year, 1, 1), today if SINCE.search(words) else date(year + 4, 12, 31))
    if key == "now" or (key == "until" and not DATED.search(words)):
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
    m = SPAN.search(words)
    n = m and numerals.read(m["n"])
    if today is None or not n:
        return None, today
    days, months = {"days": n, "weeks": 7 * n}, {"months": n, "years": 12 * n}
    unit = m.lastgroup
    return (today - timedelta(days=days[unit]) if unit in days else _back(today, months[unit])), today


def _back(day, months):
    at = day.year * 12 + day.month - 1 - months
    return date(at // 12, at % 12 + 1, min(day.day, monthrange(at // 12, at % 12 + 1)[1]))


def _near(words, today):
    if today and words in MONTHS:
        first = _back(today.replace(day=1), MONTHS[words])
        return first, date(first.year, first.month, monthrange(first.year, first.month)[1])
    if today and words in DAYS:
        day = today - timedelta(days=DAYS[words])
        return day, day
    return None, None


def _dated(words, key, today):
    sides = BETWEEN.split(UP_TO.sub("", words))
    sides = [s for s in sides if s] or [words]
    year = _year(sides[0], today)
    if len(sides) > 1 and sides[0].isdigit() and len(sides[0]) < 3:
        sides[0] += "月" if "月" in sides[1] else "日"
    if year is None and today:
        ahead = END.search(words) and words.endswith("前")
        year = today.year if ahead else _latest(sides[-1], today)
    first, last = _side(sides[0], year)
    if len(sides) > 1:
        now = NOW.match(sides[1])
        last = today if now else _side(_whole(sides), _year(sides[1], today) or year)[1]
    if SINCE.search(words):
        return (None if SEASON.search(words) else first), today
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
    """The year of a date without one: the latest that is not after the text's date; a day may be of the month ahead."""
    first, last = _side(words, today.year)
    start = first if MONTH.search(words) else last
    ahead = MONTH_AHEAD if DAY.search(words) else timedelta()
    return today.year - (bool(start) and start > today + ahead)


def _side(words, year):
    """(first day, last day) of one date: a year, a part of it, a month, a day."""
    if year is None:
        return None, None
    if m := FIRST.search(words):
        until = numerals.read(m[1])
        return date(year, 1, 1), date(year, until, monthrange(year, until)[1])
    if m := QUARTER.search(words):
        until = 3 * numerals.read(m[2] or "1")
        return date(year, until - 2 if m[1] == "" else 1, 1), date(year, until, monthrange(year, until)[1])
    part = next((p for p in PARTS if p in words), None)
    months = [int(x) for x in MONTH.findall(words)]
    if day := DAY.search(words):
        found = date(year, months[0], int(day[1])) if months else None
        return found, found
    low, high = PARTS[part] if part else (months[0], months[-1]) if months else (1, 12)
    if END.search(words) and not months:
        return date(year, 12, 31), date(year, 12, 31)
    return date(year, low, 1), date(year, high, monthrange(year, high)[1])
