"""Practices compared: which place shows what, with how much emphasis, by which instruments, and whose idea it was."""

import numpy as np
import pandas as pd

from lib.comparison import bootstrap

COUNTED = ("done", "ongoing", "case")  # planned and stated absent are shown, never counted
RANK = {"done": 0, "ongoing": 1, "case": 2, "planned": 3, "absent": 4}
EVIDENCED, PLANNED, ABSENT, SILENT = "evidenced", "planned", "absent", "not_mentioned"


def codings(corpus):
    """One row a (sentence, practice), its best coding: place, source, passage, sentence, practice, dimension,
    instrument, strength (1, 2), status, origin, id. Codes that the codebook does not have are left out."""
    rows = corpus.mentions[corpus.mentions["kind"] == "practice"].rename(columns={"key": "practice"})
    rows = rows.assign(strength=pd.to_numeric(rows["strength"]).fillna(1).astype(int), rank=rows["status"].map(RANK))
    rows = rows.merge(corpus.practices[["practice", "dimension", "instrument"]], on="practice")
    rows = rows.merge(corpus.sentences[["id", "passage"]].rename(columns={"id": "sentence"}), on="sentence")
    best = rows.sort_values(["strength", "rank"], ascending=[False, True], kind="stable")
    kept = best.drop_duplicates(["sentence", "practice"]).sort_index()
    columns = "place source passage sentence practice dimension instrument strength status origin id".split()
    return kept[columns].reset_index(drop=True)


def counted(coded):
    """The codings that count as done: neither planned nor stated absent."""
    return coded[coded["status"].isin(COUNTED)]


def matrix(coded, corpus, at_least=1):
    """One row a (place, practice): state, strength (0 to 2), sentences, ids.

    state: evidenced in at least `at_least` sentences; planned; absent where the text says that it is not there;
    not_mentioned, which is silence and no zero.
    """
    cells = dict(tuple(coded.groupby(["place", "practice"])))
    rows = [
        (place, code, *_cell(cells.get((place, code)), at_least))
        for place in corpus.places
        for code in corpus.practices["practice"]
    ]
    table = pd.DataFrame(rows, columns=["place", "practice", "sentences", "strength", "state", "ids"])
    return table.merge(corpus.practices[["practice", "dimension", "instrument"]], on="practice")


def _cell(own, at_least):
    """(sentences, strength, state, ids) of the codings of one practice in one place."""
    if own is None:
        return 0, 0, SILENT, []
    done = counted(own)
    sentences = done["sentence"].nunique()
    return (
        sentences,
        int(done["strength"].max()) if len(done) else 0,
        _state(sentences, set(own["status"]), at_least),
        list(own["id"]),
    )


def _state(sentences, said, at_least):
    if sentences >= at_least:
        return EVIDENCED
    return ABSENT if "absent" in said else PLANNED if "planned" in said else SILENT


def tallies(coded, corpus, by="dimension", units="sentence"):
    """{place: (groups, hits, sizes)} for the bootstrap: hits (passages, groups) and sizes (passages) count units.

    `units` is "sentence", or "passage", where a passage counts once however many of its sentences speak of a group.
    """
    groups = [g for g in corpus.practices[by].unique() if g]
    rows, found = counted(coded), {}
    for place in corpus.places:
        passages = corpus.passages.loc[corpus.passages["place"] == place, "id"]
        lines = corpus.sentences[corpus.sentences["place"] == place].groupby("passage").size().reindex(passages)
        once = rows[rows["place"] == place].drop_duplicates([units, by]).groupby(["passage", by]).size()
        hits = once.unstack(fill_value=0).reindex(index=passages, columns=groups).fillna(0).to_numpy()
        sizes = lines.fillna(0).to_numpy()
        found[place] = groups, hits, (sizes > 0).astype(float) if units == "passage" else sizes
    return found


def emphasis(tallied, seed, level=0.95):
    """One row a (place, group): share of the place's sentences that speak of it, low, high, hits, units.

    A group that no sentence speaks of has no spread to resample: its high end is the exact binomial one for
    the passages.
    """
    rows = []
    for place, (point, samples) in bootstrap.shares(tallied, seed).items():
        groups, hits, sizes = tallied[place]
        low, high = bootstrap.interval(samples, level)
        edge = bootstrap.none_seen(int((sizes > 0).sum()), level)
        low, high = np.where(hits.sum(0) == sizes.sum(), 1 - edge, low), np.where(hits.sum(0) == 0, edge, high)
        rows += zip(
            [place] * len(groups),
            groups,
            point,
            low,
            high,
            hits.sum(0).astype(int),
            [int(sizes.sum())] * len(groups),
            strict=True,
        )
    return pd.DataFrame(rows, columns=["place", "group", "share", "low", "high", "hits", "units"])


def contrast(tallied, seed, level=0.95):
    """One row a (place, group): its share less the mean share of the other places, low, high, and whether it
    stands out.

    Each other place has one voice, so that a long text does not speak for all. `stands` where the interval excludes 0
    and the place speaks of the group at all: what it does not mention is silence, not a low share.
    """
    sampled, rows = bootstrap.shares(tallied, seed), []
    for place, (point, samples) in sampled.items():
        others = [sampled[p] for p in sampled if p != place]
        if others:
            rest = np.mean([p for p, _ in others], axis=0)
            low, high = bootstrap.interval(samples - np.mean([s for _, s in others], axis=0), level)
            rows += zip([place] * len(point), tallied[place][0], point, rest, point - rest, low, high, strict=True)
    frame = pd.DataFrame(rows, columns=["place", "group", "share", "rest", "difference", "low", "high"])
    return frame.assign(stands=(frame["share"] > 0) & ((frame["low"] > 0) | (frame["high"] < 0)))


def instruments(coded, corpus, settings):
    """One row a (place, instrument): its share among codings that have one, low, high, codings (Rothwell &
    Zegveld 1985).

    Claimed results have no instrument and are left out. `settings`: a seed and the level of the intervals.
    """
    rows = coded[coded["instrument"] != ""]
    tallied = {}
    for place, (groups, hits, _) in tallies(rows.assign(one=rows["id"]), corpus, "instrument", "one").items():
        tallied[place] = groups, hits, hits.sum(1)
    return emphasis(tallied, settings.seed, settings.level).rename(
        columns={"group": "instrument", "hits": "codings", "units": "of"}
    )


def profiles(tallied):
    """A frame of places by groups: shares of sentences."""
    rows = {p: hits.sum(0) / max(sizes.sum(), 1) for p, (_, hits, sizes) in tallied.items()}
    groups = next(iter(tallied.values()))[0] if tallied else []
    return pd.DataFrame.from_dict(rows, orient="index", columns=groups)


def spread(states, duties=()):
    """One row a practice: dimension, in how many places it is evidenced, which, in how many with strength 2,
    and whether it is national (one of `duties`)."""
    shown = states[states["state"] == EVIDENCED]
    groups = shown.groupby("practice")
    found = groups.agg(
        places=("place", "nunique"), where=("place", list), strong=("strength", lambda s: int((s == 2).sum()))
    )
    every = states[["practice", "dimension"]].drop_duplicates().set_index("practice")
    found = every.join(found).fillna({"places": 0, "strong": 0}).astype({"places": int, "strong": int})
    found["where"] = [w if isinstance(w, list) else [] for w in found["where"]]
    found["national"] = found.index.isin(list(duties))
    return found.reset_index()


def reach(states, corpus):
    """One row a place: sentences, genre, and with their ids how many practices it evidences, strongly, or only
    plans."""
    lines = corpus.sentences.groupby("place").size()
    genre = corpus.sources.groupby("place")["genre"].agg(lambda g: "; ".join(dict.fromkeys(v for v in g if v)))
    table = pd.DataFrame({"place": corpus.places}).assign(
        genre=[genre.get(p, "") for p in corpus.places], sentences=[int(lines.get(p, 0)) for p in corpus.places]
    )
    shown = states["state"] == EVIDENCED
    for name, kept in (
        ("evidenced", shown),
        ("strong", shown & (states["strength"] == 2)),
        ("planned", states["state"] == PLANNED),
    ):
        own = [states[kept & (states["place"] == p)] for p in corpus.places]
        table[name], table[f"{name}_ids"] = [len(o) for o in own], [[i for ids in o["ids"] for i in ids] for o in own]
    return table


def evidence_of(coded, by):
    """{(place, group): ids} of the codings that count, by a column of the codings."""
    return {k: list(v) for k, v in counted(coded).groupby(["place", by])["id"]}


def templates(coded):
    """The practices whose codings are mostly national templates: what every city must do distinguishes none."""
    share = coded.assign(national=coded["origin"] == "national").groupby("practice")["national"].mean()
    return set(share[share >= 0.5].index)


def origins(corpus, kind="initiative"):
    """One row a (place, origin): how many names (initiatives) or codes (practices) come from there, and their ids."""
    rows = corpus.mentions[(corpus.mentions["kind"] == kind) & (corpus.mentions["alias_of"] == "")]
    found = rows.groupby(["place", "origin"]).agg(names=("key", "nunique"), ids=("id", list))
    every = pd.MultiIndex.from_product(
        [corpus.places, ["national", "provincial", "local", "unknown"]], names=["place", "origin"]
    )
    found = found.reindex(every)
    found["ids"] = [i if isinstance(i, list) else [] for i in found["ids"]]
    return found.fillna({"names": 0}).astype({"names": int}).reset_index()
