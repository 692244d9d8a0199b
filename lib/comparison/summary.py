"""Findings: each a row with its value, interval and evidence, made by one rule, so that it can be made again
elsewhere."""

import numpy as np
import pandas as pd

from lib.comparison import claims, models, practices, repertoire, typology
from lib.comparison.basis import Basis, Settings, results

COLUMNS = ["key", "kind", "place", "topic", "value", "low", "high", "rest", "ids"]


def findings(corpus, settings=None, kinds=None):
    """One row a finding that stands: key, kind, place, topic, value, low, high, rest (what it is against), ids.

    Kinds: those of RULES, or only `kinds`. Two findings are the same where their keys are.
    """
    basis = Basis(corpus, settings or Settings())
    wanted = [rule for rule, made in RULES.items() if kinds is None or made & set(kinds)]
    made = [rule(basis) for rule in wanted]
    return pd.concat([m for m in made if len(m)] or [_frame([])], ignore_index=True)


def _row(kind, place, topic, value, ids, rest=np.nan, low=np.nan, high=np.nan):
    return f"{kind}:{place}:{topic}", kind, place, topic, float(value), low, high, rest, ids


def _frame(rows):
    return pd.DataFrame(list(rows), columns=COLUMNS)


def stand_out(basis):
    """more, less: dimensions of which a place speaks more or less than the mean of the others that speak of them, by
    `practices.contrast`. leans: the largest differences of a place of which none stands out."""
    rows = pd.concat([basis.contrast.query("stands"), practices.leanings(basis.contrast)])
    kinds = ["leans" if not r.stands else "more" if r.difference > 0 else "less" for r in rows.itertuples()]
    ids = [_of(basis.done, r.place, "dimension", r.group) for r in rows.itertuples()]
    return _frame(
        _row(kind, r.place, r.group, r.share, own, r.rest, r.low, r.high)
        for kind, r, own in zip(kinds, rows.itertuples(), ids, strict=True)
    )


def _of(rows, place, column, value):
    """The ids of a place's rows with a value in a column."""
    return list(rows.loc[(rows["place"] == place) & (rows[column] == value), "id"])


def alone(basis):
    """alone: practices with strength 2 in one place and in no other, no result; duty: those among them for which there
    is a national template, so that others have the practice whether or not their texts say so."""
    states = basis.states
    spread = repertoire.spread(states, repertoire.templates(basis.rows))
    found = spread.query("places == 1 and strong == 1 and dimension != 'result'")
    ids = states.set_index(["place", "practice"])["ids"]
    return _frame(
        _row("duty" if r.national else "alone", r.where[0], r.practice, 1, ids[r.where[0], r.practice], rest=0.0)
        for r in found.itertuples()
        if len(basis.corpus.places) > 1
    )


def common(basis):
    """common: practices that every place with more than a short text evidences; they distinguish none."""
    long = basis.corpus.long
    states = basis.states[basis.states["place"].isin(long)]
    everywhere = repertoire.spread(states).query("places == @n", local_dict={"n": len(long)})
    ids = states.groupby("practice")["ids"].sum()
    return _frame(_row("common", "", p, len(long), ids[p]) for p in everywhere["practice"] if len(long) > 1)


def instrument(basis):
    """instrument: kinds of instrument of which a place's codings hold more, or less, than the codebook's own practices
    do (rest); the interval excludes the codebook's share."""
    found = practices.instruments(basis.rows, basis.corpus, basis.settings).query("stands")
    rows = [(r, _of(basis.done, r.place, "instrument", r.instrument)) for r in found.itertuples()]
    return _frame(_row("instrument", r.place, r.instrument, r.share, ids, r.codebook, r.low, r.high) for r, ids in rows)


def alike(basis):
    """alike: the two places whose profiles of practices are nearest, if they are so in most resamples too (rest: the
    share of them; typology.FIRM)."""
    tallied = practices.tallies(basis.rows, basis.corpus, "practice", basis.settings.units)
    pairs = typology.similarity(tallied, basis.settings.seed, basis.settings.level).dropna(subset="cosine")
    firm = pairs[(pairs["nearest"] >= typology.FIRM) & (pairs["cosine"] == pairs["cosine"].max())]
    if len(pairs) < 2 or not len(firm):
        return _frame([])
    r = firm.iloc[0]
    ids = list(basis.done.query("place in [@r.a, @r.b]")["id"])
    return _frame([_row("alike", r["a"], r["b"], r["cosine"], ids, r["nearest"])])


def local(basis):
    """local: initiatives that a place's own words call its own, with how many it names in all."""
    table = repertoire.origins(basis.corpus)
    total = table.groupby("place")["names"].sum()
    own = table[(table["origin"] == "local") & (table["names"] > 0)]
    return _frame(_row("local", r.place, "initiative", r.names, r.ids, float(total[r.place])) for r in own.itertuples())


def formula(basis):
    """formula: the three formulas of a place of which its text names most parts, at least two; value: parts,
    rest: unnamed."""
    table = models.formulas(basis.corpus.formulas, basis.corpus.places)
    rich = table[table["named"] >= 2].sort_values("named", ascending=False, kind="stable")
    best = rich.groupby("place", sort=False).head(3).rename(columns={"name": "topic"})
    return _frame(_row("formula", r.place, r.topic, r.named, r.ids, float(r.unnamed)) for r in best.itertuples())


def uncompared(basis):
    """uncompared: the share of claims that are compared with nothing, of all results and of stated changes, if by the
    low end of the interval more than half are so; rest: how many claims."""
    table = claims.uncompared(results(basis.corpus), basis.corpus.sentences, basis.settings)
    found = table[table["group"].isin(["result", "change"]) & (table["low"] > 0.5)]
    rows = found.itertuples()
    return _frame(_row("uncompared", "", r.group, r.share, r.ids, float(r.n), r.low, r.high) for r in rows)


def unmentioned(basis):
    """unmentioned: safeguards that a place's texts do not mention; value: sentences that this silence stands in.
    named: safeguards of which the word stands there and no more; value: how often."""
    states, lines = basis.states.query("dimension == 'safeguard'"), practices.lengths(basis.corpus)
    texts = basis.corpus.sources.groupby("place")["id"].agg(list)
    rows = []
    for r in states.itertuples():
        if r.state == practices.SILENT:
            rows.append(_row("unmentioned", r.place, r.practice, lines[r.place], texts[r.place]))
        if r.state == practices.NAMED:
            rows.append(_row("named", r.place, r.practice, len(r.ids), r.ids))
    return _frame(rows)


def closes(basis):
    """closes: places that describe at least one loop of work that the text calls closed; value: such loops,
    rest: all loops."""
    loops = models.loops(basis.corpus.loops, basis.corpus.places)
    shut = loops[loops["closes"].astype(bool)]
    every, ids = loops["place"].value_counts(), shut.groupby("place", sort=False)["ids"]
    return _frame(_row("closes", place, "loop", len(own), own.sum(), float(every[place])) for place, own in ids)


MADE = {stand_out: {"more", "less", "leans"}, alone: {"alone", "duty"}, unmentioned: {"unmentioned", "named"}}
ORDER = (stand_out, alone, common, instrument, alike, local, formula, uncompared, unmentioned, closes)
RULES = {rule: MADE.get(rule, {rule.__name__}) for rule in ORDER}  # a rule: the kinds of finding that it makes
