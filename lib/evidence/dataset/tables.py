"""The evidence as a folder of CSV tables: gathered from texts, checked, saved, loaded."""

import csv
import filecmp
import hashlib
import io
import math
import os
import shutil
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import pandas as pd

from lib import paths, schemas
from lib.evidence.dataset import reads
from lib.evidence.dataset.spool import Spool
from lib.lexicon import BadInput, table
from lib.reading.places import row_of
from lib.reading.register import PLACE

WORDS = pd.StringDtype("python", na_value=math.nan)  # what is asked for cell by cell is slow in Arrow's
CHUNK = 100_000  # rows that are checked together
WHOLE = "datapackage.json"  # written last: a folder without it may hold tables of two runs


class Writer:
    """Writes tables into a folder of its own, which takes the place of the old one only when whole.

    Sources come in any order; in the tables they stand in the order of their names.
    """

    def __init__(self, folder):
        self.folder, self.part = Path(folder), Path(f"{folder}.part")
        shutil.rmtree(self.part, ignore_errors=True)
        self.part.mkdir(parents=True)
        self._names = []
        self._tables = {name: Spool(self.part / f"{name}.rows") for name in schemas.TABLES}

    def add(self, tables, source=""):
        """Takes {table: rows} of a source; a row is a dict of some of the columns, or a list of all cells."""
        self._names.append(source)
        for name, spool in self._tables.items():
            spool.add(_lines(cells(name, tables.get(name, ()))))

    def close(self):
        """Checks each table against its schema and moves those that changed into their place."""
        order = sorted(range(len(self._names)), key=self._names.__getitem__)
        for name, spool in self._tables.items():
            spool.into(self.part / f"{name}.csv", order, _lines([schemas.names(name)]))
        for name in schemas.TABLES:
            for _ in _checked(self.part, name, CHUNK):
                pass
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / WHOLE).unlink(missing_ok=True)
        for name in schemas.TABLES:
            new, old = self.part / f"{name}.csv", self.folder / f"{name}.csv"
            if old.exists() and filecmp.cmp(new, old, shallow=False):
                new.unlink()
            else:
                os.replace(new, old)
        self.part.rmdir()


def cells(name: str, rows) -> list:
    """Rows of a table as lists of cells; one may leave columns out, never hold one that the schema lacks."""
    columns = schemas.names(name)
    return [[written(row.get(c, "")) for c in columns] if isinstance(row, dict) else row for row in rows]


def _lines(rows):
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def written(value):
    """A cell: whole numbers without a point, nothing for what is unknown."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 10))
    return str(value)


def checked(folder, name):
    """One table as a DataFrame that its schema has passed; BadInput names the first cell that fails."""
    (frame,) = _checked(folder, name)
    return frame


def _checked(folder, name, rows=None):
    """A table as checked DataFrames of so many rows, in order; as one without a number."""
    path = Path(folder) / f"{name}.csv"
    if not path.exists():
        raise BadInput(f"{path}: no such file; expected a table of the dataset (make evidence writes it)")
    try:
        frames = pd.read_csv(path, dtype=WORDS, keep_default_na=False, encoding="utf-8", chunksize=rows)
        for frame in frames if rows else [frames]:
            yield _valid(path, name, frame)
    except UnicodeDecodeError as e:
        raise BadInput(f"{path}: not UTF-8 at byte {e.start}; expected UTF-8") from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as e:
        said = " ".join(str(e).split())
        raise BadInput(f"{path}: no table ({said}); expected CSV") from None


def _valid(path, name, frame):
    import pandera.errors

    columns = schemas.TABLES[name]
    if list(frame.columns) != schemas.names(name):
        raise BadInput(f"{path}:1: columns {', '.join(frame.columns)}; expected {', '.join(schemas.names(name))}")
    for c in columns:
        if c.kind in ("number", "integer"):
            frame[c.name] = _numbers(path, frame[c.name], c)
    try:
        return schemas.schema(name).validate(frame)
    except pandera.errors.SchemaError as e:
        bad = e.failure_cases.iloc[0]
        line = int(bad["index"]) + 2 if pd.notna(bad["index"]) else 1
        raise BadInput(
            f"{path}:{line}: {e.schema.name} is {bad['failure_case']!r}; expected {_expected(e.check)}"
        ) from None


def _numbers(path, cells, column):
    numbers = pd.to_numeric(cells.where(cells != ""), errors="coerce")
    wrong = numbers.isna() & (cells != "")
    if wrong.any():
        at = wrong.idxmax()
        raise BadInput(f"{path}:{at + 2}: {column.name} is {cells[at]!r}; expected a number or nothing")
    return numbers.astype("Int64" if column.kind == "integer" else float)


def _expected(check):
    allowed = getattr(check, "statistics", {}).get("allowed_values")
    return f"one of {', '.join(v or 'nothing' for v in allowed)}" if allowed else str(check)


@dataclass(frozen=True)
class Evidence:
    """The tables of one folder as attributes (`evidence.quantities`), the places, the texts where they are at hand."""

    folder: Path
    texts: Path | None = None
    tables: reads.Tables = field(default_factory=dict)

    def __post_init__(self):
        object.__setattr__(self, "tables", reads.Tables.of(self.tables))

    def __getattr__(self, name):
        if name in schemas.TABLES:
            return self.tables[name]
        raise AttributeError(name)

    @cached_property
    def places(self):
        """The places.csv of the texts, if they have one, and of data/ by id, and a row for each other place of the
        sources, with its level and what it lies in."""
        files = [path for path in (self.folder / "places.csv", paths.DATA / "places.csv") if path.exists()]
        known = pd.concat([pd.DataFrame(table(path, PLACE)) for path in files]).drop(columns="line").fillna("")
        known = known.drop_duplicates("id").set_index("id")
        extra = self.sources[~self.sources["place"].isin(known.index)].drop_duplicates("place").set_index("place")
        told = [row_of(place, zh) for place, zh in extra["place_zh"].items()]
        named = pd.DataFrame([r | {"en": r["en"] or r["id"]} for r in told], columns=PLACE, dtype=object)
        rows = named.set_index("id").reindex(columns=known.columns)
        return pd.concat([known, rows.where(rows.notna(), "")]) if len(rows) else known

    def quote(self, source, start, end):
        """The raw characters of a span, or None where the text of the register is not at hand."""
        raw = self._raw(source)
        return None if raw is None else raw[int(start) : int(end)]

    def _raw(self, source):
        cache = self.__dict__.setdefault("_raws", {})
        if source not in cache:
            cache[source] = _resolved(self.texts, source, self.sources)
        return cache[source]

    def only(self, places):
        """The same evidence for some places, in that order; all of them where `places` is empty."""
        if not places:
            return self
        places = self.ids(places)
        ids = set(self.sources.loc[self.sources["place"].isin(places), "id"])
        kept = {name: partial(self._limited, name, ids) for name in self.tables}
        return Evidence(self.folder, self.texts, reads.Tables(kept, ids))

    def ids(self, places):
        """The ids of places with a text that are given by id or name; BadInput where one is none."""
        told = sorted(set(self.sources["place"]))
        names = {name: r.Index for r in self.places.itertuples() if r.Index in told for name in (r.zh, r.en)}
        if unknown := [p for p in places if p not in told and p not in names]:
            known = ", ".join(f"{id} ({self.places['zh'].get(id)})" if id in self.places.index else id for id in told)
            raise BadInput(f"PLACES: no text about {', '.join(unknown)}; expected some of {known}")
        return [p if p in told else names[p] for p in places]

    def _limited(self, name, ids):
        """The rows of a table that speak of these texts alone."""
        table = self.tables.peek(name)
        told = [c for c in ("source", "source_a", "source_b") if c in table] or ["id"]
        return table[table[told].isin(ids).all(axis=1)].reset_index(drop=True)


def _resolved(texts, source, sources):
    path = Path(texts) / f"{source}.txt" if texts else None
    if path is None or not path.exists():
        return None
    data = path.read_bytes()
    told = sources.loc[sources["id"] == source, "text_sha256"]
    return data.decode("utf-8", "surrogatepass") if list(told) == [hashlib.sha256(data).hexdigest()] else None


def load(folder=paths.EVIDENCE, texts=None):
    """The evidence of a folder; `texts` is a folder of ID.txt files (build/texts), where quotations are wanted."""
    return Evidence(Path(folder), texts or None, {name: checked(folder, name) for name in schemas.TABLES})


def parts(folder):
    """{source: {table: rows as dicts of strings}} of a saved dataset, for adding texts to it."""
    out = {}
    for name in schemas.TABLES:
        for row in table(Path(folder) / f"{name}.csv", tuple(schemas.names(name))):
            cells = {c: row[c] for c in schemas.names(name)}
            source = cells.get("source") or cells.get("source_a") or cells["id"]
            out.setdefault(source, {}).setdefault(name, []).append(cells)
    return out
