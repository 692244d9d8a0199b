"""The elements of a governance model: what is asked of every place, and which evidence may answer: one row each."""

import re
from dataclasses import dataclass
from functools import cache, partial

from lib import paths
from lib.lexicon import BadInput, each_row, number, table

COLUMNS = "element zh en question_zh question_en feeds show contrast keys theme sources".split()
KINDS = (
    "cue",
    "role",
    "team",
    "indicator",
    "initiative",
    "practice",
    "hub",
    "loop",
    "formula",
    "claim",
    "telling",
    "story",
)


@dataclass(frozen=True)
class Feed:
    """One kind of evidence for an element: `kind:what/words/counted`, as role:leads/主导; `what` may name several by |;
    `counted`: of a hub what may be counted as joined, of an indicator or a role the beginning of practices beside which
    it is not meant."""

    kind: str
    what: str = ""
    words: str = ""
    counted: str = ""


@dataclass(frozen=True)
class Element:
    """An element: its key, its theme, how many statements a cell shows, how places are contrasted."""

    key: str
    feeds: tuple
    show: int
    contrast: str
    keys: tuple  # what a key may be beside a kind of actor and a stage: only these tell places apart
    theme: str


@cache
def elements(folder=paths.CODEBOOK):
    """The elements in the order of codebook/elements.csv; BadInput names a feed that there is not."""
    path = folder / "elements.csv"
    return each_row(partial(_element, path), table(path, tuple(COLUMNS)))


def _element(path, row):
    feeds = tuple(_feed(path, row, written) for written in row["feeds"].split())
    show = number(path, {**row, "show": row["show"] or "1"}, "show", int)
    return Element(row["element"], feeds, show, row["contrast"], tuple(row["keys"].split()), row["theme"])


def _feed(path, row, written):
    match = re.fullmatch(r"([a-z]+)(?::([^/]*))?(?:/([^/]*))?(?:/(.+))?", written)
    if not match or match[1] not in KINDS:
        expected = "; expected kind:what, the kind one of " + ", ".join(KINDS)
        raise BadInput(f"{path}:{row['line']}: feed {written!r}{expected}")
    return Feed(*match.groups(default=""))


@cache
def cue_rules():
    """{id: row} of codebook/element_cues.csv."""
    rows = table(paths.CODEBOOK / "element_cues.csv", ("id", "element", "facet", "zh", "en"))
    return {row["id"]: row for row in rows}
