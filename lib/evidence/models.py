"""The governance model as a text states it: roles, loops, formulas, links."""
from lib.evidence.formulas import formulas
from lib.evidence.links import links
from lib.evidence.loops import loops
from lib.evidence.roles import roles

TABLES = ("roles", "loops", "formulas", "links")


def find(document, lexicon, actors):
    """Rows of each of the four tables, as {table: rows}; `actors` are the document's, from lib.evidence.actors."""
    return {"roles": roles(document, lexicon, actors), "loops": loops(document, lexicon),
            "formulas": formulas(document, lexicon), "links": links(document, lexicon, actors)}
