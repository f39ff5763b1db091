"""Verbs without an object: it stands before the verb, or in a prepositional phrase."""

from collections.abc import Iterator
from itertools import combinations

from kg.clauses import Frame
from kg.records import Claim, replace
from kg.relations.calls import basis_of, find_calls
from kg.relations.contexts import ACTORS, Context
from kg.relations.deeds import settle_subjects
from kg.relations.faults import told_faults
from kg.relations.prepositions import find_direction, find_leaders, find_places, find_targets
from kg.relations.problems import find_standing_problems
from kg.relations.states import Mentions
from kg.relations.verbs import find_verb_claims
from kg.rules import find_verb, load_kinds, load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_MOST_JOINED = 6  # things of a list that are joined with each other; a longer one is a programme


def find_efforts(at: Context, frame: Frame) -> Iterator[Claim]:
    """在核心技术上下功夫: the field of the effort is called for."""
    nouns = [noun for phrase in at.phrases(frame, "in") for noun in phrase.nominal.heads]
    fields = at.with_members(nouns)
    yield from find_calls(at, frame, fields, "effort", is_urged=True)


def find_objectless_claims(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """A 与 B 融合, A 向 B 集聚, A 应用于 B, 为 A 赋能."""
    scope = at.scope
    agents = () if _is_heading(at, frame) else at.phrased(frame, "agent")  # 由甲|向乙|转变
    if agents and subjects and frame.place == "main":
        yield from find_verb_claims(at, frame, agents, subjects, "passive")
    elif agents:
        yield from _led(at, frame, agents)
    if agents and frame.subjects and not subjects:
        scope.forget_subject()  # 该项目由甲公司承建，将…: it goes on about what has no name
        return
    subjects = subjects or agents
    if frame.place == "main" and subjects:
        beside = scope.troubles if at.is_listed(frame) else ()  # 供需脱节、转化率低
        scope.settle(subjects)
        scope.troubles = beside + told_faults(at, frame)
        yield from settle_subjects(at, subjects)
    sources = subjects or scope.subjects
    yield from find_leaders(at, frame, sources)
    if frame.verb in load_word_set("showing_verbs"):
        yield from find_targets(at, frame, sources or scope.pivots, ())
    yield from _field_deeds(at, frame, sources)
    yield from _meaning(at, frame, sources or scope.clause_called or scope.called)
    yield from find_standing_problems(at, frame, subjects)
    yield from _standing_features(at, frame)
    yield from find_direction(at, frame, sources)
    yield from _wanted_direction(at, frame)
    yield from find_places(at, frame, subjects, ())
    yield from _shared_deeds(at, frame, subjects)
    yield from _taking_part(at, frame, subjects)
    if frame.entry is None:
        return
    if frame.entry.kind is RelationKind.INTEGRATES_WITH:
        yield from _joined(at, frame, subjects)
    elif is_empowering(at, frame):
        receivers = at.mentions([n for phrase in at.phrases(frame, "for") for n in phrase.nominal.heads])
        yield from find_verb_claims(at, frame, sources, receivers, "empower")
    yield from _document_goals(at, frame, subjects)


def _field_deeds(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """在污水处理方面做了工作, 在市场准入方面设置障碍: the head says what who acts does to the field."""
    heads = load_kinds("field_heads") if frame.objects else {}
    kind = next((heads[word] for noun in frame.objects if (word := at.last_word(noun)) in heads), None)
    if kind is None:
        return
    actors = tuple(subject for subject in subjects if subject.kind in ACTORS)
    for phrase in at.phrases(frame, "in"):
        fields = tuple(f for f in at.with_members(phrase.nominal.heads) if f.kind is not EntityKind.PLACE)
        yield from at.stated_of_all(frame, actors, kind, fields, f"field:{kind.value}")


def _led(at: Context, frame: Frame, agents: Mentions) -> Iterator[Claim]:
    """建设创新中心，由高校|牵头: who leads does what was called for, or what was told of, right before."""
    if frame.objects or frame.verb not in load_word_set("leading_verbs"):
        return
    scope = at.scope
    told = scope.subjects if scope.has_subject else scope.clause_called or scope.called
    things = tuple(thing for thing in told if thing.kind not in ACTORS)
    yield from at.stated_of_all(frame, agents, RelationKind.IMPLEMENTS, things, "passive:implements")


def _shared_deeds(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """甲与乙在贸易领域的合作不断深化: what two share in a field joins them."""
    heads = (noun for phrase in at.phrases(frame, "in") for noun in phrase.nominal.heads)
    if any(at.last_word(noun) in load_word_set("joint_nouns") for noun in heads):
        partners = at.phrased(frame, "with")
        yield from at.stated_of_all(frame, subjects, RelationKind.INTEGRATES_WITH, partners, "joined-owners")


def _taking_part(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """科技部牵头实施计划，教育部参与: they take part in what was told of before."""
    if frame.verb in load_word_set("taking_part"):
        matters = tuple(matter for matter in at.scope.called if matter.kind not in ACTORS)
        yield from at.stated_of_all(frame, subjects, RelationKind.PARTICIPATES_IN, matters, "taking-part")


def _wanted_direction(at: Context, frame: Frame) -> Iterator[Claim]:
    """要向创新驱动转变, 推动|经济|向创新驱动转变: what one is to turn to is called for."""
    if at.scope.has_subject or not _is_heading(at, frame):
        return
    is_moved = frame.place == "pivot"
    if is_moved or at.scope.modality is Modality.REQUIRED:
        yield from find_calls(at, frame, at.phrased(frame, "heading"), "call", is_urged=is_moved)


def _is_heading(at: Context, frame: Frame) -> bool:
    return frame.verb in load_word_set("heading_verbs") and any(at.phrases(frame, "heading"))


def is_joining(at: Context, frame: Frame) -> bool:
    """Tell whether the verb joins its subject with another: 与|产业|融合."""
    is_of_kind = frame.entry is not None and frame.entry.kind is RelationKind.INTEGRATES_WITH
    return is_of_kind and any(at.phrases(frame, "with"))


def is_empowering(at: Context, frame: Frame) -> bool:
    """Tell whether the verb gives power for the sake of something: 为|产业|赋能."""
    is_verb = frame.verb in load_word_classes("relation_words")["empowering"]
    return is_verb and any(at.phrases(frame, "for"))


def _meaning(at: Context, frame: Frame, sources: Mentions) -> Iterator[Claim]:
    """发展赛事对释放消费潜力具有重要意义: what has a meaning for a thing promotes it."""
    heads = load_word_set("meaning_heads") if frame.objects else ()
    if any(at.last_word(noun) in heads for noun in frame.objects):
        for phrase in at.phrases(frame, "aided"):
            deed = find_verb(phrase.verb) if phrase.verb else None
            lessens = deed is not None and deed.kind is RelationKind.ADDRESSES  # 对降低能耗有重要作用
            for target in at.with_members(phrase.nominal.heads):
                kind = RelationKind.ADDRESSES if lessens else RelationKind.PROMOTES
                if lessens and target.kind is EntityKind.INDICATOR:
                    kind = RelationKind.RELATED_TO
                yield from at.stated_of_all(frame, sources, kind, (target,), "meaning-for")


def _standing_features(at: Context, frame: Frame) -> Iterator[Claim]:
    """产业的需求导向显著: what stands out is a feature of its owner."""
    if frame.verb not in load_word_set("standing_verbs"):
        return
    for noun in frame.subjects:
        features = tuple(mention for mention in at.names.of(noun) if mention.kind is not EntityKind.ISSUE)
        owners = tuple(owner for owner in at.mentions(noun.owners) if owner not in features)
        kind = RelationKind.CHARACTERIZED_BY
        yield from at.stated_of_all(frame, owners, kind, features, "standing-feature")


def _joined(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    for phrase in at.phrases(frame, "with"):
        first = subjects or at.phrased(frame, "taken")
        yield from find_verb_claims(at, frame, first, at.mentions(phrase.nominal.heads), "joint")
    for one, other in combinations(subjects[:_MOST_JOINED], 2):
        yield from find_verb_claims(at, frame, (one,), (other,), "joint")


def _document_goals(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """《规划》提出，到2027年，产业规模稳步增长: what is to be so is the document's goal."""
    document = at.state.speaker if at.state.is_document else basis_of(at, frame)
    if document is None or document.kind is not EntityKind.POLICY or frame.place != "main":
        return
    for claim in at.stated_of_all(frame, (document,), RelationKind.AIMS_AT, subjects, "document-goal"):
        yield replace(claim, modality=Modality.PLANNED)
