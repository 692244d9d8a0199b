"""Bootstrap of shares over passages, the units in which a text is written (Efron & Tibshirani 1993, ch. 13)."""

from zlib import crc32

import numpy as np
from scipy.special import ndtr, stdtrit  # scipy.stats would take half a second to load

DRAWS = 2000
LEAST = 10  # coded passages below which no resampled interval is given


def generator(seed, *names):
    """A random generator that depends on the seed and the names alone, not on which other places are compared."""
    return np.random.default_rng([seed, *(crc32(str(n).encode()) for n in names)])


def weights(passages, draws, rng):
    """How often each passage is drawn, in `draws` samples of as many passages: a (draws, passages) array."""
    return rng.multinomial(passages, np.full(passages, 1 / passages), size=draws)


def ratios(hits, sizes, drawn):
    """Shares of `hits` (passages, columns) in `sizes` (passages) for each sample of `drawn`; nan where a
    sample is empty."""
    total = (drawn @ sizes).astype(float)
    total[total == 0] = np.nan
    return (drawn @ hits) / total[:, None]


def shares(tallied, seed, draws=DRAWS):
    """{place: (point, samples)}: the share of a place's units that speak of each group, and its bootstrap samples."""
    found = {}
    for place, (_, hits, sizes) in tallied.items():
        drawn = weights(len(sizes), draws, generator(seed, place)) if len(sizes) > 1 else None
        point = hits.sum(0) / sizes.sum() if sizes.sum() else np.full(hits.shape[1], np.nan)
        found[place] = point, np.full((draws, hits.shape[1]), np.nan) if drawn is None else ratios(hits, sizes, drawn)
    return found


def coded(hits):
    """How many passages carry any coding; `hits`: (passages, columns)."""
    return int((np.asarray(hits).sum(axis=1) > 0).sum())


def interval(samples, level, passages):
    """(low, high) of each column, for samples of so many coded `passages`; nan where they are fewer than LEAST.

    Expanded percentiles: wider than plain ones by what Student's t and the division by n - 1 add for few passages
    (Hesterberg 2015, The American Statistician 69: 371-386).
    """
    samples = np.asarray(samples, float)
    if passages < LEAST:
        return np.full((2, samples.shape[1]), np.nan)
    tail = ndtr(-np.sqrt(passages / (passages - 1)) * stdtrit(passages - 1, (1 + level) / 2))
    return _ends(samples, tail)


def middle(samples, level=0.95):
    """(low, high) of the middle share of the samples of each column: the range of the resamples, not an interval."""
    return _ends(np.asarray(samples, float), (1 - level) / 2)


def _ends(samples, tail):
    """The quantiles of each column at both tails; nan for a column without any value."""
    ends = np.full((2, samples.shape[1]), np.nan)
    some = ~np.isnan(samples).all(axis=0) if len(samples) else np.zeros(samples.shape[1], bool)
    if some.any():
        ends[:, some] = np.nanquantile(samples[:, some], [tail, 1 - tail], axis=0)
    return ends


def share(hits, sizes, rng, level=0.95):
    """(low, high) of the share of `hits` in `sizes`, both by passage; exact for the passages where it is 0 or 1."""
    if not len(sizes):
        return np.nan, np.nan
    low, high = interval(ratios(hits[:, None], sizes, weights(len(sizes), DRAWS, rng)), level, len(sizes))[:, 0]
    edge = none_seen(len(sizes), level)
    return (0.0, edge) if hits.sum() == 0 else (1 - edge, 1.0) if hits.sum() == sizes.sum() else (low, high)


def none_seen(trials, level=0.95):
    """The high end of the exact (Clopper-Pearson) interval of a share of which none was seen; nan without trials."""
    return 1 - ((1 - level) / 2) ** (1 / trials) if trials else np.nan
