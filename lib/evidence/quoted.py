"""Names in quotation marks: each is weighed by its own words and by what stands on either side."""
import re
from collections import Counter
from dataclasses import dataclass

from lib.evidence import names

QUOTED = re.compile(r"“\s*([^“”‘’\n]{1,30}?)\s*”|‘\s*([^“”‘’\n]{1,30}?)\s*’")
BETWEEN = re.compile(r"[、，,和与及\s]{0,3}|以及|还有")
NOT_A_NAME = re.compile(r"[。；：！？:;!?《》…()（）]")
PLUS = re.compile(r"[+＋]")
FORMULA = re.compile(r"\d|[A-Za-z]|[一二两三四五六七八九十]+[\u4e00-\u9fff][一二两三四五六七八九十]+|^[一二两三四五六七八九十]+[个级]|式")
NUMBERED = re.compile(r"[一二两三四五六七八九十]+个")
TITLE = re.compile(r"(?:全国|全省|全市|国家级?|省级|中国|[一二三四五]星).*(?:示范\S{0,4}|实验区|试点\S{0,3}|先进\S{0,4}|[城市县区鼎杯]|派出所|单位)$")
AWARDED = re.compile(r"(?:荣获|颁授|命名的?|获评|评为|授予|入选|获得|评选|表彰|荣膺|斩获|授牌|摘得|命名为?)[^，。]{0,12}$")
LAUNCHED = re.compile(r"(?:已|正式|全面|已经|现已)*(?:在[^，。]{1,6})?(?:推广|上线|投用|启用|运行|揭牌|成立|投入使用)")
SCANNED = re.compile(r"(?:的)?(?:扫码|亮码|二维码|用码)")
ENOUGH = 2


@dataclass(frozen=True)
class Quoted:
    """A candidate: the words at start to end, `tail` characters of head noun after the quotes, its kind and weight."""

    start: int
    end: int
    words: str
    close: int
    tail: int
    kind: str
    weight: int
    local: bool


def candidates(document, rules):
    """Every quoted name of the text that its evidence carries, in order."""
    chars = document.text.chars
    runs = list(_runs(chars))
    repeated = Counter(m[1] or m[2] for run in runs for m in run)
    headings = [(p.start, p.end) for p in document.passages if p.kind in ("heading", "title")]
    found = []
    for run in runs:
        clause = _clause(chars, run[0].start())
        outer = names.head_after(rules, chars[run[-1].end():run[-1].end() + 40])
        heading = any(a <= run[0].start() < b for a, b in headings)
        weighed = []
        for m in run:
            own = outer if m is run[-1] else names.head_after(rules, chars[m.end():m.end() + 40])
            candidate = _weighed(chars, rules, (m, clause, own, outer))
            weighed += [(candidate.weight + (repeated[m[1] or m[2]] > 1) - heading, candidate)] if candidate else []
        listed = len(run) > 1 and any(weight > ENOUGH for weight, _ in weighed)
        found += [c for weight, c in weighed if weight + listed >= ENOUGH]
    return found


def _runs(chars):
    """Neighbouring quotations, which share what stands before the first and after the last."""
    run = []
    for m in QUOTED.finditer(chars):
        if run and not BETWEEN.fullmatch(chars[run[-1].end():m.start()]):
            yield run
            run = []
        run.append(m)
    if run:
        yield run


def _clause(chars, at):
    before = re.sub(r"[“‘][^“”‘’]*[”’]", lambda m: "＊" * len(m[0]), chars[max(0, at - 40):at])
    return re.split(r"[，。；！？：、\n,;!?“‘]", before)[-1]


def _weighed(chars, rules, context):
    m, clause, own, outer = context
    words, start, end = (m[1] or m[2]), *m.span(1 if m[1] else 2)
    if NOT_A_NAME.search(words) or TITLE.match(words) or AWARDED.search(clause):
        return None
    before = _apposed(rules, clause)
    if words in rules.generic or len(words) == 1:
        joined = _joined(rules, clause, words)
        if not joined or rules.generic.get(words, "emphasis") != "emphasis" or len(words) > 4:
            return None
        start, words = start - len(joined) - 1, joined + words
    if len(words) < 3 and own[2] and own[0] > 1 and (joined := _joined(rules, clause, words)):
        start, words = start - len(joined) - 1, joined + words
    inside = None if PLUS.search(words) else _inside(rules, words)
    after = max(own, outer, key=lambda x: x[0])
    verb, weight = _verb(rules, clause)
    weight += (inside.inside if inside and inside.word != words else 0) + after[0] + bool(before)
    weight += _shape(words, inside or after[0]) + 2 * bool(LAUNCHED.match(chars, m.end())) - _slogan(words, inside)
    kind = "code" if SCANNED.match(chars, m.end()) else _kind(words, inside, after[1], before)
    tail = own[2] if own[1] and own[1].right > 1 and (not inside or inside.kind == "programme") else 0
    return Quoted(start, end, words, m.end(), tail, kind, weight, bool(verb and verb.local))


def _inside(rules, words):
    """The head noun that quoted words end with; a single character counts only where it is a word by itself."""
    head = rules.ending(words)
    last = names.segmentation.plain(words)[-1]
    return None if head and len(head.word) == 1 and len(last) > 1 and last not in rules.heads else head


def _apposed(rules, clause):
    """The head noun right before the quotes: 平台“X”."""
    head = rules.ending(clause)
    return head if head and head.right > 1 and len(head.word) > 1 and head.word != clause else None


def _joined(rules, clause, words):
    """The modifier that a short quoted word needs to be a name: 治安防控“云平台”."""
    if len(words) > 2 and re.sub("^[一二两三四五六七八九十]", "", words) not in rules.heads:
        return ""
    tokens, at = names.segmentation.plain(clause), len(clause)
    while tokens and not rules.verbs.get(tokens[-1]) and not re.search(r"\d", tokens[-1]):
        at -= len(tokens.pop())
    return clause[at:] if 2 <= len(clause) - at <= 8 else ""


def _verb(rules, clause):
    clause = names.COUNTED.sub("", clause.rstrip())
    verb = rules.verb_before(clause, 1) or rules.verb_before(re.sub(r"[的了出起]+$", "", clause), 1)
    if verb:
        return verb, verb.weight
    tokens = [rules.verb(t) for t in names.segmentation.plain(clause)]
    return next((v for v in tokens if v and v.local), None), int(any(v and v.weight for v in tokens)) if clause.endswith(
        "的") else 0


def _shape(words, head):
    plus = len(PLUS.findall(words))
    return min(plus, 2) if plus else int(bool(FORMULA.search(words) and (head or not NUMBERED.match(words))))


def _slogan(words, inside):
    commas = len(re.findall("[，,]", words)) * 2 + len(re.findall("、", re.sub(r"\d、", "", words)))
    return min(2, commas) + ("的" in words) + (len(words) > 14 and not inside and not PLUS.search(words))


def _kind(words, inside, after, before):
    told = after and after.right > 1 or before
    weak = inside and (inside.kind == "programme" or inside.inside < 2 and inside.kind != "code")
    head = inside if inside and not (weak and (told or inside.kind == "programme" and after)) else after or before
    return head.kind if head else "model" if PLUS.search(words) else "mechanism"
