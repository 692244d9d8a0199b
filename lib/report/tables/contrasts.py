"""The contrasts of models as sentences: notebooks have the words, findings the places and what they say."""

from lib.comparison.elements.statements import marked
from lib.comparison.elements.wording import lowered, sign
from lib.report.show import style
from lib.report.show.cite import Clauses
from lib.report.show.messages import message
from lib.report.tables import elements as tables

ANSWERS = {  # kind of finding -> how it answers the question of its element
    "groups": message("{groups}."),
    "kinds": message("Not all name the same: {groups}."),
    "loop": message("{groups}."),
    "rate": message("Per 10,000 residents, {what}: {groups}."),
    "number": message("Side by side, {what}: {groups}."),
}
TELLING = ("groups", "loop")  # kinds that also say which texts are silent
HAS = message("{said} ({element})")
SAYS = message("something under “{element}”")
SILENT = message("Not mentioned: {places}.")


MANY, FEW = 9, 6  # of more places (or groups of places) than MANY only FEW are named, with how many there are


def section(report, found, title, text=""):
    """Says a heading, with what stands below it, where there is something to compare: not of a place alone."""
    if len(found):
        report.say("## {title}", title=report.text(title))
        if text:
            report.say(text)


def answers(report, found):
    """Says one paragraph an element, in their order: its question, and what the texts answer to it."""
    for element, own in found[found["element"] != ""].groupby("element", sort=False):
        parts = [r for r in own.itertuples() if r.kind in ANSWERS and r.groups]
        if parts:
            _answer(report, element, parts)


def _answer(report, element, parts):
    values, told = {"question": report.label(element, "question")}, ["**{question}**"]
    for n, r in enumerate(parts):
        values |= {f"{name}{n}": value for name, value in _words(report, r).items()}
        text = report.text(ANSWERS[r.kind])
        told.append(text.replace("{groups}", f"{{groups{n}}}").replace("{what}", f"{{what{n}}}"))
        if r.kind in TELLING and r.silent and not n:
            told.append(report.text(SILENT).format(places=_listed(report, _short(report, r.silent))))
    report.say(report.labels.sentences(told), **values)


def headline(report, found, text):
    """Says the rate that most places give, {what} and {groups}; nothing where no rate compares."""
    rates = found[found["kind"] == "rate"]
    if len(rates):
        report.say(text, **_words(report, max(rates.itertuples(), key=lambda r: len(r.places)), str))


def _words(report, r, case=lowered):
    """What a finding counts and what each group of places says."""
    return {
        "what": case(report.label(r.groups[0].key, "indicator")),
        "groups": _few([_group(report, r, g) for g in r.groups]),
    }


def once(report, found, kind, text):
    """Says one paragraph for all findings of a kind: {items}, {number}; nothing where there are none."""
    rows = found[found["kind"] == kind]
    items = Clauses(_alone(report, r, g) for r in rows.itertuples() for g in r.groups)
    report.say(text, items=items, number=len(items))


def apart(report, smallest, text):
    """Says what tells each place from all others: {items}."""
    items = []
    for r in smallest.itertuples():
        features = report.labels.listed(_feature(report, f) for f in r.features)
        items.append(report.number(report.label(r.place, "short") + report.mark("colon") + features, r.ids))
    report.say(text, items=_few(items))


def _feature(report, feature):
    """A feature as a clause: armed forces (works with)."""
    element, _, key = feature.partition(":")
    name = report.label(element, "element")
    if not key:
        return report.text(SAYS).format(element=name)
    return report.text(HAS).format(said=tables.said(report, element, key), element=lowered(name))


def _few(items):
    """Items that a sentence sets apart by semicolons; of many the first, and how many there are."""
    return Clauses(items if len(items) <= MANY else [*items[:FEW], f"… ({FEW}/{len(items)})"])


def _short(report, places):
    return [report.label(p, "short") for p in style.order(places)]


def _listed(report, words):
    """Words as a list; of many the first, and how many there are."""
    more = f" … ({FEW}/{len(words)})" if len(words) > MANY else ""
    return report.labels.listed(words[:FEW] if more else words) + more


def _group(report, finding, group):
    """Places and what they say, as a clause: in Jiaxing Party and government lead."""
    places, said = _and(report, _short(report, group.places)), _said(report, finding, group)
    if finding.kind != "kinds":
        colon = " " if group.value == group.value else report.mark("colon")
        return report.number(places + colon + said, group.ids)
    return report.number(f"{said}：{places}" if report.language == "zh" else f"{said} in {places}", group.ids)


def _and(report, words):
    """Words as a list in a sentence: a, b and c."""
    plain = report.language == "zh" or len(words) < 2 or len(words) > MANY
    return _listed(report, words) if plain else ", ".join(words[:-1]) + " and " + words[-1]


def _said(report, finding, group):
    if group.value == group.value:
        whole = group.value >= 10 or group.value == int(group.value)
        return sign(group.zh, report.language) + f"{group.value:,.{0 if whole else 1}f}"
    if len(group.places) > 1 or finding.kind == "kinds":
        return tables.said(report, finding.element, group.key) + marked(group.status, "", report.language)
    return report.own(group)


def _alone(report, finding, group):
    name = report.label(group.key if not finding.element else finding.element, "element")
    if finding.kind != "alone":
        return report.number(name, group.ids) if group.ids else name
    brackets = "{}（{}：{}）" if report.language == "zh" else "{} ({}: {})"
    return report.number(brackets.format(name, report.label(group.places[0], "short"), report.own(group)), group.ids)
