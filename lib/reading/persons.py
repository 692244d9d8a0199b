"""Natural persons named in a text: with a title, as 某, by a nickname, or as the one who speaks.

Surnames, characters of given names, titles and false friends are data (names.csv, titles.csv). Titles alone,
institutions and places are no persons; public figures whose name labels a doctrine or a campaign are kept.
"""

import re

from lib.lexicon import Lexicon, alternatives
from lib.reading import person_rows, spans
from lib.reading.person_rows import BORDER, MORE
from lib.reading.person_words import FOLLOWS, NOT_SOME, SOME, SPEECH, compiled, end_of_name, end_of_sounds
from lib.reading.segmentation import is_name, is_word, plain, spans_boundary, tagged
from lib.reading.spans import CLOSE, HANZI, OPEN

MORE_TITLE = re.compile(alternatives("title goes on"))
ROOM = re.compile(rf"(?<=[{OPEN}])[{HANZI}]{{3,12}}?{alternatives('room of one person')}(?=[{CLOSE}])")
DESCRIBED = re.compile(rf"[{HANZI}]{{2,4}}(?=[(（]{alternatives('described')})")


def find(chars, lexicon=None):
    """Spans (start, end) of the names of natural persons, in order and apart."""
    known = compiled(lexicon or Lexicon())
    found = {span for finder in FINDERS for span in finder(chars, known)}
    found |= {m.span() for m in known.foreign.finditer(chars)}
    found |= set(_again(chars, found))
    return spans.apart(span for span in found if not _public(chars, *span, known))


def crossed(chars, names, lexicon):
    """Spans of what is crossed out of names that were found: all but the surname. 徐警官 and 老刘 stay as they are."""
    compound, found = compiled(lexicon).compound, []
    for start, end in names:
        start += 2 if chars[start : start + 2] in compound else 1
        start += chars[start - 1] in "老小阿" and end - start == 1
        if start < end:
            found.append((start, end))
    return found


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
        at = len(chars) if _inside_words(chars, m, known) else m.end()
        while True:
            end = end_of_sounds(chars, at, known)
            end = end or end_of_name(chars, at, known, sure=m.group("title") not in known.weak)
            if not end:
                break
            yield at, end
            more = MORE.match(chars, end)
            if not more:
                break
            at = more.end()


def _inside_words(chars, title, known):
    """Whether words run over the ends of a title, so that it is none: 管理事项 holds no 理事, 居民楼院 no 居民."""
    start, end = title.span("title")
    over = spans_boundary(chars[max(0, start - 4) : end], chars[end : end + 4])
    into = over and spans_boundary(chars[max(0, start - 4) : start], chars[start : end + 4])
    return bool(
        over and (title.group("title") in known.weak or into and chars.startswith(into + over, end - 1 - len(into)))
    )


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
    words = plain(form)
    if not is_name(form) and (len(words[0]) > 1 and not is_name(words[0]) or is_word(form)):
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
    for m in re.finditer(rf"(?<![{HANZI}])[{HANZI}]{{2,4}}?(?={SPEECH})", chars):
        end = end_of_name(chars, m.start(), known, sure=False)
        if end == m.end() and _loose(chars, m.start(), end, known):
            yield m.start(), end


def _familiar(chars, known):
    """老刘, 小王, where nothing else begins with them."""
    for m in re.finditer(rf"[老小阿][{HANZI}]", chars):
        near = plain(chars[max(0, m.start() - 4) : m.end() + 4])
        if (
            m.group()[1] in known.surnames
            and chars[max(0, m.start() - 1) : m.start()] not in known.surnames
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
            if start >= m.start() and end_of_name(chars, start, known, sure=False) == m.end():
                yield start, m.end()
                break


def _again(chars, spans):
    """Other places of the full names of three characters that were found."""
    for form in {chars[a:b] for a, b in spans if b - a >= 3 and "某" not in chars[a:b]}:
        at = chars.find(form)
        while at >= 0:
            yield at, at + len(form)
            at = chars.find(form, at + 1)


def _rooms(chars, known):
    """Full names that a quoted name of a room begins with: “韩大山家事调解室”."""
    for m in ROOM.finditer(chars):
        end = end_of_name(chars, m.start(), known, sure=False)
        form = chars[m.start() : end]
        named = form[:1] in known.surnames and (len(form) == 3 or is_name(form))
        if named and not tagged(form)[0][1].startswith("ns"):
            yield m.start(), end


FINDERS = (_titled, _before_title, _surname_alone, _some, _speakers, _familiar, _described)
FINDERS += (_rooms, person_rows.signed, person_rows.bylines, person_rows.rows)
