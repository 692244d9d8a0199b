"""Numbers as statements: an amount with what it counts, in both languages."""

from functools import cache

from lib import paths
from lib.comparison.elements import english
from lib.comparison.elements.facts import NUMBER, candidate, holding, kept
from lib.comparison.elements.wording import lowered, merged, singular, unlike, written
from lib.evidence.model.statements import trimmed
from lib.lexicon import table
from lib.reading.script import simplified

KIND = {"partner_departments": "department"}  # an indicator that counts actors of a kind
PERSONS = ("人", "名", "位")
BOUGHT = 80  # raw characters between an amount of money and the thing that it was spent on


@cache
def _participles():
    """Words before a noun that only say what was done to it: 建成 in 建成小区."""
    rows = table(paths.LEXICON / "relations_verbs.csv", ("word", "side"))
    return [r["word"] for r in rows if r["side"] == "participle"]


def indicators(facts, feed, element):
    """The levels of an indicator that a text gives, with their bound; `feed.words`: what their noun holds, or !not;
    `feed.counted`: the beginning of practices that they are no part of (departments that only give data)."""
    rows = facts.corpus.quantities
    rows = rows[rows["indicator"] == feed.what]
    rows = kept(rows, holding(feed.words, rows["noun"]))
    if feed.counted:
        rows = kept(rows, [not any(p.startswith(feed.counted) for p in facts.beside(r)) for r in rows.itertuples()])
    whole = [not d or facts.en(d, "denominator") != d for d in rows["denominator"]]  # or a rate that a label names
    apart = bool(feed.words) and not feed.words.startswith("!")
    return [{**told, "named": True} for told in levels(facts, kept(rows, whole), apart)]


def levels(facts, rows, apart=False):
    """A candidate for each level and share among quantities."""
    rows = rows[rows["relation"].isin(["level", "share"]) & rows["value"].notna()]
    keys = rows["indicator"].replace(KIND)
    return [candidate(r, key=k, **_said(facts, r, apart)) for k, r in zip(keys, rows.itertuples(), strict=True)]


def _said(facts, r, apart):
    """A number with what it counts, in both languages, and where it belongs; `apart`: in the words of its own."""
    noun, label = _noun(facts, r, apart), facts.zh(r.indicator, "indicator")
    amount, thing = simplified(r.surface), trimmed(r.noun)
    thing = label if thing in label else thing  # 民警: 社区民警
    done = next((w for w in _participles() if thing.startswith(w) and w not in label), "")
    thing = done + label if done and thing != done and label.endswith(thing.removeprefix(done)) else thing
    per = facts.both(r.denominator, "denominator") if r.denominator else ("", "")
    zh = f"{'' if thing.startswith(per[0]) else per[0]}{thing}{amount}"
    zh += f"（{label}）" if not apart and unlike(thing, label) else ""
    en = f"{written(r)} {'yuan ' if r.unit_kind == 'money' else ''}{lowered(noun)}"
    en += f" {per[1]}" if per[1] and per[1] not in noun else ""
    if r.unit_kind == "money" and (bought := _bought(facts, r)):
        zh, en = f"{zh}（{bought}）", f"{en} ({facts.told(bought)})"
    if year := facts.apart.get(r.id, ""):
        zh, en = merged(f"{zh}（{year}）"), merged(f"{en} ({year})")
    return {"zh": zh, "en": en, "where": facts.part(r.source, r.where), **{c: getattr(r, c) for c in NUMBER}}


def _noun(facts, r, apart):
    """What a number counts, in English: where its indicator counts several things, with the words of its own."""
    label = facts.en(r.indicator, "indicator")
    told = english.english(r.noun) if apart or (r.place, r.indicator) in facts.several else ""
    if apart and told:
        label = facts.en("people_in", "told").replace("{n}", told) if r.unit in PERSONS else told
    elif told and _words(label) <= _words(told):
        label = told
    elif told and told.lower() not in label.lower():
        label = f"{label} ({told})"
    return singular(label) if r.value == 1 else label


def _words(text):
    """The words of an English text that say something, in lower case."""
    return {w for w in text.lower().split() if len(w) > len("the")}


def _bought(facts, r):
    """The named thing that stands behind an amount of money in its sentence; "" where none does."""
    names = [n for n in facts.within("names", r.sentence) if 0 <= n.start - r.end <= BOUGHT]
    return min(names, key=lambda n: n.start).name if names else ""
