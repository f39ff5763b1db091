"""Who says it: speakers of quotations, documents whose words go on, and the actor a report is about."""

import re
from functools import cache

from kg.articles.names import is_all_names
from kg.clauses import Frame
from kg.naming import ABOUT
from kg.records import Mention, Span, Word, replace
from kg.relations.contexts import ACTORS, Context
from kg.rules import load_word_classes, load_word_set
from kg.schema import EntityKind, Modality, SentenceKind

SPEAKER_KINDS = ACTORS | {EntityKind.POLICY, EntityKind.EVENT}

_NEAR = 2  # words before a speech verb among which who speaks is told
_LABEL_RE = re.compile("([\u4e00-\u9fff]{2,3})：")
_COLUMN_RE = re.compile("^【[^】]*】")  # the series an article belongs to
# A paragraph that lists what the one before began to call for: ——要…; 一是…; 第二，….
_GOING_ON_RE = re.compile("(?:——|要|[一二三四五六七八九十][是要]|第[一二三四五六七八九十][，、])")
_SINCE_RE = re.compile("(?:[0-9一二三四五六七八九十两几多]+周?[年个月天]+)?[以多]?来")  # 倡议提出3年来
_SPACE_RE = re.compile(r"\s")
_LONGEST_MATTER = 20  # characters between 印发 and 通知
_HEAD_LINES = 2  # sentences of a letter, among which it is told whom it is sent to
_GOVERNMENT = "人民政府"
_SHORTEST_BODY = 4  # characters of a body's own name; 银行 is any bank


def is_speech(at: Context, frame: Frame) -> bool:
    """Tell whether the verb says who speaks, and not what: 会议|强调，…."""
    if _announces(at, frame):
        return True
    if frame.verb not in load_word_set("speech_verbs"):
        return False
    if frame.objects and not (frame.verb in load_word_set("petition_verbs") and _is_for_another(at, frame)):
        return False
    if _SINCE_RE.match(at.sentence.text, frame.verb_span.end - at.base):
        return False
    if frame.verb in load_word_set("petition_verbs"):
        return bool(frame.subjects or at.pronoun_subjects(frame))
    if frame.subjects or at.state.last_speaker is not None or _acting_speaker(at, frame) is not None:
        return True
    return _person_meant(at, frame) is not None


def _announces(at: Context, frame: Frame) -> bool:
    """Tell whether the object is what is said next: 提出三点要求：…, 作出部署：…, 提出四点建议。 一是…."""
    is_uttered = frame.verb in load_word_set("uttering_verbs") or frame.verb in load_word_set("speech_verbs")
    if not is_uttered or not frame.subjects or not frame.objects:
        return False
    noun = frame.objects[-1]
    if at.last_word(noun) not in load_word_set("announced_nouns"):
        return False
    after = at.sentence.text[noun.span.end - at.base :]
    return after.startswith("：") or (after == "。" and at.parse.roles[noun.first - 1] == "Q")


def hear(at: Context, frame: Frame) -> Mention | None:
    """Take the subject of a speech verb as the speaker of what follows, and return it; 他 is the last one."""
    speaker = _speaker_of(at, frame)
    if frame.verb in load_word_set("petition_verbs"):
        speaker = speaker or next(iter(at.pronoun_subjects(frame)), None)
        at.scope.is_petition = speaker is not None
    elif not frame.subjects and _are_many(at, frame):
        at.state.speaker = None  # 大家表示: none of those who spoke before
    elif not frame.subjects:
        acting = _acting_speaker(at, frame)
        speaker = _person_meant(at, frame) or acting or at.state.speaker or at.state.last_speaker
        if acting is not None:
            at.scope.forget_subject()
    if speaker is not None:
        take_as_speaker(at, speaker)
    return speaker


def issued_document(at: Context, frame: Frame) -> Mention | None:
    """Return the document issued right before that says what follows: 印发《意见》，|提出|深化改革."""
    if frame.place != "main" or frame.subjects:
        return None
    told = frame.action.removeprefix("并")
    if not told.startswith(tuple(load_word_set("document_speech"))):
        return None
    for issued in reversed(at.parse.frames):
        if issued.place == "main" and issued.clause < frame.clause:
            named = at.mentions(issued.objects) if issued.verb in load_word_set("issuing_verbs") else ()
            documents = (m for m in named if m.text[0] == "《" and m.kind is EntityKind.POLICY)
            return next(documents, None)
    return None


def _acting_speaker(at: Context, frame: Frame) -> Mention | None:
    """Return who did something in the clauses before and now speaks: 某人参观企业，|表示愿加强合作."""
    if not at.scope.has_subject or frame.verb not in load_word_set("saying_verbs"):
        return None
    people = [mention for mention in at.scope.subjects if mention.kind is EntityKind.PERSON]
    return people[-1] if people else None


def urge(at: Context, frame: Frame) -> bool:
    """Tell whether a person urges others here, and let that person call for what they are to do.

    张三到企业调研，希望大家加快转型: the one who urges is the subject so far.
    """
    if frame.place != "main" or (frame.objects and not _is_for_another(at, frame)):
        return False
    meant = None if frame.subjects else _person_meant(at, frame) or at.state.speaker
    able = (meant,) if meant is not None else at.mentions(frame.subjects) or at.scope.subjects
    people = [mention for mention in able if mention.kind is EntityKind.PERSON]
    if not people:
        return False
    take_as_speaker(at, people[-1])
    at.scope.settle((people[-1],))
    at.scope.modality, at.scope.strength = Modality.REQUIRED, None
    return True


def _is_for_another(at: Context, frame: Frame) -> bool:
    """Tell whether the object is to do something itself: 请求|国家|加大投入."""
    return any(f.place == "pivot" and f.clause == frame.clause for f in at.parse.frames)


def take_as_speaker(at: Context, speaker: Mention) -> None:
    """Let what follows be the words of *speaker*."""
    at.state.speaker = at.state.last_speaker = speaker
    at.state.speaker_paragraph = at.sentence.paragraph
    at.state.is_document = _is_subject_of_article(at, speaker)


def begin_sentence(at: Context) -> None:
    """Settle who speaks and who acts before the sentence is read."""
    if at.sentence.kind is SentenceKind.TITLE:
        at.state.title += at.sentence.text
        _settle_home(at)
    _forget(at)
    signed = at.state.signed.get(at.sentence.paragraph)
    if signed is not None and at.state.speaker is None:
        at.state.speaker, at.state.speaker_paragraph = signed, at.sentence.paragraph
    if at.state.going_on:
        at.scope.settle(at.state.going_on)


def hear_frame_of_quotation(at: Context) -> int:
    """Hear who is named before the sentence (某人：…) or after the quotation (“…”，某人说).

    Returns:
        Where what is said begins in the article.
    """
    start = _hear_label(at)
    _hear_document(at)
    speaker = _closing_speaker(at)
    if speaker is not None:
        at.state.speaker, at.state.speaker_paragraph = speaker, at.sentence.paragraph
    return start


def end_sentence(at: Context) -> None:
    """Keep subject and actor of the sentence for the next ones that have none or a pronoun."""
    _hear_addressees(at)
    at.state.named.extend(at.names.mentions)
    at.state.n_read += at.sentence.kind is SentenceKind.BODY
    things = set() if at.parse.frames else {mention.name for mention in at.names.mentions}
    at.state.bare = at.names.mentions[:1] if len(things) == 1 else ()
    _remember_issuer(at)
    at.state.going_on = at.scope.subjects if _goes_on(at) else ()
    if at.scope.has_subject:
        at.state.subjects = at.scope.subjects
    if not at.scope.has_subject or at.scope.modality is Modality.REQUIRED:
        return
    actors = tuple(mention for mention in at.scope.subjects if mention.kind in ACTORS)
    is_title = at.sentence.kind is SentenceKind.TITLE
    if actors and is_title and ABOUT not in at.state.title:
        at.state.home = actors
    if actors and at.state.speaker is None and not is_title:
        at.state.actor, at.state.actor_paragraph = actors, at.sentence.paragraph
        at.state.is_actor_named = any(_is_named(at, actor) for actor in actors)


def _is_named(at: Context, actor: Mention) -> bool:
    """Tell whether the actor is one place or body, by the tag of its name: 山东, 国家金融监督管理总局."""
    tags = [word.tag for word in at.parse.words if actor.span.start <= word.span.start < actor.span.end]
    if actor.kind is EntityKind.PLACE:
        return tags == ["ns"]
    return bool(tags) and tags[-1] == "nt" and len(actor.name) >= _SHORTEST_BODY


def _hear_addressees(at: Context) -> None:
    """A line of names and a colon over a letter or reply says whom it is sent to: 四川省人民政府：."""
    if at.state.n_read > _HEAD_LINES or at.state.addressees or not at.sentence.text.endswith("："):
        return
    rest = list(at.sentence.text)
    able = [m for m in at.names.mentions if m.kind in (EntityKind.ORGANIZATION, EntityKind.PERSON)]
    for mention in able:
        for index in range(mention.span.start - at.base, mention.span.end - at.base):
            rest[index] = ""
    left = "".join(rest).strip("、，：和 及各")
    if able and (not left or left in load_word_set("deputies")):
        at.state.addressees = tuple([_governed(at, mention) for mention in able])


def _governed(at: Context, body: Mention) -> Mention:
    """Return the province or city that a government is of, for which it asks (四川省人民政府 → 四川)."""
    place, government, _ = body.name.partition(_GOVERNMENT)
    if not government:
        return body
    known = (m for m in at.state.named if m.kind is EntityKind.PLACE and place.startswith(m.name))
    return next(known, replace(body, name=place, kind=EntityKind.PLACE))


def _goes_on(at: Context) -> bool:
    """Tell whether the next sentence is one more of the same subject: 量子计算可用于甲；可用于乙."""
    return at.sentence.text.endswith("；") and at.scope.modality is not Modality.REQUIRED


def _settle_home(at: Context) -> None:
    """The actor that a title begins with is that of what follows, as is who answers or reports in it."""
    reports = at.sentence.text.endswith(tuple(load_word_set("report_titles")))
    if ABOUT in at.sentence.text and not reports:  # a title about a matter names no actor of what follows
        return
    if any(mention.source == "title" for mention in at.names.mentions):
        return  # an official document calls for things; it does not report
    start = at.base + len(at.sentence.text) - len(_COLUMN_RE.sub("", at.sentence.text))
    first = next((m for m in at.names.mentions if m.span.start == start and m.kind in ACTORS), None)
    if first is None:
        return
    at.state.home = (first,)
    is_led = at.sentence.text[first.span.end - at.base :].startswith("：")
    if is_led and first.kind is not EntityKind.PERSON:
        at.scope.settle((first,))  # 浙江：推动民营经济发展


def _forget(at: Context) -> None:
    """A person's words end with the paragraph or its list; a document's go on through its summary."""
    if at.sentence.paragraph != at.state.actor_paragraph:
        at.state.actor = at.state.home
    if at.state.is_document and at.sentence.kind is SentenceKind.BODY:
        return
    if at.sentence.paragraph == at.state.speaker_paragraph + 1 and _GOING_ON_RE.match(at.sentence.text):
        at.state.speaker_paragraph += 1
    if at.sentence.paragraph != at.state.speaker_paragraph:
        at.state.speaker = None
        at.state.is_document = False


def _hear_label(at: Context) -> int:
    """In an interview a name and a colon begin what that person says; 记者： ends it.

    Returns:
        Where the words after the label begin.
    """
    match = _LABEL_RE.match(at.sentence.text)
    if match is None or at.sentence.kind is not SentenceKind.BODY:
        return at.base
    label = match.group(1)
    if label in load_word_set("interviewers"):
        at.state.speaker, at.state.is_document = None, False
        return at.base + match.end()
    if is_all_names(label) and len(at.sentence.text) > match.end():
        span = Span(at.base, at.base + len(label))
        at.state.speaker = Mention(
            at.sentence.article_id, at.sentence.index, span, label, label, EntityKind.PERSON, "label"
        )
        at.state.is_document = True  # goes on over paragraphs, like a document's words
        return at.base + match.end()
    return at.base


def _hear_document(at: Context) -> None:
    """通知要求，…: a document without its title is the last one that ends so, or speaks for who issued it."""
    match = _document_re().match(at.sentence.text)
    if match is None or any(mention.span.start == at.base for mention in at.names.mentions):
        return
    noun = match.group(1)
    named = (m for m in reversed(at.state.named) if m.kind is EntityKind.POLICY and m.name.endswith(noun))
    speaker = next(named, None) or at.state.issuers.get(noun)
    if speaker is not None:
        at.state.speaker = at.state.last_speaker = speaker
        at.state.speaker_paragraph, at.state.is_document = at.sentence.paragraph, True


@cache
def _document_re() -> re.Pattern[str]:
    """Return what a sentence in the words of a document begins with: 通知|还要求，."""
    nouns, verbs = ("|".join(sorted(load_word_set(name))) for name in ("document_nouns", "speech_verbs"))
    return re.compile(f"({nouns})[还也并]?(?:同时)?(?:{verbs})[，：]")


@cache
def _issue_re() -> re.Pattern[str]:
    """Return how a document without title is issued: 印发|关于防汛的|通知."""
    nouns, verbs = ("|".join(sorted(load_word_set(name))) for name in ("document_nouns", "issuing_verbs"))
    return re.compile(f"(?:{verbs})了?([^，。；：《》]{{0,{_LONGEST_MATTER}}}?({nouns}))")


def _remember_issuer(at: Context) -> None:
    """省畜牧局发出通知: later the notice speaks for its issuer."""
    match = _issue_re().search(at.sentence.text)
    if match is None:
        return
    end = at.base + match.start()
    bodies = [m for m in at.names.mentions if m.kind is EntityKind.ORGANIZATION and m.span.end <= end]
    if bodies:
        at.state.issuers[match.group(2)] = bodies[0]


def _closing_speaker(at: Context) -> Mention | None:
    if "“" not in at.sentence.text[:2]:
        return None
    for frame in reversed(at.parse.frames):
        if is_speech(at, frame) and frame.clause > 0:
            return _speaker_of(at, frame)
    return None


def _speaker_of(at: Context, frame: Frame) -> Mention | None:
    able = [mention for mention in at.mentions(frame.subjects) if mention.kind in SPEAKER_KINDS]
    people = [mention for mention in able if mention.kind is EntityKind.PERSON]
    # 常委、总理李强强调: offices stand before the one who speaks
    return _name_before(at, frame) or next(iter(people or able), None)


def _name_before(at: Context, frame: Frame) -> Mention | None:
    """Return the person named right before the verb, however long the offices are (主任兼院长某人|说)."""
    starts = (frame.cue_span.start, frame.verb_span.start)
    is_person = EntityKind.PERSON
    return next((m for m in at.names.mentions if m.kind is is_person and m.span.end in starts), None)


def _person_meant(at: Context, frame: Frame) -> Mention | None:
    """Return whom 他 or 她 before a speech verb means: the last person who did or said something."""
    pronoun = _word_before(at, frame)
    if pronoun is None or pronoun.text not in load_word_classes("relation_words")["person"]:
        return None
    start = pronoun.span.start
    here = [m for m in at.names.mentions if m.kind is EntityKind.PERSON and m.span.end <= start]
    if here:
        return here[-1]
    acting = [mention for mention in at.state.subjects if mention.kind is EntityKind.PERSON]
    known = [*acting[-1:], *((at.state.last_speaker,) if at.state.last_speaker else ())]
    people = [mention for mention in known if mention.kind is EntityKind.PERSON]
    return max(people, key=lambda mention: mention.sentence_index, default=None)


def _are_many(at: Context, frame: Frame) -> bool:
    """Tell whether all present speak, whom nothing names: 大家|表示."""
    people = load_word_classes("relation_words")["people"]
    before = [word.text for word in at.parse.words if word.span.end <= frame.verb_span.start]
    return any(word in people for word in before[-_NEAR:])


def _word_before(at: Context, frame: Frame) -> Word | None:
    """Return the word right before what is cited of a frame."""
    return next((word for word in at.parse.words if word.span.end == frame.cue_span.start), None)


def _is_subject_of_article(at: Context, speaker: Mention) -> bool:
    """A document's words go on where the article is about it, and it is not quoted in marks."""
    if speaker.kind is not EntityKind.POLICY or "“" in at.sentence.text:
        return False
    return _SPACE_RE.sub("", speaker.name) in _SPACE_RE.sub("", at.state.title)
