"""The coders' files: what is written can be read by others, and comes back at the same characters."""

import hashlib
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook
from pyrefiqda import RefiProject

from lib import schemas
from lib.evidence.dataset.tables import Evidence
from lib.lexicon import BadInput
from lib.report.coders import coding, qdpx

HOSTILE = '=HYPERLINK("x")云州市<b>网格</b>&化解。'
RAWS = {
    "yunzhou": f"\ufeff云州市建成警务站27个。\r\n{HOSTILE}\r\n\r\n青岚区𠮷祥里👮推行一站式受理。",
    "linhu": "临湖县组建义警。\r网格员巡逻。",
}
CUES = [
    ("yunzhou", "警务站", "patrol_posts"),
    ("yunzhou", "网格", "base_grid"),
    ("yunzhou", "一站式", "disp_one_stop"),
    ("yunzhou", "青岚区𠮷祥里👮推行", "base_grid"),
    ("linhu", "网格员", "base_grid"),
]


def table(name, rows):
    frame = pd.DataFrame(rows, columns=schemas.names(name))
    return frame.astype(object).fillna("")


def spans(raw):
    at = 0
    for line in raw.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
        if line.strip("\ufeff"):
            yield at + line.startswith("\ufeff"), at + len(line)
        at += len(line) + 1


@pytest.fixture
def evidence(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for source, raw in RAWS.items():
        (texts / f"{source}.txt").write_bytes(raw.encode())
    sources = [
        {
            "id": s,
            "file": f"{s}.txt",
            "place": s,
            "place_zh": "云州市",
            "title": "=1+1",
            "characters": len(raw),
            "text_sha256": hashlib.sha256(raw.encode()).hexdigest(),
        }
        for s, raw in RAWS.items()
    ]
    sentences = [
        {"id": f"{s}.s.{a}-{b}", "source": s, "start": a, "end": b} for s, raw in RAWS.items() for a, b in spans(raw)
    ]
    mentions = [
        {
            "source": s,
            "start": RAWS[s].index(w),
            "end": RAWS[s].index(w) + len(w),
            "kind": "practice",
            "key": k,
            "status": "done",
        }
        for s, w, k in CUES
    ]
    tables = {
        "sources": table("sources", sources),
        "sentences": table("sentences", sentences),
        "mentions": table("mentions", mentions),
    }
    return Evidence(tmp_path, None, tables)


@pytest.fixture
def made(evidence, tmp_path):
    return coding.coding_sheet(evidence, tmp_path / "texts", tmp_path / "out")


def test_a_program_of_others_reads_every_coding_at_the_same_characters(made, tmp_path):
    project = RefiProject.load(made[1], str(tmp_path / "unpacked"))
    names = {code.guid: code.name.split()[0] for group in project.code_book.codes.code for code in group.code}
    read = set()
    for source in project.sources.text_source:
        path = tmp_path / "unpacked/sources" / source.plain_text_path.removeprefix("internal://")
        text = path.read_text(encoding="utf-8")
        for s in source.plain_text_selection:
            words = text[s.start_position : s.end_position]
            read |= {(source.name.split()[0], words, names[c.code_ref.target_guid]) for c in s.coding}
    assert read == set(CUES)


def test_the_code_book_of_the_project_is_ours(made, tmp_path):
    project = RefiProject.load(made[1], str(tmp_path / "unpacked"))
    codes = [code.name.split()[0] for group in project.code_book.codes.code for code in group.code]
    assert codes == list(coding.codebook()["code"]) and len(set(codes)) == len(codes)


def test_the_same_evidence_makes_the_same_bytes(evidence, made, tmp_path):
    before = [path.read_bytes() for path in made[:2]]
    coding.coding_sheet(evidence, tmp_path / "texts", tmp_path / "out")
    assert [path.read_bytes() for path in made[:2]] == before


def test_a_project_comes_back_in_raw_characters(made, evidence, tmp_path):
    rows = coding.read(made[1], coding.at_hand(evidence, tmp_path / "texts"))
    assert {(r.source, RAWS[r.source][r.start : r.end], r.code) for r in rows.itertuples()} == set(CUES)
    assert set(rows["coder"]) == {"coding"}


def test_a_text_that_is_not_the_register_s_is_left_out(evidence, tmp_path):
    (tmp_path / "texts/linhu.txt").write_text("另一篇。", encoding="utf-8")
    *_, left = coding.coding_sheet(evidence, tmp_path / "texts", tmp_path / "out")
    assert left == ["linhu"]
    with pytest.raises(BadInput, match="none of the texts"):
        coding.coding_sheet(evidence, tmp_path, tmp_path / "out")


def test_every_cell_is_text_or_a_number(made):
    sheet = load_workbook(made[0])["coding"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}
    assert kinds == {"s", "n"}
    assert HOSTILE in [cell.value for cell in sheet["F"]]


def test_the_machine_s_codes_can_be_hidden(evidence, tmp_path):
    xlsx, project, _ = coding.coding_sheet(evidence, tmp_path / "texts", tmp_path / "blind", shown=False)
    assert not [c.value for c in load_workbook(xlsx)["coding"]["G"][1:] if c.value]
    assert qdpx.read(project, RAWS) == []


def filled(path, out, cells):
    """A coder's copy: the codes written into the rows of the sentences that hold these words."""
    book = load_workbook(path)
    for row in book["coding"].iter_rows(min_row=2):
        row[7].value = next((codes for words, codes in cells.items() if words in row[5].value), None)
    book.save(out)
    return out


def test_a_coder_s_sheet_is_read_with_sentences_and_words(made, evidence, tmp_path):
    cells = {"警务站": "patrol_posts base_grid@警务", "义警": "mass_volunteers"}
    sheet = filled(made[0], tmp_path / "amei.xlsx", cells)
    rows = coding.read(sheet, coding.at_hand(evidence, tmp_path / "texts"))
    held = [(r.coder, RAWS[r.source][r.start : r.end], r.code) for r in rows.itertuples()]
    assert set(held) == {
        ("amei", "云州市建成警务站27个。", "patrol_posts"),
        ("amei", "警务", "base_grid"),
        ("amei", "临湖县组建义警。", "mass_volunteers"),
    }


def test_agreement_sets_the_machine_beside_each_coder(made, evidence, tmp_path):
    sheet = filled(made[0], tmp_path / "amei.xlsx", {"警务站": "patrol_posts", "一站式": "base_grid"})
    tables = coding.agreement([sheet], evidence, tmp_path / "texts")
    total = tables["against"].set_index("code").loc["all"]
    assert (total["both"], total["coder_only"], total["reference_only"]) == (2, 0, 2)
    apart = tables["disagreements"].set_index("code")
    assert apart.loc["disp_one_stop", "sentence"] == "青岚区𠮷祥里👮推行一站式受理。"
    assert apart.loc["disp_one_stop", "not_by"] == "amei" and HOSTILE in set(apart["before"])
    assert set(tables["dimensions"]["code"]) == {"patrol", "base", "dispute"}


def test_the_tables_of_agreement_become_a_workbook_of_plain_cells(evidence, made, tmp_path):
    sheet = filled(made[0], tmp_path / "amei.xlsx", {"警务站": "patrol_posts", "网格": "base_grid"})
    coding.agreement_book(coding.agreement([sheet], evidence, tmp_path / "texts"), tmp_path / "agreement.xlsx")
    book = load_workbook(tmp_path / "agreement.xlsx")
    assert book.sheetnames == ["codes", "against", "dimensions", "disagreements"]
    kinds = {c.data_type for s in book for row in s.iter_rows() for c in row if c.value not in (None, "")}
    assert kinds == {"s", "n"}


@pytest.mark.parametrize(
    ("codes", "what"), [("no_such", "unknown code 'no_such'"), ("base_grid@别处", "'别处' does not stand")]
)
def test_a_code_that_can_t_be_is_named(made, evidence, tmp_path, codes, what):
    sheet = filled(made[0], tmp_path / "b.xlsx", {"警务站": codes})
    with pytest.raises(BadInput, match=what):
        coding.read(sheet, RAWS)


@pytest.mark.parametrize("name", ["coding.txt", "broken.xlsx", "broken.qdpx", "missing.qdpx"])
def test_a_file_that_can_t_be_read_ends_in_one_line(evidence, tmp_path, name):
    if not name.startswith("missing"):
        (tmp_path / name).write_bytes(b"not a zip")
    with pytest.raises(BadInput) as wrong:
        coding.read(tmp_path / name, RAWS)
    assert name in str(wrong.value) and "\n" not in str(wrong.value)


def project(tmp_path, xml, text="甲。"):
    path = tmp_path / "p.qdpx"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("project.qde", xml)
        z.writestr("sources/t.txt", text)
    return path


SELECTION = (
    '<Project xmlns="urn:QDA-XML:project:1.0"><Sources><TextSource name="x" plainTextPath="internal://t.txt">'
    '<PlainTextSelection startPosition="{}" endPosition="{}"/></TextSource></Sources></Project>'
)


@pytest.mark.parametrize(
    ("xml", "what"),
    [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "declares entities"),
        ("<a", "can't be read"),
        (SELECTION.format(0, 9), "expected a span inside the text"),
        (SELECTION.format(-1, 1), "expected a span inside the text"),
    ],
)
def test_a_hostile_or_broken_project_is_refused(tmp_path, xml, what):
    with pytest.raises(BadInput, match=what):
        qdpx.read(project(tmp_path, xml), {"a": "甲。"})


def test_a_project_of_another_text_is_refused(tmp_path):
    with pytest.raises(BadInput, match="none of the texts at hand"):
        qdpx.read(project(tmp_path, SELECTION.format(0, 1), "乙。"), {"a": "甲。"})


@pytest.mark.parametrize(
    ("raw", "text"),
    [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("\ufeffa", "a"), ("\ud800a", "\ufffda"), ("𠮷a", "𠮷a"), ("", "")],
)
def test_exchanged_text_counts_as_others_count(raw, text):
    got, offsets = qdpx.exchanged(raw)
    assert got == text and len(offsets) == len(text) + 1 and offsets[-1] == len(raw)
