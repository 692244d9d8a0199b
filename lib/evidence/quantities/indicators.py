"""Indicators: the stable key of what a number counts (police_posts, volunteers, criminal_cases); none when unsure."""

from functools import cache, lru_cache

from lib.evidence.quantities import units
from lib.lexicon import compiled, expect, words
from lib.reading.spans import unquoted

ENDINGS = compiled("ending of a measure")
CHANGED = ("increase", "decrease", "point_change")
CHANGES = ("share", "rate", "count", "money", "")
PERSONS, ARTICLE = words("counters of persons"), compiled("one as an article")
MODIFIER, SHARED = compiled("modifier of a noun"), compiled("persons of two kinds behind")
BOTH, BUILT = compiled("persons of two kinds"), compiled("built or renewed")
TWO_KINDS, FOR_EACH = compiled("persons of two kinds before"), compiled("for each, or caught")
MEAN, (AUXILIARY, OFFICER) = compiled("mean"), words("auxiliaries and officers")
FEW, TIMES = 5, words("counters of times")
MEMBERS, CAUSE = compiled("members"), compiled("cause of a noun")


@cache
def _rules(lexicon):
    """The rows of indicators.csv in the table's order: the first whose pattern ends the noun wins."""
    columns = ("key", "zh", "en", "kinds", "pattern", "units", "needs", "rate")
    rows = [
        _compiled(lexicon, "indicators", r, pattern="(?:{})$", needs="{}") for r in lexicon.rows("indicators", *columns)
    ]
    for r in rows:
        where = f"{lexicon.folder}/indicators.csv:{r['line']}"
        expect(where, "kinds", r["kinds"], {"", "*", *units.KINDS})
        expect(where, "units", r["units"], {"", *units.rules(lexicon).units}, "lexicon/units.csv")
    return [{**r, "kinds": r["kinds"].split("|"), "units": r["units"].split("|") if r["units"] else ()} for r in rows]


@cache
def _governed(lexicon):
    """The rows of indicators_governed.csv: keys that depend on the verb, or on what else the sentence says."""
    shapes = dict(verbs="(?:{})", noun="(?:{})$", context="{}", after="{}")
    return [
        _compiled(lexicon, "indicators_governed", r, **shapes)
        for r in lexicon.rows("indicators_governed", "key", *shapes)
    ]


def _compiled(lexicon, name, row, **shapes):
    """The row with its patterns compiled; None for a pattern that is empty."""
    return {**row, **{c: lexicon.pattern(name, row, c, shape) for c, shape in shapes.items()}}


def of(amount, words, done, lexicon):
    """The indicator of an amount with its noun, unit and relation, or \"\".

    `words`: its surface, the sentence before it, its clause before it, what follows it; `done`: the sentence's records
    before it. Unit and noun must agree: persons are no teams, kinds of data no records, 一名 is an article.
    """
    surface, _, clause, after = words
    noun = amount["noun"]
    unnamed = not noun and amount["unit_kind"] != "money"
    if unnamed or ARTICLE.match(surface) or _shared(amount, clause, after) or _few(amount, clause):
        return ""
    if amount["relation"] in CHANGED and noun not in clause:
        return next((r["indicator"] for r in reversed(done) if r["noun"] == noun), key(noun, amount, clause, lexicon))
    if MEMBERS.fullmatch(noun):
        return "mass_prevention_people" if any(r["indicator"] == "mass_prevention_teams" for r in done) else ""
    full = _modified(_of_the_same(noun, clause, done), clause)
    told = next((r["key"] for r in _governed(lexicon) if _governs(r, full, amount, words)), None)
    if told is None and CAUSE.match(noun):
        return ""  # of one cause only
    return key(full, amount, clause + after, lexicon) if told is None else told


def _shared(amount, clause, after):
    """Whether the noun is not all that is counted: 492名社区民警、驻村辅警; 改造23个乡镇、265个村综治中心."""
    at, persons = len(amount["noun"]), amount["unit"] in PERSONS
    if "、" in amount["noun"] and amount["unit"].endswith(TIMES):
        return True
    if persons and BOTH.search(amount["noun"]):
        return True
    if not after.startswith(amount["noun"] or "?"):
        before = clause.removesuffix(amount["noun"])
        return bool(persons and before != clause and TWO_KINDS.search(before))
    return bool((persons and SHARED.match(after, at)) or (after[at:] == "、" and BUILT.search(clause)))


def _few(amount, clause):
    """Whether a number is of a handful of persons, met rather than counted, or a mean: 4名志愿者, 平均2.3个社区."""
    small = amount["unit"] in PERSONS and amount["value"] != "" and amount["value"] < FEW
    return MEAN.search(clause) or (small and not FOR_EACH.search(clause))


def _of_the_same(noun, clause, done):
    """辅警 right after 派出所民警 are those of the stations too."""
    last = done[-1]["noun"] if done and clause.endswith("、" + noun) else ""
    return last[:-2] + noun if noun == AUXILIARY and last.endswith(OFFICER) else noun


def _modified(noun, clause):
    """The noun with the bracket, quotation or grade right before it: 社区(驻村)民警, “红袖套”队伍, 一级派出所."""
    at = clause.rfind(noun)
    m = MODIFIER.search(clause[:at]) if at > 0 else None
    return unquoted(m[0] + noun) if m else noun


def _governs(row, noun, amount, words):
    """Whether a row of governed nouns holds for an amount."""
    _, before, clause, after = words
    if amount["relation"] == "share":
        return False
    if row["key"] in ("funds_recovered", "invested_funds") and amount["unit_kind"] != "money":
        return False
    asked = ((row["verbs"], clause), (row["context"], before), (row["after"], after))
    return bool(row["noun"].search(noun)) and all(pattern is None or pattern.search(text) for pattern, text in asked)


def key(noun, amount, words, lexicon):
    """The first indicator whose pattern ends the noun, if its unit and the words around agree."""
    for row in _ended(noun, lexicon):
        if _fits(row, amount) and (row["needs"] is None or row["needs"].search(noun + words)):
            return row["key"]
    shorter = ENDINGS.sub("", noun)
    return key(shorter, amount, words, lexicon) if shorter != noun else ""


@lru_cache(maxsize=4096)
def _ended(noun, lexicon):
    """The rows whose pattern ends a noun, in the table's order."""
    return [row for row in _rules(lexicon) if row["pattern"].search(noun)]


def _fits(row, amount):
    """Whether relation, kind of unit and unit of an amount are those of an indicator."""
    kind, kinds = amount["unit_kind"], row["kinds"]
    if amount["relation"] in CHANGED:
        return "*" in kinds or kind in kinds or (kind in CHANGES and "level" not in kinds)
    if amount["relation"] == "share" or kind == "share":
        return "share" in kinds or "rate" in kinds
    counted = "*" in kinds or kind in kinds or (kind == "" and "count" in kinds)
    return counted and (kind == "money" or not amount["unit"] or not row["units"] or amount["unit"] in row["units"])
