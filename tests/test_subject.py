"""The project on another subject: a second codebook on invented texts, from texts to the report."""

import os
import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from lib import paths

EXAMPLE = paths.ROOT / "examples" / "environment"
OURS = pd.read_csv(paths.DATA / "codebook" / "practices.csv")


def lib(*words, codebook=EXAMPLE / "codebook"):
    environment = {**os.environ, "CODEBOOK": str(codebook)}
    command = [sys.executable, "-m", "lib", *map(str, words)]
    return subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    out = tmp_path_factory.mktemp("subject") / "evidence"
    done = lib("evidence", "--texts", EXAMPLE / "texts", "--out", out, "--only")
    assert (done.returncode, done.stderr) == (0, "")
    return out


def test_its_practices_are_coded_and_none_of_ours(evidence):
    rows = pd.read_csv(evidence / "mentions.csv").query("kind == 'practice'")
    codes = pd.read_csv(EXAMPLE / "codebook" / "practices.csv")["practice"]
    assert set(rows["key"]) == set(codes) and not set(rows["key"]) & set(OURS["practice"])
    planned = rows[rows["status"] == "planned"]
    assert set(planned["key"]) == {"watch_air", "curb_waste"}
    facets = pd.read_csv(evidence / "statements.csv")
    assert set(facets["element"]) == {"answers", "watching"}


def test_the_report_speaks_of_its_subject_in_both_languages(evidence, tmp_path):
    notebooks = {
        "en": sorted(paths.NOTEBOOKS.glob("[0-9]*.ipynb")),
        "zh": sorted(paths.NOTEBOOKS.glob("[02]_m*.ipynb")),
    }
    told = {"en": ("River chiefs", "Answers for it", "Joint care"), "zh": ("河长制", "谁负责", "护河志愿者")}
    for language, words in told.items():
        edition = ("--edition", language)
        done = lib("execute", *notebooks[language], "--evidence", evidence, "--out", tmp_path / language, *edition)
        assert done.returncode == 0, done.stderr
        done = lib("bind", tmp_path / f"{language}.html", "--executed", tmp_path / language, *edition)
        assert done.returncode == 0, done.stderr
        page = (tmp_path / f"{language}.html").read_text("utf-8")
        assert all(word in page for word in words)
        ours = "|".join(map(re.escape, OURS["zh" if language == "zh" else "en"]))
        prose = re.sub(r"(?s)<(script|style|template)\b.*?</\1>", "", page)
        assert not re.findall(rf"<t[dh][^>]*>(?:{ours})<", prose) and "Figure size" not in prose


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("cues", "watch_air.01,watch_air,", "watch_air.01,watch_are,", "cues.csv:3: unknown practice 'watch_are'"),
        ("dimensions", "joint,", "share,", "unknown dimension 'joint'"),
        ("elements", "practice:watch_", "practise:watch_", "elements.csv:3: feed 'practise:watch_'"),
    ],
)
def test_a_slip_in_it_is_one_line(tmp_path, evidence, name, old, new, says):
    codebook = shutil.copytree(EXAMPLE / "codebook", tmp_path / "codebook")
    path = codebook / f"{name}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    done = lib("evidence", "--texts", EXAMPLE / "texts", "--out", tmp_path / "e", "--only", codebook=codebook)
    if done.returncode == 0:
        given = "--evidence", tmp_path / "e", "--out", tmp_path / "x"
        done = lib("execute", paths.NOTEBOOKS / "0_models.ipynb", *given, codebook=codebook)
    assert done.returncode and says in done.stderr


def test_a_code_that_is_a_word_of_the_report_is_refused(tmp_path):
    codebook = shutil.copytree(EXAMPLE / "codebook", tmp_path / "codebook")
    for path in codebook.glob("*.csv"):
        told = re.sub(r"(?m)^joint,|,joint,", lambda m: m[0].replace("joint", "share"), path.read_text("utf-8"))
        path.write_text(told, "utf-8")
    done = lib("bind", tmp_path / "report.html", "--executed", tmp_path, codebook=codebook)
    assert done.returncode and "Traceback" not in done.stderr
    assert "dimensions.csv:4: code 'share' is a word of data/labels.csv; expected another code" in done.stderr


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (["CODEBOOK=nowhere"], "CODEBOOK=nowhere; expected a folder with practices.csv"),
        (["CODEBOOK=examples/environment/codebook"], "TEXTS is missing; expected the texts of this codebook"),
    ],
)
def test_a_codebook_that_is_not_there_or_has_no_texts(settings, says):
    made = subprocess.run(["make", "-n", "help", *settings], cwd=paths.ROOT, capture_output=True, text=True)
    assert made.returncode and says in made.stderr


def test_another_codebook_leaves_the_shipped_evidence_out():
    command = "make -n -W lib/paths.py evidence TEXTS=examples/environment/texts EVIDENCE=build/subject".split()
    command += ["CODEBOOK=examples/environment/codebook"]
    said = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True).stdout
    assert "--out build/subject --only" in said
