"""The figure of claims: how strong their evidence is."""

import numpy as np

from lib.report.show import layout, style

LEVELS = ("#d5d9dd", "#a9c4dd", "#6f9cc4", "#3a73a6", "#1d4e79", "#0c2c49")


def grades(counts, label):
    """Claims of each place by level of evidence, stacked; `counts`: place, level, n, ids."""
    if not len(counts):
        return layout.empty(label)
    wide = counts.pivot_table(index="place", columns="level", values="n", aggfunc="sum", fill_value=0)
    wide = wide.loc[style.order(wide.index)]
    figure, axes = layout.canvas(len(wide), 0.36, 0.9)
    left, ids = np.zeros(len(wide)), counts.set_index(["place", "level"])["ids"].to_dict()
    for level in wide.columns:
        width, name = wide[level].to_numpy(float), f"{label('column:level')} {level}"
        links = [layout.led(ids.get((place, level), ()), label(place, "short"), name) for place in wide.index]
        bars = axes.barh(range(len(wide)), width, left=left, color=LEVELS[level], height=0.6, label=name)
        for bar, link in zip(bars, links, strict=True):
            bar.set_url(link)
        for y in np.flatnonzero(width >= max(1, 0.03 * wide.sum(axis=1).max())):  # others have no room for a number
            look = {"color": "white" if level > 2 else style.INK, "fontsize": 8, "url": links[y]}
            axes.text(left[y] + width[y] / 2, y, f"{width[y]:.0f}", ha="center", va="center", **look)
        left += width
    names = layout.names(wide.index, label)
    layout.listing(axes, [layout.shortened(" ".join(t.split("\n")), 22) for t in names] if len(wide) > 20 else names)
    axes.set_xlabel(label("claims"))
    axes.xaxis.get_major_locator().set_params(integer=True)
    layout.key(axes, axes.get_legend_handles_labels()[0])
    return figure
