"""A statement in words, as the static pages say it; ``assets/phrases.js`` says the same on the graph page."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from kg.graph import KnowledgeGraph
from kg.page.names import to_href
from kg.records import Statement
from kg.schema import Modality, RelationKind

_CALLS = {RelationKind.ADVOCATES: "calls", RelationKind.OPPOSES: "rejects"}
_CODED_RE = re.compile(r"[^\w/.-]")  # all that could mean something in an address


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a template needs to say a statement; ``verb`` and ``manner`` are keys of the wordings."""

    speakers: str
    subject: str
    subject_id: str
    negated: bool
    verb: str
    own_verb: str
    manner: str
    action: str
    object: str
    object_id: str
    kind: RelationKind


def to_phrase(graph: KnowledgeGraph, statement: Statement) -> Phrase:
    """Return the words of *statement*: who says it, how strongly, what."""
    calls = _CALLS.get(statement.kind)
    speakers = [
        speaker for speaker in statement.attributed_to if not calls or speaker != statement.subject_id
    ]
    free = statement.kind is RelationKind.RELATED_TO and statement.label
    if calls:
        verb = f"{calls}.{statement.strength.value if statement.strength else 'none'}"
    else:
        verb = f"relation.{statement.kind.value}"
    plain = calls or statement.modality is Modality.ASSERTED
    return Phrase(
        speakers="、".join(node_name(graph, speaker) for speaker in speakers),
        subject=node_name(graph, statement.subject_id),
        subject_id=statement.subject_id,
        negated=statement.negated,
        verb=verb,
        own_verb=statement.label if free and statement.label else "",
        manner="" if plain else f"modality.{statement.modality.value}",
        action=statement.action or "" if calls else "",
        object=node_name(graph, statement.object_id),
        object_id=statement.object_id,
        kind=statement.kind,
    )


def node_name(graph: KnowledgeGraph, node_id: str) -> str:
    """Return the name of an entity, or of an article in book-title marks."""
    entity = graph.find_entity(node_id)
    if entity is not None:
        return entity.name
    if node_id.startswith("article/"):
        return f"《{graph.article(node_id).title or node_id}》"
    return node_id.rpartition("/")[2]


@lru_cache(maxsize=100_000)
def node_href(node_id: str) -> str:
    """Return the address of a node on the graph page; letters stand as they are, at a third of the bytes.

    Example:
        >>> node_href("entity/甲&乙")
        'graph.html#node=entity/甲%26乙'
    """
    return "graph.html#node=" + _CODED_RE.sub(lambda match: quote(match.group()), node_id)


def sentence_href(page_name: str, index: int) -> str:
    """Return the address of a sentence, from the folder of the graph page."""
    return f"articles/{to_href(page_name)}#s{index}"
