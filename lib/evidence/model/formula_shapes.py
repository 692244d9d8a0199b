"""The shapes in which a place gives its model a formula: 4+X, 1611, 一厅五室, “A+B+C”, 1、3、5分钟, 两个40%."""

import re
from dataclasses import dataclass

from lib.evidence.model.old_lists import (
    CLASSIFIER,
    CLOSE,
    DIGITS,
    HAN,
    LIMIT,
    NUMERAL,
    OPEN,
    either,
    number,
    plain,
    uses,
)

COUNT = rf"(?:{NUMERAL}|[NnXx多])"
QUOTED = re.compile(rf"[{OPEN}]\s*([^{OPEN}{CLOSE}。！？\n]{{1,{LIMIT}}})[{CLOSE}]")
PLUS = re.compile(r"\s*[+＋]\s*")
MINUTES = re.compile(r"(?<![\d.])\d{1,2}(?:\s*[、/,，\-—]\s*\d{1,2}){1,3}\s*分钟")
WITHIN = re.compile(rf"(?<![\d.])\d{{1,2}}分钟(?:(?!的){HAN}){{2,4}}(?:、\d{{1,2}}分钟(?:(?!的){HAN}){{2,4}}){{1,3}}")
PERCENT = re.compile(rf"({NUMERAL})个\s*(\d{{1,3}}(?:\.\d+)?[%％])")
RUN_PART = re.compile(rf"({NUMERAL})({CLASSIFIER})?([^、,，;；\d{DIGITS}两]{{1,8}})")
NOUNS = "支撑|支持|重点|条块|道路|大数据|大脑"  # where a classifier begins a word
SHORT_PART = re.compile(rf"({COUNT})((?!{NOUNS})(?:{CLASSIFIER}))?([^{DIGITS}两NX\d%％\-—、,，;；+＋]{{1,5}}|一$)")
CODE = re.compile(rf"({HAN}{{0,8}})([1-9]{{3,5}})")
CALLS = ("110", "119", "120", "122")
BARE_SUM = re.compile(r"(?<![\w+＋.])(?:\d{1,2}|[Nn])(?:\s*[+＋]\s*(?:\d{1,2}|[NnXx])){1,4}(?![\w+＋])")


@dataclass(frozen=True)
class Shape:
    """A formula as it stands: span of its name, name, parts as (count or None, words), kind of shape."""

    start: int
    end: int
    name: str
    parts: tuple
    kind: str
    derived: bool = False  # the name is ours: the text has the parts, and no name for them


def shapes(chars, sentence, lexicon):
    """Every formula of a sentence by its shape, in order, none inside another."""
    found = [*_quoted(chars, sentence, lexicon), *_bare(chars, sentence, lexicon)]
    found, kept = [s for s in found if s.name not in uses(lexicon, "false")], []
    for s in sorted(found, key=lambda s: (s.start - s.end, s.start)):
        if all(s.end <= k.start or k.end <= s.start for k in kept):
            kept.append(s)
    return sorted(kept, key=lambda s: s.start)


def _quoted(chars, sentence, lexicon):
    for m in QUOTED.finditer(chars, sentence.start, sentence.end):
        start, words = m.start(1), m.group(1).rstrip()
        if plain(words) in uses(lexicon, "false"):
            continue
        after = chars[m.end() : min(sentence.end, m.end() + 12)]
        for kind, read in READERS.items():
            shape = read(words, after, lexicon)
            if shape:
                yield _selfnamed(Shape(start, start + len(words), shape[0], tuple(shape[1]), kind))
                break


def _sum(words, after, _lexicon):
    """“4+X”, “A+B+C”, “A+”."""
    if not PLUS.search(words) or "、" in words and not re.search(r"[（(][^）)]*、", words) or after.startswith("级"):
        return None
    parts = PLUS.split(words)
    if any(not p or len(p) > 14 or re.search(r"\D\d+$", p) for p in parts[:-1]):
        return None
    if all(re.match(r"[\dNn][名个支]", p) for p in parts):
        return None
    if len(parts) == 2 and re.fullmatch("[1-9]{3,4}", parts[0]) and re.fullmatch("[NnXx]", parts[1]):
        parts = [*parts[0], parts[1]]
    return plain(words), [_term(p) for p in parts]


def _term(words):
    """(count, words) of one summand: a small number or letter counts, anything else is named by itself."""
    if re.fullmatch(r"\d{1,2}", words):
        return int(words), ""
    return (None, "") if re.fullmatch(r"[NnXx]?", words) else (None, plain(words))


def _code(words, after, lexicon):
    """“公安大脑1611”; “1234”工作法; “一二三四”工作法."""
    if re.fullmatch("[一二三四五六七八九]{3,5}", words) and _headed(after, lexicon):
        return words, [(number(c), "") for c in words]
    m = CODE.fullmatch(re.sub(rf"(?:{either(lexicon, 'head')})$", "", words))
    if not m or m.group(2) in CALLS or not m.group(1) and not _headed(after, lexicon):
        return None
    return plain(words), [(int(d), "") for d in m.group(2)]


def _headed(after, lexicon):
    """The match if a word such as 模式 or 工作法 ends the noun that follows the quotation mark."""
    return re.match(rf"{HAN}{{0,8}}?(?:{either(lexicon, 'head')})", after)


def _run(words, _after, _lexicon):
    """“一个平台、两项服务、三重网络”, “一个中心一张网”, “一台操作、一屏掌控、一图展示”."""
    pieces = [p for p in re.split(r"[、,，;；\s]+", words) if p]
    if len(pieces) == 1:
        pieces = re.findall(rf"{NUMERAL}(?:{CLASSIFIER})[^{DIGITS}两\d]+", words)
        pieces = pieces if "".join(pieces) == words else []
    parts = [RUN_PART.fullmatch(p) for p in pieces]
    if len(parts) < 2 or not all(parts) or not all(p.group(2) for p in parts) and len(parts) < 3:
        return None
    bare = not any(p.group(2) for p in parts)
    return plain(words), [(number(p.group(1)), p.group(0) if bare else p.group(3)) for p in parts]


def _set(words, after, lexicon):
    """“一厅五室”, “两降两升”, “三统筹”, “四元”融合, “五个一”."""
    parts = SHORT_PART.findall(words)
    if not parts or "".join("".join(p) for p in parts) != words or len(words) > 10 or not _small(parts):
        return None
    tail = (re.match(r"\w[长员]", after) or _headed(after, lexicon)) if len(words) == 2 else None
    tail = tail if tail and not re.search("[为的等和]", tail.group()) else None
    suffix = re.compile(rf"(?<=.)(?:{either(lexicon, 'head')})$")
    return words + (tail.group() if tail else ""), [(number(n), suffix.sub("", noun)) for n, _, noun in parts]


def _small(parts):
    """Whether the numbers and nouns are of a formula's size: one number from 2 to 12, or several with short nouns."""
    if len(parts) > 1:
        return all(len(noun) <= 3 for _, _, noun in parts)
    value = number(parts[0][0])
    return bool(value) and 2 <= value <= 12 and len(parts[0][2]) <= 4


READERS = {"sum": _sum, "code": _code, "run": _run, "set": _set}


def _bare(chars, sentence, lexicon):
    """Shapes that need no quotation marks."""
    span = (sentence.start, sentence.end)
    for m in MINUTES.finditer(chars, *span):
        name = re.sub(r"[\s\-—/,，]+", "、", m.group())
        yield Shape(m.start(), m.end(), name, ((None, name),), "parameter")
    for m in WITHIN.finditer(chars, *span):
        parts = tuple((int(re.match(r"\d+", p).group()), p) for p in m.group().split("、"))
        yield Shape(m.start(), m.end(), m.group(), parts, "run")
    for m in PERCENT.finditer(chars, *span):
        if 2 <= (number(m.group(1)) or 0) <= 9:
            yield Shape(m.start(), m.end(), plain(m.group()), ((None, plain(m.group())),), "parameter")
    for m in BARE_SUM.finditer(chars, *span):
        if _headed(chars[m.end() : sentence.end], lexicon):
            yield Shape(m.start(), m.end(), plain(m.group()), tuple(map(_term, PLUS.split(m.group()))), "sum")
    for m in re.compile(either(lexicon, "national")).finditer(chars, *span):
        parts = tuple((number(n), noun) for n, _, noun in SHORT_PART.findall(m.group()))
        yield _selfnamed(Shape(m.start(), m.end(), m.group(), parts, "set"))


def _selfnamed(shape):
    """一村一警 says itself what its parts are: one village, one officer."""
    if shape.kind != "set" or len(shape.parts) < 2 or any(count != 1 for count, _ in shape.parts):
        return shape
    return Shape(shape.start, shape.end, shape.name, tuple((1, f"一{noun}") for _, noun in shape.parts), "each")
