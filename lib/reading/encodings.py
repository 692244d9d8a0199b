"""The encoding of a text: by its mark, by strict UTF-8, else by how Chinese each reading looks."""

import codecs
import re

from lib.lexicon import BadInput

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
SAMPLE = 60_000
COMMON = set(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加"
    "量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者"
    "最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处世车近保安"
    "治防控警务县市智慧网格群众派服創國會為發來時們這個與後經動機關開對過說長將從產業見題體兩實無還電車東現問間應書學處區縣務網點條總統組織設計證議護質進運達選際錄鐵錢險難雲顧風養館"
    "驗龍"
)


def decode(path, data):
    """(text without its byte-order mark, name of the encoding); BadInput for a file that is no text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return _strictly(path, data[len(mark) :], name), name
    if data.startswith(BINARY):
        raise BadInput(f"{path}: a binary file, not a text; expected text in UTF-8, GB18030, Big5 or UTF-16")
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    name = _guess(path, data)
    return _strictly(path, data, name), name


def _strictly(path, data, name):
    try:
        return data.decode(name)
    except UnicodeDecodeError as e:
        raise BadInput(
            f"{path}: not {name} at byte {e.start}; expected text in UTF-8, GB18030, Big5 or UTF-16"
        ) from None


def _guess(path, data):
    """The encoding whose reading is the most Chinese of those that fit the whole file."""
    declared = DECLARED.search(data[:2048])
    scores = {name: _score(data, name) for name in CANDIDATES}
    if declared and declared.group(1).decode().lower() in ("gb2312", "gbk", "gb18030"):
        scores["gb18030"] += 0.2
    if declared and declared.group(1).decode().lower().startswith("big5"):
        scores["big5hkscs"] += 0.2
    best = max(scores, key=scores.get)
    if scores[best] < 0.15:
        raise BadInput(f"{path}: no encoding gives Chinese text; expected text in UTF-8, GB18030, Big5 or UTF-16")
    return best


def _score(data, name):
    """Share of common characters among all that are not ASCII, less what no text has; -1 where the bytes don't fit."""
    try:
        text = data.decode(name)[:SAMPLE]
    except UnicodeDecodeError:
        return -1.0
    wide = [c for c in text if c > "\x7f"]
    odd = sum(c < " " and c not in "\t\n\r\f" or "\x7f" <= c <= "\x9f" or "\ue000" <= c <= "\uf8ff" for c in text)
    common = sum(c in COMMON or c in "，。、；：？！“”‘’（）《》「」　" for c in wide)
    return common / max(len(wide), 1) - 2 * odd / max(len(text), 1)
