"""Words compared: keyness against oracles, collocates, keywords in context, passages told once."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from scipy.stats.contingency import relative_risk

from lib.comparison import language

CASES = [(12, 6, 750, 3970), (7, 0, 750, 3970), (3, 31, 4000, 2000), (40, 40, 1000, 1000), (1, 9, 500, 800)]


@pytest.mark.parametrize("a, b, n, m", CASES)
def test_g2_is_the_log_likelihood_of_scipy(a, b, n, m):
    """Oracle: chi2_contingency with lambda_='log-likelihood', no correction."""
    table = [[a, b], [n - a, m - b]]
    oracle = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert language.g2(np.array([a, n - a], float), np.array([b, m - b], float))[0] == pytest.approx(oracle)


def test_g2_of_a_published_table():
    """Dunning (1993), table 2: bigram `the swiss`, k = 110, 2442, 111, 29114: 270.72."""
    here, rest = np.array([110, 111], float), np.array([2442, 29114], float)
    assert language.g2(here, rest)[0] == pytest.approx(270.72, abs=0.01)


@pytest.mark.parametrize("a, b, n, m", [c for c in CASES if c[0] and c[1]])
def test_log_ratio_has_the_interval_of_the_relative_risk(a, b, n, m):
    """Oracle: scipy.stats.contingency.relative_risk."""
    oracle = relative_risk(a, n, b, m)
    found = language.log_ratio(np.array([a, n - a], float), np.array([b, m - b], float))
    assert found["log_ratio"][0] == pytest.approx(np.log2(oracle.relative_risk))
    interval = oracle.confidence_interval(0.95)
    assert (found["low"][0], found["high"][0]) == pytest.approx((np.log2(interval.low), np.log2(interval.high)))


def test_a_word_that_the_others_lack_has_a_finite_log_ratio():
    found = language.log_ratio(np.array([7, 743], float), np.array([0, 3970], float))
    assert 4 < found["log_ratio"][0] < 8 and found["low"][0] > 0 and np.isfinite(found["high"][0])


def test_log_odds_by_hand():
    """Monroe, Colaresi & Quinn (2008), equations 15, 16, 19 and 22, with a prior of 10 words: alpha = 10
    (3+1)/(10+10) = 2."""
    found = language.log_odds(np.array([3, 7], float), np.array([1, 9], float), prior=10)
    odds = np.log((3 + 2) / (10 + 10 - 3 - 2)) - np.log((1 + 2) / (10 + 10 - 1 - 2))
    assert found["log_odds"][0] == pytest.approx(odds)
    assert found["z"][0] == pytest.approx(odds / np.sqrt(1 / (3 + 2) + 1 / (1 + 2)))


def test_the_prior_draws_rare_words_to_nothing():
    here, rest = np.array([2, 60, 938], float), np.array([0, 20, 980], float)
    found = language.log_odds(here, rest)
    assert found["z"][1] > found["z"][0] > 0


TERMS = pd.DataFrame(
    [
        ("yunzhou", "y1", "网格", 4),
        ("yunzhou", "y2", "网格", 3),
        ("yunzhou", "y1", "平安", 2),
        ("yunzhou", "y1", "渡口", 6),
        ("yunzhou", "y2", "平安", 2),
        ("qinglan", "q1", "平安", 5),
        ("qinglan", "q1", "网格", 1),
        ("qinglan", "q2", "大脑", 4),
        ("qinglan", "q2", "平安", 1),
    ],
    columns=["place", "passage", "term", "count"],
).assign(source=lambda t: t["place"])


def test_key_words_stand_in_more_than_one_passage():
    found = language.keyness(TERMS, "yunzhou", at_least=3)
    assert found["term"].iloc[0] == "网格"
    assert "渡口" not in set(found["term"])  # six times, but in one passage: a story
    assert found.set_index("term").loc["平安", "log_ratio"] < 0


@pytest.mark.parametrize("place", ["yunzhou", "linhu"])
def test_one_place_or_an_unknown_one_has_no_key_words(place):
    assert not len(language.keyness(TERMS[TERMS["place"] == "yunzhou"], place))


def test_no_words_at_all():
    assert not len(language.distinctive(TERMS.iloc[:0], ["yunzhou"])) and not len(language.duplicates(TERMS.iloc[:0]))


def test_names_of_places_are_no_key_words():
    places = pd.DataFrame({"zh": ["青岚区", "云州市", ""]})
    terms = pd.DataFrame({"term": ["青岚", "青岚区", "云州", "网格"]})
    assert list(language.without_places(terms, places)["term"]) == ["网格"]


def test_log_dice_by_hand():
    """Rychlý (2008): 14 + log2(2 f_xy / (f_x + f_y)), here by passages: both 3, node 3, word 4."""
    rows = [
        (p, t)
        for p, ts in {"a": "网格 平安", "b": "网格 平安", "c": "网格 平安", "d": "平安", "e": "大脑"}.items()
        for t in ts.split()
    ]
    terms = pd.DataFrame(rows, columns=["passage", "term"]).assign(count=1)
    found = language.collocates(terms, "网格").set_index("term")
    assert found.loc["平安", "log_dice"] == pytest.approx(14 + np.log2(2 * 3 / (3 + 4)))
    oracle = chi2_contingency([[3, 1], [0, 1]], correction=False, lambda_="log-likelihood").statistic
    assert found.loc["平安", "g2"] == pytest.approx(oracle)
    both = language.collocates(terms, "网.|大脑").set_index("term")
    assert list(both.index) == ["平安"]
    assert both.loc["平安", "log_dice"] == pytest.approx(14 + np.log2(2 * 3 / (4 + 4)))


def passage(source, name, words):
    return [(source, name, w, n) for w, n in words.items()]


def test_a_reprinted_passage_is_found_and_told_once():
    words = {f"词{n}": 3 for n in range(10)}
    rows = (
        passage("b-2023", "b.p1", words)
        + passage("a-2024", "a.p7", {**words, "词0": 2})
        + passage("a-2024", "a.p8", {f"别{n}": 3 for n in range(10)})
    )
    terms = pd.DataFrame(rows, columns=["source", "passage", "term", "count"])
    pairs = language.duplicates(terms)
    assert pairs[["a", "b"]].to_numpy().tolist() == [["a.p7", "b.p1"]]
    assert pairs["alike"].iloc[0] == pytest.approx(29 / 30)
    sources = pd.DataFrame({"id": ["a-2024", "b-2023"], "published": ["2024-01", "2023-05"]})
    assert language.once(pairs, sources) == {"a.p7"}  # the later one repeats


def test_passages_of_one_text_do_not_repeat_another_text():
    rows = passage("a", "a.p1", {"词": 30}) + passage("a", "a.p2", {"词": 30})
    assert not len(language.duplicates(pd.DataFrame(rows, columns=["source", "passage", "term", "count"])))


class Quoted:
    """An evidence whose text is at hand, or not."""

    def __init__(self, raw):
        self.raw = raw
        self.sentences = pd.DataFrame({"id": ["s1"], "source": ["yunzhou"], "start": [2], "end": [20]})

    def quote(self, source, start, end):
        return self.raw and self.raw[start:end]


def test_keywords_in_context_point_into_the_raw_text():
    found = language.kwic(Quoted("××云州市把網格員編入網格,網格有人。"), "网格", width=4)
    assert [(r.start, r.end, r.word) for r in found.itertuples()] == [
        (6, 8, "網格"),
        (11, 13, "網格"),
        (14, 16, "網格"),
    ]
    assert found["left"].iloc[0] == "云州市把"[-4:] and found["right"].iloc[2] == "有人。"


def test_no_context_without_the_text():
    assert not len(language.kwic(Quoted(None), "网格"))
