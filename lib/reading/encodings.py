"""The encoding of a text: by its mark, by strict UTF-8, else the one that charset-normalizer finds most Chinese."""

import codecs

from lib.lexicon import BadInput
from lib.reading.spans import HAN

WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
MARKS = [(codecs.BOM_UTF8, "utf-8"), *(("\ufeff".encode(name), name) for name in WIDE)]
CANDIDATES = ("gb18030", "big5hkscs", "utf_16_le", "utf_16_be")
BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"\x1f\x8b")
LINE_END, LOST, SPARSE = b"\n", "\ufffd", 100  # a hundredth of the bytes is more than single ones
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
    if best and HAN.search(str(best)):
        return str(best), best.encoding.replace("_", "-")
    at, why = _fault(data)
    where = f"{path}:{data.count(LINE_END, 0, at) + 1}" if why else path
    raise BadInput(f"{where}: no encoding gives Chinese text{why}; {EXPECTED}")


def _fault(data):
    """(byte, "; what is wrong there") of a text that but for single bytes is in one encoding; (0, "") for others."""
    if 0 in data:
        return data.index(0), f"; NUL at byte {data.index(0)}"
    faults = {e: data.decode(e, "replace").count(LOST) for e in ("utf-8", "gb18030", "big5hkscs")}
    nearest = min(faults, key=faults.get)
    if not faults[nearest] or faults[nearest] > max(1, len(data) // SPARSE):
        return 0, ""
    try:
        data.decode(nearest)
    except UnicodeDecodeError as e:
        more = f", and {faults[nearest] - 1} more" if faults[nearest] > 1 else ""
        return e.start, f"; {nearest} but for 0x{data[e.start]:02x} at byte {e.start}{more}"
    return 0, ""
