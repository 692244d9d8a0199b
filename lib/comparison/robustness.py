"""Does it hold? Each finding made again on other texts, thresholds and units: what falls, what appears, what moves
nothing."""

from dataclasses import dataclass, replace
from hashlib import sha256

import pandas as pd

from lib.comparison import bootstrap, language, summary
from lib.comparison.sources import Corpus

FEWER_ROWS = {"no_cases", "undamaged", "once"}
EVERY, REAL = FEWER_ROWS | {"without", "no_nested", "strong_only", "passages"}, FEWER_ROWS - {"no_cases"}
# kind of finding: the variants that could make it fall; the others would only flatter it
TESTS = {"more": EVERY, "less": EVERY, "alike": EVERY, "local": FEWER_ROWS, "instrument": FEWER_ROWS | {"strong_only"}}
TESTS |= dict.fromkeys(("alone", "duty"), FEWER_ROWS | {"twice"})
TESTS |= {"common": FEWER_ROWS | {"twice", "strong_only"}}
TESTS |= {"closes": REAL, "uncompared": REAL | {"without", "no_nested"}}
MOST = 25  # texts that are left out in turn; of more a sample
_tried = {}  # {(settings, fingerprint): Trials}
FEW = 0.75  # of the variants: a finding that holds in fewer is marked


@dataclass(frozen=True)
class Variant:
    """Another way to make the comparison: its key, the place that it leaves out if any, corpus and settings."""

    key: str
    corpus: Corpus
    settings: summary.Settings
    left_out: str = ""
    longest: bool = False


@dataclass(frozen=True)
class Trials:
    """What came of the variants.

    found: the findings with `holds` and `of`, in how many of the variants that count for it each holds. grid: a row a
    (finding, variant): key, variant, left_out, longest, applies, holds. appears: findings that a variant makes and
    the analysis itself does not, with variant, left_out, longest. apart: variants that are not counted: variant,
    left_out, same_as and same_left_out (the variant that it repeats; "" where nothing falls or appears in it).
    """

    found: pd.DataFrame
    grid: pd.DataFrame
    appears: pd.DataFrame
    apart: pd.DataFrame


def variants(corpus, settings):
    """All variants: without each text, without nested places, strength 2 only, two sentences a practice, passages as
    units, without case stories, damaged sentences, repeated passages."""
    return [
        *without_texts(corpus, settings),
        Variant("strong_only", corpus, replace(settings, strength=2)),
        Variant("twice", corpus, replace(settings, at_least=2)),
        Variant("passages", corpus, replace(settings, units="passage")),
        *(Variant(key, other, settings) for key, other in others(corpus) if other is not None),
    ]


def distinct(tried):
    """(the variants that repeat none before them, [(a repeated one, the one that it repeats)])."""
    first, twins = {}, []
    for variant in tried:
        twin = first.setdefault(_made_of(variant), variant)
        if twin is not variant:
            twins.append((variant, twin))
    return list(first.values()), twins


def _made_of(variant):
    """The settings of a variant and a hash of the rows that it keeps."""
    rows = ("\n".join(variant.corpus.tables[n]["id"]) for n in ("sources", "sentences", "mentions", "claims"))
    return variant.settings, sha256("\0".join(rows).encode()).digest()


def without_texts(corpus, settings):
    """A variant for each text of `left_out`, which is left out; the longest is marked."""
    texts, longest = left_out(corpus.sources, settings.seed)
    place = corpus.sources.set_index("id")["place"]
    rest = {text: corpus.texts([s for s in corpus.sources["id"] if s != text]) for text in texts}
    return [Variant("without", rest[text], settings, place[text], text == longest) for text in texts]


def left_out(sources, seed):
    """(the texts that are left out in turn, the longest of them): all, or MOST drawn by the seed, the longest among
    them; none of a single one."""
    ids = list(sources["id"])
    if len(ids) < 2:
        return [], ""
    longest = sources.loc[sources["kept_characters"].astype(float).idxmax(), "id"]
    if len(ids) <= MOST:
        return ids, longest
    others = [text for text in ids if text != longest]
    drawn = bootstrap.generator(seed, "left out").choice(others, MOST - 1, replace=False)
    return [text for text in ids if text in {longest, *drawn}], longest


def others(corpus):
    """(key, corpus or None where nothing would change) of each variant that leaves rows out."""
    yield "no_cases", _mentions(corpus, corpus.mentions["status"] != "case")
    yield "undamaged", _sentences(corpus, corpus.sentences["damaged"] != "true")
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
            applies = needed <= places and variant.key in TESTS.get(r.kind, ())
            rows.append((r.key, variant.key, variant.left_out, variant.longest, applies, r.key in keys))
    return pd.DataFrame(rows, columns=["key", "variant", "left_out", "longest", "applies", "holds"])


def appearing(base, made, tried):
    """The findings that a variant makes and `base` does not have, of kinds that the variant tests: those of
    `summary.findings`, with variant, left_out, longest. Duties are left out: they set no place apart."""
    rows = []
    for v, found in zip(tried, made, strict=True):
        new = ~found["key"].isin(base["key"]) & found["kind"].isin(set(tested_by(v.key)) - {"duty"})
        rows.append(found[new].assign(variant=v.key, left_out=v.left_out, longest=v.longest))
    empty = base.iloc[:0].assign(variant="", left_out="", longest=False)
    return pd.concat([r for r in rows if len(r)] or [empty], ignore_index=True)


def trials(corpus, settings=None):
    """The Trials of a corpus; those of the corpus that was tried last in this process are kept."""
    settings = settings or summary.Settings()
    asked = settings, fingerprint(corpus)
    if asked not in _tried:
        _tried.clear()
        _tried[asked] = _trials(corpus, settings)
    return _tried[asked]


def fingerprint(corpus):
    """A hash of all that a corpus holds."""
    digest = sha256(repr((sorted(corpus.parents.items()), sorted(corpus.levels.items()))).encode())
    for name, table in sorted({**corpus.tables, "": corpus.practices}.items()):
        digest.update(f"{name} {list(table.columns)}".encode())
        digest.update(pd.util.hash_pandas_object(table.astype(str), index=False).to_numpy().tobytes())
    return digest.hexdigest()


def _trials(corpus, settings):
    tried, twins = distinct(variants(corpus, settings))
    base = summary.findings(corpus, settings)
    made = [summary.findings(v.corpus, v.settings, tested_by(v.key)) for v in tried]
    grid, appears = held(base, made, tried), appearing(base, made, tried)
    still = _still(grid, appears)
    grid = grid.assign(applies=grid["applies"] & ~grid["variant"].isin(still))
    apart = [(v.key, v.left_out, twin.key, twin.left_out) for v, twin in twins] + [(k, "", "", "") for k in still]
    apart = pd.DataFrame(apart, columns=["variant", "left_out", "same_as", "same_left_out"])
    return Trials(counted(base, grid), grid, appears, apart)


def _still(grid, appears):
    """The variants without some rows in which nothing falls or appears: they would only swell the count."""
    moved = {*grid.loc[grid["applies"] & ~grid["holds"], "variant"], *appears["variant"]}
    return [v for v in dict.fromkeys(grid["variant"]) if v in FEWER_ROWS and v not in moved]


def counted(base, grid):
    """The findings with holds and of."""
    applied = grid[grid["applies"]].groupby("key")["holds"]
    counts = pd.DataFrame({"holds": applied.sum(), "of": applied.size()}).reindex(base["key"]).fillna(0).astype(int)
    return base.assign(holds=counts["holds"].to_numpy(), of=counts["of"].to_numpy())


def by_kind(found):
    """One row a kind of finding: findings, tested (by some variant), firm (hold in all), fallen (in fewer than
    three quarters)."""
    tested, firm = found["of"] > 0, (found["of"] > 0) & (found["holds"] == found["of"])
    told = found.assign(tested=tested, firm=firm, fallen=found["holds"] < FEW * found["of"])
    sums = {column: (column, "sum") for column in ("tested", "firm", "fallen")}
    return told.groupby("kind", sort=False).agg(findings=("key", "size"), **sums).reset_index()
