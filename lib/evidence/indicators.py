"""Indicators: the stable key of what a number counts (police_posts, volunteers, criminal_cases)."""
import re
from functools import cache, lru_cache

from lib.lexicon import BadInput

ENDINGS = re.compile(r"(?<=.)(?:立案|发案|总?数|数量|总量|人次|规模)$")
CHANGES = ("share", "rate", "count", "money", "")


@cache
def _rules(lexicon):
    """[(key, kinds, pattern)] in the table's order: the first whose pattern ends the noun wins."""
    rules = []
    for r in lexicon.rows("indicators", "key", "zh", "en", "kinds", "pattern"):
        try:
            rules.append((r["key"], tuple(r["kinds"].split("|")), re.compile(f"(?:{r['pattern']})$")))
        except re.error as e:
            raise BadInput(f"{lexicon.folder}/indicators.csv:{r['line']}: {e}; expected a regular expression") from None
    return rules


@lru_cache(maxsize=100_000)
def key(noun, unit_kind, changed, lexicon):
    """The indicator of a noun counted in units of a kind, or \"\"; a change in per cent may be one of any count."""
    if not noun:
        return ""
    kind = "count" if unit_kind == "place" else unit_kind
    for name, kinds, pattern in _rules(lexicon):
        fits = "*" in kinds or kind in kinds or (kind == "" and "count" in kinds) or (
            changed and kind in CHANGES and "level" not in kinds)
        if fits and pattern.search(noun):
            return name
    shorter = ENDINGS.sub("", noun)
    return key(shorter, unit_kind, changed, lexicon) if shorter != noun else ""
