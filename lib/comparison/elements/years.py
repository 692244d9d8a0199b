"""What the texts of a place say in one year, as another year asks: what they speak of, what they count."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib.comparison.elements import statements
from lib.comparison.elements.facts import Facts
from lib.comparison.sources import Corpus, titled
from lib.comparison.status import AHEAD
from lib.reading.script import simplified
from lib.reading.spans import unquoted

COMPARED = ["level", "share"]  # relations of numbers that can be held against each other
WORDS = {
    "mentions": ("name", "surface"),
    "quantities": ("noun",),
    "roles": ("actor",),
    "statements": ("x", "y", "value"),
    "claims": ("metric",),
    "formulas": ("name", "part"),
}  # {table: columns of what its rows name or count}


HEAD = 4  # characters at the end of two words that make them of one kind: 县综治中心, 村级综治中心


@dataclass(frozen=True)
class Year:
    """What the texts of a place say in one year."""

    corpus: Corpus
    zh: Callable  # the label of a key in Chinese
    en: Callable  # and in English
    year: str

    @cached_property
    def facts(self):
        """Its tables as the feeds of the elements ask for them."""
        return Facts(self.corpus, self.zh, self.en)

    @cached_property
    def said(self):
        """Its statements."""
        return statements.statements(self.corpus, self.zh, self.en)

    @cached_property
    def words(self):
        """{id of a row: what it names or counts}."""
        found = {}
        for table, columns in WORDS.items():
            for r in self.corpus.tables[table].itertuples():
                told = (unquoted(simplified(getattr(r, c))) for c in columns)
                found[r.id] = [w for w in told if len(w) > 1]
        return found

    @cached_property
    def all_words(self):
        """All of these words, a line each."""
        return "\n".join(w for own in self.words.values() for w in own)

    @cached_property
    def keys(self):
        """The indicators that are counted and the practices that are coded, whatever their status."""
        return {*self.corpus.quantities["indicator"], *self.facts.codings["practice"]} - {""}

    @cached_property
    def heads(self):
        """The ends of these words that say of what kind each is."""
        return {w[-HEAD:] for own in self.words.values() for w in own if len(w) >= HEAD}

    @cached_property
    def titled(self):
        """Whether each text names the year in its title: what it counts without a period is of that year."""
        return all(titled(r.title, str(r.published)[:4]) for r in self.corpus.sources.itertuples())

    def speaks(self, row, year):
        """Whether anything here is of what a statement of another year says: its indicator or practice, its words; of
        what has no name of its own, a word of the same kind."""
        key = row.indicator or row.key
        words = [w for i in row.ids for w in year.words.get(i, ())]
        alike = not row.named and any(w[-HEAD:] in self.heads for w in words)
        return key in self.keys or alike or any(w in self.all_words for w in words)

    @cached_property
    def levels(self):
        """The amounts of the whole place that are so, without those that another is told to have come from."""
        rows = self.corpus.quantities
        rows = rows[rows["relation"].isin(COMPARED) & rows["value"].notna() & (rows["noun"] != "")]
        rows = rows[~rows["status"].isin([*AHEAD, "case"]) & (rows["unit_kind"] != "money")]
        rows = rows[rows["damaged"] != "true"]
        bases = set(zip(rows["sentence"], pd.to_numeric(rows["base_value"]), strict=True))
        told = [r for r in rows.itertuples() if (r.sentence, r.value) not in bases]
        return [r for r in told if not self.facts.part(r.source, r.where)]


DAYS = 365  # of a year
SAME = 0.1  # by how much the lengths of two periods may differ


def alike(a, b, old, new):
    """Whether two amounts, each of its Year, are of periods of one length, or of none."""
    lengths = [_days(r) for r in (a, b)]
    if any(lengths):
        lengths = [n or DAYS * year.titled for n, year in zip(lengths, (old, new), strict=True)]
    if not all(lengths):
        return not any(lengths)
    return abs(lengths[0] - lengths[1]) <= SAME * max(lengths)


def _days(r):
    """The days of a period that has both ends; 0 where it has not."""
    ends = pd.to_datetime([r.period_start or None, r.period_end or None])
    return 0 if ends.isna().any() else (ends[1] - ends[0]).days + 1


def when_true(r, year):
    """The year that a row is true of, with the months of a part of one; else the year of its text."""
    start, end = str(r.period_start or ""), str(r.period_end or "")
    if not end or getattr(r, "denominator", ""):
        return year.year
    if not start or start[5:] == "01-01" and end[5:] == "12-31":
        return "–".join(dict.fromkeys([start[:4] or end[:4], end[:4]]))
    return start[:7] if start[:7] == end[:7] else f"{start[:7]}–{end[5:7] if start[:4] == end[:4] else end[:7]}"
