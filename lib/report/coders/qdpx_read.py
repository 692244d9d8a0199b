"""Codings out of anybody's REFI-QDA project (.qdpx): its texts are met by their characters, its offsets by its words.

Programs count differently: in code points or in UTF-16 units, a line's end as one character or as two, the end of a
span after its last character or at it. What a project does is told by the words that its selections carry as names;
where those leave it open and it matters, the project is refused.
"""

import re
import sys
from bisect import bisect_left
from itertools import accumulate, product
from pathlib import PurePosixPath
from xml.etree import ElementTree

from lib import archives
from lib.lexicon import BadInput
from lib.reading import files
from lib.report.coders.qdpx import MACHINE, NAMESPACE, ORIGIN

_LINES = re.compile(r"\r\n|[^\r\n]|\r|\n", re.S)
# ways of counting: units of a character beyond the 16-bit plane, of a line's end (0: as it stands), of a span's end
COUNTS = list(product((1, 2), (0, 1, 2), (0, 1)))


def read(path, texts, known):
    """Codings of a project as dicts source, start, end (raw characters), code, user. `texts`: {source: raw}; `known`:
    {name of a code: code of ours, or "" for one that is left out}; a name that it lacks stays a code of the project's
    own. user: who coded, where several people did; what the machine had coded for them is then left out.

    A text of the project is met by its characters, blanks aside, whatever its name. What isn't met is told.
    """
    root, held = _opened(path)
    names = _names(root, known)
    ours = {_bare(raw)[0]: (source, raw) for source, raw in texts.items()}
    found, strange = [], []
    for node in _all(root, "TextSource"):
        text = _text(node, held)
        if _bare(text)[0] in ours:
            found.append((node, text, *ours[_bare(text)[0]]))
        elif next(_all(node, "PlainTextSelection"), None) is not None:
            strange.append(repr(node.get("name")))
    if strange:
        said = f"{path}: {', '.join(strange)}: none of the texts at hand; expected unchanged sources"
        if not found:
            raise BadInput(said)
        print(said, file=sys.stderr)
    count = _counted(path, root, found)
    users = {u.get("guid"): u.get("name", "").strip() for u in _all(root, "User")}
    return _by_people([row for met in found for row in _codings(met, count, names, users)])


def codes(path, known):
    """The codes that there are in a project, ours where `known` maps them."""
    return set(filter(None, _names(_opened(path)[0], known).values()))


def _names(root, known):
    return {c.get("guid"): _code(c.get("name", "").strip(), known) for c in _all(root, "Code")}


def _by_people(rows):
    """The rows by user where several people coded, without the machine's; else all as one coder's."""
    if len({row["user"] for row in rows} - {"", MACHINE}) > 1:
        return [row for row in rows if row["user"] != MACHINE]
    return [{**row, "user": ""} for row in rows]


def _code(name, known):
    first = name.split(" ")[0]
    return known.get(name, known.get(first, name))


def _bare(text):
    """(a text without blanks and marks of byte order, where each of its characters stands in it)."""
    kept = [i for i, c in enumerate(text) if not c.isspace() and c not in "\ufeff\0\ufffd" and not _lone(c)]
    return "".join(text[i] for i in kept), kept


def _lone(c):
    return "\ud800" <= c <= "\udfff"


def _places(text, count):
    """{offset as a program counts it: offset in the text}."""
    wide, line, _ = count
    pieces = _LINES.findall(text)
    sizes = [(line or len(p)) if p[0] in "\r\n" else wide if ord(p) > 0xFFFF else 1 for p in pieces]
    starts = list(accumulate(map(len, pieces), initial=0))
    return dict(zip(accumulate(sizes, initial=0), starts, strict=True))


def _spans(node, text, count):
    """[(selection, start, end in the text)] by a way of counting, None where one can't be so."""
    places, spans = _places(text, count), []
    for s in _all(node, "PlainTextSelection"):
        start = places.get(_whole(s.get("startPosition")))
        end = places.get(_whole(s.get("endPosition")) + count[2])
        spans.append((s, start, end) if start is not None and end is not None and start < end else None)
    return spans


def _whole(number):
    return int(number) if re.fullmatch(r"[0-9]{1,12}", number or "") else -2


def _counted(path, root, found):
    """The way of counting that fits all selections and most of their names; BadInput where that stays open."""
    tried = {}
    for count in COUNTS:
        spans = [span for node, text, _, _ in found for span in _spans(node, text, count)]
        if None not in spans:
            tried[count] = spans
    texts = [text for node, text, _, _ in found for _ in _all(node, "PlainTextSelection")]
    if not tried:
        raise BadInput(f"{path}: a selection is outside its text by any way of counting; expected a span inside it")
    fits = {c: sum(_named(s, text) for s, text in zip(spans, texts, strict=True)) for c, spans in tried.items()}
    best = [c for c in tried if fits[c] == max(fits.values())]
    if not any(fits.values()):
        best = [c for c in best if not c[2]] or best
    told = {tuple((a, b) for _, a, b in tried[c]) for c in best}
    if len(told) > 1 and not (root.get("origin") == ORIGIN and COUNTS[0] in best):
        raise BadInput(
            f"{path}: its offsets can be read as code points or as UTF-16 units, or with line ends as one or two; "
            "expected selections that carry their words as names"
        )
    return best[0]


def _named(span, text):
    """How well the words of a selection are those of its name, which may be cut: 2 the same, 1 they begin so."""
    node, start, end = span
    words, name = _bare(text[start:end])[0], re.sub(r"(…|\.\.\.)$", "", _bare(node.get("name", ""))[0])
    return 2 * (words == name) or int(len(name) > 8 and words.startswith(name)) if name else 0


def _codings(met, count, names, users):
    """The codings of one text of a project, in raw characters."""
    node, text, source, raw = met
    theirs, ours = _bare(text)[1], _bare(raw)[1]
    for selection, start, end in _spans(node, text, count):
        first, last = bisect_left(theirs, start), bisect_left(theirs, end) - 1
        for coding in _all(selection, "Coding") if first <= last else ():
            user = users.get(coding.get("creatingUser") or selection.get("creatingUser"), "")
            for ref in _all(coding, "CodeRef"):
                if code := names.get(ref.get("targetGUID"), ""):
                    yield {"source": source, "start": ours[first], "end": ours[last] + 1, "code": code, "user": user}


def _opened(path):
    """(XML, {file name: bytes of a text}) of a project."""
    held = archives.unpacked(path, files.contents(path, "a REFI-QDA project"), "a REFI-QDA project")
    name = next((n for n in held if n.endswith(".qde")), "")
    if not name:
        raise BadInput(f"{path}: no .qde inside; expected a REFI-QDA project (.qdpx)")
    try:
        root = ElementTree.fromstring(held[name])
    except (ElementTree.ParseError, LookupError, ValueError) as e:
        raise BadInput(f"{path}: {name!r} can't be read ({e}); expected the XML of a REFI-QDA project") from None
    return root, {PurePosixPath(n).name: data for n, data in held.items() if n.endswith(".txt")}


def _all(node, tag):
    return node.iter(f"{{{NAMESPACE}}}{tag}")


def _text(node, held):
    name = PurePosixPath(node.get("plainTextPath", "").replace("internal://", "")).name
    inline = next((c.text or "" for c in _all(node, "PlainTextContent")), "")
    data = held.get(name)
    if data is None:
        return inline
    return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
