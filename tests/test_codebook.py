"""The codebook: mistakes in its tables get one line; cues mean what their columns say."""

import re
import shutil

import pytest

from lib import paths
from lib.evidence.mentions import cues as codebook
from lib.evidence.mentions import practices as mentions
from lib.lexicon import BadInput, Lexicon, table
from lib.reading import document
from lib.rules.anchors import Anchored, Found, Trigger, gate, longest


@pytest.fixture
def book(tmp_path):
    """A copy of the codebook with a function that adds a row to one of its tables."""
    folder = shutil.copytree(paths.CODEBOOK, tmp_path / "codebook")

    def add(name, row):
        with (folder / f"{name}.csv").open("a", encoding="utf-8") as f:
            f.write(row + "\n")
        return Lexicon(codebook=folder)

    return add


MISTAKES = [
    ("cues", "x.1,patrol_pots,飞马队,,,,,,", "unknown practice 'patrol_pots'"),
    ("cues", "x.1,patrol_posts,飞马(队,,,,,,", "飞马(队"),
    ("cues", "x.1,patrol_posts,雪亮|,,,,,,", "matches the empty string"),
    ("cues", "x.1,patrol_posts,飞马队,,(,,,,", "needs '('"),
    ("cues", "x.1,patrol_posts,飞马队,page,,,,,", "unknown window 'page'"),
    ("cues", "x.1,patrol_posts,飞马队,,,,3,,", "unknown strength '3'"),
    ("cues", "x.1,patrol_posts,飞马队,,,,,yes,", "unknown alone 'yes'"),
    ("cues", "x.1,patrol_posts,{flock}队,,,,,,", "unknown class {flock}"),
    ("cues", "x.1,patrol_posts,飞马队,,,,,,\nx.2,patrol_posts,飞马队,,,,,,", "stands twice"),
    ("cues", "x.1,patrol_posts,飞马队", "too few cells"),
    ("cues", "patrol_posts.01,patrol_posts,飞马队,,,,,,", "is empty or stands twice"),
    ("practices", "x,patrol,零,Zero,,,,,supply,local,,often", "unknown unmarked 'often'"),
    ("results", "result_luck,crime,down,,,,", "unknown practice 'result_luck'"),
    ("results", "result_crime_trend,luck,down,,,,", "unknown kinds 'luck'"),
    ("results", "result_crime_trend,crime,sideways,,,,", "unknown directions 'sideways'"),
    ("context", "resultz,,,力争,,", "unknown practice 'resultz'"),
    ("context", "result,,,,dream,", "unknown statuses 'dream'"),
    ("context", "patrol,text,平安,,,", "expected practice all and nothing but needs"),
    ("classes", "flock,(,", "pattern '('"),
    ("practices", "x,nowhere,零,Zero,,,,,supply,local,,done", "unknown dimension 'nowhere'"),
    ("practices", "x,patrol,零,Zero,,,,,supply,mine,,done", "unknown origin 'mine'"),
    ("practices", "x,patrol,零,Zero,,,,,suply,local,,done", "unknown instrument 'suply'"),
    ("practices", "patrol_posts,patrol,零,Zero,,,,,supply,local,,done", "is taken"),
]


@pytest.mark.parametrize(("table", "row", "wrong"), MISTAKES, ids=[m[2] for m in MISTAKES])
def test_a_mistake_is_named_with_file_line_and_what_is_expected(book, table, row, wrong):
    with pytest.raises(BadInput) as e:
        codebook.load(book(table, row))
    assert wrong in str(e.value)
    assert f"{table}.csv:" in str(e.value) and "expected" in str(e.value)


def codes(lexicon, sentence):
    return {row["key"]: row for row in mentions.find(document(sentence, {"id": "t"}), lexicon)}


ADDED = [
    ("x.1,patrol_posts,飞马队,,,,,,", "飞马队上路了。", True),
    ("x.1,patrol_posts,飞马队,clause,设立,,,,", "设立飞马队。", True),
    ("x.1,patrol_posts,飞马队,clause,设立,,,,", "县里设立了站点,飞马队上路了。", False),
    ("x.1,patrol_posts,飞马队,sentence,设立,,,,", "县里设立了站点,飞马队上路了。", True),
    ("x.1,patrol_posts,飞马队,,,撤销,,,", "撤销飞马队。", False),
    ("x.1,patrol_posts,飞马队,,,撤销,,,", "飞马队上路了,旧队撤销。", True),
    ("x.1,none,飞马警务站,,,,,,", "这里有飞马警务站。", False),
]


@pytest.mark.parametrize(("row", "sentence", "found"), ADDED)
def test_an_added_row_works_at_once(book, row, sentence, found):
    assert ("patrol_posts" in codes(book("cues", row), sentence)) is found


def test_a_condition_for_a_dimension_holds_for_all_its_cues(book):
    lexicon = book("context", "patrol,,,演练,,")
    assert codes(lexicon, "建成街面警务站9个。") and not codes(lexicon, "演练中建成街面警务站9个。")


STORY = "柏川县平安建设综述\n\n今年治安平稳。{}年底发案下降两成。群众安心过节。"
TWICE = [
    ("飞马队上路了。", set()),
    ("飞马队上路了。飞马队回来了。", {1, 2}),
    ("飞马队上路了。县城建成街面警务站9个。", {1, 2}),
    ("飞马队上路了,县城建成街面警务站9个。", {1}),
]


@pytest.mark.parametrize(("sentences", "found"), TWICE)
def test_a_cue_that_does_not_stand_alone_needs_its_practice_in_another_sentence(book, sentences, found):
    lexicon, raw = book("cues", "x.1,patrol_posts,飞马队,,,,,no,"), STORY.format(sentences)
    doc = document(raw, {"id": "t"}, lexicon)
    rows = [row for row in mentions.find(doc, lexicon) if row["key"] == "patrol_posts"]
    first = doc.sentence_at(raw.index("飞马队"))
    assert {doc.sentence_at(row["start"]) - first + 1 for row in rows} == found


def test_a_text_of_few_sentences_is_too_short_to_say_a_thing_twice(book):
    assert "patrol_posts" in codes(book("cues", "x.1,patrol_posts,飞马队,,,,,no,"), "飞马队上路了。治安平稳。")


def test_a_fixed_strength_wins_over_the_clause(book):
    lexicon = book("cues", "x.1,patrol_posts,飞马队,,,,1,,")
    assert codes(lexicon, "组建飞马队12支。")["patrol_posts"]["strength"] == 1


TOLD = [
    ("民警走访商户,反诈宣传进市场。", "ongoing"),
    ("此次行动里,民警走访商户,反诈宣传进市场。", "done"),
    ("下一步,市局成立讲师团,反诈宣传进市场。", "planned"),
]


@pytest.mark.parametrize(("sentence", "status"), TOLD)
def test_a_practice_is_done_where_its_sentence_tells_what_took_place_and_no_rule_says_otherwise(sentence, status):
    assert codes(Lexicon(), sentence)["mass_education"]["status"] == status


def test_every_practice_has_cues_and_a_known_origin():
    book = codebook.load(Lexicon())
    shown = {cue.practice for cue in book.cues} | {result.practice for result in book.results}
    assert shown == {codebook.NO_CODE, *book.practices}
    assert set(p["origin"] for p in book.practices.values()) <= set(codebook.ORIGINS)


def test_the_changelog_opens_with_the_version():
    changes = (paths.CODEBOOK / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changes.index(f"## {codebook.version(Lexicon())}\n") == changes.index("## ")


def test_a_codebook_without_a_version_says_so(book):
    lexicon = book("context", "result,,,演练,,")
    (lexicon.codebook / "VERSION").unlink()
    with pytest.raises(BadInput, match="VERSION:1: no such file"):
        codebook.load(lexicon)


PATTERNS = [
    ("网格", "综治网格", [(2, 4)]),
    ("网格(?:员|长)", "网格长与网格员", [(0, 3), (4, 7)]),
    ("(?:甲|乙乙)+丙?", "乙乙甲丙", [(0, 4)]),
    ("[0-9]+分钟", "3分钟到、15分钟", [(0, 3), (5, 9)]),
    ("(?<!小)程序", "小程序的程序", [(4, 6)]),
    ("[甲乙]{2}", "甲乙", [(0, 2)]),
    ("(?:甲|[乙丙])丁", "丙丁", [(0, 2)]),
    ("(?<=[“「])[一-龥]{2,4}(?=[”」])", "“红枫”与「渔安」", [(1, 3), (6, 8)]),
    ("第[1-3]组|[一-龥]+站", "第2组到警务站", [(0, 3), (3, 7)]),
]


@pytest.mark.parametrize(("pattern", "chars", "spans"), PATTERNS)
def test_a_pattern_is_found_wherever_the_regular_expression_finds_it(pattern, chars, spans):
    anchored = Anchored([Trigger(p) for p in (pattern, "别的")])
    assert [(hit.start, hit.end) for hit in anchored.find(chars)] == spans


def test_a_look_behind_sees_what_stands_before_its_span():
    anchored = Anchored([Trigger("(?<=“)红枫"), Trigger("枫(?=书)")])
    assert anchored.find("说“红枫书屋", [(0, 1), (2, 4)]) == [Found(2, 4, 0)]


def test_a_gate_stands_wherever_its_pattern_does():
    assert gate(re.compile("(?:部门|单位)+$")).pattern == "单位|部门"
    assert gate(re.compile("(?<=“)[^”]+")).pattern == gate(re.compile(r"\d+站?")).pattern == ""


def test_a_word_hides_what_lies_inside_it_and_a_phrase_does_not():
    hits = [Found(0, 6, 0), Found(2, 4, 1), Found(5, 8, 2), Found(5, 8, 3)]
    assert longest(hits) == [Found(0, 6, 0), Found(5, 8, 2), Found(5, 8, 3)]
    assert longest(hits, lambda hit: hit.rule) == hits


def test_a_row_on_whole_texts_says_what_the_field_speaks_of_and_without_one_each_text_is_read(book, tmp_path):
    assert codebook.load(Lexicon()).field.search("平安建设")
    lexicon = book("cues", "patrol_posts.990,patrol_posts,飞马队,,,,,,")
    raw = "柏川县工作综述\n\n" + "全县抓好春耕生产,企业订单增加,群众收入增长。" * 25 + "飞马队成立。"
    assert "patrol_posts" not in {row["key"] for row in mentions.find(document(raw, {"id": "t"}, lexicon), lexicon)}
    path = tmp_path / "codebook" / "context.csv"
    rows = [row for row in path.read_text("utf-8").splitlines(keepends=True) if not row.startswith("all,text,")]
    path.write_text("".join(rows), "utf-8")
    own = Lexicon(codebook=shutil.copytree(tmp_path / "codebook", tmp_path / "own"))
    assert "patrol_posts" in {row["key"] for row in mentions.find(document(raw, {"id": "t"}, own), own)}


def test_a_unit_that_stands_twice_gets_a_line(tmp_path):
    (tmp_path / "units.csv").write_text("unit,kind\n盏,count\n盏,mass\n", "utf-8")
    with pytest.raises(BadInput, match="units.csv:3: unit '盏' stands twice"):
        table(tmp_path / "units.csv", ("unit", "kind"))
