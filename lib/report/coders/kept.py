"""Files that people work in: written whole or not at all, and never over what is there already."""

import os
import re
from itertools import count
from pathlib import Path

from lib import paths
from lib.lexicon import BadInput

FOLDER = paths.ROOT / "coding"
_DATED = re.compile(r"-(\d{4}-\d\d-\d\d)(?:-review)?(?:-\d+)?$")


def stem(coder: str, date: str) -> str:
    """The name of a coder's file of a day; BadInput where the coder's name can't stand in a file's name."""
    if not re.fullmatch(r"[\w-]+", coder):
        raise BadInput(f"CODER={coder!r}; expected letters, digits, - and _")
    return f"{coder}-{date}"


def coder(path: Path) -> str:
    """Whose file it is: the stem without its date and what follows."""
    return _DATED.sub("", path.stem)


def day(path: Path) -> str:
    """The date in a file's name, or nothing."""
    found = _DATED.search(path.stem)
    return found[1] if found else ""


def place(path: Path, write) -> Path:
    """Where the file lies that `write(path)` makes: at PATH, or at PATH-2, PATH-3 where others are there already.

    One that holds the same already is left alone. The name appears only when the file is whole.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{os.getpid()}.{path.name}")
    try:
        write(part)
        for n in count(1):
            target = path if n == 1 else path.with_stem(f"{path.stem}-{n}")
            if _linked(part, target) or target.read_bytes() == part.read_bytes():
                return target
    finally:
        part.unlink(missing_ok=True)


def _linked(part, target):
    """Gives a file a second name; whether that name was free."""
    try:
        os.link(part, target)
    except FileExistsError:
        return False
    except OSError:  # a disk without links
        if target.exists():
            return False
        part.rename(target)
        target.with_name(part.name).touch()
    return True
