"""What is rebuilt: only what reads a row that changed, and a partial rebuild gives the bytes of a full one."""

import csv
import shutil
from contextlib import contextmanager

import pytest
from nbformat import v4, write

from lib import lexicon, paths
from lib.evidence.dataset import reads
from lib.report.run import execute, needs

BEGIN = """from lib.report.run.notebook import begin
report, corpus = begin(evidence, texts, places, language)"""
COUNTED = "report.say('{{n}} rows', n=report.number(len({0}), {0}[['id']].sort_values('id')))"
READING = {  # notebook: what it counts
    "1_one": "corpus.of('jiaxing').mentions",
    "2_all": "corpus.mentions",
    "3_roles": "corpus.roles",
    "4_raw": "report.evidence.claims",
    "5_sources": "corpus.sources",
}
CHANGED = {  # (table, place, column, words): the notebooks that are executed again
    ("mentions", "jiaxing", "surface", "某项工作"): ["1_one", "2_all"],
    ("mentions", "zhangye", "surface", "某项工作"): ["2_all"],
    ("roles", "zhangye", "surface", "某人"): ["3_roles"],
    ("claims", "changzhou", "surface", "下降"): ["4_raw"],
    ("terms", "changzhou", "term", "某"): [],
    ("sources", "changzhou", "codebook", "0" * 12): [],
    ("sources", "changzhou", "title", "某文"): list(READING),
    ("sentences", "zhangye", "damaged", "true"): ["2_all", "3_roles", "4_raw"],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A copy of the shipped evidence, and notebooks that each read another part of it, executed."""
    folder = tmp_path_factory.mktemp("rebuild")
    shutil.copytree(paths.EVIDENCE, folder / "evidence")
    for name, what in READING.items():
        parameters = v4.new_code_cell("places = []\nevidence = texts = ''\nlanguage = 'en'")
        parameters.metadata["tags"] = ["parameters"]
        cells = [parameters, *map(v4.new_code_cell, (BEGIN, COUNTED.format(what)))]
        write(v4.new_notebook(cells=cells), folder / f"{name}.ipynb")
    run(folder, "out")
    return folder


def settings(folder):
    return {"evidence": str(folder / "evidence"), "texts": "", "places": [], "language": "en"}


def run(folder, out):
    execute.run(sorted(folder.glob("*.ipynb")), settings(folder), folder / out)
    return {path.name: path.read_bytes() for path in sorted((folder / out).iterdir()) if path.is_file()}


@contextmanager
def edited(folder, table, place, column, words):
    """Puts words into the first row of a place for a while; the descriptor of the dataset changes with it."""
    path, described = folder / "evidence" / f"{table}.csv", folder / "evidence/datapackage.json"
    before = {p: p.read_bytes() for p in (path, described)}
    sources = csv.DictReader((folder / "evidence/sources.csv").open(encoding="utf-8"))
    texts, rows = (
        {r["id"] for r in sources if r["place"] == place},
        list(csv.reader(path.open(encoding="utf-8", newline=""))),
    )
    at = rows[0].index("source" if "source" in rows[0] else "id")
    row = next(row for row in rows[1:] if row[at] in texts)
    row[rows[0].index(column)] = words
    with path.open("w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)
    described.write_text(described.read_text("utf-8") + "\n", "utf-8")
    yield
    for p, data in before.items():
        p.write_bytes(data)


@pytest.mark.parametrize("change", CHANGED, ids=lambda change: "-".join(change[:3]))
def test_only_what_reads_a_changed_row_is_executed_again(made, change):
    with edited(made, *change):
        planned = [execute.plan(path, settings(made), made / "out") for path in sorted(made.glob("*.ipynb"))]
        told = {task[0].stem: reasons for tasks in planned for task in tasks if (reasons := execute.why(task))}
        assert list(told) == CHANGED[change], told


def test_a_partial_rebuild_gives_the_bytes_of_a_full_one(made):
    before = run(made, "out")
    with edited(made, *next(iter(CHANGED))):
        partial, full = run(made, "out"), run(made, "full")
        assert partial == full
        assert [name for name in full if full[name] != before[name]] == ["1_one.ipynb", "2_all.ipynb", "dataset.json"]
    assert run(made, "out") == before


def test_of_a_table_whose_heads_alone_were_read_only_they_count(tmp_path, monkeypatch):
    """A cue changes no label: every report looks at the heads of cues.csv, to see that it has none."""
    path, record = tmp_path / "cues.csv", tmp_path / "record.json"
    path.write_text("id,practice\na.1,watch\n", "utf-8")
    monkeypatch.setattr(needs, "_files", set())
    monkeypatch.setattr(needs, "_heads", set())
    needs.listen()
    assert lexicon.heads(path) == ("id", "practice")
    needs.keep(record, "", [tmp_path])
    path.write_text("id,practice\na.2,watch\n", "utf-8")
    assert needs.changed(record, "") == []
    path.write_text("id,code\na.2,watch\n", "utf-8")
    assert needs.changed(record, "") == [str(path)]


def test_a_comparison_of_some_texts_notes_no_others():
    tables = reads.Tables({"roles": lambda: "rows", "links": lambda: "more"}, ["a", "b"])
    reads.begin()
    assert (tables.peek("links"), tables["roles"]) == ("more", "rows")
    assert {key for key in reads.told(paths.EVIDENCE) if "roles" in key or "links" in key} == {"roles a", "roles b"}


def test_a_row_that_is_cited_counts_as_read(made):
    from lib.report.run.notebook import begin

    report, corpus = begin(**settings(made))
    row = corpus.tables.peek("links").iloc[0]
    reads.begin()
    report.number(1, [row["id"]])
    report.registry.pack({"x": (row["id"],)})
    assert f"links {row['source']}" in reads.told(made / "evidence")
