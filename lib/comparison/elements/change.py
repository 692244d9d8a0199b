"""What changed over the years: numbers that grew or fell, plans carried out, things that came or are told no more."""

from collections import Counter

import pandas as pd

from lib.comparison.elements import english
from lib.comparison.elements.facts import Facts
from lib.comparison.elements.feeds import FIGURES
from lib.comparison.elements.results import RATES, result
from lib.comparison.elements.wording import amount, lowered, written
from lib.comparison.elements.years import COMPARED, Year, alike, when_true
from lib.comparison.sources import dated
from lib.comparison.status import AHEAD
from lib.evidence.model.statements import trimmed
from lib.reading.script import simplified
from lib.reading.spans import unquoted

COLUMNS = ["place", "element", "change", "zh", "en", "before", "after", "was", "now", "ids"]
KEPT = ("results", "telling")  # elements whose silence is none: what was reached in a year, how a text tells
MOST = 6  # things that came, of an element, are told


def changes(corpus, zh, en):
    """One row a change, COLUMNS: zh, en (what), was and now ({zh, en}: what each text says of it), before and after
    (the years that this is true of, else the years of the texts). Kinds of change:

    grew, fell (the same thing counted for the whole place in two years, or from one to another in one text), both (a
    result that both claim, which are no amounts of one kind), carried (planned in one, done in the next), came (nothing
    in the earlier text speaks of it), went (nothing in the later does: silence, and no end)."""
    rows = []
    for place in corpus.places:
        texts = corpus.of(place)
        years = [Year(texts.texts(ids), zh, en, year) for year, ids in dated(texts.sources).items()]
        for old, new in zip(years, years[1:], strict=False):
            rows += _between(place, old, new)
        rows += _within(place, Facts(texts, zh, en))
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["place", "zh", "was", "now"])


def _between(place, old, new):
    """The changes between two years of a place."""
    rows, used = [], set()
    for pair in (*_counted(old, new), *_claimed(old, new)):
        if not used & set(pair["ids"]):
            used |= set(pair["ids"])
            rows.append(pair)
    rows += [*_carried(old, new), *_one_sided("came", old, new), *_one_sided("went", new, old)]
    return [{**r, "place": place} for r in rows]


def _counted(old, new):
    """What both count: the same words, or an indicator that each counts once; without one, of the same named thing."""
    known, again = _by_thing(old), _by_thing(new)
    for key in (k for k in again if k in known):
        a, b = known[key], again[key]
        if a.value != b.value and (a.unit == b.unit) and alike(a, b, old, new):
            zh, en = _label(new.facts, b, key)
            told = [(simplified(r.surface), written(r)) for r in (a, b)]
            when = when_true(a, old), when_true(b, new)
            yield _row(new, b.id, _way(a.value, b.value), zh, en, told, when, (a.id, b.id))


def _by_thing(year):
    """{what is counted: its amount}; of an indicator that is counted once, the indicator."""
    once = Counter(r.indicator for r in year.levels)
    found = {}
    for r in year.levels:
        whose = "" if r.indicator else next((n.name for n in year.facts.within("names", r.sentence)), "")
        keys = [(r.noun, r.unit, r.denominator, whose)] if r.indicator or whose else []
        keys += [(r.indicator,)] if r.indicator and once[r.indicator] == 1 else []
        for key in keys:
            found.setdefault(key, r)
    return found


def _label(facts, r, key=()):
    """What a number counts, in both languages: its noun, or its indicator where that says it too; with the named thing
    that it is of, and that it is a share."""
    noun, (label, en_label) = trimmed(r.noun), facts.both(r.indicator, "indicator")
    zh, en = (label, lowered(en_label)) if noun in label else (noun, _gloss(noun) or lowered(en_label) or noun)
    if r.relation == "share" and not zh.endswith(RATES):
        labels = zip(facts.both("share_of", "told"), (zh, en), strict=True)
        zh, en = (label.format(n=n, much="").replace(":  ", " ").strip() for label, n in labels)
    whose = key[3] if len(key) > 3 else ""
    return (f"{whose}：{zh}", f"{facts.glossed(whose)}: {en}") if whose else (zh, en)


def _gloss(words):
    return english.english(words) or english.composed(words)


def _way(was, now):
    return "grew" if now > was else "fell"


def _row(year, evidence, kind, zh, en, told, when, ids):
    """A change, of the element whose statement stands on the evidence of the later text."""
    element = next((r.element for r in year.said.itertuples() if evidence in r.ids), FIGURES)
    return _change(element, kind, (zh, en), told, when, ids)


def _change(element, kind, what, told, when, ids):
    """A row of COLUMNS without its place; `told`: what was and what is, each in both languages."""
    row = {"element": element, "change": kind, "zh": what[0], "en": what[1], "ids": ids}
    return row | dict(zip(("before", "after", "was", "now"), (*when, *told), strict=True))


def _claimed(old, new):
    """The results that both claim, by what they are of: amounts of one kind, or what each says."""
    known, again = ({r.metric: r for r in _results(y)[::-1]} for y in (old, new))
    for metric in (m for m in again if m in known):
        a, b = known[metric], again[metric]
        amounts = a.direction == b.direction == "level" and a.unit == b.unit
        if amounts and (not alike(a, b, old, new) or a.value == b.value or pd.isna(a.value) or pd.isna(b.value)):
            continue
        zh, en = metric, _gloss(metric) or metric
        told = [_told(y.facts, r, metric, en) for y, r in ((old, a), (new, b))]
        kind = _way(a.value, b.value) if amounts else "both"
        ids = tuple(i for r in (a, b) for i in (r.quantity, r.id) if i)
        yield _row(new, b.id, kind, zh, en, told, (when_true(a, old), when_true(b, new)), ids)


def _results(year):
    rows = year.corpus.claims
    rows = rows[~rows["status"].isin([*AHEAD, "case"]) & (rows["direction"] != "award")]
    return [r for r in rows.itertuples() if not year.facts.part(r.source, r.where)]


def _told(facts, r, metric, en):
    """What a claim says of its metric, without the metric itself."""
    words = zip(result(facts, r), (metric, en), strict=True)
    return tuple(said.removeprefix(own).strip(" ：:") or said for said, own in words)


def _carried(old, new):
    """What the earlier texts only plan and the later ones say is so."""
    known = {_key(r) for r in old.said.itertuples() if r.status not in AHEAD}
    done = {_key(r): r for r in new.said.iloc[::-1].itertuples() if r.status not in AHEAD}
    for a in old.said[old.said["status"] == "planned"].itertuples():
        b = done.get(_key(a))
        if b is not None and _key(a) not in known:
            told = [(amount(r.bound, r.value, r.unit),) * 2 if r.indicator else ("", "") for r in (a, b)]
            yield _row(new, b.ids[0], "carried", *_thing(new.facts, b), told, (old.year, new.year), (*a.ids, *b.ids))


def _key(r):
    return r.element, r.indicator or r.key


def _thing(facts, r):
    """What a statement is of: its indicator, else its words."""
    return facts.both(r.indicator, "indicator") if r.indicator else (r.zh, r.en)


def _one_sided(kind, other, year):
    """What the texts of a year say and nothing of the other year speaks of, in one row an element: what is named or
    counted, else labels."""
    rows = [r for r in year.said.itertuples() if r.scope == "whole" and r.status not in (*AHEAD, "absent")]
    rows = [r for r in rows if r.element not in KEPT and not other.speaks(r, year)]
    told, when = "", (year.year, "") if kind == "went" else ("", year.year)
    for element in dict.fromkeys(r.element for r in rows):
        own = [r for r in rows if r.element == element]
        own, kept = [r for r in own if r.named] or own, []
        for r in own[:MOST]:
            if unquoted(r.key) not in told and unquoted(r.zh) not in told:
                kept.append(r)
                told += unquoted(r.zh)
        if kept:
            what = tuple(between.join(getattr(r, c) for r in kept) for c, between in (("zh", "；"), ("en", "; ")))
            ids = tuple(i for r in kept for i in r.ids)
            yield _change(element, kind, what, (("", ""), ("", "")), when, ids)


def _within(place, facts):
    """What one text tells to have gone from one amount to another."""
    rows = facts.corpus.quantities
    rows = rows.assign(base_value=pd.to_numeric(rows["base_value"])).dropna(subset="base_value")
    rows = rows[~rows["status"].isin([*AHEAD, "case"])]
    claims = {c.quantity: c for c in facts.corpus.claims.itertuples()}
    texts = facts.corpus.sources.set_index("id")["published"].astype(str)
    years = {i: Year(facts.corpus.texts([i]), facts.zh, facts.en, texts[i][:4]) for i in rows["source"].unique()}
    for r in rows[rows["relation"].isin(COMPARED)].itertuples():
        claim = claims.get(r.id)
        noun = claim.metric if claim else trimmed(r.noun)
        if noun and r.base_value != r.value:
            zh, en = (noun, _gloss(noun) or noun) if claim else _label(facts, r)
            was, told, when = _ends(facts, r, years[r.source])
            ids = (*([was] if was else []), r.id)
            evidence, way = claim.id if claim else r.id, _way(r.base_value, r.value)
            yield {**_row(years[r.source], evidence, way, zh, en, told, when, ids), "place": place}


def _ends(facts, r, year):
    """Of an amount that came from another: the id of that one, if it stands in the sentence, both in words, both
    years ("" where no period is told of the first)."""
    inside = facts.within("quantities", r.sentence)
    base = next((q for q in inside if q.value == r.base_value and q.id != r.id), None)
    unit = facts.en(r.unit, "unit") if r.unit_kind in ("time", "length", "area") else ""
    first = amount("exact", r.base_value, r.unit)
    was = f"{first}{r.unit}" if base is None else simplified(base.surface)
    told = (was, f"{first} {unit}".strip()), (simplified(r.surface), f"{written(r)} {unit}".strip())
    since = when_true(base, year) if base is not None and base.period_end else ""
    return base.id if base is not None else "", told, (since, when_true(r, year))


def first_named(mentions, sources):
    """One row a named practice or thing that at least two places name: name, places (in the order of the first dated
    mention), dates, ids. A date is that of the text, so a first mention is no invention."""
    rows = mentions[(mentions["kind"] == "initiative") & (mentions["alias_of"] == "")]
    rows = rows.assign(date=rows["source"].map(sources.set_index("id")["published"]).fillna(""))
    rows = rows[rows["date"] != ""].sort_values(["date", "source", "start"], kind="stable")
    first = rows.drop_duplicates(["name", "place"])
    found = [
        {"name": name, "places": tuple(own["place"]), "dates": tuple(own["date"]), "ids": tuple(own["id"])}
        for name, own in first.groupby("name", sort=False)
        if own["place"].nunique() > 1
    ]
    return pd.DataFrame(found, columns=["name", "places", "dates", "ids"])
