"""Names of persons stand nowhere in the report, whichever chapter or script its words come from."""

import pandas as pd
import pytest
from lxml import etree

from lib import paths
from lib.reading import persons
from lib.reading.script import simplified
from lib.report.binding import bind
from lib.report.run import execute
from lib.report.show.registry import Registry

CHAPTERS = sorted(paths.NOTEBOOKS.glob("[0-9]_*.ipynb"))
TEXT = "民警張國強巡邏時說，鄰里安寧。\n傍晚張國強又來到社區。"


@pytest.fixture(scope="module")
def made(corpus_evidence, tmp_path_factory):
    """(raw texts of the invented corpus, the words of the bound page)."""
    folder = tmp_path_factory.mktemp("persons")
    settings = {"evidence": str(corpus_evidence), "texts": "build/texts", "language": "en", "places": []}
    bind.bind(execute.run(CHAPTERS, settings, folder / "executed"), folder / "report.html")
    page = etree.HTML((folder / "report.html").read_text(encoding="utf-8"))
    ids = pd.read_csv(corpus_evidence / "sources.csv")["id"]
    texts = [(paths.BUILD / "texts" / f"{id}.txt").read_text(encoding="utf-8") for id in ids]
    return texts, "".join(page.itertext()) + " ".join(page.xpath("//@title | //@alt"))


def test_no_name_of_the_corpus_stands_in_the_page(made):
    texts, page = made
    names = {text[a:b] for text in texts for a, b in persons.find(simplified(text)) if b - a > 2}
    assert names and [name for name in names if name in page or simplified(name) in page] == []


class Evidence:
    """One text in traditional script that names a person twice, once without a title."""

    sources = pd.DataFrame([{"id": "t", "place": "linhu", "published": "2023-05"}])
    start = TEXT.index("傍晚")
    sentences = pd.DataFrame([{"id": "t.s1", "source": "t", "start": start, "end": len(TEXT)}])
    quantities = pd.DataFrame(
        [{"id": "t.q1", "source": "t", "sentence": "t.s1", "start": start + 2, "end": start + 6, "surface": "張國強又"}]
    )

    @staticmethod
    def quote(source, start, end):
        return TEXT[start:end]


def test_a_name_is_masked_where_it_stands_without_its_title():
    registry = Registry(Evidence())
    assert registry.sentence("t.s1")["text"] == "傍晚張××又來到社區。"
    assert registry.row("t.q1")["surface"] == "張××又"
    assert registry.named("t") == {"張國強": "張××", "张国强": "張××"}


def test_a_source_is_named_by_place_and_year_with_a_letter_where_two_are_alike():
    assert Registry(Evidence()).names == {"t": "linhu 2023"}
    two = type("Two", (Evidence,), {"sources": pd.concat([Evidence.sources, Evidence.sources.assign(id="u")])})
    assert list(Registry(two()).names.values()) == ["linhu 2023a", "linhu 2023b"]
