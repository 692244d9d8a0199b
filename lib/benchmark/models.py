"""Roles, loops, formulas and links held against the annotators: a row right is a statement read right, not a cell."""

from collections import defaultdict
from functools import partial

from lib import paths
from lib.benchmark import gold

LAYERS = {  # the columns that tell a statement, its parts and its value
    "roles": ("start", "actor", "role"),
    "loops": ("loop", "stage_text", "closes"),
    "formulas": ("formula", "part", "name"),
    "links": ("link", "actor", "verb"),
}
ALIKE = 0.5  # of the members or stages that either names, the share that both must name


def scores(evidence, folder=paths.GOLD):
    """A row a layer: gold, found, right, precision, recall, f1 of the core rows (as gold.scores has them), and the
    same of all rows; texts of the evidence that the gold knows.

    A role is right where actor and role agree, a loop where half of the stages, a link where half of the partners
    and a formula where its name agree. Optional rows are neither missed nor wrong."""
    table, rows = gold.rows(folder / "models.csv", evidence), []
    known = set(table["source"])
    for layer in LAYERS:
        truth = _told(table[table["layer"] == layer])
        mine = [m for m in statements(layer, evidence) if m["source"] in known]
        rows.append((layer, *gold.counted(truth, *gold.paired(truth, mine, partial(_worth, layer)))))
    return gold.rates(rows)


def _told(table):
    """The annotators' statements: source, span, value (alternatives), parts (each with alternatives)."""
    return [
        {**row, "span": (int(row["start"]), int(row["end"])), "value": row["value"].split("|")}
        | {"parts": [p.split("|") for p in row["parts"].split(";") if p]}
        for row in table.to_dict("records")
    ]


def statements(layer, evidence):
    """The machine's rows of a layer as statements of the same shape: rows of one loop, formula or link are one."""
    key, part, value = LAYERS[layer]
    groups = defaultdict(list)
    for row in evidence.tables[layer].to_dict("records"):
        more = (row["actor"], row["role"]) if layer == "roles" else ()
        groups[(row["source"], row[key], *more)].append(row)
    told = []
    for own in groups.values():
        span = min(int(r["start"]) for r in own), max(int(r["end"]) for r in own)
        parts = list(dict.fromkeys(r[part] for r in own if layer != "formulas" or r["named"] == "true"))
        told.append({"source": own[0]["source"], "span": span, "value": own[0][value], "parts": parts})
    return told


def _worth(layer, g, m):
    """0 where a statement is not the annotators', else the more of its parts are the same."""
    (a, b), (c, d), share = g["span"], m["span"], _share(g["parts"], m["parts"])
    if layer == "formulas":
        return (1 + share) * any(gold.holds(name, m["value"]) for name in g["value"])
    reach = 80 if layer == "links" else 0
    least = 1 if layer == "roles" else ALIKE
    said = layer != "roles" or m["value"] in g["value"]
    return share * (a < d + reach and c - reach < b and said and share >= least)


def _share(told, mine):
    """Share of the parts that both name, of those that either names; a part is the same where one holds the other."""
    both = sum(any(gold.holds(option, m) for option in options for m in mine) for options in told)
    return both / max(len(told), len(mine), 1)
