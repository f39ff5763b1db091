"""Readings of what stands within another clause, or before it: 打通|束缚发展|的堵点, 为|企业解决难题."""

from collections.abc import Iterator
from itertools import chain

from kg.clauses import Frame
from kg.records import Claim, replace
from kg.relations.arguments import Arguments
from kg.relations.calls import find_calls
from kg.relations.contexts import Context
from kg.relations.deeds import is_giving
from kg.relations.prepositions import find_places
from kg.relations.speakers import is_speech
from kg.relations.states import Mentions
from kg.relations.verbs import find_verb_claims
from kg.rules import load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

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


def read_occasion(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """为完善制度，激活潜能，提出以下意见: what a document is made for, it aims at."""
    document = at.state.speaker
    if document is None or document.kind is not EntityKind.POLICY or not _is_before_making(at, frame):
        return None
    aims = at.stated_of_all(frame, (document,), RelationKind.AIMS_AT, found.objects, "occasion")
    return (replace(claim, modality=Modality.PLANNED) for claim in aims)


def read_called(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """本条例所称灌溉设施，是指…: what is defined in the next clause."""
    if not found.objects or not at.sentence.text.endswith(_WHICH, 0, frame.verb_span.start - at.base):
        return None
    at.scope.settle(found.objects)
    return iter(())


def read_relative(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
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


def read_inner(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
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


def _is_before_making(at: Context, frame: Frame) -> bool:
    """Tell whether the verb stands before the one that makes the document, in a list of purposes."""
    acts = [act for act in at.parse.frames if act.objects or not is_speech(at, act)]
    last = acts[-1] if acts else frame
    makes = any(at.last_word(noun) in load_word_set("document_nouns") for noun in last.objects)
    if frame is last or not makes:
        return False
    is_for = acts[0].place == "inner" or any(any(at.phrases(act, "purpose")) for act in acts)
    return is_for and not any(act.subjects for act in acts if act.place == "main")


def _tells_of_its_head(frame: Frame, subjects: Mentions) -> bool:
    """Tell whether the clause relates its noun to another: 来自某地的数据 and 涉及的文件 hardly do.

    What a problem affects (影响|粮食安全|的|隐患), it hinders.
    """
    kind = frame.entry.kind if frame.entry is not None else None
    if frame.verb in load_word_set("affecting_verbs"):
        return any(subject.kind is EntityKind.ISSUE for subject in subjects)
    return kind not in _LOOSE or frame.verb in load_word_set("standing_places")


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
