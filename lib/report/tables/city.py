"""A place's own card: its first sentence, what was read, named initiatives, what it claims and leaves unmentioned."""

import pandas as pd

from lib.comparison.elements import english
from lib.comparison.elements.wording import lowered
from lib.report.show.cite import Clauses
from lib.report.show.messages import message
from lib.report.show.numbers import plain
from lib.report.tables import claims
from lib.report.tables import quantities as amounts

OPENING = ("formula", "lead", "head", "hub", "unit", "crowd", "disputes", "loop")  # what says in short what a model is
TEXT = message("{title} ({publisher}{genre}, {published}; {characters} characters)")
UNTITLED = message("{publisher}{genre} ({published}; {characters} characters)")


BRIEF = ("lead", "head", "unit", "hub", "disputes")  # what says it in a sentence


def opening(report, cells):
    """Says in one sentence what the model of a place is, from what its texts say of OPENING; nothing where nothing."""
    parts = _parts(report, cells, OPENING)
    if parts:
        report.say("**In short.** {parts}.", parts=Clauses(parts))


def models(report, cells):
    """{place: what its model is, in the clauses of BRIEF}, of the places whose texts say something of these."""
    told = {place: _parts(report, own, BRIEF) for place, own in cells.groupby("place", sort=False)}
    return {place: Clauses(parts) for place, parts in told.items() if parts}


def _parts(report, cells, elements):
    said = {r.element: r for r in cells.itertuples()}
    return [_part(report, said[e], first=not n) for n, e in enumerate(e for e in elements if e in said)]


def _part(report, row, first):
    label = report.label(row.element, "element")
    return report.number((label if first else lowered(label)) + report.mark("colon") + report.own(row), row.ids)


def registry(report, rows, quantities):
    """The registry of named initiatives: name (with other names), kind, origin, gloss, numbers that belong to it.

    A gloss is ours where a table has one; else in Chinese the text's own words, where it is at hand, in English the
    name word by word, marked †.
    """
    written = {r.id: amounts.written(r) for r in quantities.itertuples()}
    other = rows[rows["alias_of"] != ""].groupby("alias_of")["name"].agg(list)
    told = []
    for r in rows[rows["alias_of"] == ""].itertuples(index=False, name="Row"):
        names, ids = other.get(r.key, []), r.quantities.split()
        name = report.number("（".join([r.name, *names]) + "）" * len(names), [r.best])
        counts = report.number("; ".join(dict.fromkeys(written[i] for i in ids if i in written)), ids) if ids else ""
        told.append((name, r.kind, r.origin, _gloss(report, r), counts))
    return pd.DataFrame(told, columns=["name", "type", "origin", "gloss", "numbers"])


def _gloss(report, row):
    """What a named thing does, in the language of the edition; "" where nobody says so."""
    if report.language != "zh":
        composed = "" if row.gloss_en else english.english(row.name)
        return f"{composed} †" if composed else row.gloss_en
    if row.gloss_zh or pd.isna(row.gloss_start):
        return row.gloss_zh
    words = report.registry.words(row.source, row.gloss_start, row.gloss_end)
    return report.number(f"“{words}”", [row.best]) if words else ""


def read(report, city):
    """Says what was read of a place."""
    items = Clauses()
    for r in city.sources.itertuples():
        told = {"title": r.title, "characters": plain(r.kept_characters), "genre": report.label(r.genre, "genre")}
        told["published"] = r.published or report.label("undated")
        told["publisher"] = r.publisher and report.label(r.publisher, "publisher") + report.mark("comma")
        items.append(report.number(report.text(TEXT if r.title else UNTITLED).format(**told), [r.id]))
    report.say("Read: {items}.", items=items)


QUOTED = (30, 220)  # characters of a sentence that is worth quoting: no heading, no paragraph


def quoted(report, cells, sentences):
    """Shows the sentence that says most of the model: on which most of OPENING stand; of several the shortest."""
    length = (sentences["end"] - sentences["start"]).set_axis(sentences["id"])
    told = {}
    for n, e in enumerate(OPENING):
        for id in [i for ids in cells.loc[cells["element"] == e, "ids"] for i in ids]:
            sentence = report.registry.row(id).get("sentence")
            if sentence and QUOTED[0] <= length[sentence] <= QUOTED[1]:
                told.setdefault(sentence, {}).setdefault(e, (n, id))
    if told:
        best = min(told, key=lambda s: (-len(told[s]), length[s], s))
        report.quote([min(told[best].values())[1]], 1)


def claimed(report, graded, results):
    """Says how many results a place claims, and how many of them don't state what they are compared with."""
    numbers = claims.natures(report, graded, results)
    del numbers["all"]
    if len(graded):
        report.say(
            "Claims of outcomes: {outcomes}, of work done: {outputs}, of honours: {honours}; not stating what "
            "they are compared with, of the first two kinds: {bare} ([@tbl:claims]).",
            bare=report.count(results[~results["compared"].astype(bool)]),
            **numbers,
        )


def silence(report, states):
    """Says how many practices the texts of a place evidence, which dimensions they leave out, what is only ahead."""
    done, dimensions = states[states["state"] == "evidenced"], list(dict.fromkeys(states["dimension"]))
    said = set(states.loc[states["state"] != "not_mentioned", "dimension"])
    ahead = states[states["state"].isin(["planned", "norm", "absent"])].itertuples()
    report.say(
        "Of {all} practices of the codebook the text gives evidence of {told} ([@fig:practices]).",
        all=len(states),
        told=report.number(len(done), [i for own in done["ids"] for i in own]),
    )
    report.say(
        "Dimensions of which it mentions nothing: {items}. That is a fact about the text.",
        items=[report.label(d, "dimension") for d in dimensions if d not in said],
    )
    report.say(
        "Only planned, prescribed or denied: {items}.",
        items=[report.number(report.label(r.practice), r.ids) for r in ahead],
    )
