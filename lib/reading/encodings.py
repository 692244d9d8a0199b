"""The encoding of a text: by its mark, by strict UTF-8, else the one that charset-normalizer finds most Chinese."""

import codecs

from lib.lexicon import BadInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "big5hkscs", "utf_16_le", "utf_16_be")
BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"\x1f\x8b")
EXPECTED = "expected text in UTF-8, GB18030, Big5 or UTF-16"


def decode(path, data: bytes) -> tuple[str, str]:
    """(text without its byte-order mark, name of the encoding); BadInput for a file that is no text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strictly(path, data[len(mark) :], name), name
    if data.startswith((*BINARY, b"Rar!", b"7z\xbc\xaf")):
        raise BadInput(f"{path}: a binary file, not a text; {EXPECTED}")
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    return _guessed(path, data)


def _strictly(path, data, name):
    try:
        return data.decode(name)
    except UnicodeDecodeError as e:
        raise BadInput(f"{path}: not {name} at byte {e.start}; {EXPECTED}") from None


def _guessed(path, data):
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(CANDIDATES)).best()
    if best and any("\u4e00" <= c <= "\u9fff" for c in str(best)):
        return str(best), best.encoding.replace("_", "-")
    at = f"; NUL at byte {data.index(0)}" if 0 in data else ""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as e:
        at = at or f"; GB18030 fails at byte {e.start}"
    raise BadInput(f"{path}: no encoding gives Chinese text{at}; {EXPECTED}")
