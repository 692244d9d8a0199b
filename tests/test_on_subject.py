"""What of a text is compared: all of one on the subject, of any other what it says on the subject."""

import pytest

from lib.comparison import sources
from lib.evidence import extract
from lib.evidence.dataset.tables import Evidence
from lib.evidence.mentions import context
from lib.lexicon import Lexicon
from lib.reading import document
from lib.schemas import SHORT
from tests.invented import frame

ECONOMY = "全区新开工厂{n}家。粮食连年丰收。旅游收入稳步增长。道路通到每个村。港口货物吞吐量创新高。水果远销各地。"
SAFETY = "全区建成警务站12个。矛盾纠纷化解率达到98%。"
REPORT = "\n".join(["云州市年度报告", *(ECONOMY.format(n=n) for n in range(3, 15)), SAFETY])
ENTRY = {"id": "yunzhou-2024", "place": "yunzhou", "place_zh": "云州市", "title": "", "genre": ""}


def told(raw, lexicon=None):
    doc = document(raw, ENTRY, lexicon)
    return [doc.words(s) for s, kept in zip(doc.sentences, context.on_subject(doc), strict=True) if kept]


def test_of_a_report_on_everything_the_sentences_on_the_subject_count():
    assert [words[:7] for words in told(REPORT)] == ["全区建成警务站", "矛盾纠纷化解率"]


def test_a_sentence_alone_counts_without_its_passage():
    raw = REPORT.replace(SAFETY, ECONOMY.format(n=2) + "民警走访了两个社区。")
    assert [words[:4] for words in told(raw)] == ["民警走访"]


@pytest.mark.parametrize("raw", [SAFETY * 9 + ECONOMY.format(n=2) * 5, ECONOMY.format(n=2), ""])
def test_of_a_text_on_the_subject_or_too_short_to_tell_all_counts(raw):
    assert "".join(told(raw)) == raw


CARE = "全区推行养老服务“线上预约+线下上门”模式,打造三张网;民警走访了两个社区,建成警务站12个。"


def beside(raw):
    doc = document(raw, ENTRY)
    return [doc.chars[a:b] for a, b in context.asides(doc)]


@pytest.mark.parametrize(
    "words, found",
    [
        (CARE, ["全区推行养老服务“线上预约+线下上门”模式", "打造三张网"]),
        ("筑牢“三根支柱”,发展乡村产业,建成警务站12个。", ["筑牢“三根支柱”", "发展乡村产业"]),
        ("在高校设立警务站12个,调解医保纠纷。", []),
    ],
)
def test_a_clause_on_another_field_is_an_aside_and_takes_its_neighbours_along(words, found):
    assert beside(REPORT + words) == beside(REPORT) + found


def test_in_a_text_on_the_subject_only_a_sentence_without_its_words_holds_asides():
    assert beside(SAFETY * 9 + CARE) == []
    assert beside(SAFETY * 9 + CARE.split(";")[0] + "。") == ["全区推行养老服务“线上预约+线下上门”模式", "打造三张网"]


def test_a_comparison_leaves_asides_out_and_the_evidence_keeps_them(tmp_path):
    rows = extract.tables(REPORT + CARE, ENTRY, Lexicon())
    evidence = Evidence(tmp_path, None, {name: frame(name, own).drop(columns="where") for name, own in rows.items()})
    kept, all_ = set(sources.corpus(evidence).formulas["name"]), set(evidence.formulas["name"])
    assert all_ - kept == {"线上预约+线下上门"} and "12" in set(sources.corpus(evidence).quantities["surface"].str[:2])


def test_a_codebook_without_words_of_a_subject_compares_all(tmp_path):
    (tmp_path / "context.csv").write_text("practice,window,needs,refuses,statuses,note\n", "utf-8")
    (tmp_path / "VERSION").write_text("1.0.0\n", "utf-8")
    assert "".join(told(REPORT, Lexicon(codebook=tmp_path))) == REPORT.replace("\n", "")


def test_a_comparison_leaves_the_rest_out_and_says_so(tmp_path):
    rows = extract.tables(REPORT, ENTRY, Lexicon())
    assert rows["sources"][0]["short"] == "true" and rows["sources"][0]["kept_characters"] > SHORT
    evidence = Evidence(tmp_path, None, {name: frame(name, own).drop(columns="where") for name, own in rows.items()})
    corpus = sources.corpus(evidence)
    assert set(corpus.quantities["unit"]) == {"个", "%"} and "家" in set(evidence.quantities["unit"])
    assert sources.aside(evidence, corpus)[["kept", "sentences"]].values.tolist() == [[2, 75]]
