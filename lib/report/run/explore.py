"""The interactive notebook: pick places, elements, a practice, words or an indicator; see what the texts say, and keep
it as a table."""

import os
from functools import cached_property, partial

import ipywidgets as widgets
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display

from lib import desk
from lib.comparison import indicators, language, practices, rates
from lib.comparison.elements import statements
from lib.lexicon import BadInput
from lib.report.coders import kept, sheet
from lib.report.figures import practices as figures
from lib.report.run import lab
from lib.report.show import frame as tables
from lib.report.show import pane, style
from lib.report.tables import elements
from lib.report.tables import quantities as numbers

MOST = 50  # rows that are shown; what is saved has all
SAVED = lab.FOLDER / "saved"


class Explorer:
    """Controls over one corpus. Each method gives a widget that shows its result, follows every change and saves."""

    def __init__(self, report, corpus):
        self.report, self.label = report, report.label
        self.corpus = desk.Corpus(report.evidence, corpus, report.labels)
        self.evidence = desk.Evidence(report.evidence, corpus, report.labels)
        self.coded = practices.codings(corpus)
        self.selections = {}  # name of an answer -> (what was picked, the table)

    @cached_property
    def _states(self):
        return practices.matrix(self.coded, self.corpus)

    @cached_property
    def _cells(self):
        return statements.cells(statements.statements(self.corpus, *self.report.both))

    @cached_property
    def _levels(self):
        return indicators.levels(self.corpus.quantities)

    @cached_property
    def _rated(self):
        return rates.rates(self.corpus.quantities, self.report.evidence.places)

    def _answer(self, name, begun, show, **controls):
        """The controls, what `show` says to them, and buttons that save the table it gives; `begun`: what is picked
        first. Below stands the call that picks the same again, to be kept or sent to somebody."""

        def shown(**picked):
            try:
                self.selections[name] = picked, show(**picked)
                again.value = f"explorer.{name}({', '.join(f'{k}={v!r}' for k, v in picked.items())})"
            except BadInput as e:
                self.selections.pop(name, None)
                display(HTML(f"<p>{tables.escape.html(str(e))}</p>"))

        told, again = widgets.Label(), widgets.Label()
        buttons = [widgets.Button(description=f"{self.label('save')} {suffix}") for suffix in ("csv", "xlsx")]
        for button, suffix in zip(buttons, ("csv", "xlsx"), strict=True):
            button.on_click(partial(self._saved, name, suffix, told))
        for control, value in begun.items():
            controls[control].value = value
        return widgets.VBox([widgets.interactive(shown, **controls), widgets.HBox([*buttons, told]), again])

    def _saved(self, name, suffix, told, _):
        told.value = self.save(name, suffix) if name in self.selections else self.label("no_rows")

    def save(self, name, suffix="csv"):
        """Where the table of an answer was saved, with what was picked in a second sheet where it is a workbook."""
        picked, table = self.selections[name]
        chosen = pd.DataFrame([(k, str(v)) for k, v in picked.items()], columns=["setting", "value"])
        write = {
            "csv": lambda path: table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n"),
            "xlsx": lambda path: sheet.write(path, {name: _plain(table), "settings": chosen}, {}),
        }[suffix]
        return os.path.relpath(kept.place(SAVED / f"{name}.{suffix}", write), lab.FOLDER.parent)

    def _choice(self, keys, name, group=""):
        options = [(self.label(k, group or name), k) for k in keys]
        return widgets.Dropdown(options=options, description=self.label(name))

    def _places(self):
        places = style.order(self.corpus.places)
        return widgets.SelectMultiple(
            options=[(self.label(p, "short"), p) for p in places],
            value=places,
            rows=min(8, len(places)),
            description=self.label("places"),
        )

    def map(self, **picked):
        """The map of practices of one dimension for the chosen places."""
        dimensions = list(dict.fromkeys(self.corpus.practices["dimension"]))
        return self._answer(
            "map", picked, self.show_map, places=self._places(), dimension=self._choice(dimensions, "dimension")
        )

    def show_map(self, places, dimension):
        """Draws the map of practices; its table."""
        own = self._states[self._states["place"].isin(places) & (self._states["dimension"] == dimension)]
        display(figures.matrix(own, self.label))
        return own

    def beside(self, **picked):
        """Two places side by side: what each says of every element of a model."""
        first, second = (
            self._choice(self.corpus.places, "place", "short"),
            self._choice(self.corpus.places, "place", "short"),
        )
        second.value = self.corpus.places[-1]
        return self._answer("beside", picked, self.show_beside, one=first, other=second)

    def show_beside(self, one, other):
        """Shows and gives the elements of two places."""
        found = elements.matrix(self.report, self._cells, list(dict.fromkeys([one, other])))
        return self._table(found.rename(columns={"model_element": self.label("model_element", "column")}))

    def practice(self, **picked):
        """One practice: who speaks of it and who is silent, and the sentences with the rules that coded them."""
        keys = self.corpus.practices["practice"]
        return self._answer(
            "practice",
            picked,
            self.show_practice,
            places=self._places(),
            practice=self._choice(keys, "practice", "practice"),
        )

    def show_practice(self, places, practice):
        """Shows how each place speaks of a practice; gives the codings with their sentences."""
        found = self.corpus.practice(practice)
        self._table(found[found["place"].isin(places)].drop(columns=["place", "ids"]))
        rows = self.evidence.mentions
        rows = rows[(rows["kind"] == "practice") & (rows["key"] == practice) & rows["place"].isin(places)]
        columns = ["place_name", "date", "surface", "text", "status", "strength", "rule", "source", "start", "end"]
        return self._table(self._with_text(rows)[columns])

    def words(self, **picked):
        """Words, or a regular expression: how often each place has them, their company, and where they stand."""
        field = widgets.Text(
            value=language.first(language.distinctive(self.corpus.terms, self.corpus.places)),
            description=self.label("term"),
            continuous_update=False,
        )
        width = widgets.IntSlider(value=18, min=4, max=60, description=self.label("width"), continuous_update=False)
        return self._answer("words", picked, self.show_words, places=self._places(), words=field, width=width)

    def show_words(self, places, words, width=18):
        """Shows counts and collocates of words; gives their contexts."""
        counts = self.evidence.count(words)
        self._table(counts[counts["place"].isin(places)].drop(columns="place"))
        company = language.collocates(self.corpus.terms[self.corpus.terms["place"].isin(places)], words).head(10)
        if len(company):
            self._table(company)
        found = self.evidence.find(words, width)
        own = found[found["place"].isin(places)].drop(columns=["place", "sentence"])
        return self._table(own.rename(columns={"right": "following"}))

    def indicator(self, **picked):
        """An indicator: what each place gives and when, with bounds and rates, and who gives none."""
        keys = sorted(self._levels["indicator"].unique()) or [""]
        return self._answer(
            "indicator", picked, self.show_indicator, places=self._places(), indicator=self._choice(keys, "indicator")
        )

    def show_indicator(self, places, indicator):
        """Shows the levels of an indicator, over time where they have dates; gives its rates."""
        levels = self._levels[self._levels["place"].isin(places) & (self._levels["indicator"] == indicator)]
        self._table(numbers.levels(self.report, levels, self._rated))
        rows = self.corpus.quantities[self.corpus.quantities["id"].isin(levels["id"])]
        dated = rows[rows["period_end"] != ""]
        if dated["period_end"].nunique() > 1:
            display(over_time(dated, self.label))
        found = self.corpus.rate(indicator)
        return self._table(found[found["place"].isin(places)].drop(columns="place"))

    def _with_text(self, rows):
        words = [self.report.registry.sentence(s)["text"] if s else "" for s in rows["sentence"]]
        return rows.assign(text=words)

    def _table(self, found):
        """Shows the first rows of a table in a box that scrolls, every cell as text; gives the table."""
        shown = found.head(MOST)
        rest = f"<p>{MOST} / {len(found)}</p>" if len(found) > MOST else ""
        body = tables.html(tables.payload(shown, self.report.labels))
        display(HTML(pane.framed(body, 24) + rest))
        return found


def over_time(levels, label):
    """A figure of dated numbers, a colour a place."""
    figure, axes = plt.subplots(figsize=(5, 2.4))
    colours = style.colours(levels["place"])
    for place, own in levels.sort_values("period_end").groupby("place", sort=False):
        dates = pd.to_datetime(own["period_end"])
        axes.plot(dates, own["value"], "o-", color=colours[place], label=label(place, "short"))
    axes.set_ylim(bottom=0)
    axes.legend()
    plt.close(figure)
    return figure


def _plain(table):
    return table.map(lambda v: v if isinstance(v, (int, float, str)) else "" if v is pd.NA else str(v))
