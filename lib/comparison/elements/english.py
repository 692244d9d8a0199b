"""A gloss in English, composed word by word from a table; nothing where a word is not in it."""

import re
from functools import cache

from lib import paths
from lib.comparison.elements.codebook import cue_rules
from lib.lexicon import table
from lib.reading.places import stem
from lib.reading.spans import HAN

MARKS = str.maketrans("“”‘’（）、，：", "\"\"''(),,:")


@cache
def _words(folder):
    """{word: English}, of a table and of the provinces, in full and short."""
    rows = table(folder / "english.csv", ("word", "english"))
    provinces = [r for r in table(folder / "divisions.csv", ("zh", "en", "code")) if r["code"].endswith("0000")]
    named = {name: r["en"] for r in provinces for name in (r["zh"], stem(r["zh"]))}
    return named | {r["word"]: r["english"] for r in rows}


HEAD = re.compile("([^'\"(),:;…]*?) *((?:[A-Z][a-z]+ )+[a-z]+) …")  # a word … stands before what Chinese has before it
BACK = re.compile(r"(by way of )?([^'\"(),:;…]*?) *… ([a-z]+) ([a-z]+) ([^'\"(),:;…]+)")  # tips given by residents
DOUBLED = re.compile(r"(?i)\b([a-z]+(?: [a-z]+)?) \1\b")  # of two names with a word in common: police police branch
AMOUNT = re.compile(r"(不少于|不低于|超过|超|近|约)?([0-9][0-9.,]*)(?:余|多)?([万亿]*)(?:余|多)?(元)?")
OTHERS = re.compile("and others (?=[≥≈]?[0-9])")  # 甲、乙等15个部门: 15 with those two
ORDINAL = re.compile(r"([0-9]+) (line)\b")  # 2号线 is line 2
BEFORE = {"近": "nearly ", "约": "≈"}


def english(words, folder=paths.LEXICON):
    """The words in English, longest known word first (公安数据中心: police data centre); "" where one is unknown."""
    text = _joined(piece for _, piece in _pieces(words, folder))
    return "" if HAN.search(text) else text


def _pieces(words, folder):
    """[(Chinese, English)] of the words in order; those that are not known character by character, as they are."""
    known, found, at = _words(folder), [], 0
    longest = max(map(len, known), default=0)
    while at < len(words):
        part = next((words[at:e] for e in range(min(len(words), at + longest), at, -1) if words[at:e] in known), "")
        amount = None if part else AMOUNT.match(words, at)
        part = part or (amount[0] if amount else words[at])
        told = known.get(part, _amount(amount) if amount else "")
        found.append((part, f" {told} " if part in known or amount else part))
        at += len(part)
    return found


def _joined(pieces):
    """Pieces as English words in their order, its marks for the Chinese ones."""
    text = "".join(pieces).translate(MARKS)
    text = HEAD.sub(lambda m: f" {m[2]} {m[1]} " if m[1].strip() else f" {m[2]}".rpartition(" ")[0], text)
    text = BACK.sub(_back, re.sub(r" +", " ", text))
    text = DOUBLED.sub(r"\1", re.sub(r" ?,(?![0-9]) ?", ", ", text.strip()))
    text = OTHERS.sub("and others, in all ", ORDINAL.sub(r"\2 \1", text))
    text = re.sub(r"(?<=[0-9]) ?- ?(?=[0-9])", "–", re.sub(r"\( (.*?) \)", r"(\1)", text))
    return re.sub(r"([\"']) (.*?) \1", r"\1\2\1", text)


KNOWN = 0.5  # of the characters of words, from which a gloss of the known ones helps a reader
MACHINE = "≈ "  # before a gloss that has holes


def composed(words, folder=paths.LEXICON):
    """A gloss from the words that are known, … for each of the others, ≈ before it; "" where fewer than half are."""
    pieces = [p if len(w) > 1 or not p.strip() else w for w, p in _pieces(words, folder)]
    unknown = sum(bool(HAN.match(p)) for p in pieces)
    if not unknown or unknown > (1 - KNOWN) * len(HAN.findall(words)):
        return english(words, folder)
    holes = re.sub(f"{HAN.pattern}+", " _ ", "".join(pieces))  # … has a meaning of its own in the table
    return MACHINE + _joined(holes).replace("_", "…")


CHINESE = re.compile(rf"[“《]?{HAN.pattern}(?:[^\s(),:;]*[^\s(),:;.])?(?! \()(?=[\s(),:;.]|$)")


def annotated(text):
    """An English text, its Chinese words that no bracket follows with a gloss that is composed, where there is one."""
    return CHINESE.sub(_annotation, text)


def _annotation(match):
    told, before = composed(match[0].strip("“”《》")), match.string[: match.start()]
    inside = before.count("(") > before.count(")")
    return match[0] + ((f": {told}" if inside else f" ({told})") if told else "")


def _back(match):
    """What is given before who gives it or by what way: A 提供 B is B given by A."""
    way, who, given, by, what = match.groups()
    return f"{what.strip()} {given}" + (f" {(way or by).strip()} {who.strip()}" if who.strip() else "")


def _amount(match):
    """A number with its bound: 700余万元 as ≥7,000,000 yuan."""
    size = float(match[2].replace(",", "")) * 10_000 ** match[3].count("万") * 100_000_000 ** match[3].count("亿")
    more = "余" in match[0] or "多" in match[0] or (match[1] and match[1] not in BEFORE)
    return (
        BEFORE.get(match[1], "≥" if more else "")
        + (f"{size:,.10g}" if size >= 10_000 else f"{size:.10g}")
        + (" yuan" if match[4] else "")
    )


LISTED = re.compile("[、,，]|(?<=.{3})[和与及](?=.{3})")


def listed(words, told=english):
    """The words in English; of a list whose items are not all known those that are, and that there are others.

    `told`: the English of an item, "" or with Chinese in it where none is known."""
    whole = english(words)
    items = [] if whole else [t for t in map(told, LISTED.split(words)) if not HAN.search(t)]
    known, several = ", ".join(filter(None, items)), len(LISTED.split(words)) > 1
    left = len(list(filter(None, items))) < len(LISTED.split(words))
    return whole or (known + (" and others" if left else "") if known and several else "")


def glossed(name, gloss=""):
    """A Chinese name with its gloss behind: 常安平台 (Chang'an platform); the name alone where nothing glosses it."""
    told = gloss or english(name)
    return f"{name} ({told})" if told and HAN.search(name) else name


@cache
def _places(folder):
    """{name, in full and short: English} of the divisions; a short name that two of them share has none."""
    rows = [(r["zh"], r["en"]) for r in table(folder / "divisions.csv", ("zh", "en"))]
    short = {}
    for zh, en in rows:
        short.setdefault(stem(zh), set()).add(en)
    return {zh: en.pop() for zh, en in short.items() if zh and len(en) == 1} | dict(rows)


def place(words, folder=paths.LEXICON):
    """A place in English, named in full or in short (嘉善 as Jiashan), without the city that sets it apart from its
    namesakes; its own words where no table has it."""
    return _places(folder).get(words, "").split(" (")[0] or english(words) or words


def placed(words, folder=paths.LEXICON):
    """Words behind names of places in English: 上海青浦公安 as Shanghai Qingpu police; "" where they are not that."""
    known, names, rest = _places(folder), [], words
    while rest and not english(rest, folder):  # 公安 is a county too
        name = next((rest[:e] for e in range(len(rest), 1, -1) if rest[:e] in known), "")
        if not name:
            return ""
        names, rest = [*names, place(name)], rest[len(name) :]
    return " ".join([*names, english(rest, folder)]) if names and rest else ""


def phrase(row):
    """A row of `statements` in English, as its rule words it; "" where a word of it is not known."""
    rule = cue_rules().get(row["rule"], {"en": ""})
    told = rule["en"].format(**{c: english(row[c]) or row[c] for c in "xy"}, n="", at="").strip()
    return "" if HAN.search(told) else told
