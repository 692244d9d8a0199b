"""One name for all its forms: the full and the short, the place before it, the name that a description introduces."""
import hashlib
import re
from dataclasses import dataclass, field, replace

AFFIX = re.compile(r"[+＋\dA-Za-z]")
PLACE = re.compile(r"[\u4e00-\u9fff]{2,12}(?:省|市|区|县|镇|乡|街道|村|社区|分局|公安局|派出所)")
INTRODUCES = re.compile(r"(?:[―—－-]{1,2}|[（(]?(?:以下)?(?:简称|即|名为|又称|取名|命名为)(?:为)?)[“‘]$")
SHORTEST = 5            # characters from which a name is looked for at the end of a longer one


@dataclass(frozen=True)
class Name:
    """What one text calls a thing: `words` without the head noun outside the quotes, `full` with it, spans of the mentions."""

    words: str
    full: str
    kind: str
    origin: str
    spans: tuple = field(default=())


def key(place, words):
    """`i-` and 12 digits of the SHA-1 of the place and the name without the head noun outside its quotes."""
    return "i-" + hashlib.sha1(f"{place}:{words}".encode()).hexdigest()[:12]


def folded(names, chars):
    """{words: Name} with the forms of one name counted under it, their spans with them."""
    kept = dict(names)
    for words in sorted(names, key=len, reverse=True):
        target, cut = _target(names[words], kept, chars)
        if target:
            name = kept.pop(words)
            spans = tuple((a + cut, b) for a, b in name.spans)
            kept[target] = replace(kept[target], spans=kept[target].spans + spans)
    return kept


def _target(name, kept, chars):
    """(words of the name that this is a form of, characters to leave out at its start), or ("", 0)."""
    for other in sorted(kept.values(), key=lambda n: -len(n.full)):
        if other.words == name.words:
            continue
        before = name.full[:-len(other.full)]
        if other.full == name.full and len(other.words) < len(name.words) or _shortened(name, other):
            return other.words, 0
        if len(other.full) >= SHORTEST and name.words.endswith(other.full) and (
                PLACE.fullmatch(before) or len(name.spans) == 1 and len(before) > 1):
            return other.words, len(before)
        if any(INTRODUCES.search(chars[b:c]) and c - b < 8 for _, b in name.spans for c, _ in other.spans if c > b):
            return other.words, 0
    return "", 0


def _shortened(name, other):
    """Whether a name is another with a few characters left out of its middle: 联动站 for 联动工作站."""
    a, b = name.full, other.full
    if name.kind != other.kind or AFFIX.search(a) or not 0 < len(b) - len(a) < 4 or len(a) < 6 or a[:4] != b[:4] or a[-1] != b[-1]:
        return False
    rest = iter(b)
    return all(c in rest for c in a)


def longer(words, others):
    """The longest other name that is these words with a number or a + part after them, or ""."""
    return max((o for o in others if o.startswith(words) and AFFIX.match(o[len(words):])), key=len, default="")
