"""Speeds as ratios to jieba's own cut of the same text: medians of interleaved runs in one process.

Texts: the invented corpus, repeated with other numbers so that no cache helps. Usage: python tests/bench.py [runs]
"""

import logging
import statistics
import sys
import time
from pathlib import Path

import jieba

from lib.evidence.claims import claims
from lib.evidence.mentions import actors, initiatives
from lib.evidence.mentions import practices as mentions
from lib.evidence.model import all_tables as models
from lib.evidence.quantities import quantities
from lib.lexicon import Lexicon
from lib.reading import document, formats, words

CORPUS = Path(__file__).parent / "corpus"
COPIES = 20


def texts():
    """Raw texts of about 60 KB each, no two the same."""
    raws = [formats.load(p)[0] for p in sorted(CORPUS.glob("*.txt"))]
    return ["\n".join(raw.replace("1", str(i % 9 + 1)) for i in range(COPIES)) for raw in raws]


def stages(lexicon):
    """{stage: work of one (raw, document)}; the first is the yardstick."""

    def numbers(doc):
        return quantities.find(doc, lexicon)

    return {
        "jieba.lcut": lambda raw, doc: jieba.lcut(raw),
        "reading": lambda raw, doc: document(raw, doc.entry),
        "terms": lambda raw, doc: words.terms(doc, lexicon),
        "quantities": lambda raw, doc: numbers(doc),
        "practices": lambda raw, doc: mentions.find(doc, lexicon),
        "initiatives": lambda raw, doc: initiatives.find(doc, lexicon),
        "actors": lambda raw, doc: actors.find(doc, lexicon),
        "models": lambda raw, doc: models.find(doc, lexicon, actors.find(doc, lexicon)),
        "claims": lambda raw, doc: claims.find(doc, lexicon, numbers(doc), []),
    }


def measured(runs):
    """{stage: seconds of each run}, the stages taken in turn."""
    lexicon, raws = Lexicon(), texts()
    docs = [document(raw, {"id": f"t{i}", "published": "2024-03-18"}) for i, raw in enumerate(raws)]
    seconds = {name: [] for name in stages(lexicon)}
    for run in range(runs + 1):
        for name, work in stages(lexicon).items():
            start = time.perf_counter()
            for raw, doc in zip(raws, docs, strict=True):
                work(raw, doc)
            if run:  # the first one only warms up
                seconds[name].append(time.perf_counter() - start)
    return seconds, sum(len(r.encode()) for r in raws) / 1e6


def main():
    jieba.setLogLevel(logging.WARNING)
    seconds, size = measured(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    yardstick = statistics.median(seconds["jieba.lcut"])
    print(
        f"{'stage':14}{'MB/s':>8}{'against jieba.lcut':>20}   of {size:.2f} MB, "
        f"medians of {len(seconds['reading'])} runs"
    )
    for name, times in seconds.items():
        median = statistics.median(times)
        print(f"{name:14}{size / median:8.2f}{yardstick / median:20.2f}")


if __name__ == "__main__":
    main()
