"""Each place in one paragraph, beyond the table: theme by theme what its texts say, what they claim and leave out."""

from lib.comparison.elements import codebook
from lib.report.show import style
from lib.report.show.messages import message
from lib.report.tables import contrasts, elements

CLAIMED = message("of {n} results claimed {bare} are compared with nothing")


def profiles(report, told, cells, corpus, graded):
    """Says one paragraph a place: its name, its themes in their order, and the elements that its texts don't mention.

    `graded`: the claims of results, as basis.results gives them."""
    for place in style.order(corpus.places):
        _profile(report, place, told[told["place"] == place], cells[cells["place"] == place], graded)


def _profile(report, place, told, cells, graded):
    stop = "。" if report.language == "zh" else "."
    values, parts = {"place": report.label(place, "short")}, ["**{place}**"]
    first = cells[cells["element"].isin(OPENING)]
    if len(first):
        parts[0] = "**{place}: {first}**"
        values["first"] = contrasts.joined(report, [report.number(_text(report, r), r.ids) for r in first.itertuples()])
    parts[0] += stop
    for theme in dict.fromkeys([*(e.theme for e in codebook.elements()), "figures", "honours", "ahead"]):
        own = told[told["theme"] == theme]
        items = [report.number(r.text, r.ids) for r in own.itertuples()]
        if theme == "account":
            items += _claimed(report, graded[graded["place"] == place])
        if items:
            parts.append(f"*{{{theme}_}}* {{{theme}}}{stop}")
            values |= {theme: contrasts.joined(report, items), f"{theme}_": _head(report, theme)}
    silent = [e.key for e in codebook.elements() if e.key not in set(cells["element"])]
    if silent:
        parts.append(f"*{{silent_}}* {{silent}}{stop}")
        words = [report.label(e, "element") for e in silent]
        values |= {"silent_": _head(report, "not_mentioned"), "silent": report.labels.listed(words)}
    report.say("::: profile\n\n" + report.labels.sentences(parts) + "\n\n:::", **values)


OPENING = ("lead", "head")  # what opens the paragraph of a place


def _text(report, row):
    return row.zh if report.language == "zh" else row.en


def _head(report, theme):
    return report.label(theme, "theme") + ("：" if report.language == "zh" else ":")


def _claimed(report, graded):
    """How many results are claimed, and how many of them are compared with nothing; nothing where none is."""
    if not len(graded):
        return []
    bare = int((~graded["compared"].astype(bool)).sum())
    return [report.number(report.text(CLAIMED).format(n=len(graded), bare=bare), list(graded["id"]))]
