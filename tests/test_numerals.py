"""Numerals: a table of cases, and any numeral written from a value reads back to it."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.reading import numerals

CASES = list(csv.DictReader(open(Path(__file__).parent / "cases" / "numerals.csv", encoding="utf-8")))
PLAIN, FINANCIAL = ("零一二三四五六七八九", "十百千"), ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")


@pytest.mark.parametrize("case", CASES, ids=[c["words"] for c in CASES])
def test_reads(case):
    value = numerals.read(case["words"])
    assert ("" if value is None else str(value)) == case["value"]


@pytest.mark.parametrize(
    "words, low, high",
    [
        ("七八", 7, 8),
        ("三四十", 30, 40),
        ("三五百", 300, 500),
        ("十三四", 13, 14),
        ("两三", 2, 3),
        ("一两百", 100, 200),
        ("二十五六", 25, 26),
        ("五六万", 50000, 60000),
    ],
)
def test_neighbouring_digits_are_a_range(words, low, high):
    assert numerals.read_range(words) == (low, high)


@pytest.mark.parametrize("words", ["二十", "八七", "一九", "三", "五百", "一百二十三"])
def test_other_digits_are_no_range(words):
    assert numerals.read_range(words) is None


def chinese(value, signs=PLAIN):
    """A whole number below 10**16 in Chinese signs."""
    digits, (ten, hundred, thousand) = signs
    for magnitude, sign in ((10**8, "亿"), (10**4, "万"), (1000, thousand), (100, hundred), (10, ten)):
        if value >= magnitude:
            high, low = divmod(value, magnitude)
            gap = "零" if 0 < low < magnitude // 10 else ""
            return chinese(high, signs) + sign + gap + (chinese(low, signs) if low else "")
    return digits[value]


WHOLE = st.integers(0, 10**16 - 1)


@given(WHOLE)
def test_chinese_reads_back(value):
    assert numerals.read(chinese(value)) == value


@given(WHOLE)
def test_financial_reads_back(value):
    assert numerals.read(chinese(value, FINANCIAL)) == value


@given(WHOLE)
def test_arabic_reads_back_with_and_without_separators(value):
    assert numerals.read(f"{value}") == numerals.read(f"{value:,}") == value


@given(st.integers(1, 9999), st.integers(0, 99), st.sampled_from([("万", 10**4), ("亿", 10**8), ("", 1)]))
def test_decimals_with_magnitude_read_back(whole, part, magnitude):
    sign, factor = magnitude
    assert numerals.read(f"{whole}.{part:02}{sign}") == pytest.approx((whole + part / 100) * factor)


@given(st.integers(1, 9999), st.integers(1, 9))
def test_mixed_reads_back(high, low):
    assert numerals.read(f"{high}万{low}千") == high * 10_000 + low * 1000


@given(WHOLE.filter(bool))
def test_a_numeral_is_one_match_of_the_pattern(value):
    for words in (f"{value}", f"{value:,}", chinese(value), chinese(value, FINANCIAL)):
        assert re.match(numerals.NUMERAL, words)[0] == words


@given(st.text(max_size=20))
def test_any_text_reads_to_a_number_or_none(words):
    assert numerals.read(words) is None or isinstance(numerals.read(words), int | float)


@given(st.text(max_size=40))
def test_folding_keeps_the_length(words):
    assert len(numerals.fold(words)) == len(words)
