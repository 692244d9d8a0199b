"""Quantities: every number of a text as a full record."""
import re
from bisect import bisect_right

from lib.evidence import amounts, changes, indicators, nouns, periods, whereabouts as places
from lib.lexicon import Lexicon
from lib.reading import numerals
from lib.reading.document import Document
from lib.reading.text import Text

FIELDS = ("value", "value_high", "unit", "unit_kind", "bound", "noun", "indicator", "relation", "basis", "base_value",
          "denominator", "period", "period_start", "period_end", "status", "place")
CLAUSE = re.compile(r"[,，。;；:：!?！？]")
GROUP = re.compile(r"[;；。!?！？]")
JOINED = re.compile(r"[、和及与,，\s]*")
EACH = re.compile(r"[、和及与]|分别|各|,")


def find(document, lexicon):
    """One dict an amount, in order: `start`, `end` in the cleaned text, and FIELDS; values are numbers or \"\"."""
    chars = numerals.fold(document.text.chars)
    records = []
    for sentence, row in _by_sentence(document, amounts.find(chars, lexicon)):
        records += _Reading(document, chars, sentence, lexicon).records(row)
    return records


def of(words, published="", lexicon=None):
    """The records of a bare sentence, as `find` gives them."""
    return find(bare(words, published), lexicon or Lexicon())


def bare(words, published=""):
    """A Document of words alone: each line a passage of one sentence a full stop."""
    from lib.reading import passages
    text = Text.of(words)
    found = passages.passages(text)
    return Document("words", words, text, found, passages.sentences(text, found), entry={"id": "words", "published": published})


def _by_sentence(document, found):
    """(sentence, its amounts), for sentences that have any."""
    starts = [s.start for s in document.sentences]
    rows = {}
    for a in found:
        i = bisect_right(starts, a["core"]) - 1
        if i >= 0 and a["end"] <= document.sentences[i].end and a["start"] >= document.sentences[i].start:
            rows.setdefault(i, []).append(a)
    return [(i, row) for i, row in rows.items()]


class _Reading:
    """The amounts of one sentence with what its words say of them."""

    def __init__(self, document, chars, index, lexicon):
        sentence = document.sentences[index]
        self.document, self.chars, self.lexicon = document, chars, lexicon
        self.start, self.end = sentence.start, sentence.end
        self.words = chars[self.start:self.end]
        self.published = document.entry.get("published", "")
        self.periods = periods.periods(self.words, lexicon)
        self.carried = _carried(document, chars, index, lexicon)
        self.places = places.spoken_of(document, self.words, self.start)

    def records(self, row):
        """The finished records of the sentence's amounts, in order."""
        done = []
        for i, amount in enumerate(row):
            amount["next"] = row[i + 1]["start"] if i + 1 < len(row) else self.end
            done.append(self._record(amount, done))
        return [_finished(r, self.document) for r in done]

    def _record(self, a, done):
        last = done[-1] if done else None
        a["joined"] = bool(last) and bool(JOINED.fullmatch(self.chars, last["end"], a["start"]))
        a["clause"] = self._since(CLAUSE, a["start"])
        before = self.chars[max(a["clause"], last["end"] if last else 0):a["start"]]
        group = self.chars[self._since(GROUP, a["start"]):a["start"]]
        after = self.chars[a["end"]:min(a["next"], a["end"] + 16)]
        self._change(a, last, (before, group, after))
        a["noun"] = self._noun(a, done)
        a["indicator"] = indicators.key(a["noun"], a["unit_kind"], a["relation"] in changes.CHANGED, self.lexicon)
        a["denominator"] = changes.denominator(self.chars[a["clause"]:a["start"]])
        a["status"] = changes.status(group, after, self.published)
        self._period(a, last)
        a["place"] = places.governing(self.places, a["start"] - self.start, a["end"] - self.start)
        return a

    def _since(self, pattern, at):
        """Where the clause (or group of clauses) that holds a place begins."""
        found = self.start
        for m in pattern.finditer(self.chars, self.start, at):
            found = m.end()
        return found

    def _change(self, a, last, around):
        before, group, after = around
        same = a["joined"] and last["relation"] in changes.CHANGED and last["unit"] == a["unit"]
        a["relation"] = last["relation"] if same else changes.relation(a, before, after, self.lexicon)
        a["basis"] = a["base_value"] = ""
        if a["relation"] in changes.CHANGED:
            a["basis"] = last["basis"] if same else changes.basis(self.chars[a["clause"]:a["start"]] + after[:6], group)
        if last and changes.risen_from(self.chars[self.start:last["start"]], self.chars[last["end"]:a["start"]]):
            a.update(relation=last["relation"] if last["relation"] == "share" else "level", basis="from-to", base_value=last["value"])

    def _noun(self, a, done):
        last = done[-1] if done else None
        floor = max(last["end"] if last else self.start, self.start)
        if a["relation"] in changes.CHANGED or a["relation"] == "share":
            return self._subject(a, done, floor)
        return nouns.behind(self.chars, a, a["next"], self.lexicon) \
            or nouns.ahead(self.chars, a, floor, self.lexicon) \
            or (last["noun"] if last and (a["joined"] or last["unit"] == a["unit"]) else "")

    def _subject(self, a, done, floor):
        """The noun of a share or change: what stands before its verb; in a list 分别 gives each its own."""
        if a["basis"] == "from-to":
            return done[-1]["noun"]
        told = nouns.ahead(self.chars, a, floor, self.lexicon)
        if told:
            return told
        levels = [r for r in done if r["relation"] == "level"]
        changed = len([r for r in done if r["relation"] in changes.CHANGED and r["start"] > (levels[-1]["end"] if levels else 0)])
        if a["relation"] in changes.CHANGED and len(levels) > changed and "分别" in self.chars[levels[-1]["end"]:a["start"]]:
            run = [r for r in self._changes_to_come(a, done)]
            return levels[max(0, len(levels) - run[0]) + changed]["noun"] if run else levels[-1]["noun"]
        behind = nouns.behind(self.chars, a, a["next"], self.lexicon)
        return behind or (done[-1]["noun"] if done and (a["joined"] or a["relation"] in changes.CHANGED) else "")

    def _changes_to_come(self, a, done):
        """How many numbers the list that begins or goes on here holds."""
        listed = [r for r in done if r["relation"] in changes.CHANGED and r["unit"] == a["unit"]]
        tail = re.match(r"(?:[、和及与,，]\s*[\d.]+[%‰])*", self.chars[a["end"]:self.end])[0]
        return [len(listed) + 1 + len(re.findall(r"[%‰]", tail))]

    def _period(self, a, last):
        period = periods.governing(self.periods, a["start"] - self.start, a["clause"] - self.start) or self.carried
        a.update(period="", period_start="", period_end="")
        if period:
            first, until = periods.resolve(period.words, period.key, self.published)
            a.update(period=period.words, period_start=first, period_end=until)


def _carried(document, chars, index, lexicon):
    """The period of the sentence before that still holds in this one, within a passage."""
    if not index or document.sentences[index - 1].passage != document.sentences[index].passage:
        return None
    before = document.sentences[index - 1]
    return periods.carried(periods.periods(chars[before.start:before.end], lexicon))


def _finished(record, document):
    """A record with its own fields only; where the source is garbled the value is unknown."""
    if document.damaged(record["core"], record["end"]):
        record["value"] = record["value_high"] = ""
    return {"start": record["start"], "end": record["end"], **{f: record.get(f, "") for f in FIELDS}}
