"""Reviewing codings: the doubtful first, decisions taken from a workbook row by row, and what they change."""

import shutil

import pytest
from openpyxl import load_workbook

from lib import paths
from lib.evidence import review as decided
from lib.evidence.dataset import gather
from lib.evidence.dataset import tables as dataset
from lib.lexicon import BadInput
from lib.report.coders import coding, lessons, review
from tests.invented import CORPUS


@pytest.fixture(scope="module")
def evidence(corpus_evidence):
    return dataset.load(corpus_evidence)


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A table of decisions of our own, empty."""
    shutil.copy(paths.DATA / "review.csv", tmp_path / "review.csv")
    monkeypatch.setattr(review, "REVIEW", tmp_path / "review.csv")
    return tmp_path / "review.csv"


@pytest.fixture
def made(evidence, path, tmp_path):
    return review.draft(evidence, paths.BUILD / "texts", tmp_path / "amei-2026-01-02-review.xlsx")


def filled(path, *rows):
    """The sheet with decision, to and reason in its first rows; the codings of these rows."""
    book = load_workbook(path)
    sheet = book["review"]
    head = [c.value for c in sheet[1]]
    for n, told in enumerate(rows, 2):
        for column, value in zip(("decision", "to", "reason"), told, strict=False):
            sheet.cell(n, head.index(column) + 1).value = value
    book.save(path)
    return [dict(zip(head, (c.value for c in sheet[n + 2]), strict=True)) for n in range(len(rows))]


def test_the_doubtful_and_consequential_come_first(evidence, made):
    points = list(review.ordered(evidence)["points"])
    whys = [c.value for c in load_workbook(made)["review"]["K"]][1:]
    assert points == sorted(points, reverse=True) and points[0] > points[-1]
    assert "the only coding of its cell" in whys[0] and all(whys[: len(whys) // 4])


def test_decisions_go_into_the_table_and_are_shown(evidence, made, path):
    first, second, third = filled(made, ("a",), ("r", "", "an actor"), ("", "data_hub"))
    raws = coding.at_hand(evidence, paths.BUILD / "texts")
    review.write(review.take(made, raws), path)
    told = decided.decisions(path)
    assert [(d.decision, d.practice, d.to) for d in told] == [
        ("accept", first["practice"], ""),
        ("reject", second["practice"], ""),
        ("recode", third["practice"], "data_hub"),
    ]
    assert {(d.coder, d.date) for d in told} == {("amei", "2026-01-02")}
    shown = review.changes(evidence, raws, told)
    gone = shown["codings"].query("change == 'gone'")
    assert set(gone["key"]) == {second["practice"], third["practice"]}
    assert len(shown["cells"]) and "data_hub" in set(shown["rules"]["instead"])
    assert shown["rules"][["accept", "reject", "recode"]].sum().tolist() == [1, 1, 1]


def decision(evidence, n, told, to=""):
    row = evidence.mentions.query("kind == 'practice'").iloc[n]
    cells = {c: row[c] for c in ("source", "surface")} | {"start": int(row["start"]), "end": int(row["end"])}
    blank = dict.fromkeys(("strength", "status", "coder", "date"), "")
    return decided.Decision(**cells, **blank, practice=row["key"], decision=told, to=to, reason="x", line=2)


def test_how_right_a_practice_is_with_its_interval(evidence):
    scores = lessons.scores([decision(evidence, n, "accept" if n else "reject") for n in range(4)]).set_index(
        "practice"
    )
    assert tuple(scores.loc["all", ["decided", "right", "precision"]]) == (4, 3, 0.75)
    assert 0.3 < scores.at["all", "low"] < 0.31 and 0.95 < scores.at["all", "high"] < 0.96
    assert scores["decided"].sum() == 8 and lessons.scores([]).empty


def test_words_are_proposed_that_only_overruled_sentences_hold(evidence):
    quote = coding.quoted(evidence, coding.at_hand(evidence, paths.BUILD / "texts"))
    rows = evidence.mentions.query("kind == 'practice'").reset_index()
    often = rows["key"].value_counts().index[0]
    n = int(rows.index[rows["key"] == often][0])
    sentence = rows.loc[n, "sentence"]
    told = lessons.words(evidence, quote, [decision(evidence, n, "recode", "data_hub")])
    refused, cue = told[told["column"] == "refuses"], told[told["column"] == "pattern"].iloc[0]
    assert set(refused["practice"]) == {often} and 0 < len(refused) <= lessons.WORDS
    others = rows.loc[(rows["key"] == often) & (rows["sentence"] != sentence), "sentence"].map(quote)
    for word in refused["word"]:
        assert word in quote(sentence) and not others.str.contains(word, regex=False).any()
    assert (cue["practice"], cue["word"], cue["decided"]) == ("data_hub", rows.loc[n, "surface"], 1)
    assert lessons.words(evidence, quote, [decision(evidence, n, "accept")]).empty


def test_what_was_decided_is_asked_no_more_and_its_rule_s_others_come_up(evidence, made, path):
    (first,) = filled(made, ("r",))
    review.write(review.take(made, coding.at_hand(evidence, paths.BUILD / "texts")), path)
    rows = review.ordered(evidence, decided.decisions(path))
    assert not ((rows["source"] == first["source"]) & (rows["start"] == first["start"])).any()
    again = rows[rows["rule"].str.split(" ").str[0] == first["rule"].split(" ")[0]]
    assert again["why"].str.contains("overruled").all()


def test_a_decision_made_anew_takes_the_place_of_the_older_one(evidence, made, path):
    raws = coding.at_hand(evidence, paths.BUILD / "texts")
    for decision in ("a", "r", "r"):
        filled(made, (decision,))
        review.write(review.take(made, raws), path)
    assert [d.decision for d in decided.decisions(path)] == ["reject"]


def test_the_extraction_honours_them(evidence, made, path, tmp_path):
    (first,) = filled(made, ("r",))
    review.write(review.take(made, coding.at_hand(evidence, paths.BUILD / "texts")), path)
    file = CORPUS / evidence.sources.set_index("id").at[first["source"], "file"]
    rows = gather.one(file, gather.Plan().lexicon, decided.decisions(path)).tables["mentions"]
    assert not [r for r in rows if r["key"] == first["practice"] and r["start"] == first["start"]]


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (("x",), "decision 'x'; expected a (accept)"),
        (("c",), "unknown code '' in column to"),
        (("c", "base_gird"), "unknown code 'base_gird' in column to"),
        (("a", "base_grid"), "expected one with decision c only"),
    ],
)
def test_a_wrong_decision_is_told_by_its_row_and_none_is_taken(evidence, made, path, told, what):
    before = path.read_bytes()
    filled(made, ("a",), told)
    with pytest.raises(BadInput) as wrong:
        review.write(review.take(made, coding.at_hand(evidence, paths.BUILD / "texts")), path)
    assert str(wrong.value).startswith(f"{made}:3: ") and what in str(wrong.value)
    assert path.read_bytes() == before


def test_a_filled_sheet_stays(evidence, made, path):
    filled(made, ("a",))
    before = made.read_bytes()
    assert review.draft(evidence, paths.BUILD / "texts", made).name == "amei-2026-01-02-review-2.xlsx"
    assert made.read_bytes() == before
