"""What a row's status lets it count for, decided in one place for every comparison."""

AHEAD = ("planned", "norm")  # meant to be, prescribed by a rule: shown apart, never done and never a claim
COUNTED = ("done", "ongoing", "case")


def reached(rows):
    """The rows of what is said to be so: neither planned nor prescribed."""
    return rows[~rows["status"].isin(AHEAD)]
