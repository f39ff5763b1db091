"""The sample graph must itself be right, for everything downstream is tested with it."""

from kg.schema import EntityKind, Modality, ObservationKind, RelationKind, Strength
from sample import sample_graph


def test_every_span_of_the_sample_is_verbatim() -> None:
    graph = sample_graph()
    for article in graph.articles:
        assert article.title == article.text[: article.body_start - 1]
        for sentence in graph.sentences[article.id]:
            assert sentence.span.of(article.text) == sentence.text
        for _entity, mention in graph.mentions(article.id):
            assert mention.span.of(article.text) == mention.text
    for statement in graph.statements():
        text = graph.article(statement.article_id).text
        for evidence in statement.evidence:
            assert evidence.cue_span.of(text) == evidence.cue
            assert evidence.object_span != graph.sentence(evidence.article_id, evidence.sentence_index).span


def test_the_sample_shows_every_kind_of_everything() -> None:
    graph = sample_graph()
    assert {entity.kind for entity in graph.entities} == set(EntityKind)
    assert {edge.kind for edge in graph.edges} == set(RelationKind)
    assert {s.modality for s in graph.statements()} == set(Modality)
    assert {s.strength for s in graph.statements()} == {*Strength, None}
    assert {number.kind for number in graph.numbers} == set(ObservationKind)
    assert any(edge.is_negated for edge in graph.edges)
    assert any(len(edge.statements) > 1 for edge in graph.edges)
    assert all(entity.mentions for entity in graph.entities)


def test_two_calls_give_equal_samples() -> None:
    assert sample_graph() == sample_graph()
