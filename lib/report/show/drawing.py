"""Drawing in inches: sheets, boxes that fit their words, words that flow over lines."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch

from lib.report.show import style
from lib.report.show.escape import ems
from lib.report.show.fonts import shown

WIDTH = 5.0  # inches: a telephone shows the words large enough
SIZE = 8.5  # points
LINE = 0.27  # inches from one line of boxes to the next


def sheet(height):
    """(figure, axes) whose coordinates are inches, y downwards, without a frame."""
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def inches(text):
    """Width of a text in inches."""
    return ems(text, latin=0.6) * SIZE / 72


def box(axes, at, text, face, hollow=False, link=None):
    """A rounded box with a text from x on, centred on y; dashed and unfilled where it's hollow."""
    x, y = at
    width = inches(text) + 0.14
    look = {"linestyle": "--", "facecolor": "none"} if hollow else {"facecolor": face}
    look |= {"boxstyle": "round,pad=0,rounding_size=0.05", "linewidth": 0.8, "edgecolor": style.SOFT, "url": link}
    axes.add_patch(FancyBboxPatch((x, y - 0.1), width, 0.2, **look))
    words = {"color": style.SOFT if hollow else style.INK, "fontsize": SIZE, "url": link}
    axes.text(x + width / 2, y, text, ha="center", va="center_baseline", **words)


def flow(texts, left, right):
    """(texts cut to the width, their (x, line)) as they flow from left to right over lines."""
    x, line, places, cut = left, 0, [], []
    for text in texts:
        text = cut_to(shown(text), right - left - 0.16)
        width = inches(text) + 0.14
        if x > left and x + width > right:
            x, line = left, line + 1
        places.append((x, line))
        cut.append(text)
        x += width + 0.07
    return cut, places


def cut_to(text, room):
    """The text, shortened to so many inches."""
    while inches(text + "…") > room and len(text) > 1 and inches(text) > room:
        text = text[:-2] + "…" if text.endswith("…") else text[:-1] + "…"
    return text


def band(axes, top, height, number):
    """Every second band on a faint ground, so that the eye keeps the line."""
    if number % 2 == 0:
        axes.axhspan(top, top + height, color="#f3f5f7", zorder=0, linewidth=0)


def silent(label):
    """A sheet that says: not mentioned."""
    figure, axes = sheet(0.4)
    axes.text(0.08, 0.2, label("not_mentioned"), va="center_baseline", fontsize=SIZE, color=style.SOFT)
    return figure
