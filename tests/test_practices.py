"""Practices compared: three values, shares with intervals, contrasts, instruments, likeness, types."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.spatial.distance import cosine

from lib.comparison import bootstrap, practices, repertoire, summary, typology
from tests.invented import corpus

THREE = {"yunzhou": [2, 3, 1], "qinglan": [2, 2], "linhu": [1, 1, 2, 2]}
CODINGS = [
    ("yunzhou", 0, 0, "data_hub"),
    ("yunzhou", 0, 0, "data_brain"),
    ("yunzhou", 1, 0, "data_hub", "1"),
    ("yunzhou", 1, 1, "lead_plan"),
    ("qinglan", 0, 0, "data_hub", "1"),
    ("qinglan", 1, 1, "mass_team", "2", "planned"),
    ("qinglan", 1, 0, "safe_redress", "1", "absent"),
    ("linhu", 0, 0, "data_hub", "2", "case"),
    ("linhu", 2, 1, "mass_team"),
    ("linhu", 3, 0, "lead_plan", "2", "planned"),
]


@pytest.fixture
def three():
    return corpus(CODINGS, THREE)


@pytest.fixture
def coded(three):
    return practices.codings(three)


def cell(states, place, practice):
    return states.set_index(["place", "practice"]).loc[(place, practice)]


@pytest.mark.parametrize(
    "place, practice, state, strength, sentences",
    [
        ("yunzhou", "data_hub", "evidenced", 2, 2),
        ("qinglan", "data_hub", "evidenced", 1, 1),
        ("linhu", "data_hub", "evidenced", 2, 1),  # a case story is evidence
        ("qinglan", "mass_team", "planned", 0, 0),  # what is planned is not done
        ("qinglan", "safe_redress", "absent", 0, 0),  # the text says that it is not there
        ("yunzhou", "safe_redress", "not_mentioned", 0, 0),
    ],
)
def test_the_matrix_has_three_values_and_plans(three, coded, place, practice, state, strength, sentences):
    found = cell(practices.matrix(coded, three), place, practice)
    assert (found["state"], found["strength"], found["sentences"]) == (state, strength, sentences)


def test_a_practice_may_need_two_sentences(three, coded):
    states = practices.matrix(coded, three, at_least=2)
    assert cell(states, "yunzhou", "data_hub")["state"] == "evidenced"
    assert cell(states, "linhu", "data_hub")["state"] == "not_mentioned"


def test_a_sentence_counts_once_for_a_dimension(three, coded):
    shares = practices.emphasis(practices.tallies(coded, three), 1).set_index(["place", "group"])
    assert shares.loc[("yunzhou", "data"), ["hits", "units"]].tolist() == [2, 6]
    assert shares.loc[("yunzhou", "data"), "share"] == pytest.approx(2 / 6)


def test_passages_as_units_count_once_each(three, coded):
    shares = practices.emphasis(practices.tallies(coded, three, units="passage"), 1).set_index(["place", "group"])
    assert shares.loc[("yunzhou", "data"), ["hits", "units"]].tolist() == [2, 3]


def test_planned_and_absent_never_count(three, coded):
    shares = practices.emphasis(practices.tallies(coded, three), 1).set_index(["place", "group"])
    assert shares.loc[("qinglan", "mass"), "hits"] == 0 and shares.loc[("qinglan", "safeguard"), "hits"] == 0


def test_intervals_are_those_of_scipys_bootstrap_expanded_for_few_passages():
    hits = np.array([2, 0, 1, 4, 0, 1, 3, 2, 0, 1, 2, 5])
    sizes = np.array([5, 3, 2, 6, 4, 2, 5, 3, 4, 2, 3, 6])
    ours = bootstrap.share(hits.astype(float), sizes.astype(float), np.random.default_rng(7))
    oracle = stats.bootstrap(
        (hits, sizes),
        lambda h, s, axis: h.sum(axis) / s.sum(axis),
        paired=True,
        method="percentile",
        confidence_level=1 - 2 * 0.010758,  # of 12: the normal tail beyond 2.2010 * (12 / 11) ** 0.5
        n_resamples=20_000,
        vectorized=True,
        rng=3,
    ).confidence_interval
    assert ours == pytest.approx((oracle.low, oracle.high), abs=0.02)


def test_too_few_coded_passages_have_no_interval():
    few = corpus([("yunzhou", p, 0, "data_hub") for p in range(bootstrap.LEAST - 1)], {"yunzhou": [2] * 30})
    more = corpus([("yunzhou", p, 0, "data_hub") for p in range(bootstrap.LEAST)], {"yunzhou": [2] * 30})
    one, other = (
        practices.emphasis(practices.tallies(practices.codings(c), c), 1).set_index("group").loc["data"]
        for c in (few, more)
    )
    assert np.isnan(one["low"]) and np.isnan(one["high"]) and one["passages"] == bootstrap.LEAST - 1
    assert other["low"] < other["share"] < other["high"]


def test_titles_and_headings_are_no_sentences_that_could_be_coded(three, coded):
    sentences = three.sentences.assign(codable=(three.sentences["passage"] != "yunzhou.p2").map(str).str.lower())
    shares = practices.emphasis(practices.tallies(coded, three.keep(sentences=sentences)), 1)
    assert shares.set_index(["place", "group"]).loc[("yunzhou", "data"), "units"] == 5


@pytest.mark.parametrize(
    "strength, status, state",
    [
        ("1", "done", "named_only"),
        ("1", "planned", "named_only"),
        ("2", "done", "evidenced"),
        ("1", "absent", "absent"),
    ],
)
def test_the_word_for_a_safeguard_is_no_safeguard(strength, status, state):
    places = corpus([("yunzhou", 0, 0, "safe_redress", strength, status)], THREE)
    rows = practices.codings(places)
    assert cell(practices.matrix(rows, places), "yunzhou", "safe_redress")["state"] == state
    assert len(practices.counted(rows)) == (state == "evidenced")


@pytest.mark.parametrize("trials", [3, 10, 25])
def test_nothing_seen_has_the_exact_binomial_bound(trials):
    assert bootstrap.none_seen(trials) == pytest.approx(stats.binomtest(0, trials).proportion_ci().high)


def test_a_share_of_all_or_none_has_no_empty_interval():
    ones = np.ones(8)
    assert bootstrap.share(ones, ones, np.random.default_rng(1))[0] == pytest.approx(
        stats.binomtest(8, 8).proportion_ci().low
    )
    assert bootstrap.share(0 * ones, ones, np.random.default_rng(1))[1] == pytest.approx(
        stats.binomtest(0, 8).proportion_ci().high
    )


def test_a_place_has_its_interval_whoever_else_is_compared(three, coded):
    alone = three.texts(["yunzhou"])
    one = practices.emphasis(practices.tallies(practices.codings(alone), alone), 5)
    all_three = practices.emphasis(practices.tallies(coded, three), 5)
    pd.testing.assert_frame_equal(one, all_three[all_three["place"] == "yunzhou"].reset_index(drop=True))


def test_contrasts_set_each_place_against_the_mean_of_the_others(three, coded):
    found = practices.contrast(practices.tallies(coded, three), 1).set_index(["place", "group"])
    row = found.loc[("yunzhou", "data")]
    assert row["rest"] == pytest.approx((1 / 4 + 1 / 6) / 2) and row["difference"] == pytest.approx(2 / 6 - row["rest"])


def contrasted(spoken, size=12):
    places = corpus(spoken, {p: [1] * size for p in ("yunzhou", "qinglan", "linhu")})
    tallied = practices.tallies(practices.codings(places), places)
    return practices.contrast(tallied, 1).set_index(["place", "group"])


def test_a_large_difference_stands_and_silence_never_does():
    found = contrasted([("yunzhou", p, 0, "data_hub") for p in range(11)] + [("qinglan", 0, 0, "data_hub")])
    assert found.loc[("yunzhou", "data"), "stands"]
    assert not found.loc[("qinglan", "data"), "tested"]  # one coded passage
    assert not found.loc[("linhu", "data"), "tested"] and not found.loc[("linhu", "data"), "stands"]


def test_the_mean_of_the_others_leaves_silent_places_out():
    found = contrasted([("yunzhou", p, 0, "data_hub") for p in range(11)] + [("qinglan", 0, 0, "data_hub")])
    assert found.loc[("yunzhou", "data"), "rest"] == pytest.approx(1 / 12)
    assert np.isnan(found.loc[("yunzhou", "lead"), "rest"]) and not found.loc[("yunzhou", "lead"), "tested"]


def test_no_finding_hangs_on_how_silence_is_counted():
    fill = [(p, n, 0, "mass_team") for p in ("yunzhou", "qinglan") for n in range(24)]
    spoken = [("yunzhou", p, 0, "data_hub") for p in range(12)] + [("qinglan", p, 0, "data_hub") for p in range(23)]
    row = contrasted([*fill, *spoken], 24).loc[("yunzhou", "data")]  # 50% against 96%, or against 48% with silence as 0
    assert row["high"] < 0 and row["tested"] and not row["stands"]


def test_chance_counts_what_was_tested():
    found = pd.DataFrame({"tested": [True] * 40 + [False] * 9, "stands": [True] * 3 + [False] * 46})
    assert practices.chance(found, 0.95) == (40, 3, pytest.approx(2))


def test_a_repertoire_at_equal_length_is_that_of_hypergeometric_draws():
    ours = repertoire.rarefied([1, 3, 10], 20, 6)
    assert ours == pytest.approx(sum(1 - stats.hypergeom(20, k, 6).pmf(0) for k in (1, 3, 10)))
    assert repertoire.rarefied([1, 3, 10], 20, 20) == 3


def test_an_instrument_mix_is_held_against_the_codebooks_own():
    mostly = [("yunzhou", p, 0, "data_hub") for p in range(12)]
    even = [("qinglan", p, 0, "data_hub" if p < 5 else "lead_plan") for p in range(12)]
    places = corpus([*mostly, *even], {p: [1] * 12 for p in ("yunzhou", "qinglan")})
    mix = practices.instruments(practices.codings(places), places, summary.Settings())
    mix = mix.set_index(["place", "instrument"])
    assert practices.codebook_mix(places) == {"environment": 0.4, "supply": 0.4, "demand": 0.2}
    assert mix.loc[("yunzhou", "supply"), "stands"] and not mix.loc[("qinglan", "supply"), "stands"]


def test_one_place_has_no_contrast(three):
    alone = three.texts(["yunzhou"])
    assert not len(practices.contrast(practices.tallies(practices.codings(alone), alone), 1))


def test_instruments_are_shares_of_codings_that_have_one(three, coded):
    extra = corpus([*CODINGS, ("yunzhou", 2, 0, "result_trend")], THREE)
    mix = practices.instruments(practices.codings(extra), extra, summary.Settings()).set_index(["place", "instrument"])
    assert mix.loc[("yunzhou", "supply"), ["codings", "of"]].tolist() == [3, 4]
    assert mix.loc["yunzhou"]["share"].sum() == pytest.approx(1)


def test_national_templates_are_told_from_the_rest():
    codings = [
        ("yunzhou", 0, 0, "data_hub", "2", "done", "national"),
        ("qinglan", 0, 0, "data_hub", "2", "done", "local"),
        ("qinglan", 1, 0, "mass_team", "2", "done", "local"),
    ]
    assert repertoire.templates(practices.codings(corpus(codings, THREE))) == {"data_hub"}


def test_cosine_and_jaccard_of_two_places(three, coded):
    tallied = practices.tallies(coded, three, "practice")
    pair = typology.similarity(tallied, 1).set_index(["a", "b"]).loc[("yunzhou", "linhu")]
    a, b = ([2 / 6, 1 / 6, 1 / 6, 0], [1 / 6, 0, 0, 1 / 6])  # data_hub, data_brain, lead_plan, mass_team
    assert pair["cosine"] == pytest.approx(1 - cosine(a, b))
    assert (pair["shared"], pair["either"], pair["jaccard"]) == (1, 4, pytest.approx(0.25))
    assert typology.similarity(tallied, 1)["nearest"].sum() == pytest.approx(1)


def test_a_text_of_one_passage_is_nearest_to_none():
    """It comes again in every resample, which says nothing."""
    single = corpus([(p, 0, 0, "data_hub") for p in ("yunzhou", "qinglan", "linhu")], dict.fromkeys(THREE, [1]))
    tallied = practices.tallies(practices.codings(single), single, "practice")
    assert typology.similarity(tallied, 1)["nearest"].isna().all()
    assert not len(typology.nearest(typology.similarity(tallied, 1)))
    assert not len(typology.firm(typology.groups(tallied, 1), 3))


def test_a_pair_is_nearest_only_if_it_is_so_in_most_resamples():
    pairs = pd.DataFrame({"a": ["yunzhou", "linhu"], "b": ["qinglan", "qinglan"], "nearest": [0.69, 0.31]})
    assert not len(typology.nearest(pairs))
    assert typology.nearest(pairs.assign(nearest=[0.7, 0.3]))["places"].to_list() == [["yunzhou", "qinglan"]]
    assert not len(typology.nearest(pairs.head(1).assign(nearest=1.0))), "two places have no other pair"


def test_a_tree_joins_the_alike_first_and_says_how_often():
    codings = [
        (place, p, 0, practice)
        for p in range(12)
        for place, practice in (("yunzhou", "data_hub"), ("qinglan", "data_hub"), ("linhu", "mass_team"))
    ]
    places = corpus(codings, {p: [1] * 12 for p in ("yunzhou", "qinglan", "linhu")})
    groups = typology.groups(practices.tallies(practices.codings(places), places, "practice"), 1)
    assert groups.loc[0, "places"] == ["yunzhou", "qinglan"] and groups.loc[0, "support"] == 1
    assert groups.loc[0, "distance"] == pytest.approx(0) and groups.loc[1, "distance"] == pytest.approx(1)


def test_correspondence_analysis_of_greenacres_smokers():
    """Greenacre (1984), smoking habits of five groups of staff: total inertia 0.0852, 87.8% and 11.8% on the axes."""
    smokers = pd.DataFrame(
        [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]],
        index=["SM", "JM", "SE", "JE", "SC"],
        columns=["none", "light", "medium", "heavy"],
    )
    plane = typology.correspondence(smokers)
    assert plane.total == pytest.approx(0.0852, abs=5e-5)
    assert plane.inertia == pytest.approx([0.878, 0.118], abs=5e-4)
    assert abs(plane.rows.loc["SE", "x"]) == pytest.approx(0.381, abs=1e-3) and abs(
        plane.columns.loc["none", "x"]
    ) == pytest.approx(0.393, abs=1e-3)


def test_clouds_lie_around_their_places(three):
    codings = [
        (place, p, 0, practice)
        for p in range(30)
        for place, practice in (
            ("yunzhou", "data_hub"),
            ("qinglan", "lead_plan" if p % 2 else "data_hub"),
            ("linhu", "mass_team"),
        )
    ]
    places = corpus(codings, {p: [1] * 30 for p in ("yunzhou", "qinglan", "linhu")})
    tallied = practices.tallies(practices.codings(places), places)
    plane = typology.correspondence(typology.counts(tallied))
    means = typology.clouds(plane, tallied, 1).groupby("place")[["x", "y"]].mean()
    assert means.loc["qinglan"].to_numpy() == pytest.approx(plane.rows.loc["qinglan"].to_numpy(), abs=0.15)


@pytest.mark.parametrize(
    "codings, sentences",
    [([], {"yunzhou": [1]}), ([], THREE), (CODINGS, {"yunzhou": [2, 3, 1]}), ([], {"yunzhou": []})],
)
def test_few_places_or_no_codings_break_nothing(codings, sentences):
    places = corpus([c for c in codings if c[0] in sentences], sentences)
    coded = practices.codings(places)
    tallied = practices.tallies(coded, places, "practice")
    (
        practices.matrix(coded, places),
        practices.contrast(tallied, 1),
        typology.similarity(tallied, 1),
        typology.groups(tallied, 1),
    )
    assert typology.correspondence(typology.counts(tallied)) is None
    assert len(practices.emphasis(tallied, 1)) == len(sentences) * 6


def test_an_instrument_that_is_all_there_is_has_an_interval_all_the_same():
    places = corpus([("yunzhou", p, 0, "data_hub") for p in range(3)], {"yunzhou": [1] * 3})
    mix = practices.instruments(practices.codings(places), places, summary.Settings()).set_index("instrument")
    assert mix.loc["supply", "low"] == pytest.approx(stats.binomtest(3, 3).proportion_ci().low)


@pytest.mark.parametrize(("places", "given"), [(3, ["c"]), (2, ["b"]), (1, [])])
def test_what_a_text_does_not_mention_is_told_where_most_others_do(places, given):
    said = (
        {"a": "evidenced", "b": "planned", "c": "not_mentioned"}
        if places == 3
        else {"a": "absent", "b": "not_mentioned"}
    )
    rows = [(place, "patrol_posts", state) for place, state in list(said.items())[:places]]
    states = pd.DataFrame(
        [*rows, *((p, "base_grid", "not_mentioned") for p, *_ in rows)], columns=["place", "practice", "state"]
    )
    assert list(practices.lacking(states)["place"]) == given
