"""Natural persons named in a text: with a title before or after the name, as 某, by a nickname, or as the one who speaks.

Surnames, characters of given names, titles and false friends are data (names.csv, titles.csv). Titles alone, institutions and places are no
persons; public figures whose name labels a doctrine or a campaign are kept.
"""
import re
from dataclasses import dataclass
from functools import cache

from lib.lexicon import Lexicon
from lib.reading.segmentation import is_name, is_word, plain

SPEECH = r"(?:告诉(?:记者|我们)|介绍(?:说|道|称|到)?[,:“]|(?:笑着|感慨|感叹|坦言|回忆|激动|高兴地|表示|解释|补充|强调|指出|透露)(?:说|道|称)?[,:“]|(?:说|说道|称|道)[,:“])"
FOLLOWS = re.compile(r"$|[\s,，。、;；:：“”‘’（）()!?！？】《…]|(?:说|告诉|介绍|表示|坦言|感慨|回忆|称|笑|在|和|与|及|等|因|将|把|被|从|向|对|于|是|的|也|就|正|立即|带领|率|接|到|为|发现|家|又|都|主动|没|有)")
GAP = r"[ \t]{0,2}[”’)）]?[ \t]{0,2}[:：]?"
UNIT_AFTER = re.compile(r"(?:[市县区镇乡村州省路街巷弄里桥山湖河江]|街道|社区|小区|派出所|分局|公司|集团|中心|广场|大道|学校|医院|大厦)")
BORDER = re.compile(r"(?:^|[\s,，。、;；:：“”‘’（）()!?！？】《》…·\-—与和及由的对跟让请获经])$")
MORE_TITLE = re.compile("[们制会室部级组团]|助理|医师|负责|办公|信箱|接待|热线")
SOME = re.compile(r"某(?:某|甲|乙|丙|丁|强|伟)?")
NOT_SOME = re.compile(r"(?:[些个种一两几类段天年月日次位名家处市县区镇乡村街路地省国校院厂店军部派支网科超]|公司|企业|单位|小区|银行|大[厦学]|小学|中学|通信|商[场铺]|酒[店吧]|工[地厂]|医院|平台|品牌|景区|程度|方面|时)")


@dataclass(frozen=True)
class Names:
    """surnames that are sure, those that are also words, compound ones, given characters, false friends, titles by side."""

    surnames: frozenset
    wordlike: frozenset
    compound: tuple
    given: frozenset
    traps: frozenset
    public: frozenset
    titled: re.Pattern
    weak: frozenset
    after: re.Pattern
    alone: re.Pattern


@cache
def names(lexicon):
    """The Names of a lexicon, compiled once."""
    rows, titles = lexicon.rows("names", "kind", "form", "note"), lexicon.rows("titles", "title", "side")
    kinds = {k: [r["form"] for r in rows if r["kind"] == k] for k in ("compound", "given", "no name", "public figure")}
    by = {s: sorted((r["title"] for r in titles if r["side"] == s), key=len, reverse=True) for s in ("before", "weak", "after", "surname")}
    before = "|".join(map(re.escape, sorted(by["before"] + by["weak"], key=len, reverse=True)))
    return Names(
        frozenset(r["form"] for r in rows if r["kind"] == "surname" and not r["note"]),
        frozenset(r["form"] for r in rows if r["kind"] == "surname" and r["note"]),
        tuple(kinds["compound"]), frozenset(kinds["given"]), frozenset(kinds["no name"]), frozenset(kinds["public figure"]),
        re.compile(f"(?P<title>{before}){GAP}"), frozenset(by["weak"]),
        re.compile("|".join(map(re.escape, by["after"]))), re.compile("|".join(map(re.escape, by["surname"]))))


def find(chars, lexicon=None):
    """Spans (start, end) of the names of natural persons, in order and apart."""
    known = names(lexicon or Lexicon())
    spans = {*_titled(chars, known), *_before_title(chars, known), *_surname_alone(chars, known), *_some(chars, known),
             *_speakers(chars, known), *_familiar(chars, known), *_described(chars, known), *_signed(chars, known)}
    spans |= set(_again(chars, spans))
    kept = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if (not kept or start >= kept[-1][1]) and not _public(chars, start, end, known):
            kept.append((start, end))
    return kept


def mask(words, lexicon=None):
    """The words with each person's name but the surname crossed out: 韩××."""
    known, out, at = names(lexicon or Lexicon()), [], 0
    for start, end in find(words, lexicon):
        keep = 2 if words[start:start + 2] in known.compound else 1
        keep += words[start] in "老小阿" and end - start == 2
        out += [words[at:start + keep], "×" * (end - start - keep)]
        at = end
    return "".join(out) + words[at:]


def _public(chars, start, end, known):
    return any(chars.startswith(p, start - k) for p in known.public for k in range(3) if start >= k and p[k:k + 1] == chars[start])


def _surname(chars, at, known):
    """Length of the surname that stands at a place: 2, 1 or 0."""
    if chars[at:at + 2] in known.compound:
        return 2
    return int(chars[at:at + 1] in known.surnames or chars[at:at + 1] in known.wordlike)


def _name(chars, at, known, sure=True):
    """The end of the full name that begins at a place, or 0. `sure`: the context already says that a person follows."""
    family = _surname(chars, at, known)
    if not family:
        return 0
    if known.alone.match(chars, at + family):
        return at + family if chars[at] in known.surnames else 0
    if SOME.match(chars, at + family):
        m = SOME.match(chars, at + family)
        return 0 if NOT_SOME.match(chars, m.end()) else m.end()
    ends = [at + family + n for n in (2, 1) if all(c in known.given for c in chars[at + family:at + family + n]) and
            at + family + n <= len(chars)]
    for end in ends:
        if _plausible(chars, at, end, known, sure):
            return end
    return 0


def _plausible(chars, at, end, known, sure):
    """Whether these characters are a name: no word of the dictionary runs through them, and what follows can follow a name."""
    form, after = chars[at:end], chars[end:end + 8]
    if any(chars.startswith(t, at) for t in known.traps) or UNIT_AFTER.match(after) and not FOLLOWS.match(after):
        return False
    if is_name(form):
        return bool(FOLLOWS.match(after)) or len(form) > 2 or sure
    words = plain(chars[at:end + 8])
    if len(words[0]) > 1 and words[0] not in known.compound and not is_name(words[0]):
        return False
    if is_word(form) or _runs_over(words, len(form)) and not re.match(SPEECH, after):
        return False
    if len(form) == 3 and is_word(form[1:]) and not is_name(form[1:]) and not FOLLOWS.match(after):
        return False
    return bool(FOLLOWS.match(after)) or sure and len(plain(after)[0]) > 1


def _runs_over(words, length):
    """Whether a word begins inside the name and ends after it."""
    at = 0
    for word in words:
        if at < length < at + len(word):
            return True
        at += len(word)
    return False


def _titled(chars, known):
    """Names after a title, and those that are listed with them: 民警张三、李四."""
    for m in known.titled.finditer(chars):
        at = m.end()
        while True:
            end = _name(chars, at, known, sure=m.group("title") not in known.weak)
            if not end:
                break
            yield at, end
            more = re.compile(r"[、/ 和与及]{1,2}").match(chars, end)
            if not more:
                break
            at = more.end()


def _before_title(chars, known):
    """Full names before a title: 陈某某书记."""
    for m in known.after.finditer(chars):
        for length in (3, 2, 4):
            start = m.start() - length
            if start >= 0 and _name(chars, start, known) == m.start() and _loose(chars, start, m.start(), known):
                yield start, m.start()
                break


def _loose(chars, start, end, known):
    """Whether the characters before a title stand alone: a border before them, and no word made with what is further left."""
    left = chars[max(0, start - 6):start]
    form = chars[start:end]
    if not is_name(form) and (len(plain(form)) < len(form) or is_word(form)):
        return False
    if BORDER.search(left):
        return True
    words = plain(left + form)
    at = 0
    edges = {at := at + len(w) for w in words}
    return len(form) == 3 and len(left) in edges and chars[start] in known.surnames


def _surname_alone(chars, known):
    """A surname with a form of address: 徐警官, 刘师傅."""
    for m in known.alone.finditer(chars):
        at = m.start() - 1
        if at >= 0 and chars[at] in known.surnames and BORDER.search(chars[max(0, at - 1):at]) and not MORE_TITLE.match(chars, m.end()):
            yield at, at + 1


def _some(chars, known):
    """劳某, 王某某, 李某甲."""
    for m in SOME.finditer(chars):
        at = m.start() - 1
        if at >= 0 and (chars[at] in known.surnames or chars[at] in known.wordlike) and not NOT_SOME.match(chars, m.end()):
            left = plain(chars[max(0, at - 4):at + 1])
            if left and len(left[-1]) == 1:
                yield at, m.end()


def _speakers(chars, known):
    """Names at the beginning of a clause before a verb of speech."""
    for m in re.finditer(rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,4}}?(?={SPEECH})", chars):
        end = _name(chars, m.start(), known, sure=False)
        if end == m.end() and _loose(chars, m.start(), end, known):
            yield m.start(), end


def _familiar(chars, known):
    """老刘, 小王, where nothing else begins with them."""
    for m in re.finditer(r"[老小阿][\u4e00-\u9fff]", chars):
        near = plain(chars[max(0, m.start() - 4):m.end() + 4])
        if m.group()[1] in known.surnames and not is_word(m.group()) and _stands(near, m, chars) and FOLLOWS.match(chars, m.end()):
            yield m.span()


def _stands(near, m, chars):
    """Whether both characters of a nickname are words of their own among their neighbours."""
    at = max(0, m.start() - 4)
    for word in near:
        if at < m.end() and m.start() < at + len(word) and len(word) > 1:
            return False
        at += len(word)
    return True


def _described(chars, known):
    """Names explained in brackets: 王海(化名), 李平(男,32岁)."""
    for m in re.finditer(r"[\u4e00-\u9fff]{2,4}(?=[(（](?:化名|男|女|音译|左|右|中|前|后|图))", chars):
        for length in (3, 2):
            start = m.end() - length
            if start >= m.start() and _name(chars, start, known) == m.end():
                yield start, m.end()
                break


def _signed(chars, known):
    """An author's name in brackets at a paragraph's end."""
    for m in re.finditer(r"(?m)[(（]([\u4e00-\u9fff] ?[\u4e00-\u9fff]{1,2})[)）](?=\s*$)", chars):
        form = m.group(1).replace(" ", "")
        if _name(form, 0, known) == len(form):
            yield m.span(1)


def _again(chars, spans):
    """Other places of the full names of three characters that were found."""
    for form in {chars[a:b] for a, b in spans if b - a >= 3 and "某" not in chars[a:b]}:
        at = chars.find(form)
        while at >= 0:
            yield at, at + len(form)
            at = chars.find(form, at + 1)
