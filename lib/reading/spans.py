"""Spans of a text that must not overlap, the marks that part its clauses or quote, its characters: decided for all."""

import re
from operator import itemgetter

ENDS = "。！？!?\n"  # what ends a sentence
STOPS = f";；{ENDS}"  # what ends a group of clauses
BREAKS = f",，:：{STOPS}"  # what ends a clause
OPEN, CLOSE = '“‘"', '”’"'  # quotation marks, as cleaning leaves them
QUOTES = f"{OPEN}{CLOSE}'"
HANZI = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"  # of a class in a pattern
HAN = re.compile(f"[{HANZI}]")


def apart(found, start=itemgetter(0), end=itemgetter(1)):
    """The spans in order, without those that overlap an earlier one; of two that begin together the longer stays."""
    kept = []
    for span in sorted(found, key=lambda s: (start(s), -end(s))):
        if end(span) > start(span) and (not kept or start(span) >= end(kept[-1])):
            kept.append(span)
    return kept


def unquoted(words):
    """The words without quotation marks."""
    return re.sub(f"[{QUOTES}]", "", words)


def paired(words):
    """The words; without their quotation marks where one lacks its other half."""
    return words if words.count("“") == words.count("”") else re.sub("[“”]", "", words)
