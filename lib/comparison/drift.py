"""What an edit of the codebook changes: codings, cells of the matrix, findings of the summary."""

import pandas as pd

from lib.comparison import practices, summary

CODING = ["source", "sentence", "key"]


def codings(before, after):
    """One row a practice coding that only one of two corpora has, or that differs: change, source, start, surface, key,
    and strength and status before and after."""
    both = _coded(before).merge(_coded(after), on=CODING, how="outer", suffixes=("_before", "_after"), indicator=True)
    both["change"] = both["_merge"].map({"left_only": "gone", "right_only": "new", "both": "same"}).astype(str)
    moved = (both["strength_before"] != both["strength_after"]) | (both["status_before"] != both["status_after"])
    both.loc[(both["change"] == "same") & moved, "change"] = "other"
    for column in ("start", "surface"):
        both[column] = both[f"{column}_after"].fillna(both[f"{column}_before"])
    shown = [
        "change",
        *CODING,
        "start",
        "surface",
        "strength_before",
        "strength_after",
        "status_before",
        "status_after",
    ]
    return both.loc[both["change"] != "same", shown].sort_values(["source", "start", "key"]).reset_index(drop=True)


def _coded(corpus):
    rows = corpus.mentions[corpus.mentions["kind"] == "practice"]
    return rows[[*CODING, "start", "surface", "strength", "status"]].drop_duplicates(CODING)


def cells(before, after):
    """One row a cell of place x practice whose state or strength differs: place, practice, before, after."""
    both = _states(before).merge(_states(after), on=["place", "practice"], how="outer", suffixes=("_before", "_after"))
    both = both.fillna("")
    return both[both["state_before"] != both["state_after"]].reset_index(drop=True)


def _states(corpus):
    states = practices.matrix(practices.codings(corpus), corpus)
    strong = states["strength"].map(lambda s: "" if pd.isna(s) or not s else f" ({s:g})")
    return states.assign(state=states["state"] + strong)[["place", "practice", "state"]]


def findings(before, after, settings=None):
    """One row a computed finding that only one of them has, or whose value differs: key, before, after."""
    old, new = (summary.findings(c, settings).set_index("key")["value"] for c in (before, after))
    both = pd.concat({"before": old, "after": new}, axis=1)
    changed = (both["before"].round(6) != both["after"].round(6)) & both.notna().any(axis=1)
    return both[changed].reset_index()
