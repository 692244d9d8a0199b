"""Figures of claims: how strong their evidence is, what safeguards stand beside them, and where the texts are
silent."""

import matplotlib.pyplot as plt
import numpy as np

from lib.report.show import layout, style

LEVELS = ("#d5d9dd", "#a9c4dd", "#6f9cc4", "#3a73a6", "#1d4e79", "#0c2c49")


def grades(counts, label):
    """Claims of each place by level of evidence, stacked; `counts`: place, level, n."""
    if not len(counts):
        return layout.empty(label)
    wide = counts.pivot_table(index="place", columns="level", values="n", aggfunc="sum", fill_value=0)
    wide = wide.loc[style.order(wide.index)]
    figure, axes = layout.canvas(len(wide), 0.36, 0.9)
    left = np.zeros(len(wide))
    for level in wide.columns:
        width = wide[level].to_numpy(float)
        axes.barh(
            range(len(wide)),
            width,
            left=left,
            color=LEVELS[level],
            height=0.6,
            label=f"{label('column:level')} {level}",
        )
        for y in np.flatnonzero(width):
            axes.text(
                left[y] + width[y] / 2,
                y,
                f"{width[y]:.0f}",
                ha="center",
                va="center",
                fontsize=8,
                color="white" if level > 2 else style.INK,
            )
        left += width
    layout.listing(axes, layout.names(wide.index, label))
    axes.set_xlabel(label("claims"))
    axes.xaxis.get_major_locator().set_params(integer=True)
    layout.key(axes, axes.get_legend_handles_labels()[0])
    return figure


def beside(frame, label):
    """Results claimed and safeguards mentioned by each place, per 1,000 characters of its texts."""
    if not len(frame):
        return layout.empty(label)
    places = style.order(frame["place"])
    rows = frame.set_index("place").loc[places]
    figure, axes = layout.canvas(len(places), 0.36, 0.9)
    for name, colour, marker in (("results", "#c8703a", "o"), ("safeguards", style.ACCENT, "s")):
        told = rows[name].to_numpy() > 0
        at = rows[f"{name}_per_1000"].to_numpy(float), np.arange(len(places))
        axes.scatter(at[0][told], at[1][told], color=colour, marker=marker, s=34, label=label(name), zorder=3)
        for y in at[1][~told]:
            axes.text(0, y + 0.34, f"{label(name)}: {label('not_mentioned')}", fontsize=7, color=colour, va="center")
    layout.listing(axes, layout.names(places, label))
    axes.set_xlim(left=-0.1)
    axes.set_xlabel(label("per_1000_characters"))
    layout.key(axes, axes.get_legend_handles_labels()[0])
    return figure


def silence(frame, label):
    """The map of silence: texts by safeguards, beside the length of each text; ring where a law on it was in force."""
    if not len(frame):
        return layout.empty(label)
    texts = frame.drop_duplicates("source")
    texts = texts.set_index("place", drop=False).loc[style.order(texts["place"])]
    topics = list(dict.fromkeys(frame["practice"]))
    over = [label(t) for t in topics]
    figure, (axes, bars) = plt.subplots(
        1,
        2,
        figsize=(layout.WIDTH, min(layout.TALLEST, len(texts) * 0.34 + 0.6 + layout.heads(over)[2])),
        sharey=True,
        layout="constrained",
        width_ratios=(len(topics), 1.6),
    )
    at = {source: y for y, source in enumerate(texts["source"])}
    for r in frame.itertuples():
        _mark(axes, topics.index(r.practice), at[r.source], r)
    layout.listing(axes, layout.names(texts["place"], label))
    layout.heading(axes, over)
    _lengths(bars, texts, label)
    handles = [
        axes.scatter([], [], **LOOK[state], label=label(name))
        for state, name in (
            ("evidenced", "described"),
            ("named_only", "named_only"),
            ("stated_absent", "absent"),
            ("law", "law_in_force"),
            ("not_mentioned", "not_mentioned"),
        )
    ]
    layout.key(axes, handles, 2)
    return figure


LOOK = {
    "evidenced": dict(marker="s", s=44, color=style.ACCENT),
    "named_only": dict(marker="s", s=30, facecolor="none", edgecolor=style.ACCENT),
    "stated_absent": dict(marker="x", s=36, color=style.WARN),
    "law": dict(marker="o", s=60, facecolor="none", edgecolor=style.WARN),
    "not_mentioned": dict(marker=".", s=14, color="#9aa1a8"),
}


def _mark(axes, x, y, row):
    axes.scatter(x, y, **LOOK[row.state], zorder=3)
    if row.laws and row.state in ("not_mentioned", "named_only"):
        axes.scatter(x, y, **LOOK["law"], linewidth=1, zorder=2)


def _lengths(axes, texts, label):
    axes.barh(range(len(texts)), texts["characters"].astype(float), color=style.FAINT, height=0.55)
    for y, n in enumerate(texts["characters"]):
        axes.text(0, y, f" {int(n):,}", va="center", fontsize=8)
    axes.axis("off")
    axes.set_title(label("characters"), fontsize=8.5, fontweight="normal", loc="left")
