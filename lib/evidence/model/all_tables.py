"""The governance model as a text states it: roles, loops, formulas, links, statements."""

from lib import rules
from lib.evidence.mentions import context
from lib.evidence.model.formulas import formulas
from lib.evidence.model.links import links
from lib.evidence.model.loops import loops
from lib.evidence.model.roles import roles
from lib.evidence.model.statements import statements


def find(document, lexicon, actors):
    """Rows of each of the five tables, as {table: rows}; `actors` are those of the document."""
    joined = standing(document, links(document, actors))
    return {
        "roles": standing(document, roles(document, actors, joined)),
        "loops": standing(document, loops(document)),
        "formulas": formulas(document),
        "links": joined,
        "statements": standing(document, statements(document, lexicon)),
    }


def standing(document, rows) -> list[dict]:
    """The rows with `status`, their own or that of their words: so, of one case, or meant to be.

    What a section on the background says is left out, but for its heading.
    """
    told = [(row, _status(document, row)) for row in rows]
    return [{**row, "status": row.get("status") or said} for row, said in told if said != "none"]


def _status(document, row):
    said, _ = rules.status(document, row["start"], row["end"])
    sentence = document.sentences[document.sentence_at(row["start"])]
    if said == "none" and context.heading(document, sentence):
        return "done"
    return "done" if said in ("", "ongoing", "past") else said
