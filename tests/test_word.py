"""The report for Word: every figure and table, words that stay words, links that arrive in the HTML file beside it."""

import re

import pytest
from docx import Document
from lxml import etree

from lib.report.binding import bind
from tests.small_report import HOSTILE

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module", params=["en", "zh"])
def made(request, small_report, tmp_path_factory):
    page = small_report(request.param)["html"]
    outs = [tmp_path_factory.mktemp(name) / "report.docx" for name in ("word", "again")]
    for out in outs:
        bind.bind(page.parent / "executed", out, request.param)
    return [page, *outs]


@pytest.fixture(scope="module")
def page(made):
    return etree.HTML(made[0].read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document(made):
    return Document(made[1])


def plain(text):
    """Words without the places where they may be broken."""
    return " ".join(re.sub(r"[\u200b\u00ad]", "", text).split())


def test_every_figure_is_there_and_says_what_it_shows(document, page):
    figures = page.xpath("//figure[@class='figure']")
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert figures and len(told) == len(figures) and all(told)


def test_every_table_is_there_with_its_cells(document, page):
    tables = page.xpath("//figure[starts-with(@class, 'table')]//table")
    assert tables and len(document.tables) == len(tables)
    for printed, shown in zip(document.tables, tables, strict=True):
        said = [plain("".join(cell.itertext())) for cell in shown.iter("th", "td")]
        cells = [plain(cell.text) for row in printed.rows for cell in row.cells]
        assert cells == said[: len(cells)] and len(printed.rows) > 1


def test_numbers_lead_to_evidence_that_is_in_the_page(document, page):
    targets = [r.target_ref for r in document.part.rels.values() if r.is_external and "#" in r.target_ref]
    links = [t.split("#") for t in targets if not t.startswith(("http", "mailto"))]
    assert links and {file for file, _ in links} == {"report.html"}
    assert {anchor for _, anchor in links} <= set(page.xpath("//@id"))
    figures = {a.removeprefix("#") for a in page.xpath("//figure[@class='figure']/figcaption//a/@href")}
    assert figures <= {anchor for _, anchor in links}


def test_references_to_figures_and_tables_arrive(document):
    body = document.element.body
    names = {mark.get(f"{WORD}name") for mark in body.iter(f"{WORD}bookmarkStart")}
    anchors = {link.get(f"{WORD}anchor") for link in body.iter(f"{WORD}hyperlink")} - {None}
    assert {a for a in anchors if a.startswith(("fig-", "tbl-"))} <= names
    assert any(name.startswith("fig-") for name in names)


def test_hostile_words_stay_words(document):
    kept = {plain(cell.text) for table in document.tables for row in table.rows for cell in row.cells}
    assert [h for h in HOSTILE if plain(h) not in kept] == []


def test_the_same_report_gives_the_same_bytes(made):
    assert made[2].read_bytes() == made[1].read_bytes()
