"""Grades of claims: what the wording lets a reader check, and what stands beside results."""

import pandas as pd
import pytest
from scipy.stats import norm

from lib.comparison import claims as compare
from lib.comparison.basis import Settings


def claim(**fields):
    base = {
        "id": "a.c.1",
        "source": "a",
        "sentence": "a.s.1",
        "metric": "",
        "direction": "down",
        "value": "",
        "basis": "",
        "baseline_given": "false",
        "running": "false",
        "kind": "",
        "causal_wording": "",
        "place": "",
        "status": "done",
    }
    return base | fields


@pytest.mark.parametrize(
    ("fields", "level", "reason"),
    [
        ({"direction": "award"}, 0, "award"),
        ({"direction": "award", "basis": "yoy", "value": 3}, 0, "award"),
        ({"direction": "award", "running": "true"}, 1, "running"),
        ({"direction": "zero", "value": 0, "running": "true"}, 1, "running"),
        ({"direction": "down", "running": "true"}, 1, "running"),
        ({"direction": "down", "value": 3, "running": "true"}, 1, "running"),
        ({"direction": "down", "value": 3, "basis": "yoy", "running": "true"}, 1, "share"),
        ({"direction": "down", "value": 3, "baseline_given": "true", "running": "true"}, 2, "both"),
        ({"direction": "level", "value": 429}, 0, "count"),
        ({"direction": "level"}, 0, "count"),
        ({"direction": "zero", "value": 0}, 0, "zero"),
        ({"direction": "down"}, 0, "worded"),
        ({"direction": "up", "value": float("nan")}, 0, "worded"),
        ({"direction": "down", "value": 19.3}, 0, "unbased"),
        ({"direction": "down", "value": 13.2, "basis": "yoy"}, 1, "share"),
        ({"direction": "up", "value": 10.3, "basis": "pop"}, 1, "share"),
        ({"direction": "up", "basis": "yoy"}, 1, "share"),
        ({"direction": "down", "value": 3, "basis": "from-to", "baseline_given": "true"}, 2, "both"),
        ({"direction": "down", "value": 3, "basis": "from-to", "baseline_given": True}, 2, "both"),
        ({"direction": "down", "value": 12, "basis": "control"}, 3, "control"),
        ({"direction": "down", "value": 12, "basis": "adjusted"}, 4, "adjusted"),
        ({"direction": "down", "value": 12, "basis": "random", "baseline_given": "true"}, 5, "random"),
    ],
)
def test_a_claim_has_a_level_and_a_reason(fields, level, reason):
    row = compare.graded(pd.DataFrame([claim(**fields)])).iloc[0]
    assert (row["level"], row["reason"]) == (level, reason)
    assert row["why_en"] and row["why_zh"]


def test_grading_leaves_the_claims_as_they_are():
    claims = pd.DataFrame([claim()])
    assert compare.graded(claims)[list(claims)].equals(claims) and list(claims) == list(claim())


def test_no_reason_blames_or_praises():
    words = " ".join(row["en"] + row["zh"] for row in compare.checkability().values())
    assert not [w for w in ("fail", "only", "merely", "propaganda", "虚假", "夸大", "仅仅", "未能") if w in words]


def test_shares_carry_the_interval_of_wilson():
    graded = pd.DataFrame({"id": list("abcdefghij"), "source": ["a"] * 10, "level": [0] * 8 + [1] * 2})
    row = compare.shares(graded, "source").set_index("level").loc[1]
    z, n, p = norm.ppf(0.975), 10, 0.2
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    assert (row["n"], row["ids"], row["total"], row["share"]) == (2, ["i", "j"], 10, 0.2)
    assert (row["low"], row["high"]) == pytest.approx((middle - half, middle + half))


@pytest.mark.parametrize(
    ("kind", "direction", "nature"),
    [
        ("crime", "down", "outcome"),
        ("perception", "up", "outcome"),
        ("crime", "zero", "outcome"),
        ("solved", "level", "output"),
        ("settled", "up", "output"),
        ("averted", "up", "output"),
        ("solved", "zero", "outcome"),
        ("settled", "award", "honour"),
    ],
)
def test_outcomes_are_told_from_work_done_and_from_honours(kind, direction, nature):
    assert compare.nature(claim(kind=kind, direction=direction)) == nature


def test_claims_that_are_compared_with_nothing_are_counted_by_kind():
    rows = [
        claim(id=f"a.c.{n}", sentence=f"s{n}", direction=d, metric=m, nature=k, compared=c)
        for n, (d, m, k, c) in enumerate(
            [
                ("down", "警情", "outcome", True),
                ("up", "安全感", "outcome", False),
                ("level", "抓获人员", "output", False),
                ("zero", "事故", "outcome", False),
            ]
        )
    ]
    sentences = pd.DataFrame({"id": [f"s{n}" for n in range(4)], "passage": [f"p{n}" for n in range(4)]})
    table = compare.uncompared(pd.DataFrame(rows), sentences, Settings()).set_index("group")
    assert table[["n", "bare"]].to_dict("index") == {
        "result": {"n": 4, "bare": 3},
        "outcome": {"n": 3, "bare": 2},
        "output": {"n": 1, "bare": 1},
        "change": {"n": 2, "bare": 1},
    }
    assert table["low"].isna().all()  # four passages are too few for an interval


def test_targets_are_no_results():
    claims = pd.DataFrame([claim(), claim(id="a.c.2", status="planned")])
    assert list(compare.done(claims)["id"]) == ["a.c.1"]


def mention(key, **fields):
    return {
        "id": f"a.m.{key}",
        "source": "a",
        "sentence": "a.s.1",
        "kind": "practice",
        "key": key,
        "strength": "2",
        "status": "done",
    } | fields


def test_emmie_counts_the_claims_that_fill_each_field():
    claims = pd.DataFrame([claim(value=12, basis="yoy", causal_wording="通过"), claim(id="a.c.2", sentence="a.s.2")])
    mentions = pd.DataFrame([mention("patrol_posts")])
    quantities = pd.DataFrame(
        [
            {"sentence": "a.s.2", "unit_kind": "money", "indicator": "invested_funds"},
            {"sentence": "a.s.1", "unit_kind": "money", "indicator": "funds_recovered"},
        ]
    )
    table = compare.emmie(claims, mentions, quantities).set_index("field")
    assert dict(table["n"]) == {"effect": 1, "mechanism": 1, "moderator": 0, "implementation": 1, "economic_cost": 1}
    assert set(table["total"]) == {2} and table.loc["economic_cost", "ids"] == "a.c.2"


SOURCES = pd.DataFrame(
    [
        {"id": "a", "place": "yunzhou", "published": "2022-11", "kept_characters": 2000},
        {"id": "b", "place": "linhu", "published": "2021", "kept_characters": 500},
    ]
)
LAWS = pd.DataFrame(
    [
        {"law": "甲法", "in_force": "2021-11-01", "practice": "safe_redress"},
        {"law": "甲法", "in_force": "2021-11-01", "practice": "safe_redress"},
        {"law": "乙条例", "in_force": "2025-04-01", "practice": "safe_redress"},
    ]
)


@pytest.mark.parametrize(
    ("status", "state"),
    [(["done"], "evidenced"), (["absent"], "stated_absent"), (["absent", "case"], "evidenced"), ([], "not_mentioned")],
)
def test_silence_has_three_values(status, state):
    rows = [mention("safe_redress", id=f"a.m.{i}", status=s) for i, s in enumerate(status)]
    mentions = pd.DataFrame(rows, columns=list(mention("x")))
    table = compare.silence(mentions, SOURCES, ["safe_redress"], LAWS).set_index("source")
    assert table.loc["a", "state"] == state and table.loc["a", "n"] == len(status)
    assert table.loc["b", "state"] == "not_mentioned" and table.loc["b", "characters"] == 500


@pytest.mark.parametrize(
    ("strength", "status", "state"),
    [("1", "done", "named_only"), ("2", "done", "evidenced"), ("2", "planned", "named_only")],
)
def test_a_safeguard_is_described_or_a_word_only(strength, status, state):
    mentions = pd.DataFrame([mention("safe_redress", strength=strength, status=status)])
    assert compare.stated(mentions, "a", "safe_redress")["state"] == state


@pytest.mark.parametrize(
    ("published", "laws", "later", "undated"),
    [
        ("2022-11", "甲法", "乙条例", ""),
        ("2021-11", "甲法", "乙条例", ""),
        ("2021-10-31", "", "甲法、乙条例", ""),
        ("2021", "", "乙条例", "甲法"),
        ("2025-04-01", "甲法、乙条例", "", ""),
        ("2025", "甲法", "", "乙条例"),
        ("2026-01-02", "甲法、乙条例", "", ""),
        ("", "", "", "甲法、乙条例"),
    ],
)
def test_a_law_counts_from_the_day_it_is_in_force(published, laws, later, undated):
    assert compare.law(LAWS, "safe_redress", published) == {"laws": laws, "later": later, "undated": undated}
