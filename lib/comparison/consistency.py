"""Whether the tables of a report tell the same: a number in one is that of the evidence, and of the whole place."""

from lib.comparison.indicators import WHOLE


class Contradiction(Exception):
    """Two tables of one report tell different things."""


def agreed(quantities, **tables):
    """Raises Contradiction where a table gives a number that is not its evidence's, or is a part's that stands for the
    whole; and where two tables, each with one number a place, differ on it. `tables`: place, indicator, value, id."""
    known = quantities.set_index("id")
    told = {}
    for name, table in tables.items():
        for r in table.itertuples():
            own = known.loc[r.id]
            if own["value"] != r.value:
                _stop(name, r, f"the evidence {r.id} has {own['value']:.10g}")
            if own["where"] not in WHOLE:
                _stop(name, r, f"the words speak of {own['where']}, a part of it")
        for r in table.drop_duplicates(["place", "indicator"], keep=False).itertuples():
            other, value = told.setdefault((r.place, r.indicator), (name, r.value))
            if value != r.value:
                _stop(name, r, f"the table {other} has {value:.10g}")


def _stop(name, r, wrong):
    raise Contradiction(f"{name}: {r.indicator} of {r.place} is {r.value:.10g}, but {wrong}; expected the same")
