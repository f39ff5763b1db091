"""Readings of what 把 and 将 put before the verb: 把创新作为动力, 将产品销往欧洲, 把着力点放在…."""

from collections.abc import Iterator
from itertools import chain

from kg.clauses import Frame
from kg.records import Claim, replace
from kg.relations.arguments import Arguments
from kg.relations.calls import find_calls
from kg.relations.contexts import Context
from kg.relations.copulas import find_predicates
from kg.relations.deeds import find_main_claims
from kg.relations.objectless import (
    find_objectless_claims,
    is_joining,
)
from kg.relations.states import Mentions
from kg.relations.verbs import find_verb_claims
from kg.rules import load_word_classes, load_word_set
from kg.schema import RelationKind


def read_joining(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """把创新同产业结合."""
    return find_objectless_claims(at, frame, found.taken) if found.taken and is_joining(at, frame) else None


def read_moving(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """将产品销往欧洲, 把无人机用于植保: what is taken has to do with where it goes, or is used there."""
    if not found.taken or not frame.objects or frame.entry is None:
        return None
    goals = at.mentions(frame.objects)
    if frame.entry.kind is RelationKind.APPLIES_TO:
        return at.stated_of_all(frame, found.taken, RelationKind.APPLIES_TO, goals, "moved:appliesTo")
    if not at.has_goal(frame):
        return None
    moved = at.stated_of_all(frame, found.taken, RelationKind.RELATED_TO, goals, "moved:relatedTo")
    return chain(moved, find_main_claims(at, frame, found.subjects, found.taken))


def read_turning(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """将成果转化为生产力."""
    if not found.taken or frame.entry is None or frame.entry.kind is not RelationKind.GENERATES:
        return None
    if not frame.verb.endswith(load_word_classes("relation_words")["becoming"]):
        return None
    return find_verb_claims(at, frame, found.taken, at.mentions(frame.objects), "turned-into")


def read_taking_as(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """将创新作为动力: who takes it so calls for it; what it is taken for, it is."""
    if not found.taken or frame.entry is None or frame.entry.kind is not RelationKind.IS_A:
        return None
    return _taken_as(at, frame, found.subjects, found.taken)


def read_focus(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """What weight is laid on is called for: 把着力点放在实体经济上, 把保障粮食安全放在首位."""
    taken = [noun for phrase in at.phrases(frame, "taken") for noun in phrase.nominal.heads]
    if any(at.last_word(noun) in load_word_set("focus_heads") for noun in taken):
        return find_calls(at, frame, found.objects, "focus", is_urged=True)
    if taken and any(at.last_word(noun) in load_word_set("focus_places") for noun in frame.objects):
        return find_calls(at, frame, at.with_members(taken), "focus", is_urged=True)
    return None


def _taken_as(at: Context, frame: Frame, subjects: Mentions, taken: Mentions) -> Iterator[Claim]:
    for claim in at.stated_of_all(frame, subjects, RelationKind.ADVOCATES, taken, "taken-as"):
        yield replace(claim, action=frame.action)
    if not subjects:
        yield from find_calls(at, frame, taken, "taken-as")
    for noun in frame.objects:
        yield from find_predicates(at, frame, taken, noun)
    if subjects:
        at.scope.settle(subjects)


def is_taking(at: Context, frame: Frame) -> bool:
    """Tell whether 把 stands before the verb in its clause."""
    text = at.sentence.text[: frame.cue_span.start - at.base]
    return "把" in text[text.rfind("，") + 1 :]
