"""Finds what is to be translated, keeps the catalogues current, and makes notebooks in another language."""

import ast
import re
from collections import Counter
from io import BytesIO

import nbformat
from babel.messages import Catalog, pofile

from lib import paths
from lib.report.show import captions, messages

LANGUAGES = ("zh",)
MARKS = {"message", "say"}  # calls whose first argument is said in the language of the report
_BLOCK = re.compile(r"\n\s*\n|\n(?=- )")
_HEAD = re.compile(r"#+ |- ")
_COMMENT = re.compile(r"(?m)#\s+(.+)$")
_FIELD = re.compile(r"\{\w+\}|\[@[^\]]+\]")


def update() -> list[str]:
    """Brings every catalogue up to date with notebooks, captions and library; the lines of what is to be translated."""
    for language in LANGUAGES:
        for domain, texts in sources().items():
            old = _catalogue(language, domain)
            old.update(_template(domain, texts))
            _write(old, language, domain)
    messages.catalogue.cache_clear()
    return check()


def check() -> list[str]:
    """A line for each message without a current translation, or whose translation lacks a {name} or a reference."""
    return [
        line
        for language in LANGUAGES
        for domain, texts in sources().items()
        for line in _wrong(language, domain, texts)
    ]


def _wrong(language, domain, texts):
    known, name = _catalogue(language, domain), f"{_path(language, domain).relative_to(paths.ROOT)}"
    for text in texts:
        found = known.get(text)
        if not found or not found.string:
            yield f"{name}: not translated: {text[:60]}"
        elif found.fuzzy:
            yield f"{name}: translation is older than its text: {text[:60]}"
        elif set(_FIELD.findall(text)) != set(_FIELD.findall(found.string)):
            yield f"{name}: other names or references than in English: {text[:60]}"
    yield from (f"{name}: said nowhere any more: {m.id[:60]}" for m in known if m.id and m.id not in texts)


def sources() -> dict[str, list[str]]:
    """{catalogue: its messages in English, in order}: one a notebook, one for captions, one for the
    library, and one for what several of them say."""
    notebooks = {path.stem: _of_notebook(path) for path in sorted(paths.NOTEBOOKS.glob("*.ipynb"))}
    rows = [row[c] for row in captions.rows() for c in ("caption", "note", "empty")]
    library = [text for path in sorted((paths.ROOT / "lib").rglob("*.py")) for text in _marked(path)]
    found = {**notebooks, "captions": rows, "library": library}
    found = {name: [t for t in dict.fromkeys(map(messages.plain, texts)) if t] for name, texts in found.items()}
    often = {t for t, n in Counter(t for texts in found.values() for t in texts).items() if n > 1}
    common = [t for texts in found.values() for t in texts if t in often]
    own = {name: [t for t in texts if t not in often] for name, texts in found.items()}
    return {"common": list(dict.fromkeys(common)), **own}


def _of_notebook(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield from (_split(block)[1] for block in _BLOCK.split(cell.source))
        elif "parameters" in cell.metadata.get("tags", ()):
            yield from _COMMENT.findall(cell.source)
        else:
            yield from (node.value for node in _prose(ast.parse(cell.source)))


def _prose(tree):
    """The strings of a cell that are words for readers: those with a blank between letters."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"\S\s+\S", node.value):
            yield node


def _marked(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        first = node.args[0] if name in MARKS and node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _split(block):
    """(mark of a heading or an item, the rest)."""
    mark = _HEAD.match(block)
    return (mark.group(), block[mark.end() :]) if mark else ("", block)


def _path(language, domain):
    return messages.FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def _catalogue(language, domain):
    path = _path(language, domain)
    return messages.read(path, language) if path.exists() else _template(domain, (), language)


def _template(domain, texts, language=None):
    made = Catalog(locale=language, domain=domain, fuzzy=False, header_comment=f"# {domain}")
    for text in texts:
        made.add(text)
    return made


def _write(catalogue, language, domain):
    written = BytesIO()
    pofile.write_po(written, catalogue, width=100, omit_header=True, ignore_obsolete=True)
    paths.write(_path(language, domain), written.getvalue())


def localised(notebook, language: str):
    """The notebook with its prose, its strings and the comments of its parameters in a language, in place."""
    for cell in notebook.cells if language in LANGUAGES else ():
        if cell.cell_type == "markdown":
            cell.source = _markdown(cell.source, language)
        elif "parameters" in cell.metadata.get("tags", ()):
            cell.source = _parameters(cell.source, language)
        else:
            cell.source = _code(cell.source, language)
    return notebook


def _markdown(source, language):
    blocks, marks = _BLOCK.split(source), _BLOCK.findall(source)
    said = [mark + messages.translated(text, language) for mark, text in map(_split, blocks)]
    return "".join(block + mark for block, mark in zip(said, [*marks, ""], strict=True))


def _parameters(source, language):
    told = _COMMENT.sub(lambda m: f"# {messages.translated(m.group(1), language)}", source)
    return told.replace('language = "en"', f'language = "{language}"')


def _code(source, language):
    """The cell with its prose translated, each string where it stood; as it is where it has a magic command."""
    try:
        found = sorted(_prose(ast.parse(source)), key=lambda n: (n.lineno, n.col_offset), reverse=True)
    except SyntaxError:
        return source
    lines = source.encode().splitlines(keepends=True)
    starts = [sum(map(len, lines[:n])) for n in range(len(lines))]
    code = source.encode()
    for node in found:
        said = messages.translated(node.value, language)
        begin, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
        code = code[:begin] + _literal(said, node.col_offset).encode() + code[end:] if said != node.value else code
    return code.decode()


def _literal(text, indent):
    """A string as Python writes it, long ones on several lines."""
    pieces = re.findall(r".{1,36}(?:(?<=[^{])(?![^{}]*\})|$)", text, re.S) if len(text) > 40 else [text]
    return f"\n{' ' * indent}".join('"' + p.replace("\\", "\\\\").replace('"', '\\"') + '"' for p in pieces)
