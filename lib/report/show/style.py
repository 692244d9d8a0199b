"""How figures look: fonts, colours and the order of places, in this one spot."""

import warnings

from cycler import cycler

from lib import paths
from lib.lexicon import table
from lib.report.show import fonts

INK, SOFT, FAINT, PAPER = "#1f2328", "#5c636b", "#d5d9dd", "#ffffff"
ACCENT, WARN = "#1d4e79", "#a23b2a"
PLACES = ("#1d4e79", "#c8703a", "#3f7f5f", "#8a5a9e", "#a8912f", "#4a9ab5", "#b0485e", "#6b7280")
SEQUENTIAL, DIVERGING = "Blues", "RdBu_r"
WIDTH = 6.3  # inches: the text width of a page


def use():
    """Teach this session the report's fonts and look; a missing glyph becomes an error. Safe to call twice."""
    import matplotlib as mpl  # here, since the order of places is asked for where nothing is drawn
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in (fonts.REGULAR, fonts.bold()):
        if str(path) not in known:
            font_manager.fontManager.addfont(path)
    warnings.filterwarnings("error", message=r"(?s).*missing from (current )?font")
    for group, settings in GROUPS.items():
        mpl.rc(group, **settings)


TICKS = {"color": SOFT, "labelcolor": INK, "major.width": 0.7, "labelsize": 8.5}
GROUPS = {  # of matplotlib's rcParams
    "font": {"family": [fonts.SANS], "size": 9},
    "text": {"parse_math": False, "color": INK},
    "svg": {"fonttype": "none", "hashsalt": "report"},
    "figure": {"figsize": (WIDTH, 3.6), "dpi": 110, "facecolor": PAPER},
    "savefig": {"bbox": "tight", "pad_inches": 0.04},
    "axes": {"unicode_minus": True, "facecolor": PAPER, "edgecolor": SOFT, "linewidth": 0.7, "axisbelow": True}
    | {"labelcolor": INK, "labelsize": 9, "titlesize": 10, "titleweight": "bold", "titlelocation": "left"}
    | {"spines.top": False, "spines.right": False, "prop_cycle": cycler(color=PLACES)},
    "xtick": TICKS,
    "ytick": TICKS,
    "legend": {"fontsize": 8.5, "frameon": False},
    "grid": {"color": FAINT, "linewidth": 0.6},
    "lines": {"linewidth": 1.6},
    "image": {"cmap": SEQUENTIAL},
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
