"""How alike places are, the types they form, and whether those would stand had the texts been a little different."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from lib.comparison import bootstrap

DRAWS = 500
FIRM = 0.7  # of the resamples: a group, or a nearest pair, that comes again less often is none


def cosine(table):
    """Cosine similarity of each two rows of an array of profiles; nan for an empty profile."""
    norms = np.linalg.norm(table, axis=-1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = table / norms
    return unit @ np.swapaxes(unit, -1, -2)


def similarity(tallied, seed, level=0.95):
    """One row for two places: cosine of their profiles, low and high of the range of its resamples, nearest (the share
    of resamples in which no other two are nearer), jaccard of what they evidence, shared, either.

    The range is no interval: noise draws the cosines of resamples below the observed one.
    """
    sampled, places = bootstrap.shares(tallied, seed), list(tallied)
    pairs = list(combinations(range(len(places)), 2))
    point = cosine(np.array([sampled[p][0] for p in places]))
    drawn = cosine(np.stack([sampled[p][1] for p in places], axis=1)) if pairs else np.empty((0, 0, 0))
    values = np.stack([drawn[:, i, j] for i, j in pairs], axis=1) if pairs else np.empty((0, 0))
    low, high = bootstrap.middle(values, level)
    known = values[~np.isnan(values).all(axis=1)]  # a text of one passage has no resamples
    first = np.full(len(pairs), np.nan)
    if len(known):
        first = np.bincount(np.nan_to_num(known, nan=-1).argmax(axis=1), minlength=len(pairs)) / len(known)
        first[np.isnan(known).all(axis=0)] = np.nan
    rows = []
    for n, (i, j) in enumerate(pairs):
        a, b = (tallied[places[k]][1].sum(0) > 0 for k in (i, j))
        spread = low[n], high[n], first[n]
        rows.append((places[i], places[j], point[i, j], *spread, int((a & b).sum()), int((a | b).sum())))
    frame = pd.DataFrame(rows, columns=["a", "b", "cosine", "low", "high", "nearest", "shared", "either"])
    return frame.assign(jaccard=frame["shared"] / frame["either"].where(frame["either"] > 0))


def nearest(pairs):
    """The pairs that are nearest in at least FIRM of the resamples: places, support; none where there is one pair."""
    firm = pairs[(pairs["nearest"] >= FIRM) & (len(pairs) > 1)]
    places = [list(pair) for pair in zip(firm["a"], firm["b"], strict=True)]
    return pd.DataFrame({"places": places, "support": firm["nearest"].to_list()})


def tree(table):
    """scipy's linkage (average, of cosine distances) of the rows of an array; None for fewer than two or an
    empty row."""
    similar = cosine(np.asarray(table, float))
    if len(similar) < 2 or np.isnan(similar).any():
        return None
    distance = np.clip(1 - similar, 0, None)
    return linkage(squareform((distance + distance.T) / 2 * (1 - np.eye(len(distance))), checks=False), "average")


def clades(linked):
    """The groups that a linkage forms, in its order, as frozensets of row numbers."""
    n = len(linked) + 1
    members = {i: frozenset([i]) for i in range(n)}
    for k, (a, b, *_) in enumerate(linked):
        members[n + k] = members[int(a)] | members[int(b)]
    return [members[n + k] for k in range(n - 1)]


def resamples(tallied, seed, draws):
    """An array (draws, places, groups) of counts, each place's passages drawn again."""
    rows = []
    for place, (_, hits, sizes) in tallied.items():
        rng, none = bootstrap.generator(seed, place, "typology"), np.zeros((draws, hits.shape[1]))
        rows.append(bootstrap.weights(len(sizes), draws, rng) @ hits if len(sizes) else none)
    return np.stack(rows, axis=1)


def hierarchy(tallied, seed):
    """(linkage, support): support is the share of resamples in which each of the linkage's groups forms again
    (bootstrap proportions: Felsenstein 1985). (None, []) where there is no tree to draw."""
    linked = tree([hits.sum(0) for _, hits, _ in tallied.values()]) if tallied else None
    if linked is None:
        return None, []
    again = [set(clades(t)) for t in (tree(sample) for sample in resamples(tallied, seed, DRAWS)) if t is not None]
    return linked, [sum(c in one for one in again) / len(again) if again else np.nan for c in clades(linked)]


def groups(tallied, seed):
    """One row a group of the tree (two places or more, not all): places, distance at which it forms, support (nan where
    a text has a single coded passage, which comes again in every resample)."""
    linked, support = hierarchy(tallied, seed)
    if linked is None:
        return pd.DataFrame(columns=["places", "distance", "support"])
    names, found = list(tallied), zip(clades(linked), linked, support, strict=True)
    single = {n for n, (_, hits, _) in enumerate(tallied.values()) if bootstrap.coded(hits) < 2}
    rows = [([names[i] for i in sorted(c)], row[2], np.nan if single & c else s) for c, row, s in found]
    return pd.DataFrame(rows, columns=["places", "distance", "support"])


def firm(groups, places):
    """The groups smaller than all `places` that form again in at least FIRM of the resamples."""
    return groups[(groups["support"] >= FIRM) & (groups["places"].map(len) < places)]


@dataclass(frozen=True)
class Plane:
    """Correspondence analysis: principal coordinates `x`, `y` of rows and columns; eigenvalues and the total
    inertia."""

    rows: pd.DataFrame
    columns: pd.DataFrame
    eigenvalues: np.ndarray
    total: float

    @property
    def inertia(self):
        """The share of inertia of each axis."""
        return self.eigenvalues / self.total


def correspondence(table, seed=0):
    """The Plane of a table of counts (Greenacre 2017) by prince; None where fewer than three rows or columns have any.

    Empty rows and columns are left out. An axis has no direction of its own: its farthest column lies on the
    positive side.
    """
    import prince

    table = table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0].astype(float)
    if min(table.shape) < 3:
        return None
    analysis = prince.CA(n_components=2, random_state=seed, engine="scipy").fit(table)
    rows, columns = analysis.row_coordinates(table), analysis.column_coordinates(table)
    signs = np.where(columns.to_numpy()[columns.abs().to_numpy().argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    rows, columns = (f.set_axis(["x", "y"], axis=1) * signs for f in (rows, columns))
    return Plane(rows, columns, np.asarray(analysis.eigenvalues_[:2]), float(analysis.total_inertia_))


def clouds(plane, tallied, seed, draws=200):
    """One row a (place, sample), x and y: where the place would lie if its passages were drawn again.

    Supplementary points on the plane's own axes (partial bootstrap: Greenacre 2017, ch. 29).
    """
    names = list(tallied)
    where = [tallied[names[0]][0].index(c) for c in plane.columns.index]
    counts = resamples(tallied, seed, draws)[:, :, where].astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        points = counts / counts.sum(axis=2, keepdims=True) @ (plane.columns.to_numpy() / np.sqrt(plane.eigenvalues))
    return pd.DataFrame(points.reshape(-1, 2), columns=["x", "y"]).assign(place=names * draws).dropna()


def counts(tallied):
    """A frame of places by groups: how many units speak of each."""
    groups, sums = next(iter(tallied.values()))[0] if tallied else [], {p: t[1].sum(0) for p, t in tallied.items()}
    return pd.DataFrame.from_dict(sums, orient="index", columns=groups)
