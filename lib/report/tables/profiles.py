"""Each place beyond the table: a line for each theme that its texts speak of, and for what they claim."""

from lib.comparison import claims, practices
from lib.comparison.elements import codebook
from lib.comparison.elements.wording import lowered
from lib.report.show import style
from lib.report.show.cite import Clauses
from lib.report.show.messages import message

CLAIMED = message("results claimed: {n} (compared with something, as the year before: {compared})")
BARE = message("results claimed: {n} (none says what it is compared with)")
HONOURS = message("further honours or ranks: {n}")
PERCEIVED = "result_perception"  # the practice that is what residents feel
FELT = message("how safe or content residents feel: told without a figure")
MOST = 12  # practices that no text mentions are named
FIGURE = 2  # the strength of what residents feel that has a figure
OPENING = ("lead", "head")  # what opens the paragraph of a place


def profiles(report, told, cells, corpus, graded, alone):
    """Says one profile a place, a line each: who leads, its themes in their order, practices that no other text has,
    and those that it does not mention though more than half of the others do.

    `graded`: the claims of results, as basis.results gives them; `alone`: findings of that kind."""
    honours = claims.honours(corpus.claims)
    states = practices.matrix(practices.codings(corpus), corpus)
    lacking, felt = practices.lacking(states), states[states["practice"] == PERCEIVED]
    for place in style.order(corpus.places):
        own = [rows[rows["place"] == place] for rows in (told, cells, graded, honours, alone, lacking, felt)]
        if any(len(rows) for rows in own[:-2]):
            _profile(report, place, *own)


def _profile(report, place, told, cells, graded, honours, alone, lacking, felt):
    themes = dict.fromkeys([*(e.theme for e in codebook.elements()), "figures", "honours", "cases", "ahead"])
    items = {t: [report.number(r.text, r.ids) for r in told[told["theme"] == t].itertuples()] for t in themes}
    items["account"] = items.get("account", []) + _claimed(report, graded, honours, felt)
    items["alone"] = [report.number(lowered(report.label(r.topic)), r.ids) for r in alone.itertuples()]
    items["lacking"] = [lowered(report.label(practice)) for practice in lacking["practice"]]
    first = cells[cells["element"].isin(OPENING)].itertuples()
    first = Clauses(report.number(report.own(r), r.ids) for r in first)
    values = {theme: Clauses(own) for theme, own in items.items() if own}
    colon, blank, stop = ("：", "", "。") if report.language == "zh" else (":", " ", ".")
    parts = ["**{place}" + (f"{colon}{blank}{{first}}" if first else "") + f"{stop}**"]
    parts += [f"*{{{theme}_}}*{blank}{{{theme}}}{stop}" for theme in values]
    values |= {f"{theme}_": report.label(theme, "theme") + colon for theme in items}
    report.say("\n\n".join(("::: profile", *parts, ":::")), **values, place=report.label(place, "short"), first=first)


def silent(report, states, text):
    """Says {items}: the practices of the codebook that no text mentions; nothing where there are none, or one place."""
    known = set(states.loc[states["state"] != "not_mentioned", "practice"])
    items = [lowered(report.label(p)) for p in dict.fromkeys(states["practice"]) if p not in known]
    if states["place"].nunique() > 1:
        left = " …" if len(items) > MOST else ""
        report.say(text, items=items and report.labels.listed(items[:MOST]) + left, number=len(items))


def _claimed(report, graded, honours, felt):
    """How many results are claimed, and how many of them say what they are compared with; how many honours or ranks
    stand beside them, nothing of what there is none; that what residents feel is told without a figure."""
    compared = int(graded["compared"].astype(bool).sum())
    told = report.text(CLAIMED if compared else BARE).format(n=len(graded), compared=compared)
    counts = (told, graded), (report.text(HONOURS).format(n=len(honours)), honours)
    told = [report.number(text, list(rows["id"])) for text, rows in counts if len(rows)]
    bare = felt[(felt["sentences"] > 0) & (felt["strength"] < FIGURE)]
    return told + [report.number(report.text(FELT), ids) for ids in bare["ids"]]
