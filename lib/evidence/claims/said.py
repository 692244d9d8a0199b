"""Results in words alone: nothing happened, an honour, a rank, a suspect caught, a task fulfilled."""

from lib.evidence.claims import metric
from lib.evidence.claims.scene import LONGEST, Claim, Scene, cut, percent
from lib.lexicon import compiled, words

KINDS = {
    "settled": "settled",
    "averted": "averted",
    "calm": "order",
    "safe": "order",
    "felt": "perception",
}  # of outcomes; else solved
BETTER = compiled("turns to the better")  # 形势持续向好
SOLVED, TO_SOLVED = "claim.outcome.all_solved", compiled("what is solved in full")
SIZES, WIDER = words("sizes that are no merit"), compiled("whole among whose parts one ranks")
MEASURE = 2  # characters of a measure alone: 增速
BARE = tuple(f"claim.zero.{k}" for k in ("compound", "cleared", "stands", "gone", "none_at_all"))


def zeros(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """Nothing happened; the value is the number of places where that is so, where the clause counts them, else 0."""
    found = []
    for h in scene.told("claim.zero", *clause):
        if any(c.end > h.start for c in found):
            continue
        low = max([clause[0], *(c.end for c in found)])
        q = _places(scene, low, h.start) or (
            _places(scene, h.end, clause[1]) if h.row.id == "claim.zero.free" else None
        )
        q = q or _share(scene, h, clause[1])
        start = min(q["start"], h.start) if q else h.start
        name, begins = _absent(scene, low, h)
        start = start if q else min(h.start, begins)
        end = max(h.end, q["end"]) if q else h.end
        scope = metric.scope(scene, clause[0], min(start, begins))
        own = metric.kind(scene, low, h.start) or metric.kind(scene, low, h.end)
        if h.row.id == "claim.zero.gone" and own not in metric.WORSE:
            continue
        found.append(cut(Claim(start, end, name, "zero", own or "crime", h.row.id, q, scope)))
    return found


def _share(scene, h, high):
    """The share of places where nothing happened (“零发案村”占比达63%), or None."""
    told = [x.end for x in scene.hits("claim.share", h.end, h.end + MEASURE + 3)]
    near = [q for q in scene.inside(h.end, high) if percent(q)]
    return near[0] if told and near else None


def _places(scene, low, high):
    """The last number between two places that counts places or units, or None."""
    kinds = [q for q in scene.inside(low, high) if q["unit"] and not (percent(q) or scene.unit(q, "calendar", "cases"))]
    return kinds[-1] if kinds else None


def _absent(scene, low, h):
    """(what did not happen, where its words begin): the noun before a zero that only says "none", else its own."""
    end = scene.back(h.start, low, "claim.manner", "claim.filler")
    last = [q["end"] for q in scene.inside(low, end)]
    a, b = metric.span(scene, max([low, *last]), end)
    if h.row.id == "claim.zero.stands":
        a, b = metric.span(scene, low, scene.back(h.end - 1, h.start, "claim.manner", "claim.filler"))
    if h.row.id in BARE and metric.kind(scene, a, b):
        return metric.plain(scene.chars[a:b]), a
    start = scene.forth(h.start, h.end, "claim.absent", "claim.opening", "claim.manner", "claim.filler")
    at = scene.chars.find("零", start, h.end) if h.row.id == "claim.zero.compound" else -1
    start, stop = metric.span(scene, at + 1 if at >= 0 else start, h.end)
    return metric.plain(scene.chars[start:stop]), h.start


def awards(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """Honours, ranks, roll-out elsewhere and praise from above."""
    found = []
    for h in scene.told("claim.award", *clause):
        if any(h.start < c.end for c in found):
            continue
        kind = h.row.reading
        near = [q for q in scene.inside(h.start, clause[1]) if h.end in (q["start"], q["end"])]
        q = next((q for q in near if not scene.unit(q, "calendar")), None)
        name = _ranked(scene, clause, h, [*kept, *found]) if kind == "rank" else _title(scene, h, q)
        if not name:
            continue
        scope = metric.scope(scene, clause[0], h.start)
        end = max(h.end, q["end"]) if q else h.end
        found.append(Claim(h.start, min(end, h.start + LONGEST), name, "award", kind, h.row.id, q, scope))
    return found


def _ranked(scene, clause, h, kept):
    """What a rank is of: the noun before it, a metric told before, else the words before; "" for an input."""
    inner = [c.end for c in kept if clause[0] <= c.start and c.end <= h.start]
    low = max([clause[0], *inner])
    end = scene.back(h.start, low, "claim.manner", "claim.filler")
    for join in "由从":
        at = scene.chars.find(join, low, end)
        end = at if at > low else end
    number = next(iter(scene.inside(low, end)[-1:]), None)
    if number:  # 旅客吞吐量近5000万人次、创历史新高; of 总额增长18%、增速 what is measured and its measure
        rest = metric.plain(scene.chars[number["end"] : end])
        if len(rest) <= MEASURE and number["noun"]:
            if number["noun"].endswith(SIZES):
                return ""
            return number["noun"] + rest * (rest not in number["noun"])
        low = number["end"]
    a, b = metric.span(scene, low, end)
    if any(x.row.reading == "input" for x in scene.hits("claim.metric", a, b)):
        return ""
    if b - a > 1 and scene.forth(a, b, *metric.HEADS) < b:
        return metric.plain(scene.chars[a:b])
    told = metric.topic(scene, h.start, kept, 1)
    if not told and (noun := _counted(scene, scene.document.clause(clause[0] - 2))):
        return "" if noun.endswith(SIZES) else noun
    told = told or [(c.metric, "") for c in kept[-1:] if c.start >= scene.sentence(h.start)[0]]
    whole = metric.plain(scene.chars[h.start : h.end])
    return told[0][0] if told else whole if WIDER.search(whole) else ""


def _counted(scene, clause):
    """The noun of the last number of a clause, "" if none."""
    return next((q["noun"] for q in reversed(scene.inside(*clause)) if q["noun"]), "")


def _title(scene, h, q):
    """The title itself: without the verb that gave it."""
    start = scene.forth(h.start, h.end, "claim.manner", "claim.honour", "claim.opening")
    end = min(q["start"], h.end) if q else h.end
    words = scene.chars[start : scene.back(end, start, "claim.tail")]
    return metric.plain(words) or metric.plain(scene.chars[h.start : h.end])


def outcomes(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """Results told without any number: a suspect caught, a dispute settled, an event kept safe."""
    found = []
    for h in scene.told("claim.outcome", *clause):
        kind = KINDS.get(h.row.id.split(".")[2], "solved")
        way = "up" if kind == "perception" or BETTER.search(scene.chars, h.start, h.end) else "level"
        name = h.row.reading
        if h.row.id == SOLVED and (m := TO_SOLVED.match(scene.chars, h.start, h.end)):
            name = metric.plain(m[0]) + name
        found.append(Claim(h.start, min(h.end, h.start + LONGEST), name, way, kind, h.row.id))
    return found


def surveyed(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """A share of those asked who feel safe or are content: its number right before the words or right behind them."""
    found = []
    for h in scene.told("claim.surveyed", *clause):
        behind = scene.back(h.start, clause[0], "claim.share", "claim.filler")
        near = [
            q
            for q in scene.inside(*clause)
            if percent(q)
            and (q["end"] == behind or scene.back(q["start"], h.end, "claim.share", "claim.filler") == h.end)
        ]
        span = (min(h.start, near[0]["start"]), max(h.end, near[0]["end"])) if near else (0, 0)
        found += [cut(Claim(*span, h.row.reading, "level", "perception", h.row.id, q)) for q in near[:1]]
    return found
