"""A text as it comes: what is told of it, which numbers are read, and whose they are. Places are names only."""

import csv
from pathlib import Path

import pytest

from lib.evidence import extract
from lib.lexicon import Lexicon
from lib.reading import locate, places, register, told

CASES = list(csv.DictReader(open(Path(__file__).parent / "cases" / "reading.csv", encoding="utf-8")))
PUBLISHED = "2024-05-06"


def asked(*kinds):
    return [pytest.param(c, id=f"{c['kind']}:{n}") for n, c in enumerate(CASES) if c["asked"].split(":")[0] in kinds]


@pytest.mark.parametrize("case", asked("title", "published", "date_basis", "genre", "place_zh"))
def test_what_a_text_tells_of_itself(case):
    row = told.row(Path(f"none.{case['suffix']}"), case["words"], locate.rows(register.PLACES))
    assert row[case["asked"]] == case["expected"], row["found"]


def numbers(case, place=""):
    entry = {"id": "case", "published": PUBLISHED, "place_zh": place}
    return extract.quantities_of(case["words"], entry, Lexicon())


@pytest.mark.parametrize("case", asked("quantities"))
def test_the_numbers_of_a_text_as_it_comes(case):
    found = numbers(case)
    assert "; ".join(f"{q['surface']}={q['value']} {q['unit']}" for q in found) == case["expected"]
    assert all(case["words"][q["start"] : q["end"]] == q["surface"] for q in found)


@pytest.mark.parametrize("case", asked("places"))
def test_whose_number_it_is(case):
    found = numbers(case, case["asked"].partition(":")[2])
    assert "; ".join(f"{q['surface']}={q['place']}" for q in found) == case["expected"]


def test_a_page_states_title_and_date(tmp_path):
    page = tmp_path / "a.html"
    words = "<p>" + "柏川市公安局建成警务站12个,群众安全感上升。" * 4 + "</p>"
    page.write_text(
        '<html><head><title>柏川：警务进小区_柏川新闻网</title><meta property="article:published_time" '
        f'content="2023-05-06T08:00:00+08:00"></head><body>{words}</body></html>',
        "utf-8",
    )
    row = told.row(page, "柏川市公安局建成警务站12个,群众安全感上升。", ())
    assert (row["title"], row["published"], row["date_basis"]) == (
        "柏川：警务进小区",
        "2023-05-06",
        "stated by the page",
    )


def test_a_drafted_register_is_read_as_one_and_never_overwritten(tmp_path):
    (tmp_path / "a.txt").write_text("嘉兴市公安局织密防控网\n\n嘉兴市建成警务站12个,群众安全感上升。", "utf-8")
    written, wrong, _ = register.draft(tmp_path)
    assert [p.name for p in written] == ["sources.csv", "places.csv"] and not wrong
    (row,) = register.sources(*written)
    assert (row["id"], row["place"], row["title"]) == ("a", "jiaxing", "嘉兴市公安局织密防控网") and "place:" in row[
        "found"
    ]
    assert "population,population_year" in written[1].read_text("utf-8").splitlines()[0]
    before = written[0].read_text("utf-8")
    assert register.draft(tmp_path)[:2] == ([], []) and written[0].read_text("utf-8") == before
    assert all(p.read_bytes().startswith(b"\xef\xbb\xbf") for p in written)


def test_a_draft_says_what_to_look_at_first(tmp_path):
    (tmp_path / "a.txt").write_text("嘉兴市公安局织密防控网\n2024-05-06\n嘉兴市建成警务站12个。记者获悉。", "utf-8")
    assert register.draft(tmp_path)[2] == "texts: 1"
    (tmp_path / "sources.csv").unlink()
    (tmp_path / "b.txt").write_text("青松里的夜晚\n\n队员们夜里巡逻。", "utf-8")
    assert register.draft(tmp_path)[2] == (
        "texts: 2; look first at place unknown: 1 (b.txt); no date: 1 (b.txt); genre other: 1 (b.txt)"
    )


def test_a_place_may_be_named_in_chinese():
    one, several, none = (places.named(zh) for zh in ("周口市", "鼓楼区", "没有市"))
    assert one == ["zhoukou"] and len(several) > 1 and none == []
