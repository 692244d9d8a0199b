"""Quantities: tables of cases in tests/cases, our own gold rows, and properties of any text."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import paths
from lib.evidence.quantities import quantities
from lib.lexicon import BadInput, Lexicon
from lib.reading import document
from lib.reading.document import Document

CASES = Path(__file__).parent / "cases"
TOLD = ("value", "value_high", "unit", "bound", "relation", "basis")


def table(name, folder=CASES):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def surfaces(words, **of):
    return {words[r["start"] : r["end"]]: r for r in quantities.of(words, **of)}


@pytest.mark.parametrize("case", table("quantities"), ids=lambda c: f"{c['class']}: {c['words']}")
def test_is_read_whole(case):
    found = surfaces(case["words"])
    assert list(found) == [case["surface"]]
    assert {k: str(found[case["surface"]][k]) for k in TOLD} == {k: case[k] for k in TOLD}


@pytest.mark.parametrize("case", table("traps"), ids=lambda c: f"{c['class']}: {c['words']}")
def test_is_no_quantity(case):
    assert not surfaces(case["words"])


@pytest.mark.parametrize("case", table("nouns"), ids=lambda c: c["words"])
def test_counts_its_noun(case):
    assert surfaces(case["words"])[case["surface"]]["noun"] == case["noun"]


@pytest.mark.parametrize("case", table("numbers"), ids=lambda c: f"{c['kind']}: {c['words']} {c['surface']}")
def test_is_read_as_its_kind(case):
    """A cell left empty is not asked, `-` is an empty field; without a surface the words hold no quantity.

    A rate keeps the cases that it is of (严重暴力案件破案率, not 破案率); a signed change keeps its sign.
    """
    found = surfaces(case["words"], published=case["published"] or "", place=case["own"] or "")
    assert case["surface"] in found if case["surface"] else not found
    asked = {k: "" if v == "-" else v for k, v in list(case.items())[3:] if v and k not in ("published", "own")}
    assert {k: str(found[case["surface"]][k]) for k in asked} == asked


FIELDS = ("status", "indicator", "place", "period_start", "period_end", "denominator")


def test_gold_of_our_own():
    rows, right = table("quantities_extra", paths.GOLD), Counter()
    for row in rows:
        found = surfaces(row["words"], published=row["published"], place=row["place_zh"]).get(row["surface"], {})
        right.update(f for f in FIELDS if found.get(f) == row[f])
    assert len(rows) >= 60 and min(right[f] for f in FIELDS) >= 0.95 * len(rows)


def test_cases_are_many():
    sizes = {n: len(table(n)) for n in ("numerals", "quantities", "traps", "nouns")}
    assert sum(sizes.values()) >= 400 and sizes["traps"] >= 120


@pytest.mark.parametrize(
    "words, surface, base",
    [
        ("警务站由10个增至15个。", "15个", 10),
        ("破案率由85.2%提升至93.5%。", "93.5%", 85.2),
        ("办结时间从7天缩短到3天。", "3天", 7),
        ("队员由2019年的300人增加到2022年的520人。", "520人", 300),
    ],
)
def test_from_to_keeps_both_ends(words, surface, base):
    record = surfaces(words)[surface]
    assert (record["basis"], record["base_value"]) == ("from-to", base)


def test_a_list_gives_each_number_its_own_noun():
    found = surfaces("全市电诈警情、损失数同比分别下降24.8%、39.1%。")
    assert [(r["noun"], r["basis"]) for r in found.values()] == [("电诈警情数", "yoy"), ("损失数", "yoy")]


def test_a_later_list_speaks_of_the_counts_before_it():
    found = surfaces("破获案件1227起,抓获嫌疑人990人,同比分别上升12.6%、32.1%。")
    assert [(s, r["noun"]) for s, r in found.items()][2:] == [("12.6%", "案件"), ("32.1%", "嫌疑人")]


def test_a_shared_unit_reaches_the_numbers_before_it():
    found = surfaces("破案率分别提升17.8、19.8个百分点。")
    assert [r["value"] for r in found.values()] == [17.8, 19.8]
    assert {(r["unit"], r["relation"]) for r in found.values()} == {("个百分点", "point_change")}


def test_an_undated_text_leaves_relative_periods_open():
    record = surfaces("今年以来,破案12起。")["12起"]
    assert (record["period"], record["period_start"], record["period_end"]) == ("今年以来", "", "")


def test_a_beginning_holds_in_the_next_sentence_a_vague_time_does_not():
    found = quantities.of("今年夏季以来,未发生事故。处置警情2起。近年来,平安有序。处置警情3起。")
    assert [r["period"] for r in found] == ["今年夏季以来", ""]


PERIODS = [
    ("今年前两月,全市破案12起。", "12起", "今年前两月", "2023-01-01", "2023-02-28"),
    ("今年1至9月,抓获嫌疑人98名。", "98名", "今年1至9月", "2023-01-01", "2023-09-30"),
    ("截至11月底,今年已化解纠纷320起。", "320起", "今年", "2023-01-01", "2023-11-30"),
    ("今年,全市破案12起。", "12起", "今年", "2023-01-01", "2023-12-05"),
    ("今年,全市计划新建警务站12座。", "12座", "今年", "2023-01-01", "2023-12-31"),
    ("2022年,治安平稳,全年调处纠纷320起。", "320起", "全年", "2022-01-01", "2022-12-31"),
    ("两年间,投入资金300万元。", "300万元", "两年间", "2021-12-05", "2023-12-05"),
    ("“双十一”前夕,排查站点163个。", "163个", "“双十一”前夕", "", ""),
    ("安全感由2020年的92.7%升至97.9%。", "92.7%", "2020年", "2020-01-01", "2020-12-31"),
    ("安全感由2020年的92.7%升至97.9%。", "97.9%", "", "", ""),
    ("2021年,全市警情在2020年下降24.9%的基础上再降20.6%。", "20.6%", "2021年", "2021-01-01", "2021-12-31"),
    ("眼下,全区登记租客66万人。", "66万人", "眼下", "", "2023-12-05"),
    ("这一年,接到求助19起。", "19起", "这一年", "", ""),
    ("全区须在9月前完成示范小区40个。", "40个", "9月前", "", "2023-09-30"),
    ("去年“五一”到“十一”,接报走失26人。", "26人", "去年“五一”到“十一”", "2022-01-01", "2022-12-31"),
    ("与2021年相比,协管员从50名增加到80名。", "50名", "2021年", "2021-01-01", "2021-12-31"),
    ("“飞鹰”巡逻队于2023年8月成立,现有队员30名。", "30名", "", "", ""),
    ("一是2024年底前新增小区30个;二是布建警务站20座。", "20座", "", "", ""),
    ("写入《云州市“十四五”规划》,投入资金300万元。", "300万元", "", "", ""),
    ("上半年,案件在连续3年下降的基础上,同比又下降6.7%。", "6.7%", "上半年", "2023-01-01", "2023-06-30"),
    ("今年首三季,发案320宗。", "320宗", "今年首三季", "2023-01-01", "2023-09-30"),
    ("年末,全县有警务站12座。", "12座", "年末", "2022-12-31", "2022-12-31"),
    ("行动开展两个多月来,走访320户。", "320户", "两个多月来", "", "2023-12-05"),
    ("国庆长假前五天,出动警力300人次。", "300人次", "国庆长假前五天", "", ""),
    ("今年发案31件,较去年同期38件减少7件。", "38件", "去年同期", "2022-01-01", "2022-12-05"),
    ("今年1至9月发案31件,去年同期38件。", "38件", "去年同期", "2022-01-01", "2022-09-30"),
    ("2023年上半年发案31件,2021年同期38件。", "38件", "2021年同期", "2021-01-01", "2021-06-30"),
    ("发案31件,去年同期38件。", "38件", "去年同期", "", ""),
    ("县里抗击有气象记录以来的洪水。破案31件。", "31件", "", "", ""),
    ("今年以来,治安平稳,已连续816天未发生事故。", "816天", "", "", ""),
    ("满意度由2021年的90%升至今年上半年的94%;知晓率从26%升至68%。", "26%", "", "", ""),
    ("经过三个月整治,立案数回落35%。", "35%", "经过三个月整治", "", ""),
    ("民警介绍,行动开展以来,破案3起;警情、纠纷分别下降16%、14%。", "14%", "行动开展以来", "", ""),
    ("今年来,全县纠纷下降7%。", "7%", "今年来", "2023-01-01", "2023-12-05"),
    ("今年发案31件,较去年同期38件减少7件。", "7件", "今年", "2023-01-01", "2023-12-05"),
    ("到2025年,成讼率年均下降10%。", "10%", "到2025年", "", "2025-12-31"),
    ("2022年3月起,中心累计调解纠纷320起。", "320起", "2022年3月起", "2022-03-01", "2023-12-05"),
    ("2022年3月起,各村编成队伍12支。", "12支", "", "", ""),
    ("截至昨日,中心调解纠纷320起。", "320起", "截至昨日", "", "2023-12-05"),
    ("盗窃警情10月以来下降31%。", "31%", "10月以来", "2023-10-01", "2023-12-05"),
    ("视频监控年底前做到全覆盖,联网率达到50%。", "50%", "年底前", "", "2023-12-31"),
    ("今年初至今,阻断案件23起。", "23起", "今年初至今", "2023-01-01", "2023-12-05"),
    ("连续三年,破案率保持100%。", "100%", "连续三年", "", ""),
    ("针对当前问题,配备网格员63名。", "63名", "", "", ""),
    ("这些年,投诉逐年减少,信访总量同比下降6%。", "6%", "", "", ""),
    ("队员每晚上街,上岗以来发案下降22%;全区46个社区一区一警。", "46个", "", "", ""),
    ("队员每晚上街,上岗以来破案22起;抓获嫌疑人46名。", "46名", "上岗以来", "", ""),
    ("一年内两次以上未报告的,处以罚款。", "两次以上", "", "", ""),
    ("7天假期,全市接警415起。", "415起", "7天假期", "", ""),
]


CARRIED = [
    ("去年至今,破获案件22起。市反诈中心抓获120起。", "去年至今"),
    ("2022年,云州市公安局推行主防警务。破案120起。", "2022年"),
    ("据统计,2022年上半年,全市治安平稳。走访群众。破案120起。", "2022年上半年"),
    ("五年来,云州市坚持源头治理。破案120起。", "五年来"),
    ("2022年,云州市推行主防警务。全年打击有力。破案120起。", "2022年"),
    ("2022年,云州市推行主防警务。此前,破案120起。", ""),
    ("2022年,云州市推行主防警务。下一步,将破案120起。", ""),
    ("2022年,云州市推行主防警务。2023年,再添新彩。民警破案120起。", "2023年"),
    ("2022年,云州市推行主防警务。近年来,平安有序。破案120起。", ""),
    ("2022年,云州市成立主防专班。破案120起。", ""),
    ("2022年5月6日,云州市召开会议。破案120起。", ""),
    ("2022年云州市的街头热闹。破案120起。", ""),
    ("今年,云州市将投入资金。破案120起。", ""),
    ("2022年,云州市推行主防警务。\n破案120起。", ""),
    ("6月22日至8月14日,云州市破获大案。破案120起。", "6月22日至8月14日"),
    ("2022年,云州市推行主防警务。临湖县在各乡设点120起。", ""),
    ("2022年,云州市推行主防警务。其中,临湖县破案120起。", "2022年"),
    ("今年以来,云州市治安平稳。这套做法已在县里推广,破案120起。", ""),
]


@pytest.mark.parametrize("words, period", CARRIED)
def test_a_period_at_the_head_of_a_sentence_is_carried_no_farther_than_it_holds(words, period):
    record = surfaces(words, published="2023-12-05")["120起"]
    assert (record["period"], "period.carried" in record["rule"]) == (period, bool(period))


@pytest.mark.parametrize("words, surface, period, start, end", PERIODS)
def test_the_governing_period_has_its_dates(words, surface, period, start, end):
    record = surfaces(words, published="2023-12-05")[surface]
    assert (record["period"], record["period_start"], record["period_end"]) == (period, start, end)


@pytest.mark.parametrize(
    "words, surface, status",
    [
        ("次年1月的一个夜里,公路上翻了车,3名伤员被送上手术台。", "3名", "case"),
        ("有个大学生丢了300元生活费,民警帮他找回。", "300元", "case"),
        ("2019年12月,船老大把客船从500公里外拖回码头。", "500公里", "case"),
        ("2024年,我们计划让宣传员走进学校,预警信息10分钟内派到民警手中。", "10分钟内", "planned"),
        ("2020年5月,市公安局出台标准,配备民警30名。", "30名", "done"),
        ("截至11日,医院收治伤员338人。", "338人", "done"),
    ],
)
def test_a_story_is_a_case_and_figures_are_none(words, surface, status):
    assert surfaces(words, published="2023-12-05")[surface]["status"] == status


@pytest.mark.parametrize(
    "words, surface, place",
    [
        ("在青岚区建成警务站12个。", "12个", "青岚区"),
        ("提升乡镇(街道)中心23个。", "23个", ""),
        ("联合区法院设立调解点5个。", "5个", ""),
        ("桃溪镇民宿增至10家。", "10家", "桃溪镇"),
        ("桃溪镇杏源村建起岗亭4个。", "4个", "桃溪镇杏源村"),
        ("桃溪镇杏源村建起岗亭。\n去年,杏源村调解纠纷4起。", "4起", "桃溪镇杏源村"),
        ("民警走进社区,发放传单300份。走进社区2次。", "300份", ""),
        ("全国各地40批考察团来到这里。", "40批", ""),
        ("桃溪镇以示范创建为载体。\n针对形势,该镇设立联系点22处。", "22处", "桃溪镇"),
        ("桃溪镇以示范创建为载体。\n全镇设立联系点22处。", "22处", "桃溪镇"),
        ("该镇设立联系点22处。", "22处", ""),
        ("“杏源村有村民小组4个，从前治安不好。”\n杏源连年平安。", "4个", "杏源村"),
        ("去年全国破获盗窃案件3000起。", "3000起", "全国"),
    ],
)
def test_a_place_is_a_name(words, surface, place):
    assert surfaces(words)[surface]["place"] == place


def test_the_police_of_the_whole_speak_of_the_whole_again():
    words = "赤坎区一名民警违规，罚单撤销；市局开展执法整改，前三季度投诉下降18.3%。"
    found = surfaces(words, place="湛江市")
    assert [found[s]["place"] for s in ("一名", "18.3%")] == ["赤坎区", ""]


def test_damage_hides_the_value_and_keeps_the_row():
    whole = quantities.bare("处置危化品40.32公斤。")
    document = Document(whole.id, whole.raw, whole.text, whole.passages, whole.sentences, [(5, 6)], [], whole.entry)
    assert [(r["value"], r["unit"]) for r in quantities.find(document, Lexicon())] == [("", "公斤")]


def test_a_unit_over_a_column_counts_for_its_cells():
    found = quantities.of("年份\t投入（亿元）\t警力（名）\n2021\t1.2\t468\n2022\t1.5\t502")
    assert [(r["value"], r["unit"], r["noun"]) for r in found] == [
        (120_000_000, "元", "投入"),
        (468, "名", "警力"),
        (150_000_000, "元", "投入"),
        (502, "名", "警力"),
    ]


def test_a_wrong_pattern_is_told_with_its_line(tmp_path):
    for path in paths.LEXICON.glob("*.csv"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "periods.csv").write_text("key,pattern\ndate,(\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"periods\.csv:2: .*; expected a regular expression"):
        quantities.of("今年破案3起。", lexicon=Lexicon(folder=tmp_path))


SIGNS = "0123456789一二两三十百千万亿零点半余多近超上约数几%‰.,-:/年月日个名起元成倍分之第。“”《》()\n"
PIECES = st.sampled_from(
    list(SIGNS) + ["公斤", "以上", "百分之", "同比下降", "今年以来", "由", "增至", "警务站", "个百分点", "全市"]
)


@settings(max_examples=300, deadline=None)
@example("0成万一")
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_read_and_every_span_points(words):
    document = quantities.bare(words, "2023-05")
    at = 0
    for r in quantities.find(document, Lexicon()):
        assert at <= r["start"] < r["end"] <= len(document.text.chars)
        assert any(s.start <= r["start"] and r["end"] <= s.end for s in document.sentences)
        assert r["value"] == "" or isinstance(r["value"], int | float)
        at = r["end"]


def test_the_rule_names_what_decided_the_status_and_the_relation():
    found = surfaces("去年全市刑事警情同比下降12%。")
    assert found["12%"]["rule"].split() == ["status.done.last_year", "direction.down.fall"]


def test_an_endless_row_of_digits_is_read_past():
    assert list(surfaces("编码" + "1" * 5000 + "，立案3起。")) == ["3起"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("所里只有民警36名，要照看房屋1.8万间。", "done"),
        ("旺季每天还要接待游客3万人次。", "done"),
        ("会上提出，要建成警务室12个。", "planned"),
    ],
)
def test_what_a_station_has_to_look_after_is_no_plan(words, status):
    assert {row["status"] for row in surfaces(words).values()} == {status}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("2026年,临湖县先行试点,建成安防小区26个。", "done"),
        ("2027年,全市建成安防小区260个。", "planned"),
        ("到2028年底,发案数较2026年下降20%。", "planned"),
    ],
)
def test_a_plan_that_looks_back_on_a_year_tells_what_was_done(words, status):
    plan = document(words, {"id": "t", "genre": "plan", "published": "2027-01-12"})
    rows = quantities.find(plan, Lexicon())
    assert {r["status"] for r in rows} == {status}
