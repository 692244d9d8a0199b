"""Each place beyond the table: a line for each theme that its texts speak of, and for what they claim."""

from lib.comparison.elements import codebook
from lib.report.show import style
from lib.report.show.messages import message
from lib.report.tables import contrasts, elements

CLAIMED = message("results claimed: {n}, of them compared with anything: {compared}")
BARE = message("results claimed: {n}, none compared with anything")


def profiles(report, told, cells, corpus, graded, alone):
    """Says one profile a place, a line each: who leads, its themes in their order, practices that no other text has.

    `graded`: the claims of results, as basis.results gives them; `alone`: findings of that kind."""
    for place in style.order(corpus.places):
        own = [rows[rows["place"] == place] for rows in (told, cells, graded, alone)]
        if any(len(rows) for rows in own):
            _profile(report, place, *own)


def _profile(report, place, told, cells, graded, alone):
    first = cells[cells["element"].isin(OPENING)]
    items = {t: [report.number(r.text, r.ids) for r in told[told["theme"] == t].itertuples()] for t in _themes()}
    items["account"] = items.get("account", []) + _claimed(report, graded)
    items["alone"] = [report.number(elements.lowered(report.label(r.topic)), r.ids) for r in alone.itertuples()]
    values = {theme: contrasts.joined(report, own) for theme, own in items.items() if own}
    colon, blank, stop = ("：", "", "。") if report.language == "zh" else (":", " ", ".")
    parts = ["**{place}" + (f"{colon}{blank}{{first}}" if len(first) else "") + f"{stop}**"]
    parts += [f"*{{{theme}_}}*{blank}{{{theme}}}{stop}" for theme in values]
    values |= {f"{theme}_": report.label(theme, "theme") + colon for theme in items}
    said = [report.number(_text(report, r), r.ids) for r in first.itertuples()]
    values |= {"place": report.label(place, "short"), "first": contrasts.joined(report, said)}
    report.say("\n\n".join(("::: profile", *parts, ":::")), **values)


def _themes():
    """The themes of the elements in their order, and those beside them."""
    return dict.fromkeys([*(e.theme for e in codebook.elements()), "figures", "honours", "ahead"])


def silent(report, states, text):
    """Says {items}: the practices of the codebook that no text mentions; nothing where there are none, or one place."""
    known = states[states["state"] != "not_mentioned"]["practice"]
    items = [report.label(p) for p in dict.fromkeys(states["practice"]) if p not in set(known)]
    if items and states["place"].nunique() > 1:
        report.say(text, items=report.labels.listed(map(elements.lowered, items[:MOST])), number=len(items))


MOST = 12  # practices that no text mentions are named
OPENING = ("lead", "head")  # what opens the paragraph of a place


def _text(report, row):
    return row.zh if report.language == "zh" else row.en


def _claimed(report, graded):
    """How many results are claimed, and how many of them are compared with nothing; nothing where none is."""
    if not len(graded):
        return []
    compared = int(graded["compared"].astype(bool).sum())
    text = report.text(CLAIMED if compared else BARE)
    return [report.number(text.format(n=len(graded), compared=compared), list(graded["id"]))]
