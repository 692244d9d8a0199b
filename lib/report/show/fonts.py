"""The report's fonts: from pip packages only, so that a machine without any Chinese font shows the same pages."""

import hashlib
import io
import os
import sys
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from lib import paths

SANS, SERIF = "Noto Sans SC", "Noto Serif SC"
FOLDER, INSTALLED = paths.BUILD / "fonts", Path(sys.prefix) / "fonts"
KEPT = 40  # subsets, three a report
STATIC = Path(str(files("pylopdf_fonts_zh_cn")))
VARIABLE = Path(str(files("justmytype_intl_cjk"))) / "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
REGULAR, BODY = STATIC / "NotoSansSC-Regular.otf", STATIC / "NotoSerifSC-Regular.otf"


@cache
def bold():
    """Path of Noto Sans SC Bold, made once an environment from the variable font, which matplotlib would load as
    Thin."""
    path = INSTALLED / _made_by(VARIABLE) / "NotoSansSC-Bold.ttf"
    if not path.exists():
        paths.write(path, _instance(700))
    return path


def folders():
    """The folders in which Typst finds all fonts of the report."""
    return [str(STATIC), str(bold().parent)]


def _instance(weight):
    font = TTFont(VARIABLE, recalcTimestamp=False)
    _keep(font, _common(), features=("kern", "liga", "ccmp", "pwid"))
    return _bytes(instancer.instantiateVariableFont(font, {"wght": weight}, inplace=True, updateFontNames=True))


def _common():
    """GB 2312, the frequent part of Big5, other scripts and marks: rarer characters fall back to the regular weight."""

    def plane(encoding, rows, columns):
        for pair in ((a, b) for a in rows for b in columns):
            yield from map(ord, bytes(pair).decode(encoding, "ignore"))

    low = {*range(0x20, 0x2E80), *range(0x3000, 0x3400), *range(0xFF00, 0xFFF0)}
    return (
        low
        | set(plane("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))
        | set(plane("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))))
    )


def _keep(font, codepoints, features=("*",)):
    options = subset.Options(
        layout_features=list(features), notdef_outline=True, name_IDs=["*"], recalc_timestamp=False
    )
    maker = subset.Subsetter(options)
    maker.populate(unicodes=codepoints)
    maker.subset(font)


def _bytes(font):
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()


def _made_by(path, *told):
    """A name for what this module makes of a font."""
    told = path.name, path.stat().st_size, fontTools.version, Path(__file__).read_text("utf-8"), *told
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def woff2(path, characters):
    """Bytes of a woff2 font with just these characters; the same for the same characters. Those made last are kept."""
    kept = FOLDER / f"{_made_by(path, sorted(set(characters)))}.woff2"
    if kept.exists():
        os.utime(kept)
        return kept.read_bytes()
    font = TTFont(path, recalcTimestamp=False, recalcBBoxes=False)
    _keep(font, {ord(c) for c in characters})
    font.flavor = "woff2"
    paths.write(kept, data := _bytes(font))
    with suppress(FileNotFoundError):  # another process is at it
        for old in sorted(FOLDER.glob("*.woff2"), key=os.path.getmtime)[:-KEPT]:
            old.unlink()
    return data


@cache
def _covered():
    return frozenset(TTFont(BODY).getBestCmap()) | frozenset(TTFont(REGULAR).getBestCmap())


def shown(text):
    """The text with [U+XXXX] in place of each character that no font of the report has."""
    have = _covered()
    return "".join(c if ord(c) in have or c in "\n\t" else f"[U+{ord(c):04X}]" for c in text)
