"""Source text is data: what it becomes in each language of the report, so that nothing in it runs or vanishes."""

import json
import re
from html import escape

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")


def html(text):
    """The text for HTML, in an element or a quoted attribute."""
    return escape(_BLANKS.sub(" ", str(text)))


def markdown(text):
    """The text for Markdown: one line, every ASCII punctuation mark behind a backslash."""
    return _MARKS.sub(r"\\\1", _BLANKS.sub(" ", str(text)))


def typst(text):
    """A Typst expression whose value is the text: a string literal."""
    return json.dumps(_BLANKS.sub(" ", str(text)), ensure_ascii=False)
