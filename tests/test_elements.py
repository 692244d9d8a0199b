"""Elements of a model: their rules find what their examples say, and statements are chosen as declared."""

from types import SimpleNamespace

import pandas as pd
import pytest

from lib import schemas
from lib.comparison.elements import (
    change,
    codebook,
    contrasts,
    english,
    facts,
    features,
    feeds,
    profiles,
    statements,
    stories,
    wording,
)
from lib.comparison.sources import Corpus, dated
from lib.evidence import extract
from lib.evidence.model import statements as cues
from lib.lexicon import BadInput, Lexicon
from lib.reading import document
from lib.report.show.cite import Cited
from lib.report.show.labels import Labels
from lib.report.tables import city
from lib.report.tables import contrasts as said_of
from lib.report.tables import elements as tables
from tests.invented import PRACTICES, frame

CUES = cues.rules(Lexicon())
ZH, EN = Labels("zh").of, Labels("en").of
TELLING = next(e for e in codebook.elements() if e.key == "telling")


def test_a_basis_of_one_year_is_told_with_its_year():
    assert (ZH("year:2022"), EN("year:2022", "basis")) == ("较2022年", "on 2022")


@pytest.mark.parametrize("rule", CUES, ids=[r["id"] for r in CUES])
def test_each_rule_finds_its_example(rule):
    found = cues.statements(document(rule["example"] + "。", {"id": "t"}), Lexicon())
    assert rule["id"] in {r["rule"] for r in found}, rule["example"]


@pytest.mark.parametrize(
    "words, element, facet, value",
    [
        ("柏川县委、县政府成立平安建设领导小组，每月调度。", "mandate", "body", "县委、县政府成立领导小组"),
        ("临湖市把创建工作写入“十四五”规划。", "mandate", "plan", "列入“十四五”规划"),
        ("公安、司法、城管等7个部门常态化入驻。", "unit", "resident", "常驻：公安、司法、城管等7个部门"),
        ("另有12个部门实行联络员制度，按需入驻。", "unit", "on_call", "12个部门按需入驻"),
        ("在镇党委书记的统一指挥下开展处置。", "head", "command", "镇党委书记统一指挥"),
        ("四家银行、两家运营商等企业长期派驻。", "partners", "enterprise", "四家银行、两家运营商长期派驻"),
        ("将公安数据中心升级为全县公共安全数据中心。", "hub", "police", "公安数据中心升级为全县公共安全数据中心"),
        ("县公安局积极参与临湖新区城市运行中心建设。", "hub", "part", "公安参与建设城市运行中心"),
        ("居民积极参与城市运行中心建设。", "hub", "", ""),
        ("为街面防控装上智能大脑。", "hub", "brain", "智能大脑"),
        ("村里建起“乡贤评理堂”，大事小情先评理。", "disputes", "body", "乡贤评理堂"),
        ("民警通过远程视频调解化解了一起纠纷。", "disputes", "remote", "远程视频调解"),
        ("县财政每年拿出不少于300万元用于视频建设。", "resources", "money", "投入不少于300万元"),
        ("案值300万元的案件告破，损失50万元。", "resources", "", ""),
        ("一名群众把意见说了出来。", "disputes", "", ""),
        ("“青山学苑城暖心警务会客厅”揭牌。", "disputes", "body", "青山学苑城暖心警务会客厅"),
        ("年底前实现品牌调解室镇街全覆盖。", "disputes", "", ""),
        ("以联席会议为载体，召开市级联席会议3次。", "disputes", "", ""),
        (
            "根据《青澜省平安建设条例》和有关法律，结合本市实际，制定本办法。",
            "mandate",
            "above",
            "依据《青澜省平安建设条例》",
        ),
        ("根据《青澜省平安建设条例》开展了培训。", "mandate", "", ""),
        ("对巡防队伍每年进行两次定期考核。", "drive", "check", "定期考核"),
        ("发展壮大群防群治力量。", "crowd", "forces", "群防群治力量"),
        ("推动县、乡综治中心规范化建设。", "unit", "centre", "县、乡综治中心"),
        ("做好行政调解、司法调解衔接联动。", "disputes", "joint", "行政调解、司法调解衔接联动"),
        ("加强矛盾纠纷多元化解。", "disputes", "ways", "矛盾纠纷多元化解"),
        ("巡防工作所需经费，由县人民政府列入本级财政预算。", "resources", "budget", "经费列入本级财政预算"),
        ("民兵每晚开展义务巡逻。", "patrol", "ways", "义务巡逻"),
        ("守好全省12个边境口岸。", "perimeter", "post", "12个边境口岸"),
        ("当事人拒绝的，不得强制调解。", "safeguards", "limit", "不得强制调解"),
        ("村民不得在河道倒垃圾。", "safeguards", "", ""),
        ("办案中应当依法保障当事人的合法权益。", "safeguards", "limit", "保护当事人的合法权益"),
        ("为了维护治安，保障群众合法权益，制定本条例。", "safeguards", "", ""),
        ("主动接受群众监督。", "safeguards", "watched", "接受群众监督"),
        ("加强和规范行政执法监督。", "safeguards", "watched", "行政执法监督"),
        ("构建四级网格体系。", "unit", "centre", "四级网格体系"),
        ("提升5个片区综治中心。", "unit", "centre", "综治中心"),
        ("设有2个品牌工作室和特色调解室。", "disputes", "", ""),
        ("加上调解中心、法律服务中心整建制进驻。", "unit", "resident", "常驻：调解中心、法律服务中心"),
        ("推行社区吹哨、部门报到。", "lead", "call", "社区吹哨、部门报到（召集规则）"),
        ("组织300余名退休老党员巡查楼栋。", "crowd", "people", "300余名退休老党员"),
        ("完善大调解格局。", "disputes", "ways", "大调解格局"),
        ("将巡防工作纳入平安建设考核体系。", "drive", "check", "纳入平安建设考核体系"),
        ("圆满完成湖滨论坛、全国两会等重大活动安保维稳任务。", "events", "named", "湖滨论坛、全国两会"),
        ("湖滨论坛、全国两会等安保任务顺利完成。", "events", "named", "湖滨论坛、全国两会"),
        ("今年青澜湖畔峰会期间，检查站快速核验车辆。", "events", "named", "青澜湖畔峰会"),
        ("了解企业春节期间生产、值守情况。", "events", "", ""),
        ("春节期间，全市消费市场增长。", "events", "", ""),
        ("一场灯会在青澜公园举行，近3万名市民和游客到场。", "events", "size", "灯会（近3万名市民和游客）"),
        ("形成“空地一体”全天候街面巡控。", "patrol", "air", "“空地一体”全天候街面巡控"),
        ("无人机常态化巡航。", "devices", "air", "无人机常态化巡航"),
        ("宣传无人机巡查的规定。", "devices", "air", "无人机巡查"),
        ("在柏川县石门关建立省级公安检查站。", "perimeter", "post", "柏川县石门关省级公安检查站"),
        ("在环县、环城的主要道路上建电子卡口。", "perimeter", "rings", "环县、环城主要道路"),
        ("相继成立义警协会。", "crowd", "association", "义警协会"),
        ("义警队伍建立招募、培训和激励制度。", "crowd", "rules", "招募、培训和激励制度"),
    ],
)
def test_what_a_text_says_of_an_element(words, element, facet, value):
    found = cues.statements(document(words, {"id": "t"}), Lexicon())
    told = [(r["facet"], r["value"]) for r in found if r["element"] == element]
    assert told == ([(facet, value)] if facet else [])


def test_formulas_whose_parts_no_text_names_stand_in_one_statement():
    def row(n, name, named, part=""):
        told = {"formula": f"f{n}", "name": name, "order": 1, "part": part, "count": 3, "named": named, "part_key": ""}
        return {"id": f"a.f{n}", "place": "a", "source": "a", "sentence": f"s{n}", "start": n, "end": n + 3, **told}

    rows = [row(1, "三项行动", "false"), row(5, "五包责任制", "false"), row(9, "两张网", "true", "街面网")]
    own = SimpleNamespace(formulas=pd.DataFrame(rows))
    known = SimpleNamespace(corpus=own, where=lambda r: "", both=both, en=EN)
    (open_,) = feeds.formulas(known, codebook.Feed("formula", "open"), None)
    assert open_["ids"] == ("a.f1", "a.f5")
    assert open_["zh"] == "三项行动、五包责任制（各项未写明）"


def both(key, group=""):
    return ZH(key, group), EN(key, group)


def test_a_statement_points_at_its_words():
    doc = document("青澜市每月通报、每季考核。", {"id": "t"})
    for row in cues.statements(doc, Lexicon()):
        assert row["x"] in doc.text.chars[row["start"] : row["end"]]


def test_elements_are_data_and_a_slip_has_one_line(tmp_path):
    assert [e.key for e in codebook.elements()][:3] == ["mandate", "drive", "lead"]
    (tmp_path / "elements.csv").write_text(
        ",".join(codebook.COLUMNS) + "\nfunds,经费,Funds,,,cues:money,1,say,,1,\n", encoding="utf-8"
    )
    with pytest.raises(BadInput, match=r"elements.csv:2: feed 'cues:money'; expected kind:what"):
        codebook.elements(tmp_path)


@pytest.mark.parametrize(
    "words, told",
    [
        ("公安数据中心", "police data centre"),
        ("党政主导、公安牵头", "Party and government lead, police head the work"),
        ("15个部门", "15 departments"),
        ("地铁2号线", "metro line 2"),
        ("不少于300万元", "≥3,000,000 yuan"),
        ("700余万元", "≥7,000,000 yuan"),
        ("柏川云图", ""),
        ("《关于加强网格治理的指导意见》", "'Guiding Opinion on strengthening grid governance'"),
        ("工作方案", "Work Plan"),
        ("2021-2023年度示范市", "2021–2023 model city"),
        ("公安局、公安分局", "police bureau, police branch"),
        ("居民提供有效线索数", "useful tips given by residents"),
        ("通过社会动员力量提供线索数", "tips given by way of social mobilisation"),
        ("近20个部门", "nearly 20 departments"),
    ],
)
def test_a_gloss_is_whole_or_none(words, told):
    assert english.english(words) == told


@pytest.mark.parametrize(
    "words, told",
    [
        ("群死群伤事故", "mass-casualty accidents"),
        ("柏川公安检查站", "≈ … police checkpoints"),
        ("柏川云图", ""),
        ("柏云天网城市", ""),
    ],
)
def test_a_gloss_with_holes_says_so_and_is_none_where_most_is_unknown(words, told):
    assert english.composed(words) == told


@pytest.mark.parametrize(
    "words, told",
    [
        ("柏川公安检查站 down 3%", "柏川公安检查站 (≈ … police checkpoints) down 3%"),
        ("Checks (柏川公安检查站)", "Checks (柏川公安检查站: ≈ … police checkpoints)"),
        ("柏川公安检查站 (station)", "柏川公安检查站 (station)"),
        ("柏川云图", "柏川云图"),
    ],
)
def test_chinese_words_in_english_have_a_gloss(words, told):
    assert english.annotated(words) == told


@pytest.mark.parametrize(
    "words, told",
    [
        ("设置“快反", "设置快反"),
        ("县(区）“快反”", "县区“快反”"),
        ("综治中心（县", "综治中心县"),
        ('a "post', "a post"),
        ("“甲”（乙）", "“甲”（乙）"),
    ],
)
def test_half_a_pair_of_marks_is_left_out(words, told):
    assert wording.paired(words) == told


def test_brackets_behind_brackets_are_one_pair():
    assert [wording.merged(w) for w in ("甲（乙）（丙）", "a (b) (c)")] == ["甲（乙，丙）", "a (b, c)"]


def test_a_body_of_a_place_is_told_with_the_place():
    told = [english.placed(w) for w in ("上海青浦公安", "临沂公安机关", "公安", "海豹救援队")]
    assert told == ["Shanghai Qingpu police", "Linyi police", "", ""]


def corpus(texts=(("a", "2022"), ("b", "2023"), ("c", "2023")), titles=None, **tables):
    """A Corpus of the invented places a, b, c with these rows; columns that a row leaves out are empty."""
    titles = titles or {}
    rows = {
        name: pd.DataFrame(tables.get(name, []), columns=[*schemas.names(name), "where"]).astype(object).fillna("")
        for name in schemas.TABLES
        if name not in ("sources", "shared_phrases")
    }
    for name, table in rows.items():
        rows[name] = table.assign(place=table["source"].str[:1], where=table["where"])
    rows["quantities"]["value"] = pd.to_numeric(rows["quantities"]["value"], errors="coerce")
    rows["quantities"]["value_high"] = float("nan")
    sources = [
        {"id": i, "place": i[0], "place_zh": "甲乙丙"["abc".index(i[0])] + "市", "published": y} for i, y in texts
    ]
    rows["sources"] = pd.DataFrame(sources).assign(title=[titles.get(i, "") for i, _ in texts])
    rows["claims"]["value"] = pd.to_numeric(rows["claims"]["value"])
    return Corpus(rows, PRACTICES, {}, {"a": "prefecture", "b": "prefecture", "c": "county"})


def quantity(source, n, indicator, value, where="", status="done", bound="exact"):
    """A number of an indicator."""
    return {
        **{"id": f"{source}.q.{n}", "source": source, "sentence": f"{source}.s.{n}", "start": n, "end": n + 2},
        **{"surface": str(value), "value": value, "unit": "个", "unit_kind": "count", "indicator": indicator},
        **{"relation": "level", "status": status, "where": where, "bound": bound, "noun": "站"},
    }


def role(source, n, surface, actor, kind, what):
    """A role."""
    return {
        **{"id": f"{source}.r.{n}", "source": source, "sentence": f"{source}.s.{n}", "start": n, "end": n + 4},
        **{"surface": surface, "actor": actor, "actor_kind": kind, "role": what, "formula": f"r{n}", "status": "done"},
    }


def told(corpus):
    """The statements of a corpus."""
    return statements.statements(corpus, ZH, EN)


def test_whole_before_part_done_before_planned_number_before_none():
    made = corpus(
        quantities=[
            quantity("a", 1, "checkpoints", 9, status="planned"),
            quantity("a", 2, "checkpoints", 3, where="丁区"),
            quantity("a", 3, "checkpoints", 5),
        ]
    )
    own = told(made).query("element == 'perimeter'")
    assert list(own["value"]) == [5, 9, 3]
    assert list(own["scope"]) == ["whole", "whole", "part"]
    cell = statements.cells(told(made)).iloc[0]
    assert cell["en"] == "5 police checkpoints; 9 police checkpoints (planned); 3 police checkpoints (丁区)"


def test_lead_and_head_are_kept_apart():
    made = corpus(
        roles=[
            role("a", 1, "党政主导", "党政", "party", "leads"),
            role("a", 5, "公安牵头", "公安", "police", "leads"),
            role("b", 1, "公安牵头", "公安", "police", "leads"),
        ]
    )
    cells = statements.cells(told(made)).set_index(["place", "element"])
    assert cells.at[("a", "lead"), "key"] == "party"
    assert cells.at[("a", "head"), "key"] == "police"
    assert ("b", "lead") not in cells.index


def test_silence_stays_silence_and_findings_need_places():
    made = corpus(quantities=[quantity("a", 1, "checkpoints", 9), quantity("b", 1, "checkpoints", 4)])
    cells = statements.cells(told(made))
    assert set(cells["element"]) == {"perimeter"}
    found = contrasts.contrasts(told(made), cells, made)
    number = found[found["kind"] == "number"].iloc[0]
    assert [(g.places, g.value) for g in number["groups"]] == [(("a",), 9), (("b",), 4)]
    assert number["level"]
    assert "silent" in set(found["kind"])
    two = made.texts(["a", "b"])
    assert not {"alone", "shared", "silent"} & set(
        contrasts.contrasts(told(two), statements.cells(told(two)), two)["kind"]
    )


def test_the_smallest_set_that_tells_a_place():
    made = corpus(
        roles=[
            role("a", 1, "党政主导", "党政", "party", "leads"),
            role("b", 1, "党政主导", "党政", "party", "leads"),
            role("b", 9, "公安牵头", "公安", "police", "leads"),
            role("c", 9, "公安牵头", "公安", "police", "leads"),
        ]
    )
    table = features.features(told(made), ["a", "b", "c"])
    found = features.smallest(table).set_index("place")["features"]
    assert found["b"] == ("lead:party", "head:police")
    assert "a" not in found.index  # all that it has, b has too: silence tells nothing
    assert not len(features.smallest(features.features(told(made), ["a", "b"])))


def test_places_are_ordered_by_likeness():
    table = pd.DataFrame(
        [(p, f, "evidenced", "", "", ()) for p, fs in {"a": "xy", "b": "z", "c": "xyw"}.items() for f in fs],
        columns=["place", "feature", "state", "element", "key", "ids"],
    )
    assert features.likeness(table) == ["a", "c", "b"]


def changed(*texts, **tables):
    """(change, element, what, before, was, after, now) of the invented place a, each text of one year."""
    rows = change.changes(corpus(texts=[(f"a{n}", y) for n, y in enumerate(texts)], **tables), ZH, EN)
    return {(r.change, r.element, r.zh, r.before, r.was[0], r.after, r.now[0]) for r in rows.itertuples()}


def test_what_came_went_and_grew():
    found = changed(
        "2022",
        "2023",
        quantities=[
            {**quantity("a0", 1, "checkpoints", 5), "period_start": "2021-01-01", "period_end": "2021-12-31"},
            {**quantity("a1", 1, "checkpoints", 8), "period_start": "2022-01-01", "period_end": "2022-12-31"},
            quantity("a0", 7, "police_posts", 4),
            quantity("a1", 9, "drones", 12),
            quantity("a1", 12, "cameras", 90, status="planned"),
        ],
    )
    assert found == {
        ("grew", "perimeter", "公安检查站", "2021", "5", "2022", "8"),
        ("went", "patrol", "警务站4", "2022", "", "", ""),
        ("came", "devices", "站12（无人机）", "", "", "2023", ""),
    }


def test_what_is_counted_in_any_way_is_not_gone_and_parts_of_a_year_are_no_whole():
    half = {"period_start": "2023-01-01", "period_end": "2023-06-30"}
    rows = [quantity("a0", 1, "checkpoints", 5), {**quantity("a1", 1, "checkpoints", 8, where="丁区")}]
    assert not changed("2022", "2023", quantities=rows)
    whole = {"period_start": "2022-01-01", "period_end": "2022-12-31"}
    rows = [{**quantity(s, 1, "disputes_mediated", n), **p} for s, n, p in (("a0", 9, whole), ("a1", 5, half))]
    assert not changed("2022", "2023", quantities=rows)


def test_a_text_is_of_the_year_that_its_title_sums_up_and_so_is_what_it_counts():
    whole = {"period_start": "2025-01-01", "period_end": "2025-12-31"}
    rows = [quantity("a0", 1, "criminal_cases", 90), {**quantity("a1", 1, "criminal_cases", 70), **whole}]
    found = changed("2024-01-02", "2025-12-30", quantities=rows, titles={"a0": "2023年甲市平安建设工作总结"})
    assert {(way, before, was, after, now) for way, _, _, before, was, after, now in found} == {
        ("fell", "2023", "90", "2025", "70")
    }
    assert not changed("2024-01-02", "2025-12-30", quantities=rows)
    assert dated(corpus(texts=[("a0", "2024-01-02")], titles={"a0": "甲市2020年总结"}).sources) == {"2024": ["a0"]}


def test_what_has_no_name_of_its_own_is_not_gone_where_one_of_its_kind_is_named():
    rows = [
        {
            **{"id": f"{s}.t.1", "source": s, "sentence": f"{s}.s.1", "start": 0, "end": 6, "element": "unit"},
            **{"facet": "centre", "value": x, "x": x, "status": "done", "surface": x},
        }
        for s, x in (("a0", "村级综治中心"), ("a1", "县综治中心"))
    ]
    assert not [r for r in changed("2022", "2023", statements=rows) if r[0] in ("came", "went")]
    rows[1] |= {"value": "县调度大厅", "x": "县调度大厅", "surface": "县调度大厅"}
    assert {r[0] for r in changed("2022", "2023", statements=rows)} == {"came", "went"}


def test_a_plan_that_is_carried_out_is_one_change():
    rows = [quantity("a0", 1, "checkpoints", 5, status="planned"), quantity("a1", 1, "checkpoints", 8)]
    assert changed("2022", "2023", quantities=rows) == {
        ("carried", "perimeter", "公安检查站", "2022", "5", "2023", "8")
    }


def test_a_number_of_a_named_thing_is_held_against_its_own():
    counted = [{**quantity(s, 9, "", n), "noun": "队员"} for s, n in (("a0", 160), ("a1", 240))]
    named = [
        {
            **{"id": f"{s}.m.1", "source": s, "sentence": f"{s}.s.9", "start": 1, "end": 5, "kind": "initiative"},
            **{"name": "红船义警", "type": "team", "key": "i-1", "alias_of": "", "strength": "2", "status": "done"},
        }
        for s in ("a0", "a1")
    ]
    what = ("grew", "figures", "红船义警：队员", "2022", "160", "2023", "240")
    assert what in changed("2022", "2023", quantities=counted, mentions=named)
    assert what not in changed("2022", "2023", quantities=counted)


def test_a_result_that_both_years_claim_is_one_row():
    claims = [
        {
            **{"id": f"{s}.c.1", "source": s, "sentence": f"{s}.s.1", "start": 0, "end": 6, "surface": "警情降"},
            **{"metric": "刑事警情", "kind": "crime", "direction": "down", "value": v, "unit": "%", "status": "done"},
            **{"basis": "yoy", "period_start": start, "period_end": end},
        }
        for s, v, start, end in (("a0", 18.7, "2022-01-01", "2022-04-30"), ("a1", 12.3, "2023-01-01", "2023-12-31"))
    ]
    assert changed("2022", "2023", claims=claims) == {
        ("both", "results", "刑事警情", "2022-01–04", "下降18.7%", "2023", "下降12.3%")
    }


def test_one_text_tells_from_what_to_what():
    row = {**quantity("a0", 9, "mediators", 85), "noun": "调解员", "basis": "from-to", "base_value": 67}
    assert changed("2022", quantities=[row]) == {("grew", "figures", "调解员", "", "67个", "2022", "85")}


def test_who_named_a_thing_first():
    named = [
        {"id": f"{s}.m", "source": s, "place": s, "kind": "initiative", "name": n, "alias_of": "", "start": 1}
        for s, n in (("b", "平安驿站"), ("a", "平安驿站"), ("c", "一码通"))
    ]
    rows = change.first_named(pd.DataFrame(named), corpus().sources)
    assert [(r.name, r.places, r.dates) for r in rows.itertuples(index=False)] == [
        ("平安驿站", ("a", "b"), ("2022", "2023"))
    ]


def test_every_kind_of_feed_is_read():
    assert set(feeds.READ) == set(codebook.KINDS)


@pytest.mark.parametrize("name, told", [("嘉善", "Jiashan"), ("嘉善县", "Jiashan"), ("牛角湾", "牛角湾"), ("", "")])
def test_a_place_has_its_english_name_or_its_own(name, told):
    assert english.place(name) == told


def cue(source, n, facet, rule, x, sentence=1, where=""):
    """A statement of a rule of the element disputes."""
    return {
        **{"id": f"{source}.t.{n}", "source": source, "sentence": f"{source}.s.{sentence}", "start": n, "end": n + 2},
        **{"element": "disputes", "facet": facet, "rule": rule, "x": x, "status": "done", "where": where},
    }


def test_words_of_one_facet_in_a_sentence_are_one_list_and_a_village_is_a_part():
    made = corpus(
        statements=[
            cue("a", 1, "three", "dispute_in_station", "警调衔接"),
            cue("a", 5, "three", "dispute_in_station", "民调入所"),
            cue("a", 9, "body", "dispute_body", "评理堂", sentence=2, where="牛角湾村"),
        ]
    )
    own = told(made).query("element == 'disputes'")
    assert list(own["zh"]) == ["警调衔接、民调入所", "评理堂"]
    assert list(own["scope"]) == ["whole", "part"]
    assert statements.cells(own)["zh"].iloc[0].endswith("评理堂（牛角湾村）")


def test_a_number_right_before_the_words_of_a_statement_counts_them():
    told_of = {"a": ("评理堂", 3), "b": ("评理堂", 2)}  # the number ends where the words begin, or before
    made = corpus(
        statements=[cue(p, 5, "body", "dispute_body", x) for p, (x, _) in told_of.items()],
        quantities=[
            quantity(p, 1, "", 40) | {"start": at, "end": at + 2, "surface": "40个"} for p, (_, at) in told_of.items()
        ],
    )
    own = told(made).query("element == 'disputes'")
    assert list(own["zh"]) == ["评理堂（40个站）", "评理堂"]
    assert "(40 " in own["en"].iloc[0] and "(40)" not in own["en"].iloc[0]
    assert list(own["ids"]) == [("a.t.5", "a.q.1"), ("b.t.5",)]


@pytest.mark.parametrize(
    "needs, whole, given",
    [([10, 900, 300], 900, [10, 590, 300]), ([500, 500], 600, [300, 300]), ([5], 9, [5]), ([], 0, [])],
)
def test_room_that_one_place_leaves_is_another_s(needs, whole, given):
    assert profiles._shares(needs, whole) == given


@pytest.mark.parametrize(
    "words, language, told",
    [
        ("甲、乙", "zh", "甲、乙"),
        ("八联（" + "、".join(["情报信息联采"] * 12) + "）", "zh", "八联（" + "、".join(["情报信息联采"] * 8) + "等）"),
        ("nets: " + ", ".join(["a ring"] * 40), "en", "nets: " + ", ".join(["a ring"] * 27) + " and others"),
    ],
)
def test_a_list_that_is_too_long_ends_where_there_is_room(words, language, told):
    assert profiles.shortened(words, language) == told


def beyond(made, language="zh"):
    """What the profiles of a corpus tell beyond its cells."""
    said = told(made)
    return profiles.profiles(said, statements.cells(said), feeds.Facts(made, ZH, EN), language)


def test_what_no_cell_has_room_for_is_told_beside_the_table():
    ways = ["警调衔接", "民调入所", "律师进所", "诉调对接", "检调对接"]
    made = corpus(
        statements=[cue("a", 4 * n, "three", "dispute_in_station", x, sentence=n) for n, x in enumerate(ways)]
        + [cue("b", 1, "rules", "dispute_rules", "村规民约")]
    )
    own = beyond(made)
    assert list(own["text"]) == ["诉调对接", "检调对接"] and set(own["place"]) == {"a"}
    assert set(own["theme"]) == {"ground"}


def test_a_profile_parts_plans_honours_and_figures_and_repeats_nothing():
    claim = {"source": "a", "sentence": "a.s.9", "direction": "award", "status": "done", "start": 90, "end": 94}
    made = corpus(
        quantities=[
            *[quantity("a", n, "checkpoints", 9 + n) for n in range(3)],
            quantity("a", 4, "checkpoints", 5, status="planned"),
            quantity("a", 6, "data_records", 800),
            quantity("a", 7, "data_records", 3, status="case"),
        ],
        claims=[
            claim | {"id": f"a.c.{n}", "metric": metric, "start": 90 + n}
            for n, metric in enumerate(["示范市", "示范区", "示范县", "示范县"])
        ],
    )
    own = beyond(made, "en")
    assert list(own["theme"]) == ["ahead", "honours", "figures"]
    assert list(own["text"]) == ["5 police checkpoints (planned)", "model county", "800 data records"]


def test_of_a_plan_nothing_stands_apart_as_planned():
    made = corpus(quantities=[quantity("a", n, "checkpoints", n + 2, status="planned") for n in range(6)])
    own = beyond(made, "en")
    assert set(own["theme"]) == {"ground"} and own["text"].str.endswith("(planned)").all()


@pytest.mark.parametrize(
    "words, is_so",
    [
        ("柏川云 (a cloud)", True),
        ("柏川云 (云)", False),
        ("柏川云", False),
        ("two clouds", True),
        ("柏川云: 8 (this year)", False),
    ],
)
def test_english_words_hold_no_chinese_but_a_name_with_its_gloss(words, is_so):
    assert profiles.readable(words) == is_so


def test_a_village_that_is_named_with_a_device_is_its_place():
    (row,) = cues.statements(document("柏川派出所在牛角湾村建立“百姓议事堂”群众组织。", {"id": "t"}), Lexicon())
    assert (row["x"], row["place"]) == ("百姓议事堂", "牛角湾村")


@pytest.mark.parametrize(
    ("bound", "value", "high", "unit", "written"),
    [
        ("at_least", 2, float("nan"), "成", "≥20%"),
        ("exact", 18.6, float("nan"), "%", "18.6%"),
        ("exact", 1, 2, "成", "10–20%"),
        ("at_least", 7100, float("nan"), "人", "≥7,100"),
    ],
)
def test_an_amount_in_english_has_its_bound_and_its_share(bound, value, high, unit, written):
    row = pd.Series({"bound": bound, "value": value, "value_high": high, "unit": unit})
    assert feeds.written(row) == written


def test_a_list_says_no_item_twice_and_a_long_item_holds_the_short():
    made = corpus(
        statements=[
            cue("a", 1, "three", "dispute_in_station", "警调衔接"),
            cue("a", 5, "three", "dispute_in_station", "民调入所", sentence=2),
            cue("a", 9, "three", "dispute_in_station", "警调衔接", sentence=2),
        ],
        roles=[
            role("a", 20, "联合专职网格员", "专职网格员", "grid", "joins"),
            role("a", 30, "网格员参与", "网格员", "grid", "joins"),
        ],
    )
    said = told(made)
    assert list(said.query("element == 'disputes'")["zh"]) == ["警调衔接", "民调入所"]
    assert list(said.query("element == 'partners'")["zh"]) == ["专职网格员"]


def test_a_part_is_told_by_the_words_before():
    """The team of a county is the county's; what stands before the county's name is the city's."""
    named = {"kind": "initiative", "name": "柏川巡警", "type": "team", "strength": 2, "status": "done", "key": "n"}
    at = {"id": "a.m", "source": "a", "sentence": "a.s.1", "start": 10, "end": 14, "where": "柏川县"}
    made = corpus(
        mentions=[{**at, **named}],
        roles=[
            {**role("a", 1, "组建巡防队", "巡防队", "volunteer", "joins"), "sentence": "a.s.1"},
            {**role("a", 20, "联合志愿者", "志愿者", "volunteer", "joins"), "sentence": "a.s.1"},
            {**role("a", 30, "网格员参与", "网格员", "grid", "joins"), "sentence": "a.s.1"},
        ],
    )
    said = told(made).query("element == 'partners'").set_index("key")
    assert (said.at["volunteer", "zh"], said.at["volunteer", "where"]) == ("巡防队", "")
    assert said.at["grid", "where"] == "柏川县"


def test_single_cases_are_told_beside_a_campaign_and_nowhere_else():
    made = corpus(
        statements=[{**cue("a", 1, "campaign", "telling_campaign", "“清风行动”"), "element": "telling"}],
        quantities=[quantity("a", n, "", n, status="case") for n in (3, 4)],
    )
    said = told(made)
    cells = statements.cells(said)
    own = cells.query("element == 'telling'").iloc[0]
    assert (own["zh"], own["more"]) == ("一次专项行动“清风行动”；个案2句", 0)
    beside = profiles.profiles(said, cells, feeds.Facts(made, ZH, EN), "zh")
    assert not beside["text"].str.contains("个案").any()


def test_a_gloss_says_more_than_its_name_and_a_place_stands_once():
    assert wording.adds("扫码快速过站的凭证", "快行码") and not wording.adds("河口检查站", "河口水上检查站")
    assert not wording.unlike("一站式受理", "一站式解决") and wording.unlike("热心邻里", "群防群治力量")
    gloss = ("河口检查站", "河口检查站（查验船只）")
    row = {
        "zh": "河口检查站",
        "en": "river post",
        "gloss": gloss,
        "scope": "part",
        "status": "done",
        "key": "post",
        "where": "河口县",
    }
    row = SimpleNamespace(**row)
    assert statements.glossed(row, "zh") + statements.mark(row, "zh") == "河口检查站（查验船只）"
    row.where = "柏川县"
    assert statements.mark(row, "zh") == "（柏川县）"


def test_what_was_done_to_a_thing_stands_before_the_label_of_its_number():
    """A noun that shares its head with the label of its indicator repeats nothing in brackets."""
    built = {**quantity("a", 1, "smart_communities", 320), "noun": "建成小区", "surface": "320个"}
    rows = told(corpus(quantities=[built])).query("element == 'devices'")
    assert list(rows["zh"]) == ["建成智安小区320个"]


def test_of_a_text_that_tells_nothing_it_is_not_told_how():
    made = corpus(
        quantities=[quantity("b", 1, "checkpoints", 9), *(quantity("a", n, "checkpoints", n) for n in range(5))]
    )
    assert list(told(made).query("element == 'telling'")["place"]) == ["a"]


def test_what_is_no_kind_is_no_feature():
    made = corpus(
        roles=[role("a", 1, "站长统领", "站长", "", "leads"), role("a", 5, "党委领导", "党委", "party", "leads")]
    )
    assert list(features.features(told(made), ["a"])["feature"]) == ["lead:party"]


def test_who_builds_a_platform_owns_it_and_whoever_joins_it_does_not():
    """A platform far behind the verb is not what was built: 公安局搭建平台 …, 与政务平台打通."""
    common = {"source": "a", "sentence": "a.s.1", "strength": 2, "status": "done", "kind": "initiative"}
    made = corpus(
        mentions=[
            {**common, "id": f"a.m{n}", "start": n, "end": n + 4, "name": w} for w, n in (("甲", 12), ("乙", 60))
        ],
        roles=[{**role("a", 1, "公安局搭建", "公安局", "police", "hosts"), "sentence": "a.s.1", "end": 8}],
    )
    facts = feeds.Facts(made, ZH, EN)
    assert [feeds._owner(facts, r) for r in facts.names.itertuples()] == ["police", ""]


class Few:
    """A report in English; `said` is what it says, `quotes` what it quotes."""

    language, labels = "en", Labels("en")

    def __init__(self):
        self.said, self.quotes, self.registry = [], [], self

    def label(self, key, group=""):
        return self.labels.of(key, group)

    def number(self, value, rows):
        return Cited(value, tuple(rows), str(value))

    def text(self, words):
        return words

    def say(self, text, /, **values):
        self.said.append(text.format(**values))

    def row(self, id):
        return {"sentence": id[:3]}

    def quote(self, ids, most):
        self.quotes.append((ids, most))


def test_many_places_are_told_by_their_number():
    places = [f"p{n:02d}" for n in range(16)]
    rows = [(p, "unit", "evidenced" if n < 3 else "not_mentioned", "unit", "", ("i",)) for n, p in enumerate(places)]
    rows += [(p, "crowd", "evidenced", "crowd", "", ("i",)) for p in places]
    table = pd.DataFrame(rows, columns=["place", "feature", "state", "element", "key", "ids"])
    told = tables.truth(Few(), table)
    assert [(r.evidenced.value, r.not_mentioned) for r in told.itertuples()] == [(3, 13), (16, 0)]
    assert said_of._and(Few(), places) == "p00, p01, p02, p03, p04, p05 … (6/16)"
    assert said_of._and(Few(), places[:2]) == "p00 and p01"


def test_a_place_alone_is_not_compared():
    report = Few()
    for found in ([], ["a finding"]):
        said_of.section(report, found, "How they differ", "Read with care.")
    assert report.said == ["## How they differ", "Read with care."]
    one = features.features(told(corpus(quantities=[quantity("a", 1, "checkpoints", 9)])), ["a"])
    assert len(one) and not len(tables.truth(report, one))


def test_a_card_quotes_the_sentence_that_says_most():
    """Of two that say as much the shorter; a heading is too short to say anything."""
    report, spans = Few(), [("s.1", 0, 20), ("s.2", 20, 120), ("s.3", 120, 180), ("s.4", 180, 900)]
    rows = [("formula", ("s.1a", "s.4a")), ("lead", ("s.4b", "s.2a")), ("unit", ("s.3b", "s.4c")), ("hub", ("s.3a",))]
    city.quoted(
        report, pd.DataFrame(rows, columns=["element", "ids"]), pd.DataFrame(spans, columns=["id", "start", "end"])
    )
    assert report.quotes == [(["s.3a"], 1)]


def test_money_is_told_with_what_it_went_into():
    made = corpus(
        mentions=[
            {
                **{"id": f"a.m{n}", "source": "a", "sentence": "a.s.1", "start": n, "end": n + 4, "kind": "initiative"},
                **{"name": w, "key": w, "type": "platform", "strength": 1, "status": "done"},
            }
            for n, w in ((0, "甲平台"), (20, "公安数据中心"), (40, "乙平台"))
        ],
        quantities=[{**quantity("a", 1, "invested_funds", 7000000), "unit": "元", "unit_kind": "money", "start": 8}],
    )
    (row,) = told(made).query("element == 'resources'").itertuples()
    assert row.zh.endswith("（公安数据中心）") and row.en.endswith("funds invested (police data centre)")


@pytest.mark.parametrize(
    "counts, zh, en",
    [
        ((1, 1), "（公安数据中心、柏川云图）", ": police data centre and others"),
        ((1, 6), "（1项公安数据中心、6项柏川云图）", ": 1 police data centre and others"),
    ],
)
def test_a_formula_names_its_parts_one_by_one_and_how_many_each_is(counts, zh, en):
    parts = [
        {
            **{"id": f"a.f{n}", "source": "a", "sentence": "a.s.1", "start": n, "end": n + 2, "formula": "f1"},
            **{"name": "两网", "part": p, "named": "true", "count": count, "order": n},
        }
        for n, (p, count) in enumerate(zip(("公安数据中心", "柏川云图"), counts, strict=True), 1)
    ]
    made = corpus(formulas=parts)
    made.formulas["count"] = pd.to_numeric(made.formulas["count"])
    (row,) = told(made).query("element == 'formula'").itertuples()
    assert row.zh.endswith(zh) and row.en.endswith(en)


STORY = (
    "5月3日,一男子到柏川派出所报警,称家中电缆被盗,损失2万元。民警调取监控后,次日抓获嫌疑人2名。\n"
    "近年来,柏川县建成警务站12个。\n"
    "5月9日,居民周某与邻居因漏水引发纠纷。网格员上门调解,双方握手言和。"
)


def test_each_single_case_is_told_in_a_line():
    rows = extract.tables(STORY, {"id": "a", "place": "a", "place_zh": "甲市", "genre": ""}, Lexicon())
    made = corpus().keep(**{n: frame(n, rows[n]).assign(place="a") for n in ("statements", "claims", "quantities")})
    made = made.keep(mentions=frame("mentions", rows["mentions"]).assign(place="a"))
    cases = [(r["zh"], r["en"], r["status"]) for r in stories.stories(feeds.Facts(made, ZH, EN), None, TELLING)]
    assert cases == [
        ("电缆被盗，损失2万元，抓获嫌疑人2名", "theft (cable): 20,000 yuan, caught suspects: 2", "case"),
        ("因漏水起纠纷，和解（网格员）", "dispute (leaking water): settled (grid workers)", "case"),
    ]
    (count, *lines) = told(made).query("element == 'telling'").itertuples()
    assert count.zh.startswith("个案") and [statements.mark(r, "en") for r in lines] == ["", ""]


def test_how_a_case_ended_is_told_only_where_it_is_known_what_happened():
    row = {"source": "a", "sentence": "a.s.1", "id": "a.t.1", "start": 1, "end": 3, "status": "case", "x": ""}
    row |= {"element": "telling", "facet": "outcome", "rule": "outcome_settled", "value": "和解"}
    assert not len(told(corpus(statements=[row])).query("status == 'case'"))


def claim(n, **told):
    """A claim of place a."""
    row = {"id": f"a.c.{n}", "source": "a", "sentence": f"a.s.{n}", "start": n, "end": n + 9, "status": "done"}
    return {**row, "kind": "outcome", "surface": "", "value": None, **told}


def test_a_result_says_what_it_rose_to_how_it_stands_and_when():
    share = {**quantity("a", 1, "", 94.96), "unit": "%", "relation": "share", "surface": "94.96%"}
    rows = [
        claim(1, metric="群众安全感", direction="up", value=94.96, unit="%", quantity="a.q.1", period="到2016年"),
        claim(2, metric="治安大局", direction="level", surface="治安大局平稳", rule="claim.outcome.calm"),
        claim(3, metric="发案小区", direction="zero", value=80, unit="%", quantity="a.q.3", rule="claim.zero.compound"),
        claim(4, metric="优秀", direction="award", kind="award", surface="获评优秀"),
    ]
    noun = {**quantity("a", 3, "", 80), "unit": "%", "relation": "share", "surface": "80%", "noun": "占比"}
    made = corpus(claims=rows, quantities=[share, noun])
    assert sorted(told(made).query("element == 'results'")["zh"]) == [
        "治安大局平稳",
        "群众安全感升至94.96%（到2016年）",
        "零发案小区占比80%",
    ]


def test_a_complaint_that_is_counted_is_no_way_of_redress():
    coding = {"source": "a", "sentence": "a.s.1", "start": 2, "end": 4, "kind": "practice", "status": "done"}
    coding |= {"id": "a.m.1", "key": "safe_redress", "strength": "2", "surface": "投诉"}
    counted = claim(1, metric="投诉", direction="down", value=21.5, unit="%")
    rows = {"mentions": [coding], "sentences": [{"id": "a.s.1", "source": "a", "passage": "p"}]}
    assert len(told(corpus(**rows)).query("element == 'safeguards'")) == 1
    assert not len(told(corpus(**rows, claims=[counted])).query("element == 'safeguards'"))


def test_who_makes_up_a_patrol_is_told():
    found = cues.statements(document("成立由社区民警牵头,辅警、保安等参与的“守望”巡逻队。", {"id": "t"}), Lexicon())
    (row,) = [r for r in found if r["facet"] == "members"]
    assert row["value"] == "巡逻队：社区民警牵头,辅警、保安" and row["element"] == "patrol"


def test_a_statement_has_a_phrase_in_english():
    row = {"rule": "unit_resident_count", "x": "15个部门", "y": ""}
    assert english.phrase(row) == "15 departments resident bodies"
    assert english.phrase({**row, "x": "柏川云图"}) == ""


def test_what_is_prescribed_is_told_apart_from_what_is_so():
    rows = [
        {**role(s, 1, "公安牵头", "公安", "police", "heads"), "status": st}
        for s, st in zip("abc", ("done", "norm", "norm"), strict=True)
    ]
    said = told(corpus(roles=rows))
    found = contrasts.contrasts(said, statements.cells(said), corpus())
    (finding,) = found[(found["kind"] == "groups") & (found["element"] == "head")].itertuples()
    assert [(g.places, g.status) for g in finding.groups] == [(("a",), ""), (("b", "c"), "norm")]
    assert said_of._said(Few(), finding, finding.groups[1]).endswith(" (prescribed)")


def test_what_several_build_together_nobody_heads():
    hosts = [role("a", n, "联合设立", w, k, "hosts") for n, w, k in ((1, "公安", "police"), (3, "文旅", "department"))]
    rows = [{**r, "formula": "r1"} for r in hosts]
    assert not len(told(corpus(roles=rows)).query("element == 'head'"))
    assert len(told(corpus(roles=rows[:1])).query("element == 'head'")) == 1


def test_departments_that_only_give_data_take_no_part():
    joined = {**quantity("a", 5, "partner_departments", 30), "sentence": "a.s.5"}
    coded = {
        **{"id": "a.m1", "source": "a", "sentence": "a.s.5", "start": 8, "end": 12, "kind": "practice"},
        **{"key": "data_hub", "status": "done", "strength": 2},
    }
    sentences = [{"id": "a.s.5", "source": "a", "passage": "p"}]
    made = corpus(quantities=[joined], mentions=[coded], sentences=sentences)
    assert not len(told(made).query("element == 'partners'"))
    assert len(told(corpus(quantities=[joined], sentences=sentences)).query("element == 'partners'")) == 1


def test_a_number_alone_is_no_formula_and_last_year_s_number_no_result():
    digits = {
        **{"id": "a.f1", "source": "a", "sentence": "a.s.5", "start": 1, "end": 4, "formula": "f1", "name": "135"},
        **{"part": "", "named": "false", "count": 1, "order": 1},
    }
    claim = {
        **{"id": "a.c.1", "source": "a", "sentence": "a.s.1", "start": 0, "end": 6, "surface": "破获案件9起"},
        **{"metric": "破获案件", "kind": "solved", "direction": "level", "value": 9, "status": "done"},
    }
    rows = told(corpus(formulas=[digits], claims=[{**claim, "scope": "去年同期全县"}]))
    assert not len(rows.query("element in ('formula', 'results')"))
    assert len(told(corpus(claims=[claim])).query("element == 'results'")) == 1


def statement(n, element, facet, rule, **told):
    """A statement of the invented text a, in one sentence."""
    return {
        **{"id": f"a.t.{n}", "source": "a", "sentence": "a.s.5", "start": n, "end": n + 4, "status": "done"},
        **{"element": element, "facet": facet, "rule": rule, "value": told["x"], "surface": told["x"], **told},
    }


def test_a_rule_for_calls_is_no_leader_and_a_post_that_directs_is_the_nearest():
    rows = [
        statement(1, "lead", "call", "lead_whistle", x="社区吹哨、部门报到"),
        statement(20, "unit", "post", "unit_posts", x="前方指挥部"),
        statement(9, "unit", "post", "unit_posts", x="服务工作站"),
        statement(30, "unit", "guides", "unit_guides", x="巡逻警力"),
    ]
    said = told(corpus(statements=rows))
    assert set(said["element"]) == {"unit"}
    assert "前方指挥部指挥巡逻警力" in set(said["zh"]) and "社区吹哨、部门报到（召集规则）" in set(said["zh"])


def test_a_loop_goes_by_the_name_behind_it():
    stages = [
        {
            **{"id": f"a.l.{n}", "source": "a", "sentence": "a.s.5", "start": n, "end": n + 2, "loop": "l1"},
            **{"order": o, "stage_text": t, "stage": "other", "closes": "true", "status": "planned"},
        }
        for o, (n, t) in enumerate(((10, "发现"), (13, "处置")))
    ]
    named = {
        **{"id": "a.m.1", "source": "a", "sentence": "a.s.5", "kind": "initiative", "type": "model", "key": "i-1"},
        **{"name": "云上警务", "alias_of": "", "strength": "1", "status": "planned"},
    }
    before, behind = ({**named, "start": s, "end": s + 4} for s in (1, 24))
    (row,) = (
        told(corpus(loops=stages, mentions=[{**before, "name": "公安大脑"}, behind]))
        .query("element == 'loop'")
        .itertuples()
    )
    assert row.zh == "云上警务：发现—处置（闭环）"
    (row,) = told(corpus(loops=stages, mentions=[{**behind, "start": 60}])).query("element == 'loop'").itertuples()
    assert row.zh == "发现—处置（闭环）"


def test_the_x_of_a_sum_stands_apart():
    parts = [
        {
            **{"id": f"a.f{n}", "source": "a", "sentence": "a.s.5", "start": n, "end": n + 2, "formula": "f1"},
            **{"name": "2+X", "part": p, "named": "true", "count": c, "order": n},
        }
        for n, p, c in ((1, "公安", 1), (9, "司法", 1), (12, "民政等5个部门", float("nan")))
    ]
    made = corpus(formulas=parts)
    made = made.keep(formulas=made.formulas.assign(count=pd.to_numeric(made.formulas["count"])))
    (row,) = told(made).query("element == 'formula'").itertuples()
    assert (row.zh, row.en) == (
        "2+X（公安、司法 + 民政等5个部门）",
        "2+X: police, justice + civil affairs and others, in all 5 departments",
    )


def test_an_honour_says_what_it_is_for():
    claim = {
        **{"id": "a.c.1", "source": "a", "sentence": "a.s.1", "start": 0, "end": 6, "surface": "在全省推广"},
        **{
            "metric": "全省推广",
            "kind": "rollout",
            "direction": "award",
            "status": "done",
            "scope": "智安小区建设经验",
        },
    }
    (row,) = told(corpus(claims=[claim])).query("element == 'results'").itertuples()
    assert row.zh.startswith("智安小区建设经验：全省推广")
    (row,) = told(corpus(claims=[{**claim, "scope": "全市"}])).query("element == 'results'").itertuples()
    assert row.zh.startswith("全省推广")


def test_an_owner_that_one_statement_states_is_the_owner():
    own = pd.DataFrame([{"place": "a", "element": "hub", "key": "unstated", "zh": "云", "en": "cloud", "ids": ("1",)}])
    stated = pd.DataFrame([{"place": "a", "key": "police", "zh": "公安：云", "en": "police: cloud", "ids": ("2",)}])
    (row,) = contrasts._owned(own, stated).itertuples()
    assert (row.key, row.ids) == ("police", ("2",))
    assert list(contrasts._owned(own, stated.head(0))["key"]) == ["unstated"]


def test_a_named_hub_without_an_owner_is_not_another_ones():
    said = [
        {"place": "a", "order": n, "named": True, "key": k, "status": "done"}
        for n, k in enumerate(["unstated", "police"])
    ]
    said = pd.DataFrame(said).assign(zh=["云平台", "警务大脑"], en=["cloud", "police brain"], ids=[("1",), ("2",)])
    cell = said.head(1).assign(element="hub")
    ((group,),) = contrasts._groups(cell, said, None)
    assert (group.key, group.ids) == ("unstated", ("1",))
    ((group,),) = contrasts._groups(cell, said.assign(named=[False, True]), None)
    assert (group.key, group.ids) == ("police", ("2",))


def test_who_is_unknown_builds_nothing():
    assert not len(told(corpus(roles=[role("a", 1, "各方建成平台", "各方", "", "hosts")])).query("element == 'head'"))


def test_a_practice_of_the_whole_place_is_no_part_and_no_case():
    """A part and a single case stand before what is so in all of the place, which alone is said."""
    coded = [("mass_team", "丁区", "case"), ("mass_team", "丁区", "done"), ("mass_team", "", "done")]
    made = corpus(
        mentions=[
            {
                **{
                    "id": f"a.m{n}",
                    "source": "a",
                    "sentence": f"a.s.{n}",
                    "start": n,
                    "end": n + 2,
                    "kind": "practice",
                },
                **{"key": key, "where": where, "status": status, "strength": 2},
            }
            for n, (key, where, status) in enumerate(coded)
        ],
        sentences=[{"id": f"a.s.{n}", "source": "a", "passage": "p"} for n in range(3)],
    )
    rows = feeds.coded(feeds.Facts(made, ZH, EN), codebook.Feed("practice", "mass_"), codebook.elements()[0])
    assert [(r["where"], r["status"], r["start"]) for r in rows] == [("", "done", 2)]


def test_a_formula_that_a_district_goes_by_is_the_districts():
    """A number between its parts tells whose it is."""
    parts = [
        {
            **{"id": f"a.f{n}", "source": "a", "sentence": "a.s.5", "start": n, "end": n + 2, "formula": "f1"},
            **{"name": "一平台两服务", "part": p, "named": "true", "count": 1, "order": n},
        }
        for n, p in ((1, "平台"), (9, "服务"))
    ]
    made = corpus(formulas=parts, quantities=[quantity("a", 5, "", 2, where="丁区")])
    (row,) = told(made).query("element == 'formula'").itertuples()
    assert (row.where, row.scope) == ("丁区", "part")


def test_who_helps_in_one_case_is_no_standing_partner():
    made = corpus(
        roles=[
            {**role("a", 1, "律师参与", "律师", "mediation", "joins"), "status": "case"},
            role("a", 9, "调解员入驻", "调解员", "mediation", "joins"),
        ]
    )
    (row,) = told(made).query("element == 'partners'").itertuples()
    assert (row.zh, row.scope) == ("调解员", "whole")


def test_what_is_cleared_is_not_said_never_to_have_happened():
    claim = {
        **{"id": "a.c.1", "source": "a", "sentence": "a.s.1", "start": 0, "end": 6, "surface": "命案积案清零"},
        **{"metric": "命案积案", "kind": "crime", "direction": "zero", "rule": "claim.zero.cleared", "status": "done"},
    }
    zero = {**claim, "id": "a.c.2", "start": 9, "end": 14, "metric": "命案", "rule": "claim.zero"}
    rows = told(corpus(claims=[claim, zero])).query("element == 'results'")
    assert set(rows["zh"]) == {"命案积案清零", "命案零发生"}
    assert set(rows["en"]) == {"unsolved murder cases all cleared", "no murder cases"}


def test_a_zero_tells_of_what_and_years_running_are_counted():
    """What did not happen in a part of the place, or since something began, did not happen there."""
    claim = {
        **{"source": "a", "sentence": "a.s.1", "start": 20, "end": 26, "kind": "accident", "status": "done"},
        **{"surface": "零发生", "rule": "claim.zero"},
    }
    parts = {**claim, "id": "a.c.1", "metric": "安全事故", "direction": "zero", "scope": "各重点区域"}
    began = {**claim, "id": "a.c.2", "metric": "命案", "direction": "zero", "period": "运营以来"}
    years = {**claim, "id": "a.c.3", "metric": "立案数", "direction": "down", "running": "true"}
    named = {
        **{"id": "a.m1", "source": "a", "sentence": "a.s.1", "start": 2, "end": 8, "kind": "initiative"},
        **{"key": "i", "name": "渡口安保模式", "type": "model", "strength": 2, "status": "done"},
    }
    four = {**quantity("a", 1, "", 4), "unit": "年", "unit_kind": "time", "surface": "4年", "period": "连续4年"}
    made = corpus(claims=[parts, began, years], mentions=[named], quantities=[four])
    rows = told(made).query("element == 'results'")
    assert {"各重点区域：安全事故零发生", "渡口安保模式：命案零发生（运营以来）", "立案数下降（连续4年）"} == set(
        rows["zh"]
    )
    assert "cases filed down (4 years running)" in set(rows["en"])


def award(n, kind, metric, surface, **more):
    own = {"id": f"a.c.{n}", "source": "a", "sentence": f"a.s.{n}", "start": 9 * n, "end": 9 * n + 6}
    return own | {"direction": "award", "status": "done", "kind": kind, "metric": metric, "surface": surface} | more


@pytest.mark.parametrize(
    "kind, metric, surface, zh, en",
    [
        ("rank", "平安指数", "稳居全省前列", "平安指数稳居全省前列", "safety index: among the first in the province"),
        ("rank", "平安指数", "居全省第九、全市第一", None, "safety index: no. 9 in the province, first in the city"),
        ("rank", "平安指数", "进入全国50强", None, "safety index: among the top 50 in the country"),
        ("rank", "平安指数", "为全市 最低", "平安指数为全市最低", "safety index: lowest in the city"),
        ("rank", "平安指数", "全省山区县中最低", None, "safety index: 全省山区县中最低 (honour or rank)"),
        ("rank", "平安指数", "位次前移6位", None, "safety index: 位次前移6位 (honour or rank)"),
        ("rank", "全省前三名", "全省前三名", "全省前三名", "among the first 3 in the province"),
        ("praise", "柏副县长、云主任批示肯定", "获柏副县长、云主任批示肯定", None, "approved in writing by leaders"),
        ("praise", "柏川县群众一致好评", "获柏川县群众一致好评", None, "praised"),
        ("honour", "柏川奖", "获柏川奖", "柏川奖", "柏川奖 (honour or rank)"),
        ("honour", "示范市", "获评示范市", "示范市", "model city"),
    ],
)
def test_an_honour_is_told_with_its_rank_and_in_both_languages(kind, metric, surface, zh, en):
    (row,) = told(corpus(claims=[award(1, kind, metric, surface)])).query("element == 'results'").itertuples()
    assert row.items == ((zh or (metric if kind == "praise" else metric + surface), en),)
    assert row.en.count("(honour or rank)") == 1


def test_what_is_told_of_the_whole_country_is_no_statement_on_a_place():
    solved = award(1, "solved", "破获盗窃案件", "破获盗窃案件3000起") | {
        "direction": "level",
        "value": 3000,
        "unit": "起",
    }
    assert len(told(corpus(claims=[solved])).query("element == 'results'")) == 1
    assert told(corpus(claims=[solved | {"where": "全国"}])).query("element == 'results'").empty


def test_an_honour_that_several_have_is_told_with_their_number():
    nine = {**quantity("a", 1, "", 9), "surface": "9个"}
    made = corpus(
        claims=[award(1, "honour", "一级派出所", "获评一级派出所9个", quantity=nine["id"])], quantities=[nine]
    )
    (row,) = told(made).query("element == 'results'").itertuples()
    assert row.items == (("一级派出所9个", "first-grade police station: 9"),)


def test_a_profile_tells_an_honour_whole_or_with_its_gloss():
    """In English no sentence of a text stands bare."""
    zero = {"id": "a.c.9", "direction": "zero", "status": "done", "start": 0, "end": 4, "surface": "零发生"}
    firm = [
        zero | {"source": "a", "sentence": f"a.s.{n}", "id": f"a.c.{n}", "metric": m}
        for n, m in ((7, "命案"), (8, "火灾"))
    ]
    praised = award(1, "praise", "云主任批示肯定", "获云主任批示肯定")
    prize, ranked = award(2, "honour", "柏川奖", "获柏川奖"), award(3, "rank", "平安指数", "居全省前列")
    own = beyond(corpus(claims=[*firm, praised, prize, ranked]), "en").query("theme == 'honours'")
    words = [
        "approved in writing by leaders",
        "柏川奖 (honour or rank)",
        "safety index: among the first in the province",
    ]
    assert sorted(own["text"]) == sorted(words)


def test_a_share_says_that_it_is_one_and_a_year_is_no_number():
    """Of two results since one year neither repeats the other."""
    joint = {**quantity("a", 1, "", 20), "surface": "近20%", "relation": "share", "bound": "nearly", "unit": "%"}
    plain = {"source": "a", "sentence": "a.s.1", "direction": "level", "status": "done", "kind": "solved"}
    share = {**plain, "id": "a.c.1", "start": 1, "end": 9, "metric": "每年联动处置警情数", "value": 20, "unit": "%"}
    since = {**plain, "period": "2021年以来", "unit": "名", "start": 20, "end": 26}
    counts = [
        {**since, "id": f"a.c.{n}", "metric": metric, "value": n}
        for n, metric in ((4, "抓获嫌疑人"), (6, "抓获在逃人员"))
    ]
    made = corpus(claims=[share | {"quantity": joint["id"]}, *counts], quantities=[joint])
    rows = told(made).query("element == 'results'")
    assert len(rows) == 3 and "每年联动处置警情数占比≲20%" in set(rows["zh"])
    assert "incidents handled jointly a year: nearly 20% (share)" in set(rows["en"])


@pytest.mark.parametrize("noun, whose", [("片区联勤站", "联勤站"), ("外勤站", ""), ("民警", "桥头联勤站")])
def test_a_loop_of_several_alike_is_of_their_kind(noun, whose):
    stages = [
        {
            **{"id": f"a.l{n}", "source": "a", "sentence": "a.s.1", "start": 20 + n, "end": 22 + n, "loop": "l20"},
            **{"order": n, "stage": kind, "stage_text": words, "closes": "true", "status": "done"},
        }
        for n, (kind, words) in enumerate((("collect", "收集"), ("order", "分流"), ("feedback", "反馈")))
    ]
    named = {
        **{"id": "a.m1", "source": "a", "sentence": "a.s.1", "start": 2, "end": 7, "kind": "initiative"},
        **{"key": "i", "name": "桥头联勤站", "type": "station", "strength": 2, "status": "done"},
    }
    between = {**quantity("a", 1, "", 20), "start": 9, "end": 12, "noun": noun}
    rows = told(corpus(loops=stages, mentions=[named], quantities=[between])).query("element == 'loop'")
    assert list(rows["zh"]) == [(f"{whose}：" if whose else "") + "收集—分流—反馈（闭环）"]


def test_what_is_counted_by_the_day_says_so_once():
    per_day = {**quantity("a", 1, "street_force", 640), "denominator": "日均", "unit": "名", "surface": "640名"}
    rows = told(corpus(quantities=[{**per_day, "noun": "日均街面警力"}])).query("element == 'patrol'")
    assert [z for z in rows["zh"] if "日均日均" in z] == [] and any("日均" in z for z in rows["zh"])


def test_words_tell_of_a_role_without_an_actor_unless_it_is_planned():
    cells = pd.DataFrame(
        [
            {
                "element": "head",
                "status": "done",
                "en": "Station head commands",
                "zh": "站长统一指挥",
                "ids": ("a.x.1",),
            },
            {"element": "lead", "status": "planned", "en": "City leads", "zh": "市委主导", "ids": ("a.x.2",)},
        ]
    )
    assert statements.roles(cells, "en") == {"heads": ("Station head commands", ("a.x.1",))}


def test_numbers_of_two_years_say_of_which_they_are():
    rows = [
        {
            **quantity("a0", n, "homicide_cases", v),
            "noun": "命案",
            "period_start": f"{y}-01-01",
            "period_end": f"{y}-12-31",
        }
        for n, v, y in ((1, 9, 2019), (2, 2, 2021))
    ]
    assert set(facts.Facts(corpus(quantities=rows), ZH, EN).apart.values()) == {"2019", "2021"}
    assert not facts.Facts(corpus(quantities=rows[:1]), ZH, EN).apart
