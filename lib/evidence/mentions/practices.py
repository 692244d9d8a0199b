"""Practice codings: where a sentence shows a practice of the codebook, how firmly, and whether it is done."""

from bisect import bisect_left
from collections import defaultdict, namedtuple

from lib import rules
from lib.evidence.mentions import context
from lib.evidence.mentions import cues as codebook
from lib.evidence.quantities.place import WHOLE
from lib.reading import places, private, segmentation
from lib.rules.anchors import longest

LONGEST = 24  # characters of a cue that are shown: a released surface is no quotation
INSIDE = "inside words"  # what refuses a cue that no word of the text holds
ALONE = "alone"  # what refuses a cue that needs its practice elsewhere in the text
FEW = 3  # sentences: a text of so few can't say a thing twice
Match = namedtuple("Match", "start end practice rule status strength counted hides alone")


def find(document, lexicon, claims=()) -> list[dict]:
    """Practice rows, one a sentence and code: the best cue's span, key, name, strength, status, place, origin, rule.

    Results are read from the claims of the document, all else from the cues.
    """
    book, rows = codebook.load(lexicon), []
    named, told = _named(document), results(document, book, claims)
    for at, trials in tried(document, book, told).items():
        sentence = document.sentences[at]
        place = _place(named, sentence, document.entry.get("place_zh", ""))
        rows += [_row(match, book, place) for match in best([*kept(trials), *told.get(at, [])])]
    return rows


def kept(trials):
    """The cues of a sentence whose conditions hold, without those inside a word that hides them."""
    held = longest([match for match, refusal in trials if not refusal], lambda match: match.hides)
    return [match for match in held if match.practice != codebook.NO_CODE]


def tried(document, book, told):
    """{number of a sentence that can be coded: [(match, what refuses it, "" where nothing does)]} of the cues in it.

    A cue that does not stand alone is refused where no other sentence of the text shows its practice, by a cue or by
    a claim (`told`, of `results`); a text of three sentences or fewer is too short for that.
    """
    coded = [at for at, codable in enumerate(context.codable(document)) if codable]
    spans = [(document.sentences[at].start, document.sentences[at].end) for at in coded]
    hits = {at: [] for at in coded}
    for hit in book.matcher.find(document.text.chars, spans):
        hits[document.sentence_at(hit.start)].append(hit)
    trials = {at: list(_tried(document, document.sentences[at], book, found)) for at, found in hits.items()}
    if len(document.sentences) <= FEW:
        return trials
    shown = defaultdict(set)
    for at, here in trials.items():
        for match in [*kept(here), *told.get(at, [])]:
            shown[match.practice].add(at)
    return {at: [(m, no or _single(m, at, shown)) for m, no in here] for at, here in trials.items()}


def _single(match, at, shown):
    """What refuses a cue that does not stand alone where its practice is shown in its own sentence only."""
    return ALONE if not match.alone and shown[match.practice] <= {at} else ""


def _tried(document, sentence, book, hits):
    """(match, what refuses it, "" where nothing does) of each cue that stands in a sentence; none begins in a name."""
    words, known = document.words(sentence), {}
    masked = _masked(document)[sentence.start : sentence.end]
    for start, end, rule in hits:
        first, last = start - sentence.start, end - sentence.start
        a, b = context.clause(words, first, last)
        clause, near, cue = masked[a:b], context.around(masked, first, last), book.cues[rule]
        status = _status(document, book, cue.practice, start, end)
        whole = context.extended(words, a, b)
        refusal = "negation.past" if status == "past" else cue.refused((clause, near, status), known)
        named = masked[first] != words[first]
        refusal = refusal or (INSIDE if named or _inside(document, cue, start, end) else "")
        strength, counted = _strength(cue, whole, status), context.counted(whole)
        told = (status, strength, counted, cue.hides, cue.alone)
        yield Match(start, end, cue.practice, f"cue.{cue.id}", *told), refusal


def _inside(document, cue, start, end):
    """Whether a cue that is a word stands across the borders of words."""
    return cue.hides and cue.practice != codebook.NO_CODE and segmentation.cuts(document.chars, start, end)


def _masked(document):
    """The characters of a document, names of persons crossed out: 民警李××."""
    if "masked" not in document.memo:
        document.memo["masked"] = private.cross(document.chars, private.of(document).given)
    return document.memo["masked"]


def _status(document, book, practice, start, end):
    """What the rules say; where they are silent, done in a clause with a count or a sentence of what took place,
    else the practice's own default."""
    said, _ = rules.status(document, start, end)
    if said or practice == codebook.NO_CODE:
        return said
    (low, high), sentence = document.clause(start), document.sentences[document.sentence_at(start)]
    figures = context.LABEL.sub("", document.chars[low:high])
    done = context.counted(figures) or book.event.search(document.words(sentence))
    return "done" if done else book.practices[practice]["unmarked"]


def results(document, book, claims):
    """{number of the sentence: matches}: the results of the codebook that the claims show, at their last words."""
    found = defaultdict(list)
    for claim in claims:
        if WHOLE.fullmatch(claim["place"]):  # the nation's, the province's
            continue
        start, end = max(claim["start"], claim["end"] - LONGEST), claim["end"]
        low, high = document.clause(start)
        clause, at = document.chars[low : max(high, end)], document.sentence_at(start)
        for result in book.results:
            if result.shows(claim, clause, document.words(document.sentences[at])):
                strength = result.strength or 1 + bool(result.strong.search(context.DATE.sub("", clause)))
                told = (claim["status"], strength, context.counted(clause), True, True)
                found[at].append(Match(start, end, result.practice, claim["rule"], *told))
    return found


def _strength(cue, clause, status):
    """2 where the clause shows the practice (a number, a name, an act, a story), 1 where it only names it."""
    return cue.strength or 1 + bool(status == "case" or cue.strong and cue.strong.search(context.DATE.sub("", clause)))


def best(matches: list[Match]) -> list[Match]:
    """One match for each practice: what is more than planned, the stronger, one in a clause with a count, a word before
    a phrase, the earlier."""

    def rank(m):
        return m.status == "planned", -m.strength, not m.counted, not m.hides, m.start, -m.end

    chosen = {}
    for match in sorted(matches, key=rank):
        chosen.setdefault(match.practice, match)
    return sorted(chosen.values(), key=lambda m: (m.start, m.practice))


def _row(match, book, place):
    practice = book.practices[match.practice]
    return {
        "start": match.start,
        "end": min(match.end, match.start + LONGEST),
        "kind": "practice",
        "key": match.practice,
        "name": practice["zh"],
        "type": "",
        "strength": match.strength,
        "status": match.status,
        "place": place,
        "origin": practice["origin"],
        "rule": match.rule,
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
