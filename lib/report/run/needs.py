"""What an outcome stands on, so that it is made again only where one of these has other content.

Every file that is opened and every folder that is listed is heard of while it is made; the modules are those that its
code imports, and those that these import.
"""

import ast
import hashlib
import json
import os
import re
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from lib import lexicon, paths
from lib.evidence.dataset import reads

WRITING = os.O_WRONLY | os.O_RDWR
OTHER = (".venv", ".git", "figures", "notebooks", "build/executed", "build/bound")
APART = [str(paths.ROOT / name) for name in OTHER]  # notebooks are part of what is given
IMPORT = re.compile(r"(?m)^[ \t]*((?:from|import)\b(?:[^(\n]*\([^)]*\)|[^\n]*))")
HEAD = "heads: "  # before the hash of a table's first line, where no more of it was read
_files, _heads, _folders = set(), set(), set()
_deaf = []  # not empty while what is read is no need


def _hear(event, args):
    """Remembers what is opened to be read and what is listed; never raises, whatever a library passes."""
    if _deaf:
        return
    if event == "open" and isinstance(args[0], (str, os.PathLike)):
        writing = args[2] & WRITING if isinstance(args[2], int) else False
        if not writing:
            (_heads if os.fspath(args[0]) in lexicon.heading else _files).add(os.path.abspath(args[0]))
    elif event in ("os.listdir", "os.scandir") and isinstance(args[0], (str, os.PathLike)):
        _folders.add(os.path.abspath(args[0]))


@cache
def listen():
    """Begins to remember what this process and its forks read."""
    sys.addaudithook(_hear)


@contextmanager
def unheard():
    """What is read meanwhile, to be compared, is no need."""
    _deaf.append(True)
    try:
        yield
    finally:
        _deaf.pop()


def forget(files):
    """Forgets that some files were read: what an outcome has of them is told otherwise."""
    _files.difference_update(map(os.path.abspath, files))


def folder(made: Path) -> Path:
    """Where it is kept what outcomes of a folder stand on, as of `made`, one of them."""
    return made.parent.with_name(f"{made.parent.name}.needs")


def keep(record: Path, given: str, among=(), **more):
    """Writes what an outcome stands on: `given`, the content of all that was read until now in the project and in
    the folders `among`, and what more is told of it."""
    files = {name: HEAD + _content(name, head=True) for name in sorted(_ours(_heads - _files, among))}
    files |= {name: digest for name in sorted(_ours(_files, among)) if (digest := _content(name))}
    code = str(paths.ROOT), str(paths.ROOT / "lib")  # listed where modules are looked for
    listed = (n for n in sorted(_ours(_folders, among)) if n != code[0] and not n.startswith(code[1]))
    folders = {name: _listing(name) for name in listed}
    _kept(record, {"given": given, "files": files, "folders": folders, **more})


def note(record: Path, **more):
    """Adds to what is written of an outcome."""
    _kept(record, {**json.loads(record.read_text("utf-8")), **more})


def _kept(record, told):
    paths.write(record, json.dumps(told, ensure_ascii=False, indent=1))


def kept(record: Path, name: str):
    """What was noted of an outcome under a name; None where nothing was."""
    return json.loads(record.read_text("utf-8")).get(name)


def changed(record: Path, given: str) -> list[str]:
    """Why an outcome is to be made again: what it stands on and has changed; nothing where it is current."""
    if not record.exists():
        return ["it was not made yet"]
    told = json.loads(record.read_text("utf-8"))
    why = [] if told["given"] == given else ["its code or its parameters"]
    for name, digest in told["files"].items():
        head = digest.startswith(HEAD)
        why += [name] * (HEAD * head + _content(name, head) != digest)
    return why + [name for name, names in told["folders"].items() if _listing(name) != names]


def _ours(names, among):
    """The paths that are no code, no library, no record and no outcome of a run."""
    among = tuple(os.path.abspath(name) + os.sep for name in among)
    apart = tuple(name for name in APART if not any(folder.startswith(name) for folder in among))
    kept = {name for name in names if f"{name}{os.sep}".startswith((f"{paths.ROOT}{os.sep}", *among))}
    return {n for n in kept if not (n.startswith(apart) or n.endswith((".py", ".pyc")) or f".needs{os.sep}" in n)}


def given(sources: dict[str, str], *told) -> str:
    """A hash of {name: source code}, the modules that they import, the libraries, and what else is told."""
    digest = hashlib.sha256(json.dumps([sources, told, sys.version, str(paths.CODEBOOK)], sort_keys=True).encode())
    for name in sorted(modules(sources.values())):
        digest.update(_file(name).read_bytes())
    digest.update((paths.ROOT / "requirements.txt").read_bytes())
    return digest.hexdigest()


def modules(sources) -> set[str]:
    """The modules of lib that sources import, with those that they import in turn."""
    found, waiting = set(), set().union(*map(imported, sources))
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= _imports(name) - found
    return found


def _imports(name):
    path = _file(name)
    return _parsed(path, path.stat().st_mtime_ns)


@cache
def _parsed(path, _changed):
    return imported(path.read_text("utf-8"))


def imported(source):
    """The modules of lib that a source imports, and the packages that they lie in."""
    wanted = set()
    for node in (node for statement in IMPORT.findall(source) for node in _nodes(statement)):
        if isinstance(node, ast.Import):
            wanted |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            wanted |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    above = {".".join(parts[:i]) for w in wanted for parts in [w.split(".")] for i in range(1, len(parts) + 1)}
    return {w for w in above if w.split(".")[0] == "lib" and _file(w)}


def _nodes(statement):
    try:
        return ast.parse(statement).body
    except SyntaxError:  # a sentence of a docstring that begins so
        return []


def _file(name):
    """The file of a module or package, None where the name is none."""
    path = paths.ROOT.joinpath(*name.split("."))
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.is_file()), None)


def _content(name, head=False):
    """A hash of a file, or of its first line, without the columns that no report shows; "" where it is gone."""
    path = Path(name)
    return _digest(path, path.stat().st_mtime_ns, path.stat().st_size, head) if path.is_file() else ""


@cache
def _digest(path, _changed, _size, head):
    with unheard():
        data = path.read_bytes()
    if path.name in reads.UNSHOWN:
        data = repr(reads.shown(path.name, data)).encode()
    return hashlib.sha256(data.partition(b"\n")[0] if head else data).hexdigest()


def _listing(name):
    return sorted(os.listdir(name)) if os.path.isdir(name) else []
