"""The extraction held against the annotators: precision, recall and F1 of each table, how often each field is right,
and how much of what the machine found no annotator's row tests."""

import re
from collections import defaultdict
from pathlib import PurePath

import pandas as pd

from lib import paths
from lib.lexicon import compiled
from lib.reading.spans import QUOTES

FIELDS = {
    "quantities": ("value", "unit", "bound", "noun", "relation", "basis", "period", "status", "place"),
    "practices": ("strength", "status"),
    "initiatives": ("type",),
    "claims": ("direction", "value", "basis"),
}
BASIS = {"同比": "yoy", "环比": "pop", "from-to": ""}
TOLD = {("quantities", "status"): "qstatus", ("initiatives", "type"): "kind"}  # how the annotators' columns are called
AHEAD = {"norm": "planned"}  # the annotators wrote planned for what a regulation prescribes


COUNTS = ["gold", "found", "right", "gold_all", "right_all", "found_all", "untested"]
LEVEL = compiled("level of a place")
LENIENT = ("noun", "period")  # one answer may hold the other


def scores(evidence, folder=paths.GOLD):
    """(layers, fields) for the texts that the gold knows.

    layers, a row a layer: gold, found, right, precision, recall, f1 of the core rows, where a row that the annotators
    call optional is neither missed nor wrong; gold_all, found_all, right_all, precision_all, recall_all, f1_all of all
    rows; untested: the share of the machine's rows that meet optional rows alone, and so are tested by nothing.
    fields, a row a (layer, field): right, of, share; strict: the share that is the same to the letter.
    """
    layers, fields = [], []
    own = dict(zip(evidence.sources["id"], evidence.sources.get("place_zh", evidence.sources["id"]), strict=True))
    for layer in FIELDS:
        gold = truth(layer, evidence, folder)
        pairs, missed, extra = matched(layer, gold, found(layer, evidence))
        sure = [(g, r) for g, r in pairs if g["optional"] != "1"]
        layers.append((layer, *counted(gold, pairs, missed, extra)))
        for field in FIELDS[layer]:
            column = TOLD.get((layer, field), field)
            if gold and column not in gold[0]:
                continue
            told = [(g[column], _answer(r, field, own), field) for g, r in sure]
            right = sum(same(*t) for t in told), sum(same(*t, strict=True) for t in told)
            fields.append((layer, field, *right, len(sure)))
    return rates(layers), _shares(fields)


def counted(gold, pairs, missed, extra):
    """COUNTS of a layer: of gold rows, pairs of gold and machine rows, core rows missed and machine rows too many."""
    sure = sum(g["optional"] != "1" for g, _ in pairs)
    every = len(gold), len(pairs), len(pairs) + extra
    return sure + missed, sure + extra, sure, *every, (len(pairs) - sure) / max(every[2], 1)


def coders(evidence):
    """The annotators' own codings of practices: coder, source, start, end, code, strength, status; texts of
    the evidence."""
    table = rows(paths.GOLD / "coders.csv", evidence).rename(columns={"practice": "code"})
    return table.assign(coder="coder " + table["coder"]).astype({"start": int, "end": int})


def rates(rows):
    """COUNTS of each layer as a frame, with the rates that follow from them."""
    frame = pd.DataFrame(rows, columns=["layer", *COUNTS])
    for end in ("", "_all"):
        gold, found, right = (frame[f"{c}{end}"] for c in ("gold", "found", "right"))
        frame[f"precision{end}"], frame[f"recall{end}"] = right / found.where(found > 0), right / gold.where(gold > 0)
        frame[f"f1{end}"] = 2 * right / (gold + found).where(gold + found > 0)
    return frame


def _shares(rows):
    frame = pd.DataFrame(rows, columns=["layer", "field", "right", "exact", "of"])
    some = frame["of"].where(frame["of"] > 0)
    return frame.assign(share=frame["right"] / some, strict=frame["exact"] / some)


def truth(layer, evidence, folder):
    """The annotators' rows of a layer as dicts, for texts of the evidence; `spans`: their alternative spans."""
    told = rows(folder / f"{layer}.csv", evidence).to_dict("records")
    told = [{**r, "spans": _spans(r)} for r in told]
    return _in_sentences(told, evidence) if layer == "practices" else told


def rows(path, evidence):
    """The rows of an annotators' table on texts of the evidence, `source` their ids."""
    ids = {PurePath(f).stem: i for f, i in zip(evidence.sources["file"], evidence.sources["id"], strict=True)}
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return table[table["source"].isin(ids)].assign(source=lambda t: t["source"].map(ids))


def _spans(row):
    starts, ends = row["start"].split("|"), row["end"].split("|")
    return [(int(a), int(b)) for a, b in zip(starts, ends * len(starts) if len(ends) == 1 else ends, strict=False)]


def _in_sentences(rows, evidence):
    """The rows with the id of their sentence as `sentence`."""
    lines = {s: g[["start", "end", "id"]].to_numpy() for s, g in evidence.sentences.groupby("source")}
    for row in rows:
        at = row["spans"][0][0]
        row["sentence"] = next((i for a, b, i in lines.get(row["source"], ()) if a <= at < b), "")
    return rows


def found(layer, evidence):
    """The machine's rows of a layer as dicts, of texts that the gold may know."""
    if layer in ("quantities", "claims"):
        return evidence.tables[layer].to_dict("records")
    kind = layer.removesuffix("s")
    return evidence.mentions[evidence.mentions["kind"] == kind].to_dict("records")


def matched(layer, gold, rows):
    """(pairs of gold and machine rows, how many core rows are missed, how many machine rows are too many)."""
    known = {g["source"] for g in gold}
    rows = [r for r in rows if r["source"] in known]
    if layer == "practices":  # one in a sentence
        told = {(g["sentence"], g["practice"]): g for g in gold}
        mine = {(r["sentence"], r["key"]): r for r in rows}
        return paired(
            [*told.values()], [*mine.values()], lambda g, r: (g["sentence"], g["practice"]) == (r["sentence"], r["key"])
        )
    if layer == "initiatives":  # one name of one text, however often it is mentioned
        mine = {}
        for r in rows:
            mine.setdefault((r["source"], r["alias_of"] or r["key"]), []).append(r)
        mine = [{**own[0], "mentions": own} for own in mine.values()]
        return paired(gold, mine, _names, again=True)
    return paired(gold, rows, _meet)


def paired(gold, rows, worth, again=False):
    """(pairs of gold and machine rows, how many core rows are missed, how many machine rows are too many): core rows
    before optional ones, each with the row of its text that is worth most, if any is worth something, and that no other
    has, unless it may serve `again`; `worth(gold row, machine row)`: a number."""
    left, pairs, missed = defaultdict(list), [], 0
    for row in rows:
        left[row["source"]].append(row)
    for g in sorted(gold, key=lambda g: g["optional"]):
        own = left[g["source"]]
        worths = [worth(g, row) for row in own]
        if any(worths):
            at = worths.index(max(worths))
            pairs.append((g, own[at] if again else own.pop(at)))
        else:
            missed += g["optional"] != "1"
    return pairs, missed, len(rows) - len({id(row) for _, row in pairs})


def _meet(g, r):
    return any(int(r["start"]) < b and a < int(r["end"]) for a, b in g["spans"])


def _names(g, row):
    """A name is the annotators' where it stands at their place, else where it is the same."""
    names = {_plain(n) for n in g["name"].split("|")}
    return 2 * any(_meet(g, m) for m in row["mentions"]) or any(_plain(m["name"]) in names for m in row["mentions"])


def same(told, mine, field, strict=False):
    """Whether a machine's cell is one of the annotators' answers (a|b); of nouns and periods one may hold the other,
    unless `strict`."""
    options, mine = str(told).split("|"), "" if pd.isna(mine) else mine
    if field == "value":
        return any(_number(o.strip("[]").split(",")[0]) == _number(mine) for o in options)
    mine = BASIS.get(str(mine), str(mine))
    if field == "place":
        return "" in options or any(holds(_short(o), _short(mine)) for o in options)
    if field == "status":
        return AHEAD.get(mine, mine) in {AHEAD.get(o, o) for o in options}
    if field in LENIENT:
        return mine in options or (not strict and any(holds(o, mine) for o in options))
    return any(BASIS.get(o, o) == mine or (field == "relation" and mine == "point_change") for o in options)


def _answer(row, field, own):
    """The machine's cell; a row without a place speaks of the text's own."""
    return row.get(field) or (own.get(row["source"], "") if field == "place" else "")


def _short(place):
    """A place without the words for its level."""
    return LEVEL.sub("", place) or place


def holds(one, other):
    """Whether one answer is the other or a part of it, marks apart."""
    one, other = _plain(str(one)), _plain(str(other))
    return bool(one and other and (one in other or other in one))


def _number(cell):
    try:
        return round(float(cell), 6)
    except ValueError:
        return None


def _plain(name):
    return re.sub(rf"[\s{QUOTES}「」()（）、,，的]", "", name)
