"""Tables of a place's own card: what was read, its named initiatives, what it leaves unmentioned."""

import pandas as pd

from lib.comparison.elements import english
from lib.report.show.messages import message
from lib.report.tables import contrasts, elements
from lib.report.tables import quantities as amounts

OPENING = ("formula", "lead", "head", "hub", "unit", "crowd", "disputes", "loop")  # what says in short what a model is
IN_SHORT = message("**In short.** {parts}.")
AHEAD = ("not_mentioned", "planned", "norm", "absent")


def opening(report, cells):
    """Says in one sentence what the model of a place is, from what its texts say of OPENING; nothing where nothing."""
    said = {r.element: r for r in cells.itertuples()}
    parts = [_part(report, said[e], first=not n) for n, e in enumerate(e for e in OPENING if e in said)]
    if parts:
        report.say(report.text(IN_SHORT), parts=contrasts.joined(report, parts))


def _part(report, row, first):
    label = report.label(row.element, "element")
    text, colon = (row.zh, "：") if report.language == "zh" else (row.en, ": ")
    return report.number((label if first else elements.lowered(label)) + colon + text, row.ids)


def unmentioned(report, states):
    """Practices that a place's texts do not mention (or of which they have the word only, as is said there), a row a
    dimension; and what is only planned, prescribed, or stated absent."""
    rows = states[states["state"] != "evidenced"]
    word = [f" ({report.label(s)})" if s == "named_only" else "" for s in rows["state"]]
    named = rows.assign(name=[report.label(p) + w for p, w in zip(rows["practice"], word, strict=True)])
    named["state"] = named["state"].replace("named_only", "not_mentioned")
    return pd.DataFrame(
        [
            {"dimension": d, **{state: report.labels.listed(own.loc[own["state"] == state, "name"]) for state in AHEAD}}
            for d, own in named.groupby("dimension", sort=False)
        ],
        columns=["dimension", *AHEAD],
    )


def registry(report, rows, quantities):
    """The registry of named initiatives: name (with other names), kind, origin, gloss, numbers that belong to it.

    A gloss is ours where a table has one; else in Chinese the text's own words, where it is at hand, in English the
    name word by word, marked †.
    """
    written = {r.id: amounts.written(r) for r in quantities.itertuples()}
    other = rows[rows["alias_of"] != ""].groupby("alias_of")["name"].agg(list)
    main = rows[rows["alias_of"] == ""]
    names = [
        report.number("（".join([r.name, *other.get(r.key, [])]) + "）" * len(other.get(r.key, [])), [r.best])
        for r in main.itertuples(index=False, name="Row")
    ]
    numbers = [
        report.number("; ".join(written[i] for i in q.split() if i in written), q.split()) if q else ""
        for q in main["quantities"]
    ]
    gloss = [_gloss(report, r) for r in main.itertuples(index=False, name="Row")]
    return pd.DataFrame(
        {
            "name": names,
            "type": main["kind"].to_numpy(),
            "origin": main["origin"].to_numpy(),
            "gloss": gloss,
            "numbers": numbers,
        }
    )


def _gloss(report, row):
    """What a named thing does, in the language of the edition; "" where nobody says so."""
    if report.language != "zh":
        composed = "" if row.gloss_en else english.english(row.name)
        return f"{composed} †" if composed else row.gloss_en
    if row.gloss_zh or pd.isna(row.gloss_start):
        return row.gloss_zh
    words = report.registry.words(row.source, row.gloss_start, row.gloss_end)
    return report.number(f"“{words}”", [row.best]) if words else ""


def main_formulas(formulas, most=8):
    """The rows of the formulas with the most parts that the text names, in the order of the text."""
    parts = (formulas["named"] == "true").groupby(formulas["name"]).sum().sort_values(ascending=False, kind="stable")
    return formulas[formulas["name"].isin(parts.index[:most])]


def described(report, city):
    """What was read of a place: title, publisher, genre, published, kept_characters."""
    read = city.sources
    kept = [report.number(n, [i]) for n, i in zip(read["kept_characters"], read["id"], strict=True)]
    return read[["title", "publisher", "genre", "published"]].assign(kept_characters=kept)
