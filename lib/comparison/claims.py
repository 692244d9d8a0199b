"""What claims of results can carry: how far a reader could check them, and what stands beside them or does not.

Checkability after the Maryland scale (Sherman et al. 1998, Preventing Crime: What Works, What Doesn't, What's
Promising). It departs from that scale: it grades a statement's wording and no study; it has a level 0, where nothing
is compared; level 1 is a change on a stated basis, where the scale has a correlation at one time; level 2 needs both
values in print. A level says nothing about whether the statement is true, and a text's silence is not a finding about
the place.
"""

import numpy as np
import pandas as pd

from lib import paths
from lib.comparison import bootstrap
from lib.comparison.status import AHEAD, reached
from lib.lexicon import table

OUTPUTS = ("solved", "settled", "averted")  # kinds of results that are work done
DESIGNS = ("random", "adjusted", "control")
SPENDING = "invested|cost|budget|spent"
EMMIE = ("effect", "mechanism", "moderator", "implementation", "economic_cost")


def done(claims):
    """The claims of what was reached; targets and what a rule prescribes are left out."""
    return reached(claims)


def way(claim):
    """Which way a claim goes, as a reader is told: a problem that is solved does not go up."""
    return "relieved" if claim.direction == "up" and claim.rule.startswith("claim.relief") else claim.direction


def of_status(claims, status):
    """The claims of one status."""
    return claims[claims["status"] == status]


def honours(claims):
    """The honours, ranks and roll-outs among the claims of what was reached."""
    return done(claims)[done(claims)["direction"] == "award"]


def graded(claims):
    """The claims with `nature` (outcome, output, honour), `reason` (key), `level` (0 to 5), `why_en`, `why_zh`."""
    rows = claims.to_dict("records")
    why, reasons, natures = checkability(), [reason(row) for row in rows], [nature(row) for row in rows]
    told = {f"why_{language}": [why[r][language] for r in reasons] for language in ("en", "zh")}
    level = pd.array([int(why[r]["level"]) for r in reasons], dtype="int64")
    return claims.assign(nature=natures, reason=reasons, level=level, **told)


def checkability():
    """{reason: row of data/checkability.csv}: the level that a reason gives, said in both languages."""
    return {r["reason"]: r for r in table(paths.DATA / "checkability.csv", ("reason", "level", "en", "zh"))}


def reason(claim):
    """The key in data/checkability.csv for one claim, a mapping with direction, value, basis and baseline_given."""
    based = known(claim["basis"]) or _true(claim["baseline_given"])
    if _true(claim["running"]) and not (based and claim["direction"] in ("up", "down")):
        return "running"  # fallen for four years: each against the one before
    if claim["direction"] == "award":
        return "award"
    if claim["basis"] in DESIGNS:
        return claim["basis"]
    if _true(claim["baseline_given"]):
        return "both"
    if claim["direction"] == "zero":
        return "zero"
    if claim["direction"] == "level":
        return "count"
    if known(claim["basis"]):
        return "share"
    return "unbased" if known(claim["value"]) else "worded"


def _true(cell):
    return str(cell).lower() == "true"


def nature(claim):
    """honour: an award, a rank or a roll-out; output: work that was done (its outcome names the work); else outcome."""
    if claim["direction"] == "award":
        return "honour"
    return "output" if claim["kind"] in OUTPUTS and claim["direction"] != "zero" else "outcome"


def uncompared(results, sentences, settings):
    """How many claims are compared with nothing: one row each for result (outcomes and outputs), outcome, output, and
    change (stated as up or down): group, n, bare, share, low, high, passages, ids.

    low, high: passages drawn again, exact where all or none are bare; nan where claims stand in too few passages.
    `results`: with compared, nature, direction; `settings`: a seed and the level of the intervals.
    """
    table = results.merge(sentences[["id", "passage"]].rename(columns={"id": "sentence"}), on="sentence")
    changed = table["direction"].isin(["up", "down"])
    kept = {"result": changed | ~changed, **{n: table["nature"] == n for n in ("outcome", "output")}, "change": changed}
    rows = [(group, *_bare(table[mask], group, settings)) for group, mask in kept.items()]
    return pd.DataFrame(rows, columns="group n bare share low high passages ids".split())


def _bare(table, group, settings):
    bare, sizes = table[~table["compared"].astype(bool)], table.groupby("passage").size()
    hits = bare.groupby("passage").size().reindex(sizes.index).fillna(0).to_numpy(float)
    rng = bootstrap.generator(settings.seed, "claims", group)
    few = len(sizes) < bootstrap.LEAST
    low, high = (np.nan, np.nan) if few else bootstrap.share(hits, sizes.to_numpy(float), rng, settings.level)
    share = len(bare) / len(table) if len(table) else np.nan
    return len(table), len(bare), share, low, high, len(sizes), list(bare["id"])


def known(value):
    """Whether a cell holds something."""
    return not (value is None or value == "" or value != value)


def shares(graded, by, of="level"):
    """How often each value of `of` comes in each group of `by`: columns by, of, n, ids, total, share, low, high.

    `low` and `high`: 95% interval of Wilson for a share of this group's claims.
    """
    from scipy.stats import binomtest  # loaded where it is asked for: it takes long

    counts = graded.groupby([by, of]).agg(n=("id", "size"), ids=("id", list)).reset_index()
    counts["total"] = counts.groupby(by)["n"].transform("sum")
    ends = [binomtest(n, total).proportion_ci(method="wilson") for n, total in counts[["n", "total"]].to_numpy()]
    low, high = [e.low for e in ends], [e.high for e in ends]
    return counts.assign(share=counts["n"] / counts["total"], low=low, high=high)


def emmie(claims, mentions, quantities):
    """Which EMMIE fields a text fills for its claims (Johnson, Tilley and Bowers 2015): one row a source and field.

    Columns: source, field, n (claims that have it), total (claims), ids (of the rows that fill it, by blanks).
    effect: a value and what it is compared with; mechanism: words that attribute it; moderator: whom or where it holds
    for; implementation: a practice described in the same sentence; economic_cost: money spent in the same sentence.
    """
    described = mentions[(mentions["kind"] == "practice") & _described(mentions)]
    spent = quantities[(quantities["unit_kind"] == "money") & quantities["indicator"].str.contains(SPENDING)]
    compared = claims["basis"].map(known) | claims["baseline_given"].map(_true)
    fills = {"effect": claims["value"].map(known) & compared, "mechanism": claims["causal_wording"].map(known)}
    fills |= {"moderator": claims["place"].map(known)}
    fills |= {"implementation": claims["sentence"].isin(described["sentence"])}
    fills |= {"economic_cost": claims["sentence"].isin(spent["sentence"])}
    rows = []
    for source, group in claims.groupby("source"):
        for field, fill in fills.items():
            ids = list(group.loc[fill[group.index].astype(bool), "id"])
            rows.append((source, field, len(ids), len(group), " ".join(ids)))
    return pd.DataFrame(rows, columns=["source", "field", "n", "total", "ids"])


def safeguards(corpus):
    """The codes of the practices that bound power."""
    return list(corpus.practices.loc[corpus.practices["dimension"] == "safeguard", "practice"])


def silence(mentions, sources, practices, laws):
    """The map of silence: one row a source and safeguard.

    Columns: source, place, published, characters, practice, state (evidenced: described with strength 2 |
    named_only: the word or a plan stands there and no more | stated_absent | not_mentioned), n, ids, laws (in force at
    the text's date), later (laws not yet in force then), undated (date too coarse to tell).
    `practices`: codes of the safeguards; `laws`: rows with law, in_force (ISO day) and practice.
    """
    texts = sources.assign(source=sources["id"], characters=sources["kept_characters"])
    rows = [
        {**text, "practice": code, **stated(mentions, text["source"], code), **law(laws, code, text["published"])}
        for text in texts[["source", "place", "published", "characters"]].to_dict("records")
        for code in practices
    ]
    columns = "source place published characters practice state n ids laws later undated".split()
    return pd.DataFrame(rows, columns=columns)


def stated(mentions, source, code):
    """What one text says of one practice: state, number of codings, their ids."""
    rows = mentions[(mentions["source"] == source) & (mentions["kind"] == "practice") & (mentions["key"] == code)]
    held = rows[rows["status"] != "absent"]
    described = _described(held) & ~held["status"].isin(AHEAD)
    state = "named_only" if len(held) else "stated_absent" if len(rows) else "not_mentioned"
    state = "evidenced" if described.any() else state
    return {"state": state, "n": len(rows), "ids": " ".join(rows["id"])}


def _described(mentions):
    return mentions["strength"].astype(str).isin(["2", "2.0"])


def law(laws, code, published):
    """The laws on a practice, parted by the date of a text (YYYY, YYYY-MM or YYYY-MM-DD)."""
    parts = {"laws": [], "later": [], "undated": []}
    first, last = published + "0000-01-01"[len(published) :], published + "9999-12-31"[len(published) :]
    for row in laws[laws["practice"] == code].drop_duplicates("law").to_dict("records"):
        part = "laws" if row["in_force"] <= first else "later" if row["in_force"] > last else "undated"
        parts[part].append(row["law"])
    return {name: "、".join(found) for name, found in parts.items()}
