"""Which rows of a dataset are read, so that what was made from them is made again only where one of these changes.

A table is noted as it is asked for: as a whole, or for the texts that a comparison is limited to.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

UNSHOWN = {"sources.csv": "codebook"}  # columns of the evidence that no report shows: {file: column}
ALL = ""  # stands for every text
_noted = set()  # (table, id of a text or ALL)


class Tables(Mapping):
    """Tables by name, each made when it is first asked for and noted as read, for all texts or some of them."""

    def __init__(self, makers: Mapping[str, Callable], texts: Iterable[str] | None = None):
        self._makers, self._made = makers, {}
        self.texts = None if texts is None else frozenset(texts)

    @classmethod
    def of(cls, tables: Mapping):
        """Tables that are made already."""
        return tables if isinstance(tables, cls) else cls({n: lambda t=t: t for n, t in tables.items()})

    def peek(self, name):
        """A table that is not noted: who asks tells `note` which rows it needs."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __or__(self, tables):
        """The same with some tables replaced."""
        kept = {name: lambda n=name: self.peek(n) for name in self if name not in tables}
        return Tables(kept | {name: lambda t=table: t for name, table in tables.items()}, self.texts)

    def __getitem__(self, name):
        note(name, self.texts)
        return self.peek(name)

    def __iter__(self):
        return iter(self._makers)

    def __len__(self):
        return len(self._makers)

    def __contains__(self, name):
        return name in self._makers


def begin():
    """Forgets what was read until now."""
    _noted.clear()


def note(table: str, texts: Iterable[str] | None = None):
    """Notes a table as read, for some texts or for all."""
    _noted.update((table, text) for text in ((ALL,) if texts is None else texts))


def told(folder: Path) -> dict[str, str]:
    """{"table text": hash of the rows} of all that was read since `begin`, of a dataset in a folder. Every comparison
    asks where the texts are from, and which sentences of those that it reads are on the subject."""
    texts = {text for name, text in _noted if name != "sources"}
    wanted = {*_noted, ("sources", ALL), *(("sentences", text) for text in texts)}
    return {f"{name} {text}": _digest(Path(folder), name, text) for name, text in sorted(wanted)}


def stale(kept: dict[str, str], folder: Path) -> list[str]:
    """What of that has other rows now."""
    found = (key.partition(" ") for key in kept)
    changed = [(name, text) for name, _, text in found if _digest(Path(folder), name, text) != kept[f"{name} {text}"]]
    return [f"rows of {name}{text and f' ({text})'}" for name, text in changed]


def _digest(folder, name, text):
    path = folder / f"{name}.csv"
    if not path.is_file():
        return ""
    return _digests(path, path.stat().st_mtime_ns, path.stat().st_size).get(text, "")


@cache
def _digests(path, _changed, _size):
    """{text: hash of its rows}, and that of all."""
    rows, found = shown(path.name, path.read_bytes()), {ALL: hashlib.sha256()}
    head = rows[0] if rows else []
    at = next((head.index(c) for c in ("source", "id") if c in head), None)
    for row in rows:
        line = "\0".join(row).encode()
        for text in (ALL,) if at is None else (ALL, row[at]):
            found.setdefault(text, hashlib.sha256()).update(line + b"\n")
    return {text: digest.hexdigest()[:32] for text, digest in found.items()}


def shown(name: str, data: bytes) -> list[list[str]]:
    """The rows of a table, heads first, without the columns that no report shows."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    at = rows[0].index(UNSHOWN[name]) if rows and UNSHOWN.get(name) in rows[0] else None
    return rows if at is None else [[*row[:at], *row[at + 1 :]] for row in rows]
