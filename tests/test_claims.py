"""Claims: invented sentences of the register, each with what it claims; a third claims nothing."""

import csv
import shutil
from pathlib import Path

import pytest

from lib.evidence.claims import claims
from lib.evidence.quantities import quantities
from lib.lexicon import BadInput, Lexicon
from lib.reading import document

CASES = list(csv.DictReader(open(Path(__file__).parent / "cases/claims.csv", encoding="utf-8", newline="")))
LEXICON = Lexicon()


def found(words):
    """The claims of a text of these words."""
    doc = document(words, {"id": "invented"})
    return doc, claims.find(doc, LEXICON, quantities.find(doc, LEXICON), [])


def expected(cell):
    """(metric's end, direction, value, basis) of each claim in a cell."""
    for part in filter(None, cell.split("; ")):
        metric, direction, value, basis = part.split(":")
        yield metric, direction, float(value) if value else "", basis


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c['words'][:12]}" for i, c in enumerate(CASES, 2)])
def test_a_sentence_claims_what_it_says_and_no_more(case):
    _, rows = found(case["words"])
    want = list(expected(case["expected"]))
    assert [(r["direction"], r["value"], r["basis"]) for r in rows] == [w[1:] for w in want]
    for row, (metric, *_) in zip(rows, want, strict=True):
        assert metric in row["metric"], row


def test_a_third_of_the_cases_are_traps():
    traps = [c for c in CASES if not c["expected"]]
    assert len(CASES) >= 80 and len(traps) * 10 >= len(CASES) * 3


@pytest.mark.parametrize("case", CASES, ids=[c["words"][:12] for c in CASES])
def test_a_span_is_short_and_inside_the_sentence(case):
    doc, rows = found(case["words"])
    assert all(0 < r["end"] - r["start"] <= 30 and r["end"] <= len(doc.text) for r in rows)


@pytest.mark.parametrize(
    ("words", "metrics"),
    [
        ("连续16个月未发生重大群体性事件。", ["重大群体性事件"]),
        ("无重大刑事案件。", ["重大刑事案件"]),
        ("荣获全省平安建设示范县。", ["全省平安建设示范县"]),
        ("被省厅评为“全省优秀派出所”。", ["全省优秀派出所"]),
        ("全区270个小区实现零发案。", ["发案"]),
        ("辖区可防性案件“零发生”。", ["可防性案件"]),
        ("命案积案能够清零。", ["命案积案"]),
        ("去年云州市“民转刑”案件下降四成。", ["民转刑案件"]),
        ("刑事、治安警情分别下降9%、8%。", ["刑事警情", "治安警情"]),
        ("命案、八类案件破案率分别为100%和99%。", ["命案破案率", "八类案件破案率"]),
        ("返还财物折价30万元。", ["返还财物"]),
        ("最大限度减少可防性案件的发生。", ["可防性案件"]),
        ("公众安全感由全省第62名跃升至第8名。", ["公众安全感"]),
        ("群众获得感、安全感指数达94.7，创历史新高。", ["群众获得感、安全感指数"] * 2),
    ],
)
def test_a_metric_is_a_plain_noun_phrase(words, metrics):
    assert [r["metric"] for r in found(words)[1]] == metrics


@pytest.mark.parametrize(
    ("words", "statuses"),
    [
        ("力争到2025年实现可防性案件零发案。", []),
        ("目标是群众满意度达到98%以上。", []),
        ("派出所应当做到纠纷调处率不低于95%。", []),
        ("可防性案件零发案。", ["done"]),
        ("群众满意度达到98%以上。", ["done"]),
    ],
)
def test_a_target_is_not_a_result(words, statuses):
    assert [r["status"] for r in found(words)[1]] == statuses


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("平均出警时间由8分钟缩短至3分钟。", "true"),
        ("出警时间缩短至3分钟。", "false"),
        ("刑事警情同比下降12%。", "false"),
    ],
)
def test_a_baseline_is_given_only_where_both_ends_stand(words, given):
    assert [r["baseline_given"] for r in found(words)[1]] == [given]


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("据云州市统计局通报，群众安全感达98%。", "government"),
        ("第三方测评显示，群众满意度达96%。", "survey"),
        ("临湖大学评估机构认为，发案率明显下降。", "third_party"),
        ("青岚区公安分局介绍，刑事警情同比下降12%。", "police"),
        ("刑事警情同比下降12%。", "unstated"),
        ("云州市荣获平安市称号。", "government"),
        ("该模式被《治理》杂志社评为全国创新项目。", "third_party"),
    ],
)
def test_who_measured_is_what_the_sentence_says(words, by):
    assert [r["measured_by"] for r in found(words)[1]] == [by]


@pytest.mark.parametrize(
    ("words", "wording"),
    [
        ("依托云哨平台，破获案件12起。", "依托"),
        ("通过联防，盗窃警情同比下降12%。", "通过"),
        ("在“云哨”模式的赋能下，发案率明显下降。", "在“云哨”模式的赋能下"),
        ("命案积案清零，得益于平台升级。", "得益于"),
        ("破获案件12起。", ""),
    ],
)
def test_attribution_is_given_as_written(words, wording):
    assert [r["causal_wording"] for r in found(words)[1]] == [wording]


@pytest.mark.parametrize(
    ("words", "design"),
    [
        ("试点小区发案率与未实施小区相比下降12%。", "control"),
        ("随机分组后，试点小区盗窃警情下降12%。", "random"),
        ("双重差分结果显示，盗窃警情下降12%。", "adjusted"),
    ],
)
def test_a_named_comparison_is_the_basis(words, design):
    assert [r["basis"] for r in found(words)[1]] == [design]


def test_the_period_of_the_sentence_goes_with_its_claims():
    assert [r["period"] for r in found("2021年以来，云州市破获案件12起，抓获嫌疑人9名。")[1]] == ["2021年以来"] * 2


def test_traditional_script_claims_the_same():
    plain = found("臨湖縣刑事警情同比下降12.4%，羣眾安全感明顯提升。")[1]
    assert [(r["metric"][-3:], r["direction"]) for r in plain] == [("事警情", "down"), ("安全感", "up")]


def test_a_wrong_pattern_is_named_by_file_and_line(tmp_path):
    shutil.copytree(LEXICON.folder, tmp_path / "lexicon")
    table = tmp_path / "lexicon/rules/claims.csv"
    table.write_text(
        table.read_text(encoding="utf-8").split("\n")[0]
        + "\nx,claim.award,荣获(,,,inside,clause,,,honour,1,[荣获]。\n",
        encoding="utf-8",
    )
    doc = document("云州市荣获称号。", {"id": "invented"}, Lexicon(folder=tmp_path / "lexicon"))
    with pytest.raises(BadInput, match=r"claims.csv:2: .*expected a regular expression"):
        claims.find(doc, doc.lexicon, [], [])


def test_a_claim_without_a_number_has_the_place_before_it():
    """A county's honour is the county's; what all of the city got is the city's."""
    words = "其中，柏川县青溪派出所获评全国优秀派出所，全市荣获省平安建设示范市。"
    doc = document(words, {"id": "t", "place_zh": "云州市"})
    rows = claims.find(doc, LEXICON, quantities.find(doc, LEXICON), [])
    assert [(r["place"], r["direction"]) for r in rows] == [("柏川县", "award"), ("", "award")]


def test_a_rate_does_not_grow_by_so_many_things():
    claims_of = found("全县破案率100%；新增云哨探头640个，破案率提高3个百分点。")[1]
    assert [(r["metric"], r["value"]) for r in claims_of] == [("破案率", 100), ("破案率", 3)]


def test_a_row_of_a_table_claims_its_change_and_its_last_rate():
    words = (
        "| 指标 | 2020年 | 2022年 | 变化 |\n| --- | --- | --- | --- |\n"
        "| 刑事案件立案数（件） | 9100 | 7000 | -23.1% |\n"
        "| 治安案件受理数（件） | 900 | 1200 | +33.3% |\n"
        "| 纠纷化解率 | 91.5% | 97.2% | +6.2% |"
    )
    _, rows = found(words)
    assert [(r["metric"], r["direction"], r["value"], r["period"]) for r in rows] == [
        ("刑事案件立案数", "down", 23.1, ""),
        ("纠纷化解率", "level", 97.2, "2022年"),
        ("纠纷化解率", "up", 6.2, ""),
    ]


def test_a_count_of_fires_is_none_of_crimes():
    _, rows = found("火灾起数下降18.2%，盗窃警情起数下降8%。")
    assert [r["kind"] for r in rows] == ["accident", "crime"]
