"""Word classes that rules name: {classifier}, {numeral}, {person} and the codebook's own."""

import re
from functools import cache

from lib.lexicon import BadInput, Lexicon
from lib.reading import numerals

NAME = re.compile(r"\{([a-z_]+)\}")
COUNTED = ("count", "kind", "place")


@cache
def patterns(lexicon: Lexicon) -> dict[str, str]:
    """{class: regular expression}; a unit or a title that is added to its table is in its class everywhere."""
    found = of_tables(lexicon)
    for row in lexicon.codes("classes", "name", "pattern"):
        pattern = expand(row["pattern"], found, lexicon.codebook / "classes.csv", row["line"])
        found[row["name"]] = f"{found[row['name']]}|{pattern}" if row["name"] in found else pattern
    return found


def of_tables(lexicon: Lexicon) -> dict[str, str]:
    """The classes that the tables of units and titles make, and the numerals."""
    units = [r for r in lexicon.rows("units", "unit", "kind", "single", "not_before") if r["kind"] in COUNTED]
    titles = [r["title"] for r in lexicon.rows("titles", "title", "side", "note")]
    return {
        "classifier": f"(?:{_either(r['unit'] for r in units)})",
        "numeral": numerals.NUMERAL,
        "title": f"(?:{_either(titles)})",
    }


def expand(words: str, classes: dict[str, str], path, line) -> str:
    """The words with each {class} written out; BadInput (file:line) names a class that nobody has defined."""
    for name in NAME.findall(words):
        if name not in classes:
            known = ", ".join(sorted(classes))
            raise BadInput(f"{path}:{line}: unknown class {{{name}}}; expected one of {known}")
    return NAME.sub(lambda m: f"(?:{classes[m[1]]})", words)


def _either(words):
    return "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))
