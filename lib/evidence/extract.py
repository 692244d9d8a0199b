"""From one text to the rows of every table: a pure function, the same on one machine or on many."""

from bisect import bisect_left
from collections import Counter
from hashlib import sha256

from lib import schemas
from lib.evidence import border, review
from lib.evidence.claims import claims
from lib.evidence.mentions import actors, context, initiatives, practices
from lib.evidence.mentions import trials as tries
from lib.evidence.model import all_tables as models
from lib.evidence.quantities import quantities
from lib.reading import document, words


def tables(raw, entry, lexicon, decisions=()):
    """Rows of every table for one raw text, as {table: [dict of column -> value]}, spans in raw characters."""
    return of(document(raw, entry, lexicon), lexicon, decisions)


def of(doc, lexicon, decisions=()):
    """As tables, of a document."""
    found = facts(doc, lexicon)
    rows = frame(doc)
    sentences = [row["id"] for row in rows["sentences"]]
    rows |= {name: pointed(doc, name, found[name], sentences) for name in found}
    rows["mentions"] = review.apply(rows["mentions"], decisions, doc)
    rows["claims"] = carried(rows["claims"], rows["quantities"])
    rows["terms"] = [
        {"source": doc.id, "passage": rows["passages"][t["passage"]]["id"], "term": t["term"], "count": t["count"]}
        for t in words.terms(doc, lexicon)
    ]
    rows["cooccurrence"] = cooccurrence(doc.id, rows["mentions"], rows["sentences"])
    return border.closed(rows, doc)


def facts(doc, lexicon):
    """What a document says, as {table: rows in cleaned characters}."""
    who, numbers = actors.find(doc, lexicon), border.public(quantities.find(doc, lexicon), doc)
    named = [*initiatives.find(doc, lexicon), *who]
    reached = claims.find(doc, lexicon, numbers, named)
    return {
        **models.find(doc, lexicon, who),
        "quantities": numbers,
        "mentions": border.public([*practices.find(doc, lexicon, reached), *named], doc),
        "claims": reached,
    }


def trials(doc, lexicon) -> list:
    """What became of each cue that stands in a document."""
    return tries.find(doc, lexicon, facts(doc, lexicon)["claims"])


def frame(doc):
    """The tables that say how the text is built: sources, passages, sentences, ledger."""
    text, sections = doc.text, {}
    numbers = [p.section and sections.setdefault(p.section, len(sections) + 1) or 0 for p in doc.passages]
    told = zip(doc.passages, numbers, strict=True)
    passages = name([{**_part(doc, p), "kind": p.kind, "section": number} for p, number in told], "passages")
    asides = _asides(doc)
    sentences = [
        {**_part(doc, s), "passage": passages[s.passage]["id"], "damaged": _flag(doc.damaged(s.start, s.end))}
        | {"codable": _flag(able), "on_subject": _flag(on), "aside": " ".join(asides.get(s, ()))}
        for s, able, on in zip(doc.sentences, context.codable(doc), context.on_subject(doc), strict=True)
    ]
    about = sum(s["characters"] for s in sentences if s["on_subject"] == "true")
    about = len(text) if all(context.on_subject(doc)) else about
    source = {**doc.entry, "text_sha256": sha256(doc.raw.encode("utf-8", "surrogatepass")).hexdigest()}
    source |= {"characters": len(doc.raw), "kept_characters": len(text), "subject_characters": about}
    source |= {"short": _flag(about < schemas.SHORT)}
    ledger = [{**e, "id": f"{doc.id}.e.{i}", "source": doc.id} for i, e in enumerate(doc.ledger, 1)]
    return {"sources": [source], "passages": passages, "sentences": name(sentences, "sentences"), "ledger": ledger}


def _asides(doc):
    """{sentence: raw spans of what in it speaks of another field, as 120-160}."""
    found = {}
    for start, end in context.asides(doc):
        sentence = doc.sentences[doc.sentence_at(start)]
        found.setdefault(sentence, []).append("-".join(map(str, doc.text.raw_span(start, end))))
    return found


def pointed(doc, table, rows, sentences):
    """The rows with their sentence (`sentences`: the id of each), raw span and surface; ordered as they stand."""
    out = []
    for row in sorted(rows, key=lambda r: (r["start"], r["end"])):
        start, end = doc.text.raw_span(row["start"], row["end"])
        gloss = doc.text.raw_span(*row["gloss"]) if row.get("gloss") else (None, None)
        told = {"source": doc.id, "sentence": sentences[doc.sentence_at(row["start"])], "start": start}
        told |= {"end": end, "surface": doc.raw[start:end], "damaged": _flag(doc.damaged(row["start"], row["end"]))}
        out.append({**row, **told, "gloss_start": gloss[0], "gloss_end": gloss[1]})
    return name(out, table)


def name(rows, table):
    """Gives each row its id: source, letter of the table, span; a mention's key; a number where spans repeat."""
    seen = Counter()
    for row in rows:
        key = f".{row['key']}" if row.get("key") else ""
        stem = f"{row['source']}.{schemas.LETTERS[table]}.{row['start']}-{row['end']}{key}"
        seen[stem] += 1
        row["id"] = stem if seen[stem] == 1 else f"{stem}.{seen[stem]}"
    return rows


def carried(claims, quantities):
    """Claims with the id of the quantity whose span lies in theirs and whose value they carry."""
    starts, longest = [q["start"] for q in quantities], max((q["end"] - q["start"] for q in quantities), default=0)
    for claim in claims:
        first, last = bisect_left(starts, claim["start"] - longest), bisect_left(starts, claim["end"])
        within = (q for q in quantities[first:last] if claim["start"] < q["end"])
        claim["quantity"] = next((q["id"] for q in within if q.get("value") == claim.get("value")), "")
    return claims


def cooccurrence(source, mentions, sentences):
    """How many passages hold both practices of each pair."""
    passage = {s["id"]: s["passage"] for s in sentences}
    codes = {}
    for m in mentions:
        if m["kind"] == "practice" and m["status"] != "absent":
            codes.setdefault(passage[m["sentence"]], set()).add(m["key"])
    pairs = Counter((a, b) for found in codes.values() for a in found for b in found if a < b)
    return [{"source": source, "a": a, "b": b, "passages": n} for (a, b), n in sorted(pairs.items())]


def _part(doc, part):
    """A passage or a sentence as a row: where it stands in the raw text, how long it is when cleaned."""
    start, end = doc.text.raw_span(part.start, part.end)
    return {"source": doc.id, "start": start, "end": end, "characters": part.end - part.start}


def _flag(value):
    return "true" if value else "false"


def quantities_of(raw, entry, lexicon):
    """The quantities of one raw text, as rows of quantities.csv."""
    doc = document(raw, entry, lexicon)
    sentences = [row["id"] for row in frame(doc)["sentences"]]
    return pointed(doc, "quantities", quantities.find(doc, lexicon), sentences)
