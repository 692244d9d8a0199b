"""A paragraph about each place: what its text has that others have not, in the order of the sentences below."""

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


def portraits(report, found, places):
    """Says a paragraph a place, made of the sentences for which the place has findings."""
    for place in style.order(places):
        own = found[found["place"] == place]
        _say(report, place, [(own[own["kind"] == kind], item, text) for kind, (item, text) in SENTENCES.items()])


def _say(report, place, told):
    told = [part for part in told if len(part[0])]
    lists = {f"items{n}": sentences.items(report, rows, item) for n, (rows, item, _) in enumerate(told)}
    texts = [report.text(text).replace("{items}", f"{{items{n}}}") for n, (*_, text) in enumerate(told)]
    words = report.labels.sentences([report.text(NAMED), *(texts or [report.text(NOTHING)])])
    report.say(words, place=place, **lists)
