"""Roles, loops, formulas and links in invented sentences: tables of cases, a third of them traps."""
import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import paths
from lib.evidence import actors, models
from lib.lexicon import BadInput, Lexicon
from lib.reading import document

CASES = Path(__file__).parent / "cases"


def cases(name):
    with open(CASES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def tables(document, lexicon=None):
    lexicon = lexicon or Lexicon()
    return models.find(document, lexicon, actors.find(document, lexicon))


def found(table, text):
    return tables(document(text, {"id": "t"}))[table]


def shape(rows):
    """Formulas in one line: NAME => COUNT:PART | ?COUNT:PART, the question mark for what the text does not name."""
    names = list(dict.fromkeys(r["name"] for r in rows))
    return "; ".join(f"{n} => " + " | ".join(f"{'' if r['named'] == 'true' else '?'}{r['count']}:{r['part']}"
                                             for r in rows if r["name"] == n) for n in names)


@pytest.mark.parametrize("text, stages, closes", cases("loops"))
def test_loops(text, stages, closes):
    rows = found("loops", text)
    assert " ".join(r["stage"] for r in rows) == stages
    assert {r["closes"] for r in rows} == ({closes} if closes else set())


@pytest.mark.parametrize("text, formulas", cases("formulas"))
def test_formulas(text, formulas):
    assert shape(found("formulas", text)) == formulas


@pytest.mark.parametrize("text, roles", cases("roles"))
def test_roles(text, roles):
    assert " ".join(f"{r['role']}:{r['actor']}" for r in found("roles", text)) == roles


@pytest.mark.parametrize("text, links", cases("links"))
def test_links(text, links):
    expected = {frozenset(pair.split("~")) for pair in links.split()}
    assert {frozenset((r["a"], r["b"])) for r in found("links", text)} == expected


WORDS = ("公安 社区民警 网格员 部门 牵头 联合 共同参与 由 发现 处置 反馈 闭环 4+X 一厅五室 3个部门 三统筹 "
         "1、3、5分钟 一是织密 网 即 等 的 “ ” （ ） 、 ， 。 ： - + 两个 40% N").split() + ["\n"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_text_gives_spans_that_may_be_shown(text):
    doc = document(text, {"id": "t"})
    for table in ("roles", "loops", "formulas", "links"):
        for r in tables(doc)[table]:
            assert 0 < r["end"] - r["start"] < 40, (table, r)
            assert any(s.start <= r["start"] and r["end"] <= s.end for s in doc.sentences), (table, r)


@pytest.mark.parametrize("table, name, row", [
    ("roles", "roles", "牵头,before,ledas"), ("roles", "roles_actors", "公安,polis"),
    ("loops", "stages", "发现,senses"), ("loops", "stages_cues", "闭环,stronk"),
    ("links", "joint_verbs", "联合,betwixt"), ("formulas", "formulas", "网,nets")])
def test_a_slip_in_a_table_of_rules_is_told_with_its_line(tmp_path, table, name, row):
    shutil.copytree(paths.LEXICON, tmp_path, dirs_exist_ok=True)
    lines = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    (tmp_path / f"{name}.csv").write_text("\n".join([lines[0], row]) + "\n", encoding="utf-8")
    with pytest.raises(BadInput, match=f"{name}.csv:2: .*expected one of"):
        tables(document("由公安牵头，“三统筹”。", {"id": "t"}), Lexicon(folder=tmp_path))
