"""The square-root law of response distance: how far is the nearest of n points in an area.

P. Kolesar and E. H. Blum, Square root laws for fire engine response distances, Management Science 19 (12), 1973,
1368-1378: mean distance = c x sqrt(area / points). The constant depends on how the points lie and how one travels.
"""
import math

import pandas as pd

CONSTANTS = {"even": 0.377, "streets": 0.627}     # even grid and straight lines; random points and right-angled streets
SPEEDS = (20.0, 40.0)                             # km/h through a city: slow, fast
COLUMNS = ["place", "indicator", "points", "area_km2", "area_year", "area_source", "km_low", "km_high",
           "minutes_low", "minutes_high", "within_low", "within_high", "minutes", "ids"]


def distance(points, area_km2):
    """(low, high) of the mean distance in km to the nearest point: evenly spread, straight; random, along streets."""
    root = math.sqrt(area_km2 / points)
    return CONSTANTS["even"] * root, CONSTANTS["streets"] * root


def travel(points, area_km2, speeds=SPEEDS):
    """(low, high) of the mean minutes to the nearest point: low distance at high speed, high distance at low speed."""
    (near, far), (slow, fast) = distance(points, area_km2), speeds
    return 60 * near / fast, 60 * far / slow


def within(points, area_km2, minutes, speed):
    """The share of the area that random points reach in some minutes, straight: 1 - exp(-points pi radius2 / area)."""
    radius = speed * minutes / 60
    return 1 - math.exp(-points * math.pi * radius ** 2 / area_km2)


def response(quantities, places, minutes=3.0, indicators=("response_points", "police_posts", "fixed_posts")):
    """One row a place and indicator of points that police respond from, COLUMNS, a range and no verdict.

    Assumes that every point is staffed and free, that demand lies evenly in the built-up area, that turning out takes
    no time, and SPEEDS; a place without a built-up area gets no row. `within_*`: share of the area in `minutes`.
    """
    kept = quantities[quantities["indicator"].isin(indicators) & (quantities["relation"] == "level")]
    kept = kept[(kept["status"] != "planned") & (kept["where"] == "") & (kept["value"] > 0)]
    areas = pd.to_numeric(places.get("built_up_km2", pd.Series(dtype=str)), errors="coerce")
    rows = [_row(r, areas[r.place], places, minutes) for r in kept.itertuples() if areas.get(r.place, float("nan")) > 0]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(row, area, places, minutes):
    km, taken = distance(row.value, area), travel(row.value, area)
    reached = [within(row.value, area, minutes, speed) for speed in SPEEDS]
    return {"place": row.place, "indicator": row.indicator, "points": row.value, "area_km2": area,
            "area_year": places.at[row.place, "built_up_year"], "area_source": places.at[row.place, "built_up_source"],
            "km_low": km[0], "km_high": km[1], "minutes_low": taken[0], "minutes_high": taken[1],
            "within_low": reached[0], "within_high": reached[1], "minutes": minutes, "ids": [row.id]}
