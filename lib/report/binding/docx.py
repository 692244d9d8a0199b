"""The report for Word, by pandoc: what is printed, its numbers linked into the HTML file beside it."""

import io
import tempfile
import zipfile
from functools import partial
from pathlib import Path

import typst
from docx import Document
from docx.shared import Mm, Pt

from lib.report.binding import inline, pandoc, pdf
from lib.report.show import fonts
from lib.report.show.escape import breakable

SHARP = 200  # pixels an inch of a figure, which Word shows the same everywhere only as a picture
SIZE, MARGIN = (Mm(210), Mm(297)), Mm(18)
LINE = (210 - 2 * 18) / 25.4  # inches
EMS = 60  # of a table's text in a line
POINTS = {"Normal": 10, "Body Text": 10, "First Paragraph": 10, "Compact": 8, "Table Caption": 9, "Image Caption": 9}
ALIGN = {"left": "AlignLeft", "right": "AlignRight"}


def render(blocks, book):
    """The bytes of the document: the same for the same blocks."""
    with tempfile.TemporaryDirectory() as folder:
        path, look = Path(folder) / "report.docx", Path(folder) / "look.docx"
        _look(look)
        shown = book.shown(blocks, partial(_figure, book, Path(folder)), partial(_table, book))
        pandoc.write(
            pandoc.walk(shown, partial(_pointed, book)),
            *("-t", "docx", "-o", str(path), "--reference-doc", str(look), "--number-sections"),
            *("--resource-path", folder),
            *("-M", f"title={book.title}", "-M", f"subtitle={book.subtitle}", "-M", f"lang={book.lang}"),
        )
        return _undated(path)


def _undated(path):
    """The bytes of a zipped file, each part with the same date in each build."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            kept.writestr(zipfile.ZipInfo(part.filename), made.read(part), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _look(path):
    """Pandoc's own styles on pages of A4, set smaller: a document whose styles Word users change as they like."""
    pandoc.write([], "-t", "docx", "-o", str(path))
    document = Document(path)
    for section in document.sections:
        section.page_width, section.page_height = SIZE
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    for name, points in POINTS.items():
        document.styles[name].font.size = Pt(points)
    document.save(path)


def _figure(book, folder, output):
    name = f"{output.payload['label']}.png"
    (folder / name).write_bytes(picture(output.payload["svg"], folder))
    alt = pandoc.words("".join(pandoc.plain(output.caption)))
    width = min(LINE, (pdf.points(output.payload["svg"]) or 1000) / 72)
    image = {"t": "Image", "c": [["", [], [["width", f"{width:.2f}in"]]], alt, [name, ""]]}
    return [_styled("Captioned Figure", [image]), _caption("Image Caption", output, book), *_note(output.note)]


def picture(svg, folder):
    """The bytes of a figure as PNG, its text in the report's fonts."""
    (folder / "figure.svg").write_text(inline.unlinked(svg), encoding="utf-8")
    main = folder / "figure.typ"
    main.write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("figure.svg")', encoding="utf-8")
    return typst.Compiler(main, root=folder, font_paths=fonts.folders(), ignore_system_fonts=True).compile(
        format="png", ppi=SHARP
    )


def _caption(style, output, book):
    """The caption, at which links to the figure or table arrive."""
    name, *rest = book.caption(output)
    return _styled(style, [{"t": "Span", "c": [[output.payload["label"], [], []], [name]]}, *rest])


def _note(note):
    return [_styled("Compact", note)] if note else []


def _styled(style, inlines):
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": inlines}]]}


def _table(book, output):
    columns, (rows, note) = output.payload["columns"], pdf.printed(output, book)
    specs = [
        [{"t": ALIGN[c["align"]]}, {"t": "ColWidth", "c": width}]
        for c, width in zip(columns, _widths(output, rows), strict=True)
    ]
    none = ["", [], []]
    head = [none, [_row([pandoc.words(c["label"]) for c in columns])]]
    body = [none, 0, [], [_row([_cell(cell, book) for cell in row]) for row in rows]]
    table = {"t": "Table", "c": [none, [None, []], specs, head, [body], [none, []]]}
    return [_caption("Table Caption", output, book), table, *_note(note)]


def _widths(output, rows):
    """The share of the line that each column has: as the table asks, or less than its longest cell takes, but room for
    its longest word."""
    columns, asked = output.payload["columns"], output.payload["widths"]
    widths = [w * EMS / sum(asked) for w in asked] or [min(c["width"], 60) ** 0.7 for c in columns]
    cells = zip(*([[{"t": c["label"]} for c in columns], *rows]), strict=True)
    words = [max((len(w) for cell in column for w in cell["t"].split() if w.isascii()), default=0) for column in cells]
    widths = [max(width, 0.7 * word) + 2 for width, word in zip(widths, words, strict=True)]
    return [round(width / sum(widths), 4) for width in widths]


def _row(cells):
    none = ["", [], []]
    return [none, [[none, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": cell}]] for cell in cells]]


def _cell(cell, book):
    text = pandoc.words(breakable(fonts.shown(cell["t"])))
    return [pandoc.link(text, f"{book.page}#{cell['c']}")] if cell.get("c") else text


def _pointed(book, element):
    """For walk: a link of the prose to evidence leads into the HTML file, the number it has there behind it."""
    anchor = inline.cited(element)
    if not anchor:
        return None
    mark = book.pointers.get(anchor)
    above = [{"t": "Superscript", "c": pandoc.words(mark)}] if mark else []
    return [pandoc.link([*element["c"][1], *above], f"{book.page}#{anchor}")]
