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
    """The partners in what is so that have a kind (of 多方力量 the text does not say who they are), with `statement`:
    the name of the statement that they share."""
    known = told(rows)
    known = known[known["actor_kind"].isin(KINDS)]
    return known.assign(statement=known["source"] + "." + known["link"])


def graph(rows):
    """The graph of one place: a node for each kind of actor, an edge weighted by the statements that link two kinds.

    A statement within one kind (特警 with 派出所) is its node and no edge.
    """
    network = nx.Graph()
    for _, own in rows.groupby(STATEMENT, sort=False):
        partners = own[["actor_kind", "actor"]].drop_duplicates()
        network.add_nodes_from(partners["actor_kind"] if len(partners) > 1 else ())
        for a, b in combinations(sorted(set(partners["actor_kind"])), 2):
            network.add_edge(a, b, weight=network.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    return network


def summary(rows, places):
    """One row a place: statements, kinds, ties between kinds, density (ties of all possible among the kinds named,
    empty below two), `centre`: the kinds with the highest share, `police`: share of statements with police, ids."""
    known = statements(rows)
    return pd.DataFrame([_summary(place, known[known["place"] == place]) for place in places])


def _summary(place, own):
    network, police = graph(own), own[own["actor_kind"] == "police"]
    n, nan = own["statement"].nunique(), float("nan")
    shares = {kind: network.degree(kind, "weight") for kind in KINDS if kind in network}
    counts = {"statements": n, "kinds": len(network), "ties": network.number_of_edges()}
    density = nx.density(network) if len(network) > 1 else nan
    centre = [kind for kind, share in shares.items() if share == max(shares.values()) and share]
    share = police["statement"].nunique() / n if n else nan
    return {"place": place, **counts, "density": density, "centre": centre, "police": share, "ids": list(own["id"])}
