"""Numbers in columns: a unit in a header （亿元） counts for the bare numbers of the cells below it."""

import re

from lib.evidence.quantities import units as measures
from lib.reading import numerals

CELLS = re.compile(r"\t+|\s*[|｜]\s*|\s{2,}")
UNIT = re.compile(r"[(（](?:单位[:：]?)?(?P<magnitude>[十百千万亿]*)(?P<unit>[^()（）\d]{1,6})[)）]\s*$")
OVERALL = re.compile(r"单位[:：]\s*(?P<magnitude>[十百千万亿]*)(?P<unit>[^\s()（）\d]{1,6})[)）]?\s*$")
NUMBER = re.compile(rf"[-]?(?:{numerals.ARABIC})")


def find(document, chars, lexicon):
    """Amounts, with their `noun`, of the cells below headers that name a unit; [] for a text without columns."""
    if not CELLS.search(chars) or not re.search(r"[(（]|单位", chars):
        return []
    units, found, header, overall = measures.rules(lexicon).units, [], [], None
    for p in document.passages:
        line = chars[p.start : p.end]
        m = OVERALL.search(line)
        overall = m if m and m["unit"] in units else overall
        cells = _cells(line, p.start)
        words = [chars[a:b] for a, b in cells]
        if len(cells) < 2:
            header = header if m else []
        elif any(map(UNIT.search, words)) or (overall and not any(map(NUMBER.fullmatch, words))):
            header = [_head(w, overall, units) for w in words]
        elif len(header) == len(cells):
            heads = [_named(head, words[0]) for head in header]
            found += filter(None, (_amount(chars, c, h, units) for c, h in zip(cells, heads, strict=True)))
    return found


def _cells(line, base):
    """The spans of a line's cells."""
    edges = [(0, 0), *((m.start(), m.end()) for m in CELLS.finditer(line)), (len(line), len(line))]
    spans = [(base + a[1], base + b[0]) for a, b in zip(edges, edges[1:], strict=False)]
    return [s for s in spans if s[0] < s[1]]


def _head(words, overall, units):
    """(noun, factor, unit) of a header's cell, None where it names no unit."""
    m = UNIT.search(words)
    m = m if m and m["unit"] in units else None
    if not m and not overall:
        return None
    told = m or overall
    return (words[: m.start()] if m else words).strip(), numerals.read(told["magnitude"]) or 1, told["unit"]


def _named(head, label):
    """A header with the row's label as its noun where the header is a year."""
    return (label.strip(), *head[1:]) if head and re.fullmatch(r"(?:19|20)\d\d年?", head[0]) else head


def _amount(chars, cell, head, units):
    m = NUMBER.fullmatch(chars, *cell)
    if not m or not head:
        return None
    value = numerals.read(m[0]) * head[1]
    value = int(value) if float(value).is_integer() else round(value, 6)
    return {
        "start": cell[0],
        "end": cell[1],
        "core": cell[0],
        "value": value,
        "value_high": "",
        "unit": head[2],
        "unit_kind": units[head[2]][0],
        "bound": "exact",
        "noun": head[0],
    }
