"""The figures of the report as files of their own, numbered as they are there."""

from pathlib import Path

from lib import paths
from lib.report.binding import inline, pandoc


def write(blocks, book, folder):
    """Fill the folder with NN-CHAPTER-KEY.svg, one a figure; those of an earlier report go."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    shown = [output.payload for output in pandoc.outputs(blocks) if output.payload["kind"] == "figure"]
    names = {
        f"{book.numbers[p['label']][1]:02}-{p['label'].removeprefix('fig-')}.svg": inline.unlinked(p["svg"])
        for p in shown
    }
    for name, svg in names.items():
        paths.write(folder / name, svg)
    for old in folder.glob("*.svg"):
        if old.name not in names:
            old.unlink()
