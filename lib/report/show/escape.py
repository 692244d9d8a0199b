"""Source text is data: what it becomes in each language of the report, so that nothing in it runs or vanishes."""

import json
import re
from html import escape

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
_LONG = re.compile(r"([^\s\u2e80-\uffff]{120})[^\s\u2e80-\uffff]{40,}")
_COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACK = re.compile(f"([{_COMBINING}]{{8}})[{_COMBINING}]+")
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")


def html(text):
    """The text for HTML, in an element or a quoted attribute."""
    return escape(_BLANKS.sub(" ", str(text)))


def markdown(text):
    """The text for Markdown: one line, every ASCII punctuation mark behind a backslash."""
    return _MARKS.sub(r"\\\1", _BLANKS.sub(" ", str(text)))


def capped(text):
    """The text with a run of more than 160 letters cut after 120, one of combining marks after 8: …[+N] tells how many
    more there are. No page holds such a run, and nobody reads it."""
    stacked = _STACK.sub(lambda run: f"{run[1]}…[+{len(run[0]) - 8}]", str(text))
    return _LONG.sub(lambda run: f"{run[1]}…[+{len(run[0]) - 120}]", stacked)


def breakable(text):
    """The text with a place to break in each run of 24 letters, so that it fits a column."""
    return re.sub(r"[^\s\u2e80-\uffff]{24}(?=[^\s\u2e80-\uffff]{6})", lambda run: f"{run[0]}\u200b", text)


def ems(text, latin=0.56):
    """The width of a text in em, near enough to fit a column or a box: Chinese one, Latin about half."""
    return sum(1.0 if ord(c) > 0x2E7F else latin for c in text)


def typst(text):
    """A Typst expression whose value is the text: a string literal."""
    return json.dumps(_BLANKS.sub(" ", str(text)), ensure_ascii=False)
