"""What a notice, reply or statute says of itself: who issues it, what for, on what grounds, who agreed."""

import re
from collections.abc import Iterator, Sequence

from kg.decrees import document_of, issuers_of
from kg.records import Claim, Mention, Span, replace
from kg.relations.contexts import ACTORS, Context
from kg.relations.wordings import load_wording
from kg.rules import load_word_classes, load_word_ends, load_word_set
from kg.schema import EntityKind, Modality, RelationKind, SentenceKind

_FEW = 2  # measures that a remark of who is in charge is taken to speak of
_FEW_BODIES = 3  # more of them share one task, the first
_CLAUSE_RE = re.compile("[^，；：]+")


def settle_document(at: Context) -> Iterator[Claim]:
    """Take the document that a title or heading names as the one that speaks, and yield who issued it."""
    if at.sentence.kind is SentenceKind.BODY:
        at.state.is_statute |= load_wording("article").match(at.sentence.text) is not None
        return
    document = document_of(at.parse, at.names)
    if document is None:
        return
    at.state.document = document
    if at.sentence.kind is SentenceKind.TITLE and document.source == "title":
        issuers = issuers_of(at.sentence.text, at.names.mentions, at.base)
        for issuer in issuers:
            yield at.claim(issuer, RelationKind.IMPLEMENTS, document, issuer.span, "title-document")
        yield from _answers(at, document, issuers)


def is_decree_title(at: Context) -> bool:
    """Tell whether the sentence is the title of an official document, whose verbs are read with that."""
    document = at.state.document
    if at.sentence.kind is not SentenceKind.TITLE or document is None:
        return False
    return document.span == at.sentence.span and document.source == "title"


def _answers(at: Context, document: Mention, issuers: tuple[Mention, ...]) -> Iterator[Claim]:
    """某办公厅对第2号建议的答复: who replies has to do with what the reply is to."""
    ends = tuple(load_word_set("proposal_nouns"))
    proposals = [m for m in at.names.mentions if m.kind is EntityKind.POLICY and m.name.endswith(ends)]
    reply = load_wording("reply").search(at.sentence.text)
    if not proposals or reply is None:
        return
    at.state.proposal = proposals[0]
    cue_span = Span(document.span.end - len(reply[0]), document.span.end)
    for issuer in issuers:
        claim = at.claim(issuer, RelationKind.RELATED_TO, proposals[0], cue_span, "reply")
        yield replace(claim, label=reply[0])


def find_proposals(at: Context) -> Iterator[Claim]:
    """您提出的关于建设甲的建议收悉: whom the reply is sent to made the proposal, which calls for 甲."""
    proposal = at.state.proposal
    match = load_wording("proposal").match(at.sentence.text) if proposal is not None else None
    if match is None or proposal is None:
        return
    verb = Span(at.base + match.start("verb"), at.base + match.end("verb"))
    for person in at.state.addressees:
        yield at.claim(person, RelationKind.IMPLEMENTS, proposal, verb, "proposer")
    matter = Span(at.base + match.start("matter"), at.base + match.end("matter"))
    for thing in at.names.mentions:
        if matter.contains(thing.span) and thing.kind not in ACTORS:
            yield at.claim(proposal, RelationKind.ADVOCATES, thing, verb, "proposer")


def find_decree_claims(at: Context) -> tuple[int, list[Claim]]:
    """Read 为完善制度，根据《某法》，制定本办法: what the document aims at, and what it rests on.

    Returns:
        Up to where the sentence is read with that, and the claims.
    """
    document = at.state.document
    claims = list(_consents(at)) if document is not None else []
    if (
        document is None
        or at.sentence.kind is not SentenceKind.BODY
        or not load_wording("making").search(at.sentence.text)
    ):
        return at.base, claims
    end = at.base
    for span, role in _clauses(at):
        if role == "purpose":
            claims.extend(_aims(at, document, span))
        elif role == "basis":
            claims.extend(_grounds(at, document, span))
        end = span.end
    return (end if claims else at.base), claims


def _clauses(at: Context) -> Iterator[tuple[Span, str]]:
    """Yield the clauses, each with what it tells of the document; one that does not say so goes on."""
    classes, enacting = load_word_classes("relation_words"), load_word_ends("enacting_words")
    making, clause_number = load_wording("making"), load_wording("clause_number")
    text = at.sentence.text
    role = ""
    for match in _CLAUSE_RE.finditer(text):
        start = match.start()
        number = clause_number.match(text, start) if not role else None
        clause = text[number.end() if number else start : match.end()]
        if clause.startswith(classes["purpose"]):
            role = "purpose"
        elif clause.startswith(classes["basis"]):
            role = "basis"
        elif clause.startswith(enacting) or making.search(clause):
            role = "making"
        yield Span(at.base + start, at.base + match.end()), role


def _aims(at: Context, document: Mention, span: Span) -> Iterator[Claim]:
    for frame in at.parse.frames:
        if not (span.contains(frame.cue_span) and frame.place in ("main", "inner", "pivot")):
            continue
        is_solving = frame.entry is not None and frame.entry.kind is RelationKind.ADDRESSES
        kind = RelationKind.ADDRESSES if is_solving else RelationKind.AIMS_AT
        for obj in at.with_members(frame.objects):
            if obj.kind not in ACTORS:
                claim = at.claim(document, kind, obj, frame.cue_span, "decree-aim")
                yield replace(claim, modality=Modality.PLANNED)


def _grounds(at: Context, document: Mention, span: Span) -> Iterator[Claim]:
    cue_span = Span(span.start, min(span.start + 2, span.end))
    for ground in at.names.mentions:
        if span.contains(ground.span) and ground.text.startswith("《") and ground.name != document.name:
            yield at.claim(ground, RelationKind.SUPPORTS, document, cue_span, "decree-ground")


def _consents(at: Context) -> Iterator[Claim]:
    """《办法》已经国务院同意: who agreed to it has to do with the document."""
    for match in load_wording("consent").finditer(at.sentence.text):
        who = Span(at.base + match.start("who"), at.base + match.end("who"))
        able = (EntityKind.ORGANIZATION, EntityKind.EVENT)
        bodies = [m for m in at.names.mentions if m.kind in able and who.contains(m.span)]
        title = _title_before(at, at.base + match.start()) if match["already"] else None
        document = title or at.state.document
        cue_span = Span(at.base + match.start("verb"), at.base + match.end("verb"))
        if document is None:
            continue
        for body in bodies:
            claim = at.claim(body, RelationKind.RELATED_TO, document, cue_span, "consent")
            yield replace(claim, label=match["verb"])


def _title_before(at: Context, end: int) -> Mention | None:
    """Return the last document named before *end* in the sentence."""
    named = (m for m in reversed(at.names.mentions) if m.span.end <= end and m.text.startswith("《"))
    return next(named, None)


def measures_of(claims: Sequence[Claim]) -> tuple[Mention, ...]:
    """Return what the writer calls for in a sentence, but for what is listed as a part of it."""
    parts = {claim.object.name for claim in claims if claim.kind is RelationKind.INCLUDES}
    called = (c.object for c in claims if c.subject is None and c.kind is RelationKind.ADVOCATES)
    return tuple(thing for thing in called if thing.name not in parts and thing.kind not in ACTORS)


def find_charges(at: Context) -> Iterator[Claim]:
    """（财政部负责） or （负责部门：财政部） under a measure: who is in charge of it implements it."""
    match = load_wording("in_charge").fullmatch(at.sentence.text)
    if match is None:
        return
    place = at.sentence.text.find(match["verb"] or match["label"])
    cue_span = Span(at.base + place, at.base + place + len(match["verb"] or match["label"]))
    bodies = [m for m in at.names.mentions if m.kind is EntityKind.ORGANIZATION]
    if match["label"]:
        end = at.base + len(at.sentence.text.partition("；")[0])
        bodies = [m for m in bodies if cue_span.end < m.span.start and m.span.end <= end]
    measures = {measure.name: measure for measure in at.state.measures}
    n_measures = _FEW if len(bodies) <= _FEW_BODIES else 1
    for body in bodies:
        for measure in list(measures.values())[:n_measures]:
            yield at.claim(body, RelationKind.IMPLEMENTS, measure, cue_span, "in-charge")
