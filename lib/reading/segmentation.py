"""Words by jieba's own dictionary, to judge what is a word; see words.py for the taught tokenizer."""

from functools import cache


@cache
def _dictionary():
    import rjieba

    return rjieba.Jieba()


def plain(chars):
    """The words of some characters by the dictionary alone, without new-word guessing."""
    return _dictionary().cut(chars, False)


def spans_boundary(left, right):
    """The word that would stand across the border between two pieces of text, or "" where none does."""
    left, right = left[-8:], right[:8]
    at = 0
    for word in plain(left + right):
        at += len(word)
        if at > len(left):
            return word if at - len(word) < len(left) else ""
    return ""


def cuts(chars, start, end):
    """Whether a stretch begins and ends inside words, and so holds none of the text's: 急救 of 应急救援."""
    at = first = max(0, start - 8)
    borders = {at} | {at := at + len(word) for word in plain(chars[first : end + 8])}
    return start not in borders and end not in borders


SHORT = 4  # characters of a stretch that may be half a word


def straddled(chars, start, end):
    """Whether a stretch holds half a word: words go across both its ends (会同 of 大会同意), or across its last
    where it is short and no word itself (为辅 of 为辅警)."""
    at, words = max(0, start - 8), plain(chars[max(0, start - 8) : end + 8])
    spans = [(at, at := at + len(word)) for word in words]
    first = any(a < start < b < end for a, b in spans)
    last = any(start < a < end < b for a, b in spans)
    return last and (first or end - start < SHORT and not _dictionary().has_word(chars[start:end]))


@cache
def _kind(form):
    """The dictionary's part of speech of a form that it holds as one word, or ""."""
    if not _dictionary().has_word(form):
        return ""
    tagged = _dictionary().tag(form, False)
    return tagged[0][1] if len(tagged) == 1 else ""


def is_word(form):
    """Whether the dictionary holds the form as a word other than a person's name."""
    return bool(_kind(form)) and not is_name(form)


def is_name(form):
    """Whether the dictionary holds the form as a person's name."""
    return _kind(form) in ("nr", "nrfg", "nrt")


def tagged(chars):
    """(word, part of speech) of some characters by the dictionary alone."""
    return _dictionary().tag(chars, False)


def is_idiom(form: str) -> bool:
    """Whether the dictionary holds the form as an idiom or a set phrase."""
    return _kind(form) in ("i", "l")
