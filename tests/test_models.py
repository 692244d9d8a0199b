"""Roles, loops, formulas and links in invented sentences: tables of cases, a third of them traps."""

import csv
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.evidence.mentions import actors
from lib.evidence.model import all_tables as models
from lib.lexicon import Lexicon
from lib.reading import document

CASES = Path(__file__).parent / "cases"


def cases(name):
    with open(CASES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def tables(document, lexicon=None):
    lexicon = lexicon or Lexicon()
    return models.find(document, lexicon, actors.find(document, lexicon))


def found(table, text):
    return tables(document(text, {"id": "t"}))[table]


def shape(rows):
    """Formulas in one line: NAME => COUNT:PART | ?COUNT:PART, the question mark for what the text does not name."""
    names = list(dict.fromkeys(r["name"] for r in rows))
    return "; ".join(
        f"{n} => "
        + " | ".join(f"{'' if r['named'] == 'true' else '?'}{r['count']}:{r['part']}" for r in rows if r["name"] == n)
        for n in names
    )


@pytest.mark.parametrize("text, stages, closes", cases("loops"))
def test_loops(text, stages, closes):
    rows = found("loops", text)
    assert " ".join(r["stage"] for r in rows) == stages
    assert {r["closes"] for r in rows} == ({closes} if closes else set())


@pytest.mark.parametrize("text, formulas", cases("formulas"))
def test_formulas(text, formulas):
    assert shape(found("formulas", text)) == formulas


@pytest.mark.parametrize("text, roles", cases("roles"))
def test_roles(text, roles):
    assert " ".join(f"{r['role']}:{r['actor']}" for r in found("roles", text)) == roles


@pytest.mark.parametrize("text, links", cases("links"))
def test_links(text, links):
    told = {}
    for r in found("links", text):
        told.setdefault(r["link"], set()).add(r["actor"])
    assert sorted(map(sorted, told.values())) == sorted(sorted(group.split("+")) for group in links.split())


@pytest.mark.parametrize(
    "table, text, statuses",
    [
        ("roles", "由公安牵头，部门协同推进全市巡防工作。", {"done"}),
        ("roles", "治安部门作为主力军，应当主动拥抱新理念，加强力量融合和手段融合。", {"planned"}),
        ("roles", "下一步，云州市公安局将建成覆盖全市城乡各个角落的防控平台。", {"planned"}),
        ("roles", "一、背景和起因\n公安机关作为社会治安打防管控的主力军，面临警力不足等诸多困难和问题。", set()),
        ("loops", "平台必须实现采集-研判-预警-处置-反馈的全流程闭环管理新模式。", {"planned"}),
        ("loops", "平台建立采集-研判-预警-处置-反馈的全流程闭环管理新模式。", {"done"}),
        ("links", "日前，民警李某接到报警，立即联合城管部门工作人员赶到现场救助一名老人。", {"case"}),
    ],
)
def test_a_row_says_whether_it_is_so(table, text, statuses):
    assert {r["status"] for r in found(table, text)} == statuses


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("坚持党政主导、部门协同。", ["party", "government", "department"]),
        ("治安部门作为主力军持续发力。", ["police"]),
        ("动员全社会参与平安建设。", [""]),
        ("由律师、调解员负责调处。", ["mediation", "mediation"]),
        ("联合武警开展巡逻。", ["military"]),
        ("社区吹哨、部门报到。", ["community", "department"]),
    ],
)
def test_kinds_of_actors(text, kinds):
    assert [r["actor_kind"] for r in found("roles", text)] == kinds


@pytest.mark.parametrize(
    "text, scopes",
    [
        ("组建由民警牵头，辅警、保安共同加入的巡逻小队。", {"team"}),
        ("由公安牵头，城管、保安共同参与的工作格局。", {""}),
    ],
)
def test_a_team_is_no_model(text, scopes):
    assert {r["scope"] for r in found("roles", text) if r["role"] in ("leads", "joins")} == scopes


def test_a_semicolon_ends_a_role_formula():
    rows = found("roles", "由民警牵头，保安共同参与巡逻；由民警、辅警组成护校队。")
    assert len({r["formula"] for r in rows}) == 2


def test_parallel_words_have_a_name_that_is_ours():
    rows = found("formulas", "完善信息联采、隐患联排、纠纷联调等机制。")
    assert {(r["name"], r["derived"]) for r in rows} == {("三联", "true")}


def test_a_link_has_a_row_a_partner_and_says_who_brings_the_others_in():
    text = "社区民警联合网格员、志愿者开展走访。"
    rows = found("links", text)
    assert {(text[r["start"] : r["end"]], r["side"]) for r in rows} == {
        ("社区民警", "subject"),
        ("网格员", "partner"),
        ("志愿者", "partner"),
    }
    assert len({r["link"] for r in rows}) == 1 and {r["rule"] for r in rows} == {"joint.pair"}


WORDS = (
    "公安 社区民警 网格员 部门 牵头 联合 共同参与 由 发现 处置 反馈 闭环 4+X 一厅五室 3个部门 三统筹 "
    "1、3、5分钟 一是织密 网 即 等 的 “ ” （ ） 、 ， 。 ： - + 两个 40% N"
).split() + ["\n"]


@example("公安+两个3个部门")
@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_text_gives_spans_that_may_be_shown(text):
    doc = document(text, {"id": "t"})
    for table in ("roles", "loops", "formulas", "links"):
        for r in tables(doc)[table]:
            assert 0 < r["end"] - r["start"] < 40, (table, r)
            assert any(s.start <= r["start"] and r["end"] <= s.end for s in doc.sentences), (table, r)
