"""From files to sentences: encodings, formats, raw offsets, passages, sentences."""

import codecs
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.lexicon import BadInput, Lexicon
from lib.reading import document, encodings, formats, read, words
from lib.reading.text import Text

SIMPLE = "云州市公安局在青岚区建成12个警务站,群众安全感明显提升。"
SHORT = "平安云州"
SHIFTED = (SIMPLE.replace("12", "").replace(",", "，") * 4).encode("gb18030")
TRADITIONAL = "雲州市公安局在青嵐區建成12個警務站,群眾安全感明顯提升。"


@pytest.mark.parametrize(
    ("words", "encoding", "name"),
    [
        (SIMPLE, "utf-8", "utf-8"),
        (SHORT, "utf-8", "utf-8"),
        (TRADITIONAL, "utf-8", "utf-8"),
        ("Yunzhou 2023", "utf-8", "utf-8"),
        (SIMPLE, "utf-8-sig", "utf-8"),
        (SHORT, "utf-8-sig", "utf-8"),
        (SIMPLE, "gb18030", "gb18030"),
        (SHORT, "gb18030", "gb18030"),
        (SIMPLE * 50, "gbk", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        ("社會治安", "big5", "big5hkscs"),
        ("派出所民警", "big5", "big5hkscs"),
        (SIMPLE, "utf-16", "utf-16-le"),
        (SHORT, "utf-16", "utf-16-le"),
        (SIMPLE, "utf-16-le", "utf-16-le"),
        (SHORT, "utf-16-be", "utf-16-be"),
    ],
)
def test_encodings(words, encoding, name):
    assert encodings.decode("a.txt", words.encode(encoding)) == (words, name)


def test_a_big_endian_mark_is_read_and_left_out():
    assert encodings.decode("a.txt", codecs.BOM_UTF16_BE + SIMPLE.encode("utf-16-be")) == (SIMPLE, "utf-16-be")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\n ", "holds no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "binary"),
        ("a.txt", bytes(range(128, 256)) * 3, "no encoding"),
        ("a.exe", b"MZ", "can't be read"),
        ("a.docx", b"not a zip", "not a Word"),
        ("a.pdf", b"%PDF-1.4 cut short", "PDF"),
        ("a.txt", codecs.BOM_UTF8 + b"\xff\xfe\xfd", "not utf-8"),
        ("a.html", b"<html></html>", "holds no text"),
        ("a.txt", b"In 2018 the city launched a campaign.", "0 Chinese characters"),
        ("a.txt", SHIFTED[1:-1].decode("gb18030", "replace").encode(), "garbled"),
        ("a.txt", ("口" * 90 + "平安云州").encode(), "different characters"),
        ("a.txt", SIMPLE.encode("gb18030")[:-1] + b"\xff" + b"a" * 8, "no encoding"),
        ("a.txt", f"{SIMPLE}\0{SIMPLE}".encode("gb18030"), "NUL at byte"),
    ],
)
def test_what_cant_be_read_is_said_in_one_line(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput) as e:
        formats.load(path)
    assert (
        says in str(e.value) and str(path) in str(e.value) and "\n" not in str(e.value) and "expected" in str(e.value)
    )


def test_a_missing_file_is_said_in_one_line(tmp_path):
    with pytest.raises(BadInput, match="can't be read"):
        formats.load(tmp_path / "none.txt")


def test_line_ends_of_windows_keep_raw_offsets(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("平安云州\r\n\r\n全市建成警务站12个。\r\n调解纠纷300起。".encode())
    raw = formats.load(path).text
    doc = document(raw, {"id": "a"})
    assert "\r" in raw and "\r" not in doc.text.chars
    at = doc.text.chars.index("12个")
    assert raw[slice(*doc.text.raw_span(at, at + 3))] == "12个"


def test_html_gives_the_article_without_its_menu(tmp_path):
    path = tmp_path / "a.html"
    body = "".join(f"<p>{SIMPLE}第{i}批警务站由云州市公安局统一管理,全部接入指挥中心。</p>" for i in range(4))
    path.write_text(
        f"<html><head><meta charset='utf-8'><title>t</title></head><body><nav><a href='/'>首页</a><a>新闻</a></nav>"
        f"<article><h1>云州织密平安网</h1>{body}</article><footer>版权所有</footer><script>var "
        f"x=1</script></body></html>",
        "utf-8",
    )
    raw = formats.load(path)[0]
    assert (
        "云州织密平安网" in raw and raw.count("统一管理") == 4 and "var x" not in raw and raw == formats.load(path)[0]
    )


def test_html_says_its_own_charset(tmp_path):
    path = tmp_path / "a.html"
    path.write_bytes(
        f"<html><head><meta charset=gb2312></head><body><p>{SIMPLE * 4}</p></body></html>".encode("gb18030")
    )
    raw = formats.load(path).text
    assert SIMPLE in raw


def test_docx_gives_paragraphs_and_tables_in_order(tmp_path):
    import docx

    made, out = docx.Document(), BytesIO()
    made.add_paragraph("平安云州")
    made.add_table(1, 2).rows[0].cells[1].text = "12个"
    made.add_paragraph(SIMPLE)
    made.save(out)
    (tmp_path / "a.docx").write_bytes(out.getvalue())
    assert formats.load(tmp_path / "a.docx")[0] == f"平安云州\n\t12个\n{SIMPLE}"


def test_pdf_gives_its_text(tmp_path):
    import typst

    path = tmp_path / "a.pdf"
    path.write_bytes(typst.compile(b"Yunzhou built 12 stations."))
    assert "12 stations" in formats._pdf(path, path.read_bytes())[0]
    with pytest.raises(BadInput, match="0 Chinese characters beside 20 Latin letters"):
        formats.load(path)


def test_read_joins_register_and_text(tmp_path):
    (tmp_path / "yunzhou.txt").write_text(f"云州织密平安网\n\n{SIMPLE}", "utf-8")
    doc = read(tmp_path / "yunzhou.txt")
    assert (doc.id, doc.entry["place"], doc.entry["encoding"], len(doc.sentences)) == ("yunzhou", "unknown", "utf-8", 2)


def test_an_edit_keeps_the_raw_offsets():
    text = Text.of("abcdef").edited([(1, 3, ""), (4, 5, "X")])
    assert text.chars == "adXf" and text.raw_span(1, 3) == (3, 5)


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("云州公安局警務網(wǎng)\n\n。,，、“”?!()1２3 \r\t某王记者:/>.%"), st.characters()
        ),
        max_size=200,
    )
)
def test_any_text_is_read_and_offsets_rise(raw):
    doc = document(raw, {"id": "x"})
    offsets = doc.text.offsets
    assert len(offsets) == len(doc.text.chars)
    assert all(a < b for a, b in zip(offsets, offsets[1:], strict=False))
    assert all(0 <= r["start"] < r["end"] <= len(raw) for r in doc.ledger)
    assert all(doc.passages[s.passage].start <= s.start < s.end <= doc.passages[s.passage].end for s in doc.sentences)
    assert all(0 <= a < b <= len(doc.text.chars) for a, b in doc.damage)
    assert words.terms(doc, Lexicon()) == words.terms(doc, Lexicon())


ARTICLE = """云州织密平安网

案例概要:青岚区探索基层治理新路。

一、背景

近年来,云州公安建成警务站12个。“平安在身边!”居民说。

筑牢防线

民警说:“发现问题怎么办?马上就办。”他随即赶到……问题解决了。投入2.5亿元;惠及3.4万人。"""


def test_kinds_of_passages():
    doc = document(ARTICLE, {"id": "x"})
    assert [(p.kind, p.section) for p in doc.passages] == [
        ("title", ""),
        ("lead", ""),
        ("heading", "一、背景"),
        ("body", "一、背景"),
        ("heading", "筑牢防线"),
        ("body", "筑牢防线"),
    ]


def test_items_of_lists_and_rows_of_tables_are_no_headings():
    doc = document(
        "# 云州织密平安网\n\n## 成效\n- 警务站 12 个\n* 网格**52**个\n\n| 指标 | 数量 |\n|---|---|\n| 警情 | 30起 |",
        {"id": "x"},
    )
    assert [(p.kind, doc.chars[p.start : p.end]) for p in doc.passages][1:] == [
        ("heading", "成效"),
        ("body", "• 警务站 12 个"),
        ("body", "• 网格52个"),
        ("body", "| 指标 | 数量 |"),
        ("body", "| 警情 | 30起 |"),
    ]


def test_sentences():
    doc = document(ARTICLE, {"id": "x"})
    assert [doc.words(s) for s in doc.sentences] == [
        "云州织密平安网",
        "案例概要:青岚区探索基层治理新路。",
        "一、背景",
        "近年来,云州公安建成警务站12个。",
        "“平安在身边!”",
        "居民说。",
        "筑牢防线",
        "民警说:“发现问题怎么办?",
        "马上就办。”",
        "他随即赶到……问题解决了。",
        "投入2.5亿元;惠及3.4万人。",
    ]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("发案数下降3.5%。破案数上升2.1%。", 2),
        ("真的吗?!他问。", 2),
        ("(一)坚持统筹。一是建网。", 2),
        ("一句没有句号", 1),
        ("好。”好。", 2),
        ("全力推进.近年来成效明显.", 2),
        ("治理格局;联动机制;", 1),
        ("开展巡逻……", 1),
    ],
)
def test_what_ends_a_sentence(line, count):
    assert len(document(line, {"id": "x"}).sentences) == count
