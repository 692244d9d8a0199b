"""Whether what a row of the governance model says is so, is told of one case, or is only meant to be."""

from lib import rules
from lib.evidence import context


def standing(document, rows, lexicon):
    """The rows with `status`; what a section on the background says is left out, but for its heading."""
    kept = [(row, *_status(document, row)) for row in rows]
    return [{**row, "status": said, "rule": row.get("rule") or rule} for row, said, rule in kept if said != "none"]


def _status(document, row):
    said, rule = rules.status(document, row["start"], row["end"])
    sentence = document.sentences[document.sentence_at(row["start"])]
    if said == "none" and context.heading(document, sentence):
        return "done", rule
    return ("done" if said in ("", "ongoing", "past") else said), rule
