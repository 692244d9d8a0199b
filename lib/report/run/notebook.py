"""How every notebook begins: from its parameters to a report that shows and a corpus that is compared."""

from lib import paths
from lib.comparison import sources
from lib.comparison.sources import Corpus
from lib.evidence.dataset import tables
from lib.report.show.cite import Report


def begin(evidence: str, texts: str, places: list, language: str) -> tuple[Report, Corpus]:
    """The report in a language and the corpus of the evidence, limited to some places where they are given."""
    read = tables.load(paths.ROOT / evidence, texts and paths.ROOT / texts).only(places)
    return Report(read, language, places), sources.corpus(read)
