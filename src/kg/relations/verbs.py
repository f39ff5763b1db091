"""Verbs with an object: what they state between each subject and each object."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, replace
from kg.relations.contexts import ACTORS, Context
from kg.relations.kinds import DOERS, kind_stated
from kg.relations.states import Mentions
from kg.rules import load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_UNLISTED = frozenset({"main", "relative", "pivot", "carried-subject", "agent"})
_SHORTEST = 2  # characters of a verb of no table that says enough


def find_verb_claims(
    at: Context, frame: Frame, subjects: Mentions, objects: Mentions, rule: str, *, asserted: bool = False
) -> Iterator[Claim]:
    """Yield what the verb states between each subject and each object.

    An ``asserted`` claim takes no modality from the clause: what a relative clause says is so.
    """
    if frame.verb in load_word_set("undergoing_verbs"):
        problems = tuple(obj for obj in objects if obj.kind is EntityKind.ISSUE)
        for claim in at.stated_of_all(frame, subjects, RelationKind.FACES, problems, "undergoing"):
            yield _as_said(claim, asserted=asserted)
        objects = tuple(obj for obj in objects if obj.kind is not EntityKind.ISSUE)
    if frame.entry is None:
        if rule in _UNLISTED:
            yield from _unlisted(at, frame, subjects, objects)
        return
    if frame.verb in load_word_set("used_for_verbs"):
        subjects = _things_used(at, subjects)
    for subject in subjects:
        for obj in objects:
            kind = kind_stated(at, frame, rule, subject, obj)
            if kind is not None:
                claim = at.stated(frame, subject, kind, obj, f"{rule}:{frame.entry.kind.value}")
                yield _as_said(claim, asserted=asserted)


def _as_said(claim: Claim, *, asserted: bool) -> Claim:
    return replace(claim, modality=Modality.ASSERTED, strength=None) if asserted else claim


def _things_used(at: Context, subjects: Mentions) -> Mentions:
    """拨款295亿元，用于能源: where an actor is the subject so far, what it dealt with last is used."""
    things = tuple(subject for subject in subjects if subject.kind not in ACTORS)
    if things or not subjects:
        return things
    dealt_with = at.scope.clause_called or at.scope.called
    return tuple(mention for mention in dealt_with if mention.kind not in ACTORS)


def _unlisted(at: Context, frame: Frame, subjects: Mentions, objects: Mentions) -> Iterator[Claim]:
    """旅客搭载航班: an actor has to do with the object of its verb, whichever verb it is."""
    if len(frame.verb) < _SHORTEST or frame.verb in load_word_set("empty_verbs"):
        return
    doers = tuple(subject for subject in subjects if subject.kind in DOERS)
    things = tuple(obj for obj in objects if obj.kind is not EntityKind.ISSUE)
    yield from at.stated_of_all(frame, doers, RelationKind.RELATED_TO, things, "unlisted")
