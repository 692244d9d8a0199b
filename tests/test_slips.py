"""Slips of the hand: each ends in one clear line that says what is expected."""

import ast
import csv
import os
import re
import shutil
import subprocess

import pytest

from lib import lexicon, paths, schemas
from lib.evidence.dataset import tables
from lib.evidence.mentions import cues
from lib.lexicon import BadInput
from lib.reading import locate, numerals, register
from lib.report.show import labels


def made(*words):
    """What make says on stderr, and how it ends."""
    done = subprocess.run(["make", "--dry-run", *words], cwd=paths.ROOT, capture_output=True, text=True)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("texts=dir", "texts=dir; settings are written in capitals: TEXTS=dir"),
        ("edition=zh", "settings are written in capitals: EDITION=zh"),
        ("EDITION=fr", "EDITION=fr; expected en or zh"),
        ("EDITION=", "EDITION=; expected en or zh"),
    ],
)
def test_a_setting_that_there_is_not(setting, says):
    code, said = made("help", setting)
    assert code and says in said and said.strip().count("\n") == 0


def test_settings_as_they_are_meant_pass():
    assert made("help", "EDITION=zh", "PLACES=a b") == (0, "")


@pytest.mark.parametrize(
    ("name", "row"),
    [("magnitudes", "万,1 0000,magnitude"), ("magnitudes", "万,1_0000,magnitude"), ("magnitudes", "万,,magnitude")],
)
def test_a_number_with_a_blank(tmp_path, name, row):
    path = shutil.copy(paths.LEXICON / f"{name}.csv", tmp_path)
    lines = len(open(path, encoding="utf-8").readlines())
    with open(path, "a", encoding="utf-8") as f:
        f.write(row + "\n")
    with pytest.raises(BadInput, match=rf"{name}\.csv:{lines + 1}: value .*; expected a whole number$"):
        numerals._signs(path)


def test_a_kind_of_sign_that_there_is_not(tmp_path):
    (tmp_path / "magnitudes.csv").write_text("sign,value,kind\n万,10000,magnitud\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r":2: kind 'magnitud'; expected digit, magnitude, tens"):
        numerals._signs(tmp_path / "magnitudes.csv")


TABLES = sorted(
    p.relative_to(paths.DATA) for folder in ("", "codebook", "lexicon") for p in (paths.DATA / folder).glob("*.csv")
)


@pytest.mark.parametrize("name", TABLES, ids=map(str, TABLES))
def test_a_table_saved_by_excel_in_gb18030(tmp_path, name):
    text = (paths.DATA / name).read_text("utf-8-sig")
    if text.isascii():
        pytest.skip("the same bytes in both")
    (tmp_path / "t.csv").write_bytes(text.encode("gb18030"))
    with pytest.raises(BadInput, match=r"not UTF-8 at byte \d+; expected UTF-8 \(in Excel: save as CSV UTF-8\)$"):
        lexicon.table(tmp_path / "t.csv", ())


def test_the_labels_and_the_places_are_read_as_such_tables(tmp_path, monkeypatch):
    (tmp_path / "places.csv").write_bytes("id,zh,en,level,parent,province\na,甲市,A,,,\n".encode("gb18030"))
    with pytest.raises(BadInput, match="save as CSV UTF-8"):
        list(labels._labelled(tmp_path / "places.csv"))
    monkeypatch.setattr(paths, "DATA", tmp_path)
    with pytest.raises(BadInput, match="save as CSV UTF-8"):
        tables.Evidence(tmp_path).places  # noqa: B018


def test_the_slips_of_a_table_are_told_together(tmp_path):
    rows = [
        ("A", "2023-13", "newspaper", "nowhere"),
        ("a", "2023-01-02", "news", "青岚区"),
        ("a", "", "", "unknown"),
        ("b", "5/1/2023", "", "unknown"),
    ]
    lines = [f"{id},{n}.txt,{place},,,,{date},,,{genre},,," for n, (id, date, genre, place) in enumerate(rows)]
    (tmp_path / "s.csv").write_text("\n".join([",".join(register.COLUMNS), *lines]) + "\n", "utf-8")
    with pytest.raises(BadInput) as wrong:
        register.sources(tmp_path / "s.csv", paths.ROOT / "tests/corpus/places.csv")
    told = [line.removeprefix(f"{tmp_path}/s.csv:").partition(";")[0] for line in str(wrong.value).split("\n")]
    assert told == [
        "2: id 'A'",
        "2: published '2023-13'",
        "2: genre 'newspaper'",
        "2: place 'nowhere'",
        "4: id 'a'",
        "5: published '5/1/2023'",
    ]
    assert all("; expected " in line for line in str(wrong.value).split("\n"))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024/5/1", "2024-05-01"),
        ("2024-5", "2024-05"),
        ("２０２４．５．１", "2024-05-01"),
        ("2024年5月1日", "2024-05-01"),
        ("2024年", "2024"),
        ("May-24", "May-24"),
        ("5/1/2024", "5/1/2024"),
        ("", ""),
    ],
)
def test_dates_as_excel_leaves_them(written, read):
    assert register._in_iso(written) == read


def test_a_register_as_excel_leaves_it(tmp_path):
    """With a mark at its beginning, empty rows, blanks around cells, names for ids and dates with slashes."""
    row = "a,a.txt,青岚区 ,,,,2024/5/1,,,news,,,"
    empty = "," * (len(register.COLUMNS) - 1)
    (tmp_path / "s.csv").write_text(f"{','.join(register.COLUMNS)} \r\n{row}\r\n{empty}\r\n", "utf-8-sig")
    (told,) = register.sources(tmp_path / "s.csv", paths.ROOT / "tests/corpus/places.csv")
    assert (told["place"], told["published"], told["genre"], told["line"]) == ("qinglan", "2024-05-01", "news", 2)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_that_no_comma_parts(tmp_path, mark):
    (tmp_path / "t.csv").write_text(mark.join(["key", "name"]) + "\n" + mark.join("ab") + "\n", "utf-8")
    with pytest.raises(
        BadInput, match=r"t\.csv:1: cells are parted by '.+'; expected commas \(in Excel: save as CSV UTF-8"
    ):
        lexicon.table(tmp_path / "t.csv", ("key", "name"))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,甲市,A,prefecture,,,1853227,2020,,,3337.5", ""),
        ('a,甲市,A,prefecture,,,"1,853,227",2020,,,', "population '1,853,227'; expected a number in digits"),
        ("a,甲市,A,prefecture,,,185万,,,,", "population '185万'; expected a number in digits"),
        ("a,甲市,A,city,,,-5,,,,", "level 'city'; expected nothing or one of province"),
        ("a,,A,,,,,,,,3337 km2", "zh ''; expected its Chinese name"),
        ("a,甲市,A,,nowhere,,,,,,", "parent 'nowhere'; expected an id of this table"),
        ("甲,甲市,A,,,,,,,,", "id '甲'; expected letters a-z"),
    ],
)
def test_a_row_of_places(tmp_path, row, told):
    columns = (
        "id,zh,en,level,parent,province,population,population_year,population_source,population_confidence,area_km2"
    )
    (tmp_path / "p.csv").write_text(f"{columns}\n{row}\n", "utf-8")
    if not told:
        assert [r["id"] for r in locate.rows(tmp_path / "p.csv")] == ["a"]
        return
    with pytest.raises(BadInput) as wrong:
        locate.rows(tmp_path / "p.csv")
    assert told in str(wrong.value) and all(
        line.startswith(f"{tmp_path}/p.csv:2: ") for line in str(wrong.value).split("\n")
    )


def test_slips_of_the_codebook_are_told_together(tmp_path):
    shutil.copytree(paths.CODEBOOK, tmp_path / "c")
    with open(tmp_path / "c/cues.csv", encoding="utf-8") as f:
        names, *rows = list(csv.reader(f))
    rows = [dict(zip(names, row, strict=True)) for row in rows]
    rows[3]["pattern"], rows[5]["practice"], rows[7]["strength"], rows[9]["id"] = "(", "no_such", "9", rows[8]["id"]
    with open(tmp_path / "c/cues.csv", "w", encoding="utf-8", newline="") as f:
        out = csv.DictWriter(f, names)
        out.writeheader()
        out.writerows(rows)
    with pytest.raises(BadInput) as wrong:
        cues.load(lexicon.Lexicon(tmp_path / "c"))
    told = str(wrong.value).split("\n")
    assert [re.match(rf"{tmp_path}/c/cues\.csv:(\d+): ", line)[1] for line in told] == ["5", "7", "9", "11"]


def test_of_many_slips_the_first_are_told(tmp_path):
    (tmp_path / "t.csv").write_text("key,name\n" + "a\n" * 50, "utf-8")
    with pytest.raises(BadInput) as wrong:
        lexicon.table(tmp_path / "t.csv", ("key",))
    told = str(wrong.value).split("\n")
    assert len(told) == lexicon.MOST + 1 and told[-1] == "... and 30 more"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("roles,actor,text,who,", "columns.csv:3: column 'actor' of kind 'text'"),
        ("roles,+where,,,", "columns.csv:3: column '+where' of kind ''"),
    ],
)
def test_a_column_of_no_kind(tmp_path, row, told):
    path = tmp_path / "columns.csv"
    path.write_text(f"table,column,kind,about,values\n+pointer,id,string,its name,\n{row}\n", "utf-8")
    with pytest.raises(BadInput) as e:
        schemas._tables(path)
    assert told in str(e.value) and "expected a kind (string, integer, number, boolean)" in str(e.value)


def test_help_has_a_line_for_each_verb():
    said = subprocess.run(["make", "help"], cwd=paths.ROOT, capture_output=True, text=True).stdout
    verbs = "report test lab register coding-sheet agreement review drift explain score".split()
    assert all(re.search(rf"^make {verb} +\S.{{5}}", said, re.M) for verb in verbs)


def test_clean_takes_nothing_that_people_wrote():
    clean = subprocess.run(["make", "--dry-run", "clean"], cwd=paths.ROOT, capture_output=True, text=True).stdout
    assert clean.split() == ["rm", "-rf", "build", "figures/*"]


@pytest.fixture
def installed(tmp_path):
    """installed(): what make would do to bring the environment of a folder up to date."""
    (tmp_path / "data/codebook").mkdir(parents=True)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / "data/codebook/practices.csv").touch()
    for name in ("requirements.txt", "requirements-test.txt"):
        shutil.copy(paths.ROOT / name, tmp_path)
        shutil.copy2(tmp_path / name, tmp_path / ".venv")
    for name in (".ready", ".ready-test"):
        (tmp_path / ".venv" / name).touch()
    command = ["make", "--dry-run", "-f", str(paths.ROOT / "Makefile"), ".venv/.ready-test"]
    return lambda: subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("name", "others"), [("requirements.txt", 2), ("requirements-test.txt", 1)])
def test_only_packages_that_are_others_are_installed(tmp_path, installed, name, others):
    """Not those of a file that a pull or a checkout wrote anew, the same as before."""
    later = (tmp_path / ".venv/.ready").stat().st_mtime + 60
    os.utime(tmp_path / name, (later, later))
    assert "pip install" not in installed()
    (tmp_path / name).write_text("jieba==0.42.1\n", "utf-8")
    os.utime(tmp_path / name, (later, later))
    assert installed().count("pip install") == others


def test_the_table_of_patterns_has_what_the_code_asks_for_and_nothing_else():
    code = "".join(p.read_text("utf-8") for p in (paths.ROOT / "lib").rglob("*.py"))
    tables = [
        {r["name"] for r in lexicon.table(paths.LEXICON / f"{file}.csv", ("name", "pattern", "example"))}
        for file in lexicon.WORDINGS
    ]
    names = set().union(*tables)
    assert len(names) == sum(map(len, tables))  # a name stands in one table
    asked = set(re.findall(r'(?<![\w.])(?:compiled|words)\("([^"]+)"', code))
    assert asked <= names and len(asked) > 50
    assert [name for name in sorted(names) if not re.search(f"['\"]{re.escape(name)}['\"]", code)] == []


@pytest.mark.parametrize(
    "row, message",
    [
        ("often,每(天,[每天]", ":2: no regular expression .*; expected one"),
        ("often,每天,每[天]", ":2: example '每.天.'; expected one with what the pattern finds in .brackets."),
        ("often,每天,", ":2: example ''; expected one"),
        ("seldom,每天,[每天]", " or wordings.csv: no row 'often'; expected its pattern and an example"),
    ],
)
def test_a_pattern_without_an_example_that_shows_it(tmp_path, monkeypatch, row, message):
    monkeypatch.setattr(paths, "LEXICON", tmp_path)
    (tmp_path / "quantities.csv").write_text(f"name,pattern,example\n{row}\n", "utf-8")
    (tmp_path / "wordings.csv").write_text("name,pattern,example\n", "utf-8")
    with pytest.raises(BadInput, match=rf"quantities\.csv{message}"):
        lexicon.compiled("often")


def chinese(source):
    """The runs of Chinese characters in the strings of some Python, docstrings apart."""
    tree = ast.parse(source)
    scopes = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    docs = {id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, scopes) and ast.get_docstring(n) is not None}
    told = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in docs)
    return {run for words in told if isinstance(words, str) for run in re.findall(r"[\u4e00-\u9fff]+", words)}


def test_chinese_words_stand_in_the_tables():
    assert chinese('"""云哨。"""\nJOIN = f"[和与]{x}"  # 桃溪\ndef read():\n    "溪盾"\n    return "站、点"') == {
        "和与",
        "站",
        "点",
    }
    found = {p: chinese(p.read_text("utf-8")) for p in (paths.ROOT / "lib").rglob("*.py")}
    assert len(set().union(*found.values())) <= 180, max(found, key=lambda p: len(found[p]))


def test_a_name_that_several_places_have_is_told_with_their_ids(tmp_path):
    path = tmp_path / "sources.csv"
    path.write_text(f"{','.join(register.COLUMNS)}\nt,t.txt,新城区{',' * (len(register.COLUMNS) - 3)}\n", "utf-8")
    with pytest.raises(BadInput, match=r":2: place '新城区'; expected one of the ids .*xincheng-hohhot.*: 2 places"):
        register.sources(path)
