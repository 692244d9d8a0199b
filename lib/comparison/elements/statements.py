"""What each place's texts say of each element: chosen by a declared rule, never by text."""

import re
from functools import lru_cache

import pandas as pd

from lib.comparison.elements import codebook, english, feeds, wording
from lib.comparison.elements.facts import CASES, kept
from lib.comparison.models import REAL
from lib.lexicon import compiled
from lib.reading import places

WHOLE = compiled("whole place")
STATUS = {"done": 0, "ongoing": 0, "": 0, "planned": 1, "norm": 2, "absent": 3, "case": 0}
SIGNS = ("case", "part", "planned", "norm", "absent", "claim", "bound")


def statements(corpus, zh, en, elements=None):
    """One row a thing said, best first within (place, element), without repeats: feeds.COLUMNS, scope (whole, part,
    case), order (0 the best)."""
    elements = elements or codebook.elements()
    return best(feeds.candidates(corpus, elements, zh, en), corpus.places, elements)


def best(rows, order, elements):
    """What `statements` gives, of candidates that the feeds gave for these elements.

    Those come first that speak of the whole place rather than a part or a single case; that are so rather than planned,
    and planned rather than prescribed; that name a thing; that give a number; then the feeds of the element in their
    order, the stronger coding, the order of the text."""
    rows = kept(rows, [not _beyond(r.place, r.where) for r in rows.itertuples()])
    scopes = ["case" if r.status == "case" else "part" if r.where else "whole" for r in rows.itertuples()]
    rows = rows.assign(scope=scopes)
    told = {"a": rows["scope"].map({"whole": 0, "part": 1, "case": 2}), "b": rows["status"].map(STATUS).fillna(0)}
    told |= {"c": ~rows["named"].astype(bool), "d": rows["value"].isna(), "e": -rows["strength"]}
    told |= {"f": -rows["value"].where(rows["indicator"] != "").fillna(0)}
    ranked = rows.assign(**told).sort_values([*"abc", "feed", *"def", "start"], kind="stable")
    own = _shorter(ranked.drop_duplicates(["place", "element", "zh"]))
    own = own[~_repeated(own)]
    own = own.assign(again=own.groupby(["place", "element", "feed"]).cumcount() > 0)
    own = own.sort_values(["a", "again", "b"], kind="stable").drop(columns=["again", *"abcdef"])
    rank = {"element": {e.key: n for n, e in enumerate(elements)}, "place": {p: n for n, p in enumerate(order)}}
    own = own.sort_values(["place", "element"], key=lambda c: c.map(rank[c.name]), kind="stable")
    return own.assign(order=own.groupby(["place", "element"]).cumcount()).reset_index(drop=True)


@lru_cache(maxsize=4096)
def _beyond(place, where):
    """Whether words name what lies outside a place: the nation, its province, a neighbour."""
    home, codes = places.code_of(place), [code for *_, code in places.mentioned(where) if code]
    other = home and codes and not any(home in (code, *places.parents(code)) for code in codes)
    return bool(other or WHOLE.fullmatch(where))


def _shorter(rows):
    """The rows, a list without the items that a better row of its element says."""
    said, rows = {}, rows.astype({"zh": object, "en": object}).copy()
    for n, r in enumerate(rows.itertuples()):
        known = said.setdefault((r.place, r.element), set())
        left = [item for item in r.items if item[0] not in known]
        if 0 < len(left) < len(r.items) and "等" not in r.zh[-1:]:
            rows.iloc[n, rows.columns.get_loc("zh")] = feeds.listed([zh for zh, _ in left], "zh")
            rows.iloc[n, rows.columns.get_loc("en")] = feeds.listed([en for _, en in left], "en")
        known |= {r.zh, *(zh for zh, _ in r.items)}
    return rows


LONG = 6  # characters of a phrase that is no mere word
AMOUNT = re.compile("[0-9.]{2,}(?![0-9.年])[余多]?[万亿]*")  # no year


def _held(words, longer):
    """Whether a phrase has but a word more than another: 模式 behind a formula."""
    return len(words) > LONG and words in longer and len(longer) - len(words) <= 2


def _repeated(rows):
    """Rows that say no more than a better one: the same evidence, the same words, the same number."""
    seen, out = {}, []
    for r in rows.itertuples():
        ids, words, told = seen.setdefault((r.place, r.element), (set(), [], set()))
        bare, amounts = re.sub(r"[“”（）：\s]", "", r.zh), set(AMOUNT.findall(r.zh))
        number = (r.value, r.unit) if r.indicator else None
        same = number in told if number else amounts and amounts <= told
        out.append(bool(same or set(r.ids) <= ids or any(bare in w or not number and _held(w, bare) for w in words)))
        ids |= set(r.ids)
        words.append(bare)
        told |= {number, *amounts}
    return pd.Series(out, rows.index, dtype=bool)


def cells(statements, elements=None):
    """One row a (place, element) that something is said of: zh, en (the best few, each with its mark), signs, key,
    keys, status, scope, more (how many further statements), ids, others (ids of those)."""
    known = {e.key: e for e in elements or codebook.elements()}
    groups = [(key, own, _shown(own, known[key[1]])) for key, own in statements.groupby(CELL, sort=False)]
    room = {(e, c): w for e in known for c, w in WIDE.items()}
    for (_, element), _, best in groups:
        for c in WIDE:
            room[element, c] = max(room[element, c], len(best[c].iloc[0]))
    found = [_cell(key, own, _fitting(best, {c: room[key[1], c] for c in WIDE})) for key, own, best in groups]
    return pd.DataFrame(found, columns="place element zh en signs key keys status scope more ids others".split())


def roles(cells, language, elements=None):
    """{role: (words, ids)} of what the cells of a place say of a role that their element asks for, planned things
    left out."""
    asked = {e.key: next((f.what for f in e.feeds if f.kind == "role"), "") for e in elements or codebook.elements()}
    so = cells[cells["status"].isin(REAL)]
    return {asked[r.element]: (getattr(r, language), r.ids) for r in so.itertuples() if asked[r.element]}


def _cell(key, own, best):
    (place, element), first = key, best.iloc[0]
    told = {"place": place, "element": element, **first[["key", "status", "scope"]]}
    for language, between in (("zh", "；"), ("en", "; ")):
        told[language] = between.join(
            wording.merged(glossed(r, language) + mark(r, language)) for r in best.itertuples()
        )
    for name, rows in (("ids", best), ("others", own.drop(best.index))):
        told[name] = tuple(dict.fromkeys(i for ids in rows["ids"] for i in ids))
    return {
        **told,
        "signs": signs(first, element),
        "keys": tuple(dict.fromkeys(own["key"])),
        "more": len(own) - len(best),
    }


BY_KEY = ("key", "kinds")  # elements whose key says who: a cell names each once
CELL = ["place", "element"]
WIDE = {"zh": 60, "en": 115}  # characters of a cell of several statements; a row with a longer one has that room
FILL = 2  # labels of practices, which name nothing, stand only where nothing is named, so many of them


def _shown(own, known):
    """The rows that a cell of an element shows: named ones first of all, labels where there are fewer than FILL."""
    own = own.drop_duplicates("key") if known.contrast in BY_KEY else own
    named = own[own["named"].astype(bool) & (own["scope"] != "case")].head(known.show)
    return named if len(named) else own.head(min(known.show, FILL))


def _fitting(rows, room):
    """The first of the rows, and of those after it the ones that still fit in so many characters of each language."""
    kept = []
    for n, row in enumerate(rows.itertuples()):
        if not n or all(len(glossed(row, c)) <= left for c, left in room.items()):
            kept.append(n)
            room = {c: left - len(glossed(row, c)) for c, left in room.items()}
    return rows.iloc[kept]


MARKS = {"planned": ("计划", "planned"), "norm": ("规定", "prescribed")}
MARKS |= {"absent": ("尚无", "absent"), "case": ("个案", "one case")}


def glossed(row, language):
    """The words of a statement; in Chinese the name in it with its gloss behind, which the English words have."""
    return row.zh.replace(*row.gloss, 1) if language == "zh" else row.en


def mark(row, language):
    """What must stand behind a statement: that it is planned, of a case, of a part of the place that it names not."""
    name = (places.stem(row.where) or row.where) if language == "zh" else english.place(row.where)
    where = "" if name in getattr(row, language) else row.where
    status = "case" if row.scope == "case" else row.status
    return marked("" if row.key == CASES else status, where, language)  # that it is a case its words say


def marked(status, where, language):
    """A status and a part of the place in brackets; "" where neither is to be told."""
    zh, en = MARKS.get(status, ("", ""))
    told = [zh, where] if language == "zh" else [en, where and english.place(where)]
    brackets, between = ("（{}）", "，") if language == "zh" else (" ({})", ", ")
    return brackets.format(between.join(filter(None, told))) if any(told) else ""


def signs(first, element):
    """What a reader must know of a cell: a single case, a part of the place, planned, a norm, a claim, a bound."""
    told = {first["scope"], first["status"], "claim" if element == "results" else ""}
    told.add("" if first["bound"] in ("", "exact") else "bound")
    return tuple(s for s in SIGNS if s in told)
