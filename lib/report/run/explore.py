"""The interactive notebook: pick places and years, an element, a practice, words or an indicator; see what the texts
say, and keep it as a table, as a figure, or as what was picked."""

import json
import os
from functools import cached_property, lru_cache, partial

import ipywidgets as widgets
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display
from matplotlib.ticker import MaxNLocator
from traitlets import TraitError

from lib import desk, paths
from lib.comparison import indicators, language, rates
from lib.comparison.elements import codebook, statements
from lib.lexicon import BadInput
from lib.report.coders import kept, sheet
from lib.report.figures import practices as figures
from lib.report.run import lab
from lib.report.show import frame as tables
from lib.report.show import pane, style
from lib.report.show.cite import closed
from lib.report.show.messages import message
from lib.report.tables import elements
from lib.report.tables import quantities as numbers

MOST = 50  # rows that are shown; what is saved has all
SAVED = lab.FOLDER / "saved"
ANSWERS = ("beside", "element", "map", "practice", "words", "indicator")
DRAWN = ("map", "practice", "words", "indicator")  # answers that have a figure
ABSENT = message("texts not at hand: run make lab TEXTS=dir")
OUTSIDE = message("left out, since their place is unknown (give each one in sources.csv): {files}")
FIGURES, FILES = ("png", "svg"), ("csv", "xlsx", "json")


class Explorer:
    """Controls over one corpus. Each answer is a widget that shows its result, follows every change and saves."""

    def __init__(self, report, corpus):
        self.report, self.label = report, report.label
        self.evidence, self.corpus = desk.opened(report.evidence, corpus, report.labels)
        self.outside = desk.outside(report.evidence, corpus)
        self.selections = {}  # name of an answer -> (what was picked, the table, the figure or None)
        self.of = lru_cache(8)(self._of)

    def _of(self, places, years):
        """(Evidence, Corpus) of the texts of some places and years."""
        return desk.opened(self.report.evidence, self.corpus, self.report.labels, places, years)

    @cached_property
    def _cells(self):
        return statements.cells(self.corpus.said)

    @cached_property
    def _levels(self):
        return indicators.levels(self.corpus.quantities)

    @cached_property
    def _rated(self):
        return rates.rates(self.corpus.quantities, self.report.evidence.places)

    def _answer(self, name, begun, **controls):
        """The controls, what `show_NAME` says to them, and buttons that save it; `begun`: what is picked first. Below
        stands the call that picks the same again."""

        def shown(**picked):
            try:
                self.selections[name] = picked, *getattr(self, f"show_{name}")(**picked)
                given = ", ".join(f"{k}={v!r}" for k, v in picked.items() if not _every(controls[k]))
                again.value = f"<code>{tables.escape.html(f'explorer.{name}({given})')}</code>"
            except BadInput as e:
                self.selections.pop(name, None)
                again.value = ""
                self._line(str(e))
            if self.outside:
                self._line(self.report.text(OUTSIDE).format(files=self.report.labels.listed(self.outside)))

        told, again = widgets.Label(), widgets.HTML()
        suffixes = (*FILES, *(FIGURES if name in DRAWN else ()))
        buttons = [widgets.Button(description=f"{self.label('save')} {suffix}") for suffix in suffixes]
        for button, suffix in zip(buttons, suffixes, strict=True):
            button.layout.width = "auto"
            button.on_click(partial(self._saved, name, suffix, told))
        for control in controls.values():
            control.style.description_width = "auto"
        for control, value in begun.items():
            controls[control].value = value
        return widgets.VBox([widgets.interactive(shown, **controls), widgets.HBox([*buttons, told]), again])

    def _saved(self, name, suffix, told, _):
        try:
            told.value = self.save(name, suffix) if name in self.selections else self.label("no_rows")
        except BadInput as e:
            told.value = str(e)

    def save(self, name, suffix="csv"):
        """Where an answer was saved: its table (csv; xlsx, with what was picked in a second sheet), its figure (png,
        svg) or what was picked (json), which `again` picks anew. BadInput where it has no figure."""
        picked, table, figure = self.selections[name]
        if suffix in FIGURES and figure is None:
            raise BadInput(f"{name} draws no figure here; expected {', '.join(FILES)}")
        chosen = pd.DataFrame([(k, str(v)) for k, v in picked.items()], columns=["setting", "value"])
        told = json.dumps({"answer": name, "picked": picked}, ensure_ascii=False, indent=1)
        write = {
            "csv": lambda path: table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n"),
            "xlsx": lambda path: sheet.write(path, {name: _plain(table), "settings": chosen}, {}),
            "json": lambda path: path.write_text(told + "\n", "utf-8"),
        }.get(suffix, partial(_drawn, figure, suffix))
        return os.path.relpath(kept.place(SAVED / f"{name}.{suffix}", write), lab.FOLDER.parent)

    def again(self, path):
        """The answer that a saved .json picks, from oneself or somebody else; BadInput where it is none."""
        try:
            told = json.loads((paths.ROOT / path).read_text("utf-8"))
            return getattr(self, ANSWERS[ANSWERS.index(told["answer"])])(**told["picked"])
        except (OSError, ValueError, KeyError, TypeError, TraitError) as e:
            raise BadInput(f"{path}: {e}; expected what the button {self.label('save')} json wrote") from None

    def _choice(self, keys, name, group=""):
        options = [(self.label(k, group or name), k) for k in keys]
        return widgets.Dropdown(options=options, description=self.label(name))

    def _texts(self):
        """The controls for the texts: their places and their years, each all to begin with."""
        places, years = style.order(self.corpus.places), desk.year(self.corpus.sources)
        named = {"places": [(self.label(p, "short"), p) for p in places]}
        named["years"] = [(y or self.label("undated"), y) for y in years]
        made = {}
        for name, options in named.items():
            told = {"options": options, "value": [key for _, key in options], "rows": min(8, len(options))}
            made[name] = widgets.SelectMultiple(**told, description=self.label(name))
        return made

    def map(self, **picked):
        """The map of practices of one dimension."""
        dimensions = list(dict.fromkeys(self.corpus.practices["dimension"]))
        return self._answer("map", picked, **self._texts(), dimension=self._choice(dimensions, "dimension"))

    def show_map(self, places, years, dimension):
        """Draws the map of practices; its table and figure."""
        corpus = self.of(places, years)[1]
        own = corpus.states[corpus.states["dimension"] == dimension]
        told = desk.labelled(own, corpus, self.report.labels, "practice")
        return told, self._figure(figures.matrix(own.fillna({"strength": 0}), self.label))

    def beside(self, **picked):
        """Two places side by side: what each says of every element of a model."""
        places = style.order(self.corpus.places)
        first, second = (self._choice(places, "place", "short") for _ in range(2))
        second.value = places[-1]
        return self._answer("beside", picked, one=first, other=second)

    def show_beside(self, one, other):
        """Shows the elements of two places; their table."""
        found = elements.matrix(self.report, self._cells, list(dict.fromkeys([one, other])), self.corpus)
        return self._table(found.rename(columns={"model_element": self.label("model_element", "column")})), None

    def element(self, **picked):
        """An element of a model: all that each place says of it, and who is silent."""
        keys = [e.key for e in codebook.elements()]
        return self._answer("element", picked, **self._texts(), element=self._choice(keys, "model_element", "element"))

    def show_element(self, places, years, element):
        """Shows what is said of an element, with the sentences; its table."""
        found = self.of(places, years)[1].element(element)
        rows = [[self.report.registry.row(id) for id in ids] if isinstance(ids, tuple) else [] for ids in found["ids"]]
        told = found.assign(
            text=[self._sentence(r[0].get("sentence")) if r else "" for r in rows],
            rule=[" ".join(dict.fromkeys(filter(None, (x.get("rule", "") for x in r)))) for r in rows],
        )
        return self._table(told.drop(columns=["place", "ids"])), None

    def practice(self, **picked):
        """One practice: who speaks of it and who is silent, and the sentences with the rules that coded them."""
        keys = self.corpus.practices["practice"]
        return self._answer("practice", picked, **self._texts(), practice=self._choice(keys, "practice", "practice"))

    def show_practice(self, places, years, practice):
        """Shows how each place speaks of a practice; the codings with their sentences, and a figure."""
        evidence, corpus = self.of(places, years)
        found = corpus.practice(practice)
        self._table(found.drop(columns=["place", "ids"]))
        figure = self._figure(bars(found, "sentences", self.label))
        rows = evidence.mentions.query("kind == 'practice' and key == @practice")
        columns = ["place_name", "date", "surface", "text", "status", "strength", "rule", "source", "start", "end"]
        return self._table(rows.assign(text=rows["sentence"].map(self._sentence))[columns]), figure

    def words(self, **picked):
        """Words, or a regular expression: how often each place has them, their company, and where they stand."""
        field = widgets.Text(value=self._word(), description=self.label("term"), continuous_update=False)
        width = widgets.IntSlider(value=18, min=4, max=60, description=self.label("width"), continuous_update=False)
        synonyms = widgets.Checkbox(value=False, description=self.label("synonyms"))
        return self._answer("words", picked, **self._texts(), words=field, width=width, synonyms=synonyms)

    def _word(self):
        """A distinctive word of the places with a text at hand; of any place where they have none."""
        here = [p for p in self.corpus.places if p not in self.evidence.absent()]
        found = (language.first(language.distinctive(self.corpus.terms, p)) for p in (here, self.corpus.places))
        return next(filter(None, found), "")

    def show_words(self, places, years, words, width=18, synonyms=False):
        """Shows counts and collocates of words; their contexts with the codes of the sentence, and a figure."""
        evidence, corpus = self.of(places, years)
        if absent := evidence.absent():
            names = self.report.labels.listed(self.label(p, "short") for p in style.order(absent))
            self._line(f"{self.report.text(ABSENT)} ({names})")
        words = language.widened(words) if synonyms else words
        found = evidence.find(words, width)
        if synonyms:
            self._line(words)
        counts = evidence.counted(found)
        self._table(counts.drop(columns="place"))
        figure = self._figure(bars(counts, "count", self.label))
        company = language.collocates(corpus.terms, words).head(10)
        if len(company):
            self._table(company)
        own = found.assign(codes=found["sentence"].map(evidence.codes)).drop(columns=["place", "sentence"])
        return self._table(own.rename(columns={"right": "following"})), figure

    def indicator(self, **picked):
        """An indicator: what each place gives and when, with bounds and rates, and who gives none."""
        keys = sorted(self._levels["indicator"].unique()) or [""]
        keys = sorted(keys, key=lambda key: self.label(key, "indicator"))
        return self._answer("indicator", picked, **self._texts(), indicator=self._choice(keys, "indicator"))

    def show_indicator(self, places, years, indicator):
        """Shows the levels of an indicator, over time where they have dates; its rates, and a figure."""
        corpus = self.of(places, years)[1]
        levels = self._levels[self._levels["id"].isin(corpus.quantities["id"])]
        levels = levels[levels["indicator"] == indicator]
        self._table(numbers.levels(self.report, levels, self._rated))
        rows = corpus.quantities[corpus.quantities["id"].isin(levels["id"])]
        dated = rows[rows["period_end"] != ""]
        figure = self._figure(over_time(dated, self.label)) if dated["period_end"].nunique() > 1 else None
        told = corpus.rate(indicator).drop(columns="place")
        self._table(told.drop(columns="id"))
        return told, figure

    def _sentence(self, id):
        return self.report.registry.sentence(id)["text"] if id else ""

    def _line(self, words):
        display(HTML(f"<p>{tables.escape.html(words)}</p>"))

    def _figure(self, figure):
        display(figure)
        closed(figure)
        return figure

    def _table(self, found):
        """Shows the first rows of a table in a box that scrolls, every cell as text; gives the table."""
        shown = found.head(MOST)
        rest = f"<p>{MOST} / {len(found)}</p>" if len(found) > MOST else ""
        body = tables.html(tables.payload(shown, self.report.labels))
        display(HTML(pane.framed(body, 24) + rest))
        return found


def bars(found, column, label):
    """A figure of a number a place, and in place of a bar the reason where there is none."""
    figure, axes = plt.subplots(figsize=(5, 0.5 + 0.26 * len(found)))
    colours = style.colours(found["place"])
    for y, row in enumerate(found.itertuples()):
        value = getattr(row, column)
        if pd.notna(value):
            axes.barh(y, value, color=colours[row.place], height=0.7)
        else:
            axes.text(0, y, f" {row.why}", va="center_baseline", color=style.SOFT, fontsize=8)
    axes.set_yticks(range(len(found)), list(found["place_name"]))
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(label(column, "column"))
    return figure


def over_time(levels, label):
    """A figure of dated numbers, a colour a place."""
    figure, axes = plt.subplots(figsize=(5, 2.4))
    colours = style.colours(levels["place"])
    for place, own in levels.sort_values("period_end").groupby("place", sort=False):
        dates = pd.to_datetime(own["period_end"])
        axes.plot(dates, own["value"], "o-", color=colours[place], label=label(place, "short"))
    axes.set_ylim(bottom=0)
    axes.legend()
    return figure


def _every(control):
    """Whether all that a control offers is picked."""
    return isinstance(control, widgets.SelectMultiple) and len(control.value) == len(control.options)


def _plain(table):
    return table.map(lambda v: v if isinstance(v, (int, float, str)) else "" if v is pd.NA else str(v))


def _drawn(figure, suffix, path):
    """Writes a figure that looks the same on any machine: letters as outlines."""
    with plt.rc_context({"svg.fonttype": "path"}):
        figure.savefig(path, format=suffix, dpi=200)
