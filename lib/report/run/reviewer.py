"""Reviewing in JupyterLab: one coding after the other, the most doubtful first, a key for each decision."""

from datetime import date

import ipywidgets as widgets

from lib import paths
from lib.evidence import review as table
from lib.report.coders import coding, kept, review, sheet
from lib.report.run.explore import ABSENT
from lib.report.show import escape, pane
from lib.report.show import frame as tables
from lib.report.show.messages import message

STEPS = {"n": 1, "b": -1}  # keys that decide nothing: the next coding, the one before
HELP = message("a accept, r reject, c recode (pick the code, Enter), n next, b back")
NONE = message("nothing left to be decided of the texts at hand")
UNKNOWN = message("no such code in the codebook")


class Reviewer:
    """The codings that nobody has decided, one at a time. Each decision goes into the table of decisions at once, and
    wins over an older one of the same coder; BadInput where the coder's name can't stand in a table.

    `texts`: the folder of the texts; `decisions`: the table (data/review.csv), both from the repository's root.
    """

    def __init__(self, report, texts, coder, decisions):
        kept.stem(coder, "")
        self.report, self.path = report, paths.ROOT / decisions
        self.by = {"coder": coder, "date": date.today().isoformat()}
        self.raws = coding.at_hand(report.evidence, paths.ROOT / texts) if texts else {}
        self.rows = review.undecided(report.evidence, self.raws, table.decisions(self.path)).to_dict("records")
        self.codes, self.at, self.told = coding.codebook(), 0, {}
        self._controls()

    def _controls(self):
        report, wide = self.report, widgets.Layout(width="60%")
        names = [f"{row.code} {report.label(row.code)}" for row in self.codes.itertuples()]
        self.key = widgets.Text(description=report.label("key_pressed"), placeholder="a r c n b")
        self.to = widgets.Combobox(
            options=names, description=report.label("recode"), continuous_update=False, layout=wide
        )
        self.reason = widgets.Text(description=report.label("reason"), layout=wide)
        self.shown, self.said = widgets.HTML(), widgets.Label()
        self.key.observe(self._pressed, "value")
        self.to.observe(self._picked, "value")

    def show(self):
        """The widget: a coding in its sentences, and the fields for a key, a code and a reason."""
        self._turn(0)
        helped = widgets.Label(self.report.text(HELP))
        return widgets.VBox([self.shown, helped, self.key, self.to, self.reason, self.said])

    def _pressed(self, change):
        if key := change["new"].strip().lower()[-1:]:
            self.key.value = ""
            self.press(key)

    def press(self, key):
        """Does what a key stands for; any other does nothing."""
        if key in STEPS:
            self._turn(STEPS[key])
        elif key in review.KEYS and self.at < len(self.rows):
            self.to.focus() if key == "c" else self.decide(key)

    def _picked(self, change):
        code = change["new"].split(" ")[0]
        if code and code not in set(self.codes["code"]):
            self.said.value = self.report.text(UNKNOWN) + sheet.like(code, list(self.codes["code"]))
        elif code and self.at < len(self.rows):
            self.to.value = ""
            self.decide("c", code)
            self.key.focus()

    def decide(self, key, to=""):
        """Keeps a decision on the coding that is shown, and shows the next."""
        row = {name: str(value) for name, value in self.rows[self.at].items()}
        row |= {"decision": key, "to": to, "reason": self.reason.value.strip()}
        review.write([review.decided(self.by, set(self.codes["code"]), self.raws, row)], self.path)
        self.told[self.at] = f"{self.report.label(review.KEYS[key])} {self.report.label(to) if to else ''}".strip()
        self.reason.value = ""
        self._turn(1)

    def _turn(self, step):
        self.at = max(0, min(self.at + step, len(self.rows)))
        done = f"{len(self.told)} / {len(self.rows)}"
        self.said.value = f"{self.report.label('decided', 'column')}: {done}"
        if self.at < len(self.rows):
            self.shown.value = self._coding(self.rows[self.at])
        else:
            self.shown.value = f"<p>{escape.html(self.report.text(NONE if self.raws else ABSENT))}</p>"

    def _coding(self, row):
        """A coding as HTML: its sentence with the words marked, between its neighbours; what it says and why it is
        doubtful."""
        label, words = self.report.label, self.report.registry.words
        ids = [row["sentence"]]
        near = self.report.evidence.sentences.query("source == @row['source']").sort_values("start")
        at = list(near["id"]).index(ids[0])
        first, last = near.iloc[max(at - 1, 0)], near.iloc[min(at + 1, len(near) - 1)]
        spans = [(first["start"], row["start"]), (row["start"], row["end"]), (row["end"], last["end"])]
        before, marked, after = (escape.html(words(row["source"], a, b)) for a, b in spans)
        whys = "; ".join(self.report.text(why) for why in filter(None, row["why"].split("; ")))
        told = {"place": label(row["place"], "short"), "practice": label(row["practice"]), "strength": row["strength"]}
        told |= {"status": label(row["status"], "status"), "rule": row["rule"], "why": whys}
        told = [(label(k, "column"), v) for k, v in {**told, "decided": self.told.get(self.at, "")}.items() if str(v)]
        cells = "".join(f"<tr><th>{escape.html(k)}</th><td>{escape.html(v)}</td></tr>" for k, v in told)
        return f'<p style="max-width:60em">{before}<mark>{marked}</mark>{after}</p><table>{cells}</table>'

    def changes(self):
        """A widget with a button: what all decisions teach and change, a table each."""
        button = widgets.Button(description=self.report.label("changes"), layout=widgets.Layout(width="max-content"))
        shown = widgets.HTML()
        button.on_click(lambda _: setattr(shown, "value", self._changed()))
        return widgets.VBox([button, shown])

    def _changed(self):
        decided = table.decisions(self.path)
        if not decided or not self.raws:
            return f"<p>{escape.html(self.report.label('no_rows'))}</p>"
        found = review.changes(self.report.evidence, self.raws, decided)
        return "".join(
            f"<h4>{escape.html(self.report.label(f'changed:{name}'))} ({len(frame)})</h4>"
            + pane.framed(tables.html(tables.payload(frame, self.report.labels)), 16)
            for name, frame in found.items()
        )
