"""Roles, loops, formulas and links of the five texts held against the annotators; skipped where the texts are not at
hand."""

import os
from pathlib import Path

import pytest

from lib import paths
from lib.benchmark import models as gold_models
from lib.evidence.dataset import gather
from lib.evidence.dataset import tables as dataset

TEXTS = Path(os.environ.get("TEXTS") or paths.ROOT.parent / "shared" / "texts")
LEAST = {"roles": 0.93, "loops": 0.95, "formulas": 0.96, "links": 0.93}  # F1 on texts that the rules were made with
SHOWN = 40
pytestmark = pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts are not at hand")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    out = tmp_path_factory.mktemp("five")
    gather.run(TEXTS, out, gather.Plan(None, ""))
    return dataset.load(out)


@pytest.mark.parametrize("layer", gold_models.LAYERS)
def test_most_of_what_annotators_found_is_found_and_little_else(evidence, layer):
    scores = gold_models.scores(evidence).set_index("layer")
    assert scores.at[layer, "f1"] >= LEAST[layer]


@pytest.mark.parametrize("layer", gold_models.LAYERS)
def test_spans_lie_in_one_sentence_and_copy_nothing(evidence, layer):
    rows = evidence.tables[layer]
    assert (rows["end"] - rows["start"]).between(1, SHOWN - 1).all() and (rows["sentence"] != "").all()
