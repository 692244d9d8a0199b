"""Roles: who leads, heads the work, hosts, joins, supports, supervises and is served."""

import re

from lib import rules
from lib.evidence.model import enumerations as lists
from lib.evidence.model.actor_groups import Actor, groups, within, words
from lib.reading.spans import BREAKS, CLOSE, OPEN, QUOTES
from lib.schemas import ACTORS

BODIES = {"", *(k for k, row in ACTORS.items() if row["builds"])}  # who builds a system
PARTNERS = {k for k, row in ACTORS.items() if row["side"] == "partner"}
IN_A_TEAM = ("leads", "heads", "joins", "hosts")  # roles that may be those of a team alone
SURE = 10  # the weight of a role that a short word for an actor has by itself
REACH = 160  # characters over which a subject does what gives it a role
PART = re.compile(rf"[^的、（()）\s{BREAKS}{QUOTES}]+")
BETWEEN = re.compile(rf"[、,，；;]\s*|\s+|[{CLOSE}]\s*[、,，]?\s*[{OPEN}]")


def roles(document, mentions, joined) -> list[dict]:
    """Rows of `roles`, in the order of the text; `mentions`: the actors of the document, `joined`: its rows of links.

    What one sentence says of roles up to a semicolon, or one role formula, shares a `formula`. The span runs from the
    actor to the word that gives the role where that may be shown. A formula told twice in the same words counts once.
    党政 has a row for each of its kinds; `scope` is team where the role is one in a patrol team or a chat group.
    """
    rows, told = [], set()
    partners = {(r["start"], r["end"]): r for r in joined}
    for sentence, known in zip(document.sentences, groups(document, mentions), strict=True):
        parts = list(_formulas(document, sentence, within(_names(document, mentions), sentence.start, sentence.end)))
        said = tuple(document.chars[a.start : end] for a, end, *_ in parts)
        if said and said in told:
            continue
        told.add(said)
        taken = [(a.start, end) for a, end, *_ in parts]
        free = [g for g in known if not any(a < g.end and g.start < b for a, b in taken)]
        found = [*parts, *_running(document, sentence, free, partners)]
        found += _posts(document, sentence)
        rows += [row for part in sorted(found, key=lambda f: f[0].start) for row in _rows(document, part)]
    return rows


def _rows(document, part):
    """The rows of one actor with a role, one for each of its kinds."""
    actor, edge, role, rule = part
    start, end = min(actor.start, edge), max(actor.end, edge)
    start, end = (start, end) if lists.shown(document, start, end) else (actor.start, actor.end)
    team = lists.pattern(document.lexicon, "team").match(document.chars, actor.end, document.group(actor.start)[1])
    words, scope = document.chars[actor.start : actor.end], "team" if team and role in IN_A_TEAM else ""
    row = {"start": start, "end": end, "actor": lists.plain(words), "role": role, "scope": scope, "rule": rule}
    row["formula"] = f"r{document.group(actor.start)[0]}"
    return [{**row, "actor_kind": kind} for kind in actor.kinds]


def _names(document, mentions):
    """Everything that may stand for an actor in a formula: its words, and the actors that no such word covers."""
    if "actor_names" not in document.memo:
        short = words(document)
        more = (Actor(m["start"], m["end"], m["type"]) for m in mentions)
        document.memo["actor_names"] = lists.apart([*short, *more])
    return document.memo["actor_names"]


def _formulas(document, sentence, names):
    """(actor, edge, role, rule) of each part of a role formula: 党政主导、公安牵头、部门协同, two parts or more."""
    runs, last = [[]], sentence.start
    for m in PART.finditer(document.chars, sentence.start, sentence.end):
        part = _part(document, m.span(), names)
        if part is None or not BETWEEN.fullmatch(document.chars, last, m.start()):
            runs.append([])
        runs[-1] += [part] if part is not None else []
        last = m.end()
    for run in runs:
        parts = [p for p in run if p]
        if parts and len(run) > 1 and (len(parts) > 1 or parts[0][1] == parts[0][0].end + 2):
            for n, part in enumerate(parts):
                yield from _beside(document, part, names) if n == 0 else ()
                yield part


def _part(document, span, names):
    """(actor, edge, role, rule) of a short segment that ends with the word of a role; () where it keeps the run going
    (法治保障); None where it is no part."""
    start, end = span
    for actor in [a for a in names if start <= a.start and a.end < end][::-1]:
        ending = [h for h in rules.readings(document, actor.start, actor.end, "role_part") if h.end == end]
        if ending and (actor.start - start < 3 or end - actor.start <= 10):
            best = max(ending, key=lambda h: h.end - h.start)
            return actor, end, best.row.reading, best.row.id
    keeps = end - start == 4 and any(h.end == end for h in lists.found(document, "role_part", start, end))
    return () if keeps else None


def _beside(document, part, names):
    """The actor before the first part that shares its verb: 党委、政府统一领导."""
    actor, edge, role, rule = part
    ahead = [a for a in names if a.end + 1 == actor.start and document.chars[a.end] in "、和"]
    yield from ((a, edge, role, rule) for a in ahead)


def _running(document, sentence, known, partners):
    """(actor, edge, role, rule) of each actor whose neighbour words or verb give it a role, the surest word first."""
    rest = []
    for group in known:
        hit = next(_readings(document, group, known), None)
        if hit:
            edge = hit.start if hit.end <= group.start else hit.end
            yield from ((a, edge, hit.row.reading, hit.row.id) for a in group.actors)
        else:
            rest.append(group)
    subjects = [g for g in known if subject(document, g)]
    for group in rest:
        after = [g.start for g in subjects if g.start > group.start]
        hit = _done(document, group, min([sentence.end, group.end + REACH, *after])) if group in subjects else None
        if hit:
            yield from ((a, hit.end, hit.row.reading, hit.row.id) for a in group.actors)
            continue
        for actor in group.actors:
            link = partners.get((actor.start, actor.end))
            if link and link["side"] != "subject" and not (actor.short and actor.end - actor.start < 3):
                yield actor, actor.end, "joins", link["rule"]


def _readings(document, group, known):
    """The hits that give a group a role, none beyond another group; a short word is an actor only by a sure one."""
    sure = len(group.actors) > 1 or not group.actors[0].short
    for hit in lists.readings(document, group.start, group.end, "role"):
        low, high = (hit.end, group.start) if hit.end <= group.start else (group.end, hit.start)
        if (sure or hit.row.weight >= SURE) and not any(low <= g.start and g.end <= high for g in known):
            yield hit


def subject(document, group) -> bool:
    """Whether a group opens a clause, but for a place, a number or a time before it: 近年来, 云州市公安局 …; the last
    of several counted things (升级20个综治中心, 5个片区综治中心, 构建 …) does nothing itself; who has a duty (应当) is
    one whatever stands ahead."""
    opening = document.clause(group.start)[0]
    ahead = document.chars[opening : group.start]
    name = document.chars[group.actors[-1].start : group.actors[-1].end]
    if document.chars[max(0, opening - 24) : opening].rstrip("、，, ").endswith(name):
        return False
    quoted = any(a <= group.start and group.end <= b for a, b in document.quoted(group.start, group.end))
    after = document.chars[group.end : group.end + 1]
    if lists.pattern(document.lexicon, "duty_next").match(document.chars, group.end):
        return not quoted
    led = lists.pattern(document.lexicon, "led_up").search(ahead)
    return len(ahead) <= 10 and not quoted and not led and after not in tuple(f"的、之{CLOSE}")


def is_body(document, group) -> bool:
    """Whether a group is of bodies with a name, and no person is its last."""
    last = group.actors[-1]
    person = lists.pattern(document.lexicon, "person_word", "{}$").search(document.chars[last.start : last.end])
    return {k for a in group.actors for k in a.kinds} <= BODIES and not person


def _done(document, group, stop):
    """The hit that gives the subject of a clause its role; a person builds no system, one department leads no model."""
    kinds, body = {k for a in group.actors for k in a.kinds}, is_body(document, group)
    for hit in lists.readings(document, group.start, group.end, "role_subject"):
        quoted = document.quoted(hit.start, hit.start + 1)
        fits = bool(kinds & PARTNERS) and kinds <= {"", *PARTNERS} if hit.row.reading == "joins" else body
        fits = fits and (hit.row.reading != "leads" or kinds != {"department"})
        if hit.start < stop and fits and not quoted:
            return hit
    return None


def _posts(document, sentence):
    """Who leads by an office that no actor's name covers: 在站长的统一指挥下."""
    for hit in lists.found(document, "role_post", sentence.start, sentence.end):
        yield Actor(hit.start, hit.end, ""), hit.end, hit.row.reading, hit.row.id
