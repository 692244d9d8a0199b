"""The register of texts, data/sources.csv: what is known of each, and what can be told of one that it lacks."""

import csv
import io
import os
import re
import unicodedata
from datetime import date
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

from lib import paths
from lib.lexicon import checked, each_row, table
from lib.limits import each
from lib.reading import files, formats, locate, places, told

COLUMNS = tuple(
    (
        "id file place title publisher republished_by published date_precision date_basis genre issuer address sha256"
    ).split()
)
PLACE = ("id", "zh", "en", "level", "parent", "province")
REGISTER, PLACES = paths.DATA / "sources.csv", paths.DATA / "places.csv"


def beside(folder):
    """(register, places) for the texts of a folder: its own sources.csv and places.csv, else those of data/."""
    own = Path(folder) / REGISTER.name, Path(folder) / PLACES.name
    return tuple(mine if mine.exists() else shared for mine, shared in zip(own, (REGISTER, PLACES), strict=True))


def entry(path, raw, digest, register=REGISTER, known=PLACES):
    """(the row of a text as a dict of strings, warnings): by its hash, else its file name, else told from the text."""
    path, registered = Path(path), locate.rows(known)
    row = row_of(path, digest, register, known)
    if row and row["sha256"] == digest:
        return _complete(row, raw, digest, registered), []
    if row:
        return _complete(row, raw, digest, registered), [
            f"{path}: differs from the text registered as {row['id']} in {os.path.relpath(register)}; "
            f"put its sha256 {digest} there if it replaces it"
        ]
    row = drafted(path, raw, digest, registered)
    return row, [
        f"{path}: not in the register, taken for {row['id']} of place {row['place']} ({row['found']}); "
        f"add to {os.path.relpath(register)}: {_line(row)}"
    ]


def row_of(path: Path, digest: str, register=REGISTER, known=PLACES) -> dict | None:
    """The row that the register has for a file, by its hash, else by its name."""
    by_hash, by_file = _by(register, known)
    return digest and by_hash.get(digest) or by_file.get(path.name)


@cache
def _by(register, known):
    """({hash: row}, {file: row}) of the register; the first row of a file counts."""
    rows = sources(register, known)[::-1]
    return {r["sha256"]: r for r in rows if r["sha256"]}, {r["file"]: r for r in rows}


@cache
def sources(register=REGISTER, known=PLACES):
    """The rows of the register, with dates as ISO has them and the ids of places that are named in Chinese; BadInput
    names the line of an id twice, a bad date, genre or hash, or an unknown place."""
    return each_row(
        partial(_row, register=register, registered=locate.rows(known), ids=set()), table(register, COLUMNS)
    )


def _row(row, register, registered, ids):
    row = {c: v.strip() if isinstance(v, str) else v for c, v in row.items()}
    row |= {"published": _in_iso(row["published"]), "place": _id_of(row["place"], registered)}
    genres = {*told.genres(), ""}
    known = {r["id"] for r in registered} | {"unknown"}
    checks = (
        (re.fullmatch(r"[a-z0-9_-]+", row["id"]), "id", "letters a-z, digits, - and _"),
        (row["id"] not in ids, "id", "each id once"),
        (_is_date(row["published"]), "published", "YYYY, YYYY-MM, YYYY-MM-DD or nothing"),
        (row["genre"] in genres, "genre", f"nothing or one of {', '.join(sorted(genres - {''}))}"),
        (re.fullmatch(r"(?:[0-9a-f]{64})?", row["sha256"]), "sha256", "64 hex digits or nothing"),
        (row["place"] in known or any(places.names_of(row["place"])), "place", _expected(row["place"])),
    )
    ids.add(row["id"])
    return checked(register, row, checks)


def _expected(place):
    """What a register's place may be; of a name that several have, their ids."""
    if alike := places.named(place):
        return f"one of the ids {', '.join(alike)}: {len(alike)} places have this name"
    return f"an id or Chinese name of {PLACES.name} or lexicon/divisions.csv, or unknown"


def _in_iso(words):
    """A date as ISO has it, where digits alone tell it with the year first, as 2024/5/1 that Excel writes."""
    parts = re.fullmatch(r"(\d{4})(?:\D(\d{1,2}))?(?:\D(\d{1,2}))?\D?", unicodedata.normalize("NFKC", words))
    return "-".join(part.zfill(2) for part in parts.groups() if part) if parts else words


def _id_of(place, registered):
    """The id of a place that is named in Chinese, by places.csv or as the one division of that name; else as it is."""
    own = next((r["id"] for r in registered if r["zh"] and r["zh"] == place), "")
    alike = places.named(place)
    return own or (alike[0] if len(alike) == 1 else place)


def _is_date(words):
    if not re.fullmatch(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?", words):
        return False
    try:
        return bool(not words or date.fromisoformat((words + "-01-01")[:10]))
    except ValueError:
        return False


def _complete(row, raw, digest, registered):
    """The register's row with the place's Chinese name, and with the genre that the text tells if the row has none."""
    zh = next((p["zh"] for p in registered if p["id"] == row["place"]), "") or places.names_of(row["place"])[0]
    genre = row["genre"] or told.genre(row["title"], told.top(raw))[0]
    return {c: row[c] for c in COLUMNS} | {"genre": genre, "place_zh": zh, "sha256": digest, "found": ""}


def drafted(path, raw, digest, registered):
    """A row from the text itself, id by file stem or hash; `found` and `place_zh` stand beside the columns."""
    row = dict.fromkeys(COLUMNS, "") | {"file": path.name, "sha256": digest}
    row["id"] = own_id(path, digest)
    return row | told.row(path, raw, registered)


def own_id(path: Path, digest: str) -> str:
    """The id of a text that no register knows: its file's stem, or its hash where that is no id."""
    return path.stem if re.fullmatch(r"[a-z0-9][a-z0-9_-]*", path.stem) else f"t-{digest[:12]}"


def _drafted(path, registered):
    raw, _, data, _ = formats.load(files.inside(path))
    return drafted(path, raw, sha256(data).hexdigest(), registered)


def draft(folder):
    """(files written, lines of what could not be read, line of what to look at first): sources.csv and places.csv of a
    folder, told by its texts, for a person to confirm; a file that is there stays as it is."""
    folder, rows, wrong = Path(folder), [], []
    registered = locate.rows(beside(folder)[1])
    for answer in each(formats.listed(folder), partial(_drafted, registered=registered)):
        if isinstance(answer, Exception):
            wrong.append(str(answer))
        else:
            rows.append(answer)
    found = {r["place"]: places.row_of(r["place"], r["place_zh"]) for r in rows if r["place_zh"]}
    found |= {r["id"]: r for r in registered if r["id"] in found}
    own = [found[k] for k in sorted(found)]
    tables = {REGISTER.name: ((*COLUMNS, "found"), rows), PLACES.name: (_columns(PLACES), own)}
    written = [p for name, (columns, lines) in tables.items() if (p := _written(folder / name, columns, lines))]
    return written, wrong, _open(rows)


def _open(rows):
    """How many drafted rows lack a place, a date, a kind of text: what a person looks at first."""
    lacking = {
        "place unknown": [r for r in rows if r["place"] == "unknown"],
        "no date": [r for r in rows if not r["published"]],
        "genre other": [r for r in rows if r["genre"] == "other"],
    }
    told = [
        f"{what}: {len(own)} ({', '.join(r['file'] for r in own[:3])}{' ...' * (len(own) > 3)})"
        for what, own in lacking.items()
        if own
    ]
    return f"texts: {len(rows)}" + ("; look first at " + "; ".join(told)) * bool(told)


def _columns(path):
    """The columns of a table, so that its drafts ask for the same."""
    with open(path, encoding="utf-8-sig", newline="") as f:
        return next(csv.reader(f))


def _written(path, columns, rows):
    """The path of a new table, which appears when it is whole, or None where there is one already."""
    if path.exists():
        return None
    text = io.StringIO()
    text.write("\ufeff")  # so that Excel opens it as UTF-8
    out = csv.DictWriter(text, columns, extrasaction="ignore", restval="", lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    paths.write(path, text.getvalue())
    return path


def _line(row):
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(row[c] for c in COLUMNS)
    return out.getvalue()
