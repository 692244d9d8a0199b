"""Reviewing in JupyterLab: a key decides, and what is decided is in the table at once."""

import shutil

import pytest

from lib import paths
from lib.evidence import review as decided
from lib.lexicon import BadInput, table
from lib.report.run.notebook import begin
from lib.report.run.reviewer import Reviewer


@pytest.fixture
def path(tmp_path):
    return shutil.copy(paths.DATA / "review.csv", tmp_path / "review.csv")


@pytest.fixture
def opened(corpus_evidence, path):
    """opened(language): a reviewer of the invented corpus, whose decisions go into a table of its own."""

    def made(language="en", texts="build/texts", coder="li"):
        return Reviewer(begin(str(corpus_evidence), texts, [], language)[0], texts, coder, path)

    return made


def told(path):
    table.cache_clear()
    return [(d.decision, d.practice, d.to, d.reason, d.coder) for d in decided.decisions(path)]


def test_each_key_decides_at_once_and_shows_the_next(opened, path):
    reviewer = opened()
    reviewer.show()
    codes = [row["practice"] for row in reviewer.rows[:3]]
    reviewer.key.value = "a"
    assert told(path) == [("accept", codes[0], "", "reviewed", "li")] and reviewer.key.value == ""
    reviewer.reason.value = "an actor"
    reviewer.key.value = "R"
    assert told(path)[1:] == [("reject", codes[1], "", "an actor", "li")] and reviewer.reason.value == ""
    reviewer.key.value = "c"
    assert len(told(path)) == 2
    reviewer.to.value = "data_hub Data hub"
    assert told(path)[2:] == [("recode", codes[2], "data_hub", "reviewed", "li")] and reviewer.at == 3
    assert len(opened().rows) == len(reviewer.rows) - 3


def test_what_decides_nothing_writes_nothing(opened, path):
    reviewer = opened()
    reviewer.show()
    for key in ("b", "n", "x", "?", " "):
        reviewer.key.value = key
    assert reviewer.at == 1 and told(path) == []
    reviewer.to.value = "data_hubb"
    assert "such as data_hub" in reviewer.said.value and told(path) == []


def test_who_goes_back_decides_anew(opened, path):
    reviewer = opened()
    for key in "abr":
        reviewer.press(key)
    assert [row[0] for row in told(path)] == ["reject"] and reviewer.at == 1


def test_the_words_are_marked_in_their_sentence_with_why_they_are_doubtful(opened):
    reviewer = opened("zh")
    reviewer.show()
    row = reviewer.rows[0]
    assert f"<mark>{row['surface']}</mark>" in reviewer.shown.value and row["rule"] in reviewer.shown.value
    assert "该格唯一的编码" in reviewer.shown.value and "the only coding" not in reviewer.shown.value


def test_what_the_decisions_change_is_shown(opened):
    reviewer = opened()
    button, shown = reviewer.changes().children
    button.click()
    assert "nothing to show" in shown.value
    practice = reviewer.rows[0]["practice"]
    reviewer.press("r")
    button.click()
    assert "Codings (1)" in shown.value and reviewer.report.label(practice) in shown.value


def test_the_end_and_texts_that_are_not_at_hand_are_said(opened):
    reviewer = opened()
    for _ in range(len(reviewer.rows) + 2):
        reviewer.press("n")
    assert "nothing left" in reviewer.shown.value
    reviewer.press("a")
    empty = opened(texts="")
    empty.show()
    assert "make lab TEXTS=dir" in empty.shown.value and not empty.rows


def test_a_coder_s_name_that_no_table_holds(opened):
    with pytest.raises(BadInput, match="CODER='a,b'; expected letters"):
        opened(coder="a,b")
