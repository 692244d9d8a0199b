"""What the extraction and the report cost: ratios to jieba's own cut and to the plain cells, and peak memory.

Processor time, medians of runs in turn, on invented texts of which no two are the same. Usage: python tests/bench.py
[runs] [folder of texts to measure instead]
"""

import json
import logging
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import jieba

from lib import paths
from lib.evidence.claims import claims
from lib.evidence.dataset import gather
from lib.evidence.mentions import actors, initiatives
from lib.evidence.mentions import practices as mentions
from lib.evidence.model import all_tables as models
from lib.evidence.quantities import quantities
from lib.lexicon import Lexicon
from lib.reading import document, formats, words

CORPUS = Path(__file__).parent / "corpus"
TEXTS, LENGTH = 20, 1400  # invented texts, and characters of each
MANY = 300  # texts whose dataset is made to see how much memory it takes
LEXICON = Lexicon()


def recombined(folder, count):
    """Writes so many texts of the invented corpus' lines, with other numbers in each."""
    drawn = random.Random(7)
    lines = [line for p in sorted(CORPUS.glob("*.txt")) for line in formats.load(p).text.split("\n") if line.strip()]
    folder.mkdir()
    for i in range(count):
        chosen = []
        while sum(map(len, chosen)) < LENGTH:
            chosen.append(drawn.choice(lines).replace("1", str(drawn.randint(1, 9))))
        (folder / f"text-{i:05}.txt").write_text("\n".join([*chosen, f"第{i}篇。"]), "utf-8")
    return sorted(folder.iterdir())


def stages():
    """{stage: work of (files, their raw texts, their documents)}; the first is the yardstick."""

    def each(work):
        return lambda files, raws, docs: [work(doc) for doc in docs]

    def numbers(doc):
        return quantities.find(doc, LEXICON)

    return {
        "jieba.lcut": lambda files, raws, docs: [jieba.lcut(raw) for raw in raws],
        "whole": lambda files, raws, docs: [gather._read(path, LEXICON, ()) for path in files],
        "whole, in a child": lambda files, raws, docs: gather.every(files, LEXICON),
        "reading": each(lambda doc: document(doc.raw, doc.entry)),
        "terms": each(lambda doc: words.terms(doc, LEXICON)),
        "quantities": each(numbers),
        "practices": each(lambda doc: mentions.find(doc, LEXICON)),
        "initiatives": each(lambda doc: initiatives.find(doc, LEXICON)),
        "models": each(lambda doc: models.find(doc, LEXICON, actors.find(doc, LEXICON))),
        "claims": each(lambda doc: claims.find(doc, LEXICON, numbers(doc), [])),
    }


def spent():
    """Processor seconds of this process and of the children that have ended."""
    return sum(os.times()[:4])


def extraction(files, runs):
    """Prints the ratio of each stage to the yardstick."""
    gather.tried(LEXICON)
    raws, seconds = [formats.load(path).text for path in files], {name: [] for name in stages()}
    for run in range(runs + 1):
        for name, work in stages().items():
            docs = [document(raw, {"id": f"t{i}", "published": "2024-03-18"}) for i, raw in enumerate(raws)]
            start = spent()
            work(files, raws, docs)
            seconds[name] += [spent() - start] if run else []  # the first run only warms up
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    print(f"{len(files)} texts, {sum(map(len, raws)):,} characters, medians of {runs} runs")
    print(f"{'stage':20}{'ms a text':>10}{'times jieba.lcut':>18}")
    for name, median in medians.items():
        print(f"{name:20}{1000 * median / len(files):10.2f}{median / medians['jieba.lcut']:18.2f}")


def child(*command, cwd=paths.ROOT):
    """(processor seconds, seconds by the clock, MB of the largest process) of a command."""
    code = (
        "import json, os, resource, subprocess, sys, time; start = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(json.dumps([used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1000]))"
    )
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=cwd, capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def told(name, cost):
    """Prints one row of costs."""
    print(f"{name:44}{cost[0]:8.1f} s{cost[1]:8.1f} s{cost[2]:8.0f} MB")


def dataset(folder):
    """Prints what a dataset of MANY texts costs, made and made again."""
    recombined(folder / "texts", MANY)
    command = (sys.executable, "-m", "lib", "evidence", f"--texts={folder / 'texts'}", "--out", str(folder / "out"))
    told(f"dataset of {MANY} texts", child(*command, "--only"))
    told("the same again", child(*command, "--only"))


def report(folder):
    """Prints what the report of the shipped evidence costs, beside its cells as plain code in one process."""
    books = sorted(map(str, (paths.ROOT / "notebooks").glob("[0-9]_*.ipynb")))
    executed = folder / "executed"
    told("notebooks executed", child(sys.executable, "-m", "lib", "execute", *books, "--out", str(executed)))
    told("their cells as plain code", child(sys.executable, __file__, "plain", *books))
    outs = [str(folder / name) for name in ("report.html", "report.pdf", "tables.xlsx")]
    told("HTML, PDF and workbook", child(sys.executable, "-m", "lib", "bind", *outs, "--executed", str(executed)))


def plain(books):
    """Runs the cells of notebooks as plain code, as often as the report runs them."""
    import nbformat

    from lib.report.run import execute

    settings = {"evidence": str(paths.EVIDENCE), "texts": "", "places": [], "language": "en"}
    os.chdir(paths.ROOT)
    for book in books:
        cells = [c for c in nbformat.read(book, as_version=4).cells if c.cell_type == "code"]
        for _, _, parameters in execute.plan(Path(book), settings):
            names = {}
            for cell in cells:
                exec(compile(cell.source, book, "exec"), names)
                if "parameters" in cell.metadata.get("tags", ()):
                    names.update(parameters)


def main():
    if sys.argv[1:2] == ["plain"]:
        return plain(sys.argv[2:])
    jieba.setLogLevel(logging.WARNING)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        given = [p for p in sorted(Path(sys.argv[2]).iterdir()) if p.suffix == ".txt"] if len(sys.argv) > 2 else None
        extraction(given or recombined(Path(folder) / "few", TEXTS), runs)
        print(f"\n{'':44}{'processor':>10}{'clock':>10}{'largest':>11}")
        dataset(Path(folder))
        report(Path(folder))


if __name__ == "__main__":
    main()
