"""Natural persons named in a text: with a title, as 某, by a nickname, or as the one who speaks.

Surnames, characters of given names, titles and false friends are data (names.csv, titles.csv). Titles alone,
institutions and places are no persons; public figures whose name labels a doctrine or a campaign are kept.
"""

import re

from lib.lexicon import Lexicon, alternatives
from lib.reading.person_words import FOLLOWS, NOT_SOME, SOME, SPEECH, compiled, end_of_name
from lib.reading.script import simplified
from lib.reading.segmentation import is_name, is_word, plain

BORDER = re.compile(r"(?:^|[\s,，。、;；:：“”‘’（）()!?！？】《》…·\-—与和及由的对跟让请获经])$")
SIGNED = re.compile(r"(?m)[(（]([\u4e00-\u9fff] ?[\u4e00-\u9fff]{1,2})[)）](?=\s*$)|^ *([\u4e00-\u9fff]{3}) *$")
MORE_TITLE = re.compile(alternatives("title goes on"))
DESCRIBED = re.compile(rf"[\u4e00-\u9fff]{{2,4}}(?=[(（]{alternatives('described')})")


def find(chars, lexicon=None):
    """Spans (start, end) of the names of natural persons, in order and apart."""
    known = compiled(lexicon or Lexicon())
    spans = {
        *_titled(chars, known),
        *_before_title(chars, known),
        *_surname_alone(chars, known),
        *_some(chars, known),
        *_speakers(chars, known),
        *_familiar(chars, known),
        *_described(chars, known),
        *_signed(chars, known),
    }
    spans |= set(_again(chars, spans))
    kept = []
    for start, end in sorted(spans, key=lambda s: (s[0], -s[1])):
        if (not kept or start >= kept[-1][1]) and not _public(chars, start, end, known):
            kept.append((start, end))
    return kept


def mask(words, lexicon=None):
    """The words with each person's name but the surname crossed out: 韩××. As long as before; either script."""
    same, known, out, at = simplified(words), compiled(lexicon or Lexicon()), [], 0
    for start, end in find(same, lexicon):
        keep = 2 if same[start : start + 2] in known.compound else 1
        keep += same[start] in "老小阿" and end - start == 2
        out += [words[at : start + keep], "×" * (end - start - keep)]
        at = end
    return "".join(out) + words[at:]


def _public(chars, start, end, known):
    return any(
        chars.startswith(p, start - k)
        for p in known.public
        for k in range(3)
        if start >= k and p[k : k + 1] == chars[start]
    )


def _titled(chars, known):
    """Names after a title, and those that are listed with them: 民警张三、李四."""
    for m in known.titled.finditer(chars):
        at = m.end()
        while True:
            end = end_of_name(chars, at, known, sure=m.group("title") not in known.weak)
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
            if start >= 0 and end_of_name(chars, start, known) == m.start() and _loose(chars, start, m.start(), known):
                yield start, m.start()
                break


def _loose(chars, start, end, known):
    """Whether the characters before a title stand alone: a border before them, no word made with those further left."""
    left = chars[max(0, start - 6) : start]
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
        if (
            at >= 0
            and chars[at] in known.surnames
            and not MORE_TITLE.match(chars, m.end())
            and _apart(chars, at, m.end())
        ):
            yield at, at + 1


def _apart(chars, at, end):
    """Whether the character at a place is a word of its own behind a border or a longer word."""
    left = chars[max(0, at - 6) : at]
    words, edge = plain(left + chars[at:end]), 0
    for before, word in zip(["", *words], words, strict=False):
        if edge == len(left):
            return (len(word) == 1 or is_name(word)) and (bool(BORDER.search(left)) or len(before) > 1)
        edge += len(word)
    return False


def _some(chars, known):
    """劳某, 王某某, 李某甲."""
    for m in SOME.finditer(chars):
        at = m.start() - 1
        if (
            at >= 0
            and (chars[at] in known.surnames or chars[at] in known.wordlike)
            and not NOT_SOME.match(chars, m.end())
        ):
            left = plain(chars[max(0, at - 4) : at + 1])
            if left and len(left[-1]) == 1:
                yield at, m.end()


def _speakers(chars, known):
    """Names at the beginning of a clause before a verb of speech."""
    for m in re.finditer(rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,4}}?(?={SPEECH})", chars):
        end = end_of_name(chars, m.start(), known, sure=False)
        if end == m.end() and _loose(chars, m.start(), end, known):
            yield m.start(), end


def _familiar(chars, known):
    """老刘, 小王, where nothing else begins with them."""
    for m in re.finditer(r"[老小阿][\u4e00-\u9fff]", chars):
        near = plain(chars[max(0, m.start() - 4) : m.end() + 4])
        if (
            m.group()[1] in known.surnames
            and not is_word(m.group())
            and _stands(near, m, chars)
            and FOLLOWS.match(chars, m.end())
        ):
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
    for m in DESCRIBED.finditer(chars):
        for length in (3, 2):
            start = m.end() - length
            if start >= m.start() and end_of_name(chars, start, known) == m.end():
                yield start, m.end()
                break


def _signed(chars, known):
    """An author's name in brackets at a paragraph's end, or on a line of its own."""
    for m in SIGNED.finditer(chars):
        form = (m.group(1) or m.group(2)).replace(" ", "")
        if end_of_name(form, 0, known) == len(form):
            yield m.span(1 if m.group(1) else 2)


def _again(chars, spans):
    """Other places of the full names of three characters that were found."""
    for form in {chars[a:b] for a, b in spans if b - a >= 3 and "某" not in chars[a:b]}:
        at = chars.find(form)
        while at >= 0:
            yield at, at + len(form)
            at = chars.find(form, at + 1)
