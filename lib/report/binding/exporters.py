"""An executed notebook as Markdown, without code; a raw block stands for each output, which the binder puts there."""

import json
import re

from lib.report.show.registry import MIME

_CODE = re.compile(r"(?ms)^(`{3,}|~{3,}).*?^\1[^\n]*$|`[^`\n]+`")
_VANISHING = re.compile(r"(?<!\\)<(?:[a-zA-Z][\w-]*[\s/>]|/[a-zA-Z]|!--)[^\n]*|(?<!\\)\\begin\{[^\n]*")


def vanishing(markdown):
    """The pieces of a Markdown cell that would vanish in the PDF: raw HTML, bare LaTeX environments, raw blocks."""
    raw = re.findall(r"(?m)^(?:`{3,}|~{3,})\s*\{=[^\n]*|`\{=[^\n]*", markdown)
    return raw + [m.group() for m in _VANISHING.finditer(_CODE.sub("", markdown))]


def markdown(notebook):
    """(the prose of a notebook, its outputs as JSON): in the prose a raw block holds the number of each output, so that
    pandoc need not read it. ValueError for what would vanish in the PDF, and for a cell that failed."""
    parts, outputs = [], []
    for cell in notebook.cells:
        told = cell.get("outputs", ())
        parts += [_sound(cell.source)] if cell.cell_type == "markdown" else [_shown(output, outputs) for output in told]
    return "\n\n".join(parts), outputs


def _sound(markdown):
    found = vanishing(markdown)
    if found:
        raise ValueError(f"would vanish in the PDF; write it in Markdown: {found[0][:80]}")
    return markdown


def _shown(output, outputs):
    """An output as Markdown; what it holds is added to the outputs."""
    if output.output_type == "stream":
        return _fenced(output.text) if output.name == "stdout" else ""
    if output.output_type == "error":
        raise ValueError(f"a cell failed: {output.ename}: {output.evalue}")
    if payload := output.data.get(MIME):
        return _SHOWN[payload["kind"]](payload, output.data, outputs)
    said = output.data.get("text/markdown")
    return _fenced(output.data["text/plain"]) if said is None else _sound(said)


def _say(payload, _, outputs):
    text = _sound(payload.pop("markdown"))
    return f"{text}\n\n{_raw(payload, outputs)}" if payload["sets"] else text


def _numbered(payload, data, outputs):
    svg = {"svg": data["image/svg+xml"]} if payload["kind"] == "figure" else {}
    caption, note = (_sound(" ".join(payload.pop(part, "").split())) for part in ("caption", "note"))
    raw = _raw({**payload, **svg}, outputs)
    return f"::::: report\n{raw}\n\n:::: caption\n{caption}\n::::\n\n:::: note\n{note}\n::::\n:::::"


def _quote(payload, _, outputs):
    return f"::::: report\n{_raw(payload, outputs)}\n:::::"


_SHOWN = {"say": _say, "table": _numbered, "figure": _numbered, "quote": _quote}


def _raw(payload, outputs):
    """A raw block with the number of an output."""
    outputs.append(json.dumps(payload, ensure_ascii=False, sort_keys=True))
    return f"```{{=report}}\n{len(outputs) - 1}\n```"


def _fenced(text):
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 3)
    return f"{fence}\n{text}\n{fence}"
