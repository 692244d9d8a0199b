"""The register and the places that texts are about. Texts are invented; names of real divisions only as names."""

from pathlib import Path

import pytest

from lib.lexicon import BadInput
from lib.reading import cleaning, locate, places, register, told

SHA = "a" * 64
PLACES = (
    "id,zh,en,level,parent\nyunzhou,云州市,Yunzhou,prefecture,\nsuzhou,苏州市,Suzhou,prefecture,\nedz,"
    "嘉兴经济技术开发区,Zone,development zone,\n"
)


def files(folder, *rows):
    (folder / "places.csv").write_text(PLACES, "utf-8")
    lines = [",".join(register.COLUMNS), *rows]
    (folder / "sources.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder / "sources.csv", folder / "places.csv"


def row(id="a", file="a.txt", place="yunzhou", published="2023-05-06", sha=""):
    return f"{id},{file},{place},标题,,,{published},day,stated,news,,,{sha}"


def test_a_file_whose_name_is_no_id_is_known_by_its_hash():
    digest = "0123456789abcdef" * 4
    assert [register.own_id(Path(name), digest) for name in ("yunzhou.md", "--help.md", "-.md", "云州.md")] == [
        "yunzhou",
        *["t-0123456789ab"] * 3,
    ]


def test_a_text_is_known_by_its_hash(tmp_path):
    entry, warnings = register.entry("b.txt", "文", SHA, *files(tmp_path, row(file="a.txt", sha=SHA)))
    assert (entry["id"], entry["place"], entry["place_zh"], entry["file"], warnings) == (
        "a",
        "yunzhou",
        "云州市",
        "a.txt",
        [],
    )


def test_a_changed_text_is_known_by_its_name_and_warned_of(tmp_path):
    entry, warnings = register.entry("a.txt", "文", "b" * 64, *files(tmp_path, row(sha=SHA)))
    assert (entry["id"], entry["sha256"]) == ("a", "b" * 64)
    assert len(warnings) == 1 and "differs" in warnings[0] and "b" * 64 in warnings[0]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("yunzhou-2023.txt", "yunzhou-2023"),
        ("a_1.md", "a_1"),
        ("云州.txt", "t-" + "c" * 12),
        ("A b.txt", "t-" + "c" * 12),
    ],
)
def test_an_unknown_text_gets_an_ascii_id(tmp_path, name, id):
    entry, warnings = register.entry(name, "云州平安\n\n云州市建成警务站。", "c" * 64, *files(tmp_path))
    assert entry["id"] == id and set(register.COLUMNS) <= set(entry)
    assert "add to" in warnings[0] and id in warnings[0] and "\n" not in warnings[0]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (row(id="B!"), ":2: id"),
        (row() + "\n" + row(), ":3: id 'a'; expected each id once"),
        (row(published="2023-13"), ":2: published"),
        (row(published="May"), ":2: published"),
        (row(place="nowhere"), ":2: place"),
        (row(sha="12"), ":2: sha256"),
        ("a,b", ":2: too few"),
        (row() + ",x", ":2: too many"),
    ],
)
def test_mistakes_in_the_register_are_named_by_their_line(tmp_path, line, says):
    with pytest.raises(BadInput) as e:
        register.entry("a.txt", "文", SHA, *files(tmp_path, line))
    assert says in str(e.value) and "expected" in str(e.value) and "\n" not in str(e.value)


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        ("发布时间:2022-12-27 09:32:00\n正文", "2022-12-27"),
        ("發(fā)布時間:2022-12-27 來源", "2022-12-27"),
        ("• 2022-08-22 15:46:33 来源:某报\n正文", "2022-08-22"),
        ("日期：2023年4月5日\n正文", "2023-04-05"),
        ("正文\n文章来源:https://www.example.org/2022/1208/2449.shtml", "2022-12-08"),
        ("云州日报 2023年5月6日\n正文", "2023-05-06"),
        ("https://e.org/a/20230506/t1.htm\n正文", "2023-05-06"),
        ("正文。\n云州市人民政府办公室\n二〇二二年八月二十六日", "2022-08-26"),
        ("二○二一年十月\n正文", "2021-10"),
        ("建于二〇二二年八月二十六日,启用警务站。", ""),
        ("2023年5月6日,云州市公安局召开会议。", ""),
        ("发布时间:2022-13-47", ""),
        ("截至2022年12月,建成警务站12个。", ""),
        ("正文没有日期。", ""),
    ],
)
def test_date_where_it_is_stated(raw, date):
    plain = cleaning.script.plain_forms(raw)
    assert told.published(plain, plain, {})[0] == date


@pytest.mark.parametrize(
    ("foot", "date"),
    [
        ("云州市公安局\n2023年5月6日", "2023-05-06"),
        ("云州市人民政府办公室\n二〇二三年五月六日", "2023-05-06"),
        ("会议定于\n2023年5月6日", ""),
        ("云州市公安局决定,自\n2023年5月6日", ""),
    ],
)
def test_the_day_below_a_signature_counts_wherever_annexes_leave_it(foot, date):
    whole = "一、新建警务站。\n" * 200 + foot + "\n附件:职责分工\n" + "警务站值守。\n" * 200
    assert told.published(whole[: told.HEAD], whole[-told.TAIL :], {}, whole)[0] == date


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("这份账单请查收!\n平安云州 2023-12-29 17:30\n截至11月底,盗窃警情同比下降21.4%!", "这份账单请查收!"),
        ("2023-12-29 17:30\n云州织密平安网\n云州市推进警务站建设。", "云州织密平安网"),
        ("云州市2023年工作总结\n新建警务站12个。\n云州市公安局\n2023年12月29日", "云州市2023年工作总结"),
    ],
)
def test_a_title_stands_above_the_line_with_the_day(raw, title):
    assert told.title(raw, cleaning.clean(raw)[0], {})[0] == title


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("云州市公安局2023年工作总结和2024年工作计划", "work report"),
        ("云州市公安局2023年派出所工作情况及2024年打算", "work report"),
        ("云州市社会治安防控工作情况汇报", "work report"),
        ("云州市公安局2024年工作计划", "plan"),
        ("云州市平安志愿者管理办法", "regulation"),
    ],
)
def test_a_report_that_ends_in_plans_is_a_report(title, genre):
    assert told.genre(title, "")[0] == genre


def test_a_page_tells_its_reader_of_day_and_source_below_its_heading(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        "<html><head><title>云州织密平安网_云州网</title></head><body><div>首页</div><h1>云州织密平安网</h1><div>"
        "<span>2021-05-19 10:26</span><span>来源:云州日报</span><span>作者:某某</span></div>"
        f"<p>{'云州市推进警务站建设。' * 20}</p><p>2020年3月1日,云州市公安局召开会议。</p></body></html>",
        "utf-8",
    )
    row, _ = register.entry(page, "云州市推进警务站建设。" * 20, SHA, *files(tmp_path))
    assert (row["published"], row["publisher"]) == ("2021-05-19", "云州日报")


ABOUT = [
    ("苏州公安织密平安网", "近年来,苏州市公安局推进警务站建设,与湖州、嘉兴建立协作机制。", "suzhou"),
    ("织密平安网", "常州市公安局推进警务站建设。在苏州抓获嫌疑人。常州群众安全感提升,常州公安推广经验。", "changzhou"),
    ("", "云南省昆明市五华区公安分局创新治理。五华区建成警务站,五华公安与官渡区联动。", "wuhua-kunming"),
    ("平安建设", "嘉兴经济技术开发区推进联动工作站建设,嘉兴经开公安深化应用。从嘉兴市域看,嘉兴经开区警情下降。", "edz"),
    ("通渭县公安局加大巡逻力度", "为贯彻省公安厅、定西市公安局会议精神,通渭县公安局启动巡防机制。", "tongwei"),
    ("治理有方", "全市推进平安中国建设,捧得长安杯,群众生活和平安宁。", "unknown"),
    ("青岚区的探索", "青岚区推进警务站建设。", "unknown"),
    ("云州市的探索", "云州推进警务站建设。", "yunzhou"),
    ("平安建设", "云州市推进警务站建设。" * 5, "yunzhou"),
    ("平安建设", "云州市推进警务站建设。", "unknown"),
    ("云州市的探索", "苏州市公安局推进警务站建设。苏州公安推广。苏州市警情下降。", "suzhou"),
    ("贵州六枝石桥派出所设调解室", "石桥派出所走村串户,贵州的做法。", "liuzhi"),
    ("村口有人劝", "在山西,过年要挂灯。山西省原平市石桥镇设了调解室,原平市公安局送来工具。", "yuanping"),
    ("调解日记", "以河南省漯河市郾城区石桥街道、源汇区为例。漯河市推进,召陵区设站,漯河市推广,河南省。", "luohe"),
    ("北京的春天,在朝阳区有这样一群人", "石桥社区的志愿者每天巡楼。", "chaoyang-beijing"),
    ("石桥镇夜巡", "浙江的石桥镇每晚巡逻。浙江多山。", "unknown"),
    ("锦屏石桥派出所劝和", "公安部公布全国首批名单,石桥派出所在内。", "jinping-qiandong"),
    ("市政府发布会", "今年在岚山区建成基地。", "rizhao"),
]


@pytest.mark.parametrize(("title", "chars", "place"), ABOUT)
def test_the_place_that_a_text_is_about(tmp_path, title, chars, place):
    _, known = files(tmp_path)
    assert locate.place(title, "", chars, locate.rows(known)).id == place


@pytest.mark.parametrize(
    ("chars", "found"),
    [
        ("江苏省徐州市鼓楼区", ["320000", "320300", "320302"]),
        ("苏州吴江和嘉兴桐乡、湖州南浔三地", ["320500", "320509", "330400", "330483", "330500", "330503"]),
        ("上海青浦公安", ["310000", "310118"]),
        ("鼓楼区", [""]),
        ("平安中国、和平、长安杯、公安、海上、城区、长治久安、幸福安康", []),
        ("张掖市政府", ["620700"]),
        ("合肥市公安局", ["340100"]),
        ("全市和县区", []),
        ("恩施州", ["422800"]),
        ("新疆维吾尔自治区库车市", ["650000", "652902"]),
        ("民乐县扁都口、肃南县老虎沟", ["620722", "620721"]),
        ("嘉兴经开公安", ["330400-经济技术开发区"]),
        ("云州市公安局", []),
        ("苏州工业园区公安分局", ["320500-苏州工业园区"]),
        ("环省、环市、环县", []),
        ("公安县公安局", ["421022"]),
        ("海宁的做法", []),
        ("海宁市公安局", ["330481"]),
        ("即墨市公安局", ["370215"]),
    ],
)
def test_places_mentioned(chars, found):
    assert [code for _, _, _, code in places.mentioned(chars)] == found


def test_spans_and_full_names():
    assert places.mentioned("在嘉兴,海宁推广") == ((1, 3, "嘉兴市", "330400"), (4, 6, "海宁市", "330481"))


@pytest.mark.parametrize(("code", "name"), [("110100", "北京市"), ("500200", "重庆市"), ("330400", "嘉兴市")])
def test_the_city_of_a_district_is_named(code, name):
    assert places.full_name(code) == name


def test_ids_of_places_are_checked(tmp_path):
    (tmp_path / "places.csv").write_text(PLACES + "Yun,云,Y,x,\n", "utf-8")
    with pytest.raises(BadInput, match=":5: id 'Yun'"):
        locate.rows(tmp_path / "places.csv")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("黄浦分局开展夜巡。", ["黄浦区"]),
        ("上海市公安局黄浦分局开展夜巡。", ["上海市", "黄浦区"]),
        ("东莞市公安局东城分局抓获3人。", ["东莞市"]),
        ("黄浦江边开展夜巡。", []),
        ("株洲市公安局天元分局开展夜巡，天元公安分局设站。", ["株洲市", "天元区", "天元区"]),
        ("天元分局开展夜巡。", []),
        ("江苏路街道、河南街道、镇江路派出所、上海南京东路开展夜巡。", []),
        ("台州市路桥区与“延边路径”。", ["台州市", "路桥区", "延边朝鲜族自治州"]),
    ],
)
def test_a_branch_is_of_the_district_of_its_name(words, names):
    assert [p[2] for p in places.mentioned(words)] == names


@pytest.mark.parametrize(
    ("title", "lead", "place"),
    [
        ("防控体系的探索与实践", "总书记指出要建设平安。上海市公安局黄浦分局打造防控体系,黄浦分局设站。", "黄浦区"),
        ("防控体系的探索与实践", "总书记指出要建设平安。北京、上海、广州的公安机关各有做法。", "全国"),
        ("防控体系研究", "(嘉兴市公安局,浙江 嘉兴 314000)\n总书记指出要建设平安。", "嘉兴市"),
        ("【淄博日报】平安在身边", "来源:淄博日报\n张店区设站,张店区巡逻,是张店区的做法。", "张店区"),
    ],
)
def test_a_text_that_begins_with_the_country_is_of_the_one_place_that_it_speaks_of(title, lead, place):
    assert told.row(Path("a.txt"), f"{title}\n\n{lead}", ())["place_zh"] == place


@pytest.mark.parametrize(
    ("title", "top", "genre"),
    [
        ("义警夜巡", "5月6日晚,青岚派出所联合义警巡逻。", "news"),
        ("义警夜巡", "据了解,青岚义警队有66名队员。", "news"),
        ("枫桥经验下的社区警务路径研究", "", "other"),
    ],
)
def test_a_dated_event_is_news_and_a_study_is_no_case_report(title, top, genre):
    assert told.genre(title, top)[0] == genre
