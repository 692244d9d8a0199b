"""Findings: each kind stands where its rule says so, names its evidence, and tells no duty as a distinction."""

import pytest

from lib.comparison import basis, overview, summary
from tests.invented import corpus, frame

SIZES = {"yunzhou": [1] * 6, "qinglan": [1] * 6}


def keys(places, **settings):
    return set(summary.findings(places, summary.Settings(**settings))["key"])


def claim(n, place, **fields):
    return {
        "id": f"c{n}",
        "source": place,
        "place": place,
        "sentence": f"{place}.s{n % 6}.0",
        "status": "done",
        "direction": "down",
        "baseline_given": "false",
        **fields,
    }


def loop(place, closes, stage="feedback"):
    return {
        "id": f"l-{place}",
        "source": place,
        "place": place,
        "loop": "l1",
        "order": 1,
        "stage_text": "反馈",
        "stage": stage,
        "closes": closes,
    }


def test_alone_needs_strength_two_and_nobody_else():
    told = keys(
        corpus(
            [
                ("yunzhou", 0, 0, "data_hub"),
                ("yunzhou", 1, 0, "lead_plan", "1"),
                ("yunzhou", 2, 0, "mass_team"),
                ("qinglan", 0, 0, "mass_team", "1"),
            ],
            SIZES,
        )
    )
    assert "alone:yunzhou:data_hub" in told
    assert "alone:yunzhou:lead_plan" not in told and "alone:yunzhou:mass_team" not in told


def test_a_national_duty_is_never_a_distinction():
    told = keys(corpus([("yunzhou", 0, 0, "data_hub", "2", "done", "national")], SIZES))
    assert told.isdisjoint({"alone:yunzhou:data_hub"}) and "duty:yunzhou:data_hub" in told


def test_a_claimed_result_is_no_practice_of_its_own():
    assert "alone:yunzhou:result_trend" not in keys(corpus([("yunzhou", 0, 0, "result_trend")], SIZES))


def test_what_is_planned_distinguishes_nobody():
    assert not any(k.startswith("alone") for k in keys(corpus([("yunzhou", 0, 0, "data_hub", "2", "planned")], SIZES)))


def test_common_is_what_every_place_evidences():
    both = [(p, 0, 0, "data_hub") for p in SIZES] + [("yunzhou", 1, 0, "mass_team")]
    assert {k for k in keys(corpus(both, SIZES)) if k.startswith("common")} == {"common::data_hub"}


def test_one_place_has_neither_common_nor_alone():
    told = keys(corpus([("yunzhou", 0, 0, "data_hub")], {"yunzhou": [1] * 6}))
    assert not any(k.startswith(("common", "alone", "more", "less", "alike")) for k in told)


def test_an_instrument_is_told_where_the_codebooks_own_share_is_excluded():
    sizes = {"yunzhou": [1] * 12, "qinglan": [1] * 12}
    mostly = [("yunzhou", n, 0, "data_hub") for n in range(12)] + [
        ("qinglan", n, 0, "data_hub" if n < 5 else "lead_plan") for n in range(12)
    ]
    told = summary.findings(corpus(mostly, sizes)).set_index("key")
    assert told.loc["instrument:yunzhou:supply", "rest"] == pytest.approx(0.4)
    assert "instrument:qinglan:supply" not in told.index


def test_a_pair_is_alike_only_if_resamples_agree():
    three = {p: [1] * 12 for p in ("yunzhou", "qinglan", "linhu")}
    pair = [(p, n, 0, "data_hub") for p in ("yunzhou", "qinglan") for n in range(12)]
    told = summary.findings(corpus([*pair, *(("linhu", n, 0, "mass_team") for n in range(12))], three)).set_index("key")
    assert told.loc["alike:yunzhou:qinglan", ["value", "rest"]].tolist() == [pytest.approx(1), 1]
    same = [(p, n, 0, "data_hub") for p in three for n in range(12)] + [(p, 0, 0, "mass_team") for p in three]
    assert not any(k.startswith("alike") for k in keys(corpus(same, three)))


def test_where_nothing_stands_out_the_largest_differences_are_counts():
    places = corpus([("yunzhou", n, 0, "data_hub") for n in range(3)] + [("qinglan", 0, 0, "data_hub")], SIZES)
    told = summary.findings(places).set_index("key")
    assert told.loc["leans:yunzhou:data", "kind"] == "leans" and "more:yunzhou:data" not in told.index


def test_local_initiatives_are_told_with_all_names():
    named = [
        {
            "id": f"i{n}",
            "source": p,
            "place": p,
            "kind": "initiative",
            "key": f"k{n}",
            "origin": o,
            "alias_of": a,
            "start": 0,
            "end": 1,
        }
        for n, (p, o, a) in enumerate(
            [
                ("yunzhou", "local", ""),
                ("yunzhou", "local", ""),
                ("yunzhou", "national", ""),
                ("qinglan", "unknown", ""),
                ("qinglan", "local", "k3"),
            ]
        )
    ]
    places = corpus([], SIZES)
    told = summary.findings(places.keep(mentions=frame("mentions", named))).set_index("key")
    assert told.loc["local:yunzhou:initiative", ["value", "rest"]].tolist() == [2, 3]
    assert "local:qinglan:initiative" not in told.index  # an alias is no second name


def part(place, name, order, words, named="true"):
    return {
        "id": f"{place}-{name}-{order}",
        "source": place,
        "place": place,
        "formula": name,
        "name": name,
        "order": order,
        "count": 1,
        "part": words,
        "named": named,
    }


def test_a_formula_is_told_with_the_parts_that_the_text_names():
    rows = [part("yunzhou", "1234", n, f"部分{n}", "true" if n < 3 else "false") for n in range(1, 5)] + [
        part("qinglan", "3+X", 1, "", "false")
    ]
    told = summary.findings(corpus([], SIZES, formulas=rows)).set_index("key")
    assert (
        told.loc["formula:yunzhou:1234", ["value", "rest"]].tolist() == [2, 2]
        and "formula:qinglan:3+X" not in told.index
    )


TWELVE = {"yunzhou": [1] * 12, "qinglan": [1] * 12}


def twelve(**fields):
    return [claim(n, "yunzhou", **fields) | {"sentence": f"yunzhou.s{n}.0"} for n in range(12)]


def test_uncompared_claims_are_a_finding_only_if_most():
    told = summary.findings(corpus([], TWELVE, claims=twelve(value=5))).set_index("key").loc["uncompared::result"]
    assert told["value"] == 1 and 0.5 < told["low"] < 1 and told["ids"] == [f"c{n}" for n in range(12)]
    assert not any(k.startswith("uncompared") for k in keys(corpus([], TWELVE, claims=twelve(basis="yoy", value=5))))
    assert not any(k.startswith("uncompared") for k in keys(corpus([], TWELVE, claims=twelve(value=5)[:9])))  # too few


def test_a_count_of_work_is_no_stated_change():
    told = keys(corpus([], TWELVE, claims=twelve(metric="破获刑事案件", direction="level", value=5)))
    assert "uncompared::result" in told and "uncompared::change" not in told


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"direction": "award"}])
def test_targets_and_honours_are_no_results(fields):
    assert not len(basis.results(corpus([], SIZES, claims=[claim(0, "yunzhou", **fields)])))


def test_silence_on_safeguards_is_told_with_the_sentences_it_stands_in():
    told = summary.findings(corpus([("qinglan", 0, 0, "safe_redress")], SIZES)).set_index("key")
    assert (
        told.loc["unmentioned:yunzhou:safe_redress", "value"] == 6
        and "unmentioned:qinglan:safe_redress" not in told.index
    )


def test_the_word_for_a_safeguard_is_told_as_a_word():
    told = keys(corpus([("qinglan", 0, 0, "safe_redress", "1")], SIZES))
    assert "named:qinglan:safe_redress" in told and "unmentioned:qinglan:safe_redress" not in told


def test_closing_loops():
    told = keys(corpus([], SIZES, loops=[loop("yunzhou", "true"), loop("qinglan", "false")]))
    assert "closes:yunzhou:loop" in told and "closes:qinglan:loop" not in told


def test_every_finding_names_rows_that_exist():
    places = corpus(
        [("yunzhou", n, 0, "data_hub") for n in range(6)], SIZES, claims=[claim(n, "yunzhou") for n in range(6)]
    )
    known = {i for t in places.tables.values() if "id" in t for i in t["id"]}
    assert {i for ids in summary.findings(places)["ids"] for i in ids} <= known


def test_the_overview_counts_names_once():
    places = corpus(
        [("yunzhou", 0, 0, "data_hub"), ("yunzhou", 1, 0, "data_hub"), ("yunzhou", 1, 0, "safe_redress")], SIZES
    )
    told = overview.overview(places, summary.Settings()).set_index("place").loc["yunzhou"]
    assert (told["practices"], told["safeguards"], told["sentences"], len(told["practices_ids"])) == (2, 1, 6, 3)
