"""From a page of HTML to its text: the article where one is found, else all that a reader would see."""

from html.parser import HTMLParser

from lib.limits import limit
from lib.reading.spans import HAN

HIDDEN = ("script", "style", "noscript", "template", "title")
INLINE = ("a", "abbr", "b", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u")
LINES = 8  # pieces of words below a heading that may tell of day and source
LEAST, WHOLE, FEW = 40, 0.9, 0.1  # characters of an article; shares of the visible hanzi that a tree, an article keep


def text(page: str) -> tuple[str, list[str]]:
    """(the text of a page, what is to be told of it): the main text, with its heading, as trafilatura finds it.

    A page that is nested so deep, or has so many attributes, that its tree would lose text is read as it is seen.
    """
    seen = Visible.of(page)
    if seen.attributes > limit("attributes"):
        return seen.text, [f"an element with {seen.attributes:,} attributes; all visible text is read"]
    tree, whole = _tree(page), _hanzi(seen.text)
    words = "\n".join(_words(tree))
    if len(_hanzi(words)) < WHOLE * len(whole):
        return seen.text, [f"elements nested deeper than {limit('depth')}; all visible text is read"]
    kept = _article(page, tree) or words
    if len(_hanzi(kept)) < FEW * len(whole):
        return kept, [f"{len(_hanzi(kept))} of its {len(whole)} visible hanzi are taken for the article; expected more"]
    return kept, []


class Visible(HTMLParser):
    """What a reader sees of a page, a line a block, and the most attributes that an element has."""

    @classmethod
    def of(cls, page):
        """The Visible of a page."""
        seen = cls()
        seen.feed(page)
        seen.close()
        return seen

    def __init__(self):
        super().__init__()
        self.attributes, self._parts, self._hidden = 0, [], 0

    @property
    def text(self):
        """The visible words, white space around lines left out."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).split("\n"))
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag, attrs):
        """Counts attributes and begins a new line, unless within one."""
        self.attributes = max(self.attributes, len(attrs))
        self._hidden += tag in HIDDEN
        self._border(tag)

    def handle_endtag(self, tag):
        """Ends what is hidden, and the line of a block."""
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        self._border(tag)

    def handle_data(self, data):
        """Keeps words; their own line ends are white space."""
        if not self._hidden:
            self._parts.append(data.replace("\n", " "))

    def _border(self, tag):
        if tag not in INLINE:
            self._parts.append("\n")


def stated(page: str) -> dict[str, str]:
    """{title, published, publisher} that a page states in its head, and byline: the short words below its heading,
    where it tells the reader of day and source, a line each."""
    if Visible.of(page).attributes > limit("attributes"):
        return {}
    tree = _tree(page)
    found = {
        "title": [*tree.xpath("//meta[@property='og:title']/@content"), *tree.xpath("//head/title/text()")],
        "published": tree.xpath(
            "//meta[@property='article:published_time' or @name='PubDate' or @name='pubdate']/@content"
        ),
        "publisher": tree.xpath("//meta[@name='ContentSource' or @property='og:site_name']/@content"),
    }
    below = tree.xpath(f"(//h1|//h2)[1]/following::text()[normalize-space()][position() <= {LINES}]")
    byline = [" ".join(words.split()) for words in below if len(words) < LEAST]
    return {k: " ".join(v[0].split()) for k, v in found.items() if v and v[0].strip()} | {"byline": "\n".join(byline)}


def _tree(page):
    """The tree of a page without what is hidden but its title; a page without any element is an empty one."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return html.document_fromstring("<html><body></body></html>")


def _article(page, tree):
    """The main text of a page, with the page's own heading above it where it was left out; "" where none is found."""
    import trafilatura

    kept = trafilatura.extract(
        page, include_comments=False, include_tables=True, deduplicate=False, favor_recall=True, fast=True
    )
    if not kept or len(kept) < LEAST:
        return ""
    title = next((" ".join(h.text_content().split()) for h in tree.iter("h1")), "")
    return kept if not title or title in kept[: len(title) + 200] else f"{title}\n{kept}"


def _words(tree):
    for node in list(tree.iter("script", "style", "noscript", "template")):
        node.drop_tree()
    return [line.strip() for line in tree.text_content().split("\n") if line.strip()]


def _hanzi(words):
    return HAN.findall(words)
