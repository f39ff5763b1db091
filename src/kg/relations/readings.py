"""The readings of a frame, in the order in which they are tried: the first that applies is the one.

Each returns ``None`` where it does not apply.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from kg.clauses import Frame
from kg.records import Claim
from kg.relations.arguments import Arguments, Reading
from kg.relations.calls import is_benefit, is_brought_about
from kg.relations.complements import find_complement
from kg.relations.contexts import Context
from kg.relations.copulas import find_as, find_identities, find_predicates, find_topic_deeds
from kg.relations.deeds import is_giving
from kg.relations.harms import find_harms, find_sufferings
from kg.relations.meetings import find_attenders
from kg.relations.modality import update_modality
from kg.relations.objectless import (
    find_efforts,
    find_objectless_claims,
    is_empowering,
)
from kg.relations.problems import find_need
from kg.relations.speakers import SPEAKER_KINDS
from kg.relations.subordinates import read_called, read_inner, read_occasion, read_relative
from kg.relations.takings import (
    is_taking,
    read_focus,
    read_joining,
    read_moving,
    read_taking_as,
    read_turning,
)
from kg.relations.uses import read_using
from kg.relations.verbs import find_verb_claims
from kg.relations.wholes import read_composed, read_including, read_listed_deeds, read_taking_in
from kg.rules import load_kinds, load_word_classes, load_word_set
from kg.schema import RelationKind

_REMEMBERED = 1 << 12  # verbs at their places


def _complement(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """改革是深化开放、改善环境的举措."""
    return find_complement(at, frame, found.subjects) if at.scope.complements else None


def _attending(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """企业参展."""
    claims = find_attenders(at, frame, found.subjects)
    if claims is not None and found.subjects and frame.place == "main":
        at.scope.settle(found.subjects)
    return claims


def _as(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """以创新为核心."""
    return find_as(at, frame, found.subjects)


def _role(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """作为数字经济的基础，算力…: what a subject yet to come is."""
    update_modality(at.scope, frame)  # the first reading of a frame that is neither relative nor inner
    is_role = frame.verb in load_word_classes("relation_words")["role"] and bool(frame.objects)
    if not is_role or found.subjects or found.taken or at.scope.has_subject:
        return None
    named_next = at.named_after_comma(frame.objects[-1].span.end)
    if named_next is not None:
        return chain.from_iterable(find_predicates(at, frame, (named_next,), noun) for noun in frame.objects)
    at.scope.roles += (frame,)
    return iter(())


def _empowering(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """为产业赋能, 在核心技术上下功夫."""
    if not found.objects and frame.verb in load_word_set("effort_verbs"):
        return find_efforts(at, frame)
    return find_objectless_claims(at, frame, found.subjects) if is_empowering(at, frame) else None


def _reversed(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """增长得益于改革: the object acts on the subject."""
    kind = load_kinds("reversed_verbs").get(frame.verb)
    if kind is None:
        return None
    return at.stated_of_all(
        frame, found.objects, kind, found.subjects or at.scope.subjects, f"reversed:{kind.value}"
    )


def _identity(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """算力是人工智能的基础, 关键在创新."""
    is_verb = frame.entry is not None and frame.entry.kind is RelationKind.IS_A
    is_being = is_verb or frame.verb in load_word_classes("relation_words")["being"]
    if is_being and is_taking(at, frame):
        if found.subjects:
            at.scope.settle(found.subjects)
        return iter(())  # 中国把禁止入境作为举措: what is taken so was not found, and it is not 中国
    return find_identities(at, frame, found.subjects) if frame.objects and is_being else None


def _topic_deed(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """发展算力的关键是提升能效."""
    return find_topic_deeds(at, frame, found.objects) if not found.subjects else None


def _program(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """《意见》明确的指导思想是，…: what follows is what the document calls for, and no deed of 指导思想."""
    is_being = frame.entry is not None and frame.entry.kind is RelationKind.IS_A
    if not is_being or found.objects:
        return None
    heads = load_word_set("program_heads")
    if not any(at.last_word(noun) in heads for noun in frame.subjects):
        return None
    at.scope.forget_subject()
    makers = [n for f in at.parse.frames if set(f.objects) & set(frame.subjects) for n in f.subjects]
    owners = makers or [owner for noun in frame.subjects for owner in noun.owners]
    speakers = (mention for mention in at.mentions(owners) if mention.kind in SPEAKER_KINDS)
    at.state.speaker = next(speakers, at.state.speaker)
    return iter(())


def _benefit(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """开展交易有利于降低成本, 加大投入推动了升级: what the deed is about has the effect."""
    act = at.scope.act
    if found.subjects or act is None or act.frame.clause != frame.clause:
        return None
    if is_benefit(frame):
        return find_verb_claims(at, frame, act.objects, found.objects, "benefit")
    if at.scope.has_subject or act.frame.subjects or not is_brought_about(at, frame):
        return None
    at.scope.settle(act.objects)
    return find_verb_claims(at, frame, act.objects, found.objects, "benefit")


def _need(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """没有农业现代化，就没有国家现代化."""
    return find_need(at, frame, found) if at.scope.met else None


def _harm(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """涨价给企业带来压力; 企业受疫情影响."""
    return (
        find_harms(at, frame, found.subjects) if frame.objects else find_sufferings(at, frame, found.subjects)
    )


def _objectless(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """创新与产业融合."""
    if found.objects or is_giving(at, frame):
        return None
    return find_objectless_claims(at, frame, found.subjects)


@lru_cache(maxsize=_REMEMBERED)
def readings_of(verb: str, place: str) -> tuple[Reading, ...]:
    """Return the readings that a verb may have at its place in the sentence, in order."""
    return tuple(
        reading
        for reading in _READINGS
        if _PLACES.get(reading, place) == place
        and (reading not in _VERBS or any(verb in load_word_set(name) for name in _VERBS[reading]))
    )


_READINGS: tuple[Reading, ...] = (
    read_occasion,
    read_called,
    _complement,
    read_using,
    read_relative,
    _attending,
    _as,
    read_inner,
    _role,
    read_joining,
    _empowering,
    read_turning,
    _reversed,
    read_taking_in,
    read_composed,
    read_including,
    read_listed_deeds,
    read_taking_as,
    read_moving,
    _program,
    _topic_deed,
    _identity,
    read_focus,
    _benefit,
    _need,
    _harm,
    _objectless,
)
_PLACES: dict[Reading, str] = {
    read_relative: "relative",
    _as: "as",
    read_inner: "inner",
}  # they are of no other
_VERBS: dict[Reading, tuple[str, ...]] = {  # sets of words; they are of no other verbs
    read_called: ("calling_verbs",),
    _attending: ("presiding_verbs", "attending_verbs"),
    read_using: ("using_verbs",),
    read_taking_in: ("entering_verbs",),
    read_composed: ("composing_verbs", "exemplifying_verbs"),
    read_focus: ("placing_verbs",),
    read_including: ("including_words",),
}
