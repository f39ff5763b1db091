"""Files of every format and encoding become articles; a bad one costs itself alone."""

import io
import json
import sys
from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.articles.encodings import decode_bytes
from kg.errors import KgError
from kg.records import Article
from kg.schema import DiagnosticCode
from pdfs import make_pdf

PROSE = "发展新质生产力，必须进一步全面深化改革，形成与之相适应的新型生产关系。各地要因地制宜，防止一哄而上。"
TRADITIONAL = "發展綠色能源，必須兼顧安全與環境，這對於國家經濟十分重要。"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def read_one(folder: Path, name: str, content: str | bytes) -> Article:
    (article,) = read_articles(write(folder, name, content))
    return article


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_an_encoding_is_found_out(encoding: str) -> None:
    assert decode_bytes((PROSE + "\n").encode(encoding)).text.lstrip("\ufeff") == PROSE + "\n"


def test_big5_is_told_from_gb18030() -> None:
    assert decode_bytes(TRADITIONAL.encode("big5")).text == TRADITIONAL


@pytest.mark.parametrize("length", [2, 4, 8, 20])
def test_a_short_text_in_gbk_is_found_out_too(length: int) -> None:
    assert decode_bytes(PROSE[:length].encode("gbk")).text == PROSE[:length]


def test_a_named_encoding_is_obeyed(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", PROSE.encode("gbk"))
    assert "\ufffd" in read_articles(path, encoding="utf-8").articles[0].text
    with pytest.raises(KgError, match="encoding 'klingon' is not known"):
        read_articles(path, encoding="klingon")


def test_undecodable_bytes_are_told_with_line_and_place(tmp_path: Path) -> None:
    data = "题目在此\n\n".encode() + (PROSE * 20).encode() + b"\xff" + "好。".encode()
    corpus = read_articles(write(tmp_path, "a.txt", data))
    (doubt,) = corpus.diagnostics
    assert (doubt.code, doubt.line) == (DiagnosticCode.UNDECODABLE_BYTES, 3)
    (article,) = corpus
    (inside,) = [d for d in article.diagnostics if d.code is DiagnosticCode.UNDECODABLE_BYTES]
    assert inside.span is not None
    assert inside.span.of(article.text) == "\ufffd"


def test_line_endings_and_full_width_forms_make_no_difference(tmp_path: Path) -> None:
    plain = read_one(tmp_path, "a.txt", "增长5.2%\n\n今年GDP增长5.2%，3D打印加快发展。")
    other = read_one(
        tmp_path, "b/a.txt", "增长５．２％\r\n\r\n　　今年ＧＤＰ增长 ５.２％，３Ｄ打印加快发展。\r\n"
    )
    assert other.text == plain.text


@pytest.mark.parametrize(
    ("source", "paragraph"),
    [
        ("要立足资源禀赋，推动产业结\n\n构优化升级，培育新动能，形成新优势，打造新引擎，塑造新格局。", None),
        ("我们坚信，在强国\n\n建设、民族复兴的新征程上，发展是第一要务，这是必须牢牢把握的道理。", None),
        ("要处理好共性\n\n和个性的关系。我国幅员辽阔，各地条件不同。", None),
        ("加快建设，\n\n一批项目落地。", None),
        (
            "使用 Open\nSource 软件的企业越来越多，\n生态日益完善。",
            "使用Open Source软件的企业越来越多，生态日益完善。",
        ),
    ],
)
def test_a_sentence_broken_by_line_breaks_is_whole_again(
    tmp_path: Path, source: str, paragraph: str | None
) -> None:
    text = f"{PROSE[:-2]}\n\n{PROSE[-2:]}\n\n{source}\n\n以上就是主要做法。"
    article = read_one(tmp_path, "a.txt", text)
    assert (paragraph or source.replace("\n", "")) in article.text.split("\n")


def test_a_heading_is_not_joined_to_its_text(tmp_path: Path) -> None:
    article = read_one(tmp_path, "a.txt", f"题目在此\n\n{PROSE}\n\n应用加快落地\n\n{PROSE}")
    (heading,) = article.heading_spans
    assert heading.of(article.text) == "应用加快落地"


def test_spaces_go_but_for_those_that_mean_something(tmp_path: Path) -> None:
    article = read_one(
        tmp_path,
        "a.md",
        "# 发展 先进制造业\n\n　　印发《关于甲 乙的意见》（以下简称 《意见》） ，使用 Python 3 语言。",
    )
    assert article.text == "发展 先进制造业\n印发《关于甲 乙的意见》（以下简称《意见》），使用Python 3语言。"


def test_a_title_is_the_first_paragraph_and_the_body_starts_after_it(tmp_path: Path) -> None:
    article = read_one(tmp_path, "a.md", f"# 题目在此\n\n{PROSE}")
    assert article.text[article.body_start :] == PROSE
    assert article.text[: article.body_start] == "题目在此\n"


def test_a_title_set_once_more_over_the_text_is_no_part_of_it(tmp_path: Path) -> None:
    title = "县政府关于印发山区茶园灌溉规划的通知"
    text = f"{title}\n\n{title[:9]}\n{title[9:]}\n\n各乡镇政府：\n{PROSE}"
    article = read_one(tmp_path, "a.txt", text)
    assert article.text[article.body_start :] == f"各乡镇政府：\n{PROSE}"


@pytest.mark.parametrize(
    ("trail", "title"),
    [
        ("首页\n客服中心\n新手帮助\n如何注册账号\n\n如何注册账号\n\n", "如何注册账号"),
        ("首页\n名人堂\n某研究所所长\n\n周一舟 -- 某研究所所长\n\n", "周一舟 -- 某研究所所长"),
        ("首页\n商圈资讯\n采购新规下 谁会是新宠？\n\n采购新规下 谁会是新宠？\n\n", "采购新规下 谁会是新宠？"),
        ("首页\n商圈文化\n茶与商道\n\n", "茶与商道"),
    ],
)
def test_the_trail_to_a_page_is_no_part_of_its_text(tmp_path: Path, trail: str, title: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{trail}发布时间：2011-05-11\n发布人：\n\n公司发布新规，各地执行。", encoding="utf-8")
    (article,) = read_articles(path)
    assert (article.title, article.date) == (title, "2011-05-11")
    assert article.text[article.body_start :] == "公司发布新规，各地执行。"


def test_a_statute_stands_in_one_article_with_the_order_that_promulgates_it(tmp_path: Path) -> None:
    order = f"现将《茶园灌溉条例》公布。{PROSE}"
    text = f"茶园灌溉条例\n\n{order}\n\n茶园灌溉条例\n（2019年3月4日县政府发布）\n\n第一条　{PROSE}"
    (article,) = read_articles(write(tmp_path, "a.txt", text))
    assert article.text.endswith(PROSE)


def test_the_title_of_what_a_document_brings_along_is_a_heading(tmp_path: Path) -> None:
    attached = f"山区茶园\n灌 溉 办 法\n{PROSE}"
    article = read_one(tmp_path, "a.txt", f"通知\n\n现将《山区茶园灌溉办法》印发给你们。\n{attached}")
    assert [span.of(article.text) for span in article.heading_spans] == ["山区茶园灌溉办法"]


DATELINE = "央视网消息（新闻联播）：" + PROSE


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"李明在港口工作会议上强调 加快补齐集疏运体系短板 推动航运服务业提质升级 张华主持\n\n{DATELINE}",
            "李明在港口工作会议上强调 加快补齐集疏运体系短板 推动航运服务业提质升级 张华主持",
        ),
        (
            f"守住底线，开创新局——全市港口系统干部职工认真学习贯彻安全生产工作会议精神引发热烈反响\n\n{DATELINE}",
            "守住底线，开创新局——全市港口系统干部职工认真学习贯彻安全生产工作会议精神引发热烈反响",
        ),
        (f"国内联播快讯\n\n{DATELINE}", "国内联播快讯"),
        (f"名家讲坛\n港口新论\n港口新论\n\n发布时间：2011-04-08\n\n{PROSE}", "港口新论"),
        (
            f"临江港扩建工程开工- 临江权威的港航信息服务公共平台\n\n新闻\n临江港扩建工程开工\n\n{PROSE}",
            "临江港扩建工程开工",
        ),
        (
            f"临江市人民政府文件\n临政发〔2024〕12号\n\n临江市人民政府关于建设智慧港口的意见\n\n{PROSE}",
            "临江市人民政府关于建设智慧港口的意见",
        ),
    ],
)
def test_a_title_is_told_by_what_stands_around_it(tmp_path: Path, text: str, title: str) -> None:
    assert read_one(tmp_path, "a.txt", text).title == title


def test_a_long_line_that_goes_on_after_a_blank_line_is_no_title(tmp_path: Path) -> None:
    first = "临江市坚持把智慧港口建设作为推动海洋经济高质量发展的重要抓手着力完善港口集疏运体系"
    text = f"{first}\n\n，提升港口能级。{PROSE}"
    assert read_one(tmp_path, "a.txt", text).text.startswith("临江市坚持")
    assert read_one(tmp_path, "a.txt", text).body_start == 0


def test_without_a_title_the_first_sentence_names_the_article(tmp_path: Path) -> None:
    article = read_one(tmp_path, "a.txt", "（七）着力抓好“三农”工作。坚持农业农村优先发展。\n\n增产增收。")
    assert (article.title, article.body_start) == ("着力抓好“三农”工作", 0)


@pytest.mark.parametrize(
    ("name", "text", "titles"),
    [
        ("a.txt", "甲的题目\n\n{p}\n\n=====\n\n乙的题目\n\n{p}", ["甲的题目", "乙的题目"]),
        ("a.txt", "甲的题目\n\n王立民\n\n{p}\n\n应用加快落地\n\n{p}", ["甲的题目"]),
        ("a.txt", "甲的题目\n\n王立民\n\n{p}\n\n乙的题目\n\n赵海燕\n\n{p}", ["甲的题目", "乙的题目"]),
        ("a.md", "### 甲的题目\n\n{p}\n\n### 乙的题目\n\n{p}", ["甲的题目", "乙的题目"]),
        ("a.md", "# 甲的题目\n\n{p}\n\n## 背景\n\n{p}\n\n## 应用\n\n{p}", ["甲的题目"]),
        ("a.md", "甲的题目\n\n{p}\n\n## 背景\n\n{p}\n\n## 应用\n\n{p}", ["甲的题目"]),
        ("a.md", "---\ntitle: 甲的题目\n---\n# 背景\n\n{p}\n\n# 应用\n\n{p}", ["甲的题目"]),
        ("a.md", "# 甲的题目\n\n{p}\n\n## 背景\n\n{p}\n\n（来源：《东海日报》）", ["甲的题目"]),
        (
            "a.md",
            "# 文集\n\n## 甲的题目\n\n王立民\n\n{p}\n\n## 乙的题目\n\n赵海燕\n\n{p}",
            ["甲的题目", "乙的题目"],
        ),
    ],
)
def test_headings_of_articles_are_told_from_headings_in_them(
    tmp_path: Path, name: str, text: str, titles: list[str]
) -> None:
    corpus = read_articles(write(tmp_path, name, text.format(p=PROSE)))
    assert [article.title for article in corpus] == titles


def test_a_traditional_text_is_turned_and_a_traditional_name_is_not(tmp_path: Path) -> None:
    corpus = read_articles(write(tmp_path, "a.txt", f"綠色能源\n\n{TRADITIONAL}"))
    assert corpus.articles[0].title == "绿色能源"
    assert [d.code for d in corpus.diagnostics] == [DiagnosticCode.TRADITIONAL_CHARACTERS]
    article = read_one(tmp_path, "b.txt", f"题目在此\n\n他在《國學》一书中写道。{PROSE}")
    assert "《國學》" in article.text


def test_a_broken_line_of_json_costs_itself_alone(tmp_path: Path) -> None:
    good = json.dumps({"id": "x", "title": "题", "text": PROSE}, ensure_ascii=False)
    corpus = read_articles(write(tmp_path, "a.jsonl", f'{good}\n{{"id": \n[1]\n\n{{"text": 5}}\n'))
    assert [a.id for a in corpus] == ["article/a.jsonl/x"]
    assert [d.line for d in corpus.diagnostics] == [2, 3, 5]


@pytest.mark.parametrize("size", [1, 3])
def test_a_bad_file_costs_itself_alone(tmp_path: Path, size: int) -> None:
    for index in range(size):
        write(tmp_path, f"good{index}.txt", PROSE)
    write(tmp_path, "empty.txt", "")
    write(tmp_path, "picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
    write(tmp_path, "old.doc", b"\xd0\xcf\x11\xe0")
    write(tmp_path, "broken.docx", b"PK\x03\x04 no")
    write(tmp_path, "broken.pdf", b"%PDF-1.4 no")
    write(tmp_path, "blank.html", "<html><body></body></html>")
    corpus = read_articles(tmp_path)
    assert len(corpus) == size
    told = {d.source_file for d in corpus.diagnostics}
    assert told == {"empty.txt", "picture.txt", "old.doc", "broken.docx", "broken.pdf", "blank.html"}
    assert all("\n" not in d.message for d in corpus.diagnostics)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty.txt: the file is empty"),
        ("binary.txt", b"\x00\x01\x02" * 99, "binary.txt: binary data"),
        ("a.jsonl", b"{", "a.jsonl:1: broken JSON"),
        ("a.doc", b"x", "a.doc: this format is not read"),
    ],
)
def test_nothing_read_is_an_error_that_names_the_file(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(KgError, match=message):
        read_articles(write(tmp_path, name, content))


def test_a_missing_path_an_empty_folder_and_an_idle_glob_are_errors(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no such file or folder"):
        read_articles(tmp_path / "missing.txt")
    with pytest.raises(KgError, match="no file to read in this folder"):
        read_articles(tmp_path)
    with pytest.raises(KgError, match="no file matches"):
        read_articles(f"{tmp_path}/*.txt")
    with pytest.raises(KgError, match="no input"):
        read_articles()


def test_folders_are_searched_through_and_readmes_left_out(tmp_path: Path) -> None:
    for name in ("b/two.md", "a.txt", ".hidden/x.txt", "README.md", "b/pic.png", "b/c/three.html"):
        write(tmp_path, name, f"<p>{PROSE}</p>" if name.endswith("html") else PROSE)
    assert [a.id for a in read_articles(tmp_path)] == [
        "article/a.txt",
        "article/b/c/three.html",
        "article/b/two.md",
    ]


def test_a_glob_and_its_folder_give_the_same_names(tmp_path: Path) -> None:
    write(tmp_path, "b/two.txt", PROSE)
    write(tmp_path, "a.txt", PROSE)
    by_glob = read_articles(f"{tmp_path}/**/*.txt")
    assert [a.id for a in by_glob] == [a.id for a in read_articles(tmp_path)]


def test_files_of_one_name_get_the_names_of_their_folders(tmp_path: Path) -> None:
    first, second = write(tmp_path, "x/a.txt", PROSE), write(tmp_path, "y/a.txt", PROSE)
    forward, backward = read_articles(first, second, first), read_articles(second, first)
    assert [a.id for a in forward] == ["article/x/a.txt", "article/y/a.txt"]
    assert forward == backward


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode("gbk"))))
    (article,) = read_articles("-")
    assert article.text == PROSE


def test_broken_front_matter_is_told_and_the_text_read(tmp_path: Path) -> None:
    corpus = read_articles(write(tmp_path, "a.md", f"---\ntitle: [题\n---\n\n# 题目在此\n\n{PROSE}"))
    assert PROSE in corpus.articles[0].text
    assert [(d.code, d.line) for d in corpus.diagnostics] == [(DiagnosticCode.UNREADABLE_INPUT, 3)]


def test_a_word_document_keeps_its_headings_and_rows(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("题目在此", 0)
    document.add_paragraph("作者：王立民")
    document.add_heading("一、总体要求", 1)
    document.add_paragraph(PROSE)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "产值", "9亿元"
    document.save(str(tmp_path / "a.docx"))
    (article,) = read_articles(tmp_path / "a.docx")
    assert (article.title, article.authors) == ("题目在此", ("王立民",))
    assert article.text.split("\n") == ["题目在此", "一、总体要求", PROSE, "产值，9亿元"]


def test_a_pdf_loses_its_running_heads_and_page_numbers(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    pages = [
        ["东海经济简报", "以改革促发展", "发展新质生产力，必须进一步全面深化改革，形成与", "— 1 —"],
        ["东海经济简报", "之相适应的新型生产关系。各地要因地制宜，防止一", "— 2 —"],
        ["东海经济简报", "哄而上，也要防止重复建设。", "— 3 —"],
    ]
    article = read_one(tmp_path, "a.pdf", make_pdf(pages))
    assert article.title == "以改革促发展"
    assert article.text.split("\n")[1:] == [
        "发展新质生产力，必须进一步全面深化改革，形成与之相适应的新型生产关系。"
        "各地要因地制宜，防止一哄而上，也要防止重复建设。"
    ]


def test_a_pdf_without_text_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    with pytest.raises(KgError, match="character recognition"):
        read_articles(write(tmp_path, "a.pdf", make_pdf([[]])))


@pytest.mark.parametrize(("name", "module", "extra"), [("a.docx", "docx", "docx"), ("a.pdf", "pypdf", "pdf")])
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(KgError, match=rf"zhengtu\[{extra}\]"):
        read_articles(write(tmp_path, name, b"x"))


def test_a_doubt_stands_on_the_line_of_its_paragraph(tmp_path: Path) -> None:
    text = "量子技术开辟新赛道\n\n量子技术潜力巨大。\n\n要加快推进的\n的创新步伐。\n"
    article = read_one(tmp_path, "a.txt", text)
    assert [(d.code, d.line) for d in article.diagnostics] == [(DiagnosticCode.DOUBLED_CHARACTER, 5)]


SEED = Path(__file__).parents[3] / "shared" / "corpus" / "seed.md"


@pytest.mark.skipif(not SEED.exists(), reason="the shared corpus is not here")
def test_the_seed_holds_seven_articles() -> None:
    corpus = read_articles(SEED)
    assert [(a.authors, a.publisher) for a in corpus] == [
        ((), "新华每日电讯"),
        (("卢健飞",), None),
        (("赵永新",), "人民日报"),
        (("袁小康",), "经济参考报"),
        (("杨高",), None),
        ((), "经济日报"),
        (("郭倩", "张力元"), "中国产业经济信息网"),
    ]
    assert [d.code for a in corpus for d in a.diagnostics] == [
        DiagnosticCode.DOUBLED_CHARACTER,
        DiagnosticCode.REPEATED_PASSAGE,
        DiagnosticCode.TRUNCATED_END,
        DiagnosticCode.FRAGMENT_AT_START,
    ]


def test_a_label_and_the_value_under_it_are_one_credit(tmp_path: Path) -> None:
    values = {"索 引 号": "000014349/2015-00042", "发文机关": "农业部", "成文日期": "2015年5月4日"}
    header = "".join(f"{label}：\n\t{value}\n" for label, value in values.items())
    notice = "各省、自治区、直辖市农业厅：\n现将粮食生产工作要求印发给你们，请认真执行。"
    article = read_one(tmp_path, "a.txt", f"农业部关于做好粮食生产的通知\n\n{header}\n{notice}")
    assert (article.publisher, article.date) == ("农业部", "2015-05-04")
    assert article.text[article.body_start :] == notice


def test_whom_a_notice_is_sent_to_is_a_paragraph_of_its_own(tmp_path: Path) -> None:
    text = f"关于做好粮食生产工作的通知\n农发〔2015〕3号\n各省、自治区、直辖市农业厅：\n{PROSE}\n{PROSE}"
    article = read_one(tmp_path, "a.txt", f"农业部\n\n{text}")
    assert "各省、自治区、直辖市农业厅：" in article.text.split("\n")
