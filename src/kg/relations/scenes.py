"""Where things are: 在安徽，乙醇生产装置开车成功; 论坛在甘肃举办; 贵阳等地的学校."""

import re
from collections.abc import Iterator

from kg.records import Claim, Mention, Span, replace
from kg.relations.contexts import Context
from kg.relations.genitives import LOCATED, STANDING
from kg.rules import load_word_ends
from kg.schema import EntityKind, RelationKind

_SCENE_RE = re.compile("^(?:[^，。；：]{1,6}，)?在([^，。；：“]{2,16})，")
_ITEM_RE = re.compile("[^、]+")
_CLAUSE_END_RE = re.compile("[，。；：！？]")
_NOWHERE = frozenset({EntityKind.PLACE, EntityKind.INDICATOR, EntityKind.ISSUE})
_AT = "在"


def find_scenes(at: Context) -> Iterator[Claim]:
    """Yield that what a sentence is about has to do with the place that it opens with."""
    match = _SCENE_RE.match(at.sentence.text)
    if match is None or match[1].endswith(load_word_ends("no_scenes")):
        return
    subject = _subject_after(at, match.end())
    if subject is None:
        return
    start, end = at.base + match.start(1), at.base + match.end(1)
    for place in _places_between(at, start, end):
        claim = at.claim(subject, RelationKind.RELATED_TO, place, Span(start - 1, end), "scene")
        yield replace(claim, label=LOCATED)


def find_settings(at: Context) -> Iterator[Claim]:
    """Yield that a thing right before 在 and a place, or right after 等地的, has to do with that place."""
    longest = sorted(at.names.mentions, key=lambda mention: len(mention.span))
    places = [mention for mention in longest if mention.kind is EntityKind.PLACE]
    things = [mention for mention in longest if mention.kind not in _NOWHERE]
    told = [(_AT, things, places), *((word, places, things) for word in load_word_ends("of_places"))]
    for word, before, after in told:
        starting = {mention.span.start: mention for mention in after}
        for end, first in sorted({mention.span.end: mention for mention in before}.items()):
            second = starting.get(end + len(word))
            if second is None or not at.sentence.text.startswith(word, end - at.base):
                continue
            thing, place = (first, second) if word == _AT else (second, first)
            claim = at.claim(thing, RelationKind.RELATED_TO, place, Span(end, second.span.start), "setting")
            yield replace(claim, label=LOCATED)


def _places_between(at: Context, start: int, end: int) -> Iterator[Mention]:
    """Yield the places that the words between two offsets list, of each the nearest (四川|成都)."""
    for item in _ITEM_RE.finditer(at.sentence.text, start - at.base, end - at.base):
        begin, stop = at.base + item.start(), at.base + item.end()
        here = [m for m in at.names.mentions if begin <= m.span.start and m.span.end <= stop]
        places = [mention for mention in here if mention.kind is EntityKind.PLACE]
        if places:
            yield max(places, key=lambda mention: (mention.span.end, mention.span.start))


def _subject_after(at: Context, start: int) -> Mention | None:
    """Return what the clause at local offset *start* is about: its subject, else what it names first."""
    stop = _CLAUSE_END_RE.search(at.sentence.text, start)
    begin, end = at.base + start, at.base + (stop.start() if stop else len(at.sentence.text))
    told = [
        mention
        for frame in at.parse.frames
        if frame.place == "main" and begin <= frame.cue_span.start < end
        for mention in at.mentions(frame.subjects)
        if begin <= mention.span.start
    ]
    named = sorted((m for m in at.names.mentions if begin <= m.span.start < end), key=lambda m: m.span)
    first = (told or named)[:1]
    return first[0] if first and first[0].kind in STANDING else None
