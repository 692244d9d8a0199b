"""One name for all its forms: the full and the short, the place before it, the name that a description introduces."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from lib.lexicon import compiled

AFFIX = re.compile(r"[+＋\dA-Za-z]")
PLACE, INTRODUCES = compiled("place of a name"), compiled("introduces a short name")
UNTOLD = "mechanism"  # the kind of a name that no head noun and no verb tells
SHORTEST = 5  # characters from which a name is looked for at the end of a longer one


@dataclass(frozen=True)
class Name:
    """What one text calls a thing: `words` without the head noun outside the quotes, `full` with it, its spans."""

    words: str
    full: str
    kind: str
    origin: str
    rule: str = ""
    spans: tuple = field(default=())


def key(place, words):
    """`i-` and 12 digits of the SHA-1 of the place and the name without the head noun outside its quotes."""
    return "i-" + hashlib.sha1(f"{place}:{words}".encode()).hexdigest()[:12]


def folded(names, chars):
    """{words: Name} with the forms of one name counted under it, their spans with them."""
    kept, index = dict(names), _Index(names.values())
    for words in sorted(names, key=len, reverse=True):
        target, cut = index.target(names[words], chars)
        if target in kept and target != words:
            spans = tuple((a + cut, b) for a, b in kept.pop(words).spans)
            kind = names[words].kind if words.startswith(target) else kept[target].kind
            kept[target] = replace(kept[target], kind=kind, spans=kept[target].spans + spans)
    return kept


class _Index:
    """The names of one text, to be found by what they have in common with a form of them."""

    def __init__(self, names):
        self.full, self.start, self.shape = {}, {}, defaultdict(list)
        for name in sorted(names, key=lambda n: (len(n.words), n.words), reverse=True):
            self.full[name.full] = name
            self.start |= {a: name for a, _ in name.spans}
            self.shape[_outline(name)].append(name)

    def target(self, name, chars):
        """(words of the name that this is a form of, characters to leave out at its start), or ("", 0)."""
        same = self.full[name.full]
        long = next((n for n in self.shape[_outline(name)] if _shortened(name.full, n.full)), None)
        other = same if len(same.words) < len(name.words) else long or self._introduced(name, chars) or self._tail(name)
        return (other.words, 0) if other else self._ending(name)

    def _introduced(self, name, chars):
        """The name that a description introduces right behind it: 数据中心――“岚安平台”."""
        return next(
            (
                self.start[c]
                for _, b in name.spans
                for c in range(b + 1, b + 8)
                if c in self.start and INTRODUCES.search(chars[b:c])
            ),
            None,
        )

    def _tail(self, name):
        """The name that a later one is the end of: 夜巡平台 of “渔港夜巡”平台, “说事点” of “石桥说事点”."""
        longer = (n for n in self.full.values() if n.full.endswith(name.full) and n is not name)
        return next((n for n in longer if _quoted_end(name, n) or _said_again(name, n)), None)

    def _ending(self, name):
        """The name that this one ends with (and a head noun), after a place or words that stand there once."""
        for at in range(len(name.words) - SHORTEST + 1):
            rest = name.words[at:]
            other = next((n for end in (len(rest), -2, -3) if (n := self.full.get(rest[:end])) and n is not name), None)
            alone = PLACE.fullmatch(name.words[:at]) or len(name.spans) == 1
            if other and (alone or not at) and (other.kind == name.kind or not at and other.kind == UNTOLD):
                return other.words, at
        return "", 0


def _quoted_end(name, long):
    return long.kind == name.kind and long.full != long.words and len(name.full) > SHORTEST


def _said_again(name, long):
    """Whether a name of three characters or more first stands behind the longer one."""
    return len(name.full) > 2 and bool(name.spans and long.spans) and min(long.spans) < min(name.spans)


def _outline(name):
    return name.kind, name.full[:4], name.full[-1]


def _shortened(form, full):
    """Whether a name is another with a few characters left out of its middle: 联动站 for 联动工作站."""
    rest, less = iter(full), len(full) - len(form)
    return len(form) > SHORTEST and 0 < less < 4 and not AFFIX.search(form) and all(c in rest for c in form)


def longer(words, others):
    """The longest other name that is these words with a number or a + part after them, or ""."""
    return max((o for o in others if o.startswith(words) and AFFIX.match(o[len(words) :])), key=len, default="")
