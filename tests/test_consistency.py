"""Tables of one report don't contradict each other, and a part never stands for the whole."""

import pandas as pd
import pytest

from lib.comparison import consistency, indicators

COLUMNS = ["place", "indicator", "value", "where", "id", "unit", "noun"]
ROWS = pd.DataFrame(
    [
        ("yunzhou", "mass_prevention_people", 170_000, "", "q1", "", "参与人数"),
        ("yunzhou", "mass_prevention_people", 178, "柏川县", "q2", "人", "巡防队"),
        ("linhu", "mass_prevention_people", 7_100, "", "q3", "名", "群防群治力量"),
        ("qinglan", "mass_prevention_people", 90, "青澜镇", "q4", "人", "巡防队"),
    ],
    columns=COLUMNS,
)


def test_a_part_does_not_stand_beside_wholes_and_a_number_without_a_unit_does():
    assert list(indicators.shared(ROWS)["id"]) == ["q3", "q1"]


def test_tables_that_agree_pass():
    consistency.agreed(ROWS, levels=indicators.shared(ROWS), rates=ROWS[ROWS["id"] == "q1"])


@pytest.mark.parametrize(
    "rows, wrong",
    [
        (ROWS[ROWS["id"] == "q2"], "rates: .* 178, but the words speak of 柏川县"),
        (ROWS[ROWS["id"] == "q3"].assign(value=71), "rates: .* is 71, but the evidence q3 has 7100"),
        (
            ROWS[ROWS["id"] == "q3"].assign(place="yunzhou"),
            "rates: .* yunzhou is 7100, but the table levels has 170000",
        ),
    ],
)
def test_tables_that_contradict_stop_the_build(rows, wrong):
    with pytest.raises(consistency.Contradiction, match=wrong):
        consistency.agreed(ROWS, levels=indicators.shared(ROWS), rates=rows)
