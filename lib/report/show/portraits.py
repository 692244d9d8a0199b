"""A paragraph about each place: what its model is, then what its text has that others have not."""

from lib.report.show import sentences, style
from lib.report.show.messages import message

LONG = message("{topic} ({share}, {difference}{interval}; {held})")
SHORT = message("{topic} ({share}, {difference}{interval})")
COUNTED = message("{topic} ({n}; {held})")
PART = message("{count} of {total} ({held})")
SENTENCES = {  # kind of finding: how one is written, what is said of {items}
    "more": (LONG, message("It speaks more than the others of {items}.")),
    "less": (LONG, message("It speaks less of {items}.")),
    "leans": (SHORT, message("No difference of emphasis stands out; the largest by count alone: {items}.")),
    "alone": (COUNTED, message("It alone describes {items}.")),
    "duty": (COUNTED, message("It alone describes what has a national template: {items}.")),
    "formula": (message("{topic} ({count})"), message("Formulas whose parts it names: {items}.")),
    "local": (PART, message("Named initiatives of its own: {items}.")),
    "closes": (PART, message("Loops said to close: {items}.")),
}
NAMED = message("**{place}.**")
NOTHING = message("By the rules of this report nothing in its text sets it apart.")


MODEL = message("{model}.")


def portraits(report, found, places, models):
    """Says a paragraph a place: its model in `models` ({place: clauses}), then the sentences for which it has
    findings."""
    for place in style.order(places):
        own = found[found["place"] == place]
        told = [(own[own["kind"] == kind], item, text) for kind, (item, text) in SENTENCES.items()]
        _say(report, place, told, models.get(place))


def _say(report, place, told, model):
    told = [part for part in told if len(part[0])]
    lists = {f"items{n}": sentences.items(report, rows, item) for n, (rows, item, _) in enumerate(told)}
    texts = [report.text(text).replace("{items}", f"{{items{n}}}") for n, (*_, text) in enumerate(told)]
    first = [report.text(NAMED), *([report.text(MODEL)] if model else [])]
    words = report.labels.sentences([*first, *(texts or [report.text(NOTHING)])])
    report.say(words, place=place, model=model, **lists)
