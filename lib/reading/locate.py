"""Which place a text is about: that of its title, its authorities and its sentences, not a neighbour in passing."""

import re
from collections import Counter
from functools import cache

from lib.lexicon import BadInput, table
from lib.reading import places

ZONE_IDS = {
    "经济技术开发区": "edz",
    "高新技术产业开发区": "hidz",
    "经济开发区": "ez",
    "工业园区": "ip",
    "综合保税区": "cbz",
}
ISSUER = re.compile(
    r"(?:市|县|区|州)?(?:公安|警方|警务|警察|市委|县委|区委|党委|政法|综治|人民政府|市政府|县政府|区政府|检察|法院"
    r"|司法|社会治理|把|将|以|坚持|深入|创新|推进|通过)"
)
HEAD = 400
WEIGHTS = {"title": 6.0, "head": 2.0, "issuer": 2.0, "name": 1.0}
LEVELS = {"province": 0.25, "prefecture": 1.0, "county": 1.0, "zone": 1.2, "": 0.8}
FLOOR = 3.0


def place(title, chars, registered):
    """(ASCII id, Chinese name) of the place a text is about; ("unknown", "") where nothing says so.

    `registered` are the rows of places.csv; a place that is not among them is named after its six-digit division code.
    """
    scores, names = Counter(), {}
    whole = f"{title}\n{chars}"
    found = places.mentioned(whole)
    for i, (start, end, name, code) in enumerate(found):
        leads_on = i + 1 < len(found) and found[i + 1][0] == end and code in places.parents(found[i + 1][3])
        if leads_on or not code:
            continue
        names[code] = name
        scores[code] += LEVELS[places.level(code)] * _weight(whole, start, end, len(title))
    for code in list(scores):  # a district speaks a little for its city
        for above in places.parents(code)[:1]:
            if above in scores and places.level(above) != "province":
                scores[above] += 0.3 * min(scores[code], 4)
    if not scores:
        return "unknown", ""
    best = max(scores, key=lambda c: (scores[c], c))
    return (_id(names[best], best, registered), names[best]) if scores[best] >= FLOOR else ("unknown", "")


def _weight(whole, start, end, title):
    kind = "title" if start < title else "head" if start < title + HEAD else "name"
    return WEIGHTS[kind] + (WEIGHTS["issuer"] if ISSUER.match(whole, end) else 0)


def _id(name, code, registered):
    known = next((r["id"] for r in registered if r["zh"] == name), "")
    if known or "-" not in code:
        return known or f"adm-{code}"
    digits, _, kind = code.partition("-")
    return f"adm-{digits}-{next((v for k, v in ZONE_IDS.items() if kind.endswith(k)), 'zone')}"


@cache
def rows(path):
    """The rows of places.csv; BadInput for an id twice or one that is not ASCII."""
    seen = set()
    for r in table(path, ("id", "zh", "en", "level", "parent")):
        if not re.fullmatch(r"[a-z0-9_-]+", r["id"]) or r["id"] in seen:
            raise BadInput(f"{path}:{r['line']}: id {r['id']!r}; expected one of [a-z0-9_-], each once")
        seen.add(r["id"])
    return table(path, ("id", "zh", "en", "level", "parent"))
