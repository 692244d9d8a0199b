"""The workbook: contents, columns, tables whose amounts are numbers, and the evidence that their cells lead to."""

import pytest
from openpyxl import load_workbook

from lib.report.binding.xlsx import amount
from tests.small_report import HOSTILE, bound

AMOUNTS = [
    ("≥3,200个", (3200, '"≥"#,##0"个"')),
    ("17万余人", (170_000, '"≥"#,##0"人"')),
    ("540.09万", (5_400_900, "#,##0")),
    ("13.17%", (0.1317, "0.00%")),
    ("2022", (2022, "0")),
    ("0.0391", (0.0391, "0.0000")),
    ("007", None),
    ("2022-11", None),
    ("3/6", None),
    ("=1+1", None),
    ("1,2,3", None),
    ("", None),
]


@pytest.mark.parametrize("text, read", AMOUNTS)
def test_an_amount_is_a_number_with_a_format(text, read):
    found = amount(text)
    assert found == read if read is None else (pytest.approx(found[0]), found[1]) == read


@pytest.fixture(scope="module", params=["en", "zh"])
def book(request, tmp_path_factory):
    return load_workbook(bound(tmp_path_factory.mktemp(request.param), request.param)["xlsx"])


def test_the_contents_lead_to_every_sheet(book):
    contents = book.worksheets[0]
    targets = {cell.hyperlink.location.split("!")[0].strip("'") for (cell,) in contents["A3:A9"] if cell.hyperlink}
    assert targets == {sheet.title for sheet in book.worksheets[2:]}


def test_cited_cells_lead_to_the_row_of_their_evidence(book):
    evidence, linked = book.worksheets[-1], []
    for sheet in book.worksheets[2:-1]:
        linked += [c for row in sheet.iter_rows(min_row=4) for c in row if c.hyperlink]
    lines = {int(c.hyperlink.location.split("!A")[1]) for c in linked}
    assert lines and all(evidence.cell(n, 1).value[0] in "ES" for n in lines)
    assert all(isinstance(c.value, (int, float)) for c in linked)


def test_hostile_words_stay_words(book):
    words = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value in HOSTILE]
    assert words and all(c.data_type == "s" for c in words)
