"""What was done and counted: cases solved, persons caught, disputes settled, losses recovered."""

from lib.evidence.claims import metric
from lib.evidence.claims.scene import Claim, Scene, cut, percent
from lib.lexicon import words

SPARED, PERSONS = "claim.deed.kept", words("counters of persons")
REACH = 30  # characters between a verb and its number


def counted(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """One claim for each verb with its number, and for each further number that the verb governs."""
    found, deeds = [], scene.told("claim.deed", *clause)
    for i, h in enumerate(deeds):
        limit = next((d.start for d in deeds[i + 1 :] if d.start >= h.end), clause[1])
        if any(c.start <= h.start < c.end for c in found):
            continue
        own = _after(scene, clause, h, limit) or _before(scene, clause, h)
        found += own
        found += _listed(scene, clause, h, limit) if own and own[-1].number["end"] > h.start else []
    return found


def _plain(scene, q):
    return not percent(q) and not scene.unit(q, "calendar")


def _after(scene, clause, h, limit):
    """Verb, object, number; or verb, number, object."""
    numbers = [q for q in scene.inside(h.end, limit) if _plain(scene, q)][:1]
    if not numbers or numbers[0]["start"] - h.end > REACH or numbers[0]["relation"] in ("increase", "decrease"):
        return []
    q = numbers[0]
    words = scene.chars[h.end : scene.back(q["start"], h.end, "claim.tail")].lstrip("了")
    if words.endswith(("率", "、", "数等", "率等")) or words.startswith(("、", "和", "”")):
        return []
    end, obj = q["end"], words
    if len(words) < 2:
        end = _object(scene, q["end"], limit)
        obj = scene.chars[q["end"] : end]
    noun = metric.plain(obj) if obj else _subject(scene, clause, h)
    return [_claim(scene, clause, h, (h.start, end), noun, q)]


def _object(scene, at, limit):
    """The end of the noun that follows a number, up to a join or another number."""
    following = [q["start"] for q in scene.inside(at, limit)]
    high = min([limit, at + 14, *following])
    return next((i for i in range(at, high) if scene.chars[i] in "、和及（("), high)


def _subject(scene, clause, h):
    """The noun before a verb that has no object behind it: 命案积案侦破5起."""
    end = scene.back(h.start, clause[0], "claim.manner")
    return metric.names(scene, clause[0], end, 1)[0] if metric.kind(scene, clause[0], end) else ""


def _before(scene, clause, h):
    """将 or 把, number, object, verb; or number, object, 被, verb."""
    numbers = [q for q in scene.inside(max(clause[0], h.start - 20), h.start) if _plain(scene, q)][-1:]
    if not numbers:
        return []
    q = numbers[0]
    after = q["end"] + len(q["noun"]) * scene.chars.startswith(q["noun"], q["end"])
    if h.row.id == SPARED and q["unit"] in PERSONS and scene.back(h.start, after, "claim.manner") == after:
        end = _object(scene, h.end, clause[1])  # 1600余人避免上当受骗
        return [_claim(scene, clause, h, (q["start"], end), metric.plain(scene.chars[h.end : end]), q)]
    turned = scene.chars[q["start"] - 1 : q["start"]] in ("将", "把") or "被" in scene.chars[q["end"] : h.start]
    turned = turned or (
        h.end == clause[1] and any(x.end == h.start for x in scene.hits("claim.all", q["end"], h.start))
    )
    if not turned:
        return []
    end = _object(scene, q["end"], scene.back(h.start, q["end"], "claim.manner"))
    noun = scene.chars[q["end"] : end].split("被")[0]
    return [_claim(scene, clause, h, (q["start"], h.end), metric.plain(noun), q)]


def _claim(scene, clause, h, span, noun, q):
    scope = metric.scope(scene, clause[0], h.start)
    name = scene.chars[h.start : h.end] + noun
    return cut(Claim(*span, name, "level", h.row.reading, h.row.id, q, scope))


def _listed(scene, clause, h, limit):
    """Further counts that one verb governs: gangs 3, groups 5."""
    found, numbers = [], [q for q in scene.inside(h.end, limit)]
    for a, b in zip(numbers, numbers[1:], strict=False):
        gap = scene.chars[a["end"] : b["start"]]
        if not gap.startswith(("、", "和")) or len(gap) < 3 or not _plain(scene, b):
            break
        found.append(_claim(scene, clause, h, (a["end"] + 1, b["end"]), metric.plain(gap[1:]), b))
    return found


def continued(scene: Scene, clause: tuple[int, int], kept: list) -> list[Claim]:
    """A count whose verb stands in the clause before: solved crimes 16, disturbances 18; of these 4 online."""
    last, numbers = kept[-1] if kept else None, scene.inside(*clause)
    if not numbers or not last or not last.number or last.rule == "claim.level" or last.end > clause[0]:
        return []
    q, part = numbers[0], scene.chars[clause[0] : clause[1]].startswith(("其中", "当中"))
    words = scene.chars[clause[0] : q["start"]]
    near = scene.document.clause(last.end - 1)[1] + 1 >= clause[0]
    alike = last.number["unit"] == q["unit"] and q["end"] == clause[1] and 2 <= len(words) <= 16
    same = last.metric[-2:] == words[-2:] or part
    if not (near and alike and same) or last.direction not in ("level", "award") or scene.told("claim.deed", *clause):
        return []
    name = metric.plain(words[2:] if part else words)
    return [Claim(clause[0], q["end"], name, last.direction, last.kind, last.rule, q)]
