"""Villages and communities as places that numbers speak of: 溪口镇桃源村, and later 桃源村 alone."""

from functools import lru_cache

from lib.lexicon import compiled, words
from lib.reading.segmentation import tagged

NAMED, KINDS = compiled("name of a settlement"), words("endings of settlements")
DESCRIBED = compiled("what kind of settlement")
ATTRIBUTES = ("m", "r", "f", "b", "p", "d", "u", "c", "v")
SEVERAL, LONGEST = 2, 6


def find(chars, divisions):
    """[(start, end, name)] of the settlements of a text, in order; `divisions` are (start, end) of the places named.

    One is known where it stands right behind the town or district that it lies in, or is named more than once; its
    name is then that of both (溪口镇桃源村), wherever the text says it.
    """
    above, names = {b: a for a, b in divisions}, {}
    seen = [m.span("name") for m in NAMED.finditer(chars)]
    for a, b in seen:
        at = next((at for at in range(b - 2, a, -1) if at in above), None)
        if at is not None and b - at <= LONGEST and not DESCRIBED.search(chars, at, b - 1):
            names.setdefault(chars[at:b], chars[above[at] : b])
        elif b - a <= LONGEST and _proper(chars[a:b]) and chars.count(_stem(chars[a:b])) >= SEVERAL:
            names.setdefault(chars[a:b], chars[a:b])
    found = ((a, b, next((n for n in names if chars.endswith(n, a, b)), "")) for a, b in seen)
    return [(above.get(b - len(n), b - len(n)), b, names[n]) for a, b, n in found if n]


def _stem(name):
    """A name without its kind; with it where no two signs are left."""
    stem = name[: -len(next(k for k in KINDS if name.endswith(k)))]
    return stem if len(stem) > 1 else name


@lru_cache(maxsize=4096)
def _proper(name):
    """Whether a name alone is that of one settlement: no kind of them (示范村), no number, no deed (走进社区)."""
    stem = _stem(name)
    return not DESCRIBED.search(stem) and not any(t.startswith(ATTRIBUTES) for _, t in tagged(stem))
