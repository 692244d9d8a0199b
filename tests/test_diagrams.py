"""Diagrams: what is told stands in them, what is not is drawn as such, and the same rows give the same bytes."""
import io

import matplotlib
import pytest

from lib.report import diagrams, style
from lib.report.labels import Labels
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
    assert words(diagrams.roles, ROLES).count("未提及") == 3       # hosts, supports, supervises


def test_a_formula_shows_counts_of_what_it_does_not_name():
    assert {"一厅五室", "5 室", "1 厅", "4 公安、城管等4个部门", "N"} <= set(words(diagrams.formula, FORMULAS))


def test_a_network_names_every_kind_and_its_statements():
    shown = words(diagrams.network, LINKS)
    assert {"公安 4", "网格 2", "企业"} <= set(shown)


def test_many_actors_are_counted_not_drawn():
    rows = ROLES.loc[[3] * 40].assign(actor=[f"部门{n}" for n in range(40)])
    assert f"+{40 - diagrams.MOST}" in words(diagrams.roles, rows)
