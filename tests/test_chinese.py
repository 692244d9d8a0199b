"""The Chinese edition: ten thousands as 万, full-width marks beside Chinese, one term for one thing."""

import re

import pytest

from lib import lexicon, paths
from lib.report.show.chinese import written

CASES = [
    ("≥170,000", "17万余"),
    ("≥7,000,000元", "700余万元"),
    ("5,400,868", "540.09万"),
    ("32,200人", "3.22万人"),
    ("2,212", "2212"),
    ("≥3,200个; ≥140个", "3200余个；140余个"),
    ("≥3,215人; ≥96%; ≥90%; ≥0.10", "≥3215人；≥96%；≥90%；≥0.10"),
    ("≲20%, ≈ 31.8%", "近20%、约31.8%"),
    ("100% (4/4)", "100%（4/4）"),
    ("≥6,800; 32,200", "6800余；3.22万"),
    ("12,000–15,000", "1.2万–1.5万"),
    ("230,000,000", "2.3亿"),
    ("1,2,3", "1,2,3"),
    ("0.12 [1.0, 2.0]", "0.12 [1.0, 2.0]"),
    ("云州, 临湖, 青岚区", "云州、临湖、青岚区"),
    ("投诉救济 (5/5)", "投诉救济（5/5）"),
    ("抓获 (临湖) (个案)", "抓获（临湖）（个案）"),
    ("村(社区)综治中心", "村(社区)综治中心"),
    ("谁牵头: 公安", "谁牵头：公安"),
    ("Dunning (1993), Hardie", "Dunning (1993), Hardie"),
]


@pytest.mark.parametrize("text, shown", CASES)
def test_what_is_put_together_by_rule_is_written_as_chinese(text, shown):
    assert written(text) == shown and written(shown) == shown


TERMS = lexicon.table(paths.ROOT / "tests" / "cases" / "terms.csv", ("en", "zh", "not"))
SPOKEN = [*sorted((paths.ROOT / "locale" / "zh" / "LC_MESSAGES").glob("*.po")), paths.DATA / "labels.csv"]


@pytest.mark.parametrize("path", SPOKEN, ids=lambda p: p.stem)
def test_one_term_for_one_thing(path):
    text = path.read_text("utf-8")
    assert [row["not"] for row in TERMS if row["not"] in text] == []


@pytest.mark.parametrize("path", SPOKEN[:-1], ids=lambda p: p.stem)
def test_the_catalogues_have_full_width_marks_beside_chinese(path):
    said = "\n".join(re.findall(r'msgstr (?:".*"\n?)+', path.read_text("utf-8")))
    assert re.findall(r"[\u3400-\u9fff][,;:?!](?!\w)|[\u3400-\u9fff] ?\([\u3400-\u9fff]|[。，；：] ", said) == []
