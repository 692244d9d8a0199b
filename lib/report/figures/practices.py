"""Figures that set places side by side: a DataFrame in, a matplotlib Figure out. Words come from `label`,
looks from style."""

import numpy as np
from matplotlib.patches import Rectangle

from lib.report.show import layout, style
from lib.report.show.numbers import UNKNOWN, percent, points


def matrix(states, label):
    """The map of practices: filled (strength 2), half (strength 1), ring (planned), diamond (prescribed),
    cross (stated absent), dot (not mentioned)."""
    if not len(states):
        return layout.empty(label)
    places, practices = style.order(states["place"]), list(dict.fromkeys(states["practice"]))
    at = states.set_index(["practice", "place"])
    head = layout.heads(layout.names(places, label))[2]
    figure, axes = layout.canvas(len(practices), 0.172, 0.6 + head, len(places))
    for y, practice in enumerate(practices):
        for x, place in enumerate(places):
            row = at.loc[(practice, place)]
            link = layout.led(row["ids"], label(place, "short"), label(practice), label(row["state"]))
            axes.scatter(x, y, **_look(row["state"], row["strength"]), linewidth=1.2, zorder=3, urls=[link])
    layout.listing(axes, [label(p) for p in practices])
    axes.tick_params(axis="y", labelsize=7.5)
    layout.heading(axes, layout.names(places, label))
    _bands(axes, states.drop_duplicates("practice")["dimension"].tolist(), len(places))
    layout.key(axes, [_sample(axes, state, strength, label) for state, strength in LOOK])
    return figure


LOOK = {
    ("evidenced", 2): dict(marker="s", s=34, color=style.ACCENT),
    ("evidenced", 1): dict(marker="s", s=34, color="#8fb0cd"),
    ("planned", 0): dict(marker="o", s=30, facecolor="none", edgecolor=style.ACCENT),
    ("norm", 0): dict(marker="D", s=24, facecolor="none", edgecolor=style.ACCENT),
    ("absent", 0): dict(marker="x", s=30, color=style.WARN),
    ("named_only", 0): dict(marker="s", s=24, facecolor="none", edgecolor="#8fb0cd"),
    ("not_mentioned", 0): dict(marker=".", s=8, color="#b9bfc5"),
}


def _look(state, strength):
    return LOOK[(state, int(strength) if state == "evidenced" else 0)]


def _sample(axes, state, strength, label):
    name = label(state) + (f" ({label('strength')} {strength})" if strength else "")
    return axes.scatter([], [], **_look(state, strength), linewidth=1.2, label=name)


def _bands(axes, dimensions, places):
    """Every second dimension on a faint ground, so that the eye keeps the line."""
    edges = [i for i, d in enumerate(dimensions) if i == 0 or d != dimensions[i - 1]] + [len(dimensions)]
    for a, b in list(zip(edges, edges[1:], strict=False))[::2]:
        axes.add_patch(Rectangle((-0.6, a - 0.5), places, b - a, color="#f3f5f7", zorder=0, linewidth=0))


def emphasis(frame, label, ids):
    """Share of each place's sentences that speak of each group, with intervals; hollow where none does.

    `ids`: {(place, group): rows of evidence} that the marks lead to, as practices.evidence_of gives them."""
    if not len(frame):
        return layout.empty(label)
    places, groups = style.order(frame["place"]), list(dict.fromkeys(frame["group"]))
    if len(places) > FEW:
        return _crowd(frame, groups, label, ids)
    figure, axes = layout.canvas(len(groups), 0.16 + 0.085 * len(places), 1.0)
    for n, place in enumerate(places):
        own = frame[frame["place"] == place].set_index("group").loc[groups]
        links = [layout.led(ids.get((place, g), ()), label(place, "short"), label(g, "dimension")) for g in groups]
        y = np.arange(len(groups)) + (n - (len(places) - 1) / 2) * 0.76 / max(len(places), 2)
        look = {"color": style.colours(places)[place], "marker": layout.MARKERS[n % len(layout.MARKERS)]}
        _intervals(axes, own.assign(y=y, link=links), look, label(place, "short"))
    for y in range(1, len(groups)):
        axes.axhline(y - 0.5, color=style.FAINT, linewidth=0.6)
    layout.listing(axes, [label(g, "dimension") for g in groups])
    percent_axis(axes, "x")
    axes.set_xlabel(label("share_of_sentences"))
    layout.key(axes, axes.get_legend_handles_labels()[0])
    return figure


FEW = 8  # places that colours tell apart


def _crowd(frame, groups, label, ids):
    """Many places: grey dots, of each group the largest share named, with its interval."""
    figure, axes = layout.canvas(len(groups), 0.34, 0.7)
    for y, group in enumerate(groups):
        own = frame[frame["group"] == group].sort_values("share", ascending=False, kind="stable")
        named = int(own["share"].max() > 0)
        for n, r in enumerate(own.itertuples()):
            link = layout.led(ids.get((r.place, group), ()), label(r.place, "short"), label(group, "dimension"))
            look = {"color": style.ACCENT, "s": 26, "zorder": 3} if n < named else {"color": "#b9bfc5", "s": 18}
            axes.scatter(r.share, y, **look, linewidth=0, urls=[link])
        for r in own.head(named).itertuples():
            axes.hlines(y, r.low, r.high, color=style.ACCENT, linewidth=1.1, alpha=0.55)
            look = {"fontsize": 8, "color": style.ACCENT, "textcoords": "offset points", "va": "bottom", "ha": "center"}
            axes.annotate(label(r.place, "short"), (r.share, y), (0, 3.5), **look)
    layout.listing(axes, [label(g, "dimension") for g in groups])
    percent_axis(axes, "x")
    axes.set_xlabel(label("share_of_sentences"))
    return figure


def _intervals(axes, own, look, name):
    said, none = own[own["hits"] > 0], own[own["hits"] == 0]
    axes.hlines(own["y"], own["low"], own["high"], color=look["color"], linewidth=1.1, alpha=0.55)
    axes.scatter(said["share"], said["y"], **look, s=20, zorder=3, label=name, urls=list(said["link"]))
    hollow = {"facecolor": style.PAPER, "edgecolor": look["color"], "marker": look["marker"]}
    axes.scatter(none["share"], none["y"], **hollow, s=16, zorder=3)


def percent_axis(axes, which):
    """Labels the x or y axis of shares in percent, with a grid along it."""
    getattr(axes, f"{which}axis").set_major_formatter(lambda v, _: percent(v))
    axes.grid(axis=which)


def contrast(frame, label, ids):
    """Each place's share less the others' mean, in points; a frame around what the interval keeps apart from
    0; silence grey. `ids`: {(place, group): rows of evidence} that the numbers lead to."""
    if not len(frame):
        return layout.empty(label)
    places, groups = style.order(frame["place"]), list(dict.fromkeys(frame["group"]))
    wide = 100 * frame.pivot(index="group", columns="place", values="difference").loc[groups, places]
    silent = (frame.pivot(index="group", columns="place", values="share").loc[groups, places] == 0).to_numpy()
    stands = frame.pivot(index="group", columns="place", values="stands").loc[groups, places].to_numpy(bool)
    rows = [label(g, "dimension") for g in groups]
    links = [
        [layout.led(ids.get((p, g), ()), label(p, "short"), r) for p in places]
        for g, r in zip(groups, rows, strict=True)
    ]
    return _heat(wide, (silent, stands, links), rows, layout.names(places, label))


def _heat(wide, marks, rows, columns):
    silent, stands, links = marks
    many = len(columns) > layout.MANY
    figure, axes = layout.canvas(len(rows), 0.3, 0.1 + 0.6 * many + layout.heads(columns)[2], len(columns))
    most = np.nanmax(np.abs(wide.to_numpy(float)), initial=1)
    shown = np.ma.array(wide.to_numpy(float), mask=silent)
    drawn = axes.imshow(shown, cmap=style.DIVERGING, vmin=-most, vmax=most, aspect="auto")
    if many:  # no room for numbers: a scale of the colours
        figure.colorbar(drawn, ax=axes, orientation="horizontal", shrink=0.5, aspect=30, format=lambda v, _: _signed(v))
    for y, x in np.ndindex(wide.shape):
        value = wide.iloc[y, x]
        dark = abs(value) > 0.6 * most and not silent[y, x]
        look = {"color": "white" if dark else style.SOFT if silent[y, x] else style.INK, "url": links[y][x]}
        look |= {"fontweight": "bold" if stands[y, x] else "normal", "fontsize": 8.5, "ha": "center", "va": "center"}
        told = UNKNOWN if silent[y, x] else _signed(value)
        if many:
            axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, color="white", alpha=0, url=links[y][x]))
        if not many or silent[y, x]:
            axes.text(x, y, told, **look)
        if stands[y, x]:
            edge = style.PAPER if dark else style.INK
            axes.add_patch(Rectangle((x - 0.43, y - 0.4), 0.86, 0.8, fill=False, edgecolor=edge, linewidth=1.5))
    layout.listing(axes, rows)
    layout.heading(axes, columns)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    return figure


def _signed(value):
    return "•" if np.isnan(value) else points(value / 100)


def presence(table, label, ids):
    """Rows by columns (places): a filled mark with its number where there is any, a dot where nothing is mentioned.

    `table`: a frame of counts, its index and columns keys; nan or 0 is: not mentioned. `ids`: {(place, key of a row):
    rows of evidence} that the marks lead to.
    """
    if not table.size:
        return layout.empty(label)
    places = style.order(table.columns)
    values = table[places].to_numpy(float)
    figure, axes = layout.canvas(len(table), 0.26, 0.1 + layout.heads(layout.names(places, label))[2], len(places))
    size = 190 if len(places) <= layout.MANY else 70
    most = np.nanmax(values, initial=0) or 1
    for y, x in np.ndindex(values.shape):
        place, key = places[x], table.index[y]
        link = layout.led(ids.get((place, key), ()), label(place, "short"), label(key))
        _mark(axes, (x, y), (values[y, x], most, size), link)
    for y in range(0, len(table), 2):
        axes.axhspan(y - 0.5, y + 0.5, color="#f3f5f7", zorder=0, linewidth=0)
    layout.listing(axes, [label(k) for k in table.index])
    layout.heading(axes, layout.names(places, label))
    return figure


def _mark(axes, at, told, link):
    value, most, size = told
    if np.isnan(value) or value == 0:
        axes.scatter(*at, **LOOK[("not_mentioned", 0)])
        return
    axes.scatter(*at, s=size, color=style.ACCENT, alpha=0.25 + 0.75 * value / most, linewidth=0, urls=[link])
    look = {"color": "white" if value > 0.45 * most else style.INK, "fontsize": 7.5 if size > 99 else 6.5, "url": link}
    axes.text(*at, f"{value:.0f}", ha="center", va="center_baseline", **look)
