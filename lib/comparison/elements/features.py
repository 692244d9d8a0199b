"""A truth table of features, and the smallest sets of them that tell a place from all others."""

from itertools import combinations

import pandas as pd

from lib import schemas
from lib.comparison.elements import codebook
from lib.comparison.status import AHEAD

PLACES = 3  # fewer places are told apart by anything
MOST = 3  # features of a set; a longer one is no sign of anything
KEYS = (*schemas.ACTORS, *(s for s in schemas.STAGES if s != "other"))
STATES = ("evidenced", "planned", "not_mentioned")


def features(statements, places):
    """One row a (place, feature), all features: state (evidenced, planned, not_mentioned), element, key, ids.

    A feature is an element with what is said of it where the codebook compares by that (who leads, whose the hub is,
    which kind of partner, where the loop ends), else the element itself. A single case is no feature.
    """
    kinds = {e.key: {*KEYS, *e.keys} for e in codebook.elements() if e.contrast in ("key", "kinds", "loop")}
    told = statements[(statements["scope"] != "case") & (statements["status"] != "absent")]
    told = told.assign(feature=[_feature(r, kinds) for r in told.itertuples()], sure=~told["status"].isin(AHEAD))
    told = told[told["feature"] != ""]
    cell = ["place", "feature"]
    names = list(dict.fromkeys(told["feature"]))
    every = pd.MultiIndex.from_product([places, names], names=cell)
    found = told.groupby(cell).agg(sure=("sure", "any"), ids=("ids", lambda ids: tuple(i for own in ids for i in own)))
    found = found.reindex(every).reset_index()
    found["state"] = found.pop("sure").map({True: "evidenced", False: "planned"}).fillna("not_mentioned")
    found["ids"] = [i if isinstance(i, tuple) else () for i in found["ids"]]
    parts = [(*f.split(":", 1), "")[:2] for f in found["feature"]]
    found["element"], found["key"] = [e for e, _ in parts], [k for _, k in parts]
    return found


def _feature(row, kinds):
    """An element; where it is compared by a key, with that key, if it is a kind: of actors (党政: two of them), of
    stage, or the element's own; "" if it is none, for it tells nothing."""
    if row.element not in kinds:
        return row.element
    known = row.key != "unstated" and row.key and set(row.key.split("+")) <= kinds[row.element]
    return f"{row.element}:{row.key}" if known else ""


def held(table):
    """{place: the features that are evidenced there}."""
    known = table[table["state"] == "evidenced"]
    return {p: frozenset(known.loc[known["place"] == p, "feature"]) for p in dict.fromkeys(table["place"])}


def smallest(table):
    """One row a place that can be told apart: features (the smallest set of evidenced ones that no other place has
    together), ids. Silence never tells places apart. Nothing where there are fewer than PLACES places."""
    has = held(table)
    rows = []
    for place, own in has.items() if len(has) >= PLACES else ():
        others = [s for p, s in has.items() if p != place]
        order = [f for f in dict.fromkeys(table["feature"]) if f in own]
        tried = (c for n in range(1, MOST + 1) for c in combinations(order, n))
        found = next((c for c in tried if not any(set(c) <= other for other in others)), ())
        ids = table[(table["place"] == place) & table["feature"].isin(found)]["ids"]
        rows.append({"place": place, "features": found, "ids": tuple(i for own in ids for i in own)})
    return pd.DataFrame([r for r in rows if r["features"]], columns=["place", "features", "ids"])


def likeness(table):
    """The places so ordered that neighbours share features: each next the most alike (Jaccard) to the one before."""
    has = held(table)
    left = list(has)
    order = left[:1]
    left = left[1:]
    while left:
        last = has[order[-1]]
        near = max(left, key=lambda p: (len(last & has[p]) / max(1, len(last | has[p])), -left.index(p)))
        order.append(near)
        left.remove(near)
    return order
