"""One script: invisible characters, full-width forms, quotation marks, glosses, traditional characters, variants."""

import re
import unicodedata
from functools import cache

from lib.reading import edits
from lib.reading.edits import Edit
from lib.reading.spans import HAN, HANZI
from lib.reading.text import translated

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
GLOSS = re.compile(rf"(?<=[{HANZI}])[(（](?=[a-zü]*[{TONED}])[a-zü{TONED}]{{1,6}}[)）]")
PLAIN_GLOSS = re.compile(rf"(?<=[{HANZI}])[(（][a-zü]{{1,6}}[)）](?=[{HANZI}，,。、])")
SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang?|i?ong|[iuü]?[ae]n?|eng?|er|ing?|i?ao|i?ou|u?ai|[u]?ei|iu|ui|u?o"
    r"|[iuüaoe]|u?ang|ueng|ün)$"
)
NO_THOUSANDS = re.compile("(?<=[0-9０-９])，(?=[0-9０-９])")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\x00-\x08\x0e-\x1f]")
WIDE_GAP = re.compile(" {4}( +)")
SURROGATE = re.compile("[\ud800-\udfff]")
CARRIAGE_RETURN = re.compile("\r(?=\n)")
LINE_ENDS = str.maketrans({c: "\n" for c in "\r\x0b\x0c\x85\u2028\u2029"})
SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
CORNERS = str.maketrans("「」『』〝〞＂﹁﹂﹃﹄", '“”‘’“”"“”‘’')
ASPECT = re.compile(
    "(?<![显名原编专论译巨土昭卓合遗拙所])著(?![名作者称述书录眼])"
)  # 著 for 着, which the phrase tables leave
TRADITIONAL_SHARE = 0.03


@cache
def _simplifier():
    import opencc

    return opencc.OpenCC("t2s")


@cache
def _convert(char):
    return _simplifier().convert(char)


def simplified(words):
    """The words in simplified script, character by character, so that every place in them stays where it is."""
    same = _simplifier().convert(words)
    return same if len(same) == len(words) else "".join(_one(c) for c in words)


def _one(char):
    same = _convert(char)
    return same if len(same) == 1 else char


@cache
def _variants(lexicon):
    return {r["variant"]: r["standard"] for r in lexicon.rows("variants", "variant", "standard")}


@cache
def _wide():
    """Full-width forms, radicals and compatibility ideographs whose plain form is one character."""
    ends = [(0xFF01, 0xFF5F), (0xFFE0, 0xFFE7), (0x2E80, 0x2FE0), (0xF900, 0xFB00), (0xFE30, 0xFE70)]
    blocks = [range(*end) for end in ends]
    plain = {c: unicodedata.normalize("NFKC", chr(c)) for block in blocks for c in block}
    return {c: new for c, new in plain.items() if len(new) == 1 and new != chr(c)}


def clean(text, lexicon):
    """(Text, ledger rows): the text in simplified script with plain forms, each character still at its raw offset."""
    ledger = []
    for step in (_invisible, _spaces, _widths, _glosses, _quotes, _simplified):
        text, rows = step(text, lexicon)
        ledger += rows
    return text, ledger


def _invisible(text, _):
    text = text.edited([(m.start(), m.end(), "") for m in CARRIAGE_RETURN.finditer(text.chars)])
    return edits.apply(text, [Edit(m.start(), m.end(), "", "cut", "invisible") for m in INVISIBLE.finditer(text.chars)])


def _spaces(text, _):
    text = type(text)(SURROGATE.sub("\ufffd", translated(translated(text.chars, LINE_ENDS), SPACES)), text.offsets)
    return text.edited([(m.start(1), m.end(1), "") for m in WIDE_GAP.finditer(text.chars)]), []


def _widths(text, _):
    chars = list(translated(text.chars, _wide()))
    for m in NO_THOUSANDS.finditer(text.chars):
        chars[m.start()] = m.group()  # a full-width comma never groups thousands
    chars = "".join(chars)
    return edits.converted(text, chars, "full-width")


def _glosses(text, _):
    found = [Edit(m.start(), m.end(), "", "cut", "gloss") for m in GLOSS.finditer(text.chars)]
    if len(found) >= 3:
        found += [
            Edit(m.start(), m.end(), "", "cut", "gloss")
            for m in PLAIN_GLOSS.finditer(text.chars)
            if SYLLABLE.match(m.group()[1:-1])
        ]
    return edits.apply(text, found)


def _quotes(text, _):
    chars = "\n".join(_paired(line) for line in translated(text.chars, CORNERS).split("\n"))
    return edits.converted(text, chars, "quotation marks")


def _paired(line):
    """Straight or misturned double quotes of a line as pairs, where their number is even."""
    marks = re.findall('["“”]', line)
    if len(marks) % 2 or marks == list("“”") * (len(marks) // 2):
        return line
    if '"' not in marks and marks.count("“") == marks.count("”") and not re.search("””|““", "".join(marks)):
        return line
    turn = iter("“”" * (len(marks) // 2))
    return re.sub('["“”]', lambda m: next(turn), line)


def _simplified(text, lexicon):
    hanzi = HAN.findall(text.chars)
    table = _characters("".join(sorted(set(hanzi))), lexicon)
    strange = {c for c in table if not _in_gb2312(c)}
    traditional = sum(c in strange for c in hanzi) > max(TRADITIONAL_SHARE * len(hanzi), 2)
    if not traditional:
        chars = text.chars.translate({ord(c): table[c] for c in strange}) if strange else text.chars
        return edits.converted(text, chars, "variant")
    chars = "".join(_whole(piece, table) for piece in re.split(r"([\n。,;])", text.chars))
    return edits.converted(text, ASPECT.sub("着", chars), "traditional")


def _characters(distinct, lexicon):
    """{character: its simplified form} of those that have another one."""
    simple = {c: _convert(c) for c in distinct} | {c: s for c, s in _variants(lexicon).items() if c in distinct}
    return {c: s for c, s in simple.items() if len(s) == 1 and s != c}


def _whole(piece, table):
    """A clause in simplified script: by phrases where that keeps its length, else character by character."""
    phrase = _simplifier().convert(piece)
    return (
        "".join(table.get(c, c) if c == p else p for c, p in zip(piece, phrase, strict=True))
        if len(phrase) == len(piece)
        else piece.translate({ord(c): s for c, s in table.items()})
    )


@cache
def _in_gb2312(char):
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def plain_forms(chars):
    """Characters in plain forms and simplified script, their number not kept: for a look at a page's head or foot."""
    for table in (LINE_ENDS, SPACES, _wide()):
        chars = translated(chars, table)
    return _simplifier().convert(GLOSS.sub("", chars))
