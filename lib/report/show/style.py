"""How figures look: fonts, colours and the order of places, in this one spot."""

import warnings

import matplotlib as mpl
from cycler import cycler
from matplotlib import font_manager

from lib import paths
from lib.lexicon import table
from lib.report.show import fonts

INK, SOFT, FAINT, PAPER = "#1f2328", "#5c636b", "#d5d9dd", "#ffffff"
ACCENT, WARN = "#1d4e79", "#a23b2a"
PLACES = ("#1d4e79", "#c8703a", "#3f7f5f", "#8a5a9e", "#a8912f", "#4a9ab5", "#b0485e", "#6b7280")
SEQUENTIAL, DIVERGING = "Blues", "RdBu_r"
STATUS = {"evidenced": ACCENT, "absent": WARN, "not_mentioned": "#eceef0", "planned": "#9bb7d0"}
WIDTH = 6.3  # inches: the text width of a page


def use():
    """Teach this session the report's fonts and look; a missing glyph becomes an error. Safe to call twice."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in (fonts.REGULAR, fonts.bold()):
        if str(path) not in known:
            font_manager.fontManager.addfont(path)
    warnings.filterwarnings("error", message=r"(?s).*missing from (current )?font")
    mpl.rcParams.update(RC)


RC = {
    "font.family": [fonts.SANS],
    "font.size": 9,
    "axes.unicode_minus": False,
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "report",
    "figure.figsize": (WIDTH, 3.6),
    "figure.dpi": 110,
    "savefig.bbox": "tight",
    "savefig.pad_inches": 0.04,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.7,
    "xtick.major.width": 0.7,
    "ytick.major.width": 0.7,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "grid.color": FAINT,
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "lines.linewidth": 1.6,
    "image.cmap": SEQUENTIAL,
    "axes.prop_cycle": cycler(color=PLACES),
}


def order(places):
    """The places in the order of data/places.csv, then the others by name; each once."""
    rank = {row["id"]: n for n, row in enumerate(_register())}
    return sorted(set(places), key=lambda place: (rank.get(place, len(rank)), place))


def colours(places):
    """{place: colour}. A place keeps its colour whichever others stand beside it."""
    known = [row["id"] for row in _register()]
    others = [place for place in order(places) if place not in known]
    return {place: PLACES[(known + others).index(place) % len(PLACES)] for place in order(places)}


def _register():
    return table(paths.DATA / "places.csv", ("id",))
