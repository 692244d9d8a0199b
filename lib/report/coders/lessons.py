"""What reviewers' decisions teach: how often each rule and each practice was right, and words for the codebook."""

import pandas as pd
from scipy.stats import binomtest

from lib.comparison.agreement import placed
from lib.evidence import review
from lib.reading import words as reading

WORDS = 5  # of one practice that are proposed


def rules(mentions, decisions):
    """One row a rule whose codings were decided: rule, accept, reject, recode, instead; the most doubtful first."""
    coded = zip(mentions["source"], mentions["start"], mentions["key"], mentions["rule"], strict=True)
    cue = {(source, int(start), key): rule.split(" ")[0] for source, start, key, rule in coded}
    told = _table(decisions).assign(rule=[cue.get((d.source, d.start, d.practice), "") for d in decisions])
    counts = told.groupby(["rule", "decision"]).size().unstack(fill_value=0).reindex(columns=review.DECISIONS)
    instead = told.groupby("rule")["to"].agg(lambda codes: " ".join(sorted(set(codes) - {""})))
    found = counts.fillna(0).astype(int).assign(instead=instead).reset_index()
    return found.sort_values(["reject", "recode", "rule"], ascending=[False, False, True], ignore_index=True)


def scores(decisions):
    """One row a practice, and one for all: decided, right (accepted), precision and its 95% interval of Wilson.

    The doubtful codings are reviewed first, so that this is less than the precision of all codings.
    """
    told = _table(decisions)
    every = pd.concat([told.assign(practice="all"), told]).groupby("practice", sort=False)["decision"]
    rows = []
    for practice, own in every:
        right = int((own == "accept").sum())
        low, high = binomtest(right, len(own)).proportion_ci(method="wilson")
        rows.append((practice, len(own), right, right / len(own), low, high))
    return pd.DataFrame(rows, columns=["practice", "decided", "right", "precision", "low", "high"])


def words(evidence, quote, decisions):
    """One row a word that the decisions suggest for the codebook: table, column, practice, word, decided, elsewhere.

    `refuses` of context.csv: words of sentences whose coding was overruled, in no sentence that keeps the practice.
    `pattern` of cues.csv: the words that were recoded, for the practice put in place. decided: overruled codings that
    the word met; elsewhere: further sentences of the texts at hand that hold it. `quote`: words of a sentence by id.
    """
    told = placed(_table(decisions), evidence.sentences)
    over, kept = told[told["decision"] != "accept"], told.loc[told["decision"] == "accept", ["practice", "sentence"]]
    coded = evidence.mentions[evidence.mentions["kind"] == "practice"]
    kept = pd.concat([kept, coded[["key", "sentence"]].rename(columns={"key": "practice"})])
    gone = set(zip(over["practice"], over["sentence"], strict=True))
    kept = kept[[k not in gone for k in zip(kept["practice"], kept["sentence"], strict=True)]]
    texts = {s: quote(s) for s in evidence.sentences["id"]}
    added = [
        ("cues", "pattern", to, surface, len(own), _beside(surface, own["sentence"], texts))
        for (to, surface), own in over[over["to"] != ""].groupby(["to", "surface"])
    ]
    return pd.DataFrame(
        [*_refused(over, kept, texts), *added], columns=["table", "column", "practice", "word", "decided", "elsewhere"]
    )


def _refused(over, kept, texts):
    for practice, own in over.groupby("practice"):
        held = "\n".join(texts[s] for s in set(kept.loc[kept["practice"] == practice, "sentence"]) if s in texts)
        met = pd.Series(
            [(word, s) for s in set(own["sentence"]) for word in set(reading.content(texts[s])) if word not in held],
            dtype=object,
        )
        counts = met.str[0].value_counts(sort=False)
        best = counts.to_frame("n").assign(length=counts.index.str.len()).sort_values(["n", "length"], ascending=False)
        for word in best.index[:WORDS]:
            yield "context", "refuses", practice, word, int(counts[word]), _beside(word, own["sentence"], texts)


def _beside(word, sentences, texts):
    """How many other sentences hold a word."""
    return sum(word in text for s, text in texts.items() if s not in set(sentences))


def _table(decisions):
    columns = ("source", "start", "end", "surface", "practice", "decision", "to")
    return pd.DataFrame([[getattr(d, c) for c in columns] for d in decisions], columns=columns)
