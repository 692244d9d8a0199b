"""The dataset as a whole: every row points, the schemas hold, bad tables are refused in one line."""

import csv
import hashlib
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from lib import paths, schemas
from lib.evidence.dataset import describe, gather
from lib.evidence.dataset import tables as dataset
from lib.lexicon import BadInput, Lexicon
from lib.reading import formats, private
from tests.invented import CORPUS

TEXTS = Path(os.environ.get("TEXTS") or paths.ROOT.parent / "shared" / "texts")
needs_texts = pytest.mark.skipif(not TEXTS.is_dir(), reason="the source texts are not at hand (TEXTS)")


@pytest.fixture(scope="module")
def corpus(corpus_evidence):
    """The invented corpus as a dataset."""
    return dataset.load(corpus_evidence)


def test_words_are_quick_to_ask_for_and_the_session_of_whoever_imports_us_stays_as_it_was(corpus):
    assert {corpus.quantities[c].dtype.storage for c in ("id", "noun", "rule")} == {"python"}
    assert pd.get_option("mode.string_storage") == "auto"


def pointing(evidence, folder):
    """Rows that do not point: their surface is not what stands in the raw file at their span, but for crosses."""
    raws = {s.id: formats.load(folder / s.file)[0] for s in evidence.sources.itertuples()}
    return [
        row.id
        for name in schemas.WITH_SURFACE
        for row in getattr(evidence, name).itertuples()
        if not row.surface or not same(raws[row.source][row.start : row.end], row.surface)
    ]


def same(raw, surface):
    return len(raw) == len(surface) and all(b in (a, private.CROSS) for a, b in zip(raw, surface, strict=True))


def test_every_row_of_the_corpus_points(corpus):
    assert len(corpus.quantities) and len(corpus.mentions) and len(corpus.claims)
    assert pointing(corpus, CORPUS) == []


def test_a_folder_may_carry_its_own_register(corpus):
    assert list(corpus.sources["id"]) == ["linhu-2023", "qinglan-2023", "yunzhou-2024"]
    assert list(corpus.sources["place_zh"]) == ["临湖县", "青岚区", "云州市"]
    assert corpus.places.loc["linhu", "zh"] == "临湖县"


def test_ids_are_ascii_and_unique(corpus):
    for name in schemas.LETTERS:
        ids = getattr(corpus, name)["id"]
        assert ids.is_unique and all(i.isascii() for i in ids), name


def test_every_row_names_a_sentence_that_holds_it(corpus):
    spans = corpus.sentences.set_index("id")[["start", "end"]]
    for name in schemas.WITH_SURFACE:
        for row in getattr(corpus, name).itertuples():
            start, end = spans.loc[row.sentence]
            assert start <= row.start < row.end <= end, row.id


def test_claims_are_short(corpus):
    assert corpus.claims["surface"].str.replace(r"\s", "", regex=True).str.len().max() <= 30


@needs_texts
def test_the_texts_reproduce_the_released_dataset(tmp_path):
    assert gather.run(TEXTS, tmp_path / "again") == []
    for path in sorted(paths.EVIDENCE.glob("*")):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


@needs_texts
def test_every_released_row_points():
    assert pointing(dataset.load(), TEXTS) == []


@needs_texts
def test_no_sentence_of_a_source_stands_in_git():
    squeezed = ["".join(formats.load(p)[0].split()) for p in TEXTS.glob("*.txt")]
    grams = {t[i : i + 40] for t in squeezed for i in range(len(t) - 39)}
    kinds = (".py", ".csv", ".md", ".ipynb", ".json", ".txt")
    tracked = [
        p
        for p in paths.ROOT.rglob("*")
        if p.is_file() and p.suffix in kinds and not {".venv", "build", "lab", "coding", ".git"} & set(p.parts)
    ]
    assert tracked
    for path in tracked:
        text = "".join(path.read_text("utf-8", "replace").split())
        assert not any(text[i : i + 40] in grams for i in range(max(0, len(text) - 39))), path


def test_datapackage_hashes_its_tables():
    import json

    package = json.loads((paths.EVIDENCE / "datapackage.json").read_text("utf-8"))
    assert [r["name"] for r in package["resources"]] == list(schemas.TABLES)
    for r in package["resources"]:
        assert r["hash"] == "sha256:" + hashlib.sha256((paths.EVIDENCE / r["path"]).read_bytes()).hexdigest()


def test_data_readme_is_current():
    assert (paths.DATA / "README.md").read_text("utf-8") == describe.readme()


BAD_CELLS = [
    ("bound", "roughly", r"quantities\.csv:2: bound is 'roughly'; expected one of exact, at_least"),
    ("value", "many", r"quantities\.csv:2: value is 'many'; expected a number or nothing"),
    ("damaged", "maybe", r"quantities\.csv:2: damaged is 'maybe'; expected one of true, false"),
]


@pytest.mark.parametrize(("column", "cell", "message"), BAD_CELLS)
def test_a_bad_cell_is_named(tmp_path, column, cell, message):
    shutil.copytree(paths.EVIDENCE, tmp_path / "e")
    path = tmp_path / "e" / "quantities.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    rows[0][column] = cell
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(BadInput, match=message):
        dataset.load(tmp_path / "e")


def test_a_place_without_a_row_of_its_own_has_its_level_and_what_it_lies_in():
    evidence = dataset.load(paths.EVIDENCE)
    of = {"place": ["yuecheng", "liuzhou", "elsewhere"], "place_zh": ["越城区", "柳州市", ""]}
    rows = pd.DataFrame({c: of.get(c, "") for c in evidence.sources}, index=range(3))
    places = dataset.Evidence(paths.EVIDENCE, tables={"sources": rows}).places.loc[of["place"]]
    assert places[["en", "level", "parent", "province"]].to_numpy().tolist() == [
        ["Yuecheng", "county", "shaoxing", "Zhejiang"],
        ["Liuzhou", "prefecture", "guangxi", "Guangxi"],
        ["elsewhere", "", "", ""],
    ]


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"sources\.csv: no such file"):
        dataset.load(tmp_path)


def test_one_bad_text_does_not_stop_the_rest(tmp_path):
    for p in CORPUS.glob("*.txt"):
        shutil.copy(p, tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    wrong = gather.run(tmp_path, tmp_path / "out")
    assert len(wrong) == 1 and "empty.txt" in wrong[0]
    assert len(dataset.load(tmp_path / "out").sources) == len(list(CORPUS.glob("*.txt")))


def test_a_failed_write_leaves_the_old_dataset(tmp_path):
    gather.run(CORPUS, tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    writer = dataset.Writer(tmp_path / "out")
    writer.add({"quantities": [{"id": "x", "bound": "nonsense", "damaged": "false", "start": 0, "end": 1}]})
    with pytest.raises(BadInput):
        writer.close()
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (5.0, "5"), (0.1 + 0.2, "0.3"), (2e13, "20000000000000"), ("x", "x")]
)
def test_cells_are_written_plainly(value, cell):
    assert dataset.written(value) == cell


def test_a_text_that_stands_there_twice_counts_once(tmp_path):
    for name in ("one.txt", "two.txt"):
        shutil.copy(CORPUS / "yunzhou.txt", tmp_path / name)
    assert gather.run(tmp_path, tmp_path / "out") == ["two.txt: the same file as one.txt; expected each text once"]
    assert list(dataset.load(tmp_path / "out").sources["id"]) == ["one"]


def test_a_slip_in_the_register_is_told_once_and_before_any_text(tmp_path):
    shutil.copytree(CORPUS, tmp_path / "texts")
    with (tmp_path / "texts" / "sources.csv").open("a", encoding="utf-8") as f:
        f.write("foo,foo.txt,nowhere,,,,,,,,,,\n")
    with pytest.raises(BadInput, match=r"sources\.csv:5: "):
        gather.run(tmp_path / "texts", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("units", "篓,coun,any,", "kind 'coun'; expected .*count"),
        ("units", "篓,count,any,(", "expected a regular expression"),
        ("indicators", "posts,哨点,Posts,level,哨点,,,", "kinds 'level'; expected .*count"),
        ("indicators", "posts,哨点,Posts,count,哨点,嘟,,", "units '嘟'; expected"),
        ("indicators", "posts,哨点,Posts,count,哨(点,,,", "expected a regular expression"),
        (
            "rules/status",
            "x,status,择机,,,governs,clause,,,plan,50,择机新建[警务室12个]。",
            "reading 'plan'; expected .*planned",
        ),
    ],
)
def test_a_slip_in_a_rule_is_told_once_and_before_any_text(tmp_path, name, row, message):
    shutil.copytree(paths.LEXICON, tmp_path / "lexicon")
    path = tmp_path / "lexicon" / f"{name}.csv"
    path.write_text(path.read_text("utf-8") + row + "\n", "utf-8")
    with pytest.raises(BadInput, match=rf"{path.name}:\d+: .*{message}"):
        gather.run(CORPUS, tmp_path / "out", gather.Plan(lexicon=Lexicon(folder=tmp_path / "lexicon")))
    assert not (tmp_path / "out").exists()
