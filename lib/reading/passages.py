"""Paragraphs and sentences of a cleaned text."""
import re

from lib.reading.document import Passage, Sentence

LINE = re.compile(r"[^\n]*\S[^\n]*")
SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」』）)]*|[^。！？!?]+$")


def passages(text):
    """One passage for each line that holds anything; a short line without a stop is a heading."""
    found, section = [], ""
    for m in LINE.finditer(text.chars):
        line = m.group().strip()
        heading = len(line) <= 40 and not re.search(r"[。！？；;:：]$", line)
        section = line if heading else section
        found.append(Passage(m.start(), m.end(), "heading" if heading else "body", section))
    return found


def sentences(text, passages):
    """The sentences of each passage, without the white space around them."""
    found = []
    for i, p in enumerate(passages):
        for m in SENTENCE.finditer(text.chars[p.start:p.end]):
            words = m.group()
            if words.strip():
                lead = len(words) - len(words.lstrip())
                found.append(Sentence(p.start + m.start() + lead, p.start + m.start() + len(words.rstrip()), i))
    return found
