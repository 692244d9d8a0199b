"""What many tests stand on, made once a process: the invented corpus as a dataset, and the small report."""

from functools import cache

import pytest

from lib.evidence.dataset import gather
from tests.invented import CORPUS
from tests.small_report import bound


@pytest.fixture(scope="session")
def corpus_evidence(tmp_path_factory):
    """The folder of the dataset of the invented corpus; its texts lie in build/texts."""
    folder = tmp_path_factory.mktemp("invented") / "evidence"
    assert gather.run(CORPUS, folder) == []
    return folder


@pytest.fixture(scope="session")
def small_report(tmp_path_factory):
    """small_report(language): {suffix: path} of the small report; its executed notebooks lie beside it, in executed."""
    return cache(lambda language: bound(tmp_path_factory.mktemp(language), language))
