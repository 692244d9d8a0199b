"""Figures: every drawing function draws one place, many places, unknown ones and nothing, and no words touch."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Annotation, Text

from lib.comparison import practices, typology
from lib.report.figures import claims as results
from lib.report.figures import likeness as maps
from lib.report.figures import practices as figures
from lib.report.figures import quantities as amounts
from lib.report.show import cite, style
from tests.invented import corpus
from tests.test_summary import claim

style.use()
MANY, FORTY = [f"place-{n}" for n in range(12)], [f"place-{n}" for n in range(40)]


def label(key, group=""):
    """A label as long as real ones."""
    return {
        "place-3": "Binhai Economic and Technological Development Zone",
        "data_brain": "Complaint, redress and external oversight",
    }.get(str(key), str(key))


def corpus_of(places):
    """Places that speak of different practices, in so many passages."""
    codings = [
        (p, i, 0, c)
        for n, p in enumerate(places)
        for i, c in enumerate(["data_hub", "data_brain", "mass_team", "lead_plan"][n % 3 :])
    ]
    claims = [claim(n, p) for p in places for n in range(3)]
    return corpus(codings, {p: [2] * 6 for p in places}, claims=claims, quantities=[])


THREE = ["yunzhou", "qinglan", "linhu"]


@pytest.fixture(params=[["yunzhou"], THREE, MANY, FORTY], ids=["one", "three", "twelve", "forty"])
def places(request):
    return corpus_of(request.param)


def touching(figure):
    """Pairs of words of the figure that overlap each other by more than a hair."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    words = [t for t in figure.findobj(Text) if t.get_text().strip() and t.get_visible() and t.get_alpha() != 0]
    boxes = [(t.get_text(), Text.get_window_extent(t, renderer)) for t in words]
    return [
        (a, b)
        for i, (a, x) in enumerate(boxes)
        for b, y in boxes[:i]
        if min(x.x1, y.x1) - max(x.x0, y.x0) > 2.5 and min(x.y1, y.y1) - max(x.y0, y.y0) > 2.5
    ]


def check(figure, touch=True):
    assert touching(figure) == [] or not touch
    width, height = figure.get_size_inches()
    assert width <= style.WIDTH and height <= 9.2
    plt.close(figure)


def test_the_map_of_practices(places):
    check(figures.matrix(practices.matrix(practices.codings(places), places), label))


def test_emphasis_and_contrast(places):
    tallied = practices.tallies(practices.codings(places), places)
    emphasis, contrast = practices.emphasis(tallied, 1), practices.contrast(tallied, 1)
    check(figures.emphasis(emphasis, label, {}))
    check(figures.contrast(contrast, label, {}))


def test_the_plane(places):
    tallied = practices.tallies(practices.codings(places), places)
    plane = typology.correspondence(typology.counts(tallied))
    check(maps.plane(plane, plane and typology.clouds(plane, tallied, 1), label, {}))


def test_words_of_a_crowded_plane_keep_apart():
    rng = np.random.default_rng(5)
    at = pd.DataFrame(rng.normal(size=(60, 2)), columns=["x", "y"], index=[f"word{n}" for n in range(60)])
    plane = typology.Plane(at.iloc[:5].set_axis(MANY[:5]), at.iloc[5:], np.array([0.4, 0.2]), 1.0)
    figure = maps.plane(plane, pd.DataFrame(columns=["place", "x", "y"]), label, {}, most=60)
    figure.canvas.draw()
    shown = [t for t in figure.findobj(Annotation) if t.get_text()]
    assert len(shown) > 20 and touching(figure) == []
    plt.close(figure)


def test_claims(places):
    counts = pd.DataFrame(
        [(p, level, n + 1, []) for n, p in enumerate(places.places) for level in (0, 1)],
        columns=["place", "level", "n", "ids"],
    )
    check(results.grades(counts, label))


def level(place, indicator, value, bound="exact", high=np.nan):
    return {"id": "r1", "place": place, "indicator": indicator, "value": value, "value_high": high, "bound": bound}


def test_levels_and_rates(places):
    rows = pd.DataFrame(
        [
            level(p, i, 10 ** (n % 6), b)
            for n, p in enumerate(places.places)
            for i, b in (("cameras", "at_least"), ("posts", "about"), ("teams", "at_most"))
        ]
    )
    check(amounts.levels(rows, label))
    rated = rows.assign(per_10000=rows["value"] / 7, per_km2=rows["value"] / 900)
    check(amounts.rates(rated, label), touch=len(places.places) < 4)


def test_a_bound_is_drawn_as_an_arrow_and_not_as_a_dot_alone():
    drawn = {
        b: amounts.levels(pd.DataFrame([level("yunzhou", "cameras", 100, b)]), label)
        for b in ("exact", "at_least", "at_most")
    }
    arrows = {b: [a.arrow_patch for a in f.findobj(Annotation) if a.arrow_patch is not None] for b, f in drawn.items()}
    assert len(arrows["exact"]) == 0 and len(arrows["at_least"]) == len(arrows["at_most"]) == 1
    ends = {
        b: next(a.xy[0] for a in f.findobj(Annotation) if a.arrow_patch is not None)
        for b, f in drawn.items()
        if b != "exact"
    }
    assert ends["at_least"] > 100 > ends["at_most"]
    plt.close("all")


def test_what_nobody_says_is_hollow():
    places = corpus([("yunzhou", 0, 0, "data_hub")], {"yunzhou": [2, 2]})
    drawn = figures.emphasis(practices.emphasis(practices.tallies(practices.codings(places), places), 1), label, {})
    faces = [
        tuple(c.get_facecolor()[0][:3])
        for c in drawn.axes[0].collections
        if len(c.get_facecolor()) and len(c.get_offsets())
    ]
    assert (1.0, 1.0, 1.0) in faces and len(set(faces)) == 2
    plt.close("all")


def test_counts_by_place(places):
    table = pd.DataFrame(
        np.arange(3 * len(places.places)).reshape(3, -1), index=["party", "police", "grid"], columns=places.places
    )
    check(figures.presence(table, label, {}))


def led(figure):
    """The rows of evidence that the marks of a figure lead to, a list a mark."""
    return [ids.split() for ids in re.findall(r'xlink:href="evidence:([^|"]+)\|', cite.svg_of(figure))]


def test_each_mark_leads_to_its_rows(places):
    coded = practices.codings(places)
    tallied, behind = practices.tallies(coded, places), practices.evidence_of(coded, "dimension")
    cells, every = sorted(map(sorted, behind.values())), sorted(coded["id"])
    assert sorted(i for ids in led(figures.matrix(practices.matrix(coded, places), label)) for i in ids) == every
    assert sorted(map(sorted, led(figures.emphasis(practices.emphasis(tallied, 1), label, behind)))) == cells
    if len(places.places) > 1:
        assert sorted(map(sorted, led(figures.contrast(practices.contrast(tallied, 1), label, behind)))) == cells


@pytest.mark.parametrize(
    "draw, behind",
    [
        (figures.matrix, []),
        (figures.emphasis, [{}]),
        (figures.contrast, [{}]),
        (figures.presence, [{}]),
        (results.grades, []),
        (amounts.levels, []),
        (amounts.rates, []),
    ],
)
def test_nothing_to_draw_says_so(draw, behind):
    figure = draw(pd.DataFrame(), label, *behind)
    assert [t.get_text() for t in figure.findobj(Text) if t.get_text()] == ["no_rows"]
    plt.close(figure)
