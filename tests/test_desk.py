"""The desk: plain questions in plain cells; silence is missing with its reason; working copies leave git alone."""

import subprocess
import time
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from lxml import etree
from nbclient import NotebookClient

from lib import desk, paths
from lib.comparison import language
from lib.lexicon import BadInput, table
from lib.report.run import explore, lab
from lib.report.run.notebook import begin
from lib.report.show import captions, pane
from lib.report.show.labels import Labels


@pytest.fixture(scope="module")
def opened(corpus_evidence):
    return desk.begin(corpus_evidence, paths.BUILD / "texts")


def test_words_are_found_with_place_date_and_what_stands_around(opened):
    found = opened[0].find("警务站|网格", width=5)
    assert {"place", "place_name", "date", "left", "word", "right"} <= set(found) and len(found)
    assert set(found["word"].map(desk.simplified)) <= {"警务站", "网格"} and (found["date"] != "").all()
    for row in found.itertuples():
        raw = opened[0].read.quote(row.source, row.start, row.end)
        assert "".join(raw.split()) == row.word


def test_a_place_that_does_not_say_it_is_missing_and_never_zero(opened):
    evidence, corpus = opened
    counted = evidence.count("警务站").set_index("place")
    assert set(counted.index) == set(corpus.places)
    silent = counted[counted["why"] != ""]
    assert len(silent) and silent["count"].isna().all() and set(silent["why"]) == {"not mentioned"}
    assert (counted.loc[counted["why"] == "", "count"] > 0).all()


def test_without_the_texts_silence_is_not_told(corpus_evidence, capsys):
    evidence, _ = desk.begin(corpus_evidence, "")
    counted = evidence.count("没有这样的词")
    assert set(counted["why"]) == {"text not at hand"} and counted["count"].isna().all()
    assert "texts not at hand: run make evidence" in capsys.readouterr().err


def test_a_rate_or_the_reason_why_there_is_none(opened):
    """Residents and names are those of the places.csv beside the texts."""
    _, corpus = opened
    told = corpus.rate("police_posts")
    assert set(told["place"]) == set(corpus.places)
    assert (told["per_10000"].notna() == (told["why"] == "")).all() and told["per_10000"].notna().any()


def test_a_number_that_is_only_planned_is_told_as_planned_and_not_as_silence(opened):
    corpus, numbers = opened[1], opened[1].quantities
    for indicator in sorted({i for i in numbers["indicator"] if i}):
        told, own = corpus.rate(indicator), numbers[numbers["indicator"] == indicator]
        assert set(own["id"]) == set(told["id"].dropna())
        assert (told.loc[told["id"].isna(), "why"] == "not mentioned").all()
        ahead = told["id"].isin(own.loc[own["status"] == "planned", "id"])
        assert (told.loc[ahead, "why"] == "planned").all() and told.loc[ahead, "per_10000"].isna().all()


def test_ties_name_both_sides(opened):
    _, corpus = opened
    place = corpus.links["place"].iloc[0]
    ties = corpus.ties(place)
    assert len(ties) and {"who", "with", "place_name", "date"} <= set(ties) and (ties["who"] + ties["with"] != "").all()


def test_a_row_has_the_date_of_the_texts_that_it_stands_on(opened):
    evidence, corpus = opened
    dates = corpus.sources.set_index("id")["published"]
    one = corpus.sources.iloc[0]
    more = pd.concat([corpus.sources, pd.DataFrame([{**one, "id": "later", "published": "2031-05-06"}])])
    both = desk.Corpus(
        evidence.read, replace(corpus._corpus, tables=corpus.tables | {"sources": more}), evidence.labels
    )
    told = both.rate("police_posts")
    for row in told[told["id"].notna()].itertuples():
        assert row.date == dates[row.id.split(".")[0]]
    silent = told[told["id"].isna() & (told["place"] == one["place"])]
    assert set(silent["date"]) <= {f"{one['published']}, 2031-05-06"}
    element = both.element("lead")
    assert not element.loc[element["ids"].notna(), "date"].str.contains("2031").any()


def test_a_place_without_ties_says_so(opened):
    evidence, corpus = opened
    place, read = corpus.places[0], corpus._corpus
    silent = replace(read, tables=read.tables | {"links": corpus.links[corpus.links["place"] != place]})
    ties = desk.Corpus(evidence.read, silent, evidence.labels).ties(place)
    assert list(ties["place"]) == [place] and list(ties["why"]) == ["not mentioned"] and ties["who"].isna().all()
    assert (corpus.ties(corpus.links["place"].iloc[0])["why"] == "").all()


def test_a_slip_is_one_line_in_a_cell(tmp_path):
    """Also where a module that a cell imports comes upon it."""
    (tmp_path / "slip.csv").write_text("key,name\na\n", "utf-8")
    (tmp_path / "slipped.py").write_text(
        f"from lib.lexicon import table\n\ntable({str(tmp_path / 'slip.csv')!r}, ('key',))\n", "utf-8"
    )
    cells = [f"import sys; sys.path.append({str(tmp_path)!r})", "import slipped"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(paths.ROOT)}}).execute()
    (output,) = notebook.cells[1].outputs
    assert output.traceback == [f"{tmp_path / 'slip.csv'}:2: too few cells; expected 2"]


def test_a_practice_planned_only_is_no_number(opened):
    _, corpus = opened
    for practice in corpus.practices["practice"]:
        told = corpus.practice(practice)
        assert len(told) == len(corpus.places) and (told["sentences"].notna() == (told["why"] == "")).all()
        assert not (told["sentences"] == 0).any()


def test_tables_carry_place_date_and_labels(opened):
    rows = opened[0].quantities
    assert list(rows.columns[:4]) == ["place", "place_name", "date", "label"]
    assert "Police posts" in set(rows["label"]) and "Yunzhou" in set(rows["place_name"])


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda e, c: e.find("("), "expected words, or a regular expression"),
        (lambda e, c: e.find(" "), "no words are given; expected words, or a regular expression"),
        (lambda e, c: c.practice("网格员队"), "no practice '网格员队'; expected such as "),
        (lambda e, c: c.rate("police_post"), "no indicator 'police_post'; expected such as police_posts"),
        (lambda e, c: c.ties("yunzho"), "no place 'yunzho'; expected such as yunzhou"),
        (lambda e, c: c.practice("base_gird"), "no practice 'base_gird'; expected such as base_grid"),
        (lambda e, c: c.element("led"), "no element 'led'; expected such as lead"),
    ],
)
def test_what_there_is_not_is_said_with_what_is_like_it(opened, ask, says):
    with pytest.raises(BadInput) as wrong:
        ask(*opened)
    assert says in str(wrong.value) and "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("ask", "key", "names"),
    [
        ("ties", "yunzhou", ("云州市", "Yunzhou")),
        ("practice", "base_grid", ("警网融合与网格", "police-grid fusion")),
        ("element", "hub", ("数据中枢", "Data hub")),
        ("rate", "police_posts", ("警务站", "Police posts")),
    ],
)
def test_what_is_asked_for_may_be_named_by_its_label(opened, ask, key, names):
    question = getattr(opened[1], ask)
    for name in names:
        pd.testing.assert_frame_equal(question(name), question(key))


def test_places_and_years_are_one_or_several_ids_or_names(corpus_evidence):
    def sources(**given):
        return list(desk.begin(corpus_evidence, **given)[1].sources["id"])

    place, name = "yunzhou", "云州市"
    assert sources(places=place) == sources(places=[name]) == sources(places=(place,)) != sources()
    assert sources(years=2023) == sources(years=["2023"]) != sources()
    with pytest.raises(BadInput, match=r"no text about 云洲; expected some of .*yunzhou \(云州市\)"):
        sources(places="云洲")
    with pytest.raises(BadInput, match="language 'fr'; expected en or zh"):
        desk.begin(corpus_evidence, language="fr")


def test_a_text_of_no_known_place_is_named_when_it_is_left_out(opened, corpus_evidence, capsys, monkeypatch):
    evidence, corpus = opened
    first = corpus.sources["id"].iloc[0]
    monkeypatch.setattr(desk.sources, "corpus", lambda read: corpus._corpus.texts(set(corpus.sources["id"]) - {first}))
    desk.begin(corpus_evidence)
    file = evidence.sources.set_index("id")["file"][first]
    assert f"left out, since their place is unknown (give each one in sources.csv): {file}\n" in capsys.readouterr().err


def test_words_are_counted_once_where_several_surfaces_have_them(opened, corpus_evidence):
    """And never oftener than they stand in the texts."""
    from_surfaces, _ = desk.begin(corpus_evidence, "")
    for words in ("网格", "警务站|志愿者"):
        few, all_of_them = from_surfaces.find(words), opened[0].find(words)
        assert len(few) and not few.duplicated(["source", "start"]).any()
        at = [set(rows[["source", "start"]].itertuples(index=False)) for rows in (few, all_of_them)]
        assert at[0] <= at[1]


def test_words_are_counted_by_length_where_all_texts_are_at_hand(opened, corpus_evidence):
    evidence, corpus = opened
    told = evidence.count("网格").dropna(subset="count").set_index("place")
    written = corpus.sources.groupby("place")["kept_characters"].sum()
    assert len(told) and all(told["per_1000"] == 1000 * told["count"].astype(float) / written[told.index])
    few = desk.begin(corpus_evidence, "")[0].count("网格").dropna(subset="count")
    assert len(few) and few["per_1000"].isna().all() and set(few["why"]) == {"text not at hand"}


def test_an_initiative_is_labelled_by_its_name_and_a_source_has_its_date(opened):
    evidence, _ = opened
    named = evidence.mentions.query("kind == 'initiative'")
    assert len(named) and not named["label"].str.startswith("i-").any() and (evidence.sources["date"] != "").all()


def test_an_unknown_table_names_those_that_there_are(opened):
    with pytest.raises(AttributeError, match="no table numbers; expected .*quantities"):
        opened[0].numbers  # noqa: B018


@pytest.fixture(scope="module")
def explorer(corpus_evidence):
    return explore.Explorer(*begin(str(corpus_evidence), str(paths.BUILD / "texts"), [], "zh"))


@pytest.mark.parametrize("name", explore.ANSWERS)
def test_what_is_shown_can_be_saved_and_is_never_overwritten(explorer, name, tmp_path, monkeypatch):
    monkeypatch.setattr(explore, "SAVED", tmp_path)
    getattr(explorer, name)().children[0].update()
    picked, table, figure = explorer.selections[name]
    first = paths.ROOT / explorer.save(name)
    assert len(pd.read_csv(first)) == len(table) and first.read_bytes().startswith(b"\xef\xbb\xbf")
    book = pd.read_excel(paths.ROOT / explorer.save(name, "xlsx"), sheet_name=None)
    assert list(book[name].columns) == list(table.columns) and set(book["settings"]["setting"]) == set(picked)
    first.write_text("mine")
    assert (paths.ROOT / explorer.save(name)).name == f"{name}-2.csv" and first.read_text() == "mine"
    if figure is None:
        with pytest.raises(BadInput, match="draws no figure here; expected csv, xlsx, json"):
            explorer.save(name, "png")
    else:
        assert (paths.ROOT / explorer.save(name, "png")).read_bytes().startswith(b"\x89PNG")
        assert "<text" not in (paths.ROOT / explorer.save(name, "svg")).read_text("utf-8")


def test_what_is_picked_can_be_picked_again_and_sent_to_somebody(explorer, tmp_path, monkeypatch):
    monkeypatch.setattr(explore, "SAVED", tmp_path)
    panel = explorer.words(words="网格|警务站", width=9, synonyms=True, places=["yunzhou"])
    panel.children[0].update()
    call = etree.fromstring(panel.children[2].value).text
    assert call == "explorer.words(places=('yunzhou',), words='网格|警务站', width=9, synonyms=True)"
    before = explorer.selections["words"][1]
    for again in (eval(call, {"explorer": explorer}), explorer.again(paths.ROOT / explorer.save("words", "json"))):
        again.children[0].update()
        assert again.children[2].value == panel.children[2].value and explorer.selections["words"][1].equals(before)


@pytest.mark.parametrize("told", ["{", "[]", '{"answer": "no", "picked": {}}', '{"answer": "map", "picked": {"x": 1}}'])
def test_what_nobody_saved_can_t_be_picked(explorer, tmp_path, told):
    (tmp_path / "a.json").write_text(told)
    with pytest.raises(BadInput, match="a.json: .*; expected what the button .* json wrote") as wrong:
        explorer.again(tmp_path / "a.json")
    assert "\n" not in str(wrong.value)


def test_every_answer_comes_within_half_a_second(explorer):
    """Of processor time, once the tables that all answers share are made."""
    for name in explore.ANSWERS:
        controls = getattr(explorer, name)().children[0]
        controls.update()
        for control in controls.children[:-1]:
            if not isinstance(control.value, tuple) and hasattr(control, "options"):
                begun = time.process_time()
                control.value = control.options[-1][1]
                assert time.process_time() - begun < 0.5, (name, control.description)


def test_years_narrow_what_is_compared_and_silence_stays_silence(explorer):
    assert explorer.show_words(("yunzhou", "linhu"), ("2023",), "没有这样的词")[0].empty
    counted = explorer.of(("yunzhou", "linhu"), ("2023",))[0].count("没有这样的词")
    assert list(counted["place"]) == ["linhu"] and counted["count"].isna().all() and all(counted["why"])
    with pytest.raises(BadInput, match="no text of these places and years; expected .* years of 2023, 2024"):
        explorer.of(("yunzhou",), ("1999",))


def test_an_element_is_told_with_its_sentences_and_who_says_nothing_of_it(explorer):
    for element in ("unit", "crowd", "safeguards"):
        found = explorer.show_element(tuple(explorer.corpus.places), ("2023", "2024"), element)[0]
        assert set(found["place_name"]) == {explorer.label(p, "short") for p in explorer.corpus.places}
        assert ((found["statement"].fillna("") == "") == (found["why"] != "")).all()
        assert (found.loc[found["why"] == "", "text"] != "").all()


def test_the_control_of_an_element_is_not_named_for_the_dimension_of_that_name(explorer):
    assert [c.description for c in explorer.element().children[0].children[:3]][2] == "模式要素"


def test_a_missing_whole_number_is_shown_as_the_others_are():
    shown = pane._frame(pd.DataFrame({"count": pd.array([3, None], dtype="Int64"), "rate": [1.5, None]}))
    assert "NA" not in shown and shown.count(f"<td>{pane.UNKNOWN}</td>") == 2 and "<td>3</td>" in shown


def test_contexts_carry_the_codes_of_their_sentence_with_the_rules(explorer):
    found = explorer.show_words(("yunzhou",), ("2024",), "警务站")[0]
    assert found["codes"].str.contains(r"\(cue\.[a-z_]+\.[0-9]+").any()


def test_synonyms_and_both_scripts_find_more(opened):
    evidence = opened[0]
    assert language.widened("志愿者.{2}|平安") == "(?:志愿者|义工|志愿服务队员|志愿服务者).{2}|平安"
    one, all_of_row = evidence.find("警务室"), evidence.find("警务室", synonyms=True)
    assert len(all_of_row) > len(one) and set(all_of_row["word"]) > set(one["word"])
    assert len(evidence.find("網格")) == len(evidence.find("网格")) > 0


def test_no_word_stands_in_two_rows_of_synonyms():
    words = [w for row in table(paths.LEXICON / "synonyms.csv", ("words",)) for w in row["words"].split("|")]
    assert len(words) == len(set(words)) > 100 and all(words)


def test_a_slip_in_the_explorer_is_a_line_and_no_traceback(explorer):
    panel = explorer.words()
    panel.children[0].children[2].value = "("
    panel.children[0].update()
    assert "words" not in explorer.selections and panel.children[2].value == ""


def test_a_button_that_can_save_nothing_says_why(explorer):
    panel = explorer.indicator()
    panel.children[0].update()
    explorer.selections["indicator"] = (*explorer.selections["indicator"][:2], None)
    *buttons, told = panel.children[1].children
    buttons[-1].click()
    assert told.value == "indicator draws no figure here; expected csv, xlsx, json"


def test_the_table_of_the_map_has_no_zero(explorer):
    told = explorer.show_map(tuple(explorer.corpus.places), ("2023", "2024"), "base")[0]
    assert (told["sentences"].notna() == (told["state"] == "evidenced")).all() and (told["sentences"] > 0).any()
    assert (told["label"] != told["practice"]).all()


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Working copies in a folder of their own; made(**given) brings them up to date."""
    monkeypatch.setattr(lab, "FOLDER", tmp_path / "lab")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    return lambda language="en", **given: lab.copies(language, given)


def test_copies_begin_with_what_is_given_and_keep_their_outputs(made, tmp_path):
    assert made(evidence="build/evidence", texts="build/texts", places=["a"]) == []
    path = tmp_path / "lab/en/explore.ipynb"
    (cell,) = [c for c in nbformat.read(path, as_version=4).cells if "parameters" in c.metadata.get("tags", ())]
    assert 'texts = "build/texts" ' in cell.source and 'places = ["a"] ' in cell.source
    ran = nbformat.read(path, as_version=4)
    ran.cells[1].outputs = [nbformat.v4.new_output("stream", text="ran once")]
    nbformat.write(ran, path)
    before = path.read_bytes()
    assert made(evidence="build/evidence", texts="build/texts", places=["a"]) == [] and path.read_bytes() == before
    assert made() == [] and b"ran once" not in path.read_bytes()


def test_what_somebody_changed_stays_and_what_is_gone_goes(made, tmp_path):
    made()
    path, own, old = (tmp_path / "lab/en" / f"{n}.ipynb" for n in ("explore", "mine", "2_old"))
    old.write_bytes(path.read_bytes())
    changed = nbformat.read(path, as_version=4)
    changed.cells.append(nbformat.v4.new_code_cell("mine = 1"))
    nbformat.write(changed, path)
    nbformat.write(nbformat.v4.new_notebook(cells=changed.cells[-1:]), own)
    (line,) = made(texts="build/texts")
    assert line.startswith("lab/en/explore.ipynb: changed by you, so it stays")
    assert "mine = 1" in path.read_text("utf-8") and own.exists() and not old.exists()


def test_chinese_copies_are_chinese_and_references_are_words(made, tmp_path):
    made("zh")
    cells = [c for p in (tmp_path / "lab/zh").glob("*.ipynb") for c in nbformat.read(p, as_version=4).cells]
    prose = [c.source for c in cells if c.cell_type == "markdown"]
    assert not [p for p in prose if "[@" in p] and sum("一" <= c <= "鿿" for c in "".join(prose)) > 1000


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("see [@tbl:scores].", "see table *scores*.", "see 表“抽取得分”."),
        (
            "[@fig:contrast; @tbl:models_2]",
            "figure *contrast of emphasis*, table *models 2*",
            "图“着墨差异”、表“各地模式 2”",
        ),
        ("plain [text](#a)", "plain [text](#a)", "plain [text](#a)"),
    ],
)
def test_references_are_words_in_jupyterlab(text, en, zh):
    assert (captions.named(text, "en"), captions.named(text, "zh")) == (en, zh)


def test_every_caption_has_a_name_in_both_languages():
    keys = {row["key"] for row in captions.rows()}
    assert not [key for key in keys if not Labels().has(key, "caption")]
    assert not [name for key in keys - {"emmie"} if (name := Labels("zh").of(key, "caption")).isascii()]


def test_git_never_sees_what_is_run_or_coded():
    names = ["lab/en/explore.ipynb", "lab/saved/words.csv", "coding/li-2026-01-02.xlsx", "build/texts/a.txt"]
    told = subprocess.run(["git", "check-ignore", *names], cwd=paths.ROOT, capture_output=True, text=True)
    if told.returncode == 128:
        pytest.skip("not a git repository")
    assert told.stdout.split() == names
