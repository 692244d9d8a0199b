"""Whether what a row of the governance model says is so, is told of one case, or is only meant to be."""

import re
from bisect import bisect_right

from lib.evidence import context

OUGHT = re.compile("[^。；;]{0,30}[,，](?:应当?(?!用|急|对)|必须|须|要(?!求|素|道|点))")  # X作为主力军, 应当 …


def standing(document, rows, lexicon):
    """The rows with `status`: done, case, planned or absent; what a section on the background says is left out.

    The status of a sentence by its place in the text (lib.evidence.context) goes before that of its clause.
    """
    settings = context.settings(document, lexicon)
    kept = [(row, _status(document, row, settings, lexicon)) for row in rows]
    return [{**row, "status": status} for row, status in kept if status != "none"]


def _status(document, row, settings, lexicon):
    at = bisect_right(document.sentences, row["start"], key=lambda s: s.start) - 1
    sentence, setting = document.sentences[at], settings[at]
    if setting and not (setting == "none" and _heading(document, sentence)):
        return setting
    words = document.words(sentence)
    start, end = context.clause(words, row["start"] - sentence.start, row["end"] - sentence.start)
    if OUGHT.match(words, end):
        return "planned"
    said = context.status(words[:start], words[start:end], lexicon)
    return "done" if said == "ongoing" else said


def _heading(document, sentence):
    """A heading states the model in short; only the sections that it may head are background."""
    marked = document.passages[sentence.passage].kind in ("title", "heading")
    return marked or sentence.end - sentence.start <= context.SHORT
