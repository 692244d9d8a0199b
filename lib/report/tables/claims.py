"""Tables of claims for the report: what is claimed, how it is graded, which safeguards go unmentioned."""

import pandas as pd

from lib.comparison import claims as claimed
from lib.reading import private
from lib.reading.spans import paired
from lib.report.show.numbers import amount
from lib.report.tables import practices as cells
from lib.report.tables.quantities import DAMAGED, part_of


def claims(report, graded):
    """Outcome claims as the report lists them: place, metric, its English, direction, value, basis, measured_by,
    level."""
    bounds = report.evidence.quantities.set_index("id")["bound"]
    values = [_amount(r, bounds.get(r.quantity, "")) for r in graded.itertuples()]
    case = f" ({report.label('case')})"
    metrics = [
        report.number((_words(r.metric) or "–") + part_of(r) + case * (r.status == "case"), [r.id])
        for r in graded.itertuples()
    ]
    basis = [report.label(b) if b else "" for b in graded["basis"]]
    told = {"metric": metrics, "direction": [claimed.way(r) for r in graded.itertuples()], "value": values}
    told |= {"basis": basis, "level": graded["level"].astype(str), "english": cells.glossed(report, graded["metric"])}
    columns = ["place", "metric", "english", "direction", "value", "basis", "measured_by", "level"]
    return cells.in_order(graded.assign(**told)[columns])


def natures(report, graded, told):
    """Numbers for a sentence on kinds of claim: all, outcomes, outputs, honours."""
    kinds = {f"{n}s": told[told["nature"] == n] for n in ("outcome", "output")}
    kinds |= {"honours": graded[graded["nature"] == "honour"], "all": graded}
    return {name: report.count(rows) for name, rows in kinds.items()}


def ahead(report, rows, text):
    """Says {items}: how many statements are targets or prescribed, which are no claims; nothing where none is."""
    told = {status: claimed.of_status(rows, status) for status in ("planned", "norm")}
    report.say(text, items=[report.number(f"{report.label(s)} {len(o)}", o) for s, o in told.items() if len(o)])


def _amount(row, bound):
    """The value with the bound of its quantity; marked where it stands beside damage."""
    mark = DAMAGED if row.damaged == "true" else ""
    return mark if pd.isna(row.value) else amount(row.value, bound=bound) + row.unit + mark


def _words(metric):
    """The words of a metric, persons masked; a quotation mark without its pair is left out."""
    return private.mask(paired(metric))


def reasons(report, graded):
    """Why claims have their level: level, reason, claims, with their evidence."""
    why = f"why_{report.language}"
    groups = graded.groupby(["level", "reason", why], as_index=False)["id"].agg(list)
    claims = [report.number(len(i), i) for i in groups["id"]]
    return pd.DataFrame({"level": groups["level"].astype(str), "why": groups[why], "claims": claims})


def emmie(report, fields, sources):
    """EMMIE fields that the texts fill: a row a place, a column a field, how many claims of how many."""
    place = sources.set_index("id")["place"]
    rows = {}
    for r in fields.itertuples():
        rows.setdefault(r.source, {"place": place.get(r.source, r.source)})[r.field] = report.number(
            f"{r.n}/{r.total}", r.ids.split()
        )
    return cells.in_order(pd.DataFrame(list(rows.values()), columns=["place", *claimed.EMMIE]))


def silence(report, frame):
    """The map of silence in words, a row a safeguard: places that describe it, that have the word only, that do not
    mention it, laws then in force."""
    rows = []
    for topic, own in frame.groupby("practice", sort=False):
        told = [_places(report, own[own["state"].isin(s)]) for s in (["evidenced"], ["named_only"], SILENT)]
        rows.append((topic, *told, _laws(own)))
    return pd.DataFrame(rows, columns=["safeguard", "described_in", "named_only_in", "not_mentioned_in", "laws"])


SILENT = ["not_mentioned", "stated_absent"]


def _places(report, rows):
    """Places with how many codings each, carrying them."""
    told = cells.in_order(rows).itertuples()
    counts = [f"{report.label(r.place, 'short')}{f' ({r.n})' if r.n else ''}" for r in told]
    return report.number(", ".join(counts), [i for ids in rows["ids"] for i in ids.split()]) if counts else "–"


def _laws(rows):
    """The laws in force at the texts' dates, each with for how many of the texts where it is not all."""
    every = pd.Series([law for laws in rows["laws"] for law in laws.split("、") if law], dtype=str)
    told = every.value_counts(sort=False)
    return "; ".join(law if n == len(rows) else f"{law} ({n}/{len(rows)})" for law, n in told.items())


def laws(report, table):
    """The laws with their names in the language of the report."""
    return table if report.language == "zh" else table.assign(law=table["en"])
