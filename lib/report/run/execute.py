"""Executes notebooks with papermill: all stale ones from one warm process, each in a fork of its own."""

import ast
import gc
import hashlib
import importlib
import json
import os
import shutil
import sys
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import wait
from pathlib import Path

import nbformat

from lib import paths
from lib.evidence.dataset import reads
from lib.lexicon import BadInput, table
from lib.limits import quiet
from lib.report.run import needs
from lib.report.run.translate import localised

OUT = paths.BUILD / "executed"
KEPT = ("language_info", "kernelspec")
TRIED, BEGIN = "robustness.trials(corpus", ("evidence", "texts", "places", "language")  # tried once for all notebooks
RUNS = "import lib.report.run.execute, lib.report.run.engine"  # what runs every notebook
PROSE = "its prose"
DESCRIBED, DATASET = "datapackage.json", "dataset.json"


def run(notebooks, settings, out=OUT, jobs=2):
    """Execute `notebooks` with those `settings` (dict) that each declares as parameters; the paths written.

    Those that stand on nothing that has changed stay as they are (needs.py). A notebook with a parameter `place` runs
    once for each of settings["places"] (where empty, each place of the evidence), as STEM-PLACE.ipynb. One that fails
    doesn't stop the others: BadInput then names each failure in a line.
    """
    notebooks, out = [Path(path) for path in notebooks], Path(out)
    tasks = [task for path in notebooks for task in plan(path, settings, out)]
    _prune(notebooks, tasks, out)
    _stamp(settings.get("evidence", ""), out)
    told = [(task, reasons) for task in tasks if (reasons := why(task))]
    for task, reasons in told:
        if reasons == [PROSE]:
            _reword(task)
    stale = [task for task, reasons in told if reasons != [PROSE]]
    if stale:
        _warm(settings, {path for path, *_ in stale})
    tried = [task for task in stale if TRIED in task[0].read_text("utf-8") and set(BEGIN) <= settings.keys()]
    stale = [task for task in stale if task not in tried] + tried
    meanwhile = partial(_try, settings) if tried else None
    failures = []
    for n, failure in enumerate(_forked(stale, jobs, len(stale) - len(tried), meanwhile), 1):
        failures += [failure] if failure else []
        print(f"notebooks executed: {n} of {len(stale)}", flush=True)
    shutil.rmtree(out / ".part", ignore_errors=True)
    if failures:
        raise BadInput("\n".join(sorted(failures)))
    return [target for _, target, _ in tasks]


def why(task) -> list[str]:
    """Why a notebook is to be executed; nothing where what it gave is current."""
    path, target, parameters = task
    if not target.exists():
        return ["it was not made yet"]
    record = _record(target)
    told = needs.changed(record, _given(path, parameters))
    told = told or reads.stale(needs.kept(record, "rows"), paths.ROOT / parameters.get("evidence", ""))
    return told or [PROSE] * (needs.kept(record, "prose") != _prose(path))


def _record(target):
    return needs.folder(target) / f"{target.name}.json"


def _given(path, parameters):
    """A hash of a notebook without its prose, its parameters and all code that it runs."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    sources = {str(n): cell.source for n, cell in enumerate(cells)}
    about = path.stem, notebook.metadata, [cell.metadata for cell in cells]
    return needs.given({**sources, "runs": RUNS}, *about, parameters)


def _prose(path):
    """A hash of the cells of a notebook that hold prose, and of where they stand."""
    cells = nbformat.read(path, as_version=4).cells
    told = [(cell.cell_type, cell.cell_type != "code" and (cell.source, cell.metadata)) for cell in cells]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _reword(task):
    """Give what a notebook gave the notebook's present prose: none of its code is to be run again for that."""
    path, target, parameters = task
    made = iter([cell for cell in nbformat.read(target, as_version=4).cells if cell.cell_type == "code"])
    spoken = localised(nbformat.read(path, as_version=4), parameters.get("language", "en"))
    cells = []
    for cell in spoken.cells:
        cells.append(next(made) if cell.cell_type == "code" else cell)
        if parameters and "parameters" in cell.metadata.get("tags", ()):
            cells.append(next(made))  # those that were given
    spoken.cells = cells
    _write(target, _plain(spoken, path, parameters))
    needs.note(_record(target), prose=_prose(path))


def _write(target, notebook):
    """The target appears whole or not at all."""
    part = target.parent / ".part" / target.name
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        nbformat.write(notebook, part)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _forked(tasks, jobs, first, meanwhile):
    """What _execute gives for each task, each in a fork of this process, `jobs` at a time; those after the `first` ones
    fork from what it is when `meanwhile`, if anything, was done."""
    context, waiting, running = get_context("fork"), list(reversed(tasks)), {}
    while waiting or running:
        while waiting and len(running) < jobs and (len(tasks) - len(waiting) < first or not meanwhile):
            task, (receive, send) = waiting.pop(), context.Pipe(duplex=False)
            running[receive] = context.Process(target=_answered, args=(task, send), daemon=True), task
            running[receive][0].start()
            send.close()
        if meanwhile:
            meanwhile = meanwhile()
            continue
        for receive in wait(list(running)):
            process, task = running.pop(receive)
            try:
                yield receive.recv()
            except EOFError:
                yield f"{task[1].name}: its process ended before it was done"
            process.join()


def _answered(task, send):
    quiet()
    send.send(_execute(task))


def plan(path, settings, out=OUT):
    """[(notebook, target, parameters)]: how often and with what a notebook runs."""
    names = declared(path)
    given = {name: value for name, value in settings.items() if name in names}
    if "place" not in names:
        return [(path, out / path.name, given)]
    return [(path, out / f"{path.stem}-{place}.ipynb", {**given, "place": place}) for place in _places(settings)]


def _places(settings):
    """The places asked for, or all that are known; where none is, each text stands alone, as in a comparison."""
    if settings.get("places"):
        return settings["places"]
    rows = table(paths.ROOT / settings["evidence"] / "sources.csv", ("id", "place"))
    placed = [row["place"] for row in rows if row["place"] not in ("", "unknown")]
    return list(dict.fromkeys(placed or [row["id"] for row in rows]))


def _prune(notebooks, tasks, out):
    """Remove what would stay behind: executed notebooks of other places, and of notebooks that are gone."""
    wanted, run = {target for _, target, _ in tasks}, {path.stem for path in notebooks}
    present = {path.stem for folder in {path.parent for path in notebooks} for path in folder.glob("*.ipynb")}
    for old in out.glob("*.ipynb"):
        stem = old.stem.partition("-")[0]
        if old not in wanted and (stem in run or stem not in present):
            old.unlink()


def declared(path):
    """The names that the cell tagged `parameters` assigns."""
    cells = nbformat.read(path, as_version=4).cells
    source = "\n".join(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", ()))
    return {target.id for node in ast.parse(source).body if isinstance(node, ast.Assign) for target in node.targets}


def _warm(settings, notebooks):
    """Import, load and check here, once, what every notebook needs, so that its fork starts with it; threads don't
    outlive a fork. A slip in a table is told before any notebook runs."""
    needs.listen()
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    import papermill  # noqa: F401
    from IPython.core.pylabtools import find_gui_and_backend

    from lib.comparison.elements import codebook
    from lib.reading import places, private, segmentation
    from lib.report.run import engine, notebook  # noqa: F401
    from lib.report.show import fonts
    from lib.report.show.labels import Labels

    find_gui_and_backend("inline"), places.names_of(""), private.mask("")
    Labels(settings.get("language", "en")), codebook.elements()
    fonts.bold(), fonts.shown(""), segmentation.is_word("")
    sources = [cell.source for path in notebooks for cell in nbformat.read(path, as_version=4).cells]
    needs.modules([RUNS, *sources])
    for module in sorted(set().union(*map(needs.imported, sources))):
        importlib.import_module(module)
    if {"evidence", "texts"} <= settings.keys():
        evidence = notebook.read(settings["evidence"], settings["texts"])
        evidence.only(settings.get("places"))
        needs.forget(evidence.folder / f"{name}.csv" for name in evidence.tables)  # each notebook notes its rows
        needs.forget([evidence.folder / DESCRIBED])
    gc.freeze()  # no fork looks through what is here for garbage, nor copies it for that


def _try(settings):
    """Tries the findings, so that the notebooks that show what came of it need not."""
    from lib.comparison import robustness
    from lib.report.run import notebook

    robustness.trials(notebook.begin(**{name: settings[name] for name in BEGIN})[1])


def _execute(task):
    """Execute one notebook; a line on what went wrong, or None."""
    import papermill

    from lib.report.run.engine import ENGINE

    path, target, parameters = task
    _record(target).unlink(missing_ok=True)
    reads.begin()
    try:
        spoken = localised(nbformat.read(path, as_version=4), parameters.get("language", "en"))
        how = {"engine_name": ENGINE, "kernel_name": "python3", "language": "python", "progress_bar": False}
        made = papermill.execute_notebook(spoken, None, parameters, **how, cwd=paths.ROOT)
        _write(target, _plain(made, path, parameters))
        evidence = paths.ROOT / parameters.get("evidence", "")
        among = [evidence] if "evidence" in parameters else []
        with needs.unheard():
            told = {"prose": _prose(path), "rows": reads.told(evidence)}
        needs.keep(_record(target), _given(path, parameters), among, **told)
    except Exception as error:
        cell = f"cell {error.exec_count}: {error.ename}: {error.evalue}" if hasattr(error, "ename") else repr(error)
        print(error, file=sys.stderr)
        return f"{path.name}{' (' + parameters['place'] + ')' if 'place' in parameters else ''}: {cell}"


def _stamp(evidence, out):
    """Keeps beside what was executed which dataset it is current with: its name, and the hash of its descriptor, which
    holds those of its tables."""
    path, stamp = paths.ROOT / evidence / DESCRIBED, out / DATASET
    if not evidence or not path.exists():
        return stamp.unlink(missing_ok=True)
    content = path.read_bytes()
    told = {"name": json.loads(content)["name"], "hash": hashlib.sha256(content).hexdigest()[:12]}
    out.mkdir(parents=True, exist_ok=True)
    paths.write(stamp, json.dumps(told))


def _plain(notebook, path, parameters):
    """The notebook without times, random ids and paths, so that the same input gives the same bytes."""
    shown = {key: parameters[key] for key in ("language", "place", "places") if key in parameters}
    notebook.metadata = {key: notebook.metadata[key] for key in KEPT if key in notebook.metadata}
    notebook.metadata["report"] = {"notebook": path.stem, **shown}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata = {"tags": list(cell.metadata.get("tags", ()))}
    return notebook
