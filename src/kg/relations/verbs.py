"""Verbs with an object: which relation they state, between whom."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, replace
from kg.relations.calls import find_calls
from kg.relations.contexts import ACTORS, Context
from kg.relations.copulas import find_bearing, find_predicates
from kg.relations.effects import find_causes, find_judged, is_effect, keep_act
from kg.relations.kinds import DOERS, kind_stated
from kg.relations.modality import is_against, is_required_next, modality_of
from kg.relations.prepositions import (
    find_gifts,
    find_leaders,
    find_partners,
    find_purposes,
    find_targets,
    gives_support,
    unique,
)
from kg.relations.problems import find_met_problems
from kg.relations.states import Mentions
from kg.rules import load_word_classes, load_word_ends, load_word_set
from kg.schema import EntityKind, Modality, RelationKind, SentenceKind

# What a report goes on to tell of its actor; it seldom does so of what the actor is, has or is related to.
_DEEDS = frozenset(
    {RelationKind.IMPLEMENTS, RelationKind.PROMOTES, RelationKind.GENERATES, RelationKind.ADDRESSES}
)
_UNLISTED = frozenset({"main", "relative", "pivot", "carried-subject", "agent"})
_SHORTEST = 2  # characters of a verb of no table that says enough
_NO_RESULTS = frozenset({RelationKind.AIMS_AT, RelationKind.OPPOSES})  # these are measures themselves
_DUTIES = frozenset(
    {RelationKind.IMPLEMENTS, RelationKind.PROMOTES, RelationKind.SUPPORTS, RelationKind.ADDRESSES}
)
_MEASURES = frozenset({RelationKind.PROMOTES, RelationKind.SUPPORTS})
_LAST_TOPIC = 3  # clause; what must be after more of them is one more measure


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
    agents = () if _is_turning(frame) else at.phrased(frame, "agent")
    agents += at.companions(frame) if agents else ()
    yield from _turns(at, frame, objects)
    agents = agents or (() if subjects or scope.has_subject else _located(at, frame))
    if frame.place == "main" and (subjects or agents) and not _is_late(at, frame):
        scope.settle(subjects or agents)
        yield from settle_subjects(at, subjects)
    means = at.means(frame)
    _keep_tools(at, frame, means)
    receivers = next(at.phrases(frame, "for"), None) if is_giving(at, frame) else None
    if receivers is not None:
        targets = at.mentions(receivers.nominal.heads)
        yield from find_gifts(at, frame, subjects or means, targets, objects)
        if not gives_support(at, frame):
            givers = tuple(giver for giver in subjects or scope.subjects if giver.kind in ACTORS)
            yield from find_verb_claims(at, frame, givers, objects, "main" if subjects else "carried-subject")
        if not (subjects or means) and (not scope.has_subject or scope.modality is Modality.REQUIRED):
            yield from find_calls(at, frame, objects, "call")
        scope.clause_called += objects
        return
    yield from _adjunct_claims(at, frame, subjects or scope.subjects, objects)
    yield from _joined_objects(at, frame)
    yield from find_purposes(at, frame, objects)
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


def _is_late(at: Context, frame: Frame) -> bool:
    """Tell whether the subject stands behind another verb's object in its clause (了解|站点|运行|情况)."""
    if not (at.scope.has_subject and frame.subjects):
        return False
    start = min(noun.span.start for noun in frame.subjects)
    before = (f for f in at.parse.frames if f.clause == frame.clause and f.place == "main" and f.objects)
    return any(f.verb_span.end <= start for f in before)


def _is_unnamed(at: Context, frame: Frame) -> bool:
    """Tell whether the verb has a subject of its own that names nothing, so that it is nobody's call."""
    return (
        frame.place == "main"
        and bool(frame.subjects)
        and at.scope.modality is not Modality.REQUIRED
        and not at.mentions(frame.subjects)
    )


def is_giving(at: Context, frame: Frame) -> bool:
    """Tell whether the verb gives something for the sake of something: 为|发展|提供|支撑."""
    return frame.verb in load_word_set("giving_verbs") and any(at.phrases(frame, "for"))


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
    """由同质竞争转向错位发展: where it came from has to do with where it goes."""
    if _is_turning(frame):
        origins = at.phrased(frame, "from")
        yield from at.stated_of_all(frame, origins, RelationKind.RELATED_TO, objects, "turned-to")


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
        yield from at.stated_of_all(frame, sources, kind, objects, f"as:{kind.value}")


def _actor_claims(
    at: Context, frame: Frame, subjects: Mentions, agents: Mentions, objects: Mentions, *, has_means: bool
) -> Iterator[Claim]:
    """Yield the claims of who does it: by 由, as the subject, carried over, or called upon."""
    scope = at.scope
    if agents:
        yield from find_verb_claims(at, frame, agents, objects, "agent")
    elif subjects:
        yield from find_verb_claims(at, frame, subjects, objects, frame.place)
        scope.is_willing = _is_willing(frame)
        is_told = frame.in_quotes or scope.is_petition or scope.is_willing
        speaks = at.state.speaker is not None and is_told
        is_called_on = frame.place == "pivot" and not scope.has_subject
        if is_called_on or scope.modality is Modality.REQUIRED or speaks:
            yield from find_calls(at, frame, objects, "call-with-subject")
    elif scope.has_subject and (scope.modality is not Modality.REQUIRED or at.state.is_statute):
        if _is_unnamed(at, frame):
            scope.forget_subject()
            return
        yield from find_verb_claims(at, frame, scope.subjects, objects, "carried-subject")
        if scope.is_willing and at.state.speaker is not None:
            yield from find_calls(at, frame, objects, "call-with-subject")
        if has_means:
            return
        causes = find_causes(at, frame)
        yield from find_verb_claims(at, frame, causes, objects, "closing")
        if scope.deeds and not causes and is_effect(frame):
            yield from find_verb_claims(at, frame, scope.deeds, objects, "deed")
    else:
        yield from _subjectless_claims(at, frame, objects, has_means)
        yield from _duties(at, frame, objects)


def _is_of_both_sides(at: Context) -> bool:
    """Tell whether the sentence tells what those known did: 双方|发表声明，签署文件."""
    begins = at.sentence.text.startswith(tuple(load_word_set("sided_pronouns")))
    return begins and at.scope.modality is not Modality.REQUIRED


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
    public = load_word_ends("public_bodies")
    bodies = tuple(subject for subject in scope.subjects if subject.name.endswith(public))
    if frame.place == "main" and entry.kind in _DUTIES and not is_against(frame):
        yield from find_verb_claims(at, frame, bodies, objects, "duty")


def _subjectless_claims(at: Context, frame: Frame, objects: Mentions, has_means: bool) -> Iterator[Claim]:
    """A call, or what the calls of the clause before bring about, or what the known actor did."""
    scope, entry = at.scope, frame.entry
    earlier = unique(scope.all_called + scope.called)
    meant_from = _start_of_meaning(at, frame)
    if meant_from is not None:
        sources = tuple(mention for mention in earlier if mention.span.end <= meant_from)
        yield from find_verb_claims(at, frame, sources, objects, "outcome")
        return
    if entry is not None and entry.kind is RelationKind.REQUIRES and earlier:
        yield from find_verb_claims(at, frame, earlier, objects, "needs")
        return
    judged = find_judged(at, frame)
    if judged:
        yield from find_verb_claims(at, frame, judged, objects, "judged")
        return
    if modality_of(frame.modal)[0] is Modality.POSSIBLE and earlier:
        if entry is not None and entry.kind is not RelationKind.RELATED_TO:  # which brings nothing about
            yield from find_verb_claims(at, frame, earlier, objects, "outcome")
        return
    if scope.topics and scope.modality is Modality.REQUIRED and not has_means:
        if frame.clause <= _LAST_TOPIC and not is_against(frame):
            yield from at.stated_of_all(frame, scope.topics, RelationKind.REQUIRES, objects, "topic-requires")
        scope.topics = ()
    elif not has_means and (causes := find_causes(at, frame)):
        scope.is_result = True
        yield from find_verb_claims(at, frame, causes, objects, "closing")
    elif scope.called and not has_means and _is_result(frame):
        scope.is_result = True
        yield from find_verb_claims(at, frame, scope.called, objects, "result")
    if scope.pivots and not (entry is not None and entry.is_pivot):
        yield from find_verb_claims(at, frame, scope.pivots, objects, "carried-pivot")
    is_foretold = any(word in frame.modal for word in load_word_set("future_words"))
    if at.state.speaker is None and (_is_unnamed(at, frame) or _is_of_both_sides(at)):
        pass
    elif scope.pivots or _is_call(at, is_foretold=is_foretold):
        yield from find_calls(at, frame, objects, "call")
    elif entry is not None and entry.actor_kind in _DEEDS and _is_deed_of_actor(at, frame):
        yield from find_verb_claims(at, frame, _not_people(at.state.actor), objects, "carried-actor")
    if scope.modality is Modality.ASSERTED and not scope.has_subject and is_required_next(at.parse, frame):
        scope.topics += _not_people(objects)


def _start_of_meaning(at: Context, frame: Frame) -> int | None:
    """Return where 对 stands of 对保障权益，维护公信力，营造环境具有重要意义: its verbs call for nothing."""
    text, heads = at.sentence.text, load_word_set("meaning_heads")
    if at.scope.modality is Modality.REQUIRED or not any(head in text for head in heads):
        return None
    frames = at.parse.frames
    ends = (f.clause for f in frames if any(at.last_word(noun) in heads for noun in f.objects))
    if max(ends, default=-1) < frame.clause:
        return None
    aided = (p for f in frames if f.clause <= frame.clause for p in at.phrases(f, "aided") if p.verb)
    starts = [p.nominal.heads[0].span.start for p in aided if p.nominal.heads]
    return min((start for start in starts if start < frame.cue_span.start), default=None)


def _is_call(at: Context, *, is_foretold: bool) -> bool:
    """Tell whether a clause without subject calls for what it names; else it reports what was done.

    Only where the title names who acts, or the same paragraph told of a body or place by name, do
    sentences without subject go on to tell of that actor's deeds.
    """
    if at.scope.modality is Modality.REQUIRED or at.sentence.kind is SentenceKind.TITLE:
        return True
    if at.state.speaker is None and (is_foretold or _is_done(at)):
        return False  # 展会期间将举办论坛; 探索并实践了新模式
    if at.state.speaker is not None or not at.state.actor:
        return True
    is_in_report = at.state.is_actor_named and at.state.actor_paragraph == at.sentence.paragraph
    return not (at.state.home or is_in_report)


def _is_done(at: Context) -> bool:
    """Tell whether the sentence tells of a deed as done: 实践|了."""
    words, roles = at.parse.words, at.parse.roles
    return any(
        role == "V" and words[index + 1].text in load_word_set("done_aspects")
        for index, role in enumerate(roles[: len(words) - 1])
    )


def _not_people(mentions: Mentions) -> Mentions:
    """Leave out people: a report goes on to tell what bodies and places did, not what one man did."""
    return tuple(mention for mention in mentions if mention.kind is not EntityKind.PERSON)


def _is_deed_of_actor(at: Context, frame: Frame) -> bool:
    """Tell whether nobody else is spoken of before the verb, by a pronoun or as its unnamed subject."""
    if at.sentence.kind is not SentenceKind.BODY:
        return False
    words, roles = at.parse.words, at.parse.roles
    for index, role in enumerate(roles):
        if words[index].span.start >= frame.cue_span.start:
            return True
        if role == "R":
            return False
    return True


def _is_result(frame: Frame) -> bool:
    """Tell a clause that says what the one before brings about from one more measure beside it.

    坚决|遏制 is a measure of its own; so is 确保.
    """
    if frame.entry is None or not frame.entry.is_result or frame.entry.kind in _NO_RESULTS:
        return False
    if any(word in frame.adverbs for word in load_word_classes("relation_words")["result"]):
        return True
    if frame.entry.kind is RelationKind.ADDRESSES:
        return not frame.adverbs
    return frame.verb in load_word_set("effect_verbs") or frame.entry.kind not in _MEASURES


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
    if frame.entry is None or frame.entry.actor_kind not in _DEEDS:
        return ()
    return tuple(mention for mention in at.phrased(frame, "in") if mention.kind is EntityKind.PLACE)
