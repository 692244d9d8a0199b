"""For human coders: a workbook and a project to code in, made from texts at hand, and the way back to tables."""

import datetime
from dataclasses import replace
from numbers import Number
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd
import xlsxwriter
from openpyxl import load_workbook

from lib import paths
from lib.comparison import agreement as compare
from lib.lexicon import BadInput, Lexicon
from lib.report.coders import qdpx

SHEET = ("source", "place", "sentence", "start", "end", "text", "machine", "codes", "note")
WIDTHS = {"text": 80, "machine": 30, "codes": 40, "note": 30, "sentence": 24}
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_CELL = 32767  # what a cell of the format can hold
HELP = (
    "Write into column codes the codes of each sentence, apart by blanks. code@words codes only these words of the "
    "sentence; code alone codes the sentence. Leave the other columns as they are. "
    "在 codes 栏写入每句的代码，以空格分隔；代码@词语 只编码该词语；其他栏请勿改动。"
)


def coding_sheet(evidence, texts, out, shown=True):
    """Writes OUT/coding.xlsx and OUT/coding.qdpx from the texts at hand; gives the paths and the sources left out.

    `texts`: folder of ID.txt files. A source whose text is not the register's is left out. `shown`: whether the
    machine's codes stand beside each sentence and in the project; else coders work blind.
    """
    raws = at_hand(evidence, texts)
    if not raws:
        raise BadInput(
            f"{texts}: none of the texts of {evidence.folder} is here; expected files ID.txt with the register's hash"
        )
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    codings = compare.machine(evidence.mentions)
    codings = codings[codings["source"].isin(raws)]
    workbook(out / "coding.xlsx", sentences(evidence, raws, codings if shown else codings[:0]), codebook())
    named = {s: (title(evidence, s), raw) for s, raw in raws.items()}
    (out / "coding.qdpx").write_bytes(qdpx.write(named, codings if shown else codings[:0], codebook()))
    return out / "coding.xlsx", out / "coding.qdpx", sorted(set(evidence.sources["id"]) - set(raws))


def agreement(sheets, evidence, texts=paths.BUILD / "texts"):
    """Tables of agreement between the machine and the coders of these .xlsx and .qdpx files (coder: file's stem).

    {"codes", "dimensions", "against", "disagreements"}: see lib.comparison.agreement; disagreements with their text.
    """
    raws = at_hand(evidence, texts)
    read_in = [read(Path(sheet), raws) for sheet in sheets]
    codings = pd.concat([compare.machine(evidence.mentions), *read_in], ignore_index=True)
    codings = codings[codings["source"].isin({s for rows in read_in for s in rows["source"]})]
    units = evidence.sentences[evidence.sentences["source"].isin(codings["source"])]
    dimensions = dict(zip(codebook()["code"], codebook()["dimension"], strict=True))
    apart = compare.disagreements(codings, units)
    quote = quoted(evidence, raws)
    return {
        "codes": compare.agreement(codings, units),
        "against": compare.against(codings, units, "machine"),
        "dimensions": compare.agreement(compare.by_dimension(codings, dimensions), units),
        "disagreements": apart.assign(
            **{c: apart[c].map(quote) for c in ("before", "sentence", "after")}, pointer=apart["sentence"]
        ),
    }


def agreement_book(tables, path):
    """Writes the tables of `agreement` into a workbook, a sheet each."""
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        for name, frame in tables.items():
            _written(book.add_worksheet(name), frame, _formats(book))


def at_hand(evidence, texts):
    """{source: raw text} of the texts in a folder that are the register's own."""
    here = replace(evidence, texts=Path(texts))
    lengths = zip(evidence.sources["id"], evidence.sources["characters"], strict=True)
    found = {s: here.quote(s, 0, int(n)) for s, n in lengths}
    return {s: raw for s, raw in found.items() if raw is not None}


def quoted(evidence, raws):
    """A function from a sentence's id to its raw words: nothing where the text is not at hand."""
    words = {r.id: raws.get(r.source, "")[int(r.start) : int(r.end)] for r in evidence.sentences.itertuples()}
    return lambda sentence: words.get(sentence, "")


def codebook(lexicon=None):
    """The codes: code, dimension, label, dimension_label, definition."""
    lexicon = lexicon or Lexicon()
    dimensions = {d["dimension"]: d["zh"] for d in lexicon.codes("dimensions", "dimension", "zh")}
    rows = lexicon.codes("practices", "practice", "dimension", "zh", "definition")
    return pd.DataFrame(
        [
            {
                "code": r["practice"],
                "dimension": r["dimension"],
                "label": r["zh"],
                "dimension_label": dimensions[r["dimension"]],
                "definition": r["definition"],
            }
            for r in rows
        ]
    )


def title(evidence, source):
    """How a source is named to coders: its id, place and title."""
    row = evidence.sources[evidence.sources["id"] == source].iloc[0]
    return " ".join(x for x in (source, row["place_zh"], row["title"]) if x)


def sentences(evidence, raws, codings):
    """The rows of the coding sheet."""
    placed = compare.placed(codings, evidence.sentences)
    held = {sentence: " ".join(sorted(set(g["code"]))) for sentence, g in placed.groupby("sentence")}
    places = dict(zip(evidence.sources["id"], evidence.sources["place"], strict=True))
    rows = evidence.sentences[evidence.sentences["source"].isin(raws)]
    added = {
        "place": rows["source"].map(places),
        "text": rows["id"].map(quoted(evidence, raws)),
        "machine": [held.get(s, "") for s in rows["id"]],
        "codes": "",
        "note": "",
    }
    return rows.rename(columns={"id": "sentence"}).assign(**added)[list(SHEET)]


def workbook(path, rows, codes):
    """Writes the coding sheet. Every cell is a string or a number: a text that begins with = stays text."""
    with xlsxwriter.Workbook(str(path), PLAIN) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        _written(book.add_worksheet("coding"), rows, _formats(book))
        _written(book.add_worksheet("codebook"), codes, _formats(book))
        book.add_worksheet("help").write_string(0, 0, HELP)


def _formats(book):
    return {"cell": book.add_format({"text_wrap": True, "valign": "top"}), "head": book.add_format({"bold": True})}


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


def read(path, raws):
    """The codings of one coder's file: coder, source, start, end, code. BadInput names the row that can't be used."""
    if path.suffix.lower() == ".qdpx":
        rows = qdpx.read(path, raws)
    elif path.suffix.lower() == ".xlsx":
        rows = _sheet(path, raws)
    else:
        raise BadInput(f"{path}: can't be read as codings; expected .xlsx or .qdpx")
    known = set(codebook()["code"])
    wrong = sorted({r["code"] for r in rows} - known)
    if wrong:
        raise BadInput(f"{path}: unknown code {', '.join(map(repr, wrong))}; expected codes of the codebook")
    return pd.DataFrame(rows, columns=["source", "start", "end", "code"]).assign(coder=path.stem)[compare.CODINGS]


def _sheet(path, raws):
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        table = list(book["coding"].iter_rows(values_only=True))
    except (BadZipFile, KeyError, OSError, ValueError) as e:
        raise BadInput(f"{path}: can't be read as a coding sheet ({e}); expected the workbook we wrote") from None
    missing = {"source", "start", "end", "codes"} - set(table[0] if table else ())
    if missing:
        raise BadInput(f"{path}:1: no column {', '.join(sorted(missing))}; expected {', '.join(SHEET)}")
    rows = []
    for line, cells in enumerate(table[1:], 2):
        row = dict(zip(table[0], cells, strict=True))
        rows += [_span(path, line, row, code, raws) for code in str(row["codes"] or "").replace("\u3000", " ").split()]
    return rows


def _span(path, line, row, written, raws):
    code, _, words = written.partition("@")
    start, end = int(row["start"]), int(row["end"])
    if words:
        at = raws.get(row["source"], "").find(words, start, end)
        if at < 0:
            raise BadInput(f"{path}:{line}: {words!r} does not stand in the sentence; expected words of it after @")
        start, end = at, at + len(words)
    return {"source": row["source"], "start": start, "end": end, "code": code}
