"""What a speaker, a document or the article itself calls for, and what it rejects."""

from bisect import bisect_left
from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, Mention, Span, replace
from kg.relations.contexts import CALLS, Context
from kg.relations.modality import (
    REJECTING,
    has_prohibition,
    is_condition,
    is_forbidden,
    is_negated,
    is_prevented,
    is_shunned,
    modality_of,
    rejects_deed,
)
from kg.relations.states import Mentions
from kg.rules import Verb, find_verb, load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind, Strength

_CALLABLE = frozenset(
    {
        RelationKind.PROMOTES,
        RelationKind.SUPPORTS,
        RelationKind.GENERATES,
        RelationKind.IMPLEMENTS,
        RelationKind.ADVOCATES,
        RelationKind.AIMS_AT,
        RelationKind.OPPOSES,
        RelationKind.ADDRESSES,
        RelationKind.APPLIES_TO,
        RelationKind.INTEGRATES_WITH,
        RelationKind.REQUIRES,
        RelationKind.PARTICIPATES_IN,
        RelationKind.IS_A,  # 将 A 作为 B
    }
)

# What is promoted, supported or brought about is called for; what is merely acted upon is not.
_FOR_BODIES = frozenset(
    {
        RelationKind.PROMOTES,
        RelationKind.SUPPORTS,
        RelationKind.GENERATES,
        RelationKind.ADVOCATES,
        RelationKind.AIMS_AT,
        RelationKind.OPPOSES,
        RelationKind.ADDRESSES,
    }
)
_EFFECTS = frozenset(
    {
        RelationKind.PROMOTES,
        RelationKind.GENERATES,
        RelationKind.SUPPORTS,
        RelationKind.ADDRESSES,
        RelationKind.HINDERS,
    }
)
_PAIR = 2  # characters of a verb that forbids
_FOUNDING = frozenset("建立设")  # 组建, 成立, 设置


def find_calls(
    at: Context, frame: Frame, objects: Mentions, rule: str, *, is_urged: bool = False
) -> Iterator[Claim]:
    """要加快发展新质生产力: the speaker, or else the article, calls for the object.

    A verb of no table calls for something only where it must be, or where ``is_urged`` says so.
    """
    entry, speaker = frame.entry, at.state.speaker or basis_of(at, frame)
    if at.state.is_statute and at.state.speaker is None:
        return  # 第七条 纳税人应当…: a statute lays down duties and calls for nothing
    ban = _ban_over(at, frame)
    is_urged = is_urged or ban is not None or at.scope.modality is Modality.REQUIRED
    if _is_accompanying(at, frame) or _tells_when(at, frame) or _is_good_for(at, frame):
        return
    if frame.verb in load_word_set("resulting_causatives"):
        return  # ，使|能耗|降低 tells what came of it
    if is_condition(at.parse, frame) or _is_made_to_happen(at, frame):
        return
    if not (is_urged or _is_callable(entry)):
        return
    if not is_urged and (_is_done(at, frame) or frame.verb in load_word_set("causing_verbs")):
        return
    shuns = _is_shunning(frame) and speaker is None
    solves = _is_of(entry, RelationKind.ADDRESSES)
    stance = _stance_of(at, frame) if ban is None else (True, False)
    if stance is None:
        return
    rejects, is_denied = stance
    is_against_it = shuns or rejects
    modality = at.scope.modality
    for obj in objects:
        if obj.kind is EntityKind.ORGANIZATION and not is_against_it and not _is_for_bodies(frame):
            continue
        kind = RelationKind.OPPOSES if is_against_it else RelationKind.ADVOCATES
        if solves and not is_against_it and (speaker is not None or obj.kind is EntityKind.ISSUE):
            kind = RelationKind.ADDRESSES  # to solve a problem is no call for it
        is_call = kind in CALLS
        yield replace(
            at.claim(speaker, kind, obj, frame.cue_span, rule),
            action=frame.action if is_call else None,
            modality=modality if modality is not Modality.POSSIBLE else Modality.REQUIRED,
            strength=(ban or at.scope.own_strength or at.scope.strength or Strength.STRONG)
            if is_call
            else None,
            negated=is_denied,
        )


def find_bare_bans(at: Context) -> Iterator[Claim]:
    """不得|拖欠农民工工资: what is forbidden where the term itself holds the verb."""
    forbidding = load_word_classes("relation_words")["forbidding"]
    words, roles = at.parse.words, at.parse.roles
    for index, word in enumerate(words):
        if word.text not in forbidding or roles[index] != "M":
            continue
        end = roles.find(",", index) if "," in roles[index:] else len(words)
        if "V" in roles[index:end]:
            continue
        span = Span(word.span.start, words[end - 1].span.end)
        for ill in at.names.mentions:
            if ill.kind is EntityKind.ISSUE and span.contains(ill.span):
                claim = at.claim(at.state.speaker, RelationKind.OPPOSES, ill, word.span, "call")
                modality, strength = modality_of((word.text,))
                yield replace(claim, action=word.text, modality=modality, strength=strength)


def is_called_for(frame: Frame) -> bool:
    """Tell whether the clause itself says that somebody wants it so: 要|在成都|设立, 同意|在成都|设立."""
    first = find_verb(frame.action[:_PAIR]) if frame.action != frame.verb else None
    return bool(frame.modal) or (first is not None and (first.is_pivot or first.kind in CALLS))


def _ban_over(at: Context, frame: Frame) -> Strength | None:
    """Return how strongly a verb before the mark forbids this deed, too: 严禁|改变用途、|占用农田."""
    before = at.sentence.text[: frame.cue_span.start - at.base]
    if frame.place != "main" or frame.subjects or not before.endswith(tuple(load_word_set("deed_joiners"))):
        return None
    for first in at.parse.frames:
        is_beside = first.clause == frame.clause and first.cue_span.end < frame.cue_span.start
        if is_beside and first.place == "main" and first.verb != first.action:
            verb = find_verb(first.action[:_PAIR])
            if verb is not None and verb.kind is RelationKind.OPPOSES:
                return modality_of((first.action[:_PAIR],))[1] or Strength.STRONG
    return None


def _stance_of(at: Context, frame: Frame) -> tuple[bool, bool] | None:
    """Return whether the clause is against what it names, and whether just that is denied.

    ``None`` means that it is neither for it nor against it: what one could not do (未能|发展) is no call,
    and where somebody is kept from a deed (防止|企业|承担|风险), the deed is what is rejected.
    """
    if rejects_deed(at.parse, frame):
        return None
    if _is_rejecting(frame):
        is_upheld = has_prohibition(frame)  # 不得|忽视|安全 calls for it
        return not is_upheld, not is_upheld and is_negated(frame)
    if is_negated(frame) and not is_shunned(frame):
        return None
    is_shunning = is_forbidden(frame) or is_shunned(frame)
    return is_prevented(at.parse, frame) != is_shunning, False


def _is_rejecting(frame: Frame) -> bool:
    """Tell whether the verb is one of rejection or neglect: 防止, 忽视, 放松."""
    is_against = frame.entry is not None and frame.entry.kind in REJECTING
    return is_against or frame.verb in load_word_set("neglecting_verbs")


def _is_shunning(frame: Frame) -> bool:
    """Tell whether a verb of avoiding governs, alone or with another: 遏制, 防范|化解."""
    return any(verb in frame.action for verb in load_word_set("shunning_verbs"))


def basis_of(at: Context, frame: Frame) -> Mention | None:
    """Return the document that says so: 根据《规划》，各地要…."""
    for phrase in at.phrases(frame, "basis"):
        return next((m for m in at.mentions(phrase.nominal.heads) if m.text[0] == "《"), None)
    return None


def _is_accompanying(at: Context, frame: Frame) -> bool:
    """Tell whether the clause tells what goes along with another: 随着|推进改革，…."""
    text = at.sentence.text[: frame.verb_span.start - at.base]
    return "随着" in text[text.rfind("，") + 1 :]


def _tells_when(at: Context, frame: Frame) -> bool:
    """Tell whether the clause only says when the next is so: 应用|新工艺|后，…; 执行|任务|时，…."""
    words, roles = at.parse.words, at.parse.roles
    index = bisect_left(words, frame.verb_span.end, key=lambda word: word.span.start)
    end = roles.find(",", index)
    return 0 < end < len(words) - 1 and words[end - 1].text in load_word_set("clause_times")


def is_benefit(frame: Frame) -> bool:
    """Tell whether the verb says what something is good for: 有利于|降低|成本, 不仅|有助于|…."""
    return any(verb in frame.action for verb in load_word_set("benefit_verbs"))


def is_brought_about(at: Context, frame: Frame) -> bool:
    """Tell whether the verb says what a deed before it has brought about: 加大|投入|推动|了|升级."""
    entry = frame.entry
    if entry is None or frame.place != "main" or entry.kind not in _EFFECTS:
        return False
    return frame.verb in load_word_set("making_happen") or _is_done(at, frame)


def _is_made_to_happen(at: Context, frame: Frame) -> bool:
    """Tell whether a deed before it in the clause makes it happen: 提高|标准|使|生活|得到改善."""
    if frame.verb not in load_word_set("making_happen"):
        return False
    here = (f for f in at.parse.frames if f.clause == frame.clause and f.place == "main")
    return any(f.cue_span.end < frame.cue_span.start for f in here)


def _is_good_for(at: Context, frame: Frame) -> bool:
    """Tell whether the clause goes on to say what the deed is good for: 开展|交易|有利于|降低|成本."""
    words = load_word_set("benefit_verbs") | load_word_set("making_happen")
    if frame.place != "main" or words.isdisjoint(at.texts):
        return False
    here = (f for f in at.parse.frames if f.clause == frame.clause and not f.subjects)
    later = (f for f in here if f.cue_span.start > frame.cue_span.start)
    return any(is_benefit(f) or f.verb in load_word_set("making_happen") for f in later)


def _is_for_bodies(frame: Frame) -> bool:
    """Tell whether what is done with a body is for its sake: 支持|企业, 组建|联合体, no 督促|企业."""
    if frame.verb in load_word_set("pushing_verbs"):
        return False
    if frame.entry is None or frame.entry.kind in _FOR_BODIES:
        return True
    return not _FOUNDING.isdisjoint(frame.verb)


def _is_done(at: Context, frame: Frame) -> bool:
    """Tell whether the clause tells of what was done or goes on: 推出|了|产品, 已|建成|基地."""
    after = at.sentence.text[frame.verb_span.end - at.base : frame.verb_span.end - at.base + 1]
    is_past = bool(after) and after in load_word_set("aspects")
    return is_past or any(word in frame.adverbs for word in load_word_set("done_adverbs"))


def _is_callable(entry: Verb | None) -> bool:
    return entry is not None and entry.kind in _CALLABLE


def _is_of(entry: Verb | None, kind: RelationKind) -> bool:
    return entry is not None and entry.kind is kind
