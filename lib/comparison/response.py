"""The square-root law of response distance: how far is the nearest of n points in an area.

P. Kolesar and E. H. Blum, Square root laws for fire engine response distances, Management Science 19 (12), 1973,
1368-1378: mean distance = c x sqrt(area / points). The constant depends on how the points lie and how one travels.
"""

import math

import pandas as pd

CONSTANTS = {"even": 0.377, "streets": 0.627}  # even grid and straight lines; random points and right-angled streets
SPEEDS = (20.0, 40.0)  # km/h through a city: slow, fast
COLUMNS = [
    "place",
    "indicator",
    "points",
    "area_km2",
    "area_year",
    "area_source",
    "km_low",
    "km_high",
    "minutes_low",
    "minutes_high",
    "within_low",
    "within_high",
    "minutes",
    "ids",
]


def distance(points, area_km2):
    """(low, high) of the mean distance in km to the nearest point: evenly spread, straight; random, along streets."""
    root = math.sqrt(area_km2 / points)
    return CONSTANTS["even"] * root, CONSTANTS["streets"] * root


def travel(points, area_km2, speeds=SPEEDS):
    """(low, high) of the mean minutes to the nearest point: low distance at high speed, high distance at low speed."""
    (near, far), (slow, fast) = distance(points, area_km2), speeds
    return 60 * near / fast, 60 * far / slow


def within(points, area_km2, minutes, speeds=SPEEDS):
    """(low, high) of the share of an area that points reach in some minutes.

    Low: random points, right-angled streets, slow: 1 - exp(-2 n r2 / area). High: no two points reach the same ground,
    straight, fast: n pi r2 / area, at most all of it.
    """
    near, far = (speed * minutes / 60 for speed in speeds)
    return 1 - math.exp(-2 * points * near**2 / area_km2), min(1.0, points * math.pi * far**2 / area_km2)


def response(quantities, places, minutes=3.0, indicators=("response_points", "police_posts", "fixed_posts")):
    """One row a place and indicator of points whose sentence also states minutes that hold the asked ones, COLUMNS.

    Assumes that every point is staffed and free, that turning out takes no time, that all points lie in the built-up
    area and demand evenly in it; ranges cover even and random points, straight and right-angled ways, SPEEDS. A text
    that speaks of key places and crowds promises no such share: the range says what is possible and refutes nothing.
    """
    kept = quantities[quantities["indicator"].isin(indicators) & (quantities["relation"] == "level")]
    kept = kept[(kept["status"] == "done") & (kept["where"] == "") & (kept["value"] > 0)]
    kept = kept[kept["sentence"].isin(_timed(quantities, minutes))]
    areas = pd.to_numeric(places.get("built_up_km2", pd.Series(dtype=str)), errors="coerce")
    rows = [_row(r, areas[r.place], places, minutes) for r in kept.itertuples() if areas.get(r.place, float("nan")) > 0]
    return pd.DataFrame(rows, columns=COLUMNS)


def _timed(quantities, minutes):
    """The sentences that state the minutes, one by one or as the range around them."""
    stated = quantities[quantities["unit"] == "分钟"]
    high = stated["value_high"].fillna(stated["value"])
    return set(stated.loc[(stated["value"] <= minutes) & (minutes <= high), "sentence"])


def _row(row, area, places, minutes):
    km, taken = distance(row.value, area), travel(row.value, area)
    reached = within(row.value, area, minutes)
    return {
        "place": row.place,
        "indicator": row.indicator,
        "points": row.value,
        "area_km2": area,
        "area_year": places.at[row.place, "built_up_year"],
        "area_source": places.at[row.place, "built_up_source"],
        "km_low": km[0],
        "km_high": km[1],
        "minutes_low": taken[0],
        "minutes_high": taken[1],
        "within_low": reached[0],
        "within_high": reached[1],
        "minutes": minutes,
        "ids": [row.id],
    }
