"""Tables: what becomes of numbers, codes, labels and hostile cells."""

import openpyxl
import pandas as pd
import pytest

from lib.report.binding import xlsx as workbook
from lib.report.binding.bind import Book
from lib.report.binding.pandoc import Output
from lib.report.show import frame as tables
from lib.report.show import numbers
from lib.report.show.cite import Cited
from lib.report.show.labels import Labels
from tests.small_report import HOSTILE

LABELS = Labels(
    "en",
    {
        "practice": {"en": "Practice"},
        "lead": {"en": "Leadership"},
        "short:linhu": {"en": "Linhu"},
        "linhu": {"en": "Linhu County"},
        "column:level": {"en": "Level"},
        "level": {"en": "level"},
    },
)


@pytest.mark.parametrize(
    "value, text",
    [
        (2500, "2500"),
        (12345, "12,345"),
        (12345.0, "12,345"),
        (-3, "−3"),
        (0.1234, "0.123"),
        (98.5, "98.50"),
        (1234.56, "1234.6"),
        (0, "0"),
        (1_100_000, "1,100,000"),
    ],
)
def test_numbers_are_written_alike(value, text):
    assert numbers.plain(value) == text


def payload(**columns):
    return tables.payload(pd.DataFrame(columns), LABELS)


def test_a_column_of_numbers_is_right_aligned_with_the_same_decimals():
    table = payload(term=["a", "b"], n=[1.5, 20.0])
    assert [c["align"] for c in table["columns"]] == ["left", "right"]
    assert [row[1]["t"] for row in table["body"]] == ["1.50", "20.00"]


def test_a_cited_cell_keeps_its_text_its_value_and_its_evidence():
    [[cell]] = payload(n=[Cited(0.5, ("a-1",), "50%")])["body"]
    assert cell == {"t": "50%", "v": 0.5, "c": ["a-1"]}


def test_codes_and_columns_get_their_labels_words_of_a_text_do_not():
    table = payload(practice=["lead"], place=["linhu"], surface=["lead"], level=["level"])
    assert [cell["t"] for cell in table["body"][0]] == ["Leadership", "Linhu", "lead", "level"]
    assert [c["label"] for c in table["columns"]] == ["Practice", "Place", "Surface", "Level"]


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT, ""])
def test_what_is_unknown_is_an_empty_cell(nothing):
    assert payload(x=[nothing, "a"])["body"][0] == [{"t": ""}]


def test_a_named_index_becomes_a_column_a_counting_one_does_not():
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["lead"], name="practice"))
    assert [c["key"] for c in tables.payload(frame, LABELS)["columns"]] == ["practice", "n"]


@pytest.mark.parametrize("frame, cells", [(pd.DataFrame({"n": [], "m": []}), 2), (pd.DataFrame(), 1)])
def test_a_table_without_rows_says_so(frame, cells):
    [row] = tables.payload(frame, Labels("en"))["body"]
    assert row == [{"t": Labels("en").of("no_rows")}] + [{"t": ""}] * (cells - 1)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_cells_are_text_in_html(words):
    html = tables.html(payload(term=[words]))
    assert "<script" not in html and "<img" not in html and html.count("<table") == html.count("</table") == 1


def test_hostile_cells_are_text_in_the_workbook(tmp_path):
    table = {"kind": "table", "key": "k", "label": "tbl-a-k", **payload(term=list(HOSTILE), n=range(len(HOSTILE)))}
    book = Book(Labels("en"), {"tbl-a-k": ("table", 1)}, {"sources": [], "sets": []}, {}, ())
    blocks = [Output(table, [{"t": "Str", "c": "=1+1"}], [])]
    path = tmp_path / "t.xlsx"
    path.write_bytes(workbook.render(blocks, book))
    sheet = openpyxl.load_workbook(path)["1 k"]
    cells = [sheet.cell(row, 1) for row in range(4, 4 + len(HOSTILE))]
    assert [(c.value, c.data_type) for c in cells] == [(words, "s") for words in HOSTILE]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")
    assert sheet.cell(5, 2).value == 1


def test_two_workbooks_of_the_same_tables_are_the_same_bytes():
    blocks = [Output({"kind": "table", "key": "k", "label": "tbl-a-k", **payload(n=[1])}, [], [])]
    book = Book(Labels("en"), {"tbl-a-k": ("table", 1)}, {"sources": [], "sets": []}, {}, ())
    assert workbook.render(blocks, book) == workbook.render(blocks, book)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_could_not_be_computed_is_shown_as_unknown_in_every_kind_of_cell(value):
    frame = pd.DataFrame({"bare": [1.0, value], "cited": [Cited(1.0, ("q1",), "1"), Cited(value, ("q2",), str(value))]})
    cells = tables.payload(frame, LABELS)["body"][1]
    assert [c["t"] for c in cells] in (["–", "–"], ["", "–"]) and all("v" not in c for c in cells)
