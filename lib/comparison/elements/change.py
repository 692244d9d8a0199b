"""What changed over the years: statements that came, went, grew; who named a practice first."""

import pandas as pd

from lib.comparison.elements import feeds, statements
from lib.comparison.status import AHEAD

COLUMNS = ["place", "element", "change", "before", "after", "zh", "en", "was", "ids"]


def dated(statements, sources):
    """The statements with the year of their text; none for a text without a date."""
    year = sources.set_index("id")["published"].astype(str).str[:4]
    years = statements["source"].map(year[year.str.isdigit()])
    return statements.assign(year=years).dropna(subset="year")


def changes(statements, sources):
    """One row a change between two consecutive years of a place: came (said only later), went (said only earlier,
    which is silence and no end), grew or fell (the same indicator for the whole place), in the words of `zh`, `en`.

    `statements` without repeats of a year: as statements.statements gives them for each text apart.
    """
    told, rows = dated(statements, sources), []
    texts = told.groupby("place")["year"].agg(lambda years: sorted(set(years)))
    for (place, element), own in told.groupby(["place", "element"], sort=False):
        years = texts[place]
        for before, after in zip(years, years[1:], strict=False):
            old, new = own[own["year"] == before], own[own["year"] == after]
            rows += _between(place, element, old, new)
    return pd.DataFrame(rows, columns=COLUMNS)


def by_text(corpus, zh, en):
    """The statements of each text apart, so that two texts of a place can be held against each other."""
    apart = [statements.statements(corpus.texts([i]), zh, en) for i in corpus.sources["id"]]
    return pd.concat(apart, ignore_index=True) if apart else pd.DataFrame(columns=[*feeds.COLUMNS, "scope", "order"])


def several(corpus):
    """The corpus with only the texts of places that have texts of several years."""
    years = corpus.sources.assign(year=corpus.sources["published"].astype(str).str[:4]).query("year != ''")
    many = years.groupby("place")["year"].nunique()
    return corpus.texts(list(years.loc[years["place"].isin(many[many > 1].index), "id"]))


def _between(place, element, old, new):
    was, now = _things(old), _things(new)
    for key in (k for k in now if k not in was):
        yield _change(place, element, "came", None, now[key])
    for key in (k for k in was if k not in now):
        yield _change(place, element, "went", was[key], None)
    for key in (k for k in was if k in now):
        a, b = was[key], now[key]
        if pd.notna(a.value) and pd.notna(b.value) and a.unit == b.unit and a.value != b.value:
            yield _change(place, element, "grew" if b.value > a.value else "fell", a, b)


def _things(rows):
    """{what is said: its best row}: an indicator, a named thing, an owner; whole places only."""
    rows = rows[(rows["scope"] == "whole") & ~rows["status"].isin(AHEAD)]
    things = {}
    for r in rows.itertuples():
        things.setdefault(r.indicator or f"{r.key} {r.zh if r.named else ''}".strip(), r)
    return things


def _change(place, element, kind, old, new):
    shown, years = new or old, {"before": old.year if old else "", "after": new.year if new else ""}
    row = {"place": place, "element": element, "change": kind, **years, "zh": shown.zh, "en": shown.en}
    row["was"] = old.zh if old and new else ""
    return {**row, "ids": (*(old.ids if old else ()), *(new.ids if new else ()))}


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
