"""Words: terms whole, the cutter's mistakes undone, tags as the grammar needs them."""

import subprocess
import sys

import pytest

from kg.lexicon import Lexicon, load_lexicon
from kg.words import dictionary_tag, split_words
from kg.words.pieces import split_pieces
from kg.words.runs import cut_text


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def shown(text: str, lexicon: Lexicon) -> str:
    return " ".join(f"{word.text}/{word.tag}" for word in split_words(text, offset=0, lexicon=lexicon))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产生新质生产力", "产生/v 新质生产力/nz"),
        ("国家发展改革委会同财政部", "国家发展改革委/nt 会同/p 财政部/nt"),
        ("《规划》“东数西算”", "《规划》/nk “东数西算”/nq"),
        ("“甲、乙”", "“/w 甲/nq 、/w 乙/nq ”/w"),
        ("2024年3月5日增长3.5%", "2024年3月5日/t 增长/v 3.5%/m"),
    ],
)
def test_terms_titles_quotations_times_and_numbers_are_words(
    text: str, expected: str, lexicon: Lexicon
) -> None:
    assert shown(text, lexicon) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发挥作用", "发挥 作用"),  # the dictionary counts it as one noun
        ("蕴含着", "蕴含 着"),
        ("因地制宜", "因地制宜"),  # an idiom stays whole
        ("水平不高等问题", "水平 不 高 等 问题"),
        ("应卢拉总统邀请", "应 卢拉 总统 邀请"),
        ("应当邀请专家", "应当 邀请 专家"),
    ],
)
def test_what_the_cutter_got_wrong_is_undone(text: str, expected: str) -> None:
    assert " ".join(surface for surface, _ in cut_text(text)) == expected


def test_a_term_does_not_leave_one_character_of_a_known_word(lexicon: Lexicon) -> None:
    assert "农业增效/" not in shown("农业增效益", lexicon)


def test_a_short_term_counts_only_as_words_of_its_own(lexicon: Lexicon) -> None:
    assert lexicon.lookup("工商") is None or "工商/" not in shown("理工商学院", lexicon)


@pytest.mark.parametrize(
    ("text", "place"), [("丹东市出台政策", "丹东市/ns"), ("在云港市投资", "云港市/ns"), ("城市建设", None)]
)
def test_a_name_before_a_district_suffix_is_a_place(text: str, place: str | None, lexicon: Lexicon) -> None:
    places = [item for item in shown(text, lexicon).split() if item.endswith("市/ns") and len(item) > 5]
    assert places == ([place] if place else [])


def test_spans_count_from_the_start_of_the_article(lexicon: Lexicon) -> None:
    words = split_words("加快发展", offset=10, lexicon=lexicon)
    assert [(word.span.start, word.span.end) for word in words] == [(10, 12), (12, 14)]


def test_the_words_between_terms_are_those_of_their_own_cut(lexicon: Lexicon) -> None:
    text = "随着科技创新不断深入，新质生产力对传统产业的带动作用日益显现"
    position = 0
    for start, end, _ in [*lexicon.find(text), (len(text), len(text), None)]:
        between = [surface for surface, _ in cut_text(text[position:start])]
        whole = [surface for surface, _ in split_pieces(text, lexicon)]
        assert "|".join(between) in "|".join(whole)
        position = end


def test_our_tables_overrule_the_dictionary() -> None:
    assert dictionary_tag("产生") == "v"  # a noun for jieba
    assert dictionary_tag("至红岛") is None


def test_jieba_is_not_imported_where_rjieba_cuts() -> None:
    pytest.importorskip("rjieba")
    code = (
        "import sys; from kg.lexicon import load_lexicon; from kg.words import split_words;"
        "split_words('加快发展', offset=0, lexicon=load_lexicon()); sys.exit('jieba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_verb_with_its_result_is_a_verb(lexicon: Lexicon) -> None:
    assert "转嫁给/v" in shown("成本转嫁给顾客", lexicon)


def test_latin_names_of_several_words_are_one_word(lexicon: Lexicon) -> None:
    assert "Nova Pad 2/eng" in shown("推出Nova Pad 2平板", lexicon)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江禾泽和食品有限公司投产", "浙江禾泽和食品有限公司/nt 投产/v"),
        ("上海市财政厅发布", "上海市财政厅/nt 发布/v"),
        ("世界茶叶协会数据", "世界茶叶协会/nt 数据/n"),
        ("城市医院改革", "城市/ns 医院/nt 改革/vn"),
    ],
)
def test_a_body_is_one_word_from_the_place_to_what_bodies_are_called(
    text: str, expected: str, lexicon: Lexicon
) -> None:
    assert shown(text, lexicon) == expected
