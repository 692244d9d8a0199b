"""From a file to sentences: register, formats, cleaning, passages, words, numerals."""

from hashlib import sha256
from pathlib import Path

from lib.lexicon import Lexicon
from lib.reading import cleaning, passages
from lib.reading.document import Document


def document(raw: str, entry: dict, lexicon: Lexicon | None = None) -> Document:
    """The Document of a raw text; `entry` is its row of the register, with at least `id`."""
    text, damage, ledger = cleaning.clean(raw)
    paragraphs = passages.passages(text)
    sentences = passages.sentences(text, paragraphs, damage)
    return Document(entry["id"], raw, text, paragraphs, sentences, damage, ledger, entry, lexicon or Lexicon())


def read(path):
    """The Document of one file, with what the register says of it; see register.entry for its warnings."""
    from lib.reading import formats, register

    raw, encoding, data, _ = formats.load(Path(path))
    row, _ = register.entry(path, raw, sha256(data).hexdigest())
    return document(raw, row | {"encoding": encoding})
