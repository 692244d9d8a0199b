"""A small report about invented places, with hostile texts in it, for the tests of the report route."""

import nbformat
import pandas as pd
from nbformat import v4

from lib.report.binding import bind
from lib.report.run import execute

HOSTILE = (
    "<script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "=cmd|' /C calc'!A0",
    '#eval("1+1")',
    "#panic()",
    "[x](javascript:alert(1))",
    "\\input{/etc/passwd}",
    "```{=html}",
    "$x^2$ *b* _i_",
    "</td></table><h1>out</h1>",
    "{{7*7}} {n}",
    ']#link("x")',
    "// a comment /* b */",
    "@fig:nowhere <label>",
)
TEXTS = {
    "yunzhou-2023": "云州市建成警务站120个。" + " ".join(HOSTILE),
    "linhu-2022": "临湖县新增网格员2500余名\ue000，纠纷下降。",
}


class Evidence:
    """Two sources, a sentence each, and quantities; the first surface is hostile."""

    def __init__(self, at_hand=True):
        self.at_hand = at_hand
        self.sources = pd.DataFrame(
            [
                {
                    "id": "yunzhou-2023",
                    "place": "yunzhou",
                    "title": "云州 " + HOSTILE[0],
                    "publisher": "云州日报",
                    "published": "2023-01-02",
                },
                {"id": "linhu-2022", "place": "linhu", "title": "临湖", "publisher": "", "published": "2022"},
            ]
        )
        self.sentences = pd.DataFrame(
            [{"id": f"{s}-s0", "source": s, "start": 0, "end": len(t)} for s, t in TEXTS.items()]
        )
        rows = [("yunzhou-2023", 7, 11, HOSTILE[1]), ("yunzhou-2023", 1, 3, "120个"), ("linhu-2022", 8, 14, "2500余名")]
        self.quantities = pd.DataFrame(
            [
                {
                    "id": f"{s}-q{a}",
                    "source": s,
                    "sentence": f"{s}-s0",
                    "start": a,
                    "end": b,
                    "surface": words,
                    "noun": "警务站",
                }
                for s, a, b, words in rows
            ]
        )

    def quote(self, source, start, end):
        return TEXTS[source][start:end] if self.at_hand else None


SETUP = (
    "from tests.small_report import HOSTILE, Evidence\nfrom lib.report.show.cite import Report\nimport pandas as pd\n"
    "report = Report(Evidence(), language)\nrows = report.evidence.quantities"
)
FIGURE = (
    "import matplotlib.pyplot as plt\nfigure, axes = plt.subplots(figsize=(3, 2))\n"
    "_ = axes.set_title('警务站', weight='bold')\n"
)
CHAPTERS = {
    "0_summary": (
        "# Summary {.x}\n\nSee [@fig:stations], [@tbl:hostile] and a note.[^1]\n\n[^1]: The note.",
        "# 摘要\n\n见[@fig:stations]与[@tbl:hostile]。",
        "report.say('There are {n} stations, {m} in all; {h}.', "
        "n=report.number(120, rows[1:2]), m=report.number(2620, rows), h=HOSTILE)",
    ),
    "1_city": (
        "## Profile\n\n[@fig:profile]",
        "## 概况\n\n[@fig:profile]",
        "report.say('# {p}', p=place)",
        FIGURE + "report.show(figure, 'profile', caption='Profile')",
    ),
    "2_practices": (
        "# Practices",
        "# 做法",
        FIGURE
        + "from lib.report.show import layout\n"
        + "_ = axes.scatter([0.5], [0.5], urls=[layout.led(list(rows['id'])[:2], '警务站', '<2>')])\n"
        + "report.show(figure, 'stations', rows, caption='Stations {n}', n=report.number(3, rows))",
        "numbers = [report.number(i * 1000.5, rows[:1]) for i in range(len(HOSTILE))]\n"
        "report.show(pd.DataFrame({'term': HOSTILE, 'n': numbers}), 'hostile', "
        "caption='Hostile {h}', note='Note.', h=HOSTILE[0])",
        "wide = [{f'column {i}': '数据分析研判预警' for i in range(12)}] * 3\n"
        "report.show(pd.DataFrame(wide), 'wide', caption='Wide')",
        "report.quote(rows)",
    ),
}


def notebook(path, code, text=""):
    """Write a notebook: parameters, setup, a cell of prose, then code; `place` where the name is 1_city."""
    parameters = 'language = "en"\nplaces = []' + ('\nplace = ""' if path.stem == "1_city" else "")
    cells = [v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}), v4.new_code_cell(SETUP)]
    prose = [v4.new_markdown_cell(text)] if text else []
    code = [v4.new_code_cell(source) for source in code]
    cells += code + prose if path.stem == "1_city" else prose + code
    kernel = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    return path


def executed(folder, language="en"):
    """The folder of the executed chapters."""
    folder.mkdir(parents=True, exist_ok=True)
    prose = ("en", "zh").index(language)
    notebooks = [notebook(folder / f"{name}.ipynb", told[2:], told[prose]) for name, told in CHAPTERS.items()]
    execute.run(notebooks, {"language": language, "places": ["yunzhou", "linhu"]}, folder / "executed")
    return folder / "executed"


def bound(folder, language="en"):
    """{suffix: path} of the bound report."""
    outs = {suffix: folder / f"report.{suffix}" for suffix in ("html", "pdf", "xlsx")}
    bind.bind(executed(folder, language), list(outs.values()), language)
    return outs
