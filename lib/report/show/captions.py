"""The captions of figures and tables: data, a row each in data/captions.csv."""

import re
from functools import cache

from lib import lexicon, paths
from lib.report.show.labels import Labels

PATH = paths.DATA / "captions.csv"
SIGNS = ("‡", "†", "“", "≲")
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


def fitting(note: str, left: list[str], cells: list[str]) -> str:
    """The note without its sentences on a column that is left out (by its label), or on a sign that no cell has."""

    def fits(sentence):
        sign = next((s for s in SIGNS if sentence.startswith(s)), "")
        return any(sign in cell for cell in cells) and not sentence.lower().startswith(tuple(map(str.lower, left)))

    return "".join(filter(fits, re.split(r"(?<=。)|(?<=\. )", note))).strip()


def named(text: str, language: str) -> str:
    """A text whose references ([@tbl:scores]) are words, for JupyterLab: table *scores*."""
    words = {"tbl": ("table *{}*", "表“{}”"), "fig": ("figure *{}*", "图“{}”")}
    labels = Labels(language)

    def name(kind, key):
        base, part = re.fullmatch(r"(.*?)(?:_(\d+))?", key).groups()
        told = labels.of(base, "caption") if labels.has(base, "caption") else base
        return words[kind][language == "zh"].format(f"{told} {part}" if part else told)

    def listed(match):
        return labels.listed(name(*found) for found in re.findall(r"@(tbl|fig):([\w-]+)", match[0]))

    return re.sub(r"\[@(?:tbl|fig):[^\]]+\]", listed, text)


def rows() -> list[dict]:
    """All rows, in their order."""
    return list(_all().values())
