"""Governance models and networks compared, on small invented tables."""

import math

import pandas as pd
import pytest

from lib.comparison import models, network

PLACES = ["yunzhou", "qinglan", "linhu"]


def table(columns, *rows):
    return pd.DataFrame([[f"r{n}", *row] for n, row in enumerate(rows, 1)], columns=["id", *columns.split()])


ROLES = table(
    "place source start role actor actor_kind scope status",
    ("yunzhou", "t1", 1, "leads", "党政", "party", "", "done"),
    ("yunzhou", "t1", 2, "leads", "公安", "police", "", "done"),
    ("yunzhou", "t1", 3, "leads", "派出所", "police", "", "done"),
    ("yunzhou", "t1", 4, "joins", "部门", "department", "", "done"),
    ("yunzhou", "t1", 5, "served", "群众", "resident", "", "done"),
    ("qinglan", "t2", 1, "leads", "党政", "party", "", "done"),
    ("qinglan", "t2", 1, "leads", "党政", "government", "", "done"),
    ("qinglan", "t2", 3, "joins", "志愿者", "volunteer", "", "done"),
)
LINKS = table(
    "place source link actor actor_kind verb status",
    ("yunzhou", "t1", "k1", "民警", "police", "联合", "done"),
    ("yunzhou", "t1", "k1", "网格员", "grid", "联合", "done"),
    ("yunzhou", "t1", "k2", "网格员", "grid", "协同", "done"),
    ("yunzhou", "t1", "k2", "公安", "police", "协同", "done"),
    ("yunzhou", "t1", "k3", "公安", "police", "联动", "done"),
    ("yunzhou", "t1", "k3", "城管", "department", "联动", "done"),
    ("yunzhou", "t1", "k4", "特警", "police", "整合", "done"),
    ("yunzhou", "t1", "k4", "交警", "police", "整合", "done"),
    ("yunzhou", "t1", "k5", "公安", "police", "联合", "done"),
    ("yunzhou", "t1", "k5", "多方力量", "", "联合", "done"),
    ("yunzhou", "t1", "k6", "公安", "police", "联合", "planned"),
    ("yunzhou", "t1", "k6", "企业", "enterprise", "联合", "planned"),
    ("qinglan", "t2", "k1", "律师", "judiciary", "共同", "done"),
    ("qinglan", "t2", "k1", "居民", "resident", "共同", "done"),
)
LOOPS = table(
    "place source loop order stage_text stage closes",
    ("yunzhou", "t1", "l5", 1, "发现", "sense", "true"),
    ("yunzhou", "t1", "l5", 3, "反馈", "feedback", "true"),
    ("yunzhou", "t1", "l5", 2, "处置", "act", "true"),
    ("qinglan", "t2", "l5", 1, "受理", "collect", "false"),
    ("qinglan", "t2", "l5", 2, "办理", "act", "false"),
)
FORMULAS = table(
    "place name order count part named",
    ("yunzhou", "4+X", 1, 4, "公安、城管等4个部门", "true"),
    ("yunzhou", "4+X", 2, None, "", "false"),
    ("qinglan", "一厅五室", 1, 1, "厅", "false"),
    ("qinglan", "一厅五室", 2, 5, "室", "false"),
)


def row(frame, **where):
    for column, value in where.items():
        frame = frame[frame[column] == value]
    return frame.iloc[0]


def test_the_leading_kind_is_the_one_told_most_often():
    found = models.leading(ROLES, PLACES)
    first = row(found, place="yunzhou")
    assert (first["kinds"], first["actors"], first["statements"]) == (["police"], ["公安", "派出所"], 3)
    assert first["share"] == pytest.approx(2 / 3)


def test_leaders_that_tie_are_all_named_and_silence_is_empty():
    found = models.leading(ROLES, PLACES)
    assert row(found, place="qinglan")["kinds"] == ["government", "party"]
    assert row(found, place="qinglan")["statements"] == 1  # 党政 is of two kinds
    assert row(found, place="linhu")["kinds"] == [] and math.isnan(row(found, place="linhu")["share"])


def test_who_is_only_served_takes_no_part():
    found = row(models.breadth(ROLES, PLACES), place="yunzhou")
    assert found["kinds"] == ["department", "party", "police"]
    assert (found["actors_n"], found["outside"]) == (4, 0.25)


def test_roles_stand_in_their_order_with_their_evidence():
    found = models.roles(ROLES, PLACES)
    assert list(found[found["place"] == "yunzhou"]["role"]) == ["leads", "leads", "joins", "served"]
    assert row(found, place="yunzhou", actor_kind="police")["ids"] == ["r2", "r3"]


def test_a_loop_is_read_in_its_order_and_says_where_it_ends():
    first, second = models.loops(LOOPS, PLACES).to_dict("records")
    assert (first["path"], first["last"]) == ("发现—处置—反馈", "feedback")
    assert (first["closes"], first["returns"]) == (True, True)
    assert (second["last"], second["closes"], second["returns"]) == ("act", False, False)


def test_every_stage_has_a_row_and_a_missing_one_has_no_words():
    found = models.stages(LOOPS, PLACES)
    assert len(found) == len(PLACES) * len(models.STAGES)
    assert row(found, place="yunzhou", stage="act")["words"] == ["处置"]
    assert row(found, place="qinglan", stage="warn")["loops"] == 0
    assert row(found, place="linhu", stage="act")["ids"] == []


def test_what_a_formula_leaves_unnamed_is_counted():
    found = models.formulas(FORMULAS, PLACES)
    told = list(zip(found["name"], found["named"], found["unnamed"], strict=True))
    assert told == [("4+X", 1, 1), ("一厅五室", 0, 6)]


def test_what_is_planned_is_no_link_nor_an_end_without_a_kind():
    found = row(network.summary(LINKS, PLACES), place="yunzhou")
    assert found["statements"] == 5 and "r10" not in found["ids"]


def test_a_planned_role_a_team_and_a_case_lead_no_model():
    for told in ({"status": "planned"}, {"scope": "team"}, {"status": "case"}):
        rows = ROLES.copy()
        rows.loc[rows["actor"] == "党政", list(told)] = list(told.values())[0]
        assert "party" not in row(models.leading(rows, ["yunzhou"]), place="yunzhou")["kinds"]
        assert row(models.leading(rows, ["yunzhou"]), place="yunzhou")["statements"] == 2


def test_a_kind_left_open_is_on_neither_side():
    rows = pd.concat([ROLES, ROLES[3:4].assign(actor="各方", actor_kind="")])
    assert row(models.breadth(rows, PLACES), place="yunzhou")["outside"] == 0.25


def test_a_loop_that_is_only_meant_to_be_is_none():
    assert list(models.loops(LOOPS.assign(status="planned"), PLACES)["loop"]) == []


def test_the_summary_of_a_place_without_links_is_empty_not_zero():
    found = network.summary(LINKS, PLACES)
    first, none = row(found, place="yunzhou"), row(found, place="linhu")
    assert (first["kinds"], first["ties"], first["centre"], first["police"]) == (3, 2, ["police"], 1.0)
    assert none["kinds"] == 0 and none["centre"] == [] and math.isnan(none["density"]) and math.isnan(none["police"])
