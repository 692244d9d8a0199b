"""The contrasts of models as sentences: notebooks have the words, findings the places and what they say."""

from lib.report.show import style
from lib.report.tables import elements as tables


def tell(report, found, kind, **text):
    """Says one paragraph a finding of a kind: {element}, {what} (the indicator that is counted), {groups}, {silent} (a
    clause of its own, or nothing); `silent_en` and `silent_zh`: that clause, with {places}."""
    quiet = text.pop("silent_en", ""), text.pop("silent_zh", "")
    for r in found[found["kind"] == kind].itertuples():
        silent = _silent(report, r.silent, quiet)
        report.say(
            **{k: v.replace("{silent}", silent) for k, v in text.items()},
            element=report.label(r.element, "element"),
            what=tables.lowered(report.label(r.groups[0].key, "indicator")),
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
    places = ("、" if report.language == "zh" else ", ").join(
        report.label(p, "short") for p in style.order(group.places)
    )
    return report.number(
        f"{places}{'：' if report.language == 'zh' else ': '}{_said(report, finding, group)}", group.ids
    )


def _said(report, finding, group):
    if group.value == group.value:
        sign = {"at_least": "≥", "at_most": "≤", "nearly": "≲", "about": "≈"}.get(group.zh, "")
        return f"{sign}{group.value:,.0f}" if group.value >= 10 else f"{sign}{group.value:.1f}"
    if len(group.places) > 1:
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
