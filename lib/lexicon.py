"""The rules that are data: CSV tables of the codebook and the lexicon, read with one clear line for each mistake."""

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path

from lib import paths

heading = []  # files of which but the heads are read just now
MOST = 20  # slips of one table that are told
ONCE = ("units", "indicators", "labels")  # tables whose rows have names
WORDINGS = ("quantities", "wordings")  # tables of shapes: of numbers, and of names, actors, headings and claims


class BadInput(ValueError):
    """Something that the user wrote can't be used: `FILE:LINE: what is wrong; expected ...`."""

    def _render_traceback_(self):
        """What a cell of a notebook shows of it: the line, without the code that came upon it."""
        return [str(self)]


def each_row(work, rows):
    """What work(row) gives of each row, as a tuple; BadInput with the slips of all rows, a line each."""
    done, wrong = [], []
    for row in rows:
        try:
            done.append(work(row))
        except BadInput as e:
            wrong += str(e).split("\n")
    if wrong:
        more = [f"... and {len(wrong) - MOST} more"] if len(wrong) > MOST else []
        raise BadInput("\n".join(wrong[:MOST] + more))
    return tuple(done)


@cache
def table(path, columns):
    """The rows of a CSV file as dicts of strings, each with its `line`, without empty ones; BadInput where columns or
    cells are missing."""
    path = Path(path)
    try:
        with open(path, encoding="utf-8-sig", newline="") as f:
            reader = csv.DictReader(f, restkey="beyond")
            reader.fieldnames = [name.strip() for name in reader.fieldnames or ()]
            _headed(path, reader.fieldnames, columns)
            found = each_row(partial(_whole, path, reader), (row for row in reader if any(row.values())))
            return _once(path, found, reader.fieldnames[0]) if path.stem in ONCE else found
    except FileNotFoundError:
        raise BadInput(f"{path}: no such file; expected a CSV table with {', '.join(columns)}") from None
    except UnicodeDecodeError as e:
        raise BadInput(f"{path}: not UTF-8 at byte {e.start}; expected UTF-8 (in Excel: save as CSV UTF-8)") from None


def _once(path, rows, name):
    """The rows, of which no two have the same first cell."""
    seen = {}
    for row in rows:
        if seen.setdefault(row[name], row["line"]) != row["line"]:
            raise BadInput(f"{path}:{row['line']}: {name} {row[name]!r} stands twice; expected each once")
    return rows


@cache
def heads(path):
    """The columns of a CSV file, of which no more is read."""
    heading.append(str(path))
    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as f:
            return tuple(next(csv.reader(f), ()))
    finally:
        heading.pop()


def checked(path, row, checks):
    """The row; BadInput, a line each, for those of its checks (right, column, what is expected) that are not right."""
    wrong = [f"{path}:{row['line']}: {c} {row[c]!r}; expected {expected}" for right, c, expected in checks if not right]
    if wrong:
        raise BadInput("\n".join(wrong))
    return row


def expect(where, column, cell, values, where_they_stand=""):
    """BadInput where the parts of a cell (between bars) are none of the values that a column may have.

    It lists the values, or names the table `where_they_stand`."""
    for word in cell.split("|"):
        if word not in values:
            told = f"one of {where_they_stand}" if where_they_stand else ", ".join(sorted(filter(None, values)))
            raise BadInput(f"{where}: {column} {word!r}; expected {told}")


def number(path, row, column, kind=float):
    """The number that a cell holds; BadInput where it holds none of that kind."""
    try:
        return kind(row[column] if row[column] == row[column].strip() and "_" not in row[column] else "")
    except ValueError:
        expected = "a whole number" if kind is int else "a number"
        raise BadInput(f"{path}:{row['line']}: {column} {row[column]!r}; expected {expected}") from None


@cache
def alternatives(name: str) -> str:
    """The alternatives that lexicon/patterns.csv has under a name, as one group; BadInput names a bad row."""
    rows = [r for r in table(paths.LEXICON / "patterns.csv", ("name", "pattern")) if r["name"] == name]
    for r in rows:
        try:
            re.compile(r["pattern"])
        except re.error as e:
            where = f"{paths.LEXICON / 'patterns.csv'}:{r['line']}"
            raise BadInput(f"{where}: no regular expression ({e}); expected one") from None
    return f"(?:{'|'.join(r['pattern'] for r in rows)})"


def compiled(name: str, flags: int = 0, **parts: str) -> re.Pattern:
    """The rows that lexicon/quantities.csv or wordings.csv has under a name as one pattern, each {part} put in.

    BadInput names a row whose pattern does not match what its example has in [brackets].
    """
    files, found = [paths.LEXICON / f"{file}.csv" for file in WORDINGS], []
    for path, r in ((f, r) for f in files for r in table(f, ("name", "pattern", "example")) if r["name"] == name):
        filled = r["pattern"]
        for part, pattern in parts.items():
            filled = filled.replace(f"{{{part}}}", pattern)
        _shown(f"{path}:{r['line']}", filled, flags, r["example"])
        found.append(filled)
    if not found:
        raise BadInput(f"{files[0]} or {files[1].name}: no row {name!r}; expected its pattern and an example")
    return re.compile("|".join(found), flags)


def words(name: str) -> tuple[str, ...]:
    """The words between the bars of the row that lexicon/quantities.csv or wordings.csv has under a name."""
    return tuple(compiled(name).pattern.split("|"))


def _shown(where, pattern, flags, example):
    """BadInput where a pattern is none, or finds first in its example other words than those in [brackets]."""
    try:
        m = re.compile(pattern, flags).search(example.replace("[", "").replace("]", ""))
    except re.error as e:
        raise BadInput(f"{where}: no regular expression ({e}); expected one") from None
    if not m or f"{m.string[: m.start()]}[{m[0]}]{m.string[m.end() :]}" != example:
        raise BadInput(f"{where}: example {example!r}; expected one with what the pattern finds in [brackets]")


def _headed(path, names, columns):
    """BadInput where a table lacks columns; one whose cells no comma parts is told so."""
    parted = next((mark for mark in (";", "\t") if len(names) == 1 and mark in names[0]), "")
    if parted:
        raise BadInput(f"{path}:1: cells are parted by {parted!r}; expected commas (in Excel: save as CSV UTF-8)")
    if missing := set(columns) - set(names):
        raise BadInput(f"{path}:1: no column {', '.join(sorted(missing))}; expected {', '.join(columns)}")


def _whole(path, reader, row):
    if "beyond" in row or None in row.values():
        raise BadInput(
            f"{path}:{reader.line_num}: {'too many' if 'beyond' in row else 'too few'} cells; "
            f"expected {len(reader.fieldnames)}"
        )
    return {**row, "line": reader.line_num}


@dataclass(frozen=True)
class Lexicon:
    """Where the rules of one run lie. Frozen, so that what is compiled from it can be cached by it."""

    codebook: Path = paths.CODEBOOK
    folder: Path = paths.LEXICON

    @cached_property
    def _hash(self):
        return hash((self.codebook, self.folder))

    def __hash__(self):
        return self._hash

    def codes(self, name, *columns):
        """Rows of `codebook/NAME.csv`; a codebook of another subject that lacks the table has that of data/."""
        own = self.codebook / f"{name}.csv"
        return table(own if own.exists() else paths.DATA / "codebook" / own.name, columns)

    def rows(self, name, *columns):
        """Rows of `lexicon/NAME.csv`."""
        return table(self.folder / f"{name}.csv", columns)

    def pattern(self, name, row, column, shape="{}"):
        """The cell of a row of `lexicon/NAME.csv` as a pattern, None where it is empty; BadInput names a bad one."""
        try:
            return re.compile(shape.format(row[column])) if row[column] else None
        except re.error as e:
            where = f"{self.folder / name}.csv:{row['line']}"
            raise BadInput(f"{where}: {column} {row[column]!r}: {e}; expected a regular expression") from None
