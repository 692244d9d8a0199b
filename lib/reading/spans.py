"""Spans of a text that must not overlap, and the marks that part its clauses: decided here for all."""

from operator import itemgetter

ENDS = "。！？!?\n"  # what ends a sentence
STOPS = f";；{ENDS}"  # what ends a group of clauses
BREAKS = f",，:：{STOPS}"  # what ends a clause
QUOTES = "“”‘’\"'「」『』"


def apart(found, start=itemgetter(0), end=itemgetter(1)):
    """The spans in order, without those that overlap an earlier one; of two that begin together the longer stays."""
    kept = []
    for span in sorted(found, key=lambda s: (start(s), -end(s))):
        if end(span) > start(span) and (not kept or start(span) >= end(kept[-1])):
            kept.append(span)
    return kept
