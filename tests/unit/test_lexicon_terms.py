"""The term tables hold what the genre speaks of, each with the kind that the annotation guide gives it."""

from collections import Counter

import pytest

from kg.lexicon import COLUMNS, Lexicon, load_lexicon
from kg.naming import kind_of_compound
from kg.resources import resource_path
from kg.rules import kind_of_name, load_heads, load_word_set
from kg.schema import EntityKind
from kg.tables import read_table
from kg.words import split_words

TABLES = ("concepts", "policies", "laws", "programmes", "technologies", "products", "issues", "indicators")
HEAD_COLUMNS = ("head", "kind", "alone", "note", "example")
COMPOUND_COLUMNS = ("head", "of", "kind", "note", "example")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def _rows(table: str) -> list[tuple[str, ...]]:
    return [cells for _, cells in read_table(resource_path("lexicon", f"{table}.tsv"), COLUMNS)]


def _head_rows() -> list[tuple[str, ...]]:
    return [cells for _, cells in read_table(resource_path("rules", "heads.tsv"), HEAD_COLUMNS)]


def test_the_tables_hold_thousands_of_terms() -> None:
    sizes = {table: len(_rows(table)) for table in TABLES}
    assert sum(sizes.values()) >= 8000
    assert min(sizes.values()) >= 350


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("新质生产力", EntityKind.CONCEPT),
        ("营商环境", EntityKind.CONCEPT),
        ("产业转型升级", EntityKind.CONCEPT),
        ("科学发展观", EntityKind.CONCEPT),
        ("中国制造2025", EntityKind.POLICY),
        ("中央一号文件", EntityKind.POLICY),
        ("增值税", EntityKind.POLICY),
        ("中小企业促进法", EntityKind.POLICY),
        ("863计划", EntityKind.POLICY),
        ("量子计算", EntityKind.TECHNOLOGY),
        ("盾构机", EntityKind.TECHNOLOGY),
        ("高速公路", EntityKind.SECTOR),
        ("油茶", EntityKind.SECTOR),
        ("产能过剩", EntityKind.ISSUE),
        ("地方政府隐性债务", EntityKind.ISSUE),
        ("城镇化率", EntityKind.INDICATOR),
        ("研发投入强度", EntityKind.INDICATOR),
    ],
)
def test_a_term_has_the_kind_of_the_guide(lexicon: Lexicon, name: str, kind: EntityKind) -> None:
    term = lexicon.lookup(name)
    assert term is not None
    assert term.kind is kind


@pytest.mark.parametrize(
    ("other", "name"),
    [
        ("GDP", "国内生产总值"),
        ("CPI", "居民消费价格指数"),
        ("十二五规划", "“十二五”规划"),
        ("人工智能+行动", "“人工智能+”行动"),
        ("低保", "最低生活保障制度"),
        ("中华人民共和国数据安全法", "数据安全法"),
        ("AI", "人工智能"),
        ("RCEP", "区域全面经济伙伴关系协定"),
        ("一带一路", "“一带一路”"),
    ],
)
def test_an_alias_leads_to_its_term(lexicon: Lexicon, other: str, name: str) -> None:
    term = lexicon.lookup(other)
    assert term is not None
    assert term.name == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("依法监督法律实施", []),
        ("监督法的修改", ["监督法"]),
        ("企业要不断创新产品", ["创新产品"]),
        ("“十二五”期间", []),
        ("发布“十二五”规划", ["“十二五”规划"]),
        ("零售业务增长", []),
        ("各地区高温不断", []),
        ("培养数字人才", []),
        ("加快发展新质生产力", ["新质生产力"]),
        ("3.6GW", []),
    ],
)
def test_a_name_is_not_found_across_words(lexicon: Lexicon, text: str, found: list[str]) -> None:
    own = {row[0] for table in TABLES for row in _rows(table)}
    assert [term.name for _, _, term in lexicon.find(text) if term.name in own] == found


def test_book_title_marks_are_no_part_of_a_name() -> None:
    assert [row[0] for table in TABLES for row in _rows(table) if "《" in row[0]] == []


def test_a_wider_term_of_a_wider_term_never_leads_back(lexicon: Lexicon) -> None:
    for term in lexicon.terms:
        seen: set[str] = set()
        above = list(term.broader)
        while above:
            name = above.pop()
            assert name != term.name
            wider = lexicon.lookup(name)
            if wider is not None and name not in seen:
                seen.add(name)
                above.extend(wider.broader)


def test_every_head_gives_its_example_its_kind() -> None:
    wrong = [
        row[0]
        for row in _head_rows()
        if not row[4].endswith(row[0])
        or kind_of_name(row[4]) is not EntityKind(row[1] if row[4] != row[0] else row[2] or row[1])
    ]
    assert wrong == []


def test_every_compound_head_gives_its_example_its_kind(lexicon: Lexicon) -> None:
    rows = list(read_table(resource_path("rules", "compound_heads.tsv"), COMPOUND_COLUMNS))
    kinds = {
        example: kind_of_compound(example, split_words(example, offset=0, lexicon=lexicon), lexicon)
        for _, (_head, _of, _kind, _note, example) in rows
    }
    assert len(rows) >= 15
    assert kinds == {example: EntityKind(kind) for _, (_head, _of, kind, _note, example) in rows}


@pytest.mark.parametrize("name", ["队伍建设", "智能高铁", "中国电站", "品牌服饰"])
def test_a_compound_head_decides_only_after_its_first_parts(name: str, lexicon: Lexicon) -> None:
    assert kind_of_compound(name, split_words(name, offset=0, lexicon=lexicon), lexicon) is None


def test_heads_are_many_and_of_every_kind() -> None:
    kinds = Counter(head.kind for head in load_heads().values())
    assert len(load_heads()) >= 3200
    assert set(kinds) == set(EntityKind)
    assert min(count for kind, count in kinds.items() if kind is not EntityKind.PERSON) >= 80


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("农业水价改革", EntityKind.POLICY),
        ("改革", EntityKind.CONCEPT),
        ("集成电路产业链", EntityKind.SECTOR),
        ("产业链", EntityKind.CONCEPT),
        ("国际领先水平", EntityKind.CONCEPT),
        ("失业水平", EntityKind.INDICATOR),
        ("国家创新体系", EntityKind.CONCEPT),
        ("社会化服务体系", EntityKind.POLICY),
        ("改革发展稳定大局", EntityKind.CONCEPT),
        ("国家统计局", EntityKind.ORGANIZATION),
        ("公共资源交易中心", EntityKind.ORGANIZATION),
        ("国际金融中心", EntityKind.POLICY),
        ("药品零售价", EntityKind.INDICATOR),
        ("产品降价", EntityKind.CONCEPT),
        ("设备制造商", EntityKind.ORGANIZATION),
        ("联合调研组", EntityKind.ORGANIZATION),
        ("锂电池组", EntityKind.TECHNOLOGY),
        ("专业人员数量少", EntityKind.ISSUE),
        ("沿海地震带", EntityKind.PLACE),
        ("文化纽带", EntityKind.CONCEPT),
        ("废旧物资收购", EntityKind.SECTOR),
        ("水产品进出口", EntityKind.INDICATOR),
        ("县总工会副主席", EntityKind.ORGANIZATION),
        ("水泥产量减少", EntityKind.ISSUE),
        ("灌区水利工程", EntityKind.POLICY),
        ("钢丝绳最低价", EntityKind.INDICATOR),
        ("家用洗衣机", EntityKind.TECHNOLOGY),
        ("工艺", EntityKind.CONCEPT),
        ("收购", EntityKind.CONCEPT),
    ],
)
def test_the_longest_head_decides(name: str, kind: EntityKind) -> None:
    assert kind_of_name(name) is kind


def test_generic_nouns_are_no_terms(lexicon: Lexicon) -> None:
    assert [word for word in sorted(load_word_set("generic_nouns")) if lexicon.lookup(word)] == []


def test_words_that_make_a_distinct_term_are_no_determiners() -> None:
    kept = {"新", "旧", "全", "部分", "少数", "重点", "重大", "主要", "我国", "包括"}
    assert load_word_set("determiners").isdisjoint(kept)
    assert load_word_set("determiners") >= {"各类", "一批", "有关", "这个", "更多", "大量", "相关", "若干"}
