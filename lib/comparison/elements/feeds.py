"""From evidence to what may be said of an element: one candidate a row, whatever table it comes from."""

import re
from os.path import commonprefix

import pandas as pd

from lib.comparison import practices
from lib.comparison.elements import english
from lib.comparison.elements.codebook import KINDS, cue_rules
from lib.comparison.elements.counted import indicators, levels
from lib.comparison.elements.facts import CASES, COLUMNS, EMPTY, NUMBER, Facts, candidate, holding, kept
from lib.comparison.elements.results import claims
from lib.comparison.elements.stories import stories
from lib.comparison.elements.wording import adds, listed, lowered, paired, singular, unlike, written
from lib.reading.script import simplified
from lib.reading.spans import HAN, unquoted
from lib.schemas import ACTORS

PARTNERS = [kind for kind, told in ACTORS.items() if told["side"] != "core"]


def candidates(corpus, elements, zh, en):
    """One row a thing that may be said: COLUMNS; `feed` is its rank among the feeds of its element."""
    facts = Facts(corpus, zh, en)
    found = [
        {**EMPTY, "element": e.key, "feed": n, **told}
        for e in elements
        for n, feed in enumerate(e.feeds)
        for told in READ[feed.kind](facts, feed, e)
    ]
    found = pd.DataFrame(found, columns=COLUMNS).astype({"zh": object, "en": object})
    zh, en = ([tidy(words) for words in found[c]] for c, tidy in (("zh", _tidy), ("en", _glossed)))
    items = [tuple((_tidy(a), _glossed(b)) for a, b in own) for own in found["items"]]
    return found.assign(zh=zh, en=en, items=items)


def _tidy(words):
    """Chinese words without half a pair of marks or a half-width comma."""
    return paired(HALF.sub("，", words))


def _glossed(words):
    """English words without half a pair of marks, their Chinese with a gloss."""
    return english.annotated(paired(words))


HALF = re.compile(rf"(?<={HAN.pattern}),(?={HAN.pattern})")  # a half-width comma between Chinese words


def unused(facts, used):
    """The numbers of an indicator that no statement stands on, of the ids `used`: a candidate each, of no element."""
    rows = facts.corpus.quantities
    rows = rows[(rows["indicator"] != "") & ~rows["id"].isin(used) & (rows["denominator"] == "")]
    rows = rows[(rows["damaged"] != "true") & (rows["unit_kind"] != "money")]
    found = [{**EMPTY, "element": FIGURES, "feed": 0, **told} for told in levels(facts, rows)]
    return pd.DataFrame(found, columns=COLUMNS)


FIGURES = "figures"  # what is no element: numbers beside them


def cues(facts, feed, element):
    """Statements by the element's own rules, or by those of another (lead.call); the key is the facet. `feed.words`
    label: they name nothing themselves."""
    groups, (whose, _, facet) = {}, feed.what.rpartition(".")
    for r in facts.within("statements", whose or element.key, "element"):
        bare = cue_rules().get(r.rule, BARE)["zh"] == BARE["zh"]
        if facet in ("", r.facet):
            groups.setdefault((r.sentence if bare else r.id, r.facet, r.status), []).append(r)
    for own in groups.values():
        yield {**_cue(facts, own), "named": feed.words != "label"}


BARE = {"zh": "{x}", "en": "{x}"}  # a rule that says no more than its words: several in a sentence are one list
TOLD = 3  # things of a list that a cell has room for


def _cue(facts, own):
    """One statement of a rule, or a list of the words that rules caught in one sentence."""
    first, few = own[0], own[:TOLD]
    words = [{"x": r.x, "y": r.y, "n": _nearest(facts, r)} for r in few]
    glossed = [{k: facts.glossed(v) for k, v in w.items()} for w in words]
    words, glossed = (
        [w | {"at": w["n"] and at.format(w["n"])} for w in ws] for ws, at in ((words, "（{}）"), (glossed, " ({})"))
    )
    rules = [cue_rules().get(r.rule, BARE) for r in few]
    zh = [rule["zh"].format(**w).replace("等”", "”等") for rule, w in zip(rules, words, strict=True)]
    en = [rule["en"].format(**w).strip() for rule, w in zip(rules, glossed, strict=True)]
    said = {"zh": listed(zh, "zh") + ("等" if len(own) > TOLD else ""), "en": listed(en, "en")}
    where = facts.part(first.source, first.where)
    row = candidate(own, key=first.facet, items=tuple(zip(zh, en, strict=True)), where=where, **said)
    for q in _counting(facts, own):
        noun = english.english(q.noun) or lowered(facts.en(q.indicator, "indicator")) or facts.en("of_them", "told")
        zh, en = (f"{simplified(q.surface)}{q.noun}", f"{written(q)} {noun}")
        row |= {"zh": f"{row['zh']}（{zh}）", "en": f"{row['en']} ({en})"}
        row["ids"] += (q.id,)
    return row


def _nearest(facts, r):
    """The named thing before a row in its sentence, or the post or centre told of by the same element: the later of
    them; "" where none is."""
    told = [s for s in facts.within("statements", r.sentence) if s.element == r.element and s.start < r.start]
    told = [(s.start, s.x) for s in told if s.facet in ("post", "centre")]
    named = facts.before(r)
    told += [(named.start, named.name)] if named is not None else []
    return max(told)[1] if told else ""


def _counting(facts, own):
    """The number right before the words of a statement, which says how many of them there are, if they have no number
    of their own; else no rows."""
    first = own[0]
    rows = [q for q in facts.within("quantities", first.sentence) if q.relation == "level" and q.unit_kind == "count"]
    rows = [q for q in rows if first.start <= q.end <= first.end]
    return rows if len(rows) == len(own) == 1 and rows[0].end == first.start else []


def teams(facts, feed, element):
    """Who heads squads, groups and the like, where the text says so of no more than these: one row a kind of actor."""
    rows = facts.corpus.roles.query("scope == 'team' and status not in ('absent', 'case')")
    (zh, en), rows = facts.both("team", "head"), rows[rows["role"].isin(feed.what.split("|"))]
    for (_, actor), own in rows.groupby(["place", "actor"], sort=False):
        kind = own["actor_kind"].iloc[0]
        who = lowered(english.english(actor) or facts.en(kind, "actor_kind"))
        yield candidate(own, key=kind, named=True, zh=actor + zh, en=f"{en} {who}")


def roles(facts, feed, element):
    """Who has a role, one row an actor's kind (`leads` and `heads`: one a formula), the key is the kind."""
    rows = facts.corpus.roles[facts.corpus.roles["status"] != "absent"]
    rows = rows[rows["role"].isin(feed.what.split("|"))]
    rows = kept(rows, holding(feed.words, rows["surface"].map(simplified)))
    if feed.counted:
        rows = kept(rows, [not any(p.startswith(feed.counted) for p in facts.beside(r)) for r in rows.itertuples()])
    if feed.what in ("joins", "supports"):
        return _kinds(facts, rows[rows["actor_kind"].isin(PARTNERS)])
    rows = rows[rows["scope"] != "team"]
    if feed.what == "hosts":
        rows = rows[(rows["status"] != "case") & (rows["actor_kind"] != "")]
        several = rows.groupby(["source", "formula"])["actor_kind"].transform("nunique") > 1
        return _kinds(facts, rows[~several])  # what several build together nobody heads
    return _formulas(facts, rows, element.key)


def _kinds(facts, rows):
    """One row a kind of actor, the kind with most statements first: the actors by their words; those of single cases
    only where no others are."""
    for (_, kind), every in rows.groupby(["place", "actor_kind"], sort=False):
        standing = every[every["status"] != "case"]
        own = standing if len(standing) else every
        wheres = [facts.where(r) for r in own.itertuples()]
        where = min(wheres, key=len)
        best = kept(own, [w == where for w in wheres])
        first = best.iloc[0]
        actors = [a for a in dict.fromkeys(best["actor"]) if len(a) < 9]
        actors = [a for a in actors if not any(a != b and a in b for b in actors)]
        actors, others = actors[:NAMED], len(actors) > NAMED
        (label, en_label), (does, en_does) = facts.both(kind, "actor_kind"), facts.both(_done(first["rule"]), "head")
        told = [e for e in dict.fromkeys(english.english(a) or english.placed(a) for a in actors) if e]
        zh, en, named = "、".join(actors) or label, ", ".join(told) or en_label, first["role"] != "hosts"
        zh += facts.zh("others", "told") * others
        en += f" {facts.en('others', 'told')}" * bool(told and (others or len(told) < len(actors)))
        if not named:
            zh, en = zh + does, f"{en_does} {lowered(en if told else en_label)}"
        more = {"ids": tuple(own["id"]), "strength": len(own), "named": named, "where": where}
        yield candidate(best, key=kind, zh=zh, en=en, **more)


NAMED = 2  # actors of a kind that are named


def _done(rule):
    """What a host does by the rule that found it: build something, or be in charge of the work."""
    return "builds" if rule.startswith("subject.") else "hosts"


def _formulas(facts, rows, element):
    """One row a role formula: its words, or who has the role."""
    for _, own in rows.groupby(["source", "formula", "start", "end"], sort=False):
        first, kinds = own.iloc[0], sorted(set(own["actor_kind"]) - {""})
        words, actor, (does, en_does) = simplified(first["surface"]), first["actor"], facts.both(first["role"], element)
        en = "" if words == actor else english.english(words)
        bare = words == actor or len(words) > 16 or first["rule"].startswith("subject.")
        zh = actor + does if bare and not actor.endswith(does) else actor if bare else words
        lead = " and ".join(facts.en(k, "actor_kind").lower() for k in kinds) or actor
        lead = len(kinds) < 2 and english.composed(actor) or lead
        said = {"zh": zh, "en": en or f"{en_does} {lowered(lead)}", "where": facts.where(first)}
        if gloss := facts.glosses.get(actor):  # a short name in full
            said["gloss"] = actor, gloss["zh"]
        yield candidate(own, key="+".join(kinds) or "other", named=True, **said)


def initiatives(facts, feed, element):
    """Named things of some kinds, in sentences where one of the element's practices is coded; with their number."""
    whose = {"key": "unstated"} if "unstated" in element.keys else {}
    for r in _among(facts, feed).drop_duplicates(["place", "name"]).itertuples():
        yield {**_named(facts, r), **whose}


def _among(facts, feed):
    """The named things of `feed.what`, KINDS@PRACTICES, whose name holds `feed.words`."""
    kinds, _, codes = feed.what.partition("@")
    rows = facts.names if kinds == "*" else facts.names[facts.names["type"].isin(kinds.split("|"))]
    rows = kept(rows, [_wanted(facts.beside(r), codes) for r in rows.itertuples()])
    return kept(rows, holding(feed.words, rows["name"]))


def _wanted(found, wanted):
    """Whether one of the practices is among those wanted: codes, or beginnings of codes that end in _; "": any."""
    return not wanted or any(c == w or w.endswith("_") and c.startswith(w) for c in found for w in wanted.split("|"))


def _named(facts, r, zh="{}", en="{}"):
    gloss = facts.glosses.get(r.name, {})
    told = english.english(r.name) or gloss.get("en", "") or english.composed(r.name) or facts.en(r.type, "type")
    row = candidate(
        r, key=r.name, zh=zh.format(r.name), en=en.format(f"{r.name} ({told})"), named=True, where=facts.spot(r)
    )
    if adds(gloss.get("zh", ""), r.name):
        row["gloss"] = r.name, f"{r.name}（{gloss['zh']}）"
    numbers = [facts.numbers.loc[i] for i in facts.owned.get(r.key, ()) if i in facts.numbers.index]
    numbers = [q for q in numbers if q["status"] != "case" and q["relation"] == "level" and pd.notna(q["value"])]
    q = max(numbers, key=lambda q: q["value"]) if numbers else None
    if q is not None and q["value"] > 1:
        row |= dict(q[NUMBER])
        row |= {"zh": f"{row['zh']}{simplified(q['surface'])}", "en": f"{written(q)} {row['en']}"}
        row["ids"] += (q["id"],)
    return row


def hubs(facts, feed, element):
    """Where data flow together: named things as for `initiatives`, whose they are, how far they reach (`feed.counted`:
    what may be counted as joined); the first of the practices makes one stronger."""
    first = feed.what.partition("@")[2].split("|")[0]
    for r in _among(facts, feed).itertuples():
        yield _hub(facts, r, _reach(facts, r, feed.counted), first in facts.codes.get(r.sentence, ()))


def _hub(facts, r, reach, flows):
    owner = _owner(facts, r)
    who = [label + mark for label, mark in zip(facts.both(owner, "actor_kind"), ("：", ": "), strict=True) if owner]
    row = _named(facts, r, *(w + "{}" for w in who))
    if reach:
        row["zh"] += "，汇集" + "、".join(simplified(q.surface) + q.noun for q in reach)
        row["en"] += ", fed by " + ", ".join(f"{written(q)} {english.english(q.noun) or q.noun}" for q in reach)
        row |= {"ids": (*row["ids"], *(q.id for q in reach)), "value": reach[0].value}
    many = any(q.indicator == "partner_departments" for q in reach)
    row["key"] = owner or ("shared" if many else "unstated")
    return {**row, "strength": 1 + flows + 2 * bool(reach) + 2 * bool(owner)}


def _reach(facts, r, nouns):
    """The numbers in a sentence that say how many systems, departments, kinds of data come together."""
    rows = [q for q in facts.within("quantities", r.sentence) if re.search(nouns or "^$", q.noun)]
    rows = [q for q in rows if q.relation == "level" and q.unit not in ("%", "大") and r.name not in q.noun]
    return rows[:2]


BUILT = 30  # raw characters between the word that says who builds and what is built
NEAR = 8  # raw characters between a network and a platform that stands on it


def _owner(facts, r):
    """police, government or "": who is named in the name, else who builds it in the same sentence; of a platform that
    is told by its network (与政务外网的平台打通) nothing is known."""
    if any(n.facet == "network" and 0 <= r.start - n.end <= NEAR for n in facts.within("statements", r.sentence)):
        return ""
    actors = (m for m in facts.within("mentions", r.sentence) if m.kind == "actor")
    inside = {m.type for m in actors if m.start < r.end and m.end > r.start}
    for kind in ("police", "government"):
        if kind in inside:
            return kind
    hosts = [h for h in facts.within("roles", r.sentence) if h.role == "hosts" and h.start <= r.start]
    hosts = [h for h in hosts if r.start - h.end < BUILT]
    if hosts:
        return hosts[-1].actor_kind
    return "government" if facts.own.get(r.source, "-")[:2] == r.name[:2] else ""


def loops(facts, feed, element):
    """The stages of each loop, whose it is and whether the text calls it closed; the key is the last stage."""
    for _, own in facts.corpus.loops.groupby(["source", "loop"], sort=False):
        own = own.sort_values("order")
        first, key = own.iloc[0], own["stage"].iloc[-1]
        closed, whose = first["closes"] == "true", _called(facts, own) or _whose(facts, first)
        zh = (f"{whose}：" if whose else "") + "—".join(own["stage_text"]) + ("（闭环）" if closed else "")
        stages = " – ".join(_stage(facts, r) for r in own.itertuples())
        en = (f"{facts.glossed(whose)}: " if whose else "") + stages + (" (closed)" if closed else "")
        more = {"strength": 1 + closed, "value": len(own), "where": facts.where(first)}
        yield candidate(own, key=key, zh=zh, en=en, named=bool(whose), **more)


def _stage(facts, r):
    """A stage in English: its own words, else its kind; … where neither is known."""
    own = facts.en(r.stage_text, "stage")
    told = own if own != r.stage_text else english.english(r.stage_text)
    return lowered(told) or (lowered(facts.en(r.stage, "stage")) if r.stage != "other" else "…")


CALLED = 16  # raw characters between a loop and what it is called: 以发现、处置的闭环的“X”模式


def _called(facts, stages):
    """The named thing right behind the last stage of a loop, by which it goes; "" where none is."""
    end = stages["end"].max()
    rows = [m for m in facts.within("mentions", stages["sentence"].iloc[0]) if m.kind == "initiative"]
    return next((m.name for m in sorted(rows, key=lambda m: m.start) if 0 <= m.start - end <= CALLED), "")


KIND_OF = 3  # characters of what names of one kind end with; 中心 alone says nothing


def _whose(facts, row):
    """The named thing that a loop is of; where more of its kind are counted between (建成甲调解中心、20个乙调解中心),
    the kind: what their names end with; "" where that is a mere word."""
    named, rows = facts.before(row), facts.within("quantities", row.sentence)
    if named is None:
        return ""
    between = [q.noun for q in rows if named.end <= q.start <= row.start and q.noun.endswith(named.name[-2:])]
    kind = commonprefix([name[::-1] for name in (named.name, *between)])[::-1]
    return kind if len(kind) >= KIND_OF else ""


def formulas(facts, feed, element):
    """The numbers and names that a model goes by; strength: in how many sentences it or its parts stand. Where it is
    told of, its last part tells. `feed.what`: told, those of which the text names a part; open, the
    others, in one row."""
    rows = facts.corpus.formulas
    rows = kept(rows, holding(feed.words, rows["name"]))
    if feed.what:
        named = (rows["named"] == "true").groupby([rows["place"], rows["name"]]).transform("any").astype(bool)
        if feed.what == "open":
            yield from _open(facts, rows[~named])
            return
        rows = rows[named]
    for (place, name), own in rows.groupby(["place", "name"], sort=False):
        named = int((own["named"] == "true").sum())
        if not named and not HAN.search(name):
            continue  # a number alone
        model = _models(facts, place, name)
        first = own[own["named"] == "true"].drop_duplicates("part").head(6)
        left = own["part"].nunique() > len(first) or (own["named"] != "true").any()
        parts = _joined(_numbered(first["part"], first["count"], facts.zh("numbered", "told")), first["count"])
        parts += facts.zh("others", "told") if left and named else ""
        told = _known(_numbered(first["part"].map(facts.told), first["count"], facts.en("numbered", "told")), left)
        if len(open_ := first[first["count"].isna()]) and first["count"].notna().any():  # 4+X: the X apart
            known = first.drop(open_.index)["part"].map(facts.told), open_["part"].map(facts.told)
            told = " + ".join(_known(part, bool(n) and left) for n, part in enumerate(known))
        shown = parts and re.sub("[、+]", "", parts) != re.sub("[、+]", "", name)
        spread = len({*own["sentence"], *model["sentence"]})
        zh, en = (f"（{parts}）", told and f": {told}") if shown else ("", "")
        if not named:
            zh, en = "（{}）", " ({})"
            zh, en = (words.format(label) for words, label in zip((zh, en), facts.both("unnamed", "told"), strict=True))
        more = {"named": bool(len(model)) or spread > 2, "strength": 10 * spread + min(named, 9), "value": len(own)}
        more |= {"ids": (*own["id"], *model["id"]), "where": facts.where(own.loc[own["end"].idxmax()])}
        yield candidate(own, key=name, zh=name + zh, en=english.glossed(name) + en, **more)


def _open(facts, rows):
    """One row for the formulas of which the text names no part, those of a part of the place apart; in English those
    that have a gloss."""
    rows = kept(rows, [bool(HAN.search(name)) for name in rows["name"]])
    last = rows.sort_values("end").drop_duplicates(["place", "name"], keep="last").sort_values("start")
    wheres = [facts.where(r) for r in last.itertuples()]
    for (_, where), own in last.assign(at=wheres).groupby(["place", "at"], sort=False):
        names = list(own["name"])
        told = [english.glossed(n) for n in names if english.english(n)]
        zh, en = facts.both("unnamed", "told")
        others = f" {facts.en('others', 'told')}" if 0 < len(told) < len(names) else ""
        en = f"{listed(told or names, 'en')}{others} ({en})"
        said = {"zh": f"{listed(names, 'zh')}（{zh}）", "en": en, "where": where, "value": len(names)}
        yield candidate(own, key=names[0] if len(names) == 1 else "open", named=False, strength=1, **said)


def _numbered(parts, counts, text):
    """The parts of a formula, each with how many it is of (as `text` has it) where the formula counts more than one of
    any."""
    several, found = (counts > 1).any(), zip(parts, counts, strict=True)
    return [text.format(n=f"{n:.0f}", part=part) if several and n > 0 else part for part, n in found]


def _joined(parts, counts):
    """The parts of a formula as a list; one that it does not count, the X of 4+X, apart."""
    signs = [" + " if n != n and counts.notna().any() else "、" for n in counts]
    return "".join(sign * bool(k) + part for k, (sign, part) in enumerate(zip(signs, parts, strict=True)))


def _known(words, left):
    """Words as a list in English; those that are not, and those that are left, are told as others."""
    known = [w for w in words if not HAN.search(w)]
    return ", ".join(known) + (" and others" if known and (left or len(known) < len(words)) else "")


def _models(facts, place, name):
    """The mentions of a model that bears the name of a formula."""
    rows = facts.corpus.mentions
    rows = rows[(rows["kind"] == "initiative") & (rows["place"] == place) & (rows["type"] == "model")]
    return rows[rows["name"].str.contains(name, regex=False)]


BETTER = ("up", "down", "zero")


SURE = 2  # the strength from which a coding says that something is done, not only spoken of


SHOWN = 10  # characters of the words of a coding that stand behind its label


def _alone(rows, label):
    """The words that a practice was read from where a text has it once only; "" where they say what its label says."""
    words = rows[0].surface if len(rows) == 1 else ""
    return words if len(words) <= SHOWN and unlike(unquoted(simplified(words)), label) else ""


def coded(facts, feed, element):
    """A practice by its label, where nothing more is known of it: of the whole place if any coding is, of one case only
    if all are; a word for a safeguard alone says so."""
    for own in facts.practised:
        practice, best = own[0].practice, min(own, key=_rank)
        bare = best.status == practices.NAMED
        if not _wanted({practice}, feed.what) or best.strength < SURE and not bare or _measured(facts, feed, own):
            continue
        (zh, en), key = facts.both(practice), "unstated" if "unstated" in element.keys else practice
        words = _alone(own, zh)
        more = [f"（{simplified(words)}）", f" ({english.english(words) or words})"] if words else ["", ""]
        more = ["（仅见其词）", " (the word only)"] if bare else more
        said = {"zh": zh + more[0], "en": en + more[1]}
        said |= {"strength": int(best.strength), "ids": tuple(r.id for r in own), "named": False}
        status = "ongoing" if bare else best.status
        yield candidate(best, key=key, status=status, where=best.part, **said)


def _measured(facts, feed, own):
    """Whether a safeguard is but what some result is measured by: 投诉 in 投诉减少21.5%."""
    rows = [(c, r) for r in own for c in facts.within("claims", r.sentence) if c.direction in ("up", "down", "zero")]
    return feed.what == SAFEGUARDS and {r.id for c, r in rows if c.start <= r.start < c.end} == {r.id for r in own}


SAFEGUARDS = "safe_"  # the beginning of their codes


def _rank(coding):
    """Of several codings the least stands for them: sure, of no case, of the whole place, done."""
    status = practices.RANK.get(coding.status, len(practices.RANK))
    return coding.strength < SURE, coding.status == "case", coding.part != "", status


MANY = 5  # sentences from which a text may be said to tell no single case


def tellings(facts, feed, element):
    """How many sentences of a place's texts tell a single case; that none does is told too, of texts that tell anything
    but who there is in MANY sentences, and of which nothing else says how they tell it."""
    named = set(facts.corpus.statements.query("element == @element.key and status != 'case'")["place"])
    tables = [facts.corpus.tables[t] for t in ("mentions", "quantities", "claims", "roles", "statements")]
    told = pd.concat([t.loc[t["status"] == "case", ["place", "source", "sentence", "id", "start"]] for t in tables])
    mentions, *others = tables
    said = pd.concat([t[["place", "sentence"]] for t in (mentions[mentions["kind"] != "actor"], *others)])
    many = said.groupby("place")["sentence"].nunique() >= MANY
    for place, texts in facts.corpus.sources.groupby("place", sort=False):
        one = told[told["place"] == place].drop_duplicates("sentence")
        if not len(one) and (place in named or not many.get(place, False)):
            continue
        n, ids = len(one), tuple(one["id"]) or tuple(texts["id"])
        row = {"place": place, "source": texts["id"].iloc[0], "start": 0, "ids": ids, "strength": 1, "status": "done"}
        key = CASES if n else "institutions"
        zh, en = (label.replace("{n}", str(n)) for label in facts.both(key, "told"))
        yield {**row, "named": True, "key": key, "value": n or None, "zh": zh, "en": singular(en) if n == 1 else en}


READ = dict(
    zip(
        KINDS,
        (cues, roles, teams, indicators, initiatives, coded, hubs, loops, formulas, claims, tellings, stories),
        strict=True,
    )
)
