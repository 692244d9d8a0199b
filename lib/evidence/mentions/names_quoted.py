"""Names in quotation marks: each is weighed by its own words and by what stands on either side."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from lib.evidence.mentions import name_words as names
from lib.reading import segmentation

QUOTED = re.compile(r"“\s*([^“”‘’\n]{1,30}?)\s*”|‘\s*([^“”‘’\n]{1,30}?)\s*’")
BETWEEN = re.compile(r"(?:[、，,和与及\s]{0,3}|以及|还有)(?:\d+[余多]?[个支名处座家])?")
NOT_A_NAME = re.compile(r"[。；：！？:;!?《》…()（）]|(?:.*[-—→]){2}")
PLUS = re.compile(r"[+＋]")
NUMERAL = "[一二两三四五六七八九十]+"
FORMULA = re.compile(rf"\d|[A-Za-z]|{NUMERAL}[\u4e00-\u9fff]{NUMERAL}|^{NUMERAL}[个级]|式")
NUMBERED = re.compile(rf"{NUMERAL}个")
TITLE = re.compile(
    r"(?:全国|全省|全市|国家级?|省级|中国|[一二三四五]星)"
    r".*(?:示范\S{0,4}|实验区|试点\S{0,3}|先进\S{0,4}|[城市县区鼎杯]|派出所|单位)$"
)
LAUNCHED = re.compile(
    r"(?:已|正式|全面|已经|现已)*(?:在[^，。]{1,6})?(?:推广|上线|投用|启用|运行|揭牌|成立|投入使用)|"
    r"[，,]?[^，。,；;]{0,12}(?:[召]?开|[举开]?办|开展|组织)了?\d[\d,.]*万?[余多]?[场次期]"
)
ITEM = re.compile(rf"^(?:{NUMERAL}是|其{NUMERAL}是?|[（(](?:{NUMERAL}|\d+)[）)])$")
ACTS = re.compile(
    "(?![更最很显有为的之是问现等不类]|案件|警情|违法|犯罪|纠纷|人员|群体|风险|事故)[0-9]*"
    "[\u4e00-\u9fff]{2,9}(?:[，。；,;]|$)"
)
COUNTED = re.compile(r"\d+[余多]?[个支名处座家张间块]")
BUILT = re.compile("(?:^|[是了已共先后，])(?:新?建|设|办)[了有起]?$")
OWNED = re.compile("(?<![全各我每])(?:[省市区县旗州镇乡村]|街道|社区|公安局|分局|派出所|公安)的?$")
BELONGS = re.compile("(?:[省市区县旗州镇乡村]|街道|社区|公安局|分局|派出所|公安)的?$")
PAIRS = re.compile("([一二两三四五六七八九十])[\u4e00-\u9fff]")
SCANNED = re.compile(r"的?(?:扫码|亮码|二维码|用码)")
ENTERS = re.compile("[进入驻].$")
AUTHORITY = re.compile("[局委办所府部处厅]$")
ENOUGH = 2  # weight from which a quotation is a name
LONG = 14  # characters above which it is a sentence rather than a name


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
    origin: str


@dataclass(frozen=True)
class Around:
    """Around a quotation: the clause before it, (weight, head, end) of the nouns after it, the text behind."""

    clause: str
    own: tuple
    after: tuple
    behind: str


def candidates(document, rules):
    """Every quoted name of the text that its evidence carries, in order."""
    chars = document.text.chars
    runs = list(_runs(chars))
    repeated = Counter(m[1] or m[2] for run in runs for m in run)
    found = []
    for run in runs:
        heading = _in_heading(document, run[0].start())
        weighed = [
            (c.weight + (repeated[c.words] > 1) - (heading and not FORMULA.search(c.words)), c)
            for c in _members(chars, rules, run)
        ]
        listed = len(run) > 1 and any(weight > ENOUGH for weight, _ in weighed)
        found += [c for weight, c in weighed if weight + listed >= ENOUGH]
    return found


def _in_heading(document, start):
    at = bisect_right(document.passages, start, key=lambda p: p.start) - 1
    return at >= 0 and document.passages[at].kind in ("heading", "title")


def _runs(chars):
    """Neighbouring quotations, which share what stands before the first and after the last."""
    run = []
    for m in QUOTED.finditer(chars):
        if run and not BETWEEN.fullmatch(chars[run[-1].end() : m.start()]):
            yield run
            run = []
        run.append(m)
    if run:
        yield run


def _members(chars, rules, run):
    """The quotations of a run that may be names, weighed."""
    clause = _clause(chars, run[0].start())
    outer = names.head_after(rules, chars[run[-1].end() : run[-1].end() + 40])
    for m in run:
        behind = chars[m.end() : m.end() + 40]
        own = outer if m is run[-1] else names.head_after(rules, behind)
        found = _weighed(rules, m, Around(clause, own, max(own, outer, key=lambda x: x[0]), behind))
        if found:
            yield found


def _clause(chars, at):
    before = re.sub(r"[“‘][^“”‘’]*[”’]", lambda m: "＊" * len(m[0]), chars[max(0, at - 40) : at])
    return re.split(r"[，。；！？：\n,;!?“‘]|(?=、)", before)[-1]


def _weighed(rules, match, around):
    """The candidate of one quotation, or None where it is a title, an award or an emphasised word."""
    words, (start, end) = (match[1] or match[2]), match.span(1 if match[1] else 2)
    if NOT_A_NAME.search(words) or TITLE.match(words) or rules.event.search(words) or rules.award.search(around.clause):
        return None
    joined = _modifier(rules, words, around)
    if (words in rules.generic or len(words) == 1) and not joined:
        return None
    start, words = (start - len(joined) - 1, joined + words) if joined else (start, words)
    inside = None if PLUS.search(words) else _inside(rules, words)
    before, verb = _apposed(rules, around.clause), _verb(rules, around.clause)
    weight = verb[1] + (inside.inside if inside and inside.word != words else 0) + around.after[0] + bool(before)
    shape = _shape(words, inside or around.after[0])
    weight += shape + 2 * bool(LAUNCHED.match(around.behind) or _item(rules, words, around))
    weight += bool(shape + bool(inside) and BELONGS.search(around.clause)) + around.clause.endswith("组成的")
    weight += _subject(rules, words, around) + bool(verb[1] and COUNTED.match(around.behind))
    tail = around.own[2] if around.own[0] > 1 and (not inside or inside.kind == "programme") else 0
    return Quoted(
        start,
        end,
        words,
        match.end(),
        tail,
        _kind(words, inside, (around, before)),
        weight - _against(rules, words, (inside, around)),
        _origin(rules, around.clause, verb[0]),
    )


def _origin(rules, clause, verb):
    """Who made the thing, as the verb tells it; what stands right behind a place or body is its own."""
    return names.origin(rules, clause, verb) or ("local" if OWNED.search(clause) else "")


def _subject(rules, words, around):
    """Whether the quotation opens its clause and acts there: “X”守着海田."""
    alone = not around.clause and ACTS.match(around.behind)
    return bool(alone and len(words) > 2 and not rules.made_of_modifiers(words))


def _item(rules, words, around):
    """Whether the quotation opens an item of a list and acts there: 一是“X”调纠纷."""
    opens = ITEM.match(around.clause) and ACTS.match(around.behind)
    return bool(opens and len(words) > 3 and not rules.made_of_modifiers(words))


def _inside(rules, words):
    """The head noun that quoted words end with; a weak one of one character only where it is a word by itself."""
    head = rules.ending(words)
    last = segmentation.plain(words)[-1]
    hidden = (
        head
        and len(head.word) == 1
        and (ENTERS.search(words) or head.inside < 2 and len(last) > 1 and last not in rules.heads)
    )
    return None if hidden else head


def _apposed(rules, clause):
    """The head noun right before the quotes: 平台“X”."""
    head = rules.ending(clause)
    return head if head and head.right > 1 and len(head.word) > 1 and head.word != clause else None


def _modifier(rules, words, around):
    """The words before the quotes that short or common ones need to be a name: 治安防控“云平台”, or ""."""
    short = len(words) < 3 and around.own[0] > 1 and around.own[2] and not around.clause.startswith("、")
    bare = re.sub(f"^{NUMERAL}", "", words)
    noun = bare in rules.heads and rules.generic.get(words, bare != words and "emphasis") == "emphasis"
    if not (short or noun) or AUTHORITY.search(around.clause):
        return ""
    tokens, at = segmentation.plain(around.clause), len(around.clause)
    while tokens and not rules.verbs.get(tokens[-1]) and not re.search(r"[\d、]", tokens[-1]):
        at -= len(tokens.pop())
    return around.clause[at:] if 2 <= len(around.clause) - at <= 6 else ""


def _verb(rules, clause):
    """(the naming verb before the quotes or None, its weight); before 的 any naming verb of the clause counts 1."""
    clause = names.COUNTED.sub("", clause.rstrip())
    if BUILT.search(clause):
        return rules.verbs["建成"], 1
    verb = rules.verb_before(clause, 1) or rules.verb_before(re.sub(r"[的了出起]+$", "", clause), 1)
    if verb:
        return verb, verb.weight
    said = [v for t in segmentation.plain(clause) if (v := rules.verb(t)) and v.weight]
    return next((v for v in said if v.local or v.made), None), int(bool(said) and clause.endswith("的"))


def _shape(words, head):
    plus = len(PLUS.findall(words))
    if plus or _sum(words):
        return min(plus or 2, 2)
    return int(bool(FORMULA.search(words) and (head or not NUMBERED.match(words))))


def _sum(words):
    """Whether words sum up parts by their numbers: 一核四网五化, but not 一人一档一策."""
    pairs = PAIRS.findall(words)
    return len(pairs) > 2 and len(set(pairs)) > 1


def _against(rules, words, context):
    """What speaks against a name: clauses in a row, 的, length, a figurative verb before, an aim after."""
    inside, around = context
    commas = len(re.findall("[，,]", words)) * 2 + len(re.findall("、", re.sub(r"\d、", "", words)))
    sentence = len(words) > LONG and not inside and not PLUS.search(words)
    figure, aim = rules.figurative.search(around.clause), rules.aim.match(around.behind)
    return min(2, commas) + ("的" in words) + sentence + 2 * bool(figure) + bool(aim)


def _kind(words, inside, context):
    """The kind by the head noun: a strong one inside the quotes, else the one beside them, else by shape."""
    around, before = context
    if SCANNED.match(around.behind):
        return "code"
    after = around.after[1]
    told = after and after.right > 1 or before
    weak = inside and (inside.kind == "programme" or inside.inside < 2 and inside.kind != "code")
    head = inside if inside and not (weak and (told or inside.kind == "programme" and after)) else after or before
    return head.kind if head else "model" if PLUS.search(words) or _sum(words) else "mechanism"
