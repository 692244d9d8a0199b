"""What a claim is about: the noun at the end of some words, what kind it is, and whose it is."""

import re
from bisect import bisect_left

from lib import rules
from lib.evidence.claims.scene import Scene
from lib.reading import places
from lib.reading.spans import QUOTES

NEAR = 6  # characters after the word that names a metric: 破案率 | 测评得分
WORKED = ("solved", "settled", "averted")
WORSE = ("crime", "accident", "dispute", "time")
MARKS = re.compile(rf"[{QUOTES}\s]")
HEADS = ("claim.opening", "claim.head", "claim.few", "claim.body")
TAILS = ("claim.manner", "claim.tail", "claim.filler")
SCOPE = 24


def kind(scene: Scene, low: int, high: int) -> str:
    """The kind of result that words name at their end, or "" where they name none or an input."""
    found = [h for h in scene.hits("claim.metric", max(low, high - 16), high) if h.end + NEAR >= high]
    best = max(found, key=lambda h: (h.end, h.row.weight, -h.start), default=None)
    inputs = [h for h in found if h.row.reading == "input" and best.end - h.end < 3]
    return "" if inputs or not best else best.row.reading


def worse(scene: Scene, low: int, high: int) -> bool:
    """Whether words name what is better when lower: crime, but not crime solved."""
    found = {h.row.reading for h in scene.hits("claim.metric", max(low, high - 16), high)}
    return bool(found & set(WORSE)) and not found & {*WORKED, "perception"}


def span(scene: Scene, low: int, high: int) -> tuple[int, int]:
    """(start, end) of the noun phrase that words end with: openings, places, adverbs and quotes around it left out."""
    openings = scene.hits("claim.opening", low, high)
    start = max([low, *(h.end for h in openings if h.end < high)])
    end = scene.back(high, start, *TAILS)
    start = _headless(scene, start, end)
    while end - start > 1 and scene.chars[start] in f"、和及与了的/至 {QUOTES}":
        start += 1
    return (start, end) if end > start else (low, high)


def _headless(scene, start, end):
    while True:
        step = scene.forth(start, end, *HEADS)
        place = next((p for p in places.mentioned(scene.chars[step:end]) if p[0] == 0 and p[3]), None)
        step += place[1] if place and end - step - place[1] > 1 else 0
        body = [
            h.end for h in scene.hits("claim.body", step - 8, end) if h.start <= step < h.end - 1 and h.end + 1 < end
        ]
        step = max([step, *body])
        if step == start or end - step < 2:
            return start
        start = step


def scope(scene: Scene, low: int, high: int) -> str:
    """Whose and of what a claim is: the words between the opening of its clause and its metric or verb."""
    start = scene.forth(low, high, "claim.opening", "claim.cause", "claim.manner", "claim.head")
    start = max([start, *(q["end"] for q in scene.inside(start, high) if scene.chars[q["end"]] in "、和")])
    words = MARKS.sub("", scene.chars[start : scene.back(high, start, "claim.manner")]).strip("、的 ")
    return words if 1 < len(words) <= SCOPE else ""


def names(scene: Scene, low: int, high: int, count: int) -> list[str]:
    """The metrics of `count` values that stand behind some words."""
    start, end = span(scene, low, high)
    return [plain(n) for n in rules.distribute(scene.chars[start:end], count, scene.document.lexicon)]


def plain(words: str) -> str:
    """Words as a metric: without marks, at most 40 characters."""
    return MARKS.sub("", words).strip("、，,和及与的| ").lstrip("》〉）)")[:40]


def topic(scene: Scene, at: int, kept: list, count: int) -> list[tuple[str, str]]:
    """(metric, kind) for `count` values whose own clause names none: of the claims before, else of the clauses before.

    The nearest clause of the sentence that names a metric gives it: 立案3起，下降8%.
    """
    low, _ = scene.sentence(at)
    told = [c for c in kept if low <= c.start and c.end <= at and c.direction != "award"]
    first = scene.document.clause(at)[0]
    index = bisect_left(scene.document.clauses, (first, 0))
    clauses = [c for c in scene.document.clauses[max(0, index - 4) : index] if c[0] >= low]
    for a, b in reversed([*clauses, (first, at)]):
        own = [c for c in told if a <= c.start < b]
        if own:
            return [(c.metric, c.kind) for c in (told[-count:] if len(told) >= count else own[-1:] * count)]
        ends = [h.end for h in scene.hits("claim.metric", a, b) if kind(scene, a, h.end)]
        if ends:
            end = max(ends)
            low = max([a, *(q["end"] for q in scene.inside(a, end))])
            return [(name, kind(scene, a, end)) for name in names(scene, low, end, count)]
    return []
