"""Figures of quantities: levels with their bounds, and rates."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import LogLocator

from lib.report.show import layout, style
from lib.report.show.numbers import amount, full, whole

PER_FIGURE = 46  # lines that fit a page
NAME, AMOUNTS = 17, 15  # em that the names and the amounts beside the scale may take


def levels(frame, label):
    """Levels of shared indicators on one scale of tenfolds: a dot is exact, an arrow a bound, a ring about."""
    if not len(frame):
        return layout.empty(label)
    lines = _lines(frame)[:PER_FIGURE]
    texts = [layout.shortened(label(n) if own is None else label(place, "short"), NAME) for n, place, own in lines]
    figure, axes = layout.canvas(len(lines), 0.185, 0.9)
    figure.set_figwidth(style.WIDTH)
    colours = style.colours(frame["place"])
    for y, (_, place, own) in enumerate(lines):
        for r in own.itertuples() if own is not None else ():
            _bounded(axes, r, y, colours[place], layout.led([r.id], label(place, "short"), label(r.indicator)))
        if own is not None:
            words = "; ".join(amount(r.value, r.value_high, r.bound) for r in own.itertuples())
            axes.text(
                1.01,
                y,
                layout.shortened(words, AMOUNTS),
                transform=axes.get_yaxis_transform(),
                va="center",
                fontsize=7.5,
            )
    layout.listing(axes, texts)
    for text, (_, _, own) in zip(axes.get_yticklabels(), lines, strict=True):
        text.set(fontsize=8, fontweight="bold" if own is None else "normal")
    _tenfolds(axes, frame)
    layout.key(axes, _samples(axes, label), 4)
    return figure


def _lines(frame):
    """[(indicator, place, rows)]: a heading for each indicator (rows None), then a line a place."""
    lines = []
    for indicator, own in frame.groupby("indicator", sort=True):
        lines.append((indicator, "", None))
        lines += [(indicator, place, own[own["place"] == place]) for place in style.order(own["place"])]
    return lines


def _bounded(axes, row, y, colour, link):
    value = max(row.value, 0.5)
    high = value if pd.isna(row.value_high) else max(row.value_high, 0.5)
    rough = row.bound in ("about", "nearly")
    look = {"color": None if rough else colour, "facecolor": style.PAPER if rough else colour, "edgecolor": colour}
    axes.scatter(value, y, s=22, zorder=3, urls=[link], **look)
    if high > value:
        axes.plot([value, high], [y, y], color=colour, linewidth=2)
    if row.bound in ("at_least", "at_most"):
        factor = 1.9 if row.bound == "at_least" else 1 / 1.9
        arrow = dict(arrowstyle="-|>", color=colour, linewidth=1.1, mutation_scale=7, shrinkA=0, shrinkB=0)
        axes.annotate("", (high * factor, y), (high, y), arrowprops=arrow)


def _tenfolds(axes, frame):
    axes.set_xscale("log")
    top = np.nanmax([frame["value"].max(), frame["value_high"].max()])
    axes.set_xlim(0.4, max(top, 10) * 3)
    axes.xaxis.set_major_locator(LogLocator(numticks=4))
    axes.xaxis.set_major_formatter(lambda v, _: whole(v))
    axes.grid(axis="x")
    axes.minorticks_off()


def _samples(axes, label):
    dot = axes.scatter([], [], s=22, color=style.SOFT, label=label("exact"))
    rough = axes.scatter([], [], s=22, facecolor=style.PAPER, edgecolor=style.SOFT, label=label("about"))
    (least,) = axes.plot([], [], color=style.SOFT, marker=">", markersize=5, label=label("at_least"))
    (most,) = axes.plot([], [], color=style.SOFT, marker="<", markersize=5, label=label("at_most"))
    return [dot, rough, least, most]


def rates(frame, label):
    """Two panels for the same numbers, per 10,000 residents and per km2: which place leads can turn round between them.

    `frame`: id, place, indicator, per_10000, per_km2.
    """
    if not len(frame):
        return layout.empty(label)
    rows = list(dict.fromkeys(frame["indicator"]))
    size = layout.WIDTH, min(layout.TALLEST, 0.34 * len(rows) + 1.0 + 0.07 * max(3, frame["place"].nunique()))
    figure, panels = plt.subplots(1, 2, figsize=size, sharey=True, layout="constrained")
    for axes, column in zip(panels, ("per_10000", "per_km2"), strict=True):
        for n, place in enumerate(style.order(frame["place"])):
            own = frame[frame["place"] == place]
            look = {"color": style.colours(frame["place"])[place], "marker": layout.MARKERS[n % len(layout.MARKERS)]}
            look |= {"label": label(place, "short"), "s": 28, "zorder": 3}
            urls = [layout.led([r.id], look["label"], label(r.indicator)) for r in own.itertuples()]
            axes.scatter(own[column], [rows.index(i) for i in own["indicator"]], urls=urls, **look)
        axes.set_xscale("log")
        axes.set_xlabel(label(column))
        axes.grid()
        axes.minorticks_off()
        axes.xaxis.set_major_formatter(lambda v, _: full(v))
    layout.listing(panels[0], [layout.folded(label(i), 13) for i in rows])
    layout.key(panels[0], panels[0].get_legend_handles_labels()[0])
    return figure
