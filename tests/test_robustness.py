"""Variants, what each finding is tested by, and the extraction against the gold."""

import pandas as pd
import pytest

from lib.benchmark import gold, scores
from lib.comparison import robustness, summary
from lib.lexicon import BadInput
from lib.report.show.labels import Labels
from tests.invented import corpus, frame

PLACES = ("yunzhou", "qinglan", "linhu")


def loud(extra=(), parents=None, **tables):
    """Three places; Yunzhou speaks of data in nearly every passage."""
    codings = [("yunzhou", p, 0, "data_hub") for p in range(11)] + [(q, 0, 0, "data_hub") for q in PLACES[1:]]
    return corpus([*codings, *extra], {p: [1] * 12 for p in PLACES}, parents, **tables)


def row(found, key):
    return found.set_index("key").loc[key]


def variants_of(grid, key):
    return set(grid[(grid["key"] == key) & grid["applies"]]["variant"])


def test_a_large_difference_holds_in_every_variant():
    found = robustness.trials(loud()).found
    told = row(found, "more:yunzhou:data")
    assert told["holds"] == told["of"] >= 4


def test_a_difference_made_of_case_stories_falls_without_them():
    stories = [("qinglan", p, 0, "mass_team", "2", "case") for p in range(2, 12)] + [("linhu", 1, 0, "mass_team")]
    trials = robustness.trials(loud(stories))
    found, grid = trials.found, trials.grid
    fallen = grid[(grid["key"] == "more:qinglan:mass") & grid["applies"] & ~grid["holds"]]
    assert (
        "no_cases" in set(fallen["variant"])
        and row(found, "more:qinglan:mass")["holds"] < row(found, "more:qinglan:mass")["of"]
    )


def test_the_text_that_a_finding_is_about_must_be_there():
    grid = robustness.trials(loud()).grid
    left = grid[(grid["key"] == "more:yunzhou:data") & (grid["variant"] == "without")].set_index("left_out")["applies"]
    assert not left["yunzhou"] and left["qinglan"] and left["linhu"]


@pytest.mark.parametrize(
    "key, tested, never",
    [
        ("more:yunzhou:data", {"without", "strong_only", "passages"}, {"twice"}),
        ("alone:linhu:lead_plan", {"twice"}, {"without", "passages"}),  # no other text can break it
        ("unmentioned:linhu:safe_redress", set(), {"without", "twice", "strong_only"}),
    ],
)
def test_a_variant_counts_only_where_it_could_make_the_finding_fall(key, tested, never):
    grid = robustness.trials(loud([("linhu", 3, 0, "lead_plan")])).grid
    assert tested <= variants_of(grid, key) and not never & variants_of(grid, key)


def test_a_practice_in_one_sentence_falls_where_two_are_needed():
    grid = robustness.trials(loud([("linhu", 3, 0, "lead_plan")])).grid
    fell = grid[(grid["key"] == "alone:linhu:lead_plan") & (grid["variant"] == "twice")]
    assert list(fell["holds"]) == [False]


def test_a_variant_that_repeats_the_texts_of_another_is_counted_once():
    trials = robustness.trials(loud(parents={"linhu": "yunzhou"}))
    assert set(trials.grid["variant"]) >= {"without"} and "no_nested" not in set(trials.grid["variant"])
    told = trials.apart.set_index("variant").loc["no_nested"]
    assert (told["same_as"], told["same_left_out"]) == ("without", "linhu")


def test_a_variant_in_which_nothing_moves_is_named_and_not_counted():
    stories = [("yunzhou", 11, 0, "data_hub", "2", "case")]
    trials = robustness.trials(loud(stories))
    assert "no_cases" in set(trials.apart["variant"])
    assert not trials.grid.loc[trials.grid["variant"] == "no_cases", "applies"].any()


def test_a_finding_that_only_a_variant_makes_is_told():
    weak = [(q, p, 0, "mass_team", "1") for p in range(12) for q in PLACES[1:]]
    strong = [("yunzhou", p, 0, "mass_team") for p in range(11)] + [("qinglan", 1, 0, "mass_team")]
    trials = robustness.trials(loud([*weak, *strong]))
    told = set(zip(trials.appears["variant"], trials.appears["key"], strict=True))
    assert not set(trials.appears["key"]) & set(trials.found["key"]) and ("strong_only", "more:yunzhou:mass") in told


def test_nested_places_are_left_out_in_one_variant():
    tried = robustness.variants(loud(parents={"linhu": "yunzhou"}), summary.Settings())
    inner = next(v for v in tried if v.key == "no_nested")
    assert inner.corpus.places == ["yunzhou", "qinglan"]
    assert "no_nested" not in {v.key for v in robustness.variants(loud(), summary.Settings())}
    assert "no_nested" not in {
        v.key for v in robustness.variants(loud(parents={"linhu": "elsewhere"}), summary.Settings())
    }


def test_the_longest_text_is_marked_among_those_left_out():
    places = corpus([], {"yunzhou": [2], "qinglan": [9], "linhu": [1]})
    left = [v for v in robustness.variants(places, summary.Settings()) if v.key == "without"]
    assert [v.left_out for v in left if v.longest] == ["qinglan"]


def test_a_damaged_sentence_takes_its_codings_along():
    places = loud()
    sentences = places.sentences.assign(damaged=["true", *["false"] * (len(places.sentences) - 1)])
    kept = next(
        v.corpus
        for v in robustness.variants(places.keep(sentences=sentences), summary.Settings())
        if v.key == "undamaged"
    )
    assert len(kept.sentences) == len(sentences) - 1 and len(kept.mentions) == len(places.mentions) - 1


@pytest.mark.parametrize(
    "places", [corpus([], {"yunzhou": [3]}), corpus([], {"yunzhou": []}), corpus([], {p: [1] for p in PLACES})]
)
def test_little_to_compare_breaks_nothing(places):
    trials = robustness.trials(places)
    found, grid = trials.found, trials.grid
    assert set(found["kind"]) <= {"unmentioned"} and not grid["applies"].any()
    robustness.by_kind(found)


def test_a_finding_marked_by_kind():
    found = pd.DataFrame(
        {
            "key": list("abcd"),
            "kind": ["more", "more", "alone", "unmentioned"],
            "holds": [4, 2, 3, 0],
            "of": [4, 4, 4, 0],
        }
    )
    told = robustness.by_kind(found).set_index("kind")
    assert told.loc["more", ["tested", "firm", "fallen"]].tolist() == [2, 1, 1]
    assert told.loc["alone", ["firm", "fallen"]].tolist() == [0, 0] and told.loc["unmentioned", "tested"] == 0


class Extracted:
    """Evidence of one text, with what a test gives it."""

    def __init__(self, **tables):
        self.tables = {n: frame(n, tables.get(n, [])) for n in ("quantities", "mentions", "claims", "sentences")}
        self.sources = pd.DataFrame({"id": ["yunzhou-2024"], "file": ["y.txt"]})
        self.mentions, self.sentences = self.tables["mentions"], self.tables["sentences"]


def write(folder, name, columns, *rows):
    (folder / f"{name}.csv").write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    write(
        tmp_path,
        "quantities",
        "source,start,end,surface,value,unit,bound,noun,relation,basis,period,optional",
        "y,10,14,近40%,40,%,nearly,占比,share,,,0",
        "y,30,32,3个,3,个,exact,,level,,,1",
        "y,50,54,120名,120,名,exact,民警,level,,,0",
        "other,1,2,x,1,,exact,,level,,,0",
    )
    write(
        tmp_path,
        "practices",
        "source,start,end,practice,strength,status,place,optional",
        "y,3,6,data_hub,2,done,云州,0",
        "y,8,9,data_brain,1|2,done,,1",
    )
    write(
        tmp_path,
        "initiatives",
        "source,start,end,surface,name,kind,place,optional",
        "y,3,6,云盾,云盾大脑|云盾,platform,云州,0",
        "y,70,75,渡口红帆,渡口红帆,team,云州,0",
    )
    write(
        tmp_path, "claims", "source,start,end,metric,direction,value,basis,optional", "y,10,20|22,发案数,down,12,同比,0"
    )
    return tmp_path


def scored(folder, **tables):
    layers, fields = gold.scores(Extracted(**tables), folder)
    return layers.set_index("layer"), fields.set_index(["layer", "field"])


def test_quantities_match_by_overlap_and_optional_rows_count_on_neither_side(folder):
    rows = [
        {
            "source": "yunzhou-2024",
            "start": 11,
            "end": 14,
            "value": 40,
            "unit": "%",
            "bound": "exact",
            "relation": "share",
        },
        {
            "source": "yunzhou-2024",
            "start": 30,
            "end": 32,
            "value": 3,
            "unit": "个",
            "bound": "exact",
            "relation": "level",
        },
        {
            "source": "yunzhou-2024",
            "start": 90,
            "end": 92,
            "value": 1,
            "unit": "个",
            "bound": "exact",
            "relation": "level",
        },
    ]
    layers, fields = scored(folder, quantities=rows)
    assert layers.loc["quantities", ["gold", "found", "right"]].tolist() == [2, 2, 1]
    assert layers.loc["quantities", ["precision", "recall", "f1"]].tolist() == [0.5, 0.5, 0.5]
    assert fields.loc[("quantities", "value"), "share"] == 1 and fields.loc[("quantities", "bound"), "share"] == 0


def test_practices_match_by_sentence_and_code(folder):
    sentences = [
        {"id": "s1", "source": "yunzhou-2024", "start": 0, "end": 7},
        {"id": "s2", "source": "yunzhou-2024", "start": 7, "end": 20},
    ]
    coded = [
        {
            "source": "yunzhou-2024",
            "kind": "practice",
            "sentence": s,
            "key": k,
            "strength": "1",
            "status": "done",
            "start": 4,
            "end": 5,
        }
        for s, k in (("s1", "data_hub"), ("s2", "data_hub"))
    ]
    layers, fields = scored(folder, sentences=sentences, mentions=coded)
    assert layers.loc["practices", ["gold", "found", "right"]].tolist() == [1, 2, 1]
    assert fields.loc[("practices", "strength"), "right"] == 0 and fields.loc[("practices", "status"), "right"] == 1


def test_initiatives_match_by_any_mention_or_by_name(folder):
    named = [
        {
            "source": "yunzhou-2024",
            "kind": "initiative",
            "key": "i-1",
            "name": "云盾大脑",
            "type": "platform",
            "start": 40,
            "end": 44,
        },
        {
            "source": "yunzhou-2024",
            "kind": "initiative",
            "key": "i-1",
            "name": "云盾大脑",
            "type": "platform",
            "start": 90,
            "end": 94,
        },
    ]
    layers, fields = scored(folder, mentions=named)
    assert layers.loc["initiatives", ["gold", "found", "right"]].tolist() == [2, 1, 1]
    assert fields.loc[("initiatives", "type"), "share"] == 1


@pytest.mark.parametrize(
    "told, mine, field, right",
    [
        ("同比", "yoy", "basis", True),
        ("", "from-to", "basis", True),
        ("同比", "", "basis", False),
        ("up|level", "level", "direction", True),
        ("[3, 5]", 3.0, "value", True),
        ("20", 20.0, "value", True),
        ("20", float("nan"), "value", False),
        ("", float("nan"), "value", True),
        ("increase", "point_change", "relation", True),
        ("联动处置警情数", "警情数", "noun", True),
        ("民警", "", "noun", False),
    ],
)
def test_an_answer_is_right(told, mine, field, right):
    assert gold.same(told, mine, field) is right


def test_texts_that_the_gold_does_not_know_are_left_out(folder):
    layers, _ = scored(folder, quantities=[{"source": "elsewhere", "start": 1, "end": 2, "value": 1}])
    assert layers.loc["quantities", "found"] == 0 and pd.isna(layers.loc["quantities", "precision"])


def test_all_rows_and_what_no_row_tests(folder):
    rows = [{"source": "yunzhou-2024", "start": a, "end": b, "value": 1} for a, b in ((11, 14), (30, 32))]
    layers, _ = scored(folder, quantities=rows)
    told = layers.loc["quantities"]
    assert (told["gold_all"], told["found_all"], told["right_all"]) == (3, 2, 2)
    assert told["recall_all"] == pytest.approx(2 / 3) and told["untested"] == 0.5


def test_the_letter_is_stricter_than_the_sense():
    told = "联动处置警情数", "警情数", "noun"
    assert gold.same(*told) and not gold.same(*told, strict=True)
    assert gold.same("警情数|警情", "警情", "noun", strict=True)


def test_the_benchmark_measures_its_parts_and_keeps_the_figures(tmp_path):
    part = tmp_path / "build"
    (part / "texts").mkdir(parents=True)
    (part / "texts" / "a.txt").write_text("柏川县建成社区警务室12个，群众安全感达到98.6%。", "utf-8")
    for layer, (head, row) in {
        "quantities": ("source,start,end,surface,value,unit,bound,noun,relation,basis,period,optional,qstatus,place",
                       "a,10,13,12个,12,个,exact,社区警务室,level,,,0,done,柏川县"),
        "practices": ("source,start,end,practice,strength,status,optional", "a,5,10,base_community_police,2,done,0"),
        "initiatives": ("source,start,end,name,kind,optional", "a,0,1,柏,team,1"),
        "claims": ("source,start,end,metric,direction,value,basis,optional", "a,14,25,群众安全感,level,98.6,,0"),
    }.items():  # fmt: skip
        write(part, layer, head, row)
    assert not len(scores.kept(tmp_path))
    with pytest.raises(BadInput, match="no articles; expected PART/texts/"):
        scores.write(tmp_path / "none")
    write(
        part,
        "models",
        "source,layer,start,end,surface,value,parts,status,optional",
        "a,roles,0,3,柏川县,hosts,柏川县,,",
    )
    write(part, "elements", "source,element,item,start,end,surface,core", "a,unit,1,5,13,社区警务室12个,core")
    scores.write(tmp_path, both=(Labels("zh").of, Labels("en").of))
    kept = scores.kept(tmp_path).set_index(["layer", "field"])
    assert kept.loc[("elements", ""), "recall"] == 1 and kept.loc[("elements", "unit"), "of"] == 1
    assert kept.loc[("roles", ""), "recall"] == 0 and ("loops", "") not in kept.index
    with pytest.raises(BadInput, match="no articles"):
        scores.write(tmp_path, parts=["test"])
    (part / scores.CLOSED).write_text("Kept aside.", "utf-8")
    with pytest.raises(BadInput, match="no articles"):
        scores.write(tmp_path)
    assert set(scores.write(tmp_path, parts=["build"])["part"]) == {"build"}
    assert kept.loc[("quantities", ""), "recall"] == 1 and kept.loc[("quantities", "status"), "share"] == 1
    assert kept.loc[("claims", ""), "f1"] == 1 and set(kept["part"]) == {"build"} and set(kept["texts"]) == {1}


def test_of_many_texts_a_sample_is_left_out_the_longest_among_them():
    places = [f"p{i}" for i in range(40)]
    many = corpus([(p, 0, 0, "data_hub") for p in places], {p: [1] * (9 if p == "p7" else 2) for p in places})
    texts, longest = robustness.left_out(many.sources, 1)
    assert longest == "p7" in texts and len(set(texts)) == len(texts) == robustness.MOST
    assert texts == robustness.left_out(many.sources, 1)[0] != robustness.left_out(many.sources, 2)[0]
    assert (
        robustness.left_out(many.sources[:3], 1)[0] == places[:3] and robustness.left_out(many.sources[:1], 1)[0] == []
    )


def test_trials_are_made_once_for_a_corpus_and_anew_for_another():
    first = robustness.trials(loud())
    assert robustness.trials(loud()) is first
    assert robustness.trials(loud([("linhu", 3, 0, "lead_plan")])) is not first
    assert robustness.trials(loud(), summary.Settings(seed=3)) is not robustness.trials(loud())
