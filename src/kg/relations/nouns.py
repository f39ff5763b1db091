"""What noun phrases state by themselves: lists with their class, parts singled out, things joined."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.clauses import Nominal, Noun
from kg.phrases import Phrase
from kg.records import Claim, Mention, Span, Word, replace
from kg.relations.contexts import Context
from kg.relations.genitives import MADE_FOR_FIELDS, NO_WHOLES, find_genitive_claims
from kg.relations.states import Mentions
from kg.rules import load_word_classes, load_word_ends, load_word_set
from kg.schema import EntityKind, RelationKind

Neighbours = Sequence[tuple[Phrase, Word, Phrase]]
_BODIES = frozenset({EntityKind.ORGANIZATION, EntityKind.PLACE})
_BREAK_RE = re.compile("[，。：；（）]")
_COMMISSION_RE = re.compile("[受应]([^，。；]{2,40}?)的?(委托|邀请|指派|委派)，")
_LONGEST_TITLE = 12  # characters: 产业发展司副司长
_LONGEST_TITLES = 40  # of offices side by side
_BESIDE = ("、", "和", "及", "以及")


def find_noun_claims(at: Context) -> Iterator[Claim]:
    """Yield the claims of all noun phrases of the sentence."""
    for nominal in at.parse.nominals:
        owned = [head for head in nominal.heads if head.owners]
        for head in owned:
            yield from find_genitive_claims(at, head)
        if nominal.members:
            yield from _members(at, nominal)
        for head in owned:
            yield from _joined_owners(at, head)
        for head in nominal.heads:
            yield from _issuers(at, head)
    neighbours = _neighbours(at)
    yield from _singled_out(at, neighbours)
    yield from _appositions(at, neighbours)
    yield from _counted_classes(at)
    yield from _places_within(at)
    yield from _commissions(at)
    yield from _offices(at)
    yield from _joints(at)


def _members(at: Context, nominal: Nominal) -> Iterator[Claim]:
    """人工智能、量子科技等前沿技术: what is listed before 等 belongs to the class after it.

    What is of a field is no class of fields: 投资、产能等领域|合作文件 apply to them. Nor is what is
    done with things a class of them: 煤炭等|能源|供应.
    """
    parts = at.mentions(nominal.members)
    bare = load_word_set("class_heads")  # 农业部等|部门: the class says nothing
    for head in nominal.heads if parts else ():
        is_of_field = at.parse.words[head.first - 1].text in load_word_set("field_words")
        for whole in at.names.class_of(head):
            if whole.kind in NO_WHOLES or whole.name in bare:
                continue  # 大蒜收获机等补贴比例
            for part in parts:
                applies = is_of_field and whole.kind in MADE_FOR_FIELDS and part.kind is not whole.kind
                kind = RelationKind.APPLIES_TO if applies else RelationKind.INCLUDES
                cue_span = at.place_of("等", Span(part.span.end, whole.span.end))
                yield at.claim(whole, kind, part, cue_span, "in-field" if applies else "list-class")


def _issuers(at: Context, head: Noun) -> Iterator[Claim]:
    """财政部《政府采购管理办法》: the body before a title issued it."""
    if at.parse.words[head.first].tag != "nk":
        return
    documents = at.names.of(head)
    named = [m for d in documents for m in at.names.mentions if m.span.start == d.span.start + 1]
    for issuer in (*at.mentions(head.owners), *named):  # 《财政部关于印发…的通知》
        for document in documents:
            if issuer.kind is EntityKind.ORGANIZATION and document.kind is EntityKind.POLICY:
                yield at.claim(issuer, RelationKind.IMPLEMENTS, document, document.span, "issuer")


def _commissions(at: Context) -> Iterator[Claim]:
    """受国务院委托，部长作了说明; 应主席邀请，总统访问中国: who asks for it has to do with who does it."""
    match = _COMMISSION_RE.match(at.sentence.text)
    if match is None:
        return
    start, end = at.base + match.start(1), at.base + match.end(1)
    doers = [
        f.subjects for f in at.parse.frames if f.place == "main" and f.subjects and f.cue_span.start > end
    ]
    actors = _BODIES | {EntityKind.PERSON}
    asking = [m for m in at.names.mentions if start <= m.span.start < end and m.kind in actors]
    for doer in at.mentions(doers[0]) if doers else ():
        if asking and doer.kind in actors and doer.span.start > end:
            span = Span(at.base + match.start(2), at.base + match.end(2))
            claim = at.claim(asking[-1], RelationKind.RELATED_TO, doer, span, "commission")
            yield replace(claim, label=match.group(2))


def _joined_owners(at: Context, head: Noun) -> Iterator[Claim]:
    """创新链、产业链的融合: the owners of a joining noun go together."""
    last = at.parse.words[head.last - 1]
    if last.text not in load_word_set("joining_nouns") or len(head.owners) < 2:
        return
    between = at.sentence.text[head.owners[-1].span.end - at.base : head.span.start - at.base]
    if any(field in between for field in load_word_set("deed_fields")):
        return  # 甲、乙等领域的合作 is not of these with each other
    first, *others = at.mentions(head.owners) or (None,)
    for other in others:
        if first is not None and other is not None:
            yield at.claim(first, RelationKind.INTEGRATES_WITH, other, last.span, "joined-owners")


def _neighbours(at: Context) -> list[tuple[Phrase, Word, Phrase]]:
    """Return the phrases with a single word between them, and that word."""
    words = at.parse.words
    return [
        (first, words[first.last], second)
        for first, second in pairwise(at.parse.phrases)
        if second.first - first.last == 1
    ]


def _singled_out(at: Context, neighbours: Neighbours) -> Iterator[Claim]:
    """企业特别是领军企业: the second is a part of the first."""
    for first, between, second in neighbours:
        if between.text not in load_word_set("singling_words"):
            continue
        for whole in _named(at, first):
            for part in _named(at, second):
                yield at.claim(whole, RelationKind.INCLUDES, part, between.span, "singled-out")


def _appositions(at: Context, neighbours: Neighbours) -> Iterator[Claim]:
    """算力这一新型基础设施: the second tells what the first is."""
    for first, between, second in neighbours:
        if between.text not in load_word_classes("relation_words")["apposition"]:
            continue
        for thing in _named(at, first):
            for class_ in _named(at, second):
                yield at.claim(thing, RelationKind.IS_A, class_, between.span, "apposition")


def _counted_classes(at: Context) -> Iterator[Claim]:
    """小麦、水稻、玉米三大主粮: what is listed right before its counted class belongs to it."""
    for nominal in at.parse.nominals:
        *parts, whole = nominal.heads
        if not parts or whole.first != parts[-1].last or not _is_counted_class(at, whole):
            continue
        for class_ in at.names.of(whole):
            for part in at.mentions(parts):
                yield at.claim(class_, RelationKind.INCLUDES, part, class_.span, "counted-class")


def _is_counted_class(at: Context, noun: Noun) -> bool:
    text = at.parse.words[noun.first].text
    return text[0] in load_word_classes("relation_words")["number"] and len(text) > 1


def _places_within(at: Context) -> Iterator[Claim]:
    """四川汶川: a place named right after another one lies in it."""
    places = [mention for mention in at.names.mentions if mention.kind is EntityKind.PLACE]
    if len(places) < 2:
        return
    ending = {mention.span.end: mention for mention in places}
    for part in places:
        whole = ending.get(part.span.start)
        is_counted = part.name[0] in load_word_classes("relation_words")["number"]  # 甲、乙|两大高新区
        if whole is not None and len(whole.name) > 1 and not is_counted:
            span = Span(whole.span.start, part.span.end)
            yield at.claim(whole, RelationKind.INCLUDES, part, span, "place-within")


def _offices(at: Context) -> Iterator[Claim]:
    """海岛医院院长林秀珍: a person with a title has to do with the body named before it.

    So has who stands beside one of that office: 副总理甲、乙.
    """
    people = [mention for mention in at.names.mentions if mention.kind is EntityKind.PERSON]
    bodies = [mention for mention in at.names.mentions if mention.kind in _BODIES] if people else []
    held: list[tuple[Mention, Span, str]] = []
    end = -1
    for person in people:
        is_beside = at.sentence.text[max(0, end - at.base) : person.span.start - at.base] in _BESIDE
        found = [(body, *office) for body in bodies if (office := _office(at, body, person, people))]
        held = found or (held if is_beside and end >= 0 else [])
        end = person.span.end
        for body, span, title in held:
            at.state.bodies.setdefault(person.name, (body,))
            yield replace(at.claim(person, RelationKind.RELATED_TO, body, span, "office"), label=title)


def _office(
    at: Context, body: Mention, person: Mention, people: Sequence[Mention]
) -> tuple[Span, str] | None:
    """Return the title that the person has in the body; several stand side by side (部长、总局局长某人)."""
    span = Span(body.span.end, max(body.span.end, person.span.start))
    text = at.sentence.text[span.start - at.base : span.end - at.base]
    first, *others = text.split("、")
    titles = load_word_ends("person_titles")
    if len(text) > _LONGEST_TITLES or _BREAK_RE.search(text) or not (first and text.endswith(titles)):
        return None
    if len(first) > _LONGEST_TITLE or not first.endswith(titles):
        return None
    between = [m for m in at.names.mentions if span.contains(m.span) and m is not body]
    if any(mention.kind in _BODIES for mention in between) and not others:
        return None  # 甲总理某人同乙|总理某人
    if any(mention in people for mention in between):
        return None
    if body.kind is EntityKind.PLACE and first.endswith(tuple(load_word_set("sub_body_titles"))):
        return None
    return span, first


def _joints(at: Context) -> Iterator[Claim]:
    """科技人才与产业人才复合: both sides of a joining noun go together."""
    for joint in at.parse.joints:
        for first in at.names.of(joint.first):
            for second in at.names.of(joint.second):
                yield at.claim(first, RelationKind.INTEGRATES_WITH, second, joint.cue_span, "joint-noun")


def _named(at: Context, phrase: Phrase) -> Mentions:
    return tuple(mention for mention in at.names.mentions if mention.span.start == phrase.span.start)
