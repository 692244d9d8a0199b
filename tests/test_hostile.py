"""Files that are broken, too large or no files at all: each gets one line, and the good ones beside it are read."""

import os
import shlex
import stat
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from lib import limits, paths
from lib.evidence.dataset import gather
from lib.lexicon import BadInput
from lib.limits import limit
from lib.reading import document, files, formats
from lib.report.coders import coding
from tests import hostile
from tests.hostile import zipped

GOOD = "青澜市公安局在柏川县建成12个警务站,群众安全感明显提升。"


def damaged(data, old, new):
    """The bytes with the last `old` as `new`."""
    return new.join(data.rsplit(old, 1))


PLAIN = zipped({"project.qde": b"<Project/>"}, zipfile.ZIP_STORED)
BOMB = zipped({"word/document.xml": bytes(60_000_000)})
MANY = zipped({str(i): b"" for i in range(10_001)})
DECLARED = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
BROKEN = {
    "a.txt": [
        (f"{GOOD}\n{GOOD}\0".encode(), ":2: no encoding", "NUL at byte"),
        (GOOD.encode("gb18030") * 20 + b"\xff" + "。".encode("gb18030"), ":1:", "gb18030 but for 0xff at byte"),
        ((GOOD * 20).encode() + b"\xff" + f"\n{GOOD}".encode(), ":1:", "utf-8 but for 0xff at byte"),
        ((GOOD * 90_000).encode(), "characters", "expected up to"),
    ],
    "a.docx": [
        (BOMB, "unpacks to more than", "expected a Word document"),
        (MANY, "10,001 files", "expected a Word document"),
        (zipped({"word/document.xml": DECLARED}), "declares entities", "plain XML"),
        (zipped({"a": b"b"}), "not a Word document", "expected"),
        (b"PK\3\4" + bytes(40), "not a Word document", "expected"),
    ],
    "a.qdpx": [
        (b"", "empty file", "expected a REFI-QDA project"),
        (zipped({"a.qde": bytes(60_000_000)}), "unpacks to more than", "expected"),
        (zipped({"a.txt": b"b"}), "no .qde inside", "expected"),
        (zipped({"a.qde": b"<a"}), "'a.qde' can't be read", "expected the XML"),
        (zipped({"a.qde": b"<?xml version='1.0' encoding='foo'?><a/>"}), "unknown encoding", "expected"),
        (zipped({"a.qde": DECLARED.decode().encode("utf-16")}), "declares entities", "plain XML"),
        (damaged(PLAIN, b"PK\1\2\24\3\24\0\0\0", b"PK\1\2\24\3\24\0\1\0"), "is encrypted", "without a password"),
        (damaged(PLAIN, b"PK\1\2\24\3\24\0\0\0\0\0", b"PK\1\2\24\3\24\0\0\0\x63\0"), "not supported", "expected one"),
        (damaged(PLAIN, b"<Project/>", b"<Project>>"), "Bad CRC-32", "expected one"),
    ],
    "a.xlsx": [
        (b"", "empty file", "expected a workbook"),
        (b"PK", "not a workbook", "expected"),
        (zipped({"xl/workbook.xml": DECLARED}), "declares entities", "plain XML"),
        (zipped({"xl/workbook.xml": b"<a"}), "can't be read as a workbook", "expected ours"),
    ],
}


@pytest.mark.parametrize(
    ("name", "data", "told"), [(name, data, told) for name, rows in BROKEN.items() for data, *told in rows]
)
def test_a_broken_file_gets_one_line(tmp_path, name, data, told):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput) as wrong:
        coding.read(path, {}) if name.endswith(("qdpx", "xlsx")) else formats.load(path)
    line = str(wrong.value)
    assert all(t in line for t in (*told, str(path), "expected")) and "\n" not in line


@pytest.mark.parametrize("start", ["x", "", "-1", "9" * 5000, "1.5", "٣"])
def test_a_position_that_is_none_gets_one_line(tmp_path, start):
    xml = (
        '<Project xmlns="urn:QDA-XML:project:1.0"><TextSource name="x" plainTextPath="internal://t.txt">'
        f'<PlainTextSelection startPosition="{start}" endPosition="2"/></TextSource></Project>'
    )
    (tmp_path / "p.qdpx").write_bytes(zipped({"p.qde": xml.encode(), "sources/t.txt": GOOD.encode()}))
    with pytest.raises(BadInput, match="p.qdpx: a selection is outside its text"):
        coding.read(tmp_path / "p.qdpx", {"a": GOOD})


@pytest.mark.parametrize(
    ("source", "start", "end", "told"),
    [
        ("a", "x", 5, "expected whole numbers"),
        ("a", None, 5, "expected whole numbers"),
        ("a", 0.5, 5, "expected whole numbers"),
        ("a", -5, -1, "expected whole numbers"),
        ("a", 5, 0, "expected whole numbers"),
        ("a", 0, 1000, "expected whole numbers"),
        ("b", 0, 5, "none of the texts at hand"),
        (None, 0, 5, "none of the texts at hand"),
    ],
)
def test_a_row_of_a_sheet_that_can_t_be_used_is_named(tmp_path, source, start, end, told):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "coding"
    for row in (("source", "start", "end", "codes"), (source, start, end, "base_grid")):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(BadInput, match=f"a.xlsx:2: .*{told}"):
        coding.read(tmp_path / "a.xlsx", {"a": GOOD})


def page(body):
    return f"<html><head><title>t</title></head><body><article>{body}</article></body></html>"


PAGES = [
    (page("<div>" * 400 + f"<p>{GOOD}</p>" * 8 + "</div>" * 400), 8, "nested deeper"),
    (page(f"<p {' '.join(f'a{i}=1' for i in range(600))}>{GOOD}</p>" * 3), 3, "600 attributes"),
    (page("<div>" * 100 + f"<p>{GOOD}</p>" * 8 + "</div>" * 100), 8, ""),
    (page(f"<p>{GOOD}" * 400), 400, ""),
    (page(f"<p>{GOOD * 60_0}</p>"), 600, ""),
    (page("<script>" + "</p>" * 999 + f"</script><p>{GOOD}</p>" * 4), 4, ""),
]


@pytest.mark.parametrize(("words", "times", "told"), PAGES)
def test_a_page_keeps_what_a_reader_sees_or_says_so(tmp_path, words, times, told):
    (tmp_path / "a.html").write_text(words, "utf-8")
    loaded = formats.load(tmp_path / "a.html")
    assert loaded.text.count(GOOD) == times and [told in w for w in loaded.warnings[:1]] == [True] * bool(told)


LONG = ["警" * 9000, "“" * 5000, "1" * 9000, "万" * 9000, "a" * 9000, "（" * 9000, "柏川县，" * 3000, "是的 " * 3000]


@pytest.mark.parametrize("words", LONG)
def test_a_sentence_without_an_end_is_read_in_pieces(words):
    doc = document(f"{GOOD}\n{words}\n{GOOD}", {"id": "a"})
    assert max(s.end - s.start for s in doc.sentences) <= limit("sentence")
    assert sum(s.end - s.start for s in doc.sentences) >= len(words.replace(" ", "")) * 0.5


SMALL = 20_000  # bytes of what a test reads of them
ODD = ["-rf.txt", "quote'\"`$(touch pwned).txt", "=cmd.txt", "😀.txt", "长" * 80 + ".txt", "{n}%s.txt", "a,b;c|d.txt"]


def folder(tmp_path):
    """A folder with two texts and what is no text: a pipe, links to a device and out of the folder, an odd name."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (tmp_path / "secret.txt").write_text(GOOD * 2)
    for name in ("good.txt", "fine.txt"):
        (texts / name).write_text(f"{name}\n{GOOD}", "utf-8")
    os.mkfifo(texts / "pipe.txt")
    (texts / "zero.txt").symlink_to("/dev/zero")
    (texts / "out.txt").symlink_to(tmp_path / "secret.txt")
    (texts / "gone.txt").symlink_to(tmp_path / "gone.txt")
    (texts / "loop.txt").symlink_to("loop.txt")
    os.mknod(texts / "socket.txt", stat.S_IFSOCK | 0o600)
    with open(texts / "sparse.txt", "wb") as f:
        f.truncate(2 << 30)
    for name in ODD:
        (texts / name).write_text(f"{name}\n{GOOD}", "utf-8")
    (texts / "odd\n\x1b[2Jname.txt").write_text(GOOD * 3)
    (texts / os.fsdecode(b"\xff.txt")).write_text(GOOD * 4)
    (texts / "dir.txt").mkdir()
    return texts


def test_only_files_are_read_and_the_good_ones_are(tmp_path):
    wrong = gather.run(folder(tmp_path), tmp_path / "out", gather.Plan())
    told = sorted(line.rsplit("/", 1)[-1].partition(";")[0] for line in wrong)
    assert told == [
        "\\udcff.txt': a name that can't be printed",
        "dir.txt: can't be read (Is a directory)",
        "gone.txt: a link out of its folder",
        "loop.txt: can't be read (Too many levels of symbolic links)",
        "odd\\n\\x1b[2Jname.txt': a name that can't be printed",
        "out.txt: a link out of its folder",
        "pipe.txt: no regular file",
        "socket.txt: can't be read (No such device or address)",
        "sparse.txt: more than 50,000,000 bytes",
        "zero.txt: a link out of its folder",
    ]
    assert all("\n" not in line and "\x1b" not in line and "expected" in line for line in wrong)
    assert len(pd.read_csv(tmp_path / "out" / "sources.csv")) == 2 + len(ODD)


def test_a_link_inside_its_folder_is_a_file(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert files.inside(tmp_path / "b.txt").name == "b.txt"


def spend(path):
    while True:
        pass


def hoard(path):
    return len([bytes(10_000_000) for _ in range(200)])


def die(path):
    os.kill(os.getpid(), 9)


@pytest.mark.parametrize(("work", "told"), [(spend, "took more than 1 s"), (hoard, "MB of memory"), (die, "expected")])
def test_a_text_that_takes_too_much_ends_alone(monkeypatch, work, told):
    monkeypatch.setattr(limits, "limit", lambda name: {"seconds": 1, "memory": 100_000_000}.get(name, 0))
    with pytest.raises(BadInput, match=told):
        limits.within("a.txt", work, "a.txt")


def test_what_a_child_gives_and_raises_comes_back():
    assert limits.within("a", len, "four") == 4
    with pytest.raises(RuntimeError, match="TypeError"):
        limits.within("a", len, 4)


def test_the_limits_are_told():
    rows = limits.table(paths.DATA / "limits.csv", ("name", "limit", "what"))
    told = (paths.ROOT / "docs" / "scale.md").read_text("utf-8")
    assert [r["name"] for r in rows if f"| {int(r['limit']):,} | {r['what']} |" not in told] == []


@pytest.mark.parametrize(
    "words",
    [
        "p;touch pwned",
        "$(shell touch pwned)",
        "$(touch pwned)",
        "`touch pwned`",
        "a'b;touch pwned;'",
        "a b",
        "a#b",
        "a$b",
        "-x",
        '"x"',
        "a,b)c(",
        "a%b*",
        "a|touch pwned",
    ],
)
def test_what_a_setting_holds_never_runs(words):
    for verb, name in (("evidence", "TEXTS"), ("explain", "TEXT"), ("report", "PLACES"), ("coding-sheet", "CODER")):
        done = subprocess.run(
            ["make", "--dry-run", verb, f"{name}={words}"], cwd=paths.ROOT, capture_output=True, text=True
        )
        assert shlex.quote(words).strip("'") in done.stdout.replace("'\\''", "'\"'\"'")
    assert not (paths.ROOT / "pwned").exists()


@pytest.mark.parametrize("setting", ["EVIDENCE=a b", "EVIDENCE=a;b", "EVIDENCE=-x", "EVIDENCE=a$b", "TEXTS=a\nb"])
def test_a_setting_that_can_t_be_is_refused_in_one_line(setting):
    done = subprocess.run(["make", "--dry-run", "help", setting], cwd=paths.ROOT, capture_output=True, text=True)
    assert done.returncode and "expected" in done.stderr and done.stderr.strip().count("\n") <= setting.count("\n")


def test_a_full_disk_is_one_line(tmp_path):
    (tmp_path / "a.txt").write_text(f"柏川县建成警务站\n{GOOD}")
    least = "import resource,runpy,sys; resource.setrlimit(resource.RLIMIT_FSIZE,(100,100)); sys.argv[0]='lib'; "
    stage = ["register", "--texts", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", f"{least}runpy.run_module('lib', run_name='__main__')", *stage],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and done.stderr.strip() == (
        "register: File too large; expected a folder that can be written to, with room"
    )


@pytest.mark.parametrize("goal", ["report", "evidence"])
def test_settings_that_can_t_be_written_are_one_line(goal):
    full = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", "make", "--dry-run", goal, "EVIDENCE=data/evidence"]
    done = subprocess.run(full, cwd=paths.ROOT, capture_output=True, text=True)
    assert done.returncode and "settings can't be written; expected" in done.stderr and done.stderr.count("\n") == 1


def test_each_broken_file_gets_one_line_and_the_good_one_beside_them_is_read(tmp_path):
    bad = {n: d for n, d in hostile.files().items() if not n.startswith("ok-") and not n.endswith(hostile.CODERS)}
    odd = {n: d for n, d in hostile.files().items() if n.startswith("ok-") and len(d) < SMALL}
    for name, data in {**bad, **odd, "good.txt": f"柏川县\n{GOOD * 3}".encode()}.items():
        (tmp_path / name).write_bytes(data)
    wrong = gather.run(tmp_path, tmp_path / "out", gather.Plan())
    assert len(bad) >= 40 and len(odd) >= 25 and len(wrong) == len(bad)
    assert all("\n" not in line and "expected" in line for line in wrong)
    assert sorted(n for n in bad if not any(f"/{n}:" in line for line in wrong)) == []
    assert sorted(pd.read_csv(tmp_path / "out" / "sources.csv")["file"]) == sorted([*odd, "good.txt"])
