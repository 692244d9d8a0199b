"""python -m lib STAGE ...: what the Makefile calls."""
import argparse
import json
import sys
from pathlib import Path

from lib import paths
from lib.lexicon import BadInput, Lexicon


def evidence(a):
    """Extracts a folder of texts into a dataset."""
    from lib.evidence import gather
    wrong = gather.run(a.texts, a.out, None if a.only else paths.EVIDENCE, a.scheduler)
    if wrong:
        sys.exit("\n".join([*wrong, f"{len(wrong)} of the texts could not be read; the others are in {a.out}"]))


def quantities(a):
    """Prints the quantities of one text."""
    from lib import schemas
    from lib.evidence import extract
    from lib.reading import formats
    raw = sys.stdin.buffer.read().decode("utf-8-sig") if a.file == "-" else formats.load(Path(a.file))[0]
    rows = extract.quantities_of(raw, Lexicon())
    if a.json:
        for row in rows:
            print(json.dumps({c: row.get(c, "") for c in schemas.names("quantities")}, ensure_ascii=False))
    else:
        for row in rows:
            print("\t".join(str(row.get(c, "")) for c in ("start", "surface", "value", "value_high", "unit", "bound",
                                                           "noun", "relation", "basis", "period")))


def execute(a):
    """Runs notebooks with their parameters."""
    from lib.report import execute
    execute.run(a.notebooks, {"evidence": str(a.evidence), "texts": str(a.texts or ""), "places": a.places.split(),
                              "language": a.edition}, a.out)


def bind(a):
    """Binds executed notebooks into one report: .html, .pdf or .xlsx."""
    from lib.report import bind
    bind.bind(a.executed, a.out, a.edition)


def describe(a):
    """Writes data/README.md from the schemas."""
    from lib.evidence import describe
    if not a.check:
        describe.write()
    elif (paths.DATA / "README.md").read_text("utf-8") != describe.readme():
        sys.exit("data/README.md is older than lib/schemas.py; write it anew: python -m lib describe")


def arguments():
    """The stages and their options."""
    parser = argparse.ArgumentParser(prog="python -m lib", description=__doc__)
    stages = parser.add_subparsers(dest="stage", required=True)
    s = stages.add_parser("evidence", help=evidence.__doc__)
    s.add_argument("--texts", type=Path, required=True)
    s.add_argument("--out", type=Path, required=True)
    s.add_argument("--only", action="store_true", help="leave the shipped evidence out")
    s.add_argument("--scheduler", default="", help="address of a Dask scheduler")
    s.set_defaults(run=evidence)
    s = stages.add_parser("quantities", help=quantities.__doc__)
    s.add_argument("file")
    s.add_argument("--json", action="store_true")
    s.set_defaults(run=quantities)
    s = stages.add_parser("execute", help=execute.__doc__)
    s.add_argument("notebooks", nargs="+", type=Path)
    s.add_argument("--evidence", type=Path, default=paths.EVIDENCE)
    s.add_argument("--texts", type=Path)
    s.add_argument("--places", default="", help="ids, separated by spaces; all where empty")
    s.add_argument("--edition", choices=("en", "zh"), default="en")
    s.add_argument("--out", type=Path, required=True)
    s.set_defaults(run=execute)
    s = stages.add_parser("bind", help=bind.__doc__)
    s.add_argument("out", type=Path)
    s.add_argument("--executed", type=Path, required=True)
    s.add_argument("--edition", choices=("en", "zh"), default="en")
    s.set_defaults(run=bind)
    s = stages.add_parser("describe", help=describe.__doc__)
    s.add_argument("--check", action="store_true")
    s.set_defaults(run=describe)
    return parser


def main():
    """Runs one stage; what the user wrote wrongly ends in one line, never in a traceback."""
    a = arguments().parse_args()
    try:
        a.run(a)
    except BadInput as e:
        sys.exit(str(e))


if __name__ == "__main__":
    main()
