"""What was read of a folder of texts, in partitions: Parquet files, written whole and named by all that they stand on.

A run that was ended goes on with the partitions that are there, and an edit of a text costs its partition. Any of the
tables can be asked as it is: `select * from 'build/evidence.parts/*/quantities.parquet'` in DuckDB.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lib import paths, schemas
from lib.evidence.dataset.tables import cells
from lib.lexicon import BadInput
from lib.reading import files, register

FEW, SIZES, BYTES = 512, (8, 64), 4_000_000  # texts of a partition on average, in a small folder and in a large one
CODE = ("*.py", "rules/*.py", "reading/*.py", "evidence/*.py", "evidence/*/*.py")
READS = pa.schema(
    [
        *((name, pa.string()) for name in ("file", "id", "sha256", "wrong")),
        ("warnings", pa.list_(pa.string())),
        *((name, pa.binary()) for name in ("raw", "letters", "places")),
        ("rows", pa.list_(pa.int64())),  # of each table
    ]
)


def cut(listed: list[Path]) -> Iterator[list[Path]]:
    """The texts in partitions. A border depends on a file's own name, so that one text more leaves the others alone."""
    size, part, held = SIZES[len(listed) > FEW], [], 0
    for path in listed:
        begins = int(hashlib.sha256(os.fsencode(path.name)).hexdigest()[:8], 16) % size == 0
        if part and (begins or held > BYTES or len(part) >= 4 * size):
            yield part
            part, held = [], 0
        part.append(path)
        held += path.stat().st_size if path.is_file() else 0
    yield part


def name(part: list[Path], lexicon, decisions) -> str:
    """The name of a partition: a hash of its texts, what the register and the coders say of them, rules and code."""
    digest = hashlib.sha256(ground(lexicon).encode())
    mine, known = register.beside(part[0].parent)
    digest.update(known.read_bytes())
    for path in part:
        told = content(path)
        row = register.row_of(path, told, mine, known) or {"id": register.own_id(path, told)}
        decided = [d for d in decisions if d.source == row["id"]]
        digest.update(repr((str(path), told, str(mine), row, decided)).encode())
    return digest.hexdigest()[:32]


def content(path: Path) -> str:
    """The hash of a file's bytes, or the line that says why it can't be read."""
    try:
        return hashlib.sha256(files.contents(files.inside(path))).hexdigest()
    except BadInput as e:
        return str(e)


@cache
def ground(lexicon) -> str:
    """A hash of the rules, of the code that reads and of the libraries it uses."""
    digest = hashlib.sha256(sys.version.encode())
    code = (path for pattern in CODE for path in sorted((paths.ROOT / "lib").glob(pattern)))
    folders = (lexicon.codebook, paths.DATA / "codebook", lexicon.folder)
    tables = (path for folder in folders for path in sorted(Path(folder).rglob("*")))
    for path in (*code, *tables, paths.DATA / "limits.csv", paths.ROOT / "requirements.txt"):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def write(folder: Path, reads: list):
    """Writes what was read of one partition into a folder, whole or not at all."""
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    tables = [{name: cells(name, (r.tables or {}).get(name, ())) for name in schemas.TABLES} for r in reads]
    for name, columns in schemas.TABLES.items():
        rows = [row for table in tables for row in table[name]]
        columns = {c.name: pa.array([row[i] for row in rows], pa.string()) for i, c in enumerate(columns)}
        pq.write_table(pa.table(columns), part / f"{name}.parquet", compression="zstd")
    told = [
        {
            "file": r.file,
            "id": r.entry.get("id"),
            "sha256": r.entry.get("sha256"),
            "wrong": r.wrong,
            "warnings": list(r.warnings),
            "raw": r.raw.encode("utf-8", "surrogatepass"),
            "letters": r.letters[0],
            "places": r.letters[1],
            "rows": [len(table[name]) for name in schemas.TABLES],
        }
        for r, table in zip(reads, tables, strict=True)
    ]
    pq.write_table(pa.Table.from_pylist(told, READS), part / "reads.parquet", compression="zstd")
    try:
        part.rename(folder)
    except OSError:  # another run wrote it just now
        if not folder.exists():
            raise
        shutil.rmtree(part)


def read(folder: Path) -> Iterator[dict]:
    """What was read of each text of a partition, as READS has it, `rows` as {table: lists of cells}."""
    tables = {}
    for name in schemas.TABLES:
        columns = pq.read_table(folder / f"{name}.parquet").to_pydict().values()
        tables[name] = list(zip(*columns, strict=True))
    at = dict.fromkeys(schemas.TABLES, 0)
    for told in pq.read_table(folder / "reads.parquet").to_pylist():
        counts = dict(zip(schemas.TABLES, told["rows"], strict=True))
        rows = {name: tables[name][at[name] : at[name] + n] for name, n in counts.items()}
        at = {name: at[name] + n for name, n in counts.items()}
        yield told | {"rows": rows}


def prune(folder: Path, kept: set[str]):
    """Removes the partitions that no text of the folder needs any more."""
    for old in folder.iterdir():
        if old.name not in kept:
            shutil.rmtree(old, ignore_errors=True)
