"""What every table of the dataset is, from data/tables.csv and data/columns.csv: its columns, their types, what they
mean, what they may hold."""

from dataclasses import dataclass
from functools import cache

from lib import paths
from lib.lexicon import BadInput, table

SHORT = 400  # characters: below about ten sentences a word or a practice more or less decides every measure
KINDS = {"string": None, "integer": "Int64", "number": float, "boolean": None}  # words stay as they were read
ACTORS = {r["kind"]: r for r in table(paths.LEXICON / "actor_kinds.csv", ("kind", "side", "builds", "colour"))}
INITIATIVES = tuple(r["kind"] for r in table(paths.LEXICON / "initiative_kinds.csv", ("kind", "zh", "en")))


@dataclass(frozen=True)
class Column:
    """A column: `kind` is string, integer, number or boolean; `values` are the only ones allowed, if any are named."""

    name: str
    kind: str
    about: str
    values: tuple = ()


def _tables(path):
    """{table: its columns}, the groups that tables share (+pointer) among them; BadInput names a row that can't be."""
    found = {}
    for row in table(path, ("table", "column", "kind", "about", "values")):
        name, kind = row["column"], row["kind"]
        if name[:1] != "+" and kind not in KINDS or name[:1] == "+" and name not in found:
            expected = f"a kind ({', '.join(KINDS)}), or a group of columns that stands above"
            raise BadInput(f"{path}:{row['line']}: column {name!r} of kind {kind!r}; expected {expected}")
        own = Column(name, kind, row["about"].replace("{SHORT}", str(SHORT)), _values(found, row["values"]))
        found[row["table"]] = (*found.get(row["table"], ()), *(found[name] if name[:1] == "+" else [own]))
    return found


def _values(found, cell):
    """The values that a cell names: words, =actor_kinds, or =TABLE.COLUMN for those of a column that stands above."""
    if cell == "=actor_kinds":
        return tuple(ACTORS)
    owner, _, name = cell[1:].partition(".") if cell[:1] == "=" else ("", "", "")
    return next(c.values for c in found[owner] if c.name == name) if owner else tuple(cell.split())


_ALL = _tables(paths.DATA / "columns.csv")
_ROWS = table(paths.DATA / "tables.csv", ("table", "letter", "about"))
TABLES = {r["table"]: _ALL[r["table"]] for r in _ROWS}
ABOUT = {r["table"]: r["about"] for r in _ROWS}
LETTERS = {r["table"]: r["letter"] for r in _ROWS if r["letter"]}
WITH_SURFACE = tuple(name for name, columns in TABLES.items() if any(c.name == "surface" for c in columns))
STATUSES, ROLES = _values(TABLES, "=mentions.status"), _values(TABLES, "=roles.role")
STAGES, RESULTS = _values(TABLES, "=loops.stage"), _values(TABLES, "=claims.kind")
DIRECTIONS, ORIGINS = _values(TABLES, "=claims.direction"), _values(TABLES, "=mentions.origin")


def names(table):
    """The columns of a table, in order."""
    return [c.name for c in TABLES[table]]


@cache
def schema(table):
    """The pandera schema of a table as it is loaded: text is never null, numbers may be."""
    import pandera.pandas as pa

    columns = {
        c.name: pa.Column(
            KINDS[c.kind], _checks(pa, c), nullable=c.kind in ("number", "integer"), coerce=bool(KINDS[c.kind])
        )
        for c in TABLES[table]
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def _checks(pa, column):
    values = ("true", "false") if column.kind == "boolean" else column.values and (*column.values, "")
    return [pa.Check.isin([*values])] if values else []
