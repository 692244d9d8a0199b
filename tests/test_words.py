"""Words and term counts."""

from functools import cache

import jieba
import pytest

from lib.lexicon import Lexicon
from lib.reading import document, words


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A jieba.Tokenizer that knows our words, made by its lexicon."""
    jieba.setLogLevel("WARNING")

    def tokenizer(lexicon):
        found = jieba.Tokenizer()
        found.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
        for word in words.taught(lexicon):
            found.add_word(word)
        return found

    return cache(tokenizer)


TEXTS = [
    "云州市公安局打造“微网格”平台,C++与AI结合,下降13.17%,010-67332088。",
    "青岚区推进一站式矛盾纠纷化解,建成智安小区1.3万个。",
    "PTU队员24小时巡逻 4G/5G a.b-c 100%",
    "",
]


@pytest.mark.parametrize("chars", TEXTS)
def test_words_are_those_of_jieba(chars, reference):
    assert words.cut(chars, Lexicon()) == reference(Lexicon()).lcut(chars)
    assert "".join(words.cut(chars, Lexicon())) == chars


def test_cues_of_the_codebook_are_words_and_the_global_dictionary_is_left_alone(tmp_path, reference):
    (tmp_path / "cues.csv").write_text("practice,pattern\nx,云智巡\nx,不是.?词\n", "utf-8")
    lexicon = Lexicon(codebook=tmp_path)
    assert words.taught(lexicon) == ("云智巡",)
    assert "云智巡" in words.cut("推行云智巡模式", lexicon)
    assert "云智巡" in reference(lexicon).lcut("推行云智巡模式")
    assert "云智巡" not in jieba.lcut("推行云智巡模式", HMM=False)


def test_terms_leave_out_persons_numbers_stop_words_and_damage():
    doc = document(
        "云州织密平安网\n\n民警李元顺和网格员莫小飞巡逻,12个警务站的民警说,巡逻巡逻。处置废弃物?;?40.32公斤。"
        "升级?！笔泄簿旨挤乐ш犡撠熑私榻B,巡逻。",
        {"id": "x"},
    )
    found = {(t["passage"], t["term"]): t["count"] for t in words.terms(doc, Lexicon())}
    assert found[(1, "巡逻")] == 4 and found[(1, "民警")] == 2 and (0, "平安") in found | {(0, "平安"): 1}
    terms = {term for _, term in found}
    assert not {t for t in terms if any(c in t for c in "李莫12,。犡撠熑")} and "和" not in terms and "公斤" in terms


def test_terms_point_to_passages_and_count_words():
    doc = document("警务站\n\n警务站和警务站,公安PTU队员。", {"id": "x"})
    found = words.terms(doc, Lexicon())
    assert set(found[0]) == {"passage", "term", "count"} and found == sorted(
        found, key=lambda t: (t["passage"], t["term"])
    )
    assert sum(t["count"] for t in found if "警务" in t["term"]) == 3 and any(t["term"] == "PTU" for t in found)
