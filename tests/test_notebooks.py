"""The notebooks, cheapest test first: stripped, parameters as declared, only calls, both languages, and they run."""

import ast
import inspect

import nbformat
import pytest

from lib import paths
from lib.evidence.dataset import gather
from lib.report.binding.exporters import vanishing
from lib.report.run import execute

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
NAMES = [
    "0_models",
    "0_summary",
    "1_sources",
    "2_city",
    "3_practices",
    "4_quantities",
    "5_actors",
    "6_language",
    "7_claims",
    "8_robustness",
    "explore",
]
BASE = {"places": [], "evidence": "data/evidence", "texts": "", "language": "en"}
PLAIN = (ast.Import, ast.ImportFrom, ast.Assign, ast.Expr)
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
    assert all(cell.execution_count is None and not cell.outputs for cell in code(notebook))
    assert {key for cell in notebook.cells for key in cell.metadata} <= {"tags"}


def test_parameters(path, notebook):
    (cell,) = tagged(notebook, "parameters")
    values = assigned(cell)
    assert {k: values.get(k) for k in BASE} == BASE
    assert values.get("seed", 20221227) == 20221227
    assert values.keys() == execute.declared(path)
    assert ("place" in values) == (path.stem == "2_city") and values.get("place", "jiaxing") == "jiaxing"


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
    long = [
        cell.source
        for cell in code(notebook)
        if "parameters" not in cell.metadata.get("tags", [])
        and len([line for line in cell.source.splitlines() if line.strip()]) > 5
    ]
    assert long == []


def test_narrative_stands_in_both_languages(notebook):
    marked = [cell.metadata.get("tags", []) for cell in notebook.cells if cell.cell_type == "markdown"]
    assert marked == [["en"], ["zh"]] * (len(marked) // 2)


def test_narrative_survives_the_pdf(notebook):
    assert [v for cell in notebook.cells if cell.cell_type == "markdown" for v in vanishing(cell.source)] == []


def texts_of(notebook):
    """(name of the call, its keywords) of each call in the notebook."""
    calls = [node for cell in code(notebook) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    return [{k.arg: k.value for k in call.keywords} for call in calls]


def test_computed_narrative_stands_in_both_languages(notebook):
    for words in texts_of(notebook):
        for en, zh in (("en", "zh"), ("note_en", "note_zh")):
            assert (en in words) == (zh in words)
            if isinstance(words.get(en), ast.Constant):
                assert fields(words[en].value) == fields(words[zh].value), words[en].value


def fields(template):
    """The {names} of a template."""
    import string

    return sorted({name for _, name, _, _ in string.Formatter().parse(template) if name})


def test_keys_are_used_once_a_notebook(notebook):
    calls = [node for cell in code(notebook) for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    named = [(getattr(c.func, "attr", ""), k.value.value) for c in calls for k in c.keywords if k.arg == "key"]
    figures = [k for f, k in named if f in ("figure", "shown")]
    tables = [k for f, k in named if f in ("table", "tabled")]
    assert len(set(figures)) == len(figures) and len(set(tables)) == len(tables)


def test_settings_of_the_pipeline_are_parameters():
    from lib import __main__ as main

    passed = {"evidence", "texts", "places", "language"}
    assert all(f'"{name}"' in inspect.getsource(main.execute) for name in passed)
    assert all(passed <= execute.declared(p) for p in NOTEBOOKS)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    """The invented corpus as a dataset."""
    out = tmp_path_factory.mktemp("notebooks") / "evidence"
    assert gather.run(paths.ROOT / "tests" / "corpus", out) == []
    return out


@pytest.mark.parametrize("language, places", [("en", []), ("zh", ["linhu"])])
def test_they_run_on_invented_places_on_all_and_on_one(evidence, tmp_path, language, places):
    known = set(nbformat_places(evidence))
    settings = {
        "evidence": str(evidence),
        "texts": "",
        "language": language,
        "places": [p for p in places if p in known] or sorted(known)[:1] * bool(places),
    }
    made = execute.run(NOTEBOOKS, settings, tmp_path)
    assert {p.stem.split("-")[0] for p in made} == set(NAMES)


def nbformat_places(evidence):
    from lib.lexicon import table

    return [row["place"] for row in table(evidence / "sources.csv", ("id", "place"))]
