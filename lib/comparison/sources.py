"""What is compared: texts and places, how much each wrote, what cleaning did to it."""

import re
from dataclasses import dataclass, field
from functools import cached_property, partial

import pandas as pd

from lib import lexicon, paths
from lib.evidence.dataset.reads import Tables
from lib.schemas import SHORT

APART = ("sources", "shared_phrases")  # tables whose rows are not of one text
GROUPS = {"formulas": "formula", "loops": "loop", "links": "link"}  # tables of which several rows tell one thing
PASSAGE = {"passages": "id", "terms": "passage"}  # tables of passages: the column that names one


@dataclass(frozen=True)
class Corpus:
    """The tables of the evidence, each row with the `place` of its text; the words' own place is `where`.

    Only what is said on the subject is compared: rows of other sentences (sentences.csv, `on_subject`) are left out,
    and rows that begin in a clause on another field of government (`aside`), a formula or loop as its first row does.

    Texts whose place is unknown stand outside, unless all are such: then each is compared by itself, by its id.
    Terms are those of texts that are long enough to count words in.
    """

    tables: Tables  # each made when it is first asked for, and noted as read
    practices: pd.DataFrame  # the codebook: practice, dimension, instrument ...
    parents: dict = field(default_factory=dict)  # place -> the place that it lies in
    levels: dict = field(default_factory=dict)  # place -> its administrative level

    def __post_init__(self):
        object.__setattr__(self, "tables", Tables.of(self.tables))

    def __getattr__(self, name):
        try:
            return self.__dict__["tables"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def places(self):
        """The places in the order of data/places.csv."""
        return list(dict.fromkeys(self.sources["place"]))

    @property
    def long(self):
        """The places that have a text which is not flagged as short; all where none has."""
        told = set(self.sources.loc[~short(self.sources), "place"])
        return [p for p in self.places if p in told] or self.places

    def keep(self, **tables):
        """The same corpus with some tables replaced."""
        return Corpus(self.tables | tables, self.practices, self.parents, self.levels)

    def texts(self, ids):
        """The same corpus with these texts only."""
        kept = {name: partial(self._limited, name, ids) for name in self.tables}
        return Corpus(Tables(kept, ids), self.practices, self.parents, self.levels)

    def _limited(self, name, ids):
        table = self.tables.peek(name)
        return table[table["id" if name == "sources" else "source"].isin(ids)]

    def of(self, place):
        """The same corpus with the texts of one place only."""
        return self.texts(self.sources.loc[self.sources["place"] == place, "id"])

    def nested(self):
        """[(place, parent)] where both are compared."""
        return [(p, self.parents[p]) for p in self.places if self.parents.get(p) in self.places]

    def within(self):
        """[(place, parent)] of all places that lie in a known one; of a city in its province only where both are
        compared."""
        lie = [(p, self.parents[p]) for p in self.places if p in self.parents]
        return [(p, o) for p, o in lie if o in self.places or self.levels.get(p) != "prefecture"]


def corpus(evidence, codebook=paths.CODEBOOK):
    """The Corpus of an Evidence (already limited to the wanted places)."""
    rank = {place: n for n, place in enumerate(evidence.places.index)}
    sources = evidence.sources.assign(place=unit(evidence.sources), rank=evidence.sources["place"].map(rank))
    sources = sources[placed if (placed := evidence.sources["place"] == sources["place"]).any() else ~placed]
    sources = sources.sort_values(["rank", "place", "id"], kind="stable").drop(columns="rank")
    tables = _Placed(evidence.tables, sources)
    makers = {name: partial(tables.made, name) for name in evidence.tables if name not in APART}
    parents = evidence.places["parent"].to_dict() if "parent" in evidence.places else {}
    levels = evidence.places["level"].to_dict() if "level" in evidence.places else {}
    tables = Tables({"sources": lambda: sources} | makers, evidence.tables.texts)
    return Corpus(tables, codes(codebook), {k: v for k, v in parents.items() if v}, levels)


def unit(sources):
    """The unit of comparison of each text: its place, or the text itself where the place is unknown."""
    return sources["place"].where(~sources["place"].isin(["", "unknown"]), sources["id"])


@dataclass(frozen=True)
class _Placed:
    """The tables of an evidence as a corpus has them: rows of its texts, with their place, on the subject alone."""

    tables: Tables
    sources: pd.DataFrame

    @cached_property
    def where(self):
        """{text: its place}."""
        return self.sources.set_index("id")["place"]

    @cached_property
    def sentences(self):
        """The sentences that are on the subject."""
        rows = self.placed("sentences")
        return rows[rows["on_subject"] == "true"]

    def placed(self, name):
        """The rows of the corpus' texts, with their place."""
        table = self.tables.peek(name)
        named = table[table["source"].isin(self.where.index)].rename(columns={"place": "where"})
        return named.assign(place=named["source"].map(self.where))

    @cached_property
    def asides(self):
        """{sentence: [(start, end)] of what in it speaks of another field}."""
        told = self.sentences.set_index("id")["aside"]
        spans = told[told != ""].str.split().items()
        return {s: [tuple(map(int, span.split("-"))) for span in own] for s, own in spans}

    def aside(self, table, group):
        """Whether the first row of each group begins in an aside, for each row of a table."""
        inside = (
            any(a <= r.start < b for a, b in self.asides.get(r.sentence, ()))
            for r in table[["sentence", "start"]].itertuples()
        )
        first = pd.Series(inside, table.index, dtype=bool)
        return first.groupby([table["source"], table[group]]).transform("first") if len(table) else first

    def made(self, name):
        """A table of the corpus."""
        if name == "sentences":
            return self.sentences
        table = self.placed(name)
        if "sentence" in table:
            table = table[table["sentence"].isin(set(self.sentences["id"]))]
            table = table[~self.aside(table, GROUPS.get(name, "id"))]
        if name in PASSAGE:
            table = table[table[PASSAGE[name]].isin(set(self.sentences["passage"]))]
        if name == "terms":
            told = set(self.sources.loc[~short(self.sources), "id"]) or set(self.sources["id"])
            table = table[table["source"].isin(told)]
        return table


def aside(evidence, corpus):
    """One row a text of which not all is on the subject: source, place, sentences, kept (those that are), share."""
    texts = evidence.sentences.groupby("source")["on_subject"]
    counts = texts.agg(sentences="size", kept=lambda c: (c == "true").sum())
    rows = counts.join(corpus.sources.set_index("id")["place"], how="inner").reset_index()
    rows = rows[rows["kept"] < rows["sentences"]]
    return rows.assign(share=rows["kept"] / rows["sentences"])


def short(sources):
    """Whether each text has too few characters on the subject for counts of words and practices to mean anything."""
    return sources["subject_characters"] < SHORT


def codes(folder=paths.CODEBOOK):
    """The codebook's practices as a frame: practice, dimension, instrument, zh, en ..."""
    columns = ("practice", "dimension", "zh", "en", "instrument")
    return pd.DataFrame(lexicon.table(folder / "practices.csv", columns)).drop(columns="line")


def cleaning(corpus):
    """One row a text: characters that cleaning cut, joined, repaired, converted, flagged, and the share cut."""
    actions = ["cut", "joined", "repaired", "converted", "flagged"]
    wide = corpus.ledger.pivot_table(index="source", columns="action", values="characters", aggfunc="sum")
    wide = wide.reindex(index=corpus.sources["id"], columns=actions).fillna(0).astype(int)
    raw = corpus.sources.set_index("id")["characters"].astype(float)
    wide.insert(0, "place", list(corpus.sources["place"]))
    wide = wide.assign(characters=raw.astype(int), cut_share=wide["cut"] / raw.where(raw > 0))
    return wide.reset_index(names="source")


def laws(path=paths.DATA / "laws.csv"):
    """The laws on safeguards: law, en, in_force, articles, practice, subject, note."""
    return pd.DataFrame(lexicon.table(path, ("law", "en", "in_force", "practice"))).drop(columns="line")


def glosses():
    """What named initiatives do, in our words: name, zh, en; no rows where there is no such table."""
    path = paths.LEXICON / "glosses.csv"
    if not path.exists():
        return pd.DataFrame(columns=["name", "zh", "en"])
    return pd.DataFrame(lexicon.table(path, ("name", "zh", "en"))).drop(columns="line")


NAMED = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # a year in a title


def dated(sources):
    """{year: ids of its texts}, the earliest first; a text without a date is in none. It is of the year that its title
    names, where that is the year of its publication or the one before: what sums up 2023 appears in 2024."""
    told = sources["published"].astype(str).str[:4]
    year = pd.Series([titled(t, y) or y for t, y in zip(sources["title"], told, strict=True)], sources.index, dtype=str)
    return {y: list(own["id"]) for y, own in sources[told.str.isdigit()].groupby(year)}


def titled(title, published):
    """The year that a title names, "" where none or another than that of its publication or the one before."""
    found = NAMED.search(str(title))
    return found[0] if found and published.isdigit() and int(published) - int(found[0]) in (0, 1) else ""
