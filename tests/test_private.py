"""What tells of one private person stands in no column of the dataset; what tells of nobody stays. All is invented."""

import csv
from types import SimpleNamespace

import pytest

from lib import paths, schemas
from lib.evidence import border, extract
from lib.lexicon import BadInput, Lexicon
from lib.reading import private

CASES = list(csv.DictReader(open(paths.ROOT / "tests" / "cases" / "private.csv", encoding="utf-8")))
NAMES = (
    "韩松龄",
    "霍志远",
    "贺桂花",
    "张伟家",
    "艾尔肯",
    "吐尔逊",
    "周立牵",
    "龚学文",
    "冉启明",
    "松龄",
    "學文",
    "學明",
)
NUMBERS = ("13812345678", "330402198501011234", "F12345", "501室", "1812345", "12345")
TEXT = """柏川县公安局社区民警韩松龄的警务工作

近年来，社区民警韩松龄带领辅警霍志远建成“韩松龄警务室”，帮助居民贺桂花调解纠纷12起。韩松龄警务室化解率达98%。
村民张伟家住石桥小区3幢2单元501室，电话13812345678，身份证号330402198501011234，驾驶浙F12345轿车，被骗3万元。
民警艾尔肯·吐尔逊与派出所联合开展巡逻30次。民警周立牵头建立“老李调解室”，与网格员共同走访。
派出所所長龔學文會同綜治中心主任冉启明牽頭矛盾化解，刑事警情下降20%，由龔學文負責研判，冉啟&#26126;負責反饋。
"""


@pytest.mark.parametrize("case", [c for c in CASES if not c["known"]], ids=lambda c: c["words"])
def test_who_and_what_is_masked(case):
    assert private.mask(case["words"]) == case["masked"]


def test_how_much_is_masked_and_how_little_wrongly():
    own = [c for c in CASES if c["kind"] != "nobody"]
    nobody = [c for c in CASES if c["kind"] == "nobody"]
    missed = [c["words"] for c in own if private.mask(c["words"]) != c["masked"]]
    wrong = [c["words"] for c in nobody if private.mask(c["words"]) != c["words"]]
    assert len(own) >= 120 and len(nobody) >= 40
    assert len(missed) <= 0.05 * len(own) and len(wrong) <= 0.01 * len(nobody), (missed, wrong)


@pytest.mark.parametrize("kind", private.kinds(Lexicon()), ids=lambda k: k.id)
def test_a_kind_of_number_finds_its_example(kind):
    before, _, rest = kind.example.partition("[")
    inside, _, after = rest.partition("]")
    words = before + inside + after
    assert (len(before) + kind.keep, len(before) + len(inside)) in private.numbers(words, Lexicon())


@pytest.fixture(scope="module")
def rows():
    return extract.tables(TEXT, {"id": "t", "title": TEXT.split("\n")[0], "publisher": "摄影 霍志远"}, Lexicon())


def test_no_column_of_any_table_holds_a_person(rows):
    held = {
        (table, column, str(cell))
        for table in rows
        for row in rows[table]
        for column, cell in row.items()
        if column in schemas.names(table) and column not in ("id", "sentence", "passage", "text_sha256")
        if any(word in str(cell) for word in (*NAMES, *NUMBERS))
    }
    assert held == set()


def test_what_is_nobody_s_is_all_there(rows):
    surfaces = [r["surface"] for r in rows["quantities"]]
    assert surfaces == ["12起", "98%", "3万元", "30次", "20%"]
    assert {"韩××警务室", "老李调解室"} <= {m["name"] for m in rows["mentions"] if m["kind"] == "initiative"}
    assert [r["surface"] for r in rows["roles"] if "×" in r["surface"]]
    assert rows["sources"][0]["title"] == "柏川县公安局社区民警韩××的警务工作"
    assert {t["term"] for t in rows["terms"]} >= {"警务", "轿车", "反馈"}


def test_surfaces_are_the_text_but_for_crosses(rows):
    for table in schemas.WITH_SURFACE:
        for row in rows[table]:
            words = TEXT[row["start"] : row["end"]]
            assert len(words) == len(row["surface"])
            assert all(a == b or b == private.CROSS for a, b in zip(words, row["surface"], strict=True))


def test_every_column_is_closed_or_known_to_hold_no_words():
    columns = {c.name for t in schemas.TABLES for c in schemas.TABLES[t] if c.kind == "string" and not c.values}
    assert border.CODES <= columns and "noun" not in border.CODES and "metric" not in border.CODES


def test_a_kind_that_is_no_expression_gets_one_line(tmp_path):
    (tmp_path / "private.csv").write_text("id,label,pattern,keep,example\na,,(,0,\n")
    with pytest.raises(BadInput, match=r"private.csv:2: no regular expression .*; expected one"):
        private.kinds(Lexicon(folder=tmp_path))


def test_what_is_found_is_found_once():
    doc = SimpleNamespace(memo={}, chars="民警韩松龄说", lexicon=Lexicon())
    assert private.of(doc) is private.of(doc) and private.of(doc).crossed == [(3, 5)]
