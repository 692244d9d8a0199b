"""Claims as statements: what is said to have got better, which way and how much, in both languages."""

import re
from functools import cache

import pandas as pd

from lib import paths
from lib.comparison.claims import way as claim_way
from lib.comparison.elements import english
from lib.comparison.elements.facts import candidate
from lib.comparison.elements.wording import SHARES, SIGNS, amount, lowered, written
from lib.lexicon import compiled, table
from lib.reading.numerals import read
from lib.reading.script import simplified
from lib.reading.spans import unquoted

BETTER = ("up", "down", "zero")
RATES = ("率", "度", "感")  # what a measure of shares ends with
BASE = compiled("same time of another year")
CLEARED = "claim.zero.cleared"  # what was there and is no more


def claims(facts, feed, element):
    """Results claimed: outcomes with a number and a basis first, honours last."""
    for r in facts.corpus.claims.itertuples():
        if r.direction == "level" and not r.basis and BASE.search(r.scope):
            continue  # what another number is held against
        (zh, en), better = result(facts, r), r.direction in BETTER
        running, award = r.running == "true" and better, r.direction == "award"
        if award and len(r.metric) < NAME and r.kind != "rank":
            continue
        against = _running(facts, r) if running else facts.both(r.basis, "basis")
        against = against if against[0] else (r.period, _period(r.period))
        against, items = (facts.both("award", "direction"), ((zh, en),)) if award else (against, ())
        if against[0]:
            zh, more = f"{zh}（{against[0]}）", f" ({lowered(against[1])})" if against[1] else ""
            en += "" if en.endswith(more) else more  # an honour without English words has it behind already
        told = {"zh": zh, "en": en, "items": items, "where": facts.part(r.source, r.where)}
        told["named"] = bool(r.basis) or running or better and pd.notna(r.value)
        told["strength"] = 1 + better + bool(r.basis) + 2 * running
        yield candidate(r, key=r.direction, value=r.value, bound="exact", unit=r.unit, **told)


NAME = 3  # characters of an honour that says what it is; 优秀 does not
YEAR = "年"
YEARS = re.compile("(?:19|20)[0-9]{2}")


def _period(words):
    """A period in English: its words, else its first and last year."""
    years = YEARS.findall(words)
    return english.english(words) or "–".join(dict.fromkeys([*years[:1], *years[-1:]]))


def _running(facts, r):
    """For how long a result holds running, in both languages: as its own words say, else the last before them; that it
    does where the text doesn't count the years."""
    rows = [q for q in facts.within("quantities", r.sentence) if q.start < r.end and q.unit_kind == "time"]
    told = [q for q in rows if q.unit == YEAR and q.period in ("", q.surface) or q.period.endswith(q.surface)]
    if not told:
        return facts.both("running", "told")
    zh, en = facts.both("years_running", "told")
    return zh.replace("{n}", simplified(told[-1].surface)), en.replace("{n}", written(told[-1]))


def result(facts, r):
    """What is claimed, in both languages: a metric, which way, how much; what did not happen, and in how many."""
    metric = english.english(r.metric) or r.metric
    if r.direction == "zero":
        return _none(facts, r, metric)
    if r.direction == "award":
        return _award(facts, r)
    numbers, told = facts.numbers, pd.notna(r.value)
    bound, share = numbers["bound"].get(r.quantity, "exact"), numbers["relation"].get(r.quantity) == "share"
    part = told and not r.unit and (share or 0 < r.value < 1)  # half of it, by half
    value, unit = (r.value * 100, "%") if part else (r.value, r.unit)
    way = facts.both(claim_way(r), "direction") if r.direction != "level" else ("", "")
    zh, en = r.metric, " ".join(filter(None, (metric, way[1].lower())))
    if not told:
        return _ended(facts, r, en) if r.direction == "level" else (f"{zh}{way[0]}", en)
    upto = r.direction != "level" and numbers["relation"].get(r.quantity) in REACHED
    way = facts.both(f"to_{r.direction}", "told") if upto else way
    en = f"{metric} {way[1]}" if upto else en
    named = facts.en(unit, "unit") if unit not in SHARES else unit
    much = amount(bound, value, unit) + (f" {named}" if named != unit else "")
    count = f"{SIGNS.get(bound, '')}{value:,.12g}{unit}"
    if share and r.direction == "level" and not r.metric.endswith(RATES):  # 联动警情占两成, unlike 化解率96%
        labels = zip(facts.both("share_of", "told"), (zh, en), (count, much), strict=True)
        return tuple(label.replace("{n}", n).replace("{much}", m) for label, n, m in labels)
    return f"{zh}{way[0]}{count}", f"{en}{' ' if way[1] else ': '}{much}"


SHORT = 8  # characters of a text that stand as a result
REACHED = ("level", "share")  # what a number is that something rose or fell to, not by


def _ended(facts, r, metric):
    """A result without a number or a change: the words of the text, in English the measure and how it stands."""
    kind, words = r.rule.rpartition(".")[2], simplified(r.surface)
    zh, en = facts.both(kind, "outcome")
    if zh == kind:
        return r.metric, metric
    return words if len(words) <= SHORT and unquoted(words) == words else f"{r.metric}：{zh}", f"{metric}: {en}"


@cache
def _awards():
    """[(part, pattern, English)] of the words of ranks and of praise."""
    rows = table(paths.LEXICON / "awards.csv", ("part", "pattern", "english"))
    return [(r["part"], re.compile(r["pattern"]), r["english"]) for r in rows]


def _award(facts, r):
    """An honour by its name and how many have it, a rank with what it is of, praise by its words: in both languages."""
    words, told = re.sub(r"\s", "", simplified(r.surface)), english.english(r.metric)
    label = lowered(facts.en("award", "direction"))
    if r.kind == "rank":
        of = "" if r.metric in words else r.metric
        rank = _rank(words) or f"{words} ({label})"
        return of + words, f"{told or of}: {rank}" if of else rank
    if r.kind == "praise":
        return r.metric, told or next((e for part, p, e in _awards() if part == r.kind and p.search(words)), label)
    zh, en = r.metric, told or f"{r.metric} ({label})"
    if 1 < len(of := _scope(facts, r)) <= WHOSE and of not in zh:  # for what, or for whom
        zh, en = f"{of}：{zh}", f"{english.english(of) or english.glossed(of)}: {en}"
    if r.quantity in facts.numbers.index:
        q = facts.numbers.loc[r.quantity]
        zh, en = zh + simplified(q["surface"]), f"{en}: {written(q)}"
    return zh, en


WHOSE = 14  # characters of what an honour is for
BETWEEN = 2  # characters between a reach and a rank that narrow it to no group: 全省排名第一


def _rank(words):
    """The places of a ranking in English, each with the last reach told before it (居全省第九、全市第一: no. 9 in the
    province, first in the city); "" where none is known, or among whom: 在全省山区县中最低."""
    found = [(m.start(), -m.end(), part, m, told) for part, p, told in _awards() for m in p.finditer(words)]
    reach, since, ranks, at = "", 0, [], 0
    for start, end, part, m, told in sorted(found, key=lambda f: f[:2]):
        told = told.replace("{n}", str(read(m.groupdict().get("n") or "") or ""))
        if part == "praise" or start < at:
            continue
        gap, at = start - since, -end
        if part == "reach":
            reach, since = told, at
        elif gap > BETWEEN if reach else part == "extreme":
            return ""
        else:
            since = at
            ranks.append(f"{told} {reach}".strip())
    return ", ".join(ranks)


def _none(facts, r, metric):
    """What did not happen; where the text says in how many, in so many of what."""
    if r.rule == CLEARED:
        return tuple(words + way for words, way in zip((r.metric, f"{metric} "), facts.both("cleared"), strict=True))
    if r.quantity not in facts.numbers.index:
        where, told = _where_none(facts, r)
        return f"{where}{r.metric}零发生", f"no {metric}{told}"
    q = facts.numbers.loc[r.quantity]
    noun, count, label = q["noun"], simplified(q["surface"]), lowered(facts.en(q["indicator"], "indicator"))
    if q["relation"] == "share":
        zero = zip(facts.both("none_of", "told"), (r.metric, metric), strict=True)
        labels = zip(facts.both("share_of", "told"), zero, (count, written(q)), strict=True)
        return tuple(
            label.replace("{n}", none.replace("{n}", n)).replace("{much}", m) for label, (none, n), m in labels
        )
    if any(noun[n : n + 2] in r.metric for n in range(len(noun) - 1)):  # 无发案小区361个 says it already
        return f"{r.metric}{count}", f"{written(q)} {lowered(english.english(noun)) or label or lowered(metric)}"
    return f"{noun}{count}零{r.metric}", f"no {metric} in {written(q)} {english.english(noun) or label}".rstrip()


def _scope(facts, r):
    """What a claim is of, where that is not the whole place."""
    scope, own = facts.part(r.source, r.scope), facts.own.get(r.source, "")
    return "" if len(scope) == 2 and own.endswith(scope[1]) else scope  # 全市, 我市


def _where_none(facts, r):
    """Of what a text says that something did not happen there, in both languages: of the places or things before the
    metric, or of what has begun to operate; "" for the whole place."""
    scope = _scope(facts, r)
    if not scope and " it " in english.english(r.period):  # since it began to operate
        scope = facts.named(facts.before(r))
    return (f"{scope}：", f" ({english.english(scope) or facts.glossed(scope)})") if scope else ("", "")
