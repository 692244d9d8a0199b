"""Which noun a number counts: behind it, before it, in a list with others, or carried from the clause before."""

import re

from lib.evidence.quantities import noun_after as nouns
from lib.evidence.quantities import noun_before as subjects
from lib.evidence.quantities import noun_words as compounds
from lib.evidence.quantities import relation as changes
from lib.lexicon import compiled, words
from lib.reading.spans import OPEN, paired

LISTED, SEVERAL, LASTING = compiled("numbers of one list"), compiled("one for each"), words("what lasts")
ASIDE = re.compile(r"[(（]\d[^()（）]{0,12}[)）](?![、，,。;；)）])")
JOINT = compiled("between the numbers of a list")
PART_OF_LAST = re.compile(f"(?:{JOINT.pattern}|[,，])占")
ADDED = "direction.up.new"  # 新增: what is new may stand behind its number
MEASURED, LIMITS = ("length", "area", "speed"), ("at_least", "at_most")
TIMES, DEED = words("counters of times"), 2  # characters of a verb: 抓获
DEEDS, PLACES = re.compile(r"[一-龥]{2,8}(?=[、，,。;；])"), words("where a part of a place lies")
KEPT_AT, FOUNDS = compiled("what a share is kept at"), compiled("founds what is listed")
LEVEL, FOUNDED = compiled("level that a body stands at"), compiled("body that levels found")
ON_BASE = compiled("on a base")
SUMS, KINDS = words("sums of what is counted"), words("counters of kinds")
LEVEL_OF, LEVEL_ALONE = compiled("level of government of a body"), compiled("level of government alone")
MEASURE = compiled("measure with a number of its own")
WHO = compiled("share of what follows")
ALONE, LIST = compiled("between a clause and its number"), compiled("marks of a list of names")


class Nouns:
    """The nouns of the numbers of one sentence."""

    def __init__(self, document, lexicon, start, end, apart):
        """`apart`: (start, end) of the time expressions and villages, which no noun reaches into."""
        self.document, self.chars, self.lexicon = document, document.chars, lexicon
        self.start, self.end, self.words = start, end, document.chars[start:end]
        for span in apart:
            self._masks(*span)

    def _masks(self, start, end):
        """Puts TIME for a time or a village: no noun reaches into it, one may stand before it."""
        at, to = start - self.start, end - self.start
        self.words = self.words[:at] + subjects.TIME * (to - at) + self.words[to:]

    def of(self, a, done):
        """The noun of an amount, \"\" where the words name none; `done`: the records before it."""
        told = self._of_last(self._told(a, done), a, done)
        if done and told.endswith(PLACES) and "其中" in self.chars[done[-1]["end"] : a["start"]]:
            told = self._whole_of(a, done)  # 电动车12万辆,其中城区6万辆
        return paired(told)

    def _whole_of(self, a, done):
        """The noun that a number of the same unit in the group before counts, of which this one is a part."""
        begin = self.document.group(a["start"])[0]
        return next((r["noun"] for r in done if r["unit"] == a["unit"] and r["start"] >= begin), "")

    def _of_last(self, noun, a, done):
        """A sum alone with the noun of the number before it, of the same unit: 经营主体320万户,总量|达2037万户."""
        alike = [r["noun"] for r in done if r["unit"] == a["unit"] and r["noun"]] if noun in SUMS else []
        return alike[-1] + noun if alike and not alike[-1].endswith(SUMS) else noun

    def _told(self, a, done):
        last = done[-1] if done else None
        floor = last["end"] if last else self.start
        if last and (last["unit"] == "类" or ASIDE.match(self.chars, max(last["start"] - 1, self.start))):
            floor = done[-2]["end"] if len(done) > 1 else self.start
        if last and last["unit_kind"] == "time" and a["relation"] in changes.CHANGED and not last["noun"]:
            self._masks(last["start"], last["end"])
            floor = done[-2]["end"] if len(done) > 1 else self.start
        listed = SEVERAL.search(self.chars, a["clause"], a["start"]) or (a["joined"] and last.get("names"))
        if a["relation"] in changes.CHANGED or a["relation"] == "share" or a["basis"] == "from-to" or listed:
            return self._subject(a, done, floor)
        ahead = subjects.ahead(self._before(a, floor), a, self.lexicon)
        listed = last and last["noun"] and self.chars.startswith(last["noun"] + "、", last["end"])
        ahead = "" if LEVEL_ALONE.fullmatch(ahead) or (listed and a["unit"] in KINDS) else ahead
        if a["unit_kind"] == "time":
            return ahead if ahead.endswith(LASTING) else ""
        if a["unit_kind"] == "place":
            return ""
        behind = nouns.behind(self.chars, a, self._reach(a), self.lexicon)
        rules = nouns.roles(self.lexicon)
        lead = self.chars[a["clause"] : a["start"]]
        if a["unit"] in TIMES and (deed := compounds.act(lead, rules)) in compounds.DEEDS:
            return deed  # 每月至少查1次
        if a["unit"] in nouns.PERSONS and self.chars.startswith("的", a["end"]) and behind.endswith(subjects.HOLDERS):
            behind = ""  # 用工超过50人的企业: no firms are counted
        if a["unit_kind"] == "money" and ahead.endswith(tuple(rules["head"])):
            ahead = ""  # 返还群众500万元: no persons are counted
        if a["unit_kind"] == "money" and not rules["sums"].fullmatch(behind):
            return ahead or ("" if behind.startswith(tuple(rules["participle"])) else behind)
        if (names := self._parallel(a, floor)) and not behind:
            a["names"] = names[1:]
            return names[0]
        behind = self._holder(behind, a) or self._deed(a, rules)
        given = lead.endswith("了") or compounds.act(lead, rules) in rules["strict"] - rules["changes"]
        first = a["unit_kind"] in MEASURED and not given
        told = ahead or behind if first else behind or ahead
        return told or self._carried_noun(a, last, done)

    def _deed(self, a, rules):
        """The verbs behind a number of times whose own verb says no more than that it took place: 组织三次|集中返还."""
        lead = compounds.tokens(self.chars[a["clause"] : a["start"]], rules)[-1:]
        deed = a["unit"] in TIMES and lead and lead[0][0] in rules["light"] and DEEDS.match(self.chars, a["end"])
        return deed[0] if deed and deed.end() <= self.end else ""

    def _holder(self, noun, a):
        """The noun without a measure whose own number follows at once: of 8个产业规模超千亿元 产业 is counted."""
        m = MEASURE.search(noun)
        at = a["end"] + len(noun)
        own = m and self.chars.startswith(noun, a["end"]) and ALONE.fullmatch(self.chars, at, max(at, a["next"]))
        return (noun[: m.start()] if m.start() > 1 else "") if own and a["next"] < self.end else noun

    def _before(self, a, floor, reach=nouns.REACH):
        """The words of the sentence before an amount, from `floor` on, its time expressions as TIME."""
        return self.words[max(floor, a["start"] - reach) - self.start : a["start"] - self.start]

    def _carried_noun(self, a, last, done):
        """What the number or the clause before names, where nothing of the number's own clause does."""
        lead, rules = self.chars[max(a["clause"], last["end"] if last else 0) : a["start"]], nouns.roles(self.lexicon)
        if last and a["unit"] in KINDS and a["unit"] != last["unit"] and JOINT.match(self.chars, a["end"]):
            return ""  # 21个部门、35类、12亿条数据: the data are of so many kinds
        if last and (level := LEVEL_ALONE.search(lead)) and (own := LEVEL_OF.match(last["noun"])):
            return level[0] + last["noun"][own.end() :]
        if last and a["joined"]:
            return last["noun"]
        act = compounds.act(lead, rules) if a["unit"].endswith(TIMES) else ""
        if act and (a["unit"] in TIMES or act in rules["nominal"]):
            return act
        alike = [r for r in done if r["unit"] == a["unit"] and r["noun"]]
        deed = lead[-DEED:]
        if again := [r for r in alike if len(deed) == DEED and deed in self.chars[r["clause"] : r["end"]]]:
            return again[-1]["noun"]
        if not compounds.names_nothing(lead, nouns.roles(self.lexicon)):
            return ""
        if last and (last["unit"] == a["unit"] or (alike and last["relation"] in changes.CHANGED)):
            return alike[-1]["noun"] if alike else last["noun"]
        return "" if last else subjects.topic(self.chars[self.start : a["clause"]], self.lexicon)

    def _parallel(self, a, floor):
        """The names of a list that as many numbers of one unit follow: 供热、排水管网8公里、6公里; else []."""
        length = len(JOINT.split(LISTED.match(self.chars, a["end"], self.end)[0]))
        before = self._before(a, floor)
        even = length > 1 and len(LIST.findall(before)) == length - 1
        return subjects.listed(before, length, self.lexicon) if even else []

    def _reach(self, a):
        """How far the noun behind an amount may lie: to the next one, if that is in no name (40个“1、3、5分钟”圈)."""
        levels = nouns.GOVERNED.match(self.chars, a["end"])
        named = self.chars[a["end"] : a["end"] + 1] in tuple(OPEN)
        sized = a["next"] == a["end"] and a["next_kind"] == "money"  # 3个|千亿元台阶
        return self.end if named or sized or levels and levels.end() == a["next"] else a["next"]

    def _subject(self, a, done, floor):
        """The noun of a share or change: what stands before its verb; in a list each number has its own."""
        last = done[-1] if done else None
        if a["basis"] == "from-to":
            return last["noun"]
        if a["joined"] and last.get("names"):
            a["names"] = last["names"][1:]
            return last["names"][0]
        if last and last["noun"] and ON_BASE.match(self.chars, last["end"]):
            return last["noun"]
        if last and (self.chars.startswith("占", a["clause"]) or PART_OF_LAST.match(self.chars, last["end"])):
            return last["noun"]
        if a["relation"] == "share" and self.chars[a["end"] : a["end"] + 1] == "的":
            behind = nouns.behind(self.chars, a, self._reach(a), self.lexicon)
            if behind and not KEPT_AT.fullmatch(behind):
                return behind
        alone = a["relation"] == "share" and ALONE.fullmatch(self.chars, a["clause"], a["start"])
        if alone or a["relation"] == "share" and WHO.search(self.chars, a["clause"], a["start"]):
            if behind := nouns.behind(self.chars, a, self._reach(a), self.lexicon):
                return behind
        names = self._names(a, done, floor)
        a["names"] = names[1:]
        return names[0] or nouns.behind(self.chars, a, self._reach(a), self.lexicon)

    def _names(self, a, done, floor):
        """A noun for each number of the list that begins here."""
        length = len(JOINT.split(LISTED.match(self.chars, a["end"], self.end)[0]))
        if length > 1 and (names := subjects.listed(self._before(a, floor, 2 * nouns.REACH), length, self.lexicon)):
            return names
        told, group = (
            subjects.ahead(self._before(a, floor), a, self.lexicon),
            max(self.start, self.document.group(a["start"])[0]),
        )
        before = [r["noun"] for r in done if r["relation"] not in changes.CHANGED and r["start"] >= group]
        if not told and 1 < length <= len(before) and "分别" in self.chars[done[-1]["end"] : a["start"]]:
            return before[-length:]
        if not told and a["told"] == ADDED:
            told = nouns.behind(self.chars, a, self._reach(a), self.lexicon)
        told = told or (a["relation"] == "share" and subjects.rated(self.chars[group : a["start"]])) or ""
        start = done[-1]["end"] if done else self.start
        if not told and (past := subjects.rated_subject(self.chars[start : a["clause"]], length, self.lexicon)):
            return past
        if not told and a["relation"] in changes.CHANGED:
            last = done[-1] if done else {"end": 0, "noun": ""}
            own = subjects.subject(self.chars[group : a["start"]], self.lexicon) if last["end"] <= group else ""
            told = own or last["noun"] or subjects.subject(self.chars[group : a["start"]], self.lexicon)
        return [told] * length


def whole_of_level(first, second, chars):
    """The noun of the first of two numbers that found bodies of a kind: 建成8个乡镇、90个村|综治中心, else its own."""
    level, own = LEVEL.match(second["noun"]), LEVEL.match(first["noun"] + second["noun"])
    bare = own and own.end() == len(first["noun"]) and first["unit"] == second["unit"]
    listed = bare and JOINT.fullmatch(chars, first["end"] + len(first["noun"]), second["start"])
    if not (listed and level and FOUNDED.search(second["noun"])):
        return first["noun"]
    founded = FOUNDS.search(chars, first["clause"], first["start"])
    return first["noun"] + second["noun"][level.end() :] if founded else first["noun"]


def described(first, second, chars, lexicon):
    """The noun of the first of two numbers, behind the second where that but describes it: 120起损失10万元以上|案件."""
    limit = second["bound"] in LIMITS and second["unit_kind"] != "count"
    measured = limit and chars[first["end"] : second["start"]] == first["noun"]
    return (measured and nouns.behind(chars, second, len(chars), lexicon)) or first["noun"]
