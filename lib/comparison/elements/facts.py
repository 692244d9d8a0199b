"""The tables of a corpus as the feeds of the elements ask for them."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from lib.comparison import practices, sources
from lib.comparison.elements import english
from lib.comparison.indicators import WHOLE
from lib.comparison.initiatives import belonging
from lib.reading.spans import unquoted

TEMPLATES = ("national", "provincial")  # origins of what everybody has
CASES = "stories"  # the key of what tells single cases
NEAR = 40  # raw characters between a named thing and the practice that says what it is for
NUMBER = ["value", "value_high", "bound", "unit", "indicator"]
COLUMNS = "place source element feed key zh en strength status where named".split()
COLUMNS += [*NUMBER, "start", "ids", "items", "gloss"]
EMPTY = dict.fromkeys(("where", "bound", "unit", "indicator"), "") | {"named": False, "items": (), "gloss": ("", "")}
EMPTY |= {"value": None, "value_high": None}


@dataclass(frozen=True)
class Facts:
    """The tables of a corpus as the feeds ask for them; each is made once."""

    corpus: sources.Corpus
    zh: Callable  # the label of a key (and its group) in Chinese
    en: Callable  # and in English
    _indexed: dict = field(default_factory=dict)

    def both(self, key, group=""):
        """The labels of a key in Chinese and in English."""
        return self.zh(key, group), self.en(key, group)

    @cached_property
    def codings(self):
        """The practice codings of the texts, best of each sentence."""
        return practices.codings(self.corpus)

    @cached_property
    def codes(self):
        """{sentence: practices coded in it}."""
        return self.codings.groupby("sentence")["practice"].agg(set).to_dict()

    @cached_property
    def spans(self):
        """{sentence: [(start, end, practice)]} of the codings."""
        told, rows = {}, self.corpus.mentions.set_index("id")[["start", "end"]]
        for r in self.codings.join(rows, on="id").itertuples():
            told.setdefault(r.sentence, []).append((r.start, r.end, r.practice))
        return told

    def beside(self, row):
        """The practices coded within NEAR characters of a row, in its sentence."""
        return {p for a, b, p in self.spans.get(row.sentence, ()) if a - NEAR < row.end and row.start < b + NEAR}

    @cached_property
    def names(self):
        """The initiatives that are not another name of one, the best mention of each place first."""
        rows = self.corpus.mentions
        rows = rows[(rows["kind"] == "initiative") & (rows["alias_of"] == "")]
        rank = rows["status"].map(practices.RANK)
        return rows.assign(rank=rank).sort_values(["strength", "rank"], ascending=[False, True], kind="stable")

    @cached_property
    def numbers(self):
        """The quantities by id."""
        return self.corpus.quantities.set_index("id", drop=False)

    @cached_property
    def practised(self):
        """[codings of a practice in a place, as tuples, with `part`: the part of the place that each speaks of]."""
        told = self.corpus.mentions.set_index("id")[["where", "start", "surface"]]
        rows, groups = self.codings.join(told, on="id"), {}
        parts = [self.part(*told) for told in zip(rows["source"], rows["where"], strict=True)]
        for row in rows.assign(part=parts).itertuples():
            groups.setdefault((row.place, row.practice), []).append(row)
        return list(groups.values())

    @cached_property
    def several(self):
        """The (place, indicator) of which a text counts more than one thing: governance centres of several levels."""
        rows = self.corpus.quantities
        rows = rows[(rows["indicator"] != "") & rows["relation"].isin(["level", "share"]) & (rows["status"] != "case")]
        things = rows.groupby(["place", "indicator"])["noun"].nunique()
        return set(things[things > 1].index)

    @cached_property
    def apart(self):
        """{id of a number: its year}, of the indicators that a place counts for more than one year; a number without a
        period is of the year of its text."""
        rows = self.corpus.quantities
        rows = rows[(rows["indicator"] != "") & rows["relation"].isin(["level", "share"]) & (rows["status"] != "case")]
        own = {i: year for year, ids in sources.dated(self.corpus.sources).items() for i in ids}
        end = rows["period_end"].fillna("").astype(str).str[:4]
        rows = rows.assign(year=end.where(end != "", rows["source"].map(own).fillna("")))
        many = rows[rows["year"] != ""].groupby(["place", "indicator"])["year"].transform("nunique") > 1
        return dict(zip(rows.loc[many[many].index, "id"], rows.loc[many[many].index, "year"], strict=True))

    def within(self, name, sentence, column="sentence"):
        """The rows of a table that stand in a sentence, as tuples; of `names`, those of `self.names`."""
        if (name, column) not in self._indexed:
            told = self._indexed[name, column] = defaultdict(list)
            for row in (self.names if name == "names" else self.corpus.tables[name]).itertuples():
                told[getattr(row, column)].append(row)
        return self._indexed[name, column].get(sentence, [])

    def before(self, row):
        """The row of the named thing before a row in its sentence, no template that everybody has; None where none
        is."""
        names = [n for n in self.within("names", row.sentence) if n.start < row.start and n.origin not in TEMPLATES]
        return max(names[::-1], key=lambda n: n.start, default=None)

    def named(self, row):
        """The name of a row that `before` gave."""
        return "" if row is None else row.name

    @cached_property
    def owned(self):
        """{key of an initiative: ids of its quantities}."""
        rows = self.corpus.mentions
        return belonging(rows[rows["kind"] == "initiative"], self.corpus.quantities)

    @cached_property
    def glosses(self):
        """{name: row with zh and en} of the glosses that are written by hand."""
        return {r["name"]: r for r in sources.glosses().to_dict("records")}

    def told(self, words):
        """Words in English, else by a gloss that is written by hand, else as they are."""
        return english.english(words) or self.glosses.get(words, {}).get("en", "") or words

    def glossed(self, words):
        """Words in English, a list item by item; a name with its gloss behind."""
        bare = unquoted(words)
        gloss = self.glosses.get(bare, {}).get("en", "")
        return english.listed(words, self.told) or (english.glossed(bare, gloss) if gloss else words)

    @cached_property
    def places(self):
        """{sentence: [(start, part of the place)]} in the order of the text, from the rows that tell where they are."""
        rows = pd.concat([self.corpus.tables[t] for t in ("mentions", "quantities", "statements")])
        rows = rows[rows["kind"] != "actor"]
        told = {}
        for r in rows.sort_values("start", kind="stable").itertuples():
            told.setdefault(r.sentence, []).append((r.start, self.part(r.source, r.where)))
        return told

    def where(self, r):
        """The part of the place that a row speaks of: that of the last words before its end which tell one."""
        return next((part for start, part in self.places.get(r.sentence, ())[::-1] if start < r.end), "")

    @cached_property
    def spots(self):
        """[(text, start, end, place)] of the statements that a part of a place, a village, is told with."""
        rows = self.corpus.statements
        return [(r.source, r.start, r.end, r.where) for r in rows[rows["where"] != ""].itertuples()]

    def spot(self, r):
        """The part of the place that a row speaks of: its own, else that of a statement on the same words."""
        told = (w for source, a, b, w in self.spots if source == r.source and a < r.end and r.start < b)
        return self.part(r.source, r.where or next(told, ""))

    @cached_property
    def own(self):
        """{text: the Chinese name of its place}."""
        return self.corpus.sources.set_index("id")["place_zh"].to_dict()

    def part(self, source, where):
        """The part of the place that words speak of; "" for the whole, or for all levels below."""
        own = self.own.get(source, "")
        return "" if where in (*WHOLE, own) or own.startswith(where) else where


def kept(rows, truths):
    """The rows for which a list of truths holds; of no rows none."""
    return rows[pd.Series(truths, rows.index, dtype=bool)]


def holding(words, texts):
    """Whether each text holds the words, or after ! does not."""
    return [bool(re.search(words.lstrip("!"), t)) != words.startswith("!") for t in texts]


def candidate(rows, **told):
    """What every candidate carries of the row that it stands on, or of the first of several: a frame or a list."""
    rows = rows.itertuples() if isinstance(rows, pd.DataFrame) else rows if isinstance(rows, list) else [rows]
    row, *others = rows
    ids = (row.id, *(r.id for r in others))
    own = {"place": row.place, "source": row.source, "start": row.start, "ids": ids, "strength": 2}
    return {**own, "status": getattr(row, "status", "") or "done", **told}
