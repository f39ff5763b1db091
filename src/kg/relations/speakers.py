"""Who says it: speakers of quotations, documents whose words go on, and the actor a report is about."""

import re
from collections.abc import Iterator, Sequence

from kg.articles.names import is_all_names
from kg.clauses import Frame, Parse
from kg.mentions import NamedNouns
from kg.records import Claim, Mention, Span
from kg.relations.contexts import ACTORS, Context
from kg.rules import load_word_set
from kg.schema import EntityKind, Modality, RelationKind, SentenceKind

SPEAKER_KINDS = ACTORS | {EntityKind.POLICY, EntityKind.EVENT}

_LABEL_RE = re.compile("([\u4e00-\u9fff]{2,3})：")
_COLUMN_RE = re.compile("^【[^】]*】")  # the series an article belongs to
_SPACE_RE = re.compile(r"\s")
_DASH = "——"  # before whose words a paragraph quotes
_ABOUT = "关于"  # a title about a matter names no actor of what follows


def is_speech(at: Context, frame: Frame) -> bool:
    """Tell whether the verb says who speaks, and not what: 会议|强调，…."""
    if frame.verb not in load_word_set("speech_verbs") or frame.objects:
        return False
    return bool(frame.subjects) or at.state.last_speaker is not None


def hear(at: Context, frame: Frame) -> None:
    """Take the subject of a speech verb as the speaker of what follows; 他强调 is the last one."""
    speaker = _speaker_of(at, frame)
    if not frame.subjects:
        speaker = at.state.speaker or at.state.last_speaker
    if speaker is not None:
        at.state.speaker = at.state.last_speaker = speaker
        at.state.speaker_paragraph = at.sentence.paragraph
        at.state.is_document = _is_subject_of_article(at, speaker)


def find_signatures(parses: Sequence[tuple[Parse, NamedNouns]]) -> dict[int, Mention]:
    """Return whose words a paragraph is where the next one only says so: ——某人在会议上的讲话.

    Returns:
        The person by the number of the paragraph.
    """
    return {
        parse.sentence.paragraph - 1: person
        for parse, names in parses
        if _is_signature(parse) and (person := _first_of_kind(names, EntityKind.PERSON)) is not None
    }


def find_appearances(at: Context) -> Iterator[Claim]:
    """——某人在会议上的讲话: who spoke at an event took part in it."""
    if not _is_signature(at.parse):
        return
    person, event = (_first_of_kind(at.names, kind) for kind in (EntityKind.PERSON, EntityKind.EVENT))
    if person is not None and event is not None:
        yield at.claim(person, RelationKind.PARTICIPATES_IN, event, at.parse.words[-1].span, "signature")


def _is_signature(parse: Parse) -> bool:
    text = parse.sentence.text
    return text.startswith(_DASH) and text.endswith(tuple(load_word_set("speeches")))


def _first_of_kind(names: NamedNouns, kind: EntityKind) -> Mention | None:
    return next((mention for mention in names.mentions if mention.kind is kind), None)


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
    speaker = _closing_speaker(at)
    if speaker is not None:
        at.state.speaker, at.state.speaker_paragraph = speaker, at.sentence.paragraph
    return start


def end_sentence(at: Context) -> None:
    """Keep subject and actor of the sentence for the next ones that have none or a pronoun."""
    at.state.named.extend(at.names.mentions)
    at.state.going_on = at.scope.subjects if _goes_on(at) else ()
    if at.scope.has_subject:
        at.state.subjects = at.scope.subjects
    if not at.scope.has_subject or at.scope.modality is Modality.REQUIRED:
        return
    actors = tuple(mention for mention in at.scope.subjects if mention.kind in ACTORS)
    is_title = at.sentence.kind is SentenceKind.TITLE
    if actors and is_title and _ABOUT not in at.state.title:
        at.state.home = actors
    if actors and at.state.speaker is None and not is_title:
        at.state.actor, at.state.actor_paragraph = actors, at.sentence.paragraph


def _goes_on(at: Context) -> bool:
    """Tell whether the next sentence is one more of the same subject: 量子计算可用于甲；可用于乙."""
    return at.sentence.text.endswith("；") and at.scope.modality is not Modality.REQUIRED


def _settle_home(at: Context) -> None:
    """The actor that a title begins with is that of what follows, as is who answers or reports in it."""
    reports = at.sentence.text.endswith(tuple(load_word_set("report_titles")))
    if _ABOUT in at.sentence.text and not reports:
        return
    start = at.base + len(at.sentence.text) - len(_COLUMN_RE.sub("", at.sentence.text))
    first = next((m for m in at.names.mentions if m.span.start == start and m.kind in ACTORS), None)
    if first is not None:
        at.state.home = (first,)


def _forget(at: Context) -> None:
    """A person's words end with the paragraph; a document's go on through its summary."""
    if at.sentence.paragraph != at.state.actor_paragraph:
        at.state.actor = at.state.home
    if at.state.is_document and at.sentence.kind is SentenceKind.BODY:
        return
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
    return next(iter(people or able), None)  # 常委、总理李强强调: offices stand before the one who speaks


def _is_subject_of_article(at: Context, speaker: Mention) -> bool:
    """A document's words go on where the article is about it, and it is not quoted in marks."""
    if speaker.kind is not EntityKind.POLICY or "“" in at.sentence.text:
        return False
    return _SPACE_RE.sub("", speaker.name) in _SPACE_RE.sub("", at.state.title)
