"""The closed vocabularies of the graph: what an entity, a relation, a statement can be.

The values are the local names under ``https://w3id.org/zhengtu/ns#``; labels and comments in
Chinese and English stand in ``ontology/kg.ttl``.
"""

from enum import StrEnum


class EntityKind(StrEnum):
    """Classes of entities, all subclasses of ``kg:Entity``."""

    CONCEPT = "Concept"
    POLICY = "Policy"
    SECTOR = "Sector"
    TECHNOLOGY = "Technology"
    ORGANIZATION = "Organization"
    PERSON = "Person"
    PLACE = "Place"
    EVENT = "Event"
    INDICATOR = "Indicator"
    ISSUE = "Issue"


class RelationKind(StrEnum):
    """Properties between entities, all subproperties of ``kg:relatedTo``."""

    PROMOTES = "promotes"
    SUPPORTS = "supports"
    GENERATES = "generates"
    INCLUDES = "includes"
    IS_A = "isA"
    CHARACTERIZED_BY = "characterizedBy"
    REQUIRES = "requires"
    APPLIES_TO = "appliesTo"
    INTEGRATES_WITH = "integratesWith"
    AIMS_AT = "aimsAt"
    FACES = "faces"
    HINDERS = "hinders"
    ADDRESSES = "addresses"
    IMPLEMENTS = "implements"
    ADVOCATES = "advocates"
    OPPOSES = "opposes"
    PARTICIPATES_IN = "participatesIn"
    RELATED_TO = "relatedTo"


class Modality(StrEnum):
    """Whether a statement is a fact, a possibility, a demand or a plan."""

    ASSERTED = "Asserted"
    POSSIBLE = "Possible"
    REQUIRED = "Required"
    PLANNED = "Planned"


class Strength(StrEnum):
    """How strongly something is called for or rejected, strongest first."""

    MANDATORY = "Mandatory"
    STRONG = "Strong"
    ENCOURAGED = "Encouraged"
    PERMITTED = "Permitted"


class ObservationKind(StrEnum):
    """Whether a number was measured, is aimed at, or is expected."""

    ACTUAL = "Actual"
    TARGET = "Target"
    FORECAST = "Forecast"


class SentenceKind(StrEnum):
    """Where in the article a sentence stands."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"


class DiagnosticCode(StrEnum):
    """Doubts about the input; each is reported, none is silently mended."""

    TRUNCATED_END = "truncated-end"
    FRAGMENT_AT_START = "fragment-at-start"
    REPEATED_PASSAGE = "repeated-passage"
    DOUBLED_CHARACTER = "doubled-character"
    NO_SENTENCE = "no-sentence"
    UNDECODABLE_BYTES = "undecodable-bytes"
    UNREADABLE_INPUT = "unreadable-input"
    TRADITIONAL_CHARACTERS = "traditional-characters"
    NO_FACT = "no-fact"
    FAILED_ARTICLE = "failed-article"
    UNUSED_CORRECTION = "unused-correction"
