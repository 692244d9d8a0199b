"""What a figure shows, as a sentence before its caption: (sentence, its values); None where nothing can be said."""

from lib.comparison import models
from lib.report.show.messages import message
from lib.report.show.numbers import percent, points


def shared(report, states):
    """How many practices all texts evidence, and how many one alone."""
    n = states["place"].nunique()
    held = states[states["state"] == "evidenced"].groupby("practice")
    held = held.agg(places=("place", "nunique"), ids=("ids", "sum"))
    told = {"all_have": held[held["places"] == n], "one_has": held[held["places"] == 1]}
    told = {name: report.number(len(own), own["ids"]) for name, own in told.items()}
    said = message("Of {all} practices all texts evidence {all_have}; evidenced in one text alone: {one_has}.")
    return (said, {**told, "all": states["practice"].nunique()}) if n > 1 else None


def most(report, emphasis, behind):
    """The largest share that a text gives to a dimension; `behind`: {(place, group): ids}."""
    if not len(emphasis) or not emphasis["share"].max() > 0:
        return None
    top = emphasis.loc[emphasis["share"].astype(float).idxmax()]
    topic = report.label(top["group"], "dimension")
    share = report.number(percent(top["share"]), behind[top["place"], top["group"]])
    said = message("{place} gives {topic} {share} of its sentences, more than any text gives any other theme.")
    return said, {"place": report.label(top["place"], "short"), "topic": topic, "share": share}


def apart(report, contrast, behind):
    """How many differences of emphasis stand out, and the largest of them; `behind`: {(place, group): ids}."""
    tested = int(contrast["tested"].astype(bool).sum())
    stands = contrast[contrast["stands"].astype(bool)] if tested else contrast
    if not tested:
        return None
    if not len(stands):
        return message("None of {tested} differences stands out."), {"tested": tested}
    top = stands.loc[stands["difference"].abs().astype(float).idxmax()]
    ids = [behind[cell] for cell in zip(stands["place"], stands["group"], strict=True)]
    told = {"place": report.label(top["place"], "short"), "topic": report.label(top["group"], "dimension")}
    told["points"] = report.number(points(top["difference"]), behind[top["place"], top["group"]])
    said = message("Differences that stand out: {n} of {tested}; the largest is {place}: {topic} ({points}).")
    return said, {"n": report.number(len(stands), ids), "tested": tested, **told}


def widest(report, rates):
    """The indicator whose rates lie farthest apart, by exact numbers or floors of whole places."""
    ends = rates.groupby("indicator")["per_10000"].agg(["min", "max"]) if len(rates) else rates
    if not len(ends) or not (ends["min"] > 0).any():
        return None
    times = (ends["max"] / ends["min"])[ends["min"] > 0]
    own = rates[rates["indicator"] == times.idxmax()].astype({"per_10000": float})
    high, low = (own.loc[at] for at in (own["per_10000"].idxmax(), own["per_10000"].idxmin()))
    places = {f"{end}_place": report.label(row["place"], "short") for end, row in (("high", high), ("low", low))}
    factor = report.number(f"{times.max():.{int(times.max() < 10)}f}", [high["id"], low["id"]])
    said = message(
        "The widest difference per 10,000 residents: {topic}; by the numbers as written {high_place} has {times} times "
        "what {low_place} has."
    )
    return said, {"topic": report.label(times.idxmax()), "times": factor, **places}


def broadest(report, breadth):
    """The place that gives most kinds of actor a part."""
    if not len(breadth) or not breadth["kinds_n"].max() > 0:
        return None
    top = breadth.loc[breadth["kinds_n"].idxmax()]
    told = {"kinds": int(top["kinds_n"]), "outside": percent(top["outside"])}
    told = {name: report.number(value, top["ids"]) for name, value in told.items()}
    said = message("{place} gives {kinds} kinds of actor a part, {outside} of it outside party, government and police.")
    return said, {"place": report.label(top["place"], "short"), **told}


def unchecked(report, graded):
    """How many claims compare nothing, and how many print both values."""
    if not len(graded):
        return None
    bare, both = (report.count(graded[m]) for m in (graded["level"] == 0, graded["level"] >= 2))
    said = message("{bare} of {all} claims do not state what the result is compared with; {both} give both values.")
    return said, {"bare": bare, "both": both, "all": report.count(graded)}


def named(report, roles, beside=()):
    """How many actors a text names, of how many kinds, and the roles that it gives to nobody; `beside`: roles of which
    it says something without naming an actor."""
    told = models.told(roles)
    if not len(told):
        return None
    none = [report.label(role) for role in models.ROLES if role not in {*told["role"], *beside}]
    counts = {"actors": told["actor"].nunique(), "kinds": told.loc[told["actor_kind"] != "", "actor_kind"].nunique()}
    counts = {name: report.number(n, told) for name, n in counts.items()}
    if not none:
        return message("{actors} actors of {kinds} kinds have a part, one at least in each role."), counts
    said = message("{actors} actors of {kinds} kinds have a part; roles that the text gives to nobody: {none}.")
    return said, {**counts, "none": none}


def closed(report, loops):
    """How many loops a text says to close."""
    told = models.told(loops)
    each = {"closed": told[told["closes"] == "true"], "n": told}
    counts = {name: report.number(len(own.drop_duplicates(["source", "loop"])), own) for name, own in each.items()}
    return (message("Loops that are said to close: {closed} of {n}."), counts) if len(told) else None


def commonest(report, stages, loops, behind):
    """The stage that most loops have; `behind`: {(place, stage): ids}."""
    count = stages.sum(axis=1)
    if not len(loops) or not len(count) or (count == count.max()).sum() > 1:
        return None
    top = count.idxmax()
    n = report.number(int(count.max()), [behind[p, top] for p in stages if (p, top) in behind])
    said = message("Of {all} loops {n} have the stage {topic}, more than have any other.")
    return said, {"topic": report.label(top), "n": n, "all": report.number(len(loops), loops["ids"])}
