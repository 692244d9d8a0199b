"""Words and sentences that a page layout broke: by blank lines, by wrapped lines, by spaces."""

import re

from lib.reading import edits
from lib.reading.edits import Edit
from lib.reading.script import HANZI
from lib.reading.segmentation import spans_boundary

BREAK = re.compile(r"(?<![ \t])[ \t]*\n\s*")
ENDS = re.compile(r"[。!?;:…~】》>]$|[”’)]$")
CARRIES_ON = re.compile(r"[,、(（“‘《+/·—-]$")
MARKER = re.compile(
    r"(?:[（(]?[一二三四五六七八九十百\d]{1,3}[)）、.．]|第[一二三四五六七八九十百\d]+[章节条部分]"
    r"|[一二三四五六七八九十]是|[●•◆■□★☆▲△※◎○·*#>\-—])"
)
OPENER = re.compile(
    r"(?:近年来?|近日|今年|去年|目前|截至|据|与此同时|同时|此外|另外|为了?|在|自|随着|针对|通过|如今|当前|日前"
    r"|下一步|接下来|"
    r"\d{4}年|\d{1,2}月|“|一是|首先|其次|最后|其中|工作中|例如|比如|记者|他|她|该|当地|本)"
)
WORD_GAP = re.compile(rf"(?<=[{HANZI}，。、：；！？“”‘’《》（）,;:!?()+]) +(?=[{HANZI}“”‘’《》（），。、,;:!?()+])")
LETTER_SPACED = re.compile(rf"(?<![{HANZI}])(?:[{HANZI}] ){{2,}}[{HANZI}](?![{HANZI}])")
THOUSANDS = re.compile(
    r"(?<![\d.,] )(?<![\d.,])\d{1,3}((?: \d{3})+)(?=[余多万亿]?[个名人件起家处条次户所台路支万亿辆套项余多])"
)
DOUBLED = re.compile(r",(?=[,、。;:!?])|(?<=[、;])[,](?=[\u4e00-\u9fff])")
NAMES_BESIDE = re.compile(r"(?:记者|通讯员|作者|编辑|摄影)\s*$")
LONG = 40


def clean(text, _):
    """(the text with its broken sentences and words whole again, ledger rows)."""
    text, rows = edits.apply(text, list(_line_breaks(text.chars)))
    text, more = edits.apply(text, [*_spaces(text.chars), *_doubled(text.chars)])
    return text, rows + more


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
            latin = left[-1:].isascii() and left[-1:].isalnum() and right[:1].isascii() and right[:1].isalnum()
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
    last = re.split(r"[。!?]", left)[-1]
    if last.count("“") > last.count("”") or _open_bracket(last):
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


def _open_bracket(last):
    return last.count("(") > last.count(")") or last.count("《") > last.count("》")


def _spaces(chars):
    """Edits that close gaps inside words of running text, and words set with a space after each character."""
    for m in re.finditer(r"[^\n]+", chars):
        line = m.group()
        if re.search(r"[,。;]", line):
            yield from (
                Edit(m.start() + g.start(), m.start() + g.end(), "", "joined", "spaces")
                for g in WORD_GAP.finditer(line)
                if not NAMES_BESIDE.search(line[max(0, g.start() - 4) : g.start()])
            )
        else:
            for spaced in LETTER_SPACED.finditer(line):
                yield from (
                    Edit(m.start() + i, m.start() + i + 1, "", "joined", "spaces")
                    for i in range(spaced.start(), spaced.end())
                    if chars[m.start() + i] == " "
                )


def _doubled(chars):
    """Commas doubled by a page's protection against copying, and the spaces that group a number's thousands."""
    for m in DOUBLED.finditer(chars):
        yield Edit(m.start(), m.end(), "", "repaired", "doubled comma")
    for m in THOUSANDS.finditer(chars):
        for i in range(m.start(1), m.end(1)):
            if chars[i] == " ":
                yield Edit(i, i + 1, "", "joined", "thousands")
