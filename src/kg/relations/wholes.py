"""Readings that tell the parts of a whole: 由…组成, 如, 包括, 纳入."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim
from kg.relations.arguments import Arguments
from kg.relations.contexts import Context
from kg.relations.states import Mentions
from kg.rules import load_word_ends, load_word_set
from kg.schema import EntityKind, RelationKind

_THINGS = frozenset({EntityKind.CONCEPT, EntityKind.SECTOR, EntityKind.TECHNOLOGY})
_COMMAS = ("，", "（", "(")


def read_taking_in(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """将新技术纳入规划: the object includes what is taken in."""
    if not frame.objects:
        return None
    is_put = any(at.phrases(frame, "taken"))  # 省里|将|上述项目|纳入: what is put in may have no name
    wholes, parts = at.mentions(frame.objects), found.taken if is_put else found.subjects
    return at.stated_of_all(frame, wholes, RelationKind.INCLUDES, parts, "taken-in")


def read_composed(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
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


def read_listed_deeds(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """重点任务包括：加强研究、完善机制: what is done to each part belongs to the whole."""
    if not found.subjects or not found.objects or frame.place != "main":
        return None
    before = (
        f for f in at.parse.frames if f.clause == frame.clause and f.cue_span.start <= frame.cue_span.start
    )
    opener = next((f for f in before if f.place == "main"), frame)
    lists = opener.action.startswith(load_word_ends("including_words")) and opener.action != opener.verb
    if not lists or opener.subjects != frame.subjects:
        return None
    return at.stated_of_all(opener, found.subjects, RelationKind.INCLUDES, found.objects, "listed-deed")


def read_including(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
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
