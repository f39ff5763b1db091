"""Descriptions of what articles state: relations and numbers."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from rdflib.namespace import RDF, RDFS

from kg.rdf.minting import Minter
from kg.rdf.names import KG, PROV, QB
from kg.rdf.terms import Description, Fact, Literal, boolean, chinese, decimal, integer, plain
from kg.records import Observation, Statement
from kg.schema import Modality, ObservationKind, RelationKind, Strength

# Looked up once: the closed namespace checks the name on every access.
RELATIONS = {kind: str(KG[kind.value]) for kind in RelationKind}
_VALUES = {
    value: str(KG[value.value]) for values in (Modality, Strength, ObservationKind) for value in values
}
_A, _IN_ARTICLE, _DERIVED = str(RDF.type), str(KG.inArticle), str(PROV.wasDerivedFrom)


def describe_statement(statement: Statement, mint: Minter) -> Description:
    """Describe what one article says of one relation."""
    facts: list[Fact] = [
        (_A, str(KG.Statement)),
        (_A, str(RDF.Statement)),
        (str(RDF.subject), mint.iri(statement.subject_id)),
        (str(RDF.predicate), RELATIONS[statement.kind]),
        (str(RDF.object), mint.iri(statement.object_id)),
        (_IN_ARTICLE, mint.iri(statement.article_id)),
        *_sources(statement.article_id, (e.sentence_index for e in statement.evidence), mint),
        (str(KG.cue), plain(statement.cue)),
        *_cue_place(statement),
        (str(KG.modality), _VALUES[statement.modality]),
        (str(KG.negated), boolean(statement.negated)),
        (str(KG.rule), plain(statement.rule)),
        (str(KG.confidence), _confidence(statement.confidence)),
    ]
    if statement.strength is not None:
        facts.append((str(KG.strength), _VALUES[statement.strength]))
    if statement.action:
        facts.append((str(KG.action), plain(statement.action)))
    if statement.label:
        facts.append((str(RDFS.label), chinese(statement.label)))
    facts += [(str(KG.attributedTo), mint.iri(speaker)) for speaker in sorted(statement.attributed_to)]
    return Description(mint.iri(statement.id), tuple(facts))


def describe_observation(number: Observation, article_text: str, mint: Minter) -> Description:
    """Describe a number that one article states."""
    facts: list[Fact] = [
        (_A, str(KG.Observation)),
        (_A, str(QB.Observation)),
        (str(QB.dataSet), mint.dataset()),
        (str(KG.indicator), mint.iri(number.indicator_id)),
        (str(KG.value), decimal(number.value)),
        (str(KG.unit), plain(number.unit)),
        (_IN_ARTICLE, mint.iri(number.article_id)),
        *_sources(number.article_id, [number.sentence_index], mint),
        (str(KG.begin), integer(number.span.start)),
        (str(KG.end), integer(number.span.end)),
        (str(KG.text), plain(number.span.of(article_text))),
        (str(KG.observationKind), _VALUES[number.kind]),
        (str(KG.approximate), boolean(number.approximate)),
        (str(KG.rule), plain(number.rule)),
        (str(KG.confidence), _confidence(number.confidence)),
        *_options(number, mint),
    ]
    return Description(mint.iri(number.id), tuple(facts))


def _options(number: Observation, mint: Minter) -> Iterator[Fact]:
    if number.normalized_value is not None:
        yield str(KG.normalizedValue), decimal(number.normalized_value)
    if number.normalized_unit is not None:
        yield str(KG.normalizedUnit), plain(number.normalized_unit)
    if number.time is not None:
        yield str(KG.time), plain(number.time)
    if number.place_id is not None:
        yield str(KG.place), mint.iri(number.place_id)
    if number.comparison is not None:
        yield str(KG.comparison), plain(number.comparison)
    if number.attributed_to is not None:
        yield str(KG.attributedTo), mint.iri(number.attributed_to)


def _cue_place(statement: Statement) -> Iterator[Fact]:
    """Yield the offsets of the cue in the first sentence that has it."""
    for evidence in statement.evidence:
        if evidence.cue == statement.cue and evidence.rule == statement.rule:
            yield str(KG.cueBegin), integer(evidence.cue_span.start)
            yield str(KG.cueEnd), integer(evidence.cue_span.end)
            return


def _sources(article_id: str, indexes: Iterable[int], mint: Minter) -> list[Fact]:
    return [(_DERIVED, mint.sentence(article_id, index)) for index in sorted(set(indexes))]


def _confidence(value: float) -> Literal:
    return decimal(Decimal(str(round(value, 4))))
