"""Governance models compared: who leads, who joins, by which stages an incident travels, what formulas name."""

import pandas as pd

from lib.comparison.status import COUNTED
from lib.schemas import ACTORS, ROLES, STAGES

STAGES = STAGES[:-1]  # all but other
REAL = (*COUNTED, "")  # what is only meant to be, prescribed or denied, is no part of a model
ACTIVE = ROLES[:-1]  # who is served takes no part in the work
RETURNS = ("feedback", "supervise", "archive")  # a loop that ends here comes back to someone or is filed


def told(rows):
    """The rows of what is so: neither planned nor denied; a table without `status` is kept whole."""
    return rows[rows["status"].isin(REAL)] if "status" in rows else rows


def roles(rows, places):
    """One row a (place, role, kind of actor): actors as written, statements, ids; in the order of the roles.

    `rows`: the table roles with a column place. A role formula that names an actor counts as one statement.
    """
    known = told(rows).assign(role=lambda told: pd.Categorical(told["role"], ROLES, ordered=True))
    groups = known.groupby(["place", "role", "actor_kind"], observed=True, sort=True)
    found = groups.agg(actors=("actor", _each), statements=("id", "size"), ids=("id", list)).reset_index()
    return _ordered(found.astype({"role": str}), places)


def leading(rows, places):
    """One row a place: the kind of actor that leads most often (several where they tie), its share of all statements
    of leading, actors as written, statements, ids; empty and 0 where the text says of nobody that it leads.

    Who leads a patrol team or a chat group (`scope` team) leads no model; nor does the one of a single case."""
    rows = told(rows)
    led = rows[(rows["role"] == "leads") & ~rows["scope"].isin(["team"]) & ~rows["status"].isin(["case"])]
    return pd.DataFrame([_leading(place, led[led["place"] == place]) for place in places])


def statements(rows):
    """How many statements the rows of `roles` are: an actor of two kinds (党政) is one."""
    return len(rows[["source", "start", "role"]].drop_duplicates())


def _leading(place, led):
    counts = led["actor_kind"].value_counts()
    first = [k for k in sorted(counts.index) if counts[k] == counts.max()]
    own = led[led["actor_kind"].isin(first)]
    share = statements(own) / statements(led) if len(led) else float("nan")
    told = {"actors": _each(own["actor"]), "own": statements(own), "statements": statements(led)}
    return {"place": place, "kinds": first, "share": share, **told, "ids": list(led["id"])}


def breadth(rows, places):
    """One row a place: kinds of actor with a part in the work (not those only served), how many kinds, how many
    actors by their words, share of statements about actors outside party, government, police and armed forces, ids;
    an actor whose kind the text leaves open (各方) counts with neither side."""
    active = told(rows)[told(rows)["role"].isin(ACTIVE)]
    return pd.DataFrame([_breadth(place, active[active["place"] == place]) for place in places])


def _breadth(place, own):
    kinds = sorted(set(own["actor_kind"]) - {""})
    own = own[own["actor_kind"] != ""]
    outside = ~own["actor_kind"].map(lambda kind: ACTORS[kind]["side"]).isin(["core", "force"])
    told = {"actors_n": own["actor"].nunique(), "outside": outside.mean() if len(own) else float("nan")}
    return {"place": place, "kinds": kinds, "kinds_n": len(kinds), **told, "ids": list(own["id"])}


def loops(rows, places):
    """One row a (place, loop): stages as written and mapped, first and last stage, kinds of stage, ids.

    `closes`: the text calls the loop closed; `returns`: its last stage brings the result back, checks or files it.
    A loop that is only meant to be is none.
    """
    groups = told(rows).groupby(["place", "source", "loop"], sort=False)
    found = [_loop(place, loop, own.sort_values("order")) for (place, _, loop), own in groups]
    columns = "place loop path stages first last kinds closes returns ids".split()
    return _ordered(pd.DataFrame(found, columns=columns), places)


def _loop(place, loop, own):
    stages = list(own["stage"])
    told = {"stages": stages, "first": stages[0], "last": stages[-1], "kinds": len(set(stages) - {"other"})}
    told |= {"closes": own["closes"].iloc[0] == "true", "returns": stages[-1] in RETURNS, "ids": list(own["id"])}
    return {"place": place, "loop": loop, "path": "—".join(own["stage_text"]), **told}


def stages(rows, places):
    """One row a (place, stage), all stages: loops of the place that have it, its words, ids; 0 is: not mentioned."""
    every = pd.MultiIndex.from_product([places, STAGES], names=["place", "stage"])
    rows = told(rows)
    groups = rows.assign(loop=rows["source"] + rows["loop"]).groupby(["place", "stage"])
    found = groups.agg(loops=("loop", "nunique"), words=("stage_text", _each), ids=("id", list)).reindex(every)
    found["loops"] = found["loops"].fillna(0).astype(int)
    for column in ("words", "ids"):
        found[column] = [value if isinstance(value, list) else [] for value in found[column]]
    return found.reset_index()


def formulas(rows, places):
    """One row a (place, formula): the parts that the text names, how many, things that it only counts, ids."""
    found = [_formula(place, name, own) for (place, name), own in rows.groupby(["place", "name"], sort=False)]
    return _ordered(pd.DataFrame(found, columns="place name parts named unnamed ids".split()), places)


def _formula(place, name, own):
    named = own["named"] == "true"
    told = {"named": int(named.sum()), "unnamed": int(own.loc[~named, "count"].fillna(1).sum())}
    return {"place": place, "name": name, "parts": list(own.loc[named, "part"]), **told, "ids": list(own["id"])}


def _each(words):
    """The different words, in the order of the text."""
    return list(dict.fromkeys(words))


def _ordered(rows, places):
    """The rows of the wanted places, in their order."""
    rank = {place: n for n, place in enumerate(places)}
    kept = rows[rows["place"].isin(places)]
    return kept.sort_values("place", key=lambda p: p.map(rank), kind="stable").reset_index(drop=True)
