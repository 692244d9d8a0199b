"""The ground of all figures: their size, lists of names, heads of columns, legends. Nothing overlaps, nothing
is cut."""

import re
from functools import partial

import matplotlib.pyplot as plt

from lib.report.show import style
from lib.report.show.escape import ems

MANY = 14  # columns; more of them are narrow, and the figure is as wide as they need
WIDTH = 5.0  # inches: narrower than a page, so that a telephone's width still leaves the words legible
TALLEST = 8.8
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*")
_ems = partial(ems, latin=0.55)


def canvas(rows, row_height, extra, columns=0):
    """(figure, axes) with room for so many rows and columns, never taller than a page."""
    width = WIDTH if columns <= MANY else min(style.WIDTH, 1.9 + 0.135 * columns)
    return plt.subplots(figsize=(width, min(TALLEST, max(rows, 1) * row_height + extra)), layout="constrained")


def empty(label):
    """A figure for a table without rows: one line that says so."""
    figure, axes = plt.subplots(figsize=(WIDTH, 0.6))
    axes.axis("off")
    axes.text(0.5, 0.5, label("no_rows"), ha="center", va="center", color=style.SOFT)
    return figure


def led(ids, *words):
    """The address of a mark that leads to these rows of evidence, told by its words to whom can't see it; None for no
    rows."""
    return f"evidence:{' '.join(ids)}|{', '.join(words)}" if len(ids) else None


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
    cut = [folded(shortened(t, 34), 18) if len(flat) <= 7 else shortened(t, 18) for t in flat]
    return cut, True, 0.13 * max(_ems(line) for t in cut for line in t.split("\n")) + 0.1


def shortened(text, ems):
    """The text, cut to so many em where it is longer."""
    while _ems(text) > ems:
        text = text[:-2] + "…"
    return text


def heading(axes, texts):
    """Names of the columns above them, as `heads` sets them."""
    words, upright, _ = heads(texts)
    axes.set_xticks(range(len(words)), words, rotation=90 if upright else 0)
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, **({"labelsize": 6.8} if len(words) > MANY else {}))
    axes.set_xlim(-0.6, len(words) - 0.4)
    for side in axes.spines.values():
        side.set_visible(False)


def key(axes, handles, columns=None):
    """A legend below the axes, outside of them, so that it hides nothing."""
    look = {"loc": "outside lower center", "handletextpad": 0.5, "columnspacing": 1.2}
    axes.figure.legend(handles=handles, ncols=columns or min(3, len(handles)), **look)
