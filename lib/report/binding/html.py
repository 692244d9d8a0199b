"""The report as one HTML file: nothing fetched, its fonts inside, one script, allowed by its hash."""

import base64
import hashlib
from functools import partial
from pathlib import Path

import jinja2
from lxml import etree

from lib.reading.spans import HAN
from lib.report.binding import inline, pandoc
from lib.report.show import fonts
from lib.report.show import frame as tables

TEMPLATE = Path(__file__).parent / "templates" / "report.html"
SCRIPT = TEMPLATE.with_suffix(".js")
BACK = "↩\ufe0e"  # pandoc's mark behind a footnote, which the fonts of the report do not have
SCROLL = '<div class="scroll" tabindex="0">'
_raw = partial(pandoc.raw, "RawBlock", "html")


def render(blocks, book):
    """The bytes of the page; `book`: labels, numbers, appendix, title and language, as bind.py makes it."""
    options = "-t html5 --mathml --section-divs --number-sections --reference-location=section".split()
    shown = book.shown(blocks, partial(_figure, book), partial(_table, book))
    body = pandoc.write(pandoc.walk(shown, partial(_marked, book)), *options)
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    script = SCRIPT.read_text(encoding="utf-8")
    told = {"book": book, "label": book.labels.of, "shown": fonts.shown, "script": script}
    told |= {"body": body.replace(BACK, "↑"), "contents": _contents(body, book)}
    told["hash"] = f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"
    page = environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(told)
    return page.replace("/*fonts*/", _faces(page)).encode()


def _figure(book, output):
    payload, caption = output.payload, {"t": "Plain", "c": book.caption(output)}
    drawn = inline.svg(payload["svg"], payload["label"], "".join(pandoc.plain(output.caption)))
    head = f'<figure class="figure" id="{payload["label"]}">{SCROLL}{drawn}</div><figcaption>'
    return [_raw(head), caption, _raw("</figcaption>"), *_note(output), _raw("</figure>")]


def _marked(book, element):
    """For walk: in an edition that is not Chinese, Chinese words are marked as such."""
    if book.labels.language == "zh" or element["t"] != "Str" or not HAN.search(element["c"]):
        return None
    return [{"t": "Span", "c": [["", [], [["lang", "zh-CN"]]], [element]]}]


def _table(book, output):
    payload, caption = output.payload, {"t": "Plain", "c": book.caption(output)}
    table = fonts.shown(tables.html(payload, link=lambda cell: f"#{cell['c']}"))
    head = f'<figure class="table {payload.get("look") or ""}" id="{payload["label"]}"><figcaption>'
    body = f"</figcaption>{SCROLL}{table}</div>"
    return [_raw(head), caption, _raw(body), *_note(output), _raw("</figure>")]


def _note(output):
    return [_raw('<p class="note">'), {"t": "Plain", "c": output.note}, _raw("</p>")] if output.note else []


def _contents(body, book):
    """[(level, id, number, text)] of the headings down to the second level, and of the appendix."""
    root = etree.HTML(body)
    heads = root.iter("h1", "h2")
    found = [(int(h.tag[1]), h.getparent().get("id"), h.get("data-number", ""), _heading(h)) for h in heads]
    return [*found, (1, "evidence", "", book.labels.of("evidence", "chapter"))]


def _heading(element):
    for number in element.findall("span[@class='header-section-number']"):
        element.remove(number) if not number.tail else number.clear(keep_tail=True)
    return "".join(element.itertext()).strip()


_BOLD = {"h1", "h2", "h3", "h4", "th", "strong", "b", "summary", "label"}
_SANS = _BOLD | {"td", "figcaption", "nav", "header", "aside", "svg", "pre", "code", "script"}
_SANS_CLASSES = {"evidence", "note", "footnotes", "footnote-ref", "skip"}


def _faces(page):
    """@font-face rules with the characters that the page uses, for each of the three fonts."""
    used = {"serif": set(), "sans": set(), "bold": set()}
    for element in etree.HTML(page).iter(etree.Element):
        for text in (element.text, *(child.tail for child in element)):
            used[_face(element)].update(text or "")
        for name, text in element.items():
            used["sans"].update(text if name.startswith("data-") else "")
    used["sans"] |= used["bold"]
    faces = (
        (fonts.SERIF, 400, fonts.BODY, used["serif"]),
        (fonts.SANS, 400, fonts.REGULAR, used["sans"]),
        (fonts.SANS, 700, fonts.bold(), used["bold"]),
    )
    return "\n".join(_rule(*face) for face in faces)


def _face(element):
    above = [element, *element.iterancestors()]
    tags, classes = {e.tag for e in above}, {name for e in above for name in e.get("class", "").split()}
    head = "matrix" in classes and any(e.tag == "td" and e.getprevious() is None for e in above)
    theme = "profile" in classes and "em" in tags
    if head or theme or tags & _BOLD or "font-weight:" in element.get("style", ""):
        return "bold"
    return "sans" if tags & _SANS or classes & _SANS_CLASSES else "serif"


def _rule(family, weight, path, characters):
    data = base64.b64encode(fonts.woff2(path, characters)).decode()
    source = f'url(data:font/woff2;base64,{data}) format("woff2")'
    return f'@font-face{{font-family:"{family}";font-weight:{weight};src:{source}}}'
