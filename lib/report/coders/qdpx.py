"""Codings as a REFI-QDA project (.qdpx), the exchange format of NVivo, ATLAS.ti, MAXQDA and QualCoder.

A project is a zip of project.qde (XML, namespace urn:QDA-XML:project:1.0) and sources/GUID.txt (UTF-8). A selection's
startPosition and endPosition count characters (code points) from 0, the end after the last.
"""

import hashlib
import io
import re
import uuid
import zipfile
from bisect import bisect_left
from pathlib import PurePosixPath
from xml.etree import ElementTree

from lib.lexicon import BadInput

NAMESPACE = "urn:QDA-XML:project:1.0"
ROOT = uuid.UUID("6f0f3a52-0d1c-5a6e-9d38-52f2a2f0c3b1")
DAY = "2000-01-01T00:00:00Z"
LARGEST = 200_000_000
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def guid(*names):
    """The same GUID for the same names, in every run."""
    return str(uuid.uuid5(ROOT, "/".join(str(n) for n in names)))


def exchanged(raw):
    """(text, offsets): the text as programs agree to count it, and the raw offset of each of its characters.

    Line endings become one character, a byte-order mark goes, a character that UTF-8 can't carry becomes U+FFFD.
    """
    chars, offsets = [], []
    for i, c in enumerate(raw):
        if (c == "\n" and raw[i - 1 : i] == "\r") or c == "\ufeff":
            continue
        chars.append("\n" if c == "\r" else "\ufffd" if "\ud800" <= c <= "\udfff" or c == "\0" else c)
        offsets.append(i)
    return "".join(chars), [*offsets, len(raw)]


def write(texts, codings, codes, coder="machine"):
    """The bytes of a project. `texts`: {source: (name, raw)}; `codings`: DataFrame with source, start, end, code;
    `codes`: DataFrame with code, dimension, label, dimension_label, definition."""
    root = _element(
        "Project",
        name="governance texts",
        origin="lib.report.coders.qdpx",
        creatingUserGUID=guid("user", coder),
        creationDateTime=DAY,
    )
    _element("User", _element("Users", root), guid=guid("user", coder), name=_plain(coder))
    _codebook(_element("Codes", _element("CodeBook", root)), codes)
    place, files = _element("Sources", root), {}
    for source, (name, raw) in texts.items():
        text, offsets = exchanged(raw)
        files[f"sources/{guid('source', source)}.txt"] = text.encode("utf-8")
        node = _element(
            "TextSource",
            place,
            guid=guid("source", source),
            name=_plain(name),
            creationDateTime=DAY,
            plainTextPath=f"internal://{guid('source', source)}.txt",
            creatingUser=guid("user", coder),
        )
        for row in codings[codings["source"] == source].itertuples():
            _selection(node, row, offsets, coder)
    ElementTree.indent(root)
    return _zipped({"project.qde": ElementTree.tostring(root, "utf-8", xml_declaration=True), **files})


def _element(tag, parent=None, **attributes):
    attributes = {k: str(v) for k, v in attributes.items()}
    if parent is None:
        return ElementTree.Element(tag, {"xmlns": NAMESPACE, **attributes})
    return ElementTree.SubElement(parent, tag, attributes)


def _plain(words):
    """Words without the characters that XML can't hold."""
    return UNFIT.sub("\ufffd", str(words))


def _codebook(parent, codes):
    for dimension, group in codes.groupby("dimension", sort=False):
        node = _element(
            "Code",
            parent,
            guid=guid("dimension", dimension),
            isCodable="false",
            name=f"{dimension} {_plain(group['dimension_label'].iloc[0])}",
        )
        for row in group.itertuples():
            code = _element(
                "Code",
                node,
                guid=guid("code", row.code),
                name=f"{row.code} {_plain(row.label)}",
                isCodable="true",
                color="#" + hashlib.sha256(dimension.encode()).hexdigest()[:6],
            )
            _element("Description", code).text = _plain(row.definition)


def _selection(parent, row, offsets, coder):
    start, end = (bisect_left(offsets, int(at)) for at in (row.start, row.end))
    key, by = (parent.get("guid"), row.start, row.end, row.code), guid("user", coder)
    node = _element(
        "PlainTextSelection",
        parent,
        guid=guid("selection", *key),
        name=row.code,
        startPosition=start,
        endPosition=end,
        creatingUser=by,
        creationDateTime=DAY,
    )
    coding = _element("Coding", node, guid=guid("coding", *key), creatingUser=by, creationDateTime=DAY)
    _element("CodeRef", coding, targetGUID=guid("code", row.code))


def _zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            z.writestr(info, data)
    return out.getvalue()


def read(path, texts):
    """Codings of a project as dicts source, start, end (raw characters), code. `texts`: {source: raw}.

    A source of the project is met by its text, whatever its name; a code by the first word of its name.
    """
    root, held = _opened(path)
    names = {c.get("guid"): c.get("name", "").split(" ")[0] for c in _all(root, "Code")}
    known = {text: (source, offsets) for source, raw in texts.items() for text, offsets in [exchanged(raw)]}
    return [row for node in _all(root, "TextSource") for row in _selected(path, node, (held, known, names))]


def _opened(path):
    """(XML, {file name: bytes of a text}) of a project."""
    try:
        with zipfile.ZipFile(path) as z:
            if sum(i.file_size for i in z.infolist()) > LARGEST:
                raise BadInput(f"{path}: unpacks to more than {LARGEST:,} bytes; expected a project of texts")
            xml = z.read(next(n for n in z.namelist() if n.endswith(".qde")))
            held = {PurePosixPath(n).name: z.read(n) for n in z.namelist() if n.endswith(".txt")}
        return ElementTree.fromstring(_safe(path, xml)), held
    except (zipfile.BadZipFile, StopIteration, ElementTree.ParseError, KeyError, OSError) as e:
        why = str(e) or "no .qde inside"
        raise BadInput(f"{path}: can't be read as a REFI-QDA project ({why}); expected a .qdpx") from None


def _safe(path, data):
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadInput(f"{path}: the project declares entities; expected plain XML")
    return data


def _all(node, tag):
    return node.iter(f"{{{NAMESPACE}}}{tag}")


def _selected(path, node, tables):
    """The codings of one source of a project."""
    held, known, names = tables
    source, offsets = known.get(exchanged(_text(node, held))[0], (None, None))
    if source is None:
        raise BadInput(f"{path}: {node.get('name')!r} is none of the texts at hand; expected an unchanged source")
    for selection in _all(node, "PlainTextSelection"):
        start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        if not 0 <= start < end < len(offsets):
            raise BadInput(
                f"{path}: selection {start} to {end} of {node.get('name')!r}; expected a span inside the text"
            )
        for ref in _all(selection, "CodeRef"):
            yield {
                "source": source,
                "start": offsets[start],
                "end": offsets[end - 1] + 1,
                "code": names.get(ref.get("targetGUID"), ""),
            }


def _text(node, held):
    name = PurePosixPath(node.get("plainTextPath", "").replace("internal://", "")).name
    inline = next((c.text or "" for c in _all(node, "PlainTextContent")), "")
    return held[name].decode("utf-8-sig", "replace") if name in held else inline
