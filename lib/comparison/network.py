"""Networks of collaboration: kinds of actor as nodes, statements of joint action as ties.

A statement with n partners is one statement, whatever pairs they make (the rows of the table links that share a
source and a `link`)."""

from itertools import combinations

import networkx as nx
import pandas as pd

from lib import schemas
from lib.comparison.models import told

KINDS = tuple(schemas.ACTORS)
STATEMENT = ["source", "link"]


def statements(rows):
    """The partners that have a kind, `statement`: the name of the statement that they share."""
    rows = _known(rows)
    return rows.assign(statement=rows["source"] + "." + rows["link"])


def graph(rows):
    """The graph of one place: a node for each kind of actor, an edge weighted by the statements that link two kinds.

    Statements within one kind (特警 with 派出所) are the node's `within`, and no edge.
    """
    network = nx.Graph()
    for pair in pairs(rows).sort_values(["a_kind", "b_kind"], kind="stable").itertuples():
        for kind in (pair.a_kind, pair.b_kind):
            network.add_node(kind, within=network.nodes.get(kind, {}).get("within", 0))
        if pair.a_kind == pair.b_kind:
            network.nodes[pair.a_kind]["within"] += 1
        else:
            weight = network.get_edge_data(pair.a_kind, pair.b_kind, {"weight": 0})["weight"]
            network.add_edge(pair.a_kind, pair.b_kind, weight=weight + 1)
    return network


def pairs(rows):
    """One row a statement and pair of kinds of its partners, in the order of KINDS: place, source, link, a_kind,
    b_kind, verb, ids; a kind is paired with itself where two partners have it."""
    found = [pair for _, own in _known(rows).groupby(["place", *STATEMENT], sort=False) for pair in _paired(own)]
    return pd.DataFrame(found, columns=["place", *STATEMENT, "a_kind", "b_kind", "verb", "ids"])


def _paired(own):
    first, kinds = own.iloc[0], own.groupby("actor_kind")["id"].apply(list)
    several = own.groupby("actor_kind")["actor"].nunique() > 1
    named = [kind for kind in KINDS if kind in kinds.index]
    for a, b in [*((k, k) for k in named if several[k]), *combinations(named, 2)]:
        ids = kinds[a] if a == b else [*kinds[a], *kinds[b]]
        yield first["place"], first["source"], first["link"], a, b, first["verb"], ids


def _known(rows):
    """The partners in what is so that have a kind: of 多方力量 the text does not say who they are."""
    rows = told(rows)
    return rows[rows["actor_kind"].isin(KINDS)]


def unkinded(rows):
    """The partners in what is so that have no kind; they stand in no figure, so that a note must count them."""
    return told(rows).drop(_known(rows).index)


def ties(rows, places):
    """One row a (place, kind, kind), kinds in the order of KINDS: statements, verbs, ids."""
    rank, order = ({k: n for n, k in enumerate(keys)} for keys in (KINDS, places))
    found = pairs(rows[rows["place"].isin(places)])
    each = {"statements": ("link", "size"), "verbs": ("verb", lambda v: list(dict.fromkeys(v)))}
    found = found.groupby(["place", "a_kind", "b_kind"]).agg(**each, ids=("ids", lambda i: sum(i, []))).reset_index()
    by = found.assign(p=found["place"].map(order), x=found["a_kind"].map(rank), y=found["b_kind"].map(rank))
    return found.loc[by.sort_values(["p", "x", "y"]).index].reset_index(drop=True)


def _statements(rows):
    return len(rows[STATEMENT].drop_duplicates())


def summary(rows, places):
    """One row a place: statements, partners that have no kind (`unkinded`), kinds, ties between kinds, density (ties of
    all possible among the kinds named, empty below two), `centre`: the kinds with the highest share, `police`: share of
    statements with police, ids."""
    return pd.DataFrame([_summary(place, rows[rows["place"] == place]) for place in places])


def _summary(place, own):
    network, left, own = graph(own), unkinded(own), _known(own)
    shares = {kind: network.degree(kind, "weight") for kind in KINDS if kind in network}
    top, statements = max(shares.values(), default=0), _statements(own)
    counts = {"statements": statements, "unkinded": len(left), "kinds": len(network), "ties": network.number_of_edges()}
    density = nx.density(network) if len(network) > 1 else float("nan")
    police = _statements(own[own["actor_kind"] == "police"]) / statements if statements else float("nan")
    centre = [kind for kind, n in shares.items() if n == top and n]
    return {"place": place, **counts, "density": density, "centre": centre, "police": police, "ids": list(own["id"])}
