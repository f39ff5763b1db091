"""Paragraphs that the next one signs: ——某人在会议上的讲话."""

from collections.abc import Iterator, Sequence

from kg.clauses import Parse
from kg.mentions import NamedNouns
from kg.records import Claim, Mention
from kg.relations.contexts import Context
from kg.rules import load_word_set
from kg.schema import EntityKind, RelationKind

_DASH = "——"  # before whose words a paragraph quotes


def find_signatures(parses: Sequence[tuple[Parse, NamedNouns]]) -> dict[int, Mention]:
    """Return whose words a paragraph is where the next one only says so: ——某人在会议上的讲话.

    Returns:
        The person by the number of the paragraph.
    """
    return {
        parse.sentence.paragraph - 1: person
        for parse, names in parses
        if _is_signature(parse) and (person := _first_of_kind(names, EntityKind.PERSON)) is not None
    }


def find_appearances(at: Context) -> Iterator[Claim]:
    """——某人在会议上的讲话: who spoke at an event took part in it."""
    if not _is_signature(at.parse):
        return
    person, event = (_first_of_kind(at.names, kind) for kind in (EntityKind.PERSON, EntityKind.EVENT))
    if person is not None and event is not None:
        yield at.claim(person, RelationKind.PARTICIPATES_IN, event, at.parse.words[-1].span, "signature")


def _is_signature(parse: Parse) -> bool:
    text = parse.sentence.text
    return text.startswith(_DASH) and text.endswith(tuple(load_word_set("speeches")))


def _first_of_kind(names: NamedNouns, kind: EntityKind) -> Mention | None:
    return next((mention for mention in names.mentions if mention.kind is kind), None)
