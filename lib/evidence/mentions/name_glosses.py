"""What a named thing does, in the text's own words: the clause behind the name that says it."""

from lib import rules
from lib.evidence.mentions import name_words as words
from lib.reading import segmentation
from lib.reading.spans import CLOSE

SHORTEST, LONGEST = 5, 60  # characters of words that can explain a name
TAIL = 16  # characters behind the quotes in which a head noun is looked for
CLOSES = f"{CLOSE}）) "
LIST = "、与及”“"  # behind these the next name of a list stands, no clause


def clause(document, start: int, end: int) -> tuple[int, int] | None:
    """(start, end) of the words behind a name that say what it does, or None where none do.

    They are the rest of its clause, or the next clause, where these begin with a verb of what it can, is for or is made
    of (可自动…, 用于…, 由…组成), or what a colon behind the name introduces; always in the sentence of the name.
    """
    last = document.sentences[document.sentence_at(start)].end
    rest = _skip(document.chars, end, last)
    rest += words.head_after(words.words(document.lexicon), document.chars[rest : rest + TAIL])[1]
    stop = min(document.clause(end - 1)[1], last)
    if rest < stop:
        return (rest, stop) if document.chars[rest] not in LIST and _says(document, rest, stop) else None
    following = _skip(document.chars, stop + 1, last)
    if document.chars[stop : stop + 1] in (":", "："):
        return _fitting(following, min(document.group(following)[1], last))
    stop = min(document.clause(following)[1], last) if following < last else following
    return (following, stop) if _says(document, following, stop) else None


def _skip(chars, at, last):
    while at < last and chars[at] in CLOSES:
        at += 1
    return at


def _fitting(start, stop):
    return (start, stop) if SHORTEST <= stop - start <= LONGEST else None


def _says(document, start, stop):
    """Whether words begin with a verb that tells what something does, and are neither short nor a story."""
    if not _fitting(start, stop) or "“" in document.chars[start:stop]:
        return False
    said, _ = rules.read(document, start, start, "name.gloss")
    first = segmentation.tagged(document.chars[start:stop])
    return said == "says" or not said and first[0][1] == "v" and any(tag[0] == "n" for _, tag in first[1:])
