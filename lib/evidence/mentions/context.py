"""What stands around a cue: its clause, its sentence, whether it is a heading."""

import re

from lib import rules
from lib.evidence.mentions import cues as codebook
from lib.lexicon import compiled

BREAK = re.compile(r"[,，;；:：。！？!?\n]")
DATE, SEQUEL = compiled("date beside a count"), compiled("clause of figures")
LABEL = compiled("label with a figure")
COUNT = re.compile(r"[0-9]")
ORDINAL = compiled("item of a list")
ITEM_END = ("；", ";")
SHORT, CLAUSE, SENTENCE = 26, 80, 300  # characters: a heading, and how far around a cue is read
TELLING, DENSE = 400, 8  # characters from which a text tells its field; words of the field per 1,000 of them


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
    """Whether each sentence can hold a practice: on the subject, it is no heading and its section no background."""
    settings = zip(document.sentences, rules.settings(document), on_subject(document), strict=True)
    return [told and setting != "none" and not heading(document, sentence) for sentence, setting, told in settings]


def on_subject(document):
    """Whether each sentence counts in comparisons, by the words of the codebook's field (public safety and its
    governance): of a text that is rich in them, or too short to tell, all; of one on other things (a year's work of a
    government, a flood) those that hold one; of a codebook that names no field, all."""
    if "on_subject" not in document.memo:
        field, chars = codebook.load(document.lexicon).field, document.chars
        whole = not field or len(chars) < TELLING or sum(1 for _ in field.finditer(chars)) * 1000 >= DENSE * len(chars)
        document.memo["on_subject"] = [whole or bool(field.search(document.words(s))) for s in document.sentences]
    return document.memo["on_subject"]


def asides(document):
    """[(start, end)] of the clauses that speak of another field of government, by the codebook's words, and have no
    word of the subject that is said of little else; in a text on the subject none of a sentence with a word of its
    field.

    A clause with neither goes with those beside it between two semicolons, those before it first, else with its
    heading; so the formula behind a clause on care of the old is one of that care.
    """
    book = codebook.load(document.lexicon)
    if not book.aside or not document.sentences:
        return []
    dense, (other, keeps) = all(on_subject(document)), book.aside

    def kind(start, end):
        words = document.chars[start:end]
        return False if keeps.search(words) else True if other.search(words) else None

    groups = {}
    for clause in document.clauses:
        groups.setdefault(document.group(clause[0]), []).append(clause)
    found = []
    for (start, _), clauses in groups.items():
        at = document.sentence_at(start)
        kinds, above = [kind(*clause) for clause in clauses], document.sections[at][-1:]
        if dense and book.field and book.field.search(document.words(document.sentences[at])):
            continue
        below = kind(above[0].start, above[0].end) if above else False
        found += [c for c, told in zip(clauses, _filled(kinds, below), strict=True) if told]
    return found


def _filled(kinds, default):
    """Kinds of which those that are unknown (None) are that of the last known before, else of the first after."""
    first = next((k for k in kinds if k is not None), default)
    for k in kinds:
        first = first if k is None else k
        yield first


def heading(document, sentence):
    """Whether a sentence is a heading: so marked, or short and numbered; with a figure it says something.

    An item of a list (（一）…；) is none, nor is a numbered one of a regulation.
    """
    words = document.words(sentence)
    marked = document.passages[sentence.passage].kind in ("title", "heading")
    short = ORDINAL.match(words) and len(words) <= SHORT and words[-1:] not in ITEM_END
    listed = short and rules.genre(document)[0] == "norm"
    return bool((marked or short and not listed) and not counted(ORDINAL.sub("", words)))
