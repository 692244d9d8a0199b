"""What looks like a quantity and is none: dates, ordinals, document numbers, names, idioms."""

import re
from functools import cache

from lib.lexicon import BadInput
from lib.reading import numerals

WINDOW = 16
APPROXIMATE = tuple("上数近超逾约几过成")
NUMERIC = re.compile(rf"[\d半{''.join(numerals.DIGITS)}{''.join(numerals.TENS)}{''.join(numerals.MAGNITUDES)}]")
PARTS = re.compile(f"{numerals.NUMERAL}分之")
RUNNING = re.compile(r"\d[.,]?$")
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}


class Rules:
    """Phrases and shapes of a lexicon: `end` says how far the lookalike at a numeral reaches."""

    def __init__(self, lexicon):
        self.phrases = {}
        for row in lexicon.rows("not_quantities", "phrase", "kind"):
            for m in NUMERIC.finditer(row["phrase"]):
                heads = self.phrases.setdefault(m.start(), {})
                heads.setdefault(row["phrase"][:2], []).append(row["phrase"])
        shapes = lexicon.rows("not_quantities_shapes", "where", "kind", "pattern")
        self.at, self.around = (_joined(lexicon, [r for r in shapes if r["where"] == w]) for w in ("at", "around"))

    def end(self, chars, start):
        """Where the lookalike that holds the numeral at `start` ends, or 0."""
        phrase = not PARTS.match(chars, start) and self._phrase(chars, start)
        return phrase or self._shape(chars, start) or self._title(chars, start)

    def _phrase(self, chars, start):
        bounded, end = chars[start] in "百千万" and chars[start - 1 : start] in APPROXIMATE, 0
        for k, heads in self.phrases.items():
            at = start - k
            if at < 0 or (bounded and not k):
                continue
            for phrase in heads.get(chars[at : at + 2], ()):
                if chars.startswith(phrase, at):
                    end = max(end, at + len(phrase))
        return end

    def _shape(self, chars, start):
        if not RUNNING.search(chars, max(0, start - 2), start) and (m := self.at.match(chars, start)):
            return m.end()
        for m in self.around.finditer(chars, max(0, start - WINDOW), start + WINDOW):
            if m.start() <= start < m.end():
                return m.end()
        return 0

    def _title(self, chars, start):
        opened = chars.rfind("《", max(0, start - 60), start)
        closed = chars.find("》", start, start + 60)
        return closed + 1 if opened > chars.rfind("》", max(0, start - 60), start) and closed > 0 else 0


def _joined(lexicon, rows):
    for row in rows:
        try:
            re.compile(row["pattern"])
        except re.error as e:
            where = f"{lexicon.folder}/not_quantities_shapes.csv:{row['line']}"
            raise BadInput(f"{where}: {e}; expected a regular expression") from None
    return re.compile("|".join(r["pattern"] for r in rows))


@cache
def rules(lexicon):
    """The Rules of a lexicon, compiled once."""
    return Rules(lexicon)


def quoted(chars, at):
    """Whether a place stands inside a short quotation without a clause: a name or a slogan, not speech."""
    for opening, closing in QUOTES.items():
        start = chars.rfind(opening, max(0, at - 20), at)
        if start >= 0 and chars.find(closing, start, at) < 0:
            end = chars.find(closing, at, at + 20)
            return end >= 0 and not re.search("[，,。；;！？!?]", chars[start:end])
    return False
