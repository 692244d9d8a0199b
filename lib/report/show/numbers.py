"""How the report writes numbers, in one place: shares, differences, intervals, amounts with their bounds."""

import math
from numbers import Number

import pandas as pd

from lib.comparison.elements.wording import SIGNS

UNKNOWN = "–"  # what could not be computed: the one gate for every table, sentence and sheet


def percent(value):
    """0.123 as 12%; – where unknown."""
    return UNKNOWN if math.isnan(value) else f"{100 * value:.0f}%"


def points(value):
    """0.123 as +12, in percentage points; – where unknown."""
    text = f"{100 * value:+.0f}"
    return UNKNOWN if math.isnan(value) else "0" if text[1:] == "0" else text.replace("-", "−")


def whole(value):
    """A number without decimals; – where unknown."""
    return UNKNOWN if math.isnan(value) else f"{value:,.0f}"


def interval(low, high):
    """A pair of shares as [3%, 21%]; nothing where unknown."""
    return "" if math.isnan(low) or math.isnan(high) else f"[{percent(low)}, {percent(high)}]"


def signed_interval(low, high):
    """A pair of differences as " [+3, +21]" points; nothing where unknown."""
    return "" if math.isnan(low) or math.isnan(high) else f" [{points(low)}, {points(high)}]"


def share(r):
    """A share with its interval, as 61% [52%, 70%]."""
    return f"{percent(r.share)} {interval(r.low, r.high)}".strip()


def plain(value, decimals=None):
    """A number as the report writes it: groups of three from five digits on, no idle decimals.

    plain(2500) = '2500', plain(12345.0) = '12,345', plain(0.1234) = '0.123'
    """
    if decimals is None:
        decimals = 0 if float(value).is_integer() else decimals_of([value])
    text = f"{value:,.{decimals}f}" if abs(value) >= 10_000 else f"{value:.{decimals}f}"
    return text.replace("-", "−")


def decimals_of(values):
    """How many decimals some numbers need side by side."""
    if all(float(v).is_integer() for v in values):
        return 0
    largest = max(abs(v) for v in values)
    return 1 if largest >= 100 else 2 if largest >= 1 else 3


def is_number(value):
    """Whether a value counts as a number: neither text nor truth."""
    return (isinstance(value, Number) or hasattr(value, "dtype")) and str(value) not in ("True", "False")


def full(value):
    """A number with all its digits, in groups of three: 1,234.5; nothing where it is unknown."""
    return f"{float(value):,.10g}" if value not in ("", None) and not pd.isna(value) else ""


def amount(value, high=None, bound=""):
    """A value with its bound as the report writes it: ≥3,200; 3–5; ≈40."""
    return SIGNS.get(bound, "") + "–".join(map(full, (value,) if pd.isna(high) else (value, high)))


def rounded(value):
    """A number with three figures, none of them as a power: 24,900; 1.08; 0.00071."""
    decimals = max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    return f"{round(value, decimals):,.{decimals}f}" if decimals else f"{float(f'{value:.3g}'):,.0f}"
