"""The message catalogues: what the report says in another language, found by the English words
(locale/LANGUAGE/LC_MESSAGES/*.po)."""

from functools import cache

from babel.messages import pofile

from lib import paths

FOLDER = paths.ROOT / "locale"


def message(text: str) -> str:
    """The text itself; marks it as one to be translated where it is shown."""
    return text


def translated(text: str, language: str) -> str:
    """The text in a language; as it is where the catalogues have no current translation."""
    return catalogue(language).get(plain(text)) or text


def plain(text: str) -> str:
    """The text as the catalogues know it: on one line."""
    return " ".join(text.split())


@cache
def catalogue(language: str) -> dict:
    """{English: translation} of all catalogues of a language, without those that are missing or outdated (fuzzy)."""
    found = {}
    for path in sorted((FOLDER / language / "LC_MESSAGES").glob("*.po")):
        found.update({m.id: m.string for m in read(path, language) if m.id and m.string and not m.fuzzy})
    return found


def read(path, language):
    """One catalogue."""
    with open(path, "rb") as file:
        return pofile.read_po(file, locale=language, domain=path.stem)
