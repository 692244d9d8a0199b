"""Findings: each a row with its value, interval and evidence, made by one rule, so that it can be made again
elsewhere."""

import numpy as np
import pandas as pd

from lib.comparison import bootstrap, models, practices, typology
from lib.comparison.basis import Basis, Settings, coded, outcomes

COLUMNS = ["key", "kind", "place", "topic", "value", "low", "high", "rest", "ids"]


def findings(corpus, settings=None, kinds=None):
    """One row a finding that stands: key, kind, place, topic, value, low, high, rest (what it is against), ids.

    Kinds: those of RULES, or only `kinds`. Two findings are the same where their keys are.
    """
    basis = Basis(corpus, settings or Settings())
    wanted = [rule for rule, made in RULES.items() if kinds is None or made & set(kinds)]
    made = [rule(basis) for rule in wanted]
    return pd.concat([m for m in made if len(m)] or [_frame([])], ignore_index=True)


def _frame(rows):
    """Findings of (kind, place, topic, value, low, high, rest, ids)."""
    keyed = [(":".join((r[0], r[1], r[2])), *r) for r in rows]
    return pd.DataFrame(keyed, columns=COLUMNS)


def stand_out(basis):
    """more, less: dimensions of which a place speaks more or less than the mean of the others; the interval
    excludes 0."""
    tallied = practices.tallies(basis.rows, basis.corpus, units=basis.settings.units)
    found = practices.contrast(tallied, basis.settings.seed, basis.settings.level).query("stands")
    return _frame(
        [
            (
                "more" if r.difference > 0 else "less",
                r.place,
                r.group,
                r.share,
                r.low,
                r.high,
                r.rest,
                list(basis.done.loc[(basis.done["place"] == r.place) & (basis.done["dimension"] == r.group), "id"]),
            )
            for r in found.itertuples()
        ]
    )


def alone(basis):
    """alone: practices with strength 2 in one place and in no other; no result, no national template."""
    states = basis.states
    spread = practices.spread(states).query("places == 1 and strong == 1 and dimension != 'result'")
    duties = practices.templates(basis.rows)
    found = [r for r in spread.itertuples() if r.practice not in duties and len(basis.corpus.places) > 1]
    return _frame(
        [
            ("alone", r.where[0], r.practice, 1.0, np.nan, np.nan, 0.0, _ids(states, r.where[0], r.practice))
            for r in found
        ]
    )


def common(basis):
    """common: practices that every place evidences; they distinguish none."""
    states = basis.states
    everywhere = practices.spread(states).query("places == @n", local_dict={"n": len(basis.corpus.places)})
    return _frame(
        [
            (
                "common",
                "",
                p,
                float(len(basis.corpus.places)),
                np.nan,
                np.nan,
                np.nan,
                [i for ids in states.loc[states["practice"] == p, "ids"] for i in ids],
            )
            for p in everywhere["practice"]
            if len(basis.corpus.places) > 1
        ]
    )


def _ids(states, place, practice):
    return states.loc[(states["place"] == place) & (states["practice"] == practice), "ids"].iloc[0]


def instrument(basis):
    """instrument: the kind of instrument that makes up more than half of a place's codings, by the low end of
    its interval."""
    found = practices.instruments(basis.rows, basis.corpus, basis.settings).query("low > 0.5")
    return _frame(
        [
            (
                "instrument",
                r.place,
                r.instrument,
                r.share,
                r.low,
                r.high,
                0.5,
                list(
                    basis.done.loc[(basis.done["place"] == r.place) & (basis.done["instrument"] == r.instrument), "id"]
                ),
            )
            for r in found.itertuples()
        ]
    )


def alike(basis):
    """alike: the two places whose profiles of practices are nearest, against the mean of all pairs."""
    tallied = practices.tallies(basis.rows, basis.corpus, "practice", basis.settings.units)
    pairs = typology.similarity(tallied, basis.settings.seed, basis.settings.level).dropna(subset="cosine")
    if len(pairs) < 2:
        return _frame([])
    r = pairs.loc[pairs["cosine"].idxmax()]
    ids = list(basis.done.query("place in [@r.a, @r.b]")["id"])
    return _frame([("alike", r["a"], r["b"], r["cosine"], r["low"], r["high"], pairs["cosine"].mean(), ids)])


def local(basis):
    """local: initiatives that a place's own words call its own, with how many it names in all."""
    table = practices.origins(basis.corpus)
    total = table.groupby("place")["names"].sum()
    own = table[(table["origin"] == "local") & (table["names"] > 0)]
    return _frame(
        [
            ("local", r.place, "initiative", float(r.names), np.nan, np.nan, float(total[r.place]), r.ids)
            for r in own.itertuples()
        ]
    )


def formula(basis):
    """formula: the three formulas of a place of which its text names most parts, at least two; value: parts,
    rest: unnamed."""
    table = models.formulas(basis.corpus.formulas, basis.corpus.places)
    best = (
        table[table["named"] >= 2]
        .sort_values("named", ascending=False, kind="stable")
        .groupby("place", sort=False)
        .head(3)
    )
    return _frame(
        [
            ("formula", r.place, r.topic, float(r.named), np.nan, np.nan, float(r.unnamed), r.ids)
            for r in best.rename(columns={"name": "topic"}).itertuples()
        ]
    )


def uncompared(basis):
    """uncompared: the share of outcome claims of all texts at level 0, where nothing is compared, if more than
    half are so."""
    claims = outcomes(basis.corpus)
    table = claims.merge(basis.corpus.sentences[["id", "passage"]].rename(columns={"id": "sentence"}), on="sentence")
    passages = table.groupby("passage")["compared"].agg(lambda c: (~c).sum()).to_numpy(float)
    sizes = table.groupby("passage").size().to_numpy(float)
    if not len(sizes):
        return _frame([])
    bare, names = claims[~claims["compared"]], ("claims", "uncompared")
    low, high = bootstrap.share(passages, sizes, bootstrap.generator(basis.settings.seed, *names), basis.settings.level)
    row = ("uncompared", "", "claim", len(bare) / len(claims), low, high, float(len(claims)), list(bare["id"]))
    return _frame([row] if low > 0.5 else [])


def unmentioned(basis):
    """unmentioned: safeguards that a place's texts do not mention; value: sentences that this silence stands in."""
    states = basis.states.query("dimension == 'safeguard' and state == 'not_mentioned'")
    lines = basis.corpus.sentences.groupby("place").size()
    texts = basis.corpus.sources.groupby("place")["id"].agg(list)
    return _frame(
        [
            ("unmentioned", r.place, r.practice, float(lines.get(r.place, 0)), np.nan, np.nan, np.nan, texts[r.place])
            for r in states.itertuples()
        ]
    )


def closes(basis):
    """closes: places that describe at least one loop of work that the text calls closed; value: such loops,
    rest: all loops."""
    loops = models.loops(basis.corpus.loops, basis.corpus.places)
    shut = loops[loops["closes"].astype(bool)]
    return _frame(
        [
            (
                "closes",
                place,
                "loop",
                float(len(own)),
                np.nan,
                np.nan,
                float((loops["place"] == place).sum()),
                [i for ids in own["ids"] for i in ids],
            )
            for place, own in shut.groupby("place", sort=False)
        ]
    )


RULES = {
    stand_out: {"more", "less"},
    alone: {"alone"},
    common: {"common"},
    instrument: {"instrument"},
    alike: {"alike"},
    local: {"local"},
    formula: {"formula"},
    uncompared: {"uncompared"},
    unmentioned: {"unmentioned"},
    closes: {"closes"},
}


def overview(corpus, settings):
    """One row a place: genre, sentences, and with their ids: practices evidenced, initiatives, local ones,
    outcome claims, claims compared with anything, safeguards mentioned."""
    rows = practices.counted(coded(corpus, settings))
    names = corpus.mentions[(corpus.mentions["kind"] == "initiative") & (corpus.mentions["alias_of"] == "")]
    claims = outcomes(corpus)
    parts = {
        "practices": (rows, "practice"),
        "initiatives": (names, "key"),
        "local_initiatives": (names[names["origin"] == "local"], "key"),
        "claims": (claims, "id"),
        "compared": (claims[claims["compared"]], "id"),
        "safeguards": (rows[rows["dimension"] == "safeguard"], "practice"),
    }
    table = pd.DataFrame({"place": corpus.places})
    table["sentences"] = [int((corpus.sentences["place"] == p).sum()) for p in corpus.places]
    for name, (frame, column) in parts.items():
        own = [frame[frame["place"] == p] for p in corpus.places]
        table[name], table[f"{name}_ids"] = [o[column].nunique() for o in own], [list(o["id"]) for o in own]
    return table
