"""The interactive notebook: pick places, a practice or a word; see counts, and the sentences behind them."""

import ipywidgets as widgets
from IPython.display import Markdown, display

from lib.comparison import indicators, language, practices, rates
from lib.report.figures import practices as figures
from lib.report.show import escape, style
from lib.report.tables import quantities as numbers

MOST = 20


class Explorer:
    """Controls over one corpus. Each method gives a widget that shows its result and follows every change."""

    def __init__(self, report, corpus):
        self.report, self.corpus, self.label = report, corpus, report.label
        self.coded = practices.codings(corpus)

    def _choice(self, keys, name):
        return widgets.Dropdown(options=[(self.label(k, "dimension"), k) for k in keys], description=self.label(name))

    def _places(self):
        places = style.order(self.corpus.places)
        return widgets.SelectMultiple(
            options=[(self.label(p, "short"), p) for p in places],
            value=places,
            rows=min(8, len(places)),
            description=self.label("places"),
        )

    def map(self):
        """The map of practices of one dimension for the chosen places."""
        dimensions = list(dict.fromkeys(self.corpus.practices["dimension"]))
        return widgets.interactive(
            self.show_map, places=self._places(), dimension=self._choice(dimensions, "dimension")
        )

    def show_map(self, places, dimension):
        """Draws the map of practices."""
        states = practices.matrix(self.coded, self.corpus)
        display(figures.matrix(states[states["place"].isin(places) & (states["dimension"] == dimension)], self.label))

    def practice(self):
        """The sentences of one practice in the chosen places."""
        return widgets.interactive(
            self.show_practice,
            places=self._places(),
            practice=self._choice(self.corpus.practices["practice"], "practice"),
        )

    def show_practice(self, places, practice):
        """Shows how often each place speaks of a practice, and where."""
        rows = self.coded[self.coded["place"].isin(places) & (self.coded["practice"] == practice)]
        counts = rows.groupby(["place", "status"]).size().rename("sentences").reset_index()
        display(
            counts.assign(
                place=[self.label(p, "short") for p in counts["place"]],
                status=[self.label(s) for s in counts["status"]],
            )
        )
        self.report.quote(rows, MOST)

    def word(self):
        """A word: how often each place uses it, its company, and its contexts where the texts are at hand."""
        field = widgets.Text(
            value=language.first(language.distinctive(self.corpus.terms, self.corpus.places)),
            description=self.label("term"),
            continuous_update=False,
        )
        return widgets.interactive(self.show_word, places=self._places(), word=field)

    def show_word(self, places, word):
        """Shows counts, collocates and contexts of a word."""
        terms = self.corpus.terms[self.corpus.terms["place"].isin(places)]
        totals = terms.groupby("place")["count"].sum()
        mine = terms[terms["term"] == word].groupby("place")["count"].sum().reindex(totals.index).fillna(0).astype(int)
        display(
            (mine.rename("count").to_frame().assign(per_thousand=1000 * mine / totals)).rename(
                index=lambda p: self.label(p, "short")
            )
        )
        display(language.collocates(terms, word).head(10))
        lines = language.kwic(self.report.evidence, word).head(MOST)
        told = [f"{_line(r)} ({self.report.source(r.source)} {r.start})" for r in lines.itertuples()]
        display(Markdown("\n".join(told) or self.label("no_rows")))

    def indicator(self):
        """An indicator: what each place gives, with bounds."""
        levels = indicators.levels(self.corpus.quantities)
        return widgets.interactive(
            self.show_indicator,
            places=self._places(),
            indicator=self._choice(sorted(levels["indicator"].unique()) or [""], "indicator"),
        )

    def show_indicator(self, places, indicator):
        """Shows the levels of an indicator."""
        levels = indicators.levels(self.corpus.quantities)
        chosen = levels[levels["place"].isin(places) & (levels["indicator"] == indicator)]
        rated = rates.rates(self.corpus.quantities, self.report.evidence.places)
        display(numbers.levels(self.report, chosen, rated))


def _line(row):
    left, word, right = (escape.markdown(words) for words in (row.left, row.word, row.right))
    return f"- …{left}**{word}**{right}…"
