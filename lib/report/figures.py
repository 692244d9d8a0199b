"""Figures that set places side by side: a DataFrame in, a matplotlib Figure out. Words come from `label`, looks from style."""
import re

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from lib.report import style

WIDTH = 5.0             # inches: narrower than a page, so that a telephone's width still leaves the words legible
TALLEST = 8.8
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*")


def canvas(rows, row_height=0.24, extra=0.7, width=WIDTH):
    """(figure, axes) with room for so many rows, never taller than a page."""
    return plt.subplots(figsize=(width, min(TALLEST, max(rows, 1) * row_height + extra)), layout="constrained")


def empty(label):
    """A figure for a table without rows: one line that says so."""
    figure, axes = plt.subplots(figsize=(WIDTH, 0.6))
    axes.axis("off")
    axes.text(0.5, 0.5, label("no_rows"), ha="center", va="center", color=style.SOFT)
    return figure


def listing(axes, texts):
    """Names down the left side, the first on top; no ticks."""
    axes.set_yticks(range(len(texts)), texts)
    axes.set_ylim(len(texts) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def names(places, label):
    """The short names of places, long ones on several lines."""
    return [folded(label(p, "short"), 13) for p in places]


def folded(text, ems=11):
    """The text on lines of about so many em: between words, or between Chinese characters."""
    lines = [""]
    for piece in re.findall(r"[^\s\u2e80-\uffff]+\s*|[\u2e80-\uffff]|\s+", text):
        if _ems(lines[-1] + piece.rstrip()) > ems and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def heads(texts):
    """(texts of column heads, whether they stand upright, their height in inches).

    Upright where they would touch side by side; then on two lines where the columns are wide enough, else cut.
    """
    flat = [" ".join(t.split("\n")) for t in texts]
    room = 30 / max(len(flat), 1)
    if max(map(_ems, flat), default=0) <= room:
        return flat, False, 0.2
    cut = [folded(_cut(t, 34), 18) if len(flat) <= 7 else _cut(t, 18) for t in flat]
    return cut, True, 0.13 * max(_ems(line) for t in cut for line in t.split("\n")) + 0.1


def _cut(text, ems):
    while _ems(text) > ems:
        text = text[:-2] + "…"
    return text


def heading(axes, texts):
    """Names of the columns above them, as `heads` sets them."""
    words, upright, _ = heads(texts)
    axes.set_xticks(range(len(words)), words, rotation=90 if upright else 0)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    axes.set_xlim(-0.6, len(words) - 0.4)
    for side in axes.spines.values():
        side.set_visible(False)


def _ems(text):
    return sum(1.0 if ord(c) > 0x2E7F else 0.55 for c in text)


def key(axes, handles, columns=None):
    """A legend below the axes, outside of them, so that it hides nothing."""
    axes.figure.legend(handles=handles, loc="outside lower center", ncols=columns or min(3, len(handles)), handletextpad=0.5,
                       columnspacing=1.2)


def volume(frame, label):
    """Characters that each place's texts hold after cleaning, with sentences and passages beside the bar."""
    if not len(frame):
        return empty(label)
    figure, axes = canvas(len(frame), 0.36)
    rows = frame.set_index("place").loc[style.order(frame["place"])]
    colours = style.colours(frame["place"])
    axes.barh(range(len(rows)), rows["characters"].astype(float), color=[colours[p] for p in rows.index], height=0.55)
    for y, r in enumerate(rows.itertuples()):
        axes.text(r.characters, y, f" {r.sentences} / {r.passages}", va="center", color=style.SOFT, fontsize=8)
    listing(axes, names(rows.index, label))
    axes.set_xlim(0, rows["characters"].max() * 1.18)
    axes.set_xlabel(f"{label('characters')}   ({label('sentences')} / {label('passages')})")
    return figure


def matrix(states, label):
    """The map of practices: filled (strength 2), half (strength 1), ring (planned), cross (stated absent), dot (not mentioned)."""
    if not len(states):
        return empty(label)
    places, practices = style.order(states["place"]), list(dict.fromkeys(states["practice"]))
    at = states.set_index(["practice", "place"])
    figure, axes = canvas(len(practices), 0.172, 0.6 + heads(names(places, label))[2])
    for y, practice in enumerate(practices):
        for x, place in enumerate(places):
            _state(axes, x, y, at.loc[(practice, place)])
    listing(axes, [label(p) for p in practices])
    axes.tick_params(axis="y", labelsize=7.5)
    heading(axes, names(places, label))
    _bands(axes, states.drop_duplicates("practice")["dimension"].tolist(), len(places))
    key(axes, [_sample(axes, s, n, label) for s, n in (("evidenced", 2), ("evidenced", 1), ("planned", 0), ("absent", 0), ("not_mentioned", 0))])
    return figure


LOOK = {("evidenced", 2): dict(marker="s", s=34, color=style.ACCENT), ("evidenced", 1): dict(marker="s", s=34, color="#8fb0cd"),
        ("planned", 0): dict(marker="o", s=30, facecolor="none", edgecolor=style.ACCENT),
        ("absent", 0): dict(marker="x", s=30, color=style.WARN), ("not_mentioned", 0): dict(marker=".", s=8, color="#b9bfc5")}


def _look(state, strength):
    return LOOK[(state, int(strength) if state == "evidenced" else 0)]


def _state(axes, x, y, row):
    axes.scatter(x, y, **_look(row["state"], row["strength"]), linewidth=1.2, zorder=3)


def _sample(axes, state, strength, label):
    name = label(state) + (f" ({label('strength')} {strength})" if strength else "")
    return axes.scatter([], [], **_look(state, strength), linewidth=1.2, label=name)


def _bands(axes, dimensions, places):
    """Every second dimension on a faint ground, so that the eye keeps the line."""
    edges = [i for i, d in enumerate(dimensions) if i == 0 or d != dimensions[i - 1]] + [len(dimensions)]
    for a, b in list(zip(edges, edges[1:], strict=False))[::2]:
        axes.add_patch(Rectangle((-0.6, a - 0.5), places, b - a, color="#f3f5f7", zorder=0, linewidth=0))


def emphasis(frame, label):
    """Share of each place's sentences that speak of each group, with intervals; hollow where none does."""
    if not len(frame):
        return empty(label)
    places, groups = style.order(frame["place"]), list(dict.fromkeys(frame["group"]))
    figure, axes = canvas(len(groups), 0.16 + 0.085 * len(places), 1.0)
    for n, place in enumerate(places):
        own = frame[frame["place"] == place].set_index("group").loc[groups]
        y = np.arange(len(groups)) + (n - (len(places) - 1) / 2) * 0.76 / max(len(places), 2)
        _intervals(axes, own, y, style.colours(places)[place], MARKERS[n % len(MARKERS)], label(place, "short"))
    for y in range(1, len(groups)):
        axes.axhline(y - 0.5, color=style.FAINT, linewidth=0.6)
    listing(axes, [label(g, "dimension") for g in groups])
    _percent(axes, "x")
    axes.set_xlabel(label("share_of_sentences"))
    key(axes, axes.get_legend_handles_labels()[0])
    return figure


def _intervals(axes, own, y, colour, marker, name):
    share, none = own["share"].to_numpy(float), own["hits"].to_numpy() == 0
    axes.hlines(y, own["low"], own["high"], color=colour, linewidth=1.1, alpha=0.55)
    axes.scatter(share[~none], y[~none], color=colour, marker=marker, s=20, zorder=3, label=name)
    axes.scatter(share[none], y[none], facecolor=style.PAPER, edgecolor=colour, marker=marker, s=16, zorder=3)


def _percent(axes, which):
    getattr(axes, f"{which}axis").set_major_formatter(lambda v, _: f"{100 * v:.0f}%")
    axes.grid(axis=which)


def profile(emphasis, contrast, label):
    """One place: share of its sentences for each group with its interval, and a bar where the mean of the others lies."""
    if not len(emphasis):
        return empty(label)
    place, groups = emphasis["place"].iloc[0], list(emphasis["group"])
    figure, axes = canvas(len(groups), 0.27, 0.9)
    _intervals(axes, emphasis, np.arange(len(groups)), style.colours([place])[place], "o", label(place, "short"))
    rest = contrast[contrast["place"] == place].set_index("group")["rest"].reindex(groups)
    if rest.notna().any():
        axes.scatter(rest, np.arange(len(groups)), marker="|", s=110, color=style.INK, linewidth=1.6, zorder=4, label=label("mean_of_others"))
    listing(axes, [label(g, "dimension") for g in groups])
    _percent(axes, "x")
    axes.set_xlabel(label("share_of_sentences"))
    key(axes, axes.get_legend_handles_labels()[0])
    return figure


def contrast(frame, label):
    """Each place's share less the others' mean, in points; a frame around what the interval keeps apart from 0; silence grey."""
    if not len(frame):
        return empty(label)
    places, groups = style.order(frame["place"]), list(dict.fromkeys(frame["group"]))
    wide = 100 * frame.pivot(index="group", columns="place", values="difference").loc[groups, places]
    silent = (frame.pivot(index="group", columns="place", values="share").loc[groups, places] == 0).to_numpy()
    stands = frame.pivot(index="group", columns="place", values="stands").loc[groups, places].to_numpy(bool)
    return _heat(wide, (silent, stands), [label(g, "dimension") for g in groups], names(places, label))


def _heat(wide, marks, rows, columns):
    silent, stands = marks
    figure, axes = canvas(len(rows), 0.3, 0.1 + heads(columns)[2])
    most = np.nanmax(np.abs(wide.to_numpy(float)), initial=1)
    axes.imshow(np.ma.array(wide.to_numpy(float), mask=silent), cmap=style.DIVERGING, vmin=-most, vmax=most, aspect="auto")
    for y, x in np.ndindex(wide.shape):
        value = wide.iloc[y, x]
        dark = abs(value) > 0.6 * most and not silent[y, x]
        axes.text(x, y, "–" if silent[y, x] else _signed(value), ha="center", va="center", fontsize=8.5,
                  color="white" if dark else style.SOFT if silent[y, x] else style.INK, fontweight="bold" if stands[y, x] else "normal")
        if stands[y, x]:
            axes.add_patch(Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, fill=False, edgecolor=style.INK, linewidth=1.4))
    listing(axes, rows)
    heading(axes, columns)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    return figure


def _signed(value):
    return "0" if abs(value) < 0.5 else f"{value:+.0f}".replace("-", "−")


def instruments(frame, label):
    """The mix of policy instruments of each place: one mark an instrument, with its interval."""
    if not len(frame) or not frame["of"].sum():
        return empty(label)
    places, kinds = style.order(frame["place"]), ["supply", "environment", "demand"]
    figure, axes = canvas(len(places), 0.46, 1.0)
    for n, (kind, colour) in enumerate(zip(kinds, (style.ACCENT, "#c8703a", "#3f7f5f"), strict=True)):
        own = frame[frame["instrument"] == kind].set_index("place").reindex(places).rename(columns={"codings": "hits"})
        _intervals(axes, own, np.arange(len(places)) + (n - 1) * 0.2, colour, MARKERS[n], label(kind))
    listing(axes, names(places, label))
    axes.set_xlim(-0.02, 1.02)
    _percent(axes, "x")
    axes.set_xlabel(label("share_of_codings"))
    key(axes, axes.get_legend_handles_labels()[0])
    return figure


def holds(grid, found, label):
    """In which variants each finding holds: filled yes, cross no, nothing where the variant can't test it."""
    tested = grid[grid["applies"]]
    if not len(tested):
        return empty(label)
    columns = list(dict.fromkeys(zip(tested["variant"], tested["left_out"], strict=True)))
    rows = found[found["key"].isin(tested["key"])]
    over = [f"{label(v)} {label(p, 'short')}" if p else label(v) for v, p in columns]
    figure, axes = canvas(len(rows), 0.19, 0.5 + heads(over)[2])
    at = {k: i for i, k in enumerate(rows["key"])}
    for r in tested.itertuples():
        look = dict(marker="s", color=style.ACCENT) if r.holds else dict(marker="x", color=style.WARN)
        axes.scatter(columns.index((r.variant, r.left_out)), at[r.key], s=24, linewidth=1.2, **look)
    listing(axes, [finding(r, label) for r in rows.itertuples()])
    axes.tick_params(axis="y", labelsize=7)
    heading(axes, over)
    axes.tick_params(axis="x", labelsize=7)
    key(axes, [axes.scatter([], [], marker="s", s=24, color=style.ACCENT, label=label("holds")),
               axes.scatter([], [], marker="x", s=24, color=style.WARN, label=label("falls"))])
    return figure


def finding(row, label):
    """A finding in a few words: kind, place, topic."""
    return " · ".join(label(w, group) for w, group in ((row.place, "short"), (row.kind, "finding"),
                                                 (row.topic, "short" if row.kind == "alike" else "dimension")) if w)


def presence(table, label, form="{:.0f}"):
    """Rows by columns (places): a filled mark with its number where there is any, a dot where nothing is mentioned.

    `table`: a frame of numbers, its index and columns keys; nan or 0 is: not mentioned.
    """
    if not table.size:
        return empty(label)
    places = style.order(table.columns)
    values = table[places].to_numpy(float)
    figure, axes = canvas(len(table), 0.26, 0.1 + heads(names(places, label))[2])
    most = np.nanmax(values, initial=0) or 1
    for y, x in np.ndindex(values.shape):
        _mark(axes, x, y, (values[y, x], most, form))
    for y in range(0, len(table), 2):
        axes.axhspan(y - 0.5, y + 0.5, color="#f3f5f7", zorder=0, linewidth=0)
    listing(axes, [label(k) for k in table.index])
    heading(axes, names(places, label))
    return figure


def _mark(axes, x, y, told):
    value, most, form = told
    if np.isnan(value) or value == 0:
        axes.scatter(x, y, **LOOK[("not_mentioned", 0)])
        return
    axes.scatter(x, y, s=190, color=style.ACCENT, alpha=0.25 + 0.75 * value / most, linewidth=0)
    axes.text(x, y, form.format(value), ha="center", va="center_baseline", fontsize=7.5, color="white" if value > 0.45 * most else style.INK)


def scores(layers, label):
    """Precision, recall and F1 of each layer of the extraction against the annotators."""
    if not len(layers):
        return empty(label)
    figure, axes = canvas(len(layers), 0.34, 1.0)
    for n, (name, colour) in enumerate((("precision", style.PLACES[1]), ("recall", style.PLACES[2]), ("f1", style.ACCENT))):
        axes.scatter(layers[name], range(len(layers)), color=colour, marker=MARKERS[n], s=30 if name == "f1" else 22,
                     label=label(name), zorder=3)
    listing(axes, [label(x) for x in layers["layer"]])
    axes.set_xlim(min(0.5, layers[["precision", "recall"]].min().min() - 0.05), 1.01)
    _percent(axes, "x")
    key(axes, axes.get_legend_handles_labels()[0])
    return figure
