"""How every notebook begins: from its parameters to a report that shows and a corpus that is compared."""

from dataclasses import replace
from functools import lru_cache

from lib import paths
from lib.comparison import sources
from lib.comparison.sources import Corpus
from lib.evidence.dataset import tables
from lib.evidence.dataset.reads import Tables
from lib.report.show.cite import Report


def begin(evidence: str, texts: str, places: list, language: str) -> tuple[Report, Corpus]:
    """The report in a language and the corpus of the evidence, limited to some places where they are given."""
    whole = read(evidence, texts)
    places = whole.ids(places)
    chosen = whole.only(places)
    return Report(chosen, language, places), sources.corpus(chosen)


def read(evidence: str, texts: str) -> tables.Evidence:
    """The checked dataset of a folder; it is read again where it has changed since this process read it."""
    folder = paths.ROOT / evidence
    described = folder / "datapackage.json"
    found = _read(folder, texts and paths.ROOT / texts, described.exists() and described.stat().st_mtime_ns)
    return replace(found, tables=Tables({n: lambda n=n: found.tables.peek(n).copy(deep=False) for n in found.tables}))


@lru_cache(maxsize=1)
def _read(folder, texts, _changed):
    return tables.load(folder, texts)
