"""Clauses without a subject: a call, what the calls before bring about, or a deed of the known actor."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim
from kg.relations.calls import find_calls, is_benefit
from kg.relations.contexts import Context
from kg.relations.effects import find_causes, find_judged, is_beside
from kg.relations.modality import is_against, is_required_next, modality_of
from kg.relations.prepositions import unique
from kg.relations.states import Mentions
from kg.relations.verbs import find_verb_claims
from kg.rules import load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind, SentenceKind

# What a report goes on to tell of its actor; it seldom does so of what the actor is, has or is related to.
DEEDS = frozenset(
    {RelationKind.IMPLEMENTS, RelationKind.PROMOTES, RelationKind.GENERATES, RelationKind.ADDRESSES}
)
_NO_RESULTS = frozenset({RelationKind.AIMS_AT, RelationKind.OPPOSES})  # these are measures themselves
_MEASURES = frozenset({RelationKind.PROMOTES, RelationKind.SUPPORTS})
_LAST_TOPIC = 3  # clause; what must be after more of them is one more measure


def find_subjectless_claims(at: Context, frame: Frame, objects: Mentions, has_means: bool) -> Iterator[Claim]:
    """A call, or what the calls of the clause before bring about, or what the known actor did."""
    scope, entry = at.scope, frame.entry
    before = _told_of(at, frame)
    if before is not None:
        sources, rule = before
        scope.needed += objects if rule == "needs" else ()
        yield from find_verb_claims(at, frame, sources, objects, rule)
        return
    if scope.topics and scope.modality is Modality.REQUIRED and not has_means:
        if frame.clause <= _LAST_TOPIC and not is_against(frame):
            wanted = tuple(obj for obj in objects if obj.kind is not EntityKind.ISSUE)
            yield from at.stated_of_all(frame, scope.topics, RelationKind.REQUIRES, wanted, "topic-requires")
        scope.topics = ()
    elif not has_means and (causes := find_causes(at, frame)):
        scope.is_result = True
        yield from find_verb_claims(at, frame, causes, objects, "closing")
    elif scope.called and not has_means and _is_result(frame) and not is_beside(frame):
        scope.is_result = True
        causes = tuple(mention for mention in scope.called if mention.kind is not EntityKind.ISSUE)
        yield from find_verb_claims(at, frame, causes, objects, "result")  # 缓解|紧张状况，带动|就业
    if scope.pivots and not (entry is not None and entry.is_pivot):
        yield from find_verb_claims(at, frame, scope.pivots, objects, "carried-pivot")
    is_foretold = any(word in frame.modal for word in load_word_set("future_words"))
    is_told = is_benefit(frame) or (
        at.state.speaker is None and (is_unnamed(at, frame) or _is_of_both_sides(at))
    )
    if is_told:  # 这有利于优化布局 tells what is so
        pass
    elif scope.pivots or _is_call(at, is_foretold=is_foretold and not at.is_ours(frame)):
        yield from find_calls(at, frame, objects, "call")
    elif entry is not None and entry.actor_kind in DEEDS and _is_deed_of_actor(at, frame):
        yield from find_verb_claims(at, frame, _not_people(at.state.actor), objects, "carried-actor")
    if scope.modality is Modality.ASSERTED and not scope.has_subject and is_required_next(at.parse, frame):
        scope.topics += _not_people(objects)


def _told_of(at: Context, frame: Frame) -> tuple[Mentions, str] | None:
    """Return what was called for before, where the clause tells of that, with the rule that says so."""
    scope, entry = at.scope, frame.entry
    earlier = unique(scope.all_called + scope.called)
    meant_from = _start_of_meaning(at, frame)
    if meant_from is not None:
        return tuple(mention for mention in earlier if mention.span.end <= meant_from), "outcome"
    needing = tuple(mention for mention in earlier if mention not in scope.needed)
    if entry is not None and entry.kind is RelationKind.REQUIRES and needing:
        return needing, "needs"
    judged = find_judged(at, frame)
    if judged:
        return judged, "judged"
    if modality_of(frame.modal)[0] is Modality.POSSIBLE and earlier:
        is_effect = entry is not None and entry.kind is not RelationKind.RELATED_TO
        return (earlier if is_effect else ()), "outcome"
    return None


def is_unnamed(at: Context, frame: Frame) -> bool:
    """Tell whether the verb has a subject of its own that names nothing, so that it is nobody's call."""
    return (
        frame.place == "main"
        and bool(frame.subjects)
        and at.scope.modality is not Modality.REQUIRED
        and not at.mentions(frame.subjects)
    )


def _is_of_both_sides(at: Context) -> bool:
    """Tell whether the sentence tells what those known did: 双方|发表声明，签署文件."""
    begins = at.sentence.text.startswith(tuple(load_word_set("sided_pronouns")))
    return begins and at.scope.modality is not Modality.REQUIRED


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
