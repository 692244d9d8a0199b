"""Words compared: keyness with effect sizes, collocations, keywords in context, passages that two texts share."""

import re

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import xlogy

from lib import paths
from lib.lexicon import BadInput, compiled, table
from lib.reading import private
from lib.reading.script import simplified
from lib.reading.spans import HANZI

BLOCK = 500  # passages that are compared with all later ones at a time
Z = 1.959963984540054  # standard normal quantile of a 95% interval


def counts(terms, at_least=1):
    """A frame of places by terms: how often each term stands in a place's texts, if at least so often in all."""
    plain = terms.astype({"count": "int64"})  # sums of nullable numbers take ten times as long
    wide = plain.pivot_table(index="place", columns="term", values="count", aggfunc="sum", fill_value=0)
    return wide.loc[:, wide.sum() >= at_least]


def keyness(terms, place, at_least=5, passages=2):
    """One row a term of a place against the rest, best evidence first: count, rest, passages, per_thousand,
    rest_per_thousand, g2, log_ratio, low, high, log_odds, z. Empty where there is no rest.

    Only terms that stand `at_least` so often in all and in so many passages of the place. g2: log-likelihood of the two
    by two table (Dunning 1993); log_ratio: binary log of the relative frequency (Hardie 2014), with 0.5 added to each
    count where one is nil; log_odds, z: Monroe, Colaresi & Quinn (2008).
    """
    wide = counts(terms)
    if place not in wide.index or len(wide) < 2:
        return pd.DataFrame(columns=KEYNESS)
    here, rest = wide.loc[place].to_numpy(float), wide.drop(index=place).sum().to_numpy(float)
    told = {"term": wide.columns, "count": here, "rest": rest, "passages": _passages(terms, place, wide.columns)}
    told |= {"per_thousand": 1000 * here / here.sum(), "rest_per_thousand": 1000 * rest / rest.sum()}
    frame = pd.DataFrame({**told, "g2": g2(here, rest), **log_ratio(here, rest), **log_odds(here, rest)})
    kept = frame[(here + rest >= at_least) & ((frame["passages"] >= passages) | (here < rest))]
    return kept.sort_values(["z", "term"], ascending=[False, True]).reset_index(drop=True)


KEYNESS = "term count rest passages per_thousand rest_per_thousand g2 log_ratio low high log_odds z".split()


def _passages(terms, place, columns):
    held = terms[terms["place"] == place].groupby("term")["passage"].nunique()
    return held.reindex(columns).fillna(0).astype(int).to_numpy()


def g2(here, rest):
    """Log-likelihood ratio of each term's two by two table against independence."""
    n, m = here.sum(), rest.sum()
    cells = np.stack([here, rest, n - here, m - rest])
    row = np.stack([here + rest, here + rest, n + m - here - rest, n + m - here - rest])
    expected = row * np.array([n, m, n, m])[:, None] / (n + m)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 2 * np.nansum(xlogy(cells, np.where(cells > 0, cells / expected, 1)), axis=0)


def log_ratio(here, rest):
    """log_ratio with low and high (95%, of the relative risk: Katz et al. 1978), in binary logs."""
    n, m = here.sum(), rest.sum()
    nil = np.where((here == 0) | (rest == 0), 0.5, 0)
    a, b, n, m = here + nil, rest + nil, n + nil, m + nil
    ratio, error = np.log2((a / n) / (b / m)), np.sqrt(1 / a - 1 / n + 1 / b - 1 / m) / np.log(2)
    return {"log_ratio": ratio, "low": ratio - Z * error, "high": ratio + Z * error}


def log_odds(here, rest, prior=500):
    """log_odds and its z, with an informative Dirichlet prior of `prior` words spread as all texts together
    use them."""
    alpha = prior * (here + rest) / (here.sum() + rest.sum())
    odds = [np.log((y + alpha) / (y.sum() + prior - y - alpha)) for y in (here, rest)]
    difference = odds[0] - odds[1]
    return {"log_odds": difference, "z": difference / np.sqrt(1 / (here + alpha) + 1 / (rest + alpha))}


def distinctive(terms, places, n=8, at_least=5):
    """One row a (place, term): the `n` terms with the highest z of each place, of those whose log ratio's
    interval is above 0."""
    found = [keyness(terms, p, at_least).query("low > 0").head(n).assign(place=p) for p in places]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*KEYNESS, "place"])


def without_places(terms, places):
    """The terms without names of the compared places, of the places that they lie in, and their short forms
    (嘉兴市, 嘉兴)."""
    names = {name for name in places["zh"] if name}
    short = {compiled("level of a place").sub("", name) for name in names}
    return terms[~terms["term"].isin(names | short)]


def first(key):
    """The most distinctive of all distinctive words; nothing where there are none."""
    return key.sort_values("z", ascending=False)["term"].iloc[0] if len(key) else ""


def collocates(terms, node, at_least=3):
    """One row a term that shares passages with the terms that `node` (a regular expression) is all of: both, passages,
    log_dice (Rychly 2008), g2. Best first."""
    held, pattern = terms.drop_duplicates(["passage", "term"]), expression(node)
    nodes = [term for term in held["term"].unique() if pattern.fullmatch(term)]
    with_node = set(held.loc[held["term"].isin(nodes), "passage"])
    frequency = held.groupby("term").size()
    both = held[held["passage"].isin(with_node) & ~held["term"].isin(nodes)].groupby("term").size()
    both = both[both >= at_least].astype(float)
    alone, total = frequency.reindex(both.index).to_numpy(float), held["passage"].nunique()
    dice = 14 + np.log2(2 * both.to_numpy() / (alone + len(with_node)))
    told = {"both": both.to_numpy(int), "passages": alone.astype(int), "log_dice": dice}
    frame = pd.DataFrame({"term": both.index, **told})
    frame["g2"] = [_g2_of(b, a, len(with_node), total) for b, a in zip(frame["both"], alone, strict=True)]
    return frame.sort_values(["log_dice", "term"], ascending=[False, True]).reset_index(drop=True)


def _g2_of(both, term, node, total):
    here, rest = np.array([both, node - both], float), np.array([term - both, total - node - term + both], float)
    return g2(here, rest)[0]


def kwic(evidence, words, width=18):
    """One row for each place where words stand: source, sentence, start, end, left, word, right. Only texts at hand.

    `words`: a regular expression (人工智能|大模型); BadInput where it is none. Traditional script is searched in its
    simplified form, lines that a source broke are joined; names of persons are crossed out.
    """
    pattern = expression(words)
    rows = [
        (source, sentence, at[a], at[b - 1] + 1, shown[max(0, a - width) : a], shown[a:b], shown[b : b + width])
        for source, sentence, shown, same, at in _searchable(evidence)
        for a, b in (m.span() for m in pattern.finditer(same))
        if b > a
    ]
    return pd.DataFrame(rows, columns=["source", "sentence", "start", "end", "left", "word", "right"])


def widened(words, path=paths.LEXICON / "synonyms.csv"):
    """The words with each that lexicon/synonyms.csv has as any of its row: 网格员.{2} is (?:网格员|网格长).{2}."""
    groups = [row["words"] for row in table(path, ("words",))]
    known = {word: f"(?:{group})" for group in groups for word in group.split("|")}
    return re.sub(f"[{HANZI}]+", lambda run: known.get(run[0], run[0]), simplified(words))


def expression(words):
    """The words, in either script, as a regular expression; BadInput where they are none."""
    if not words.strip():
        raise BadInput("no words are given; expected words, or a regular expression")
    try:
        return re.compile(simplified(words))
    except re.error as e:
        raise BadInput(f"{words!r}: {e}; expected words, or a regular expression") from None


def _searchable(evidence):
    """[(source, sentence, its words as shown, the same in simplified script, their raw offsets)], made once."""
    if "_searchable" not in evidence.__dict__:
        evidence.__dict__["_searchable"] = [
            (s.source, s.id, *_joined(raw, int(s.start)))
            for s in evidence.sentences.itertuples()
            if (raw := evidence.quote(s.source, s.start, s.end))
        ]
    return evidence.__dict__["_searchable"]


def _joined(raw, start):
    """(words as shown, in simplified script, raw offsets) of a sentence, without its line ends."""
    shown = private.mask(raw)
    kept = [i for i, c in enumerate(shown) if c not in "\r\n"]
    shown = "".join(shown[i] for i in kept)
    return shown, simplified(shown), [start + i for i in kept]


def duplicates(terms, threshold=0.8, at_least=20):
    """One row for two passages of different texts that use nearly the same words: a, b, source_a, source_b, alike.

    alike: weighted Jaccard of their term counts (Ruzicka); passages with fewer than `at_least` words are left out.
    """
    columns = ["a", "b", "source_a", "source_b", "alike"]
    long = terms[terms.groupby("passage")["count"].transform("sum") >= at_least]
    if not len(long):
        return pd.DataFrame(columns=columns)
    passages, words = long["passage"].astype("category"), long["term"].astype("category")
    table = sparse.csr_array((long["count"].astype(float), (passages.cat.codes, words.cat.codes)))
    ids, source = passages.cat.categories, long.drop_duplicates("passage").set_index("passage")["source"]
    rows = [
        (ids[i], ids[j], source[ids[i]], source[ids[j]], float(a.minimum(b).sum() / a.maximum(b).sum()))
        for i, j in _candidates(table, threshold)
        for a, b in [(table[[i]], table[[j]])]
    ]
    frame = pd.DataFrame(rows, columns=columns)
    return frame[(frame["alike"] >= threshold) & (frame["source_a"] != frame["source_b"])].reset_index(drop=True)


def _candidates(table, threshold):
    """Pairs of rows whose cosine is not far below the threshold: the cheap sieve before the exact measure; a block of
    rows at a time."""
    unit = (sparse.diags_array(1 / np.sqrt(np.asarray(table.power(2).sum(axis=1)).ravel())) @ table).tocsr()
    for begin in range(0, unit.shape[0], BLOCK):
        alike = (unit[begin : begin + BLOCK] @ unit[begin:].T).tocoo()
        near = (alike.data >= threshold - 0.2) & (alike.coords[1] > alike.coords[0])
        found = sorted(zip(*(at[near] + begin for at in alike.coords), strict=True))
        yield from found


def once(pairs, sources):
    """The ids of passages that repeat one of an earlier text (by date, then by id): what a count of distinct
    words leaves out."""
    rank = {s: i for i, s in enumerate(sources.sort_values(["published", "id"])["id"])}
    return {r.b if rank[r.source_a] <= rank[r.source_b] else r.a for r in pairs.itertuples()}


def repeated(corpus):
    """The ids of passages that repeat one of an earlier text of the corpus, in order."""
    return sorted(once(duplicates(corpus.terms), corpus.sources))


def phrases(shared, evidence=None, at_least=8):
    """One row a run of the same words in two texts, longest first: source_a, start_a, end_a, source_b, start_b, end_b,
    characters, words (where a text is at hand, in simplified script, of the text that garbles fewer)."""
    long = shared[shared["characters"] >= at_least].sort_values(
        ["characters", "source_a", "start_a"], ascending=[False, True, True]
    )
    quote = evidence.quote if evidence is not None else lambda *span: None
    both = [(quote(r.source_a, r.start_a, r.end_a), quote(r.source_b, r.start_b, r.end_b)) for r in long.itertuples()]
    words = [simplified(min(filter(None, told), key=len, default="")) for told in both]
    return long.assign(words=words).reset_index(drop=True)
