"""From raw text to cleaned text: each edit keeps the raw offsets and enters a ledger."""
import re
from functools import cache

from lib.reading.text import Text

GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7}\)")


@cache
def _simplifier():
    import opencc
    return opencc.OpenCC("t2s")


def clean(raw):
    """(Text, damage, ledger) of a raw text. First form: glosses out, script converted, broken lines joined."""
    text = Text.of(raw)
    text = text.edited([(m.start(), m.end(), "") for m in GLOSS.finditer(raw)])
    simple = "".join(_simplifier().convert(c)[:1] or c for c in text.chars)
    text = Text(simple, text.offsets)
    text = text.edited([(m.start(), m.end(), "") for m in re.finditer(r"(?<=[\u4e00-\u9fff,、])\n{2,}(?=[\u4e00-\u9fff])", text.chars) if len(text.chars[:m.start()].rsplit("\n", 1)[-1]) > 60])
    return text, [], []
