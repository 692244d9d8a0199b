"""What the texts of each place say beyond the cells of the comparison, theme by theme, within a measure of words."""

import math
import re

import pandas as pd

from lib.comparison.elements import codebook, feeds
from lib.comparison.elements.english import MACHINE
from lib.comparison.elements.facts import CASES
from lib.comparison.elements.statements import best, mark
from lib.comparison.elements.wording import merged
from lib.comparison.status import AHEAD
from lib.reading.spans import HAN, unquoted

ROOM = {"zh": 720, "en": 1200}  # characters of the statements of a place, on the mean of all
LONGEST = {"zh": 60, "en": 240}  # characters of one of them; a longer list ends earlier
APART = (*AHEAD, "absent")
COLUMNS = ["place", "theme", "element", "text", "ids"]


def profiles(statements, cells, facts, language, elements=None):
    """One row a thing told, by place and theme: COLUMNS. A theme: that of the element, honours, cases, ahead, figures.

    Round after round each element gives its next best statement that no cell shows, as long as there is room: what is
    named or counted and holds for more than a single case; numbers beside the elements come with them. What is planned,
    prescribed or absent stands apart, unless a text tells of hardly anything else."""
    elements = elements or codebook.elements()
    counts = dict(zip(facts.corpus.claims["id"], facts.corpus.claims["quantity"], strict=True))  # a claim is its number
    shown = {counts.get(i) or i for ids in cells["ids"] for i in ids}
    used = {i for ids in statements["ids"] for i in ids} | set(facts.corpus.claims["quantity"])
    numbers = feeds.unused(facts, used)
    numbers = best(numbers, facts.corpus.places, [FIGURES]) if len(numbers) else numbers
    rows = pd.concat([statements, numbers], ignore_index=True) if len(numbers) else statements
    rows = rows.assign(facts=[{counts.get(i) or i for i in ids} for ids in rows["ids"]])
    rows = rows[_beyond(rows, shown, language) & ~_same_actor(rows, cells, elements)]
    groups = [own for _, own in rows.groupby("place", sort=False)]
    needs = [sum(len(_words(r, language)) for r in _told(own, language, elements)) for own in groups]
    rooms = _shares(needs, ROOM[language] * facts.corpus.sources["place"].nunique())
    told = [r for own, room in zip(groups, rooms, strict=True) for r in _told(own, language, elements, room)]
    told = [(r.place, r.theme, r.element, _words(r, language), r.ids) for r in told]
    return pd.DataFrame(told, columns=COLUMNS)


FIGURES = codebook.Element(feeds.FIGURES, (), 0, "", (), feeds.FIGURES)


def _beyond(rows, shown, language):
    """Which statements may be told: of a single case its line alone, not in a cell, no label of a practice unless it is
    ahead."""
    told = [
        (r.scope != "case" or r.key == CASES)
        and len(HAN.findall(r.zh)) > 1  # no bare numbers, as 2个40%
        and not r.facts <= shown
        and (bool(r.named) or pd.notna(r.value) or r.status in APART or r.key == "award")
        and len(shortened(getattr(r, language), language)) <= LONGEST[language]
        and (language == "zh" or readable(_words(r, language)))
        for r in rows.itertuples()
    ]
    return pd.Series(told, rows.index, dtype=bool)


def _same_actor(rows, cells, elements):
    """Which statements name no one who leads or heads beside those that the cell of their place names."""
    who = {e.key for e in elements if e.contrast == "key" and "unstated" not in e.keys}
    known = {(r.place, r.element): set(r.key.split("+")) for r in cells.itertuples() if r.element in who}
    keys = [(r, known.get((r.place, r.element), set())) for r in rows.itertuples()]
    told = [r.key != CASES and set(r.key.split("+")) <= own for r, own in keys]
    return pd.Series(told, rows.index, dtype=bool)


def shortened(words, language):
    """The words; a list that is longer than LONGEST only as far as it has room, with a word for the others."""
    if len(words) <= LONGEST[language]:
        return words
    mark, others = {"zh": ("、", "等"), "en": (", ", " and others")}[language]
    head, _, _ = words[: LONGEST[language] - len(others)].rpartition(mark)
    return head + others + "）" * (head.count("（") - head.count("）")) if head else words


def readable(words):
    """Whether English words hold no Chinese but names with their gloss right behind, and no gloss has holes."""
    return MACHINE not in words and not HAN.search(GLOSSED.sub("(", words))


GLOSSED = re.compile(rf"[^\s(]*{HAN.pattern}[^\s(]* \(")


def _shares(needs, whole):
    """What each gets of a whole: no more than it needs, and no less than another that is not content."""
    given, left = [0] * len(needs), len(needs)
    for n in sorted(range(len(needs)), key=needs.__getitem__):
        given[n] = min(needs[n], whole // left)
        whole, left = whole - given[n], left - 1
    return given


def _told(rows, language, elements, room=math.inf):
    """The rows of a place that there is room for, by theme."""
    mostly = rows["status"].isin(APART).mean() > 0.5
    theme = {e.key: e.theme for e in [*elements, FIGURES]}
    rows = rows.assign(theme=[_apart(r, mostly) or theme[r.element] for r in rows.itertuples()])
    group = rows["element"].where(~rows["theme"].isin(SEPARATE), rows["theme"])
    rows = rows.assign(round=rows.groupby(group).cumcount())
    kept, said = [], set()
    for r in rows.sort_values("round", kind="stable").itertuples():
        text, name = _words(r, language), r.zh.rpartition("：")[2]
        free = r.theme == "cases"  # a line each, whatever else there is
        if (free or len(text) <= room) and not {text, name} & said and not _within(r, kept) and not r.facts <= said:
            room -= 0 if free else len(text)
            said |= {text, name, *r.facts}
            kept.append(r)
    ranked = {e: n for n, e in enumerate(theme)}
    return sorted((r for r in kept if not _within(r, kept)), key=lambda r: (ranked[r.element], r.order))


NAME = 4  # characters of words that say nothing more where another statement has them; a name may be shorter


def _within(r, others):
    """Whether another statement has the words of this one and more."""
    name = unquoted(r.zh)
    told = (unquoted(o.zh) for o in others if o is not r)
    return (r.key == name or len(name) >= NAME) and any(name in words and name != words for words in told)


SEPARATE = ("honours", "cases", "ahead")  # themes of statements that are told apart from their element


def _apart(r, mostly):
    if r.key == CASES:
        return "cases"
    return "honours" if r.key == "award" else "ahead" if r.status in APART and not mostly else ""


def _words(r, language):
    """A statement with its mark; an honour by its name and whose it is."""
    if r.key == "award":
        return dict(zip(("zh", "en"), r.items[0], strict=True))[language] + mark(r, language)
    words = shortened(getattr(r, language), language)
    return merged((words.replace(*r.gloss, 1) if language == "zh" else words) + mark(r, language))
