"""From a folder of texts to a saved dataset: one function of a text, mapped over files, here or on a cluster."""

import gc
import hashlib
import multiprocessing
import os
import shlex
import shutil
import sys
import tempfile
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path

from tqdm import tqdm

from lib import paths
from lib.evidence import extract, review
from lib.evidence.dataset import describe, partitions
from lib.evidence.dataset import shared_phrases as phrases
from lib.evidence.dataset import tables as dataset
from lib.lexicon import BadInput, Lexicon, table
from lib.limits import Death, each, quiet
from lib.reading import document, files, formats, register
from lib.rules import engine

ONCE = ".once"  # of a partition with a text that another try may read


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
    letters: tuple = (b"", b"")  # as shared_phrases.letters gives them
    tables: dict = None
    wrong: str = ""
    warnings: tuple = ()
    lasts: bool = True  # whether another try would give the same


def one(path, lexicon, decisions=()):
    """A Read of one file: never raises for what the file holds, so that one bad text does not stop the rest."""
    return every([path], lexicon, decisions)[0]


def every(paths, lexicon, decisions=()):
    """A Read of each file, from a child process."""
    answers = each(paths, partial(_read, lexicon=lexicon, decisions=decisions))
    return [_told(path, answer) for path, answer in zip(paths, answers, strict=True)]


def _told(path, answer):
    if isinstance(answer, BadInput):
        return Read(files.shown(path.name), {}, wrong=str(answer), lasts=not isinstance(answer, Death))
    if isinstance(answer, Exception):
        return Read(path.name, {}, wrong=f"{path}: {answer}; please report this text's shape", lasts=False)
    return answer


def _read(path, lexicon, decisions):
    raw, encoding, data, told = formats.load(files.inside(path))
    entry, warnings = register.entry(path, raw, hashlib.sha256(data).hexdigest(), *register.beside(path.parent))
    entry |= {"encoding": encoding, "codebook": version(lexicon)}
    warnings = (*told, *warnings, *review.stale_lines(decisions, entry["id"], raw))
    doc = document(raw, entry, lexicon)
    return Read(
        path.name, entry, raw, phrases.letters(doc.text), extract.of(doc, lexicon, decisions), warnings=warnings
    )


def documents(texts, lexicon):
    """Each text of a folder as a document."""
    for path in formats.listed(texts):
        raw, _, _, _ = formats.load(files.inside(path))
        yield document(raw, register.entry(path, raw, "", *register.beside(path.parent))[0], lexicon)


@cache
def version(lexicon):
    """Twelve hex digits of the rules: every table of the codebook and the lexicon."""
    digest = hashlib.sha256()
    for folder in (lexicon.codebook, lexicon.folder):
        for path in sorted(Path(folder).rglob("*.csv")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def mapped(work, items, scheduler=""):
    """`work` of each item, in order: on a Dask cluster, else over processes, else here where there is one."""
    if scheduler:
        from dask.distributed import Client

        with Client(scheduler) as client:
            yield from (f.result() for f in client.map(work, items, batch_size=64))
    elif len(items) < 2:
        yield from map(work, items)
    else:
        with multiprocessing.Pool(min(os.cpu_count(), len(items)), quiet) as pool:
            yield from pool.imap(work, items)


def run(texts, out, plan=Plan()):  # noqa: B008
    """Writes the dataset of `texts`, with the rows of the plan's base for other sources, into `out`; what failed.

    What was read stays in OUT.parts, so that memory holds a partition of the texts at a time, and a run that was ended
    or is repeated reads only what is not there.
    """
    listed, store = formats.listed(texts), Path(f"{out}.parts")
    register.sources(*register.beside(texts))
    parts = _partitions(listed, store, plan)
    found, wrong = {}, []
    with tempfile.TemporaryDirectory(dir=store, prefix="spool.") as spool:
        letters, writer = phrases.Letters(spool), dataset.Writer(out)
        for folder in parts:
            for read in partitions.read(folder):
                wrong += keep(read, found, writer, letters)
        told(texts, {name for name in found if not name.startswith("sha256:")})
        save(writer, found, letters, dataset.parts(plan.base) if plan.base else {}, plan.lexicon)
    describe.datapackage(out)
    partitions.prune(store, {folder.name for folder in parts if folder.suffix != ONCE})
    keep_places(texts, out)
    return wrong


def _partitions(listed, store, plan):
    """The folders of the partitions of some texts, in order; those that are not there are read."""
    decisions = review.decisions()
    parts = {store.absolute() / partitions.name(p, plan.lexicon, decisions): p for p in partitions.cut(listed)}
    new = {folder: part for folder, part in parts.items() if not folder.exists()}
    if new:
        tried(plan.lexicon)
    store.mkdir(parents=True, exist_ok=True)
    work = partial(_partition, lexicon=plan.lexicon, decisions=decisions)
    with tqdm(desc="texts", total=len(listed), unit="texts", delay=3, leave=False, disable=None) as bar:
        bar.update(len(listed) - sum(map(len, new.values())))
        for folder, kept in zip([*new], mapped(work, [*new.items()], plan.scheduler), strict=True):
            bar.update(len(new[folder]))
            new[folder] = kept
    return [new.get(folder, folder) for folder in parts]


def _partition(item, lexicon, decisions):
    """Reads the texts of a partition; the folder where it lies, which has the suffix ONCE where they are to be tried
    again."""
    folder, part = item
    tried(lexicon)
    reads = every(part, lexicon, decisions)
    folder = folder if all(read.lasts for read in reads) else folder.with_suffix(ONCE)
    partitions.write(folder, reads)
    return folder


def keep_places(texts, out):
    """Puts the places.csv that stands beside the texts, if one does, beside their dataset: its names and residents."""
    own, kept = register.beside(texts)[1], Path(out) / register.PLACES.name
    kept.unlink(missing_ok=True)
    if own != register.PLACES:
        table(own, register.PLACE)
        shutil.copyfile(own, kept)


def told(texts, found):
    """Says of a folder without a register of its own how to get one, if it holds texts that no register knows."""
    own, places = register.beside(texts)
    rows = register.sources(own, places)
    gone = [r for r in rows if own != register.REGISTER and r["id"] not in found]
    if gone:
        files = ", ".join(r["file"] for r in gone[:5]) + " ..." * (len(gone) > 5)
        print(f"{own}:{gone[0]['line']}: rows without their text in {texts}: {len(gone)} ({files})", file=sys.stderr)
    if own == register.REGISTER and (new := found - {r["id"] for r in rows}):
        command = f"make register TEXTS={shlex.quote(str(texts))}"
        print(f"texts in no register: {len(new)}; `{command}` drafts one for them", file=sys.stderr)


@cache
def tried(lexicon):
    """Reads every rule once in this process, on the rules' own examples, so that a slip in them is told before any
    text is read, and the children that read the texts begin with the rules."""
    examples = "\n".join(row.example for row in engine.load(lexicon).rows)
    extract.tables(examples, {"id": "none"}, lexicon)
    gc.freeze()  # the rules stay: neither this process nor its children need to look through them for garbage


def keep(read, found, writer, letters):
    """Takes what was read of one text into the dataset and its raw text into build/texts; the lines of what is wrong.

    `found`: {id or hash of a text: its file}.
    """
    for line in read["warnings"]:
        print(line, file=sys.stderr)
    name, digest, file = read["id"], read["sha256"], read["file"]
    if read["wrong"]:
        return [read["wrong"]]
    if f"sha256:{digest}" in found:
        return [f"{file}: the same file as {found[f'sha256:{digest}']}; expected each text once"]
    found[f"sha256:{digest}"] = file
    if name in found:
        return [f"{file}: its id {name} is already that of another file; expected one text an id"]
    found[name] = file
    writer.add(read["rows"], name)
    letters.add(name, read["letters"], read["places"])
    kept = paths.BUILD / "texts" / f"{name}.txt"
    if not kept.exists() or kept.read_bytes() != read["raw"]:
        paths.write(kept, read["raw"])
    return []


def save(writer, found, letters, base, lexicon):
    """Adds the rows of other sources and the shared phrases; says which sources of `base` keep codings of old rules."""
    stays = [name for name in sorted(base) if name not in found]
    old = [name for name in stays if base[name]["sources"][0]["codebook"] != version(lexicon)]
    if old:
        print(f"codings of an older codebook stay for {', '.join(old)}: their texts are not at hand", file=sys.stderr)
    for name in stays:
        writer.add({t: rows for t, rows in base[name].items() if t != "shared_phrases"}, name)
    of_base = (r for n in base for r in base[n].get("shared_phrases", ()))
    of_base = (r for r in of_base if r["source_a"] not in found and r["source_b"] not in found)
    writer.add({"shared_phrases": chain(of_base, letters.shared())})
    writer.close()
