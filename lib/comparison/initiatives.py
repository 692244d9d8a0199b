"""The registry of named initiatives: what each place calls its own, with the numbers that belong to it."""
import pandas as pd

COLUMNS = ["key", "name", "kind", "place", "origin", "source", "alias_of", "mentions", "first", "best", "quantities",
           "gloss_zh", "gloss_en"]


def registry(mentions, quantities, glosses):
    """One row a key: name, kind, place as the text has it, origin, source, alias_of, number of mentions, ids of the
    first and of the best mention, ids of its quantities (one string, spaces between), glosses.

    `glosses` has name, zh and en. The best mention is the strongest, done before planned, the longest words first.
    """
    rows = mentions[mentions["kind"] == "initiative"].sort_values(["source", "start"])
    owned = belonging(rows, quantities)
    known = {r["name"]: r for r in glosses.to_dict("records")}
    return pd.DataFrame([_row(key, group, owned, known) for key, group in rows.groupby("key", sort=False)], columns=COLUMNS)


def belonging(rows, quantities):
    """{key: ids of its quantities}: each goes to the last initiative before it in its sentence, else to the first after."""
    owned, by_sentence = {}, dict(tuple(rows.groupby("sentence")))
    for q in quantities.sort_values(["source", "start"]).to_dict("records"):
        near = by_sentence.get(q["sentence"])
        if near is not None:
            before = near[near["start"] <= q["start"]]
            key = before["key"].iloc[-1] if len(before) else near["key"].iloc[0]
            owned.setdefault(key, []).append(q["id"])
    return owned


def _row(key, group, owned, known):
    first, best = group.iloc[0], _best(group)
    gloss = known.get(first["name"], {})
    places = [p for p in group["place"] if p]
    return {"key": key, "name": first["name"], "kind": first["type"], "place": places[0] if places else "",
            "origin": first["origin"], "source": first["source"], "alias_of": first["alias_of"], "mentions": len(group),
            "first": first["id"], "best": best["id"], "quantities": " ".join(owned.get(key, [])),
            "gloss_zh": gloss.get("zh", ""), "gloss_en": gloss.get("en", "")}


def _best(group):
    worth = pd.DataFrame({"strength": group["strength"].astype(str), "done": group["status"].eq("done"),
                          "length": group["end"] - group["start"]})
    return group.loc[worth.sort_values(["strength", "done", "length"], ascending=False, kind="stable").index[0]]
