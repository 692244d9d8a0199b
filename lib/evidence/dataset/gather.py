"""From a folder of texts to a saved dataset: one function of a text, mapped over files, here or on a cluster."""

import hashlib
import multiprocessing
import os
import pickle
import shlex
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from tqdm import tqdm

from lib import paths
from lib.evidence import extract
from lib.evidence.dataset import describe, review
from lib.evidence.dataset import shared_phrases as phrases
from lib.evidence.dataset import tables as dataset
from lib.lexicon import BadInput, Lexicon, table
from lib.limits import within
from lib.reading import document, files, formats, register
from lib.rules import engine

COMPARED = 2_000_000  # characters up to which every text is compared with every other for shared phrases


@dataclass(frozen=True)
class Plan:
    """How a folder is extracted: by which rules, added to which dataset (or none), on which Dask cluster (or here)."""

    base: Path | None = None
    scheduler: str = ""
    lexicon: Lexicon = Lexicon()


@dataclass(frozen=True)
class Read:
    """What one file gave: its register row and rows of every table, or one line that says what is wrong."""

    file: str
    entry: dict
    raw: str = ""
    tables: dict = None
    wrong: str = ""
    warnings: tuple = ()


def one(path, lexicon, decisions=()):
    """A Read of one file: never raises for what the file holds, so that one bad text does not stop the rest."""
    try:
        return within(path, _read, path, lexicon, decisions)
    except BadInput as e:
        return Read(path.name, {}, wrong=str(e))
    except Exception as e:
        return Read(path.name, {}, wrong=f"{path}: {e}; please report this text's shape")


def _read(path, lexicon, decisions):
    raw, encoding, data, told = formats.load(files.inside(path))
    entry, warnings = register.entry(path, raw, hashlib.sha256(data).hexdigest(), *register.beside(path.parent))
    entry |= {"encoding": encoding, "codebook": version(lexicon)}
    warnings = (*told, *warnings, *review.stale_lines(decisions, entry["id"], raw))
    return Read(path.name, entry, raw, extract.tables(raw, entry, lexicon, decisions), warnings=warnings)


@cache
def version(lexicon):
    """Twelve hex digits of the rules: every table of the codebook and the lexicon."""
    digest = hashlib.sha256()
    for folder in (lexicon.codebook, lexicon.folder):
        for path in sorted(Path(folder).rglob("*.csv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def quiet():
    """Leaves it to the parent of a process to say that it was interrupted."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def mapped(work, items, scheduler=""):
    """`work` of each item, in order: on a Dask cluster, else over processes, else here where there are few."""
    if scheduler:
        from dask.distributed import Client

        with Client(scheduler) as client:
            yield from (f.result() for f in client.map(work, items, batch_size=64))
    elif len(items) < 16:
        yield from map(work, items)
    else:
        with multiprocessing.Pool(os.cpu_count(), quiet) as pool:
            yield from pool.imap(work, items, chunksize=4)


def run(texts, out, plan=Plan()):  # noqa: B008
    """Writes the dataset of `texts`, with the rows of the plan's base for other sources, into `out`; what failed.

    Rows wait on disk, one file a text, so that memory holds one text at a time.
    """
    listed = files.listed(texts)
    tried(texts, plan.lexicon)
    work = partial(one, lexicon=plan.lexicon, decisions=review.decisions())
    with tempfile.TemporaryDirectory() as spool:
        found, wrong = {}, []
        reads = mapped(work, listed, plan.scheduler)
        for read in tqdm(reads, "texts", len(listed), delay=3, leave=False, disable=None):
            wrong += keep(read, found, Path(spool))
        told(texts, found)
        save(found, out, dataset.parts(plan.base) if plan.base else {}, plan.lexicon)
    keep_places(texts, out)
    return wrong


def keep_places(texts, out):
    """Puts the places.csv that stands beside the texts, if one does, beside their dataset: its names and residents."""
    own, kept = register.beside(texts)[1], Path(out) / register.PLACES.name
    kept.unlink(missing_ok=True)
    if own != register.PLACES:
        table(own, register.PLACE)
        shutil.copyfile(own, kept)


def told(texts, found):
    """Says of a folder without a register of its own how to get one, if it holds texts that no register knows."""
    known = {r["id"] for r in register.sources(*register.beside(texts))}
    if register.beside(texts)[0] == register.REGISTER and (new := found.keys() - known):
        command = f"make register TEXTS={shlex.quote(str(texts))}"
        print(f"texts in no register: {len(new)}; `{command}` drafts one for them", file=sys.stderr)


def tried(texts, lexicon):
    """Reads the register and every rule once, on the rules' own examples, so that a slip in them is told once, and
    before any text is read."""
    register.sources(*register.beside(texts))
    examples = "\n".join(row.example for row in engine.load(lexicon).rows)
    extract.tables(examples, {"id": "none"}, lexicon)


def keep(read, found, spool):
    """Puts one text's rows aside and its raw text into build/texts; returns the lines of what is wrong."""
    for line in read.warnings:
        print(line, file=sys.stderr)
    if read.wrong:
        return [read.wrong]
    name, same = read.entry["id"], spool / f"{read.entry['sha256']}.hash"
    if same.exists():
        return [f"{read.file}: the same file as {same.read_text()}; expected each text once"]
    same.write_text(read.file)
    if name in found:
        return [f"{read.file}: its id {name} is already that of another file; expected one text an id"]
    found[name] = spool / name
    found[name].write_bytes(pickle.dumps((read.entry, read.tables, len(read.raw))))
    kept = paths.BUILD / "texts" / f"{name}.txt"
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_bytes(read.raw.encode("utf-8", "surrogatepass"))
    os.replace(part, kept)
    return []


def save(found, out, base, lexicon):
    """Writes all rows in the order of their sources' ids; says which sources of `base` keep codings of old rules."""
    old = sorted(n for n in base if n not in found and base[n]["sources"][0]["codebook"] != version(lexicon))
    if old:
        print(f"codings of an older codebook stay for {', '.join(old)}: their texts are not at hand", file=sys.stderr)
    writer = dataset.Writer(out)
    entries = {}
    for name in sorted({*found, *base}):
        if name in found:
            entries[name], tables, _ = pickle.loads(found[name].read_bytes())
        else:
            tables = {t: rows for t, rows in base[name].items() if t != "shared_phrases"}
        writer.add(tables)
    old_phrases = [
        r for n in base for r in base[n].get("shared_phrases", ()) if not {r["source_a"], r["source_b"]} & found.keys()
    ]
    writer.add({"shared_phrases": old_phrases + phrases.shared(texts_of(entries))})
    writer.close()
    describe.datapackage(out)


def texts_of(entries):
    """The documents to compare with each other, or none where there are too many characters for it."""
    raws = {n: (paths.BUILD / "texts" / f"{n}.txt").read_bytes().decode("utf-8", "surrogatepass") for n in entries}
    if sum(map(len, raws.values())) > COMPARED:
        print(f"shared phrases left out: the texts have more than {COMPARED:,} characters", file=sys.stderr)
        return []
    return [document(raws[n], entries[n]) for n in sorted(raws)]
