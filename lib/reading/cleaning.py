"""From raw text to cleaned text: every edit keeps the raw offsets and enters the ledger."""

from functools import lru_cache

from lib.lexicon import Lexicon
from lib.reading import damage, furniture, lines, markup, script
from lib.reading.text import Text


@lru_cache(maxsize=1)  # the register and the document ask for the same text
def clean(raw):
    """(Text, damaged spans, ledger) of a raw text; the ledger's rows are in raw order."""
    text, ledger = Text.of(raw), []
    for step in (markup.clean, script.clean, furniture.clean, lines.clean):
        text, rows = step(text, Lexicon())
        ledger += rows
    damaged, rows = damage.find(text)
    return text, damaged, sorted(ledger + rows, key=lambda r: (r["start"], r["end"], r["action"], r["rule"]))
