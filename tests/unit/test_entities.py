"""What articles found becomes one graph, whatever their order."""

from collections.abc import Iterable

import pytest

from kg.entities import resolve_graph
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, ArticleFacts, Claim, Mention, Span, replace
from kg.schema import EntityKind, RelationKind


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def mention(
    name: str, article: str = "a", kind: str = "Concept", source: str = "phrase", text: str = ""
) -> Mention:
    text = text or name
    return Mention(f"article/{article}", 0, Span(0, len(text)), text, name, EntityKind(kind), source)


def facts(article: str, mentions: Iterable[Mention], claims: Iterable[Claim] = ()) -> ArticleFacts:
    record = Article(id=f"article/{article}", title="", text="")
    return ArticleFacts(record, (), tuple(mentions), tuple(claims), ())


def claim(subject: Mention | None, kind: RelationKind, target: Mention) -> Claim:
    return Claim(subject, kind, target, 0, "", Span(0, 0), "rule", 0.9)


def kind_of(graph: KnowledgeGraph, name: str) -> EntityKind:
    return graph.entity(name).kind


def test_the_part_of_a_name_that_a_list_gives_is_no_other_name_of_it(lexicon: Lexicon) -> None:
    found = [facts("a", [mention("制造业智能化转型", source="shared", text="智能化")])]
    assert resolve_graph(found, lexicon=lexicon).entity("制造业智能化转型").aliases == ()


def test_one_entity_has_one_kind_that_of_the_lexicon_first(lexicon: Lexicon) -> None:
    found = [
        facts("a", [mention("量子计算", kind="Sector")]),
        facts("b", [mention("量子计算", "b", "Policy")]),
    ]
    assert kind_of(resolve_graph(found, lexicon=lexicon), "量子计算") is EntityKind.TECHNOLOGY


def test_the_order_of_articles_makes_no_difference(lexicon: Lexicon) -> None:
    one = facts("a", [mention("数字经济", kind="Sector"), mention("微灌")])
    two = facts("b", [mention("微灌", "b", "Technology"), mention("央企", "b", "Organization")])
    there, back = (resolve_graph(order, lexicon=lexicon) for order in ([one, two], [two, one]))
    assert there.entities == back.entities
    assert there.edges == back.edges


def test_a_measure_does_not_borrow_the_name_of_what_it_measures(lexicon: Lexicon) -> None:
    firm = mention("江海重工", kind="Organization")
    sales = mention("江海重工销售额", kind="Indicator", source="number", text="江海重工")
    graph = resolve_graph([facts("a", [firm, sales])], lexicon=lexicon)
    assert graph.entity("江海重工").kind is EntityKind.ORGANIZATION
    assert "江海重工" not in graph.entity("江海重工销售额").aliases


def test_a_measure_is_found_by_its_other_names_unless_they_name_another(lexicon: Lexicon) -> None:
    growth = mention("产量同比增长率", kind="Indicator", source="number", text="产量")
    speed = mention("产量增速", kind="Indicator", source="number")
    graph = resolve_graph([facts("a", [growth, mention("用电量增长率")])], lexicon=lexicon)
    assert {"产量同比增速", "产量增速", "产量增幅"} <= set(graph.entity("产量同比增长率").aliases)
    assert graph.entity("用电量增长率").aliases == ()  # nobody measured it
    both = resolve_graph([facts("a", [growth, speed])], lexicon=lexicon)
    assert "产量增速" not in both.entity("产量同比增长率").aliases


def test_a_measure_has_another_name_where_all_that_is_said_of_it_has(lexicon: Lexicon) -> None:
    def count(sentence: int, *others: str) -> Mention:
        found = mention("安置点数量", kind="Indicator", source="number", text="安置点")
        return replace(found, sentence_index=sentence, other_names=others)

    one = resolve_graph([facts("a", [count(0, "东城县安置点数量"), count(1)])], lexicon=lexicon)
    assert "东城县安置点数量" in one.entity("安置点数量").aliases
    counts = [count(0, "设置安置点数量", "东城县安置点数量"), count(1, "西城县安置点数量", "设置安置点数量")]
    two = resolve_graph([facts("a", counts)], lexicon=lexicon)
    assert "设置安置点数量" in two.entity("安置点数量").aliases
    assert not [name for name in two.entity("安置点数量").aliases if "县" in name]


def test_who_counts_things_mentions_the_things_and_not_their_number(lexicon: Lexicon) -> None:
    number = mention("服务队数量", kind="Indicator", source="number", text="服务队")
    graph = resolve_graph([facts("a", [mention("服务队"), number])], lexicon=lexicon)
    assert [entity.name for entity, _ in graph.mentions("article/a")] == ["服务队"]
    assert graph.entity("服务队数量").kind is EntityKind.INDICATOR


def test_broader_terms_are_kept_where_both_are_mentioned(lexicon: Lexicon) -> None:
    graph = resolve_graph([facts("a", [mention("生成式人工智能"), mention("人工智能")])], lexicon=lexicon)
    assert graph.entity("生成式人工智能").broader == (graph.entity("人工智能").id,)
