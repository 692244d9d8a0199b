"""One concept, one answer: the number, the practice, the name, the claim, the role, the tie, the loop and the statement
of one clause agree on what is planned; number and claim on the way and the unit; number and name on where a unit ends.
"""

import pytest

from lib.evidence import extract
from lib.lexicon import Lexicon
from lib.reading import document

LEXICON = Lexicon()
PLANNED = """
下一步，{} 下步，{} 接下来，{} 今后，{} 今后三年，{} 未来三年，{} 明年，{}
明年起，{} 力争年内{} 争取今年{} 青澜市拟{} 计划今年{} 计划到2030年{}
计划用三年时间{} 预计年内{} 有望年内{} 即将{} 谋划{} 打算明年{} 年底前{}
年底前，{} 应当{} 必须{} 各镇应当{} 会议要求，{} 会议强调，{} 通知要求，{}
方案提出，{} 目标是{} 总体目标是{} 我们将{} 今年，我们将{} 将再{} 将继续{}
将陆续{} 将在年内{} 将于明年{} 拟于明年{} 要加快{} 要进一步{} 要求各镇{}
准备在明年{} 筹划{} 下阶段，{} 到2030年，{} 务必{} 承诺{} 还将{}
""".split()
DONE = """
已{} 已经{} 目前已{} 截至5月，{} 去年，{} 今年以来，{} 近年来，{} 累计{}
先后{} 全市{} 如今，{} 上年{} 2023年，{} 自2021年以来，{} 成功{}
""".split()
ACTS = {  # what is done, and the tables that it gives rows of
    "建成社区警务室12个": {"quantities", "mentions"},
    "组建“红袖章”巡防队30支": {"quantities", "mentions"},
    "推出“青松平安码”，破案率达到95%": {"quantities", "mentions"},
    "建立发现、研判、处置、反馈的闭环机制": {"loops", "mentions"},
    "组织公安局会同民政局开展夜间巡逻": {"links", "roles", "statements", "mentions"},
}
AHEAD = {"planned", "norm"}


def statuses(words):
    """{table: statuses} of everything that a sentence of May 2024 gives."""
    doc = document(
        f"青澜市{'' if words[0] == '，' else '综合治理工作。'}\n\n{words}。", {"id": "t", "published": "2024-05-06"}
    )
    found = extract.facts(doc, LEXICON)
    return {
        (name, row["status"] in AHEAD)
        for name, rows in found.items()
        for row in rows
        if row.get("kind") != "actor" and row.get("status") and row["start"] > doc.sentences[-1].start - 1
    }


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("wording", PLANNED)
def test_what_is_meant_to_be_is_done_for_nobody(wording, act):
    found = statuses(wording.format(act))
    assert {ahead for _, ahead in found} == {True} and ACTS[act] <= {name for name, _ in found}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("wording", DONE)
def test_what_is_done_is_a_plan_for_nobody(wording, act):
    found = statuses(wording.format(act))
    assert {ahead for _, ahead in found} == {False} and ACTS[act] <= {name for name, _ in found}


FALLS = """
下降12% 同比下降12% 下降了12% 下跌12% 下滑12% 减少12% 减少了12% 锐减12% 骤降12% 大减12% 大降12% 回落12% 降低12%
缩减12% 压降12% 压减12% 降幅达12% 少了12% 降了12% 减了12% 降12% 同比降12% 比上年少12% 较上年再降12% 同比↓12% 录得大减12%
""".split()
RISES = """
上升12% 同比上升12% 增长12% 增长了12% 提高12% 提升12% 提升了12% 攀升12% 跃升12% 回升12% 激增12% 大增12% 增幅达12%
升幅为12% 升了12% 涨了12% 高了12% 升12% 比上年升12% 同比↑12%
""".split()


def ways(words):
    """(relations of the numbers, directions and values of the claims) of a sentence."""
    found = extract.facts(document(f"去年，{words}。", {"id": "t"}), LEXICON)
    numbers = [(q["relation"], q["value"]) for q in found["quantities"] if q["unit"]]
    return numbers, [(c["direction"], c["value"]) for c in found["claims"]]


@pytest.mark.parametrize("wording", FALLS)
def test_what_falls_for_the_number_falls_for_the_claim(wording):
    assert ways(f"全市入室盗窃警情{wording}") == ([("decrease", 12)], [("down", 12)])


@pytest.mark.parametrize("wording", RISES)
def test_what_rises_for_the_number_rises_for_the_claim(wording):
    assert ways(f"全市现行案件破案数{wording}") == ([("increase", 12)], [("up", 12)])


def test_a_word_of_change_without_a_number_says_the_same_way():
    for words, way in (
        ("全市盗窃警情掉头向下", "down"),
        ("全市盗窃警情逐年走低", "down"),
        ("群众安全感不断增强", "up"),
    ):
        assert [way for way, _ in ways(words)[1]] == [way]


UNITS = LEXICON.rows("units", "unit", "kind")


@pytest.mark.parametrize("unit", [row["unit"] for row in UNITS if row["kind"] == "count"])
def test_a_unit_of_the_number_is_no_part_of_the_name(unit):
    found = extract.facts(document(f"青澜市平安建设综述\n\n全市建成12{unit}红枫书屋工作站。", {"id": "t"}), LEXICON)
    assert [(q["value"], q["unit"]) for q in found["quantities"]] == [(12, unit)]
    assert [m["name"] for m in found["mentions"] if m["kind"] == "initiative"] == ["红枫书屋工作站"]


def test_a_unit_of_the_number_is_that_of_the_claim():
    lines = "".join(f"去年破获电信诈骗案件12{row['unit']}。\n\n" for row in UNITS)
    doc = document(f"青澜市平安建设综述\n\n{lines}", {"id": "t"})
    units, found = {}, extract.facts(doc, LEXICON)
    for q in found["quantities"]:
        units.setdefault(doc.sentence_at(q["start"]), set()).add(q["unit"])
    claimed = [(c["unit"], units[doc.sentence_at(c["start"])]) for c in found["claims"] if c["value"] == 12]
    assert len(claimed) > 400 and not [unit for unit, told in claimed if unit not in told]
