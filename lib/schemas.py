"""What every table of the dataset is: its columns, their types, what they mean, what they may hold."""

from dataclasses import dataclass
from functools import cache

from lib import paths
from lib.lexicon import table


@dataclass(frozen=True)
class Column:
    """A column: `kind` is string, integer, number or boolean; `values` are the only ones allowed, if any are named."""

    name: str
    kind: str
    about: str
    values: tuple = ()


def _columns(*rows):
    return tuple(Column(name, kind, about, tuple(values)) for name, kind, about, *values in rows)


BOUNDS = ("exact", "at_least", "nearly", "at_most", "about")
RELATIONS = ("level", "share", "increase", "decrease", "point_change")
STATUSES = ("done", "ongoing", "planned", "norm", "case", "absent")
INITIATIVES = ("platform", "code", "station", "team", "mechanism", "programme", "model", "centre")
ACTORS = {r["kind"]: r for r in table(paths.LEXICON / "actor_kinds.csv", ("kind", "side", "builds", "colour"))}
ROLES = ("leads", "heads", "hosts", "joins", "supports", "supervises", "served")
STAGES = tuple("sense collect verify analyse warn order act mediate feedback supervise archive other".split())
DIRECTIONS = ("up", "down", "level", "zero", "award")
RESULTS = (
    *("crime", "accident", "dispute", "perception", "time", "capability", "order", "solved", "settled", "averted"),
    *("honour", "rank", "rollout", "praise"),
)
MEASURERS = ("police", "government", "survey", "third_party", "unstated")
ORIGINS = ("national", "provincial", "local", "unknown")
SHORT = 400  # characters: below about ten sentences a word or a practice more or less decides every measure
ACTIONS = ("cut", "joined", "repaired", "flagged", "converted")

POINTER = _columns(
    ("id", "string", "stable name of the row: its source, a letter for the table, its span"),
    ("source", "string", "the text, as in sources.csv"),
    ("sentence", "string", "the sentence, as in sentences.csv"),
    ("start", "integer", "first character in the raw text, counted from 0"),
    ("end", "integer", "the character after the last"),
    ("surface", "string", "the characters of the raw text between start and end"),
)
DAMAGED = _columns(("damaged", "boolean", "the span touches a place that the source has garbled"))
RULE = _columns(
    ("rule", "string", "the rules that decided, a blank between, as in lexicon/rules or named for a path of the code")
)
WHERE = _columns(
    (
        "place",
        "string",
        "the place that the words speak of, as written; 下级: a lower level "
        "that they don't name; empty: the text's own",
    )
)
PERIOD = _columns(
    ("period", "string", "the governing time expression, as written, in simplified script"),
    ("period_start", "string", "its first day, reckoned from the text's own date; empty where that is unknown"),
    ("period_end", "string", "its last day"),
)

TABLES = {
    "sources": _columns(
        ("id", "string", "ASCII name of the text"),
        ("file", "string", "name of its file"),
        ("place", "string", "the jurisdiction, as in places.csv; unknown where it was not found"),
        ("place_zh", "string", "its Chinese name"),
        ("title", "string", "title as registered"),
        ("publisher", "string", "who published it"),
        ("republished_by", "string", "where this copy stood"),
        ("published", "string", "date, as exact as it is known"),
        ("date_precision", "string", "day, month, year or empty"),
        ("date_basis", "string", "how the date is known"),
        ("genre", "string", "kind of text"),
        ("issuer", "string", "whose voice it is"),
        ("address", "string", "where it stood"),
        ("sha256", "string", "hash of the file"),
        ("text_sha256", "string", "hash of the raw text in UTF-8: a quotation is shown only from this text"),
        ("encoding", "string", "encoding of the file"),
        ("characters", "integer", "characters of the raw text"),
        ("kept_characters", "integer", "characters left after cleaning"),
        ("subject_characters", "integer", "of these, characters of what is said on the subject"),
        ("short", "boolean", f"fewer than {SHORT} of them: the text moves no comparison of lengths and words"),
        ("found", "string", "how title, date, genre and place were found where the register has no row; else nothing"),
        ("codebook", "string", "hash of the codebook and lexicon that made this text's rows"),
    ),
    "passages": _columns(
        ("id", "string", "source and span"),
        ("source", "string", "the text"),
        ("section", "integer", "running number of the heading above, 0 before the first"),
        ("kind", "string", "title, heading, lead or body"),
        ("start", "integer", "first raw character"),
        ("end", "integer", "after the last"),
        ("characters", "integer", "characters after cleaning"),
    ),
    "sentences": _columns(
        ("id", "string", "source and span"),
        ("source", "string", "the text"),
        ("passage", "string", "the passage, as in passages.csv"),
        ("start", "integer", "first raw character"),
        ("end", "integer", "after the last"),
        ("characters", "integer", "characters after cleaning"),
        (
            "codable",
            "boolean",
            "can hold a practice: on the subject, no title, heading or background; the only ones that are coded",
        ),
        (
            "on_subject",
            "boolean",
            "counts in comparisons: the text on the whole, or the sentence, speaks of the codebook's field",
        ),
        ("damaged", "boolean", "holds characters that the source has garbled"),
    ),
    "ledger": _columns(
        ("id", "string", "source, number of the edit"),
        ("source", "string", "the text"),
        ("start", "integer", "first raw character"),
        ("end", "integer", "after the last"),
        ("action", "string", "what cleaning did", *ACTIONS),
        ("rule", "string", "by which rule"),
        ("characters", "integer", "how many characters it touched"),
    ),
    "quantities": POINTER
    + _columns(
        ("value", "number", "the number, multiplied out; the low end of a range; empty where damage hides it"),
        ("value_high", "number", "the high end of a range"),
        ("unit", "string", "unit or classifier as written, simplified, without magnitude"),
        ("unit_kind", "string", "count, share, money, time, length, area, mass, volume, energy, rate"),
        ("bound", "string", "what the value is to the true number", *BOUNDS),
        ("noun", "string", "the shortest counted noun phrase"),
        ("indicator", "string", "key of the indicator, as in lexicon/indicators.csv"),
        ("relation", "string", "a level, a share of something, or a change", *RELATIONS),
        ("basis", "string", "what a change is against: yoy, pop, from-to, year:YYYY"),
        ("base_value", "number", "the value that a from-to change starts from"),
        ("denominator", "string", "per what, as written; 其中: a part of a number before it"),
    )
    + PERIOD
    + _columns(
        (
            "status",
            "string",
            "reached, only planned, prescribed, or of a single case",
            "done",
            "planned",
            "norm",
            "case",
        )
    )
    + WHERE
    + DAMAGED
    + RULE,
    "mentions": POINTER
    + _columns(
        ("kind", "string", "what is mentioned", "practice", "initiative", "actor"),
        ("key", "string", "code of the practice, key of the initiative or of the actor"),
        ("name", "string", "its name"),
        ("type", "string", "kind of initiative or of actor"),
        ("strength", "string", "2: with a number, or a proper name and what it does; 1: named only"),
        ("status", "string", "done, ongoing, planned, norm (prescribed), case, absent", *STATUSES),
        ("origin", "string", "whose template it is", *ORIGINS),
        ("alias_of", "string", "key of the longer name that this one stands for"),
        ("gloss_start", "integer", "first raw character of the text's own words that say what a named thing does"),
        ("gloss_end", "integer", "the character after the last"),
    )
    + WHERE
    + DAMAGED
    + RULE,
    "roles": POINTER
    + _columns(
        ("actor", "string", "who, as written"),
        ("actor_kind", "string", "kind of actor", *ACTORS),
        ("role", "string", "what they do in the model", *ROLES),
        ("scope", "string", "team: in a patrol team or a chat group only; empty: in the model", "team"),
        ("formula", "string", "shared by the parts of one role formula"),
        ("status", "string", "whether it is so, a case, or only meant to be", *STATUSES),
    )
    + DAMAGED
    + RULE,
    "loops": POINTER
    + _columns(
        ("loop", "string", "shared by the stages of one loop"),
        ("order", "integer", "place in the loop, from 1"),
        ("stage_text", "string", "the stage's word"),
        ("stage", "string", "the stage", *STAGES),
        ("closes", "boolean", "the text calls the loop closed"),
        ("status", "string", "whether it is so, a case, or only meant to be", *STATUSES),
    )
    + DAMAGED
    + RULE,
    "formulas": POINTER
    + _columns(
        ("formula", "string", "shared by the parts of one formula"),
        ("name", "string", "the formula, simplified"),
        ("order", "integer", "place of the part"),
        ("count", "number", "the number that the formula gives the part"),
        ("part", "string", "what the part is"),
        ("named", "boolean", "the text says what the part is"),
        ("derived", "boolean", "the name is ours, for parallel headings or words that the text does not sum up"),
    )
    + DAMAGED
    + RULE,
    "links": POINTER
    + _columns(
        ("link", "string", "shared by the partners of one statement of joint action"),
        ("actor", "string", "a partner, as written"),
        ("actor_kind", "string", "its kind", *ACTORS),
        ("side", "string", "subject: who brings the others in", "subject", "partner"),
        ("verb", "string", "the word of joint action"),
        ("status", "string", "whether it is so, a case, or only meant to be", *STATUSES),
    )
    + DAMAGED
    + RULE,
    "statements": POINTER
    + _columns(
        ("element", "string", "the element of the model that the words speak of, as in codebook/elements.csv"),
        ("facet", "string", "which side of it"),
        ("value", "string", "what is said, in a few words of the text, simplified"),
        ("x", "string", "the words that the rule caught"),
        ("y", "string", "further words that it caught"),
        ("place", "string", "the place that it speaks of, where that is not the text's own"),
        ("status", "string", "whether it is so, a case, or only meant to be", *STATUSES),
    )
    + DAMAGED
    + RULE,
    "claims": POINTER
    + _columns(
        ("metric", "string", "what is said to have changed or been reached"),
        ("kind", "string", "what kind of result that is", *RESULTS),
        ("scope", "string", "whose result and of what, as written before the metric or the verb, simplified"),
        ("direction", "string", "which way", *DIRECTIONS),
        ("value", "number", "the number claimed"),
        ("unit", "string", "its unit"),
        ("basis", "string", "what it is against, as in quantities"),
    )
    + PERIOD
    + _columns(
        ("baseline_given", "boolean", "the text gives the value before"),
        ("running", "boolean", "the text says that it holds for several periods in a row"),
        ("measured_by", "string", "who measured", *MEASURERS),
        ("causal_wording", "string", "the words that attribute the result"),
        ("quantity", "string", "the quantity that carries the value, as in quantities.csv"),
        ("status", "string", "reached or only planned", *STATUSES),
    )
    + WHERE
    + DAMAGED
    + RULE,
    "terms": _columns(
        ("source", "string", "the text"),
        ("passage", "string", "the passage, as in passages.csv"),
        ("term", "string", "the word, simplified; names of persons, numbers and garbled runs are left out"),
        ("count", "integer", "how often it stands in the passage"),
    ),
    "cooccurrence": _columns(
        ("source", "string", "the text"),
        ("a", "string", "one practice"),
        ("b", "string", "another"),
        ("passages", "integer", "passages that hold both"),
    ),
    "shared_phrases": _columns(
        ("source_a", "string", "one text"),
        ("start_a", "integer", "first raw character"),
        ("end_a", "integer", "after the last"),
        ("source_b", "string", "another text"),
        ("start_b", "integer", "first raw character"),
        ("end_b", "integer", "after the last"),
        ("characters", "integer", "length of the run that both texts have, after cleaning"),
    ),
}
WITH_SURFACE = tuple(name for name, columns in TABLES.items() if any(c.name == "surface" for c in columns))
LETTERS = {
    "quantities": "q",
    "mentions": "m",
    "roles": "r",
    "loops": "l",
    "formulas": "f",
    "links": "k",
    "claims": "c",
    "statements": "t",
    "sentences": "s",
    "passages": "p",
    "ledger": "e",
}


def names(table):
    """The columns of a table, in order."""
    return [c.name for c in TABLES[table]]


@cache
def schema(table):
    """The pandera schema of a table as it is loaded: text is never null, numbers may be."""
    import pandera.pandas as pa

    kinds = {"string": str, "integer": "Int64", "number": float, "boolean": str}
    return pa.DataFrameSchema(
        {
            c.name: pa.Column(kinds[c.kind], _checks(pa, c), nullable=c.kind in ("number", "integer"), coerce=True)
            for c in TABLES[table]
        },
        strict=True,
        ordered=True,
    )


def _checks(pa, column):
    if column.kind == "boolean":
        return [pa.Check.isin(["true", "false"])]
    return [pa.Check.isin([*column.values, ""])] if column.values else []
