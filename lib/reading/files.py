"""The files of a folder of texts: their bytes, within the limits."""

import os
import stat
from pathlib import Path

from lib.lexicon import BadInput
from lib.limits import limit


def inside(path: Path) -> Path:
    """The path itself; BadInput for a name that can't be printed or a link that leads out of the file's folder."""
    if not path.name.isprintable():
        raise BadInput(f"{shown(path)}: a name that can't be printed; expected letters, digits and signs")
    if path.is_symlink() and os.path.dirname(os.path.realpath(path)) != os.path.realpath(path.parent):
        raise BadInput(f"{path}: a link out of its folder; expected a file")
    return path


def contents(path, kind="an article") -> bytes:
    """The bytes of a regular file; BadInput for anything else, for an empty file and for one beyond the limit."""
    most = limit("bytes")
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as f:
            if not stat.S_ISREG(os.fstat(f.fileno()).st_mode):
                raise BadInput(f"{shown(path)}: no regular file; expected {kind}")
            data = f.read(most + 1)
    except OSError as e:
        raise BadInput(f"{shown(path)}: can't be read ({e.strerror}); expected a readable file") from None
    if not data:
        raise BadInput(f"{path}: empty file; expected {kind}")
    if len(data) > most:
        raise BadInput(f"{path}: more than {most:,} bytes; expected {kind}")
    return data


def shown(path) -> str:
    """A path as one line: a name that can't be printed as its repr."""
    words = str(path)
    return words if words.isprintable() else ascii(words)
