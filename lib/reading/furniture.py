"""Page furniture: what stands around and inside an article without being part of it. The rules are data: furniture.csv.

A rule's `scope` says where it holds: `head` (above the first paragraph), `tail` (below the last one), `first` (in the
first paragraph), `any`. Its `action`: `line` cuts the line, `span` the words matched, `list` the line and the short
lines after it, `rest` the line and what follows to the end, `frame` a line only where other furniture stands next to it
towards the text's end.
"""

import re
from functools import cache

from lib.lexicon import BadInput, alternatives
from lib.reading import edits
from lib.reading.edits import Edit

ACTIONS, SCOPES = ("line", "span", "list", "rest", "frame"), ("head", "tail", "first", "any")
LINE = re.compile(r"\S(?:[^\n]*\S)?")
STOP = re.compile(r"[。!?;…][”’)】]*$")
REPEATED, LONGEST = 60, 700
TEASER = re.compile(rf"{alternatives('teaser ends')}$")


@cache
def rules(lexicon):
    """{(action, scope): [(rule, compiled pattern)]} of the lexicon's furniture table; BadInput names a bad row."""
    found = {}
    for r in lexicon.rows("furniture", "rule", "pattern", "action", "scope"):
        where = f"{lexicon.folder / 'furniture.csv'}:{r['line']}"
        if r["action"] not in ACTIONS or r["scope"] not in SCOPES:
            raise BadInput(
                f"{where}: action {r['action']!r}, scope {r['scope']!r}; expected one of {ACTIONS} and {SCOPES}"
            )
        try:
            found.setdefault((r["action"], r["scope"]), []).append((r["rule"], re.compile(r["pattern"], re.I)))
        except re.error as e:
            raise BadInput(f"{where}: pattern is no regular expression ({e}); expected one") from None
    return found


def clean(text, lexicon):
    """(the text without its furniture, ledger rows)."""
    table, lines = rules(lexicon), [(m.start(), m.end(), m.group()) for m in LINE.finditer(text.chars)]
    cut = _parts(table, lines)
    found = [Edit(lines[i][0], lines[i][1], "", "cut", rule) for i, rule in cut.items()]
    found += _spans(table, lines, cut)
    return edits.apply(text, found)


def _parts(table, lines):
    """{index of a line: rule that cuts it}."""
    cut = {}
    for i, (_, _, line) in enumerate(lines):
        if rule := _match(table, "line", "any", line):
            cut.setdefault(i, rule)
        for action in ("rest", "list"):
            rule = _match(table, action, "any", line)
            if rule and i not in cut:
                cut.update(_block(lines, i, action, rule))
    _repeated(lines, cut)
    whole = [i for i, (_, _, line) in enumerate(lines) if i not in cut and _paragraph(line)]
    body = [i for i in whole if not any(_match(table, kind, "tail", lines[i][2]) for kind in ("line", "rest"))]
    first, last = (body[0], body[-1]) if body else (len(lines), -1)
    _head(table, lines, first, cut)
    _tail(table, lines, last, cut)
    return cut


def _repeated(lines, cut):
    """Paragraphs that stand on the page a second time."""
    seen = set()
    for i, (_, _, line) in enumerate(lines):
        if i not in cut and len(line) >= REPEATED and line in seen:
            cut[i] = "repeated paragraph"
        seen.add(line)


def _paragraph(line):
    return len(line) >= 40 and bool(re.search("[。;,!?]", line)) and not TEASER.search(line)


def _match(table, action, scope, line):
    """The name of the first rule that a line fits, or ""; no line of furniture is longer than LONGEST."""
    rules = table.get((action, scope), ()) if len(line) <= LONGEST else ()
    return next((rule for rule, pattern in rules if pattern.search(line)), "")


def _block(lines, at, action, rule):
    """Lines of a block of links: to the end, unless much of the article itself seems to follow."""
    before = sum(len(line) for _, _, line in lines[:at] if _paragraph(line))
    after = sum(len(line) for _, _, line in lines[at + 1 :] if _paragraph(line) and STOP.search(line))
    whole = (j for j in range(at + 1, len(lines)) if _paragraph(lines[j][2]) and STOP.search(lines[j][2]))
    end = next(whole, len(lines)) if action == "list" or after > before / 2 else len(lines)
    return dict.fromkeys(range(at, end), rule)


def _head(table, lines, first, cut):
    for i in range(first):
        if rule := _match(table, "line", "head", lines[i][2]):
            cut.setdefault(i, rule)
    _menus(lines, range(first), cut)


def _menus(lines, span, cut):
    """Runs of four and more very short lines without a stop: menus."""
    run = []
    for i in [*span, None]:
        if i is not None and i not in cut and re.fullmatch(r"[\w|·>»\s]{1,6}", lines[i][2]):
            run.append(i)
            continue
        if len(run) >= 4:
            cut.update(dict.fromkeys(run, "menu"))
        run = [] if i is None or i not in cut else run


def _tail(table, lines, last, cut):
    """From the end upwards, as long as lines fit a rule or are short labels between lines that do."""
    for i in range(last + 1, len(lines)):
        rule = _match(table, "rest", "tail", lines[i][2])
        if rule:
            cut.update({j: cut.get(j, rule) for j in range(i, len(lines))})
            break
    loose = []
    for i in reversed(range(last + 1, len(lines))):
        line = lines[i][2]
        rule = cut.get(i) or _match(table, "line", "tail", line)
        if rule:
            cut.update(dict.fromkeys(loose, "label") | {i: rule})
            loose = []
        elif len(line) <= 14 and not re.search("[。,!?]", line):
            loose.append(i)
        else:
            break
    above = min((i for i in cut if i > last), default=0) - 1
    rule = above >= 0 and _match(table, "frame", "tail", lines[above][2])
    if rule:
        cut[above] = rule


def _spans(table, lines, cut):
    """Furniture inside a line that stays."""
    found, kept = [], [i for i in range(len(lines)) if i not in cut]
    first = next((i for i in kept if _paragraph(lines[i][2])), None)
    for i in kept:
        for scope in ("any", "first") if first is None or i <= first else ("any",):
            for rule, pattern in table.get(("span", scope), ()):
                found += [
                    Edit(lines[i][0] + m.start(), lines[i][0] + m.end(), "", "cut", rule)
                    for m in pattern.finditer(lines[i][2])
                ]
    return found
