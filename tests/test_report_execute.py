"""Executing notebooks: as Jupyter's kernel would, one failure doesn't stop the rest, nothing stale stays."""

import json

import nbformat
import papermill
import pytest

from lib import paths
from lib.lexicon import BadInput
from lib.report.run import execute
from lib.report.show.cite import MIME
from tests.small_report import notebook

CELLS = [
    "print('a'); print('b')",
    "import sys\nprint('w', file=sys.stderr)\n1 + 1",
    "report.say('x')\nprint('after')",
    "None",
    "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])",
    "x = 5;",
    "await __import__('asyncio').sleep(0, 'slept')",
    "%env HOME",
]


def run(folder, *notebooks, **settings):
    execute.run(notebooks, {"language": "en", "places": ["a", "b"], **settings}, folder / "out")
    return {path.name: nbformat.read(path, as_version=4) for path in sorted((folder / "out").glob("*.ipynb"))}


def test_cells_give_what_a_kernel_gives(tmp_path):
    path = notebook(tmp_path / "1_sources.ipynb", CELLS)
    papermill.execute_notebook(
        path,
        tmp_path / "kernel.ipynb",
        {"language": "en", "places": ["a", "b"]},
        kernel_name="python3",
        language="python",
        progress_bar=False,
        cwd=paths.ROOT,
    )
    kernel, ours = nbformat.read(tmp_path / "kernel.ipynb", as_version=4), run(tmp_path, path)["1_sources.ipynb"]
    assert len(ours.cells) == len(CELLS) + 3
    for theirs, own in zip(kernel.cells, ours.cells, strict=True):
        for part in ("source", "execution_count"):
            assert theirs.get(part) == own.get(part), theirs.source
        assert theirs.get("outputs", []) == [without(output, MIME) for output in own.get("outputs", [])], theirs.source


def without(output, mime):
    """The output without what only the report reads."""
    return {**output, "data": {k: v for k, v in output["data"].items() if k != mime}} if "data" in output else output


def test_the_same_notebook_gives_the_same_bytes(tmp_path):
    path = notebook(tmp_path / "1_sources.ipynb", ["report.say('x')"])
    run(tmp_path, path)
    first = (tmp_path / "out/1_sources.ipynb").read_bytes()
    run(tmp_path, path)
    assert (tmp_path / "out/1_sources.ipynb").read_bytes() == first
    assert str(tmp_path).encode() not in first


def test_one_failure_is_named_and_does_not_stop_the_rest(tmp_path):
    broken = notebook(tmp_path / "1_sources.ipynb", ["1 / 0", "print('never')"])
    killed = notebook(tmp_path / "3_practices.ipynb", ["import os\nos._exit(9)"])
    whole = notebook(tmp_path / "5_actors.ipynb", ["2"])
    with pytest.raises(BadInput) as wrong:
        run(tmp_path, broken, killed, whole)
    assert str(wrong.value).splitlines() == [
        "1_sources.ipynb: cell 4: ZeroDivisionError: division by zero",
        "3_practices.ipynb: its process ended before it was done",
    ]
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["5_actors.ipynb"]


def test_a_notebook_with_a_place_runs_once_for_each_and_old_places_go(tmp_path):
    path = notebook(tmp_path / "1_city.ipynb", ["print(place)"])
    assert list(run(tmp_path, path)) == ["1_city-a.ipynb", "1_city-b.ipynb"]
    after = run(tmp_path, path, places=["b"])
    assert list(after) == ["1_city-b.ipynb"]
    assert after["1_city-b.ipynb"].metadata["report"] == {
        "notebook": "1_city",
        "place": "b",
        "language": "en",
        "places": ["b"],
    }


def test_beside_what_was_executed_stands_the_dataset_that_it_is_current_with(tmp_path):
    def stamped(evidence):
        execute._stamp(evidence, tmp_path / "out")
        path = tmp_path / "out" / execute.DATASET
        return json.loads(path.read_text("utf-8")) if path.exists() else {}

    (tmp_path / "datapackage.json").write_text('{"name": "data-set"}', encoding="utf-8")
    told = stamped(str(tmp_path))
    assert told["name"] == "data-set" and len(told["hash"]) == 12
    (tmp_path / "datapackage.json").write_text('{"name": "data-set" }', encoding="utf-8")
    assert stamped(str(tmp_path))["hash"] != told["hash"]
    assert stamped("") == stamped(str(tmp_path / "none")) == {}


def test_without_places_all_of_the_evidence_are_meant(tmp_path):
    (tmp_path / "sources.csv").write_text("id,place\nx,c\ny,d\nz,c\n", encoding="utf-8")
    path = notebook(tmp_path / "1_city.ipynb", ["1"])
    assert [t[1].name for t in execute.plan(path, {"places": [], "evidence": str(tmp_path)}, tmp_path)] == [
        "1_city-c.ipynb",
        "1_city-d.ipynb",
    ]


@pytest.mark.parametrize("rows, cards", [("x,c\ny,unknown\n", "c"), ("x,unknown\ny,unknown\n", "x y")])
def test_a_text_of_no_known_place_has_a_card_only_where_no_place_is_known(rows, cards, tmp_path):
    (tmp_path / "sources.csv").write_text(f"id,place\n{rows}", encoding="utf-8")
    path = notebook(tmp_path / "1_city.ipynb", ["1"])
    planned = execute.plan(path, {"places": [], "evidence": str(tmp_path)}, tmp_path)
    assert [t[1].name for t in planned] == [f"1_city-{c}.ipynb" for c in cards.split()]


def test_a_notebook_that_is_gone_leaves_nothing_behind(tmp_path):
    first, second = (notebook(tmp_path / f"{name}.ipynb", ["1"]) for name in ("1_sources", "3_practices"))
    assert list(run(tmp_path, first, second)) == ["1_sources.ipynb", "3_practices.ipynb"]
    second.unlink()
    assert list(run(tmp_path, first)) == ["1_sources.ipynb"]


def test_only_declared_parameters_are_passed(tmp_path):
    path = notebook(tmp_path / "1_sources.ipynb", ["1"])
    assert execute.declared(path) == {"language", "places"}
    [(_, _, given)] = execute.plan(path, {"language": "zh", "places": ["a"], "seed": 1}, tmp_path)
    assert list(given.items()) == [("language", "zh"), ("places", ["a"])]
