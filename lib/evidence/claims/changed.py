"""Results as changes and levels: rose by, fell to, stands at, halved; with a number or in words."""

from bisect import bisect_right
from dataclasses import replace
from operator import itemgetter

from lib.evidence.claims import metric
from lib.evidence.claims.scene import Claim, Scene, cut, percent
from lib.reading.spans import CLOSE
from lib.rules import engine

SIGNS = {"increase": "up", "decrease": "down"}
STRONG = ("strong", "going")  # manners of a change that is a result
NOUN = 16  # characters of what a share is of, up to where it was settled
BEFORE = ("claim.filler", "claim.tail")
WAYS, SIGNED = SIGNS, "+-＋－"
WAY_OF = {"-": "down", "－": "down"}
RATED = ("率", "度", "感", "数", "分", "评")


def valued(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """Changes by or to a number: one claim a value, its metric from this clause or from the words before."""
    found, seen = [], clause[0]
    for q in scene.inside(*clause):
        if q["start"] < seen or _dates(scene, q):
            continue
        way, rule, word = _way(scene, q, clause)
        if way:
            run = scene.run(q["start"], clause[1])
            found += _spread(scene, clause, run, (way, rule, word), [*kept, *found])
            seen = run[-1]["end"]
    return found


def _dates(scene, q):
    """Whether a number of years or days only says when: right before another number, 的, or a word of how much."""
    near = [n for n in scene.inside(q["end"], q["end"] + 12) if n["start"] <= q["end"] + 2]
    after = scene.hits("direction", q["end"], q["end"] + 6)
    running = [h for h in scene.hits("claim.running", q["start"] - 4, q["end"] + 4) if h.start < q["start"] < h.end]
    record = [h for h in scene.hits("claim.record", q["start"], q["end"] + 8) if h.start == q["start"]]
    return scene.unit(q, "calendar") and bool(near or after or running or record)


def _way(scene, q, clause):
    """(direction, rule, place where the words of change begin) of a number; ("", "", 0) where it says no change."""
    if q["relation"] in SIGNS and any(c in SIGNED for c in scene.chars[q["start"] - 1 : q["start"] + 1]):
        return SIGNS[q["relation"]], "claim.signed", q["start"]
    for slot in ("direction", "claim.change_to"):
        best = next(iter(_reading(scene, q, slot)), None)
        if best and clause[0] <= best.start <= q["end"] and _touches(scene, best, q):
            return WAYS.get(best.row.reading, best.row.reading), best.row.id, min(best.start, q["start"])
    base = _base(scene, q, clause)
    if base:
        return "down" if q["value"] < base["value"] else "up", "claim.base", q["start"]
    return "", "", 0


def _base(scene, q, clause):
    """The number that the next clause gives for the time before: 3 cases, the year before 9."""
    after = [h for h in scene.hits("claim.base", clause[1], clause[1] + 12) if h.start <= clause[1] + 1]
    found = scene.inside(after[0].end, after[0].end + 12)[:1] if after and q["end"] == clause[1] else []
    return found[0] if found and found[0]["unit"] == q["unit"] else None


def _reading(scene, q, slot):
    if slot == "direction":
        return engine.readings(scene.document, q["start"], q["end"], slot)
    at = scene.back(q["start"], q["start"] - 8, "claim.filler", "claim.manner")
    return [h for h in scene.hits(slot, q["start"] - 16, q["start"]) if at <= h.end]


def _touches(scene, hit, q):
    """Whether no other number stands between a word of change and its number."""
    return all(scene.unit(n, "calendar") for n in scene.inside(min(hit.end, q["end"]), q["start"]))


def _spread(scene, clause, run, told, kept):
    """One claim for each value of a run; the first spans from its metric on, the others their own number."""
    way, rule, word = told
    risen = run[0].get("base_value", "") != ""
    before = [q for q in scene.inside(clause[0], word) if risen or not scene.unit(q, "calendar")]
    low = scene.floor(clause[0], word, kept)
    ends = [q for q in before if q["start"] >= low]
    turned = rule.endswith("_to") and [q for q in ends if q["unit"] == run[0]["unit"]]
    base = turned or rule == "claim.signed" or risen
    end = scene.back(ends[0]["start"] if ends and base else word, low, "claim.manner", "claim.filler")
    own = metric.kind(scene, low, end)
    if own:
        named = [(name, own) for name in metric.names(scene, low, end, len(run))]
        worse, start = metric.worse(scene, low, end), metric.span(scene, low, end)[0]
    else:
        named = metric.topic(scene, word, kept, len(run)) if _bare(scene, low, end) else []
        worse, start = any(kind in metric.WORSE for _, kind in named), low
    rates = zip(run, named, strict=False)
    counted = not own and any(name.endswith(RATED[0]) and q["unit"] and not percent(q) for q, (name, _) in rates)
    if not named or (worse and way == "up") or counted:  # a rate named before does not grow by so many cameras
        return []
    scope = metric.scope(scene, clause[0], start) if own else ""
    return [
        cut(Claim(q["start"] if i else start, q["end"], name, way, kind, rule, q, scope))
        for i, (q, (name, kind)) in enumerate(zip(run, named, strict=False))
    ]


def _bare(scene, low, end):
    """Whether words name no metric of their own: a time, a place or nothing."""
    at = scene.forth(low, end, *metric.HEADS, "claim.manner", "claim.filler")
    return end - at < 2 or metric.span(scene, low, end)[0] >= end - 1 or scene.chars[at:end].isdigit()


def cells(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """What a row of a table says of a result: its change, and the last value of a rate or perception."""
    row = [q for q in scene.cells if clause[0] <= q["start"] and q["end"] <= clause[1] and q["noun"]]
    at = scene.chars.find(row[0]["noun"], clause[0], row[0]["start"]) if row else -1
    end = at + len(row[0]["noun"]) if row else at
    own = metric.kind(scene, at, end) if at >= 0 else ""
    if not own:
        return []
    found, bad = [], metric.worse(scene, at, end)
    for q in row:
        way = SIGNS.get(q["relation"]) or (
            q["relation"] == "point_change" and WAY_OF.get(scene.chars[q["start"]], "up")
        )
        if way and not (bad and way == "up"):
            found.append(Claim(q["start"], q["end"], metric.plain(row[0]["noun"]), way, own, "claim.cell", q))
    rated = [q for q in row if q["relation"] == "share" and scene.chars[at:end].endswith(RATED)]
    last = max(rated, key=lambda q: (q["period_end"], q["start"]), default=None)
    told = last and Claim(last["start"], last["end"], metric.plain(row[0]["noun"]), "level", own, "claim.cell", last)
    return sorted([*found, *([told] if told else [])], key=lambda c: c.start)


def levels(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """Rates and perceptions that stand at a value; a problem of which there were only so many."""
    found = []
    for q in scene.inside(*clause):
        if any(c.start <= q["start"] < c.end for c in [*kept, *found]):
            continue
        low = scene.floor(clause[0], q["start"], [*kept, *found])
        end = scene.back(q["start"], low, "claim.filler", "claim.manner", "claim.few")
        own = metric.kind(scene, low, end)
        run = scene.run(q["start"], clause[1])
        if own and _rated(scene, low, end, run) and not scene.hits("claim.share", low, end):
            found += _level(scene, clause, run, (low, end, own, "claim.level"))
        elif scene.hits("claim.few", low, q["start"]) and own and metric.worse(scene, low, end) and not percent(q):
            found += _level(scene, clause, run[:1], (low, end, own, "claim.few"))
        else:
            found += _settled(scene, clause, q, low) or _stands(scene, low, end, run, [*kept, *found])
    return found


def _stands(scene, low, end, run, kept):
    """Shares whose clause names nothing: of the rates or perceptions that the sentence named before."""
    if metric.kind(scene, low, end) or not run or not all(percent(q) for q in run) or not _bare(scene, low, end):
        return []
    last = kept[-1] if kept else None
    worse = last and last.kind in metric.WORSE and not last.metric.endswith("率")
    if worse and last.value == "" and last.direction in WAYS.values() and low - last.end < metric.NEAR:
        return [replace(last, start=q["start"], end=q["end"], number=q) for q in run[:1]]
    named = metric.topic(scene, run[0]["start"], kept, len(run))
    if not named or not all(kind == "perception" or name.endswith("率") for name, kind in named):
        return []
    return [
        Claim(q["start"], q["end"], name, "level", kind, "claim.level", q)
        for q, (name, kind) in zip(run, named, strict=False)
    ]


def _rated(scene, low, end, run):
    """Whether words end in a rate or a perception and the values are shares, or scores out of 100."""
    if not scene.chars[low:end].rstrip(CLOSE).endswith(RATED) and "率" not in scene.chars[max(low, end - 6) : end]:
        return False
    scored = metric.kind(scene, low, end) == "perception"
    return all(percent(q) or (scored and q["unit"] in ("", "分") and 20 < q["value"] <= 100) for q in run)


def _level(scene, clause, run, told):
    low, end, own, rule = told
    start = metric.span(scene, low, end)[0]
    scope = metric.scope(scene, clause[0], start)
    named = metric.names(scene, low, end, len(run))
    return [
        cut(Claim(q["start"] if i else start, q["end"], name, "level", own, rule, q, scope))
        for i, (q, name) in enumerate(zip(run, named, strict=True))
    ]


def _settled(scene, clause, q, low):
    """A share that was settled, its verb behind or before it: settled 100 %, calls handled make up 20 % of all."""
    base = [h for h in scene.told("claim.at_base", q["end"], clause[1]) if percent(q) and h.start - q["end"] < NOUN]
    if base:  # 九成矛盾纠纷解决在基层
        return [cut(Claim(q["start"], base[0].end, base[0].row.reading, "level", "settled", base[0].row.id, q))]
    deeds = scene.told("claim.deed", q["end"], min(clause[1], q["end"] + 6))
    shared = scene.back(q["start"], low, "claim.share", "claim.filler")
    before = [h for h in scene.told("claim.deed", low, shared) if shared < q["start"] and shared - h.end < metric.NEAR]
    if percent(q) and before:
        name = metric.plain(scene.chars[low:shared])
        return [cut(Claim(low, q["end"], name, "level", before[0].row.reading, before[0].row.id, q))]
    if not percent(q) or not deeds or deeds[0].start > q["end"] + 1:
        return []
    ends = [h.end for h in scene.hits("claim.metric", low, q["start"])]
    if not ends:
        return []
    name = metric.names(scene, low, max(ends), 1)[0] + scene.chars[deeds[0].start : deeds[0].end]
    return [cut(Claim(low, deeds[0].end, name, "level", deeds[0].row.reading, deeds[0].row.id, q))]


def worded(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """Changes without a number: the metric, then the word of change. A problem that grows is no result."""
    found = []
    for h in scene.hits("claim.change", *clause):
        low = scene.floor(clause[0], h.start, [*kept, *found])
        base = [q for q in scene.inside(low, h.start) if q["end"] == h.start and not scene.unit(q, "calendar")]
        end = scene.back(base[0]["start"] if base else h.start, low, "claim.manner", *BEFORE[: len(base) * 2])
        own, after = metric.kind(scene, low, end), scene.chars[h.end : clause[1]].lstrip("了")
        whole = after[:1] in "、，；。）)”" or not after.strip("的")
        whole = whole or scene.forth(h.end, clause[1], "claim.goes_on") > h.end
        strong = whole or _strong(scene, end, h.start)
        if not own and whole and _bare(scene, low, end):
            found += _again(scene, h, [*kept, *found])
        if not own or not strong or (h.row.id == "claim.change.up" and metric.worse(scene, low, end)):
            continue
        pushed = end == h.start and any(p.start - low < 6 for p in scene.hits("claim.pushed", low, end))
        if pushed or _closed(scene, h, clause):
            continue
        start = metric.span(scene, low, end)[0]
        name, scope = metric.names(scene, low, end, 1)[0], metric.scope(scene, clause[0], start)
        found.append(cut(Claim(start, h.end, name, h.row.reading, own, h.row.id, scope=scope)))
    return found


def _again(scene, h, kept):
    """A change whose clause says no more than when: of what the clause before it names. Only one that is good news."""
    before = bisect_right(scene.document.clauses, h.start, key=itemgetter(1))
    low = scene.document.clauses[before - 1][0] if before else h.start
    named = metric.topic(scene, h.start, [c for c in kept if c.start >= low], 1)
    near = any(x.start >= low for x in scene.hits("claim.metric", low, h.start))
    good = named and near and (named[0][1] in metric.WORSE) == (h.row.reading == "down")
    return [Claim(h.start, h.end, *named[0][:1], h.row.reading, named[0][1], h.row.id)] if good else []


def _closed(scene, h, clause):
    """Whether a word of change goes on as a noun's attribute or an object: 提升能力, 下降的原因."""
    after = scene.chars[h.end : clause[1]].strip("的了”")
    goes_on = scene.forth(h.end, clause[1], "claim.goes_on") > h.end
    return bool(after) and after[0] not in "、和，（）) " and not goes_on


def _strong(scene, low, high, readings=STRONG):
    return any(h.row.reading in readings for h in scene.hits("claim.manner", low, high))


def improved(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """The word of change before its metric: raised a capacity, eased a problem; to go on raising an ability is work."""
    for slot in ("claim.improve", "claim.relief"):
        for h in scene.told(slot, *clause):
            low, high = scene.back(h.start, clause[0], "claim.manner"), clause[1]
            done = scene.chars[h.end : h.end + 1] == "了"
            strong = STRONG[:1] if _ability(scene, h.end, high) else STRONG
            if not (done or _strong(scene, low, h.start, strong)) or scene.inside(h.end, high):
                continue
            start, own = h.end + done, metric.kind(scene, h.end, high)
            if slot == "claim.improve" and _of_other(scene, h.end, high):
                continue
            if not own and h.row.reading == "up":  # 解决了部门之间信息不通的问题 is no result
                continue
            if start + 2 > high or not own and slot == "claim.improve" or metric.kind(scene, clause[0], low):
                continue
            if slot == "claim.improve" and h.row.reading == "up" and metric.worse(scene, start, high):
                continue
            name = metric.plain(scene.chars[slice(*metric.span(scene, start, high))])
            end = min(high, low + 30)
            return [Claim(low, end, name, h.row.reading, own or "dispute", h.row.id)]
    return []


def _ability(scene, low, high):
    last = max(scene.hits("claim.metric", low, high), key=lambda h: (h.end, h.start), default=None)
    return last is not None and last.row.id == "claim.metric.ability"


def _of_other(scene, low, high):
    """Whether what is improved only describes another noun behind it: 提高能力的选择."""
    last = max((m.end for m in scene.hits("claim.metric", low, high)), default=high)
    return "的" in scene.chars[last : scene.back(high, last, "claim.tail")]


def tallies(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """ "Two fell, two rose": one claim for each side, and for each of two metrics where both changed."""
    found = []
    for h in scene.hits("claim.tally", *clause):
        end = scene.back(h.start, clause[0], "claim.manner", "claim.filler")
        own = metric.kind(scene, clause[0], end)
        named = _both(scene, clause[0], end, h, own) if own else metric.topic(scene, h.start, [], 1)
        ways = {w.row.reading for w in scene.hits("claim.tally.side", h.start, h.end)}
        start = max(metric.span(scene, clause[0], end)[0] if own else h.start, h.end - 30)
        found += [Claim(start, h.end, name, way, kind, h.row.id) for way in sorted(ways) for name, kind in named]
    return found


def _both(scene, low, end, h, kind):
    """The metrics of a tally: each of two where both are said to have changed, else the words as one."""
    both = scene.hits("claim.tally.both", h.start, h.end)
    return [(name, kind) for name in dict.fromkeys(metric.names(scene, low, end, 2 if both else 1))]
