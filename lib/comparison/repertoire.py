"""The repertoire of practices: what everybody has, what one place has, how much of it a longer text explains."""

from math import comb, nan

import pandas as pd

from lib.comparison import practices
from lib.schemas import ORIGINS


def spread(states, duties=()):
    """One row a practice: dimension, in how many places it is evidenced, which, in how many with strength 2,
    and whether it is national (one of `duties`)."""
    shown = states[states["state"] == practices.EVIDENCED]
    strong = ("strength", lambda s: int((s == 2).sum()))
    found = shown.groupby("practice").agg(places=("place", "nunique"), where=("place", list), strong=strong)
    every = states[["practice", "dimension"]].drop_duplicates().set_index("practice")
    found = every.join(found).fillna({"places": 0, "strong": 0}).astype({"places": int, "strong": int})
    found["where"] = practices.filled(found["where"])
    found["national"] = found.index.isin(list(duties))
    return found.reset_index()


def reach(states, corpus):
    """One row a place: sentences, genre, and with their ids how many practices it evidences, strongly, only plans, or
    has prescribed; rarefied: how many it would evidence in as many sentences as the shortest text has; nan where the
    text is short."""
    lines = practices.lengths(corpus)
    genre = corpus.sources.groupby("place")["genre"].agg(lambda g: "; ".join(dict.fromkeys(v for v in g if v)))
    genres = [genre.get(p, "") for p in corpus.places]
    table = pd.DataFrame({"place": corpus.places, "genre": genres, "sentences": lines.to_list()})
    shown = states["state"] == practices.EVIDENCED
    kinds = {"evidenced": shown, "strong": shown & (states["strength"] == 2)}
    kinds |= {state: states["state"] == state for state in (practices.PLANNED, practices.NORM)}
    for name, kept in kinds.items():
        own = [states[kept & (states["place"] == p)] for p in corpus.places]
        table[name], table[f"{name}_ids"] = [len(o) for o in own], [[i for ids in o["ids"] for i in ids] for o in own]
    own = {p: states.loc[shown & (states["place"] == p), "sentences"] for p in corpus.places}
    sample = shortest(corpus)
    table["rarefied"] = [rarefied(own[p], lines[p], sample) if p in corpus.long else nan for p in corpus.places]
    return table.assign(rarefied_ids=table["evidenced_ids"])


def shortest(corpus):
    """The codable sentences of the shortest text that has any and is not flagged as short: the size at which
    repertoires are compared."""
    lines = practices.lengths(corpus).reindex(corpus.long)
    return int(lines[lines > 0].min()) if (lines > 0).any() else 0


def rarefied(hits, sentences, sample):
    """How many practices a `sample` of so many sentences evidences on average (Hurlbert 1971, Ecology 52: 577-586).

    `hits`: in how many of all the `sentences` each practice stands.
    """
    every = comb(int(sentences), int(sample)) or 1
    return float(sum(1 - comb(max(int(sentences) - int(k), 0), int(sample)) / every for k in hits))


def templates(coded):
    """The practices whose codings are mostly national templates: what every city must do distinguishes none."""
    share = coded.assign(national=coded["origin"] == "national").groupby("practice")["national"].mean()
    return set(share[share >= 0.5].index)


def origins(corpus):
    """One row a (place, origin): how many names of initiatives come from there, and their ids."""
    rows = corpus.mentions[(corpus.mentions["kind"] == "initiative") & (corpus.mentions["alias_of"] == "")]
    found = rows.groupby(["place", "origin"]).agg(names=("key", "nunique"), ids=("id", list))
    every = pd.MultiIndex.from_product([corpus.places, ORIGINS], names=["place", "origin"])
    found = found.reindex(every)
    found["ids"] = practices.filled(found["ids"])
    return found.fillna({"names": 0}).astype({"names": int}).reset_index()
