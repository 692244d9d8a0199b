"""Numbers in the cells of tables: unit, noun, period and change come from header, label and unit cell."""

import re
from dataclasses import dataclass
from decimal import Decimal

from lib.evidence.quantities import noun_after, noun_before, units
from lib.lexicon import compiled, words
from lib.reading import numerals

CELLS = re.compile(r"\t+|[ \u3000]*[|｜][ \u3000]*|[ \u3000]{2,}")
SPACED = re.compile(r"[ \u3000]+(?![(（])")
BRACKETED = compiled("unit in brackets").pattern
UNIT = re.compile(BRACKETED + r"\s*$")
OVERALL, MEASURE = compiled("unit of a table"), compiled("unit in a cell")
NUMBER = re.compile(rf"[-+]?(?:\d{{1,3}}(?: \d{{3}})+(?:\.\d+)?|{numerals.ARABIC})%?")
FLAT = re.compile(BRACKETED + r"(?P<between>[^,，。；;\n]{0,60})$")
YEAR, CHANGE = compiled("year in a cell"), compiled("head of a change")
ORDER, LABEL, MEASURES = map(words, ("head of an order", "head of labels", "head of measures"))
ALONE, SENTENCE = re.compile(r"[(（\s]|$"), re.compile(r"[\d，,。；;！？!?]|^.{31}")
SIGNS = {"+": "increase", "↑": "increase", "-": "decrease", "↓": "decrease"}


@dataclass(frozen=True)
class Head:
    """A column: its kind (order | label | measure | change | value), its words, factor and unit, its year."""

    kind: str
    words: str
    unit: tuple = (1, "")
    year: str = ""


def find(document, lexicon) -> tuple[list[dict], set[int]]:
    """(amounts of the cells, the characters of all cells with numbers); `noun` and more stand in them already."""
    known, found, inside, heads, overall = units.rules(lexicon).units, [], set(), [], None
    chars = document.chars
    for p in document.passages:
        line = chars[p.start : p.end]
        overall = _measure(OVERALL.search(line), known) or overall
        cells = _cells(line, p.start, heads)
        words = [chars[a:b] for a, b in cells]
        if _is_header(words, overall):
            heads = [_head(w, overall, known) for w in words]
        elif len(cells) < 2 or not any(map(NUMBER.fullmatch, words)):
            heads = heads if len(cells) == 1 and overall else []
        elif len(heads) == len(cells) or "|" in line:
            told = heads if len(heads) == len(cells) else [Head("value", "")] * len(cells)
            row = _row(document, cells, told, lexicon)
            found += row
            inside |= {i for (a, b), w in zip(cells, words, strict=True) if NUMBER.fullmatch(w) for i in range(a, b)}
    return found, inside


def _cells(line, base, heads):
    """The spans of a line's cells; single spaces part them below a header that they part too."""
    edges = CELLS if CELLS.search(line) else SPACED
    marks = [(0, 0), *((m.start(), m.end()) for m in edges.finditer(line)), (len(line), len(line))]
    spans = [(base + a[1], base + b[0]) for a, b in zip(marks, marks[1:], strict=False)]
    spans = [s for s in spans if s[0] < s[1]]
    told = [w in ORDER + LABEL for w in line.split()] + [sum(map(bool, map(YEAR.fullmatch, line.split()))) > 1]
    plain = edges is SPACED and len(spans) != len(heads) and not any(told)
    return [(base, base + len(line))] if plain else spans


def _is_header(words, overall):
    if len(words) < 2 or any(NUMBER.fullmatch(w) and not YEAR.fullmatch(w) for w in words):
        return False
    named = any(w in ORDER + LABEL + MEASURES or UNIT.search(w) or YEAR.fullmatch(w) for w in words)
    return named or bool(overall)


def _head(words, overall, known):
    """A column of a header; the unit of the whole table counts where its own cell names none."""
    for kind, names in (("order", ORDER), ("label", LABEL), ("measure", MEASURES)):
        if words in names:
            return Head(kind, words)
    if not UNIT.search(words) and CHANGE.search(words):
        return Head("change", words, (1, "%"))
    own = _measure(UNIT.search(words), known)
    noun = words[: UNIT.search(words).start()].strip() if own else words
    return Head("value", noun, own or overall or (1, ""), noun if YEAR.fullmatch(noun) else "")


def _measure(m, known):
    """(factor, unit) of a match that names a unit, else None."""
    return (numerals.read(m["magnitude"]) or 1, m["unit"]) if m and m["unit"] in known else None


def _row(document, cells, heads, lexicon):
    """The amounts of a row of cells."""
    chars, known = document.chars, units.rules(lexicon).units
    words = [chars[a:b] for a, b in cells]
    told = [i for i, head in enumerate(heads[: len(words)]) if head.kind not in ("order", "measure")]
    plain = [i for i in told if not NUMBER.match(words[i]) and words[i] not in SIGNS]
    if not plain and not YEAR.fullmatch(words[0]):
        return []
    label = plain[0] if plain else 0
    own = _measure(UNIT.search(words[label]), known)
    measures = (w for w, head in zip(words, heads, strict=True) if head.kind == "measure")
    own = own or next((_measure(MEASURE.fullmatch(w), known) for w in measures), None)
    noun, found = _label(document, cells[label], lexicon), []
    for i, (cell, head) in enumerate(zip(cells, heads, strict=True)):
        if i == label or head.kind in ("order", "measure", "label") or not NUMBER.fullmatch(words[i]):
            continue
        of_column = head.words and not head.year and head.kind == "value" and heads[label].kind == "value"
        unit = head.unit if head.unit[1] else (1, "") if head.kind == "change" else own or (1, "")
        change = ("decrease" if words[i][0] == "-" else "increase") if head.kind == "change" else ""
        signed = words[i].endswith("%") and SIGNS.get(words[i][0], "")
        sign = SIGNS.get(words[i - 1], "") or change or signed
        found.append(_amount(cell, words[i], unit, known) | {"noun": head.words if of_column else noun})
        found[-1]["year"] = head.year or (words[label] if YEAR.fullmatch(words[label]) else "")
        if sign:
            value = found[-1]["value"] if sign == "increase" else abs(found[-1]["value"])
            found[-1] |= {"value": value, "relation": sign, "basis": "yoy" if head.kind == "change" else ""}
    return found


def flattened(document, amount, lexicon) -> dict:
    """What a unit in brackets before a number says of it, as in 总额(亿元)10.00 or 人数(人) 网格员 412; else {}."""
    chars, known = document.chars, units.rules(lexicon).units
    p = document.passages[document.sentences[document.sentence_at(amount["start"])].passage]
    m = FLAT.search(chars, p.start, amount["start"])
    unit = _measure(m, known)
    if not unit or amount["unit"] or amount["value"] == "":
        return {}
    a, b = (p.start, m.start()) if not m["between"].strip() else m.span("between")
    label = SPACED.split(chars[a:b].strip())[-1]
    cell = chars.rindex(label, a, b)
    value = {"value": numerals.plain(Decimal(str(amount["value"])) * unit[0]), "unit": unit[1]}
    return value | {"unit_kind": known[unit[1]][0], "noun": _label(document, (cell, cell + len(label)), lexicon)}


def beside(document, amount, lexicon) -> str:
    """The noun of an amount that stands alone on its line: what the line before it names, if that is no sentence."""
    i = document.sentences[document.sentence_at(amount["start"])].passage
    own, chars = document.passages[i], document.chars
    alone = own.start == amount["start"] and ALONE.match(chars, amount["end"], own.end)
    if not i or not alone:
        return ""
    above = document.passages[i - 1]
    return "" if SENTENCE.search(chars, above.start, above.end) else _label(document, (above.start, above.end), lexicon)


def _label(document, cell, lexicon):
    """The noun that a row's label ends with; the label itself where it is no sentence."""
    a, b = cell
    m = UNIT.search(document.chars, a, b)
    b = m.start() if m else b
    a = max(a, document.chars.rfind(":", a, b) + 1)
    words = document.chars[max(a, b - noun_after.REACH) : b]
    return noun_before.ahead(words, {"unit": ""}, lexicon) or document.chars[a:b].strip()


def _amount(cell, words, unit, known):
    words = words.lstrip("+")
    value = numerals.read(words.rstrip("%")) * unit[0]
    name = "%" if words.endswith("%") else unit[1]
    return {
        "start": cell[0],
        "end": cell[1],
        "core": cell[0],
        "value": int(value) if float(value).is_integer() else round(value, 6),
        "value_high": "",
        "unit": name,
        "unit_kind": known[name][0] if name in known else "share" if name == "%" else "",
        "bound": "exact",
        "basis": "",
        "base_value": "",
        "told": "table:cell",
    }
