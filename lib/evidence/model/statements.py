"""What a text says of the elements of its model in words that no other table holds: who started it, who is on call …"""

import re
from functools import cache

from lib.evidence.model.status import standing
from lib.lexicon import BadInput

COLUMNS = ("id", "element", "facet", "pattern", "refuses", "zh", "en", "example")
LONGEST = 40  # characters of a value: a statement is a few words


def statements(document, lexicon):
    """One row a place where a row of codebook/element_cues.csv matches: element, facet, value (its words in short),
    x and y (what the rule caught), rule, status, start, end. Of two rows of a facet that overlap the first counts."""
    rows = [
        _row(document, sentence, match, rule)
        for rule in rules(lexicon)
        for sentence in document.sentences
        for match in rule["pattern"].finditer(document.words(sentence))
        if not (rule["refuses"] and rule["refuses"].search(match[0]))
    ]
    return standing(document, _apart([r for r in rows if len(r["value"]) <= LONGEST]), lexicon)


def _row(document, sentence, match, rule):
    words = {name: trimmed(match.groupdict().get(name) or "") for name in "xy"}
    start, end = sentence.start + match.start(), sentence.start + match.end()
    return {
        **{key: rule[key] for key in ("element", "facet")},
        "value": rule["zh"].format(**words),
        **words,
        "rule": rule["id"],
        "start": start,
        "end": end,
    }


def trimmed(words):
    """Words without the marks around them: “每周通报 as 每周通报; a mark that has its other half stays."""
    words = words.strip("、,， 的了")
    for left, right in ("“”", "‘’", "（）", "()"):
        if words.count(left) != words.count(right):
            words = words.replace(left, "").replace(right, "")
    return words


def _apart(rows):
    """The rows of which no earlier one of the same element and facet covers a part."""
    kept = []
    for row in rows:
        alike = (k for k in kept if (k["element"], k["facet"]) == (row["element"], row["facet"]))
        if not any(k["start"] < row["end"] and row["start"] < k["end"] for k in alike):
            kept.append(row)
    return kept


@cache
def rules(lexicon):
    """The rows of codebook/element_cues.csv with their patterns compiled, {class} written out."""
    classes = _classes(lexicon)
    found = [
        {**row, **{c: _compiled(lexicon, row, c, classes) for c in ("pattern", "refuses")}}
        for row in lexicon.codes("element_cues", *COLUMNS)
    ]
    return tuple(found)


def _classes(lexicon):
    found = {}
    for row in lexicon.codes("classes", "name", "pattern"):
        words = _written(row["pattern"], found)
        found[row["name"]] = f"{found[row['name']]}|{words}" if row["name"] in found else words
    return found


def _written(pattern, classes):
    return re.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{classes.get(m[1], m[0])})", pattern)


def _compiled(lexicon, row, column, classes):
    try:
        pattern = re.compile(_written(row[column], classes)) if row[column] else None
    except re.error as e:
        wrong = f"{column} {row[column]!r}: {e}; expected a regular expression"
        raise BadInput(f"{lexicon.codebook / 'element_cues.csv'}:{row['line']}: {wrong}") from None
    if pattern and pattern.match(""):
        wrong = f"{column} matches the empty string; expected at least one character"
        raise BadInput(f"{lexicon.codebook / 'element_cues.csv'}:{row['line']}: {wrong}")
    return pattern
