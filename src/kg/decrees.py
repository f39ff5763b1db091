"""The document that an article is: 国务院关于加强监管的意见 names itself in its title, and nowhere else.

The title becomes a mention, so that 本意见 and 《意见》 are names of it. A document that only brings
another along (国务院关于印发某某办法的通知) is spoken of as that one.
"""

import re
from collections.abc import Sequence
from functools import cache

from kg.articles.names import is_all_names
from kg.clauses import Parse
from kg.mentions import NamedNouns
from kg.naming import ABOUT
from kg.records import Mention, Span, replace
from kg.rules import load_word_ends, load_word_set
from kg.schema import EntityKind, SentenceKind

_ISSUER_JOINERS = "、 　"
_MARKS_RE = re.compile("[《》〈〉“”]")
_PROPOSAL_RE = re.compile(r"(?P<session>.*次会议)第\d+号.{2}")
_HEAD = 2  # sentences after the title, among which it is told whom a letter is sent to
_SHORTEST = 8  # characters of a title that says what the document is about


def name_decree(read: Sequence[tuple[Parse, NamedNouns]]) -> tuple[tuple[Parse, NamedNouns], ...]:
    """Return the sentences of an article with its title named as a document, where it is one's."""
    titles: set[str] = set()
    named: list[tuple[Parse, NamedNouns]] = []
    for parse, names in read:
        if parse.sentence.kind is SentenceKind.TITLE:
            names = _with_title(parse, names)
        elif parse.sentence.kind is SentenceKind.HEADING and parse.sentence.text in titles:
            names = _with_mention(parse, names)
        elif len(named) <= _HEAD:
            names = _with_addressees(parse, names)
        names = _with_sessions(parse, names)
        titles.update(m.text[1:-1] for m in names.mentions if m.text.startswith("《"))
        named.append((parse, names))
    return tuple(named)


def issuers_of(title: str, mentions: Sequence[Mention], base: int) -> tuple[Mention, ...]:
    """Return the bodies that a document's title begins with: 国务院办公厅、中央军委办公厅|关于…."""
    match = _decree_re().fullmatch(title)
    if match is None:
        return ()
    end = base + match.end("issuers")
    bodies = [m for m in mentions if m.kind is EntityKind.ORGANIZATION and m.span.end <= end]
    named = sum(len(body.span) for body in bodies)
    is_all = named + sum(match["issuers"].count(mark) for mark in _ISSUER_JOINERS) == len(match["issuers"])
    return tuple(bodies) if bodies and is_all else ()


def document_of(parse: Parse, names: NamedNouns) -> Mention | None:
    """Return the document that a title or heading names: all of it, or what it puts in force."""
    sentence = parse.sentence
    policies = [m for m in names.mentions if m.kind is EntityKind.POLICY]
    issued = [m for m in policies if _is_issued(sentence.text, m.span.start - sentence.span.start)]
    if issued and sentence.kind is SentenceKind.TITLE:
        return issued[0]
    ends = load_word_ends("document_nouns")
    whole = (
        m for m in policies if m.span == sentence.span and (m.source == "title" or m.name.endswith(ends))
    )
    return next(whole, None)


def _with_title(parse: Parse, names: NamedNouns) -> NamedNouns:
    sentence = parse.sentence
    if not issuers_of(sentence.text, names.mentions, sentence.span.start):
        return names
    if document_of(parse, names) is not None:
        return names
    return _with_mention(parse, names)


def _with_addressees(parse: Parse, names: NamedNouns) -> NamedNouns:
    """Name the people that a reply is sent to: 赵明远、孙丽委员：."""
    match = _addressees_re().fullmatch(parse.sentence.text)
    if match is None or not all(is_all_names(name) for name in match["people"].split("、")):
        return names
    start = parse.sentence.span.start
    people = []
    for name in match["people"].split("、"):
        span = Span(start, start + len(name))
        people.append(_mention(parse, span, name, name, EntityKind.PERSON))
        start = span.end + 1
    others = [m for m in names.mentions if not any(m.span.start < p.span.end for p in people)]
    return replace(names, mentions=(*people, *others))


def _with_sessions(parse: Parse, names: NamedNouns) -> NamedNouns:
    """Name the session at which a numbered proposal was made: 十届全国人大四次会议|第21号建议."""
    found = []
    for proposal in names.mentions:
        match = _PROPOSAL_RE.fullmatch(proposal.name) if proposal.kind is EntityKind.POLICY else None
        if match is not None and proposal.text.startswith(match["session"]):
            span = Span(proposal.span.start, proposal.span.start + len(match["session"]))
            found.append(_mention(parse, span, match["session"], match["session"], EntityKind.EVENT))
    return replace(names, mentions=tuple(sorted((*names.mentions, *found), key=_place))) if found else names


def _place(mention: Mention) -> tuple[Span, str]:
    return mention.span, mention.name


def _with_mention(parse: Parse, names: NamedNouns) -> NamedNouns:
    """Return *names* with all of the sentence as the name of a document."""
    sentence = parse.sentence
    name = _MARKS_RE.sub("", sentence.text)
    title = _mention(parse, sentence.span, sentence.text, name, EntityKind.POLICY)
    return replace(names, mentions=(title, *names.mentions))


def _mention(parse: Parse, span: Span, text: str, name: str, kind: EntityKind) -> Mention:
    return Mention(parse.sentence.article_id, parse.sentence.index, span, text, name, kind, "title")


def _is_issued(title: str, start: int) -> bool:
    """Tell whether what stands at *start* is what the title says to be put in force: 关于|印发|《办法》."""
    return title[:start].rstrip("《〈").endswith(load_word_ends("forwarding_verbs"))


@cache
def _decree_re() -> re.Pattern[str]:
    """Return what the title of an official document is: who issues it, its matter, and what it is."""
    nouns = "|".join(sorted(load_word_set("notices"), key=lambda word: (-len(word), word)))
    return re.compile(
        f"(?P<issuers>[\u4e00-\u9fff、 　]{{2,40}}?)(?:{ABOUT}|对(?=.*答复))"
        f".{{{_SHORTEST},}}(?:{nouns})(?:（[^（）]*）)?"
    )


@cache
def _addressees_re() -> re.Pattern[str]:
    """Return how the people are named that a reply is sent to: 赵明远、孙丽|委员：."""
    members = "|".join(sorted(load_word_set("deputies")))
    return re.compile(f"(?P<people>[\u4e00-\u9fff]{{2,4}}(?:、[\u4e00-\u9fff]{{2,4}})*)(?:{members})[：:]")
