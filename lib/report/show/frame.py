"""Tables of the report: what a DataFrame becomes in JupyterLab, in the HTML, in the PDF and in the workbook."""

import math

import pandas as pd

from lib.reading.spans import HAN
from lib.report.show import escape
from lib.report.show.escape import ems
from lib.report.show.numbers import UNKNOWN, decimals_of, is_number, plain

_VERBATIM = {"surface", "name", "term", "file", "id", "title", "noun", "stage_text", "part", "parts", "indicator"}
_VERBATIM |= {"rule"}


def payload(frame, labels):
    """{columns, body} of a DataFrame as plain data; columns without any content are left out.

    A cell is {t: text} and where it has them v: number, c: ids.
    """
    frame = frame.reset_index() if any(name is not None for name in frame.index.names) else frame
    empty = frame.empty
    if empty:
        frame = _told_empty(frame, labels)
    columns = [_column(frame.iloc[:, n], name, labels) for n, name in enumerate(frame.columns)]
    columns = [c for c in columns if empty or any(cell["t"] for cell in c["cells"])] or columns[:1]
    return {
        "columns": [{k: c[k] for k in ("key", "label", "align", "width")} for c in columns],
        "body": [list(row) for row in zip(*(c["cells"] for c in columns), strict=True)],
    }


def _told_empty(frame, labels):
    """A table without rows says so in its first cell."""
    names = list(frame.columns) or [""]
    return pd.DataFrame([[labels.of("no_rows"), *[""] * (len(names) - 1)]], columns=names)


def _column(values, name, labels):
    key = " · ".join(labels.of(part) for part in name if part) if isinstance(name, tuple) else str(name)
    numbers = [getattr(v, "value", v) for v in values if not _empty(v)]
    numeric = bool(numbers) and all(is_number(v) for v in numbers)
    decimals = decimals_of([float(v) for v in numbers]) if numeric else None
    cells = [_cell(v, key, decimals, labels) for v in values]
    for cell in cells if key != "title" else ():
        cell["t"] = labels.written(cell["t"])
    label = _headed(labels.of(key, "column"))
    width = round(max([ems(label) / 2, *map(ems, label.split()), *(ems(c["t"]) for c in cells)]), 2)
    align = "right" if numeric else "left"
    return {"key": key, "label": label, "align": align, "cells": cells, "width": width}


def _headed(label):
    """A column's head with a capital letter, but for signs (z, α) and names with capitals of their own (logDice)."""
    signs = len(label) < 3 or label != label.lower() or not label[0].isascii()
    return label if signs else label[0].upper() + label[1:]


def _cell(value, key, decimals, labels):
    if _empty(value):
        return {"t": ""}
    if not _finite(getattr(value, "value", value)):
        return {"t": UNKNOWN}
    if hasattr(value, "ids"):
        told = {"t": escape.capped(value.text), "c": list(value.ids)}
        return told | ({"v": value.value} if is_number(value.value) else {})
    if is_number(value):
        return {"t": plain(value, decimals), "v": value.item() if hasattr(value, "item") else value}
    text = escape.capped(value)
    if key in _VERBATIM or not labels.has(text, key):
        return {"t": text}
    return {"t": labels.of(text, key if f"{key}:{text}" in labels.known else "short")}  # a cell is narrow


def _empty(value):
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("", "<NA>", "NaT")


def _finite(value):
    """Whether a value can be shown: no number that could not be computed (the share of nothing, a density of one)."""
    return not (is_number(value) and not isinstance(value, str) and not math.isfinite(value))


def html(table, link=None):
    """The table element. `link(cell)` gives the address that a cell with evidence leads to; none in JupyterLab."""
    head = "".join(f'<th class="{_class(c)}" scope="col">{escape.html(c["label"])}</th>' for c in table["columns"])
    body = "\n".join(f"<tr>{_tds(row, table['columns'], link)}</tr>" for row in table["body"])
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _tds(row, columns, link):
    return "".join(
        f'<td class="{_class(c)}" data-label="{escape.html(c["label"])}"{_lang(cell["t"])}>{_td(cell, link)}</td>'
        for cell, c in zip(row, columns, strict=True)
    )


def _lang(text):
    """The attribute of a cell that is mostly Chinese."""
    return ' lang="zh-CN"' if 2 * len(HAN.findall(text)) > len(text) else ""


def _class(column):
    return column["align"] + (" short" if column["width"] <= 12 else " long" if column["width"] > 30 else "")


def _td(cell, link):
    text = escape.html(cell["t"])
    return f'<a href="{escape.html(link(cell))}">{text}</a>' if link and cell.get("c") else text
