"""A text that knows where each of its characters stands in the raw file."""

from array import array
from dataclasses import dataclass


def translated(chars: str, table: dict) -> str:
    """As chars.translate(table), at the cost of what occurs; no character of the table may stand for another of it."""
    for code in table.keys() & set(map(ord, set(chars))):
        new = table[code]
        chars = chars.replace(chr(code), new if isinstance(new, str) else chr(new))
    return chars


@dataclass(frozen=True)
class Text:
    """Characters, and for each the offset of its raw character: `offsets[i]` belongs to `chars[i]`."""

    chars: str
    offsets: array

    @classmethod
    def of(cls, raw):
        """The raw text itself, before any edit."""
        return cls(raw, array("I", range(len(raw))))

    def __len__(self):
        return len(self.chars)

    def edited(self, edits):
        """A new text after `edits`, (start, end, replacement) in this text's characters, apart and in order.

        A replacement of the same length keeps each character's offset; another one stands where its span began.
        """
        chars, offsets, at = [], array("I"), 0
        for start, end, new in edits:
            chars += (self.chars[at:start], new)
            offsets += self.offsets[at:start]
            same = len(new) == end - start
            offsets += self.offsets[start:end] if same else array("I", [self.offsets[start]] * len(new))
            at = end
        return Text("".join(chars) + self.chars[at:], offsets + self.offsets[at:])

    def raw_span(self, start, end):
        """(start, end) of these characters in the raw file."""
        return self.offsets[start], self.offsets[end - 1] + 1
