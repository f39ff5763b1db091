"""Official documents: what they are called, whom they answer, what they say of themselves."""

import pytest

from kg.extraction import read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, ArticleFacts

LEXICON = load_lexicon()
REPLY = "国务院办公厅对全国政协十届三次会议第21号提案的答复"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return LEXICON


def read(title: str, body: str, lexicon: Lexicon) -> ArticleFacts:
    article = Article("a", title, f"{title}\n{body}", body_start=len(title) + 1)
    return read_article(article, lexicon=lexicon).stated


def claims_of(facts: ArticleFacts) -> set[tuple[str, str, str]]:
    return {(c.subject.name if c.subject else "ARTICLE", c.kind.value, c.object.name) for c in facts.claims}


def test_a_title_names_the_document_and_its_issuers(lexicon: Lexicon) -> None:
    title = "国务院办公厅、中央军委办公厅关于加强山区茶园管理工作的通知"
    found = claims_of(read(title, "各地要认真落实。", lexicon))
    assert {subject for subject, kind, obj in found if kind == "implements" and obj == title} == {
        "国务院办公厅",
        "中央军委办公厅",
    }


def test_a_notice_that_brings_a_document_is_spoken_of_as_that(lexicon: Lexicon) -> None:
    body = "为完善茶园灌溉体系，制定本办法。"
    found = claims_of(read("国务院关于印发山区茶园灌溉办法的通知", body, lexicon))
    assert ("山区茶园灌溉办法", "aimsAt", "茶园灌溉体系") in found


def test_the_people_that_a_reply_is_sent_to_made_the_proposal(lexicon: Lexicon) -> None:
    body = "赵明远、孙丽委员：\n你们提出的关于推广节水农业的提案收悉，现答复如下："
    found = claims_of(read(REPLY, body, lexicon))
    proposal = "全国政协十届三次会议第21号提案"
    assert {("赵明远", "implements", proposal), ("孙丽", "implements", proposal)} <= found
    assert (proposal, "advocates", "节水农业") in found


def test_a_province_asks_for_what_others_are_to_do(lexicon: Lexicon) -> None:
    body = "四川省人民政府：\n你省请求，国家尽快审核水电站项目。\n你省请求国家加大对茶产业的支持力度。"
    found = claims_of(read("国务院办公厅关于四川省所提建议的函", body, lexicon))
    assert {("四川", "advocates", "水电站项目"), ("四川", "advocates", "茶产业")} <= found
    assert ("国家", "supports", "茶产业") in found


def test_who_agreed_to_a_document_has_to_do_with_it(lexicon: Lexicon) -> None:
    body = "《山区茶园灌溉办法》已经国务院同意，现印发给你们。"
    found = claims_of(read("国务院办公厅关于印发山区茶园灌溉办法的通知", body, lexicon))
    assert ("国务院", "relatedTo", "山区茶园灌溉办法") in found
