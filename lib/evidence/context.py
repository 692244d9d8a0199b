"""What stands around a cue: its clause, the section and the story that it stands in, the status of what is said."""

import re
from functools import cache

BREAK = re.compile(r"[,，;；:：。！？!?\n]")
DATE = re.compile(r"(?:20|19)[0-9]{2}(?:[-—~至][0-9]{4})?年(?:度)?|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}日")
TITLE = re.compile(r"《[^》]*》")
COUNT = re.compile(r"[0-9]")
ORDINAL = re.compile(r"^(?:[(（]?[一二三四五六七八九十]+[)）、是]|[(（]?[0-9]+[.、)）](?![0-9]))")
INLINE = re.compile(r"^(?:[一二三四五六七八九十]+、|【)([^。,，\s】]{2,14})(?:[\s】]|$)")
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


@cache
def marks(lexicon, name, *columns):
    """{kind: pattern} of a lexicon table: the patterns of the rows whose `columns` are the same, joined."""
    kinds = {}
    for row in lexicon.rows(name, *columns, "pattern"):
        kinds.setdefault(" ".join(row[c] for c in columns), []).append(row["pattern"])
    return {kind: re.compile("|".join(patterns)) for kind, patterns in kinds.items()}


def status(before, clause, lexicon):
    """done, ongoing, planned, absent, past (absent in earlier days): said by a clause, or the nearest `before` it."""
    words = marks(lexicon, "planned", "status", "where")
    if denial := denied(before, clause, lexicon):
        return denial
    if words["planned sentence"].search(before):
        return "planned"
    earlier = BREAK.split(re.split("[;；]", before)[-1])[::-1]
    said = [_said(clause, words)] + [_said(part, words, "done ongoing") for part in earlier]
    return next(filter(None, said), "done")


def denied(before, clause, lexicon):
    """absent where a clause says that a thing is not there, past where it says so of earlier days, else ""."""
    denial = marks(lexicon, "negation", "kind")
    if not denial["negates"].search(denial["friend"].sub("", clause)):
        return ""
    return "past" if denial["past"].search(BREAK.split(before)[-2:][0] + clause) else "absent"


def _said(clause, words, kinds="planned done ongoing"):
    """The first kind of status whose words stand in a clause; what a cited title says does not count."""
    bare = TITLE.sub("", clause)
    return next((kind for kind in kinds.split() if words[f"{kind} clause"].search(bare)), None)


def settings(document, lexicon):
    """For each sentence what its place in the text decides: none (nothing is coded), case, planned, absent, "" (open).

    absent: a section on what is wrong; only what is not there is coded, until the text turns to its plans.
    """
    words, found, turned = marks(lexicon, "planned", "status", "where"), [], ""
    around = zip(document.sentences, _sections(document), stories(document, lexicon), strict=True)
    for sentence, section, story in around:
        kinds = [kind for kind in ("none", "absent", "planned") if words[f"{kind} section"].search(section)]
        if "absent" in kinds and words["planned sentence"].search(document.words(sentence)[:12]):
            turned = section
        kind = "planned" if "absent" in kinds and turned == section else next(iter(kinds), "")
        silent = kind == "none" or _heading(document, sentence)
        found.append("none" if silent else "case" if story and kind != "absent" else kind)
    return found


def _heading(document, sentence):
    """Whether a sentence is a heading: so marked, or short and numbered; with a figure it says something."""
    words = document.words(sentence)
    marked = document.passages[sentence.passage].kind in ("title", "heading")
    return bool((marked or ORDINAL.match(words) and len(words) <= SHORT) and not COUNT.search(ORDINAL.sub("", words)))


def _sections(document):
    """The heading above each sentence, also where it stands in the line of the text that follows it."""
    inline, passage, found = "", None, []
    for sentence in document.sentences:
        section = document.passages[sentence.passage].section
        inline = "" if section != passage else inline
        passage = section
        match = INLINE.match(document.words(sentence))
        inline = match[1] if match else inline
        found.append(inline or section)
    return found


def stories(document, lexicon):
    """For each sentence whether it tells a case: a moment and a person, and on until the text turns general again."""
    mark, told, open_, passage = marks(lexicon, "case_markers", "kind"), [], False, None
    for sentence in document.sentences:
        words = document.words(sentence)
        same, passage = sentence.passage == passage, sentence.passage
        open_ = _opens(words, mark) or open_ and _goes_on(words, mark, same)
        told.append(open_)
    return told


def _opens(words, mark):
    moment = mark["opens"].search(words[:30])
    return bool(
        moment and mark["person"].search(words) and mark["acts"].search(words) or mark["first_person"].search(words)
    )


def _goes_on(words, mark, same):
    if mark["ends"].search(words[:24]):
        return False
    return same or bool(mark["continues"].search(words))
