"""The workbook that people code in, and the way back from it: each row checked, each slip told by its row."""

import datetime
import difflib
import re
from io import BytesIO
from numbers import Number

import pandas as pd
import xlsxwriter
from openpyxl import load_workbook

from lib import archives
from lib.lexicon import BadInput
from lib.reading import files
from lib.report.show.messages import message, translated

SHEET = ("source", "place", "sentence", "start", "end", "text", "machine", "codes", "note")
WIDTHS = {"text": 80, "machine": 30, "codes": 40, "note": 30, "sentence": 24, "label": 24}
WIDTHS |= {"definition": 50, "include": 60, "exclude": 60}
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_CELL = 32767  # what a cell of the format can hold
HELP = message(
    "Write into column codes the codes of each sentence, apart by blanks; the list in the cell has them all. A code "
    "alone codes the sentence; code@words codes only these words of it. Leave the other columns as they are."
)
_BETWEEN = r"[,，、;；\s]+"


def write(path, sheets, choices):
    """Writes a workbook. Every cell is a string or a number: a text that begins with = stays text.

    `sheets`: {name: DataFrame}; `choices`: {column of the first sheet: the values
    that its cells offer in a list, as a sequence or as the range of another sheet}; others can be typed all the same.
    """
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        wrapped = {"text_wrap": True, "valign": "top"}
        formats = {"cell": book.add_format(wrapped), "head": book.add_format({"bold": True})}
        written = {name: _written(book.add_worksheet(name), frame, formats) for name, frame in sheets.items()}
        (first, frame), *_ = sheets.items()
        for column, values in choices.items():
            x = list(frame.columns).index(column)
            offered = {"validate": "list", "source": values, "show_error": False}
            written[first].data_validation(1, x, max(len(frame), 1), x, offered)


def told(words):
    """A sheet with what people are to do, in both languages; `words`: the message."""
    return pd.DataFrame({"text": [words, translated(words, "zh")]})


def _written(sheet, frame, formats):
    sheet.freeze_panes(1, 0)
    for x, column in enumerate(frame.columns):
        sheet.set_column(x, x, WIDTHS.get(column, 14), formats["cell"])
        sheet.write_string(0, x, column, formats["head"])
        for y, value in enumerate(frame[column], 1):
            if isinstance(value, Number) and value == value:
                sheet.write_number(y, x, value)
            else:
                sheet.write_string(y, x, "" if value != value else str(value)[:LONGEST_CELL])
    return sheet


def rows(path, sheet, columns):
    """The rows of a sheet as dicts of strings with their `line`, empty ones left out; BadInput where it isn't ours."""
    data = files.contents(path, "a workbook")
    archives.unpacked(path, data, "a workbook")
    try:
        table = list(load_workbook(BytesIO(data), read_only=True)[sheet].iter_rows(values_only=True))
    except MemoryError:
        raise
    except Exception as e:  # openpyxl raises errors of many libraries on a broken file
        why = " ".join(str(e.__cause__ or e).split())[:120]
        raise BadInput(f"{path}: can't be read as a workbook with a sheet {sheet} ({why}); expected ours") from None
    head = [_cell(c) for c in table[0]] if table else []
    if missing := [c for c in columns if c not in head]:
        raise BadInput(f"{path}:1: no column {', '.join(missing)}; expected {', '.join(columns)}")
    filled = [(line, [_cell(c) for c in cells]) for line, cells in enumerate(table[1:], 2)]
    return [{**dict(zip(head, cells, strict=False)), "line": line} for line, cells in filled if any(cells)]


def _cell(value):
    """A cell as text, a whole number without its point."""
    whole = isinstance(value, float) and value.is_integer()
    return "" if value is None else str(int(value) if whole else value).strip()


def checked(path, found, check):
    """What `check(row)` gives for each row; BadInput with a line for each row that it refuses."""
    made, wrong = [], []
    for row in found:
        try:
            made.append(check(row))
        except BadInput as e:
            wrong.append(f"{path}:{row['line']}: {e}")
    if wrong:
        raise BadInput("\n".join(wrong))
    return made


def span(row, raws):
    """(start, end) of a row, where its words still stand; BadInput says what is wrong with it."""
    if row["source"] not in raws:
        raise BadInput(f"source {row['source']!r} is none of the texts at hand; expected {', '.join(sorted(raws))}")
    raw = raws[row["source"]]
    whole = all(re.fullmatch("[0-9]{1,9}", row[c]) for c in ("start", "end"))
    if not (whole and int(row["start"]) < int(row["end"]) <= len(raw)):
        raise BadInput(
            f"span {row['start'][:20]!r} to {row['end'][:20]!r}; expected whole numbers from 0 to {len(raw)}"
        )
    start, end = int(row["start"]), int(row["end"])
    if "text" in row and _bare(row["text"]) != _bare(raw[start:end][:LONGEST_CELL]):
        raise BadInput(f"{row['text'][:12]!r} does not stand at {start} to {end}; expected the sheet's columns as made")
    return start, end


def _bare(text):
    """A text without what workbooks change: blanks, line ends, characters that XML can't hold."""
    return "".join(re.findall(r"[^\W_]", text))


def read(path, raws, known):
    """Codings of a filled sheet as dicts source, start, end, code. `known`: {code as written: code of ours}."""

    between = re.compile(rf"{_BETWEEN}(?=(?:{'|'.join(map(re.escape, known))})(?:@|{_BETWEEN}|$))|[,，、]*[\s;；]+")

    def codings(row):
        start, end = span(row, raws)
        written = filter(None, between.split(row["codes"].strip(",，、;； ")))
        return [_coding(row["source"], raws[row["source"]], (start, end), w.partition("@"), known) for w in written]

    found = checked(path, rows(path, "coding", ("source", "start", "end", "codes")), codings)
    return [c for row in found for c in row if c]


def like(word, known):
    """The known ones that are like a word, to end a line that refuses it; nothing where none is."""
    near = difflib.get_close_matches(word, known, 3, 0.5)
    return f" such as {', '.join(near)}" if near else ""


def _coding(source, raw, sentence, written, known):
    code, at, words = (part.strip() for part in written)
    if code not in known:
        raise BadInput(f"unknown code {code!r}; expected codes of the codebook{like(code, known)}")
    start, end = sentence
    if at:
        start = raw.find(words, *sentence) if words else -1
        end = start + len(words)
    if start < 0:
        raise BadInput(f"{words!r} does not stand in the sentence; expected words of it after @")
    return {"source": source, "start": start, "end": end, "code": known[code]} if known[code] else None
