"""Who takes part in an event: who speaks at it, and who speaks where the article reports one meeting."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.records import Claim, Mention
from kg.relations.contexts import Context
from kg.rules import load_word_set
from kg.schema import EntityKind, RelationKind, SentenceKind

_LEADING = 2  # sentences of the text that tell which meeting a report is about


def find_attendance(at: Context, frame: Frame) -> Iterator[Claim]:
    """某人在会议上强调: who speaks at an event takes part in it."""
    people = [mention for mention in at.mentions(frame.subjects) if mention.kind is EntityKind.PERSON]
    for phrase in at.phrases(frame, "at") if people else ():
        for event in at.mentions(phrase.nominal.heads):
            if event.kind is EntityKind.EVENT:
                for person in people:
                    yield at.claim(person, RelationKind.PARTICIPATES_IN, event, frame.verb_span, "attending")


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
    if speaker.sentence_index == at.sentence.index and speaker.name not in at.state.present:
        at.state.present.add(speaker.name)
        yield at.claim(speaker, RelationKind.PARTICIPATES_IN, event, frame.verb_span, "speaking-there")
