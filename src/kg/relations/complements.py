"""A是深化B、加快C的举措: what the verbs of the complement do, the subject does; nobody calls for it."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, Mention, Span
from kg.relations.contexts import Context
from kg.relations.copulas import kind_of_head
from kg.relations.states import Mentions
from kg.relations.wordings import load_wording
from kg.schema import RelationKind

_KINDS = frozenset({RelationKind.PROMOTES, RelationKind.SUPPORTS})
_OPENING = "VDAPTI"  # roles of the words that a verb with its object may begin with
_IS = "是"


def complements_of(at: Context) -> tuple[tuple[Span, RelationKind], ...]:
    """Return where, after 是, verbs stand before a head that tells what they do for the subject."""
    if _IS not in at.sentence.text or "的" not in at.sentence.text:
        return ()
    found = []
    for match in load_wording("complement").finditer(at.sentence.text):
        kind = kind_of_head(match["head"], is_word=False)
        if kind in _KINDS and _begins_with_verb(at, at.base + match.start("deeds")):
            found.append((Span(at.base + match.start("deeds"), at.base + match.end("head")), kind))
    return tuple(found)


def _begins_with_verb(at: Context, start: int) -> bool:
    """Tell a row of verbs from a clause with a subject of its own: 是|深化A的举措, no 是|企业深化A的举措."""
    words, roles = at.parse.words, at.parse.roles
    return any(word.span.start == start and role in _OPENING for word, role in zip(words, roles, strict=True))


def find_complement(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim] | None:
    """Read one verb of a complement; ``None`` where it stands in none."""
    for span, kind in at.scope.complements:
        if frame.place == "main" and span.contains(frame.verb_span):
            return _deeds(at, frame, subjects, span, kind)
    return None


def _deeds(at: Context, frame: Frame, subjects: Mentions, span: Span, kind: RelationKind) -> Iterator[Claim]:
    if any(noun.span.start >= span.start for noun in frame.subjects):
        return  # 是企业推进改革的举措
    if subjects:
        at.scope.settle(subjects)
    sources = subjects or at.scope.subjects or at.scope.clause_called or at.scope.called
    if frame.entry is not None and frame.entry.kind is RelationKind.ADDRESSES:
        kind = RelationKind.ADDRESSES
    yield from at.stated_of_all(frame, sources, kind, _objects(at, frame, span), f"complement:{kind.value}")


def _objects(at: Context, frame: Frame, span: Span) -> tuple[Mention, ...]:
    """Return what the verb acts upon; the head of the complement only closes it."""
    objects: list[Mention] = []
    for noun in frame.objects:
        is_head = noun.span.end >= span.end
        objects += at.mentions(noun.owners) if is_head else at.with_members((noun,))
    return tuple(objects)
