"""Chapters of the report: executed notebooks as pandoc blocks, with their figures, tables and cited evidence."""

import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from lib import paths
from lib.lexicon import BadInput
from lib.report.binding import exporters, pandoc
from lib.report.binding.pandoc import Output
from lib.report.run import needs
from lib.report.show import fonts, style

MADE_BY = "import lib.report.binding.chapters"
PARTS = ("sets", "rows", "sentences", "sources")
PREFIX = {"figure": "fig", "table": "tbl"}


@dataclass
class Chapter:
    """`name` is the notebook's stem, `place` "" but for a chapter that runs once a place."""

    name: str
    place: str
    blocks: list
    places: list = field(default_factory=list)

    @property
    def id(self):
        """The chapter's anchor."""
        return f"{self.name}-{self.place}" if self.place else self.name


def read(executed):
    """The chapters of executed notebooks, in the order of the report; those of notebooks as they were are kept."""
    made_by = needs.given({"": MADE_BY})
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        chapters = list(pool.map(lambda path: _kept(Path(path), made_by), executed))
    rank = style.order(c.place for c in chapters)
    return sorted(chapters, key=lambda c: (c.name, rank.index(c.place)))


def _kept(path, made_by):
    """A chapter, read again only where its notebook or what reads it is other than when it was last read."""
    told = hashlib.sha256(made_by.encode() + path.read_bytes()).hexdigest()
    kept = needs.folder(path) / f"{path.stem}.chapter.json"
    if kept.exists() and (data := kept.read_text("utf-8")).startswith(told):
        return Chapter(**json.loads(data[len(told) :], object_hook=_output))
    chapter = _chapter(path)
    if kept.parent.exists():
        paths.write(kept, f"{told}\n{json.dumps(vars(chapter), ensure_ascii=False, default=vars)}")
    return chapter


def _output(held):
    return Output(**held) if held.keys() == Output.__annotations__.keys() else held


def _chapter(path):
    notebook = nbformat.read(path, as_version=4)
    about = notebook.metadata.get("report", {})
    try:
        prose, outputs = exporters.markdown(notebook)
        blocks = pandoc.walk(pandoc.read(prose), pandoc.safe)
    except ValueError as error:
        raise BadInput(f"{path}: {error}") from error
    chapter = Chapter(about.get("notebook", path.stem), about.get("place", ""), blocks, about.get("places", []))
    strange = [shown for c in "".join(pandoc.strings(blocks)) if (shown := fonts.shown(c)) != c]
    if strange:
        raise BadInput(f"{path}: a character that no font of the report has: {strange[0]}")
    chapter.blocks = pandoc.walk(chapter.blocks, _Opened(chapter.id, outputs))
    return chapter


class _Opened:
    """For walk: headings get ids of their own; raw blocks become the outputs whose numbers they hold."""

    def __init__(self, chapter, outputs):
        self.chapter, self.outputs, self.headings = chapter, outputs, 0

    def __call__(self, element):
        kind, content = element["t"], element.get("c")
        if kind == "Header":
            self.headings += 1
            name = self.chapter if self.headings == 1 else f"{self.chapter}-{self.headings - 1}"
            return [{"t": "Header", "c": [content[0], [name, content[1][1], []], content[2]]}]
        if kind == "Div" and content[0][1] == ["report"]:
            return [self._output(content[1])]
        if kind == "RawBlock":
            return [self._output([element])]
        return None

    def _output(self, blocks):
        payload = json.loads(self.outputs[int(blocks[0]["c"][1])])
        if payload["kind"] in PREFIX:
            key = re.sub(r"[^A-Za-z0-9_-]", "-", payload["key"])
            payload["label"] = f"{PREFIX[payload['kind']]}-{self.chapter}-{key}"
        texts = {block["c"][0][1][0]: [i for part in block["c"][1] for i in part["c"]] for block in blocks[1:]}
        return Output(payload, texts.get("caption", []), texts.get("note", []))


def evidence(chapters):
    """{sets, rows, sentences, sources}: all that the chapters cite, each once."""
    packs = [output.payload for output in pandoc.outputs([c.blocks for c in chapters])]
    return {part: {key: value for pack in packs for key, value in pack.get(part, {}).items()} for part in PARTS}


def number(chapters):
    """{label: (kind, number)} of all figures and tables, counted through the report; BadInput for a key used twice."""
    numbers, counts = {}, dict.fromkeys(PREFIX, 0)
    for payload in (o.payload for o in pandoc.outputs([c.blocks for c in chapters])):
        if payload["kind"] in PREFIX:
            if payload["label"] in numbers:
                raise BadInput(f"the key of a {payload['kind']} is used twice in one chapter: {payload['label']}")
            counts[payload["kind"]] += 1
            numbers[payload["label"]] = payload["kind"], counts[payload["kind"]]
    return numbers


def refer(chapter, numbers, labels):
    """The chapter's blocks with [@fig:key] and [@tbl:key] as links: to its own, else to the only one in the report."""

    def change(element):
        if isinstance(element, Output):
            return [Output(element.payload, *(pandoc.walk(part, change) for part in (element.caption, element.note)))]
        if element["t"] != "Cite":
            return None
        links = [_reference(c["citationId"], chapter.id, numbers, labels) for c in element["c"][0]]
        return [inline for n, link in enumerate(links) for inline in (pandoc.words(", ") if n else []) + [link]]

    return pandoc.walk(chapter.blocks, change)


def _reference(citation, chapter, numbers, labels):
    prefix, _, key = citation.partition(":")
    own = f"{prefix}-{chapter}-{key}"
    found = [own] if own in numbers else [n for n in numbers if n == f"{prefix}-{key}" or _is(n, prefix, key)]
    if len(found) != 1:
        raise BadInput(f"{chapter}: [@{citation}] leads to {'no' if not found else 'more than one'} figure or table")
    kind, n = numbers[found[0]]
    return pandoc.link(pandoc.words(labels.of(kind, "numbered").format(n)), f"#{found[0]}")


def _is(label, prefix, key):
    """Whether the label is that of the key in some chapter without a place."""
    return re.fullmatch(rf"{re.escape(prefix)}-[A-Za-z0-9]+_[A-Za-z0-9_]+-{re.escape(key)}", label)


def arrange(chapters, labels):
    """All blocks in order: the summary without a number; chapters of places under one heading, a level deeper; no
    heading under which nothing stands."""
    blocks, last = [], None
    for chapter in chapters:
        if chapter.place and chapter.name != last:
            heading = labels.of(chapter.name, "chapter")
            blocks.append({"t": "Header", "c": [1, [chapter.name, [], []], pandoc.words(heading)]})
        last = chapter.name
        blocks += pandoc.walk(chapter.blocks, _shifted(int(bool(chapter.place)), chapter.name.startswith("0_")))
    return _filled(blocks)


def _filled(blocks):
    kept, after = [], 0  # the level of the heading that follows, 0 for the end, 9 for what is no heading
    for block in reversed(blocks):
        level = block["c"][0] if not isinstance(block, Output) and block["t"] == "Header" else 9
        if isinstance(block, Output) and block.payload["kind"] == "say" or level < 9 and after <= level:
            kept += [block] if level == 9 else []
            continue
        kept, after = [*kept, block], level
    return kept[::-1]


def _shifted(by, plain):
    def change(element):
        if isinstance(element, Output) or element["t"] != "Header":
            return None
        level, (name, classes, rest), inlines = element["c"]
        classes = [*classes, "unnumbered"] if plain and "unnumbered" not in classes else classes
        return [{"t": "Header", "c": [level + by, [name, classes, rest], inlines]}]

    return change
