"""Each sentence of a text with its rows and their rules."""

import shutil

import pytest

from lib import paths
from lib.evidence import explain
from lib.lexicon import Lexicon

RULE = "cue.patrol_posts.01"


def test_a_sentence_is_followed_by_its_rows_with_their_words_and_rules():
    told = list(explain.lines("柏川县平安建设综述\n\n柏川县建成街面警务站27个。", {"id": "t"}, Lexicon()))
    at = told.index("2. 柏川县建成街面警务站27个。")
    rows = told[at + 1 :]
    assert any(row.startswith("    quantities: 27") and "«" in row for row in rows)
    assert any("practice patrol_posts 街面警务站 2 done  «街面警务站»  cue.patrol_posts." in row for row in rows)


def test_a_sentence_without_rows_stands_alone():
    assert list(explain.lines("天气晴。", {"id": "t"}, Lexicon())) == ["1. 天气晴。"]


OUTCOMES = [
    ("柏川县建成街面警务站27个。", "fired  «街面警务站»", "fired 1, lost 0, refused 0"),
    ("社区设有联勤街面警务站点警务室,建成街面警务站27个。", "fired  «街面警务站»", "fired 1, lost 0, refused 0"),
    ("针对街面警务站少等问题开展调研。", "refused context.csv:", "fired 0, lost 0, refused 1 by context.csv:"),
]


@pytest.mark.parametrize("sentence, outcome, often", OUTCOMES)
def test_a_cue_tells_whether_it_fired_lost_or_was_refused(sentence, outcome, often):
    told = list(explain.rule("柏川县平安建设综述\n\n" + sentence, {"id": "t"}, Lexicon(), RULE))
    assert any(line.strip().startswith(outcome) for line in told)
    assert told[-1].startswith(f"{RULE}: {often}")


def test_a_cue_that_a_longer_one_or_a_stronger_one_beats_names_the_winner(tmp_path):
    folder = shutil.copytree(paths.CODEBOOK, tmp_path / "codebook")
    with (folder / "cues.csv").open("a", encoding="utf-8") as f:
        f.write("peri_video.990,peri_video,街面警务站点位,,,,,,\npatrol_posts.990,patrol_posts,警务站[0-9]+个,,,,1,,\n")
    raw = "柏川县平安建设综述\n\n全县优化街面警务站点位。县城建成街面警务站27个。"
    lexicon = Lexicon(codebook=folder)
    told = [line for line in explain.rule(raw, {"id": "t"}, lexicon, RULE) if "«" in line]
    assert told == ["    lost cue.peri_video.990  «街面警务站»", "    fired  «街面警务站»"]
    weaker = list(explain.rule(raw, {"id": "t"}, lexicon, "cue.patrol_posts.990"))
    assert weaker[-1] == f"cue.patrol_posts.990: fired 0, lost 1 to {RULE} 1, refused 0"


def test_a_cue_that_stands_nowhere_says_so():
    assert list(explain.rule("天气晴。", {"id": "t"}, Lexicon(), RULE)) == [
        f"{RULE}: stands in no sentence that can be coded"
    ]


def test_a_row_tells_whose_it_is_and_of_when():
    raw = "柏川县平安建设综述\n\n2023年,青山镇建成街面警务站27个。"
    told = list(explain.lines(raw, {"id": "t", "published": "2024-01-01"}, Lexicon()))
    assert any("quantities: 27" in row and "place=青山镇 period=2023-01-01/2023-12-31" in row for row in told)


def test_what_a_text_is_taken_for_is_told_in_a_line():
    entry = {"place": "weinan", "published": "", "genre": "plan", "found": "place: title"}
    assert explain.assumed(entry) == "place weinan, published unknown, genre plan (place: title)"
