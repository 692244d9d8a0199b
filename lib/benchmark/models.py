"""Roles, loops, formulas and links held against the annotators: a row right is a statement read right, not a cell."""

import re
from collections import defaultdict

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
        pairs, missed, extra = matched(layer, truth, mine)
        rows.append((layer, *gold.counted(truth, pairs, len(missed), len(extra))))
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


def matched(layer, gold, mine):
    """(pairs, gold missed, machine's too many); core rows are matched first, each row once."""
    pairs, used, missed = [], set(), []
    for g in sorted(gold, key=lambda g: g["optional"]):
        fits = [n for n, m in enumerate(mine) if n not in used and _meet(layer, g, m)]
        if fits:
            best = max(fits, key=lambda n: _share(g["parts"], mine[n]["parts"]))
            used.add(best)
            pairs.append((g, mine[best]))
        elif g["optional"] != "1":
            missed.append(g)
    return pairs, missed, [m for n, m in enumerate(mine) if n not in used]


def _meet(layer, g, m):
    (a, b), (c, d) = g["span"], m["span"]
    if g["source"] != m["source"]:
        return False
    if layer == "formulas":
        return any(_same(name, m["value"]) for name in g["value"])
    if layer == "links":
        return a < d + 80 and c - 80 < b and _share(g["parts"], m["parts"]) >= ALIKE
    if layer == "loops":
        return a < d and c < b and _share(g["parts"], m["parts"]) >= ALIKE
    return a < d and c < b and m["value"] in g["value"] and _share(g["parts"], m["parts"]) == 1


def _share(told, mine):
    """Share of the parts that both name, of those that either names; a part is the same where one holds the other."""
    both = sum(any(_same(option, m) for option in options for m in mine) for options in told)
    return both / max(len(told), len(mine), 1)


def _same(one, other):
    one, other = (re.sub(r"[\s“”()（）、,，]", "", str(w)) for w in (one, other))
    return bool(one and other) and (one in other or other in one)
