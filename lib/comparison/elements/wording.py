"""What a cell says in few words: lists, amounts with their bound, labels inside a phrase."""

import re

import pandas as pd


def listed(words, language):
    """Words as a list, none twice."""
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(words)).strip()


TENTHS, SHARES = {"成": 10}, {"%": "%", "‰": "‰", "成": "%"}  # 两成 is 20%
SIGNS = {"at_least": "≥", "at_most": "≤", "nearly": "≲", "about": "≈"}


PAIRS = {"”": "“", "’": "‘", "）": "（", ")": "(", "》": "《"}
DOUBLED = re.compile("(?<=[^）])）（|(?<=[^)])\\) \\(")  # brackets behind brackets


def paired(text):
    """A text without the marks and brackets whose other half it lacks."""
    open_, odd = [], set()
    for n, mark in enumerate(text):
        if mark in PAIRS.values():
            open_.append(n)
        elif mark in PAIRS and open_ and text[open_[-1]] == PAIRS[mark]:
            open_.pop()
        elif mark in PAIRS:
            odd.add(n)
    odd |= {*open_} | ({text.rindex('"')} if text.count('"') % 2 else set())
    return "".join(mark for n, mark in enumerate(text) if n not in odd)


def merged(text):
    """A text, what stands in brackets behind brackets in one pair of them."""
    return DOUBLED.sub(lambda m: "，" if m[0] == "）（" else ", ", text)


def written(r):
    """An amount with its bound, as ≥7,100; a share with its sign."""
    return amount(r.bound, r.value, r.unit, r.value_high)


def sign(bound, language="en"):
    """What stands before a number of this bound in a sentence: ≥, ≤, ≈; nearly (Chinese pages make 近 of the sign)."""
    return "nearly " if bound == "nearly" and language == "en" else SIGNS.get(bound, "")


def amount(bound, value, unit, high=None):
    """A number with its bound, the upper end of its range, and the sign of a share."""
    size = TENTHS.get(unit, 1)
    upto = "" if pd.isna(high) else f"–{_plain(high * size)}"
    return f"{sign(bound)}{_plain(value * size)}{upto}{SHARES.get(unit, '')}"


POWERS = ((1e9, " billion"), (1e6, " million"), (1, ""))


def _plain(value):
    """A number with all its digits, never as a power of ten: 69.5 billion, 7,100, 0.3."""
    power, word = next((p for p in POWERS if abs(value) >= p[0]), POWERS[-1])
    return f"{value / power:,.10g}{word}"


LIKE = 0.6  # of the characters


def unlike(words, other):
    """Whether two words tell different things, by their characters: 一站式受理 and 一站式解决 do not."""
    return bool(words) and adds(words, other) and adds(other, words)


def adds(gloss, name):
    """Whether a gloss says more than the name before it, by its characters: 扫码快速过站的码 after 快行码."""
    return len({*gloss} & {*name}) < LIKE * len({*gloss})


def singular(words):
    """Words for several things as words for one: governance centres (of a district) as governance centre."""
    return re.sub("s(?= [(]|$)", "", words, count=1)


def lowered(label):
    """A label inside a phrase: Police posts as police posts; an abbreviation stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
