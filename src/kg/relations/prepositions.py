"""What prepositional phrases state: targets, fields, places, partners, leadership, and what is given."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, replace
from kg.relations.contexts import ACTORS, Context
from kg.relations.speakers import SPEAKER_KINDS
from kg.relations.states import Mentions
from kg.relations.wordings import load_wording
from kg.rules import Verb, load_kinds, load_verbs, load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_MANY = 8  # things called for in a sentence; more are a programme, and what it gives is given by the whole
_PLACED = frozenset({EntityKind.ORGANIZATION, EntityKind.PERSON})
_DOING = frozenset({RelationKind.IMPLEMENTS, RelationKind.ADVOCATES})


def find_targets(at: Context, frame: Frame, subjects: Mentions, objects: Mentions) -> Iterator[Claim]:
    """针对 A 实施 B: B applies to A; in A 发挥作用: the subject promotes A."""
    yield from find_places(at, frame, subjects, objects)
    yield from find_members(at, frame, at.with_members(frame.subjects))
    if _is_doing(frame.entry) and not is_about_a_matter(at, frame):
        yield from _aimed(at, frame, objects)
    if frame.verb in load_word_set("relief_verbs"):
        for phrase in at.phrases(frame, "target"):
            freed = at.with_members(phrase.nominal.heads)
            yield from at.stated_of_all(frame, freed, RelationKind.RELATED_TO, objects, "relief")
    if objects:
        yield from _ways(at, frame, subjects)
    if frame.verb in load_word_set("showing_verbs"):
        yield from _fields(at, frame, subjects)
        yield from _parts_played(at, frame, objects)


def find_places(at: Context, frame: Frame, subjects: Mentions, objects: Mentions) -> Iterator[Claim]:
    """在江苏设立研究院, 大会在江苏举行: what is done or held is there; who acts there has to do with it."""
    places = [mention for mention in at.phrased(frame, "at") if mention.kind is EntityKind.PLACE]
    if not places or any(word in frame.action[:-2] for word in load_word_set("receiving_verbs")):
        return
    things, label = objects or subjects, "位于"
    if not _is_doing(frame.entry):
        events = tuple(thing for thing in objects + subjects if thing.kind is EntityKind.EVENT)
        is_known = frame.entry is not None
        is_staged = frame.verb in load_word_set("staged_verbs")  # 项目在江苏奠基, 产品在农村热销
        things = events or tuple(s for s in subjects if is_staged or (is_known and s.kind in _PLACED))
        label = "位于" if events else frame.verb
    for place in places:
        for thing in things:
            if thing.kind is not EntityKind.PLACE:
                claim = at.stated(frame, thing, RelationKind.RELATED_TO, place, "placed")
                yield replace(claim, label=label, modality=Modality.ASSERTED)


def find_matters(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """就粮食安全作出指示: what a speaker gives orders about, it calls for; 就草案征求意见: is about it."""
    is_ordered = is_about_a_matter(at, frame)
    if frame.place != "main" or not (is_ordered or frame.verb in load_word_set("consulting_verbs")):
        return
    kind = RelationKind.ADVOCATES if is_ordered else RelationKind.RELATED_TO
    speakers = tuple(m for m in subjects or at.scope.subjects if m.kind in SPEAKER_KINDS)
    for phrase in at.phrases(frame, "matter"):
        named = at.with_members(phrase.nominal.heads)
        matters = tuple(matter for matter in named if matter.kind not in _PLACED)  # not 对企业提出要求
        for claim in at.stated_of_all(frame, speakers, kind, matters, "matter"):
            yield replace(claim, modality=Modality.ASSERTED, action=frame.action)


def is_about_a_matter(at: Context, frame: Frame) -> bool:
    """Tell whether the verb gives an order or a speech on what a preposition names: 就A|作出|指示."""
    if not frame.prepositions:
        return False
    orders = load_word_set("matter_nouns")
    if frame.verb in orders:
        return not frame.objects
    return frame.verb in load_word_set("uttering_verbs") and any(
        at.last_word(noun) in orders for noun in frame.objects
    )


def find_purposes(at: Context, frame: Frame, subjects: Mentions, objects: Mentions) -> Iterator[Claim]:
    """为提升效率，建设平台: what is done aims at it, or who does it (为保障供应，山东增加储备)."""
    if not _is_doing(frame.entry):
        actors = tuple(subject for subject in subjects if subject.kind in ACTORS)
        is_led = frame.entry is not None and frame.entry.kind is RelationKind.PROMOTES
        objects = actors if is_led and frame.has_own_subject else ()
    for phrase in at.phrases(frame, "purpose"):
        goals = at.with_members(phrase.nominal.heads) if phrase.verb else ()
        is_wanted = not any(goal.kind is EntityKind.ISSUE for goal in goals)
        if is_wanted:
            yield from at.stated_of_all(frame, objects, RelationKind.AIMS_AT, goals, "done-for")


def find_leaders(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """在科技创新的引领下，产业…: what leads promotes the subject."""
    for phrase in at.phrases(frame, "in"):
        if phrase.localizer != "下":
            continue
        for noun in phrase.nominal.heads:
            if noun.name in load_verbs():
                leaders = at.mentions(noun.owners)
                yield from at.stated_of_all(frame, leaders, RelationKind.PROMOTES, subjects, "under")


def find_partners(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """与高校建立合作, 与高校共建中心: subject and partner have to do with each other.

    So have they in 深化同高校的合作.
    """
    joint = load_word_set("joint_nouns")
    shared = [noun for noun in frame.objects if at.last_word(noun) in joint]
    if not (_is_doing(frame.entry) or shared):
        return
    owners = at.mentions([owner for noun in shared for owner in noun.owners])
    others = at.phrased(frame, "with") + tuple(owner for owner in owners if owner.kind in ACTORS)
    own = tuple(subject for subject in subjects if subject not in others)
    for claim in at.stated_of_all(frame, own, RelationKind.RELATED_TO, others, "partner"):
        yield replace(claim, label="合作")


def find_members(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """在上市公司中，甲公司…: what is spoken of among others of its kind belongs to them."""
    inside = load_word_classes("relation_words")["among"]
    heads = [n for p in at.phrases(frame, "in") if p.localizer in inside for n in p.nominal.heads]
    if heads:
        at.scope.among = at.mentions(heads)
    is_ranked = frame.verb in load_word_set("ranking_verbs")
    for whole in at.scope.among if is_ranked else at.mentions(heads):
        parts = tuple(p for p in subjects if is_ranked or (p.kind is whole.kind and p.kind in ACTORS))
        yield from at.stated_of_all(frame, (whole,), RelationKind.INCLUDES, parts, "among")


def find_gifts(
    at: Context, frame: Frame, givers: Mentions, receivers: Mentions, gifts: Mentions
) -> Iterator[Claim]:
    """为发展提供支撑, 为发展营造环境: the subject, or what was called for, supports A; so does the gift."""
    scope = at.scope
    earlier = unique(scope.all_called)
    if len(earlier) > _MANY:
        earlier = scope.clause_called  # of so many measures none is meant by itself
    sources = givers or scope.subjects or earlier or scope.called
    if not sources and at.state.speaker is not None and at.state.is_document:
        sources = (at.state.speaker,)
    yield from at.stated_of_all(frame, sources, RelationKind.SUPPORTS, receivers, "giving")
    if not gives_support(at, frame) and frame.verb not in load_word_set("bringing_verbs"):
        served = tuple(gift for gift in gifts if gift.kind is not EntityKind.TECHNOLOGY)
        things = tuple(receiver for receiver in receivers if receiver.kind not in ACTORS)
        yield from at.stated_of_all(frame, served, RelationKind.SUPPORTS, receivers, "gift")
        goods = tuple(gift for gift in gifts if gift not in served)  # 为雀巢提供配料: no support
        yield from at.stated_of_all(frame, goods, RelationKind.SUPPORTS, things, "gift")


def find_direction(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """产业向园区集聚, 专家赴企业调研: the subject has to do with where it goes, and so has its origin."""
    words = load_word_classes("relation_words")
    is_heading = frame.verb in load_word_set("heading_verbs")
    origins = at.phrased(frame, "from") if is_heading else ()
    for phrase in () if is_about_a_matter(at, frame) else frame.prepositions:
        role = "relating" if frame.entry and frame.entry.kind is RelationKind.RELATED_TO else "toward"
        is_told = frame.entry is not None and frame.entry.kind is not RelationKind.IS_A
        if phrase.word in words[role] and (is_told or is_heading):
            others = at.mentions(phrase.nominal.heads) + at.mentions(phrase.nominal.members)
            # 政策向小微企业倾斜, 对价格形成支撑
            is_favour = frame.verb in load_word_set("favouring_verbs") or gives_support(at, frame)
            kind = RelationKind.SUPPORTS if is_favour else RelationKind.RELATED_TO
            yield from at.stated_of_all(frame, subjects, kind, others, "favour" if is_favour else "toward")
            yield from at.stated_of_all(frame, origins, RelationKind.RELATED_TO, others, "turned-to")


def _ways(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """从俄罗斯引进天然气, 向欧洲市场推出产品: the subject has to do with where it comes from or goes."""
    is_identity = frame.entry is None or frame.entry.kind is RelationKind.IS_A
    for phrase in at.phrases(frame, "way"):
        nouns = phrase.nominal.heads + phrase.nominal.members
        others = tuple(other for other in at.mentions(nouns) if other.kind in ACTORS)
        if not is_identity and not phrase.localizer:
            yield from at.stated_of_all(frame, subjects, RelationKind.RELATED_TO, others, "toward")


def unique(mentions: Mentions) -> Mentions:
    """Return one mention a name, the last, in the order of the first."""
    return tuple({mention.name: mention for mention in mentions}.values())


def _aimed(at: Context, frame: Frame, objects: Mentions) -> Iterator[Claim]:
    for phrase in at.phrases(frame, "target"):
        for obj in objects:
            for other in at.with_members(phrase.nominal.heads):
                is_problem = other.kind is EntityKind.ISSUE
                kind = RelationKind.ADDRESSES if is_problem else RelationKind.APPLIES_TO
                yield at.stated(frame, obj, kind, other, "target")


def _fields(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    effects = tuple(load_word_classes("relation_words")["effect"])
    acts = any(noun.name.endswith(effects) for noun in frame.objects)
    kind = RelationKind.PROMOTES if acts else RelationKind.APPLIES_TO
    if kind is RelationKind.APPLIES_TO:
        subjects = tuple(subject for subject in subjects if subject.kind not in ACTORS)
    for phrase in at.phrases(frame, "in"):
        fields = tuple(f for f in at.with_members(phrase.nominal.heads) if f.kind is not EntityKind.PLACE)
        yield from at.stated_of_all(frame, subjects, kind, fields, f"field:{kind.value}")


def _parts_played(at: Context, frame: Frame, objects: Mentions) -> Iterator[Claim]:
    """发挥市场在资源配置中的决定性作用: what plays a part in a field promotes it."""
    end = max((obj.span.end for obj in objects), default=at.base)
    match = load_wording("part_played").match(at.sentence.text, end - at.base) if objects else None
    if match is not None:
        start, stop = (at.base + place for place in match.span("field"))
        fields = tuple(m for m in at.names.mentions if start <= m.span.start and m.span.end <= stop)
        yield from at.stated_of_all(frame, objects, RelationKind.PROMOTES, fields, "field:promotes")


def gives_support(at: Context, frame: Frame) -> bool:
    """Tell whether what is given is the support itself: 提供|源头支撑, 注入|新动能."""
    heads = load_kinds("copula_heads")
    return any(heads.get(at.last_word(noun)) is RelationKind.SUPPORTS for noun in frame.objects)


def _is_doing(entry: Verb | None) -> bool:
    return entry is not None and entry.kind in _DOING
