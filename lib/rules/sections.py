"""What the headings above a sentence, and the sentence that introduces a list, say of its status."""

import re
import unicodedata

from lib.reading import headings
from lib.reading.spans import CLOSE, OPEN
from lib.rules import engine

YEAR = re.compile(r"(20\d\d)(?=年|[-—~至])")
DONE, PLANNED, NORM = "done", "planned", "norm"
INTRODUCES = (PLANNED, NORM)
TURNED = 12  # characters of a sentence in which it says what it is about
LIST = 5  # from this level on a numbered sentence is an item of a list
FIRST = re.compile(r"[(（]?第?(?:一|1|①)(?!\d)")
AIMS = "section.aims"
QUOTED = "quoted"


def kinds(document) -> list[tuple[str, str, object]]:
    """For each sentence (reading, rule, heading or None): of its headings, else of what introduces its list."""
    if "sections" not in document.memo:
        document.memo["sections"] = list(_kinds(document))
    return document.memo["sections"]


def _kinds(document):
    after, mixed = _turned(document), None
    for sentence, above, listed in zip(document.sentences, document.sections, _listed(document), strict=True):
        kind, rule, heading = _kind(document, above, after, listed)
        if heading and not kind and (mixed == heading or _turns(document, sentence)):
            mixed, kind, rule = heading, PLANNED, "section.turned"
        yield kind, rule, heading


def _turns(document, sentence):
    """Whether a paragraph under a heading of both what was done and what is planned turns to the plans."""
    opens = document.passages[sentence.passage].start == sentence.start
    return opens and bool(engine.within(document, "turn", sentence.start, sentence.end))


def _kind(document, above, turned, listed):
    kind, rule, heading = _innermost(document, above)
    if kind or heading:
        return kind, rule, heading
    if listed:
        return *listed, None
    after = next((h for h in above if h.start in turned), None)
    return (PLANNED, "section.turned", after) if after else ("", "", None)


def _innermost(document, above):
    """Of the innermost heading that says a status; one of results (取得成效) inside a numbered one of plans is planned.

    One with two readings leaves it open.
    """
    inner = None
    for heading in reversed(above):
        told = _told(document, heading)
        if told and inner is None:
            inner = (*told, heading)
        elif told and told[0] == PLANNED and heading.numbered:
            return (*told, heading)
        if inner and inner[0] != DONE:
            break
    return inner or ("", "", None)


def _told(document, heading):
    """(reading, rule) of a heading, ("", "") where its words contradict each other, None where they say nothing."""
    found = engine.readings(document, heading.start, heading.end, "section")
    found = [h for h in found if h.row.weight == found[0].row.weight]
    said = {h.row.reading for h in found}
    if len(said) > 1:
        return "", ""
    if said == {PLANNED} and _past(document, heading):
        return DONE, "section.past"
    return (*said, found[0].row.id) if said else None


def _past(document, heading):
    """Whether a heading speaks of years before the text's own."""
    years = YEAR.findall(document.chars, heading.start, heading.end)
    own = document.entry.get("published", "")[:4]
    return bool(years and own) and max(years) < own


def _turned(document):
    """Where the headings begin that follow on one of plans of their level, in a text that looked back before, or on one
    of aims in a text that did not: a report that has turned to its plans, and a plan, stay with them until a heading
    says otherwise."""
    seen, turned = {}, set()
    for heading in dict.fromkeys(h for above in document.sections for h in above if h.numbered):
        told = _told(document, heading)
        looked_back, ahead = seen.get(heading.level, (False, False))
        if told is None and ahead:
            turned.add(heading.start)
        elif told is not None:
            aims = told[1] == AIMS and not any(back for back, _ in seen.values())
            plans = told[0] == PLANNED and (looked_back or ahead or aims)
            seen[heading.level] = looked_back or told[0] in (DONE, ""), plans
    return turned


def _listed(document):
    """For each sentence None, or the (reading, rule) that what leads to its list or its quotation gives to it."""
    found, carried, form = [], None, None
    for i, sentence in enumerate(document.sentences):
        passage = document.passages[sentence.passage]
        level, numbered = headings.level(document.words(sentence))
        opens = passage.start == sentence.start
        if form == QUOTED:
            carried = None if _closed(document, i) else carried
        elif form is not None and opens and isinstance(form, str):
            carried = carried if _mark(document, sentence) == form else None
        elif form is not None and (level < form if numbered else opens and _plain(passage, form)):
            carried = None
        form = (level if numbered else _mark(document, sentence) or 0) if carried and form is None else form
        found.append(carried)
        told, quoted = _introduces(document, i)
        if told:
            carried, form = told, QUOTED if quoted else None
    return found


def _mark(document, sentence):
    """The sign that a sentence begins with where items of a list may: •, ●, ✅; "" for words."""
    first = document.chars[sentence.start]
    return first if first == "•" or unicodedata.category(first) == "So" else ""


def _plain(passage, form):
    """Whether a paragraph without a number ends a list whose first item is numbered so (0: not at all)."""
    return not 0 < form < LIST or passage.kind == "heading"


def _closed(document, index):
    """Whether a quotation that began in an earlier paragraph ended with the sentence before."""
    before = document.chars[document.sentences[index - 1].start : document.sentences[index - 1].end]
    return before.count(CLOSE[0]) > before.count(OPEN[0])


def _introduces(document, index):
    """((reading, rule) or None, whether by an open quotation) of a sentence that leads to a list or to quoted rules.

    It ends with a colon, or an item follows in its passage or as the next; or a quotation begins that its paragraph
    does not end.
    """
    sentence, after = document.sentences[index], document.sentences[index + 1 : index + 2]
    words = document.chars[sentence.start : sentence.end]
    if not after:
        return None, False
    level, _ = headings.level(document.words(after[0]))
    if words.count(OPEN[0]) > words.count(CLOSE[0]):
        rule = next((h.row for h in engine.within(document, "list", sentence.start, sentence.end)), None)
        return ((NORM, rule.id), True) if rule and rule.reading == NORM else (None, False)
    if not (words[-1] == ":" or level >= LIST and FIRST.match(document.words(after[0]))):
        return None, False
    last = document.clause(sentence.end - 1)[0]
    for slot, at in (("list", sentence.start), ("status", sentence.end - 1)):
        told = next(iter(engine.readings(document, at, sentence.end, slot)), None)
        apart = slot != "list" and told and sentence.start + TURNED < told.start < last
        if told and told.row.reading in INTRODUCES and not apart:
            return (told.row.reading, told.row.id), False
    return None, False
