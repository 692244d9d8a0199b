"""What findings are made from: the settings of a comparison, the codings that count, the claims of results."""

from dataclasses import dataclass
from functools import cached_property

from lib.comparison import claims as grades
from lib.comparison import practices
from lib.comparison.sources import Corpus


@dataclass(frozen=True)
class Settings:
    """How a comparison is made: seed, level of intervals, unit that is counted, sentences that make a practice
    evidenced, least strength of a coding."""

    seed: int = 20221227
    level: float = 0.95
    units: str = "sentence"
    at_least: int = 1
    strength: int = 1


def coded(corpus, settings):
    """The codings of at least the wanted strength."""
    rows = practices.codings(corpus)
    return rows[rows["strength"] >= settings.strength]


@dataclass(frozen=True)
class Basis:
    """What findings are made from: a corpus, its codings and the settings; what several rules need is made once."""

    corpus: Corpus
    settings: Settings

    @cached_property
    def rows(self):
        """The codings of at least the wanted strength."""
        return coded(self.corpus, self.settings)

    @cached_property
    def done(self):
        """Those that count."""
        return practices.counted(self.rows)

    @cached_property
    def states(self):
        """The map of practices."""
        return practices.matrix(self.rows, self.corpus, self.settings.at_least)

    @cached_property
    def contrast(self):
        """Each place against the others, by dimension."""
        tallied = practices.tallies(self.rows, self.corpus, units=self.settings.units)
        return practices.contrast(tallied, self.settings.seed, self.settings.level)


def results(corpus):
    """The claims of results reached, outcomes and outputs, with `nature`, `level` and `compared` (level above 0): none
    that are planned or prescribed, no honours."""
    claims = grades.done(corpus.claims)
    graded = grades.graded(claims[claims["direction"] != "award"])
    return graded.assign(compared=graded["level"] > 0)
