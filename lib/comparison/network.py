"""Networks of collaboration: kinds of actor as nodes, statements of joint action as ties."""

import networkx as nx
import pandas as pd

from lib.comparison.models import told

KINDS = (
    "party",
    "government",
    "police",
    "military",
    "department",
    "judiciary",
    "mediation",
    "enterprise",
    "social_organisation",
    "community",
    "grid",
    "volunteer",
    "resident",
    "jurisdiction",
)


def graph(rows):
    """The graph of one place: a node for each kind of actor, an edge weighted by the sentences that link two kinds.

    `rows`: the table links; a sentence that names many pairs of two kinds is one statement. Statements
    within one kind (特警 with 派出所) are the node's `within`, and no edge.
    """
    network, rows = nx.Graph(), _known(rows)
    for row in _stated(rows).sort_values(["a_kind", "b_kind"], kind="stable").itertuples():
        network.add_node(row.a_kind, within=network.nodes.get(row.a_kind, {}).get("within", 0))
        network.add_node(row.b_kind, within=network.nodes.get(row.b_kind, {}).get("within", 0))
        if row.a_kind == row.b_kind:
            network.nodes[row.a_kind]["within"] += 1
        else:
            weight = network.get_edge_data(row.a_kind, row.b_kind, {"weight": 0})["weight"]
            network.add_edge(row.a_kind, row.b_kind, weight=weight + 1)
    return network


def _known(rows):
    """The links that are so, both of whose ends have a kind: of 多方力量 the text does not say who they are."""
    rows = told(rows)
    return rows[rows["a_kind"].isin(KINDS) & rows["b_kind"].isin(KINDS)]


def unkinded(rows):
    """The links that are so, one of whose ends has no kind; they stand in no figure, so that a note must count them."""
    return told(rows).drop(_known(rows).index)


def _turned(rows):
    """The rows with both kinds in the order of KINDS."""
    rank = {kind: n for n, kind in enumerate(KINDS)}
    turned = rows["a_kind"].map(rank) > rows["b_kind"].map(rank)
    return rows.assign(
        a_kind=rows["a_kind"].where(~turned, rows["b_kind"]), b_kind=rows["b_kind"].where(~turned, rows["a_kind"])
    )


def _stated(rows):
    """One row for each sentence and pair of kinds."""
    return _turned(rows).drop_duplicates(["sentence", "a_kind", "b_kind"])


def ties(rows, places):
    """One row a (place, kind, kind), kinds in the order of KINDS: statements (sentences), verbs, ids."""
    rank, rows = {kind: n for n, kind in enumerate(KINDS)}, _turned(_known(rows))
    found = (
        rows.groupby(["place", "a_kind", "b_kind"])
        .agg(statements=("sentence", "nunique"), verbs=("verb", lambda v: list(dict.fromkeys(v))), ids=("id", list))
        .reset_index()
    )
    order = {place: n for n, place in enumerate(places)}
    found = found[found["place"].isin(places)]
    by = found.assign(p=found["place"].map(order), x=found["a_kind"].map(rank), y=found["b_kind"].map(rank))
    return found.loc[by.sort_values(["p", "x", "y"]).index].reset_index(drop=True)


def centrality(rows, places):
    """One row a (place, kind): partners (kinds linked), statements, share of the place's statements between kinds
    that have it at one end, betweenness (unweighted, 0 to 1; Freeman 1977), ids.

    Kinds that no link names have no row: silence is no zero.
    """
    found = [row for place in places for row in _centrality(place, rows[rows["place"] == place])]
    return pd.DataFrame(found, columns="place kind partners statements share betweenness ids".split())


def _centrality(place, own):
    network, own = graph(own), _known(own)
    between, total = nx.betweenness_centrality(network), network.size("weight")
    for kind in (k for k in KINDS if k in network):
        mine = own[(own["a_kind"] == kind) | (own["b_kind"] == kind)]
        statements = mine["sentence"].nunique()
        yield (
            place,
            kind,
            network.degree(kind),
            statements,
            network.degree(kind, "weight") / total if total else 0.0,
            between[kind],
            list(mine["id"]),
        )


def summary(rows, places):
    """One row a place: statements (sentences), links whose one end has no kind (`unkinded`), kinds,
    ties between kinds, density (ties of all possible among the kinds named,
    empty below two), `centre`: the kinds with the highest share, `police`: share of statements with police, ids."""
    return pd.DataFrame([_summary(place, rows[rows["place"] == place]) for place in places])


def _summary(place, own):
    network, left, own = graph(own), unkinded(own), _known(own)
    shares = {kind: network.degree(kind, "weight") for kind in KINDS if kind in network}
    top = max(shares.values(), default=0)
    police = (own["a_kind"] == "police") | (own["b_kind"] == "police")
    statements = own["sentence"].nunique()
    with_police = own.loc[police, "sentence"].nunique()
    return {
        "place": place,
        "statements": statements,
        "unkinded": len(left),
        "kinds": len(network),
        "ties": network.number_of_edges(),
        "density": nx.density(network) if len(network) > 1 else float("nan"),
        "centre": [kind for kind, n in shares.items() if n == top and n],
        "police": with_police / statements if statements else float("nan"),
        "ids": list(own["id"]),
    }
