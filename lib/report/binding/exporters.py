"""An executed notebook as Markdown, without code, its outputs as raw blocks for the binder."""

import json
import re

from lib.report.show.cite import MIME

_CODE = re.compile(r"(?ms)^(`{3,}|~{3,}).*?^\1[^\n]*$|`[^`\n]+`")
_VANISHING = re.compile(r"(?<!\\)<(?:[a-zA-Z][\w-]*[\s/>]|/[a-zA-Z]|!--)[^\n]*|(?<!\\)\\begin\{[^\n]*")


def vanishing(markdown):
    """The pieces of a Markdown cell that would vanish in the PDF: raw HTML, bare LaTeX environments, raw blocks."""
    raw = re.findall(r"(?m)^(?:`{3,}|~{3,})\s*\{=[^\n]*|`\{=[^\n]*", markdown)
    return raw + [m.group() for m in _VANISHING.finditer(_CODE.sub("", markdown))]


def markdown(notebook):
    """The prose and all outputs of a notebook; ValueError for what would vanish in the PDF, and for a cell that
    failed."""
    parts = []
    for cell in notebook.cells:
        parts += [_sound(cell.source)] if cell.cell_type == "markdown" else map(_shown, cell.get("outputs", ()))
    return "\n\n".join(parts)


def _sound(markdown):
    found = vanishing(markdown)
    if found:
        raise ValueError(f"would vanish in the PDF; write it in Markdown: {found[0][:80]}")
    return markdown


def _shown(output):
    """An output as Markdown."""
    if output.output_type == "stream":
        return _fenced(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":
        raise ValueError(f"a cell failed: {output.ename}: {output.evalue}")
    if payload := output.data.get(MIME):
        return _SHOWN[payload["kind"]](payload, output.data)
    said = output.data.get("text/markdown")
    return _fenced(output.data["text/plain"]) if said is None else _sound(said)


def _say(payload, _):
    text = _sound(payload.pop("markdown"))
    return f"{text}\n\n{_raw(payload)}" if payload["sets"] else text


def _numbered(payload, data):
    svg = {"svg": data["image/svg+xml"]} if payload["kind"] == "figure" else {}
    caption, note = (_sound(" ".join(payload.pop(part, "").split())) for part in ("caption", "note"))
    raw = _raw({**payload, **svg})
    return f"::::: report\n{raw}\n\n:::: caption\n{caption}\n::::\n\n:::: note\n{note}\n::::\n:::::"


def _quote(payload, _):
    return f"::::: report\n{_raw(payload)}\n:::::"


_SHOWN = {"say": _say, "table": _numbered, "figure": _numbered, "quote": _quote}


def _raw(payload):
    """A raw block of one line of JSON, which therefore can't close its fence."""
    return f"```{{=report}}\n{json.dumps(payload, ensure_ascii=False, sort_keys=True)}\n```"


def _fenced(text):
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 3)
    return f"{fence}\n{text}\n{fence}"
