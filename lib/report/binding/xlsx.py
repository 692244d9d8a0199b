"""Every table of the report in one workbook, with contents, columns explained and the evidence that cells lead to.

Text stays text, whatever it begins with; an amount is a number whose format shows its bound and unit.
"""

import io
import re
from datetime import datetime

import xlsxwriter

from lib import schemas
from lib.reading.spans import HANZI
from lib.report.binding import pandoc
from lib.report.show import fonts

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FIXED = datetime(2020, 1, 1)
POWERS = {"": 1, "万": 10_000, "亿": 100_000_000}
_AMOUNT = re.compile(rf"([≥≤≈≲]?)(\d+|\d{{1,3}}(?:,\d{{3}})+)(\.\d+)?(万|亿|)(余?)(%|[{HANZI}]{{0,4}})")


def render(blocks, book):
    """The bytes of the workbook: the same for the same tables."""
    return _Workbook(book).made([o for o in pandoc.outputs(blocks) if o.payload["kind"] == "table"])


def amount(text):
    """(number, format that shows it with its bound and unit) of an amount; None for any other text.

    amount("≥3,200个") = (3200.0, '"≥"#,##0"个"')
    """
    match = _AMOUNT.fullmatch(text)
    if not match or (match[2][0] == "0" and len(match[2]) > 1):
        return None
    sign, whole, decimals, power, more, unit = match.groups()
    value = float(whole.replace(",", "") + (decimals or "")) * POWERS[power]
    form = "#,##0" if "," in whole or power else "0"
    form += f".{'0' * (len(decimals) - 1)}" if decimals and not power else ""
    quoted = [f'"{part}"' if part else "" for part in (sign or ("≥" if more else ""), "" if unit == "%" else unit)]
    return (value / 100, f"{quoted[0]}{form}%") if unit == "%" else (value, quoted[0] + form + quoted[1])


class _Workbook:
    def __init__(self, book):
        self.book, self.buffer, self.formats = book, io.BytesIO(), {}
        self.file = xlsxwriter.Workbook(self.buffer, OPTIONS)
        self.file.set_properties({"title": book.title, "created": FIXED})
        self.evidence = self._label("evidence", "chapter")
        self.lines = {anchor: n for n, (anchor, _) in enumerate(self._entries(), 2)}

    def made(self, tables):
        """The bytes of the workbook."""
        names = [self._name(t) for t in tables]
        contents = self.file.add_worksheet(self._label("contents", "report"))
        columns = self.file.add_worksheet(self._label("columns", "sheet"))
        for table, name in zip(tables, names, strict=True):
            self._table(self.file.add_worksheet(name), table)
        self._contents(contents, tables, names)
        self._columns(columns, tables)
        self._evidence(self.file.add_worksheet(self.evidence))
        self.file.close()
        return self.buffer.getvalue()

    def _label(self, key, group="column"):
        return self.book.labels.of(key, group)

    def _format(self, **look):
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format(look)
        return self.formats[key]

    def _name(self, output):
        """The name of a table's sheet: its number, and what it shows as its caption or key says."""
        _, number = self.book.numbers[output.payload["label"]]
        words = pandoc.short(output.caption) if self.book.labels.language == "zh" else output.payload["key"]
        return re.sub(r"[^\w-]+", "-", f"{number} {words}"[:28]).replace("-", " ", 1).strip("-")

    def _head(self, sheet, y, widths, labels):
        bold = self._format(bold=True, bottom=1, text_wrap=True, valign="bottom")
        for x, (width, label) in enumerate(zip(widths, labels, strict=True)):
            sheet.write_string(y, x, label, bold)
            sheet.set_column(x, x, width)
        sheet.freeze_panes(y + 1, 0)

    def _table(self, sheet, output):
        table = output.payload
        sheet.write_string(0, 0, fonts.shown("".join(pandoc.plain(output.caption))))
        widths = [min(max(c["width"] * 1.9, 8), 60) for c in table["columns"]]
        self._head(sheet, 2, widths, [c["label"] for c in table["columns"]])
        for y, row in enumerate(table["body"], 3):
            for x, cell in enumerate(row):
                self._cell(sheet, (y, x), cell)
        sheet.autofilter(2, 0, 2 + len(table["body"]), len(table["columns"]) - 1)
        if output.note:
            sheet.write_string(4 + len(table["body"]), 0, fonts.shown("".join(pandoc.plain(output.note))))

    def _cell(self, sheet, at, cell):
        line = self.lines.get(cell.get("c"))
        look = {"font_color": "#1d4e79"} if line else {}
        if line:
            sheet.write_url(*at, f"internal:'{self.evidence}'!A{line}", self._format(**look), cell["t"])
        number = (cell["v"], "") if isinstance(cell.get("v"), (int, float)) else amount(cell["t"])
        if number:
            form = self._format(**look, **({"num_format": number[1]} if number[1] else {}))
            sheet.write_number(*at, number[0], form)
        elif cell["t"] and not line:
            sheet.write_string(*at, cell["t"])

    def _contents(self, sheet, tables, names):
        heads = [self._label("table", "numbered").replace("{}", "").strip(), self._label("said", "sheet")]
        self._head(sheet, 1, (34, 90, 8), [*heads, self._label("rows", "sheet")])
        sheet.write_string(0, 0, f"{self.book.title}: {self.book.subtitle}")
        link = self._format(font_color="#1d4e79")
        for y, (table, name) in enumerate(zip(tables, names, strict=True), 2):
            sheet.write_url(y, 0, f"internal:'{name}'!A1", link, name)
            sheet.write_string(y, 1, fonts.shown("".join(pandoc.plain(table.caption))))
            sheet.write_number(y, 2, len(table.payload["body"]))
        sheet.write_url(2 + len(tables), 0, f"internal:'{self.evidence}'!A1", link, self.evidence)

    def _columns(self, sheet, tables):
        """Each column once: its head, its name in the dataset, what it holds there, the tables in which it stands."""
        about = {c.name: c.about for columns in schemas.TABLES.values() for c in columns}
        found = {}
        for table in tables:
            for column in table.payload["columns"]:
                number = self.book.numbers[table.payload["label"]][1]
                found.setdefault((column["label"], column["key"]), []).append(number)
        heads = [self._label(k, "sheet") for k in ("column", "id", "meaning", "tables")]
        self._head(sheet, 0, (30, 22, 80, 40), heads)
        for y, ((label, key), numbers) in enumerate(sorted(found.items()), 1):
            for x, text in enumerate((label, key, about.get(key, ""), ", ".join(map(str, numbers)))):
                sheet.write_string(y, x, text)

    def _entries(self):
        """(anchor, cells) of each row of the evidence, then of each set."""
        for source in self.book.appendix["sources"]:
            for sentence in source["sentences"]:
                for row in sentence["rows"]:
                    words = fonts.shown(row.get("surface", "")), fonts.shown(row["what"]), row.get("rule", "")
                    about = fonts.shown(source["about"]["name"]), self.book.where(row), fonts.shown(sentence["text"])
                    yield row["anchor"], (f"E{row['number']}", about[0], about[1], *words, about[2])
        for group in self.book.appendix["sets"]:
            runs = [f"E{a['number']}" + (f"–E{b['number']}" if b is not a else "") for a, b in group["ranges"]]
            yield group["anchor"], (f"S{group['number']}", "", "", ", ".join(runs), "", "", "")

    def _evidence(self, sheet):
        heads = [self._label(k, "sheet") for k in ("id", "source", "span", "words", "said")]
        heads += [self._label("rule"), self._label("sentence", "sheet")]
        self._head(sheet, 0, (8, 20, 12, 40, 40, 24, 100), heads)
        for y, (_, cells) in enumerate(self._entries(), 1):
            for x, text in enumerate(cells):
                if text:
                    sheet.write_string(y, x, text)
        sheet.autofilter(0, 0, len(self.lines), 6)
