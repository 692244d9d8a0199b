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
from xml.etree import ElementTree

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "lib.report.coders.qdpx"
MACHINE = "machine"  # the user of what the machine coded
ROOT = uuid.UUID("6f0f3a52-0d1c-5a6e-9d38-52f2a2f0c3b1")
DAY = "2000-01-01T00:00:00Z"
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


def write(texts, codings, codes, coder=MACHINE):
    """The bytes of a project. `texts`: {source: (name, raw)}; `codings`: DataFrame with source, start, end, code;
    `codes`: DataFrame with code, dimension, label, dimension_label, definition."""
    root = _element(
        "Project", name="governance texts", origin=ORIGIN, creatingUserGUID=guid("user", coder), creationDateTime=DAY
    )
    _element("User", _element("Users", root), guid=guid("user", coder), name=_plain(coder))
    _codebook(_element("Codes", _element("CodeBook", root)), codes)
    place, files = _element("Sources", root), {}
    for source, (name, raw) in texts.items():
        text, offsets = exchanged(raw)
        files[f"sources/{guid('source', source)}.txt"] = text.encode("utf-8")
        own, by = guid("source", source), guid("user", coder)
        told = {"guid": own, "name": _plain(name), "creationDateTime": DAY, "plainTextPath": f"internal://{own}.txt"}
        node = _element("TextSource", place, **told, creatingUser=by)
        for row in codings[codings["source"] == source].itertuples():
            _selection(node, row, (text, offsets), coder)
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
        name = f"{dimension} {_plain(group['dimension_label'].iloc[0])}"
        node = _element("Code", parent, guid=guid("dimension", dimension), isCodable="false", name=name)
        for row in group.itertuples():
            told = {"guid": guid("code", row.code), "name": f"{row.code} {_plain(row.label)}", "isCodable": "true"}
            code = _element("Code", node, **told, color="#" + hashlib.sha256(dimension.encode()).hexdigest()[:6])
            _element("Description", code).text = _plain(row.definition)


def _selection(parent, row, counted, coder):
    text, offsets = counted
    start, end = (bisect_left(offsets, int(at)) for at in (row.start, row.end))
    key, by = (parent.get("guid"), row.start, row.end, row.code), guid("user", coder)
    told = {
        "guid": guid("selection", *key),
        "name": _plain(text[start:end]),
        "startPosition": start,
        "endPosition": end,
    }
    node = _element("PlainTextSelection", parent, **told, creatingUser=by, creationDateTime=DAY)
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
