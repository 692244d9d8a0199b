"""Names of persons without a title: signed at the end, in bylines and credits, in rows of names."""

import re

from lib.lexicon import alternatives
from lib.reading.person_words import PLACE_END, bounded, end_of_name
from lib.reading.spans import HANZI

BORDER = re.compile(r"(?:^|[\s,，。、;；:：“”‘’（）()!?！？】《》…·\-—与和及由的对跟让请获经在向从被把为给])$")
MORE = re.compile(r"[、/ 和与及]{1,2}")
SIGNED = re.compile(rf"(?m)[(（]([{HANZI}] ?[{HANZI}]{{1,2}})[)）](?=\s*$)|^ *([{HANZI}]{{3}}) *$")
ROW = re.compile(rf"(?<![{HANZI}])[{HANZI}]{{2,}}(?:、[{HANZI}]{{2,4}})+、[{HANZI}]{{2,}}")
ROW_ENDS = re.compile(alternatives("row of persons ends"))


def signed(chars, known):
    """An author's name in brackets at a paragraph's end, or on a line of its own."""
    for m in SIGNED.finditer(chars):
        form = (m.group(1) or m.group(2)).replace(" ", "")
        if end_of_name(form, 0, known) == len(form) and not PLACE_END.search(form):
            yield m.span(1 if m.group(1) else 2)


def bylines(chars, known):
    """Names behind a label of a byline, one or a row of them, and those before a credit: 摄影:李青, 李青 文/摄."""
    for m in known.label.finditer(chars):
        at = m.end()
        while end := bounded(chars, at, known):
            yield at, end
            more = MORE.match(chars, end)
            at = more.end() if more else len(chars)
    for m in known.credit.finditer(chars):
        for start in (m.start() - 3, m.start() - 2, m.start() - 4):
            if (
                start >= 0
                and bounded(chars, start, known) == m.start()
                and BORDER.search(chars[max(0, start - 1) : start])
            ):
                yield start, m.start()
                break


def rows(chars, known):
    """Names in a row of three or more without any title: 评选出周青、吴立新、郑凯等人."""
    for m in ROW.finditer(chars):
        at, found = m.start(), []
        for item in m.group().split("、"):
            found.append(_in_row(chars, at, at + len(item), known, not found))
            at += len(item) + 1
        sure = [f for f in found if f and end_of_name(chars, f[0], known, sure=False) == f[1]]
        if all(found) and len(sure) > 1 and any(b - a > 2 for a, b in sure) and ROW_ENDS.match(chars, found[-1][1]):
            yield from found


def _in_row(chars, start, end, known, first):
    """The span of the name that an item of a row is, or with words before the first and behind the last, or None."""
    for at in (end - 3, end - 2) if first else (start,):
        stop = at >= start and (end_of_name(chars, at, known, sure=False) or bounded(chars, at, known))
        if stop and stop - at < 5 and not PLACE_END.search(chars[at:stop]):
            return at, stop
    return None
