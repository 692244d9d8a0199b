"""The appendix "Evidence": every cited row once, by source and sentence, and the sets of rows behind one number."""

from itertools import groupby

from lib.report.show import registry, style


def build(evidence):
    """{sources, sets}; `evidence` as chapters.evidence gives it.

    A source has its id, its details `about` and sentences; a sentence its text and its rows; a row its anchor, number,
    table, start, end, surface, rule and `at`, where it begins in its sentence. A set has its anchor, number, count, and
    `ranges`: (first row, last row) in turn.
    """
    rows = _numbered(evidence)
    by_id = {row["id"]: row for row in rows}
    sets = [(name, s) for name, s in evidence["sets"].items() if name.startswith("set-") and not _alone(name, s)]
    told = [
        {"anchor": name, "number": n, "count": s["count"], "left": s["count"] - len(s["ids"])}
        | {"ranges": _ranges([by_id[i] for i in s["ids"]])}
        for n, (name, s) in enumerate(sets, 1)
    ]
    sources = [_source(id, list(group), evidence) for id, group in groupby(rows, lambda r: r["source"])]
    return {"sources": sources, "sets": told}


def _alone(name, group):
    return len(group["ids"]) == 1 and registry.anchor(tuple(group["ids"])) == name


def _numbered(evidence):
    rank = style.order(source.get("place_id", "") for source in evidence["sources"].values())

    def position(item):
        id, row = item
        place = evidence["sources"][row["source"]].get("place_id", "")
        within = _begins(row, evidence, -1)
        return rank.index(place), row["source"], within, row.get("start", -1), row.get("end", -1), id

    numbered = []
    for n, (id, row) in enumerate(sorted(evidence["rows"].items(), key=position), 1):
        at = row.get("start", 0)
        told = {"id": id, "anchor": registry.anchor((id,)), "number": n, "at": at - _begins(row, evidence, at)}
        numbered.append({"what": "", **row, **told})
    return numbered


def _begins(row, evidence, other):
    """Where the sentence of a row begins in its source."""
    return evidence["sentences"].get(row.get("sentence"), {}).get("start", other)


def _source(id, rows, evidence):
    sentences = groupby(rows, lambda row: row.get("sentence", ""))
    known = evidence["sentences"]
    told = [{"text": known.get(sentence, {}).get("text", ""), "rows": list(group)} for sentence, group in sentences]
    return {"id": id, "about": evidence["sources"][id], "sentences": told}


def _ranges(rows):
    """(first, last) of each run of rows that stand beside each other in the appendix."""
    rows = sorted(rows, key=lambda row: row["number"])
    runs = groupby(enumerate(rows), lambda pair: pair[1]["number"] - pair[0])
    spans = [[row for _, row in run] for _, run in runs]
    return [(span[0], span[-1]) for span in spans]
