"""Does it hold? Each finding made again on other texts, thresholds and units; and the extraction held against
the gold."""

from dataclasses import dataclass, replace

import pandas as pd

from lib.comparison import language, summary
from lib.comparison.sources import Corpus

FEWER_ROWS = {"no_cases", "undamaged", "no_headings", "once"}
EVERY = FEWER_ROWS | {"without", "no_nested", "strong_only", "passages"}
TESTS = {  # the variants that could make a finding of this kind fall: the others would only flatter it
    "more": EVERY | {"wider"},
    "less": EVERY | {"wider"},
    "alike": EVERY,
    "alone": FEWER_ROWS | {"twice"},
    "common": FEWER_ROWS | {"twice", "strong_only"},
    "instrument": FEWER_ROWS | {"strong_only", "wider"},
    "local": FEWER_ROWS,
    "closes": FEWER_ROWS - {"no_cases"},
    "formula": set(),
    "uncompared": FEWER_ROWS - {"no_cases"} | {"without", "no_nested", "wider"},
    "unmentioned": set(),
}


@dataclass(frozen=True)
class Variant:
    """Another way to make the comparison: its key, the place that it leaves out if any, corpus and settings."""

    key: str
    corpus: Corpus
    settings: summary.Settings
    left_out: str = ""
    longest: bool = False


def variants(corpus, settings):
    """The variants that change anything: without each text, strength 2 only, two sentences a practice,
    passages as units,
    99% intervals, without case stories, headings, damaged sentences, repeated passages, nested places."""
    return [
        *without_texts(corpus, settings),
        Variant("strong_only", corpus, replace(settings, strength=2)),
        Variant("twice", corpus, replace(settings, at_least=2)),
        Variant("passages", corpus, replace(settings, units="passage")),
        Variant("wider", corpus, replace(settings, level=0.99)),
        *(Variant(key, other, settings) for key, other in others(corpus) if other is not None),
    ]


def without_texts(corpus, settings):
    """A variant for each text, which is left out; the longest is marked."""
    sources = corpus.sources
    longest = sources.loc[sources["kept_characters"].astype(float).idxmax(), "id"] if len(sources) else ""
    return [
        Variant("without", corpus.texts([s for s in sources["id"] if s != text]), settings, place, text == longest)
        for text, place in zip(sources["id"], sources["place"], strict=True)
        if len(sources) > 1
    ]


def others(corpus):
    """(key, corpus or None where nothing would change) of each variant that leaves rows out."""
    yield "no_cases", _mentions(corpus, corpus.mentions["status"] != "case")
    yield "undamaged", _sentences(corpus, corpus.sentences["damaged"] != "true")
    heads = corpus.passages.loc[corpus.passages["kind"].isin(["title", "heading"]), "id"]
    yield "no_headings", _sentences(corpus, ~corpus.sentences["passage"].isin(heads))
    again = language.once(language.duplicates(corpus.terms), corpus.sources)
    yield "once", _sentences(corpus, ~corpus.sentences["passage"].isin(again))
    inner = {place for place, _ in corpus.nested()}
    ids = corpus.sources.loc[~corpus.sources["place"].isin(inner), "id"]
    yield "no_nested", corpus.texts(ids) if inner else None


def _mentions(corpus, kept):
    return None if kept.all() else corpus.keep(mentions=corpus.mentions[kept])


def _sentences(corpus, kept):
    """The corpus with some of its sentences, and what stands in them."""
    if kept.all():
        return None
    ids = set(corpus.sentences.loc[kept, "id"])
    inside = {n: t[t["sentence"].isin(ids)] for n, t in corpus.tables.items() if "sentence" in t}
    return corpus.keep(sentences=corpus.sentences[kept], **inside)


def tested_by(variant):
    """The kinds of finding that a variant could make fall."""
    return [kind for kind, variants in TESTS.items() if variant in variants]


def held(base, made, tried):
    """One row a (finding, variant): key, variant, left_out, longest, applies, holds.

    A variant applies where the places of the finding are in it and it could make such a finding fall. `made`: the
    findings of each variant of `tried`.
    """
    rows = []
    for variant, found in zip(tried, made, strict=True):
        keys, places = set(found["key"]), set(variant.corpus.places)
        for r in base.itertuples():
            needed = {r.place, r.topic} if r.kind == "alike" else {r.place} - {""}
            rows.append(
                (
                    r.key,
                    variant.key,
                    variant.left_out,
                    variant.longest,
                    needed <= places and variant.key in TESTS[r.kind],
                    r.key in keys,
                )
            )
    return pd.DataFrame(rows, columns=["key", "variant", "left_out", "longest", "applies", "holds"])


def findings(corpus, settings=None):
    """(findings with `holds` and `of`, the table of `held`): in how many of the variants that apply each
    finding holds."""
    settings = settings or summary.Settings()
    tried = variants(corpus, settings)
    base = summary.findings(corpus, settings)
    grid = held(base, [summary.findings(v.corpus, v.settings, tested_by(v.key)) for v in tried], tried)
    applied = grid[grid["applies"]].groupby("key")["holds"]
    counts = pd.DataFrame({"holds": applied.sum(), "of": applied.size()}).reindex(base["key"]).fillna(0).astype(int)
    return base.assign(holds=counts["holds"].to_numpy(), of=counts["of"].to_numpy()), grid


def by_kind(found):
    """One row a kind of finding: findings, tested (by some variant), firm (hold in all), fallen (in fewer than
    three quarters)."""
    tested = found["of"] > 0
    firm = found.assign(
        tested=tested, firm=tested & (found["holds"] == found["of"]), fallen=found["holds"] < 0.75 * found["of"]
    )
    groups = firm.groupby("kind", sort=False)
    return groups.agg(
        findings=("key", "size"), tested=("tested", "sum"), firm=("firm", "sum"), fallen=("fallen", "sum")
    ).reset_index()
