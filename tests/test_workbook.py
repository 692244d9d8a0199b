"""The workbook: contents, columns, tables whose amounts are numbers, and the evidence that their cells lead to."""

import csv
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from lib.report.binding.xlsx import amount
from tests.small_report import HOSTILE

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
def book(request, small_report):
    return load_workbook(small_report(request.param)["xlsx"])


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


SOFFICE = shutil.which("soffice")
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"  # UTF-8, as shown, every sheet


@pytest.mark.skipif(not SOFFICE, reason="no LibreOffice on this machine")
def test_libreoffice_reads_every_sheet_as_it_is_meant(small_report, tmp_path):
    path = small_report("en")["xlsx"]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, "--headless", profile, "--convert-to", CSV, "--outdir", tmp_path / "csv", path]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    sheets = {
        p.stem.removeprefix("report-"): list(csv.reader(p.open("r", encoding="utf-8")))
        for p in (tmp_path / "csv").iterdir()
    }
    assert sheets.keys() == {sheet.title for sheet in load_workbook(path).worksheets}
    words = {cell for rows in sheets.values() for row in rows for cell in row}
    assert [h for h in HOSTILE if " ".join(h.split()) not in {" ".join(w.split()) for w in words}] == []
    assert "Err:" not in str(words) and {"1000.5", "2001"} <= words


def test_hostile_words_stay_words(book):
    words = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value in HOSTILE]
    assert words and all(c.data_type == "s" for c in words)
