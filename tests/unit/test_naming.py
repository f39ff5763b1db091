"""Names leave out what is no part of them."""

import pytest

from kg.lexicon import Lexicon, load_lexicon
from kg.naming import find_core, thing_of_process
from kg.words import split_words


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def core(text: str, lexicon: Lexicon) -> str:
    words = split_words(text, offset=0, lexicon=lexicon)
    first, last = find_core(words, lexicon)
    return "".join(word.text for word in words[first:last])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我国粮食生产", "粮食生产"),
        ("产业变革方兴未艾", "产业变革"),
        ("重要新兴产业", "新兴产业"),
        ("进出口总额同比", "进出口总额"),
        ("全国量子计算产业", "量子计算产业"),
        ("产品造型新颖", "产品造型"),
        ("茶产业体系与时俱进", "茶产业体系"),
    ],
)
def test_praise_owners_and_predicates_are_no_part_of_a_name(text: str, name: str, lexicon: Lexicon) -> None:
    assert core(text, lexicon) == name


@pytest.mark.parametrize("text", ["数字经济", "产业结构优化升级", "国家级量子计算产业示范基地"])
def test_a_whole_name_stays_whole(text: str, lexicon: Lexicon) -> None:
    assert core(text, lexicon) == text


def test_an_idiom_alone_names_nothing(lexicon: Lexicon) -> None:
    assert core("无源之水", lexicon) == ""


def test_the_process_of_a_known_thing_speaks_of_the_thing(lexicon: Lexicon) -> None:
    thing = thing_of_process("新质生产力发展", lexicon)
    assert thing is not None
    assert thing.name == "新质生产力"


def test_a_known_process_is_a_thing_of_its_own(lexicon: Lexicon) -> None:
    assert thing_of_process("高质量发展", lexicon) is None


def test_a_measure_is_named_without_its_verb(lexicon: Lexicon) -> None:
    measure = thing_of_process("城镇登记失业率控制", lexicon)
    assert measure is not None
    assert measure.name == "城镇登记失业率"
