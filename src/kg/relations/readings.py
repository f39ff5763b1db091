"""The readings of a frame, in the order in which they are tried: the first that applies is the one.

Each returns ``None`` where it does not apply.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain

from kg.clauses import Frame
from kg.records import Claim, Record, replace
from kg.relations.calls import find_calls, is_benefit
from kg.relations.complements import find_complement
from kg.relations.contexts import Context
from kg.relations.copulas import find_as, find_identities, find_predicates
from kg.relations.deeds import find_main_claims, is_giving
from kg.relations.harms import find_harms, find_sufferings
from kg.relations.meetings import find_attenders
from kg.relations.modality import update_modality
from kg.relations.objectless import (
    find_efforts,
    find_objectless_claims,
    is_empowering,
    is_joining,
)
from kg.relations.prepositions import find_places
from kg.relations.problems import find_need
from kg.relations.speakers import SPEAKER_KINDS, is_speech
from kg.relations.states import Mentions
from kg.relations.verbs import find_verb_claims
from kg.rules import load_kinds, load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_THINGS = frozenset({EntityKind.CONCEPT, EntityKind.SECTOR, EntityKind.TECHNOLOGY})
_COMMAS = ("，", "（", "(")
_REMEMBERED = 1 << 12  # verbs at their places
_WHICH = "所"  # before a verb whose object its clause is about
_LOOSE = frozenset({RelationKind.RELATED_TO, RelationKind.IS_A, RelationKind.INCLUDES})
_PURPOSES = frozenset(
    {
        RelationKind.PROMOTES,
        RelationKind.SUPPORTS,
        RelationKind.GENERATES,
        RelationKind.ADDRESSES,
        RelationKind.IMPLEMENTS,
    }
)


class Arguments(Record, frozen=True):
    """What the nouns of a frame name; ``taken`` is what 把 puts before the verb, an object like others."""

    subjects: Mentions
    objects: Mentions
    taken: Mentions


Reading = Callable[[Context, Frame, Arguments], Iterator[Claim] | None]


def _occasion(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """为完善制度，激活潜能，提出以下意见: what a document is made for, it aims at."""
    document = at.state.speaker
    if document is None or document.kind is not EntityKind.POLICY or not _is_before_making(at, frame):
        return None
    aims = at.stated_of_all(frame, (document,), RelationKind.AIMS_AT, found.objects, "occasion")
    return (replace(claim, modality=Modality.PLANNED) for claim in aims)


def _is_before_making(at: Context, frame: Frame) -> bool:
    """Tell whether the verb stands before the one that makes the document, in a list of purposes."""
    acts = [act for act in at.parse.frames if act.objects or not is_speech(at, act)]
    last = acts[-1] if acts else frame
    makes = any(at.last_word(noun) in load_word_set("document_nouns") for noun in last.objects)
    if frame is last or not makes:
        return False
    is_for = acts[0].place == "inner" or any(any(at.phrases(act, "purpose")) for act in acts)
    return is_for and not any(act.subjects for act in acts if act.place == "main")


def _complement(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """改革是深化开放、改善环境的举措."""
    return find_complement(at, frame, found.subjects) if at.scope.complements else None


def _called(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """本条例所称灌溉设施，是指…: what is defined in the next clause."""
    if not found.objects or not at.sentence.text.endswith(_WHICH, 0, frame.verb_span.start - at.base):
        return None
    at.scope.settle(found.objects)
    return iter(())


def _relative(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """打通束缚新质生产力发展的堵点: the noun a clause stands before is its subject or object."""
    if frame.verb in load_word_set("mainly_verbs"):  # 以风电、氢能为主的产业
        parts = at.phrased(frame, "means")
        return at.stated_of_all(frame, found.objects, RelationKind.INCLUDES, parts, "mainly")
    if not _tells_of_its_head(frame, found.subjects):
        return iter(())
    subjects = found.subjects or at.phrased(frame, "agent") + at.companions(frame)  # 由企业建设的平台
    return chain(
        find_verb_claims(at, frame, subjects, found.objects, "relative", asserted=True),
        find_places(at, frame, (), found.objects),
    )


def _tells_of_its_head(frame: Frame, subjects: Mentions) -> bool:
    """Tell whether the clause relates its noun to another: 来自某地的数据 and 涉及的文件 hardly do.

    What a problem affects (影响|粮食安全|的|隐患), it hinders.
    """
    kind = frame.entry.kind if frame.entry is not None else None
    if frame.verb in load_word_set("affecting_verbs"):
        return any(subject.kind is EntityKind.ISSUE for subject in subjects)
    return kind not in _LOOSE or frame.verb in load_word_set("standing_places")


def _attending(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """企业参展."""
    claims = find_attenders(at, frame, found.subjects)
    if claims is not None and found.subjects and frame.place == "main":
        at.scope.settle(found.subjects)
    return claims


def _as(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """以创新为核心."""
    return find_as(at, frame, found.subjects)


def _inner(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """为企业解决难题: a verb within a prepositional phrase."""
    if found.subjects:
        return find_verb_claims(at, frame, found.subjects, found.objects, "inner", asserted=True)
    is_aim = frame.entry is not None and frame.entry.kind is RelationKind.AIMS_AT
    if (is_aim or _is_purpose(at, frame)) and at.scope.called and not _is_given_for(at, frame):
        called = at.scope.called  # 深化改革，以实现…
        return at.stated_of_all(frame, called, RelationKind.AIMS_AT, found.objects, "purpose")
    is_wanted = at.scope.modality is Modality.REQUIRED or _is_after(at, frame, "wanting")
    if at.state.speaker is None or not is_wanted:
        is_call = not _has_subject(at, frame) and _is_after(at, frame, "around") and not at.state.actor
        return find_calls(at, frame, found.objects, "inner-call") if is_call else iter(())
    return find_calls(at, frame, found.objects, "inner-call")


def _has_subject(at: Context, frame: Frame) -> bool:
    """Tell whether the sentence so far, or the clause, has a subject."""
    here = (f for f in at.parse.frames if f.place == "main" and f.clause == frame.clause)
    return at.scope.has_subject or any(f.subjects for f in here)


def _is_after(at: Context, frame: Frame, role: str) -> bool:
    """Tell whether the phrase begins with a preposition of the class *role*.

    What for or with what aim it is done (为|推动发展, 以|落实意见|为契机; no 在), or round what
    (围绕|推进布局).
    """
    words, roles = at.parse.words, at.parse.roles
    index = next(i for i, word in enumerate(words) if word.span.start >= frame.cue_span.start)
    while index > 0 and roles[index - 1] != ",":
        index -= 1
        if roles[index] == "P":
            return words[index].text in load_word_classes("relation_words")[role]
    return False


def _is_purpose(at: Context, frame: Frame) -> bool:
    """Tell whether 以 and the verb begin the clause, and 为 does not go on: ，以|稳定|生产."""
    before = at.sentence.text[: frame.cue_span.start - at.base]
    is_led = before.endswith("，以") and frame.entry is not None and frame.entry.kind in _PURPOSES
    return is_led and not any(f.place == "as" and f.clause == frame.clause for f in at.parse.frames)


def _is_given_for(at: Context, frame: Frame) -> bool:
    """Tell whether the verb stands in what something is given for: 为|实现发展|奠定基础."""
    return any(f.clause == frame.clause and is_giving(at, f) for f in at.parse.frames)


def _role(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """作为数字经济的基础，算力…: what a subject yet to come is."""
    update_modality(at.scope, frame)  # the first reading of a frame that is neither relative nor inner
    is_role = frame.verb in load_word_classes("relation_words")["role"] and bool(frame.objects)
    if not is_role or found.subjects or found.taken or at.scope.has_subject:
        return None
    at.scope.roles += (frame,)
    return iter(())


def _joining(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """把创新同产业结合."""
    return find_objectless_claims(at, frame, found.taken) if found.taken and is_joining(at, frame) else None


def _empowering(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """为产业赋能, 在核心技术上下功夫."""
    if not found.objects and frame.verb in load_word_set("effort_verbs"):
        return find_efforts(at, frame)
    return find_objectless_claims(at, frame, found.subjects) if is_empowering(at, frame) else None


def _moving(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
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


def _turning(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """将成果转化为生产力."""
    if not found.taken or frame.entry is None or frame.entry.kind is not RelationKind.GENERATES:
        return None
    if not frame.verb.endswith(load_word_classes("relation_words")["becoming"]):
        return None
    return find_verb_claims(at, frame, found.taken, at.mentions(frame.objects), "turned-into")


def _reversed(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """增长得益于改革: the object acts on the subject."""
    kind = load_kinds("reversed_verbs").get(frame.verb)
    if kind is None:
        return None
    return at.stated_of_all(
        frame, found.objects, kind, found.subjects or at.scope.subjects, f"reversed:{kind.value}"
    )


def _taking_in(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """将新技术纳入规划: the object includes what is taken in."""
    if not frame.objects:
        return None
    wholes, parts = at.mentions(frame.objects), found.taken or found.subjects
    return at.stated_of_all(frame, wholes, RelationKind.INCLUDES, parts, "taken-in")


def _composed(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """方案由A和B组成; 新能源，如A、B: the subject includes them."""
    includes = RelationKind.INCLUDES
    if frame.verb in load_word_set("composing_verbs") and not frame.objects:
        wholes = found.subjects or at.scope.subjects
        return at.stated_of_all(frame, wholes, includes, at.phrased(frame, "agent"), "composed")
    if frame.verb in load_word_set("exemplifying_verbs") and found.objects:
        if len(found.objects) > 1 and found.subjects:
            return at.stated_of_all(frame, found.subjects, includes, found.objects, "example")
        if not found.subjects and at.sentence.text[: frame.cue_span.start - at.base].endswith(_COMMAS):
            return at.stated_of_all(
                frame, _exemplified(at, frame, found.objects), includes, found.objects, "example"
            )
    return None


def _exemplified(at: Context, frame: Frame, examples: Mentions) -> Mentions:
    """Return what is named last before examples that follow a mark and is of their kind: 开发产品，如|甲."""
    before = [f for f in at.parse.frames if f.cue_span.end <= frame.cue_span.start and f.place == "main"]
    kinds = {example.kind for example in examples}
    for earlier in reversed(before[-2:]):
        for nouns in (earlier.objects, earlier.subjects):
            wholes = tuple(m for m in at.mentions(nouns) if m.kind in kinds)
            if wholes:
                return wholes
    if before and kinds <= _THINGS:  # goods and brands of which no table tells the kind
        return at.mentions(before[-1].objects) or at.mentions(before[-1].subjects)
    return ()


def _including(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """展会涵盖儿童用品，包括童装、童鞋: what is listed belongs to what was named last."""
    if found.subjects or not found.objects:
        return None
    before = [f for f in at.parse.frames if f.place == "main" and f.cue_span.end <= frame.cue_span.start]
    wholes = at.mentions(before[-1].objects[-1:]) if before and before[-1].clause < frame.clause else ()
    if "也" in frame.adverbs or "还" in frame.adverbs:
        return None  # 既包括A，也包括B
    rest = at.sentence.text[frame.cue_span.end - at.base :].partition("，")[0]
    if not wholes or "在内" in rest:
        return None
    kinds = {part.kind for part in found.objects}
    if at.scope.subjects and kinds.isdisjoint(whole.kind for whole in wholes):
        return None  # the parts are of another kind: they are the subject's
    return at.stated_of_all(frame, wholes, RelationKind.INCLUDES, found.objects, "including")


def _taking_as(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """将创新作为动力: who takes it so calls for it; what it is taken for, it is."""
    if not found.taken or frame.entry is None or frame.entry.kind is not RelationKind.IS_A:
        return None
    return _taken_as(at, frame, found.subjects, found.taken)


def _taken_as(at: Context, frame: Frame, subjects: Mentions, taken: Mentions) -> Iterator[Claim]:
    for claim in at.stated_of_all(frame, subjects, RelationKind.ADVOCATES, taken, "taken-as"):
        yield replace(claim, action=frame.action)
    if not subjects:
        yield from find_calls(at, frame, taken, "taken-as")
    for noun in frame.objects:
        yield from find_predicates(at, frame, taken, noun)
    if subjects:
        at.scope.settle(subjects)


def _identity(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """算力是人工智能的基础, 关键在创新."""
    is_verb = frame.entry is not None and frame.entry.kind is RelationKind.IS_A
    is_being = is_verb or frame.verb in load_word_classes("relation_words")["being"]
    if is_being and _takes(at, frame):
        if found.subjects:
            at.scope.settle(found.subjects)
        return iter(())  # 中国把禁止入境作为举措: what is taken so was not found, and it is not 中国
    return find_identities(at, frame, found.subjects) if frame.objects and is_being else None


def _takes(at: Context, frame: Frame) -> bool:
    """Tell whether 把 stands before the verb in its clause."""
    text = at.sentence.text[: frame.cue_span.start - at.base]
    return "把" in text[text.rfind("，") + 1 :]


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


def _focus(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """What weight is laid on is called for: 把着力点放在实体经济上, 把保障粮食安全放在首位."""
    taken = [noun for phrase in at.phrases(frame, "taken") for noun in phrase.nominal.heads]
    if any(at.last_word(noun) in load_word_set("focus_heads") for noun in taken):
        return find_calls(at, frame, found.objects, "focus", is_urged=True)
    if taken and any(at.last_word(noun) in load_word_set("focus_places") for noun in frame.objects):
        return find_calls(at, frame, at.with_members(taken), "focus", is_urged=True)
    return None


def _benefit(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """开展交易有利于降低成本: what the deed is about has the effect."""
    act = at.scope.act
    if found.subjects or act is None or act.frame.clause != frame.clause or not is_benefit(frame):
        return None
    return find_verb_claims(at, frame, act.objects, found.objects, "benefit")


def _need(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """没有农业现代化，就没有国家现代化."""
    return find_need(at, frame, found.objects) if at.scope.met else None


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
    _occasion,
    _called,
    _complement,
    _relative,
    _attending,
    _as,
    _inner,
    _role,
    _joining,
    _empowering,
    _turning,
    _reversed,
    _taking_in,
    _composed,
    _including,
    _taking_as,
    _moving,
    _program,
    _identity,
    _focus,
    _benefit,
    _need,
    _harm,
    _objectless,
)
_PLACES: dict[Reading, str] = {_relative: "relative", _as: "as", _inner: "inner"}  # they are of no other
_VERBS: dict[Reading, tuple[str, ...]] = {  # sets of words; they are of no other verbs
    _called: ("calling_verbs",),
    _attending: ("presiding_verbs", "attending_verbs"),
    _taking_in: ("entering_verbs",),
    _composed: ("composing_verbs", "exemplifying_verbs"),
    _focus: ("placing_verbs",),
    _including: ("including_words",),
}
