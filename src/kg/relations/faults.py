"""States that are problems: 供应偏紧, 人才短缺; who or what is in the state has the problem."""

import re
from collections.abc import Iterator

from kg.clauses import Frame, Noun
from kg.records import Claim, Mention, Span
from kg.relations.contexts import ACTORS, Context
from kg.relations.harms import is_suffering
from kg.relations.speakers import is_speech
from kg.relations.states import Mentions
from kg.rules import load_heads, load_word_ends
from kg.schema import EntityKind, RelationKind

_MEASURED_RE = re.compile("了?[超约逾近至到达不]?[0-9]")
_SHORTEST = 2  # characters of a name that may bear a problem
_BEARERS = ACTORS | {EntityKind.SECTOR, EntityKind.TECHNOLOGY, EntityKind.POLICY}


def find_faults(at: Context) -> Iterator[Claim]:
    """Yield who has the problem that a state tells of: 现货市场|供应偏紧, 企业|融资困难.

    The bearer is the owner of what is in the state, or a name that it begins with, or itself where it is
    a body or a line of business, or else the subject of the clause before (行业发展艰难，人才短缺).
    """
    states = load_word_ends("fault_states")
    faults = [m for m in at.names.mentions if m.kind is EntityKind.ISSUE and m.name.endswith(states)]
    if not faults:
        return
    carried: Mentions = ()
    causes = [frame for frame in at.parse.frames if is_suffering(frame) and not frame.subjects]
    for fault in faults:
        if _is_measured(at, fault) or any(
            other is not fault and _covers(other.span, fault.span) for other in faults
        ):
            continue  # 水土流失严重, not 水土流失 too
        frame, noun = _state_of(at, fault)
        bearers = _own_bearers(at, fault, noun)
        if _is_object_of_facing(at, fault):
            continue
        if _is_said(at, fault) and (not bearers or all(_is_class(bearer) for bearer in bearers)):
            bearers = carried or _earlier_subjects(at, fault) or bearers
        if fault.name.endswith(load_word_ends("moving_states")):
            bearers = tuple(bearer for bearer in bearers if not fault.name.startswith(bearer.name))
        carried = bearers or carried
        span = frame.cue_span if frame is not None else fault.span
        for bearer in bearers:
            yield at.claim(bearer, RelationKind.FACES, fault, span, "fault")
        for cause in causes:
            if cause.cue_span.end <= fault.span.start:
                yield from at.stated_of_all(
                    cause, at.phrased(cause, "agent"), RelationKind.HINDERS, bearers, "suffering"
                )


def told_faults(at: Context, frame: Frame) -> Mentions:
    """Return the problem that a verb and its subject are (人才|短缺), or that stands out (风险|突出)."""
    if frame.objects or frame.place != "main":
        return ()
    named = tuple(m for m in at.mentions(frame.subjects) if m.kind is EntityKind.ISSUE)
    if named:
        return named
    starts = {start for noun in frame.subjects for start in (noun.span.start, noun.full_span.start)}
    return tuple(
        mention
        for mention in at.names.mentions
        if mention.kind is EntityKind.ISSUE
        and mention.span.start in starts
        and mention.span.end == frame.cue_span.end
    )


def _is_class(bearer: Mention) -> bool:
    """Tell whether the bearer is only called by its class: 企业 in 企业规模偏小."""
    return len(bearer.name) <= _SHORTEST and bearer.name in load_heads()


def _is_object_of_facing(at: Context, fault: Mention) -> bool:
    """Tell whether a verb like 存在 tells already who has the problem."""
    return any(
        frame.entry is not None
        and frame.entry.kind is RelationKind.FACES
        and any(fault in at.names.of(noun) for noun in frame.objects)
        for frame in at.parse.frames
    )


def _is_measured(at: Context, fault: Mention) -> bool:
    """Tell whether the state is a figure's change: 同比上涨2.1%."""
    return _MEASURED_RE.match(at.sentence.text, fault.span.end - at.base) is not None or "比" in fault.name


def _covers(whole: Span, part: Span) -> bool:
    return whole.start <= part.start and part.end <= whole.end and whole != part


def _state_of(at: Context, fault: Mention) -> tuple[Frame | None, Noun | None]:
    """Return the verb that tells the state, where it is a word of its own, and the noun in that state."""
    for frame in at.parse.frames:
        if frame.cue_span.end == fault.span.end and not frame.objects:
            for noun in frame.subjects:
                if noun.span.start == fault.span.start:
                    return frame, noun
    nouns = (noun for noun, named in at.names.by_noun.items() if fault in named)
    return None, next(nouns, None)


def _own_bearers(at: Context, fault: Mention, noun: Noun | None) -> Mentions:
    """Return the bearers that the phrase itself names."""
    if noun is not None and noun.owners:
        owners = tuple(m for m in at.mentions(noun.owners) if m.name != fault.name)
        if owners:
            return owners
    beside = tuple(
        mention
        for mention in at.names.mentions
        if mention.kind in _BEARERS
        and (
            mention.span.end == fault.span.start
            or (mention.span.start == fault.span.start and mention.span.end < fault.span.end)
        )
    )
    if beside:
        return beside[:1]
    return _known_beginning(at, fault) or _before_time(at, fault)


def _before_time(at: Context, fault: Mention) -> Mentions:
    """Return the place or body that only times and adverbs part from it: 澳门|长期以来|空间不足."""
    words, roles = at.parse.words, at.parse.roles
    index = next((i for i, word in enumerate(words) if word.span.start >= fault.span.start), 0) - 1
    while index >= 0 and roles[index] in "TDFQ":
        index -= 1
    if index < 0 or roles[index] != "N":
        return ()
    end = words[index].span.end
    return tuple(m for m in at.names.mentions if m.span.end == end and m.kind in ACTORS)[:1]


def _known_beginning(at: Context, fault: Mention) -> Mentions:
    """Return the longest beginning of the problem's name that the article names: 规模养殖|增速趋缓."""
    known = {mention.name: mention for mention in at.state.named}
    for end in range(len(fault.name) - 1, _SHORTEST - 1, -1):
        found = known.get(fault.name[:end])
        if found is not None and _may_bear(found) and fault.text.startswith(found.name):
            return (found,)
    return ()


def _may_bear(mention: Mention) -> bool:
    """Figures and problems bear none, nor does an idea of two characters (需求 in 需求疲软)."""
    if mention.kind in (EntityKind.ISSUE, EntityKind.INDICATOR):
        return False
    return mention.kind in _BEARERS or len(mention.name) > _SHORTEST


def _is_said(at: Context, fault: Mention) -> bool:
    """Tell whether the state ends its clause, and is no object."""
    after = at.sentence.text[fault.span.end - at.base : fault.span.end - at.base + 1]
    objects = (noun for frame in at.parse.frames for noun in frame.objects)
    return after in "，；。、" and not any(
        _covers(n.full_span, fault.span) or n.span == fault.span for n in objects
    )


def _earlier_subjects(at: Context, fault: Mention) -> Mentions:
    """Return the last subject before that can have the problem."""
    for frame in reversed(at.parse.frames):
        is_before = frame.place == "main" and frame.has_own_subject and frame.cue_span.end <= fault.span.start
        if is_before and not is_speech(at, frame):
            subjects = at.mentions(frame.subjects)
            return tuple(m for m in subjects if m.kind in _BEARERS and m.kind is not EntityKind.PERSON)
    return ()
