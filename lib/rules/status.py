"""Whether something is done, ongoing, planned, prescribed, one case or absent: decided here for every table."""

import re
from bisect import bisect_left
from functools import cache

from lib.lexicon import Lexicon, compiled
from lib.reading import private
from lib.reading.numerals import ORDINAL
from lib.reading.spans import BREAKS, CLOSE, HANZI, OPEN
from lib.rules import engine, sections

ARTICLE = re.compile(rf"#*\s*第(?:{ORDINAL}|\d){{1,5}}条(?!例)")
TALK = 16  # characters of a line of talk, which ends no story
OPENING = 5  # sentences in which a text says that it is a plan
ARTICLES = 3  # paragraphs that open as articles make a text a regulation
DUE = re.compile(rf"(?:到|至|截至)?(20\d{{2}})年(?:年?底|末)?(?:前|,|，|[{HANZI}])")
PAST = compiled("a year opens a sentence")
TURNED = 12  # characters of a sentence in which a section on what is wrong turns to its plans
SECTION = 40  # the weight of a section beside that of words: lighter than a plan, heavier than any other mark
REVIEW = "review"  # a section that looks back: open, but no plan reaches into it from an earlier clause
BREAK = re.compile(f"[{BREAKS}]")


def status(document, start: int, end: int) -> tuple[str, str]:
    """(done | ongoing | planned | norm | case | absent | past | none | "", id of what decided).

    Genre and section go before the story, the story before the clause. past: what was missing in earlier days; none: a
    section on the background or a heading; "": no word says it.
    """
    setting, rule = _settings(document)[document.sentence_at(start)]
    if setting == "case" and _sums_up(document, start):
        setting, rule = "", ""
    if setting in ("norm", "none", "case"):
        return setting, rule
    if denial := denied(document, start):
        return denial
    if setting == "absent":
        return "past", rule
    told = engine.readings(document, start, end, "status")
    if setting == REVIEW:  # among what was done a plan governs its own clause only, an estimate nothing
        low, high = document.clause(start)
        setting, told = "", [h for h in told if h.row.reading != "planned" or _plans(h, low, high)]
    best = next(iter(told), None)
    if setting == "planned" and best and best.row.reading == "done" and _past(document, start):
        return "done", best.row.id
    if setting and not (best and best.row.weight > SECTION):
        return setting, rule
    if _due(document, start) and not (best and best.row.reading == "done" and best.row.weight > SECTION):
        return "planned", "status.due"
    return (best.row.reading, best.row.id) if best else ("", "")


def _plans(hit, low, high):
    return low <= hit.start < high and hit.row.weight > SECTION


def settings(document) -> list[str]:
    """For each sentence what its place decides: norm, none (not coded), case, planned, done, absent, "" (open)."""
    return ["" if setting == REVIEW else setting for setting, _ in _settings(document)]


def stories(document) -> list[int]:
    """For each sentence the number of the case that it tells, 0 for none: a moment and a person, until the text turns
    general again or a passage opens another."""
    if "stories" not in document.memo:
        document.memo["stories"] = list(_stories(document))
    return document.memo["stories"]


def _settings(document):
    if "settings" not in document.memo:
        document.memo["settings"] = list(_places(document))
    return document.memo["settings"]


def _places(document):
    whole, turned = genre(document), None
    told = zip(document.sentences, stories(document), sections.kinds(document), strict=True)
    for sentence, story, (kind, rule, heading) in told:
        if kind == "absent" and (turned == heading or _turns(document, sentence)):
            turned, kind, rule = heading, "planned", "section.turned"
        if kind == "none":
            yield kind, rule
        elif whole[0] == "norm" or kind == "norm" and whole[0] == "planned":
            yield whole
        elif story and kind not in ("absent", "planned"):
            yield "case", "status.story"
        elif kind == "done":
            yield REVIEW, rule
        else:
            yield (kind, rule) if kind else whole


def genre(document) -> tuple[str, str]:
    """(norm | planned | "", rule) of a whole text: a regulation by its articles, else by the register's genre,
    else a plan by what its first sentences say."""
    if "genre" not in document.memo:
        document.memo["genre"] = _genre(document)
    return document.memo["genre"]


def _genre(document):
    starts = (document.chars[p.start : p.start + 12] for p in document.passages)
    if sum(bool(ARTICLE.match(words)) for words in starts) >= ARTICLES:
        return "norm", "genre.articles"
    told = document.entry.get("genre", "")
    rows = [row for row in engine.load(document.lexicon).rows if row.slot == "genre" and row.trigger.search(told)]
    first = document.sentences[:OPENING]
    rows = rows or [h.row for s in first for h in engine.within(document, "opening", s.start, s.end)]
    return (rows[0].reading, rows[0].id) if rows else ("", "")


def _turns(document, sentence):
    found = engine.readings(document, sentence.start + TURNED, sentence.start + TURNED, "status")
    return any(h.row.reading == "planned" and h.start < sentence.start + TURNED for h in found)


def _due(document, start):
    """Whether the last year before a place, in its sentence, lies after the text's own.

    A text without a date: whether it is said as a term (by 2030), and no year of the same clause makes it a span.
    """
    sentence = document.sentences[document.sentence_at(start)]
    own = document.entry.get("published", "")[:4]
    dues = list(DUE.finditer(document.chars, sentence.start, start))
    if not dues:
        return False
    due = dues[-1]
    if own:
        return own < due[1]
    low, _ = document.clause(due.start())
    return document.chars[due.start()] in "到至" and not any(d.start() >= low for d in dues[:-1])


def _past(document, start):
    """Whether the sentence of a place begins with a year before the text's own: among plans it tells what was done."""
    opening = PAST.match(document.chars, document.sentences[document.sentence_at(start)].start)
    return bool(opening) and opening[1] < document.entry.get("published", "")[:4]


@cache
def _marks(lexicon: Lexicon, name: str) -> dict[str, re.Pattern]:
    """{kind: pattern} of a lexicon table: the patterns of a kind joined."""
    kinds = {}
    for row in lexicon.rows(name, "kind", "pattern"):
        kinds.setdefault(row["kind"], []).append(row["pattern"])
    return {kind: re.compile("|".join(patterns)) for kind, patterns in kinds.items()}


def denied(document, start: int) -> tuple[str, str] | None:
    """(absent, rule) where a clause says that a thing is not there, (past, rule) where it says so of earlier days."""
    known, clause = document.memo.setdefault("denied", {}), document.clause(start)
    if clause not in known:
        known[clause] = _denied(document, start, *clause)
    return known[clause]


def _denied(document, start, low, high):
    denial, clause = _marks(document.lexicon, "negation"), document.chars[low:high]
    if not denial["negates"].search(denial["friend"].sub("", clause)):
        return None
    sentence = document.sentences[document.sentence_at(start)]
    before = BREAK.split(document.chars[sentence.start : low])[-2:]
    past = denial["past"].search(before[0] + clause)
    return ("past", "negation.past") if past else ("absent", "negation.negates")


def _stories(document):
    mark, open_, passage = _marks(document.lexicon, "case_markers"), False, None
    names = [(a, b) for a, b in private.of(document).names if mark["named"].search(document.chars[max(0, a - 4) : a])]
    named, silent = [a for a, _ in names], [a for a, b in names if not mark["speaks"].match(document.chars, b)]
    number = 0
    for sentence in document.sentences:
        words = document.words(sentence)
        same, passage = sentence.passage == passage, sentence.passage
        person, acts = (bisect_left(who, sentence.start) < bisect_left(who, sentence.end) for who in (named, silent))
        opens, before = _opens(words, mark, person, acts), open_
        open_ = opens or before and (_talk(document, sentence) or _goes_on(words, mark, same))
        number += bool(open_ and (not before or opens and not same))
        yield number if open_ else 0


def _opens(words, mark, named, silent):
    """Whether a sentence begins to tell a case: a moment with a person and an act, with an event, or with one private
    person who does not speak to the reporter; or a party's act; `named`, `silent`: whether it names a person, one who
    is not introduced as a speaker."""
    moment = mark["opens"].search(words[:30])
    moment = moment and not mark["announced"].search(words[:60])
    acts = mark["acts"].search(words)
    acted = moment and (acts and (named or mark["person"].search(words)) or mark["incident"].search(words))
    alone = moment and (silent or mark["someone"].search(words)) and not mark["public"].search(words)
    party = acts and mark["party"].search(words)
    return bool(acted or alone or party or mark["first_person"].search(words))


def _talk(document, sentence):
    """Whether a short quotation is a paragraph of its own."""
    whole, words = document.passages[sentence.passage], document.chars[sentence.start : sentence.end]
    alone = (whole.start, whole.end) == (sentence.start, sentence.end)
    return alone and words[0] == OPEN[0] and words[-1] == CLOSE[0] and len(words) < TALK


def _sums_up(document, start):
    """Whether a clause of a case speaks of a whole year."""
    return _marks(document.lexicon, "case_markers")["summed"].search(document.chars, *document.clause(start))


def _goes_on(words, mark, same):
    if mark["resumes"].match(words):
        return True
    if mark["ends"].search(words[:24]):
        return False
    return bool(mark["continues"].search(words)) or same and not mark["general"].search(words)
