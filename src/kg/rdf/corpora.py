"""Descriptions of what belongs to no single article: the data set, entities, code schemes, credits."""

import hashlib
from collections.abc import Iterator
from functools import cached_property

from rdflib.namespace import DCTERMS, RDF, SKOS

from kg import __version__
from kg.graph import KnowledgeGraph
from kg.iris import NAMESPACE, mint_id
from kg.rdf.minting import Minter
from kg.rdf.names import KG, QB, VOID
from kg.rdf.terms import Description, Fact, Literal, chinese, is_absolute_iri, outside_iri, plain
from kg.records import Article, Entity
from kg.schema import EntityKind

_CLASSES = {kind: str(KG[kind.value]) for kind in EntityKind}
_A, _LABEL = str(RDF.type), str(SKOS.prefLabel)


def describe_dataset(graph: KnowledgeGraph, mint: Minter) -> Description:
    """Describe the data set: title, tool and settings, and no clock."""
    settings = [f"{key}={value}" for key, value in sorted(graph.settings.items())]
    digest = hashlib.sha256("\n".join([__version__, *settings]).encode("utf-8")).hexdigest()
    facts: list[Fact] = [
        (_A, str(KG.Dataset)),
        (_A, str(QB.DataSet)),
        (_A, str(VOID.Dataset)),
        (str(DCTERMS.title), Literal("政策文章知识图谱", language="zh")),
        (str(DCTERMS.title), Literal("Knowledge graph of policy writing", language="en")),
        (str(DCTERMS.conformsTo), NAMESPACE),
        (str(KG.toolVersion), plain(__version__)),
        (str(KG.configuration), plain(f"sha256:{digest}")),
        *((str(KG.setting), plain(setting)) for setting in settings),
    ]
    return Description(mint.dataset(), tuple(facts))


def describe_entities(graph: KnowledgeGraph, mint: Minter) -> Iterator[Description]:
    """Describe the code schemes that entities use, then every entity, by id."""
    entities = sorted(graph.entities, key=lambda entity: entity.id)
    for scheme in sorted({code.scheme for entity in entities for code in entity.codes}):
        yield Description(mint.scheme(scheme), ((_A, str(SKOS.ConceptScheme)), (_LABEL, chinese(scheme))))
    for entity in entities:
        yield _entity(entity, mint)


def _entity(entity: Entity, mint: Minter) -> Description:
    schemes = sorted({code.scheme for code in entity.codes})
    facts: list[Fact] = [(_A, _CLASSES[entity.kind]), (_LABEL, chinese(entity.name))]
    facts += [(str(SKOS.altLabel), chinese(alias)) for alias in sorted(set(entity.aliases) - {entity.name})]
    # SKOS: the datatype of a notation tells its scheme.
    facts += [
        (str(SKOS.notation), Literal(code.notation, mint.scheme(code.scheme)))
        for code in sorted(set(entity.codes), key=lambda code: (code.scheme, code.notation))
    ]
    facts += [(str(SKOS.inScheme), mint.scheme(scheme)) for scheme in schemes]
    facts += [(str(SKOS.broader), mint.iri(wider)) for wider in sorted(set(entity.broader))]
    matches = sorted({outside_iri(iri) for iri in entity.exact_match if is_absolute_iri(iri)})
    facts += [(str(SKOS.exactMatch), iri) for iri in matches]
    return Description(mint.iri(entity.id), tuple(facts))


class Credits:
    """Who wrote and published the articles, as nodes.

    Where the articles speak of this very person or body, the node is that entity; otherwise it is
    one of its own, so that an entity keeps one kind.
    """

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph

    def node_id(self, name: str, kind: EntityKind) -> str:
        """Return the id of a person or organization."""
        entity = self._graph.find_entity(name)
        if entity is not None and entity.name == name and entity.kind is kind:
            return entity.id
        return mint_id(kind.value.lower(), name)

    def describe(self, mint: Minter) -> Iterator[Description]:
        """Describe authors and publishers that are no entities, by id."""
        for agent_id, name, kind in self._own_nodes:
            yield Description(mint.iri(agent_id), ((_A, _CLASSES[kind]), (_LABEL, chinese(name))))

    @cached_property
    def _own_nodes(self) -> list[tuple[str, str, EntityKind]]:
        known = {entity.id for entity in self._graph.entities}
        found = {
            (self.node_id(name, kind), name, kind)
            for article in self._graph.articles
            for name, kind in _credits(article)
        }
        return sorted(agent for agent in found if agent[0] not in known)


def _credits(article: Article) -> Iterator[tuple[str, EntityKind]]:
    for name in article.authors:
        yield name, EntityKind.PERSON
    if article.publisher:
        yield article.publisher, EntityKind.ORGANIZATION
