"""The notebooks, cheapest test first: stripped, parameters as declared, only calls, one language, and they run."""

import ast
import inspect
import re

import nbformat
import pytest
from lxml import etree
from nbformat import v4

from lib import paths
from lib.reading import formats
from lib.report.binding import bind
from lib.report.binding.exporters import vanishing
from lib.report.run import execute, translate
from lib.report.show import captions
from lib.report.show.cite import MIME
from lib.report.show.labels import Labels

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
NAMES = [
    "0_models",
    "0_summary",
    "1_city",
    "2_practices",
    "3_quantities",
    "4_actors",
    "5_claims",
    "6_sources",
    "7_language",
    "8_robustness",
    "explore",
    "review",
    "tutorial",
]
BASE = {"places": [], "evidence": "data/evidence", "texts": "", "language": "en"}
PLAIN = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NEVER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.IfExp, ast.NamedExpr, ast.Await)


@pytest.fixture(params=NOTEBOOKS, ids=lambda p: p.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def assigned(cell):
    """{name: value} of the plain assignments of a cell."""
    return {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(cell.source).body}


def test_all_are_there():
    assert [p.stem for p in NOTEBOOKS] == NAMES


def test_stripped(path, notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5) and notebook.metadata.kernelspec.name == "python3"
    ran = [cell for cell in code(notebook) if cell.execution_count is not None or cell.outputs]
    assert not ran, f"{path} holds outputs: git checkout {path}; `make lab` opens copies, in which they can stay"
    assert {key for cell in notebook.cells for key in cell.metadata} <= {"tags"}


def test_parameters(path, notebook):
    (cell,) = tagged(notebook, "parameters")
    values = assigned(cell)
    assert {k: values.get(k) for k in BASE} == BASE
    assert values.get("seed", 20221227) == 20221227
    assert values.keys() == execute.declared(path)
    assert ("place" in values) == (path.stem == "1_city") and values.get("place", "jiaxing") == "jiaxing"


def test_every_parameter_is_used(notebook):
    (cell,) = tagged(notebook, "parameters")
    used = {
        node.id
        for c in code(notebook)
        if c is not cell
        for node in ast.walk(ast.parse(c.source))
        if isinstance(node, ast.Name)
    }
    assert assigned(cell).keys() <= used


def test_only_imports_assignments_and_calls(notebook):
    for cell in code(notebook):
        tree = ast.parse(cell.source)
        assert all(isinstance(node, PLAIN) for node in tree.body), cell.source
        assert all(isinstance(node.value, ast.Call) for node in tree.body if isinstance(node, ast.Expr)), cell.source
        assert not any(isinstance(node, NEVER) for node in ast.walk(tree)), cell.source


def test_cells_are_short(notebook):
    """At most five lines of at most 88 columns, but for the parameters."""
    for cell in code(notebook):
        lines = cell.source.split("\n")
        assert len(lines) <= 5 or "parameters" in cell.metadata.get("tags", []), cell.source
        assert max(map(len, lines)) <= 88, cell.source


def test_a_notebook_speaks_one_language(notebook):
    """English; Chinese words stand in it only as quotations."""
    for cell in notebook.cells:
        assert len(CHINESE.findall(cell.source)) < len(cell.source) / 20, cell.source


def test_narrative_survives_the_pdf(notebook):
    assert [v for cell in notebook.cells if cell.cell_type == "markdown" for v in vanishing(cell.source)] == []


def shown_keys(notebook):
    """(first argument, key) of each call of report.show."""
    calls = [node for cell in code(notebook) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    return [
        c.args[1].value
        for c in calls
        if getattr(c.func, "attr", "") == "show" and len(c.args) > 1 and isinstance(c.args[1], ast.Constant)
    ]


def test_what_is_shown_has_a_caption(notebook):
    known = {row["key"] for row in captions.rows() if row["caption"]}
    assert set(shown_keys(notebook)) <= known


def test_every_caption_is_shown():
    shown = {key for path in NOTEBOOKS for key in shown_keys(nbformat.read(path, as_version=4))}
    assert {row["key"] for row in captions.rows()} == shown | {"models"}


def test_both_editions_are_complete():
    assert translate.check() == []


@pytest.mark.parametrize("cell", ["x = 1", "%env HOME"])
def test_a_cell_without_prose_stays_as_it_is(cell):
    assert translate.localised(v4.new_notebook(cells=[v4.new_code_cell(cell)]), "zh").cells[0].source == cell


def test_the_chinese_notebook_is_chinese_and_runs_the_same_calls(path, notebook):
    spoken = translate.localised(nbformat.read(path, as_version=4), "zh")
    for ours, theirs in zip(spoken.cells, notebook.cells, strict=True):
        if ours.cell_type == "markdown":
            assert CHINESE.search(ours.source), ours.source
        else:
            assert calls_of(ours) == calls_of(theirs)


def calls_of(cell):
    """The code of a cell without its strings."""
    tree = ast.parse(cell.source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.unparse(tree)


def test_settings_of_the_pipeline_are_parameters():
    from lib import __main__ as main

    passed = {"evidence", "texts", "places", "language"}
    assert all(f'"{name}"' in inspect.getsource(main.execute) for name in passed)
    assert all(passed <= execute.declared(p) for p in NOTEBOOKS)


@pytest.mark.parametrize("language, places", [("en", []), ("zh", ["linhu"])])
def test_they_run_on_invented_places_on_all_and_on_one(corpus_evidence, tmp_path, language, places):
    known = set(nbformat_places(corpus_evidence))
    settings = {
        "evidence": str(corpus_evidence),
        "texts": "",
        "language": language,
        "places": [p for p in places if p in known] or sorted(known)[:1] * bool(places),
    }
    made = execute.run(NOTEBOOKS, settings, tmp_path)
    assert {p.stem.split("-")[0] for p in made} == set(NAMES)
    assert {(p.stem.split("-")[0], n) for p in made for o in payloads(p) for n in o.get("bare", ())} <= BARE
    assert places or crawled([p for p in made if p.stem[0].isdigit()], tmp_path / "report.html") == []
    assert language == "en" or [words for words in said(made) if UNCHINESE.search(words)] == []


# The numbers in prose and captions that lead to no evidence, since none stands behind them.
SETTINGS = {("0_summary", "least"), ("2_practices", "least"), ("5_claims", "least"), ("0_summary", "n")}
CODEBOOK = {("1_city", "all"), ("2_practices", "all"), ("2_practices", "own"), ("2_practices", "nowhere")}
COMPARED = {("2_practices", "places"), ("4_actors", "all"), ("0_models", "number")}
TESTED = {(name, told) for name in ("0_summary", "2_practices") for told in ("tested", "stand", "by_chance")}
FINDINGS = {
    (name, told) for name in ("0_summary", "8_robustness") for told in ("n", "firm", "fallen", "appear", "items")
}
CHECKS = {("3_quantities", told) for told in ("shares", "sums", "moves", "conflicts")}
RUNS = {("7_language", told) for told in ("runs", "longest")}
LIKENESS = {("2_practices", "items"), ("2_practices", "number")}
BARE = SETTINGS | CODEBOOK | COMPARED | TESTED | FINDINGS | CHECKS | RUNS | LIKENESS
UNCHINESE = re.compile(r"[\u3400-\u9fff] \(|[\u3400-\u9fff）][,;:] |\d,\d{3}(?!\d)|\bnan\b")


def said(made):
    """The words of all tables, captions and paragraphs of executed notebooks."""
    for path in made:
        for payload in payloads(path):
            yield from (payload.get(part, "") for part in ("caption", "note", "markdown"))
            yield from (cell["t"] for row in payload.get("body", ()) for cell in row)


def crawled(executed, path):
    """What is wrong with the links of the page: one that leads nowhere, an entry whose span holds other words."""
    bind.bind(executed, path)
    page = etree.HTML(path.read_text(encoding="utf-8"))
    ids, hrefs = set(page.xpath("//@id")), [h[1:] for h in page.xpath("//a/@href") if h.startswith("#")]
    entries = page.xpath("//section[@data-source]//li")
    assert len(hrefs) > 300 and len(entries) > 100
    wrong = [href for href in hrefs if href not in ids]
    for entry in entries:
        source = entry.xpath("ancestor::section[@data-source]/@data-source")[0]
        raw = formats.load(paths.ROOT / "tests" / "corpus" / f"{source[:-5]}.txt")[0]
        start, _, end = entry.xpath("string(span[@class='w'])").partition("–")
        words, said = entry.xpath("span[@class='s']")[0].text.strip(), raw[int(start or 0) : int(end or 0)]
        shape = re.escape("".join(words.split())).replace("×", ".")  # a person's name is masked
        if end and not re.search(shape, "".join(said.split())) and words not in WHOLE:
            wrong.append((source, start, end, words, said[:40]))
    return wrong


WHOLE = {Labels().of(table, "evidence") for table in ("sources", "sentences", "passages", "ledger")}


def payloads(path):
    """What an executed notebook shows."""
    outputs = (o for cell in code(nbformat.read(path, as_version=4)) for o in cell.outputs)
    return [o["data"][MIME] for o in outputs if MIME in o.get("data", {})]


def nbformat_places(evidence):
    from lib.lexicon import table

    return [row["place"] for row in table(evidence / "sources.csv", ("id", "place"))]
