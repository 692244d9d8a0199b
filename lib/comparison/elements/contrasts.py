"""Models against each other: who differs in what, who is alone, what all share; and how far each contrast carries."""

from dataclasses import dataclass

import pandas as pd

from lib import schemas
from lib.comparison import indicators
from lib.comparison.elements import codebook
from lib.comparison.elements.statements import mark
from lib.comparison.elements.wording import merged
from lib.comparison.rates import kinds as rate_kinds
from lib.comparison.status import AHEAD

COLUMNS = ["kind", "element", "groups", "silent", "places", "ids", "needs", "thin", "level", "nested", "years"]
MOST = 2  # indicators of an element that are told side by side
ALL = ("groups", "loop", "names")  # kinds that ask every place
NEEDS = {"groups": 2, "names": 2, "kinds": 2, "rate": 2, "number": 2, "loop": 2, "alone": 3, "shared": 3, "silent": 3}


@dataclass(frozen=True)
class Group:
    """Places that say the same of an element: their key, words in both languages, places, ids of the evidence."""

    key: str
    zh: str
    en: str
    places: tuple
    ids: tuple
    value: float = float("nan")
    status: str = ""  # of what is not so yet: planned, norm, absent


def contrasts(statements, cells, corpus, rated=None):
    """One row a finding, COLUMNS: groups (of Group), silent (places that say nothing), thin (places that rest on
    one statement), whether its places are of one level, nested, and how many years the texts lie apart.

    Kinds with more places than there are (NEEDS) are left out: of one or two places nothing trivial is said.
    """
    found = []
    for element in codebook.elements():
        own = cells[cells["element"] == element.key]
        said = statements[statements["element"] == element.key]
        for kind, rule in RULES.get(element.contrast, ()):
            found += [(kind, element.key, groups) for groups in rule(own, said, rated) if groups]
    said = [(e, own) for e, own in cells.groupby("element", sort=False)]
    one = [(e, own.iloc[0]) for e, own in said if len(own) == 1]
    found += [("alone", e, [Group(e, r["zh"], r["en"], (r["place"],), r["ids"])]) for e, r in one]
    every = [Group(e, "", "", tuple(own["place"]), _ids(own)) for e, own in said if len(own) == len(corpus.places)]
    none = [Group(e.key, "", "", (), ()) for e in codebook.elements() if e.key not in set(cells["element"])]
    found += [("shared", "", every), ("silent", "", none)]
    rows = [_finding(kind, e, g, statements, corpus) for kind, e, g in found if g]
    rows = [r for r in rows if len(corpus.places) >= r["needs"]]
    return pd.DataFrame(rows, columns=COLUMNS)


def _finding(kind, element, groups, statements, corpus):
    places = tuple(dict.fromkeys(p for g in groups for p in g.places))
    told = statements[statements["element"] == element]
    silent = tuple(p for p in corpus.places if p not in set(told["place"])) if kind in ALL else ()
    told = told[told["place"].isin(places)]
    row = {"kind": kind, "element": element, "groups": tuple(groups), "silent": silent, "places": places}
    row |= {"ids": tuple(dict.fromkeys(i for g in groups for i in g.ids)), "needs": NEEDS[kind]}
    return {**row, "thin": _thin(groups, told), **_comparable(places, corpus)}


def _thin(groups, told):
    """The places that would not stay in their group without their best statement."""
    if not len(told):
        return ()
    rest = told.groupby("place")["key"].agg(lambda keys: list(keys)[1:])
    many = told.groupby("place")["ids"].agg(lambda ids: len(ids.iloc[0]) > 1)
    each = [(g.key, p) for g in groups for p in g.places]
    return tuple(dict.fromkeys(p for key, p in each if key not in rest.get(p, []) and not many.get(p, False)))


def _comparable(places, corpus):
    levels = {corpus.levels.get(p, "") for p in places}
    years = corpus.sources[corpus.sources["place"].isin(places)]["published"].astype(str).str[:4]
    years = sorted({int(y) for y in years if y.isdigit()})
    nested = tuple((a, b) for a, b in corpus.nested() if a in places and b in places)
    level, apart = len(levels) == 1 and "" not in levels, years[-1] - years[0] if years else 0
    return {"level": level, "nested": nested, "years": apart}


def _groups(own, said, rated):
    """Places by the key of what they say first, what is only planned or prescribed apart; a network is no owner, so
    whose it is is unstated, and of a named hub without an owner no other thing of the place tells whose it is."""
    known = {k for e in codebook.elements() if e.key in set(own["element"]) for k in e.keys}
    if "unstated" in known:
        owners = {*schemas.ACTORS, *known}
        hubs = said[(said["order"] == 0) & said["named"].astype(bool) & (said["key"] == "unstated")]
        own = own.assign(key=[k if set(k.split("+")) <= owners else "unstated" for k in own["key"]])
        stated = said[~said["status"].isin(AHEAD) & said["key"].isin(owners - {"unstated"})]
        own = _owned(own, stated[~stated["place"].isin(hubs["place"])])
    told = own.groupby(["key", own["status"].where(own["status"].isin(AHEAD), "")], sort=False)
    first = ((key, rows.iloc[0], rows) for key, rows in told)
    return [[Group(k, r["zh"], r["en"], tuple(own["place"]), _ids(own), status=s) for (k, s), r, own in first]]


def _owned(cells, stated):
    """The cells; those of an owner that is not stated with the first of the place's statements that states one."""
    first = stated.drop_duplicates("place").set_index("place")
    rows = []
    for r in cells.to_dict("records"):
        if r["key"] == "unstated" and r["place"] in first.index:
            r |= first.loc[r["place"], ["key", "zh", "en", "ids"]].to_dict()
        rows.append(r)
    return pd.DataFrame(rows, columns=cells.columns)


def _ids(rows):
    """The ids of all rows, each once."""
    return tuple(dict.fromkeys(i for ids in rows["ids"] for i in ids))


def _names(own, said, rated):
    """What each place says first."""
    return [_each(said[said["order"] == 0])]


def _each(rows):
    """A group of one place for each row, in its words."""
    told = ((r, *(merged(getattr(r, c) + mark(r, c)) for c in ("zh", "en"))) for r in rows.itertuples())
    return [Group(r.key, zh, en, (r.place,), r.ids) for r, zh, en in told]


def _kinds(own, said, rated):
    """The places that name each kind of partner, kinds that all name left out; the rarest first."""
    told = said[said["scope"] != "case"]
    kinds = told[told["key"].isin(schemas.ACTORS)].groupby("key", sort=False)
    groups = [Group(kind, "", "", tuple(dict.fromkeys(rows["place"])), _ids(rows)) for kind, rows in kinds]
    return [sorted((g for g in groups if len(g.places) < said["place"].nunique()), key=lambda g: len(g.places))]


def _loops(own, said, rated):
    """Each loop of a place, those that are so first."""
    return [_each(said.sort_values("order"))]


def _rates(own, said, rated):
    """For an indicator that two places give, so many per 10,000 residents, the largest first."""
    if rated is None or not len(rated):
        return []
    rated = indicators.comparable(rated)
    wanted = rated[rated["indicator"].isin(set(said["indicator"]))]
    order = said.sort_values("feed")["indicator"].drop_duplicates()
    found = _by_indicator(wanted.assign(ids=[(i,) for i in wanted["id"]]), "per_10000")
    return sorted(found, key=lambda groups: list(order).index(groups[0].key))[:MOST]


def _numbers(own, said, rated):
    """For an indicator that two places give as a whole, the numbers, the largest first."""
    rows = said[(said["indicator"] != "") & (said["scope"] == "whole") & said["indicator"].isin(rate_kinds())]
    return _by_indicator(rows[~rows["status"].isin(AHEAD)], "value")[:MOST]


def _by_indicator(rows, column):
    best = rows.sort_values("value", ascending=False).drop_duplicates(["place", "indicator"])
    found = []
    for indicator, own in best.groupby("indicator", sort=False):
        own = own.sort_values(column, ascending=False)
        groups = [Group(indicator, r.bound, r.bound, (r.place,), r.ids, getattr(r, column)) for r in own.itertuples()]
        found += [groups] if len(groups) > 1 else []
    return found


NAMES = [("names", _names)]
RULES = {"key": [("groups", _groups)], "loop": [("loop", _loops)], "kinds": [("kinds", _kinds)]}
RULES |= {"rate": [*NAMES, ("rate", _rates)], "number": [*NAMES, ("number", _numbers)]}
RULES |= dict.fromkeys(("names", "say", "presence"), NAMES)
