"""The rules of outcome claims as regular expressions, compiled once from the tables of the lexicon."""
import re
from dataclasses import dataclass
from functools import cache

MARK = "\ufdd0"
QUANTITY = f"{MARK}+"
LIST = f"{QUANTITY}(?:(?:[、和及与/]|以及){QUANTITY})*"
STOP = "，,；;。:：!！?？…（）()\n\ufdd1"
WITHIN = f"[^{STOP}]"
AGAINST = rf"比(?!降|升){WITHIN}{{2,8}}?|较{WITHIN}{{2,10}}?|与{WITHIN}{{2,10}}?相比|同期相比|连续(?:{QUANTITY}|[一二两三四五六七八九十\d]+年)"
REACHED = ("(?:了|到|达到?|至|为|约|近|超过?|逾|突破|成|至少|保持在?|稳定在|维持在|高于|高达|均|都|分别|也|已|就|仅|在|是|"
           "目前|目前的|现在的|今年的|日均|平均|每[年月日天])*")


@dataclass(frozen=True)
class Rules:
    """Compiled patterns: of metrics, of changes, counts, zeros, awards and outcomes, and of the words beside them."""

    metric: re.Pattern          # a noun that a result is measured by
    rate: re.Pattern            # one that is itself a rate or a perception, at the end of the words
    problem: re.Pattern         # one that is better when lower
    spent: re.Pattern           # one that is an input: its change is no result
    direction: dict             # word -> up | down, of words that say a change
    relief: dict                # word -> up | down | level, of words that say a problem was eased
    changed: re.Pattern
    moved: re.Pattern           # from one value to another
    reached: re.Pattern         # stands at a value
    worded: re.Pattern          # changed without a value
    improved: re.Pattern        # the word of change stands before its metric
    relieved: re.Pattern
    tally: re.Pattern           # "two fell, two rose"
    counted: re.Pattern
    objects: dict               # verb -> pattern that its object must match
    zeros: tuple                # (pattern, metric)
    outcomes: tuple             # (pattern, direction, metric)
    awards: tuple               # (pattern, kind, measured_by)
    adverbs: re.Pattern         # those that may stand at the end of a metric
    planned: re.Pattern


def either(words):
    """A regular expression for one of these, the longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


@cache
def rules(lexicon):
    """The `Rules` of a lexicon."""
    kinds = [(r["pattern"], r["kind"]) for r in lexicon.rows("metrics", "pattern", "kind")]
    nouns = either(p for p, k in kinds if k != "input")
    return Rules(**_nouns(kinds, nouns), **_changes(lexicon, nouns), **_counts(lexicon), **_tables(lexicon))


def _nouns(kinds, nouns):
    def of(*names):
        return either(p for p, k in kinds if k in names)
    return {"metric": re.compile(nouns), "rate": re.compile(f"{of('rate', 'perception')}{WITHIN}{{0,5}}$"),
            "problem": re.compile(of("crime", "incident", "dispute", "time")), "spent": re.compile(of("input"))}


def _changes(lexicon, nouns):
    rows = lexicon.rows("directions", "word", "direction", "form")
    forms = {f: {r["word"]: r["direction"] for r in rows if r["form"] == f} for f in ("change", "improve", "relief")}
    degrees = lexicon.rows("directions_adverbs", "word", "strength")
    strong = either(r["word"] for r in degrees if r["strength"] == "strong")
    adverb = f"(?:{either(r['word'] for r in degrees)}|{AGAINST})"
    change, relief = either(forms["change"]), either(forms["relief"])
    before = rf"(?P<metric>{WITHIN}*?)(?P<adverb>{adverb}*)"
    return {
        "direction": forms["change"] | forms["improve"], "relief": forms["relief"],
        "changed": re.compile(rf"{before}(?P<change>{change}){REACHED}(?P<values>{LIST})"),
        "moved": re.compile(rf"(?P<metric>{WITHIN}*?)(?:由|从){WITHIN}{{0,12}}?{QUANTITY}{WITHIN}{{0,6}}?"
                            rf"(?P<change>{change}){REACHED}(?P<values>{QUANTITY})"),
        "reached": re.compile(rf"(?P<metric>{WITHIN}*?){adverb}*{REACHED}(?P<values>{LIST})"),
        "worded": re.compile(rf"{before}(?P<change>{change})(?P<done>了)?(?=$|[、和，,的”\"]|态势|趋势)"),
        "improved": re.compile(rf"(?P<adverb>{strong}*)(?P<change>{either(forms['improve'])})(?P<done>了)?"
                               rf"(?P<metric>{WITHIN}{{2,60}})$"),
        "relieved": re.compile(rf"(?P<adverb>{strong}*)(?P<change>{relief})(?:和{relief})?(?P<done>了)?"
                               rf"(?P<metric>{WITHIN}{{2,60}})$"),
        "tally": re.compile(r"[“\"‘]?(?:(?:[一二两双三四五六七八九十]|\d)个?(?:下降|降|上升|升|提升)[、,]?){1,2}[”\"’]?"),
        "adverbs": re.compile(rf"(?:{adverb}|[“”\"、和及与的])+$"),
    }


def _counts(lexicon):
    rows = lexicon.rows("directions_counts", "verb", "object")
    verb = either(r["verb"] for r in rows)
    return {"objects": {r["verb"]: re.compile(r["object"]) for r in rows},
            "counted": re.compile(rf"(?P<verb>{verb})(?:了)?(?![率数量力])(?P<object>{WITHIN}{{0,24}}?)"
                                  rf"(?P<values>{QUANTITY})(?P<after>(?![率%]){WITHIN}{{0,14}})"
                                  rf"|将(?P<values2>{QUANTITY})(?P<object2>{WITHIN}{{0,14}}?)(?P<verb2>{verb})(?:归案)?")}


def _tables(lexicon):
    def compiled(name, *columns):
        return tuple((re.compile(r[columns[0]]), *(r[c] for c in columns[1:])) for r in lexicon.rows(name, *columns))
    return {"zeros": compiled("directions_zero", "pattern", "metric"),
            "outcomes": compiled("directions_outcomes", "pattern", "direction", "metric"),
            "awards": compiled("awards", "pattern", "kind", "measured_by"),
            "planned": re.compile(either(r["word"] for r in lexicon.rows("directions_planned", "word")))}
