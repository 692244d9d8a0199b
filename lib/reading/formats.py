"""From a file to its raw text: plain text and Markdown as decoded, .html .docx .pdf as extracted."""

import re
import sys
from io import BytesIO
from pathlib import Path

from lib.lexicon import BadInput
from lib.reading import encodings, script

SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
SAMPLE, LEAST, FEW, ENOUGH, COMMON = 20_000, 4, 5, 40, 0.7
EXTRACTED = (".html", ".htm", ".docx", ".pdf")


def listed(folder):
    """The texts of a folder in order of their names; BadInput where there are none. Other files get a line each."""
    folder = Path(folder)
    if not folder.is_dir():
        raise BadInput(f"{folder}: no such folder; expected one with {', '.join(SUFFIXES)} files")
    found = sorted(p for p in folder.glob("*") if p.suffix.lower() in SUFFIXES and p.name != "README.md")
    for path in sorted(set(folder.glob("*")) - set(found)):
        if path.is_file() and path.name not in ("README.md", "sources.csv", "places.csv") and path.name[0] != ".":
            print(f"{path}: not read; expected one of {', '.join(SUFFIXES)}", file=sys.stderr)
    if not found:
        raise BadInput(f"{folder}: no texts; expected a folder with {', '.join(SUFFIXES)} files")
    return found


def load(path):
    """(raw text, encoding, bytes) of a file; BadInput says in one line what is wrong with it."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(
            f"{path}: files of kind {suffix or 'without suffix'} can't be read; expected one of {' '.join(SUFFIXES)}"
        )
    data = _bytes(path)
    if suffix == ".docx":
        text, encoding = _docx(path, data), "docx"
    elif suffix == ".pdf":
        text, encoding = _pdf(path, data), "pdf"
    else:
        text, encoding = encodings.decode(path, data)
        text = _html(path, text) if suffix in EXTRACTED else text
    wrong = _wrong(text)
    if wrong:
        raise BadInput(f"{path}: {wrong}")
    return text, encoding, data


def _wrong(text):
    """What is wrong with a text as a whole, or "": nothing there, no Chinese, characters that make no words."""
    if not text.strip():
        return "holds no text; expected an article"
    hanzi = re.findall("[\u3400-\u9fff]", script.simplified(text[:SAMPLE]))
    letters = sum(c.isascii() and c.isalpha() for c in text[:SAMPLE])
    if len(hanzi) < LEAST or len(hanzi) * 4 < letters:
        return f"{len(hanzi)} Chinese characters beside {letters} Latin letters; expected a Chinese text"
    if len(hanzi) >= ENOUGH and len(set(hanzi)) <= FEW:
        return f"{len(set(hanzi))} different characters in {len(hanzi)}; expected a text (run OCR on a PDF)"
    common = sum(map(_common, hanzi)) / len(hanzi)
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


def _bytes(path):
    try:
        data = path.read_bytes()
    except OSError as e:
        raise BadInput(f"{path}: can't be read ({e.strerror}); expected a readable file") from None
    if not data:
        raise BadInput(f"{path}: empty file; expected an article")
    return data


def _html(path, page):
    """The main text of a page: what trafilatura holds for the article, else all its words."""
    import trafilatura

    text = trafilatura.extract(
        page, include_comments=False, include_tables=True, deduplicate=False, favor_recall=True, no_fallback=True
    )
    if text and len(text) >= 40:
        return _with_title(page, text)
    return "\n".join(_words(page))


def _with_title(page, text):
    """The text with the page's own heading above it, where the extraction left it out."""
    from lxml import html

    title = next(
        (
            " ".join(h.text_content().split())
            for h in html.fromstring(page.encode("utf-8"), parser=_parser()).iter("h1")
        ),
        "",
    )
    return text if not title or title in text[: len(title) + 200] else f"{title}\n{text}"


def stated(path):
    """{title, published, publisher} that an HTML page states in its head; nothing for other files."""
    path = Path(path)
    if path.suffix.lower() not in (".html", ".htm") or not path.exists():
        return {}
    from lxml import html

    tree = html.fromstring(encodings.decode(path, _bytes(path))[0].encode("utf-8"), parser=_parser())
    found = {
        "title": [*tree.xpath("//meta[@property='og:title']/@content"), *tree.xpath("//head/title/text()")],
        "published": tree.xpath(
            "//meta[@property='article:published_time' or @name='PubDate' or @name='pubdate']/@content"
        ),
        "publisher": tree.xpath("//meta[@name='ContentSource' or @property='og:site_name']/@content"),
    }
    return {k: " ".join(v[0].split()) for k, v in found.items() if v and v[0].strip()}


def _words(page):
    from lxml import html

    tree = html.fromstring(page.encode("utf-8"), parser=_parser())
    for node in list(tree.iter("script", "style", "noscript", "template")):
        node.drop_tree()
    return [line.strip() for line in tree.text_content().split("\n") if line.strip()]


def _parser():
    from lxml import html

    return html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)


def _docx(path, data):
    import docx
    from docx.table import Table

    try:
        items = list(docx.Document(BytesIO(data)).iter_inner_content())
    except Exception as e:  # python-docx raises errors of many libraries on a broken file
        raise BadInput(f"{path}: not a Word document ({type(e).__name__}); expected .docx") from None
    return "\n".join(line for item in items for line in (_rows(item) if isinstance(item, Table) else [item.text]))


def _rows(table):
    return ["\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in table.rows]


def _pdf(path, data):
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        pages = [page.extract_text() or "" for page in pypdf.PdfReader(BytesIO(data)).pages]
    except Exception as e:  # pypdf raises errors of many kinds on a broken file
        raise BadInput(
            f"{path}: not a readable PDF ({type(e).__name__}); expected one with text, not encrypted"
        ) from None
    if not "".join(pages).strip():
        raise BadInput(f"{path}: the PDF holds pictures but no text; expected one with text (run OCR first)")
    return "\n".join(pages)
