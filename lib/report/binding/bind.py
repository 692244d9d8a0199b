"""Binds executed notebooks into the report: one HTML file, one PDF, one workbook, each whole or not at all."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from lib.paths import write
from lib.report.binding import appendix, chapters, citation, docx, inline, pandoc
from lib.report.binding import html as web
from lib.report.binding import pdf as typeset
from lib.report.binding import xlsx as workbook
from lib.report.show import fonts, registry
from lib.report.show.labels import Labels

SPACE = {"t": "Space"}


@dataclass(frozen=True)
class Book:
    """What both formats need beside the blocks. `numbers`: {label of a figure or table: (kind, number)}."""

    labels: Labels
    numbers: dict
    appendix: dict
    evidence: dict
    places: tuple
    page: str = "report.html"

    @property
    def title(self):
        """The report's title."""
        return self.labels.of("title", "report")

    @property
    def subtitle(self):
        """The places compared."""
        return self.labels.listed(self.places)

    @cached_property
    def pointers(self):
        """{anchor: the number that a row or set has in the appendix}: E12, S3."""
        rows = (row for source in self.appendix["sources"] for s in source["sentences"] for row in s["rows"])
        sets = {s["anchor"]: f"S{s['number']}" for s in self.appendix["sets"]}
        return {**{row["anchor"]: f"E{row['number']}" for row in rows}, **sets}

    @property
    def lang(self):
        """The language for HTML."""
        return "zh-CN" if self.labels.language == "zh" else "en"

    def reference(self, about):
        """A source as the appendix names it, plain text."""
        return registry.reference(about, mark=str)

    def caption(self, output):
        """The caption of a figure or table as inlines: its number, its words, and a link to a figure's evidence."""
        kind, number = self.numbers[output.payload["label"]]
        name = {"t": "Strong", "c": pandoc.words(self.labels.of(kind, "numbered").format(number))}
        evidence = output.payload.get("evidence")
        blank = [] if self.labels.language == "zh" else [SPACE]
        link = [*blank, self._link(evidence)] if evidence else []
        return [name, SPACE, *output.caption, *link]

    def _link(self, anchor):
        """A link to evidence, in a word."""
        return pandoc.link(pandoc.words(self.labels.of("evidence", "link")), f"#{anchor}")

    def where(self, row):
        """The span of a row in its source."""
        return f"{row['start']}–{row['end']}" if "start" in row else ""

    def shown(self, blocks, figure, table):
        """The blocks with each output as a format has it; `figure(output)` and `table(output)` give its blocks."""
        forms = {"figure": figure, "table": table, "quote": self._quotes, "say": lambda _: []}

        def change(element):
            return forms[element.payload["kind"]](element) if isinstance(element, pandoc.Output) else None

        return pandoc.walk(blocks, change)

    def _quotes(self, output):
        """A block for each excerpt: the sentence, or the pointer where the text isn't at hand; its source in a note."""
        quotes = (self._quote(output.payload["rows"][id], output.payload) for id in output.payload["ids"])
        return [{"t": "BlockQuote", "c": [{"t": "Para", "c": quote}]} for quote in quotes]

    def _quote(self, row, packed):
        text = packed["sentences"].get(row.get("sentence"), {}).get("text", "")
        shown = fonts.shown(text) or f"[{fonts.shown(row.get('surface', ''))}]"
        note = f"{fonts.shown(self.reference(packed['sources'][row['source']]))} · {self.where(row)}"
        said = {"t": "Note", "c": [{"t": "Para", "c": pandoc.words(note)}]}
        return [*pandoc.words(shown), SPACE, self._link(registry.anchor((row["id"],))), said]


def bind(executed, outs, language="en"):
    """Write the report of executed notebooks, a folder or a list of them, in the form that each suffix of `outs` names.

    `outs`: a path or several, .html, .pdf, .xlsx, .docx, or a folder for the figures. BadInput where it can't be bound.
    """
    paths = sorted(Path(executed).glob("*.ipynb")) if isinstance(executed, (str, Path)) else executed
    outs = [Path(out) for out in ([outs] if isinstance(outs, (str, Path)) else outs)]
    blocks, book = _book(paths, Labels(language))
    fonts.bold()  # which two of them would make at once
    with ThreadPoolExecutor() as pool:  # Typst works beside what is Python's
        list(pool.map(partial(_write, blocks, book), outs))


def _write(blocks, book, out):
    if out.suffix:
        write(out, RENDER[out.suffix](blocks, replace(book, page=out.with_suffix(".html").name)))
    else:
        _figures(blocks, book, out)


RENDER = {".html": web.render, ".pdf": typeset.render, ".xlsx": workbook.render, ".docx": docx.render}


def _figures(blocks, book, folder):
    """Fills the folder with NN-CHAPTER-KEY.svg, one a figure; those of an earlier report go."""
    shown = [output.payload for output in pandoc.outputs(blocks) if output.payload["kind"] == "figure"]
    names = {f"{book.numbers[p['label']][1]:02}-{p['label'].removeprefix('fig-')}.svg": p["svg"] for p in shown}
    for name, svg in names.items():
        write(folder / name, inline.unlinked(svg))
    for old in folder.glob("*.svg"):
        if old.name not in names:
            old.unlink()


def _book(executed, labels):
    """(blocks, book): the whole report, numbered and with its cross-references, before it takes a form."""
    parts = chapters.read(executed)
    numbers = chapters.number(parts)
    for chapter in parts:
        chapter.blocks = chapters.refer(chapter, numbers, labels)
    evidence = chapters.evidence(parts)
    book = Book(labels, numbers, appendix.build(evidence), evidence, _places(parts, evidence, labels))
    return [*chapters.arrange(parts, labels), *citation.blocks(_dataset(executed), labels)], book


def _dataset(executed):
    """The {name, hash} of the dataset that notebooks were executed on, which is kept beside them."""
    kept = Path(executed[0]).with_name("dataset.json") if executed else None
    return json.loads(kept.read_text("utf-8")) if kept and kept.exists() else {}


def _places(parts, evidence, labels):
    """Labels of the places compared: as the notebooks were told, else those that the evidence speaks of."""
    told = next((c.places for c in parts if c.places), None)
    names = {s["place_id"]: s["place"] for s in evidence["sources"].values()}
    known = sorted(names.keys() - {"", "unknown"})
    return tuple(names.get(p) or labels.of(p) for p in told or known or sorted(evidence["sources"]))
