"""The engine: each row's example is its test; what a row may not be; windows and looks."""

import pytest

from lib import rules
from lib.evidence.quantities import quantities
from lib.lexicon import Lexicon
from lib.reading import document
from lib.rules import engine

ROWS = engine.load(Lexicon()).rows


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_the_example_of_a_row_is_read_by_that_row(row):
    before, words, after = engine.ASKED.split(row.example)
    doc = document(before + words + after, {"id": "t"})
    assert rules.read(doc, len(before), len(before) + len(words), row.slot) == (row.reading, row.id)


def test_a_plan_does_not_reach_into_a_section_that_looks_back():
    words = (
        "一、2023年工作回顾\n谋划布建一批门岗，新增警务室12个。\n二、2024年重点工作\n谋划布建一批门岗，新增警务室12个。"
    )
    doc = document(words, {"id": "t", "published": "2024-01-20"})
    spans = [i for i in range(len(doc.chars)) if doc.chars.startswith("12个", i)]
    assert [rules.status(doc, i, i + 3)[0] for i in spans] == ["", "planned"]


@pytest.mark.parametrize("mark", ["✅ ", "• ", "● "])
def test_what_leads_to_a_list_holds_for_each_item_with_its_sign_and_no_longer(mark):
    words = f"新建警务站3个。\n明年,我们打算这样干:\n{mark}新建警务站12个\n{mark}破案率达到95%\n走访商户400户。"
    found = quantities.of(words)
    told = {words[row["start"] : row["end"]]: (row["status"], row["noun"]) for row in found}
    assert told["3个"][0] == told["400户"][0] == "done"
    assert told["12个"] == ("planned", "警务站") and told["95%"] == ("planned", "破案率")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("青澜市平安建设工作要点\n一、组织领导。\n成立领导小组，新建警务站12个。", "planned"),
        ("青澜市公安局工作总结和明年工作打算\n一、组织领导。\n成立领导小组，新建警务站12个。", "done"),
        ("青澜市出台平安建设实施方案\n市里成立领导小组，新建警务站12个。", "done"),
        ("青澜市智慧小区建设方案\n一、工作基础。\n去冬启动以来，新建警务站12个。", "done"),
        ("青澜市智慧小区建设方案\n一、主要职责。\n公安机关新建警务站12个。", "planned"),
        ("对代表建议的答复\n公安机关将采取以下措施，全力整治。\n一是摸清底数。\n二是新建警务站12个。", "planned"),
        ("对代表建议的答复\n公安机关采取了以下措施，成效明显。\n一是摸清底数。\n二是新建警务站12个。", "done"),
    ],
)
def test_a_title_a_section_and_what_leads_to_measures_decide(words, told):
    doc = document(words, {"id": "t"})
    at = doc.chars.index("12个")
    assert (rules.status(doc, at, at + 3)[0] or "done") == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("前些日子，村民老秦在集上和人动了手，调解员劝了3次。", "case"),
        ("一位店主投诉罚单开错，督察当天查了2遍；前三季度投诉下降了3次。", "done"),
        ("小周(化名)抱着孩子进门。\n“你慢慢说。”\n老人坐下谈了3次。", "case"),
        ("去年6月，一名老人走失，民警连夜找回。这一年，走失求助接了3次。", "done"),
        ("去年6月，一名老人走失，民警连夜找回。社区定期走访，各家去过3次。", "done"),
        ("近日，市民秦女士在平台上点了3次，第二天路灯就亮了。", "case"),
        ("近日，市民秦女士说，社区一年里开门3次。", "done"),
        ("近日，民警秦立新走进校园开展反诈宣传3次。", "done"),
        ("截至去年6月，全县打掉一个盗窃团伙，发现线索3次。", "done"),
    ],
)
def test_a_story_ends_where_the_text_turns_general(words, told):
    doc = document(words, {"id": "t"})
    at = doc.chars.index("3次")
    assert [row["status"] for row in quantities.find(doc, Lexicon()) if row["start"] == at] == [told]
