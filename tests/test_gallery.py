"""The gallery of figures: each figure of the report once, with a caption that stands alone."""

import re

import pytest

from lib import paths
from lib.report.binding import gallery
from lib.report.show import captions

PAGE = (paths.ROOT / "gallery" / "README.md").read_text("utf-8")


def test_every_figure_that_has_a_caption_is_shown_and_nothing_else():
    keys = {row["key"] for row in captions.rows() if row["kind"] == "figure"}
    shown = re.findall(r"(?m)^!\[(\w+)\]\((\w+)\.svg\)$", PAGE)
    assert {a for a, _ in shown} == {b for _, b in shown} == keys
    assert {p.stem for p in (paths.ROOT / "gallery").glob("*.svg")} == keys


def test_captions_stand_alone_and_drawings_have_a_font_to_fall_back_on():
    assert not re.search(r"\]\(#|\[@|\{\w+\}", PAGE)
    for path in (paths.ROOT / "gallery").glob("*.svg"):
        svg = path.read_text("utf-8")
        assert svg.count("Noto Sans SC") == svg.count("Noto Sans SC', sans-serif") > 0


def test_the_readme_leads_to_it():
    assert "(gallery/README.md)" in (paths.ROOT / "README.md").read_text("utf-8")


def test_it_is_made_of_an_executed_report(small_report, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "gone.svg").write_text("old")
    made = gallery.write(small_report("en")["html"].parent / "executed", tmp_path / "out")
    assert made and sorted(p.stem for p in (tmp_path / "out").glob("*.svg")) == sorted(made)
    assert all(f"![{key}]({key}.svg)" in (tmp_path / "out/README.md").read_text("utf-8") for key in made)


@pytest.mark.parametrize(
    ("caption", "plain"),
    [
        ('**[12](#ev-a "x") posts** in [A\\*b](#set-1). See it.', "**12 posts** in A\\*b. See it."),
        ('[62](#set-2 "A: “b”\\\\(c\\\\)\\\\; d … \\\\(62\\\\)") of [71](#e)', "62 of 71"),
        ("Levels ([@tbl:levels]) here, [@fig:a].", "Levels here,."),
    ],
)
def test_links_go_and_words_stay(caption, plain):
    assert gallery.plain(caption) == plain
