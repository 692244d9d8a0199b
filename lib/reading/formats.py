"""From a file to its raw text: plain text and Markdown as decoded, .html .docx .pdf as extracted."""

import re
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from lib import archives
from lib.lexicon import BadInput
from lib.limits import limit
from lib.reading import encodings, files, pages, script
from lib.reading.spans import ENDS, HAN

SAMPLE, LEAST, FEW, ENOUGH, COMMON = 20_000, 4, 5, 40, 0.7
OTHERS = ("README.md", "sources.csv", "places.csv")


class Loaded(NamedTuple):
    """What a file holds: its raw text, its encoding, its bytes, and lines on what of it is read otherwise."""

    text: str
    encoding: str
    data: bytes
    warnings: tuple = ()


def listed(folder) -> list[Path]:
    """The texts of a folder in order of their names; BadInput where there are none. Other files get a line each."""
    folder = Path(folder)
    if not folder.is_dir():
        raise BadInput(f"{files.shown(folder)}: no such folder; expected one with {', '.join(READERS)} files")
    found = [p for p in sorted(folder.iterdir()) if p.name not in OTHERS and p.name[0] != "."]
    texts = [p for p in found if p.suffix.lower() in READERS]
    for path in found:
        if path not in texts and path.is_file():
            print(f"{files.shown(path)}: not read; expected one of {', '.join(READERS)}", file=sys.stderr)
    if not texts:
        raise BadInput(f"{files.shown(folder)}: no texts; expected a folder with {', '.join(READERS)} files")
    return texts


def load(path) -> Loaded:
    """The Loaded of a file; BadInput says in one line what is wrong with it."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in READERS:
        kind = suffix or "without suffix"
        raise BadInput(f"{path}: files of kind {kind} can't be read; expected one of {' '.join(READERS)}")
    data = files.contents(path)
    text, encoding, told = READERS[suffix](path, data)
    wrong = _wrong(text)
    if wrong:
        raise BadInput(f"{path}: {wrong}")
    return Loaded(text, encoding, data, tuple(f"{path}: {line}" for line in [*told, *_long(text)]))


def _long(text):
    """A line that tells of sentences too long to be read in one piece, where there are any."""
    most = limit("sentence")
    found = [m for m in re.finditer(f"[^{ENDS}]+", text) if m.end() - m.start() > most]
    if found:
        length, line = found[0].end() - found[0].start(), text.count("\n", 0, found[0].start()) + 1
        yield f"line {line} holds {length:,} characters without a stop; they are read in pieces of up to {most:,}"


def _wrong(text):
    """What is wrong with a text as a whole, or "": nothing there, no Chinese, characters that make no words."""
    if not text.strip():
        return "holds no text; expected an article"
    if len(text) > limit("characters"):
        return f"{len(text):,} characters; expected up to {limit('characters'):,}"
    hanzi = HAN.findall(script.simplified(text[:SAMPLE]))
    letters = len(re.findall("[A-Za-z]", text[:SAMPLE]))
    if len(hanzi) < LEAST or len(hanzi) * 4 < letters:
        return f"{len(hanzi)} Chinese characters beside {letters} Latin letters; expected a Chinese text"
    if len(hanzi) >= ENOUGH and len(set(hanzi)) <= FEW:
        return f"{len(set(hanzi))} different characters in {len(hanzi)}; expected a text (run OCR on a PDF)"
    common = sum(times for char, times in Counter(hanzi).items() if _common(char)) / len(hanzi)
    if len(hanzi) >= ENOUGH and common < COMMON:
        return f"{common:.0%} of its characters are common ones; expected a text that is not garbled (wrong encoding?)"
    return ""


def _common(char):
    """Whether a character is among the 3,755 of GB 2312's first level, which make up 98% of any Chinese text."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return b"\xb0" <= code[:1] <= b"\xd7"


def stated(path):
    """{title, published, publisher} that an HTML page states in its head; nothing for other files."""
    path = Path(path)
    if READERS.get(path.suffix.lower()) is not _page or not path.exists():
        return {}
    return pages.stated(encodings.decode(path, files.contents(path))[0])


def _plain(path, data):
    return *encodings.decode(path, data), []


def _page(path, data):
    text, encoding = encodings.decode(path, data)
    text, told = pages.text(text)
    return text, encoding, told


def _docx(path, data):
    import docx
    from docx.table import Table

    archives.unpacked(path, data, "a Word document")
    try:
        items = docx.Document(BytesIO(data)).iter_inner_content()
        lines = [line for item in items for line in (_rows(item) if isinstance(item, Table) else [item.text])]
    except MemoryError:
        raise
    except Exception as e:  # python-docx raises errors of many libraries on a broken file
        raise BadInput(f"{path}: not a Word document ({type(e).__name__}); expected .docx") from None
    return "\n".join(lines), "docx", []


def _rows(table):
    return ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in table.rows]


def _pdf(path, data):
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if len(reader.pages) > limit("pages"):
            raise BadInput(f"{path}: {len(reader.pages):,} pages; expected up to {limit('pages'):,}")
        leaves = [page.extract_text() or "" for page in reader.pages]
    except (BadInput, MemoryError):
        raise
    except Exception as e:  # pypdf raises errors of many kinds on a broken file
        why = f"not a readable PDF ({type(e).__name__}); expected one with text, not encrypted"
        raise BadInput(f"{path}: {why}") from None
    if not "".join(leaves).strip():
        raise BadInput(f"{path}: the PDF holds pictures but no text; expected one with text (run OCR first)")
    return "\n".join(leaves), "pdf", []


# suffix: reader(path, data), which gives (text, name of the encoding, lines on what is read otherwise)
READERS = {".txt": _plain, ".md": _plain, ".html": _page, ".htm": _page, ".docx": _docx, ".pdf": _pdf}
