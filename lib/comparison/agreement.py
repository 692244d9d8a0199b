"""How far coders agree with each other and with the machine.

Codings are tables with coder, source, start, end (raw characters) and code. Two units are used and always named:
presence (a sentence has the code or not) and span (each character of a sentence lies inside a coding of the code or
not). Both give Krippendorff's alpha for nominal data (Krippendorff 2011, Computing Krippendorff's alpha-reliability).
Alpha by span is that coefficient over characters, not the unitizing alpha, which also weighs the length of gaps.
"""

from bisect import bisect_right

import krippendorff
import numpy as np
import pandas as pd

CODINGS = ["coder", "source", "start", "end", "code"]
NAN = float("nan")


def alpha(ratings):
    """Nominal alpha of ratings (a row a coder, a column a unit; nan: not rated); nan where nothing varies."""
    ratings = np.asarray(ratings, dtype=float)
    paired = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1] if ratings.ndim == 2 else ratings
    if len(np.unique(paired[~np.isnan(paired)])) < 2:
        return NAN
    return float(krippendorff.alpha(reliability_data=ratings, level_of_measurement="nominal"))


def agreed(ratings):
    """Share of the pairs of ratings of one unit (0 or 1) that are the same."""
    known, ones = (~np.isnan(ratings)).sum(axis=0), np.nansum(ratings, axis=0)
    pairs = (known * (known - 1)).sum()
    alike = (ones * (ones - 1) + (known - ones) * (known - ones - 1)).sum()
    return float(alike / pairs) if pairs else NAN


def machine(mentions):
    """The machine's codings: practices that are not stated to be absent."""
    rows = mentions[(mentions["kind"] == "practice") & (mentions["status"] != "absent")]
    rows = rows.rename(columns={"key": "code"}).assign(coder="machine")[CODINGS].reset_index(drop=True)
    return rows.astype({"start": int, "end": int})


def by_dimension(codings, dimensions):
    """The same codings with each code's dimension as the code; `dimensions`: {code: dimension}."""
    return codings.assign(code=codings["code"].map(dimensions)).dropna(subset=["code"])


def placed(codings, sentences):
    """The codings with the id of the sentence in which each begins; those outside any sentence are left out."""
    groups = sentences.sort_values("start").groupby("source")
    spans = {source: (list(g["start"]), list(g["end"]), list(g["id"])) for source, g in groups}
    begins = zip(codings["source"], codings["start"], strict=True)
    found = [_sentence(spans.get(source, ((), (), ())), int(start)) for source, start in begins]
    return codings.assign(sentence=pd.Series(found, index=codings.index, dtype=object)).dropna(subset=["sentence"])


def _sentence(spans, start):
    starts, ends, ids = spans
    at = bisect_right(starts, start) - 1
    return ids[at] if at >= 0 and start < ends[at] else None


def read_by(codings):
    """{coder: the sources that they coded}."""
    return {coder: set(g["source"]) for coder, g in codings.groupby("coder")}


def presence(codings, sentences, code, books=()):
    """Ratings of one code: a row a coder, a column a sentence; 1, 0, or nan in texts that the coder did not read.

    `books`: {coder: the codes that there were for somebody}; who is not in it had them all. Others are nan as well.
    """
    read = _rated(codings, code, books)
    units = sentences[sentences["source"].isin(set().union(*read.values()))]
    here = {c: set(g["sentence"]) for c, g in placed(codings[codings["code"] == code], units).groupby("coder")}
    held = [np.where(units["source"].isin(read[c]), units["id"].isin(here.get(c, ())).astype(float), NAN) for c in read]
    return np.array(held).reshape(len(read), len(units))


def _rated(codings, code, books):
    """{coder: the sources that they read for a code}."""
    known = dict(books)
    return {c: texts if code in known.get(c, (code,)) else set() for c, texts in read_by(codings).items()}


def spans(codings, sentences, code, books=()):
    """Ratings of one code: a row a coder, a column a character of the sentences of texts that anybody read."""
    read, mine, columns = _rated(codings, code, books), codings[codings["code"] == code], []
    for source, units in sentences[sentences["source"].isin(set().union(*read.values()))].groupby("source"):
        inside = np.zeros((len(read), int(units["end"].max())))
        for i, coder in enumerate(read):
            rows = mine[(mine["source"] == source) & (mine["coder"] == coder)]
            for start, end in zip(rows["start"], rows["end"], strict=True):
                inside[i, start:end] = 1
            if source not in read[coder]:
                inside[i] = NAN
        columns += [inside[:, a:b] for a, b in zip(units["start"].astype(int), units["end"].astype(int), strict=True)]
    return np.concatenate(columns, axis=1) if columns else np.zeros((len(read), 0))


def agreement(codings, sentences, codes=None, books=()):
    """One row a code: code, sentences, positives (of them, by coder: "a:3 b:4"), alpha_presence, agreed, alpha_span.

    sentences: those that two or more rated. agreed: share of the pairs of ratings of a sentence that are alike. Alphas
    are empty (nan) where nothing varies. `books`: as of `presence`.
    """
    rows = []
    for code in sorted(set(codings["code"])) if codes is None else codes:
        ratings = presence(codings, sentences, code, books)
        ratings = ratings[:, (~np.isnan(ratings)).sum(axis=0) > 1]
        held = zip(read_by(codings), np.nansum(ratings, axis=1), (~np.isnan(ratings)).any(axis=1), strict=True)
        positives = " ".join(sorted(f"{c}:{n:.0f}" for c, n, rated in held if rated))
        told = alpha(ratings), agreed(ratings), alpha(spans(codings, sentences, code, books))
        rows.append((code, ratings.shape[1], positives, *told))
    return pd.DataFrame(rows, columns=["code", "sentences", "positives", "alpha_presence", "agreed", "alpha_span"])


def of_both(people, evidence, practices):
    """(agreement of the annotators alone, of annotators and machine together), one row a dimension each."""
    dimensions = practices.set_index("practice")["dimension"]
    together = pd.concat([people, machine(evidence.mentions)], ignore_index=True)
    return [agreement(by_dimension(codings, dimensions), evidence.sentences) for codings in (people, together)]


def against(codings, sentences, reference, books=()):
    """Each coder against `reference` (as often: the machine) by sentence and code, in the texts that both read and
    of the codes that there were for both.

    Columns: coder, code ("all": the sum), both, coder_only, reference_only, precision, recall, f1, alpha.
    precision: share of the reference's codings that the coder has too; recall: the other way round.
    """
    rows = []
    for coder in sorted(set(codings["coder"]) - {reference}):
        pair = shared(codings, coder, reference)
        both = placed(pair[pair["code"].isin(dict(books).get(coder, pair["code"]))], sentences)
        held = {c: set(zip(g["sentence"], g["code"], strict=True)) for c, g in both.groupby("coder")}
        mine, theirs = held.get(coder, set()), held.get(reference, set())
        rows.append({"coder": coder, "code": "all", **scores(mine, theirs), "alpha": NAN})
        for code in sorted({c for _, c in mine | theirs}):
            told = scores({x for x in mine if x[1] == code}, {x for x in theirs if x[1] == code})
            rows.append({"coder": coder, "code": code, **told, "alpha": alpha(presence(pair, sentences, code, books))})
    names = ["coder", "code", "both", "coder_only", "reference_only", "precision", "recall", "f1", "alpha"]
    return pd.DataFrame(rows, columns=names)


def shared(codings, *coders):
    """The codings of these coders in the texts that all of them read."""
    read = read_by(codings)
    texts = set.intersection(*(read.get(c, set()) for c in coders))
    return codings[codings["coder"].isin(coders) & codings["source"].isin(texts)]


def scores(mine, theirs):
    """Counts of two sets of codings, with precision, recall and F1 of `theirs`, `mine` taken as right."""
    both, total = len(mine & theirs), len(mine) + len(theirs)
    told = {"both": both, "coder_only": len(mine - theirs), "reference_only": len(theirs - mine)}
    told |= {"precision": both / len(theirs) if theirs else NAN, "recall": both / len(mine) if mine else NAN}
    return {**told, "f1": 2 * both / total if total else NAN}


def disagreements(codings, sentences, books=()):
    """Where coders differ on a sentence and code: who gave it, who did not, and the sentences around it.

    Columns: source, sentence, start, end, code, given_by, not_by, spans ("coder:start-end ..."), before, after (ids).
    """
    ordered = sentences.sort_values(["source", "start"])
    near = ordered.groupby("source")["id"]
    around = {"before": near.shift(1, fill_value=""), "after": near.shift(-1, fill_value="")}
    units = ordered.assign(**around).set_index("id").to_dict("index")
    rows = []
    for (sentence, code), group in placed(codings, sentences).groupby(["sentence", "code"]):
        unit, given = units[sentence], set(group["coder"])
        read = _rated(codings, code, books)
        if missing := {c for c in read if unit["source"] in read[c]} - given:
            marked = [f"{r.coder}:{r.start}-{r.end}" for r in group.itertuples()]
            who = {"given_by": " ".join(sorted(given)), "not_by": " ".join(sorted(missing))}
            rows.append({**unit, "sentence": sentence, "code": code, **who, "spans": " ".join(marked)})
    names = "source sentence start end code given_by not_by spans before after".split()
    return pd.DataFrame(rows, columns=names).sort_values(["source", "start", "code"], ignore_index=True)
