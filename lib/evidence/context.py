"""What stands around a cue: its clause, its sentence, whether it is a heading."""

import re

from lib import rules

BREAK = re.compile(r"[,，;；:：。！？!?\n]")
DATE = re.compile(r"(?:20|19)[0-9]{2}(?:[-—~至][0-9]{4})?年(?:度)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}日")
COUNT = re.compile(r"[0-9]")
ORDINAL = re.compile(r"^(?:[(（]?[一二三四五六七八九十]+[)）、是]|[(（]?[0-9]+[.、)）](?![0-9]))")
SEQUEL = re.compile("[,，](?:覆盖|日均|每日|每天|共|累计|总|达|其中|投入|配备|涉及)[^,，;；。]{0,80}")
SHORT, CLAUSE, SENTENCE = 26, 80, 300  # characters: a heading, and how far around a cue is read


def clause(words, start, end):
    """(start, end) of the clause around a span: to the next comma, semicolon, colon or stop, or 80 characters."""
    left = BREAK.split(words[max(0, start - CLAUSE) : start])[-1]
    return start - len(left), end + len(BREAK.split(words[end : end + CLAUSE], maxsplit=1)[0])


def around(words, start, end):
    """The sentence around a span, at most 300 characters off."""
    return words[max(0, start - SENTENCE) : end + SENTENCE]


def extended(words, start, end):
    """The clause from `start` to `end`, with the next one where that only gives its figures (…,覆盖21个行业)."""
    sequel = SEQUEL.match(words, end)
    return words[start : sequel.end() if sequel else end]


def counted(words):
    """Whether words hold a figure that is no date."""
    return bool(COUNT.search(DATE.sub("", words)))


def codable(document):
    """Whether each sentence of a document can hold a practice: it is no heading, and its section is no background."""
    settings = zip(document.sentences, rules.settings(document), strict=True)
    return [setting != "none" and not heading(document, sentence) for sentence, setting in settings]


def heading(document, sentence):
    """Whether a sentence is a heading: so marked, or short and numbered; with a figure it says something."""
    words = document.words(sentence)
    marked = document.passages[sentence.passage].kind in ("title", "heading")
    return bool((marked or ORDINAL.match(words) and len(words) <= SHORT) and not COUNT.search(ORDINAL.sub("", words)))
