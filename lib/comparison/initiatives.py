"""The registry of named initiatives: what each place calls its own, with the numbers that belong to it."""

from functools import cache

import pandas as pd

from lib import paths
from lib.lexicon import table, words
from lib.reading.spans import unquoted

TOUCHING = 1  # characters between a count and the name that it counts: 12个“X”
OF = 2  # and of a team: 178人的“X”巡防队, where 2140名；“X” is none
PERSONS = words("counters of persons")  # units that count a team's members, and no other named thing
HEAD = 3  # a head that a name may lack (工作站); 五种智安小区建设模式 counts something else
LEVELS = ("级", "层")
COLUMNS = (
    "key name kind place origin source alias_of mentions first best quantities gloss_zh gloss_en gloss_start gloss_end"
).split()


def registry(mentions, quantities, glosses):
    """One row a key: name, kind, place as the text has it, origin, source, alias_of, number of mentions, ids of the
    first and of the best mention, ids of its quantities (one string, spaces between), glosses, and the span of the
    text's own words that say what it does (empty where none do).

    `glosses` has name, zh and en. The best mention is the strongest, done before planned, the longest words first.
    """
    rows = mentions[mentions["kind"] == "initiative"].sort_values(["source", "start"])
    owned = belonging(rows, quantities)
    known = {r["name"]: r for r in glosses.to_dict("records")}
    made = [_row(key, group, owned, known) for key, group in rows.groupby("key", sort=False)]
    return pd.DataFrame(made, columns=COLUMNS)


def belonging(rows, quantities):
    """{key: ids of its quantities}: counts right before a name (12个X), or whose noun is the name or ends in it.

    Only within a sentence. A number of something else beside a name is not the name's, nor one of persons that of a
    thing that is no team; nor is a share, a sum or a measure, or one inside a name, of a single case, without a noun,
    or in levels (省、市两级X is one thing).
    """
    owned, by_sentence = {}, dict(tuple(rows.groupby("sentence")))
    for q in quantities.sort_values(["source", "start"]).to_dict("records"):
        near = by_sentence.get(q["sentence"])
        key = "" if near is None else _owner(near, q)
        if key:
            owned.setdefault(key, []).append(q["id"])
    return owned


def _owner(near, quantity):
    noun = unquoted(quantity["noun"])
    inside = ((near["start"] < quantity["end"]) & (quantity["start"] < near["end"])).any()
    if inside or not noun or quantity["status"] == "case" or quantity["unit_kind"] != "count":
        return ""
    if quantity["unit"] in LEVELS:
        return ""
    other = [noun.startswith(name) and len(noun) - len(name) > HEAD for name in near["name"]]
    if quantity["unit"] in PERSONS:
        other = [o or kind not in ("team", "") for o, kind in zip(other, near["type"], strict=True)]
    reach = OF if noun.endswith(_teams()) else TOUCHING
    counted = near[(near["start"] - quantity["end"]).between(0, reach) & ~pd.Series(other, index=near.index)]
    named = near[[_is(unquoted(name), noun) for name in near["name"]]]
    return next((part["key"].iloc[0] for part in (counted, named) if len(part)), "")


@cache
def _teams():
    """What names of teams, not of their members, end with: those that name a team without quotation marks."""
    rows = table(paths.LEXICON / "heads.csv", ("head", "kind", "bare"))
    return tuple(r["head"] for r in rows if r["kind"] == "team" and r["bare"] != "0")


def _is(name, noun):
    """Whether a noun is a name or ends in one (建成智安小区)."""
    return noun == name or (noun.endswith(name) and len(name) > 2)


def _row(key, group, owned, known):
    first, best = group.iloc[0], _best(group)
    gloss = known.get(first["name"], {})
    told = group[group["gloss_start"].notna()]
    places = [p for p in group["place"] if p]
    row = {c: first[c] for c in ("name", "origin", "source", "alias_of")}
    row |= {"key": key, "kind": first["type"], "place": places[0] if places else "", "mentions": len(group)}
    row |= {"first": first["id"], "best": best["id"], "quantities": " ".join(owned.get(key, []))}
    row |= {f"gloss_{language}": gloss.get(language, "") for language in ("zh", "en")}
    return row | {c: told[c].iloc[0] if len(told) else None for c in ("gloss_start", "gloss_end")}


def _best(group):
    strength, done = group["strength"].astype(str), group["status"].eq("done")
    worth = pd.DataFrame({"strength": strength, "done": done, "length": group["end"] - group["start"]})
    return group.loc[worth.sort_values(list(worth.columns), ascending=False, kind="stable").index[0]]
