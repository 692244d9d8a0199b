"""Labels in Chinese and English for every code, column and enumeration: data, found by their key."""

from dataclasses import dataclass, field
from functools import cache

from lib import paths
from lib.lexicon import BadInput, heads, table
from lib.reading import places
from lib.report.show import chinese

_FOLDERS = (paths.LEXICON, paths.CODEBOOK)
GROUPED = ("element",)
MARKS = {
    "zh": {"list": "、", "comma": "，", "semicolon": "；", "colon": "：", "blank": ""},
    "en": {"list": ", ", "comma": ", ", "semicolon": "; ", "colon": ": ", "blank": " "},
}


@dataclass(frozen=True)
class Labels:
    """Looks up keys in one language; `known` has a row (en, zh) for each key."""

    language: str = "en"
    known: dict = field(default_factory=lambda: _known())

    def of(self, key, group=""):
        """The label of a key, `group:key` (as direction:level) before `key`; one without a label is shown as it is.
        A basis of one year (year:2022) has its label with the year in it."""
        kind, _, year = str(key).partition(":")
        if year.isdigit() and (row := self.known.get(f"basis:{kind}")):
            return row[self.language].replace("{n}", year)
        row = self.known.get(f"{group}:{key}") or self.known.get(str(key)) or _zone(str(key))
        return (row or {}).get(self.language) or str(key)

    def has(self, key, group=""):
        """Whether the key has a label."""
        return f"{group}:{key}" in self.known or key in self.known

    def mark(self, name):
        """A mark between words, of MARKS, as the language writes it."""
        return MARKS[self.language][name]

    def listed(self, words):
        """Words in a list: 云州、临湖 or Yunzhou, Linhu."""
        return self.mark("list").join(words)

    def written(self, text):
        """The text with the numerals and marks that its edition has."""
        return chinese.written(text) if self.language == "zh" else text

    def sentences(self, texts):
        """Sentences one after the other: in Chinese without blanks between them."""
        return self.mark("blank").join(texts)


def placed(language, evidence):
    """Labels with the names of an evidence's places, which win over those of data/places.csv; a text whose place is
    unknown is labelled by its id, whatever place has that id too. BadInput where there are none in a language."""
    if language not in ("en", "zh"):
        raise BadInput(f"language {language!r}; expected en or zh")
    texts = evidence.sources.loc[evidence.sources["place"].isin(["", "unknown"]), "id"]
    own = {id: {"zh": id, "en": id} for id in texts}
    own |= {r.Index: {"zh": r.zh, "en": r.en} for r in evidence.places.itertuples()}
    return Labels(language, _known() | own)


@cache
def _zone(key):
    """The names of a development zone, which are made of its city's and its kind's."""
    return dict(zip(("zh", "en"), places.names_of(key), strict=True))


@cache
def _known():
    """{key: row} of data/labels.csv, data/places.csv and each table of rules with the columns zh and en."""
    tables = [path for folder in _FOLDERS for path in sorted(folder.glob("*.csv"))]
    known = {}
    for path in (*tables, paths.DATA / "places.csv", paths.DATA / "labels.csv"):
        known.update(_labelled(path))
    for name in ("dimensions", "practices"):
        _free(paths.CODEBOOK / f"{name}.csv", known)
    return known


def _free(path, known):
    """BadInput where a code is a word that the report has a label of its own for, which would stand in its place."""
    for row in table(path, ("zh", "en")):
        code = row[next(iter(row))]
        if known[code]["en"] != row["en"]:
            raise BadInput(f"{path}:{row['line']}: code {code!r} is a word of data/labels.csv; expected another code")


def _labelled(path):
    for row in table(path, ()) if {"en", "zh"} <= set(heads(path)) else ():
        key = next(iter(row))
        group = f"{key}:" if key in GROUPED else ""  # an element may bear the name of a dimension
        yield group + row[key], row
        if "question_en" in row:
            yield f"question:{row[key]}", {"zh": row["question_zh"], "en": row["question_en"]}
