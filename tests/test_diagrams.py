"""Diagrams: what is told stands in them, what is not is drawn as such, and the same rows give the same bytes."""

import io
import math

import matplotlib
import pytest

from lib.report.figures import model as diagrams
from lib.report.show import style
from lib.report.show.labels import Labels
from tests.test_network import FORMULAS, LINKS, LOOPS, ROLES

matplotlib.use("Agg")
DRAWN = [(diagrams.roles, ROLES), (diagrams.loop, LOOPS), (diagrams.formula, FORMULAS), (diagrams.network, LINKS)]


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


def test_a_formula_shows_counts_of_what_it_does_not_name():
    assert {"一厅五室", "5 室", "1 厅", "4 公安、城管等4个部门", "N"} <= set(words(diagrams.formula, FORMULAS))


def test_a_network_names_every_kind_and_its_statements():
    shown = words(diagrams.network, LINKS)
    assert {"公安 4", "网格 2", "企业"} <= set(shown)


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


def test_a_name_that_is_ours_stands_in_brackets():
    rows = FORMULAS.assign(derived="true")
    assert "(4+X)" in words(diagrams.formula, rows)


def test_links_without_a_kind_are_counted_at_the_foot():
    assert "+1 条联系的一方未指明类别" in words(diagrams.network, LINKS)


def test_the_numbers_of_ties_keep_apart():
    kinds = ["police", "party", "grid", "department", "enterprise", "resident", "volunteer"]
    pairs = [(a, b) for n, a in enumerate(kinds) for b in kinds[n + 1 :]]
    rows = LINKS.loc[[0] * 2 * len(pairs)].assign(
        actor_kind=[kind for pair in pairs for kind in pair], link=[f"k{n // 2}" for n in range(2 * len(pairs))]
    )
    spots = [t.get_position() for t in diagrams.network(rows, label("zh")).axes[0].texts if t.get_text() == "1"]
    near = [(a, b) for n, a in enumerate(spots) for b in spots[n + 1 :] if math.dist(a, b) < 0.12]
    assert len(spots) == len(pairs) and not near


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
