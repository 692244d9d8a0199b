"""The rules of outcome claims as regular expressions, compiled once from the tables of the lexicon."""

import re
from dataclasses import dataclass
from functools import cache

from lib.lexicon import BadInput

MARK = "\ufdd0"  # a noncharacter: stands for each character of a quantity
QUANTITY = f"{MARK}+"
LIST = f"{QUANTITY}(?:(?:[、和及与/]|以及){QUANTITY})*"
STOP = "，,；;。:：!！?？…（）()\n"
WITHIN = f"[^{STOP}]"
AGAINST = "|".join(
    (
        rf"(?<![同环])比(?!降|升){WITHIN}{{2,12}}?",
        rf"较(?![大重为多少高低好快强]){WITHIN}{{2,12}}?",
        rf"与{WITHIN}{{2,12}}?相比",
        "同期相比",
        r"同比\d{4}年(?:同期)?",
        rf"连续(?:{QUANTITY}|[一二两三四五六七八九十\d]+年)",
    )
)
REACHED = (
    "(?:了|到|达到?|至|为|约|近|超过?|逾|突破|成|至少|保持在?|稳定在|维持在|高于|高达|均|都|分别|也|已|就|仅|"
    "在|是|目前的?|现在的|今年的|日均|平均|每[年月日天])*"
)
PHRASES = {
    "opening": r"^.*(?:实现|使得?(?!用)|助推|带动|让|^即|截至目前|其中|今年以来|近年来|去年|今年|"
    r"全[市区县省州国]|辖区|我[市区县省])",
    "tally": r"[“\"‘]?(?:(?:[一二两双三四五六七八九十]|\d)个?(?:下降|降|上升|升|提升)[、,]?){1,2}[”\"’]?",
    "handled": rf"{WITHIN}{{0,6}}?(?:处置|化解|破获|办结|调解|抓获){WITHIN}{{0,14}}占{WITHIN}{{0,12}}?"
    rf"(?P<values>{QUANTITY})",
    "few": rf"(?P<metric>{WITHIN}*?)(?:仅有?|只有?)(?:发生?|发案|立案|接报)?了?(?P<values>{QUANTITY})",
    "fewest": rf"(?:仅|只)(?:发生|接报|发案|立案)了?(?P<metric>{WITHIN}{{2,14}}?)(?P<values>{QUANTITY})",
    "settled": rf"(?P<values>{QUANTITY})的?(?P<deed>化解|调处|调解|办结|破获|侦破|告破|整改|返还)(?!率|成功率)",
    "score": r"(?:安全感|满意[度率]|幸福感|获得感|指数|得分|评分)[^，,]{0,6}$",
    "unzero": "(?:确保|防止|避免|力争不|如果|若)$",
    "zero_verbs": "^(?:力争|确保|实现|保持|达到|达成|连续|持续)+",
    "others": r"全[国省市]共?有|[省市]共?有|以创建",
    "degree": "[^同环比分别均都]",
    "pushed": "(?:不断|持续|有力|大力|进一步)?(?:推动|促进|助推|推进|坚持|实现)",
    "solved": "[破抓查侦诉捕]|线索|劝阻|挽回|追回|返还|化解|调解|办结|打击|打处|打掉|拘",
}


@dataclass(frozen=True)
class Rules:
    """Compiled patterns: of metrics, of changes, counts, zeros, awards and outcomes, and of the words beside them."""

    metric: re.Pattern  # a noun that a result is measured by
    rate: re.Pattern  # one that is itself a rate or a perception, at the end of the words
    problem: re.Pattern  # one that is better when lower
    spent: re.Pattern  # one that is an input: its change is no result
    direction: dict  # word -> up | down, of words that say a change
    relief: dict  # word -> up | down | level, of words that say a problem was eased
    changed: re.Pattern
    moved: re.Pattern  # from one value to another
    reached: re.Pattern  # stands at a value
    worded: re.Pattern  # changed without a value
    improved: re.Pattern  # the word of change stands before its metric
    relieved: re.Pattern
    adverbs: re.Pattern  # those that may stand at the end of a metric
    counted: re.Pattern
    objects: dict  # verb -> pattern that its object must match
    zeros: tuple  # (pattern, metric)
    outcomes: tuple  # (pattern, direction, metric)
    awards: tuple  # (pattern, kind, measured_by)
    opening: re.Pattern  # what stands before a metric
    tally: re.Pattern  # "two fell, two rose"
    handled: re.Pattern  # a share that was handled
    unzero: re.Pattern  # what makes a zero a wish
    zero_verbs: re.Pattern
    others: re.Pattern  # an award that others hold
    degree: re.Pattern  # an adverb that says more than against what
    pushed: re.Pattern  # a change that is only pushed for
    solved: re.Pattern  # counts of crime that are better when higher
    few: re.Pattern  # only so many happened
    fewest: re.Pattern  # the same, its verb first
    settled: re.Pattern  # a share that was settled: "100 % settled"
    score: re.Pattern  # what is scored without a unit


def either(words):
    """A regular expression for one of these, the longest first."""
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


@cache
def rules(lexicon):
    """The `Rules` of a lexicon."""
    kinds = [(r["pattern"], r["kind"]) for r in lexicon.rows("metrics", "pattern", "kind")]
    phrases = {name: re.compile(pattern) for name, pattern in PHRASES.items()}
    return Rules(**_nouns(kinds), **_changes(lexicon), **_counts(lexicon), **_tables(lexicon), **phrases)


def _nouns(kinds):
    def of(*names):
        return either(p for p, k in kinds if k in names)

    known = {k for _, k in kinds} - {"input"}
    return {
        "metric": re.compile(of(*known)),
        "rate": re.compile(f"{of('rate', 'perception')}{WITHIN}{{0,5}}$"),
        "problem": re.compile(of("crime", "incident", "dispute", "time")),
        "spent": re.compile(of("input")),
    }


def _changes(lexicon):
    rows = lexicon.rows("directions", "word", "direction", "form")
    forms = {f: {r["word"]: r["direction"] for r in rows if r["form"] == f} for f in ("change", "improve", "relief")}
    degrees = lexicon.rows("directions_adverbs", "word", "strength")
    strong = either(r["word"] for r in degrees if r["strength"] == "strong")
    adverb = f"(?:{either(r['word'] for r in degrees)}|{AGAINST})"
    change, relief, improve = (either(forms[f]) for f in ("change", "relief", "improve"))
    before, noun = rf"(?P<metric>{WITHIN}*?)(?P<adverb>{adverb}*)", rf"(?P<metric>{WITHIN}{{2,60}})$"
    eased = rf"(?P<metric>{WITHIN}*(?:{'|'.join(r['word'] for r in rows if r['form'] == 'problem')}){WITHIN}*)$"
    patterns = {
        "changed": rf"{before}(?P<change>{change}){REACHED}(?P<values>{LIST})",
        "moved": rf"(?P<metric>{WITHIN}*?)(?:由|从){WITHIN}{{0,12}}?{QUANTITY}{WITHIN}{{0,6}}?(?P<change>{change})"
        rf"{REACHED}(?P<values>{QUANTITY})",
        "reached": rf"(?P<metric>{WITHIN}*?){adverb}*{REACHED}(?P<values>{LIST})",
        "worded": rf"{before}(?P<change>{change})(?P<done>了)?(?=$|[、和”\"]|态势|趋势)",
        "improved": rf"(?P<adverb>{strong}*)(?P<change>{improve})(?P<done>了)?{noun}",
        "relieved": rf"(?P<adverb>{strong}*)(?P<change>{relief})(?:和{relief})?(?P<done>了)?{eased}",
        "adverbs": rf"(?:{adverb}|[“”\"、和及与的])+$",
    }
    compiled = {name: re.compile(pattern) for name, pattern in patterns.items()}
    return compiled | {"direction": forms["change"] | forms["improve"], "relief": forms["relief"]}


def _counts(lexicon):
    rows = lexicon.rows("directions_counts", "verb", "object")
    verb = either(r["verb"] for r in rows if len(r["verb"]) > 1)
    alone = either(r["verb"] for r in rows if len(r["verb"]) == 1)
    verb = rf"(?:{verb}|(?<![突打爆攻查侦告识])(?:{alone}))"
    plain = (
        rf"(?P<verb>{verb})(?:了)?(?![率数量力])(?P<object>{WITHIN}{{0,30}}?)(?P<values>{QUANTITY})"
        rf"(?P<after>(?![率%]){WITHIN}{{0,14}})"
    )
    turned = (
        rf"(?P<active>将)?(?P<values2>{QUANTITY})(?P<object2>{WITHIN}{{0,14}}?)"
        rf"(?(active)|被{WITHIN}{{0,6}}?)(?P<verb2>{verb})(?:归案)?"
    )
    return {"objects": {r["verb"]: re.compile(r["object"]) for r in rows}, "counted": re.compile(f"{plain}|{turned}")}


@cache
def compiled(lexicon, name, *columns):
    """(pattern, other cells ...) of each row of a table; `~` in a pattern stands for any character but a stop."""
    return tuple(
        (_pattern(lexicon, name, r, columns[0]), *(r[c] for c in columns[1:])) for r in lexicon.rows(name, *columns)
    )


def _pattern(lexicon, name, row, column):
    try:
        return re.compile(row[column].replace("~", WITHIN))
    except re.error as e:
        raise BadInput(f"{lexicon.folder / name}.csv:{row['line']}: {e}; expected a regular expression") from None


def _tables(lexicon):
    return {
        "zeros": compiled(lexicon, "directions_zero", "pattern", "metric"),
        "outcomes": compiled(lexicon, "directions_outcomes", "pattern", "direction", "metric"),
        "awards": compiled(lexicon, "awards", "pattern", "kind", "measured_by"),
    }
