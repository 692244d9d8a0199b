"""Which place a text is about: by its title, the body that issued it, its source, and where its sentences begin.

What speaks for a place is data: lexicon/place_signs.csv. Nothing is guessed: where another place comes near, the text
has none.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, partial

from lib.lexicon import Lexicon, alternatives, checked, each_row, number, table
from lib.reading import places

NATIONAL = "000000"
HEAD, LEAD, TITLED = 700, 250, 60
COUNTIES = "21"  # the last two digits of codes from which they are of counties, below of districts
TITLE, LATER, BODY, SHARE = 8.0, 3.0, 6.0, 0.5
FLOOR, MARGIN, LOOSE, OFTEN = 3.0, 0.25, 0.5, 5
STRONG = {"title", "issuer", "source", "crumb"}
LEVELS = (*"province prefecture county district township subdistrict village zone".split(), "development zone")
NUMBERS = ("population", "population_year", "area_km2", "area_year", "built_up_km2", "built_up_year")
BEGINS = re.compile(rf"(?:^|[\n。!?;,:“、】)])[\s—·“]*{alternatives('place opens')}?\s*$")


@dataclass(frozen=True)
class Found:
    """A place with what speaks for it, and the next one: `margin` is the share of its score by which it leads."""

    id: str = "unknown"
    zh: str = ""
    how: str = "names none that places.csv or the gazetteer has"
    margin: float = 0.0
    next: str = ""

    def __str__(self):
        after = f"; next {self.next}, margin {self.margin:.2f}" if self.next else ""
        return f"{self.zh or 'unknown'} ({self.how}{after})"


@cache
def signs(lexicon=None):
    """{sign: [(look, weight, pattern)]} of what speaks for a place, and against one."""
    found = {}
    lexicon = lexicon or Lexicon()
    for r in lexicon.rows("place_signs", "sign", "look", "weight", "pattern"):
        weight = number(lexicon.folder / "place_signs.csv", r, "weight")
        found.setdefault(r["sign"], []).append((r["look"], weight, re.compile(r["pattern"], re.M)))
    return found


def place(title, head, chars, registered):
    """The Found place of a text from its title, its page's head and its cleaned characters.

    `registered` are the rows of places.csv, whose ids win over those of the gazetteer.
    """
    scores, how, times = _scores(title, head, chars)
    ranked = sorted(scores, key=lambda c: (-scores[c], c))
    if not ranked or scores[ranked[0]] < FLOOR:
        return _registered(title, chars, registered)
    opening = title or chars[:TITLED]
    top, best = ranked[0], _deeper(ranked[0], how, times, _says("township", title + chars[:LEAD]))
    best = _spoken(best, how, title)
    if places.level(best) == "province" and not {"issuer"} & set(how.get(best, ())) and _says("township", opening):
        return Found(how=f"a town of {places.full_name(best)}, whose county is not named")
    rival = next((c for c in ranked[1:] if not _related(c, top)), "")
    margin = 1 - scores[rival] / scores[top] if rival else 1.0
    beside = f"{places.full_name(rival)} {scores[rival]:.1f}" if rival else ""
    why = ", ".join(how.get(best, how[top]))
    if margin <= (MARGIN if set(how[top]) & STRONG else LOOSE):
        return Found(how=f"{places.full_name(best)} {scores[best]:.1f}: {why}", margin=margin, next=beside)
    return Found(id_of(best, registered), places.full_name(best), f"{scores[best]:.1f}: {why}", margin, beside)


def _registered(title, chars, registered):
    """The Found place that only places.csv knows, by the title, else by sentences that name it alone and often."""
    own = [r for r in registered if r["zh"] and not any(p[3] for p in places.mentioned(r["zh"]))]
    for words, times, how in ((title, 1, "title"), (chars, OFTEN, "named often")):
        named = [r for r in own if words.count(r["zh"]) >= times]
        if len(named) == 1:
            return Found(named[0]["id"], named[0]["zh"], f"places.csv: {how}")
    return Found()


def id_of(code, registered):
    """The id of a place: that of the row of places.csv with its name, else the gazetteer's."""
    return next((r["id"] for r in registered if r["zh"] == places.full_name(code)), "") or places.id_of(code)


def _deeper(best, how, times, town):
    """The place inside the best that the title names too, or the sentences as often, else the best: 福州市仓山区.

    Beside others inside it the sentences must name it more often, and twice as often as each of them; a body of the
    best that sent in the text of a `town` is no reason to stay.
    """
    titled = [c for c in how if best in places.parents(c) and "title" in how[c]]
    if len(titled) == 1:
        return titled[0]
    while not set(how.get(best, ())) & (STRONG - {"source"} if town else STRONG):
        inside = Counter()
        for code, n in times.items():
            if best in places.parents(code):
                inside[_below(best, code)] += n
        ranked = inside.most_common(2)
        floor = times[best] if len(ranked) < 2 else max(times[best] + 1, 2 * ranked[1][1])
        if not ranked or ranked[0][1] < floor or not any(ranked[0][0] in (c, *places.parents(c)) for c in times):
            break
        best = ranked[0][0]
    return best


def _below(best, code):
    """The named division right below the best that a code is or lies in."""
    line = [c for c in (code, *places.parents(code)) if best in places.parents(c)]
    return next((c for c in reversed(line) if c in places.gazetteer().divisions), code)


def _spoken(best, how, title):
    """The city of a district where the title speaks for a city and nothing but the sentences names the district."""
    city = places.parents(best)[:1]
    district = places.level(best) == "county" and best[4:] < COUNTIES
    return city[0] if city and district and not set(how.get(best, ())) & STRONG and _says("city", title) else best


def _scores(title, head, chars):
    """(Counter of codes, {code: what spoke for it}, how often the sentences name each)."""
    scores, how = Counter(), {}

    def add(code, weight, sign):
        if weight and sign not in how.get(code, ()):
            scores[code] += weight
            how.setdefault(code, []).append(sign)

    whole = "\n".join((title, head, chars))
    start = len(title) + len(head) + 2
    found = [p for p in places.mentioned(whole) if p[3] and not _any("none", whole, p)]
    chains = _chains([p for p in found if p[0] < len(title)])
    tied = len(chains) > 1 and whole[chains[0][1] : chains[1][0]] in ("、", "和", "与", " ")
    for i, p in enumerate(chains):
        add(p[3], (LATER if i else TITLE) if not tied else LATER, "title")
    for p in found:
        if p[0] < start + HEAD:
            paper = _any("paper", whole, p)
            add(p[3], paper, "paper")
            for sign in (
                ("issuer",) if paper else ("issuer", "source") if p[0] >= start else ("issuer", "source", "crumb")
            ):
                add(p[3], _any(sign, whole, p), sign)
    body = [p for p in found if p[0] >= start]
    if body:
        _body(whole, body, add)
    named = any(set(how[c]) & STRONG for c in scores) or _often(body) or _alone(whole, body)
    first = body[0][0] - start if body else LEAD
    if not chains and (
        _says("national", title)
        or not named
        and _says("national", chars[: min(LEAD, first)])
        and not (_says("local", chars[:LEAD]) or _says("township", title))
    ):
        return Counter({NATIONAL: TITLE}), {NATIONAL: ["the country"]}, Counter()
    return scores, how, Counter(p[3] for p in _chains(body))


def _often(found):
    """Whether one place is named time and again, as a text on the country names none."""
    return max(Counter(p[3] for p in found).values(), default=0) >= OFTEN


def _alone(whole, found):
    """Whether the sentences name one place alone, with what lies above it or in one prefecture, and a body of it."""
    codes = {p[3] for p in found}
    near = {c[:4] for c in codes if places.level(c) != "province"}
    near |= {c[:2] for c in codes} - {c[:2] for c in near}
    return (len(near) == 1 or all(a == b or _related(a, b) for a in codes for b in codes)) and any(
        sign.match(whole, p[1]) for p in found for sign in (places.AUTHORITY, places.BRANCH, places.TOWN)
    )


def _says(sign, chars):
    """Whether words hold a sign of those that are looked for inside them: national, local, township, city."""
    return any(p.search(chars) for _, _, p in signs()[sign])


def _chains(found):
    """The places of which none is followed at once by a lower one, each from where its first begins: 河南安阳市."""
    chains = []
    for p in found:
        after = bool(chains) and p[0] - chains[-1][1] <= 1 and chains[-1][3] in places.parents(p[3])
        chains = [*chains[:-1], (chains[-1][0], *p[1:])] if after else [*chains, p]
    return chains


def _body(whole, found, add):
    """Adds what the sentences say: the share of the mentions that a place and those inside it have; half of it where
    another one is named first, more where the lead names no other."""
    counts, chains = Counter(), _chains(found)
    for p in chains:
        weight = 1.0 if BEGINS.search(whole, max(0, p[0] - 12), p[0]) or places.AUTHORITY.match(whole, p[1]) else 0.4
        for code in (p[3], *places.parents(p[3])):
            counts[code] += weight if code == p[3] else weight * SHARE
    total = sum(n for c, n in counts.items() if not any(p in counts for p in places.parents(c)))
    lead = [p[3] for p in chains if p[0] < found[0][0] + LEAD]
    for code in {p[3] for p in found}:
        first = code == lead[0] or _related(code, lead[0])
        times = sum(p[3] == code for p in found)
        add(code, BODY * counts[code] / max(total, 2.0) * (1.0 if first else SHARE), f"{times} mentions")
        if code in lead and all(code == c or _related(code, c) for c in lead):
            add(code, LATER, "the lead's only place")


def _any(sign, whole, found):
    """The weight of a sign that stands beside a place, else 0; for `none`, whether one does."""
    for look, weight, pattern in signs()[sign]:
        near = (
            pattern.match(whole, found[1])
            if look == "after"
            else pattern.search(whole[max(0, found[0] - 20) : found[0]])
        )
        if near:
            return weight or True
    return 0


def _related(a, b):
    return a in places.parents(b) or b in places.parents(a)


@cache
def rows(path):
    """The rows of places.csv; BadInput for an id twice or not ASCII, no name, a level or parent that there is not, a
    number that is none."""
    told, seen = table(path, ("id", "zh", "en", "level", "parent")), set()
    return each_row(partial(_row, path=path, ids={r["id"] for r in told}, seen=seen), told)


def _row(row, path, ids, seen):
    counts = [c for c in NUMBERS if row.get(c)]
    checks = (
        (re.fullmatch(r"[a-z0-9_-]+", row["id"]), "id", "letters a-z, digits, - and _"),
        (row["id"] not in seen, "id", "each id once"),
        (row["zh"].strip(), "zh", "its Chinese name"),
        (row["level"] in ("", *LEVELS), "level", f"nothing or one of {', '.join(LEVELS)}"),
        (
            row["parent"] in ids or not row["parent"] or any(places.names_of(row["parent"])),
            "parent",
            "an id of this table or of lexicon/divisions.csv, or nothing",
        ),
        *((_is_number(row[c]), c, "a number in digits (1853227), or nothing") for c in counts),
    )
    seen.add(row["id"])
    return checked(path, row, checks)


def _is_number(cell):
    return re.fullmatch(r"\d+(?:\.\d+)?", cell.strip(), re.ASCII)
