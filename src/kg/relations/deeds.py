"""Deeds: what a verb with an object states of those who act, by what means and for whose sake.

Its clause may name who acts, or carry on with the subject of the one before; where the sentence has no
subject at all, ``subjectless`` tells what is meant.
"""

from collections.abc import Iterator

from kg.clauses import Frame, Prepositional
from kg.records import Claim
from kg.relations.calls import find_calls, is_called_for
from kg.relations.contexts import ACTORS, Context
from kg.relations.copulas import find_bearing, find_predicates
from kg.relations.effects import find_causes, is_effect, keep_act
from kg.relations.modality import is_against, is_governed, rejects_deed
from kg.relations.prepositions import (
    find_gifts,
    find_leaders,
    find_partners,
    find_purposes,
    find_targets,
    gives_support,
)
from kg.relations.problems import find_met_problems
from kg.relations.states import Mentions
from kg.relations.subjectless import DEEDS, find_subjectless_claims, is_unnamed
from kg.relations.verbs import find_verb_claims
from kg.rules import load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE})
_CONSEQUENCES = frozenset({RelationKind.HINDERS, RelationKind.GENERATES})
_DUTIES = frozenset(
    {RelationKind.IMPLEMENTS, RelationKind.PROMOTES, RelationKind.SUPPORTS, RelationKind.ADDRESSES}
)


def settle_subjects(at: Context, subjects: Mentions) -> Iterator[Claim]:
    """Yield what waited for a subject: problems met (面对…，A) and roles (作为…，A)."""
    yield from find_met_problems(at, subjects)
    for frame in at.scope.roles if subjects else ():
        for noun in frame.objects:
            yield from find_predicates(at, frame, subjects, noun)
    if subjects:
        at.scope.roles = ()


def find_main_claims(at: Context, frame: Frame, subjects: Mentions, objects: Mentions) -> Iterator[Claim]:
    """Yield what a verb with its object states, with its prepositional phrases and what carried over."""
    scope = at.scope
    if rejects_deed(at.parse, frame):
        objects = ()
    agents = () if _is_turning(frame) else at.phrased(frame, "agent")
    agents += at.companions(frame) if agents else ()
    yield from _turns(at, frame, objects)
    agents = agents or (() if subjects or scope.has_subject else _located(at, frame))
    if frame.place == "main" and (subjects or agents) and not _is_late(at, frame):
        scope.settle(subjects or agents)
        yield from settle_subjects(at, subjects)
        if frame.verb in load_word_set("wanting_verbs"):
            scope.troubles = tuple(obj for obj in objects if obj.kind is EntityKind.ISSUE)
    means = at.means(frame)
    if means and not subjects:
        scope.doers = (frame.clause, means)
    _keep_tools(at, frame, means)
    receivers = _receivers(at, frame)
    if receivers is not None:
        targets = at.mentions(receivers.nominal.heads)
        yield from _gifts(at, frame, subjects, means, targets, objects)
        scope.clause_called += objects
        return
    yield from _adjunct_claims(at, frame, subjects or scope.subjects, objects)
    yield from _joined_objects(at, frame)
    yield from find_purposes(at, frame, subjects, objects)
    yield from _means_claims(at, frame, means or _tools(at, frame, subjects), objects)
    if _is_meeting(frame) and not subjects and not scope.has_subject:
        scope.met += tuple((frame, obj) for obj in objects)
        return
    if frame.place == "pivot":
        scope.pivots = subjects
    elif frame.modal:
        scope.pivots = ()  # 要督促|企业|整治；要加强监管: the second is called for anew
    if frame.verb in load_word_set("leaning_verbs"):  # 依托 A 发展 B: A supports B
        scope.means = (*scope.means, (RelationKind.SUPPORTS, objects))
    yield from _actor_claims(at, frame, subjects, agents, objects, has_means=bool(means))
    scope.clause_called += objects
    if frame.place == "main":
        keep_act(at, frame, subjects or agents, objects)


def _gifts(
    at: Context, frame: Frame, subjects: Mentions, means: Mentions, targets: Mentions, objects: Mentions
) -> Iterator[Claim]:
    """为|发展|提供|支撑: who gives supports what it is given for, and it is called for where nobody does."""
    scope = at.scope
    yield from find_gifts(at, frame, subjects or means, targets, objects)
    if not gives_support(at, frame):
        givers = tuple(giver for giver in subjects or scope.subjects if giver.kind in ACTORS)
        yield from find_verb_claims(at, frame, givers, objects, "main" if subjects else "carried-subject")
    if not (subjects or means) and (not scope.has_subject or scope.modality is Modality.REQUIRED):
        yield from find_calls(at, frame, objects, "call")


def _is_late(at: Context, frame: Frame) -> bool:
    """Tell whether the subject stands behind another verb's object in its clause (了解|站点|运行|情况)."""
    if not (at.scope.has_subject and frame.subjects):
        return False
    start = min(noun.span.start for noun in frame.subjects)
    before = (f for f in at.parse.frames if f.clause == frame.clause and f.place == "main" and f.objects)
    return any(f.verb_span.end <= start for f in before)


def is_giving(at: Context, frame: Frame) -> bool:
    """Tell whether the verb gives something for the sake of something: 为|发展|提供|支撑."""
    return _receivers(at, frame) is not None


def _receivers(at: Context, frame: Frame) -> Prepositional | None:
    """Return the phrase of those that something is given for, or to: 为|发展|提供|支撑, 对|企业|给予|优惠."""
    if frame.verb in load_word_set("giving_verbs"):
        found = next(at.phrases(frame, "for"), None)
        if found is not None:
            return found
    if frame.verb in load_word_set("granting_verbs"):
        return next(at.phrases(frame, "target"), None)
    return None


def _adjunct_claims(at: Context, frame: Frame, subjects: Mentions, objects: Mentions) -> Iterator[Claim]:
    yield from find_targets(at, frame, subjects or at.scope.pivots, objects)
    yield from find_leaders(at, frame, subjects)
    if frame.entry is None or frame.entry.kind is not RelationKind.REQUIRES:
        yield from find_bearing(at, frame, subjects)
    yield from find_partners(at, frame, subjects)
    yield from _tasks(at, frame, subjects)


def _joined_objects(at: Context, frame: Frame) -> Iterator[Claim]:
    """统筹发展和安全: two things that are to go together."""
    if frame.verb not in load_word_set("uniting_verbs") or len(frame.objects) != 2:
        return
    first, second = (at.names.of(noun) for noun in frame.objects)
    yield from at.stated_of_all(frame, first, RelationKind.INTEGRATES_WITH, second, "united")


def _turns(at: Context, frame: Frame, objects: Mentions) -> Iterator[Claim]:
    """由同质竞争转向错位发展, 从同质竞争向错位发展转变: where it came from has to do with where it goes."""
    ends = objects if _is_turning(frame) else ()
    if frame.verb in load_word_set("changing_verbs"):
        ends = at.phrased(frame, "toward")
    if ends:
        origins = at.phrased(frame, "from")
        yield from at.stated_of_all(frame, origins, RelationKind.RELATED_TO, ends, "turned-to")


def _is_turning(frame: Frame) -> bool:
    return frame.verb in load_word_set("turning_verbs")


def _tools(at: Context, frame: Frame, subjects: Mentions) -> Mentions:
    """通过试点，统筹A，推进B: what stands before the first clause is the means of the others too."""
    return at.scope.tools if not subjects and frame.place == "main" else ()


def _keep_tools(at: Context, frame: Frame, means: Mentions) -> None:
    if means and frame.place == "main":
        last = max(mention.span.end for mention in means)
        between = at.sentence.text[last - at.base : max(last, frame.cue_span.start) - at.base]
        at.scope.tools = means if "，" in between else ()
    elif frame.subjects:
        at.scope.tools = ()


def _means_claims(at: Context, frame: Frame, means: Mentions, objects: Mentions) -> Iterator[Claim]:
    """通过科技创新推动发展; 以园区为载体，发展产业."""
    if means:
        yield from find_verb_claims(at, frame, means, objects, "means")
    for kind, sources in at.scope.means:
        ends = (objects, sources) if kind is RelationKind.AIMS_AT else (sources, objects)
        yield from at.stated_of_all(frame, ends[0], kind, ends[1], f"as:{kind.value}")


def _actor_claims(
    at: Context, frame: Frame, subjects: Mentions, agents: Mentions, objects: Mentions, *, has_means: bool
) -> Iterator[Claim]:
    """Yield the claims of who does it: by 由, as the subject, carried over, or called upon."""
    scope = at.scope
    if agents:
        yield from find_verb_claims(at, frame, agents, objects, "agent")
    elif subjects:
        yield from find_verb_claims(at, frame, subjects, objects, frame.place)
        yield from _urged(at, frame, objects)
        scope.is_willing = _is_willing(frame)
        is_told = frame.in_quotes or scope.is_petition or scope.is_willing
        speaks = at.state.speaker is not None and is_told
        is_called_on = frame.place == "pivot" and not scope.has_subject
        if is_called_on or scope.modality is Modality.REQUIRED or speaks:
            yield from find_calls(at, frame, objects, "call-with-subject")
    elif scope.has_subject and (scope.modality is not Modality.REQUIRED or at.state.is_statute):
        if is_unnamed(at, frame):
            scope.settle(())
            return
        if _is_no_deed_of(scope.subjects, frame):
            yield from find_subjectless_claims(at, frame, objects, has_means)
            return
        if scope.urgers and scope.pivots:  # 国务院要求各地加大投入，完善政策
            yield from find_verb_claims(at, frame, scope.pivots, objects, "carried-pivot")
            yield from _called_for(at, frame, objects)
            return
        yield from find_verb_claims(at, frame, _carried(at, frame), objects, "carried-subject")
        if scope.is_willing and at.state.speaker is not None:
            yield from find_calls(at, frame, objects, "call-with-subject")
        if has_means:
            return
        causes = find_causes(at, frame)
        yield from find_verb_claims(at, frame, causes, objects, "closing")
        if scope.deeds and not causes and is_effect(frame):
            yield from find_verb_claims(at, frame, scope.deeds, objects, "deed")
    else:
        yield from find_subjectless_claims(at, frame, objects, has_means)
        yield from _duties(at, frame, objects)


def _is_no_deed_of(subjects: Mentions, frame: Frame) -> bool:
    """Tell whether measures were told of last, which do nothing: 产业规模突破2万亿元，|培育|骨干企业."""
    entry = frame.entry
    is_deed = entry is not None and entry.actor_kind in _DUTIES and not entry.is_result
    return is_deed and bool(subjects) and all(each.kind is EntityKind.INDICATOR for each in subjects)


def _urged(at: Context, frame: Frame, objects: Mentions) -> Iterator[Claim]:
    """世卫组织呼吁各国加强合作: who urges others to a deed calls for it."""
    for urging in at.parse.frames if frame.place == "pivot" else ():
        is_call = urging.entry is not None and urging.entry.kind is RelationKind.ADVOCATES
        if is_call and is_governed(urging, frame):
            carried = at.scope.subjects if at.scope.has_subject else ()
            at.scope.urgers = at.with_members(urging.subjects) if urging.has_own_subject else carried
            yield from _called_for(at, frame, objects)


def _called_for(at: Context, frame: Frame, objects: Mentions) -> Iterator[Claim]:
    things = tuple(obj for obj in objects if obj.kind is not EntityKind.ORGANIZATION)
    kind = RelationKind.ADVOCATES
    yield from at.stated_of_all(frame, at.scope.urgers, kind, things, "pivot:advocates")


def _carried(at: Context, frame: Frame) -> Mentions:
    """Return the subject so far, or the state it is in where this is what follows from it.

    工人短缺，制约了转型: it is the shortage that does.
    """
    entry = frame.entry
    follows = entry is not None and (
        entry.kind in _CONSEQUENCES or frame.verb in load_word_set("affecting_verbs")
    )
    return at.scope.troubles if follows and at.scope.troubles else at.scope.subjects


def _is_willing(frame: Frame) -> bool:
    """Tell whether the clause says what somebody is willing to do: 法方|愿|加强合作."""
    if not (frame.modal or frame.prepositions):
        return False
    willing = load_word_set("willing_words")
    leads = (phrase.word for phrase in frame.prepositions)
    return any(word in frame.modal for word in willing) or any(word.startswith("愿") for word in leads)


def _duties(at: Context, frame: Frame, objects: Mentions) -> Iterator[Claim]:
    """各地区要加强领导，制定方案: what a body must do in the clauses that follow, it is to do as well."""
    entry, scope = frame.entry, at.scope
    if entry is None or not scope.has_subject or scope.modality is not Modality.REQUIRED:
        return
    bodies = tuple(subject for subject in scope.subjects if subject.kind in _BODIES)
    if frame.place == "main" and entry.kind in _DUTIES and not is_against(frame):
        yield from find_verb_claims(at, frame, bodies, objects, "duty")


def _is_meeting(frame: Frame) -> bool:
    return frame.entry is not None and frame.entry.kind is RelationKind.FACES


def _tasks(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """承担建设产业基地的使命: what the task is, the subject does."""
    for noun in frame.objects:
        if at.last_word(noun) not in load_word_set("task_nouns"):
            continue
        for inner in at.parse.frames:
            if inner.place == "relative" and noun in inner.subjects:
                yield from find_verb_claims(at, inner, subjects, at.mentions(inner.objects), "task")


def _located(at: Context, frame: Frame) -> Mentions:
    """在重庆，启动了…: the place is spoken of as the one that acts, where there is a deed."""
    if frame.entry is None or frame.entry.actor_kind not in DEEDS or is_called_for(frame):
        return ()
    return tuple(mention for mention in at.phrased(frame, "in") if mention.kind is EntityKind.PLACE)
