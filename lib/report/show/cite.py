"""What a notebook talks to: numbers that carry their evidence, and the sentences, tables and figures that show them."""

import io
import re
from dataclasses import dataclass
from functools import total_ordering
from itertools import islice

import pandas as pd
from IPython.display import display

from lib.report.show import captions, escape, fonts, numbers, pane, registry, style
from lib.report.show import frame as tables
from lib.report.show.labels import Labels, placed
from lib.report.show.messages import translated
from lib.report.show.registry import MIME

_MARK = re.compile(r'xlink:href="evidence:([^"|]*)\|([^"]*)"')  # as layout.led gives it to a mark


@total_ordering
@dataclass(frozen=True, eq=False)
class Cited:
    """A value, its text, and the ids of the evidence rows behind it. Compares and adds up as its value does."""

    value: object
    ids: tuple
    text: str

    def __str__(self):
        return self.text

    def __format__(self, spec):
        return format(self.value, spec) if spec else self.text

    def __float__(self):
        return float(self.value)

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)

    def __lt__(self, other):
        return self.value < getattr(other, "value", other)

    def __hash__(self):
        return hash(self.value)


class Clauses(list):
    """Items that a sentence sets apart by semicolons."""


class Report:
    """Shows findings in one language, each number with a link to its evidence."""

    def __init__(self, evidence, language="en", places=(), texts=None):
        """`evidence` as lib.evidence.dataset.tables loads it; `places`: ids to compare, all where empty."""
        style.use()
        self.evidence, self.language, self.texts = evidence, language, texts
        self.labels = self._labels(language)
        self.places = style.order(places or evidence.sources["place"])
        self.registry = registry.Registry(evidence, self.labels)
        self._outputs = 0

    def label(self, key, group=""):
        """The label of a code, place, stage or kind; `group` tells direction:level from column:level."""
        return self.labels.of(key, group)

    def _labels(self, language):
        return placed(language, self.evidence) if hasattr(self.evidence, "places") else Labels(language)

    @property
    def both(self):
        """The functions that label in Chinese and in English, for what is said in both."""
        return self._labels("zh").of, self._labels("en").of

    def number(self, value, rows, fmt=None):
        """The value as Cited; `rows`: a DataFrame (id, else sentence, passage, source, ids), ids or lists of ids.

        `fmt` as in "{:.1%}"; without one, a number is written as numbers.plain does.
        """
        value = value.item() if hasattr(value, "item") else value
        text = fmt.format(value) if fmt else value if isinstance(value, str) else numbers.plain(value)
        return Cited(value, registry.ids_of(rows), text)

    def count(self, rows):
        """How many rows there are, as a number that leads to them."""
        return self.number(len(rows), rows)

    def text(self, words):
        """Words in the language of the report, as the catalogues have them."""
        return translated(words, self.language)

    def own(self, row):
        """What a row says in the language of the report, of its `zh` and `en`."""
        return getattr(row, self.language)

    def mark(self, name):
        """A mark between words, as the language of the report writes it (labels.MARKS)."""
        return self.labels.mark(name)

    def say(self, text, otherwise="", /, **values):
        """Show a paragraph of Markdown. {names} are filled in: Cited become links, other values are plain text.

        Where there are no {items}, `otherwise` is said, or nothing."""
        if not values.get("items", True):
            return self.say(otherwise) if otherwise else None
        sets = {}
        filled = self._filled(text, values, sets)
        told = {"kind": "say", "markdown": filled, "bare": bare(values)}
        self._show({**told, **self.registry.pack(sets)}, {"text/markdown": filled})

    def show(self, thing, key, /, rows=None, look="", **values):
        """Show a numbered table (a DataFrame) or figure (of matplotlib, or the text of an SVG), captioned as
        data/captions.csv has it under `key`, with {names} filled in from `values`.

        `rows`: the evidence that a figure draws, or that a table is made of. Where there are none, the sentence is
        said that the captions have for this case. `look` matrix: a table across the page, on a phone a block a row.
        `finding`: (sentence, its values) that stands in bold before the caption.
        """
        kind = "table" if isinstance(thing, pd.DataFrame) else "figure"
        told = {**captions.of(kind, key), **{c: values.pop(c) for c in ("caption", "note", "widths") if c in values}}
        if finding := values.pop("finding", None):
            told["caption"] = self.labels.sentences([f"**{self.text(finding[0])}**", self.text(told["caption"])])
            values |= finding[1]
        if told["empty"] and not len(thing if rows is None else rows):
            closed(thing)
            return self.say(told["empty"], **values)
        if kind == "table":
            return self._table(thing, {"key": key, "look": look}, told, values)
        return self._figure(thing, key, told, (rows, values))

    def _table(self, frame, told, words, values):
        widths = [float(w) for w in words["widths"].split()]
        if widths and len(widths) != len(frame.columns):
            raise ValueError(f"table {told['key']}: {len(widths)} widths for {len(frame.columns)} columns")
        content = tables.payload(frame, self.labels)
        kept = {c["key"] for c in content["columns"]}
        told["bare"] = bare(values)
        told["most"] = int(words["most"] or 0) or None
        told["widths"] = [w for w, name in zip(widths, frame.columns, strict=False) if str(name) in kept]
        sets = {registry.anchor(c["c"]): tuple(c["c"]) for row in content["body"] for c in row if c.get("c")}
        for cell in (c for row in content["body"] for c in row if "c" in c):
            cell["c"] = registry.anchor(cell["c"])
        left = [self.label(str(name), "column") for name in frame.columns if str(name) not in kept]
        note = captions.fitting(self.text(words["note"]), left, [c["t"] for row in content["body"] for c in row])
        told |= {part: self._filled(t, values, sets) for part, t in (("caption", words["caption"]), ("note", note))}
        packed = self.registry.pack(sets)
        self._mask(content, packed["sources"])
        self._show({"kind": "table", **told, **content, **packed}, {"text/html": tables.html(content)})

    def _figure(self, figure, key, words, drawn):
        rows, values = drawn
        sets, ids = {}, () if rows is None else registry.ids_of(rows)
        caption = self._filled(words["caption"], values, sets)
        sets.update({registry.anchor(ids): ids} if ids else {})
        svg = _MARK.sub(self._led({} if pane.live() else sets), figure if isinstance(figure, str) else svg_of(figure))
        svg = re.sub(r"(?<=>)[^<>]+(?=</text>)", lambda words: self.labels.written(words.group()), svg)
        told = {"kind": "figure", "key": key, "caption": caption, "bare": bare(values)}
        told["evidence"] = registry.anchor(ids)
        self._show({**told, **self.registry.pack(sets)}, {"image/svg+xml": svg})

    def _led(self, sets):
        """For a mark of a figure: the link to its rows, which are put into the sets."""

        def link(match):
            ids = tuple(match[1].split())
            sets[registry.anchor(ids)] = ids
            return f'xlink:href="#{registry.anchor(ids)}" aria-label="{self.labels.written(match[2])}"'

        return link

    def quote(self, rows, n=3):
        """Show excerpts: up to n sentences in which the rows stand, or pointers where the text isn't at hand."""
        found = {}
        for id in registry.ids_of(rows):
            found.setdefault(self.registry.row(id).get("sentence") or id, id)
        ids = tuple(islice(found.values(), n))
        packed = self.registry.pack({registry.anchor((id,)): (id,) for id in ids})
        self._show({"kind": "quote", "ids": list(ids), **packed}, {"text/markdown": _excerpts(ids, packed)})

    def source(self, id):
        """A source as readers know it: its place and year."""
        return self.registry.names.get(id, id)

    def _mask(self, content, sources):
        """Mask in a table's cells the persons whom the sources behind it name in full."""
        names = {name: masked for source in sources for name, masked in self.registry.named(source).items()}
        for cell in (c for row in content["body"] for c in row if names):
            for name, masked in names.items():
                cell["t"] = cell["t"].replace(name, masked)

    def _filled(self, template, values, sets):
        filled = {name: self._inline(value, sets) for name, value in values.items()}
        return self.text(template).format(**filled)

    def _inline(self, value, sets):
        if isinstance(value, (list, tuple)):
            mark = self.mark("semicolon" if isinstance(value, Clauses) else "list")
            return mark.join(self._inline(v, sets) for v in value)
        if not isinstance(value, Cited):
            text = numbers.plain(value) if numbers.is_number(value) else self.labels.of(value)
            return escape.markdown(fonts.shown(self.labels.written(escape.capped(text))))
        text = escape.markdown(fonts.shown(self.labels.written(escape.capped(value.text))))
        if not value.ids:
            return text
        name = registry.anchor(value.ids)
        sets[name] = value.ids
        return f'[{text}](#{name} "{escape.markdown(fonts.shown(self.registry.hint(value.ids)))}")'

    def _show(self, payload, shown):
        """Displays an output: what the report is bound from and, where somebody looks on, what JupyterLab shows."""
        if pane.live():
            return self._looked_at(payload, shown)
        display({**shown, MIME: payload}, raw=True)

    def _looked_at(self, payload, shown):
        """An output for JupyterLab: captions and references in words, numbers that lead to their rows below."""
        self._outputs += 1
        mark = f"o{self._outputs}"
        evidence = pane.pane(payload, mark, self.labels)
        head = (
            pane.caption(payload["kind"], payload["key"], payload["caption"], self.language) if "key" in payload else ""
        )
        parts = [head, payload.get("note", ""), shown.get("text/markdown", "")]
        text = pane.anchored(captions.named("\n\n".join(filter(None, parts)), self.language), mark)
        if "text/markdown" in shown:
            return display({"text/markdown": text + evidence}, raw=True)
        display({"text/markdown": text}, raw=True)
        if "text/html" in shown:
            table = tables.html(payload, lambda cell: f"#{mark}-{cell['c']}")
            shown = {"text/html": pane.framed(table) + evidence}
        display(shown, raw=True)
        if "text/html" not in shown and evidence:
            display({"text/html": evidence}, raw=True)


def bare(values):
    """The names of those values that are numbers, or words with one, and lead to no evidence; a zero has none."""

    def unled(value):
        if isinstance(value, (list, tuple)):
            return any(map(unled, value))
        number = getattr(value, "value", value)
        return not getattr(value, "ids", ()) and number != 0 and bool(re.search(r"\d", str(value)))

    return sorted(name for name, value in values.items() if unled(value))


def _excerpts(ids, packed):
    """The excerpts for JupyterLab, in Markdown."""
    rows = [packed["rows"][id] for id in ids]
    texts = [packed["sentences"].get(r.get("sentence"), {}).get("text") or r.get("surface", "") for r in rows]
    return "\n\n".join(
        f"> {escape.markdown(text)} — {registry.reference(packed['sources'][r['source']])}"
        for text, r in zip(texts, rows, strict=True)
    )


def svg_of(figure):
    """The SVG of a matplotlib figure: text as text, the same bytes each time. The figure is closed."""
    buffer = io.StringIO()
    try:
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    finally:
        closed(figure)
    return buffer.getvalue()


def closed(thing):
    """Closes a figure of matplotlib, which its cell would show else; what is none of them stays."""
    import matplotlib.pyplot as plt

    if hasattr(thing, "savefig"):
        plt.close(thing)
