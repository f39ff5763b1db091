"""What one verb and its arguments claim: who speaks, what it shows, and the reading that applies."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, Mention
from kg.relations.arguments import Arguments
from kg.relations.causes import find_effects, find_only_if
from kg.relations.contexts import ACTORS, Context
from kg.relations.deeds import find_main_claims
from kg.relations.harms import find_sufferers
from kg.relations.meetings import find_attendance, find_speaker_at_meeting, note_meeting
from kg.relations.modality import is_negated
from kg.relations.prepositions import find_matters
from kg.relations.readings import readings_of
from kg.relations.speakers import hear, is_speech, issued_document, take_as_speaker, urge
from kg.relations.states import Mentions
from kg.rules import load_kinds, load_word_ends, load_word_set
from kg.schema import RelationKind

_DEALING = frozenset({RelationKind.ADDRESSES, RelationKind.OPPOSES})


def find_frame_claims(at: Context, frame: Frame) -> Iterator[Claim]:
    """Yield the claims of one verb and its arguments; a speech verb only tells who speaks."""
    if frame.prepositions:
        yield from find_attendance(at, frame)
    note_meeting(at, frame)
    document = issued_document(at, frame)
    if document is not None:
        take_as_speaker(at, document)
        at.scope.forget_subject()
        at.scope.first = ()  # nor do clauses after a semicolon go on about who issued it
        if frame.verb in load_word_set("document_speech"):
            yield from _contents(at, frame, document)
            return
    if frame.verb in load_word_set("urging_verbs") and urge(at, frame):
        return
    if is_speech(at, frame):
        speaker = hear(at, frame)
        if speaker is not None:
            yield from find_speaker_at_meeting(at, frame, speaker)
        return
    subjects, taken = at.with_members(frame.subjects), at.phrased(frame, "taken")
    objects = _objects(at, frame, taken)
    if len(frame.subjects) == 1:
        subjects = at.meant_by(frame.subjects[0]) or subjects
    if not subjects and frame.place == "main":
        subjects = at.pronoun_subjects(frame) or _heading_of(at, frame)
    if frame.place == "main" and at.is_ours(frame):
        subjects = ()  # 对于建议，我们将…
        at.scope.forget_subject()
    if not subjects and frame.place == "main" and _is_of_this(at, frame):
        at.scope.settle(())  # 此举将缓解压力，促进发展 calls for nothing
    if subjects and any(map(_is_time, subjects)):
        subjects = tuple(subject for subject in subjects if not _is_time(subject))
    if subjects and frame.prepositions:
        subjects += at.companions(frame)
    if frame.in_quotes and at.state.speaker is not None and at.state.speaker in subjects:
        subjects = ()  # 报告提出“建设…”: the report calls for it
    yield from _shown(at, frame, subjects)
    if frame.place == "main":
        yield from find_sufferers(at, frame, subjects)
        yield from find_matters(at, frame, subjects)
        yield from find_effects(at, frame, subjects)
        yield from find_only_if(at, frame, subjects)
        yield from _among_them(at, frame, subjects)
    found = Arguments(subjects, objects, taken)
    for reading in readings_of(frame.verb, frame.place):
        claims = reading(at, frame, found)
        if claims is not None:
            yield from claims
            return
    yield from find_main_claims(at, frame, subjects, objects)


def _is_of_this(at: Context, frame: Frame) -> bool:
    """Tell whether the subject only points at something: 此举, 该|协定."""
    return at.is_of_this(frame) or any(map(at.is_pointed_at, frame.subjects))


def _contents(at: Context, frame: Frame, document: Mention) -> Iterator[Claim]:
    """印发《规划》，明确|目标任务: what it sets down it calls for, but not whom it addresses."""
    named = at.with_members(frame.objects)
    things = tuple(obj for obj in named if obj.kind not in ACTORS and not _is_time(obj))
    yield from at.stated_of_all(frame, (document,), RelationKind.ADVOCATES, things, "document-says")


def _is_time(mention: Mention) -> bool:
    """Tell whether a name tells when: in 十五五时期将推动发展 it does nothing itself."""
    return mention.name.endswith(load_word_ends("time_ends"))


def _shown(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """指数上升，表明需求强劲，订单增多: what a figure shows, it has to do with."""
    if frame.place != "main":
        return
    if at.scope.showing is not None:
        shows, sources = at.scope.showing
        yield from at.stated_of_all(shows, sources, RelationKind.RELATED_TO, subjects, "shown")
    elif frame.verb in load_word_set("proving_verbs") and not is_negated(frame):
        at.scope.showing = (frame, subjects or at.scope.subjects)


def _among_them(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """投资增长，其中，制造业投资…: what is named then is a part of what was named before, if of its kind."""
    if frame.place != "main" or not frame.has_own_subject:
        return
    start = at.among_them_start()
    if start < 0:
        return
    if frame.cue_span.end <= start:
        at.scope.whole = subjects[-1:]
        return
    wholes = at.scope.whole or at.state.subjects[-1:]
    for whole in wholes:
        for part in subjects:
            if part.span.start >= start and is_of_a_kind(part, whole):
                yield at.stated(frame, whole, RelationKind.INCLUDES, part, "among-them")


def is_of_a_kind(part: Mention, whole: Mention) -> bool:
    """Tell whether two names have the same head: 固定资产投资, 制造业投资."""
    return part.name != whole.name and part.name[-2:] == whole.name[-2:]


def _heading_of(at: Context, frame: Frame) -> Mentions:
    """入围标准。包括质量标准和供应标准: what a sentence begins to list is what the one before only names."""
    lists = frame.entry is not None and frame.entry.kind is RelationKind.INCLUDES
    return at.state.bare if lists and frame.cue_span.start == at.base else ()


def _objects(at: Context, frame: Frame, taken: Mentions) -> Mentions:
    objects = taken or _needed(at, frame) or at.with_members(frame.objects)
    is_dealing = frame.entry is not None and frame.entry.kind in _DEALING and not frame.objects
    is_aiding = frame.verb in load_word_set("aid_verbs") and (not objects or bool(at.aid_given(frame)))
    if not (is_dealing or is_aiding):
        return objects
    nouns = [noun for phrase in at.phrases(frame, "aided") for noun in phrase.nominal.heads]
    helped = at.with_members(nouns) or (_aided(at, frame) if is_aiding else ())
    # 加大|对产粮大县|支持, 对企业|给予|重点扶持, 对违法行为|查处
    return helped or (_helped_by(at, frame) if is_aiding else ()) or objects


def _aided(at: Context, frame: Frame) -> Mentions:
    """加强|对小微企业的|信贷支持: whom the aid is for gets it."""
    if not at.sentence.text.startswith("对", frame.verb_span.end - at.base):
        return ()
    return at.mentions([owner for noun in at.aid_given(frame) for owner in noun.owners])


def _helped_by(at: Context, frame: Frame) -> Mentions:
    """给予民营企业支持: who is named right before the aid gets it."""
    aid = load_word_ends("aid_nouns")
    return tuple(
        mention
        for noun in frame.objects
        for mention in at.names.mentions
        if mention.kind in ACTORS
        and mention.span.start == noun.span.start
        and at.sentence.text[mention.span.end - at.base : noun.span.end - at.base] in aid
    )


def _needed(at: Context, frame: Frame) -> Mentions:
    """离不开新知识的支撑: what is needed is what gives the support."""
    if frame.entry is None or frame.entry.kind is not RelationKind.REQUIRES:
        return ()
    heads = load_kinds("copula_heads")
    supports = [noun for noun in frame.objects if heads.get(at.last_word(noun)) is RelationKind.SUPPORTS]
    return at.mentions([owner for noun in supports for owner in noun.owners])
