"""The governance model as a text states it: roles, links, loops, formulas."""
