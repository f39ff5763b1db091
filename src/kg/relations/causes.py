"""What a clause or phrase before the comma brings about: 随着A加快，B增强; 由于A，B下降; 在A的带动下，B增长.

The cause is what its clause speaks of first, with what is coordinated to it. The effects are what the
clauses after it speak of, up to a semicolon or a turn (但): they grow by the cause, or suffer from it.
"""

import re
from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, Mention, Span, replace
from kg.relations.contexts import ACTORS, Context
from kg.relations.modality import modality_of
from kg.relations.states import Cause, Mentions
from kg.relations.wordings import load_wording
from kg.rules import load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_KINDS = ("along", "reason", "in", "supposed", "by")  # of causes, by the groups of their pattern


def find_causes_of_clauses(at: Context) -> tuple[Cause, ...]:
    """Return the causes that clauses of the sentence name before their comma."""
    text = at.sentence.text
    if load_wording("cause_hint").search(text) is None:  # ten times as fast, and most sentences name none
        return ()
    return tuple([cause for match in load_wording("cause").finditer(text) for cause in _causes(at, match)])


def _causes(at: Context, match: re.Match[str]) -> Iterator[Cause]:
    kind = next(name for name in _KINDS if match.group(name))
    start, end = match.span(kind[0])
    end = match.end("in_force") if kind == "in" else end  # 在|政策支持|下
    named = _first_named(at, at.base + start, at.base + end)
    if not named or (kind != "in" and named[0].kind is EntityKind.PLACE):
        return
    force = match.group("in_force") or match.group("by_force") or ""
    is_driving = kind == "along" or force in load_word_classes("relation_words")["force"]
    if is_driving and any(word in match.group(kind[0]) for word in load_word_set("sinking_verbs")):
        is_driving = False  # 随着优惠政策退出: what goes down drives nothing
    start, end = match.span(kind)
    yield Cause(named, Span(at.base + start, at.base + end), at.base + match.end(), is_driving)


def _first_named(at: Context, start: int, end: int) -> Mentions:
    """Return what is named first between *start* and *end*, and what is coordinated to it."""
    inside = sorted(
        (m for m in at.names.mentions if start <= m.span.start and m.span.end <= end),
        key=lambda mention: (mention.span.start, -mention.span.end),
    )
    while len(inside) > 1 and inside[0].kind is EntityKind.PLACE and not _is_coordinated(at, *inside[:2]):
        inside = inside[1:]  # 我国|劳动力成本上升
    found = inside[:1]
    for mention in inside[1:]:
        if not _is_coordinated(at, found[-1], mention):
            break
        found.append(mention)
    return tuple(found)


def _is_coordinated(at: Context, first: Mention, second: Mention) -> bool:
    between = at.sentence.text[first.span.end - at.base : second.span.start - at.base]
    return load_wording("coordinator").fullmatch(between) is not None


def find_effects(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """Yield what the causes named before do to what the verb of a clause after them speaks of."""
    if frame.place != "main" or not subjects or not frame.has_own_subject:
        return
    turn, more = load_wording("turn"), load_wording("one_more_cause")
    for cause in at.scope.causes:
        if subjects[0].span.start < cause.end:
            continue
        between = at.sentence.text[cause.end - at.base : frame.cue_span.start - at.base]
        if turn.search(between) or more.match(between) or (frame.objects and "，" in between):
            continue
        for effect in subjects:
            kind = _kind_of_effect(cause, frame, effect)
            if kind is None:
                continue
            modality, _ = modality_of(frame.modal + frame.adverbs)
            for source in cause.mentions:
                claim = at.claim(source, kind, effect, cause.cue_span, f"cause:{kind.value}")
                yield replace(claim, modality=modality)


def _is_harmed(frame: Frame) -> bool:
    """Tell whether the verb says that the effect is harm: 进程|受到|影响."""
    is_met = frame.verb in load_word_set("harm_receiving_verbs")
    return is_met and any(noun.name in load_word_set("harm_nouns") for noun in frame.objects)


def find_only_if(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """只有坚持创新，产业才能壮大: what comes about only so needs what was called for."""
    then = load_word_set("then_only_words")
    if frame.place != "main" or not frame.has_own_subject or then.isdisjoint(frame.modal + frame.adverbs):
        return
    only = load_word_set("only_words")
    if any(f.clause < frame.clause and not only.isdisjoint(f.adverbs) for f in at.parse.frames):
        wanted = tuple(mention for mention in at.scope.called if mention.kind is not EntityKind.ISSUE)
        for claim in at.stated_of_all(frame, subjects, RelationKind.REQUIRES, wanted, "only-if"):
            yield replace(claim, modality=Modality.ASSERTED)


def _kind_of_effect(cause: Cause, frame: Frame, effect: Mention) -> RelationKind | None:
    if effect.kind in ACTORS:
        return None
    if frame.verb in load_word_set("sinking_verbs") or _is_harmed(frame):
        return RelationKind.HINDERS
    if effect.kind is EntityKind.ISSUE:
        return None if cause.is_driving else RelationKind.GENERATES
    if cause.is_driving or frame.verb in load_word_set("rising_verbs"):
        return RelationKind.PROMOTES
    return None
