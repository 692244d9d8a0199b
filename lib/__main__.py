"""python -m lib STAGE ...: what the Makefile calls."""

import argparse
import json
import os
import signal
import sys
from datetime import date
from pathlib import Path

from lib import paths
from lib.lexicon import BadInput, Lexicon

STAGES = []
UNREAD = 3  # exit code of a dataset that is whole but for texts that could not be read
PRINTED = tuple("start surface value value_high unit bound noun indicator relation basis period status place".split())


def stage(*options):
    """Makes a function a stage: its options are (flags, settings of argparse), its docstring is its help."""

    def registered(function):
        STAGES.append((function.__name__.replace("_", "-"), function, options))
        return function

    return registered


def option(*flags, **settings):
    """An option of a stage."""
    return flags, settings


EVIDENCE = option("--evidence", type=Path, default=paths.EVIDENCE, help="folder of the dataset")
TEXTS = option("--texts", type=Path, default=paths.BUILD / "texts", help="folder of ID.txt files, made by `evidence`")
CODER = option("--coder", default="coder", help="who codes: part of the file's name")
EDITION = option("--edition", choices=("en", "zh"), default="en")


@stage(
    option("--texts", type=Path, required=True),
    option("--out", type=Path, required=True),
    option("--only", action="store_true", help="leave the shipped evidence out"),
    option("--scheduler", default="", help="address of a Dask scheduler"),
)
def evidence(a):
    """Extracts a folder of texts into a dataset."""
    from lib.evidence.dataset import gather

    wrong = gather.run(a.texts, a.out, gather.Plan(None if a.only else paths.EVIDENCE, a.scheduler))
    (a.out / "unread.txt").unlink(missing_ok=True)
    if wrong:
        told = "\n".join([*wrong, f"texts that could not be read: {len(wrong)}; the others are in {a.out}"])
        (a.out / "unread.txt").write_text(told + "\n", "utf-8")
        print(told, file=sys.stderr)
        sys.exit(UNREAD)


@stage(option("--texts", type=Path, required=True))
def register(a):
    """Drafts sources.csv and places.csv of a folder of texts, for a person to confirm."""
    from lib.reading import register

    written, wrong, first = register.draft(a.texts)
    print(*written, first, sep="\n")
    if not written:
        print(f"{a.texts}: sources.csv and places.csv are there already; nothing was written", file=sys.stderr)
    if wrong:
        raise BadInput("\n".join(wrong))


@stage(option("file", help="a text, or - for standard input"), option("--json", action="store_true"))
def quantities(a):
    """Prints the quantities of one text: a table, or JSON Lines with the fields of quantities.csv."""
    from lib import schemas
    from lib.evidence import extract

    raw, entry = _read(a.file)
    if not a.json:
        print(*PRINTED, sep="\t")
    for row in extract.quantities_of(raw, entry, Lexicon()):
        cells = {c: row.get(c, "") for c in schemas.names("quantities")}
        print(json.dumps(cells, ensure_ascii=False) if a.json else "\t".join(str(cells[c]) for c in PRINTED))


@stage(
    option("file", help="a text, or - for standard input"),
    option(
        "--rule", default="", help="the id of a cue: only where it stands, and whether it fired, lost or was refused"
    ),
)
def explain(a):
    """Prints each sentence of one text with its rows of every table and the rules that made them."""
    from lib.evidence import explain

    raw, entry = _read(a.file)
    told = explain.rule(raw, entry, Lexicon(), a.rule) if a.rule else explain.lines(raw, entry, Lexicon())
    print(explain.assumed(entry), *told, sep="\n")


def _read(file):
    """(raw text, its entry) of a file, by the register beside it, or of standard input where it is -."""
    from lib.reading import encodings, formats, register

    raw = encodings.decode("stdin", sys.stdin.buffer.read())[0] if file == "-" else formats.load(Path(file))[0]
    path = Path("stdin.txt" if file == "-" else file)
    return raw, register.entry(path, raw, "", *register.beside(path.parent))[0]


@stage(
    option("notebooks", nargs="+", type=Path),
    EVIDENCE,
    option("--texts", default=""),
    EDITION,
    option("--places", default="", help="ids, separated by spaces; all where empty"),
    option("--out", type=Path, required=True),
    option("--why", action="store_true", help="only say which would be run, and because of what"),
)
def execute(a):
    """Runs notebooks with their parameters."""
    from lib.report.run import needs

    needs.listen()
    from lib.report.run import execute

    given = {"evidence": str(a.evidence), "texts": a.texts, "places": a.places.split(), "language": a.edition}
    if a.why:
        tasks = [task for path in a.notebooks for task in execute.plan(path, given, a.out)]
        print(*(f"{task[1].name}: {', '.join(why)}" for task in tasks if (why := execute.why(task))), sep="\n")
    else:
        execute.run(a.notebooks, given, a.out)


@stage(option("out", nargs="+", type=Path), option("--executed", type=Path, required=True), EDITION)
def bind(a):
    """Binds executed notebooks into one report, in the form of each suffix, unless what it stands on is as it was."""
    from lib.report.run import needs

    needs.listen()
    forms = "".join(out.suffix for out in a.out)
    record = needs.folder(a.executed / "all") / f"bound{forms}.json"
    given = needs.given({"": "import lib.report.binding.bind"}, *map(str, a.out), a.edition)
    if all(out.exists() for out in a.out) and not needs.changed(record, given):
        return
    for out in (record, *(out for out in a.out if out.suffix)):
        out.unlink(missing_ok=True)
    from lib.report.binding import bind

    bind.bind(a.executed, a.out, a.edition)
    needs.keep(record, given, [a.executed])


@stage(option("--executed", type=Path, required=True), option("--out", type=Path, default=paths.ROOT / "gallery"))
def gallery(a):
    """Writes each kind of figure once, with its caption, for readers of the repository."""
    from lib.report.binding import gallery

    print(*gallery.write(a.executed, a.out))


@stage(option("--check", action="store_true", help="only say whether they are current"))
def translate(a):
    """Brings the message catalogues up to date; says what is to be translated."""
    from lib.report.run import translate

    wrong = translate.check() if a.check else translate.update()
    if wrong:
        raise BadInput("\n".join(wrong))


@stage(EVIDENCE, option("--texts", default=""), EDITION, option("--places", default=""), CODER)
def notebooks(a):
    """Brings the working copies in lab/ up to date, which JupyterLab opens, in the language of an edition."""
    from lib.report.run import lab

    given = {"evidence": str(a.evidence), "texts": a.texts, "places": a.places.split(), "coder": a.coder}
    for line in lab.copies(a.edition, given):
        print(line, file=sys.stderr)


@stage(option("--check", action="store_true", help="only say whether it is current"))
def describe(a):
    """Writes data/README.md from the schemas."""
    from lib.evidence.dataset import describe

    if not a.check:
        describe.write()
    elif (paths.DATA / "README.md").read_text("utf-8") != describe.readme():
        raise BadInput("data/README.md: older than data/columns.csv; expected what `python -m lib describe` writes")


@stage(
    EVIDENCE,
    TEXTS,
    CODER,
    option("--out", type=Path, default=paths.ROOT / "coding"),
    option("--blind", action="store_true", help="without the machine's codes"),
)
def coding_sheet(a):
    """Writes a workbook and a REFI-QDA project for a human coder, from texts at hand; those that are there stay."""
    from lib.evidence.dataset import tables as dataset
    from lib.report.coders import coding, kept

    name = kept.stem(a.coder, date.today().isoformat())
    *written, absent = coding.coding_sheet(dataset.load(a.evidence), a.texts, a.out, name, not a.blind)
    print(*map(os.path.relpath, written), sep="\n")
    if absent:
        print(f"left out, their texts are not at hand: {', '.join(absent)}", file=sys.stderr)


@stage(option("sheets", nargs="+"), EVIDENCE, TEXTS, option("--out", type=Path, default=paths.BUILD / "agreement"))
def agreement(a):
    """Measures agreement of coders (.xlsx, .qdpx) with each other and with the machine."""
    from lib.evidence.dataset import tables as dataset
    from lib.report.coders import coding

    printed(coding.agreement(a.sheets, dataset.load(a.evidence), a.texts), a.out)


@stage(
    option("sheets", nargs="*", type=Path, help="filled review sheets; without one, a new one is written"),
    EVIDENCE,
    TEXTS,
    CODER,
    option("--out", type=Path, default=paths.BUILD / "review"),
)
def review(a):
    """Writes a sheet of codings to be reviewed; or takes the decisions of filled ones into data/review.csv and shows
    what they change."""
    from lib.evidence import review as decided
    from lib.evidence.dataset import tables as dataset
    from lib.report.coders import coding, kept, review

    evidence = dataset.load(a.evidence)
    if not a.sheets:
        name = f"{kept.stem(a.coder, date.today().isoformat())}-review.xlsx"
        return print(os.path.relpath(review.draft(evidence, a.texts, kept.FOLDER / name)))
    raws = coding.at_hand(evidence, a.texts)
    rows = [row for path in a.sheets for row in review.take(path, raws)]
    review.write(rows)
    print(f"decisions taken into {os.path.relpath(review.REVIEW)}: {len(rows)}")
    printed(review.changes(evidence, raws, decided.decisions(review.REVIEW)), a.out)


@stage(option("--parts", nargs="*", default=[], help="parts of data/benchmark; all not kept aside where none is given"))
def score(a):
    """Measures the extraction on the benchmark's articles, prints the figures and keeps them for the report."""
    from lib.benchmark import scores
    from lib.report.show.labels import Labels

    both = Labels("zh").of, Labels("en").of
    print(scores.write(parts=a.parts, both=both).to_string(index=False, na_rep=""))


@stage(
    option("base", type=Path, help="folder of the older codebook"),
    option("--texts", type=Path, required=True),
    option("--out", type=Path, default=paths.BUILD / "drift"),
)
def drift(a):
    """Shows which codings, cells and findings change from an older codebook to the present one, and what became of the
    cues that changed."""
    from lib.comparison import drift, sources
    from lib.evidence.dataset import gather
    from lib.evidence.dataset import tables as dataset

    corpora = []
    for name, lexicon in (("after", Lexicon()), ("before", Lexicon(codebook=a.base))):  # what was edited has the slips
        wrong = gather.run(a.texts, a.out / name, gather.Plan(lexicon=lexicon))
        if wrong:
            raise BadInput("\n".join(wrong))
        corpora.insert(0, sources.corpus(dataset.load(a.out / name), lexicon.codebook))
    found = {name: getattr(drift, name)(*corpora) for name in ("codings", "cells", "findings")}
    found["cues"] = drift.cues(Lexicon(codebook=a.base), Lexicon(), gather.documents(a.texts, Lexicon()))
    printed(found, a.out)


def printed(tables, out):
    """Writes each table to OUT/NAME.csv and prints how long it is and its first rows."""
    out.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.to_csv(out / f"{name}.csv", index=False, lineterminator="\n")
        print(f"\n{os.path.relpath(out / name)}.csv: {len(frame)} rows")
        print(frame.head(12).to_string(index=False, max_colwidth=40) if len(frame) else "")


def main():
    """Runs one stage; what the user wrote wrongly ends in one line, never in a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended; what was whole before stays, make again to go on"))
    try:
        a = parsed()
        a.run(a)
    except BadInput as e:
        sys.exit(str(e))
    except KeyboardInterrupt:
        sys.exit("\ninterrupted; what was whole before stays, make again to go on")
    except BrokenPipeError:
        sys.stdout = None  # whoever read along has read enough
    except OSError as e:
        sys.exit(f"{e.filename or sys.argv[1]}: {e.strerror or e}; expected a folder that can be written to, with room")


def parsed():
    """What the command line asks for: the options of a stage, and `run`, its function."""
    parser = argparse.ArgumentParser(prog="python -m lib", description=__doc__)
    stages = parser.add_subparsers(dest="stage", required=True)
    for name, function, options in STAGES:
        own = stages.add_parser(name, help=function.__doc__)
        own.set_defaults(run=function)
        for flags, settings in options:
            own.add_argument(*flags, **settings)
    return parser.parse_args()


if __name__ == "__main__":
    main()
