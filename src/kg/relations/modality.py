"""How strongly a thing is said: modal words and adverbs, negation, conditions."""

from functools import lru_cache

from kg.clauses import Frame, Parse
from kg.relations.states import SentenceState
from kg.rules import load_modals, load_word_classes, load_word_set
from kg.schema import Modality, RelationKind, Strength

REJECTING = frozenset({RelationKind.OPPOSES, RelationKind.HINDERS})  # 要阻止战火蔓延
_CANNOT = "不能"
_PAIR = 2  # characters
_REMEMBERED = 1 << 12  # runs of modal words and adverbs


@lru_cache(maxsize=_REMEMBERED)
def modality_of(words: tuple[str, ...]) -> tuple[Modality, Strength | None]:
    """Return what the modal words among *words* say.

    Example:
        >>> modality_of(("必须", "加快"))
        (<Modality.REQUIRED: 'Required'>, <Strength.MANDATORY: 'Mandatory'>)
    """
    if words:
        for word, modality, strength in load_modals():
            if word in words:
                return modality, strength
    return Modality.ASSERTED, None


def _strength_of_verb(frame: Frame) -> Strength | None:
    """Return how strongly the verb itself calls for a thing: 鼓励, 严禁; most verbs do not say."""
    if frame.modal:
        return None  # 必须|支持
    modality, strength = modality_of((frame.action[:_PAIR],))
    return strength if modality is Modality.REQUIRED else None


def is_negated(frame: Frame) -> bool:
    """Tell whether the verb is denied: 未|推动, 没有|发展; 不断|推动 is not, nor is 毫不|放松|抓好."""
    if any(word in frame.action for word in load_word_set("unfailing_openers")):
        return False
    denies = frame.verb in load_word_classes("relation_words")["negation"]  # 不是|规模扩张
    return denies or frame.is_denied or is_unable(frame) or _has_any(frame, "negation")


def is_unable(frame: Frame) -> bool:
    """Tell what a thing cannot do from what must not be done: 储备|不能|解决缺煤."""
    return _CANNOT in frame.modal and bool(frame.subjects) and frame.place == "main"


def is_forbidden(frame: Frame) -> bool:
    """Tell whether a modal verb forbids the act: 不得|设置."""
    return not is_unable(frame) and _has_any(frame, "forbidding")


def has_prohibition(frame: Frame) -> bool:
    """Tell whether a word of prohibition stands with the verb, whoever acts: 我们|不能|忽视|安全."""
    return _has_any(frame, "forbidding")


def is_shunned(frame: Frame) -> bool:
    """Tell whether one does not do it on principle: 不|走老路, no 未|走老路."""
    return _has_any(frame, "shunning")


def _has_any(frame: Frame, role: str) -> bool:
    """Tell whether a modal verb or an adverb is of the class *role*."""
    if not (frame.modal or frame.adverbs):
        return False
    return any(
        word in frame.adverbs or word in frame.modal for word in load_word_classes("relation_words")[role]
    )


def is_against(frame: Frame) -> bool:
    """Tell whether the clause says what must not be: 不得|设置, 防止."""
    return is_forbidden(frame) or (frame.entry is not None and frame.entry.kind is RelationKind.OPPOSES)


def is_governed(before: Frame, frame: Frame) -> bool:
    """Tell whether what the verb *before* acts on does the deed of *frame*: 防止|企业|承担|风险."""
    return frame.place == "pivot" and before.clause == frame.clause and before.objects == frame.subjects


def rejects_deed(parse: Parse, frame: Frame) -> bool:
    """Tell whether the verb keeps its objects from doing something: 防止|企业|承担|风险."""
    if frame.entry is None or frame.entry.kind not in REJECTING:
        return False
    return any(later.objects and is_governed(frame, later) for later in parse.frames)


def is_prevented(parse: Parse, frame: Frame) -> bool:
    """Tell whether the verb before rejects the deed: 防止|企业|承担|风险."""
    rejecting = (f for f in parse.frames if f.entry is not None and f.entry.kind in REJECTING)
    return frame.place == "pivot" and any(is_governed(before, frame) for before in rejecting)


def is_condition(parse: Parse, frame: Frame) -> bool:
    """Tell whether the clause only supposes or asks: 如果|出现|风险, 如何|推动|企业."""
    conditions = load_word_set("conditions")
    if any(phrase.word in conditions for phrase in frame.prepositions):
        return True
    if any(word in conditions for word in frame.adverbs):
        return True
    before = [word for word in parse.words if word.span.end <= frame.verb_span.start]
    return any(word.text in load_word_classes("relation_words")["asking"] for word in before)


def update_modality(scope: SentenceState, frame: Frame) -> None:
    """Take over the modal words of *frame*; a clause with a subject of its own begins anew.

    A verb that says itself how strongly it calls (必须落实责任，鼓励|企业|创新) does so for its clause alone.
    """
    if frame.place == "main":
        scope.own_strength = _strength_of_verb(frame)
    modality, strength = modality_of(frame.modal + frame.adverbs)
    if is_unable(frame) or _tells_how(scope, frame):
        modality, strength = Modality.ASSERTED, None
    if modality is not Modality.ASSERTED:
        scope.modality, scope.strength = modality, strength
    elif frame.has_own_subject and frame.place == "main" and frame.subjects:
        scope.modality, scope.strength = Modality.ASSERTED, None


def _tells_how(scope: SentenceState, frame: Frame) -> bool:
    """Tell whether an adverb of resolve only says how the subject so far acts: 甲推进改革，坚决|落实部署."""
    return scope.has_subject and scope.modality is Modality.ASSERTED and not (frame.modal or frame.subjects)


def is_required_next(parse: Parse, frame: Frame) -> bool:
    """Tell whether the next clause without subject says what must be (发展 A，必须 B)."""
    for later in parse.frames:
        if later.clause <= frame.clause or later.place != "main":
            continue
        modality, _ = modality_of(later.modal)
        if later.subjects or modality is not Modality.ASSERTED:
            return modality is Modality.REQUIRED and not later.subjects
    return False
