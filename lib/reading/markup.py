"""What is code rather than words: tags and entities, front matter, Markdown's marks, addresses."""

import html
import re

from lib.reading import edits
from lib.reading.edits import Edit

TAGS = (
    "a|abbr|article|aside|b|blockquote|body|br|center|code|dd|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|head"
    "|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|ol|p|picture|pre|s|section|small|source|span"
    "|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|u|ul|video"
)
BLOCKS = r"br|p|div|li|h[1-6]|tr|table|section|article|hr|dt|dd|blockquote"
FRONT = re.compile(r"\A\s*---[ \t]*\n(?=[A-Za-z_]+[ \t]*:)(?P<body>(?:[^\n]*\n){1,40}?)---[ \t]*(?:\n|\Z)")
RULES = (
    ("front matter", FRONT, ""),
    ("page code", re.compile(r"<!--.*?-->|<(script|style)\b[^<>]*>.*?</\1\s*>", re.S | re.I), ""),
    ("tags", re.compile(rf"</?(?:{BLOCKS})\b[^<>\n]{{0,600}}>", re.I), "\n"),
    ("tags", re.compile(r"</t[dh]>", re.I), " | "),
    ("tags", re.compile(rf"</?(?:{TAGS})\b[^<>]{{0,600}}>", re.I), ""),
    ("picture", re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,400}\)"), ""),
    ("address", re.compile(r"(?<=\])\([^()\n]{0,400}\)|\[(?=[^\[\]\n]{1,200}\]\()|(?<=[^\n])\](?=\()"), ""),
    ("markdown", re.compile(r"^#{1,6}[ \t]+|^>[ \t]?|\*\*|(?<![\w_])__(?=\S)|(?<=\S)__(?![\w_])", re.M), ""),
    ("markdown", re.compile(r"^[ \t]*[-*+](?=[ \t]+\S)", re.M), "•"),
    ("markdown", re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?:[ \t]*:?-{3,}:?)?[ \t]*$", re.M), ""),
)
ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|[a-z]{2,8});", re.I)


def clean(text, _=None):
    """(the text without its code, ledger rows): ends of blocks are line breaks, cells stand between bars."""
    found = []
    for rule, pattern, new in RULES:
        found += [Edit(m.start(), m.end(), new, "cut", rule) for m in pattern.finditer(text.chars)]
    for m in ENTITY.finditer(text.chars):
        char = html.unescape(m.group())
        if char != m.group():
            found.append(Edit(m.start(), m.end(), char, "converted", "entity"))
    return edits.apply(text, found)
