"""What stands behind a number: the rows of evidence, in a form that travels inside an executed notebook."""

import hashlib
import re
from functools import cached_property

import pandas as pd

from lib.comparison.elements import english
from lib.evidence.dataset import reads
from lib.evidence.dataset.reads import Tables
from lib.reading import persons, private
from lib.reading.script import simplified
from lib.report.show import escape
from lib.report.show.labels import Labels

MIME = "application/vnd.governance.report+json"  # of what travels
TABLES = "quantities mentions claims roles loops formulas links statements sentences passages ledger sources".split()
WHAT = {"mentions": ("key", "type"), "quantities": ("noun", "relation"), "claims": ("direction", "measured_by")}
WHAT |= {"roles": ("actor", "role"), "links": ("actor", "verb"), "statements": ("element", "value")}
WHAT |= {"loops": ("stage",), "formulas": ("part",)}
WHOLE = 1 << 40  # more characters than any text has
MOST = 400  # rows of one set that travel; the set tells how many there are
DETAILS = ("title", "publisher", "republished_by", "published", "address")


def ids_of(rows):
    """The ids behind `rows`: a DataFrame with id (else sentence, passage, source, ids), a row, ids or lists of ids."""
    if isinstance(rows, pd.DataFrame):
        column = next((c for c in ("id", "sentence", "passage", "source", "ids") if c in rows), None)
        if column is None:
            raise ValueError(f"rows without id, sentence, passage, source or ids: {', '.join(map(str, rows.columns))}")
        rows = rows[column]
    elif isinstance(rows, pd.Series) and "id" in rows.index:
        rows = [rows["id"]]
    if isinstance(rows, str):
        return (rows,)
    told = (row if isinstance(row, (list, tuple)) else (row,) for row in rows)
    return tuple(dict.fromkeys(str(id) for ids in told for id in ids))


def anchor(ids):
    """The name of the place in the appendix that these ids lead to: of one row, or of a set of rows; "" for none."""
    if not ids:
        return ""
    joined = " ".join(sorted(ids))
    if len(ids) == 1 and re.fullmatch(r"[A-Za-z0-9_.-]+", joined):
        return f"ev-{joined}"
    return f"set-{hashlib.sha1(joined.encode()).hexdigest()[:12]}"


class Registry:
    """Finds rows of evidence by id, with their source and, where the text is at hand, their sentence."""

    def __init__(self, evidence, labels=None):
        """`evidence` has a DataFrame for each name of TABLES that there is, and `quote(source, start, end)`."""
        self.evidence, self.labels, self._shown = evidence, labels or Labels(), {}

        self._rows, self._cells = {}, {}

    @cached_property
    def _tables(self):
        given = getattr(self.evidence, "tables", None)
        return given or Tables.of({n: t for n in TABLES if (t := getattr(self.evidence, n, None)) is not None})

    @cached_property
    def _place_of_id(self):
        """{id: (table, number of its row)}; which rows are needed is noted as they are shown."""
        found = {}
        for name in reversed([name for name in TABLES if name in self._tables]):
            frame = self._tables.peek(name)
            found.update((id, (name, n)) for n, id in enumerate(frame["id"] if "id" in frame else ()))
        return found

    def _row(self, table, n):
        if table not in self._cells:
            frame = self._tables.peek(table)
            self._cells[table] = {column: frame[column].tolist() for column in frame}
        return {column: cells[n] for column, cells in self._cells[table].items()}

    def row(self, id):
        """{table, source, start, end, surface, sentence, rule} of an id; ValueError where no table has it."""
        if id not in self._rows:
            self._rows[id] = self._told(id)
        return self._rows[id]

    def _told(self, id):
        if id not in self._place_of_id:
            raise ValueError(f"no evidence has the id {id!r}")
        table, n = self._place_of_id[id]
        row = self._row(table, n)
        reads.note(table, [row.get("source", id)])
        if table == "sources":
            return {"id": id, "table": table, "source": id}
        columns = ("source", "start", "end", "surface", "sentence", "rule")
        kept = {key: row[key] for key in columns if _given(row.get(key))}
        if "surface" in kept:
            said = self._surface(**{key: kept[key] for key in ("source", "start", "end", "surface")})
            kept["surface"] = escape.capped(said)
        own = {"sentence": id} if table == "sentences" else {}
        told = {"id": id, "table": table, "what": self._what(table, row), **own}
        return told | {key: _plain(value) for key, value in kept.items()}

    def _what(self, table, row):
        """What the row says of its words, in a label or two."""
        said = [(column, row.get(column, "")) for column in WHAT.get(table, ())]
        if table == "statements" and self.labels.language == "en":
            said = [said[0], ("value", english.phrase(row))]
        own = ("noun", "part") if self.labels.language == "zh" else ()  # a gloss explains words that a reader has
        labels = [
            value if column in own else self.labels.of(value, column)
            for column, value in said
            if _given(value) and (column != "key" or self.labels.has(value))
        ]
        return self.labels.listed(label for label in dict.fromkeys(labels) if label)

    def pack(self, sets):
        """What an output carries for its citations, {anchor: ids}: sets, rows, sentences and sources."""
        rows = {id: self.row(id) for ids in sets.values() for id in ids[:MOST]}
        within = sorted({r["sentence"] for r in rows.values() if r.get("sentence")})
        return {
            "sets": {name: {"ids": list(ids[:MOST]), "count": len(ids)} for name, ids in sets.items()},
            "rows": rows,
            "sentences": {id: self.sentence(id) for id in within},
            "sources": {id: self.source(id) for id in sorted({r["source"] for r in rows.values()})},
        }

    def sentence(self, id):
        """{source, start, end, text} of a sentence; text is "" where the source isn't at hand, persons are masked."""
        row = self.row(id)
        text = self._unglossed(row["source"], int(row["start"]), int(row["end"]))
        return {**{key: row[key] for key in ("source", "start", "end")}, "text": escape.capped(_readable(text))}

    def _unglossed(self, source, start, end):
        """The words of a span without the pinyin that its page prints behind characters, as cleaning cut it."""
        text, kept, at = self._text(source)[0], [], start
        reads.note("ledger", [source])
        for a, b in self._glosses.get(source, ()):
            if start <= a and b <= end:
                kept.append(text[at:a])
                at = b
        return "".join([*kept, text[at:end]])

    @cached_property
    def _glosses(self):
        """{source: [(start, end)]} of what cleaning cut as pinyin."""
        if "ledger" not in self._tables:
            return {}
        cut = self._tables.peek("ledger").query("rule == 'gloss'")
        return {source: list(zip(own["start"], own["end"], strict=True)) for source, own in cut.groupby("source")}

    def words(self, source, start, end):
        """The raw characters of a span, persons masked as the whole text names them; "" where it isn't at hand."""
        return self._text(source)[0][int(start) : int(end)]

    def _surface(self, source, start, end, surface):
        """A surface with its persons masked as the whole text names them, where that text is at hand."""
        same = surface == self.evidence.quote(source, start, end)
        return self.words(source, start, end) if same else private.mask(surface)

    def named(self, source):
        """{full name of a person: masked name} of a text at hand, in its script and in simplified characters."""
        return self._text(source)[1]

    def _text(self, source):
        """(masked raw text, {name: masked name}) of a source; empty where it isn't at hand."""
        if source not in self._shown:
            raw = self.evidence.quote(source, 0, WHOLE) or ""
            masked = private.mask(raw)
            forms = [(raw[a:b], masked[a:b]) for a, b in persons.find(simplified(raw)) if b - a > 2]
            self._shown[source] = masked, {f: m for raw, m in forms for f in (raw, simplified(raw))}
        return self._shown[source]

    @cached_property
    def names(self):
        """{id of a source: its name for readers}: Yunzhou 2023; with a letter where a place has two of a year."""
        plain = {}
        for r in self.evidence.sources.itertuples():
            place = self.labels.of(r.id if r.place in ("", "unknown") else r.place, "short")
            plain[r.id] = f"{place} {str(r.published)[:4]}".strip()
        alike = {name: [id for id in plain if plain[id] == name] for name in plain.values()}
        return {
            id: name + (chr(97 + alike[name].index(id) % 26) if len(alike[name]) > 1 else "")
            for id, name in plain.items()
        }

    def source(self, id):
        """{place, title, publisher, published, address, ...} of a source, its place in the language of the report."""
        frame = self.evidence.sources
        row = frame[frame["id"] == id].iloc[0]
        place = row.get("place", "")
        details = {key: str(row[key]) for key in DETAILS if row.get(key, "")}
        if "publisher" in details:
            details["publisher"] = self.labels.of(details["publisher"], "publisher")
        own = {"place_id": place, "place": self.labels.of(place), "name": self.names[id]}
        return {**own, "comma": self.labels.mark("comma"), **details}

    def hint(self, ids):
        """One line on what stands behind a number, for a tooltip."""
        rows = [self.row(id) for id in ids[:3]]
        shown = "; ".join(f"{self.names[r['source']]}: {r.get('surface', '')}".strip(": ") for r in rows)
        return self.labels.written(shown + (f" … ({len(ids)})" if len(ids) > 3 else ""))


def _given(value):
    return value is not None and value is not pd.NA and value != "" and value == value


def _plain(value):
    return value.item() if hasattr(value, "item") else value


def _readable(text):
    """The raw sentence on one line, its persons masked; Chinese that the source broke over lines is joined."""
    joined = re.sub(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]\s*(?=[^\x00-\x7f])", "", text.strip())
    return private.mask(" ".join(joined.split()))


def reference(source, mark=escape.markdown):
    """A source as a footnote names it; `mark` makes each part fit the language it stands in."""
    parts = [source.get(key, "") for key in ("place", "title", "publisher", "published", "address")]
    return source.get("comma", ", ").join(mark(part) for part in parts if part)
