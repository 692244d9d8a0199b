"""A gallery of the report's figures for readers of the repository: one drawing of each, with its caption."""

import re
from pathlib import Path

import nbformat

from lib.report.show.registry import MIME

HEAD = """# The figures of the report
Drawn by `make gallery` from the evidence that ships with the project, each once; the report has them for every place,
with their numbers linked to the evidence, in English and in Chinese. `make report` draws them anew.
"""
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(#[^\s()]*(?: \"(?:[^\"\\]|\\.)*\")?\)")

_FONT = re.compile(r"(font(?:-family)?:[^;\"]*?'Noto Sans SC')")


def write(executed: Path, out: Path) -> list[str]:
    """Writes OUT/KEY.svg for each kind of figure in executed notebooks, and OUT/README.md with their captions; the
    keys, in the order of the report."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.svg"):
        old.unlink()
    found = {}
    for path in sorted(executed.glob("*.ipynb")):
        for output in (o for c in nbformat.read(path, as_version=4).cells for o in c.get("outputs", ())):
            payload = output.get("data", {}).get(MIME, {})
            if payload.get("kind") == "figure":
                found.setdefault(payload["key"], (output["data"]["image/svg+xml"], payload["caption"]))
    parts = [HEAD]
    for key, (svg, caption) in found.items():
        portable = _FONT.sub(r"\1, sans-serif", svg)  # for a machine that has not the report's font
        (out / f"{key}.svg").write_text(portable, "utf-8")
        parts.append(f"## {key}\n![{key}]({key}.svg)\n\n{plain(caption)}\n")
    (out / "README.md").write_text("\n".join(parts), "utf-8")
    return list(found)


def plain(caption: str) -> str:
    """A caption without the links and references that only the report has."""
    return re.sub(r"\s*\(?\[@[^\]]*\]\)?", "", _LINK.sub(r"\1", caption))
