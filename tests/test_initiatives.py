"""Named initiatives: invented sentences, each with the names it holds; a third hold none."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from lib.comparison.initiatives import belonging, registry
from lib.evidence.mentions import initiatives
from lib.evidence.mentions import name_words as names
from lib.lexicon import BadInput, Lexicon
from lib.reading import document

CASES = list(csv.DictReader(open(Path(__file__).parent / "cases/initiatives.csv", encoding="utf-8", newline="")))
LEXICON = Lexicon()


def found(words, place=""):
    """The initiatives of a text of these words."""
    doc = document(words, {"id": "invented", "place": "yunzhou", "place_zh": place})
    return doc, initiatives.find(doc, LEXICON)


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c['words'][:12]}" for i, c in enumerate(CASES, 2)])
def test_a_sentence_names_what_it_names_and_no_more(case):
    _, rows = found(case["words"])
    named = {tuple(part.split(":")) for part in filter(None, case["expected"].split("; "))}
    assert {(r["name"], r["type"]) for r in rows} == named


def test_a_third_of_the_cases_are_traps():
    assert len(CASES) >= 60
    assert 3 * sum(not c["expected"] for c in CASES) >= len(CASES)


def test_mentions_of_a_name_share_its_key_and_lie_in_their_sentence():
    doc, rows = found("街道接入“云雀”城市治理平台。网格员通过云雀平台上报,“云雀”日均流转60件。")
    assert len(rows) == 3 and len({r["key"] for r in rows}) == 1
    assert all("云雀" in doc.text.chars[r["start"] : r["end"]] for r in rows)
    assert all(any(s.start <= r["start"] < r["end"] <= s.end for s in doc.sentences) for r in rows)


def test_where_names_overlap_the_longer_wins_and_the_shorter_points_to_it():
    doc, rows = found("云州打造“公安大脑”平台,建成“公安大脑+在线警务”应用平台,形成“公安大脑2026”警务模式。")
    by_name = {r["name"]: r for r in rows}
    assert len(rows) == 3
    assert by_name["公安大脑"]["alias_of"] == by_name["公安大脑+在线警务应用平台"]["key"]
    assert not by_name["公安大脑2026警务模式"]["alias_of"]


def test_a_key_is_of_the_place_and_the_name():
    (one, *_), (same, *_) = found("首创“渔安码”。")[1], found("推广“渔安码”，首创“渔安码”。")[1]
    elsewhere = initiatives.find(document("首创“渔安码”。", {"id": "x", "place": "linhu"}), LEXICON)[0]
    assert one["key"] == same["key"] != elsewhere["key"]
    assert one["key"].startswith("i-") and len(one["key"]) == 14


@pytest.mark.parametrize(
    "words, origin",
    [
        ("依托“雪亮工程”补建探头。", "national"),
        ("推进“智安小区”建设。", "provincial"),
        ("云州公安自主研发“渔安码”。", "local"),
        ("全市推广“渔安码”。", "unknown"),
        ("青岚区打造“渔安码”。", "local"),
        ("派出所组建“石桥义警”队伍。", "local"),
        ("二是建“渔盾”平台。", "local"),
        ("临湖县“一轴三环六联”社会治安防控体系。", "local"),
        ("云州公安建成渔港船舶动态预警平台。", "local"),
        ("省公安厅研发“渔安码”。", "provincial"),
        ("公安部部署打造“渔安码”。", "national"),
        ("建成云岭渡口水上检查站。", "unknown"),
        ("打造“平安小区”。", "unknown"),
        ("依托“渔安码”。", "unknown"),
    ],
)
def test_origin_is_the_templates_or_the_inventors(words, origin):
    assert [r["origin"] for r in found(words)[1]] == [origin]


@pytest.mark.parametrize("words, status", [("明年将建成“渔安码”平台。", "planned"), ("首创“渔安码”。", "done")])
def test_status_is_that_of_the_clause(words, status):
    assert {r["status"] for r in found(words)[1]} == {status}


def test_place_is_the_nearest_below_the_texts_own():
    _, rows = found("嘉兴市全面推进平安建设。在海宁，有一支“岚江巡警”专业巡防队。嘉兴市首创“渔安码”。", "嘉兴市")
    assert {r["name"]: r["place"] for r in rows} == {"岚江巡警": "海宁", "渔安码": ""}


def test_a_shortened_form_is_the_same_name():
    _, rows = found("成立了云岭基层治理联动工作站。走访云岭基层治理联动工作站。云岭基层治理联动站站长介绍了情况。")
    assert len({r["key"] for r in rows}) == 1


def test_a_template_wins_over_the_words_behind_it():
    _, rows = found("推进“一标三实”基础信息采集系统建设。")
    assert [(r["name"], r["origin"]) for r in rows] == [("一标三实", "national")]


@pytest.mark.parametrize(
    "table, cells, told",
    [
        (
            "heads",
            "head,kind,right,inside,bare\n平台,plattform,2,2,6\n",
            "heads.csv:2: kind 'plattform'; expected one of",
        ),
        ("heads", "head,kind,right,inside,bare\n平台,platform,much,2,6\n", "heads.csv:2: right 'much'; expected"),
        ("name_shapes", "id,pattern,points,note\nname.shape.x,(,1,\n", "name_shapes.csv:2: pattern '('"),
        ("origins", "name,kind,origin,year,source,match\n雪亮工程,thing,national,,,\n", "origins.csv:2: kind 'thing'"),
    ],
)
def test_a_mistake_in_the_lexicon_is_one_clear_line(tmp_path, table, cells, told):
    for name in ("heads", "name_words", "name_shapes", "units", "origins", "origins_makers", "relations_verbs"):
        (tmp_path / f"{name}.csv").write_bytes((LEXICON.folder / f"{name}.csv").read_bytes())
    (tmp_path / f"{table}.csv").write_text(cells, encoding="utf-8")
    with pytest.raises(BadInput, match="csv:2") as error:
        names.words(Lexicon(folder=tmp_path))
    assert told in str(error.value)


def test_every_gloss_is_short_and_in_both_languages():
    glosses = LEXICON.rows("glosses", "name", "zh", "en")
    assert len({g["name"] for g in glosses}) == len(glosses) > 90
    assert all(0 < len(g["zh"]) <= 40 and 0 < len(g["en"]) <= 90 for g in glosses)


def test_the_registry_has_one_row_a_key_with_its_best_mention_and_its_quantities():
    base = {
        "kind": "initiative",
        "type": "code",
        "place": "",
        "origin": "local",
        "source": "a",
        "alias_of": "",
        "status": "done",
        "end": 9,
        "gloss_start": None,
        "gloss_end": None,
    }
    mentions = pd.DataFrame(
        [
            {**base, "id": "m1", "key": "i-1", "name": "渔安码", "sentence": "s1", "start": 5, "strength": "1"}
            | {"gloss_start": 9, "gloss_end": 20},
            {
                **base,
                "id": "m2",
                "key": "i-1",
                "name": "渔安码",
                "sentence": "s2",
                "start": 22,
                "end": 30,
                "strength": "2",
            },
            {
                **base,
                "id": "m3",
                "key": "i-2",
                "name": "行船码",
                "sentence": "s2",
                "start": 37,
                "end": 45,
                "strength": "1",
            },
            {**base, "id": "m4", "key": "police", "kind": "actor", "name": "民警", "sentence": "s2", "start": 20},
        ]
    )
    told = {"source": "a", "sentence": "s2", "relation": "level", "status": "done", "unit_kind": "count"}
    quantities = pd.DataFrame(
        [
            {**told, "id": "q1", "start": 31, "end": 33, "unit": "个", "noun": "渔安码"},
            {**told, "id": "q2", "start": 34, "end": 36, "unit": "个", "noun": "渔船"},
            {**told, "id": "q4", "start": 48, "end": 50, "unit": "个", "noun": "渔船"},
            {**told, "id": "q3", "sentence": "s9", "start": 91, "end": 93, "unit": "个", "noun": "行船码"},
        ]
    )
    glosses = pd.DataFrame([{"name": "渔安码", "zh": "过闸的码", "en": "a code for locks"}])
    made = registry(mentions, quantities, glosses)
    assert made[["key", "mentions", "first", "best", "quantities", "gloss_en"]].values.tolist() == [
        ["i-1", 2, "m1", "m2", "q1", "a code for locks"],
        ["i-2", 1, "m3", "m3", "q2", ""],
    ]
    assert made["gloss_start"].tolist()[0] == 9 and made["gloss_end"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "words, told",
    [
        ("县局研发“渔安通”平台，可自动比对船号、即时提醒。", "可自动比对船号、即时提醒"),
        ("县局首创“渔安通”，为船主提供进港预约。", "为船主提供进港预约"),
        ("镇里组建“银杏夜巡”，由退休教师组成。", "由退休教师组成"),
        ("推行“六步工作法”：先征集民意，再拟定草案。", "先征集民意,再拟定草案"),
        ("首创“渔安通”，已在全县推广。", ""),
        ("首创“渔安通”。", ""),
        ("推广“渔安通”“行船通”，案件下降三成。", ""),
        ("首创“渔安通”，打造“平安港湾”。", ""),
    ],
)
def test_a_gloss_is_the_clause_that_says_what_a_thing_does(words, told):
    doc, rows = found(words)
    gloss = rows[0]["gloss"]
    assert (doc.text.chars[slice(*gloss)] if gloss else "") == told


@pytest.mark.parametrize(
    "name, quantity, owned",
    [
        ("渔安码", dict(start=0, end=2, noun="渔安码"), True),
        ("渔安码", dict(start=0, end=2, noun="渔船"), False),
        ("渔安码", dict(start=9, end=11, noun="渔船"), True),
        ("渔安码", dict(start=9, end=11, noun="社区辅警", unit="名"), False),
        ("渔安码", dict(start=8, end=10, noun="治安员"), False),
        ("渔安码", dict(start=9, end=11, noun="渔船", unit="%", unit_kind="share"), False),
        ("渔安码", dict(start=9, end=11, noun=""), False),
        ("渔安码", dict(start=9, end=11, noun="渔安码应用模式"), False),
        ("渔安码", dict(start=9, end=11, noun="渔安码", status="case"), False),
        ("渔安码", dict(start=9, end=11, noun="渔安码", unit="级"), False),
    ],
)
def test_a_number_is_a_names_only_if_it_counts_it(name, quantity, owned):
    mention = pd.DataFrame([{"key": "i-1", "name": name, "type": "code", "sentence": "s1", "start": 12, "end": 15}])
    row = {
        "id": "q1",
        "source": "a",
        "sentence": "s1",
        "status": "done",
        "unit": "个",
        "unit_kind": "count",
        **quantity,
    }
    assert belonging(mention, pd.DataFrame([row])) == ({"i-1": ["q1"]} if owned else {})
