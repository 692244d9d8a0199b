"""Markdown in, HTML5, Typst or Word out, by pandoc; between them its tree, blocks and inlines as lists and dicts."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache

import pypandoc

READER = (
    "markdown+east_asian_line_breaks+lists_without_preceding_blankline+autolink_bare_uris"
    "-smart-implicit_figures-raw_html-raw_tex"
)
EPOCH = 1_577_836_800  # files that hold a date have this one, the same in each build
SAFE = ("http://", "https://", "mailto:", "#")


@cache
def _path():
    return pypandoc.get_pandoc_path()


def _run(text, *arguments):
    clock = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
    command = [_path(), *arguments]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=False, env=clock)
    if done.returncode:
        raise RuntimeError(f"pandoc: {done.stderr.strip()}")
    return done.stdout


def read(markdown):
    """The blocks of a Markdown text; raw HTML and LaTeX in it are ordinary characters."""
    return json.loads(_run(markdown, "-f", READER, "-t", "json"))["blocks"]


def write(blocks, *arguments):
    """Blocks in the format that the arguments name, as ("-t", "html5", "--mathml")."""
    document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    return _run(json.dumps(document), "-f", "json", "--wrap=none", *arguments)


@dataclass
class Output:
    """What a notebook shows, among the blocks: its payload as cite.py made it, caption and note as inlines."""

    payload: dict
    caption: list
    note: list


def walk(node, change):
    """A copy of the tree in which `change(element)` replaces each {t, c} and Output.

    It gives a list to splice in, which isn't walked again, or None to keep the element and walk on inside.
    """
    if isinstance(node, list):
        return [new for item in node for new in _changed(item, change)]
    if isinstance(node, dict):
        return {key: walk(value, change) for key, value in node.items()}
    return node


def _changed(item, change):
    new = change(item) if isinstance(item, Output) or (isinstance(item, dict) and "t" in item) else None
    return [walk(item, change)] if new is None else new


def outputs(node):
    """All outputs among the blocks, in order."""
    if isinstance(node, Output):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from outputs(item)


def words(text):
    """Inlines of a plain text."""
    return [{"t": "Str", "c": text}]


def link(inlines, target):
    """A link to a place in the document."""
    return {"t": "Link", "c": [["", [], []], inlines, [target, ""]]}


def raw(kind, format, text):
    """A RawBlock or RawInline."""
    return {"t": kind, "c": [format, text]}


def strings(node):
    """All words among the blocks, in order."""
    if isinstance(node, dict) and node.get("t") in ("Str", "Code", "CodeBlock"):
        yield node["c"] if node["t"] == "Str" else node["c"][1]
    else:
        for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from strings(item)


def plain(inlines):
    """The words of inlines, without marks and notes."""
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind in ("Space", "SoftBreak"):
            yield " "
        elif kind == "Str":
            yield content
        elif kind in ("Emph", "Strong"):
            yield from plain(content)
        elif kind == "Link":
            yield from plain(content[1])


def short(inlines):
    """The first sentence of inlines, as plain text without its full stop."""
    return re.split(r"(?<=[^\d\s])[.;](?:\s|$)|[。；]", "".join(plain(inlines)), maxsplit=1)[0].strip()


def safe(element):
    """For walk: links lead to places in the report or to the web; anything else becomes its text. No remote image."""
    if isinstance(element, Output):
        return None
    if element["t"] == "RawInline" or (element["t"] == "RawBlock" and element["c"][0] != "report"):
        raise ValueError(f"a raw piece of {element['c'][0]} in Markdown; it would vanish in the other format")
    if element["t"] == "Link" and not element["c"][2][0].startswith(SAFE):
        return walk(element["c"][1], safe)
    if element["t"] == "Image":
        raise ValueError("an image in Markdown; show it through report.figure")
    return None
