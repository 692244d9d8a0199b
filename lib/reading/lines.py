"""Words and sentences that a page layout broke: by blank lines, by wrapped lines, by spaces."""

import re
from functools import cache, partial

from lib.lexicon import alternatives
from lib.reading import edits
from lib.reading.edits import Edit
from lib.reading.segmentation import spans_boundary
from lib.reading.spans import HANZI

BREAK = re.compile(r"(?<![ \t])[ \t]*\n\s*")
ENDS = re.compile(r"[。!?;:…~】》>]$|[”’)]$")
CARRIES_ON = re.compile(r"[,、(（“‘《+/·—-]$")
MARKER = re.compile(alternatives("numbered line"))
OPENER = re.compile(alternatives("paragraph begins"))
WORD_GAP = re.compile(rf"(?<=[{HANZI}，。、：；！？“”‘’《》（）,;:!?()+]) +(?=[{HANZI}“”‘’《》（），。、,;:!?()+])")
LETTER_SPACED = re.compile(rf"(?<![{HANZI}])(?:[{HANZI}] ){{2,}}[{HANZI}](?![{HANZI}])")
GAPS = re.compile(r"(?<=\d) +(?=[万亿%‰])|(?<=\d) +(?=[年月日时分秒号](?!\d))|(?<=[年月日时]) +(?=\d{1,2} *[月日时分])")
SENTENCE = re.compile(rf"。|[,;][{HANZI}“]")
BESIDE_NUMBER = re.compile(rf"(?<=[{HANZI}]) +(?=\d)|(?<=[\d%‰]) +(?=[{HANZI}])")
COLUMNS = re.compile(r"\d +\d|\t|  ")
SPLIT = re.compile(rf"[{HANZI}]{{2}}[^\n]*\d[.,]?$"), re.compile(rf"\d*(?:[万亿%]|\d[{HANZI}])[^\n]*[,。;]")
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/%=&] ?")
DOUBLED = re.compile(rf",(?=[,、。;:!?])|(?<=[、;])[,](?=[{HANZI}])")
NAMES_BESIDE = re.compile(alternatives("byline ends"))
LONG = 40


def clean(text, lexicon):
    """(the text with its broken sentences and words whole again, ledger rows)."""
    ledger = []
    for found in (_addresses, _line_breaks, partial(_numbers, lexicon=lexicon), _gaps):
        text, rows = edits.apply(text, list(found(text.chars)))
        ledger += rows
    return text, ledger


def _addresses(chars):
    return [Edit(m.start(), m.end(), "", "cut", "address") for m in ADDRESS.finditer(chars)]


def _line_breaks(chars):
    """Edits that join what a line break or blank lines part in mid-sentence."""
    before, at = "", 0
    width = _wrap_width(chars)
    for m in BREAK.finditer(chars):
        piece = chars[at : m.start()]
        left = before + piece
        end = chars.find("\n", m.end())
        right = chars[m.end() : end if end >= 0 else len(chars)].rstrip()
        at = m.end()
        if left.strip() and right and _broken(left.strip(), right, width):
            latin = (
                re.search("[A-Za-z]$", left)
                and re.match("[A-Za-z0-9]", right)
                or re.search("[0-9]$", left)
                and re.match("[A-Za-z]", right)
            )
            yield Edit(m.start(), m.end(), " " if latin else "", "joined", "line break")
            before = left[-400:]
        else:
            before = ""


def _wrap_width(chars):
    """The width at which a text's lines are wrapped, or 0 where they are not."""
    lengths = sorted(len(line.strip()) for line in chars[:20000].split("\n") if line.strip())
    if len(lengths) < 5:
        return 0
    typical = lengths[len(lengths) * 3 // 4]
    near = sum(abs(n - typical) <= 2 for n in lengths)
    return typical if 15 <= typical <= 90 and near > len(lengths) / 2 else 0


def _broken(left, right, width):
    """Whether a line runs on in the next one."""
    if ENDS.search(left) or MARKER.match(right):
        return False
    if SPLIT[0].search(left) and SPLIT[1].match(right):
        return True
    last = re.split(r"[。!?]", left)[-1]
    if any(last.count(opened) > last.count(closed) for opened, closed in ("“”", "()", "《》")):
        return True
    if CARRIES_ON.search(left):
        return len(right) > 8 or bool(re.search(r"[。!?;]", right)) or len(left) > LONG
    if not re.match(rf"[{HANZI}\w”’)）,.。、%]", right):
        return False
    running = len(left) >= LONG or bool(re.search(r"[,。;]", left) and len(left) >= 20)
    sentence = "。" in left or len(left) >= LONG and bool(re.search("[,;]", left))
    whole_line = width and abs(len(left.split("\n")[-1]) - width) <= 2
    if re.match(r"[”’)）,.。、;:%!?]", right):
        return running
    if len(spans_boundary(left, right)) >= 2 and (running or re.search(r"[。!?,;]", right)):
        return True
    heading = len(right) <= 30 and not re.search(r"[。,;!?]", right)
    rest = bool(re.search("[,。;]", left)) and running and bool(re.fullmatch("[^,;、。!?]{1,16}[。!?]", right))
    return bool((sentence or whole_line or rest) and not heading and not OPENER.match(right))


def _gaps(chars):
    """Edits that close gaps inside words of running text, and words set with a space after each character."""
    for m in DOUBLED.finditer(chars):
        yield Edit(m.start(), m.end(), "", "repaired", "doubled comma")
    for m in re.finditer(r"[^\n]+", chars):
        line = m.group()
        if SENTENCE.search(line) and not COLUMNS.search(line):
            for gap in BESIDE_NUMBER.finditer(line):
                yield Edit(m.start() + gap.start(), m.start() + gap.end(), "", "joined", "spaces")
        if re.search(r"[,。;]", line):
            yield from (
                Edit(m.start() + g.start(), m.start() + g.end(), "", "joined", "spaces")
                for g in WORD_GAP.finditer(line)
                if not NAMES_BESIDE.search(line[max(0, g.start() - 4) : g.start()])
            )
        else:
            for spaced in LETTER_SPACED.finditer(line):
                yield from _space_marks(chars, m.start() + spaced.start(), m.start() + spaced.end(), "spaces")


def _numbers(chars, lexicon):
    """Edits that close the gaps in a number: between its thousands, before 万 and %, within a date."""
    for m in _thousands(lexicon).finditer(chars):
        yield from _space_marks(chars, m.start(1), m.end(1), "thousands")
    for m in GAPS.finditer(chars):
        yield Edit(m.start(), m.end(), "", "joined", "number")


@cache
def _thousands(lexicon):
    """Spaces that group a number's thousands, where a unit, a magnitude or a table's bar follows."""
    units = "|".join(re.escape(r["unit"]) for r in lexicon.rows("units", "unit"))
    return re.compile(rf"(?<![\d.,] )(?<![\d.,])\d{{1,3}}((?: \d{{3}})+)(?= ?[余多]?(?:[万亿]|{units})| +\||$)", re.M)


def _space_marks(chars, start, end, rule):
    return (Edit(i, i + 1, "", "joined", rule) for i in range(start, end) if chars[i] == " ")
