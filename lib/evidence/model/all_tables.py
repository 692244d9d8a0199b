"""The governance model as a text states it: roles, loops, formulas, links, statements."""

from lib.evidence.model.formulas import formulas
from lib.evidence.model.links import links
from lib.evidence.model.loops import loops
from lib.evidence.model.roles import roles
from lib.evidence.model.statements import statements

TABLES = ("roles", "loops", "formulas", "links", "statements")


def find(document, lexicon, actors):
    """Rows of each of the five tables, as {table: rows}; `actors` are those of the document."""
    joined = links(document, actors)
    return {
        "roles": roles(document, actors, joined),
        "loops": loops(document),
        "formulas": formulas(document, lexicon),
        "links": joined,
        "statements": statements(document, lexicon),
    }
