"""Reviewing single codings: the least certain and most consequential ones first; what the decisions say and change."""

import csv
import io
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from lib import paths
from lib.comparison import drift, sources
from lib.evidence import review
from lib.lexicon import BadInput, table
from lib.reading import document
from lib.report.coders import coding, kept, lessons, sheet
from lib.report.show.messages import message

COLUMNS = (
    *("source", "start", "end", "surface", "text", "practice", "label", "strength", "status", "rule", "why"),
    *("decision", "to", "reason", "note"),
)
KEYS = {"a": "accept", "r": "reject", "c": "recode"}
HELP = message(
    "decision: a accept, r reject, c recode (then the right code in column to). Leave a row empty to decide nothing. "
    "why: what makes a coding uncertain or consequential; the first rows matter most."
)
LONGEST = 39  # characters of a span that the table of decisions may hold
MOST = 5000
REVIEW = paths.DATA / "review.csv"


def ordered(evidence, decided=()):
    """The practice codings nobody has decided, the least certain and most consequential first, with `why`."""
    rows = evidence.mentions[evidence.mentions["kind"] == "practice"].copy()
    rows["place"] = rows["source"].map(sources.unit(evidence.sources.set_index("id", drop=False)))
    cue, held = rows["rule"].str.split(" ").str[0], rows.groupby("key")["place"].transform("nunique")
    rejected = {(d.source, d.start, d.practice) for d in decided if d.decision != "accept"}
    doubted = set(cue[[k in rejected for k in zip(rows["source"], rows["start"], rows["key"], strict=True)]])
    reasons = [
        (message("the only coding of its cell"), 3, rows.groupby(["place", "key"])["key"].transform("size") == 1),
        (message("not every place has it"), 2, held < rows["place"].nunique()),
        (message("its rule was overruled before"), 3, cue.isin(doubted)),
        (message("named only"), 1, rows["strength"].astype(str) == "1"),
        (message("its rule fires nowhere else"), 1, cue.groupby(cue).transform("size") == 1),
        (message("beside damage"), 2, rows["damaged"] == "true"),
    ]
    rows["points"] = sum(weight * mask.astype(int) for _, weight, mask in reasons)
    told = zip(*([why if hit else "" for hit in mask] for why, _, mask in reasons), strict=True)
    rows["why"] = ["; ".join(filter(None, whys)) for whys in told]
    done = {(d.source, d.start, d.code) for d in decided} | {(d.source, d.start, d.practice) for d in decided}
    new = [k not in done for k in zip(rows["source"], rows["start"], rows["key"], strict=True)]
    return rows[new].sort_values(["points", "source", "start"], ascending=[False, True, True], kind="stable")


def draft(evidence, texts, path):
    """Writes a workbook with a row for each coding to be decided, texts at hand only; where it lies."""
    codes, raws = coding.codebook(), coding.at_hand(evidence, texts)
    rows = undecided(evidence, raws, review.decisions(REVIEW))
    if rows.empty:
        raise BadInput(f"{texts}: no coding to be decided of a text at hand; expected texts with the register's hash")
    sheets = {"review": rows[list(COLUMNS)], "codebook": codes, "help": sheet.told(HELP)}
    offered = {"decision": list(KEYS), "to": f"=codebook!$A$2:$A${len(codes) + 1}"}
    return kept.place(Path(path), partial(sheet.write, sheets=sheets, choices=offered))


def undecided(evidence, raws, decided):
    """What is to be decided of the texts at hand, in the order of `ordered`: COLUMNS and place, the last four empty."""
    codes, rows = coding.codebook(), ordered(evidence, decided)
    rows = rows[rows["source"].isin(raws)].head(MOST)
    end = rows["end"].clip(upper=rows["start"] + LONGEST)
    words = [raws[s][a:b] for s, a, b in zip(rows["source"], rows["start"], end, strict=True)]
    labels = dict(zip(codes["code"], codes["label"], strict=True))
    told = {"end": end, "surface": words, "text": rows["sentence"].map(coding.quoted(evidence, raws))}
    told |= {"practice": rows["key"], "label": rows["key"].map(labels)}
    return rows.assign(**told, **dict.fromkeys(("decision", "to", "reason", "note"), ""))


def take(path, raws):
    """The decisions of a filled workbook as rows of review.csv; BadInput with a line for each row that is wrong."""
    codes = set(coding.codebook()["code"])
    by = {"coder": kept.coder(path), "date": kept.day(path) or date.today().isoformat()}
    found = sheet.rows(path, "review", ("source", "start", "end", "surface", "practice", "decision", "to", "reason"))
    return sheet.checked(path, [r for r in found if r["decision"] or r["to"]], partial(decided, by, codes, raws))


def decided(by, codes, raws, row):
    """A row of the sheet (strings) as one of review.csv; `by`: coder and date. BadInput says what is wrong with it."""
    decision = row["decision"].strip().lower() or "c"
    decision = KEYS.get(decision, decision)
    if decision not in review.DECISIONS:
        raise BadInput(f"decision {row['decision']!r}; expected a (accept), r (reject) or c (recode)")
    for column in ("practice", "to") if decision == "recode" else ("practice",):
        if row[column] not in codes:
            near = sheet.like(row[column], codes)
            raise BadInput(f"unknown code {row[column]!r} in column {column}; expected codes of the codebook{near}")
    if row["to"] and decision != "recode":
        raise BadInput(f"code {row['to']!r} in column to; expected one with decision c only")
    sheet.span({**row, "text": row["surface"]}, raws)
    told = {"decision": decision, "reason": row["reason"] or "reviewed", "strength": "", "status": ""}
    return {c: {**row, **told, **by}[c] for c in review.COLUMNS}


def write(rows, path=REVIEW):
    """Adds decisions to the table; a coder's older one on the same coding gives way."""
    old = [{c: r[c] for c in review.COLUMNS} for r in table(path, review.COLUMNS)]
    same = ("source", "start", "end", "practice", "coder")
    new = {tuple(r[c] for c in same) for r in rows}
    out = io.StringIO()
    writer = csv.DictWriter(out, review.COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows([r for r in old if tuple(r[c] for c in same) not in new] + rows)
    paths.write(path, out.getvalue())
    table.cache_clear()


def changes(evidence, raws, decisions):
    """What decisions teach and change: {"rules", "scores", "words"} of lib.report.coders.lessons, {"codings", "cells",
    "findings"} of lib.comparison.drift."""
    rows = []
    for source, group in evidence.mentions.groupby("source", sort=False):
        own, raw = group.to_dict("records"), raws.get(source)
        rows += own if raw is None else review.apply(own, decisions, document(raw, {"id": source}))
    mentions = pd.DataFrame(rows, columns=evidence.mentions.columns).astype(evidence.mentions.dtypes)
    after = replace(evidence, tables={**evidence.tables, "mentions": mentions})
    corpora = [sources.corpus(e) for e in (evidence, after)]
    taught = {"rules": lessons.rules(evidence.mentions, decisions), "scores": lessons.scores(decisions)}
    taught["words"] = lessons.words(evidence, coding.quoted(evidence, raws), decisions)
    return taught | {name: getattr(drift, name)(*corpora) for name in ("codings", "cells", "findings")}
