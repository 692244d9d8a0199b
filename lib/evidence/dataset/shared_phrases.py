"""Runs of characters that two texts share word for word: official formulas, reprints."""

import re

CJK = re.compile(r"[^\u4e00-\u9fff]")
LEAST = 12


def shared(documents, least=LEAST):
    """Rows of shared_phrases: maximal runs of at least `least` Chinese characters, punctuation aside, in two texts."""
    seen, rows = {}, []
    for doc in documents:
        chars, at = _letters(doc.text)
        rows += _runs(doc, (chars, at), seen, least)
        for i in range(len(chars) - least + 1):
            seen.setdefault(chars[i : i + least], []).append((doc, at, chars, i))
    return sorted(rows, key=lambda r: (r["source_a"], r["start_a"], r["source_b"], r["start_b"]))


def _letters(text):
    at = [i for i, c in enumerate(text.chars) if not CJK.match(c)]
    return "".join(text.chars[i] for i in at), at


def _runs(doc, letters, seen, least):
    """Each run once: it begins where the characters before it differ."""
    chars, at = letters
    for j in range(len(chars) - least + 1):
        for other, there, text, i in seen.get(chars[j : j + least], ()):
            if i and j and text[i - 1] == chars[j - 1]:
                continue
            n = least
            while i + n < len(text) and j + n < len(chars) and text[i + n] == chars[j + n]:
                n += 1
            start_a, end_a = other.text.raw_span(there[i], there[i + n - 1] + 1)
            start_b, end_b = doc.text.raw_span(at[j], at[j + n - 1] + 1)
            yield {
                "source_a": other.id,
                "start_a": start_a,
                "end_a": end_a,
                "source_b": doc.id,
                "start_b": start_b,
                "end_b": end_b,
                "characters": n,
            }
