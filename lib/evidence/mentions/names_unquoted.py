"""Names without quotation marks: a proper or long modifier before a head noun, after a verb that makes or uses it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from operator import itemgetter

from lib import rules
from lib.evidence.mentions import context
from lib.evidence.mentions import name_words as words
from lib.evidence.mentions.names_quoted import MADE, TITLE, Candidate, in_heading
from lib.lexicon import compiled
from lib.reading import person_words, segmentation
from lib.reading.spans import HANZI
from lib.rules import engine

BREAK = re.compile(f"[^{HANZI}A-Za-z0-9·+]+")
OWNER, BODY, LEAD = compiled("owner of a name"), compiled("body before its verb"), compiled("leads to a name")
TALK, FORMULA = compiled("words that no proper name has"), compiled("formula in a name")
WORKS, APART, ONE = compiled("public works"), compiled("before a campaign's own name"), compiled("one of a kind")
WAY, ROOM, ELDER = compiled("way of work"), compiled("room of one person"), compiled("form of address before a surname")
ARTICLE = compiled("article before a thing that is described")
JOIN, AMONG = compiled("joins of one sign"), compiled("and others").pattern
NUMBERED = re.compile(rf"(?<=[{HANZI}]{{4}})(?:\d+、)+$")  # 地铁1、2号线
POINT, DIGITS = ".", "0123456789"
BEHIND = (AMONG, "”", "’")  # a name of its own begins after none of these
LONGEST = 22
LONG_OWN, SHORT_OWN = 7, 4  # characters of a campaign's own words: of common words, of others
ENOUGH = {"mechanism": 3, "programme": 3, "model": 4, "station": 2, "team": 2, "platform": 1, "centre": 2, "code": 2}
FRAMES = {
    "name.call": 2,
    "name.found": 2,
    "name.make": 1,
    "name.do": 1,
    "name.use": 1,
    "name.practise": 1,
    "name.made_up_of": 3,
}
ADVERBS = ("d", "ad")
CAMPAIGN = ("name.do", "name.practise")  # what is carried out has a name on any subject
COUNT, KINDS_OF = 10, ("platform", "centre")  # characters of a count; what several of are a kind of thing


def candidates(document, known, near=()):
    """Every unquoted name of the text, in order; `near` are names of places that the text uses."""
    verbs = {h.end for h in rules.hits(document, "name.before") if h.row.id in FRAMES}
    titles = [m.span() for m in TITLE.finditer(document.chars)]
    heads = sorted({end for _, _, end in known.bare.find_matches_as_indexes(document.text.chars, overlapping=True)})
    told = near, verbs, titles, heads
    found = [c for span in document.clauses for c in _clause(document, known, span, told)]
    led = {hit.end: hit.start for hit in rules.hits(document, "name.campaign")}
    campaigns = [*_campaigns(document, known)]
    whole = {c.end for c in campaigns}  # 渔村经济发展3年行动 is no 发展3年行动
    found = [c for c in found if c.start >= led.get(c.end, 0) and c.end not in whole] + campaigns
    times = Counter(c.words for c in found)
    return [c for c in found if c.points + (times[c.words] > 1) + 2 * bool(WAY.search(c.words)) >= ENOUGH[c.kind]]


def _campaigns(document, known):
    """Campaigns and ways of work: all words between a verb and a head noun, verbs and quotes among them."""
    chars = document.text.chars
    for hit in rules.hits(document, "name.campaign"):
        head, close = words.ending(known, chars[hit.start : hit.end]), chars.find("”", hit.start, hit.end)
        quoted = close >= 0
        start, end = (hit.start + 1, close) if quoted else (_lead(known, chars, hit.start, hit.end), hit.end)
        start += 0 if quoted else APART.match(chars, start, end).end() - start
        name, at = chars[start:end], end + quoted
        coined = quoted and not (name in known.emphasis and not FORMULA.search(name))
        stands = hit in engine.readings(document, hit.start, hit.end, "name.campaign")
        works = WORKS.search(name)
        if stands and head and not works and (coined or not quoted and _coined(known, name[: -len(head.word)], head)):
            points = int(hit.row.reading) - 2 * (rules.status(document, hit.start, hit.end)[0] == "norm")
            yield Candidate(start, end, name, at, hit.end - at, head.kind, points, hit.row.id, "")


def _coined(known, own, head):
    """Whether the words before a head noun are a name's own: long, or no words that any place uses."""
    common = words.common(known, own)
    if head.kind != "programme":
        return not (common or words.plain(known, own)) and (len(own) >= SHORT_OWN or len(head.word) > 2)
    return len(own) >= LONG_OWN or len(own) >= SHORT_OWN and not common


def _clause(document, known, span, told):
    """The names of one clause, in the pieces between its marks; a list goes on with the verb that opened it."""
    (near, verbs, titles, heads), chars, at, led = told, document.text.chars, span[0], ""
    if bisect_right(heads, span[0]) == bisect_right(heads, span[1]):
        return
    first, last = bisect_right(titles, span[0], key=itemgetter(1)), bisect_left(titles, span[1], key=itemgetter(0))
    quoted = [*document.quoted(*span), *titles[first:last]]
    for gap in [*BREAK.finditer(chars, *span), None]:
        end = gap.start() if gap else span[1]
        headed = bisect_right(heads, at) < bisect_right(heads, end)
        if headed and end - at > 4 and not any(a < at and end < b for a, b in quoted):
            for start, stop, head in _spans(document, known, (at, end), verbs):
                start = _lead(known, chars, start, stop - len(head.word))
                before, rule = rules.read(document, start, stop, "name.before")
                led = rule if rule in FRAMES else led if JOIN.fullmatch(chars, start - 1, start) else ""
                frame = FRAMES.get(led, min(0, int(before or 0)))
                points = _points(document, known, (start, stop, head), (near, led)) + frame
                behind = rules.read(document, start, stop, "name.after")[1]
                points += behind == "name.launch" or behind == "name.lever" and head.kind == "programme"
                points += int(rules.read(document, start, stop, "name.speaker")[0] or 0)
                if _fits(chars[start:stop], head) or _persons(document, chars[start:stop], head):
                    why = f"name.bare:{led}" if led else "name.bare"
                    maker = words.origin(known, chars[span[0] : start]) if _made(led, head) else ""
                    yield Candidate(start, stop, chars[start:stop], stop, 0, head.kind, points, why, maker)
        at = gap.end() if gap else end


def _made(rule, head):
    """Whether a verb tells that somebody made the thing; to build a station or a centre is no invention."""
    return rule in MADE and (rule == "name.found" or head.kind not in ("station", "centre"))


def _spans(document, known, span, verbs):
    """(start, end, head) of words back from a head noun to the nearest word that no name runs over."""
    chars, at = document.text.chars, span[0]
    border, tokens, dotted = at, words.tokens(known, chars[span[0] : span[1]]), "·" in chars[span[0] : span[1]]
    counts = [m.span() for m in known.counted.finditer(chars, *span)]
    for i, (token, tag) in enumerate(tokens):
        at += len(token)
        led = at in verbs and (at - len(token) - border < 2 or _acts(known, tokens, i)) or _governs(known, tokens, i)
        led = led or tag == "v" and i > 0 and tokens[i - 1][0] in known.ends  # 进一步|提升
        heads_next = i + 1 < len(tokens) and tokens[i + 1][0] in known.heads and at not in verbs
        ends = words.ends(known, token, tag) and not (
            tag == "v" and heads_next and token not in known.ends or dotted and len(token) == 1
        )
        if led or JOIN.fullmatch(token) or ends:
            border = next((b for a, b in counts if a < at < b), at)  # 12起|次: a unit is one word
            continue
        ahead = tokens[i + 1][0] if i + 1 < len(tokens) else ""
        whole = words.ending(known, chars[border:at] + ahead)
        if whole and len(ahead) < len(whole.word) <= at - border:  # a head that the tokens part: 联防队|伍
            at_whole = at + len(ahead)
            if whole.bare and not _goes_on(known, tokens[i + 2 :]):
                yield border, at_whole, whole
            border = at_whole
            continue
        head = words.ending(known, chars[border:at])
        if head and head.bare and not _goes_on(known, tokens[i + 1 :]):
            yield border, at, head
            border = at


def _acts(known, tokens, at):
    """Whether a verb that also stands in names is here what somebody does: first of its piece or behind a body."""
    token, (before, tag) = tokens[at][0], tokens[at - 1] if at else ("", "")
    acts = not before or tag == "ns" or BODY.search(before)
    return token not in known.common and token not in known.inside or bool(acts)


def _governs(known, tokens, at):
    """Whether a word is a verb that opens its piece and has an object: 提升|开放平台."""
    (token, own), (before, tag) = tokens[at], tokens[at - 1] if at else ("", "")
    opens = not before or JOIN.fullmatch(before) or BODY.search(before) or tag in ADVERBS
    verb = token in known.governs and (len(token) > 1 or own[0] == "v")  # 市|域 begins no name cut from its city
    return bool(opens) and verb and at + 1 < len(tokens) and tokens[at + 1][0] not in known.heads


def _goes_on(known, following):
    """Whether the words behind a head noun carry the name on: 数据中心|公安|分中心."""
    ahead = ""
    for token, tag in following[:4]:
        if token in "+·":
            return True
        if words.ends(known, token, tag) or tag[0] in "mq":
            return False
        ahead += token
        head = words.ending(known, ahead)
        if head and head.bare:
            return True
    return False


def _fits(name, head):
    return head.bare <= len(name) <= LONGEST and name != head.word and not TALK.search(name)


def _persons(document, name, head):
    """Whether a room is named for a person: 韩大山调解室, 老韩工作室."""
    own, people = name.removesuffix(head.word), person_words.compiled(document.lexicon)
    elder = ELDER.match(own)
    rest = own[elder.end() :] if elder else own
    whole = person_words.surname(rest, 0, people) if elder else person_words.end_of_name(rest, 0, people, sure=False)
    return bool(ROOM.fullmatch(head.word)) and whole == len(rest) > 0


def _points(document, known, found, told):
    """What the words themselves say for a name: length, words that not any place uses, a formula, a place before."""
    (start, end, head), (near, led) = found, told
    chars = document.text.chars
    name, owner = chars[start:end], OWNER.match(chars[start : end - len(head.word)])
    own = name[owner.end() :] if owner and len(name) - owner.end() - len(head.word) > 1 else name
    if _persons(document, own, head):
        return ENOUGH[head.kind]
    bare = own[: -len(head.word)]
    formula = bool(FORMULA.search(name[: -len(head.word)]))
    plain = words.common(known, bare) or head.kind == "mechanism" and words.plain(known, bare)
    usual = plain and not formula
    points = 2 * formula + (chars[end : end + 1] == AMONG) - 2 * (chars[start - 1 : start] in BEHIND)
    works = WORKS.search(own)
    many = head.kind in KINDS_OF and _many(known, chars, start) or usual and known.counted.match(chars, end)
    apart = not _on_subject(document, start) and (head.kind != "programme" or led not in CAMPAIGN)
    points -= 3 * bool(works or many) + in_heading(document, start) + 3 * apart
    points -= 2 * (bool(ARTICLE.fullmatch(chars, max(0, start - 2), start)) and not formula)
    points -= 3 * (usual and head.kind == "team" and led == "name.made_up_of")  # 由群众组成的义警队伍 is described
    if usual and head.kind == "centre":
        return points - 2  # an institution that stands everywhere, whoever owns it
    points += (len(own) > 6) + (len(own) > 9)
    if not usual:
        points += 1
    elif head.kind != "platform" or len(own) < 8 or not led:
        points -= 1 + 2 * (len(own) < 8)
    local = any(name.startswith(p) for p in near)
    points += local or bool(owner) and head.kind != "centre"  # 分局侦查中心 is an office of any such body
    status = rules.status(document, start, end)[0]
    ordered = status == "norm" and not local
    duty = ordered or status == "planned" and head.kind == "mechanism" and head.right > 1
    return points - (1 if head.kind == "platform" else 3) * duty


def _on_subject(document, start):
    return context.on_subject(document)[document.sentence_at(start)]


def _many(known, chars, start):
    """Whether a count of several stands right before a name: 28个|制造业中试平台 are a kind of thing, none by name."""
    before = list(known.counted.finditer(chars, max(0, start - COUNT), start))
    return bool(before) and before[-1].end() == start and not ONE.match(before[-1][0])


def _lead(known, chars, start, end):
    """Where a name begins behind the count and the words that only lead to it: 全市40个, 首个."""
    dot = chars.find("·", start, end)
    counted = list(known.counted.finditer(chars, start, end if dot < 0 else dot))
    start = counted[-1].end() if counted and counted[-1].end() <= end else start
    while start and chars[start - 1] in POINT + DIGITS and chars[start] in POINT + DIGITS:  # 0.|1微克攻坚行动
        start -= 1
    if listed := chars[start] in DIGITS and NUMBERED.search(chars, max(0, start - LONGEST), start):
        return listed.start() - len(segmentation.tagged(chars[listed.start() - 4 : listed.start()])[-1][0])
    led, at = LEAD.match(chars[start:end]), 0
    borders = {at := at + len(word) for word, _ in segmentation.tagged(chars[start:end])} if led else ()
    return start + led.end() if led and start + led.end() < end and led.end() in borders else start
