"""The contrasts of models as sentences: notebooks have the words, findings the places and what they say."""

from lib.report.show import style
from lib.report.tables import elements as tables


def tell(report, found, kind, **text):
    """Says one paragraph a finding of a kind: {question}, {element}, {what} (the indicator that is counted), {groups},
    {silent} (a clause of its own, or nothing); `silent_en` and `silent_zh`: that clause, with {places}."""
    quiet = text.pop("silent_en", ""), text.pop("silent_zh", "")
    for r in found[found["kind"] == kind].itertuples():
        if r.groups:
            _told(report, r, text, quiet)


def answers(report, found, **text):
    """Says one paragraph an element, in their order: its question, and what the texts answer, each kind of finding in
    the words that `text` has for it: KIND_en and KIND_zh, with {groups} and {what}; {silent} as in `tell`."""
    for element, own in found[found["element"] != ""].groupby("element", sort=False):
        parts = [(r, text.get(f"{r.kind}_en", ""), text.get(f"{r.kind}_zh", "")) for r in own.itertuples()]
        parts = [p for p in parts if p[1] and p[0].groups]
        if parts:
            _answer(report, element, parts, (text["silent_en"], text["silent_zh"]))


def _answer(report, element, parts, quiet):
    values, told = {"question": report.label(element, "question")}, [["**{question}**"], ["**{question}**"]]
    for n, (r, *words) in enumerate(parts):
        values[f"groups{n}"] = _list(report, [_group(report, r, g) for g in r.groups])
        values[f"what{n}"] = tables.lowered(report.label(r.groups[0].key, "indicator"))
        for said, template in zip(told, words, strict=True):
            named = template.replace("{groups}", f"{{groups{n}}}").replace("{what}", f"{{what{n}}}")
            said.append(named.replace("{silent}", _silent(report, r.silent, quiet)))
    report.say(en=" ".join(told[0]), zh="".join(told[1]), **values)


def headline(report, found, **text):
    """Says the rate that most places give, {what} and {groups}; nothing where no rate compares."""
    rates = found[found["kind"] == "rate"]
    if len(rates):
        far = max(rates.itertuples(), key=lambda r: len(r.places))
        _told(report, far, text, ("", ""))


def _told(report, r, text, quiet):
    report.say(
        **{k: v.replace("{silent}", _silent(report, r.silent, quiet)) for k, v in text.items()},
        question=report.label(r.element, "question"),
        element=report.label(r.element, "element"),
        what=report.label(r.groups[0].key, "indicator"),
        groups=_list(report, [_group(report, r, g) for g in r.groups]),
    )


def once(report, found, kind, **text):
    """Says one paragraph for all findings of a kind: {items}, {number}; nothing where there are none."""
    rows = found[found["kind"] == kind]
    items = [_alone(report, r, g) for r in rows.itertuples() for g in r.groups]
    if items:
        report.say(**text, items=_list(report, items), number=len(items))


def apart(report, smallest, **text):
    """Says what tells each place from all others: {items}."""
    items = [
        report.number(
            f"{report.label(r.place, 'short')}: " + " + ".join(tables.named(report, f) for f in r.features), r.ids
        )
        for r in smallest.itertuples()
    ]
    if items:
        report.say(**text, items=_list(report, items))


def _list(report, items):
    mark = "；" if report.language == "zh" else "; "
    return Joined(items, mark)


class Joined(list):
    """Items with the mark that stands between them."""

    def __init__(self, items, mark):
        super().__init__(items)
        self.mark = mark


def _silent(report, places, templates):
    if not places:
        return ""
    joined = ("、" if report.language == "zh" else ", ").join(report.label(p, "short") for p in style.order(places))
    return report.labels.pick(*templates).format(places=joined)


def _group(report, finding, group):
    """Places and what they say, as a clause: in Jiaxing Party and government lead."""
    places = _and(report, [report.label(p, "short") for p in style.order(group.places)])
    said = _said(report, finding, group)
    if finding.kind == "kinds":
        return report.number(f"{said}：{places}" if report.language == "zh" else f"{said} in {places}", group.ids)
    return report.number(f"{places}{'：' if report.language == 'zh' else ': '}{said}", group.ids)


def _and(report, words):
    """Words as a list in a sentence: a, b and c."""
    if report.language == "zh" or len(words) < 2:
        return "、".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def _said(report, finding, group):
    if group.value == group.value:
        sign = {"at_least": "≥", "at_most": "≤", "nearly": "≲", "about": "≈"}.get(group.zh, "")
        whole = group.value >= 10 or group.value == int(group.value)
        return f"{sign}{group.value:,.0f}" if whole else f"{sign}{group.value:.1f}"
    if len(group.places) > 1 or finding.kind == "kinds":
        return tables.said(report, finding.element, group.key)
    return group.zh if report.language == "zh" else group.en


def _alone(report, finding, group):
    name = report.label(group.key if not finding.element else finding.element, "element")
    if finding.kind != "alone":
        return report.number(name, group.ids) if group.ids else name
    place = report.label(group.places[0], "short")
    said = group.zh if report.language == "zh" else group.en
    return report.number(
        f"{name} ({place}: {said})" if report.language == "en" else f"{name}（{place}：{said}）", group.ids
    )
