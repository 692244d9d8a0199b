"""The border of the dataset: what tells of one private person stands in no column of it."""

from bisect import bisect_left, bisect_right

import ahocorasick_rs

from lib import schemas
from lib.reading import private

# columns that hold no words of a text, and terms, of which words.py leaves out what is private
CODES = frozenset(
    "id source sentence passage file address sha256 text_sha256 encoding codebook found published date_precision "
    "date_basis genre key rule indicator alias_of loop link formula unit_kind basis element facet quantity "
    "period_start period_end type strength term a b source_a source_b".split()
)
SURE = 3  # characters of a name that is the same person wherever it stands in a text
ENTITY = 10  # characters of an entity of HTML that stands for one
TITLED = ("title", "publisher", "issuer", "republished_by")


def public(rows: list[dict], doc) -> list[dict]:
    """The rows, in cleaned characters, without those that a private number makes: a flat, a telephone, a plate."""
    hidden, starts = private.of(doc).numbers, [start for start, _ in private.of(doc).numbers]

    def own(row):
        last = bisect_left(starts, row["end"]) - 1
        return last < 0 or hidden[last][1] <= row["start"]

    return [row for row in rows if own(row)]


def closed(rows: dict[str, list[dict]], doc) -> dict[str, list[dict]]:
    """The {table: rows} with what is private crossed out in every column that holds words of the text."""
    forms, raw = _forms(doc)
    everywhere = _everywhere({form: new for form, new, _ in forms if len(form) >= SURE})
    for row in rows["sources"]:
        row |= {c: private.mask(everywhere(str(row[c]))) for c in TITLED if row.get(c)}
    if not forms:
        return rows
    starts, near = [s["start"] for s in rows["sentences"]], {}
    for form, new, at in forms:
        near.setdefault(rows["sentences"][max(0, bisect_right(starts, at) - 1)]["id"], {})[form] = new
    for table in rows.keys() - {"sources", "sentences", "passages", "ledger", "terms"}:
        strings = [c for c in schemas.TABLES[table] if c.kind == "string" and not c.values]
        worded = [c.name for c in strings if c.name not in CODES]
        for row in rows[table]:
            if "surface" in row:
                row["surface"] = raw[row["start"] : row["end"]]
            here = near.get(row.get("sentence"), {})
            row |= {c: _crossed(everywhere(row[c]), here) for c in worded if row.get(c)}
    return rows


def _forms(doc):
    """([(words, the same crossed out, where they begin in the raw text)], the raw text crossed out)."""
    found, text, out = private.of(doc), doc.text, []
    crossed = private.cross(doc.chars, found.crossed)
    raw = private.cross(doc.raw, [_raw(text, *span) for span in found.crossed])
    for start, end in [*found.names, *found.numbers]:
        a, b = _raw(text, start, end)
        out += [(doc.chars[start:end], crossed[start:end], a), (doc.raw[a:b], raw[a:b], a)]
    return [f for f in dict.fromkeys(out) if f[0] != f[1]], raw


def _raw(text, start, end):
    """The raw span of characters, an entity (&#38889;) at its end included."""
    a, b = text.raw_span(start, end)
    after = text.offsets[end] if end < len(text) else b
    return a, after if b < after <= b + ENTITY else b


def _everywhere(forms):
    """A function that crosses out the forms in some words, however many they are."""
    known = ahocorasick_rs.AhoCorasick(list(forms)) if forms else None

    def crossed(words):
        found = {words[a:b] for _, a, b in known.find_matches_as_indexes(words, overlapping=True)} if known else ()
        return _crossed(words, {form: forms[form] for form in found})

    return crossed


def _crossed(words, forms):
    for form, new in forms.items():
        words = words.replace(form, new) if form in words else words
    return words
