"""Figures of likeness: pairs, trees and planes of places; words that set a place apart."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Ellipse
from scipy.cluster.hierarchy import dendrogram

from lib.report.show import layout, style


def similarity(pairs, label):
    """Cosine of each two places (below, with its interval) and Jaccard of what they evidence (above)."""
    places = style.order({*pairs["a"], *pairs["b"]})
    if not places:
        return layout.empty(label)
    n = len(places)
    figure, axes = layout.canvas(n, 0.52 if n <= 6 else 0.42, 0.1 + layout.heads(layout.names(places, label))[2])
    table, words = np.full((n, n), np.nan), {}
    for r in pairs.itertuples():
        i, j = sorted((places.index(r.a), places.index(r.b)))
        table[j, i], table[i, j] = r.cosine, r.jaccard
        words[j, i] = f"{r.cosine:.2f}\n{r.low:.2f}–{r.high:.2f}" if n <= 6 else f"{r.cosine:.2f}"
        words[i, j] = f"{r.jaccard:.2f}"
    axes.imshow(table, cmap=style.SEQUENTIAL, vmin=0, vmax=1, aspect="auto")
    for (y, x), text in words.items():
        axes.text(
            x,
            y,
            text,
            ha="center",
            va="center",
            fontsize=7.5,
            linespacing=1.1,
            color="white" if table[y, x] > 0.6 else style.INK,
        )
    layout.listing(axes, layout.names(places, label))
    layout.heading(axes, layout.names(places, label))
    axes.set_ylim(n - 0.5, -0.5)
    return figure


def tree(linked, support, places, label):
    """The tree of places; at each join but the last the share of resamples in which that group forms again."""
    if linked is None:
        return layout.empty(label)
    figure, axes = layout.canvas(len(places), 0.42, 0.8)
    drawn = dendrogram(
        linked,
        orientation="left",
        labels=layout.names(places, label),
        ax=axes,
        color_threshold=0,
        above_threshold_color=style.SOFT,
    )
    by_height = sorted(zip(linked[:, 2], support, strict=True))
    joins = sorted(zip(drawn["dcoord"], drawn["icoord"], strict=True), key=lambda join: join[0][1])
    for (height, share), (_, at) in list(zip(by_height, joins, strict=True))[:-1]:
        axes.annotate(
            f"{100 * share:.0f}%",
            (height, (at[1] + at[2]) / 2),
            (-3, 2),
            textcoords="offset points",
            va="bottom",
            ha="right",
            fontsize=8,
            color=style.ACCENT if share >= 0.7 else style.WARN,
        )
    axes.set_xlabel(label("cosine_distance"))
    axes.spines["right"].set_visible(False)
    axes.tick_params(axis="y", length=0, labelsize=9)
    return figure


NO_CLOUDS = pd.DataFrame({"place": [], "x": [], "y": []})


def plane(found, clouds, label, most=40):
    """The plane of a correspondence analysis: places in their colours with the region of 95% of their
    resamples, groups grey.

    Of the groups the `most` that lie farthest from the middle are named.
    """
    if found is None:
        return layout.empty(label)
    figure, axes = plt.subplots(figsize=(layout.WIDTH, 4.4), layout="constrained")
    colours = style.colours(found.rows.index)
    for place, point in found.rows.iterrows():
        axes.add_patch(_region(clouds[clouds["place"] == place], colours[place]))
        axes.scatter(point["x"], point["y"], color=colours[place], s=36, zorder=4)
    axes.scatter(found.columns["x"], found.columns["y"], marker="+", color=style.SOFT, s=22, linewidth=0.9, zorder=3)
    axes.axhline(0, color=style.FAINT, linewidth=0.7, zorder=0)
    axes.axvline(0, color=style.FAINT, linewidth=0.7, zorder=0)
    axes.autoscale_view()
    axes.margins(0.12)
    for axis, share in zip("xy", found.inertia, strict=True):
        getattr(axes, f"set_{axis}label")(f"{label('axis')} {1 + (axis == 'y')} ({100 * share:.0f}%)")
    texts = [(p.x, p.y, label(i, "short"), colours[i], 9, "bold") for i, p in found.rows.iterrows()]
    far = found.columns.loc[(found.columns**2).sum(axis=1).sort_values(ascending=False, kind="stable").index[:most]]
    texts += [(p.x, p.y, label(i, "dimension"), style.SOFT, 8, "normal") for i, p in far.iterrows()]
    apart(axes, texts)
    return figure


def _region(cloud, colour):
    """The ellipse of 95% of the points, were they normal; a point where there are none."""
    if len(cloud) < 3:
        return Ellipse((0, 0), 0, 0)
    values, vectors = np.linalg.eigh(np.cov(cloud["x"], cloud["y"]))
    width, height = 2 * np.sqrt(5.991 * np.maximum(values, 0))
    turn = np.degrees(np.arctan2(vectors[1, 0], vectors[0, 0]))
    return Ellipse(
        (cloud["x"].mean(), cloud["y"].mean()),
        width,
        height,
        angle=turn,
        facecolor=colour,
        alpha=0.1,
        edgecolor=colour,
        linewidth=0.8,
    )


SPOTS = [
    (dx * r, dy * r)
    for r in (1, 1.6, 2.4, 3.4, 4.6, 6)
    for dx, dy in ((0, 1), (0, -1), (1, 0), (-1, 0), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8))
]


def apart(axes, texts):
    """Writes (x, y, words, colour, size, weight) beside their points, each at the nearest spot that touches no
    other word or point; a thin line leads to a word that had to go far. A word that finds no spot is left out."""
    figure = axes.figure
    figure.canvas.draw()
    figure.set_layout_engine("none")
    frame, renderer = axes.get_window_extent(), figure.canvas.get_renderer()
    points = [axes.transData.transform(t[:2]) for t in texts]
    taken = []
    for (x, y, words, colour, size, weight), at in zip(texts, points, strict=True):
        drawn = axes.annotate(
            words,
            (x, y),
            (0, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            color=colour,
            fontsize=size,
            fontweight=weight,
            zorder=5,
            bbox=dict(facecolor="white", alpha=0.6, pad=0.3, linewidth=0),
            arrowprops=dict(arrowstyle="-", color=colour, linewidth=0.4, alpha=0.7, shrinkA=0, shrinkB=1),
        )
        if not _settled(drawn, (at, points, taken, frame, renderer)):
            drawn.remove()


def _settled(drawn, room):
    at, points, taken, frame, renderer = room
    for n, (dx, dy) in enumerate(SPOTS):
        extent = drawn.get_window_extent(renderer)
        drawn.set_position((dx * (6 + extent.width * 0.36 * abs(dx) / max(abs(dx), abs(dy))), dy * 9))
        extent = _word_box(drawn, renderer)
        inside = frame.contains(extent.x0, extent.y0) and frame.contains(extent.x1, extent.y1)
        if inside and not extent.count_overlaps(taken) and not any(extent.contains(*p) for p in points if p is not at):
            taken.append(extent)
            drawn.arrow_patch.set_visible(n >= 8)
            return True
    return False


def _word_box(drawn, renderer):
    """The extent of an annotation's words without its line."""
    drawn.update_positions(renderer)
    from matplotlib.text import Text

    return Text.get_window_extent(drawn, renderer)


def keyness(frame, label, columns=2):
    """The words that set each place apart: log ratio (how many doublings) with its 95% interval."""
    places = [p for p in style.order(frame["place"]) if (frame["place"] == p).any()]
    if not places:
        return layout.empty(label)
    columns = min(columns, len(places))
    rows = -(-len(places) // columns)
    most = frame.groupby("place").size().max()
    figure, grid = plt.subplots(
        rows,
        columns,
        figsize=(layout.WIDTH, min(layout.TALLEST, rows * (0.19 * most + 0.55))),
        sharex=True,
        squeeze=False,
        layout="constrained",
    )
    for axes, place in zip(grid.flat, places, strict=False):
        _words(axes, frame[frame["place"] == place], style.colours(places)[place], label(place, "short"))
    for axes in grid.flat[len(places) :]:
        axes.axis("off")
    figure.supxlabel(label("log_ratio"), fontsize=9)
    return figure


def _words(axes, own, colour, name):
    y = np.arange(len(own))
    axes.hlines(y, own["low"], own["high"], color=colour, alpha=0.5, linewidth=1.1)
    axes.scatter(own["log_ratio"], y, color=colour, s=16, zorder=3)
    layout.listing(axes, [f"{t}  {c}" for t, c in zip(own["term"], own["count"].astype(int), strict=True)])
    axes.set_xlim(left=0)
    axes.grid(axis="x")
    axes.set_title(name, color=colour, fontsize=9.5)
