"""From evidence to what may be said of an element: one candidate a row, whatever table it comes from."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from lib.comparison import practices, sources
from lib.comparison.claims import way as claim_way
from lib.comparison.elements import english
from lib.comparison.elements.codebook import cue_rules
from lib.comparison.indicators import WHOLE
from lib.comparison.initiatives import belonging
from lib.evidence.model.statements import trimmed
from lib.reading.script import simplified

COLUMNS = [
    "place",
    "source",
    "element",
    "feed",
    "key",
    "zh",
    "en",
    "strength",
    "status",
    "where",
    "named",
    "value",
    "value_high",
    "bound",
    "unit",
    "indicator",
    "start",
    "ids",
    "items",
]
OUTSIDE = ("enterprise", "social_organisation", "volunteer", "resident", "community", "mediation", "judiciary", "grid")
PARTNERS = (*OUTSIDE, "department", "military", "jurisdiction")
EMPTY = {
    "where": "",
    "value": None,
    "value_high": None,
    "bound": "",
    "unit": "",
    "indicator": "",
    "named": False,
    "items": (),
}


@dataclass(frozen=True)
class Facts:
    """The tables of a corpus as the feeds ask for them; each is made once."""

    corpus: sources.Corpus
    zh: Callable  # the label of a key (and its group) in Chinese
    en: Callable  # and in English

    @cached_property
    def codings(self):
        """The practice codings of the texts, best of each sentence."""
        return practices.codings(self.corpus)

    @cached_property
    def codes(self):
        """{sentence: practices coded in it}."""
        return self.codings.groupby("sentence")["practice"].agg(set).to_dict()

    @cached_property
    def names(self):
        """The initiatives that are not another name of one, the best mention of each place first."""
        rows = self.corpus.mentions
        rows = rows[(rows["kind"] == "initiative") & (rows["alias_of"] == "")]
        rank = rows["status"].map(practices.RANK)
        return rows.assign(rank=rank).sort_values(["strength", "rank"], ascending=[False, True], kind="stable")

    @cached_property
    def numbers(self):
        """The quantities by id."""
        return self.corpus.quantities.set_index("id", drop=False)

    @cached_property
    def owned(self):
        """{key of an initiative: ids of its quantities}."""
        rows = self.corpus.mentions
        return belonging(rows[rows["kind"] == "initiative"], self.corpus.quantities)

    @cached_property
    def glosses(self):
        """{name: row with zh and en} of the glosses that are written by hand."""
        return {r["name"]: r for r in sources.glosses().to_dict("records")}

    def told(self, words):
        """Words in English, else by a gloss that is written by hand, else as they are."""
        return english.english(words) or self.glosses.get(words, {}).get("en", "") or words

    @cached_property
    def places(self):
        """{sentence: [(start, part of the place)]} in the order of the text, from the rows that tell where they are."""
        rows = pd.concat([self.corpus.tables[t] for t in ("mentions", "quantities", "statements")])
        rows = rows[rows["kind"] != "actor"]
        told = {}
        for r in rows.sort_values("start", kind="stable").itertuples():
            told.setdefault(r.sentence, []).append((r.start, self.part(r.source, r.where)))
        return told

    def where(self, r):
        """The part of the place that a row speaks of: that of the last words before its end which tell one."""
        return next((part for start, part in self.places.get(r.sentence, ())[::-1] if start < r.end), "")

    @cached_property
    def spots(self):
        """[(text, start, end, place)] of the statements that a part of a place, a village, is told with."""
        rows = self.corpus.statements
        return [(r.source, r.start, r.end, r.where) for r in rows[rows["where"] != ""].itertuples()]

    def spot(self, r):
        """The part of the place that a row speaks of: its own, else that of a statement on the same words."""
        told = (w for source, a, b, w in self.spots if source == r.source and a < r.end and r.start < b)
        return self.part(r.source, r.where or next(told, ""))

    @cached_property
    def own(self):
        """{text: the Chinese name of its place}."""
        return self.corpus.sources.set_index("id")["place_zh"].to_dict()

    def part(self, source, where):
        """The part of the place that words speak of; "" for the whole, or for all levels below."""
        own = self.own.get(source, "")
        return "" if where in (*WHOLE, own) or own.startswith(where) else where


def candidates(corpus, elements, zh, en):
    """One row a thing that may be said: COLUMNS; `feed` is its rank among the feeds of its element."""
    facts = Facts(corpus, zh, en)
    found = [
        {**EMPTY, "element": e.key, "feed": n, **row}
        for e in elements
        for n, feed in enumerate(e.feeds)
        for row in READ[feed.kind](facts, feed, e)
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _where(rows, kept):
    """The rows for which `kept`, a list of truths, holds; of no rows none."""
    return rows[pd.Series(kept, rows.index, dtype=bool)]


def _row(row, **told):
    """What every candidate carries of the row that it stands on."""
    kept = {"place": row.place, "source": row.source, "start": row.start, "ids": (row.id,), "strength": 2}
    return {**kept, "status": getattr(row, "status", "") or "done", **told}


def cues(facts, feed, element):
    """Statements by the element's own rules; the key is the facet. `feed.words` label: they name nothing themselves."""
    rows = facts.corpus.statements
    rows = rows[(rows["element"] == element.key) & rows["facet"].isin([feed.what] if feed.what else rows["facet"])]
    bare = rows["rule"].map(lambda rule: cue_rules().get(rule, BARE)["zh"] == BARE["zh"])
    group = rows["sentence"].where(bare, rows["id"]) + rows["facet"] + rows["status"]
    for _, own in rows.groupby(group, sort=False):
        yield {**_cue(facts, own), "named": feed.words != "label"}


BARE = {"zh": "{x}", "en": "{x}"}  # a rule that says no more than its words: several in a sentence are one list
TOLD = 3  # things of a list that a cell has room for


def _cue(facts, own):
    """One statement of a rule, or a list of the words that rules caught in one sentence."""
    first, few = own.iloc[0], own.head(TOLD)
    words = [{"x": brief(r.x), "y": brief(r.y)} for r in few.itertuples()]
    glossed = [{k: english.english(v) or v for k, v in w.items()} for w in words]
    rules = [cue_rules().get(rule, BARE) for rule in few["rule"]]
    zh = [rule["zh"].format(**w).replace("等”", "”等") for rule, w in zip(rules, words, strict=True)]
    en = [rule["en"].format(**w) for rule, w in zip(rules, glossed, strict=True)]
    return _row(
        first,
        key=first["facet"],
        zh=listed(zh, "zh") + ("等" if len(own) > TOLD else ""),
        en=listed(en, "en"),
        items=tuple(zip(zh, en, strict=True)),
        named=True,
        ids=tuple(own["id"]),
        where=facts.part(first["source"], first["where"]),
    )


def listed(words, language):
    """Words as a list, none twice."""
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(words)).strip()


def teams(facts, feed, element):
    """Who heads squads, groups and the like, where the text says so of no more than these: one row a kind of actor."""
    rows = facts.corpus.roles
    rows = rows[(rows["scope"] == "team") & rows["role"].isin(feed.what.split("|"))]
    rows = rows[~rows["status"].isin(["absent", "case"])]
    for (_, actor), own in rows.groupby(["place", "actor"], sort=False):
        first, told = own.iloc[0], [label("team", "head") for label in (facts.zh, facts.en)]
        en = english.english(actor) or facts.en(first["actor_kind"], "actor_kind")
        said = {"zh": actor + told[0], "en": f"{told[1]} {lowered(en)}", "ids": tuple(own["id"])}
        yield _row(first, key=first["actor_kind"], named=True, **said)


LISTED = re.compile("[、,，]|(?<=.{3})[和与及](?=.{3})")


def brief(words, most=16):
    """Words short enough for a cell: of a long list the first two things."""
    if len(words) <= most:
        return words
    parts = LISTED.split(words)
    return "、".join(parts[:2]) + "等" if len(parts) > 2 else words


def roles(facts, feed, element):
    """Who has a role, one row an actor's kind (`leads` and `heads`: one a formula), the key is the kind."""
    rows = facts.corpus.roles[facts.corpus.roles["status"] != "absent"]
    rows = rows[rows["role"].isin(feed.what.split("|"))]
    if feed.what not in ("joins", "supports"):
        rows = rows[rows["scope"] != "team"]
    if feed.words:
        rows = _where(rows, _holding(feed.words, rows["surface"].map(simplified)))
    if feed.what in ("joins", "supports"):
        rows = rows[rows["actor_kind"].isin(PARTNERS)]
        yield from _kinds(facts, rows)
    elif feed.what == "hosts":
        yield from _kinds(facts, rows[(rows["status"] != "case") & (rows["actor_kind"] != "")])
    else:
        yield from _formulas(facts, rows, element.key)


def _kinds(facts, rows):
    """One row a kind of actor, the kind with most statements first: the actors by their words; those of single cases
    only where no others are."""
    for (_, kind), every in rows.groupby(["place", "actor_kind"], sort=False):
        standing = every[every["status"] != "case"]
        own = standing if len(standing) else every
        wheres = [facts.where(r) for r in own.itertuples()]
        where = min(wheres, key=len)
        best = _where(own, [w == where for w in wheres])
        first = best.iloc[0]
        actors = [a for a in dict.fromkeys(best["actor"]) if len(a) < 9]
        actors = [a for a in actors if not any(a != b and a in b for b in actors)][:2]
        label = facts.zh(kind, "actor_kind"), facts.en(kind, "actor_kind")
        told = [e for e in dict.fromkeys(map(english.english, actors)) if e]
        zh, en = "、".join(actors) or label[0], ", ".join(told) or label[1]
        if first["role"] == "hosts":
            zh, en = label[0] + facts.zh("hosts", "head"), f"{facts.en('hosts', 'head')} {lowered(label[1])}"
        yield _row(
            first,
            key=kind,
            zh=zh,
            en=en,
            ids=tuple(own["id"]),
            strength=len(own),
            named=first["role"] != "hosts",
            where=where,
        )


def _formulas(facts, rows, element):
    for _, own in rows.groupby(["source", "formula", "start", "end"], sort=False):
        first = own.iloc[0]
        kinds = sorted(set(own["actor_kind"]) - {""})
        words = simplified(first["surface"])
        bare = words == first["actor"]
        words = words + facts.zh(first["role"], element) if bare else words
        en = "" if bare else english.english(words)
        actor = english.english(first["actor"])
        lead = (
            actor
            if len(kinds) < 2 and actor
            else " and ".join(facts.en(k, "actor_kind").lower() for k in kinds) or first["actor"]
        )
        yield _row(
            first,
            key="+".join(kinds) or "other",
            zh=words if len(words) <= 16 else first["actor"] + facts.zh(first["role"], element),
            en=en or f"{facts.en(first['role'], element)} {lowered(lead)}",
            ids=tuple(own["id"]),
            named=True,
            where=facts.where(first),
        )


def indicators(facts, feed, element):
    """The levels of an indicator that a text gives, with their bound; `feed.words`: what their noun holds, or !not."""
    rows = facts.corpus.quantities
    rows = rows[(rows["indicator"] == feed.what) & rows["relation"].isin(["level", "share"]) & rows["value"].notna()]
    if feed.words:
        rows = _where(rows, _holding(feed.words, rows["noun"]))
    for r in rows[rows["denominator"] == ""].itertuples():
        told = feed.words and not feed.words.startswith("!") and english.english(r.noun)
        if told and r.unit in PERSONS:
            told = facts.en("people_in", "told").replace("{n}", told)
        noun = told or facts.en(feed.what, "indicator")
        yield _row(r, key=KIND.get(feed.what, feed.what), named=True, **_counted(facts, r, noun))


PERSONS = ("人", "名", "位")


def _holding(words, texts):
    """Whether each text holds the words, or after ! does not."""
    return [bool(re.search(words.lstrip("!"), t)) != words.startswith("!") for t in texts]


KIND = {"partner_departments": "department"}  # an indicator that counts actors of a kind


def _counted(facts, r, noun):
    """A number with what it counts, in both languages, and where it belongs."""
    amount, thing, label = simplified(r.surface), trimmed(r.noun), facts.zh(r.indicator, "indicator")
    thing = label if thing in label else thing  # 民警: 社区民警
    money = r.unit_kind == "money"
    what = _bought(facts, r) if money else ""
    return {
        "zh": f"{thing}{amount}" + (f"（{what}）" if what else ""),
        "en": f"{written(r)} {'yuan ' if money else ''}{lowered(noun)}" + (f" ({facts.told(what)})" if what else ""),
        "where": facts.part(r.source, r.where),
        **{c: getattr(r, c) for c in ("value", "value_high", "bound", "unit", "indicator")},
    }


BOUGHT = 80  # raw characters between an amount of money and the thing that it was spent on


def _bought(facts, r):
    """The named thing that stands behind an amount of money in its sentence; "" where none does."""
    names = facts.names[(facts.names["sentence"] == r.sentence) & (facts.names["start"] - r.end).between(0, BOUGHT)]
    return names.sort_values("start")["name"].iloc[0] if len(names) else ""


TENTHS, SHARES = {"成": 10}, {"%": "%", "‰": "‰", "成": "%"}  # 两成 is 20%
SIGNS = {"at_least": "≥", "at_most": "≤", "nearly": "≲", "about": "≈"}


def written(r):
    """An amount with its bound, as ≥7,100; a share with its sign."""
    return _amount(r.bound, r.value, r.unit, r.value_high)


def _amount(bound, value, unit, high=None):
    size = TENTHS.get(unit, 1)
    upto = "" if pd.isna(high) else f"–{_plain(high * size)}"
    return f"{SIGNS.get(bound, '')}{_plain(value * size)}{upto}{SHARES.get(unit, '')}"


POWERS = ((1e9, " billion"), (1e6, " million"), (1, ""))


def _plain(value):
    """A number with all its digits, never as a power of ten: 69.5 billion, 7,100, 0.3."""
    power, word = next((p for p in POWERS if abs(value) >= p[0]), POWERS[-1])
    return f"{value / power:,.10g}{word}"


def lowered(label):
    """A label inside a phrase: Police posts as police posts; an abbreviation stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def initiatives(facts, feed, element):
    """Named things of some kinds, in sentences where one of the element's practices is coded; with their number."""
    kinds, _, codes = feed.what.partition("@")
    rows = facts.names
    if kinds != "*":
        rows = rows[rows["type"].isin(kinds.split("|"))]
    rows = _where(rows, [_coded(facts.codes.get(s, ()), codes) for s in rows["sentence"]])
    rows = _where(rows, _holding(feed.words, rows["name"])) if feed.words else rows
    whose = {"key": "unstated"} if "unstated" in element.keys else {}
    for r in rows.drop_duplicates(["place", "name"]).itertuples():
        yield {**_named(facts, r), **whose}


def _coded(found, wanted):
    """Whether one of the practices is among those wanted: codes, or beginnings of codes that end in _; "": any."""
    return not wanted or any(c == w or w.endswith("_") and c.startswith(w) for c in found for w in wanted.split("|"))


GLOSS = 48  # characters of a gloss that a cell has room for


def _named(facts, r, zh="{}", en="{}"):
    gloss = facts.glosses.get(r.name, {})
    told = english.english(r.name) or gloss.get("en", "") or facts.en(r.type, "type")
    row = _row(r, key=r.name, zh=zh.format(r.name), en=en.format(f"{r.name} ({told})"), named=True, where=facts.spot(r))
    numbers = [facts.numbers.loc[i] for i in facts.owned.get(r.key, ()) if i in facts.numbers.index]
    numbers = [q for q in numbers if q["status"] != "case" and q["relation"] == "level" and pd.notna(q["value"])]
    q = max(numbers, key=lambda q: q["value"]) if numbers else None
    if q is not None and q["value"] > 1:
        row |= {c: q[c] for c in ("value", "value_high", "bound", "unit", "indicator")}
        row |= {"zh": f"{row['zh']}{simplified(q['surface'])}", "en": f"{written(q)} {row['en']}"}
        row["ids"] = (*row["ids"], q["id"])
    return row


def hubs(facts, feed, element):
    """Where data flow together: named platforms and centres in sentences on it, whose they are, how far they reach.

    `feed.what`: what may be counted as joined; `feed.words`: what a name must hold."""
    rows = facts.names[facts.names["type"].isin(["platform", "centre"])]
    for r in rows.itertuples():
        codes = facts.codes.get(r.sentence, set())
        if codes & {"data_hub", "data_brain"} and re.search(feed.words, r.name):
            yield _hub(facts, r, _reach(facts, r, feed.what), "data_hub" in codes)


def _hub(facts, r, reach, flows):
    owner = _owner(facts, r)
    who = (f"{facts.zh(owner, 'actor_kind')}：", f"{facts.en(owner, 'actor_kind')}: ") if owner else ("", "")
    row = _named(facts, r, who[0] + "{}", who[1] + "{}")
    if reach:
        row["zh"] += "，汇集" + "、".join(simplified(q["surface"]) + q["noun"] for q in reach)
        row["en"] += ", " + ", ".join(f"{written(q)} {english.english(q['noun']) or q['noun']}" for q in reach)
        row |= {"ids": (*row["ids"], *(q["id"] for q in reach)), "value": reach[0]["value"]}
    many = [q for q in reach if q["indicator"] == "partner_departments"]
    return {**row, "key": owner or ("shared" if many else "unstated"), "strength": 1 + flows + 2 * bool(reach)}


def _reach(facts, r, nouns):
    """The numbers in a sentence that say how many systems, departments, kinds of data come together."""
    rows = facts.corpus.quantities
    rows = rows[(rows["sentence"] == r.sentence) & rows["noun"].str.contains(nouns or "^$", regex=True)]
    rows = rows[(rows["relation"] == "level") & ~rows["unit"].isin(["%", "大"])]
    rows = rows[~rows["noun"].str.contains(r.name, regex=False)]
    return [q for _, q in rows.head(2).iterrows()]


BUILT = 30  # raw characters between the word that says who builds and what is built
NEAR = 8  # raw characters between a network and a platform that stands on it


def _owner(facts, r):
    """police, government or "": who is named in the name, else who builds it in the same sentence; of a platform that
    is told by its network (与政务外网的平台打通) nothing is known."""
    nets = facts.corpus.statements.query("facet == 'network'")
    if (nets["sentence"].eq(r.sentence) & (r.start - nets["end"]).between(0, NEAR)).any():
        return ""
    actors = facts.corpus.mentions
    actors = actors[(actors["kind"] == "actor") & (actors["sentence"] == r.sentence)]
    inside = actors[(actors["start"] < r.end) & (r.start < actors["end"])]
    for kind in ("police", "government"):
        if (inside["type"] == kind).any():
            return kind
    hosts = facts.corpus.roles
    hosts = hosts[(hosts["sentence"] == r.sentence) & (hosts["role"] == "hosts") & (hosts["start"] <= r.start)]
    hosts = hosts[r.start - hosts["end"] < BUILT]
    if len(hosts):
        return hosts["actor_kind"].iloc[-1]
    return "government" if facts.own.get(r.source, "-")[:2] == r.name[:2] else ""


def loops(facts, feed, element):
    """The stages of each loop, whose it is and whether the text calls it closed; the key is the last stage."""
    for _, own in facts.corpus.loops.groupby(["source", "loop"], sort=False):
        own = own.sort_values("order")
        first = own.iloc[0]
        closed = first["closes"] == "true"
        whose = _near(facts, first)
        zh = (f"{whose}：" if whose else "") + "—".join(own["stage_text"]) + ("（闭环）" if closed else "")
        stages = " – ".join(_stage(facts, r) for r in own.itertuples())
        en = (f"{english.english(whose) or whose}: " if whose else "") + stages + (" (closed)" if closed else "")
        yield _row(
            first,
            key=own["stage"].iloc[-1],
            zh=zh,
            en=en,
            named=bool(whose),
            strength=1 + closed,
            value=len(own),
            ids=tuple(own["id"]),
            where=facts.where(first),
        )


def _stage(facts, r):
    """A stage in English: its own words, else its kind; … where neither is known."""
    own = facts.en(r.stage_text, "stage")
    told = own if own != r.stage_text else english.english(r.stage_text)
    return lowered(told) or (lowered(facts.en(r.stage, "stage")) if r.stage != "other" else "…")


def _near(facts, row):
    """The named thing before a row in its sentence, no template that everybody has."""
    names = facts.names[(facts.names["sentence"] == row["sentence"]) & (facts.names["start"] < row["start"])]
    names = names[~names["origin"].isin(["national", "provincial"])]
    return names.sort_values("start")["name"].iloc[-1] if len(names) else ""


def formulas(facts, feed, element):
    """The numbers and names that a model goes by; strength: in how many sentences it or its parts stand. Where it is
    told of, its last part tells."""
    for (place, name), own in facts.corpus.formulas.groupby(["place", "name"], sort=False):
        first, named = own.iloc[0], int((own["named"] == "true").sum())
        model = _models(facts, place, name)
        listed = list(own.loc[own["named"] == "true", "part"].drop_duplicates()[:6])
        parts, told = "、".join(listed), ", ".join(map(facts.told, listed))
        shown = parts and re.sub("[、+]", "", parts) != re.sub("[、+]", "", name)
        spread = len({*own["sentence"], *model["sentence"]})
        yield _row(
            first,
            key=name,
            zh=f"{name}（{parts}）" if shown else name,
            en=english.glossed(name) + (f": {told}" if shown else ""),
            named=bool(len(model)) or spread > 2,
            strength=10 * spread + min(named, 9),
            value=len(own),
            ids=(*own["id"], *model["id"]),
            where=facts.where(own.loc[own["end"].idxmax()]),
        )


def _models(facts, place, name):
    """The mentions of a model that bears the name of a formula."""
    rows = facts.corpus.mentions
    rows = rows[(rows["kind"] == "initiative") & (rows["place"] == place) & (rows["type"] == "model")]
    return rows[rows["name"].str.contains(name, regex=False)]


BETTER = ("up", "down", "zero")


def claims(facts, feed, element):
    """Results claimed: outcomes with a number and a basis first, honours last."""
    for r in facts.corpus.claims.itertuples():
        zh, en = _result(facts, r)
        running = r.running == "true" and r.direction in BETTER
        basis = facts.zh(r.basis, "basis"), facts.en(r.basis, "basis")
        basis = (facts.zh("running", "told"), facts.en("running", "told")) if running else basis
        yield _row(
            r,
            key=r.direction,
            zh=zh + (f"（{basis[0]}）" if basis[0] else ""),
            en=en + (f" ({basis[1].lower()})" if basis[1] else ""),
            named=bool(r.basis) or running or r.direction in BETTER and pd.notna(r.value),
            strength=1 + (r.direction in BETTER) + bool(r.basis) + 2 * running,
            value=r.value,
            bound="exact",
            unit=r.unit,
            where=facts.part(r.source, r.where),
        )


def _result(facts, r):
    """What is claimed, in both languages: a metric, which way, how much; what did not happen, and in how many."""
    metric = english.english(r.metric) or r.metric
    if r.direction == "zero":
        return _none(facts, r, metric)
    told = pd.notna(r.value) and r.direction != "award"
    bound = facts.numbers["bound"].get(r.quantity, "exact")
    amount = _amount(bound, r.value, r.unit) if told else ""
    zh = f"{SIGNS.get(bound, '')}{r.value:,.12g}{r.unit}" if told else ""
    way = [label(claim_way(r), "direction") if r.direction != "level" else "" for label in (facts.zh, facts.en)]
    return f"{r.metric}{way[0]}{zh}", " ".join(filter(None, (metric, way[1].lower(), amount)))


def _none(facts, r, metric):
    """What did not happen; where the text says in how many, in so many of what."""
    if r.quantity not in facts.numbers.index:
        return f"{r.metric}零发生", f"no {metric}"
    q = facts.numbers.loc[r.quantity]
    if any(q["noun"][n : n + 2] in r.metric for n in range(len(q["noun"]) - 1)):  # 无发案小区361个 says it already
        return f"{r.metric}{simplified(q['surface'])}", f"{written(q)} {lowered(facts.en(q['indicator'], 'indicator'))}"
    among = english.english(q["noun"]) or lowered(facts.en(q["indicator"], "indicator"))
    return f"{q['noun']}{simplified(q['surface'])}零{r.metric}", f"no {metric} in {written(q)} {among}".rstrip()


SURE = 2  # the strength from which a coding says that something is done, not only spoken of


def coded(facts, feed, element):
    """A practice by its label, where nothing more is known of it: of the whole place if any coding is, of one case only
    if all are; a word for a safeguard alone says so."""
    told = facts.corpus.mentions.set_index("id")[["where", "start"]]
    rows = _where(facts.codings, [_coded({p}, feed.what) for p in facts.codings["practice"]]).join(told, on="id")
    rows = rows.assign(
        case=rows["status"] == "case",
        part=[facts.part(r.source, r.where) for r in rows.itertuples()],
        sure=rows["strength"] >= SURE,
        ahead=rows["status"].map(practices.RANK),
    )
    rows = rows.assign(whole=rows["part"] == "")
    for (_, practice), own in rows.groupby(["place", "practice"], sort=False):
        best = own.sort_values(["sure", "case", "whole", "ahead"], ascending=[False, True, False, True], kind="stable")
        best = best.iloc[0]
        bare = best["status"] == practices.NAMED
        if best["strength"] < SURE and not bare:
            continue
        yield {
            "place": best["place"],
            "source": best["source"],
            "key": "unstated" if "unstated" in element.keys else practice,
            "zh": facts.zh(practice) + ("（仅见其词）" if bare else ""),
            "en": facts.en(practice) + (" (the word only)" if bare else ""),
            "strength": int(best["strength"]),
            "status": "ongoing" if bare else best["status"],
            "where": best["part"],
            "start": best["start"],
            "ids": tuple(own["id"]),
        }


def tellings(facts, feed, element):
    """How many sentences of a place's texts tell a single case; that none does is told too, of texts that tell
    anything but who there is."""
    tables = [facts.corpus.tables[t] for t in ("mentions", "quantities", "claims", "roles", "statements")]
    told = pd.concat([t.loc[t["status"] == "case", ["place", "source", "sentence", "id", "start"]] for t in tables])
    mentions, *others = tables
    some = {*mentions.loc[mentions["kind"] != "actor", "place"], *(p for t in others for p in t["place"])}
    for place, texts in facts.corpus.sources.groupby("place", sort=False):
        if place not in some:
            continue
        one = told[told["place"] == place].drop_duplicates("sentence")
        n, ids = len(one), tuple(one["id"]) or tuple(texts["id"])
        row = {"place": place, "source": texts["id"].iloc[0], "start": 0, "ids": ids, "strength": 1, "status": "done"}
        said = [
            label("stories" if n else "institutions", "told").replace("{n}", str(n)) for label in (facts.zh, facts.en)
        ]
        yield {**row, "key": "stories" if n else "institutions", "value": n, "zh": said[0], "en": said[1]}


READ = {
    "cue": cues,
    "role": roles,
    "team": teams,
    "indicator": indicators,
    "initiative": initiatives,
    "practice": coded,
    "hub": hubs,
    "loop": loops,
    "formula": formulas,
    "claim": claims,
    "telling": tellings,
}
