"""What became of each cue that stands in a text: fired, lost to which other row, refused by which condition."""

from collections import Counter, defaultdict
from typing import NamedTuple

from lib.evidence.mentions import cues as codebook
from lib.evidence.mentions import practices
from lib.rules.anchors import longest


class Trial(NamedTuple):
    """A cue at a place: `outcome` fired, lost or refused; `to`: the row that won, or the condition that refused."""

    start: int
    end: int
    rule: str
    outcome: str
    to: str = ""


def find(document, lexicon, claims=()) -> list[Trial]:
    """A Trial for each cue in a sentence that can be coded, in order; what `practices.find` takes is what fired."""
    book, trials = codebook.load(lexicon), []
    told = practices.results(document, book, claims)
    for at, tried in practices.tried(document, book, told).items():
        trials += _of_sentence(tried, told.get(at, []))
    return trials


def _of_sentence(tried, told):
    kept = longest([match for match, refusal in tried if not refusal], lambda match: match.hides)
    won = {match.practice: match for match in practices.best([*kept, *told])}
    for match, refusal in tried:
        if refusal:
            yield Trial(match.start, match.end, match.rule, "refused", refusal)
            continue
        hidden = not any(match is one for one in kept)
        over = (one for one in kept if one.hides and one.start <= match.start and match.end <= one.end)
        winner = next(over) if hidden else won[match.practice]
        if winner is match or match.practice == codebook.NO_CODE and not hidden:
            yield Trial(match.start, match.end, match.rule, "fired")
        elif winner.rule != match.rule:
            yield Trial(match.start, match.end, match.rule, "lost", winner.rule)


def tally(trials: list[Trial]) -> dict[str, dict]:
    """{rule: fired, lost, to, refused, by}: how often, and each row or condition with its number."""
    counts = defaultdict(lambda: defaultdict(Counter))
    for trial in trials:
        counts[trial.rule][trial.outcome][trial.to] += 1
    return {rule: _told(outcomes) for rule, outcomes in counts.items()}


def _told(outcomes):
    totals = {outcome: sum(outcomes[outcome].values()) for outcome in ("fired", "lost", "refused")}
    names = {outcome: ", ".join(f"{to} {n}" for to, n in outcomes[outcome].most_common()) for outcome in totals}
    told = {"fired": totals["fired"], "lost": totals["lost"], "to": names["lost"]}
    return told | {"refused": totals["refused"], "by": names["refused"]}
