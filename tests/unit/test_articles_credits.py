"""Credits are told from text, and what they say is kept."""

import pytest

from kg.articles.credits import collect_metadata, find_credits
from kg.articles.dates import parse_date, parse_url_date
from kg.articles.edges import take_closing, take_opening
from kg.articles.names import is_all_names, parse_names


@pytest.mark.parametrize(
    ("line", "authors", "publisher", "date"),
    [
        ("(本文摘编自《人民日报》)", (), "人民日报", None),
        ("（来源：经济日报 作者：王小明）", ("王小明",), "经济日报", None),
        ("2024-03-05 09:12:33 来源：新华网", (), "新华网", "2024-03-05"),
        ("2013年05月06日08:10　来源：人民日报".replace("\u3000", "  "), (), "人民日报", "2013-05-06"),
        ("发布时间：2021-01-08 10:00  来源：某司  字号：[ 大 中 小 ] 浏览次数：12", (), "某司", "2021-01-08"),
        ("发布人：-中国证券网-上海证券报", (), "中国证券网-上海证券报", None),
        ("发文机关：国务院办公厅\t成文日期：2005年03月03日", ("国务院办公厅",), "国务院办公厅", "2005-03-03"),
        ("成文日期：2005年3月3日 发布日期：2018年12月24日", (), None, "2005-03-03"),
        ("【 编辑：陆香  作者：袁琳 蒋林】", ("袁琳", "蒋林"), None, None),
        ("来源：王小明", ("王小明",), None, None),
        ("（作者：王小明，系某大学教授）", ("王小明",), None, None),
        ("（记者 张三 李四）", ("张三", "李四"), None, None),
        ("——摘自《求是》", (), "求是", None),
        ("发布人：《钱经》杂志", (), "钱经", None),
        (
            "发文机关：国务院办公厅、中央军委办公厅",
            ("国务院办公厅", "中央军委办公厅"),
            "国务院办公厅、中央军委办公厅",
            None,
        ),
        ("《江海日报》（2013年05月06日 04 版）", (), "江海日报", "2013-05-06"),
        ("责任编辑：刘万里 SF014", (), None, None),
        ("扫一扫在手机打开当前页", (), None, None),
        ("国办函〔2005〕21号", (), None, None),
        ("2011年09月30来源：某报", (), "某报", "2011-09-30"),
        ("来源：某报 责任编辑：李雪 2024-03-05", (), "某报", "2024-03-05"),
        ("来源：某报 | 作者：综合处 | 字体：大 中 小", ("综合处",), "某报", None),
        ("王小明 《江海日报》 2024-03-05", ("王小明",), "江海日报", "2024-03-05"),
    ],
)
def test_a_credit_is_read(
    line: str, authors: tuple[str, ...], publisher: str | None, date: str | None
) -> None:
    found = find_credits(line)
    assert found is not None
    said = collect_metadata(found)
    assert (said.authors, said.publisher, said.date) == (authors, publisher, date)


@pytest.mark.parametrize(
    "line",
    [
        "记者：成果转化难在哪里？",
        "来源是多方面的，要认真分析。",
        "时间就是效率，时间就是金钱。",
        "扫码支付改变消费习惯",
        "作者在文中写道：改革要有新突破。",
        "2024年是实现规划目标的关键一年",
        "责任编辑制度要进一步落实到每个环节。",
    ],
)
def test_prose_is_no_credit(line: str) -> None:
    assert find_credits(line, may_be_byline=True) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("郭倩 张力元", ("郭倩", "张力元")),
        ("王 伟", ("王伟",)),
        ("■本报记者 张三", ("张三",)),
        ("文/江月", ("江月",)),
        ("欧阳修远、司马光华", ("欧阳修远", "司马光华")),
        ("李明（中国社会科学院研究员）", ("李明",)),
        ("国务院总理 李明", ("李明",)),
        ("大卫·库奇诺", ("大卫·库奇诺",)),
        ("本报评论员", ("本报评论员",)),
        ("程嘉言 王力 刘建业", ("程嘉言", "王力", "刘建业")),
    ],
)
def test_a_line_of_names_under_a_title_is_a_byline(line: str, authors: tuple[str, ...]) -> None:
    found = find_credits(line, may_be_byline=True)
    assert found is not None
    assert collect_metadata(found).authors == authors


@pytest.mark.parametrize(
    "line", ["高质量发展", "方案", "总体要求 主要任务", "金融", "水利", "林业", "劳动力", "方言 文章"]
)
def test_words_are_no_byline(line: str) -> None:
    assert find_credits(line, may_be_byline=True) is None


@pytest.mark.parametrize(
    ("text", "rest", "authors", "publisher"),
    [
        ("中新社北京5月12日电 （记者 夏宾）会议举行。", "会议举行。", ("夏宾",), "中新社"),
        ("人民网北京3月5日电（记者王文、李安）会议举行。", "会议举行。", ("王文", "李安"), "人民网"),
        ("央视网消息（新闻联播）：会议举行。", "会议举行。", (), "央视网"),
        ("本报讯（记者 田野）会议举行。", "会议举行。", ("田野",), None),
        ("5月25日讯 今年4月，指数上升。", "今年4月，指数上升。", (), None),
        (
            "广西新闻网-广西日报南宁讯（记者 袁琳 通讯员 蒋林）会议举行。",
            "会议举行。",
            ("袁琳", "蒋林"),
            "广西新闻网-广西日报",
        ),
        ("【环球网报道 记者 王小明】会议举行。", "会议举行。", ("王小明",), "环球网"),
        ("据新华社消息，会议举行。", "据新华社消息，会议举行。", (), None),
        ("智能变电站是国家电网电力系统的节点。", "智能变电站是国家电网电力系统的节点。", (), None),
    ],
)
def test_a_dateline_goes_and_is_kept_as_metadata(
    text: str, rest: str, authors: tuple[str, ...], publisher: str | None
) -> None:
    left, found = take_opening(text)
    said = collect_metadata(found)
    assert (left, said.authors, said.publisher) == (rest, authors, publisher)


def test_brackets_that_are_no_credit_stay_at_the_end() -> None:
    assert take_closing("采购经理指数（PMI）。（完）")[0] == "采购经理指数（PMI）。"
    assert take_closing("使用膜技术（又称反渗透）") == ("使用膜技术（又称反渗透）", [])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("二〇〇五年三月三日", "2005-03-03"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("Thu, 12 May 2022 08:04:32 GMT", "2022-05-12"),
        ("2022-05-12T08:04:32Z", "2022-05-12"),
        ("20240305", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("2024年3月", "2024-03"),
        ("2024", "2024"),
        ("2024年6月31日", "2024-06"),
        ("昨天", None),
    ],
)
def test_a_date_is_read_as_written(text: str, date: str | None) -> None:
    assert parse_date(text) == date


def test_the_day_in_an_address_is_the_last_resort() -> None:
    assert parse_url_date("http://a.cn/n1/2013/0506/c1001-21367778.html") == "2013-05-06"
    assert parse_url_date("http://a2024.cn/index.html") is None


def test_names_are_told_from_roles() -> None:
    assert parse_names("新华社记者张文远、李思齐") == ("张文远", "李思齐")
    assert not is_all_names("王伟 高质量发展")
