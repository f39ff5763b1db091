"""JSON-LD: the union of the graph, one JSON object a subject, readable as plain JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rdflib.namespace import RDF

from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.rdf import prefixes, union_descriptions
from kg.rdf.terms import BOOLEAN, DECIMAL, INTEGER, Description, Fact, Literal, Term

_TYPE = str(RDF.type)


def write_jsonld(graph: KnowledgeGraph, path: Path | str, *, base: str = DEFAULT_BASE) -> None:
    """Write the graph as JSON-LD 1.1, one object a line.

    The context holds the prefixes only, so that a key such as ``kg:promotes`` means the same in every
    document.
    """
    context = prefixes(base)
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"@context":{_dump(context)},\n"@graph":[\n')
        separator = ""
        for description in union_descriptions(graph, base=base):
            file.write(separator + _dump(_object(description, context)))
            separator = ",\n"
        file.write("\n]}\n")


def _object(description: Description, context: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": description.subject}
    for fact in description.facts:
        key, value = _pair(fact, context)
        if key in found:
            earlier = found[key]
            found[key] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
        else:
            found[key] = value
    return found


def _pair(fact: Fact, context: Mapping[str, str]) -> tuple[str, Any]:
    predicate, term = fact
    if predicate == _TYPE:
        return "@type", _compact(str(term), context)
    return _compact(predicate, context), _value(term, context)


def _value(term: Term, context: Mapping[str, str]) -> Any:
    if isinstance(term, str):
        return {"@id": term}
    if term.language is not None:
        return {"@value": term.text, "@language": term.language}
    return _typed(term, context)


def _typed(literal: Literal, context: Mapping[str, str]) -> Any:
    if literal.datatype is None:
        return literal.text
    if literal.datatype == BOOLEAN:
        return literal.text == "true"
    if literal.datatype == INTEGER:
        return int(literal.text)
    # A JSON number would be read back as xsd:double; a decimal must stay one.
    datatype = literal.datatype if literal.datatype != DECIMAL else _compact(DECIMAL, context)
    return {"@value": literal.text, "@type": datatype}


def _compact(iri: str, context: Mapping[str, str]) -> str:
    """Return a term of the vocabularies with its prefix."""
    for prefix, namespace in context.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
