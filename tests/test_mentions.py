"""Practice codings of single sentences and of short texts, all invented."""

import csv
from pathlib import Path

import pytest

from lib.evidence import extract
from lib.evidence.mentions import practices
from lib.lexicon import Lexicon
from lib.reading import document

CASES = list(csv.DictReader((Path(__file__).parent / "cases/practices.csv").open(encoding="utf-8")))
KINDS = list(csv.DictReader((Path(__file__).parent / "cases/practices_kinds.csv").open(encoding="utf-8")))
EXCLUDED = list(csv.DictReader((Path(__file__).parent / "cases/practices_excluded.csv").open(encoding="utf-8")))
LEXICON = Lexicon()


def coded(*paragraphs, **entry):
    """[(row, words of its cue)] of a text made of paragraphs."""
    doc = document("\n\n".join(paragraphs), {"id": "t", **entry})
    return [
        (row, doc.text.chars[row["start"] : row["end"]])
        for row in extract.facts(doc, LEXICON)["mentions"]
        if row["kind"] == "practice"
    ]


@pytest.mark.parametrize("case", CASES, ids=[c["why"] for c in CASES])
def test_a_sentence_shows_these_practices_and_no_others(case):
    expected = {code: rest for code, _, rest in (word.partition(":") for word in case["codes"].split())}
    rows = {row["key"]: row for row, _ in coded("云州市平安建设综述", case["sentence"] + "各项工作有序开展。")}
    assert set(rows) == set(expected)
    for code, said in expected.items():
        assert set(filter(None, said.split(":"))) <= {str(rows[code]["strength"]), rows[code]["status"]}


@pytest.mark.parametrize("case", KINDS, ids=[f"{c['kind']}: {c['code'] or c['no']}" for c in KINDS])
def test_a_sentence_of_a_kind_shows_a_practice_or_does_not(case):
    rows = {row["key"]: row for row, _ in coded("云州市平安建设综述", case["sentence"] + "各项工作有序开展。")}
    assert case["no"] not in rows
    assert not case["code"] or case["status"] in ("", rows[case["code"]]["status"])


@pytest.mark.parametrize("case", EXCLUDED, ids=[f"{c['practice']}: {c['exclude']}" for c in EXCLUDED])
def test_what_the_codebook_excludes_is_not_coded(case):
    keys = {row["key"] for row, _ in coded("云州市平安建设综述", case["sentence"] + "各项工作有序开展。")}
    assert case["practice"] not in keys - {case["code"]}
    assert not case["code"] or case["code"] in keys


def test_each_exclusion_of_the_codebook_has_a_case():
    rows = LEXICON.codes("practices", "practice", "exclude")
    stated = {(row["practice"], part) for row in rows for part in row["exclude"].split("; ")}
    assert {(case["practice"], case["exclude"]) for case in EXCLUDED} == stated


def test_each_practice_names_the_cue_or_the_claim_that_showed_it():
    rows = coded("云州市平安建设综述", "建成街面警务站27个,刑事警情同比下降12.5%。")
    assert [(row["key"], row["rule"].partition(".")[0]) for row, _ in rows] == [
        ("patrol_posts", "cue"),
        ("result_crime_trend", "direction"),
    ]


def test_one_row_for_a_practice_in_a_sentence_and_the_counted_cue_wins():
    rows = coded("全市推进“智慧安防小区”建设,建成智安小区98个,改造老旧小区技防设施。")
    assert [(row["key"], cue) for row, cue in rows] == [("unit_smart_community", "智安小区")]


def test_the_longer_word_hides_the_shorter_one():
    assert [cue for _, cue in coded("社区设有联勤警务室。")] == ["联勤警务室"]


def test_a_row_names_its_code_its_origin_and_lies_in_one_sentence():
    ((row, cue),) = coded("近年来治安平稳。全市建成街面警务站27个。", place_zh="云州市")
    assert (row["kind"], row["name"], row["origin"], row["place"]) == ("practice", "街面警务站", "national", "云州市")
    assert cue == "街面警务站"


def test_a_named_county_is_the_place_of_its_sentence():
    rows = coded("浙江省嘉善县建成街面警务站3个。", place_zh="嘉兴市")
    assert [row["place"] for row, _ in rows] == ["嘉善县"]


def test_sections_on_background_are_not_coded_and_sections_that_look_ahead_are_planned():
    rows = coded(
        "云州市平安建设综述",
        "背景和起因",
        "过去视频监控只有300路,网格员不足百名,综治中心没有专人。",
        "做法与成效",
        "建成综治中心12个,配备专职人员,每个中心都有一厅三室。",
        "下一步打算",
        "配备网格员4000名,实现所有乡镇街道全部覆盖,并开展培训。",
    )
    assert [(row["key"], row["status"]) for row, _ in rows] == [("base_centre", "done"), ("base_grid", "planned")]


def test_a_story_goes_on_until_the_text_turns_general():
    rows = coded("5月6日,村民赵某与邻居因排水发生争吵。网格员随后上门调解。目前,全镇有网格员96名。")
    assert [(row["key"], row["status"]) for row, _ in rows if row["key"] == "base_grid"] == [
        ("base_grid", "case"),
        ("base_grid", "done"),
    ]


def test_a_plan_holds_for_the_rest_of_its_sentence():
    rows = coded("下一步,云州公安要建好检查站,配齐无人机。")
    assert [(row["key"], row["status"]) for row, _ in rows] == [
        ("peri_checkpoints", "planned"),
        ("peri_water_air", "planned"),
    ]


def test_traditional_script_is_coded_at_its_own_characters():
    ((row, _),) = coded("全市建成街面警務站27個。")
    assert row["key"] == "patrol_posts"


def test_an_empty_text_has_no_rows():
    assert coded("") == []


def test_the_words_of_a_cue_are_no_quotation():
    rows = coded("云州市制定出台《" + "关于全面推进立体化信息化社会治安防控体系建设若干" + "意见》。")
    assert rows and all(len(cue) <= practices.LONGEST for _, cue in rows)


@pytest.mark.parametrize("words", ["社会公众", "调解矛盾纠纷", "“", "《出台", "联动" + "1" * 60])
def test_a_text_without_stops_that_repeats_itself_is_read_to_its_end(words):
    doc = document("全市建成街面警务站27个。" + words * 1500, {"id": "t"})
    rows = practices.find(doc, LEXICON)
    assert ("patrol_posts", "街面警务站") in [(r["key"], doc.text.chars[r["start"] : r["end"]]) for r in rows]


ECONOMY = "全县抓好春耕生产,优化营商环境,推进三年行动,企业通过工业互联网平台接单,群众收入稳步增长。" * 10


def test_a_text_on_other_things_is_read_only_where_it_speaks_of_the_field():
    rows = coded("柏川县工作综述", ECONOMY + "全县建成治安检查站12个。")
    assert [row["key"] for row, _ in rows] == ["peri_checkpoints"]
    assert "lead_plan_integration" in {
        row["key"] for row, _ in coded("柏川县工作综述", ECONOMY[:200])
    }  # too short to tell


def test_a_short_numbered_item_is_a_heading_in_a_report_and_a_duty_in_a_regulation():
    articles = [f"第{n}条 公安机关依照本条例履行下列治安职责:" for n in "一二三四"]
    item = "(二)开展反恐怖主义宣传教育。"
    assert "mass_education" in {row["key"] for row, _ in coded(*articles, item)}
    assert "mass_education" not in {row["key"] for row, _ in coded("全县治安工作综述", item)}
    assert "mass_education" in {row["key"] for row, _ in coded("全县治安工作综述", item.replace("。", ";"))}


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("一、指导思想", "以建设平安云岭为目标。", "二、队伍", "组建巡逻队12支。", "三、网格", "划分网格120个。"),
        ("云岭镇平安建设工作方案聚焦风险防控。组建巡逻队12支。", "划分网格120个。"),
        ("为做好今年工作,制定本方案。", "组建巡逻队12支。划分网格120个。"),
    ],
    ids=["aims come first", "the plan is the subject", "it says so"],
)
def test_a_plan_without_a_title_is_a_plan(paragraphs):
    rows = {row["key"]: row["status"] for row, _ in coded("云岭镇的治安", *paragraphs)}
    assert rows["base_grid"] == rows.get("patrol_integrated", rows.get("mass_volunteers")) == "planned"


def test_what_a_report_did_before_its_plans_is_done():
    rows = coded("一、主要做法", "组建巡逻队12支。", "二、网格", "划分网格120个。", "三、指导思想", "建强队伍。")
    assert {row["status"] for row, _ in rows} == {"done"}
