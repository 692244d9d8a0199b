"""Quantities: every number of a text as a full record."""

import re

from lib import rules
from lib.evidence.quantities import amounts, dates, indicators, periods
from lib.evidence.quantities import place as places
from lib.evidence.quantities import relation as changes
from lib.evidence.quantities import table_cells as columns
from lib.evidence.quantities.noun import KINDS, Nouns, described, whole_of_level
from lib.lexicon import Lexicon, compiled, words
from lib.reading import passages
from lib.reading.document import Document
from lib.reading.spans import HAN
from lib.reading.text import Text

FIELDS = tuple(
    (
        "value value_high unit unit_kind bound noun indicator relation basis base_value denominator period "
        "period_start period_end status place rule"
    ).split()
)
HONG_KONG = compiled("in Hong Kong dollars")
LATIN = re.compile("[A-Za-z]{2,}")
JOINED, TOGETHER, AVERAGED = compiled("between joined numbers"), compiled("all together"), words("averages over time")
LISTED = re.compile(f"{compiled('between the numbers of a list').pattern}|{TOGETHER.pattern}")
LASTED = compiled("before a time that lasted")
TO_END = compiled("change up to an end")
COMMA, OWN_NOUN = re.compile("[,，]"), re.compile(f"(?!{compiled('between the numbers of a list').pattern})[一-龥]")


def find(document, lexicon):
    """One dict an amount, in order: `start`, `end` in the cleaned text, and FIELDS; a value is a number or \"\"."""
    records = []
    for sentence, row in _by_sentence(document, _amounts(document, lexicon)):
        found = _Reading(document, sentence, lexicon).records(row)
        records += [{**r, "indicator": ""} if r["status"] == "case" else r for r in found]
    return records


def _amounts(document, lexicon):
    """The amounts of the running text, and of columns whose header names their unit."""
    chars, (cells, inside) = document.chars, columns.find(document, lexicon)
    found = [a for a in amounts.find(chars, lexicon) if not inside or inside.isdisjoint(range(a["start"], a["end"]))]
    hong_kong = HONG_KONG.search(document.entry.get("place_zh", "") or chars)
    for a in found:
        if hong_kong and chars[a["start"]] == "$":
            a["unit"] = amounts.SIGNS["HK$"]
        a |= columns.flattened(document, a, lexicon) if a["unit_kind"] == "" else {}
    return sorted(found + cells, key=lambda a: a["start"])


def of(words, published="", place="", lexicon=None):
    """The records of a bare sentence, as `find` gives them; `published` and `place` as in the register's row."""
    return find(bare(words, published, place, lexicon), lexicon or Lexicon())


def bare(words, published="", place="", lexicon=None):
    """A Document of words alone: each line a passage of one sentence a full stop."""
    text = Text.of(words)
    found = passages.passages(text)
    entry = {"id": "words", "published": published, "place_zh": place}
    return Document(
        "words", words, text, found, passages.sentences(text, found), entry=entry, lexicon=lexicon or Lexicon()
    )


def _by_sentence(document, found):
    """(sentence, its amounts), for sentences that have any and are Chinese."""
    rows = {}
    for a in found:
        i = document.sentence_at(a["core"])
        sentence = document.sentences[i]
        if sentence.start <= a["start"] and a["end"] <= sentence.end:
            rows.setdefault(i, []).append(a)
    words = {i: document.words(document.sentences[i]) for i in rows}
    return [(i, row) for i, row in rows.items() if HAN.search(words[i]) or len(LATIN.findall(words[i])) < 4]


class _Reading:
    """The amounts of one sentence with what its words say of them."""

    def __init__(self, document, index, lexicon):
        sentence = document.sentences[index]
        self.index = index
        self.document, self.chars, self.lexicon = document, document.chars, lexicon
        self.start, self.end = sentence.start, sentence.end
        self.words = self.chars[self.start : self.end]
        self.published = document.entry.get("published", "")
        self.periods = periods.periods(self.words, lexicon)
        self.items = periods.items(self.words)
        apart = [(self.start + p.start, self.start + p.end) for p in self.periods]
        apart += [(a, b) for a, b, _ in places.settled(document, self.start, self.end, lexicon)]
        self.nouns = Nouns(document, lexicon, self.start, self.end, apart)
        self.places = places.spoken_of(document, self.start, self.end, lexicon)
        self.levels = places.levels(document, self.start, self.end)

    def records(self, row):
        """The finished records of the sentence's amounts, in order."""
        done = []
        for i, amount in enumerate(row):
            following = row[i + 1] if i + 1 < len(row) else {"start": self.end, "unit_kind": ""}
            amount["next"], amount["next_kind"] = following["start"], following["unit_kind"]
            done.append(self._record(amount, done))
        for first, second in reversed(list(zip(done, done[1:], strict=False))):
            own = second["noun"] and self.chars.startswith(second["noun"], second["end"])
            between = LISTED if own and (second["unit_kind"] == "money" or first["unit"] in KINDS) else TOGETHER
            if not first["noun"] and between.fullmatch(self.chars, first["end"], second["start"]):
                first["noun"] = second["noun"]
            first["noun"] = described(first, second, self.chars, self.lexicon)
            if first["noun"] and (noun := whole_of_level(first, second, self.chars)) != first["noun"]:
                first.update(noun=noun, indicator=second["indicator"])
        return [_finished(r, self.document) for r in done]

    def _record(self, a, done):
        last = done[-1] if done else None
        a["joined"] = bool(last) and self._joins(last["end"], a)
        a["clause"] = self._since(self.document.clause, a["start"])
        after = self.chars[a["end"] : min(a["next"], a["end"] + 16)]
        if "relation" not in a:
            self._change(a, last)
        a["noun"] = a.get("noun") or self.nouns.of(a, done) or columns.beside(self.document, a, self.lexicon)
        a["noun"] = "" if a["noun"] in {place for _, place in self.places} else a["noun"]
        a["denominator"] = changes.denominator(a, self.document) or self._of_which(a, done)
        a["noun"] = changes.without(a["noun"], a["denominator"], self.chars[a["clause"] : a["start"]])
        lower = places.of_level(self.levels, self.places, a["start"], a["end"])
        a["indicator"] = "" if lower else indicators.of(a, self._around(a, after), done, self.lexicon)
        a["status"], rule = self._status(a)
        a["rule"] = " ".join(filter(None, (rule, a["told"])))
        a["place"] = places.governing(self.places, a["start"])
        self._period(a, done)
        return a

    def _joins(self, at, a):
        """Whether an amount goes on a list of numbers that ends at `at`: none with a noun of its own."""
        apart = COMMA.search(self.chars, at, a["start"]) and OWN_NOUN.match(self.chars, a["end"])
        return bool(JOINED.fullmatch(self.chars, at, a["start"])) and not apart

    def _status(self, a):
        """What the words and the section say; a number that nothing marks is stated as it is."""
        said, rule = rules.status(self.document, a["start"], a["end"])
        return (said if said in ("planned", "norm", "case") else "done"), rule

    def _of_which(self, a, done):
        """其中 where it makes a number a part of one before it, up to the end of the group of clauses."""
        floor = max([self._since(self.document.group, a["start"]), *(r["end"] for r in done[:1])])
        return "其中" if done and "其中" in self.chars[floor : a["start"]] else ""

    def _around(self, a, after):
        """What an indicator is told from: the surface, the sentence and the clause before it, the words after it."""
        written = self.document.text.chars[a["start"] : a["end"]]
        return written, self.chars[self.start : a["start"]], self.chars[a["clause"] : a["start"]], after

    def _since(self, part, at):
        """Where the clause (or group of clauses) that holds a place begins, within the sentence."""
        return max(self.start, part(at)[0])

    def _change(self, a, last):
        same = a["joined"] and last["relation"] in changes.CHANGED and last["unit"] == a["unit"]
        a["base_value"], cell = "", a.get("told", "")
        a["relation"], a["told"] = (last["relation"], last["told"]) if same else changes.relation(a, self.document)
        a["told"] = " ".join(filter(None, (cell, a["told"])))
        a["basis"] = ""
        if a["relation"] in changes.CHANGED:
            a["basis"] = last["basis"] if same else changes.basis(a, self.document)
        if a["relation"] == "decrease" and a["value"] != "":
            a["value"] = abs(a["value"])
        ends = (last["start"], last["end"]) if last and last["basis"] != "from-to" else None
        if ends and changes.risen_from(self.chars[self.start : ends[0]], self.chars[ends[1] : a["start"]]):
            level = "share" if last["relation"] == "share" else "level"
            a.update(relation=level, basis="from-to", base_value=last["value"])

    def _period(self, a, done):
        lasted = [m.end() for m in LASTED.finditer(self.chars, max(self.start, a["start"] - 6), a["start"] + 1)]
        if a["unit_kind"] == "time" and lasted[-1:] == [a["start"]]:
            a.update(period="", period_start="", period_end="")  # 连续816天: as long as it lasted, at no time
            return
        at, changed = a["start"] - self.start, a["relation"] in changes.CHANGED
        found = [p for p in self.periods if not (changed and a["unit_kind"] == "share" and p.words in AVERAGED)]
        found = [p for p in found if not (a["basis"] == "yoy" and p.key == "vague")]
        if not changed:
            found = [p for p in found if not self._elsewhere(p, a["start"])]
        found = [p for p in found if not self._of_first_end(p, a, done) and p.end <= at]
        period = periods.governing(found, self.words, at, a["clause"] - self.start, self.items)
        if not period and (period := self._carried(a)):
            a["rule"] = " ".join(filter(None, (a["rule"], "period.carried")))
        if year := a.get("year"):
            period = periods.Period(0, 0, year, "date")
        base = None if changed else periods.of_base(self.words, at, self.lexicon)
        if changes.risen_from(self.chars[self.start : a["start"]], self.chars[a["end"] : a["next"]]):
            base = base or (None if period else periods.of_comparison(self.words, at, self.lexicon))
        cover = periods.covering(self.document, self.lexicon, self.index)
        if not period and a["status"] != "planned":
            period = cover
        named = [*([periods.Period(0, 0, cover.words, "date")] if cover else []), *self.periods]
        first, until = self._dates(period, named, a["status"] == "planned")
        if base:
            year, period = self._dates(base, named), base
            first, until = dates.same_time((first, until), year) if base.words.endswith(dates.SAME_TIME) else year
        a.update(period=period.words if period else "", period_start=first, period_end=until)

    def _dates(self, period, named, ahead=False):
        """(first day, last day) of a Period, "" where not known; `named` are those that say which year 全年 is of."""
        if not period:
            return "", ""
        return dates.resolve(dates.dated(period, named), period.key, self.published, ahead)

    def _carried(self, a):
        """The period that a sentence before the amount's own gives to it; none to what is planned, a norm or a case, to
        what stands in a place that only this sentence names."""
        told = a["status"] == "done" and not self.periods
        elsewhere = a["place"] not in ("", places.LOWER, places.topic(self.document, self.index, self.lexicon))
        if elsewhere and a["relation"] not in changes.CHANGED and not periods.GOES_ON.match(self.words):
            return None
        return periods.carried(self.document, self.index, self.lexicon) if told else None

    def _elsewhere(self, period, at):
        """Whether another place than that of a period opens a later group of clauses: …县去年以来化解8起;…县聘请3名."""
        end, group = self.start + period.end, self._since(self.document.group, at)
        if group < end or periods.heads_sentence(period, self.words):
            return False
        named = [place for begun, place in self.places if group <= begun <= at]
        return bool(named) and named[-1] != places.governing(self.places, end)

    def _of_first_end(self, period, a, done):
        """Whether a period belongs to the first number of 由2020年的92%升至98%, and not to the number here."""
        opened = self.chars.rfind("由", max(self.start, self.start + period.start - 2), self.start + period.start)
        return (
            opened >= 0
            and any(r["start"] > opened and r["basis"] != "from-to" for r in done)
            and bool(TO_END.search(self.chars, opened, a["start"]))
        )


def _finished(record, document):
    """A record with its own fields only; where the source is garbled the value is unknown."""
    if document.damaged(record["core"], record["end"]):
        record["value"] = record["value_high"] = ""
    return {"start": record["start"], "end": record["end"], **{f: record.get(f, "") for f in FIELDS}}
