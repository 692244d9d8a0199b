"""What a text tells of itself, where no register does: title, date, publisher, genre, place, each with how it is known.

What is looked for is data: lexicon/dates.csv, genres.csv, place_signs.csv.
"""

import re
from datetime import date
from functools import cache

from lib.lexicon import Lexicon, alternatives, compiled, number
from lib.reading import cleaning, formats, locate, markup, numerals, passages
from lib.reading.numerals import ORDINAL
from lib.reading.spans import HAN
from lib.reading.text import Text

DAY = r"(?P<y>(?:19|20)\d{2})\s*[-/年.]\s*(?P<m>1[0-2]|0?[1-9])\s*[-/月.]\s*(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
MONTH = r"(?P<y>(?:19|20)\d{2})\s*[-/年.]\s*(?P<m>1[0-2]|0?[1-9])\s*(?:月|(?=[)\s]))"
IN_WORDS = compiled("day in words")
SIGNED = "signed"  # basis of a date that is looked for in the whole text
PUBLISHER = re.compile(rf"{alternatives('publisher')}\s*:\s*(?P<who>[^\s:|,。]{{2,30}})")
FIELD = re.compile(r"(?m)^(?P<key>[A-Za-z_]+)\s*:\s*[\"']?(?P<value>[^\n]*?)[\"']?\s*$")
HEADING = re.compile(r"\A(?:\s*\n|\s*<!--.*?-->)*#{1,3}[ \t]+(?P<title>[^\n]{2,120})")
ENTRY = re.compile(r"\s*【(?P<title>[^】\n]{4,40})】")  # of a yearbook
MASTHEAD = re.compile(alternatives("masthead"))
SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{0,20}$")
HEAD, TAIL, TOP, LINES = 1500, 800, 6000, 8
NO_TITLE = re.compile(rf"[。;]|^——|^第?{ORDINAL}+[、章条]|^[(（]?(?:19|20)\d{{2}}\s*[-/年.]\s*\d{{1,2}}\s*[-/月.]")
NAMED = ("work report", "regulation", "notice", "plan")  # genres that a title names
LEAST, MOST, PARAGRAPH = 4, 80, 30  # letters of a title; what is longer and has a full stop is none


def row(path, raw, registered):
    """({title, published, date_basis, date_precision, publisher, genre, place, place_zh, found}) of a text itself."""
    stated = formats.stated(path) | front_matter(raw)
    text, _, _ = cleaning.clean(raw[:40000])
    head = cleaning.script.plain_forms(f"{stated.get('byline', '')}\n{_words(raw[:HEAD])}")
    tail = cleaning.script.plain_forms(raw[-TAIL:])
    name, name_how = title(raw, text, stated)
    name = MASTHEAD.sub("", name)
    plain = cleaning.script.plain_forms(name)
    day, basis = published(head, tail, stated, raw)
    kind, kind_how = genre(plain, top(raw))
    where = locate.place(plain, head, text.chars, registered)
    who = PUBLISHER.search(head)
    found = {"title": name_how, "published": basis, "genre": kind_how, "place": str(where)}
    told = {"title": name, "genre": kind, "place": where.id, "place_zh": where.zh}
    told |= {"published": day, "date_precision": {10: "day", 7: "month"}.get(len(day), ""), "date_basis": basis}
    told |= {"publisher": stated.get("publisher") or (who["who"] if who else "")}
    return told | {"found": "; ".join(f"{k}: {v}" for k, v in found.items() if v)}


def _words(raw):
    return markup.clean(Text.of(raw))[0].chars


def top(raw):
    """The beginning of a page in plain forms, as genre looks at it."""
    return cleaning.script.plain_forms(_words(raw[:TOP]))


def front_matter(raw):
    """{title, published} of the lines between --- at a file's beginning, or a Markdown heading there."""
    m = markup.FRONT.match(raw)
    fields = {f["key"].lower(): f["value"] for f in FIELD.finditer(m["body"])} if m else {}
    told = {"title": fields.get("title", ""), "published": fields.get("date", "")[:10]}
    heading = HEADING.search(raw[:HEAD])
    told["title"] = told["title"] or (heading["title"].strip() if heading else "")
    return {k: v for k, v in told.items() if v}


def title(raw, text, stated):
    """(title as written, how it is known): what the page states, else the likeliest line above the first paragraph."""
    told = SITE.sub("", stated.get("title", "")).strip() or stated.get("title", "")
    if told:
        return told, "stated by the page"
    top, dateline = [], _dateline(raw)
    for p in passages.passages(text):
        if top and dateline and text.raw_span(p.start, p.end)[0] >= dateline:
            break
        line = text.chars[p.start : p.end]
        if len(line) > MOST or ("。" in line and len(line) > PARAGRAPH) or len(top) == LINES:
            break
        top += [(line, p)] if _titular(line) else []
    if not top:
        entry = ENTRY.match(raw)
        return (entry["title"], "heading in brackets") if entry else ("", "")
    line, p = max(top, key=lambda t: (genre(t[0], "")[0] in NAMED, not re.search(DAY, t[0]), len(t[0])))
    return " ".join(raw[slice(*text.raw_span(p.start, p.end))].split()), "longest line of the head"


def _dateline(raw):
    """Where the first line of a page's head that holds a day begins, a title standing above it; 0 without one."""
    m = re.search(rf"(?m)^[^\n]*?{DAY}", raw[:HEAD])
    return m.start() if m else 0


def _titular(line):
    """Whether a line of the head can be a title: some words, no full stop, no date alone, no speech's subtitle."""
    words = len(HAN.findall(line))
    return words >= LEAST and len(line) <= MOST and not NO_TITLE.search(line)


@cache
def _dates(lexicon=None):
    rows = (lexicon or Lexicon()).rows("dates", "basis", "pattern")
    return [(r["basis"], re.compile(r["pattern"].replace("{day}", DAY).replace("{month}", MONTH))) for r in rows]


def published(head, tail, stated, raw=""):
    """(ISO date, how it is known) from the page's own statement, its head, its foot, a signature; ("", "") else."""
    if _iso(*re.findall(r"\d+", stated.get("published", ""))[:3]):
        return _iso(*re.findall(r"\d+", stated["published"])[:3]), "stated by the page"
    for part in (head, tail, None):  # in the whole text only a signature tells
        words = _in_digits(cleaning.script.plain_forms(raw) if part is None else part)
        for basis, pattern in _dates():
            for m in pattern.finditer(words) if part is not None or basis == SIGNED else ():
                day = _iso(*m.groups())
                if day:
                    return day, basis
    return "", ""


def _in_digits(words):
    """Words with the days that stand there in Chinese numerals written as 2022-8-26."""
    return IN_WORDS.sub(lambda m: "-".join(str(numerals.read(part)) for part in m.groups() if part), words)


def _iso(year="", month="", day=None):
    try:
        return date(int(year), int(month), int(day or 1)).isoformat()[: 10 if day else 7]
    except ValueError:
        return ""


@cache
def _genres(lexicon=None):
    lexicon = lexicon or Lexicon()
    rows = lexicon.rows("genres", "genre", "part", "weight", "pattern", "example")
    path = lexicon.folder / "genres.csv"
    made = [(number(path, r, "weight"), re.compile(r["pattern"], re.M)) for r in rows]
    return [(r["genre"], r["part"], *two, r["pattern"]) for r, two in zip(rows, made, strict=True)]


def genres():
    """The kinds of text that there are."""
    return {genre for genre, *_ in _genres()}


def genre(title, top):
    """(genre, what says so) by the cues of genres.csv, those of a kind added up; other where none stands."""
    scores, how = {}, {}
    for kind, part, weight, pattern, _ in _genres():
        m = pattern.search(title if part == "title" else top)
        if m:
            scores[kind] = scores.get(kind, 0) + weight
            how.setdefault(kind, m.group()[:12].replace("\n", " "))
    best = max(scores, key=scores.get, default="other")
    return best, how.get(best, "")
