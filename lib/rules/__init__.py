"""The rules of the lexicon as rows, one engine for all, and the status of what is said, decided in one place."""

from lib.rules.engine import Hit, Row, hits, load, read, readings, within
from lib.rules.lists import distribute
from lib.rules.status import genre, settings, status, stories
