"""What the text says the parts of a formula are; nothing where it does not say."""
import re
from dataclasses import dataclass

from lib.evidence import lists
from lib.evidence.formula_shapes import CLASSIFIER, CLOSE, OPEN
from lib.evidence.lists import alternatives, uses

SAYS = re.compile(r"[^。；;！？\n]{0,14}?(?:[,，]?\s*(?:即|就是|是指|指的是|分别是|分别为|包括|具体为)|——|－－|[:：])\s*[:：]?")
BRACKET = re.compile(r"[^。；;！？,，（(\n]{0,8}[（(]([^）)]{2,60})[）)]")
NEXT = 120          # characters within which the counted parts of a sum follow each other


@dataclass(frozen=True)
class Part:
    """A named part: its span, and how many things it stands for (None: the text does not count them)."""

    start: int
    end: int
    count: int | None


def named(chars, sentence, shape, lexicon):
    """{number of the shape's part: [Part]} where brackets, 即, or an enumeration beside the formula say it."""
    if shape.kind in ("minutes", "percent") or all(words and count is None for count, words in shape.parts):
        return {}
    for told in (_bracket, _after, _before):
        found = told(chars, sentence, shape, lexicon)
        if found:
            return found
    return _counted(chars, shape)


def _outside(chars, end):
    return end + 1 if chars[end:end + 1] and chars[end] in CLOSE else end


def _bracket(chars, sentence, shape, lexicon):
    m = BRACKET.match(chars, _outside(chars, shape.end), sentence.end)
    return shared_out(lists.items(chars, m.start(1), m.end(1)), shape) if m else {}


def _after(chars, sentence, shape, lexicon):
    """“五先一正”, 即 A、B、C …; “1+1+N”, 即 A+B+C; “4+X”, 即 A、B 和 C …, D、E 等15个部门 …"""
    m = SAYS.match(chars, _outside(chars, shape.end), sentence.end)
    if not m:
        return {}
    stop = re.compile("[。！？]").search(chars, m.end(), sentence.end)
    end = stop.start() if stop else sentence.end
    if shape.kind == "sum":
        return _summands(chars, (m.end(), end), shape, lexicon)
    return (_counted(chars, shape)
            or shared_out(_suffixed(chars, (m.end(), end), shape), shape)
            or shared_out(lists.items(chars, m.end(), end), shape)
            or shared_out(lists.items(chars, m.end(), _comma(chars, m.end(), end)), shape))


def _suffixed(chars, span, shape):
    """受理区设窗口；调度区管资源；化解区 … for “三区”: what begins a clause and ends in the formula's own noun."""
    noun = re.escape(shape.parts[0][1])
    clause = re.compile(rf"(?<=[:：;；,，。])\s*([\u4e00-\u9fff]{{1,8}}?{noun})(?=[\u4e00-\u9fff,，;；。])")
    return [m.span(1) for m in clause.finditer(chars, *span)] if noun and len(shape.parts) == 1 else []


def _comma(chars, start, end):
    m = re.compile("[,，]").search(chars, start, end)
    return m.start() if m else end


def _before(chars, sentence, shape, lexicon):
    """硬件、数据、服务“三统筹”: the enumeration that stands right before the formula."""
    start = shape.start - (chars[shape.start - 1] in OPEN) if shape.start else 0
    spans = enumeration(chars, sentence, start, lexicon)
    if len(shape.parts) == 1 and shape.kind == "sum":
        return {}
    if spans and re.search(rf"{lists.NUMERAL}(?:{CLASSIFIER})$", chars[slice(*spans[-1])]):
        return {}
    total = sum(count or 0 for count, _ in shape.parts)
    open_end = chars[:start].endswith("等") or "等" in chars[spans[-1][1]:start] if spans else False
    if shape.kind == "sum":
        return _stems(chars, spans, shape) or _quoted_sum(chars, (sentence.start, start), shape)
    wanted = total if len(spans) >= total else len(spans) if open_end else 0
    return shared_out(spans[-wanted:] if wanted else [], shape, open_end)


def _stems(chars, spans, shape):
    """“在线联管、在线巡查”等“在线+”: items that begin with the stem of an open sum."""
    stem = shape.parts[0][1]
    if len(shape.parts) != 2 or shape.parts[1] != (None, "") or not stem:
        return {}
    return {1: [Part(a, b, None) for a, b in spans if chars.startswith(stem, a)]}


def _quoted_sum(chars, span, shape):
    """“网格长+专职网格员+兼职网格员”的“1+1+N”: a quoted sum of as many words right before."""
    m = re.search(rf"[{OPEN}]([^{OPEN}{CLOSE}]+)[{CLOSE}]的?$", chars[slice(*span)])
    spans = _split(chars, span[0] + m.start(1), span[0] + m.end(1), r"[+＋]") if m else []
    return {n: [Part(a, b, shape.parts[n][0])] for n, (a, b) in enumerate(spans)} if len(spans) == len(shape.parts) else {}


def enumeration(chars, sentence, end, lexicon):
    """Spans of the enumeration that ends at `end`: its first item without the verb before it."""
    tail = re.compile(rf"(?:{alternatives(uses(lexicon, 'tail'))})+$")
    end = sentence.start + len(tail.sub("", chars[sentence.start:end]))
    if end > sentence.start and chars[end - 1] in CLOSE:
        quotes = re.compile(rf"(?:[{OPEN}][^{OPEN}{CLOSE}]+[{CLOSE}][、\s]*)+$").search(chars[sentence.start:end])
        if quotes:
            return _quotations(chars, sentence.start + quotes.start(), end)
    bounds = [m.end() for m in re.finditer(r"[。；;：:！？,，]|[（(](?![^）)]*[）)])", chars[sentence.start:end])]
    start = sentence.start + (bounds[-1] if bounds else 0)
    spans = lists.items(chars, start, end)
    return [_unled(chars, spans[0], lexicon), *spans[1:]] if len(spans) > 1 else []


def _quotations(chars, start, end):
    """Items of quotations that stand side by side, or of one quotation that holds an enumeration."""
    inner = re.split(rf"[{OPEN}{CLOSE}]", chars[start:end])
    if len([p for p in inner if lists.plain(p).strip("、")]) == 1:
        return lists.items(chars, start, end)
    return [(start + m.start(1), start + m.end(1)) for m in re.finditer(rf"[{OPEN}]\s*([^{OPEN}{CLOSE}]+)[{CLOSE}]", chars[start:end])]


def _unled(chars, span, lexicon):
    """The item without the verb that leads up to the enumeration: 涵盖事件处置 -> 事件处置."""
    start, end = span
    quote = max(chars.rfind(q, start, end) for q in OPEN)
    if quote >= start:
        return quote + 1, end
    best = start
    for m in re.finditer(alternatives(uses(lexicon, "lead")), chars[start:end]):
        if len(m.group()) == 1 and m.start() + start == best or len(m.group()) > 1 and end - start - m.end() >= 1:
            best = start + m.end()
    return best, end


def _summands(chars, span, shape, lexicon):
    """The explanation of a sum: as many summands, or clauses whose items are as many as the numbers say."""
    start, end = span
    plus = [lists.trimmed(chars, a, b) for a, b in _split(chars, start, _comma(chars, start, end), r"[+＋]")]
    if len(plus) == len(shape.parts) and all(_whole(chars[a:b]) for a, b in plus):
        return {n: [Part(a, b, shape.parts[n][0])] for n, (a, b) in enumerate(plus)}
    if counted := _counted(chars, shape):
        return counted
    found, at = {}, 0
    for a, b in _split(chars, start, end, "[,，]"):
        if at < len(shape.parts) and not shape.parts[at][1] and (part := _group(chars, (a, b), shape.parts[at][0], lexicon)):
            found[at] = [part]
            at += 1
    return found if len(found) > 1 or found and (shape.parts[0][0] or 0) > 1 else {}


def _split(chars, start, end, mark):
    edges = [start, *(e for m in re.compile(mark).finditer(chars, start, end) for e in m.span()), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _whole(words):
    """Whether the brackets in the words are closed."""
    return len(re.findall("[（(]", words)) == len(re.findall("[）)]", words))


def _group(chars, span, count, lexicon):
    """公安、执法2个部门和调解员实行入驻 as the Part that a count of 3 (or an open one) stands for; else None."""
    start, end = span
    stop = re.compile(alternatives(uses(lexicon, "stop"))).search(chars, start + 2, end)
    end = stop.start() if stop else end
    while end > start and chars[end - 1] in "等的":
        end -= 1
    start, end = lists.trimmed(chars, start, end)
    total = re.search(rf"等\s*({lists.NUMERAL})[个家名支]", chars[start:end])
    size = lists.number(total.group(1)) if total else len(lists.items(chars, start, end))
    return Part(start, end, size) if end > start and (count is None or size == count) else None


def _counted(chars, shape):
    """1个平台、6大“警务”、1套指数: the shape's own numbers, in their order, each with what it counts."""
    counts = [count for count, _ in shape.parts]
    if len(counts) < 2 or set(counts) <= {1, None} or shape.kind not in ("sum", "code"):
        return {}
    spans = counted_run(chars, counts)
    return {n: [Part(a, b, counts[n])] for n, (a, b) in enumerate(spans)}


def _later(chars, shape, lexicon):
    """甲、乙等8个核心部门 … 丙、丁等18个行业部门 after “8+18+N”: each number with what it counts, in order, nearby."""
    counts = [count for count, _ in shape.parts]
    if shape.kind != "sum" or sum((c or 0) > 1 for c in counts) < 2:
        return {}
    found, at, stop = {}, shape.end, _line(chars, shape.end)
    for n, count in enumerate(counts):
        m = re.compile(rf"(?<![\d.]){_numeral(count)}(?:{CLASSIFIER}|名|家)(?!月|小?时|工作日|百分点)[\u4e00-\u9fff]{{2,6}}?"
                       rf"(?={alternatives(uses(lexicon, 'stop'))}|[^\u4e00-\u9fff])").search(
            chars, at, min(stop, at + NEXT)) if count else None
        if m:
            listed = re.compile(r"[\u4e00-\u9fff]+(?:、[\u4e00-\u9fff]+)*等?$").search(chars[at:m.start()])
            found[n] = [Part(m.start(), m.end(), count)] if not listed else [Part(at + listed.start(), m.end(), count)]
            at = m.end()
    return found if len(found) > 1 else {}


def _line(chars, start):
    end = chars.find("\n", start)
    return end if end >= 0 else len(chars)


def counted_run(chars, counts):
    """Spans of the first run in a text that counts things by these numbers in this order; empty if there is none."""
    words = r"[^、,，。；;！？\n为]{2,18}?"
    each = [rf"{_numeral(c)}(?:{CLASSIFIER}|名|家)({words})" for c in counts]
    m = re.search(r"[^。\n]{0,12}?".join(rf"(?<![\d.]){e}(?=[、,，。；;（(]|为|的|和|组成|构成|$)" for e in each), chars)
    return [lists.trimmed(chars, *m.span(n)) if chars[m.start(n)] not in OPEN else m.span(n)
            for n in range(1, len(counts) + 1)] if m else []


def _numeral(count):
    """A pattern for a count in either script; an open one is N, 若干 or 多."""
    if count is None:
        return r"(?:[NnXx]|若干|多)"
    han = lists.DIGITS[count - 1] if 1 <= count <= 10 else ""
    return "(?:" + "|".join(filter(None, [str(count), han, "两" if count == 2 else ""])) + ")"


def shared_out(spans, shape, open_end=False):
    """The items given to the parts: one each, or as many as each part counts; nothing where the numbers disagree."""
    counts = [count for count, _ in shape.parts]
    if len(counts) == 1 and counts[0] and (len(spans) == counts[0] or open_end and 0 < len(spans) < counts[0]):
        return {0: [Part(a, b, 1) for a, b in spans]}
    if len(counts) > 1 and len(spans) == len(counts):
        return {n: [Part(a, b, counts[n])] for n, (a, b) in enumerate(spans)}
    if len(counts) > 1 and None not in counts and len(spans) == sum(counts):
        firsts = [sum(counts[:n]) for n in range(len(counts))]
        return {n: [Part(a, b, 1) for a, b in spans[f:f + counts[n]]] for n, f in enumerate(firsts)}
    return {}
