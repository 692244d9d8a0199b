"""What JupyterLab shows of a number's evidence: the rows that it leads to, in a pane below what is shown."""

import re

import pandas as pd
from IPython import get_ipython
from matplotlib.axes import Axes

from lib.report.show import captions, escape
from lib.report.show.numbers import UNKNOWN

ROWS = 12  # of one number
WIDEST = 160  # characters of a cell of a DataFrame
MOST = 720  # rows of one output, or one a number where it has more numbers than that


def live() -> bool:
    """Whether somebody looks at the outputs as they come: a kernel runs, not `make`."""
    return hasattr(get_ipython(), "kernel")


def legible():
    """Makes plain cells show a DataFrame in a box that scrolls, what is missing as –, and a chart alone."""
    if live():
        formatters = get_ipython().display_formatter.formatters
        formatters["text/html"].for_type(pd.DataFrame, _frame)
        formatters["text/plain"].for_type(Axes, lambda axes, printer, cycle: printer.text(""))


def _frame(frame):
    whole = frame.select_dtypes("Int64").columns  # of these pandas writes <NA>, whatever it is told
    shown = frame.assign(**{c: frame[c].astype(object).where(frame[c].notna(), UNKNOWN) for c in whole})
    with pd.option_context("display.max_colwidth", WIDEST):
        told = shown.to_html(na_rep=UNKNOWN, max_rows=60, show_dimensions=len(frame) > 60, border=0)
    return framed(told, 30)


def anchored(text: str, mark: str) -> str:
    """Markdown whose links lead into the pane of this output, and whose bold words are bold wherever they end: Markdown
    alone leaves the stars of 谁主导？ where a word follows at once."""
    text = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"<strong>\1</strong>", text, flags=re.S)
    return text.replace("](#", f"](#{mark}-")


def pane(packed: dict, mark: str, labels) -> str:
    """The evidence of one output as HTML that folds: its rows, a row each, under the anchor of their number.

    It begins unfolded, since JupyterLab leads no link into what is folded.
    """
    sets = list(packed.get("sets", {}).items())
    each = max(1, min(ROWS, MOST // max(len(sets), 1)))
    rows = [row for name, told in sets for row in _set(told, packed, f"{mark}-{name}", each)]
    if not rows:
        return ""
    summary = f"<summary>{escape.html(labels.of('evidence_pane'))} ({len(sets)})</summary>"
    table = f"<table>{''.join(rows)}</table>"
    return f"\n\n<details open>{summary}{framed(table, 12)}</details>\n"


def framed(table: str, height: int = 40) -> str:
    """A table in a box of so many em that scrolls; words stand left, numbers right, a name of a place in one line."""
    left = ".evidence-box th,.evidence-box td{text-align:left!important;min-width:4em}"
    right = ".evidence-box .right{text-align:right!important}"
    box = f'<div class="evidence-box" style="max-height:{height}em;overflow:auto">'
    return f"<style>{left}{right}</style>{box}{table}</div>"


def _set(told, packed, anchor, each):
    ids = told["ids"][:each]
    for n, id in enumerate(ids):
        row = packed["rows"][id]
        where = f"{row['start']}–{row['end']}" if "start" in row else ""
        text = packed["sentences"].get(row.get("sentence"), {}).get("text", "")
        source = packed["sources"][row["source"]]["name"]
        cells = (source, where, row.get("surface", ""), row.get("what", ""), text)
        named = f' id="{escape.html(anchor)}"' if n == 0 else ""
        yield f"<tr{named}>{''.join(f'<td>{escape.html(str(c))}</td>' for c in cells)}</tr>"
    if told["count"] > len(ids):
        yield f"<tr><td>… ({told['count']})</td></tr>"


def caption(kind: str, key: str, text: str, language: str) -> str:
    """The caption of a table or figure, named as references name it."""
    name = captions.named(f"[@{'tbl' if kind == 'table' else 'fig'}:{key}]", language)
    return f"**{name[:1].upper() + name[1:]}{'。' if language == 'zh' else '.'}** {text}"
