"""Cleaning: every edit keeps raw offsets and stands in the ledger. The texts are invented, and so are their cities."""

import pytest

from lib.lexicon import BadInput, Lexicon
from lib.reading import document, furniture, numerals, script
from lib.reading.cleaning import clean
from lib.reading.text import translated

BODY = "近年来,云州市公安局以平安建设为主线,在青岚区建成警务站12个,组建巡逻队伍30支,群众安全感稳步提升。"
MORE = "同时,青岚公安推动部门联动,全年化解矛盾纠纷860起,全市刑事警情同比下降15.3%,基层治理能力不断增强。"


def kept(raw):
    text, _, _ = clean(raw)
    return [line for line in text.chars.split("\n") if line.strip()]


def entered(raw, rule):
    text, _, ledger = clean(raw)
    assert all(raw[slice(*text.raw_span(i, i + 1))] for i in range(len(text)))
    return [raw[r["start"] : r["end"]] for r in ledger if r["rule"] == rule]


HEADS = [
    ("您的当前位置:首页 > 要闻 > 正文", "breadcrumb"),
    ("首页 > 案例 > 云州市 织密平安网", "breadcrumb"),
    ("新闻中心 > 国内 > 正文", "breadcrumb"),
    ("当前位置:首页 » 平安建设", "breadcrumb"),
    ("发布时间:2023-05-06 09:30:00 人气:400 来源:云州日报", "date line"),
    ("• 2023-05-06 15:46:33 来源:云州日报", "date line"),
    ("2023年05月06日 08:00", "date line"),
    ("来源:云州长安网 责任编辑:李 静 发布时间:2023/5/6", "date line"),
    ("云州晚报 2023年5月6日", "date line"),
    ("全国咨询热线:010-60000000/01", "hotline"),
    ("浏览次数:338次", "hit counter"),
    ("点击量:1024", "hit counter"),
    ("分享到:微信 微博 QQ空间", "share bar"),
    ("【打印】【关闭】", "share bar"),
    ("字体:大 中 小", "share bar"),
    ("(资料图)", "picture"),
    ("□云报记者 周小川 云报通讯员 李大江", "byline"),
    ("云州日报全媒体记者 王小春 通讯员 李小文", "byline"),
    ("通讯员:杨小帆", "byline"),
    ("国内统一刊号:CN00-0001 今日8版", "masthead"),
    ("欢迎访问云州政法网,今天是2023年5月6日 星期六", "masthead"),
    ("标签: 云州 平安", "tags"),
    ("蔡 田,陈小中", "byline"),
    ("(云州警官学院 治安系,云州 510230)", "byline"),
    ("陈小俊 汪小晔 云州市公安局", "byline"),
    ("2021-01-13张小东", "date line"),
]
TAILS = [
    ("责任编辑:王小明", "editor"),
    ("审核 / 刘小利", "editor"),
    ("文章来源:https://www.example.org/2023/0506/1.html", "origin"),
    ("上一篇:云州召开会议", "reading list"),
    ("下一篇:紧急寻人解民忧", "reading list"),
    ("云州网版权与免责声明:", "notice"),
    ("本文不代表本网立场,如若转载,请注明出处", "notice"),
    ("Copyright © 2023 云州网 All Rights Reserved 云ICP备0000000号", "notice"),
    ("联系我们", "contact"),
    ("二维码", "contact"),
    ("微信公众号", "contact"),
    ("云州网简介┊广告服务┊联系我们┊招聘信息┊会员注册", "link bar"),
    ("扫一扫在手机打开当前页", "share bar"),
    ("(全文完)", "end mark"),
    ("暂无评论,快来发表你的评论吧", "comments"),
    ("原标题:云州平安", "origin"),
    ("地址:云州市青岚区平安路1号", "hotline"),
]


@pytest.mark.parametrize(("line", "rule"), HEADS)
def test_furniture_above_an_article(line, rule):
    raw = f"{line}\n\n云州织密平安网\n\n{BODY}\n\n{MORE}"
    assert kept(raw) == ["云州织密平安网", BODY, MORE]
    assert entered(raw, rule) == [line]


@pytest.mark.parametrize(("line", "rule"), TAILS)
def test_furniture_below_an_article(line, rule):
    raw = f"云州织密平安网\n\n{BODY}\n\n{MORE}\n\n{line}\n"
    assert kept(raw) == ["云州织密平安网", BODY, MORE]
    assert entered(raw, rule) == [line]


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("(上接1版)", "", "page turn"),
        ("本报讯(记者 王小春 通讯员 李小文)", "", "byline"),
        ("云州日报讯 (见习记者马小玲)", "", "byline"),
        ("本网讯(通讯员 董小峰)", "", "byline"),
        ("", "(青岚区公安局供稿)", "byline"),
        ("", "(通讯员 王小公 记者 李小斐 摄)", "byline"),
        ("", "(责任编辑:王小明)", "editor"),
        ("", "(下转第3版)", "page turn"),
        ("", "[打印]", "share bar"),
    ],
)
def test_furniture_inside_a_paragraph(before, after, rule):
    raw = f"云州织密平安网\n\n{before}{BODY}{after}\n\n{MORE}"
    assert kept(raw) == ["云州织密平安网", BODY, MORE]
    assert entered(raw, rule)


def test_recommended_reading_with_teasers_of_other_cities():
    raw = (
        f"云州织密平安网\n\n{BODY}\n\n{MORE}\n\n推荐阅读\n\n临湖县锻造平安利器 群众安全感99.67% "
        f"位列第一\n\n云报讯(记者李小渊)近日,据临湖县通报的上半年数据显示,全县群众安全感再创新高,达...\n\n"
        "猜您喜欢\n\n动态"
    )
    assert kept(raw) == ["云州织密平安网", BODY, MORE]
    assert len(entered(raw, "reading list")) == 5


def test_a_block_of_links_amid_an_article_spares_what_follows():
    after = [MORE, MORE.replace("860", "861"), MORE.replace("860", "862")]
    raw = "\n\n".join(["云州织密平安网", BODY, "相关阅读", "临湖县开展演练", *after])
    assert kept(raw) == ["云州织密平安网", BODY, *after]


def test_contact_block_with_its_short_labels():
    contact = "联系我们\n联系方式\n\n热线电话\n\n13000000000\n\n上班时间\n\n周一到周五\n\n二维码\n云"
    raw = f"云州织密平安网\n\n{BODY}\n\n{contact}"
    assert kept(raw) == ["云州织密平安网", BODY]


def test_a_site_that_speaks_of_itself_above_its_notice():
    about = "云视网(原云州新闻网)是最富价值的推广平台,致力于打造最有影响力的融媒体。"
    raw = f"{BODY}\n{MORE}\n{about}\n云视网版权与免责声明:\n一、凡本站注明来源的作品,版权均属云视网所有。"
    assert kept(raw) == [BODY, MORE]
    assert len(entered(raw, "site about itself")) == 1


def test_a_menu_of_short_lines():
    assert kept(f"首页\n要闻\n政务\n视频\n专题\n云州织密平安网\n{BODY}") == ["云州织密平安网", BODY]


def test_a_paragraph_that_stands_twice_counts_once():
    raw = f"云州织密平安网\n{BODY}\n{MORE}\n{BODY * 2}\n{BODY * 2}"
    assert kept(raw) == ["云州织密平安网", BODY, MORE, BODY * 2]
    assert entered(raw, "repeated paragraph") == [BODY * 2]


@pytest.mark.parametrize(
    "line",
    [
        "云州公布举报电话:110,市民可随时反映身边的治安隐患,民警将在第一时间赶到现场核实处置。",
        "来源清楚、去向明确,青岚区建立危险物品全流程监管机制,全年检查企业300家次。",
        "编辑整理各类警情数据12万条,建立情报研判平台,实现预警信息一键推送、一体处置。",
        "分享到的经验被写进全市工作方案,12个镇街先后前来学习考察,形成推广效应。",
        "标签化管理让重点场所一目了然,全区2300家单位全部纳入,巡查效率提升40%。",
        "联系我们的群众越来越多,热线平均每天接听电话300个,满意率达98%以上。",
        "2023年5月6日,云州市公安局召开推进会,部署“平安云州”建设工作,要求各县区抓好落实。",
        "转载量超过100万次的反诈短视频由青岚派出所民警拍摄,受到群众欢迎。",
    ],
)
def test_body_text_that_looks_like_furniture_stays(line):
    for raw in (
        f"云州织密平安网\n\n{line}\n\n{BODY}",
        f"云州织密平安网\n\n{BODY}\n\n{line}\n\n{MORE}",
        f"云州织密平安网\n\n{BODY}\n\n{line}",
    ):
        assert line in kept(raw)


def test_signature_of_an_official_text_stays():
    assert kept(f"{BODY}\n\n云州市公安局\n\n2023年5月6日") == [BODY, "云州市公安局", "2023年5月6日"]


LONG = "云州公安应用区域警务协作机制,在三县交界处建成联勤警务站,今年全国数字互"


@pytest.mark.parametrize(
    ("raw", "whole"),
    [
        (f"{LONG}\n\n\n\n联网大会期间,该站核验通勤人员信息。", f"{LONG}联网大会期间,该站核验通勤人员信息。"),
        (
            "民警采取急救措施,护送男子到医院,男子最终脱离危\n\n险。目前,这一做法已推广。",
            "民警采取急救措施,护送男子到医院,男子最终脱离危险。目前,这一做法已推广。",
        ),
        (
            "青岚区开展路口改造,形成全天候路面管控,行人、非机动车单日违法\n\n量减少9.3%。",
            "青岚区开展路口改造,形成全天候路面管控,行人、非机动车单日违法量减少9.3%。",
        ),
        (
            "当地制定校园安全相关标准,组建校警大队、设置“护学\n\n\n岗”等;推进医院建设。",
            "当地制定校园安全相关标准,组建校警大队、设置“护学岗”等;推进医院建设。",
        ),
        (
            "队员们在青岚中心、临湖广场等地,协助全市全员核酸\n\n检测。",
            "队员们在青岚中心、临湖广场等地,协助全市全员核酸检测。",
        ),
        (
            "在云州大数据中心公安分中心,\n\n搭建有数据、视频两大平台,提供强大支撑。",
            "在云州大数据中心公安分中心,搭建有数据、视频两大平台,提供强大支撑。",
        ),
        (
            "云州公安建成智慧联勤警务站,整合特警、派出所、交警警力,打造街面警\n\n力屯\n\n兵点,受到群众好评。",
            "云州公安建成智慧联勤警务站,整合特警、派出所、交警警力,打造街面警力屯兵点,受到群众好评。",
        ),
        (
            "青岚区整合公安、司法(含调解\n\n组织)等力量,实现多元共治。",
            "青岚区整合公安、司法(含调解组织)等力量,实现多元共治。",
        ),
    ],
)
def test_sentences_broken_by_blank_lines(raw, whole):
    text, _, ledger = clean(raw)
    assert text.chars == whole
    assert {r["rule"] for r in ledger if r["action"] == "joined"} == {"line break"}
    assert raw[slice(*text.raw_span(0, len(text)))] == raw


@pytest.mark.parametrize(
    "raw",
    [
        "完善防控体系\n\n近年来,云州以平安建设为主线,推进警务站建设。",
        "锚定“大平安”\n\n完善防控体系\n\n近年来,云州推进警务站建设。",
        "强化科技赋能,打造智慧防控治理的云州新格局\n\n云州市公安局把平安建设摆在首位,推进警务站建设。",
        "一、智慧防控警务是社会治安管理发展的必然趋势\n\n当今世界,科技发展日新月异。",
        "坚持党建引领、部门联动、群众参与的基层治理大格局\n\n云州公安推进警务站建设。",
        "云州公安依托智能大数据强化基层社会治理创新在线管理模式织密平安大网守护千家万户的安宁生活\n\n以巡促防,以防保安。",
        "织密前端感知 助力查控\n\n2023年5月,民警抓获嫌疑人。",
        "云州公安高质量打造防控体系\n\n锚定目标",
        f"{BODY[:-1]}\n\n筑牢防线\n\n{MORE}",
        f"{BODY[:-1]}\n\n一、主要做法\n\n{MORE}",
        f"{BODY[:-1]}\n\n{MORE}",
        f"{BODY}\n\n(二)强化支撑。{MORE}",
        "“在线警务”基层治理新赋能\n\n“平台要发挥效能,必须贯通应用场景。”负责人说。",
    ],
)
def test_headings_and_paragraphs_stay_apart(raw):
    assert clean(raw)[0].chars.count("\n") == raw.count("\n")


def test_wrapped_lines_become_paragraphs():
    words = BODY * 3
    raw = "\n".join(words[i : i + 30] for i in range(0, len(words), 30))
    assert clean(raw)[0].chars == words


@pytest.mark.parametrize(
    ("raw", "whole"),
    [
        ("小区建设涵盖 视频 监控、 烟雾 报警器,由社区管理。", "小区建设涵盖视频监控、烟雾报警器,由社区管理。"),
        ("发挥“ 防火墙”作用,守好边界。", "发挥“防火墙”作用,守好边界。"),
        ("平 安 建 设", "平安建设"),
        ("科技赋能 智慧引领", "科技赋能 智慧引领"),
        ("全省建立警务室2 382个,覆盖社区。", "全省建立警务室2382个,覆盖社区。"),
        ("投入 120 万元,建成平台。", "投入120万元,建成平台。"),
    ],
)
def test_words_broken_by_spaces(raw, whole):
    assert clean(raw)[0].chars == whole


@pytest.mark.parametrize(
    ("raw", "simple", "rule"),
    [
        ("雲州公安聚焦風險防控,織牢安全網。", "云州公安聚焦风险防控,织牢安全网。", "traditional"),
        ("羣衆安全感提升,社會治理有力。", "群众安全感提升,社会治理有力。", "traditional"),
        ("构建公共安全網(wǎng),服务群众(qún zhòng)。", "构建公共安全网,服务群众(qún zhòng)。", "gloss"),
        ("發(fā)布時間引領著(zhe)全市", "发布时间引领着(zhe)全市", "gloss"),
        (
            "全市羣众参与治理工作,共建共治共享,平安建设取得显著成效,群众满意。",
            "全市群众参与治理工作,共建共治共享,平安建设取得显著成效,群众满意。",
            "variant",
        ),
        ("建成警务站１２个，覆盖８０％。", "建成警务站12个,覆盖80%.".replace("%.", "%。"), "full-width"),
        ("「平安雲州」與『微網格』建設", "“平安云州”与‘微网格’建设", "quotation marks"),
        ('组建"青岚义警"志愿队伍', "组建“青岚义警”志愿队伍", "quotation marks"),
        ("推进”智慧警务”建设", "推进“智慧警务”建设", "quotation marks"),
        ("著名的乾坤湾显著改善", "著名的乾坤湾显著改善", ""),
        ("平\u200b安云州", "平安云州", "invisible"),
        ("舉行啟動儀式,。參加者眾,,", "举行启动仪式。参加者众,", "doubled comma"),
    ],
)
def test_one_script_and_plain_forms(raw, simple, rule):
    text, _, ledger = clean(raw)
    assert text.chars == simple
    assert not rule and not ledger or rule in {r["rule"] for r in ledger}
    for i, c in enumerate(text.chars):
        if c.isalnum() and c in raw:
            assert raw[slice(*text.raw_span(i, i + 1))]


@pytest.mark.parametrize(
    ("raw", "garbled", "rule"),
    [
        ("全市4,10余所学校联网。", "4,10", "garbled number"),
        ("处置废弃物?;?40.32公斤,推广做法。", "?;?40.32", "swallowed"),
        ("处置废弃物\ue1fb40公斤", "\ue1fb40", "undecodable"),
        ("群众\ufffd\ufffd感提升", "\ufffd\ufffd", "undecodable"),
        ("平台研发与升级?！笔泄簿旨挤乐ш犡撠熑私榻B,满足需求。", "?!笔泄簿旨挤乐ш犡撠熑私榻B", "mojibake"),
        ("公安ｱｲ局", "ｱｲ", "kana"),
        ("系统锟斤拷升级", "锟斤拷", "placeholder"),
        ("总人口?.3万余人", "?.3", "swallowed"),
        ("处理\x85å®‰å…¨问题", "å®‰å…¨", "latin-1"),
        ("全市1,2345人参与", "1,2345", "garbled number"),
    ],
)
def test_damage_is_flagged_and_left_as_it_is(raw, garbled, rule):
    text, damaged, ledger = clean(raw)
    assert [text.chars[a:b] for a, b in damaged] == [garbled]
    assert [(r["rule"], r["action"]) for r in ledger if r["action"] == "flagged"] == [(rule, "flagged")]


@pytest.mark.parametrize(
    "raw",
    [
        "投入1,100万元,建成1,2号线。",
        "怎么办?马上办!",
        "“安全吗?”“安全!”",
        "优化40个“1、3、5分钟”圈。",
        "记者璩小力和堃哥到青岚。",
        "真的吗?! 2023年见。",
        "同比下降3.2%,4个区达标,12余人参加。",
        "共2022,2023两年。",
        "5G、AI与VR应用,IC卡2.0版",
        "分别为12、15、18个;α射线检测",
    ],
)
def test_what_is_no_damage(raw):
    assert clean(raw)[1] == []


def test_a_garbled_stop_ends_no_sentence():
    doc = document("处置废弃物?;?40.32公斤,推广做法。", {"id": "x"})
    assert len(doc.sentences) == 1 and doc.damaged(doc.text.chars.index("40"), doc.text.chars.index("公斤"))


def test_a_bad_rule_is_named_by_its_line(tmp_path):
    (tmp_path / "furniture.csv").write_text("rule,pattern,action,scope\nx,(,line,any\n", "utf-8")
    with pytest.raises(BadInput, match=r"furniture.csv:2: pattern"):
        furniture.rules(Lexicon(folder=tmp_path))


def test_a_long_text_takes_time_in_proportion():
    from time import perf_counter

    def seconds(raw):
        start = perf_counter()
        clean(raw)
        return perf_counter() - start

    piece = f"{BODY}\n\n{LONG}\n\n联网大会。\n\n"
    seconds(piece)
    assert seconds(piece * 1600) < 40 * max(seconds(piece * 100), 0.01)


@pytest.mark.parametrize("table", [script.LINE_ENDS, script.SPACES, script.CORNERS, script._wide(), numerals.FOLD])
def test_signs_that_are_put_for_others_stand_for_none_themselves(table):
    every = "".join(map(chr, table)) + "云州市：12，“网格”"
    assert translated(every, table) == every.translate(table)
