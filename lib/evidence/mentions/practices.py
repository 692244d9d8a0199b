"""Practice codings: where a sentence shows a practice of the codebook, how firmly, and whether it is done."""

from bisect import bisect_left
from collections import namedtuple

from lib import rules
from lib.evidence import context
from lib.evidence.mentions import cues as codebook
from lib.evidence.mentions.matcher import longest
from lib.reading import places

LONGEST = 24  # characters of a cue that are shown: a released surface is no quotation
Match = namedtuple("Match", "hit cue status strength counted")


def find(document, lexicon):
    """Practice rows, one a sentence and code: the best cue's span, key, name, strength, status, place, origin."""
    book, rows = codebook.load(lexicon), []
    named = _named(document)
    for sentence, codable in zip(document.sentences, context.codable(document), strict=True):
        if codable:
            place = _place(named, sentence, document.entry.get("place_zh", ""))
            matches = best(_matches(document, sentence, lexicon))
            rows += [_row(sentence, match, book, place) for match in matches]
    return rows


def _matches(document, sentence, lexicon):
    """The cues of a sentence whose conditions hold, without those inside a word that hides them."""
    book, words = codebook.load(lexicon), document.words(sentence)
    found = {}
    for hit in book.matcher.hits(words):
        a, b = context.clause(words, hit.start, hit.end)
        clause, near, cue = words[a:b], context.around(words, hit.start, hit.end), book.cues[hit.rule]
        status, _ = rules.status(document, sentence.start + hit.start, sentence.start + hit.end)
        status = status or ("done" if context.counted(clause) else "ongoing")
        if status != "past" and all(condition.holds(clause, near, status) for condition in cue.conditions):
            whole = context.extended(words, a, b)
            found[hit] = Match(hit, cue, status, _strength(cue, whole, status), context.counted(whole))
    kept = longest(found, lambda hit: book.cues[hit.rule].hides)
    return [found[hit] for hit in kept if found[hit].cue.practice != codebook.NO_CODE]


def _strength(cue, clause, status):
    """2 where the clause shows the practice (a number, a name, an act, a story), 1 where it only names it."""
    return cue.strength or 1 + bool(status == "case" or cue.strong and cue.strong.search(context.DATE.sub("", clause)))


def best(matches):
    """One match for each practice: the stronger, then the one in a clause with a count, the earlier, the longer."""
    chosen = {}
    for match in sorted(matches, key=lambda m: (-m.strength, not m.counted, m.hit.start, -m.hit.end)):
        chosen.setdefault(match.cue.practice, match)
    return sorted(chosen.values(), key=lambda m: (m.hit.start, m.cue.practice))


def _row(sentence, match, book, place):
    practice = book.practices[match.cue.practice]
    start, end = match.hit.start, min(match.hit.end, match.hit.start + LONGEST)
    return {
        "start": sentence.start + start,
        "end": sentence.start + end,
        "kind": "practice",
        "key": match.cue.practice,
        "name": practice["zh"],
        "type": "",
        "strength": match.strength,
        "status": match.status,
        "place": place,
        "origin": practice["origin"],
    }


def _named(document):
    """(start, name) of the counties and zones named, in order; where the source's city is known, only those in it."""
    own = {code[:4] for _, _, _, code in places.mentioned(document.entry.get("place_zh", "")) if code}
    found = [
        (start, name, code)
        for start, _, name, code in places.mentioned(document.text.chars)
        if code and places.level(code) in ("county", "zone")
    ]
    return [(start, name) for start, name, code in found if not own or code[:4] in own]


def _place(named, sentence, whole):
    """The first county or zone that a sentence names, else the source's own place."""
    at = bisect_left(named, (sentence.start, ""))
    return named[at][1] if at < len(named) and named[at][0] < sentence.end else whole
