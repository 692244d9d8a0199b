"""Tables for the report from tables of a comparison: few columns, intervals in words, numbers that carry their
evidence."""

import math

import pandas as pd

from lib.comparison.elements import english
from lib.comparison.practices import evidence_of
from lib.report.show import numbers, style


def cited(report, frame, **formats):
    """The frame with each named column as numbers that carry their evidence: the ids of column `NAME_ids`,
    else of `ids`."""
    led = {c: zip(frame[c], frame[ids_column(frame, c)], strict=True) for c in formats}
    made = {c: [_cell(report, value, ids, formats[c]) for value, ids in cells] for c, cells in led.items()}
    kept = [c for c in frame.columns if c != "ids" and not c.endswith("_ids")]
    table = frame[kept].assign(**made)
    return in_order(table) if "place" in table else table


def ids_column(frame, column):
    """The column with the ids behind a column: its own, else those of the row."""
    return f"{column}_ids" if f"{column}_ids" in frame else "ids"


def _cell(report, value, ids, template):
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "" if missing else report.number(value, ids, template)


def in_order(frame):
    """The rows in the order of the places."""
    rank = {p: n for n, p in enumerate(style.order(frame["place"]))}
    return frame.sort_values("place", key=lambda c: c.map(rank), kind="stable")


def spread(report, frame):
    """Practices with the places that evidence them: practice, places, strong, origin."""
    names = [", ".join(report.label(p, "short") for p in style.order(where)) for where in frame["where"]]
    national = ["national" if n else "" for n in frame["national"]]
    return pd.DataFrame({"practice": frame["practice"], "places": names, "strong": frame["strong"], "origin": national})


def ends(report, frame, corpus):
    """The practices evidenced in all places, and in one only, as `spread` shows them."""
    told = frame[frame["places"].isin([1, len(corpus.places)]) & (frame["places"] > 0)]
    return spread(report, told.sort_values(["places", "strong"], ascending=False))


def silenced(report, frame, *columns):
    """The frame with "not mentioned" where a count of those columns is 0: silence is no zero."""
    words = {c: [v if v else report.label("not_mentioned") for v in frame[c]] for c in columns}
    return frame.assign(**{c: pd.Series(v, index=frame.index, dtype=object) for c, v in words.items()})


def instruments(report, mix, coded):
    """The mix of instruments, a row a place."""
    return shares(report, mix, "instrument", evidence_of(coded, "instrument"))


def shares(report, frame, group, ids):
    """Shares with intervals, a row a place, a column a group: 61% [52%, 70%], each with its evidence.

    `ids`: {(place, group): ids}.
    """
    rows = {}
    for r in frame.itertuples():
        name = getattr(r, group)
        rows.setdefault(r.place, {})[name] = report.number(numbers.share(r), ids.get((r.place, name), ()))
    return pd.DataFrame([{"place": p, **cells} for p, cells in rows.items()])


def by_origin(report, origins):
    """Initiatives by origin: a row a place, a column an origin, and how many in all; silence is no zero."""
    silent = report.label("not_mentioned")
    rows = [
        {"place": p, **{r.origin: report.number(r.names or silent, r.ids) for r in own.itertuples()}}
        | {"all": report.number(int(own["names"].sum()), own["ids"])}
        for p, own in origins.groupby("place", sort=False)
    ]
    columns = ["place", "local", "provincial", "national", "unknown", "all"]
    return pd.DataFrame(rows, columns=columns if rows else ["place"])


def grid(frame, row, value):
    """(a frame of numbers, {(place, key of a row): ids}): a row each of `row`, a column each place; nan where a place
    has none."""
    if not len(frame):
        return pd.DataFrame(), {}
    frame = frame[frame[row] != ""]
    order = list(dict.fromkeys(frame[row]))
    wide = frame.pivot_table(index=row, columns="place", values=value, aggfunc="sum", sort=False, observed=True)
    return wide.reindex(order), frame.groupby(["place", row])["ids"].agg("sum").to_dict()


def keyness(report, frame, terms):
    """Keywords: place, term, frequency and rest (which lead to the passages), g2, log_ratio with its interval, z."""
    rows = [_keyword(report, r, terms[terms["term"] == r.term]) for r in frame.itertuples()]
    table = pd.DataFrame(rows, columns=["place", "term", "frequency", "rest", "g2", "log_ratio", "z"])
    return in_order(table)


def glossed(report, words):
    """Chinese words in English, for the English edition: composed word by word, "" where one is not known."""
    return [english.english(w) if report.language == "en" else "" for w in words]


def _keyword(report, r, found):
    here = found["place"] == r.place
    counts = (report.number(int(n), found[at]["passage"].tolist()) for n, at in ((r.count, here), (r.rest, ~here)))
    return r.place, r.term, *counts, r.g2, f"{r.log_ratio:.1f} [{r.low:.1f}, {r.high:.1f}]", r.z


def phrases(report, shared):
    """Runs of words that two texts share: characters, both texts with positions (which lead to passages), words."""
    spans = ("source_a", "start_a", "end_a"), ("source_b", "start_b", "end_b")
    rows = [
        (r.characters, *(_at(report, *(getattr(r, c) for c in span)) for span in spans), r.words)
        for r in shared.itertuples()
    ]
    return pd.DataFrame(rows, columns=["characters", "source_a", "source_b", "words"])


def _at(report, source, start, end):
    passages = report.evidence.passages
    own = passages[(passages["source"] == source) & (passages["start"] <= start) & (passages["end"] > start)]
    return report.number(f"{report.source(source)} {start}–{end}", own)


def cleaning(report, frame, ledger):
    """What cleaning touched: text, characters by action (which lead to the edits), characters, share cut."""
    texts = frame["source"].to_list()
    kinds = [c for c in frame if c in set(ledger["action"])]
    acts = {c: [_edits(report, r, c, ledger) for r in frame.to_dict("records")] for c in kinds}
    named = [report.number(report.source(s), [s]) for s in texts]
    share = [numbers.percent(v) for v in frame["cut_share"]]
    return frame.assign(source=named, **acts, cut_share=share)


def _edits(report, row, action, ledger):
    own = ledger[(ledger["source"] == row["source"]) & (ledger["action"] == action)]
    return report.number(row[action], own) if len(own) else ""


def lengths(report, read):
    """Numbers for a sentence on how much was read: texts, places, least and most characters of one."""
    kept = read["kept_characters"]
    ends = {name: report.number(n, read) for name, n in (("least", kept.min()), ("most", kept.max()))}
    return {"texts": report.count(read), "places": report.number(read["place"].nunique(), read), **ends}


def texts(report, read):
    """The texts: place and place_level, publisher, genre, issuer, published, characters kept."""
    shown = read[["place", "publisher", "genre", "issuer", "published", "kept_characters"]]
    shown.insert(1, "place_level", shown["place"].map(report.evidence.places["level"]).fillna(""))
    return cited(report, shown.assign(ids=read["id"]), kept_characters="{:,}")


def repeated(report, again, corpus):
    """Numbers for a sentence on passages that repeat others: all, repeated, once."""
    passages = len(corpus.passages)
    told = {"all": report.number(passages, corpus.sources), "repeated": report.number(len(again), again)}
    return {**told, "once": report.number(passages - len(again), corpus.sources)}


def largest(values):
    """The largest value as a whole number; 0 where there are none."""
    return int(values.max()) if len(values) else 0
