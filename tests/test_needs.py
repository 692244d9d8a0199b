"""What stands on nothing that has changed is not made again."""

import json

import nbformat
import pytest
from nbformat import v4

from lib import paths
from lib.report.run import execute, needs

CELLS = """import os, sys
from lib.report.show import escape
print(open(evidence + '/sources.csv').read(), sorted(os.listdir(evidence)))"""


@pytest.fixture
def book(tmp_path):
    """A notebook that shows the table sources of a folder, and what that folder holds."""
    folder = tmp_path / "evidence"
    folder.mkdir()
    (folder / "sources.csv").write_text("id,place,codebook\nx,c,1\n")
    parameters = v4.new_code_cell("evidence = ''\nlanguage = 'en'", metadata={"tags": ["parameters"]})
    path = tmp_path / "1_sources.ipynb"
    nbformat.write(v4.new_notebook(cells=[parameters, v4.new_code_cell(CELLS)]), path)
    return path


def run(book, **settings):
    """Whether executing the notebook made it anew."""
    settings = {"evidence": str(book.parent / "evidence"), "language": "en", **settings}
    out = book.parent / "out"
    before = (out / book.name).stat().st_ino if (out / book.name).exists() else 0
    execute.run([book], settings, out)
    return (out / book.name).stat().st_ino != before


def test_an_executed_notebook_is_made_again_only_for_what_it_stands_on(book):
    folder = book.parent / "evidence"
    assert run(book) and not run(book)
    (folder / "sources.csv").write_text("id,place,codebook\nx,c,2\n")
    assert not run(book), "a column that no report shows"
    (folder / "sources.csv").write_text("id,place,codebook\nx,d,2\n")
    assert run(book) and not run(book)
    assert "x,d" in (book.parent / "out" / book.name).read_text()
    (folder / "places.csv").write_text("id\n")
    assert run(book) and not run(book)
    assert run(book, language="zh") and run(book) and not run(book)
    book.write_text(book.read_text().replace("sorted", "list"))
    assert run(book) and not run(book)
    (book.parent / "out" / book.name).unlink()
    assert run(book)


def test_a_word_of_prose_is_taken_over_without_running_any_code(book):
    written = nbformat.read(book, as_version=4)
    code, out = "print(open(__import__('os').devnull).read(), 'ran')", book.parent / "out" / book.name
    written.cells = [v4.new_markdown_cell("# Of bridges"), *written.cells, v4.new_code_cell(code)]
    nbformat.write(written, book)
    assert run(book) and not run(book)
    ran = nbformat.read(out, as_version=4)
    ran.cells[-1].outputs[0].text = "as it was\n"
    nbformat.write(ran, out)
    written.cells[0].source = "# Of ferries"
    nbformat.write(written, book)
    task = execute.plan(book, {"evidence": str(book.parent / "evidence"), "language": "en"}, out.parent)[0]
    assert execute.why(task) == ["its prose"]
    assert run(book) and not run(book)
    told = out.read_text()
    assert "Of ferries" in told and "Of bridges" not in told and "as it was" in told
    next((book.parent / "out.needs").glob("*.json")).unlink()
    assert run(book)
    assert out.read_text() == told.replace("as it was", " ran"), "as if all of it had been run"


def test_a_change_is_told_with_its_reason(book):
    assert run(book)
    task = execute.plan(book, {"evidence": str(book.parent / "evidence"), "language": "en"}, book.parent / "out")[0]
    assert execute.why(task) == []
    (book.parent / "evidence" / "sources.csv").write_text("id,place\n")
    assert execute.why(task) == [str(book.parent / "evidence" / "sources.csv")]


def test_a_notebook_stands_on_the_modules_that_it_imports():
    cell = "from lib.report.show import escape"
    found = needs.modules([cell])
    assert {"lib", "lib.report", "lib.report.show", "lib.report.show.escape"} <= found
    assert "lib.report.coders.coding" not in found
    books = sorted((paths.ROOT / "notebooks").glob("[0-9]_*.ipynb"))
    for path in books:
        cells = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
        assert "lib.comparison.sources" in needs.modules(cells), path.name
        assert not any(m.startswith(("lib.report.binding", "lib.report.coders")) for m in needs.modules(cells)), (
            path.name
        )


def test_no_notebook_stands_on_another_or_on_what_else_lies_in_the_project(book):
    needs.listen()
    list(paths.ROOT.iterdir()), list((paths.ROOT / "lib").iterdir())
    (paths.ROOT / "notebooks" / "1_city.ipynb").read_bytes(), (paths.ROOT / "data" / "labels.csv").read_bytes()
    needs.keep(book.parent / "record.json", "", [])
    told = json.loads((book.parent / "record.json").read_text())
    assert str(paths.ROOT / "data" / "labels.csv") in told["files"]
    assert not [name for name in told["files"] if name.endswith(".ipynb")]
    assert not [name for name in told["folders"] if name == str(paths.ROOT) or name.startswith(str(paths.ROOT / "lib"))]
