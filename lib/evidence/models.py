"""The governance model as a text states it: roles, loops, formulas, links."""
from lib.evidence import actors
from lib.evidence import links as _links
from lib.evidence import roles as _roles
from lib.evidence.formulas import formulas
from lib.evidence.loops import loops

__all__ = ["formulas", "links", "loops", "roles"]


def roles(document, lexicon):
    """Rows of `roles`; see lib.evidence.roles."""
    return _roles.roles(document, lexicon, actors.find(document, lexicon))


def links(document, lexicon):
    """Rows of `links`; see lib.evidence.links."""
    return _links.links(document, lexicon, actors.find(document, lexicon))
