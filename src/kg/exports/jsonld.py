"""JSON-LD: the union of the graph, one JSON object a subject, readable as plain JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from rdflib.namespace import RDF

from kg.blocks import Part
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.rdf import check_base, prefixes
from kg.rdf.descriptions import Describer
from kg.rdf.terms import BOOLEAN, DECIMAL, INTEGER, Description, Fact, Literal, Term

_TYPE = str(RDF.type)


def write_jsonld(graph: KnowledgeGraph, path: Path | str, *, base: str = DEFAULT_BASE) -> None:
    """Write the graph as JSON-LD 1.1, one object a line.

    The context holds the prefixes only, so that a key such as ``kg:promotes`` means the same in every
    document.
    """
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        for _, texts in jsonld_parts(graph, base=base):
            file.writelines(texts)


def jsonld_parts(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[Part]:
    """Yield the JSON-LD export in blocks, as :func:`kg.rdf.turtle_parts` does the Turtle export."""
    check_base(base)
    context = prefixes(base)

    def lines(descriptions: Iterable[Description], *, between: str = ",\n") -> Iterator[str]:
        for description in descriptions:
            yield between + _dump(_object(description, context))

    describer = Describer(graph, base)
    corpus = describer.describe_corpus()
    yield None, iter([f'{{"@context":{_dump(context)},\n"@graph":[\n'])
    yield None, lines([next(corpus)], between="")  # a graph always says something of itself
    yield None, lines(chain(corpus, describer.describe_relations()))
    for article in describer.articles:
        yield article.id, lines(describer.describe_article(article))
    yield None, iter(["\n]}\n"])


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
