"""Diagrams of a governance model: roles, loops, formulas, the network. A DataFrame in, a matplotlib Figure out.

All are laid out in inches, so that words fit their boxes at any width; the same rows give the same drawing.
"""

from collections import Counter

from matplotlib.patches import Circle, FancyArrowPatch

from lib.comparison.models import ROLES, STAGES, told
from lib.report.show import style
from lib.report.show.drawing import LINE, SIZE, WIDTH, band, box, cut_to, flow, inches, sheet, silent
from lib.report.show.fonts import shown
from lib.report.show.layout import folded, led
from lib.schemas import ACTORS

COLOURS = {kind: row["colour"] for kind, row in ACTORS.items()}
RUNG = 0.23  # inches between two stages
PER_ROW = 4  # loops side by side
MOST = 24  # boxes of one role, formulas of one figure: a page holds no more


def roles(rows, label, beside=None):
    """Layers of a model: who leads, heads the work, hosts, joins, supports, supervises, is served; kinds have colours.

    `beside`: {role: (words, ids)} that stand where no row names an actor. What is only meant to be is left out; who has
    a role in a single case only stands in a dashed box; who leads a team, and not the model, is marked.
    """
    rows = told(rows)
    if "scope" in rows:
        team = (rows["scope"] == "team") & rows["role"].isin(["leads", "heads"])
        rows = rows.assign(actor=rows["actor"].where(~team, rows["actor"] + f" ({label('team')})"))
    if not len(rows):
        return silent(label)
    left = max(inches(label(role)) for role in ROLES) + 0.2
    layers = [(role, _actors(rows, role) or _beside(role, beside or {})) for role in ROLES]
    flows = [flow([a for a, *_ in actors] or [label("not_mentioned")], left, WIDTH - 0.05) for _, actors in layers]
    lines = [max(line for _, line in places) + 1 for _, places in flows]
    kinds = [k for k in ACTORS if k in set(rows["actor_kind"])]
    cases = any(case for _, actors in layers for *_, case, _ in actors)
    names, legend = flow([*map(label, kinds), *([label("case_only")] if cases else [])], 0.05, WIDTH - 0.05)
    depth = (max(line for _, line in legend) + 1 if legend else 0) * LINE
    figure, axes = sheet(sum(lines) * LINE + len(layers) * 0.08 + depth + 0.25)
    y = 0.05
    for n, ((role, actors), (texts, places)) in enumerate(zip(layers, flows, strict=True)):
        _layer(axes, (y, lines[n] * LINE + 0.08, n), label(role))
        for at, text, (_, kind, case, ids) in zip(places, texts, actors or [("", "", True, ())], strict=True):
            face, link = COLOURS.get(kind, style.PAPER), led(ids, label(role), text)
            box(axes, (at[0], y + 0.04 + (at[1] + 0.5) * LINE), text, face, hollow=case, link=link)
        y += lines[n] * LINE + 0.08
    for (x, line), name, kind in zip(legend, names, [*kinds, *([""] if cases else [])], strict=True):
        box(axes, (x, y + 0.2 + line * LINE), name, COLOURS.get(kind, style.PAPER), hollow=not kind)
    return figure


def _beside(role, told):
    return [(told[role][0], "", False, list(told[role][1]))] if role in told else []


def _actors(rows, role):
    """[(actor, kind, whether in a case only, ids)] of a role, each once a kind, by kind, then as the text has them;
    the last counts those left out."""
    own = rows[rows["role"] == role]
    own = own.assign(case=own.get("status", own["role"]).eq("case")).sort_values("case", kind="stable")
    each = own.groupby(["actor", "actor_kind"], sort=False).agg(case=("case", "first"), ids=("id", list)).reset_index()
    rank = {kind: n for n, kind in enumerate(ACTORS)}
    actors = sorted(each.itertuples(index=False, name=None), key=lambda a: rank.get(a[1], len(rank)))
    left = [i for *_, ids in actors[MOST:] for i in ids]
    return actors if len(actors) <= MOST else [*actors[:MOST], (f"+{len(actors) - MOST}", "", False, left)]


def _layer(axes, at, name):
    top, height, n = at
    band(axes, top, height, n)
    axes.text(0.08, top + height / 2, name, ha="left", va="center_baseline", fontsize=SIZE, fontweight="bold")


def loop(rows, label):
    """Loops side by side on one ladder of stages: filled with the text's own word, hollow where not mentioned.

    `rows`: the table loops, with a column place where several places stand side by side. The line runs in the order
    that the text gives, which is told by numbers where it leaves the ladder's; the dashed line back to the start stands
    where the text calls the loop closed. A loop that is only meant to be is left out.
    """
    rows = told(rows)
    if not len(rows):
        return silent(label)
    columns = _columns(rows)
    chunks = [columns[i : i + PER_ROW] for i in range(0, len(columns), PER_ROW)]
    rungs = [*STAGES, *(["other"] if "other" in set(rows["stage"]) else [])]
    left, height = max(inches(label(s)) for s in rungs) + 0.15, len(rungs) * RUNG + 0.55
    figure, axes = sheet(height * len(chunks) + 0.3)
    for n, chunk in enumerate(chunks):
        _ladder(axes, (n * height, left), (rungs, chunk), label)
    foot = height * len(chunks) + 0.13
    axes.add_patch(Circle((0.2, foot), 0.055, facecolor=style.PAPER, edgecolor=style.FAINT, linewidth=1.2))
    axes.text(0.32, foot, label("not_mentioned"), va="center_baseline", fontsize=SIZE - 1, color=style.SOFT)
    return figure


def _columns(rows):
    """[((place, number of the loop or 0 where it is the only one), stages of one loop in order)]."""
    rows = rows if "place" in rows else rows.assign(place="")
    loops = rows.groupby(["place", "source", "loop"], sort=False)
    found = [(place, own.sort_values("order")) for (place, _, _), own in loops]
    count = Counter(place for place, _ in found)
    return [
        ((place, sum(p == place for p, _ in found[: n + 1]) if count[place] > 1 else 0), own)
        for n, (place, own) in enumerate(found)
    ]


def _ladder(axes, at, drawn, label):
    top, left = at
    rungs, chunk = drawn
    levels = {stage: top + 0.55 + n * RUNG for n, stage in enumerate(rungs)}
    for n, (stage, y) in enumerate(levels.items()):
        band(axes, y - RUNG / 2, RUNG, n)
        axes.text(0.08, y, label(stage), va="center_baseline", fontsize=SIZE)
    step = (WIDTH - left) / max(len(chunk), 1)
    for n, column in enumerate(chunk):
        x = left + n * step + 0.34
        look = {"fontsize": SIZE, "fontweight": "bold", "va": "bottom", "linespacing": 1.1}
        axes.text(x - 0.1, top + 0.34, _named(column, step, label), **look)
        _one(axes, (x, step), levels, column[1])


def _named(column, step, label):
    """The head of a column: the place, numbered where it has several loops."""
    (place, number), _ = column
    name = f"{shown(label(place, 'short'))} {number or ''}".strip() if place else str(number or 1)
    return folded(name, (step - 0.1) * 72 / SIZE)


def _one(axes, at, levels, own):
    """One loop: its way, its dots, its words, numbered where the way does not run straight down."""
    x, step = at
    down = [list(levels).index(s) for s in own["stage"]]
    numbered = down != sorted(set(down))
    texts = [f"{n} {t}" if numbered else t for n, t in zip(own["order"], own["stage_text"], strict=True)]
    words = own.assign(text=texts).groupby("stage").agg(text=("text", " ".join), ids=("id", list))
    for stage, y in levels.items():
        told = stage in words.index
        text, ids = words.loc[stage] if told else ("", ())
        link = led(ids, text)
        size, face, edge = (0.07, style.ACCENT, style.ACCENT) if told else (0.05, style.PAPER, style.FAINT)
        look = {"facecolor": face, "edgecolor": edge, "linewidth": 1.2, "zorder": 3, "url": link}
        axes.add_patch(Circle((x, y), size, **look))
        if told:
            cut = cut_to(shown(text), step - 0.42)
            axes.text(x + 0.13, y, cut, va="center_baseline", fontsize=SIZE, url=link)
    path = [levels[s] for s in own["stage"] if s != "other"]  # a stage of no known kind has no height of its own
    for a, b in zip(path, path[1:], strict=False):
        if a != b:
            _arrow(axes, (x, a), (x, b), 0 if b > a else 0.35)
    if own["closes"].iloc[0] == "true" and path[0] != path[-1]:
        _arrow(axes, (x, path[-1]), (x, path[0]), 0.24 * (-1 if path[-1] > path[0] else 1), dashed=True)


def _arrow(axes, start, end, bend, dashed=False):
    line = {"linestyle": (0, (3, 2)), "color": style.SOFT} if dashed else {"linestyle": "-", "color": style.ACCENT}
    line |= {"connectionstyle": f"arc3,rad={bend}", "arrowstyle": "-|>", "linewidth": 1.1, "zorder": 2}
    axes.add_patch(FancyArrowPatch(start, end, mutation_scale=8, shrinkA=5, shrinkB=5, **line))
