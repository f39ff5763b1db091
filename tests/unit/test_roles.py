"""Roles: what a word does here, told by the words around it."""

import pytest

from kg.roles import find_roles
from tagged import words_of


@pytest.mark.parametrize(
    ("tagged", "roles"),
    [
        ("发展/vn 新业态/nz", "VN"),
        ("学校/n 发展/vn", "NN"),
        ("技术/n 的/ude 发展/vn", "NEN"),
        ("创新/vn 要素/n", "NN"),
        ("经济/n 快速/da 发展/vn", "NDV"),
        ("学校/n 建设/vn 一批/m 基地/n", "NVQN"),
    ],
)
def test_a_nominal_verb_is_verb_or_noun_by_its_place(tagged: str, roles: str) -> None:
    assert find_roles(words_of(tagged)) == roles


@pytest.mark.parametrize(
    ("tagged", "roles"),
    [
        ("体现/v 在/p 实践/n", "VUN"),
        ("严禁/v 在/p 园区/n 新建/v 项目/n", "VPNVN"),
        ("创新链/nz 与/p 产业链/nz 的/ude 融合/vn", "NCNEN"),
        ("学校/n 与/p 企业/n 签署/v 协议/n", "NPNVN"),
        ("关键/n 在/p 创新/vn", "NVN"),
        ("将/vm 数据/n 确立为/v 要素/n", "PNVN"),
        ("将/vm 发展/vn 经济/n", "MVN"),
    ],
)
def test_a_preposition_governs_complements_or_joins(tagged: str, roles: str) -> None:
    assert find_roles(words_of(tagged)) == roles


@pytest.mark.parametrize(
    ("tagged", "roles"),
    [
        ("深入/dv 推进/v 改革/vn", "DVN"),
        ("深入/dv 基层/n", "VN"),
        ("深度/dn 参与/v 治理/vn", "DVN"),
        ("产学研/n 深度/dn 融合/vn", "NAN"),
        ("主要/da 任务/n", "AN"),
        ("需求/n 旺盛/a", "NV"),
        ("旺盛/a 需求/n", "AN"),
        ("条件/n 等/uet 各不相同/i", "NGV"),
    ],
)
def test_adverbs_attributes_and_idioms_follow_their_neighbours(tagged: str, roles: str) -> None:
    assert find_roles(words_of(tagged)) == roles


@pytest.mark.parametrize(
    ("tagged", "roles"),
    [
        ("各/r 有关/vn 部门/n", "QQN"),
        ("经济社会/n 各/r 领域/n", "NNN"),
        ("甲地/ns —/w 乙地/ns", "NNN"),
        ("【 专栏/n 】 企业/n", ",,,N"),
    ],
)
def test_determiners_count_a_dash_joins_and_labels_say_nothing(tagged: str, roles: str) -> None:
    assert find_roles(words_of(tagged)) == roles


def test_no_words_have_no_roles() -> None:
    assert find_roles(()) == ""


@pytest.mark.parametrize(
    ("tagged", "roles"),
    [
        ("厂家/nt 生产/vn 凉茶/nz", "NVN"),
        ("在/p 市场/nz 看到/v ，/w", "PNV,"),
        ("在/p 北京/ns 闭幕/v ，/w", "PNV,"),
    ],
)
def test_goods_are_made_and_results_are_reached_by_verbs(tagged: str, roles: str) -> None:
    assert find_roles(words_of(tagged)) == roles
