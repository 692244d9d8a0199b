"""Practices compared: which place shows what, with how much emphasis, by which instruments, and whose idea it was."""

import numpy as np
import pandas as pd

from lib.comparison import bootstrap
from lib.comparison.status import COUNTED

RANK = {"done": 0, "ongoing": 1, "case": 2, "planned": 3, "norm": 4, "absent": 5}
EVIDENCED, PLANNED, NORM, ABSENT = "evidenced", "planned", "norm", "absent"
NAMED, SILENT = "named_only", "not_mentioned"


def codings(corpus):
    """One row a (sentence, practice), its best coding: place, source, passage, sentence, practice, dimension,
    instrument, strength (1, 2), status, origin, id. Codes that the codebook does not have are left out.

    The word for a safeguard alone (strength 1), or in a plan, bounds no power: its status is "named_only", and it never
    counts.
    """
    rows = corpus.mentions[corpus.mentions["kind"] == "practice"].rename(columns={"key": "practice"})
    rows = rows.assign(strength=pd.to_numeric(rows["strength"]).fillna(1).astype(int), rank=rows["status"].map(RANK))
    rows = rows.merge(corpus.practices[["practice", "dimension", "instrument"]], on="practice")
    rows = rows.merge(corpus.sentences[["id", "passage"]].rename(columns={"id": "sentence"}), on="sentence")
    best = rows.sort_values(["strength", "rank"], ascending=[False, True], kind="stable")
    kept = best.drop_duplicates(["sentence", "practice"]).sort_index()
    bare = (kept["dimension"] == "safeguard") & (kept["strength"] < 2) & (kept["status"] != ABSENT)
    columns = "place source passage sentence practice dimension instrument strength status origin id".split()
    return kept.assign(status=kept["status"].mask(bare, NAMED))[columns].reset_index(drop=True)


def counted(coded):
    """The codings that count as done: neither planned, prescribed nor absent, nor the mere word for a safeguard."""
    return coded[coded["status"].isin(COUNTED)]


def codable(corpus):
    """The sentences that can be coded, above and below every share: no titles and headings, no background."""
    return corpus.sentences[corpus.sentences["codable"] == "true"]


def lengths(corpus):
    """How many codable sentences each place has, in the order of the places."""
    return codable(corpus).groupby("place").size().reindex(corpus.places).fillna(0).astype(int)


def matrix(coded, corpus, at_least=1):
    """One row a (place, practice): sentences, strength (0 to 2), state, ids, dimension, instrument.

    state: evidenced in at least `at_least` sentences; planned; norm where a rule prescribes it; absent where the text
    says that it is not there; named_only where the word for a safeguard stands and nothing is said of it;
    not_mentioned, which is silence and no zero.
    """
    cell = ["place", "practice"]
    done, all_of = counted(coded).groupby(cell), coded.groupby(cell)
    every = pd.MultiIndex.from_product([corpus.places, corpus.practices["practice"]], names=cell)
    table = pd.DataFrame({"sentences": done["sentence"].nunique(), "strength": done["strength"].max()}, index=every)
    said = all_of.agg(said=("status", set), ids=("id", list)).reindex(every)
    table = table.fillna(0).astype(int).join(said).reset_index()
    table["ids"] = filled(table["ids"])
    table["state"] = [_state(n, s, at_least) for n, s in zip(table["sentences"], table.pop("said"), strict=True)]
    return table.merge(corpus.practices[["practice", "dimension", "instrument"]], on="practice")


def lacking(states):
    """The rows of a matrix of practices that a place's texts don't mention, though more than half of the others do."""
    told = states["state"] != SILENT
    others = told.groupby(states["practice"]).transform("sum") / (states["place"].nunique() - 1 or 1)
    return states[~told & (others > 0.5)]


def filled(lists):
    """A column of lists, empty ones where a frame had no row."""
    return [own if isinstance(own, (list, tuple)) else [] for own in lists]


def _state(sentences, said, at_least):
    if sentences >= at_least:
        return EVIDENCED
    return next((s for s in (ABSENT, PLANNED, NORM, NAMED) if isinstance(said, set) and s in said), SILENT)


def tallies(coded, corpus, by="dimension", units="sentence"):
    """{place: (groups, hits, sizes)} for the bootstrap: hits (passages, groups) and sizes (passages) count units.

    `units` is "sentence", or "passage", where a passage counts once however many of its sentences speak of a group.
    Only sentences that can be coded are counted.
    """
    groups = [g for g in corpus.practices[by].unique() if g]
    able = codable(corpus)
    passages = corpus.passages.loc[corpus.passages["id"].isin(able["passage"]), ["id", "place"]]
    done = counted(coded)
    once = done[done["sentence"].isin(able["id"])].drop_duplicates([units, by]).groupby(["passage", by]).size()
    hits = once.unstack(fill_value=0).reindex(index=passages["id"], columns=groups).fillna(0).to_numpy()
    sizes = able.groupby("passage").size().reindex(passages["id"]).fillna(0).to_numpy()
    sizes = (sizes > 0).astype(float) if units == "passage" else sizes
    own = {place: (passages["place"] == place).to_numpy() for place in corpus.places}
    return {place: (groups, hits[here], sizes[here]) for place, here in own.items()}


EMPHASIS = ["place", "group", "share", "low", "high", "hits", "units", "passages"]


def emphasis(tallied, seed, level=0.95):
    """One row a (place, group): share of the place's units that speak of it, low, high, hits, units, and how many of
    the place's passages are coded at all.

    Below bootstrap.LEAST coded passages there is no interval. Where no unit speaks of a group, or all do, nothing
    varies from sample to sample: the end is the exact binomial one for the passages.
    """
    rows = []
    for place, (point, samples) in bootstrap.shares(tallied, seed).items():
        groups, hits, sizes = tallied[place]
        passages, seen = bootstrap.coded(hits), hits.sum(0)
        low, high = bootstrap.interval(samples, level, passages)
        edge, none, every = bootstrap.none_seen(int((sizes > 0).sum()), level), seen == 0, seen == sizes.sum()
        low, high = np.where(none, 0, np.where(every, 1 - edge, low)), np.where(none, edge, np.where(every, 1, high))
        rows += [
            (place, *cell, int(sizes.sum()), passages)
            for cell in zip(groups, point, low, high, seen.astype(int), strict=True)
        ]
    return pd.DataFrame(rows, columns=EMPHASIS)


CONTRAST = ["place", "group", "share", "rest", "difference", "low", "high", "passages", "tested", "stands"]


def contrast(tallied, seed, level=0.95):
    """One row a (place, group): its share, rest (the mean share of the other places that speak of it), their
    difference with low and high, the place's coded passages, whether it was tested, whether it stands out.

    Each other place has one voice, so that a long text does not speak for all. Tested: the place speaks of the group,
    so does another, and enough passages are coded. Stands: the interval excludes 0, and so does that of the difference
    from the mean of all other places with silence as 0: no finding hangs on how silence is counted.
    """
    sampled, rows = bootstrap.shares(tallied, seed), []
    for place in sampled if len(sampled) > 1 else ():
        groups, hits, _ = tallied[place]
        rows += zip([place] * len(groups), groups, *_against(place, sampled, bootstrap.coded(hits), level), strict=True)
    return pd.DataFrame(rows, columns=CONTRAST)


def _against(place, sampled, passages, level):
    """The columns of `contrast` for one place, from share on."""
    point, samples = sampled[place]
    others = [(p, np.where(np.isnan(s), p, s)) for q, (p, s) in sampled.items() if q != place]
    speak = np.array([p > 0 for p, _ in others])
    rest, drawn = _mean(others, speak)
    low, high = bootstrap.interval(samples - drawn, level, passages)
    low0, high0 = bootstrap.interval(samples - _mean(others, np.ones_like(speak))[1], level, passages)
    tested = (point > 0) & speak.any(axis=0) & (passages >= bootstrap.LEAST)
    stands = tested & (((low > 0) & (low0 > 0)) | ((high < 0) & (high0 < 0)))
    return point, rest, point - rest, low, high, [passages] * len(point), tested, stands


def _mean(others, kept):
    """(point, samples): the mean over those places of each group that are `kept`; nan where none is."""
    count = np.where(kept.any(axis=0), kept.sum(axis=0), np.nan)
    point = sum(np.where(k, p, 0) for k, (p, _) in zip(kept, others, strict=True)) / count
    return point, sum(np.where(k, s, 0) for k, (_, s) in zip(kept, others, strict=True)) / count


def instruments(coded, corpus, settings):
    """One row a (place, instrument): its share among codings that have one, low, high, codings, of, passages,
    codebook (the instrument's share of the codebook's own practices), stands (Rothwell & Zegveld 1985).

    A list of practices that is mostly supply finds mostly supply: the interval has to exclude the codebook's own
    share. Claimed results have no instrument and are left out. `settings`: a seed and the level of the intervals.
    """
    rows = coded[coded["instrument"] != ""]
    tallied = {}
    for place, (groups, hits, _) in tallies(rows.assign(one=rows["id"]), corpus, "instrument", "one").items():
        tallied[place] = groups, hits, hits.sum(1)
    mix = emphasis(tallied, settings.seed, settings.level).rename(
        columns={"group": "instrument", "hits": "codings", "units": "of"}
    )
    mix["codebook"] = mix["instrument"].map(codebook_mix(corpus))
    return mix.assign(stands=(mix["of"] > 0) & ((mix["low"] > mix["codebook"]) | (mix["high"] < mix["codebook"])))


def codebook_mix(corpus):
    """{instrument: its share of the codebook's practices that have one}."""
    kinds = corpus.practices["instrument"]
    return kinds[kinds != ""].value_counts(normalize=True).to_dict()


def chance(contrast, level):
    """(differences tested, how many stand out, about how many would by chance if nothing differed)."""
    tested = int(contrast["tested"].sum())
    return tested, int(contrast["stands"].sum()), tested * (1 - level)


def leanings(contrast):
    """The two largest differences of each place of which none stands out: counts, kept apart from 0 by no interval."""
    told = contrast[(contrast["share"] > 0) & (contrast["difference"].abs().round(2) > 0)].dropna(subset="difference")
    told = told[~told["place"].isin(contrast.loc[contrast["stands"], "place"])]
    order = told["difference"].abs().sort_values(ascending=False, kind="stable").index
    return told.loc[order].groupby("place", sort=False).head(2)


def evidence_of(coded, by):
    """{(place, group): ids} of the codings that count, by a column of the codings."""
    return {k: list(v) for k, v in counted(coded).groupby(["place", by])["id"]}
