"""Amounts: number, unit and bound as they stand together; what only looks like one is left out."""

import re

from lib import paths
from lib.evidence.quantities import forms as readings
from lib.evidence.quantities import units as measures
from lib.evidence.quantities.not_quantities import Lookalikes
from lib.lexicon import compiled, table, words
from lib.reading import numerals

DIGITS = re.compile(r"\d*")
RANGE = compiled("second end of a range", numeral=numerals.NUMERAL)
BETWEEN = compiled("between the ends of a range")
SIGNS = {r["sign"]: r["unit"] for r in table(paths.LEXICON / "units_signs.csv", ("sign", "unit"))}
CURRENCY = re.compile(rf"(?:{'|'.join(map(re.escape, SIGNS))})\s*$")
APART = compiled("bound apart from its number")
OF_BASE, OF_BASE_REACH = compiled("base that a bound stands before"), 24
OPPOSITE = {"at_least": "at_most", "at_most": "at_least"}
NEGATIVE = compiled("sign of a negative number")
CHANGE = compiled("change before an amount")
TENS_OF, NO_BOUND = compiled("tens or hundreds of"), compiled("bound that begins another word")
VAGUE, ABOVE = words("bounds of round numbers"), words("bounds of one sign")


def find(chars, lexicon):
    """Amounts in folded characters: dicts as of `readings.read`, with unit, bound and all that belongs to them."""
    known, looks, found, at = measures.rules(lexicon), Lookalikes(chars, lexicon), [], 0
    while m := readings.SCAN.search(chars, at):
        at = looks.end(m.start())
        if not at:
            amount, at = _amount(chars, m.start(), known, looks)
            if amount and not (found and amount["start"] < found[-1]["end"]):
                found.append(amount)
    return _spans(chars, found)


def _spans(chars, found):
    """The amounts, two that give the ends of one as one: 1元至10元, 3人或5人, 一万元以上五万元以下."""
    kept = []
    for a in found:
        last = kept[-1] if kept else None
        alike = last and last["unit"] and last["unit"] == a["unit"] and last["value_high"] == a["value_high"] == ""
        if alike and _ends(chars, last, a):
            last.update(end=a["end"], value_high=a["value"], bound="exact")
        else:
            kept.append(a)
    return kept


def _ends(chars, low, high):
    """Whether two amounts of one unit are the ends of a range."""
    if low["value"] == "" or high["value"] == "" or low["value"] >= high["value"]:
        return False
    if low["end"] == high["start"]:
        return (low["bound"], high["bound"]) == ("at_least", "at_most")
    if CHANGE.search(chars, max(0, low["start"] - 3), low["start"]):
        return False
    return bool(BETWEEN.fullmatch(chars, low["end"], high["start"]))


def _amount(chars, start, known, looks):
    """(amount or None, where to go on) for the number that begins here."""
    number = readings.read(chars, start)
    if not number:
        return None, max(DIGITS.match(chars, start).end(), start + 1)
    number["named"] = looks.named(start)
    _signed(chars, number)
    _prefixed(chars, number, known)
    _ranged(chars, number, looks)
    if not measures.measured(chars, number, known):
        return None, number["end"]
    _suffixed(chars, number, known)
    return number, max(number["end"], start + 1)


def _signed(chars, number):
    at = number["start"]
    if chars[max(0, at - 2) : at] == "零下":
        number.update(start=at - 2, value=number["value"] and -number["value"], below=True)
    elif NEGATIVE.search(chars, max(0, at - 2), at):
        number.update(start=at - 1, value=number["value"] and -number["value"])
    if m := CURRENCY.search(chars, max(0, number["start"] - 4), number["start"]):
        number.update(start=m.start(), unit=SIGNS[m[0].strip()], unit_kind="money")


def _prefixed(chars, number, known):
    """Takes in the words before the number that bound it: 近, 超, 不足, 上百, 数十; 约占 bounds it from afar."""
    at, big = number["start"], number["words"][0] in numerals.MAGNITUDES
    if big and TENS_OF.search(chars, max(0, at - 2), at):
        number.update(start=at - 1, value="", bound="about")
        at -= 1
    if m := APART.search(chars, max(0, at - 6), at):
        number["bound"] = known.bounds["before"][m[m.lastindex]][0]
        return
    if m := OF_BASE.search(chars, max(0, at - OF_BASE_REACH), at):
        bound = known.bounds["before"][m[1]][0]
        denied = chars.endswith(tuple(known.negators), 0, m.start())
        number["bound"] = OPPOSITE.get(bound, bound) if denied else bound
        return
    for n in range(min(4, at), 0, -1):
        bound, not_after = known.bounds["before"].get(chars[at - n : at], ("", ()))
        if n > 1 or chars[at - 1] in ABOVE:
            denial = next((d for d in known.negators if chars.endswith(d, 0, at - n)), "")
            bound = OPPOSITE.get(bound, bound) if denial else bound
            n += len(denial)
        vague = n == 1 and chars[at - 1] in VAGUE and not big and number["words"] != "半"
        if bound and not vague and not chars[max(0, at - n - 2) : at - n].endswith(not_after or ("\0",)):
            number.update(start=at - n, bound=bound, prefixed=True)
            return


def _ranged(chars, number, looks):
    """Takes in the high end of a range: 3至5名, 10%—15%; 3至5万 begins with 30000."""
    m = RANGE.match(chars, number["end"]) if number["value_high"] == "" and number["value"] != "" else None
    high = m and not looks.end(m.start("high")) and numerals.read(m["high"])
    if not high or high <= number["value"] or ("分之" in number["words"] and number["unit"] != "%"):
        return
    if m["sign"] != m["end"] and m["sign"]:
        return
    magnitude = measures.BARE.search(m["high"])
    if magnitude and magnitude.end() == len(m["high"]) and not measures.BARE.search(number["words"]):
        low = numerals.read(number["words"] + magnitude[0])
        number["value"] = low if low and low < high else number["value"]
    number.update(value_high=high, end=m.end("high"))


def _suffixed(chars, number, known):
    """Takes in the words after the unit that bound the amount: 以上, 左右, 以内."""
    end = number["end"]
    for n in (2, 1):
        bound, _ = known.bounds["after"].get(chars[end : end + n], ("", ()))
        if bound and not _other(chars[end : end + n], chars[end + n : end + n + 1], number):
            number.update(bound=number["bound"] if number.get("prefixed") else bound, end=end + n)
            return


def _other(word, following, number):
    """Whether a word that may bound an amount begins another word here: 内部, 多次, 上下级."""
    kind = "length" if number["unit"] == "成" else number["unit_kind"]
    kinds = {"内": ("time",), "多": ("time", "length", "mass"), "余": ("time", "length", "mass")}
    return kind not in kinds.get(word, (kind,)) or bool(NO_BOUND.fullmatch(word + following))
