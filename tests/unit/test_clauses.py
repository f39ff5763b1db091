"""Clauses: who does what to what. A noun is shown after its owner: 技术>突破."""

import pytest

from kg.clauses import parse_sentence
from kg.lexicon import load_lexicon
from kg.records import Article
from kg.sentences import split_sentences
from kg.words import split_words
from tagged import names_of, parse_of

Row = tuple[str, str, str, str]


def frames_of(tagged: str) -> list[Row]:
    return [
        (frame.place, names_of(frame.subjects), frame.verb, names_of(frame.objects))
        for frame in parse_of(tagged).frames
    ]


@pytest.mark.parametrize(
    ("tagged", "frames"),
    [
        ("创新/n 催生/v 产业/n", [("main", "创新", "催生", "产业")]),
        ("推动/v 产业/n ， 培育/v 业态/n", [("main", "", "推动", "产业"), ("main", "", "培育", "业态")]),
        ("技术/n ， 催生/v 业态/n", [("main", "技术", "催生", "业态")]),
        ("各地/n 忽视/v 、 放弃/v 产业/n", [("main", "各地", "放弃", "产业")]),
        ("十八大/n 以来/f ， 经济/n 增长/v", [("main", "经济", "增长", "")]),
        (
            "支持/v 企业/n 组建/v 联合体/n",
            [("main", "", "支持", "企业"), ("pivot", "企业", "组建", "联合体")],
        ),
    ],
)
def test_verbs_take_subject_and_object(tagged: str, frames: list[Row]) -> None:
    assert frames_of(tagged) == frames


@pytest.mark.parametrize(
    ("tagged", "frames"),
    [
        (
            "企业/n 主导/v 的/ude 融合/n 深化/v",
            [("relative", "企业", "主导", "融合"), ("main", "融合", "深化", "")],
        ),
        (
            "打通/v 束缚/v 生产力/n 的/ude 堵点/n",
            [("relative", "堵点", "束缚", "生产力"), ("main", "", "打通", "堵点")],
        ),
    ],
)
def test_the_verb_of_a_relative_clause_tells_of_its_head(tagged: str, frames: list[Row]) -> None:
    assert frames_of(tagged) == frames


@pytest.mark.parametrize(
    ("tagged", "frames"),
    [
        ("以/p 创新/n 为/p 引领/n", [("as", "创新", "以…为", "引领")]),
        (
            "在/p 完善/v 政策/n 时/f ， 企业/n 加大/v 投入/n",
            [("inner", "", "完善", "政策"), ("main", "企业", "加大", "投入")],
        ),
        (
            "为/p 完善/v 体系/n 提供/v 支撑/n",
            [("inner", "", "完善", "体系"), ("main", "", "提供", "支撑")],
        ),
    ],
)
def test_prepositions_govern_phrases_verbs_and_clauses(tagged: str, frames: list[Row]) -> None:
    assert frames_of(tagged) == frames


@pytest.mark.parametrize(
    ("tagged", "heads", "members"),
    [
        ("技术/n 的/ude 突破/n", "技术>突破", ""),
        ("甲/n 的/ude 乙/n 、 丙/n 的/ude 丁/n", "甲>乙 丙>丁", ""),
        ("财政部/nt 《通知》/nk", "财政部>《通知》", ""),
        (
            "产业/n 高端化/n 、 智能化/b 、 绿色化/b 转型/n",
            "产业高端化转型 产业智能化转型 产业绿色化转型",
            "",
        ),
        ("前沿性/b 、 革命性/b 技术/n", "前沿性技术 革命性技术", ""),
        ("科技/n 、 教育/n 等/uet 改革/vn", "科技改革 教育改革", ""),
        ("钢铁/n 、 水泥/n 等/uet 传统/n 材料/n", "传统材料", "钢铁 水泥"),
        ("数据/n 、 算力/n 等/uet 问题/n", "数据 算力", ""),
    ],
)
def test_coordinated_nouns_share_heads_owners_and_classes(tagged: str, heads: str, members: str) -> None:
    nominal = parse_of(tagged).nominals[-1]
    assert (names_of(nominal.heads), names_of(nominal.members)) == (heads, members)


def test_nouns_with_a_joining_noun_after_them_are_joined() -> None:
    (joint,) = parse_of("人才/n 与/p 产业/n 融合/vn").joints
    assert (joint.first.name, joint.second.name, joint.cue) == ("人才", "产业", "融合")


def test_modal_verbs_and_adverbs_belong_to_their_verb() -> None:
    (frame,) = parse_of("企业/n 必须/vm 加快/d 推进/v 改革/n").frames
    assert (frame.modal, frame.adverbs, frame.action) == (("必须",), ("加快",), "加快推进")


def test_a_verb_joined_to_the_next_has_a_frame_of_its_own() -> None:
    assert [frame.verb for frame in parse_of("建立/v 并/d 完善/v 体系/n").frames] == ["建立", "完善"]


def test_what_stands_in_quotation_marks_is_known_to() -> None:
    assert [f.in_quotes for f in parse_of("强调/v “ 推进/v 改革/n ” ， 完善/v 体系/n").frames] == [
        False,
        True,
        False,
    ]


def test_a_whole_behind_its_parts_is_read_within_its_clause_alone() -> None:
    text = "老街已成为一个集手工技艺与现代餐饮于一体的消费新去处。"
    (sentence,) = split_sentences(Article("a", "", text))
    words = split_words(text, offset=0, lexicon=load_lexicon())
    assert parse_sentence(sentence, words).words == words
