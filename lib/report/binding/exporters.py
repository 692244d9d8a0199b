"""nbconvert exporter: an executed notebook as Markdown, without code, its outputs as raw blocks for the binder."""

import json
import re
from pathlib import Path

from nbconvert.exporters import TemplateExporter

from lib.report.show.cite import MIME

TEMPLATES = Path(__file__).parent / "templates"
_CODE = re.compile(r"(?ms)^(`{3,}|~{3,}).*?^\1[^\n]*$|`[^`\n]+`")
_VANISHING = re.compile(r"(?<!\\)<(?:[a-zA-Z][\w-]*[\s/>]|/[a-zA-Z]|!--)[^\n]*|(?<!\\)\\begin\{[^\n]*")


def vanishing(markdown):
    """The pieces of a Markdown cell that would vanish in the PDF: raw HTML, bare LaTeX environments, raw blocks."""
    raw = re.findall(r"(?m)^(?:`{3,}|~{3,})\s*\{=[^\n]*|`\{=[^\n]*", markdown)
    return raw + [m.group() for m in _VANISHING.finditer(_CODE.sub("", markdown))]


class ReportExporter(TemplateExporter):
    """Keeps the prose and all outputs."""

    def __init__(self, **kwargs):
        super().__init__(template_name="report", extra_template_basedirs=[str(TEMPLATES)], **kwargs)

    def _file_extension_default(self):
        return ".md"

    def _template_extension_default(self):
        return ".md.j2"

    def default_filters(self):
        """Filters of the template, beside nbconvert's own."""
        yield from super().default_filters()
        yield from (("sound", _sound), ("shown", _shown))


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
    payload = output.data.get(MIME)
    if payload is None:
        return (
            _sound(output.data["text/markdown"])
            if "text/markdown" in output.data
            else (_fenced(output.data["text/plain"]))
        )
    return _SHOWN[payload["kind"]](payload, output.data)


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
