"""Binding: two formats with the same numbers, every link leads somewhere, hostile words are words."""

import base64
import hashlib
import re

import nbformat
import pypdf
import pytest
from lxml import etree
from nbformat import v4

from lib import paths
from lib.lexicon import BadInput
from lib.report.binding import bind, chapters, citation, inline, pandoc, pdf
from lib.report.run import execute
from lib.report.show.labels import Labels
from tests.small_report import HOSTILE, bound, notebook


@pytest.fixture(scope="module", params=["en", "zh"])
def report(request, small_report):
    """(language, {suffix: path}) of the small report."""
    return request.param, small_report(request.param)


@pytest.fixture(scope="module")
def page(report):
    return etree.HTML(report[1]["html"].read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(report):
    return pypdf.PdfReader(report[1]["pdf"])


def words(pages):
    return "\n".join(p.extract_text() for p in pages.pages)


def test_the_report_says_how_to_cite_it_and_its_dataset(tmp_path, report):
    heading, said, entry = citation.blocks({"name": "data-set", "hash": "0123456789ab"}, Labels(report[0]))
    version = (paths.CODEBOOK / "VERSION").read_text("utf-8").strip()
    assert all(part in "".join(pandoc.plain(said["c"])) for part in ("data-set", version, "0123456789ab"))
    authors = Labels(report[0]).of("The authors")
    assert entry["c"][1].startswith(f"@misc{{data-set,\n  author = {{{{{authors}}}}},")
    assert "0123456789ab}" in entry["c"][1]
    assert citation.blocks({}, Labels(report[0])) == []


def test_every_link_inside_the_page_leads_to_one_place(page):
    ids = page.xpath("//@id")
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {"ev", "set", "fig", "tbl"} <= {t.partition("-")[0] for t in targets}


def test_the_page_fetches_nothing_and_runs_only_its_own_script(page):
    assert not page.xpath("//iframe | //object | //link | //*[@*[starts-with(name(), 'on')]]")
    (script,) = page.xpath("//script")
    own = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert not script.attrib and policy.endswith(f"script-src 'sha256-{own}'")
    assert all(src.startswith("data:") for src in page.xpath("//@src"))
    assert all(href.startswith(("#", "https://")) for href in page.xpath("//@href"))
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_figures_are_drawings_with_text_and_ids_of_their_own(page):
    drawings = page.xpath("//figure//svg")
    assert len(drawings) == 3 and all("警务站" in "".join(d.itertext()) for d in drawings)
    assert page.xpath("//svg//text[@lang='zh-CN']") and not page.xpath("//svg//style | //svg//metadata | //figure//img")


def test_a_mark_of_a_figure_leads_to_its_evidence(page, tmp_path, report):
    (mark,) = page.xpath("//figure//svg//a")
    (entry,) = page.xpath(f"//*[@id='{mark.get('href')[1:]}']")
    assert re.fullmatch(r"S\d+ \(2\): E2–E3", "".join(entry.itertext()))
    told = {"zh": "警务站、<2>", "en": "警务站, <2>"}[report[0]]
    assert mark.get("aria-label") == told and mark.getparent().xpath("ancestor-or-self::svg/@role") == ["group"]
    bind.bind(report[1]["html"].parent / "executed", tmp_path, report[0])
    assert not [p for p in tmp_path.glob("*.svg") if "<a" in p.read_text("utf-8")]


def test_a_foreign_drawing_keeps_its_lines_and_loses_what_runs_or_leads_away():
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10pt">'
        '<script>1</script><style>*{color:red}</style><a href="https://x.example"><path d="M 0 0"/></a>'
        '<path id="p" d="M 1.23456 2" onclick="1"/><use xlink:href="#p"/><image href="https://x.example/x.png"/>'
        "<text>0.12345: 1 &lt;b&gt;</text></svg>"
    )
    assert inline.svg(drawn, "fig-1", "A <b>") == (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A &lt;b&gt;" '
        'style="--width:15px;stroke-linejoin:round;stroke-linecap:butt"><path d="M 1.23 2" id="fig-1-p"/>'
        '<use href="#fig-1-p"/><image/><text>0.12345: 1 &lt;b&gt;</text></svg>'
    )


def test_chinese_words_are_marked_in_the_english_page(report, page):
    marked = page.xpath("//main//span[@lang='zh-CN'] | //td[@lang='zh-CN'] | //p[@class='sentence'][@lang='zh-CN']")
    assert marked if report[0] == "en" else page.xpath("/html/@lang") == ["zh-CN"]


def test_hostile_words_stand_in_the_page_as_they_are(page):
    shown = " ".join("".join(page.itertext()).split())
    assert [h for h in HOSTILE if " ".join(h.split()) not in shown] == []


def test_hostile_words_stand_in_the_pdf_as_they_are(pages):
    shown = re.sub(r"\s|-\n|\u200b", "", words(pages))
    assert [h for h in HOSTILE if re.sub(r"\s", "", h) not in shown] == []


def test_figures_and_tables_have_the_same_numbers_in_both_formats(report, page, pages):
    figure, table = ("Figure", "Table") if report[0] == "en" else ("图", "表")
    captions = ["".join(c.itertext()).strip() for c in page.xpath("//figcaption")]
    assert [re.match(rf"({figure}|{table}) \d", c).group() for c in captions] == [
        f"{figure} 1",
        f"{figure} 2",
        f"{figure} 3",
        f"{table} 1",
        f"{table} 2",
    ]
    assert all(re.search(rf"{figure}\s*{n}", words(pages)) for n in (1, 2, 3))


def test_cross_references_lead_to_the_figure_of_the_own_place_else_to_the_only_one(page, report):
    figure = "Figure {}" if report[0] == "en" else "图 {}"
    links = {(a.get("href"), a.text) for a in page.xpath("//main//p/a")}
    assert {
        ("#fig-2_practices-stations", figure.format(3)),
        ("#fig-1_city-yunzhou-profile", figure.format(2)),
        ("#fig-1_city-linhu-profile", figure.format(1)),
    } <= links


def test_chapters_of_places_stand_under_one_heading(page):
    heads = [(h.tag, "".join(h.itertext()).split()[-1]) for h in page.xpath("//main//section//*[self::h1 or self::h2]")]
    city = next(n for n, (tag, _) in enumerate(heads) if tag == "h2")
    assert [tag for tag, _ in heads[city - 1 : city + 2]] == ["h1", "h2", "h2"]
    assert heads[city][1] == "linhu" and heads[city + 1][1].lower() in ("yunzhou", "云州区")  # a name of the gazetteer


def test_characters_that_no_font_has_are_named_in_quotations(page, pages):
    assert "[U+E000]" in "".join(page.itertext()) and "[U+E000]" in words(pages)


def test_the_pdf_is_pdf_a_with_its_fonts_inside_and_an_outline(report, pages):
    assert b"pdfaid" in report[1]["pdf"].read_bytes()
    found = [font.get_object() for p in pages.pages for font in p["/Resources"].get("/Font", {}).values()]
    fonts = {str(font["/BaseFont"]) for font in found}
    assert fonts and all("+" in name for name in fonts)
    assert len(pages.outline) > 3


def test_the_pdf_is_tagged_and_its_pages_have_labels(report, pages):
    root = pages.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"][:2] == report[0]
    assert pages.page_labels[:3] == ["1", "2", "3"]


FREAK = {"marks": "e" + "\u0301" * 20_000, "letters": "x" * 100_000, "han": "警" * 3_000}


def test_a_heading_under_which_nothing_stands_is_left_out():
    def shown(*levels):
        blocks = [pandoc.read("word")[0] if n == 9 else pandoc.read(f"{'#' * n} H")[0] for n in levels]
        left = chapters.arrange([chapters.Chapter("2_practices", "", blocks)], Labels())
        return [b["c"][0] if b["t"] == "Header" else 9 for b in left]

    assert shown(1, 2, 2, 9) == [1, 2, 9] and shown(1, 9, 2, 3) == [1, 9] and shown(1, 2, 3, 9, 2) == [1, 2, 3, 9]
    assert shown(1, 2, 1, 9) == [1, 9]


def test_a_freak_string_is_cut_with_a_note_and_loses_no_report(tmp_path):
    said = f"words = list({FREAK!r}.values())\nreport.say('{{w}}', w=words)"
    drawn = "frame = pd.DataFrame({'term': words, 'n': [report.number(w, rows[:1]) for w in words]})"
    shown = "report.show(frame, 'freak', caption='Freak')"
    path = notebook(tmp_path / "2_practices.ipynb", [said, drawn, shown])
    execute.run([path], {"language": "en", "places": []}, tmp_path / "executed")
    bind.bind(tmp_path / "executed", [tmp_path / "report.pdf", tmp_path / "report.html"])
    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    shown = "".join(p.extract_text() for p in pages)
    assert len(pages) < 20 and "[+19992]" in shown and "[+99880]" in shown
    edge = max(x for page in pages for x in ends(page))
    assert edge < float(pages[0].mediabox.width) - 40


def ends(page):
    """Where the words of a page end, in points from its left."""
    found = []
    page.extract_text(visitor_text=lambda text, _, matrix, *__: found.append(matrix[4] if text.strip() else 0))
    return found


def test_a_wide_table_lies_on_a_page_across(pages):
    across = [p for p in pages.pages if p.mediabox.width > p.mediabox.height]
    assert len(across) == 1 and "Column 11" in across[0].extract_text()


def test_the_figures_are_files_too_and_old_ones_go(report, tmp_path):
    (tmp_path / "09-old.svg").write_text("<svg/>")
    bind.bind(report[1]["html"].parent / "executed", tmp_path, report[0])
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "01-1_city-linhu-profile.svg",
        "02-1_city-yunzhou-profile.svg",
        "03-2_practices-stations.svg",
    ]


@pytest.mark.parametrize(
    "markdown, message",
    [
        ("[@fig:missing]", "leads to no figure"),
        ("[@fig:profile]", "leads to no figure"),
        ("<b>gone</b>", "would vanish"),
        ("![x](https://example.org/x.png)", "through report.figure"),
        ("a \ue000", "U.E000"),
        ("𠮷", "U.20BB7"),
    ],
)
def test_a_chapter_that_cannot_be_bound_is_named_and_leaves_no_file(report, tmp_path, markdown, message):
    extra = v4.new_notebook(cells=[v4.new_markdown_cell(markdown)], metadata={"report": {"notebook": "4_actors"}})
    nbformat.write(extra, tmp_path / "4_actors.ipynb")
    chapters = [*sorted((report[1]["html"].parent / "executed").glob("*.ipynb")), tmp_path / "4_actors.ipynb"]
    with pytest.raises(BadInput, match=message):
        bind.bind(chapters, tmp_path / "report.pdf", report[0])
    assert not list(tmp_path.glob("report*"))


def test_a_link_to_a_script_becomes_its_words():
    blocks = pandoc.walk(pandoc.read("[words](javascript:alert(1)) and [page](https://example.org)"), pandoc.safe)
    html = pandoc.write(blocks, "-t", "html5")
    assert "javascript" not in html and "words and" in html and 'href="https://example.org"' in html


def test_execution_and_binding_from_the_start_give_the_same_bytes(report, tmp_path):
    again = bound(tmp_path, report[0])
    assert [s for s, path in again.items() if path.read_bytes() != report[1][s].read_bytes()] == []


@pytest.mark.parametrize("length, across", [(10, False), (pdf.SPREAD, True)])
def test_profiles_that_fill_a_page_stand_in_columns_across_it(length, across):
    words = [{"t": "Para", "c": [{"t": "Str", "c": "柏" * length}]}]
    heading, profile = {"t": "Header", "c": [2, ["", [], []], []]}, {"t": "Div", "c": [["", ["profile"], []], words]}
    before = [*words, pdf._page("upright"), heading, *words]
    told = pdf._columned([*before, profile, *words])
    names = [b["c"][1] if b["t"] == "RawBlock" else b["t"] for b in told]
    if across:
        columns = ["#profiles[", "Div", "]"]
        assert names == ["Para", "#set page(..turned)", "Header", "Para", *columns, "#set page(..upright)", "Para"]
    else:
        assert told == [*before, profile, *words]


def test_matrices_in_a_row_lie_across_pages_without_an_upright_one_between():
    columns = [{"width": 40}] * 4
    matrix = [pandoc.Output({"kind": "table", "look": "matrix", "columns": columns, "n": n}, [], []) for n in range(3)]
    heading = {"t": "Header", "c": [1, ["", [], []], []]}
    after = {"t": "Para", "c": []}
    told = pdf._turned([after, heading, *matrix, after])
    pages = [b["c"][1].split("..")[1].rstrip(")") if isinstance(b, dict) and b["t"] == "RawBlock" else "" for b in told]
    assert pages == ["", "turned", "", "", "", "", "upright", ""]
    assert pdf._turned([heading, matrix[0], after]) != [heading, matrix[0], after]
    columns.pop()
    assert pdf._turned([heading, matrix[0], after]) == [heading, matrix[0], after], "two places stand upright"
    assert told[2] == heading and [b.payload["n"] for b in told if isinstance(b, pandoc.Output)] == [0, 1, 2]
