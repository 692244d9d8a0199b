"""The places at a glance: how long each text is, and how much of each kind it tells."""

from lib.comparison import basis, repertoire
from lib.comparison.status import reached


def overview(corpus, settings):
    """One row a place: sentences that can be coded, and with their ids: practices evidenced, the same in as many
    sentences as the shortest text has (rarefied), initiatives, those that are the place's own by the text, outcomes
    and outputs claimed, honours, results compared with anything, safeguards described."""
    told = basis.Basis(corpus, settings)
    table = repertoire.reach(told.states, corpus)[
        ["place", "sentences", "evidenced", "evidenced_ids", "rarefied", "rarefied_ids"]
    ].rename(columns=lambda c: c.replace("evidenced", "practices"))
    names = corpus.mentions[(corpus.mentions["kind"] == "initiative") & (corpus.mentions["alias_of"] == "")]
    results, claims = basis.results(corpus), reached(corpus.claims)
    parts = {
        "initiatives": (names, "key"),
        "local_initiatives": (names[names["origin"] == "local"], "key"),
        "outcomes": (results[results["nature"] == "outcome"], "id"),
        "outputs": (results[results["nature"] == "output"], "id"),
        "honours": (claims[claims["direction"] == "award"], "id"),
        "compared": (results[results["compared"]], "id"),
        "safeguards": (told.done[told.done["dimension"] == "safeguard"], "practice"),
    }
    for name, (frame, column) in parts.items():
        own = [frame[frame["place"] == p] for p in corpus.places]
        table[name], table[f"{name}_ids"] = [o[column].nunique() for o in own], [list(o["id"]) for o in own]
    return table
