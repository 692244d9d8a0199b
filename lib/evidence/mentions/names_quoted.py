"""Names in quotation marks: points for and against, by the words themselves and by what stands on either side."""

import re
from collections import Counter
from dataclasses import dataclass

from lib import rules
from lib.evidence.mentions import name_words as words
from lib.lexicon import compiled
from lib.reading import person_words, segmentation
from lib.rules import engine

BETWEEN, ACTS = compiled("between the names of a list"), compiled("what a name does")
AUTHORITY, SUM = compiled("authority before a name"), compiled("sum of parts")  # 三队一室, no 一村一警
ONE_EACH, COUNT = compiled("one for each in a name"), compiled("count before a bare name")
TITLE = re.compile(r"《[^《》\n]*》")  # of a document: it names what is ruled, no thing that is there
SIGNED = compiled("signed by several")
PART, RUN_IN = compiled("particle").pattern, compiled("heading that runs in")
INNER = re.compile("‘[^‘’]+’|“[^“”]+”")
SPEECH = re.compile("[，,。！？]")
BEFORE, AFTER = 40, 40  # characters that are read around a quotation
SERIES = 3  # quotations alike from which they are a series
ENOUGH = 2  # points from which a quotation is a name
THINGS = ("platform", "station", "team", "centre")  # a head noun of these behind a name says what it is
MADE = ("name.found", "name.practise", "name.make", "name.made_up_of")
OWNER = "name.owner"
SOFTWARE = "name.kind.software"  # verbs of software, which weak head nouns don't gainsay: 上线“服务超市”
SURE = ("name.kind.code", "name.kind.nets")  # what tells a kind whatever the head noun
WORD = "name.dictionary"  # a word of the dictionary that a platform or a team is called by
FELT = "name.felt"  # what one raises or shows; of a platform or a team so called it says nothing
AROUND, NUMBER, COUNTED = "name.around", "name.shape.number", "name.shape.counted"  # not beside a head noun: “365”行动
TALK, MEMBERS, AIM = "name.shape.talk", "name.members", "name.aim"  # nor are these: “我为群众办实事”活动, “1+3+N”要求
TO = "name.to"  # a name by its head noun though one came to it: 从“坐等”到“石桥工作法”
SUMS = ("name.shape.plus", "name.shape.sum")
FIGURES = ("name.figure", "name.likened", "name.beside", "name.paints")


@dataclass(frozen=True)
class Candidate:
    """What may be a name: the words at start to end, `tail` characters of a head noun from `close` on, and why.

    `kind` is empty where no head noun and no verb tells it.
    """

    start: int
    end: int
    words: str
    close: int
    tail: int
    kind: str
    points: int
    rule: str
    origin: str
    figure: bool = False  # a figure of speech here, so elsewhere too


def candidates(document, known):
    """Every quoted name of the text, in order."""
    runs = list(_runs(document))
    times = Counter(_inner(document, span) for run in runs for span in run)
    weighed = [[c for span in run if (c := _weighed(document, known, run, span, times))] for run in runs]
    figures = {form for run in weighed for c in run if c.figure for form in _forms(document, c)}
    return [
        c
        for run in weighed
        for c in run
        for company in [len(run) > 1 and any(c.points > ENOUGH for c in run)]  # a point in a list in which one is sure
        if c.points + company - 2 * (not figures.isdisjoint(_forms(document, c))) >= ENOUGH
    ]


def _forms(document, candidate):
    """By what a figure of speech is known again: its words, its last character in its sentence (落脚点, 信息点)."""
    return candidate.words, (document.sentence_at(candidate.start), len(candidate.words), candidate.words[-1])


def _inner(document, span):
    return document.text.chars[span[0] + 1 : span[1] - 1].strip()


def _runs(document):
    """Neighbouring quotations, which share what stands before the first and after the last."""
    run = []
    for span in _quotations(document):
        if run and not BETWEEN.fullmatch(document.text.chars[run[-1][1] : span[0]]):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _quotations(document):
    """The quotations of a text; of speech the quotations within it."""
    for start, end in sorted([*document.quotations, *_signed(document)]):
        inner = [m.span() for m in INNER.finditer(document.chars, start + 1, end - 1)]
        yield from inner if inner and SPEECH.search(document.chars, start, end) else [(start, end)]


def _signed(document):
    """The titles of what several sign: 《石桥渡口联防协议》."""
    titles = TITLE.finditer(document.chars)
    return [m.span() for m in titles if SIGNED.search(document.chars, max(0, m.start() - 4), m.start() + 1)]


def _weighed(document, known, run, span, times):
    """The candidate that a quotation is, with its points; None for the name of a person or of an event."""
    chars, name = document.text.chars, _inner(document, span)
    if not name or known.event.search(name) or _person(document, name):
        return None
    clause = chars[max(document.clause(run[0][0])[0], run[0][0] - BEFORE) : run[0][0]]
    own, end = words.head_after(known, chars[span[1] : span[1] + AFTER])
    shared = len(run) > 1 and span == run[-1] and not words.ending(known, _inner(document, run[0]))
    after = own or words.head_after(known, chars[run[-1][1] : run[-1][1] + AFTER])[0]
    named, apposed = _named(known, name), words.ending(known, clause)
    apposed = None if apposed and apposed.kind in ("station", "centre") else apposed
    inside = None if named and named.word == name else named
    behind = after if end or "、" not in name else None  # a list names something only right before its head noun
    strong = any(h and h.right > 1 for h in (inside, own))
    headed, thing = own and own.right > 1, own and own.right > 1 and own.kind in THINGS
    frames, shapes = list(_frames(document, run, span)), list(_shape(known, name))
    void = {
        rule
        for rule, head in (
            *((FELT, thing), (AROUND, headed), (WORD, thing), (NUMBER, own), (COUNTED, strong)),
            *(
                (TALK, headed),
                (MEMBERS, inside and inside.right > 1 and inside.kind != "team"),
                (TO, inside and inside.right > 1),
                (AIM, any(rule in SUMS for rule, _ in shapes)),
            ),
        )
        if head
    }
    told = [
        *(t for t in [*frames, *shapes] if t[0] not in void),
        *_heads(known, name, (inside, behind, apposed), clause),
    ]
    told += [("name.series", 1)] * (_series(document, span, name) >= SERIES)
    told += [("name.repeated", 1)] * (times[name] > 1) + _place(document, clause, (run, span), name)
    told += [("name.heading", -1)] * (
        in_heading(document, span[0]) or _run_in(document, span) and all(points < 1 for _, points in frames)
    )
    joined = _joined(known, name, clause, own)
    start, full = span[0] + 1 - (len(joined) + 1 if joined else 0), joined + name
    told += [("name.joined", 2)] * bool(joined)
    best = max(told, key=lambda t: t[1], default=("", 0))
    tail = (
        end
        if own
        and own.right > 1
        and not shared
        and (not inside or inside.kind == "programme" or not inside.right and inside.kind != "platform")
        else 0
    )
    if full.endswith("+") and tail:
        full += own.word  # “网格+”夜巡队 and “网格+”调解室 are two
    return Candidate(
        start + len(chars[start : span[1]]) - len(chars[start : span[1]].lstrip()),
        span[1] - 1,
        full,
        span[1],
        tail,
        _kind(
            document,
            name,
            (span, (run[0][0], run[-1][1])),
            (None if ONE_EACH.match(name) else named, own, after, apposed),
        ),
        sum(points for _, points in told),
        best[0],
        _origin(known, clause, [rule for rule, _ in told]),
        any(rule in FIGURES for rule, _ in told),
    )


def _named(known, name):
    """The head noun of a name, or of its part before a dot; none of a sum of parts."""
    return None if SUM.search(name) else words.ending(known, name) or words.ending(known, name.partition("·")[0])


def _joined(known, name, clause, after):
    """The words before the quotes that a short or common word needs to be a name: 治安防控“云平台”, or ""."""
    bare = COUNT.sub("", name, count=1)
    if name in known.emphasis or not (
        bare in known.heads or segmentation.is_word(name) and len(name) < 3 and after and after.right > 1
    ):
        return ""
    tokens, taken = words.tokens(known, clause), ""
    while tokens and len(taken) < 6 and not _ends(known, *tokens[-1]):
        taken = tokens.pop()[0] + taken
    return taken if 2 <= len(taken) <= 6 and not AUTHORITY.search(taken) and taken not in known.heads else ""


def _ends(known, token, tag):
    return words.ends(known, token, tag) or tag in "mqx" or token in known.inside or PART in token


def _person(document, name):
    """Whether quoted words name a person by surname and title: 马经理."""
    people = person_words.compiled(document.lexicon)
    surname = person_words.surname(name, 0, people)
    return bool(surname and len(name) < 6 and people.alone.fullmatch(name[surname:]))


def _frames(document, run, span):
    """(rule, points) of the strongest frame before the run and behind it or the quotation itself."""
    for slot, spans in (("name.before", [run]), ("name.after", [run, [span]])):
        hits = [h for r in spans for h in engine.readings(document, r[0][0], r[-1][1], slot)]
        if hits:
            best = max(hits, key=lambda h: h.row.weight)
            yield best.row.id, int(best.row.reading)


def _shape(known, name):
    """(rule, points) of what quoted words look like: coined words speak for a name, words of the dictionary against."""
    bare = re.sub(r"\s", "", name)
    if bare in known.emphasis:
        yield "name.emphasis_word", -4
        return
    if bare in known.common:
        yield "name.common", -2
    elif segmentation.is_word(bare):
        yield "name.dictionary", -2 if segmentation.is_idiom(bare) else -1
    elif len(bare) > 2 and not words.plain(known, bare):
        yield "name.coined", 1
    yield from ((rule, points) for rule, pattern, points in known.shapes if pattern.search(bare))


def _heads(known, name, heads, clause):
    """(rule, points) of the head nouns inside, behind and before the quotes."""
    inside, after, apposed = heads
    if inside:
        yield "name.head_inside", min(inside.inside, 1 if inside.right and words.generic(known, name) else 2)
    if after:
        yield "name.head_after", after.right + (after.right > 1 and "、" in name)
    if apposed and apposed.right > 1 and len(apposed.word) > 1 and len(clause) > len(apposed.word):
        yield "name.apposed", 1


def _place(document, clause, spans, name):
    """(rule, points) of a quotation that opens its clause and acts there."""
    run, span = spans
    opens = not clause.strip() and len(name) > 2
    return [("name.subject", 1)] if opens and ACTS.match(document.text.chars, run[-1][1]) else []


def in_heading(document, at):
    """Whether a title or a heading stands at a place."""
    return document.passages[document.sentences[document.sentence_at(at)].passage].kind in ("heading", "title")


def _series(document, span, name):
    """How many quotations of a sentence are as long as a name and begin or end like it: “微举报”“微投诉”“微座谈”."""
    sentence = document.sentences[document.sentence_at(span[0])]
    names = [document.chars[a + 1 : b - 1] for a, b in document.quoted(sentence.start, sentence.end)]
    alike = [] if COUNT.match(name) else [n for n in set(names) if len(n) == len(name) > 2]
    return max(sum(n[0] == name[0] for n in alike), sum(n[-1] == name[-1] for n in alike))


def _run_in(document, span):
    """Whether a quotation ends a short sentence that is a heading: 力量汇聚“一体联动”。"""
    sentence = document.sentences[document.sentence_at(span[0])]
    led = document.chars[sentence.start : span[0]].strip()
    return sentence.end - span[1] < 2 and bool(RUN_IN.fullmatch(led))


def _kind(document, name, spans, heads):
    """The kind by the head nouns, strong ones first and inside before behind; else by the verb, else by the words.

    `spans` are those of the quotation itself and of the list that it stands in.
    """
    inside, own, after, apposed = heads
    said, rule = next((r for span in spans if (r := rules.read(document, *span, "name.kind"))[0]), ("", ""))
    if rule in SURE or rule == SOFTWARE and not (inside and inside.inside > 1 or own and own.right > 1):
        return said
    if inside and inside.kind == "team" and words.VERSION.search(name):
        return "platform"  # 管家3.0: no person has a version
    strong = [h for h in (own, apposed) if h and h.right > 1] + [inside] * bool(inside and inside.inside > 1)
    if inside in strong and not (own in strong and own.kind in THINGS):
        return inside.kind
    short = inside and len(inside.word) == 1
    if short and not own and after and after.right > 1:
        return after.kind  # the head noun of a list: “净网”“护网”行动
    if own in strong or apposed in strong and (short or not inside):
        return own.kind if own in strong else apposed.kind
    if inside and not (own and short and own.kind != "programme"):
        return inside.kind
    return after.kind if after else said


def _origin(known, clause, told):
    if any(rule in MADE for rule in told):
        return words.origin(known, clause)
    return "local" if OWNER in told else ""
