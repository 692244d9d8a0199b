"""What an edit of the codebook changes, on the invented corpus."""

import shutil

import pytest

from lib import paths
from lib.comparison import drift, sources
from lib.evidence.dataset import gather
from lib.evidence.dataset import tables as dataset
from lib.lexicon import Lexicon
from tests.invented import CORPUS


@pytest.fixture(scope="module")
def corpora(corpus_evidence, tmp_path_factory):
    """The corpus coded by a codebook without any cue of peri_video, and by the present one."""
    folder = tmp_path_factory.mktemp("drift")
    shutil.copytree(paths.CODEBOOK, folder / "older")
    lines = (folder / "older" / "cues.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "older" / "cues.csv").write_text("".join(x for x in lines if not x.startswith("peri_video.")), "utf-8")
    older = Lexicon(codebook=folder / "older")
    assert gather.run(CORPUS, folder / "before", gather.Plan(lexicon=older)) == []
    made = (folder / "before", older), (corpus_evidence, Lexicon())
    return [sources.corpus(dataset.load(out), lexicon.codebook) for out, lexicon in made]


def test_new_codings_are_listed_with_their_words(corpora):
    found = drift.codings(*corpora)
    assert set(found["key"]) == {"peri_video"} and set(found["change"]) == {"new"}
    assert sorted(found["surface"]) == ["视频监控", "视频监控", "雪亮工程"]


def test_it_reads_the_other_way_round_as_gone(corpora):
    assert set(drift.codings(*reversed(corpora))["change"]) == {"gone"}


def test_cells_change_from_silence_to_evidence(corpora):
    found = drift.cells(*corpora)
    assert len(found) and set(found["state_before"]) == {"not_mentioned"}
    assert all(s.startswith("evidenced") for s in found["state_after"])


def test_the_same_codebook_changes_nothing(corpora):
    after = corpora[1]
    assert not len(drift.codings(after, after)) + len(drift.cells(after, after)) + len(drift.findings(after, after))


def test_findings_name_what_they_were_and_are(corpora):
    found = drift.findings(*corpora)
    assert list(found.columns) == ["key", "before", "after"]
    assert (found["before"].round(6) != found["after"].round(6)).all()


def test_new_and_changed_cues_say_how_often_they_fired_lost_and_were_refused(tmp_path):
    older = shutil.copytree(paths.CODEBOOK, tmp_path / "older")
    lines = (older / "cues.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("peri_video.01,")]
    (older / "cues.csv").write_text("".join(kept), "utf-8")
    documents = list(gather.documents(CORPUS, Lexicon()))
    found = drift.cues(Lexicon(codebook=older), Lexicon(), documents)
    assert found[["rule", "change"]].values.tolist() == [["cue.peri_video.01", "new"]]
    assert found[["fired", "lost", "to", "refused", "by"]].values.tolist() == [[1, 0, "", 0, ""]]
    assert drift.cues(Lexicon(), Lexicon(), documents).empty
