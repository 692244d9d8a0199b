"""The desk: evidence and corpus for plain cells of a notebook, with functions for plain questions.

    from lib import desk
    evidence, corpus = desk.begin(texts="build/texts")
    evidence.find("人工智能|大模型")
    corpus.rate("police_posts")
    corpus.ties("changzhou")

Every table carries the place of its text (`place`, `place_name`), the text's date and the label of its code. What a
text does not say is missing with its reason in `why`, never zero.
"""

import difflib
import sys
from functools import cache, cached_property

import pandas as pd

from lib import paths
from lib.comparison import language as words
from lib.comparison import practices, rates, sources
from lib.comparison.elements import codebook, feeds, statements
from lib.comparison.status import AHEAD
from lib.evidence.dataset import tables
from lib.lexicon import BadInput
from lib.reading.script import simplified
from lib.report.show import pane, style
from lib.report.show.labels import Labels, placed

CODES = {  # the column of each table whose labels it carries
    "quantities": "indicator",
    "mentions": "key",
    "claims": "kind",
    "roles": "role",
    "loops": "stage",
    "links": "actor_kind",
    "statements": "element",
}
SEARCHED = ("mentions", "quantities", "claims")  # where words are looked for when the texts are not at hand
ABSENT = "texts not at hand: run make evidence TEXTS=dir, then desk.begin('build/evidence', 'build/texts')"
OUTSIDE = "left out, since their place is unknown (give each one in sources.csv): "


def begin(evidence="data/evidence", texts="", places=(), language="en", years=()):
    """(Evidence, Corpus) of a folder of evidence, limited to some places (ids or names), and to texts published in
    some years, where they are given; BadInput where no text is left.

    `texts`: the folder of the texts (build/texts), where words are to be found in them. Charts show Chinese. Texts
    whose place is unknown are left out, and named in a line.
    """
    style.use()
    pane.legible()
    read = tables.load(paths.ROOT / evidence, texts and paths.ROOT / texts).only(_listed(places))
    corpus = sources.corpus(read)
    if left_out := outside(read, corpus):
        print(OUTSIDE + ", ".join(left_out), file=sys.stderr)
    return opened(read, corpus, placed(language, read), years=_listed(years))


def outside(read, corpus):
    """The files of the texts of an evidence that a corpus leaves out, since their place is unknown."""
    return list(read.sources.loc[~read.sources["id"].isin(corpus.sources["id"]), "file"])


def _listed(given):
    """What somebody gave for places or years, one or several, as a list of strings."""
    return [str(g) for g in ([given] if isinstance(given, (str, int)) else given)]


def opened(read, corpus, labels, places=(), years=()):
    """(Evidence, Corpus) of those texts of a corpus, or of a Corpus opened before, that are of these places and years;
    "" is the year of undated ones."""
    told, whole = corpus.sources, corpus if isinstance(corpus, Corpus) else None
    kept = told["place"].isin(places or corpus.places) & told["published"].str[:4].isin(years or year(told))
    if not kept.any():
        known = ", ".join(sorted({y or "''" for y in year(told)}))
        raise BadInput(f"no text of these places and years; expected places with texts, and years of {known}")
    corpus = corpus if kept.all() else corpus.texts(told.loc[kept, "id"])
    return Evidence(read, corpus, labels), Corpus(read, corpus, labels, whole)


def year(sources):
    """The years in which texts were published, in order, once each."""
    return sorted(set(sources["published"].str[:4]))


class Evidence:
    """The tables as attributes (`evidence.quantities`), labelled."""

    def __init__(self, read, corpus, labels):
        self.read, self.corpus, self.labels = read, corpus, labels
        self.table = cache(self._table)

    def __getattr__(self, name):
        if name in self.corpus.tables:
            return self.table(name)
        raise AttributeError(f"no table {name}; expected {', '.join(self.corpus.tables)}")

    def _table(self, name):
        return labelled(self.corpus.tables[name], self.corpus, self.labels, CODES.get(name, ""))

    def absent(self):
        """The places with a text that is not at hand."""
        sources = self.corpus.sources
        return set(sources.loc[~sources["id"].isin(self._at_hand), "place"])

    @cached_property
    def _at_hand(self):
        return {s for s in self.corpus.sources["id"] if self.read.quote(s, 0, 1) is not None}

    def find(self, pattern, width=20, synonyms=False):
        """One row for each place where words stand (a regular expression), with what is left and right of them.

        `synonyms`: each word that lexicon/synonyms.csv knows stands for all of its row. Without any text: where the
        surfaces of practices, names, numbers and claims have them, and a line says so.
        """
        pattern = words.widened(pattern) if synonyms else pattern
        if self._at_hand:
            found = words.kwic(self.read, pattern, width)
        else:
            print(ABSENT, file=sys.stderr)
            found = self._surfaces(words.expression(pattern))
        found = found[found["source"].isin(self.corpus.sources["id"])]
        home = self.corpus.sources.set_index("id")["place"]
        return labelled(found.assign(place=found["source"].map(home)), self.corpus, self.labels)

    @cached_property
    def codes(self):
        """{sentence: the labels of its practices, each with the rule that coded it}."""
        rows = self.mentions[self.mentions["kind"] == "practice"]
        told = rows["label"] + " (" + rows["rule"] + ")"
        return {s: "; ".join(dict.fromkeys(own)) for s, own in told.groupby(rows["sentence"])}

    def _surfaces(self, pattern):
        """Where the words stand in surfaces, each place once; in one that was mended its first character tells."""
        columns = ["source", "sentence", "start", "end", "surface"]
        found = [
            (source, sentence, start + (m.start() if end - start == len(surface) else 0), surface[slice(*m.span())])
            for n in SEARCHED
            for source, sentence, start, end, surface in self.read.tables[n][columns].itertuples(index=False)
            for m in pattern.finditer(simplified(surface))
            if m[0]
        ]
        told = pd.DataFrame(found, columns=["source", "sentence", "start", "word"])
        return told.drop_duplicates(["source", "start"]).sort_values(["source", "start"], ignore_index=True)

    def count(self, pattern, synonyms=False):
        """One row a place: how often these words stand in its texts, also per 1,000 of their characters, and in how
        many sentences; places that don't use them are missing with the reason. A place with a text that is not at
        hand has no number per 1,000, and says why."""
        return self.counted(self.find(pattern, synonyms=synonyms))

    def counted(self, found):
        """What `count` gives, of rows that `find` gave."""
        told = found.groupby("place").agg(count=("start", "size"), sentences=("sentence", "nunique")).astype("Int64")
        absent, written = self.absent(), self.corpus.sources.groupby("place")["kept_characters"].sum()
        told.insert(1, "per_1000", (1000 * told["count"] / written.reindex(told.index)).astype(float))
        told.loc[told.index.isin(absent), "per_1000"] = float("nan")
        told["why"] = [self.labels.of("text_absent") if place in absent else "" for place in told.index]
        return silent(told, self.corpus, self.labels, dict.fromkeys(absent, "text_absent"))


class Corpus:
    """What is compared: everything that lib.comparison asks of it, and plain questions."""

    def __init__(self, read, corpus, labels, whole=None):
        self._read, self._corpus, self._labels, self._whole = read, corpus, labels, whole

    def __getattr__(self, name):
        return getattr(self.__dict__["_corpus"], name)

    def rate(self, indicator):
        """One row a number of an indicator (its key or label), planned ones too, per 10,000 residents and per km2
        where both may be told, else with the reason; a place that gives none has a row that says so. BadInput where
        there is no such one."""
        known = {key for key in self.quantities["indicator"] if key} | set(rates.kinds())
        indicator = self._named(indicator, known, "indicator")
        numbers, known = self.quantities[self.quantities["indicator"] == indicator], self._read.places
        told = [rates.rates(numbers, known), rates.withheld(numbers, known).rename(columns={"reason": "why"})]
        rest = numbers[~numbers["id"].isin([id for t in told for id in t["id"]])]
        told.append(rest.assign(why=[_unrated(row) for row in rest.itertuples()]))
        found = pd.concat([t.dropna(axis=1, how="all") for t in told if len(t)] or told[:1], ignore_index=True)
        found = found.assign(why=[self._labels.of(w) for w in found.get("why", pd.Series("", found.index)).fillna("")])
        columns = ["value", "bound", "noun", "period", "per_10000", "per_km2", "population_year", "why", "id"]
        return silent(found.set_index("place").reindex(columns=columns), self, self._labels)

    def ties(self, place):
        """One row a statement that bodies of a place (its id or name) act together: who, with, verb, status, sentence,
        ids; where its texts state none, one row that says so."""
        place = self._named(place, set(self.places), "place", "short")
        own = self.links[self.links["place"] == place]
        rows = []
        for (source, _), g in own.groupby(["source", "link"], sort=False):
            sides = {"who": g["side"] == "subject", "with": g["side"] != "subject"}
            told = {name: "、".join(g.loc[side, "actor"]) for name, side in sides.items()}
            told |= {c: g[c].iloc[0] for c in ("verb", "status", "sentence")}
            rows.append({"place": place, "source": source, **told, "ids": list(g["id"]), "why": ""})
        columns = ["place", "source", "who", "with", "verb", "status", "sentence", "ids", "why"]
        rows = rows or [{"place": place, "source": "", "why": self._labels.of("not_mentioned")}]
        return labelled(pd.DataFrame(rows, columns=columns), self, self._labels)

    def practice(self, practice):
        """One row a place: whether and in how many sentences its texts speak of a practice, and how strongly."""
        practice = self._named(practice, set(self.practices["practice"]), "practice", "practice")
        own = self.states.query("practice == @practice and state != 'not_mentioned'").set_index("place")
        why = ["" if s == "evidenced" else self._labels.of(s) for s in own["state"]]
        return silent(own.assign(why=why)[["sentences", "strength", "why", "ids"]], self, self._labels)

    @cached_property
    def states(self):
        """One row a practice and place: state, ids; sentences and strength are missing where it is not evidenced."""
        states = practices.matrix(practices.codings(self._corpus), self._corpus)
        shown, counts = states["state"] == "evidenced", ["sentences", "strength"]
        return states.assign(**{c: states[c].astype("Int64").where(shown) for c in counts})

    def element(self, element):
        """One row a thing that a place's texts say of an element of a model, the most telling first: statement, status,
        scope (whole, part, case), ids; a place that says nothing has a row that says so."""
        element = self._named(element, {e.key for e in codebook.elements()}, "element", "element")
        own = self.said[self.said["element"] == element].set_index("place")
        statement = own[self._labels.language]
        return silent(own.assign(statement=statement)[["statement", "status", "scope", "ids"]], self, self._labels)

    def _named(self, word, known, what, group=""):
        """The known key that somebody named by itself or by its label in either language; BadInput, with what is like
        it, where there is none."""
        labels = [Labels(language, self._labels.known) for language in ("en", "zh")]
        names = {label.of(key, g).lower(): key for label in labels for key in known for g in ("", group)}
        key = word if word in known else names.get(str(word).lower())
        if key is None:
            near = difflib.get_close_matches(str(word), [*known, *names], 3, 0.5) or sorted(known)
            told = [f"{key} ({labels[1].of(key, group)})" for key in dict.fromkeys(names.get(n, n) for n in near)]
            raise BadInput(f"no {what} {word!r}; expected such as {', '.join(told[:8])}")
        return key

    @cached_property
    def said(self):
        """What each place's texts say of each element, as lib.comparison.elements.statements gives it."""
        return statements.best(self._candidates, self.places, codebook.elements())

    @cached_property
    def _candidates(self):
        if self._whole:
            return self._whole._candidates[self._whole._candidates["source"].isin(self.sources["id"])]
        both = (placed(language, self._read).of for language in ("zh", "en"))
        return feeds.candidates(self._corpus, codebook.elements(), *both)


def labelled(rows, corpus, labels, code=""):
    """A table with place_name and date beside its place, and the label of the codes in a column."""
    dates = corpus.sources.set_index("id")["published"]
    added = {"place_name": [labels.of(p, "short") for p in rows["place"]]}
    if "source" in rows or "published" in rows:
        added["date"] = list(rows["source"].map(dates) if "source" in rows else rows["published"])
    if code:
        names = rows["name"] if "name" in rows else rows[code]  # an initiative has a name and no label
        added["label"] = [
            labels.of(c, code) if labels.has(c, code) else n for c, n in zip(rows[code], names, strict=True)
        ]
    first = ["place", "place_name", *(c for c in ("date", "label") if c in added)]
    return rows.assign(**added)[[*first, *(c for c in rows.columns if c not in first)]]


def silent(told, corpus, labels, reasons=()):
    """Rows by place, and a row with the reason for each place without one: its cells are missing, never zero.

    The date of a row is that of the texts that its `id` or `ids` are of, else of all texts of its place; places stand
    in the order that figures have them in.
    """
    rest = [p for p in corpus.places if p not in told.index]
    why = told["why"] if "why" in told else pd.Series("", told.index)
    none = pd.DataFrame({"why": [labels.of(dict(reasons).get(p, "not_mentioned")) for p in rest]}, index=rest)
    found = pd.concat([told.assign(why=why), none]) if rest else told.assign(why=why)
    found = found.rename_axis("place").reset_index()
    order = found["place"].map({p: n for n, p in enumerate(style.order(corpus.places))})
    named = labelled(found, corpus, labels)
    named.insert(2, "date", [_dates(corpus.sources, row) for row in found.to_dict("records")])
    return named.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _dates(sources, row):
    ids = row["ids"] if isinstance(row.get("ids"), (list, tuple)) else [row.get("id")]
    own = sources["id"].isin([str(id).split(".")[0] for id in ids])
    return ", ".join(
        sorted(set(sources.loc[own if own.any() else sources["place"] == row["place"], "published"]) - {""})
    )


def _unrated(row):
    """Why a number is none that a rate is made of: planned, prescribed, of a case, a change, a share."""
    if row.status in (*AHEAD, "case"):
        return row.status
    return row.relation if row.relation != "level" else "no_count"
