"""For human coders: a workbook and a project to code in, made from texts at hand, and what comes of their codings."""

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from lib import paths
from lib.comparison import agreement as compare
from lib.lexicon import BadInput, Lexicon, table
from lib.limits import within
from lib.report.coders import kept, qdpx, qdpx_read, sheet

MAPPING = "codes.csv"  # beside a coder's file: which code of ours a name of theirs is, if any


def coding_sheet(evidence, texts, out, name="coding", shown=True):
    """Writes OUT/NAME.xlsx and OUT/NAME.qdpx from the texts at hand; gives the paths and the sources left out.

    What is there already stays (see lib.report.coders.kept). `texts`: folder of ID.txt files. A source whose text is
    not the register's is left out. `shown`: whether the machine's codes stand beside each sentence; else coders work
    blind.
    """
    raws = at_hand(evidence, texts)
    if not raws:
        raise BadInput(
            f"{texts}: none of the texts of {evidence.folder} is here; expected files ID.txt with the register's hash"
        )
    codings = compare.machine(evidence.mentions)
    codings = codings[codings["source"].isin(raws)] if shown else codings[:0]
    codes = codebook()
    sheets = {"coding": sentences(evidence, raws, codings), "codebook": codes, "help": sheet.told(sheet.HELP)}
    offered = {"codes": f"=codebook!$A$2:$A${len(codes) + 1}"}
    project = qdpx.write({s: (title(evidence, s), raw) for s, raw in raws.items()}, codings, codes)
    book = kept.place(Path(out) / f"{name}.xlsx", partial(sheet.write, sheets=sheets, choices=offered))
    made = kept.place(Path(out) / f"{name}.qdpx", lambda path: path.write_bytes(project))
    return book, made, sorted(set(evidence.sources["id"]) - set(raws))


def agreement(sheets, evidence, texts=paths.BUILD / "texts"):
    """Tables of agreement between the machine and the coders of these .xlsx and .qdpx files.

    {"codes", "dimensions", "against", "disagreements"}: see lib.comparison.agreement; disagreements with their text.
    Codes of a coder's own are compared between people only, and of ours those that a project has. Where somebody coded
    whole sentences, agreement by span is left empty: it would compare their length.
    """
    raws = at_hand(evidence, texts)
    files = [within(Path(path), read, Path(path), raws) for path in sheets]
    books = {c: set(f.attrs["book"]) for f in files if "book" in f.attrs for c in set(f["coder"])}
    people = pd.concat([pd.DataFrame(f.to_dict("list")) for f in files], ignore_index=True)
    dimensions = dict(zip(codebook()["code"], codebook()["dimension"], strict=True))
    wholes = {c: _dimensions(codes) for c, codes in books.items()}
    units = evidence.sentences[evidence.sentences["source"].isin(people["source"])]
    own = people[~people["code"].isin(dimensions)]
    machine = compare.machine(evidence.mentions)
    codings = pd.concat([machine[machine["source"].isin(units["source"])], people.drop(own.index)], ignore_index=True)
    quote = quoted(evidence, raws)
    apart = pd.concat([compare.disagreements(c, units, books) for c in (codings, own)], ignore_index=True)
    codes = [compare.agreement(codings, units, None, books)]
    codes += [compare.agreement(people, units, sorted(set(own["code"])), books)]
    whole = set(people.merge(units[["source", "start", "end"]])["code"])
    wide = compare.agreement(compare.by_dimension(codings, dimensions), units, None, wholes)
    words = ("before", "sentence", "after")
    return {
        "codes": _unspanned(pd.concat([t for t in codes if len(t)], ignore_index=True), whole),
        "against": compare.against(codings, units, "machine", books),
        "dimensions": _unspanned(wide, {dimensions.get(c) for c in whole}),
        "disagreements": apart.assign(**{c: apart[c].map(quote) for c in words}, pointer=apart["sentence"]),
    }


def _dimensions(codes):
    """The dimensions of which all codes are among some."""
    held = codebook().assign(held=lambda rows: rows["code"].isin(codes)).groupby("dimension")["held"].all()
    return set(held.index[held])


def _unspanned(frame, codes):
    """A table of agreement without that by span for some codes."""
    return frame.assign(alpha_span=frame["alpha_span"].mask(frame["code"].isin(codes)))


def at_hand(evidence, texts):
    """{source: raw text} of the texts in a folder that are the register's own."""
    here = replace(evidence, texts=Path(texts))
    lengths = zip(evidence.sources["id"], evidence.sources["characters"], strict=True)
    found = {s: here.quote(s, 0, int(n)) for s, n in lengths}
    return {s: raw for s, raw in found.items() if raw is not None}


def quoted(evidence, raws):
    """A function from a sentence's id to its raw words: nothing where the text is not at hand."""
    words = {r.id: raws.get(r.source, "")[int(r.start) : int(r.end)] for r in evidence.sentences.itertuples()}
    return lambda sentence: words.get(sentence, "")


def codebook():
    """The codes: code, dimension, label, dimension_label, definition, include, exclude."""
    lexicon = Lexicon()
    dimensions = {d["dimension"]: d["zh"] for d in lexicon.codes("dimensions", "dimension", "zh")}
    told = ("definition", "include", "exclude")
    rows = pd.DataFrame(lexicon.codes("practices", "practice", "dimension", "zh", *told))
    rows["dimension_label"] = rows["dimension"].map(dimensions)
    columns = ["code", "dimension", "label", "dimension_label", *told]
    return rows.rename(columns={"practice": "code", "zh": "label"})[columns]


def title(evidence, source):
    """How a source is named to coders: its id, place and title."""
    row = evidence.sources[evidence.sources["id"] == source].iloc[0]
    return " ".join(x for x in (source, row["place_zh"], row["title"]) if x)


def sentences(evidence, raws, codings):
    """The rows of the coding sheet."""
    placed = compare.placed(codings, evidence.sentences)
    held = {sentence: " ".join(sorted(set(g["code"]))) for sentence, g in placed.groupby("sentence")}
    places = dict(zip(evidence.sources["id"], evidence.sources["place"], strict=True))
    rows = evidence.sentences[evidence.sentences["source"].isin(raws)]
    added = {"place": rows["source"].map(places), "text": rows["id"].map(quoted(evidence, raws))}
    added |= {"codes": "", "note": "", "machine": [held.get(s, "") for s in rows["id"]]}
    return rows.rename(columns={"id": "sentence"}).assign(**added)[list(sheet.SHEET)]


def read(path, raws):
    """The codings of one coder's file: coder, source, start, end, code; `attrs["book"]`: the codes of a project that
    has not all of ours. BadInput names each row that can't be used."""
    readers = {".qdpx": qdpx_read.read, ".xlsx": sheet.read}
    if path.suffix.lower() not in readers:
        raise BadInput(f"{path}: can't be read as codings; expected .xlsx or .qdpx")
    mapping = known(path.parent / MAPPING)
    rows = readers[path.suffix.lower()](path, raws, mapping)
    if not rows:
        raise BadInput(f"{path}: no sentence has a code; expected codes in it")
    ours = set(codebook()["code"])
    if own := sorted({r["code"] for r in rows} - ours):
        told = f"codes of its own, compared between people only (a row in {path.parent / MAPPING} maps one to ours)"
        print(f"{path}: {told}: {', '.join(own)}", file=sys.stderr)
    name = kept.coder(path)
    coders = [f"{name}: {user}" if (user := row.get("user")) else name for row in rows]
    found = pd.DataFrame(rows).assign(coder=coders)[compare.CODINGS]
    book = qdpx_read.codes(path, mapping) if readers[path.suffix.lower()] is qdpx_read.read else ours
    found.attrs |= {"book": sorted(book)} if ours - book else {}
    return found


def known(mapping):
    """{code as people may write it: code of ours}: the codes, their Chinese labels, and the rows name,code of a table
    beside the coder's file, where there is one; a name with an empty code is left out."""
    codes = codebook()
    found = dict(zip(codes["label"], codes["code"], strict=True)) | {c: c for c in codes["code"]}
    for row in table(mapping, ("name", "code")) if mapping.exists() else ():
        if row["code"] not in {"", *codes["code"]}:
            raise BadInput(f"{mapping}:{row['line']}: unknown code {row['code']!r}; expected one of ours or nothing")
        found[row["name"]] = row["code"]
    return found
