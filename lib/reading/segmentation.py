"""Words by jieba's own dictionary, for the reader's judgement of what is a word; see words.py for the taught tokenizer."""
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
