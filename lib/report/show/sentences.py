"""From rows of a comparison to words: items of a list, cells with intervals. The sentences stand in notebooks."""

import re

from lib.report.show import style
from lib.report.show.messages import message
from lib.report.show.numbers import interval, percent, points, share, signed_interval, whole

UNLIKE = message("{place}: {topic} {share}{interval}, {rest} ({held})")
MANY = (None, None)  # places, where it is not said which
FALLEN = 0.75  # a finding that holds in a smaller share of its variants is marked
MARK = " †"
_UNHELD = re.compile(r"[;；] ?–(?=[)）])| ?[(（]–[)）]")  # what no variant can test has nothing in its brackets


def items(report, rows, template):
    """A list of Cited, one a finding: the template filled with place, topic, share, difference, interval, rest, count,
    n, held.

    Shares are per cent; difference and interval are signed points where the finding is a difference, else per cent;
    the interval comes with a space before it, and is empty where there is none;
    count and total are the plain numbers of a finding; n is the number of rows behind it; held says in how
    many variants it holds.
    """
    template = report.text(template)
    told = ((_UNHELD.sub("", template.format(**_words(report, r))), r.ids) for r in rows.itertuples())
    return [report.number(words, ids) for words, ids in told]


def _words(report, r):
    apart = r.kind in ("more", "less", "leans")
    told = {"place": report.label(r.place, "short"), "topic": topic(report.label, r), "n": len(r.ids), "held": held(r)}
    told |= {"share": percent(r.value), "rest": percent(r.rest), "difference": points(r.value - r.rest)}
    told["interval"] = signed_interval(r.low, r.high) if apart else f" {interval(r.low, r.high)}".rstrip()
    return {**told, "count": whole(r.value), "total": whole(r.rest), "value": f"{r.value:.2f}"}


def topic(label, r):
    """What a finding is about: the label of a dimension, practice or place; a formula as the text has it."""
    group = {"alike": "short", "uncompared": "claims"}.get(r.kind, "dimension")
    return r.topic if r.kind == "formula" else label(r.topic, group)


def held(r):
    """In how many variants a finding holds, as 4/10, with a mark where that is few; – where none can test it."""
    holds, of = getattr(r, "holds", 0), getattr(r, "of", 0)
    return f"{holds}/{of}{MARK if holds < FALLEN * of else ''}" if of else "–"


def each(report, rows, template, text, otherwise="", places=MANY):
    """Says one paragraph for all rows, {items} being their list, {number} how many; else `otherwise`, but not of a
    single place."""
    otherwise = otherwise if len(places) > 1 else ""
    report.say(text, otherwise, items=items(report, rows, template), number=report.count(rows))


def some(report, n, text, otherwise="", /, **values):
    """Says `text` with its values where there are any of n, else `otherwise`."""
    if n or otherwise:
        report.say(text if n else otherwise, **(values if n else {}))


def otherwise(report, rows, text):
    """Says something only where there are no rows."""
    if not len(rows):
        report.say(text)


def sampled(report, some, every, text):
    """Says that {some} of {every} were looked at; nothing where all were."""
    if 0 < some < every:
        report.say(text, some=some, every=every)


def mixes(report, found):
    """Says which texts' mixes of policy instruments differ from the codebook's own."""
    none = message(
        "No text's mix of policy instruments differs from the codebook's own by its interval: that supply prevails "
        "says no more than the list of codes does ([@tbl:instruments])."
    )
    said = message(
        "Where the mix of policy instruments differs from the codebook's own, by its interval: {items} (the text's "
        "share, the codebook's, the variants; [@tbl:instruments])."
    )
    each(report, found, UNLIKE, said, none)


def alike(report, nearest, places):
    """Says which two texts are the most alike, if any are; nothing of a place alone."""
    if len(places) < 2:
        return
    types(
        report,
        nearest,
        message("The two texts most alike in at least seven of ten resamples are {items} ([@tbl:similarity])."),
        message(
            "No two texts are called the most alike: that takes three places, of which the same two are nearest in "
            "seven of ten resamples ([@tbl:similarity])."
        ),
    )


def tested(kinds):
    """Numbers for a sentence on findings and variants: n that some variant tests, firm, fallen."""
    return {name: int(kinds[c].sum()) for name, c in {"n": "tested", "firm": "firm", "fallen": "fallen"}.items()}


def silences(report, rows, places, text):
    """Says {items}: each topic with the places whose texts do not mention it, or with how many where it is all
    of them."""
    told = []
    for topic, own in rows.groupby("topic", sort=False):
        every = len(own) == len(places)
        where = report.labels.listed(report.label(p, "short") for p in style.order(own["place"]))
        said = f"{report.label(topic)} ({len(own)}/{len(places)}{'' if every else ': ' + where})"
        told.append(report.number(said, own))
    report.say(text, items=told)


def chance(report, told, text):
    """Says {tested}, {stand} and {by_chance} of many comparisons, if any were tested; `told`: what practices.chance
    returns."""
    tested, stand, expected = told
    if tested:
        report.say(text, tested=tested, stand=stand, by_chance=f"{expected:.1f}")


def passages(report, emphasis, coded):
    """How many passages of each place are coded: a list of numbers with their evidence, as "Linhu 12"."""
    counts = emphasis.drop_duplicates("place").set_index("place")["passages"]
    return [
        report.number(f"{report.label(p, 'short')} {counts[p]}", coded[coded["place"] == p])
        for p in style.order(counts.index)
    ]


def mix(report, shares):
    """Shares in words: a list of "supply 61%"."""
    return [f"{report.label(kind)} {percent(share)}" for kind, share in shares.items()]


def listed(report, names, text):
    """Says {items}, a list of words; nothing where there are none."""
    report.say(text, items=[report.label(n) for n in names])


def described(report, rows, text, otherwise):
    """Says {items}: each safeguard that is described, with the places; `otherwise` where none is."""
    own = rows[rows["dimension"] == "safeguard"]
    places = own.groupby("practice")["place"].agg(style.order)
    where = {c: report.labels.listed(report.label(p, "short") for p in held) for c, held in places.items()}
    told = [report.number(f"{report.label(c)} ({w})", own[own["practice"] == c]) for c, w in where.items()]
    report.say(text, otherwise, items=told)


def bare(report, table, text):
    """Says {items}: of each kind of claim how many are compared with nothing, as "outcomes 9/12 (75% [52%, 90%])"."""
    told = []
    for r in table[table["n"] > 0].itertuples():
        said = f"{report.label(r.group, 'claims')} {r.bare}/{r.n} ({share(r)})"
        told.append(report.number(said, r.ids))
    report.say(text, items=told)


def nested(report, pairs, text):
    """Says of each place and the place that it lies in: {inner}, {outer}."""
    for inner, outer in pairs:
        report.say(text, inner=inner, outer=outer)


WITHIN = message("{inner} in {outer}")


def nestings(report, pairs, text):
    """Says {items}: each place and the place that it lies in, in one list; nothing where there are none."""
    report.say(text, items=[report.text(WITHIN).format(inner=inner, outer=outer) for inner, outer in pairs])


def aside(report, rows, text):
    """Says {items}: the texts of which not all is on the subject, with how many of their sentences are."""
    texts = report.evidence.sources.set_index("id", drop=False)
    told = [
        report.number(f"{report.label(r.place, 'short')} {r.kept}/{r.sentences}", texts.loc[[r.source]])
        for r in rows.itertuples()
    ]
    report.say(text, items=told)


def types(report, groups, text, otherwise=""):
    """Says {items}: groups of places with the share of samples in which each forms again; `otherwise` where there
    are none."""
    told = [
        " + ".join(report.label(p, "short") for p in g.places) + f" ({percent(g.support)})" for g in groups.itertuples()
    ]
    report.say(text, otherwise, items=told)


def reach(report, states, coded):
    """Numbers for a sentence on the map of practices: all, some, everywhere, nowhere."""
    places = states.loc[states["state"] == "evidenced"].groupby("practice")["place"].nunique()
    n = states["place"].nunique()
    everywhere = places[places == n].index
    every, all_have = states["practice"].nunique(), coded[coded["practice"].isin(everywhere)]
    told = {"all": every, "nowhere": every - len(places), "some": report.number(len(places), coded)}
    return {**told, "everywhere": report.number(len(everywhere), all_have)}
