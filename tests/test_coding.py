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
from lib.lexicon import table as table_of_file
from lib.report.coders import coding, kept, qdpx, qdpx_read

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
    assert qdpx_read.read(project, RAWS, {}) == []


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


@pytest.mark.parametrize(
    "codes",
    [
        "patrol_posts，base_grid、mass_volunteers",
        "patrol_posts base_grid,mass_volunteers",
        "街面警务站；base_grid，，mass_volunteers、",
        "patrol_posts\nbase_grid;mass_volunteers@27个",
    ],
)
def test_codes_stand_apart_as_people_write(made, tmp_path, codes):
    rows = coding.read(filled(made[0], tmp_path / "amei.xlsx", {"警务站": codes}), RAWS)
    assert list(rows["code"]) == ["patrol_posts", "base_grid", "mass_volunteers"]


def test_words_after_a_code_may_hold_commas(made, tmp_path):
    rows = coding.read(filled(made[0], tmp_path / "amei.xlsx", {"警务站": "base_grid@云州市建成，patrol_posts"}), RAWS)
    assert [RAWS[r.source][r.start : r.end] for r in rows.itertuples()] == ["云州市建成", "云州市建成警务站27个。"]


def test_agreement_sets_the_machine_beside_each_coder(made, evidence, tmp_path):
    sheet = filled(made[0], tmp_path / "amei.xlsx", {"警务站": "patrol_posts", "一站式": "base_grid"})
    tables = coding.agreement([sheet], evidence, tmp_path / "texts")
    total = tables["against"].set_index("code").loc["all"]
    assert (total["both"], total["coder_only"], total["reference_only"]) == (2, 0, 2)
    apart = tables["disagreements"].set_index("code")
    assert apart.loc["disp_one_stop", "sentence"] == "青岚区𠮷祥里👮推行一站式受理。"
    assert apart.loc["disp_one_stop", "not_by"] == "amei" and HOSTILE in set(apart["before"])
    assert set(tables["dimensions"]["code"]) == {"patrol", "base", "dispute"}


@pytest.mark.parametrize(
    ("codes", "what"), [("no_such", "unknown code 'no_such'"), ("base_grid@别处", "'别处' does not stand")]
)
def test_a_code_that_can_t_be_is_told_by_its_row(made, evidence, tmp_path, codes, what):
    sheet = filled(made[0], tmp_path / "b.xlsx", {"警务站": codes, "义警": "base_gird", "一站式": "base_grid"})
    with pytest.raises(BadInput) as wrong:
        coding.read(sheet, RAWS)
    first, second = str(wrong.value).split("\n")
    assert first.startswith(f"{sheet}:2: ") and what in first
    assert (
        second.startswith(f"{sheet}:5: ") and "unknown code 'base_gird'; expected codes of the codebook such" in second
    )
    assert "base_grid" in second


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        (1, "elsewhere", "source 'elsewhere' is none of the texts at hand"),
        (4, "x", "span 'x' to '13'"),
        (4, 13.5, "span '13.5' to '13'"),
        (5, 9999, "span '1' to '9999'"),
        (4, 2, "does not stand at 2 to 13"),
    ],
)
def test_a_row_that_was_changed_is_told_by_its_number(made, tmp_path, column, value, what):
    book = load_workbook(made[0])
    book["coding"].cell(2, column).value = value
    book["coding"].cell(4, 8).value = "base_grid"
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(BadInput) as wrong:
        coding.read(tmp_path / "c.xlsx", RAWS)
    assert str(wrong.value).startswith(f"{tmp_path / 'c.xlsx'}:2: ") and what in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_sheet_without_any_code_is_no_coding(made):
    with pytest.raises(BadInput, match="no sentence has a code"):
        coding.read(made[0], RAWS)


def test_the_codes_can_be_chosen_from_a_list_with_their_rules(made):
    book = load_workbook(made[0])
    (rule,) = book["coding"].data_validations.dataValidation
    head = [c.value for c in book["codebook"][1]]
    assert rule.formula1.startswith("=codebook!$A$2") or rule.formula1.startswith("codebook!$A$2")
    assert not rule.showErrorMessage and {"include", "exclude"} <= set(head)


def test_a_filled_sheet_is_never_overwritten(made, evidence, tmp_path):
    filled(made[0], made[0], {"警务站": "patrol_posts"})
    before = made[0].read_bytes()
    again = coding.coding_sheet(evidence, tmp_path / "texts", tmp_path / "out")
    assert made[0].read_bytes() == before and again[0].name == "coding-2.xlsx"
    assert coding.coding_sheet(evidence, tmp_path / "texts", tmp_path / "out")[:2] == again[:2]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["coding-2.xlsx", "coding.qdpx", "coding.xlsx"]


def test_a_run_that_is_killed_leaves_what_was_there(made, evidence, tmp_path):
    filled(made[0], made[0], {"警务站": "patrol_posts"})
    before = made[0].read_bytes()

    def killed(path):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.place(made[0], killed)
    assert made[0].read_bytes() == before and len(list(made[0].parent.iterdir())) == 2


def test_without_links_a_file_is_kept_too(made, monkeypatch):
    monkeypatch.setattr(kept.os, "link", lambda *_: (_ for _ in ()).throw(PermissionError()))
    before = made[0].read_bytes()
    new = kept.place(made[0], lambda path: path.write_bytes(b"other"))
    assert made[0].read_bytes() == before and (new.name, new.read_bytes()) == ("coding-2.xlsx", b"other")


@pytest.mark.parametrize(
    ("name", "coder"),
    [("li-2026-11-27", "li"), ("li-2026-11-27-2", "li"), ("li-2", "li-2"), ("王芳-2026-01-02", "王芳")],
)
def test_the_coder_is_told_by_the_file_s_name(tmp_path, name, coder):
    assert kept.coder(tmp_path / f"{name}.xlsx") == coder


@pytest.mark.parametrize("coder", ["", "a b", "../a", "a/b"])
def test_a_name_that_no_file_can_bear_is_refused(coder):
    with pytest.raises(BadInput, match="CODER="):
        kept.stem(coder, "2026-11-27")


def test_agreement_by_span_stays_empty_where_sentences_were_coded(made, evidence, tmp_path):
    sheet = filled(made[0], tmp_path / "amei.xlsx", {"警务站": "patrol_posts@警务站", "网格员": "base_grid"})
    codes = coding.agreement([sheet], evidence, tmp_path / "texts")["codes"].set_index("code")
    assert codes.at["patrol_posts", "alpha_span"] == 1 and codes["alpha_span"].isna()["base_grid"]
    assert codes.at["base_grid", "alpha_presence"] == codes.at["base_grid", "alpha_presence"]


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
        (SELECTION.format(0, 9), "outside its text"),
        (SELECTION.format(-1, 1), "outside its text"),
    ],
)
def test_a_hostile_or_broken_project_is_refused(tmp_path, xml, what):
    with pytest.raises(BadInput, match=what):
        qdpx_read.read(project(tmp_path, xml), {"a": "甲。"}, {})


def test_a_project_of_another_text_is_refused(tmp_path):
    with pytest.raises(BadInput, match="none of the texts at hand"):
        qdpx_read.read(project(tmp_path, SELECTION.format(0, 1), "乙。"), {"a": "甲。"}, {})


@pytest.mark.parametrize(
    ("raw", "text"),
    [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("\ufeffa", "a"), ("\ud800a", "\ufffda"), ("𠮷a", "𠮷a"), ("", "")],
)
def test_exchanged_text_counts_as_others_count(raw, text):
    got, offsets = qdpx.exchanged(raw)
    assert got == text and len(offsets) == len(text) + 1 and offsets[-1] == len(raw)


THEIRS = "云州。\n👮巡逻𠮷祥里，\n网格员化解。\n"
WORDS = ("巡逻", "网格员", "云州", "巡逻𠮷祥里，\n网格员化解")


def of_others(tmp_path, text, encoded, named, size, last=0):
    """A project as another program writes it: `size(characters)` counts, `last` is what its ends lack."""
    spans = "".join(
        f'<PlainTextSelection name="{" ".join(w.split()) if named else ""}" '
        f'startPosition="{size(text[: text.index(w)])}" endPosition="{size(text[: text.index(w)] + w) - last}">'
        f'<Coding><CodeRef targetGUID="c{n % 2}"/></Coding></PlainTextSelection>'
        for n, w in enumerate(w.replace("\n", "\r\n") if "\r" in text else w for w in WORDS)
    )
    path = tmp_path / "theirs.qdpx"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("sources/t.txt", encoded)
        z.writestr(
            "project.qde",
            '<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes><Code guid="c0" name="Auf Streife"/>'
            '<Code guid="c1" name="base_grid 网格"/></Codes></CodeBook><Sources><TextSource name="访谈" '
            f'plainTextPath="internal://t.txt">{spans}</TextSource></Sources></Project>',
        )
    return path


WINDOWS = THEIRS.replace("\n", "\r\n")
COUNTS = {
    "code points": (THEIRS, THEIRS.encode(), len, 0),
    "UTF-16 units": (THEIRS, THEIRS.encode("utf-16"), lambda t: len(t.encode("utf-16-le")) // 2, 0),
    "line ends as two": (WINDOWS, WINDOWS.encode("utf-8-sig"), len, 0),
    "line ends as one": (WINDOWS, WINDOWS.encode(), lambda t: len(t.replace("\r\n", "\n")), 0),
    "line ends as two, in a file with one": (THEIRS, THEIRS.encode(), lambda t: len(t.replace("\n", "\r\n")), 0),
    "ends at the last character": (THEIRS, THEIRS.encode(), len, 1),
}


@pytest.mark.parametrize("raw", [THEIRS, WINDOWS, "\ufeff" + THEIRS.strip()])
@pytest.mark.parametrize("count", COUNTS)
def test_the_offsets_of_others_are_told_by_their_words(tmp_path, count, raw):
    text, encoded, size, last = COUNTS[count]
    path = of_others(tmp_path, text, encoded, True, size, last)
    rows = qdpx_read.read(path, {"a": raw}, {"base_grid": "base_grid"})
    assert [(raw[r["start"] : r["end"]], r["code"]) for r in rows] == [
        ("巡逻", "Auf Streife"),
        ("网格员", "base_grid"),
        ("云州", "Auf Streife"),
        (raw[raw.index("巡逻") : raw.index("化解") + 2], "base_grid"),
    ]


def test_offsets_that_can_be_read_in_two_ways_are_refused(tmp_path):
    path = of_others(tmp_path, THEIRS, THEIRS.encode(), False, len)
    with pytest.raises(BadInput, match="code points or as UTF-16 units") as wrong:
        qdpx_read.read(path, {"a": THEIRS}, {})
    assert "\n" not in str(wrong.value)


def test_codes_of_others_are_mapped_or_compared_between_people(made, evidence, tmp_path, capfd):
    source = RAWS["linhu"].replace("\r", "\n")
    words = [("网格员", "c0"), ("义警", "c1")]
    spans = "".join(
        f'<PlainTextSelection name="{w}" startPosition="{source.index(w)}" endPosition="{source.index(w) + len(w)}">'
        f'<Coding><CodeRef targetGUID="{c}"/></Coding></PlainTextSelection>'
        for w, c in words
    )
    xml = (
        '<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes><Code guid="c0" name="Grid staff"/>'
        '<Code guid="c1" name="自愿者"/></Codes></CodeBook><Sources><TextSource name="x" '
        f'plainTextPath="internal://t.txt">{spans}</TextSource></Sources></Project>'
    )
    path = project(tmp_path, xml, source)
    (tmp_path / "codes.csv").write_text("name,code\nGrid staff,base_grid\n", encoding="utf-8")
    tables = coding.agreement([path], evidence, tmp_path / "texts")
    assert "自愿者" in capfd.readouterr().err
    total = tables["against"].set_index("code").loc["all"]
    assert tuple(total[["both", "coder_only", "reference_only"]]) == (1, 0, 0)
    codes = tables["codes"].set_index("code")
    assert codes.at["base_grid", "positives"] == "machine:1 p:1" and codes.at["base_grid", "sentences"] > 1
    assert codes.drop(index="base_grid")["sentences"].eq(0).all() and "自愿者" in codes.index
    assert set(tables["disagreements"]["code"]) <= {"base_grid"} and tables["dimensions"]["sentences"].eq(0).all()
    assert "自愿者" not in set(tables["disagreements"]["code"])
    (tmp_path / "codes.csv").write_text("name,code\n自愿者,\nGrid staff,no_such\n", encoding="utf-8")
    table_of_file.cache_clear()
    with pytest.raises(BadInput, match="codes.csv:3: unknown code 'no_such'"):
        coding.read(path, RAWS)


@pytest.mark.parametrize(
    ("users", "coders"),
    [
        (("Li", "Wang", "machine"), {"p: Li": "网格员", "p: Wang": "义警"}),
        (("Li", "Li", "machine"), {"p": "网格员义警巡逻"}),
        (("Li", "machine", "machine"), {"p": "网格员义警巡逻"}),
    ],
)
def test_a_team_s_project_is_read_by_its_people(tmp_path, users, coders):
    source = RAWS["linhu"].replace("\r", "\n")
    spans = "".join(
        f'<PlainTextSelection name="{w}" startPosition="{source.index(w)}" endPosition="{source.index(w) + len(w)}">'
        f'<Coding creatingUser="{user}"><CodeRef targetGUID="c"/></Coding></PlainTextSelection>'
        for w, user in zip(("网格员", "义警", "巡逻"), users, strict=True)
    )
    named = "".join(f'<User guid="{user}" name="{user}"/>' for user in set(users))
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0"><Users>{named}</Users><CodeBook><Codes>'
        '<Code guid="c" name="base_grid"/></Codes></CodeBook><Sources><TextSource name="x" '
        f'plainTextPath="internal://t.txt">{spans}</TextSource></Sources></Project>'
    )
    rows = coding.read(project(tmp_path, xml, source), RAWS)
    held = {c: "".join(RAWS["linhu"][r.start : r.end] for r in g.itertuples()) for c, g in rows.groupby("coder")}
    assert held == coders


def test_a_text_that_is_not_at_hand_is_told_and_the_others_are_read(made, capsys):
    rows = qdpx_read.read(made[1], {"linhu": RAWS["linhu"]}, {})
    assert {r["source"] for r in rows} == {"linhu"} and "yunzhou" in capsys.readouterr().err
