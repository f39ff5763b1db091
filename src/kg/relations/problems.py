"""Problems: listed after a colon, met by a subject yet to come, or standing without one."""

import re
from collections.abc import Iterator, Sequence

from kg.clauses import Frame, Noun
from kg.records import Claim, Mention, Span, replace
from kg.relations.arguments import Arguments
from kg.relations.contexts import Context
from kg.relations.states import Mentions
from kg.rules import load_kinds, load_word_ends, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

_CLAUSE_RE = re.compile("[^，；。：！？]+")
_ORDINAL_RE = re.compile("(?:第?[一二三四五六七八九十]+是?|其[一二三四五]|首先|其次|此外)[、，]?")
_NEAR = 6  # characters between 问题 and the colon
_SHORTEST, _LONGEST = 4, 28  # characters of a clause that names a problem
_CONFIDENCE = 0.7  # of a clause as a name


def find_listed_problems(at: Context) -> tuple[int, tuple[Claim, ...]]:
    """Read 存在一些问题：一是…；二是…: every clause after the colon is a problem of the subject.

    Returns:
        Where the list begins in the article (the sentence's end where there is none), and the claims.
    """
    text = at.sentence.text
    for frame in at.parse.frames:
        subjects, marks = _troubled(at, frame)
        if not marks:
            continue
        after = max((noun.span.end for noun in frame.objects), default=frame.cue_span.end) - at.base
        start = min((place for mark in marks if (place := text.find(mark, after)) >= 0), default=-1) + 1
        if not start or start - after > _NEAR:
            continue
        problems = tuple(_problems(at, start))
        claims = tuple(
            at.claim(subject, RelationKind.FACES, problem, frame.verb_span, "listed-problem")
            for subject in subjects
            for problem in problems
        )
        return at.base + start, claims
    return at.sentence.span.end, ()


def find_met_problems(at: Context, subjects: Mentions) -> Iterator[Claim]:
    """面对外部冲击，我国…: the subject of the later clause meets what the earlier one names."""
    for frame, problem in at.scope.met:
        for subject in subjects:
            yield at.stated(frame, subject, RelationKind.FACES, problem, "meeting")
    if subjects:
        at.scope.met = ()


def find_need(at: Context, frame: Frame, found: Arguments) -> Iterator[Claim] | None:
    """没有农业现代化，就没有国家现代化; 没有电，工厂就无法运转: what is not without another needs it."""
    lacking = load_word_set("lacking_verbs")
    lacked = tuple(lacked for met, lacked in at.scope.met if met.verb in lacking)
    adverbs = frame.adverbs + frame.modal
    if not lacked or load_word_set("then_adverbs").isdisjoint(adverbs):
        return None
    if frame.verb not in lacking and load_word_set("disabling_words").isdisjoint(adverbs):
        return None
    at.scope.met = ()
    needy = found.subjects if frame.has_own_subject else found.objects
    claims = at.stated_of_all(frame, needy, RelationKind.REQUIRES, lacked, "without")
    # two denials undo each other
    return (replace(claim, modality=Modality.ASSERTED, negated=False) for claim in claims)


def find_standing_problems(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """安全隐患仍然突出: the actor that is spoken of has the problem."""
    if frame.verb not in load_word_set("standing_verbs") or at.scope.met:
        return
    if all(mention.kind is EntityKind.ISSUE for mention in subjects):
        yield from at.stated_of_all(frame, at.state.actor, RelationKind.FACES, subjects, "standing-problem")


def _troubled(at: Context, frame: Frame) -> tuple[Mentions, str]:
    """Return who has the problems that are listed next, and the marks that may begin the list.

    产业存在一些问题：…; 产业存在的主要问题是，….
    """
    if frame.entry is None:
        return (), ""
    if frame.entry.kind is RelationKind.FACES and _name_problems(at, frame.objects):
        return at.mentions(frame.subjects), "："
    if frame.entry.kind is RelationKind.IS_A and not frame.objects and _name_problems(at, frame.subjects):
        heads = frame.subjects
        owners = [n for f in at.parse.frames if set(f.objects) & set(heads) for n in f.subjects]
        return at.mentions(owners or [n for head in heads for n in head.owners]), "：，"
    return (), ""


def _name_problems(at: Context, nouns: Sequence[Noun]) -> bool:
    return any(at.last_word(noun) in load_kinds("problem_heads") for noun in nouns)


def _problems(at: Context, start: int) -> Iterator[Mention]:
    sentence = at.sentence
    for match in _CLAUSE_RE.finditer(sentence.text, start):
        lead = _ORDINAL_RE.match(match.group())
        begin = match.start() + (lead.end() if lead else 0)
        clause = sentence.text[begin : match.end()].removesuffix("等")
        for name in _each_problem(clause):
            if _SHORTEST <= len(name) <= _LONGEST:
                span = Span(at.base + begin, at.base + begin + len(name))
                kind = EntityKind.ISSUE
                yield Mention(
                    sentence.article_id, sentence.index, span, name, name, kind, "clause", _CONFIDENCE
                )
            begin += len(name) + 1


def _each_problem(clause: str) -> list[str]:
    """Return the problems that a clause lists, each a state that is bad: 成本高、人才少; else the clause."""
    parts = clause.split("、")
    faults = (*load_word_ends("fault_states"), *load_word_ends("fault_adjectives"))
    return parts if all(part.endswith(faults) for part in parts) else [clause]
