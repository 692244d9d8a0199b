"""A folder of texts is read in partitions: what is there is not read again, and a run that is killed goes on."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lib import paths
from lib.evidence.dataset import gather, partitions
from lib.evidence.dataset import shared_phrases as phrases
from lib.lexicon import Lexicon
from lib.reading import document, formats

CORPUS = Path(__file__).parent / "corpus"
LINES = [line for path in sorted(CORPUS.glob("*.txt")) for line in formats.load(path).text.split("\n") if line.strip()]


def recombined(folder, count, seed=0):
    """A folder of so many texts, each of lines of the invented corpus."""
    drawn = random.Random(seed)
    folder.mkdir()
    for i in range(count):
        (folder / f"text-{i:04}.txt").write_text("\n".join(drawn.choices(LINES, k=2)) + f"\n第{i}篇。", "utf-8")
    return folder


def contents(folder):
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


@pytest.fixture
def texts(tmp_path):
    return recombined(tmp_path / "texts", 30)


@pytest.fixture
def read(monkeypatch):
    """The names of the files that are read from now on."""
    found, every = [], gather.every

    def told(part, *rest):
        found.extend(path.name for path in part)
        return every(part, *rest)

    monkeypatch.setattr(gather, "every", told)
    monkeypatch.setattr(gather, "mapped", lambda work, items, scheduler="": map(work, items))
    return found


def test_only_the_partition_of_an_edited_text_is_read_again(texts, tmp_path, read):
    out = tmp_path / "out"
    assert gather.run(texts, out) == []
    assert len(read) == 30
    before = contents(out)
    read.clear()
    gather.run(texts, out)
    assert read == [] and contents(out) == before
    (texts / "text-0007.txt").write_text(LINES[0] + LINES[1], "utf-8")
    gather.run(texts, out)
    parts = [[p.name for p in part] for part in partitions.cut(sorted(texts.iterdir()))]
    assert read in parts and "text-0007.txt" in read and len(parts) > 3
    assert len(list(Path(f"{out}.parts").iterdir())) == len(parts)
    gather.run(texts, tmp_path / "again")
    assert contents(out) == contents(tmp_path / "again") != before


def test_one_text_more_leaves_the_other_partitions_alone(texts):
    listed = sorted(texts.iterdir())
    before = {tuple(part) for part in partitions.cut(listed)}
    after = {tuple(part) for part in partitions.cut([*listed[:11], texts / "text-0010a.txt", *listed[11:]])}
    assert len(before - after) == 1
    assert [path for part in partitions.cut(listed) for path in part] == listed


@pytest.mark.parametrize("what", ["rule", "decision", "register"])
def test_a_partition_is_named_by_what_it_stands_on(texts, tmp_path, what):
    part, lexicon, decisions = sorted(texts.iterdir())[:4], Lexicon(), ()
    before = partitions.name(part, lexicon, decisions)
    assert partitions.name(part, lexicon, decisions) == before
    if what == "rule":
        shutil.copytree(paths.CODEBOOK, tmp_path / "codebook")
        with (tmp_path / "codebook" / "cues.csv").open("a") as f:
            f.write("\n")
        lexicon = Lexicon(codebook=tmp_path / "codebook")
    elif what == "decision":
        row = (0, 1, "第", "grid_base", "reject", "", "", "", "no grid", "li", "2026-01-01", 2)
        told = gather.review.Decision("another", *row)
        assert partitions.name(part, lexicon, (told,)) == before
        decisions = (gather.review.Decision("text-0001", *row),)
    else:
        shutil.copy(CORPUS / "places.csv", texts)
        shutil.copy(CORPUS / "sources.csv", texts)
    assert partitions.name(part, lexicon, decisions) != before


def test_a_text_that_took_too_much_is_tried_again(texts, tmp_path, read, monkeypatch):
    out, work = tmp_path / "out", gather._read

    def hungry(path, **rest):
        if path.name == "text-0003.txt":
            os.kill(os.getpid(), signal.SIGKILL)
        return work(path, **rest)

    monkeypatch.setattr(gather, "_read", hungry)
    (line,) = gather.run(texts, out)
    assert "text-0003.txt" in line
    read.clear()
    monkeypatch.setattr(gather, "_read", work)
    assert gather.run(texts, out) == []
    assert "text-0003.txt" in read and len(read) < 30


def test_a_run_that_is_killed_goes_on_with_what_is_there(texts, tmp_path):
    out, drawn = tmp_path / "out", random.Random(3)
    command = [sys.executable, "-m", "lib", "evidence", f"--texts={texts}", "--out", str(out), "--only"]
    for _ in range(2):
        run = subprocess.Popen(command, cwd=paths.ROOT, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(drawn.uniform(1, 6))
        run.kill()
        run.wait()
    subprocess.run(command, cwd=paths.ROOT, check=True, stderr=subprocess.DEVNULL)
    gather.run(texts, tmp_path / "whole")
    assert contents(out) == contents(tmp_path / "whole")


def rows(texts, tmp_path):
    letters = phrases.Letters(tmp_path)
    for name, words in texts.items():
        letters.add(name, *phrases.letters(document(words, {"id": name}).text))
    return list(letters.shared())


def covered(found):
    return {(r["source_b"], i) for r in found for i in range(r["start_b"], r["end_b"])}


def test_shared_phrases_of_many_texts_are_those_of_the_first_with_them(tmp_path, monkeypatch, capsys):
    drawn = random.Random(1)
    texts = {f"t{i}": "\n".join(drawn.choices(LINES, k=6)) for i in range(12)}
    every = rows(texts, tmp_path)
    monkeypatch.setattr(phrases, "SHARE", 500)
    assert rows(texts, tmp_path) == every
    monkeypatch.setattr(phrases, "PAIRS", 10)
    firsts = rows(texts, tmp_path)
    assert "first text" in capsys.readouterr().err
    assert len(firsts) < len(every) and covered(firsts) == covered(every)
    assert all(row in every for row in firsts)


def test_a_shared_phrase_has_its_whole_length_and_its_places(tmp_path):
    shared = "云州市建立矛盾纠纷联合调处机制"
    found = rows({"b": f"甲{shared}乙。", "a": f"丙丁,{shared[:8]},{shared[8:]}。"}, tmp_path)
    assert found == [
        {"source_a": "a", "start_a": 3, "end_a": 19, "source_b": "b", "start_b": 1, "end_b": 16, "characters": 15}
    ]
