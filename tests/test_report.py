"""What notebooks talk to: numbers with evidence, sentences, tables, figures, excerpts; and what the exporter keeps."""

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from nbformat import v4

from lib.report.binding import exporters, pandoc
from lib.report.show import cite, escape, messages, registry
from tests.small_report import HOSTILE, Evidence


@pytest.fixture
def report(monkeypatch):
    """A report whose displays are kept in `report.shown`."""
    report, shown = cite.Report(Evidence()), []
    monkeypatch.setattr(cite, "display", lambda data, raw: shown.append(data))
    report.shown = shown
    return report


def payload(report):
    return report.shown[-1][cite.MIME]


@pytest.mark.parametrize(
    "rows, ids",
    [
        (pd.DataFrame({"id": ["a", "b"], "source": ["s", "s"]}), ("a", "b")),
        (pd.DataFrame({"source": ["s", "s"], "term": ["x", "y"]}), ("s",)),
        (["a", "a", "b"], ("a", "b")),
        ("a", ("a",)),
        (pd.Series({"id": "a", "n": 1}), ("a",)),
        ([], ()),
    ],
)
def test_rows_of_evidence_are_known_by_their_ids(rows, ids):
    assert registry.ids_of(rows) == ids


def test_rows_that_point_nowhere_are_refused():
    with pytest.raises(ValueError, match="without id"):
        registry.ids_of(pd.DataFrame({"n": [1]}))


def test_one_row_leads_to_its_place_several_to_a_set_whatever_their_order():
    assert registry.anchor(("a-q1",)) == "ev-a-q1"
    assert registry.anchor(("a", "b")) == registry.anchor(("b", "a")) != registry.anchor(("a", "c"))
    assert registry.anchor(("a b<",)).startswith("set-") and registry.anchor(()) == ""


def test_a_number_in_a_sentence_links_to_its_row_and_carries_it(report):
    report.say("{n} posts in {p}.", n=report.number(120, ["yunzhou-2023-q1"]), p="A*b")
    assert payload(report)["markdown"].startswith("[120](#ev-yunzhou-2023-q1 ")
    assert payload(report)["markdown"].endswith("posts in A\\*b.")
    row = payload(report)["rows"]["yunzhou-2023-q1"]
    assert (row["start"], row["end"], row["surface"], row["sentence"]) == (1, 3, "120个", "yunzhou-2023-s0")


def test_a_number_of_unknown_evidence_is_refused(report):
    with pytest.raises(ValueError, match="no evidence has the id 'nowhere'"):
        report.say("{n}", n=report.number(1, ["nowhere"]))


def test_cited_numbers_compare_as_their_values(report):
    two, ten = report.number(2, []), report.number(10, [])
    assert two < ten and ten == 10 and f"{ten}" == "10" and f"{ten:.1f}" == "10.0"


@pytest.mark.parametrize("language, text", [("en", "one of 2"), ("zh", "2之一")])
def test_a_sentence_is_said_in_the_language_of_the_report(report, monkeypatch, language, text):
    monkeypatch.setattr(messages, "catalogue", lambda language: {"one of {n}": "{n}之一"} if language == "zh" else {})
    chosen = cite.Report(Evidence(), language)
    chosen.say("one of {n}", n=2)
    assert payload(report)["markdown"] == text


def test_what_has_nothing_to_show_says_so(report, monkeypatch):
    row = {"caption": "A table", "note": "", "widths": "", "empty": "Nothing of {name}."}
    monkeypatch.setattr(cite.captions, "of", lambda kind, key: row)
    report.show(pd.DataFrame(columns=["a"]), "t", name="x")
    assert payload(report)["markdown"] == "Nothing of x."
    report.show("<svg/>", "t", rows=[], name="y")
    assert payload(report)["markdown"] == "Nothing of y."
    report.show(plt.figure(), "t", rows=[], name="z")
    assert payload(report)["markdown"] == "Nothing of z." and not plt.get_fignums()


def test_a_large_set_travels_in_part_and_tells_its_size(report, monkeypatch):
    monkeypatch.setattr(registry, "MOST", 2)
    report.say("{n}", n=report.number(3, Evidence().quantities))
    [group] = payload(report)["sets"].values()
    assert (len(group["ids"]), group["count"]) == (2, 3)


def test_widths_must_be_one_a_column(report):
    with pytest.raises(ValueError, match="1 widths for 2 columns"):
        report.show(pd.DataFrame({"a": [1], "b": [2]}), "t", widths="1")


@pytest.mark.parametrize("at_hand, shown", [(True, "云州市建成警务站120个。"), (False, "120个")])
def test_an_excerpt_is_the_sentence_or_the_pointer(report, at_hand, shown):
    there = cite.Report(Evidence(at_hand))
    there.quote(["yunzhou-2023-q1"])
    assert shown in report.shown[-1]["text/markdown"]


def test_no_sentence_twice_among_excerpts(report):
    report.quote(Evidence().quantities)
    assert payload(report)["ids"] == ["yunzhou-2023-q7", "linhu-2022-q8"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_come_back_from_markdown_as_they_were(words):
    blocks = pandoc.read(escape.markdown(words))
    assert "".join(pandoc.plain(blocks[0]["c"])) == " ".join(words.split())


@pytest.mark.parametrize(
    "markdown, found",
    [
        ("<div>x</div>", True),
        ("a <b>b</b>", True),
        ("<!-- gone -->", True),
        ("\\begin{align}x\\end{align}", True),
        ("```{=html}\nx\n```", True),
        ("`x`{=typst}", True),
        ("a < b and b > c", False),
        ("`<div>`", False),
        ("```\n<div>\n```", False),
        ("\\<div\\>", False),
        ("<https://example.org>", False),
        ("$a<b$ and $c$", False),
    ],
)
def test_what_would_vanish_in_the_pdf_is_found(markdown, found):
    assert bool(exporters.vanishing(markdown)) == found


def exported(*cells):
    return exporters.markdown(v4.new_notebook(cells=list(cells)))[0]


def test_the_exporter_keeps_prose_and_no_code():
    assert exported(v4.new_markdown_cell("one"), v4.new_code_cell("secret = 1")).split() == ["one"]


def test_printed_text_is_kept_as_it_is_and_warnings_are_not():
    outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="```\n# no heading"),
        nbformat.v4.new_output("stream", name="stderr", text="warned"),
    ]
    blocks = pandoc.read(exported(v4.new_code_cell("", outputs=outputs)))
    assert [(b["t"], b["c"][1]) for b in blocks] == [("CodeBlock", "```\n# no heading")]


def test_a_failed_cell_is_no_chapter():
    output = nbformat.v4.new_output("error", ename="KeyError", evalue="x", traceback=[])
    with pytest.raises(ValueError, match="KeyError"):
        exported(v4.new_code_cell("", outputs=[output]))


@pytest.fixture
def looked_at(report, monkeypatch):
    monkeypatch.setattr(cite.pane, "live", lambda: True)
    return report


def test_in_jupyterlab_a_number_leads_to_its_row_below(looked_at):
    looked_at.say("{n} posts, see [@tbl:stations].", n=looked_at.number(120, ["yunzhou-2023-q1"]))
    (shown,) = looked_at.shown
    text = shown["text/markdown"]
    assert text.startswith("[120](#o1-ev-yunzhou-2023-q1 ") and "see table *stations*." in text
    assert "<details open>" in text and '<tr id="o1-ev-yunzhou-2023-q1">' in text and "120个" in text


def test_in_jupyterlab_a_table_has_its_caption_in_words_and_links_its_cells(looked_at):
    rows = looked_at.evidence.quantities
    frame = pd.DataFrame({"term": HOSTILE[:1], "n": [looked_at.number(3, rows)]})
    looked_at.show(frame, "stations", caption="Stations, as in [@fig:map].", note="A note.")
    caption, table = looked_at.shown
    assert caption["text/markdown"] == "<strong>Table *stations*.</strong> Stations, as in figure *map*.\n\nA note."
    page = table["text/html"]
    anchor = registry.anchor(tuple(rows["id"]))
    assert f'href="#o1-{anchor}"' in page and f'id="o1-{anchor}"' in page and "<script>" not in page


def test_in_jupyterlab_long_evidence_is_cut_and_tells_its_size(looked_at, monkeypatch):
    monkeypatch.setattr(cite.pane, "ROWS", 2)
    looked_at.say("{n}", n=looked_at.count(looked_at.evidence.quantities))
    page = looked_at.shown[0]["text/markdown"]
    assert page.count("<tr") == 3 and "… (3)" in page


def test_in_jupyterlab_every_number_leads_to_a_row_however_many_there_are(looked_at, monkeypatch):
    monkeypatch.setattr(cite.pane, "MOST", 2)
    ids = list(looked_at.evidence.quantities["id"])
    sets = [ids[:1], ids[:2], ids]
    looked_at.show(pd.DataFrame({"n": [looked_at.number(len(s), s) for s in sets]}), "stations", caption="x")
    page = looked_at.shown[-1]["text/html"]
    assert all(f'href="#o1-{a}"' in page and f'id="o1-{a}"' in page for a in (registry.anchor(tuple(s)) for s in sets))
    assert page.count("<tr><td>… (") == page.count("… (2)") + page.count("… (3)") == 2


def test_in_jupyterlab_bold_words_are_bold_where_a_chinese_word_follows(looked_at):
    looked_at.say("**{q}？**另有**甲**。", q="谁主导")
    assert "<strong>谁主导？</strong>另有<strong>甲</strong>。" in looked_at.shown[0]["text/markdown"]
