"""Figures of trials: in which variants findings hold, and how the extraction fares against the annotators."""

from lib.report.figures import practices as figures
from lib.report.show import layout, style
from lib.report.show import sentences as narrative


def holds(grid, found, label):
    """In which variants each finding holds: filled yes, cross no, nothing where the variant can't test it."""
    tested = grid[grid["applies"]]
    if not len(tested):
        return layout.empty(label)
    columns = list(dict.fromkeys(zip(tested["variant"], tested["left_out"], strict=True)))
    rows = found[found["key"].isin(tested["key"])]
    over = [f"{label(v)} {label(p, 'short')}" if p else label(v) for v, p in columns]
    figure, axes = layout.canvas(len(rows), 0.19, 0.5 + layout.heads(over)[2])
    at = {k: i for i, k in enumerate(rows["key"])}
    for r in tested.itertuples():
        look = dict(marker="s", color=style.ACCENT) if r.holds else dict(marker="x", color=style.WARN)
        axes.scatter(columns.index((r.variant, r.left_out)), at[r.key], s=24, linewidth=1.2, **look)
    layout.listing(axes, [finding(r, label) for r in rows.itertuples()])
    axes.tick_params(axis="y", labelsize=7)
    layout.heading(axes, over)
    axes.tick_params(axis="x", labelsize=7)
    layout.key(
        axes,
        [
            axes.scatter([], [], marker="s", s=24, color=style.ACCENT, label=label("holds")),
            axes.scatter([], [], marker="x", s=24, color=style.WARN, label=label("falls")),
        ],
    )
    return figure


def finding(row, label):
    """A finding in a few words: place, kind, topic."""
    words = (row.place and label(row.place, "short"), label(row.kind, "finding"), narrative.topic(label, row))
    return layout.shortened(" · ".join(filter(None, words)), 36)


def scores(layers, label):
    """Precision, recall and F1 of each layer of the extraction against the annotators."""
    if not len(layers):
        return layout.empty(label)
    figure, axes = layout.canvas(len(layers), 0.34, 1.0)
    for n, (name, colour) in enumerate(
        (("precision", style.PLACES[1]), ("recall", style.PLACES[2]), ("f1", style.ACCENT))
    ):
        axes.scatter(
            layers[name],
            range(len(layers)),
            color=colour,
            marker=layout.MARKERS[n],
            s=30 if name == "f1" else 22,
            label=label(name),
            zorder=3,
        )
    layout.listing(axes, [label(x, "layer") for x in layers["layer"]])
    axes.set_xlim(min(0.5, layers[["precision", "recall"]].min().min() - 0.05), 1.01)
    figures.percent_axis(axes, "x")
    layout.key(axes, axes.get_legend_handles_labels()[0])
    return figure
