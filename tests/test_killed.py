"""A step that is killed at any moment, as by a power cut, loses nothing that people wrote."""

import os
import shutil
import signal
import sys
import traceback

import nbformat
import pytest
from openpyxl import load_workbook

from lib import paths
from lib.evidence import review as decided
from lib.evidence.dataset import tables as dataset
from lib.lexicon import table
from lib.reading import register
from lib.report.coders import coding, kept, review
from lib.report.run import lab, translate
from lib.report.show import messages
from tests.invented import CORPUS

CHANGES = ("open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate", "shutil.move", "shutil.rmtree")
WRITING = os.O_WRONLY | os.O_RDWR


def killed(step, folder, check):
    """How often `step` was killed: before each change that it makes to the folder, one run a change, and after each
    `check` looked at what is left."""
    for n in range(1, 200):
        pid = os.fork()
        if not pid:
            _child(step, folder, n)
        status = os.waitpid(pid, 0)[1]
        check()
        if not os.WIFSIGNALED(status):
            assert status == 0
            return n - 1
        assert os.WTERMSIG(status) == signal.SIGKILL
    raise AssertionError("no end of changes")


def _child(step, folder, left):
    def hook(event, given):
        nonlocal left
        if event in CHANGES and any(str(folder) in str(x) for x in given[:2]):
            left -= event != "open" or bool(given[2] & WRITING)
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    signal.alarm(120)
    sys.addaudithook(hook)
    try:
        step()
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def same(*files):
    """A check that these files still hold what they hold now."""
    held = {path: path.read_bytes() for path in files}

    def check():
        assert {path: path.read_bytes() for path in held} == held

    return check


@pytest.fixture(scope="module")
def evidence(corpus_evidence):
    return dataset.load(corpus_evidence)


def filled(path, sheet, cells):
    """The workbook with cells as a person fills them: {(row, column name): value}."""
    book = load_workbook(path)
    head = [c.value for c in book[sheet][1]]
    for (row, column), value in cells.items():
        book[sheet].cell(row, head.index(column) + 1).value = value
    book.save(path)


def test_a_filled_coding_sheet(evidence, tmp_path):
    texts = paths.BUILD / "texts"
    sheet, project, _ = coding.coding_sheet(evidence, texts, tmp_path, "li-2026-01-02")
    filled(sheet, "coding", {(2, "codes"): "base_grid"})
    project.write_bytes(b"hers")
    step = lambda: coding.coding_sheet(evidence, texts, tmp_path, "li-2026-01-02")  # noqa: E731
    assert killed(step, tmp_path, same(sheet, project)) > 3
    assert coding.read(tmp_path / "li-2026-01-02-2.qdpx", coding.at_hand(evidence, texts)).shape[0] > 0
    assert load_workbook(tmp_path / "li-2026-01-02-2.xlsx")["coding"]["A2"].value


def test_a_filled_review(evidence, tmp_path, monkeypatch):
    shutil.copy(paths.DATA / "review.csv", tmp_path / "review.csv")
    monkeypatch.setattr(review, "REVIEW", tmp_path / "review.csv")
    texts = paths.BUILD / "texts"
    sheet = review.draft(evidence, texts, tmp_path / "li-2026-01-02-review.xlsx")
    filled(sheet, "review", {(2, "decision"): "a", (3, "decision"): "r"})
    assert killed(lambda: review.draft(evidence, texts, sheet), tmp_path, same(sheet)) > 1
    rows = review.take(sheet, coding.at_hand(evidence, texts))
    review.write(rows[:1], tmp_path / "review.csv")
    seen = set()

    def check():
        table.cache_clear()
        told = decided.decisions(tmp_path / "review.csv")
        assert told[0].decision == "accept"
        seen.add(len(told))

    assert killed(lambda: review.write(rows, tmp_path / "review.csv"), tmp_path, check) > 1
    assert seen == {1, 2}


def test_a_notebook_that_somebody_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "FOLDER", tmp_path / "lab")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    lab.copies("en", {})
    path = tmp_path / "lab/en/explore.ipynb"
    changed = nbformat.read(path, as_version=4)
    changed.cells.append(nbformat.v4.new_code_cell("mine = 1"))
    nbformat.write(changed, path)
    assert killed(lambda: lab.copies("en", {"texts": "build/texts"}), tmp_path, same(path)) > 3


def test_a_register_that_somebody_corrected(tmp_path):
    for name in ("linhu.txt", "qinglan.txt"):
        shutil.copy(CORPUS / name, tmp_path / name)
    drafts = [tmp_path / "sources.csv", tmp_path / "places.csv"]

    def whole():
        assert all(not p.exists() or p.read_bytes().endswith(b"\n") and p.stat().st_size > 100 for p in drafts)

    assert killed(lambda: register.draft(tmp_path), tmp_path, whole) > 1
    drafts[0].write_text("hers")
    drafts[1].unlink()
    assert killed(lambda: register.draft(tmp_path), tmp_path, same(drafts[0])) > 0


def test_what_is_saved_beside_what_is_there(tmp_path):
    (tmp_path / "words.csv").write_text("hers")
    step = lambda: kept.place(tmp_path / "words.csv", lambda path: path.write_text("new"))  # noqa: E731
    assert killed(step, tmp_path, same(tmp_path / "words.csv")) > 1
    assert (tmp_path / "words-2.csv").read_text() == "new"


def test_translations_that_somebody_wrote(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "FOLDER", shutil.copytree(messages.FOLDER, tmp_path / "locale"))
    whole = {path: len(messages.read(path, "zh")) for path in (tmp_path / "locale").rglob("*.po")}

    def check():
        assert {path: len(messages.read(path, "zh")) for path in whole} == whole

    domain = {"tutorial": translate.sources()["tutorial"]}
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(translate, "sources", lambda: domain)
    assert killed(translate.update, tmp_path, check) > 1
