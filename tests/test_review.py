"""Decisions of coders: they win over the machine while their words are the same, and are reported when they are not."""

import pytest

from lib.evidence import review
from lib.lexicon import BadInput
from lib.reading import document

RAW = "云州市建成警务站27个。网格员化解纠纷。\n\n青岚区推行一站式受理，办结诉求。"
DOC = document(RAW, {"id": "yunzhou"})
HEAD = ",".join(review.COLUMNS)


def coding(words, key, **fields):
    start = RAW.index(words)
    return {
        "kind": "practice",
        "key": key,
        "start": start,
        "end": start + len(words),
        "surface": words,
        "id": "old",
        "strength": "1",
        "status": "done",
        "sentence": "s",
        "source": "yunzhou",
        "origin": "national",
    } | fields


def decisions(tmp_path, *rows):
    path = tmp_path / "review.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return review.decisions(path)


def line(words, practice, decision, to="", strength="", status=""):
    start = RAW.index(words)
    span = f"yunzhou,{start},{start + len(words)},{words}"
    return f"{span},{practice},{decision},{to},{strength},{status},理由,甲,2024-05-01"


MACHINE = [coding("警务站", "patrol_posts"), coding("化解纠纷", "disp_mediation"), coding("青岚区", "x", kind="actor")]


def after(tmp_path, *rows):
    return {(r["key"], r["surface"]): r for r in review.apply(MACHINE, decisions(tmp_path, *rows), DOC)}


def test_without_decisions_the_machine_stands(tmp_path):
    assert list(after(tmp_path).values()) == MACHINE


def test_a_rejected_coding_goes(tmp_path):
    assert [k for k, _ in after(tmp_path, line("警务站", "patrol_posts", "reject"))] == ["disp_mediation", "x"]


def test_a_moved_cue_does_not_undo_a_rejection(tmp_path):
    assert ("patrol_posts", "警务站") not in after(tmp_path, line("建成警务站27个", "patrol_posts", "reject"))


def test_a_rejection_spares_other_practices_there(tmp_path):
    assert ("patrol_posts", "警务站") in after(tmp_path, line("警务站", "base_centre", "reject"))


def test_an_accepted_coding_is_restored_where_the_machine_lost_it(tmp_path):
    row = after(tmp_path, line("一站式受理", "disp_one_stop", "accept", strength="2"))["disp_one_stop", "一站式受理"]
    start = RAW.index("一站式受理")
    assert (row["start"], row["end"], row["strength"]) == (start, start + 5, "2")
    assert row["id"] == f"yunzhou.m.{start}-{start + 5}.disp_one_stop"
    a, b = row["sentence"].rsplit(".", 1)[1].split("-")
    assert RAW[int(a) : int(b)] == "青岚区推行一站式受理，办结诉求。"


def test_an_accepted_coding_stands_once_and_takes_the_coder_s_values(tmp_path):
    rows = after(tmp_path, line("警务站", "patrol_posts", "accept", strength="2", status="planned"))
    assert len(rows) == 3
    assert (rows["patrol_posts", "警务站"]["strength"], rows["patrol_posts", "警务站"]["status"]) == ("2", "planned")


def test_a_recoded_coding_changes_its_practice(tmp_path):
    rows = after(tmp_path, line("警务站", "patrol_posts", "recode", to="peri_checkpoints"))
    assert ("patrol_posts", "警务站") not in rows and rows["peri_checkpoints", "警务站"]["origin"] == "national"


def test_applying_twice_changes_nothing_more(tmp_path):
    told = decisions(tmp_path, line("警务站", "patrol_posts", "recode", to="peri_checkpoints"))
    once = review.apply(MACHINE, told, DOC)
    assert review.apply(once, told, DOC) == once


def test_a_decision_whose_words_changed_is_reported_and_changes_nothing(tmp_path):
    told = decisions(tmp_path, line("警务站", "patrol_posts", "reject"))
    later = document(RAW.replace("云州市", "云州"), {"id": "yunzhou"})
    assert review.apply(MACHINE, told, later) == MACHINE
    (report,) = review.stale_lines(told, later.id, later.raw)
    assert report.startswith("data/review.csv:2: stale decision") and "警务站" in report
    assert review.stale_lines(told, DOC.id, DOC.raw) == []


def test_a_decision_on_another_text_is_left_alone(tmp_path):
    told = decisions(tmp_path, line("警务站", "patrol_posts", "reject").replace("yunzhou", "linhu"))
    assert review.apply(MACHINE, told, DOC) == MACHINE and review.stale_lines(told, DOC.id, DOC.raw) == []


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("a,1,2,词,p,keep,,,,理由,甲,", "decision is 'keep'; expected accept or reject or recode"),
        ("a,2,1,词,p,accept,,,,理由,甲,", "span '2' to '1'"),
        ("a,x,1,词,p,accept,,,,理由,甲,", "span 'x' to '1'"),
        ("a,1,2,,p,accept,,,,理由,甲,", "surface is empty"),
        (f"a,1,99,{'词' * 40},p,accept,,,,理由,甲,", "of 40 characters"),
        ("a,1,2,词,p,recode,,,,理由,甲,", "column to is ''"),
        ("a,1,2,词,p,reject,q,,,理由,甲,", "column to is 'q'"),
        ("a,1,2,词,p,accept,,,,,甲,", "no reason"),
    ],
)
def test_a_wrong_decision_is_refused_in_one_line(tmp_path, row, what):
    with pytest.raises(BadInput) as wrong:
        decisions(tmp_path, row)
    assert "review.csv:2: " in str(wrong.value) and what in str(wrong.value) and "\n" not in str(wrong.value)


def test_the_shipped_decisions_can_be_read():
    assert isinstance(review.decisions(), tuple)
