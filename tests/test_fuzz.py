"""Whatever is read, nothing raises but BadInput, and spans, lengths and values hold. All inputs are made by chance.

`make fuzz` runs them at length and says how many inputs each had.
"""

import contextlib
import csv
import io
import math
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from lib import lexicon, paths, schemas  # noqa: E402
from lib.evidence import extract  # noqa: E402
from lib.evidence.dataset import tables  # noqa: E402
from lib.lexicon import BadInput, Lexicon  # noqa: E402
from lib.reading import cleaning, document, formats, numerals, private  # noqa: E402
from lib.report.coders import coding, sheet  # noqa: E402
from tests import hostile  # noqa: E402

RAN = Counter()  # inputs of each test
FUZZED = []  # (check, strategy of its inputs, share)
GOOD = hostile.GOOD
SEEDS = {n: d for n, d in hostile.files().items() if len(d) < 3000}
COLUMNS = ("source", "start", "end", "codes")


def words_of(name, column):
    with open(paths.DATA / name, encoding="utf-8") as f:
        return sorted({row[column] for row in csv.DictReader(f) if 0 < len(row[column]) < 8})


WORDS = [
    *words_of("lexicon/units.csv", "unit"),
    *words_of("lexicon/titles.csv", "title"),
    *words_of("lexicon/actors_terms.csv", "term"),
    *words_of("lexicon/stopwords.csv", "term"),
    *words_of("lexicon/magnitudes.csv", "sign"),
    *words_of("lexicon/gazetteer.csv", "name"),
]
MARKS = list("，。、；：！？“”‘’（）《》—…·.,;:!?()[]|#*<>&%+-~/\\\n\t 　\u200b\u202e\ufeff\ufffd\0")
text = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(MARKS),
        st.sampled_from(list(numerals.DIGITS) + list(numerals.MAGNITUDES) + list("0123456789０９")),
        st.text(max_size=3),
        st.sampled_from(
            [GOOD, "张三", "同比下降", "13812345678", "某", "第一", "年", "月", "建成", "https://a.cn/b?c=1"]
        ),
    ),
    max_size=40,
).map("".join)
signs = st.text([*numerals.DIGITS, *numerals.MAGNITUDES, *"0123456789.,点负余多几廿 -"], max_size=60)


@st.composite
def broken(draw, names):
    """(name, bytes) of a small file with pieces cut out, doubled or written over."""
    name = draw(st.sampled_from(names))
    data = bytearray(SEEDS[name])
    for _ in range(draw(st.integers(0, 6))):
        at, size = draw(st.integers(0, len(data))), draw(st.integers(0, 30))
        data[at : at + draw(st.integers(0, size))] = draw(
            st.one_of(st.binary(max_size=20), st.just(data[at : at + size]))
        )
    return name, bytes(data)


def fuzzed(strategy, share=1):
    """Keeps a check with the strategy of its inputs; `share`: how many of them beside the others."""

    def kept(check):
        FUZZED.append((check, strategy, share))
        return check

    return kept


def made_of(check, strategy, share, seed=None):
    """A test of few inputs, always the same; with a seed, of many others."""

    def test(value):
        RAN[check.__name__] += 1
        check(value)

    own = settings(
        max_examples=max(2, int(share * (20 if seed is None else 400))),
        derandomize=seed is None,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate] + ([Phase.shrink] if seed is not None else []),
    )
    return own(given(strategy)(test))


@contextlib.contextmanager
def told():
    """Lets BadInput pass, a line for each slip that says what is expected; what is said besides is swallowed."""
    with contextlib.redirect_stderr(io.StringIO()):
        try:
            yield
        except BadInput as e:
            assert all("expected" in line for line in str(e).split("\n")), str(e)


def in_file(name, data, work):
    with tempfile.TemporaryDirectory() as folder, told():
        path = Path(folder) / name
        path.write_bytes(data)
        work(path)


@fuzzed(broken([n for n in SEEDS if n.endswith((".txt", ".md", ".html"))]))
def readers(value):
    in_file(*value, formats.load)


@fuzzed(broken([n for n in SEEDS if n.endswith((".docx", ".pdf"))]))
def documents(value):
    in_file(*value, formats.load)


@fuzzed(st.tuples(st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf"]), st.binary(max_size=300)))
def bytes_of_any_kind(value):
    in_file(*value, formats.load)


@fuzzed(text)
def cleaned(raw):
    kept, damage, ledger = cleaning.clean(raw)
    assert len(kept.chars) == len(kept.offsets) and list(kept.offsets) == sorted(kept.offsets)
    assert all(0 <= at < len(raw) for at in kept.offsets)
    assert all(0 <= a < b <= len(kept) for a, b in damage)
    assert all(0 <= e["start"] < e["end"] <= len(raw) and e["characters"] > 0 for e in ledger)


@fuzzed(st.one_of(signs, text), 8)
def values(words):
    assert len(numerals.fold(words)) == len(words)
    for value in (numerals.read(words), *(numerals.read_range(words) or ())):
        assert value is None or math.isfinite(value)


@fuzzed(st.integers(0, 10**15))
def plain_numbers(n):
    assert numerals.read(str(n)) == n and numerals.read(f"{n:,}".replace(",", "，")) in (n, None)


@fuzzed(text, 2)
def masked(words):
    same = private.mask(words)
    assert len(same) == len(words)
    assert all(a == b or b == private.CROSS for a, b in zip(words, same, strict=True))


@fuzzed(text)
def engine(raw):
    if not raw.strip():
        return
    rows = extract.tables(raw, {"id": "a", "published": "2023-05"}, Lexicon())
    for table in rows:
        for row in rows[table]:
            assert set(row) >= {"id"} or table in ("terms", "cooccurrence")
            if "surface" in row:
                own = raw[row["start"] : row["end"]]
                assert 0 <= row["start"] < row["end"] <= len(raw) and len(own) == len(row["surface"])
            if table == "quantities" and row.get("value") is not None:
                assert math.isfinite(row["value"])


@fuzzed(text)
def sentences(raw):
    doc = document(raw, {"id": "a"})
    ends = [(s.start, s.end) for s in doc.sentences]
    assert all(a < b for a, b in ends) and all(b <= c for (_, b), (c, _) in zip(ends, ends[1:], strict=False))


amounts = st.one_of(st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9), st.none())


@fuzzed(st.lists(st.tuples(st.text(max_size=8), amounts)), 0.05)
def written_tables(rows):
    """What a table is given is what it gives back."""
    with tempfile.TemporaryDirectory() as folder:
        writer = tables.Writer(Path(folder) / "out")
        kept = [(w.replace("\0", ""), v) for w, v in rows]
        kept = [("".join(c for c in w if c.isprintable()), v) for w, v in kept]
        writer.add({"quantities": [{"id": str(i), "noun": w, "value": v} | FLAGS for i, (w, v) in enumerate(kept)]})
        writer.close()
        back = tables.checked(Path(folder) / "out", "quantities")
    assert list(back["noun"]) == [w for w, _ in kept]
    for value, (_, given_) in zip(back["value"], kept, strict=True):
        assert pd.isna(value) if given_ is None else math.isclose(value, given_, abs_tol=1e-9)


FLAGS = {"start": 0, "end": 1, "bound": "exact", "relation": "level", "status": "done", "damaged": "false"}


@fuzzed(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def rule_tables(data):
    in_file("a.csv", b"id,pattern\n" + data, lambda path: lexicon.table(path, ("id", "pattern")))


@fuzzed(st.binary(max_size=200))
def dataset_tables(data):
    head = ",".join(schemas.names("terms")).encode() + b"\n"
    in_file("terms.csv", head + data, lambda path: tables.checked(path.parent, "terms"))


cells = st.one_of(st.none(), st.integers(), st.floats(), st.booleans(), st.text("a@柏川 ;,=x1-.", max_size=12))


@fuzzed(st.lists(st.tuples(cells, cells, cells, cells), max_size=4))
def workbooks(rows):
    with tempfile.TemporaryDirectory() as folder, told():
        path = Path(folder) / "a.xlsx"
        frame = pd.DataFrame([["" if c is None or c != c else c for c in r] for r in rows], columns=list(COLUMNS))
        frame = frame.map(lambda c: str(c) if isinstance(c, (float, int)) and abs(c) > 1e15 else c)
        sheet.write(path, {"coding": frame.astype(object)}, {})
        coding.read(path, {"a": GOOD})


@fuzzed(broken([n for n in SEEDS if n.endswith((".xlsx", ".qdpx"))]))
def coders_files(value):
    in_file(*value, lambda path: coding.read(path, {"a": GOOD}))


positions = st.one_of(st.integers(-5, 60).map(str), st.text(max_size=4), st.just("9" * 30))
XML = (
    '<Project xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes><Code guid="{g}" name="{n}"/></Codes></CodeBook>'
    '<Sources><TextSource name="a" plainTextPath="internal://t.txt"><PlainTextSelection startPosition="{s}" '
    'endPosition="{e}" name="{w}"><Coding><CodeRef targetGUID="{g}"/></Coding></PlainTextSelection></TextSource>'
    "</Sources></Project>"
)


@fuzzed(st.tuples(positions, positions, st.text(max_size=6), st.text(max_size=6)))
def projects(value):
    from xml.sax.saxutils import quoteattr

    start, end, name, shown = (quoteattr("".join(c for c in v if c.isprintable()))[1:-1] for v in value)
    xml = XML.format(g="g1", n=name, s=start, e=end, w=shown).replace('""', '"')
    in_file("p.qdpx", hostile.project(xml, t=GOOD), lambda path: coding.read(path, {"a": GOOD}))


globals().update({f"test_{check.__name__}": made_of(check, *how) for check, *how in FUZZED})


def main(seconds):
    """Runs all of them with other inputs again and again for some seconds; prints how many each had."""
    ends, wrong, seed = time.monotonic() + seconds, 0, 0
    while time.monotonic() < ends and not wrong:
        for check, *how in FUZZED:
            seed += 1
            try:
                made_of(check, *how, seed)()
            except Exception as e:
                wrong += 1
                print(check.__name__, type(e).__name__, e, *getattr(e, "__notes__", []), sep="\n", flush=True)
    for name, count in RAN.most_common():
        print(f"{count:>12,}  {name}")
    print(f"{sum(RAN.values()):>12,}  inputs, {wrong} unexpected")
    return wrong > 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
