"""X 是 Z, 以 X 为 Z: what X is, read by the head of Z, or by the head of X in X的特点是 Z."""

from collections.abc import Iterator, Sequence

from kg.clauses import Frame, Noun
from kg.records import Claim, Mention, replace
from kg.relations.calls import find_calls
from kg.relations.contexts import ACTORS, Context
from kg.relations.modality import modality_of, update_modality
from kg.relations.states import Mentions
from kg.rules import load_heads, load_kinds, load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_CARRYING = frozenset({RelationKind.SUPPORTS, RelationKind.PROMOTES, RelationKind.HINDERS})
_FEATURES = frozenset({RelationKind.CHARACTERIZED_BY, RelationKind.AIMS_AT})
_OF_SUBJECT = _FEATURES | {RelationKind.INCLUDES}  # 新兴产业以人工智能为代表
_COMPOUND_HEAD = 4  # characters of a head with its modifier: 基本保障
_NAME_TAGS = frozenset({"ns", "nt", "nr"})
# What a measure, a problem or a happening is called tells of no kind of thing.
_NO_CLASSES = frozenset({EntityKind.INDICATOR, EntityKind.ISSUE, EntityKind.EVENT})
_MEASURES = frozenset({EntityKind.INDICATOR})
_LOOSE_CLASSES = frozenset({EntityKind.CONCEPT})
_STRUGGLES = frozenset({RelationKind.HINDERS, RelationKind.ADDRESSES})


def find_identities(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """新质生产力的特点是创新; 算力是人工智能的基础; 新质生产力是先进生产力."""
    scope = at.scope
    holders = [noun for noun in frame.subjects if at.last_word(noun) in load_word_set("partner_roles")]
    if holders and holders[0].owners:
        partners, owners = at.mentions(frame.objects), at.mentions(holders[0].owners)
        for claim in at.stated_of_all(frame, partners, RelationKind.RELATED_TO, owners, "role"):
            yield replace(claim, label=at.last_word(holders[0]))  # 乙的供应商是甲
        return
    topic = _topic_of(at, frame.subjects)
    if topic is not None:
        kind, owners = topic
        for owner in owners:
            scope.settle((owner,))
            yield from at.stated_of_all(
                frame, (owner,), kind, at.mentions(frame.objects), f"topic:{kind.value}"
            )
        return
    if frame.verb in load_word_set("renaming_verbs") or _is_headless(at, frame):
        return
    if frame.verb in load_word_set("lying_verbs"):  # 竞争力|在于|研发
        features = at.mentions(frame.objects)
        yield from at.stated_of_all(frame, subjects, RelationKind.CHARACTERIZED_BY, features, "lies-in")
        return
    if subjects and frame.place == "main":
        scope.settle(subjects)
    elif frame.place == "pivot":
        scope.pivots = subjects  # 让|企业|成为主体，…
    clause, doers = scope.doers  # 以减税撬动投资，是通行做法
    carried = scope.troubles or scope.subjects or (doers if clause == frame.clause - 1 else ())
    sources = subjects or carried or scope.clause_called or scope.called
    for noun in frame.objects:
        yield from _declarers(at, frame, sources, noun)
        yield from find_predicates(at, frame, sources, noun)
        if frame.verb in load_word_set("defining_verbs"):
            yield from _defined(at, frame, sources, noun)


def find_topic_deeds(at: Context, frame: Frame, objects: Mentions) -> Iterator[Claim] | None:
    """发展算力的关键是提升能效, 改革的目标是改善服务: a deed tells the feature or the goal."""
    if not objects or not frame.subjects or frame.place != "main" or not _is_said_to_be(at, frame):
        return None
    kind, owners = _topic_of(at, frame.subjects) or (None, ())
    if kind not in _FEATURES:
        return None
    return at.stated_of_all(frame, owners, kind, objects, f"topic:{kind.value}")


def _is_said_to_be(at: Context, frame: Frame) -> bool:
    """Tell whether 是 or 在于 stands between the subject and the verb: 关键|是|提升."""
    after = at.sentence.text[frame.subjects[-1].span.end - at.base :]
    return after.removeprefix("，").startswith(tuple(load_word_set("lying_openers")))


def _defined(at: Context, frame: Frame, sources: Mentions, noun: Noun) -> Iterator[Claim]:
    """灌溉设施，是指水库、水渠等工程设施: what a definition lists belongs to what it defines."""
    for nominal in at.classes:
        if noun in nominal.heads:
            parts = at.mentions(nominal.members)
            yield from at.stated_of_all(frame, sources, RelationKind.INCLUDES, parts, "definition")


def _is_headless(at: Context, frame: Frame) -> bool:
    """Tell whether 的 without its noun is the subject: 采取|的|是|使用在先原则."""
    return at.sentence.text[: frame.cue_span.start - at.base].endswith("的")


def find_predicates(at: Context, frame: Frame, sources: Mentions, noun: Noun) -> Iterator[Claim]:
    """Yield what *sources* are by the head of *noun*: 是…的基础 supports, 是…的途径 promotes, else isA."""
    inner = at.relative_frame(noun)
    if inner is not None and inner.entry is not None and inner.entry.kind in _STRUGGLES:
        kind = inner.entry.kind  # 是缓解矛盾的出路: what the head does, the subject does
        yield from at.stated_of_all(
            frame, sources, kind, at.mentions(inner.objects), f"copula-verb:{kind.value}"
        )
        return
    bearers = at.relative_doers(noun, RelationKind.FACES)
    if bearers:  # 是行业面临的问题
        yield from at.stated_of_all(frame, bearers, RelationKind.FACES, sources, "copula-verb:faces")
        return
    if at.last_word(noun) in load_word_set("part_heads") and noun.owners:
        wholes = at.mentions(noun.owners)  # 是产业链的组成部分
        yield from at.stated_of_all(frame, wholes, RelationKind.INCLUDES, sources, "part-of")
        return
    role = at.last_word(noun)
    if role in load_word_set("partner_roles") and noun.owners:
        for claim in at.stated_of_all(
            frame, sources, RelationKind.RELATED_TO, at.mentions(noun.owners), "role"
        ):
            yield replace(claim, label=role)  # 甲是乙的股东
        return
    told = kind_of_head(at.last_word(noun), is_word=True)
    owners = at.mentions(noun.owners) or (() if at.relative_frame(noun) else _judged_of(at, frame, noun))
    if told is not None:
        at.scope.judged_of = owners
    if told in _CARRYING:
        targets = owners + at.relative_objects(noun)
        yield from at.stated_of_all(frame, sources, told, targets, f"copula-head:{told.value}")
        if targets:
            return
    if told is RelationKind.CHARACTERIZED_BY:
        for source in sources:
            yield from at.stated_of_all(frame, owners, told, (source,), f"copula-head:{told.value}")
        if owners:
            return
    yield from _classes(at, frame, sources, noun)


def _judged_of(at: Context, frame: Frame, noun: Noun) -> Mentions:
    """Return of what a bare head is said: 乡村振兴，人才是关键; 产业是振兴的重点，文明是保障."""
    if noun.last - noun.first > 1 or not frame.has_own_subject:
        return ()
    if at.scope.judged_of:
        return at.scope.judged_of
    if any(before.clause < frame.clause for before in at.parse.frames):
        return ()
    opening = at.base + at.sentence.text.find("，")
    return tuple(m for m in at.names.mentions if m.span.start == at.base and m.span.end == opening)


def kind_of_head(text: str, *, is_word: bool) -> RelationKind | None:
    """Return what the head of a predicate tells, by its longest known ending: 有力抓手 as 抓手.

    A single word is known whole or by its second half: 基本保障 is a 保障, but 劳动力 no 动力.
    """
    kinds = load_kinds("copula_heads")
    halves = (0, len(text) // 2) if len(text) == _COMPOUND_HEAD else (0,)
    starts = halves if is_word else range(len(text) - 1)
    return next((kinds[text[start:]] for start in starts if text[start:] in kinds), None)


def find_bearing(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """形成对产业的支撑力, 成为产业的基础: by the head the subject supports or promotes A."""
    for noun in frame.objects:
        kind = load_kinds("copula_heads").get(at.last_word(noun))
        if kind in _CARRYING:
            for target in at.mentions(noun.owners):
                yield from at.stated_of_all(frame, subjects, kind, (target,), f"bearing:{kind.value}")


def find_as(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """以创新为核心: the head says what *subjects* are to the sentence's subject, or to what follows."""
    heads, scope = load_kinds("as_heads"), at.scope
    update_modality(scope, frame)
    topic = at.mentions(frame.topic)
    if topic:
        scope.settle(topic)
    for noun in frame.objects:
        owner_kind = _kind_of_owners(at, noun)
        if owner_kind is not None and all(subject.kind is EntityKind.PERSON for subject in subjects):
            continue  # 以习近平同志为核心的|党中央 says nothing new
        if owner_kind is not None:
            yield from _as_modifiers(at, frame, subjects, noun, owner_kind)
            continue
        kind = heads.get(noun.name) or heads.get(at.last_word(noun))
        closing = _closing_head(at, frame)
        if closing is not None:
            yield from _as_modifiers(at, frame, subjects, closing, kind or RelationKind.CHARACTERIZED_BY)
            continue
        if kind is None:
            continue
        is_guiding = kind is RelationKind.ADVOCATES  # 以某某思想为指导
        if is_guiding and frame.topic and not topic and at.state.speaker is None:
            continue  # 本书以某某思想为指导
        is_urged = is_guiding or _is_urged(at, frame)
        if at.state.speaker is not None or (is_urged and not scope.has_subject):
            yield from find_calls(at, frame, subjects, "as-call", is_urged=True)
        elif is_guiding:
            guided = tuple(subject for subject in scope.subjects if subject.kind is EntityKind.POLICY)
            yield from at.stated_of_all(frame, guided, kind, subjects, "as:advocates")
        if scope.has_subject and kind in _OF_SUBJECT:
            yield from at.stated_of_all(frame, scope.subjects, kind, subjects, f"as:{kind.value}")
        elif kind in _CARRYING or kind is RelationKind.AIMS_AT:
            scope.means = (*scope.means, (kind, subjects))
            matters = tuple(matter for matter in topic if matter.kind not in ACTORS)
            if kind in _CARRYING:  # 新区建设以改革为动力
                yield from at.stated_of_all(frame, subjects, kind, matters, f"as:{kind.value}")


def _is_urged(at: Context, frame: Frame) -> bool:
    """Tell whether 以 A 为 B is called for: 要|以…为主线, 坚持|以…为引领."""
    if modality_of(frame.modal)[0] is Modality.REQUIRED:
        return True
    keeping = (f for f in at.parse.frames if f.clause == frame.clause and not f.objects)
    return any(f.verb in load_word_set("keeping_verbs") and f.place == "main" for f in keeping)


def _closing_head(at: Context, frame: Frame) -> Noun | None:
    """Return the noun that a row of 以 A 为 B、以 C 为 D 的 N ends in."""
    if not at.sentence.text[frame.cue_span.end - at.base :].startswith("、"):
        return None
    for later in reversed(at.parse.frames):
        if later.place == "as" and later.clause == frame.clause and later.cue_span.start > frame.cue_span.end:
            return next((noun for noun in later.objects if _kind_of_owners(at, noun) is not None), None)
    return None


def _as_modifiers(
    at: Context, frame: Frame, subjects: Mentions, noun: Noun, kind: RelationKind
) -> Iterator[Claim]:
    """以先进制造业为骨干的|产业体系."""
    wholes = at.names.of(noun)
    for whole in wholes:
        if kind is RelationKind.SUPPORTS:
            yield from at.stated_of_all(frame, subjects, kind, (whole,), "as-modifier")
        elif kind is RelationKind.INCLUDES:  # 以苏宁为代表的渠道商
            yield from at.stated_of_all(frame, (whole,), kind, subjects, "as-modifier")
        else:
            feature = RelationKind.CHARACTERIZED_BY
            yield from at.stated_of_all(frame, (whole,), feature, subjects, "as-modifier")


def _kind_of_owners(at: Context, noun: Noun) -> RelationKind | None:
    heads = load_kinds("as_heads")
    kinds = (heads.get(owner.name) or heads.get(at.last_word(owner)) for owner in noun.owners)
    return next((kind for kind in kinds if kind is not None), None)


def _topic_of(at: Context, nouns: Sequence[Noun]) -> tuple[RelationKind, Mentions] | None:
    """Return the relation that the head of the subject names, and what it is a feature or goal of."""
    heads = load_kinds("topic_heads")
    for noun in nouns:
        kind = heads.get(noun.name) or heads.get(at.last_word(noun))
        if kind is None:
            continue
        owners = (
            at.mentions(noun.owners)
            or at.relative_objects(noun)
            or at.scope.subjects
            or at.scope.clause_called
            or at.scope.called  # 发展新质生产力，关键在创新
        )
        if owners:
            return kind, owners
    return None


def _classes(at: Context, frame: Frame, sources: Mentions, noun: Noun) -> Iterator[Claim]:
    listing = load_word_classes("relation_words")["listing"]
    is_listing = frame.verb == "为" or any(word in frame.adverbs for word in listing)
    lists = is_listing and len(frame.objects) > 1
    owners = at.mentions(noun.owners)
    for source in sources:
        for obj in at.names.of(noun):
            if obj.text.startswith("《") and not source.text.startswith("《"):
                continue  # （以下简称《规划》） names a document anew, and nothing else
            if obj in owners or obj.span.end <= noun.span.start or _is_another(at, source, obj):
                continue  # 企业是创新链的结合点: the generic head only stands for its owner
            if lists:
                yield at.stated(frame, source, RelationKind.INCLUDES, obj, "copula-list")
            elif obj.kind in _NO_CLASSES or (source.kind in _MEASURES and obj.kind not in _LOOSE_CLASSES):
                continue  # 均价为193美金, 天气是主要变量
            elif obj.kind not in ACTORS or obj.kind is source.kind or _is_class_of(at, noun, source):
                yield at.stated(frame, source, RelationKind.IS_A, obj, "copula")


def _is_another(at: Context, source: Mention, obj: Mention) -> bool:
    """Tell whether a body or place by name is told of another: 其后的是某公司 defines neither."""
    if source.kind not in ACTORS or obj.kind not in ACTORS:
        return False
    classes, ends = load_heads(), tuple(head for head in load_word_set("class_heads") if len(head) > 1)
    return any(
        w.tag in _NAME_TAGS and w.text not in classes and not w.text.endswith(ends)  # 欠发达|地区
        for w in at.parse.words
        if w.span == obj.span
    )


def _is_class_of(at: Context, noun: Noun, source: Mention) -> bool:
    """Tell whether *noun* is a class that an actor may belong to (印度是最大的买家), no actor by name."""
    return source.kind in ACTORS and at.parse.words[noun.last - 1].tag == "n"


def _declarers(at: Context, frame: Frame, sources: Mentions, noun: Noun) -> Iterator[Claim]:
    """改革是党中央作出的部署: who made it calls for the subject."""
    if at.last_word(noun) not in load_word_set("declarations"):
        return
    for made in at.parse.frames:
        if made.place == "relative" and noun in made.objects:
            speakers = at.mentions(made.subjects)
            yield from at.stated_of_all(frame, speakers, RelationKind.ADVOCATES, sources, "declared")
