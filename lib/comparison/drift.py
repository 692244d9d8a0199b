"""What an edit of the codebook changes: codings, cells of the matrix, findings of the summary."""

import pandas as pd

from lib.comparison import practices, summary
from lib.evidence import extract
from lib.evidence.mentions import trials
from lib.lexicon import Lexicon

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
    shown = ["change", *CODING, "start", "surface"]
    shown += [f"{column}_{when}" for column in ("strength", "status") for when in ("before", "after")]
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


def cues(before: Lexicon, after: Lexicon, documents) -> pd.DataFrame:
    """One row a cue that is new or changed: rule, change, and in documents read by `after` how often it fired, lost (to
    which row) and was refused (by which line)."""
    old, new = _cues(before), _cues(after)
    changes = {rule: "changed" if rule in old else "new" for rule, row in new.items() if old.get(rule) != row}
    found = trials.tally([trial for d in documents for trial in extract.trials(d, after)]) if changes else {}
    none = trials.tally([trials.Trial(0, 0, rule, "") for rule in changes])
    told = [{"rule": rule, "change": change, **found.get(rule, none[rule])} for rule, change in changes.items()]
    return pd.DataFrame(told, columns=["rule", "change", "fired", "lost", "to", "refused", "by"])


def _cues(lexicon):
    columns = ("practice", "pattern", "window", "needs", "refuses", "strength")
    return {
        f"cue.{row['id']}": [*(row[c] for c in columns), row.get("alone", "")]
        for row in lexicon.codes("cues", "id", *columns)
    }
