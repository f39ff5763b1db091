"""What the acts of a sentence bring about: 推出项目，激发活力; 深化改革，推动产业升级.

An act is a verb with its object. What follows it without subject is a second act of the same actor or
what the first brings about; verbs, adverbs and places in the sentence tell which.
"""

from kg.clauses import Frame
from kg.relations.contexts import ACTORS, Context
from kg.relations.states import Act, Mentions
from kg.rules import load_word_set
from kg.schema import EntityKind, RelationKind

_NO_RESULTS = frozenset({RelationKind.AIMS_AT, RelationKind.OPPOSES})  # these are measures themselves
_ACTS = frozenset(
    {RelationKind.IMPLEMENTS, RelationKind.PROMOTES, RelationKind.GENERATES, RelationKind.SUPPORTS}
)
_NO_CAUSES = ACTORS | {EntityKind.INDICATOR, EntityKind.ISSUE}
_BREAKS = frozenset("；：。")


def keep_act(at: Context, frame: Frame, subjects: Mentions, objects: Mentions) -> None:
    """Keep what was done, which the clauses after it may tell the effect of; what others do is new."""
    entry = frame.entry
    if entry is not None and entry.actor_kind is RelationKind.IMPLEMENTS:
        at.scope.deeds = tuple(mention for mention in objects if mention.kind not in ACTORS)
    elif subjects:
        at.scope.deeds = ()
    if not _tells_effect(frame):
        is_act = entry is not None and entry.kind in _ACTS
        is_cause = is_act and frame.verb not in load_word_set("ensuring_verbs")
        at.scope.act = Act(frame, objects) if is_cause else None


def is_effect(frame: Frame) -> bool:
    """Tell whether the clause may say what the deed before brought about: 推出项目，|激发|活力."""
    if frame.entry is None or not frame.entry.is_result or frame.entry.kind in _NO_RESULTS:
        return False
    return frame.verb in load_word_set("effect_verbs")


def find_causes(at: Context, frame: Frame) -> Mentions:
    """Return what the act before is done to, where this clause and those after it tell its effects.

    要深化改革，加强监管，推动产业升级: the last clauses of a run of measures say what they are good for.
    """
    act = at.scope.act
    if act is None or not _tells_effect(frame) or is_beside(frame) or not _closes_run(at, act.frame, frame):
        return ()
    if at.scope.has_subject and ACTORS.isdisjoint(subject.kind for subject in at.scope.subjects):
        return ()  # 技术突破带来变革，推动转型: it is the subject that brings all of it about
    return tuple(mention for mention in act.objects if mention.kind not in _NO_CAUSES)


def find_judged(at: Context, frame: Frame) -> Mentions:
    """Return the measure that the clause judges: 推行监管，是|减轻负担的举措，有利于|维护公平.

    The clauses after it that begin so judge the same measure.
    """
    scope = at.scope
    before = at.sentence.text[: frame.cue_span.start - at.base]
    begins = before.endswith("，") and frame.action.startswith(tuple(load_word_set("judging_openers")))
    if frame.modal or frame.place != "main" or not (begins or frame.clause == scope.judged_in):
        return ()
    if begins and scope.judged_in < 0:
        scope.judged = tuple([mention for mention in scope.called if mention.kind not in _NO_CAUSES])
    scope.judged_in = frame.clause
    return scope.judged


def _tells_effect(frame: Frame) -> bool:
    return frame.verb in load_word_set("closing_effect_verbs") and not (frame.modal or frame.subjects)


def is_beside(frame: Frame) -> bool:
    """Tell whether an adverb makes the clause one more measure: 同步|推动."""
    return any(word in frame.adverbs for word in load_word_set("adding_adverbs"))


def _closes_run(at: Context, act: Frame, frame: Frame) -> bool:
    """Tell whether all clauses after that of *act*, up to a semicolon, tell effects; *frame* is one."""
    text, start = at.sentence.text, act.verb_span.end - at.base
    if not _BREAKS.isdisjoint(text[start : frame.cue_span.start - at.base]):
        return False
    run = text[start:].partition("；")[0]
    end = act.verb_span.end + len(run)
    leading: dict[int, Frame] = {}  # the first verb of each clause
    for later in at.parse.frames:
        if later.place == "main" and act.clause < later.clause and later.cue_span.start < end:
            leading.setdefault(later.clause, later)
    is_whole = frame.clause in leading and len(leading) == run.count("，")
    return is_whole and all(_tells_effect(later) for later in leading.values())
