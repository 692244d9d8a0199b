"""The plane of likeness: places and what they speak of."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Ellipse

from lib.report.show import layout, style


def plane(found, clouds, label, ids, most=40):
    """The plane of a correspondence analysis: places in their colours with the region of 95% of their
    resamples, groups grey.

    Of the groups the `most` that lie farthest from the middle are named. `ids`: {(place, group): rows of evidence}.
    """
    if found is None:
        return layout.empty(label)
    figure, axes = plt.subplots(figsize=(layout.WIDTH, 4.4), layout="constrained")
    colours = style.colours(found.rows.index)
    for place, point in found.rows.iterrows():
        axes.add_patch(_region(clouds[clouds["place"] == place], colours[place]))
        link = layout.led(_all(ids, 0, place), label(place, "short"))
        axes.scatter(point["x"], point["y"], color=colours[place], s=36, zorder=4, urls=[link])
    links = [layout.led(_all(ids, 1, group), label(group, "dimension")) for group in found.columns.index]
    look = {"marker": "+", "color": style.SOFT, "s": 22, "linewidth": 0.9, "zorder": 3}
    axes.scatter(found.columns["x"], found.columns["y"], **look, urls=links)
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


def _all(ids, part, key):
    """The rows of a place (part 0) or of a group (part 1)."""
    return [id for at, rows in ids.items() if at[part] == key for id in rows]


def _region(cloud, colour):
    """The ellipse of 95% of the points, were they normal; a point where there are none."""
    if len(cloud) < 3:
        return Ellipse((0, 0), 0, 0)
    values, vectors = np.linalg.eigh(np.cov(cloud["x"], cloud["y"]))
    width, height = 2 * np.sqrt(5.991 * np.maximum(values, 0))
    turn = np.degrees(np.arctan2(vectors[1, 0], vectors[0, 0]))
    look = {"facecolor": colour, "alpha": 0.1, "edgecolor": colour, "linewidth": 0.8}
    return Ellipse((cloud["x"].mean(), cloud["y"].mean()), width, height, angle=turn, **look)


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
        look = {"color": colour, "fontsize": size, "fontweight": weight, "zorder": 5, "ha": "center", "va": "center"}
        look["bbox"] = dict(facecolor="white", alpha=0.6, pad=0.3, linewidth=0)
        look["arrowprops"] = dict(arrowstyle="-", color=colour, linewidth=0.4, alpha=0.7, shrinkA=0, shrinkB=1)
        drawn = axes.annotate(words, (x, y), (0, 0), textcoords="offset points", **look)
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
