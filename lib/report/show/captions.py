"""The captions of figures and tables: data, a row each in data/captions.csv."""

from functools import cache

from lib import lexicon, paths

PATH = paths.DATA / "captions.csv"
COLUMNS = ("kind", "key", "widths", "most", "caption", "note", "empty")


def of(kind: str, key: str) -> dict:
    """{widths, most, caption, note, empty} of a figure or table; empty strings where the file has no row for it.

    `widths`: relative, one a column; `most`: rows of a table that are printed, all where empty; `empty`: what is
    said in place of one that has nothing to show.
    """
    return _all().get((kind, key)) or dict.fromkeys(COLUMNS, "")


@cache
def _all():
    return {(row["kind"], row["key"]): row for row in lexicon.table(PATH, COLUMNS)}


def rows() -> list[dict]:
    """All rows, in their order."""
    return list(_all().values())
