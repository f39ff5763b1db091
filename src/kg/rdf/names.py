"""The vocabulary as rdflib terms: a typo raises instead of making a new term.

``ontology/kg.ttl`` defines exactly these names, with labels and comments; a test compares the two.
"""

# ruff: noqa: N815 - the names are those of the vocabulary

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD, DefinedNamespace

from kg.iris import NAMESPACE


class KG(DefinedNamespace):
    """The terms of ``https://w3id.org/zhengtu/ns#``.

    Example:
        >>> KG.promotes
        rdflib.term.URIRef('https://w3id.org/zhengtu/ns#promotes')
        >>> KG.promote  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        ...
        AttributeError: term 'promote' not in namespace 'https://w3id.org/zhengtu/ns#'
    """

    _NS = Namespace(NAMESPACE)
    _fail = True

    # what relations join
    Node: URIRef
    Entity: URIRef
    Concept: URIRef
    Policy: URIRef
    Sector: URIRef
    Technology: URIRef
    Organization: URIRef
    Person: URIRef
    Place: URIRef
    Event: URIRef
    Indicator: URIRef
    Issue: URIRef
    Article: URIRef
    # evidence and what it states
    Dataset: URIRef
    Sentence: URIRef
    Mention: URIRef
    Statement: URIRef
    Observation: URIRef
    Diagnostic: URIRef
    # closed values
    Modality: URIRef
    Asserted: URIRef
    Possible: URIRef
    Required: URIRef
    Planned: URIRef
    Strength: URIRef
    Mandatory: URIRef
    Strong: URIRef
    Encouraged: URIRef
    Permitted: URIRef
    ObservationKind: URIRef
    Actual: URIRef
    Target: URIRef
    Forecast: URIRef
    # relations
    relatedTo: URIRef
    promotes: URIRef
    supports: URIRef
    generates: URIRef
    includes: URIRef
    isA: URIRef
    characterizedBy: URIRef
    requires: URIRef
    appliesTo: URIRef
    integratesWith: URIRef
    aimsAt: URIRef
    faces: URIRef
    hinders: URIRef
    addresses: URIRef
    implements: URIRef
    advocates: URIRef
    opposes: URIRef
    participatesIn: URIRef
    # articles and places in them
    mentions: URIRef
    sourceFile: URIRef
    line: URIRef
    sentenceCount: URIRef
    text: URIRef
    begin: URIRef
    end: URIRef
    index: URIRef
    inArticle: URIRef
    refersTo: URIRef
    code: URIRef
    # statements
    cue: URIRef
    cueBegin: URIRef
    cueEnd: URIRef
    action: URIRef
    modality: URIRef
    strength: URIRef
    negated: URIRef
    attributedTo: URIRef
    rule: URIRef
    confidence: URIRef
    # observations
    indicator: URIRef
    value: URIRef
    unit: URIRef
    normalizedValue: URIRef
    normalizedUnit: URIRef
    time: URIRef
    place: URIRef
    observationKind: URIRef
    approximate: URIRef
    comparison: URIRef
    # the data set
    toolVersion: URIRef
    configuration: URIRef
    setting: URIRef


PROV = Namespace("http://www.w3.org/ns/prov#")
QB = Namespace("http://purl.org/linked-data/cube#")
VOID = Namespace("http://rdfs.org/ns/void#")

STANDARD_PREFIXES: dict[str, str] = {
    "kg": NAMESPACE,
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "prov": str(PROV),
    "qb": str(QB),
    "void": str(VOID),
}
# Kinds of local ids; each gets a prefix of its own, so that ``entity:新质生产力`` can be typed.
SCOPES = (
    "entity",
    "person",
    "organization",
    "article",
    "sentence",
    "mention",
    "statement",
    "observation",
    "diagnostic",
    "scheme",
)


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes of every export and query: the standard ones and those under *base*.

    Example:
        >>> prefixes("https://example.org/id/")["entity"]
        'https://example.org/id/entity/'
    """
    return STANDARD_PREFIXES | {"id": base} | {scope: f"{base}{scope}/" for scope in SCOPES}
