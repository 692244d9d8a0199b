"""The report as PDF/A, by Typst: cells and evidence go in as string literals, so there is nothing to run in them."""

import re
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import typst

from lib.lexicon import BadInput
from lib.report.binding import inline, pandoc
from lib.report.show import fonts
from lib.report.show.escape import breakable
from lib.report.show.escape import typst as literal

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
PORTRAIT, DENSE, LANDSCAPE = 56, 65, 87  # em of table text in a line: of 8 pt, of 7 pt, of 8 pt across the page
TALLEST = 560  # pt: a higher figure shrinks, so that its heading and caption share its page
ACROSS = 105  # em of a matrix, in 7 pt across a page with narrow margins
UPRIGHT = 3  # columns of a matrix, two places and what they are compared by, that an upright page has room for
GAP = 1.3  # em between two columns
TOGETHER = 5  # rows of a table that stand together before a page may break
LONG = 8  # a column wider than this many em may be broken into lines
SPREAD = 2000  # em of profiles that fill a page across, in columns
LATIN = "\u2e80"  # signs before it are half an em wide
SHORT = 420  # characters of a paragraph that is kept with the figure or table after it


def render(blocks, book):
    """The bytes of the PDF; BadInput names what Typst can't set, as a character that no font has."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = {}
        placed = _headed(_led(_columned(_turned(_below(blocks)))))
        shown = book.shown(placed, partial(_figure, book, pictures), partial(_table, book))
        body = pandoc.write(pandoc.walk(shown, partial(_own, book)), "-t", "typst-smart")
        for name, svg in pictures.items():
            (Path(folder) / name).write_text(svg, encoding="utf-8")
        main = Path(folder) / "main.typ"
        main.write_text("\n".join((_settings(book), TEMPLATE.read_text(encoding="utf-8"), body)), encoding="utf-8")
        return _compile(main)


def _compile(main):
    compiler = typst.Compiler(main, root=main.parent, font_paths=fonts.folders(), ignore_system_fonts=True)
    try:
        return _tagged(partial(compiler.compile, format="pdf", pdf_standards=["a-2b"], timestamp=pandoc.EPOCH))
    except typst.TypstError as error:
        raise BadInput(f"typst: {error.message}\n{error.diagnostic}") from error


def _tagged(build):
    """The PDF with tags for screen readers; without them where Typst can't tag a table that breaks over pages."""
    try:
        return build()
    except typst.TypstError as error:
        if "PDF tag would be split" not in error.message:
            raise
        return build(pdf_tags=False)


def _settings(book):
    label = book.labels.of
    values = {
        "title": book.title,
        "subtitle": book.subtitle,
        "language": book.labels.language,
        **{name: label(name, "report") for name in ("how", "contents")},
        **{f"{kind}-word": label(kind, "numbered").replace("{}", "").strip() for kind in ("figure", "table")},
    }
    return "\n".join(f"#let report-{name} = {literal(value)}" for name, value in values.items())


def _headed(blocks):
    """The blocks with the report's name above their first heading, and the contents behind the first chapter."""
    first, *after = [k for k, block in enumerate(blocks) if _kind(block) == "Header" and block["c"][0] == 1] or [0]
    end = after[0] if after else len(blocks)
    end -= blocks[end - 1 : end] == [_page("turned")]
    masthead, contents = (pandoc.raw("RawBlock", "typst", f"#report-{name}") for name in ("masthead", "contents-list"))
    return [*blocks[:first], masthead, *blocks[first:end], contents, *blocks[end:]]


def _below(blocks):
    """The blocks with the first figure after each heading told to stand below it, on the foot of a page."""
    out, headed = [], False
    for block in blocks:
        figure = _kind(block) == "figure"
        out.append(replace(block, payload={**block.payload, "below": headed}) if figure else block)
        headed = _kind(block) == "Header" or headed and not figure
    return out


def _led(blocks):
    """The blocks with each short paragraph between a heading and a figure or table kept on their page."""
    shown = [b for b in blocks if _kind(b) != "say"]
    near = zip([None, *shown], shown, [*shown[1:], None], strict=False)
    return [_sticky(block) if _leads(before, block, after) else block for before, block, after in near]


def _turned(blocks):
    """The blocks with each matrix, and the heading and paragraph right above it, across pages of their own."""
    out = []
    for block in blocks:
        if not _matrix(block):
            out.append(block)
        elif out[-1:] == [_page("upright")]:  # right behind another: on the pages that lie so
            out[-1:] = [block, _page("upright")]
        else:
            at = next(
                (k for k in range(len(out) - 1, max(-1, len(out) - 4), -1) if _kind(out[k]) == "Header"), len(out)
            )
            out[at:] = [_page("turned"), *out[at:], block, _page("upright")]
    return out


def _columned(blocks):
    """The blocks with many profiles of places, and what stands above them up to their heading, in columns across pages
    of their own."""
    own = [k for k, block in enumerate(blocks) if _profile(block)]
    lines = [line["c"] for k in own for line in blocks[k]["c"][1]]
    if sum(1 + (sign > LATIN) for line in lines for sign in "".join(pandoc.plain(line))) < 2 * SPREAD:
        return blocks
    first, end = own[0], own[-1] + 1
    at = max((k for k in range(first) if _kind(blocks[k]) == "Header"), default=first)
    before = blocks[: at - (blocks[at - 1 : at] == [_page("upright")])]
    columns = [pandoc.raw("RawBlock", "typst", words) for words in ("#profiles[", "]")]
    inside = [columns[0], *blocks[first:end], columns[1]]
    return [*before, _page("turned"), *blocks[at:first], *inside, _page("upright"), *blocks[end:]]


def _profile(block):
    return _kind(block) == "Div" and "profile" in block["c"][0][1]


def _matrix(block):
    """Whether the block is a matrix whose columns do not fit across an upright page."""
    if not isinstance(block, pandoc.Output) or block.payload.get("look") != "matrix":
        return False
    columns = block.payload["columns"]
    return len(columns) > UPRIGHT and sum(min(c["width"], 60) + GAP for c in columns) > DENSE


def _page(name):
    return pandoc.raw("RawBlock", "typst", f"#set page(..{name})")


def _kind(block):
    return block.payload["kind"] if isinstance(block, pandoc.Output) else block["t"] if block else ""


def _leads(before, block, after):
    ends = _kind(before) == "Header" and _kind(after) in ("figure", "table")
    return ends and _kind(block) == "Para" and len("".join(pandoc.plain(block["c"]))) < SHORT


def _sticky(block):
    raw = partial(pandoc.raw, "RawInline", "typst")
    return {"t": "Para", "c": [raw("#block(sticky: true)["), *block["c"], raw("]")]}


def _own(book, element):
    """For walk: a profile has its own look; a link of the prose to evidence leads into the HTML file beside the PDF."""
    if _profile(element):
        raw = partial(pandoc.raw, "RawBlock", "typst")
        return [raw("#profile["), *pandoc.walk(element["c"][1], partial(_own, book)), raw("]")]
    anchor = inline.cited(element)
    if not anchor:
        return None
    text = "".join(pandoc.plain(element["c"][1]))
    return [pandoc.raw("RawInline", "typst", f"#{_linked(book, anchor, text)}")]


def _call(output, note, head, tail):
    """A paragraph `#name(head, caption: [...], note: [...], tail) <label>`."""
    raw = partial(pandoc.raw, "RawInline", "typst")
    note = [raw(", note: ["), *note, raw("]")] if note else []
    opened, closed = raw(f"#{head}, caption: ["), raw(f"{tail}) <{output.payload['label']}>")
    return [{"t": "Para", "c": [opened, *output.caption, raw("]"), *note, closed]}]


def _figure(book, pictures, output):
    name = f"{len(pictures)}.svg"
    pictures[name] = inline.unlinked(output.payload["svg"])
    width = points(output.payload["svg"])
    size = f"{width:.2f}pt" if width else "100%"
    evidence = output.payload["evidence"]
    alt = literal("".join(pandoc.plain(output.caption)))
    link = f", evidence: {_linked(book, evidence, book.labels.of('evidence', 'link'))}" if evidence else ""
    at = ", at: bottom" if output.payload["below"] else ""
    return _call(output, output.note, f"report-figure({literal(name)}, {size}, {alt}{link}{at}", "")


def points(svg):
    """The width of a figure in print, in points; None where it says none."""
    found = [re.search(rf'<svg[^>]*?\s{side}="([\d.]+)(?:pt)?"', svg) for side in ("width", "height")]
    if not all(found):
        return None
    width, height = (float(side.group(1)) for side in found)
    return width * min(1, TALLEST / height)


def _linked(book, anchor, text):
    """A link into the HTML file beside the PDF, with the number that the evidence has there."""
    return f"report-link({literal(f'{book.page}#{anchor}')}, {literal(text)}, {literal(book.pointers.get(anchor, ''))})"


def printed(output, book):
    """(rows, note) of a table as printed; where rows are left out, the note says how many."""
    rows, most = output.payload["body"], output.payload.get("most")
    if not most or len(rows) <= most + 2:
        return rows, output.note
    left = book.labels.of("printed", "report").format(n=most, all=len(rows))
    return rows[:most], [*output.note, *([{"t": "Space"}] if output.note else []), *pandoc.words(left)]


def _table(book, output):
    payload = output.payload
    shown, note = printed(output, book)
    widths = [min(c["width"], 60) for c in payload["columns"]]
    least = sum(min(w, LONG) + GAP for w in widths)
    rows = len(shown)
    across = _matrix(output)
    wide = least > DENSE and not across
    room = ACROSS if across else LANDSCAPE if wide else DENSE if least > PORTRAIT else PORTRAIT
    columns = [f"{w}fr" for w in payload["widths"]] or _columns(widths, room)
    align = [c["align"] for c in payload["columns"]]
    head = [literal(c["label"]) for c in payload["columns"]]
    body = [_cell(cell, book) for row in shown for cell in row]
    return _call(
        output,
        note,
        f"report-table({', '.join(map(_array, (columns, align, head, body)))}",
        f", wide: {_flag(wide)}, tight: {_flag(across)}, size: {_size(least)}pt, keep: {min(rows, TOGETHER)}",
    )


def _flag(value):
    return str(value).lower()


def _size(least):
    return 8 if least <= PORTRAIT or DENSE < least <= LANDSCAPE else 7


def _columns(widths, room):
    """Widths of columns as Typst has them: as wide as their cells where all fit, else long ones share what is left."""
    if sum(w + GAP for w in widths) <= room:
        return ["auto"] * len(widths)
    return [f"{w + GAP + 0.6:.1f}em" if w <= LONG else f"{w**0.6:.1f}fr" for w in widths]


def _array(items):
    return f"({''.join(f'{item}, ' for item in items)})"


def _cell(cell, book):
    text = breakable(fonts.shown(cell["t"]))
    return _linked(book, cell["c"], text) if cell.get("c") else literal(text)
