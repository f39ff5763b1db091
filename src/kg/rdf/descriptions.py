"""What the graph says, subject by subject, in a fixed order: the one source of every RDF export.

``describe_corpus`` yields what belongs to no single article, ``describe_article`` all that one
article brings, ``describe_relations`` the plain triples. No subject is described twice within one
of them, there are no blank nodes, and the order depends on the ids alone.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from rdflib.namespace import DCTERMS, RDF, RDFS

from kg.graph import KnowledgeGraph
from kg.iris import mint_digest_id
from kg.rdf.corpora import Credits, describe_dataset, describe_entities
from kg.rdf.minting import Minter
from kg.rdf.names import KG
from kg.rdf.statements import RELATIONS, describe_observation, describe_statement
from kg.rdf.terms import ANY_URI, Description, Fact, Literal, calendar, integer, plain
from kg.records import Article, Diagnostic, Entity, Mention, Observation, Relation, Sentence, Statement
from kg.schema import EntityKind

_Record = TypeVar("_Record")
_A, _IN_ARTICLE = str(RDF.type), str(KG.inArticle)
_TEXT, _BEGIN, _END = str(KG.text), str(KG.begin), str(KG.end)
_SENTENCE, _MENTION, _REFERS_TO = str(KG.Sentence), str(KG.Mention), str(KG.refersTo)


@dataclass
class _ArticleFacts:
    statements: list[Statement] = field(default_factory=list)
    numbers: list[Observation] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    edges: list[Relation] = field(default_factory=list)


class Describer:
    """Describes one graph under one base IRI.

    Example:
        >>> from types import MappingProxyType
        >>> empty = KnowledgeGraph((), MappingProxyType({}), (), (), ())
        >>> [d.subject for d in Describer(empty, "https://example.org/").describe_corpus()]
        ['https://example.org/dataset']
    """

    def __init__(self, graph: KnowledgeGraph, base: str) -> None:
        self.graph = graph
        self.mint = Minter(base)
        self.articles = tuple(sorted(graph.articles, key=lambda article: article.id))
        self._credits = Credits(graph)
        self._facts = _facts_by_article(graph)

    def describe_corpus(self) -> Iterator[Description]:
        """Describe what belongs to no single article."""
        yield describe_dataset(self.graph, self.mint)
        yield from self.describe_names()
        yield from self.describe_doubts()

    def describe_names(self) -> Iterator[Description]:
        """Describe the entities, and who wrote and published the articles."""
        yield from describe_entities(self.graph, self.mint)
        yield from self._credits.describe(self.mint)

    def describe_doubts(self) -> Iterator[Description]:
        """Describe the diagnostics that belong to no article."""
        yield from _each(self._diagnostic, (d for d in self.graph.diagnostics if d.article_id is None))

    def describe_article(self, article: Article) -> Iterator[Description]:
        """Describe an article and all it states, without the plain triples."""
        yield from self._text(article)
        yield from self.describe_mentions(article)
        yield from self._claims(article)

    def describe_contents(self, article: Article) -> Iterator[Description]:
        """Describe an article and all it states, without its mentions, which are as much again."""
        yield from self._text(article)
        yield from self._claims(article)

    def _text(self, article: Article) -> Iterator[Description]:
        yield self._article(article)
        yield from self._sentences(article.id, self._facts[article.id])

    def _claims(self, article: Article) -> Iterator[Description]:
        facts = self._facts[article.id]
        yield from _each(lambda one: describe_statement(one, self.mint), facts.statements)
        yield from _each(lambda one: describe_observation(one, article.text, self.mint), facts.numbers)
        yield from _each(self._diagnostic, facts.diagnostics)

    def context(self, article: Article) -> tuple[str, ...]:
        """Return what the description of an article takes from elsewhere: who is credited, foreign doubts."""
        agents = [self._credits.node_id(name, EntityKind.PERSON) for name in article.authors]
        if article.publisher:
            agents.append(self._credits.node_id(article.publisher, EntityKind.ORGANIZATION))
        return (*agents, *map(repr, self._facts[article.id].diagnostics))

    def describe_relations(self, article: Article | None = None) -> Iterator[Description]:
        """Describe the plain triples of one article or of all: what at least one statement affirms."""
        edges = self.graph.edges if article is None else self._facts[article.id].edges
        by_subject: dict[str, list[Fact]] = defaultdict(list)
        for edge in sorted(edges, key=lambda edge: (edge.subject_id, edge.kind, edge.object_id)):
            if not edge.is_negated:
                by_subject[edge.subject_id].append((RELATIONS[edge.kind], self.mint.iri(edge.object_id)))
        for subject_id, facts in by_subject.items():
            yield Description(self.mint.iri(subject_id), tuple(facts))

    def _article(self, article: Article) -> Description:
        facts: list[Fact] = [(_A, str(KG.Article))]
        if article.title:
            facts.append((str(DCTERMS.title), plain(article.title)))
        facts += [(str(DCTERMS.creator), self._agent(name, EntityKind.PERSON)) for name in article.authors]
        if article.publisher:
            facts.append((str(DCTERMS.publisher), self._agent(article.publisher, EntityKind.ORGANIZATION)))
        if article.date:
            facts.append((str(DCTERMS.date), calendar(article.date)))
        if article.url:
            facts.append((str(DCTERMS.source), Literal(plain(article.url).text, ANY_URI)))
        facts.append((str(KG.sourceFile), plain(article.source_file)))
        facts.append((str(KG.sentenceCount), integer(len(self.graph.sentences.get(article.id, ())))))
        mentioned = {entity.id for entity, _ in self.graph.mentions(article.id)}
        facts += [(str(KG.mentions), self.mint.iri(entity_id)) for entity_id in sorted(mentioned)]
        facts.append((_TEXT, plain(article.text)))
        return Description(self.mint.iri(article.id), tuple(dict.fromkeys(facts)))

    def _agent(self, name: str, kind: EntityKind) -> str:
        return self.mint.iri(self._credits.node_id(name, kind))

    def _sentences(self, article_id: str, facts: _ArticleFacts) -> Iterator[Description]:
        """Describe the sentences that serve as evidence."""
        indexes = {evidence.sentence_index for one in facts.statements for evidence in one.evidence}
        indexes.update(number.sentence_index for number in facts.numbers)
        for index in sorted(indexes):
            yield self._sentence(self.graph.sentence(article_id, index))

    def _sentence(self, sentence: Sentence) -> Description:
        return Description(
            self.mint.sentence(sentence.article_id, sentence.index),
            (
                (_A, _SENTENCE),
                (_IN_ARTICLE, self.mint.iri(sentence.article_id)),
                (str(KG.index), integer(sentence.index)),
                (_BEGIN, integer(sentence.span.start)),
                (_END, integer(sentence.span.end)),
                (_TEXT, plain(sentence.text)),
            ),
        )

    def describe_mentions(self, article: Article) -> Iterator[Description]:
        """Describe each mention; two entities may share a place (shared heads), each is one mention."""
        seen: dict[tuple[int, int], list[str]] = defaultdict(list)
        for entity, mention in self.graph.mentions(article.id):
            here = seen[mention.span.start, mention.span.end]
            if entity.id not in here:
                here.append(entity.id)
                yield self._mention(entity, mention, len(here))

    def _mention(self, entity: Entity, mention: Mention, ordinal: int) -> Description:
        span = mention.span
        return Description(
            self.mint.mention(mention.article_id, span.start, span.end, ordinal),
            (
                (_A, _MENTION),
                (_IN_ARTICLE, self.mint.iri(mention.article_id)),
                (_REFERS_TO, self.mint.iri(entity.id)),
                (_BEGIN, integer(span.start)),
                (_END, integer(span.end)),
                (_TEXT, plain(mention.text)),
            ),
        )

    def _diagnostic(self, doubt: Diagnostic) -> Description:
        identity = (doubt.code, doubt.message, doubt.source_file, doubt.article_id, doubt.span, doubt.line)
        facts: list[Fact] = [
            (_A, str(KG.Diagnostic)),
            (str(KG.code), plain(doubt.code.value)),
            (str(RDFS.comment), plain(doubt.message)),
        ]
        if doubt.source_file:
            facts.append((str(KG.sourceFile), plain(doubt.source_file)))
        if doubt.article_id is not None:
            facts.append((_IN_ARTICLE, self.mint.iri(doubt.article_id)))
        if doubt.span is not None:
            facts += [(_BEGIN, integer(doubt.span.start)), (_END, integer(doubt.span.end))]
        if doubt.line is not None:
            facts.append((str(KG.line), integer(doubt.line)))
        return Description(self.mint.iri(mint_digest_id("diagnostic", *map(str, identity))), tuple(facts))


def _each(describe: Callable[[_Record], Description], records: Iterable[_Record]) -> Iterator[Description]:
    """Describe records by IRI, each once."""
    found = {description.subject: description for description in map(describe, records)}
    return iter([found[subject] for subject in sorted(found)])


def _facts_by_article(graph: KnowledgeGraph) -> Mapping[str, _ArticleFacts]:
    found: dict[str, _ArticleFacts] = defaultdict(_ArticleFacts)
    for edge in graph.edges:
        by_article: dict[str, list[Statement]] = defaultdict(list)
        for statement in edge.statements:
            by_article[statement.article_id].append(statement)
        for article_id, statements in by_article.items():
            found[article_id].statements += statements
            own = Relation(edge.subject_id, edge.kind, edge.object_id, tuple(statements))
            found[article_id].edges.append(own)
    for number in graph.numbers:
        found[number.article_id].numbers.append(number)
    for doubt in graph.diagnostics:
        if doubt.article_id is not None:
            found[doubt.article_id].diagnostics.append(doubt)
    return found
