"""Names without quotation marks: a proper or long modifier before a head noun, after a verb that makes or uses it."""

import re
from collections import Counter

from lib import rules
from lib.evidence.mentions import name_words as words
from lib.evidence.mentions.names_quoted import Candidate
from lib.reading import places, segmentation

BREAK = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9·+]+")
OWNER = re.compile(
    r"^[\u4e00-\u9fff]{2,12}?(?:省|市(?!域)|[^小社校园景]区(?!域)|县(?!域)|镇|乡(?!村)|街道|村|社区|[分市]局|公安局|派出所|公安|警方)"
)
LEAD = re.compile(
    r"^(?:第[一二三四五\d]+[代批]|[全本我该各某][省市区县镇村州]|新时代|新型|各级?|新一轮|新|首个|专门|统一|常态化?|多|系列)+"
)
TALK = re.compile(r"[不没我你他她它是了着这那很吗呢吧]")
FORMULA = re.compile(r"[A-Za-z\d+]|[一二三四五六七八九两][\u4e00-\u9fff][一二三四五六七八九两]")
LONGEST = 22
ENOUGH = {"mechanism": 3, "programme": 3, "model": 3, "station": 2, "team": 2, "platform": 2, "centre": 2, "code": 2}
FRAMES = {"name.call": 2, "name.found": 2, "name.make": 1, "name.use": 1, "name.made_up_of": 2}


def candidates(document, known, near=()):
    """Every unquoted name of the text, in order; `near` are names of places that the text uses."""
    found = [c for start, end in document.clauses for c in _clause(document, known, (start, end), near)]
    times = Counter(c.words for c in found)
    return [c for c in found if c.points + (times[c.words] > 1) >= ENOUGH[c.kind]]


def _clause(document, known, span, near):
    """The names of one clause, in the pieces between its marks."""
    chars, at = document.text.chars, span[0]
    for gap in [*BREAK.finditer(chars, *span), None]:
        end = gap.start() if gap else span[1]
        if end - at > 4:
            yield from _names(document, known, (at, end), near)
        at = gap.end() if gap else end


def _names(document, known, span, near):
    """The names of one piece: words back from a head noun to the nearest word that no name runs over."""
    chars, at = document.text.chars, span[0]
    border, tokens = at, segmentation.tagged(chars[span[0] : span[1]])
    for i, (token, tag) in enumerate(tokens):
        at += len(token)
        if words.ends(known, token, tag) or token in "和与及":
            border = at
            continue
        head = words.ending(known, chars[border:at])
        if head and head.bare and not _goes_on(known, tokens[i + 1 :]):
            yield from _candidate(document, known, (border, at, head), near)
            border = at


def _goes_on(known, following):
    """Whether the words behind a head noun carry the name on: 数据中心|公安|分中心."""
    ahead = ""
    for token, tag in following[:4]:
        if words.ends(known, token, tag) or tag[0] in "mq":
            return False
        ahead += token
        head = words.ending(known, ahead)
        if head and head.bare:
            return True
    return False


def _candidate(document, known, found, near):
    """The name that ends with a head noun, if it is long enough and not what any place has."""
    start, end, head = found
    chars = document.text.chars
    counted = known.counted.match(chars, start, end)
    start = _lead(chars, counted.end() if counted and counted.end() < end - len(head.word) else start, end)
    name, owner = chars[start:end], OWNER.match(chars[start : end - len(head.word)])
    own = name[owner.end() :] if owner and len(name) - owner.end() - len(head.word) > 1 else name
    plain = words.common(known, own[: -len(head.word)])
    if not head.bare <= len(name) <= LONGEST or TALK.search(name):
        return
    before, rule = rules.read(document, start, end, "name.before")
    told = FRAMES.get(rule, 0) + (len(own) > 6) + (len(own) > 9) - 2 * (plain and len(own) < 8) - plain
    told += 2 * bool(FORMULA.search(own)) + (not plain and head.kind in ("team", "station", "platform"))
    told += bool(owner) or any(name.startswith(p) for p in near)
    if before.startswith("-"):
        told += int(before)
    yield Candidate(start, end, name, end, 0, head.kind, told, f"name.bare:{rule}" if rule else "name.bare", "")


def _lead(chars, start, end):
    led = LEAD.match(chars[start:end])
    return start + led.end() if led else start
