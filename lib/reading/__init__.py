"""From a file to sentences: register, formats, cleaning, passages, words, numerals."""
from pathlib import Path

from lib.reading import cleaning, passages
from lib.reading.document import Document


def document(raw, entry):
    """The Document of a raw text; `entry` is its row of the register, with at least `id`."""
    text, damage, ledger = cleaning.clean(raw)
    paragraphs = passages.passages(text)
    return Document(entry["id"], raw, text, paragraphs, passages.sentences(text, paragraphs), damage, ledger, entry)


def read(path):
    """The Document of one file."""
    path = Path(path)
    return document(path.read_text(encoding="utf-8"), {"id": path.stem})
