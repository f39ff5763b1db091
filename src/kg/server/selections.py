"""The SPARQL behind the JSON API. A name of the query is a field of the record it becomes.

What narrows a query down is the IRI of something that is in the graph, or one that was checked: no
text of a client becomes part of a query.
"""

from collections.abc import Mapping

# The page is cut first, so that the rest is looked up for its rows only.
RELATIONS = """
SELECT ?id ?subject ?subject_name ?kind ?object ?object_name ?article ?cue ?action ?modality ?strength
  ?negated ?rule ?confidence (GROUP_CONCAT(DISTINCT STR(?speaker); SEPARATOR=" ") AS ?attributed_to)
WHERE {
  { SELECT ?id ?subject ?kind ?object ?article WHERE { %(values)s
      ?id a kg:Statement ; rdf:subject ?subject ; rdf:predicate ?kind ; rdf:object ?object ;
        kg:inArticle ?article
    } ORDER BY ?subject ?kind ?object ?article ?id OFFSET %(offset)d LIMIT %(limit)d }
  ?id kg:cue ?cue ; kg:modality ?modality ; kg:negated ?negated ; kg:rule ?rule ; kg:confidence ?confidence .
  OPTIONAL { ?subject skos:prefLabel|dcterms:title ?subject_name }
  OPTIONAL { ?object skos:prefLabel|dcterms:title ?object_name }
  OPTIONAL { ?id kg:action ?action }
  OPTIONAL { ?id kg:strength ?strength }
  OPTIONAL { ?id kg:attributedTo ?speaker }
}
GROUP BY ?id ?subject ?subject_name ?kind ?object ?object_name ?article ?cue ?action ?modality ?strength
  ?negated ?rule ?confidence
ORDER BY ?subject ?kind ?object ?article ?id
"""
EVIDENCE = """
SELECT ?statement ?sentence ?text ?begin ?end ?cue ?cue_begin ?cue_end ?article ?title ?date ?publisher
WHERE {
  { SELECT ?statement ?sentence ?article ?begin WHERE { %(values)s
      ?statement a kg:Statement ; rdf:subject ?subject ; rdf:predicate ?kind ; rdf:object ?object ;
        kg:inArticle ?article ; prov:wasDerivedFrom ?sentence .
      ?sentence kg:begin ?begin
    } ORDER BY ?article ?begin ?statement OFFSET %(offset)d LIMIT %(limit)d }
  ?statement kg:cue ?cue .
  ?sentence kg:text ?text ; kg:end ?end .
  OPTIONAL { ?statement kg:cueBegin ?cue_begin ; kg:cueEnd ?cue_end }
  OPTIONAL { ?article dcterms:title ?title }
  OPTIONAL { ?article dcterms:date ?date }
  OPTIONAL { ?article dcterms:publisher/skos:prefLabel ?publisher }
}
ORDER BY ?article ?begin ?statement
"""
OBSERVATIONS = """
SELECT ?id ?indicator ?indicator_name ?value ?unit ?normalized_value ?normalized_unit ?time ?place ?kind
  ?approximate ?comparison ?attributed_to ?article ?sentence ?confidence
WHERE {
  { SELECT ?id ?indicator ?article ?time WHERE { %(values)s
      ?id a kg:Observation ; kg:indicator ?indicator ; kg:inArticle ?article .
      OPTIONAL { ?id kg:time ?time }
      %(patterns)s
    } ORDER BY ?indicator ?time ?id OFFSET %(offset)d LIMIT %(limit)d }
  ?id kg:value ?value ; kg:unit ?unit ; kg:observationKind ?kind ; kg:approximate ?approximate ;
    kg:confidence ?confidence .
  OPTIONAL { ?indicator skos:prefLabel ?indicator_name }
  OPTIONAL { ?id kg:normalizedValue ?normalized_value }
  OPTIONAL { ?id kg:normalizedUnit ?normalized_unit }
  OPTIONAL { ?id kg:place ?place }
  OPTIONAL { ?id kg:comparison ?comparison }
  OPTIONAL { ?id kg:attributedTo ?attributed_to }
  OPTIONAL { ?id prov:wasDerivedFrom/kg:text ?sentence }
}
ORDER BY ?indicator ?time ?id
"""
DETAILS = """
SELECT ?property ?value ?scheme WHERE {
  VALUES ?property { skos:notation skos:broader skos:exactMatch }
  %(iri)s ?property ?value
  BIND(IF(isLiteral(?value), DATATYPE(?value), kg:Entity) AS ?type)  # unbound, it would join with anything
  OPTIONAL { ?type skos:prefLabel ?scheme }
} ORDER BY ?property ?value
"""
NEIGHBOURS = """
SELECT ?outgoing ?property ?other ?is_iri ?label WHERE {
  { BIND(true AS ?outgoing) %(iri)s ?property ?other }
  UNION { VALUES ?property { %(relations)s } BIND(false AS ?outgoing) ?other ?property %(iri)s }
  BIND(isIRI(?other) AS ?is_iri)
  OPTIONAL { ?other skos:prefLabel|dcterms:title ?label }
} ORDER BY DESC(?outgoing) ?property ?label ?other LIMIT 2000
"""
DESCRIPTION = """
CONSTRUCT { %(iri)s ?p ?o . ?s ?q %(iri)s } WHERE {
  { %(iri)s ?p ?o } UNION { VALUES ?q { %(relations)s } ?s ?q %(iri)s }
}
"""


def select(template: str, values: Mapping[str, str | None], **numbers: object) -> str:
    """Return the query with those variables bound that have a value: an IRI in angle brackets, or a term.

    Example:
        >>> select("SELECT ?s { %(values)s ?s ?p ?o } LIMIT %(limit)d", {"s": "<a>", "o": None}, limit=5)
        'SELECT ?s { VALUES ?s { <a> } ?s ?p ?o } LIMIT 5'
    """
    bound = " ".join(f"VALUES ?{name} {{ {term} }}" for name, term in values.items() if term is not None)
    return template % {"values": bound, "patterns": "", **numbers}
