"""Diagrams: what is told stands in them, what is not is drawn as such, and the same rows give the same bytes."""

import io
import re

import matplotlib
import pytest

from lib.report.figures import model as diagrams
from lib.report.show import style
from lib.report.show.labels import Labels
from tests.test_network import LOOPS, ROLES

matplotlib.use("Agg")
DRAWN = [(diagrams.roles, ROLES), (diagrams.loop, LOOPS)]


def label(language):
    style.use()
    return Labels(language).of


def svg(draw, rows):
    buffer = io.StringIO()
    draw(rows, label("zh")).savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def words(draw, rows, language="zh"):
    return [t.get_text().replace("\n", "") for t in draw(rows, label(language)).axes[0].texts]


@pytest.fixture(autouse=True)
def _closed():
    yield
    matplotlib.pyplot.close("all")


@pytest.mark.parametrize("draw, rows", DRAWN)
def test_the_same_rows_give_the_same_bytes(draw, rows):
    assert svg(draw, rows) == svg(draw, rows)


@pytest.mark.parametrize("draw, rows", DRAWN)
def test_each_mark_leads_to_its_rows(draw, rows):
    ids = re.findall(r'xlink:href="evidence:([^|"]+)\|', svg(draw, rows))
    assert {i for told in ids for i in told.split()} == set(rows["id"])


@pytest.mark.parametrize("draw, rows", DRAWN)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_words_lie_on_the_sheet(draw, rows, language):
    figure = draw(rows, label(language))
    figure.canvas.draw()
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert -1 <= box.x0 and box.x1 <= figure.bbox.width + 1, text
        assert -1 <= box.y0 and box.y1 <= figure.bbox.height + 1, text


@pytest.mark.parametrize("draw, rows", DRAWN)
def test_an_empty_table_is_said_to_be_silent(draw, rows):
    assert words(draw, rows[:0]) == ["未提及"]


def test_a_loop_shows_the_text_s_own_words_and_all_stages():
    shown = words(diagrams.loop, LOOPS)
    assert {"发现", "处置", "反馈", "受理", "办理", "预警", "归档", "未提及"} <= set(shown)


def test_a_role_that_nobody_has_is_not_mentioned():
    assert words(diagrams.roles, ROLES).count("未提及") == 4  # heads, hosts, supports, supervises


def test_many_actors_are_counted_not_drawn():
    rows = ROLES.loc[[3] * 40].assign(actor=[f"部门{n}" for n in range(40)])
    assert f"+{40 - diagrams.MOST}" in words(diagrams.roles, rows)


def test_several_loops_of_one_place_are_numbered():
    rows = LOOPS.assign(place="yunzhou")
    heads = [w for w in words(diagrams.loop, rows) if w.startswith("yunzhou") or w.endswith((" 1", " 2"))]
    assert len(heads) == 2 and heads[0].endswith(" 1") and heads[1].endswith(" 2")


def test_a_way_that_turns_back_is_told_by_numbers():
    rows = LOOPS[:3].assign(stage=["act", "sense", "verify"])
    assert {"1 发现", "3 反馈", "2 处置"} <= set(words(diagrams.loop, rows))


def test_a_planned_role_is_not_drawn_and_a_case_is_dashed():
    rows = ROLES.assign(actor=["青澜市委", *ROLES["actor"][1:]], status=["planned", *["done"] * 6, "case"])
    shown = words(diagrams.roles, rows)
    assert "青澜市委" not in shown and "志愿者" in shown and "虚框：仅见于个案" in shown


def test_who_leads_a_team_is_marked():
    rows = ROLES.assign(scope=["team", *[""] * 7])
    shown = words(diagrams.roles, rows)
    assert "党政 (队伍)" in shown and "公安" in shown


def test_a_stage_of_no_known_kind_bends_no_way():
    rows = LOOPS[:3].assign(stage=["collect", "feedback", "other"])
    plain = rows[rows["stage"] != "other"].assign(order=[1, 2])
    arrows = [
        len(
            [
                p
                for p in diagrams.loop(r, label("zh")).axes[0].patches
                if isinstance(p, matplotlib.patches.FancyArrowPatch)
            ]
        )
        for r in (rows, plain)
    ]
    assert arrows[0] == arrows[1]
