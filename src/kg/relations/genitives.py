"""What 的 says of its head by what stands before it: qualities, features, the place and the field."""

from collections.abc import Iterator, Sequence

from kg.clauses import Noun
from kg.records import Claim, Span, replace
from kg.relations.contexts import ACTORS, Context
from kg.rules import load_kinds, load_word_set
from kg.schema import EntityKind, RelationKind

NO_WHOLES = frozenset({EntityKind.INDICATOR, EntityKind.PERSON})  # they have no parts and no qualities
_NO_TOOLS = ACTORS | {EntityKind.ISSUE}
STANDING = frozenset(
    {EntityKind.ORGANIZATION, EntityKind.POLICY, EntityKind.SECTOR, EntityKind.TECHNOLOGY, EntityKind.EVENT}
)
MADE_FOR_FIELDS = STANDING - {EntityKind.SECTOR}
LOCATED = "位于"  # the label of what is at a place
_IN = ("在", LOCATED)


def find_genitive_claims(at: Context, head: Noun) -> Iterator[Claim]:
    """Yield what the owners of *head* say of it."""
    yield from _listed_features(at, head)
    yield from _owned_features(at, head)
    yield from _standing(at, head)
    yield from _used_there(at, head)
    yield from _in_field(at, head)


def _listed_features(at: Context, head: Noun) -> Iterator[Claim]:
    """需求导向、问题导向的形成机制: listed qualities before 的 characterize the head."""
    if len(head.owners) < 2:
        return
    owners = at.mentions(head.owners)
    is_act = at.parse.words[head.last - 1].tag in ("vn", "v") or at.last_word(head) in load_kinds(
        "copula_heads"
    )
    if is_act or any(owner.kind is not EntityKind.CONCEPT for owner in owners):
        return
    for whole in at.names.of(head):
        if whole in owners or any(owner.name in whole.name for owner in owners):
            continue
        if whole.kind in NO_WHOLES or (whole.kind is EntityKind.CONCEPT and _are_things(at, head.owners)):
            continue  # 合作机制、政策的开放性
        for owner in owners:
            cue_span = at.place_of("的", Span(owner.span.end, whole.span.end))
            yield at.claim(whole, RelationKind.CHARACTERIZED_BY, owner, cue_span, "listed-features")


def _are_things(at: Context, nouns: Sequence[Noun]) -> bool:
    """Tell whether one of *nouns* is a thing by its last word, and no quality: 合作机制, no 场内外结合."""
    return any(at.parse.words[noun.last - 1].tag[0] == "n" for noun in nouns)


def _owned_features(at: Context, head: Noun) -> Iterator[Claim]:
    """中国的产业配套优势: what ends so is a feature of its owner."""
    if at.last_word(head) not in load_word_set("feature_heads"):
        return
    owners = at.mentions(head.owners)
    for feature in at.names.of(head):
        if feature in owners:
            continue  # 资金、市场的优势 stands for what it is made of
        for owner in owners:
            if owner.name not in feature.name:
                yield at.claim(owner, RelationKind.CHARACTERIZED_BY, feature, feature.span, "owned-feature")


def _standing(at: Context, head: Noun) -> Iterator[Claim]:
    """在四川的企业: what is spoken of as in a place has to do with it."""
    if not at.sentence.text[: head.full_span.start - at.base].endswith(_IN):
        return
    places = [owner for owner in at.mentions(head.owners) if owner.kind is EntityKind.PLACE]
    for place in places:
        for thing in at.names.of(head):
            if thing.kind in STANDING and thing not in places:
                claim = at.claim(thing, RelationKind.RELATED_TO, place, place.span, "standing-in")
                yield replace(claim, label=LOCATED)


def _used_there(at: Context, head: Noun) -> Iterator[Claim]:
    """人工智能在医疗领域的应用: what stands before 在 is used there."""
    before = at.sentence.text[: head.full_span.start - at.base]
    if not before.endswith("在") or not head.name.endswith(tuple(load_word_set("using_nouns"))):
        return
    end = head.full_span.start - 1
    used = [m for m in at.names.mentions if m.span.end == end and m.kind not in _NO_TOOLS]
    for thing in used[-1:]:
        for field in at.with_members(head.owners):
            yield at.claim(thing, RelationKind.APPLIES_TO, field, head.span, "used-there")


def _in_field(at: Context, head: Noun) -> Iterator[Claim]:
    """新材料领域的学术组织: what is of a field is there for it."""
    fields = [owner for owner in head.owners if at.last_word(owner) in load_word_set("field_words")]
    for field in at.mentions(fields):
        for thing in at.names.of(head):
            if thing.kind in MADE_FOR_FIELDS and thing != field:
                cue_span = at.place_of("的", Span(field.span.end, thing.span.end))
                yield at.claim(thing, RelationKind.APPLIES_TO, field, cue_span, "in-field")
