"""Actors: invented sentences, each with whom it names; a third name nobody, though a word looks like it."""

import csv
from pathlib import Path

import pytest

from lib.evidence.mentions import actors
from lib.lexicon import BadInput, Lexicon
from lib.reading import document

CASES = list(csv.DictReader(open(Path(__file__).parent / "cases/actors.csv", encoding="utf-8", newline="")))
LEXICON = Lexicon()


def found(words, place=""):
    """(kind, words) of each actor of a text, in order."""
    doc = document(words, {"id": "invented", "place_zh": place})
    return [(r["type"], doc.text.chars[r["start"] : r["end"]]) for r in actors.find(doc, LEXICON)]


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c['words'][:12]}" for i, c in enumerate(CASES, 2)])
def test_a_sentence_names_these_actors_and_no_more(case):
    assert found(case["words"]) == [tuple(cell.split("/")) for cell in case["expected"].split()]


def test_a_third_of_the_cases_are_traps():
    assert 3 * sum(not c["expected"] for c in CASES) >= len(CASES)


def test_a_row_carries_the_key_and_the_label_of_the_lexicon():
    doc = document("派出所民警到场。", {"id": "invented"})
    [row] = actors.find(doc, LEXICON)
    assert (row["kind"], row["key"], row["name"], row["type"]) == ("actor", "police_officer", "民警", "police")


@pytest.mark.parametrize(
    "words, names",
    [
        ("检查站联动上海青浦公安及时处置。", ["上海青浦公安"]),
        ("民警与江苏警方交换线索。", ["江苏警方"]),
        ("民警向浙江省公安厅报告。", []),
        ("该站地处湖州南浔、苏州吴江与本市交界处。", ["湖州南浔", "苏州吴江"]),
        ("嫌疑人在湖州被抓获。", []),
        ("海宁公安开展巡逻。", []),
    ],
)
def test_a_place_elsewhere_is_a_neighbour_where_it_acts(words, names):
    text = "嘉兴市位于浙江省，与上海市、江苏省苏州市、湖州市相望。" + words
    assert [w for kind, w in found(text, "嘉兴市") if kind == "jurisdiction"] == names


def test_every_kind_has_a_label_and_every_actor_a_term():
    kinds = [r["kind"] for r in LEXICON.rows("actor_kinds", "kind", "zh", "en")]
    keys = {r["key"] for r in LEXICON.rows("actors", "key", "kind", "zh", "en")}
    assert len(kinds) == len(set(kinds)) >= 11
    assert keys == {r["key"] for r in LEXICON.rows("actors_terms", "key", "term")}


@pytest.mark.parametrize(
    "table, cells, told",
    [
        ("actors", "key,kind,zh,en\npolice,cops,公安,police\n", "actors.csv:2: kind 'cops'"),
        ("actors_terms", "key,term\nnobody,某人\n", "actors_terms.csv:2: key 'nobody'"),
        ("actors_terms", "key,term\npolice,公安(\n", "actors_terms.csv:2: term '公安('"),
    ],
)
def test_a_mistake_in_the_lexicon_is_one_clear_line(tmp_path, table, cells, told):
    for name in ("actors", "actors_terms", "actor_kinds"):
        (tmp_path / f"{name}.csv").write_bytes((LEXICON.folder / f"{name}.csv").read_bytes())
    (tmp_path / f"{table}.csv").write_text(cells, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        actors.rules(Lexicon(folder=tmp_path))
    assert told in str(error.value)
