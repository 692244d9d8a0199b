"""A list of subjects before a list of values: what they share, decided once for numbers and claims."""

import re
from functools import cache

from lib.lexicon import Lexicon
from lib.reading.spans import QUOTES
from lib.rules import classes


def distribute(words: str, count: int, lexicon: Lexicon) -> list[str]:
    """`count` names, one for each value of a list; the words as a whole for each where they don't divide so.

    A head that only the last name carries belongs to all: 刑事、治安案件数 are 刑事案件数 and 治安案件数. A name with a
    measure of its own keeps it: 立案数、破案率.
    """
    joins, head, noun, own = _patterns(lexicon)
    parts = [part for part in (p.strip(f"{QUOTES} ") for p in joins.split(words)) if part]
    if count == 1 or len(parts) < count:
        return [words] * count
    *others, last = parts[-count:]
    shared = head.search(last)
    if not shared or shared.start() == 0:
        return [*others, last]
    heads = (shared["noun"] or "", shared["measure"] or "")
    return [
        name if own.search(name) else name + ("" if noun.search(name) else heads[0]) + heads[1] for name in others
    ] + [last]


@cache
def _patterns(lexicon):
    known = classes.patterns(lexicon)
    return tuple(re.compile(known[name]) for name in ("list_join", "list_head", "list_noun", "list_own"))
