"""Each sentence of a text with its rows and their rules."""

from lib.evidence import explain
from lib.lexicon import Lexicon


def test_a_sentence_is_followed_by_its_rows_with_their_words_and_rules():
    told = list(explain.lines("柏川县平安建设综述\n\n柏川县建成街面警务站27个。", {"id": "t"}, Lexicon()))
    at = told.index("2. 柏川县建成街面警务站27个。")
    rows = told[at + 1 :]
    assert any(row.startswith("    quantities: 27") and "«" in row for row in rows)
    assert any("practice patrol_posts 街面警务站 2 done  «街面警务站»  cue.patrol_posts." in row for row in rows)


def test_a_sentence_without_rows_stands_alone():
    assert list(explain.lines("天气晴。", {"id": "t"}, Lexicon())) == ["1. 天气晴。"]
