"""Every table of the report in one workbook, a sheet a table; text stays text, whatever it begins with."""

import io
import re
from datetime import datetime

import xlsxwriter

from lib.report.binding import pandoc
from lib.report.show import fonts

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FIXED = datetime(2020, 1, 1)


def render(blocks, book):
    """The bytes of the workbook: the same for the same tables."""
    buffer = io.BytesIO()
    file = xlsxwriter.Workbook(buffer, OPTIONS)
    file.set_properties({"title": book.title, "created": FIXED})
    bold = file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    for output in pandoc.outputs(blocks):
        if output.payload["kind"] == "table":
            _sheet(file, output, book, bold)
    file.close()
    return buffer.getvalue()


def _sheet(file, output, book, bold):
    table = output.payload
    _, number = book.numbers[table["label"]]
    sheet = file.add_worksheet(f"{number} {re.sub(r'[^A-Za-z0-9_-]', '-', table['key'])}"[:31])
    sheet.write_string(0, 0, fonts.shown("".join(pandoc.plain(output.caption))))
    for x, column in enumerate(table["columns"]):
        sheet.write_string(2, x, column["label"], bold)
        sheet.set_column(x, x, min(max(column["width"] * 1.9, 8), 60))
        for y, row in enumerate(table["body"], 3):
            _cell(sheet, y, x, row[x])
    sheet.freeze_panes(3, 0)


def _cell(sheet, y, x, cell):
    number = cell.get("v")
    if isinstance(number, (int, float)):
        sheet.write_number(y, x, number)
    elif cell["t"]:
        sheet.write_string(y, x, cell["t"])
