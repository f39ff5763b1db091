"""Who takes part in an event: who speaks at it, and who speaks where the article reports one meeting."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.clauses import Frame
from kg.records import Claim, Mention, Span, replace
from kg.relations.contexts import ACTORS, Context
from kg.relations.states import Mentions
from kg.rules import load_word_set
from kg.schema import EntityKind, RelationKind, SentenceKind

_AT = "在"
_DURING = ("上", "期间")
_AT_MEETING = "在会上"
_FARTHEST = 20  # characters between 在 and the event: 在今天举行的
_BY_LETTER_RE = re.compile("[贺致来]信|[贺致来]电")  # who writes is not there
_BREAK_RE = re.compile("[，。；：！？、和与]")
_LONGEST_OFFICE = 12  # characters: 总书记12月16日
_LEADING = 2  # sentences of the text that tell which meeting a report is about


def find_attendance(at: Context, frame: Frame) -> Iterator[Claim]:
    """某人在会议上强调: who speaks at an event takes part in it."""
    people = [mention for mention in at.mentions(frame.subjects) if mention.kind is EntityKind.PERSON]
    for phrase in at.phrases(frame, "at") if people else ():
        for event in at.mentions(phrase.nominal.heads):
            if event.kind is EntityKind.EVENT:
                for person in people:
                    yield at.claim(person, RelationKind.PARTICIPATES_IN, event, frame.verb_span, "attending")


def find_appearances_at(at: Context) -> Iterator[Claim]:
    """某人总书记在会议上的讲话: whoever the text has at an event takes part in it."""
    people = [mention for mention in at.names.mentions if mention.kind is EntityKind.PERSON]
    if not people:
        return
    for start, end, event in _occasions(at):
        person = next((m for m in reversed(people) if m.span.end <= start), None)
        if person is not None and _is_office(at.sentence.text[person.span.end - at.base : start - at.base]):
            yield at.claim(person, RelationKind.PARTICIPATES_IN, event, Span(start, end), "at-event")


def _occasions(at: Context) -> Iterator[tuple[int, int, Mention]]:
    """Yield where 在…上 begins and ends and the event within; 会上 is that which the article is about."""
    text = at.sentence.text
    for event in at.names.mentions:
        if event.kind is not EntityKind.EVENT:
            continue
        end = event.span.end - at.base
        start = text.rfind(_AT, max(0, event.span.start - at.base - _FARTHEST), event.span.start - at.base)
        if start >= 0 and text.startswith(_DURING, end):
            yield at.base + start, event.span.end, event
    start = text.find(_AT_MEETING)
    known = (m for m in reversed(at.state.named) if m.kind is EntityKind.EVENT)
    meeting = (at.state.meeting or next(known, None)) if start >= 0 else None
    if meeting is not None:
        yield at.base + start, at.base + start + len(_AT_MEETING), meeting


def find_receptions(at: Context) -> Iterator[Claim]:
    """李强会见来华出席进博会的法国总统马克龙: who is received attends the event, the host receives."""
    receiving, text = load_word_set("receiving_verbs"), at.sentence.text
    if receiving.isdisjoint(at.texts):
        return
    word = next(word for word in at.parse.words if word.text in receiving)
    people = [mention for mention in at.names.mentions if mention.kind is EntityKind.PERSON]
    hosts = [person for person in people if person.span.end <= word.span.start]
    stop = text.find("，", word.span.end - at.base)
    end = at.base + (stop if stop >= 0 else len(text))
    guests = [person for person in people if word.span.end <= person.span.start < end]
    if not guests or not hosts or "，" in text[hosts[-1].span.end - at.base : word.span.start - at.base]:
        return
    for guest in guests:
        claim = at.claim(hosts[-1], RelationKind.RELATED_TO, guest, word.span, "reception")
        yield replace(claim, label=word.text)
    between = text[word.span.end - at.base : guests[0].span.start - at.base]
    if not any(verb in between for verb in ("出席", "参加")):
        return
    for event in at.names.mentions:
        if event.kind is EntityKind.EVENT and word.span.end <= event.span.start < guests[0].span.start:
            yield at.claim(guests[0], RelationKind.PARTICIPATES_IN, event, word.span, "received-there")


def find_attenders(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim] | None:
    """约160名代表参会, 企业参展: who does so takes part in the event that is spoken of."""
    presides = frame.verb in load_word_set("presiding_verbs") and not frame.objects and frame.place == "main"
    if not presides and frame.verb not in load_word_set("attending_verbs"):
        return None
    if presides and at.state.meeting is None:
        return None
    people = subjects or at.mentions(frame.objects)
    people = tuple(mention for mention in people if mention.kind in ACTORS)
    return _attending(at, people, frame.verb_span)


def find_attending_groups(at: Context) -> Iterator[Claim]:
    """与会专家表示: the group has its name from taking part."""
    attending = load_word_set("attending_verbs")
    if attending.isdisjoint(at.texts):
        return
    for word, after in pairwise(at.parse.words):
        if word.text in attending:
            named = (m for m in at.names.mentions if m.span.start == after.span.start)
            people = tuple(mention for mention in named if mention.kind in ACTORS)
            yield from _attending(at, people[:1], word.span)


def _attending(at: Context, people: Mentions, cue_span: Span) -> Iterator[Claim]:
    known = (m for m in reversed(at.state.named) if m.kind is EntityKind.EVENT)
    event = at.state.meeting or next(known, None)
    if event is None:
        return
    for person in people:
        yield at.claim(person, RelationKind.PARTICIPATES_IN, event, cue_span, "attending-there")


def _is_office(between: str) -> bool:
    """Tell whether nothing but an office or a day stands between the name and 在."""
    return len(between) <= _LONGEST_OFFICE and _BREAK_RE.search(between) is None


def note_meeting(at: Context, frame: Frame) -> None:
    """Keep the event that a report begins with: 国务院新闻办公室今天举行新闻发布会."""
    is_leading = at.sentence.kind is SentenceKind.TITLE or at.state.n_read < _LEADING
    if not is_leading or at.state.meeting is not None or frame.verb not in load_word_set("holding_verbs"):
        return
    named = at.mentions(frame.objects) or at.mentions(frame.subjects)
    at.state.meeting = next((m for m in named if m.kind is EntityKind.EVENT), None)


def find_speaker_at_meeting(at: Context, frame: Frame, speaker: Mention) -> Iterator[Claim]:
    """司长某人介绍，… in the report of a press conference: who speaks there takes part in it."""
    event = at.state.meeting
    if event is None or speaker.kind is not EntityKind.PERSON or at.sentence.kind is SentenceKind.TITLE:
        return
    if _BY_LETTER_RE.search(at.sentence.text):
        return
    if speaker.sentence_index == at.sentence.index and speaker.name not in at.state.present:
        at.state.present.add(speaker.name)
        yield at.claim(speaker, RelationKind.PARTICIPATES_IN, event, frame.verb_span, "speaking-there")
