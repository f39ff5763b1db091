"""Titles of notices and replies: 国务院关于印发…的通知 says what its issuer puts in force or calls for."""

from collections.abc import Iterator

from kg.clauses import Frame
from kg.naming import ABOUT
from kg.records import Claim, Mention, replace
from kg.relations.contexts import Context
from kg.relations.states import Mentions
from kg.rules import load_word_set
from kg.schema import EntityKind, RelationKind, SentenceKind


def find_title_claims(at: Context) -> Iterator[Claim]:
    """国务院关于发展服务业的意见: the document calls for it; what its issuer puts in force, he implements."""
    issuer = _issuer(at)
    if issuer is None:
        return
    document = at.state.document
    is_named = document is not None and document.source == "title"
    for frame in at.parse.frames:
        if frame.place == "inner":
            kind = RelationKind.IMPLEMENTS if _is_issuing(frame) and not is_named else RelationKind.ADVOCATES
            for obj in _matters(at, frame):
                speaker = document if document is not None and is_named else issuer
                claim = at.claim(speaker, kind, obj, frame.cue_span, "title-about")
                yield replace(claim, action=frame.action if kind is RelationKind.ADVOCATES else None)


def _issuer(at: Context) -> Mention | None:
    """Return the body that the title begins with, where the title is that of a notice about something."""
    if at.sentence.kind is not SentenceKind.TITLE or ABOUT not in at.sentence.text:
        return None
    if not at.sentence.text.endswith(tuple(load_word_set("notices"))):
        return None
    bodies = (m for m in at.names.mentions if m.kind is EntityKind.ORGANIZATION)
    first = next((body for body in bodies if body.span.start == at.base), None)
    if first is None:
        return None
    return first if at.sentence.text.startswith(ABOUT, first.span.end - at.base) else None


def _is_issuing(frame: Frame) -> bool:
    return frame.entry is not None and frame.entry.kind is RelationKind.IMPLEMENTS


def _matters(at: Context, frame: Frame) -> Mentions:
    """Return what the notice is about: what owns 通知, or else the object."""
    notices = load_word_set("notices")
    nouns = [n for noun in frame.objects for n in (noun.owners if at.last_word(noun) in notices else (noun,))]
    return at.mentions(nouns)
