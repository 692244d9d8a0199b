"""Files that are zip archives of XML (.docx, .xlsx, .qdpx), unpacked within the limits."""

import lzma
import zipfile
import zlib
from io import BytesIO

from lib.lexicon import BadInput
from lib.limits import MB, limit

CHUNK, ENCRYPTED = 1 << 16, 1
XML = (".xml", ".rels", ".qde")
DECLARED = [w.encode(e) for w in ("<!DOCTYPE", "<!ENTITY") for e in ("utf-8", "utf-16-le", "utf-16-be")]


def unpacked(path, data: bytes, kind: str) -> dict[str, bytes]:
    """{name: bytes} of an archive; BadInput, in one line that says what it should be (`kind`), where it is broken,
    encrypted or unpacks to more than the limits allow, whatever sizes it states."""
    most = min(limit("unpacked"), max(MB, limit("ratio") * len(data)))
    held, size = {}, 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as z:
            if len(z.infolist()) > limit("members"):
                raise BadInput(f"{path}: holds {len(z.infolist()):,} files; expected {kind}")
            for info in z.infolist():
                if info.flag_bits & ENCRYPTED:
                    raise BadInput(f"{path}: {info.filename!r} in it is encrypted; expected {kind} without a password")
                held[info.filename] = _member(path, z, info, most - size)
                size += len(held[info.filename])
                if size > most:
                    raise BadInput(f"{path}: unpacks to more than {most:,} bytes; expected {kind}")
    except BadInput:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError) as e:
        raise BadInput(f"{path}: not {kind} ({e}); expected one that is whole") from None
    return held


def _member(path, archive, info, room):
    """The bytes of a file of the archive, up to one more than there is room for."""
    parts, size = [], 0
    with archive.open(info) as f:
        while size <= room and (part := f.read(CHUNK)):
            parts.append(part)
            size += len(part)
    data = b"".join(parts)
    if info.filename.endswith(XML) and any(mark in data for mark in DECLARED):
        raise BadInput(f"{path}: {info.filename!r} in it declares entities; expected plain XML")
    return data
