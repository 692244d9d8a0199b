"""Fonts: from packages alone, bold where bold is asked for, no box in place of a character."""

import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from matplotlib import font_manager

from lib.report.binding import html
from lib.report.show import cite, fonts, style


@pytest.mark.parametrize(
    "text, shown",
    [
        ("警务站 120", "警务站 120"),
        ("a\ue000b", "a[U+E000]b"),
        ("𠮷", "[U+20BB7]"),
        ("網羣衆", "網羣衆"),
        ("a\nb", "a\nb"),
    ],
)
def test_characters_that_no_font_has_are_named(text, shown):
    assert fonts.shown(text) == shown


def test_bold_is_bold_and_knows_both_scripts():
    font = TTFont(fonts.bold())
    assert font["OS/2"].usWeightClass == 700 and "fvar" not in font
    assert {ord(c) for c in "警务網站A1%，"} <= set(font.getBestCmap())


def test_matplotlib_finds_the_two_weights_in_files_of_their_own():
    style.use()
    asked = [font_manager.FontProperties(family=fonts.SANS, weight=weight) for weight in ("regular", "bold")]
    found = [font_manager.findfont(properties, fallback_to_default=False) for properties in asked]
    assert [Path(path).resolve() for path in found] == [fonts.REGULAR.resolve(), fonts.bold().resolve()]


def test_a_subset_has_just_the_characters_and_always_the_same_bytes(tmp_path):
    first, again = fonts.woff2(fonts.REGULAR, "警务站a"), fonts.woff2(fonts.REGULAR, "站务警a")
    path = tmp_path / "f.woff2"
    path.write_bytes(first)
    assert first == again
    assert {ord(c) for c in "警务站a"} == set(TTFont(path).getBestCmap())


def drawn(title):
    style.use()
    figure, axes = plt.subplots()
    axes.set_title(title, weight="bold")
    return cite.svg_of(figure)


def test_a_figure_with_a_missing_glyph_is_an_error():
    with pytest.raises(UserWarning, match="missing"):
        drawn("\ue000")


def test_the_same_figure_is_the_same_bytes_without_a_date_and_its_words_are_text():
    svg = drawn("警务站 −1")
    assert svg == drawn("警务站 −1")
    assert ">警务站 −1</text>" in svg and "dc:date" not in svg


def test_a_place_keeps_its_colour_whichever_others_stand_beside_it():
    assert style.colours(["zhangye"])["zhangye"] == style.colours(["changzhou", "zhangye", "linhu"])["zhangye"]
    assert style.order(["linhu", "changzhou", "zhangye", "changzhou"]) == ["zhangye", "changzhou", "linhu"]


def test_the_bold_font_has_what_the_page_sets_in_bold():
    """The elements that the page's style makes bold, as a browser matches them."""
    page = (
        "<nav><label>目录</label><summary>章节</summary></nav><div class='profile'><p><em>巡逻</em>：警务站</p></div>"
        "<figure class='matrix'><table><tr><th>要素</th></tr>"
        "<tr><td><a>投入</a></td><td>网格</td></tr></table></figure>"
    )
    style_of_it = html.TEMPLATE.read_text("utf-8").split("</style>")[0]
    bold = re.findall(r"^([^@{}\n]+)\{[^}]*font-weight:700", style_of_it, re.M)
    tags = ["h1,h2,h3,h4", "strong,b", "nav summary", "nav>label", "th"]
    assert sorted(bold) == sorted([*tags, ".profile em", ".matrix td:first-child"])
    told = {
        "".join(e.itertext()): html._face(e) for e in etree.HTML(page).iter("label", "summary", "em", "th", "a", "td")
    }
    assert {words for words, face in told.items() if face == "bold"} == {"目录", "章节", "巡逻", "要素", "投入"}
