"""What `make docs` makes: a page of every public function with what its docstring says, and of the tables."""

import ast
import inspect
import pkgutil
import re
from importlib import import_module

import pdoc
import pytest

import lib
from lib import desk, paths, schemas

MODULES = sorted(m.name for m in pkgutil.walk_packages(lib.__path__, "lib.") if not m.name.endswith("__main__"))


@pytest.fixture(scope="module")
def pages():
    pdoc.render.configure(show_source=False)
    made = {name: pdoc.doc.Module(import_module(name)) for name in ("lib", "lib.desk")}
    return {name: pdoc.render.html_module(module, made) for name, module in made.items()}


def test_the_page_has_every_table_and_what_its_columns_hold(pages):
    for name, columns in schemas.TABLES.items():
        assert f"{name}.csv</h3>" in pages["lib"]
        assert all(f"<td>{c.name}</td>" in pages["lib"] for c in columns)


def test_the_page_has_every_function_of_the_desk(pages):
    for owner in (desk, desk.Evidence, desk.Corpus):
        for name, _ in vars(owner).items():
            shown = f"{owner.__name__}.{name}" if owner is not desk else name
            assert name.startswith("_") or not own(owner, name) or f'id="{shown}"' in pages["lib.desk"], shown


def own(owner, name):
    """Whether a function is written there."""
    found = getattr(owner, name)
    return inspect.isfunction(found) and found.__module__ == "lib.desk"


def stage(module):
    """The package that a module, or what it holds, lies in, as the map names it; a module outside of all itself."""
    parts = module.split(".")[1:]
    folders = [parts[:n] for n in range(1, len(parts)) if (paths.ROOT / "lib").joinpath(*parts[:n]).is_dir()]
    return "/".join(folders[-1] if folders else parts[:1])


def test_a_package_uses_only_what_stands_above_it_in_the_map():
    rows = re.findall(r"(?m)^\| ([\w\\/, ]+) \|", (paths.ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    rank = {name: n for n, row in enumerate(rows) for name in row.replace("\\", "").split(", ")}
    for path in sorted((paths.ROOT / "lib").rglob("[!_]*.py")):
        own = stage(".".join(path.relative_to(paths.ROOT).with_suffix("").parts))
        nodes = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom))
        used = {stage(f"{n.module}.{a.name}") for n in nodes if n.module.split(".")[0] == "lib" for a in n.names}
        assert [name for name in used if rank[name] > rank[own]] == [], path


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_is_documented(name):
    module = import_module(name)
    public = [
        o for n, o in inspect.getmembers(module) if getattr(o, "__module__", "") == name and not n.startswith("_")
    ]
    bare = [o.__name__ for o in public if (inspect.isfunction(o) or inspect.isclass(o)) and not inspect.getdoc(o)]
    assert module.__doc__ and not bare
