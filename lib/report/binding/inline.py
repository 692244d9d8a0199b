"""A figure as a part of the page: an SVG with real text, without ids, styles or links that reach beyond it."""

import re

from lxml import etree

from lib.reading.spans import HAN

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
KEPT = {"svg", "g", "defs", "path", "text", "tspan", "use", "clipPath", "rect", "circle", "ellipse", "line"}
KEPT |= {"polyline", "polygon", "image", "linearGradient", "stop"}
EVIDENCE = ("#ev-", "#set-")
JOINS = "stroke-linejoin:round;stroke-linecap:butt"


def svg(text, name, title):
    """The SVG for use within HTML: its ids begin with `name`, `title` tells it to screen readers; marks lead to their
    evidence, and nothing leads elsewhere."""
    root = etree.fromstring(
        text.encode(), etree.XMLParser(resolve_entities=False, remove_comments=True, no_network=True)
    )
    used = set(re.findall(r'(?:xlink:href="|url\()#([^")]+)', text))
    for element in list(root.iter()):
        leads = element.tag == f"{SVG}a" and element.get(f"{XLINK}href", "").startswith(EVIDENCE)
        if not isinstance(element.tag, str) or not (leads or element.tag.removeprefix(SVG) in KEPT):
            element.getparent().remove(element)
        else:
            _tidied(element, name, used)
    for key, value in {
        "role": "group" if root.find(f".//{SVG}a") is not None else "img",
        "aria-label": title,
        "style": f"--width:{width(text)};{JOINS}",
    }.items():
        root.set(key, value)
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    etree.strip_tags(root, "bare")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode", with_tail=False)


def unlinked(text):
    """The SVG without links: a file of its own has no evidence in it."""
    return re.sub(r"</?a\b[^>]*>", "", text)


def cited(element):
    """The anchor of the evidence that an element of pandoc's tree is a link to; None for any other element."""
    target = element["c"][2][0] if element["t"] == "Link" else ""
    return target[1:] if target.startswith(EVIDENCE) else None


def width(text):
    """The figure's own width, a little larger than in print, as CSS."""
    found = re.search(r'<svg[^>]*?\swidth="([\d.]+)(?:pt)?"', text)
    return f"{float(found.group(1)) * 1.5:.0f}px" if found else "100%"


def _tidied(element, name, used):
    """Its id is unique in the page or gone, links lead inside the figure, Chinese is marked as such."""
    own = element.attrib.pop("id", "")
    if own in used:
        element.set("id", f"{name}-{own}")
    for key, value in list(element.attrib.items()):
        if key.lower().startswith("on"):
            del element.attrib[key]
        elif key in ("href", f"{XLINK}href"):
            del element.attrib[key]
            if element.tag == f"{SVG}a":
                element.set("href", value)
            elif value.startswith("#"):
                element.set("href", f"#{name}-{value[1:]}")
            elif value.startswith("data:image/png"):
                element.set("href", value)
        elif "url(#" in value:
            element.set(key, value.replace("url(#", f"url(#{name}-"))
    for key, value in element.attrib.items():
        element.set(key, _short(value))
    if element.tag == f"{SVG}text" and HAN.search("".join(element.itertext())):
        element.set("lang", "zh-CN")
    if element.tag != f"{SVG}text":
        element.text = None
        for child in element:
            child.tail = None
    if element.tag == f"{SVG}g" and not element.attrib:
        element.tag = "bare"


def _short(value):
    """The same drawing in fewer characters: a hundredth of a point is enough, lines need no breaks."""
    value = re.sub(r"\d+\.\d{3,}", lambda n: f"{float(n.group()):.2f}".rstrip("0").rstrip("."), value)
    return re.sub(r"\s*\n\s*", " ", value).replace(": ", ":").replace("; ", ";").strip()
