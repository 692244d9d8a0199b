"""Files that hang, lose or crash: forty of our own, and a run over them or over any folder, by hand.

.venv/bin/python tests/hostile.py [FOLDER]     # one line a file: what was said, processor seconds
"""

import resource
import sys
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

GOOD = "青澜市公安局在柏川县建成12个警务站，群众安全感明显提升。"
LINE, CODERS = GOOD + "\n", (".qdpx", ".xlsx")
SECONDS, MEMORY = 20, 1000  # of one file: seconds, megabytes of any process


def zipped(members, method=zipfile.ZIP_DEFLATED):
    """The bytes of an archive of {name: bytes}."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in members.items():
            z.writestr(name, data)
    return out.getvalue()


def page(body):
    """The bytes of a page of HTML."""
    return f"<html><head><title>t</title></head><body><article>{body}</article></body></html>".encode()


def project(xml, **sources):
    """The bytes of a REFI-QDA project."""
    return zipped({"project.qde": xml.encode(), **{f"sources/{n}.txt": t.encode() for n, t in sources.items()}})


def pdf(*objects):
    """The bytes of a PDF of some objects, without a table of them."""
    return b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (i, o) for i, o in enumerate(objects, 1)) + b"%%EOF"


def word(body):
    """The bytes of a Word document with this XML as its body."""
    import docx

    out = BytesIO()
    docx.Document().save(out)
    with zipfile.ZipFile(out) as z:
        members = {n: z.read(n) for n in z.namelist()}
    main = members["word/document.xml"].decode()
    members["word/document.xml"] = (main.partition("<w:body>")[0] + f"<w:body>{body}</w:body></w:document>").encode()
    return zipped(members)


def files():
    """{name: bytes}; a name that begins with ok- is read, with or without a warning, the others get one line."""
    big = "警" * 3000
    return {
        "ok-plain.txt": (LINE * 20).encode(),
        "ok-good.html": page(f"<p>{GOOD}</p>" * 20),
        "ok-one-line.txt": (GOOD.replace("。", "，") * 3500).encode(),
        "ok-no-stop.txt": ("警务" * 50_000 + "\n" + LINE * 3).encode(),
        "ok-quotes.txt": ("“" * 60_000 + "\n" + LINE * 20).encode(),
        "ok-brackets.txt": ("（" * 60_000 + "\n" + LINE * 20).encode(),
        "ok-digits.txt": ("9" * 100_000 + "\n" + LINE * 20).encode(),
        "ok-wan.txt": ("万" * 100_000 + "\n" + LINE * 20).encode(),
        "ok-numerals.txt": ("三千五百万零二" * 9000 + "\n" + LINE * 20).encode(),
        "ok-percents.txt": ("增长12.5%、" * 9000 + "\n" + LINE * 20).encode(),
        "ok-list.txt": ("柏川县、青澜市、" * 9000 + "\n" + LINE * 20).encode(),
        "ok-names.txt": ("民警张三、李四、" * 9000 + "\n" + LINE * 20).encode(),
        "ok-dots.txt": ("阿·" * 40_000 + "\n" + LINE * 20).encode(),
        "ok-phones.txt": ("电话13812345678" * 6000 + "\n" + LINE * 20).encode(),
        "ok-mail.txt": ("a" * 50_000 + "@" * 50_000 + "\n" + LINE * 30).encode(),
        "ok-spaces.txt": (GOOD + " " * 300_000 + LINE * 20).encode(),
        "ok-line-ends.txt": ("\n" * 300_000 + LINE * 20).encode(),
        "ok-tags.txt": ("<div " * 30_000 + "\n" + LINE * 2000).encode(),
        "ok-comments.txt": ("<!--" * 30_000 + "\n" + LINE * 2000).encode(),
        "ok-entities.txt": ("&#35686;" * 20_000 + "\n" + LINE * 20).encode(),
        "ok-combining.txt": ("a" + "\u0301" * 60_000 + LINE * 200).encode(),
        "ok-zero-width.txt": ("\u200b".join(GOOD * 3000)).encode(),
        "ok-surrogates.txt": (LINE * 20).encode() + "\U0001f600\U0002f800".encode() * 9000,
        "ok-right-to-left.txt": ("\u202e" + LINE * 20).encode(),
        "ok-headings.txt": ("一、" + big + "\n").encode() * 20 + (LINE * 20).encode(),
        "ok-table.md": ("|" * 60_000 + "\n" + LINE * 200).encode(),
        "ok-links.md": ("[" * 60_000 + "](" * 10_000 + "\n" + LINE * 600).encode(),
        "ok-stars.md": ("*" * 120_000 + "\n" + LINE * 600).encode(),
        "ok-deep.html": page("<div>" * 3000 + f"<p>{GOOD}</p>" * 20),
        "ok-attributes.html": page(f"<p {' '.join(f'a{i}=1' for i in range(9000))}>{GOOD}</p>" * 3),
        "ok-unclosed.html": page("<b><i>" * 4000 + GOOD * 20),
        "ok-cells.html": page("<table>" + f"<tr><td>{GOOD}</td></tr>" * 3000 + "</table>"),
        "ok-script.html": page("<script>" * 4000 + f"</script><p>{GOOD}</p>" * 20),
        "ok-utf16.txt": (LINE * 20).encode("utf-16"),
        "ok-long-4mb.txt": (LINE * 40_000).encode(),
        "empty.txt": b"",
        "blanks.txt": b" \n" * 9000,
        "latin.txt": b"nothing but Latin letters here. " * 900,
        "one-character.txt": ("警" * 9000).encode(),
        "zeros.txt": bytes(90_000),
        "random.txt": bytes((i * 7919 + i // 251 * 31) % 256 for i in range(90_000)),
        "too-long.txt": (LINE * 80_000).encode(),
        "picture.txt": b"\x89PNG\r\n" + bytes(9000),
        "half.txt": (LINE * 200).encode()[:-2] + b"\n" + (LINE * 20).encode(),
        "half.docx": zipped({"word/document.xml": b"<w:document"})[:120],
        "empty.docx": zipped({}),
        "bomb.docx": zipped({"word/document.xml": bytes(60_000_000)}),
        "deep.docx": word("<w:p>" * 9000),
        "no-text.docx": word("<w:p/>" * 9),
        "names.docx": zipped({f"a/{i}": b"" for i in range(12_000)}),
        "no-pages.pdf": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"),
        "circle.pdf": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        "nested.pdf": pdf(b"<< /Type /Catalog /Pages " + b"[" * 90_000),
        "half.pdf": b"%PDF-1.7\n1 0 obj\n<<",
        "bomb.qdpx": zipped({"project.qde": bytes(60_000_000)}),
        "deep.qdpx": project("<Project>" * 50_000),
        "no-sources.qdpx": project('<Project xmlns="urn:QDA-XML:project:1.0"/>'),
        "no-project.qdpx": zipped({"a": b"b"}),
        "half.qdpx": project("<Project/>")[:60],
        "half.xlsx": zipped({"xl/workbook.xml": b"<a"}),
        "bomb.xlsx": zipped({"xl/workbook.xml": bytes(60_000_000)}),
        "text.xlsx": GOOD.encode(),
    }


def said(path):
    """What the project says of one file: its line, or "" where it is read."""
    from lib.evidence.dataset import gather
    from lib.lexicon import BadInput, Lexicon
    from lib.report.coders import coding

    if path.suffix not in CODERS:
        return gather.one(path, Lexicon()).wrong
    try:
        coding.read(path, {"a": GOOD})
    except BadInput as e:
        return str(e)
    return ""


def spent():
    """(processor seconds of all ended children, megabytes of the largest of them)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def main(folder=None):
    """Reads every file of a folder, or our own, and prints a line for each; how many took too much."""
    with tempfile.TemporaryDirectory() as own:
        for name, data in ({} if folder else files()).items():
            (Path(own) / name).write_bytes(data)
        wrong = 0
        for path in sorted(p for p in Path(folder or own).iterdir() if p.suffix):
            before = spent()[0]
            line = said(path)
            seconds, peak = spent()[0] - before, spent()[1]
            bad = seconds > SECONDS or peak > MEMORY or "\n" in line or "please report" in line
            wrong += bad
            print(f"{'WRONG' if bad else 'ok':5} {seconds:5.1f} s  {path.name}: {line[-150:] or 'read'}", flush=True)
    print(f"wrong: {wrong}; peak of any process: {peak:,.0f} MB")
    return wrong > 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    sys.exit(main(*sys.argv[1:]))
