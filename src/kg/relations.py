"""Frames become claims: which relation a verb states, between whom, who says so and how strongly.

The rules follow the annotation guide: a speaker or document is the subject of what it calls for, the
article of what its writer calls for; 通过 and 以 make their noun the subject; copulas are read by the
head of the predicate; a result clause takes what the clause before calls for as its subject.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.articles.names import is_all_names
from kg.clauses import Frame, Noun, Parse
from kg.mentions import NamedNouns
from kg.phrases import Phrase
from kg.records import Claim, Mention, Span
from kg.rules import Verb, find_verb, load_kinds, load_modals, load_verbs, load_word_set
from kg.schema import EntityKind, Modality, RelationKind, SentenceKind, Strength

_ACTORS = frozenset({EntityKind.ORGANIZATION, EntityKind.PERSON, EntityKind.PLACE})
_SPEAKER_KINDS = _ACTORS | {EntityKind.POLICY, EntityKind.EVENT}
_CALLABLE = frozenset(
    {
        RelationKind.PROMOTES,
        RelationKind.SUPPORTS,
        RelationKind.GENERATES,
        RelationKind.IMPLEMENTS,
        RelationKind.ADVOCATES,
        RelationKind.AIMS_AT,
        RelationKind.OPPOSES,
        RelationKind.ADDRESSES,
        RelationKind.APPLIES_TO,
        RelationKind.INTEGRATES_WITH,
        RelationKind.REQUIRES,
    }
)

# What a document does, it calls for.
_DOCUMENT_CALLS = frozenset(
    {RelationKind.PROMOTES, RelationKind.IMPLEMENTS, RelationKind.GENERATES, RelationKind.AIMS_AT}
)

_CLAUSE_RE = re.compile("[^，；。：！？]+")
_ORDINAL_RE = re.compile("(?:第?[一二三四五六七八九十]+是?|其[一二三四五]|首先|其次|此外)[、，]?")
_LABEL_RE = re.compile("([\u4e00-\u9fff]{2,3})：")
_SPACE_RE = re.compile(r"\s")
_NEAR = 6  # characters between 问题 and the colon
_SHORTEST_PROBLEM, _LONGEST_PROBLEM = 4, 28  # characters of a clause that names a problem


@dataclass(slots=True)
class _State:
    """What carries over from clause to clause and sentence to sentence."""

    speaker: Mention | None = None
    last_speaker: Mention | None = None
    speaker_paragraph: int = -1
    is_document: bool = False
    actor: tuple[Mention, ...] = ()
    actor_paragraph: int = -1
    title: str = ""
    home: tuple[Mention, ...] = ()  # the actor that the title speaks of


@dataclass(slots=True)
class _Scope:
    """What carries over within one sentence."""

    subjects: tuple[Mention, ...] = ()
    has_subject: bool = False
    called: tuple[Mention, ...] = ()  # by the last clause that is no result
    clause_called: tuple[Mention, ...] = ()
    all_called: tuple[Mention, ...] = ()
    is_result: bool = False
    topics: tuple[Mention, ...] = ()  # objects of the calls before the first modal
    pivots: tuple[Mention, ...] = ()  # who was called on to act
    roles: tuple[Frame, ...] = ()  # 作为 A: what a subject yet to come is
    met: tuple[tuple[Frame, Mention], ...] = ()  # problems met by a subject yet to come
    clause: int = -1
    modality: Modality = Modality.ASSERTED
    strength: Strength | None = None
    means: tuple[tuple[RelationKind, tuple[Mention, ...]], ...] = ()


def find_claims(parses: Sequence[tuple[Parse, NamedNouns]]) -> Iterator[Claim]:
    """Yield the claims of an article's sentences, given in reading order."""
    state = _State()
    for parse, names in parses:
        reader = _SentenceReader(parse, names, state)
        yield from reader.read()


class _SentenceReader:
    def __init__(self, parse: Parse, names: NamedNouns, state: _State) -> None:
        self.parse = parse
        self.names = names
        self.state = state
        self.scope = _Scope()
        self.index = parse.sentence.index
        self.base = parse.sentence.span.start
        self.problem_start = parse.sentence.span.end  # what stands after it is a list of problems

    # -- the sentence ------------------------------------------------------------------------

    def read(self) -> Iterator[Claim]:
        """Yield the claims of the sentence in the order they are stated."""
        if self.parse.sentence.kind is SentenceKind.TITLE:
            self.state.title += self.parse.sentence.text
            self._settle_home()
        self._forget_speaker()
        if self.parse.sentence.text[-1:] in "？?":
            return  # a question states nothing
        self._hear_label()
        quoted_by = self._closing_speaker()
        if quoted_by is not None:
            self.state.speaker, self.state.speaker_paragraph = quoted_by, self.parse.sentence.paragraph
        yield from self._structure_claims()
        yield from self._listed_problems()
        for frame in self.parse.frames:
            if frame.cue_span.start >= self.problem_start:
                break
            if frame.clause != self.scope.clause:
                self._enter_clause(frame.clause)
            yield from self._frame_claims(frame)
        if self.scope.has_subject and self.scope.modality is not Modality.REQUIRED:
            actors = tuple(m for m in self.scope.subjects if m.kind in _ACTORS)
            is_title = self.parse.sentence.kind is SentenceKind.TITLE
            if actors and is_title and "关于" not in self.state.title:
                self.state.home = actors
            if actors and self.state.speaker is None and not is_title:
                self.state.actor, self.state.actor_paragraph = actors, self.parse.sentence.paragraph

    def _settle_home(self) -> None:
        """Who answers or reports in the title (水务局关于…的答复) is the actor of what follows."""
        if not self.parse.sentence.text.endswith(tuple(load_word_set("report_titles"))):
            return
        first = next((m for m in self.names.mentions if m.kind in _ACTORS), None)
        if first is not None and first.span.start == self.base:
            self.state.home = (first,)

    def _forget_speaker(self) -> None:
        """A person's words end with the paragraph; a document's go on through its summary."""
        sentence = self.parse.sentence
        if sentence.paragraph != self.state.actor_paragraph:
            self.state.actor = self.state.home
        if self.state.is_document and sentence.kind is SentenceKind.BODY:
            return
        if sentence.paragraph != self.state.speaker_paragraph:
            self.state.speaker = None
            self.state.is_document = False

    def _enter_clause(self, clause: int) -> None:
        scope = self.scope
        if scope.clause_called and not (scope.is_result and scope.called):
            scope.called = scope.clause_called
        scope.all_called += scope.clause_called
        if scope.clause_called:
            scope.means = ()  # 以 A 为 B says what A is to the next clause alone
        scope.clause_called = ()
        scope.is_result = False
        scope.clause = clause

    def _closing_speaker(self) -> Mention | None:
        """Return who is named after the quotation (“…”，某人说)."""
        if "“" not in self.parse.sentence.text[:2]:
            return None
        for frame in reversed(self.parse.frames):
            if self._is_speech(frame) and frame.clause > 0:
                return self._speaker_of(frame)
        return None

    def _hear_label(self) -> None:
        """In an interview a name and a colon begin what that person says; 记者： ends it."""
        match = _LABEL_RE.match(self.parse.sentence.text)
        if match is None or self.parse.sentence.kind is not SentenceKind.BODY:
            return
        label = match.group(1)
        if label in load_word_set("interviewers"):
            self.state.speaker, self.state.is_document = None, False
        elif is_all_names(label) and len(self.parse.sentence.text) > match.end():
            span = Span(self.base, self.base + len(label))
            sentence = self.parse.sentence
            self.state.speaker = Mention(
                sentence.article_id, self.index, span, label, label, EntityKind.PERSON, "label"
            )
            self.state.is_document = True  # goes on over paragraphs, like a document's words

    def _is_speech(self, frame: Frame) -> bool:
        if frame.verb not in load_word_set("speech_verbs") or frame.objects:
            return False
        return bool(frame.subjects) or self.state.last_speaker is not None

    def _speaker_of(self, frame: Frame) -> Mention | None:
        for noun in frame.subjects:
            for mention in self.names.of(noun):
                if mention.kind in _SPEAKER_KINDS:
                    return mention
        return None

    # -- noun phrases ------------------------------------------------------------------------

    def _structure_claims(self) -> Iterator[Claim]:
        """Yield what noun phrases state by themselves: A、B等X includes, A与B的融合 integrates."""
        for nominal in self.parse.nominals:
            yield from self._feature_claims(nominal.heads)
            for head in nominal.heads if nominal.members else ():
                for whole in self.names.of(head):
                    for member in nominal.members:
                        for part in self.names.of(member):
                            cue_span = self._place_of("等", Span(part.span.end, whole.span.end))
                            yield self._claim(whole, RelationKind.INCLUDES, part, cue_span, "list-class", 0.8)
            yield from self._joined_owners(nominal.heads)
            yield from self._issued_claims(nominal.heads)
        yield from self._singled_out()
        for joint in self.parse.joints:
            for first in self.names.of(joint.first):
                for second in self.names.of(joint.second):
                    yield self._claim(
                        first, RelationKind.INTEGRATES_WITH, second, joint.cue_span, "joint-noun", 0.75
                    )  # fmt: skip

    def _issued_claims(self, heads: Sequence[Noun]) -> Iterator[Claim]:
        """财政部《通知》: the body before a title issued it."""
        for head in heads:
            if self.parse.words[head.first].tag != "nk":
                continue
            for issuer in self._mentions(head.owners):
                for document in self.names.of(head):
                    if issuer.kind is EntityKind.ORGANIZATION and document.kind is EntityKind.POLICY:
                        yield self._claim(
                            issuer, RelationKind.IMPLEMENTS, document, document.span, "issuer", 0.7
                        )

    def _feature_claims(self, heads: Sequence[Noun]) -> Iterator[Claim]:
        """需求导向、问题导向的形成机制: listed qualities before 的 characterize the head."""
        for head in heads:
            owners = self._mentions(head.owners)
            if len(head.owners) < 2 or any(owner.kind is not EntityKind.CONCEPT for owner in owners):
                continue
            for whole in self.names.of(head):
                if whole in owners or any(owner.name in whole.name for owner in owners):
                    continue
                for owner in owners:
                    cue_span = self._place_of("的", Span(owner.span.end, whole.span.end))
                    yield self._claim(
                        whole, RelationKind.CHARACTERIZED_BY, owner, cue_span, "listed-features", 0.6
                    )

    def _singled_out(self) -> Iterator[Claim]:
        """企业特别是领军企业: the second is a part of the first."""
        for first, second in pairwise(self.parse.phrases):
            between = self.parse.words[first.last : second.first]
            if len(between) != 1 or between[0].text not in load_word_set("singling_words"):
                continue
            for whole in self._named(first):
                for part in self._named(second):
                    yield self._claim(
                        whole, RelationKind.INCLUDES, part, between[0].span, "singled-out", 0.65
                    )

    def _named(self, phrase: Phrase) -> tuple[Mention, ...]:
        return tuple(m for m in self.names.mentions if m.span.start == phrase.span.start)

    def _listed_problems(self) -> Iterator[Claim]:
        """存在一些问题：一是…；二是…: every clause after the colon is a problem of the subject."""
        text = self.parse.sentence.text
        for frame in self.parse.frames:
            is_named = any(noun.name in load_kinds("problem_heads") for noun in frame.objects)
            faces = frame.entry is not None and frame.entry.kind is RelationKind.FACES and is_named
            start = text.find("：", frame.cue_span.end - self.base) + 1 if faces else 0
            if not start or start - (frame.cue_span.end - self.base) > _NEAR:
                continue
            problems = tuple(self._problems(start))
            self.problem_start = self.base + start
            for subject in self._mentions(frame.subjects):
                for problem in problems:
                    yield self._claim(
                        subject, RelationKind.FACES, problem, frame.verb_span, "listed-problem", 0.7
                    )  # fmt: skip
            return

    def _problems(self, start: int) -> Iterator[Mention]:
        sentence = self.parse.sentence
        for match in _CLAUSE_RE.finditer(sentence.text, start):
            lead = _ORDINAL_RE.match(match.group())
            begin = match.start() + (lead.end() if lead else 0)
            name = sentence.text[begin : match.end()].removesuffix("等")
            if _SHORTEST_PROBLEM <= len(name) <= _LONGEST_PROBLEM:
                span = Span(self.base + begin, self.base + begin + len(name))
                yield Mention(
                    sentence.article_id, sentence.index, span, name, name, EntityKind.ISSUE, "clause", 0.7
                )

    def _joined_owners(self, heads: Sequence[Noun]) -> Iterator[Claim]:
        joining = load_word_set("joining_nouns")
        for head in heads:
            last = self.parse.words[head.last - 1]
            if last.text not in joining or len(head.owners) < 2:
                continue
            first, *others = [m for owner in head.owners for m in self.names.of(owner)] or [None]
            for other in others:
                if first is not None and other is not None:
                    yield self._claim(
                        first,
                        RelationKind.INTEGRATES_WITH,
                        other,
                        last.span,
                        "joined-owners",
                        0.75,
                    )

    # -- frames ------------------------------------------------------------------------------

    def _frame_claims(self, frame: Frame) -> Iterator[Claim]:
        yield from self._attending_claims(frame)
        if self._is_speech(frame):
            self._hear(frame)
            return
        subjects = self._with_members(frame.subjects)
        objects = self._objects(frame)
        if frame.in_quotes and self.state.speaker is not None and self.state.speaker in subjects:
            subjects = ()  # 报告提出“建设…”: the report calls for it
        if frame.place == "relative":
            yield from self._verb_claims(frame, subjects, objects, "relative", 0.7, asserted=True)
            return
        if frame.place == "as":
            yield from self._as_claims(frame, subjects)
            return
        if frame.place == "inner" and subjects:
            yield from self._verb_claims(frame, subjects, objects, "inner", 0.6, asserted=True)
            return
        if frame.place == "inner":
            if self.state.speaker is not None:
                yield from self._calls(frame, objects, "inner-call", 0.5)
            return
        self._update_modality(frame)
        if frame.verb == "作为" and frame.objects and not subjects and not self.scope.has_subject:
            self.scope.roles += (frame,)
            return
        empowers = frame.verb == "赋能" and any(p.word == "为" for p in frame.prepositions)
        joins = (
            frame.entry is not None
            and frame.entry.kind is RelationKind.INTEGRATES_WITH
            and any(p.word in ("与", "同", "跟", "和") for p in frame.prepositions)
        )
        if joins and self._taken(frame):  # 把 A 同 B 结合
            yield from self._objectless_claims(frame, self._taken(frame))
            return
        if empowers or (not objects and frame.verb in load_word_set("effort_verbs")):
            yield from self._objectless_claims(frame, subjects)
            return
        taken = self._taken(frame)
        if taken and frame.entry is not None and frame.entry.kind is RelationKind.GENERATES:
            if frame.verb[-1] in "为成":  # 将 A 转化为 B
                yield from self._verb_claims(frame, taken, self._mentions(frame.objects), "turned-into", 0.7)
                return
        reverse = load_kinds("reversed_verbs").get(frame.verb)
        if reverse is not None:  # A 得益于 B: B promotes A
            yield from (
                self._stated(frame, obj, reverse, subject, f"reversed:{reverse.value}", 0.7)
                for obj in objects
                for subject in subjects or self.scope.subjects
            )
            return
        if frame.verb in load_word_set("entering_verbs") and frame.objects:  # 将 A 纳入 B: B includes A
            for whole in self._mentions(frame.objects):
                for part in taken or subjects:
                    yield self._stated(frame, whole, RelationKind.INCLUDES, part, "taken-in", 0.7)
            return
        if taken and frame.entry is not None and frame.entry.kind is RelationKind.IS_A:
            for subject in subjects:
                yield from (
                    replace(
                        self._stated(frame, subject, RelationKind.ADVOCATES, obj, "taken-as", 0.7),
                        action=frame.action,
                    )
                    for obj in taken
                )
            if not subjects:
                yield from self._calls(frame, taken, "taken-as", 0.6)
            for noun in frame.objects:
                yield from self._predicate_claims(frame, taken, noun)
            if subjects:
                self.scope.subjects, self.scope.has_subject = subjects, True
            return
        if frame.objects and (
            frame.verb == "在" or (frame.entry is not None and frame.entry.kind is RelationKind.IS_A)
        ):
            yield from self._copula_claims(frame, subjects)
            return
        gives = frame.verb in load_word_set("giving_verbs") and any(
            p.word == "为" for p in frame.prepositions
        )
        if not objects and not gives:
            yield from self._objectless_claims(frame, subjects)
            return
        yield from self._main_claims(frame, subjects, objects)

    def _attending_claims(self, frame: Frame) -> Iterator[Claim]:
        """某人在会议上强调: who speaks at an event takes part in it."""
        for phrase in frame.prepositions:
            if phrase.word not in ("在", "于"):
                continue
            for event in self._mentions(phrase.nominal.heads):
                if event.kind is not EntityKind.EVENT:
                    continue
                for person in self._mentions(frame.subjects):
                    if person.kind is EntityKind.PERSON:
                        yield self._claim(
                            person, RelationKind.PARTICIPATES_IN, event, frame.verb_span, "attending", 0.75
                        )  # fmt: skip

    def _hear(self, frame: Frame) -> None:
        """Take the subject of a speech verb as the speaker of what follows; 他强调 is the last one."""
        speaker = self._speaker_of(frame)
        if not frame.subjects:
            speaker = self.state.speaker or self.state.last_speaker
        if speaker is not None:
            self.state.speaker = self.state.last_speaker = speaker
            self.state.speaker_paragraph = self.parse.sentence.paragraph
            self.state.is_document = self._is_subject_of_article(speaker)

    def _is_subject_of_article(self, speaker: Mention) -> bool:
        """A document's words go on where the article is about it, and it is not quoted in marks."""
        if speaker.kind is not EntityKind.POLICY or "“" in self.parse.sentence.text:
            return False
        return _SPACE_RE.sub("", speaker.name) in _SPACE_RE.sub("", self.state.title)

    def _mentions(self, nouns: Sequence[Noun]) -> tuple[Mention, ...]:
        return tuple(mention for noun in nouns for mention in self.names.of(noun))

    def _with_members(self, nouns: Sequence[Noun]) -> tuple[Mention, ...]:
        """Return the mentions of *nouns* and of what is listed as belonging to them (甲、乙等|产业)."""
        found = self._mentions(nouns)
        for nominal in self.parse.nominals:
            if nominal.members and any(head in nouns for head in nominal.heads):
                found += self._mentions(nominal.members)
        return found

    def _taken(self, frame: Frame) -> tuple[Mention, ...]:
        """Return the object that 把 or 将 puts before the verb."""
        return tuple(
            mention
            for phrase in frame.prepositions
            if phrase.word in ("把", "将") and not phrase.verb
            for mention in self._mentions(phrase.nominal.heads)
        )

    def _objects(self, frame: Frame) -> tuple[Mention, ...]:
        objects = self._taken(frame) + self._with_members(frame.objects)
        if objects or frame.verb not in load_word_set("aid_verbs"):
            return objects
        return tuple(  # 加大|对产粮大县|支持
            mention
            for phrase in frame.prepositions
            if phrase.word == "对"
            for mention in self._with_members(phrase.nominal.heads)
        )

    def _update_modality(self, frame: Frame) -> None:
        modality, strength = _modality_of(frame.modal + frame.adverbs)
        scope = self.scope
        if modality is not Modality.ASSERTED:
            scope.modality, scope.strength = modality, strength
        elif frame.has_own_subject and frame.place == "main" and frame.subjects:
            scope.modality, scope.strength = Modality.ASSERTED, None

    def _main_claims(
        self, frame: Frame, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
    ) -> Iterator[Claim]:
        scope = self.scope
        entry = frame.entry
        agents = self._agents(frame) or (() if subjects or scope.has_subject else self._located(frame))
        if frame.place == "main" and (subjects or agents):
            scope.subjects, scope.has_subject = subjects or agents, True
            yield from self._meeting_claims(subjects)
        means = self._means(frame)
        giving = [p for p in frame.prepositions if p.word == "为"]
        if giving and frame.verb in load_word_set("giving_verbs"):
            yield from self._giving_claims(frame, subjects or means, giving[0].nominal.heads, objects)
            scope.clause_called += objects
            return
        yield from self._target_claims(frame, subjects or scope.subjects or scope.pivots, objects)
        yield from self._under_claims(frame, subjects or scope.subjects)
        yield from self._bearing_claims(frame, subjects or scope.subjects)
        yield from self._partner_claims(frame, subjects or scope.subjects)
        yield from self._task_claims(frame, subjects or scope.subjects)
        if means:
            yield from self._verb_claims(frame, means, objects, "means", 0.75)
        for kind, sources in scope.means:
            for source in sources:
                for obj in objects:
                    yield self._stated(frame, source, kind, obj, f"as:{kind.value}", 0.6)
        if entry is not None and entry.kind is RelationKind.FACES and not subjects and not scope.has_subject:
            scope.met += tuple((frame, obj) for obj in objects)
            return
        if frame.place == "pivot":
            scope.pivots = subjects
        if frame.verb in load_word_set("leaning_verbs"):  # 依托 A 发展 B: A supports B
            scope.means = (*scope.means, (RelationKind.SUPPORTS, objects))
        if agents:
            yield from self._verb_claims(frame, agents, objects, "agent", 0.75)
        elif subjects:
            yield from self._subject_claims(frame, subjects, objects)
        elif scope.has_subject and scope.modality is not Modality.REQUIRED:
            yield from self._verb_claims(frame, scope.subjects, objects, "carried-subject", 0.65)
        else:
            yield from self._subjectless_claims(frame, objects, bool(means))
        scope.clause_called += objects

    def _subject_claims(
        self, frame: Frame, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
    ) -> Iterator[Claim]:
        if frame.entry is not None:
            yield from self._verb_claims(frame, subjects, objects, frame.place, 0.7)
        if frame.place == "pivot" or self.scope.modality is Modality.REQUIRED or self._speaks(frame):
            yield from self._calls(frame, objects, "call-with-subject", 0.6)

    def _meeting_claims(self, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """面对 A，B 要…: the subject of the later clause meets what the earlier one names."""
        scope = self.scope
        for frame, problem in scope.met:
            for subject in subjects:
                yield self._stated(frame, subject, RelationKind.FACES, problem, "meeting", 0.7)
        for frame in scope.roles if subjects else ():
            for noun in frame.objects:
                yield from self._predicate_claims(frame, subjects, noun)
        if subjects:
            scope.met, scope.roles = (), ()

    def _target_claims(
        self, frame: Frame, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
    ) -> Iterator[Claim]:
        """针对 A 实施 B: B applies to A; in A 发挥作用: the subject promotes A."""
        yield from self._placed_claims(frame, subjects, objects)
        for phrase in frame.prepositions:
            others = self._with_members(phrase.nominal.heads)
            if phrase.word in ("针对", "面向", "对", "围绕") and _is_doing(frame.entry):
                for obj in objects:
                    for other in others:
                        is_problem = other.kind is EntityKind.ISSUE
                        kind = RelationKind.ADDRESSES if is_problem else RelationKind.APPLIES_TO
                        yield self._stated(frame, obj, kind, other, "target", 0.65)
            elif phrase.word == "在" and frame.verb in load_word_set("showing_verbs"):
                yield from self._field_claims(frame, subjects, others)

    def _bearing_claims(self, frame: Frame, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """形成对 A 的支撑力, 成为 A 的基础: by the head the subject supports or promotes A."""
        heads = load_kinds("copula_heads")
        for noun in frame.objects:
            kind = heads.get(self.parse.words[noun.last - 1].text)
            if kind not in (RelationKind.SUPPORTS, RelationKind.PROMOTES):
                continue
            for target in self._mentions(noun.owners):
                for subject in subjects:
                    yield self._stated(frame, subject, kind, target, f"bearing:{kind.value}", 0.55)

    def _under_claims(self, frame: Frame, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """在 A 的引领下，B…: A promotes B."""
        for phrase in frame.prepositions:
            if phrase.word != "在" or phrase.localizer != "下":
                continue
            for noun in phrase.nominal.heads:
                entry = load_verbs().get(noun.name)
                for owner in self._mentions(noun.owners) if entry is not None else ():
                    for subject in subjects:
                        yield self._stated(frame, owner, RelationKind.PROMOTES, subject, "under", 0.65)

    def _partner_claims(self, frame: Frame, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """与 B 建立合作, 与 B 共建中心: subject and B have to do with each other."""
        if not _is_doing(frame.entry):
            return
        for phrase in frame.prepositions:
            if phrase.word in ("与", "同", "和") and not phrase.verb:
                for subject in subjects:
                    for other in self._mentions(phrase.nominal.heads):
                        claim = self._stated(frame, subject, RelationKind.RELATED_TO, other, "partner", 0.65)
                        yield replace(claim, label="合作")

    def _task_claims(self, frame: Frame, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """承担 建设 B 的使命: what the task is, the subject does."""
        tasks = load_word_set("task_nouns")
        for noun in frame.objects:
            if self.parse.words[noun.last - 1].text not in tasks:
                continue
            for inner in self.parse.frames:
                if inner.place == "relative" and noun in inner.subjects:
                    yield from self._verb_claims(inner, subjects, self._mentions(inner.objects), "task", 0.7)

    def _placed_claims(
        self, frame: Frame, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
    ) -> Iterator[Claim]:
        """在 A 设立 B, B 在 A 举行: B is at the place A."""
        if not _is_doing(frame.entry):
            return
        for phrase in frame.prepositions:
            if phrase.word not in ("在", "于") or phrase.verb:
                continue
            for place in self._mentions(phrase.nominal.heads):
                for thing in objects or subjects if place.kind is EntityKind.PLACE else ():
                    if thing.kind is not EntityKind.PLACE:
                        claim = self._stated(frame, thing, RelationKind.RELATED_TO, place, "placed", 0.6)
                        yield replace(claim, label="位于", modality=Modality.ASSERTED)

    def _field_claims(
        self, frame: Frame, subjects: tuple[Mention, ...], others: tuple[Mention, ...]
    ) -> Iterator[Claim]:
        kind = RelationKind.APPLIES_TO
        if any(noun.name.endswith("作用") for noun in frame.objects):
            kind = RelationKind.PROMOTES
        for subject in subjects:
            for other in others:
                yield self._stated(frame, subject, kind, other, f"field:{kind.value}", 0.6)

    def _agents(self, frame: Frame) -> tuple[Mention, ...]:
        """Return who acts in 由 A 牵头, 被 A 制约."""
        return tuple(
            mention
            for phrase in frame.prepositions
            if phrase.word in ("由", "被") and not phrase.verb
            for mention in self._mentions(phrase.nominal.heads)
        )

    def _located(self, frame: Frame) -> tuple[Mention, ...]:
        """在重庆，启动了…: the place is spoken of as the one that acts."""
        return tuple(
            mention
            for phrase in frame.prepositions
            if phrase.word == "在" and not phrase.verb
            for mention in self._mentions(phrase.nominal.heads)
            if mention.kind is EntityKind.PLACE
        )

    def _subjectless_claims(
        self, frame: Frame, objects: tuple[Mention, ...], has_means: bool
    ) -> Iterator[Claim]:
        """A call, or what the calls of the clause before bring about, or what the known actor did."""
        scope = self.scope
        entry = frame.entry
        is_call = (
            scope.modality is Modality.REQUIRED or self.state.speaker is not None or not self.state.actor
        )
        earlier = scope.all_called + scope.called
        if entry is not None and entry.kind is RelationKind.REQUIRES and earlier:
            yield from self._verb_claims(frame, _unique(earlier), objects, "topic", 0.7)
            return
        if _modality_of(frame.modal)[0] is Modality.POSSIBLE and earlier:
            yield from self._verb_claims(frame, _unique(earlier), objects, "outcome", 0.6)
            return
        if scope.topics and scope.modality is Modality.REQUIRED and not has_means:
            for topic in scope.topics:
                for obj in objects:
                    yield self._stated(frame, topic, RelationKind.REQUIRES, obj, "topic-requires", 0.65)
            scope.topics = ()
        elif entry is not None and scope.called and not has_means and self._is_result(frame):
            scope.is_result = True
            yield from self._verb_claims(frame, scope.called, objects, "result", 0.6)
        if scope.pivots and not (entry is not None and entry.is_pivot):
            yield from self._verb_claims(frame, scope.pivots, objects, "carried-pivot", 0.6)
        if is_call or scope.pivots or self.parse.sentence.kind is SentenceKind.TITLE:
            yield from self._calls(frame, objects, "call", 0.75)
        else:
            yield from self._verb_claims(frame, self.state.actor, objects, "carried-actor", 0.5)
        if scope.modality is Modality.ASSERTED and not scope.has_subject and self._modal_follows(frame):
            scope.topics += objects

    def _is_result(self, frame: Frame) -> bool:
        """Tell a clause that says what the one before brings about from one more measure beside it."""
        if frame.entry is None or not frame.entry.is_result or frame.entry.kind is RelationKind.AIMS_AT:
            return False
        is_measure = frame.entry.kind is RelationKind.PROMOTES and frame.verb not in load_word_set(
            "effect_verbs"
        )
        return not is_measure or any(word in frame.adverbs for word in ("从而", "进而", "以此"))

    def _modal_follows(self, frame: Frame) -> bool:
        """Tell whether the next clause without subject says what must be (发展 A，必须 B)."""
        for later in self.parse.frames:
            if later.clause <= frame.clause or later.place != "main":
                continue
            modality, _ = _modality_of(later.modal)
            if later.subjects or modality is not Modality.ASSERTED:
                return modality is Modality.REQUIRED and not later.subjects
        return False

    def _speaks(self, frame: Frame) -> bool:
        return self.state.speaker is not None and frame.in_quotes

    def _means(self, frame: Frame) -> tuple[Mention, ...]:
        found: tuple[Mention, ...] = ()
        for phrase in frame.prepositions:
            if phrase.word in ("通过", "以", "用", "借助", "依托", "靠", "凭") and not phrase.localizer:
                found += self._mentions(phrase.nominal.heads)
        return found

    def _giving_claims(
        self,
        frame: Frame,
        givers: tuple[Mention, ...],
        receivers: Sequence[Noun],
        gifts: tuple[Mention, ...],
    ) -> Iterator[Claim]:
        """为 A 提供支撑, 为 A 营造环境: the subject, or what was called for, supports A; so does the gift."""
        scope = self.scope
        targets = self._mentions(receivers)
        sources = givers or scope.subjects or _unique(scope.all_called) or scope.called
        if not sources and self.state.speaker is not None and self.state.is_document:
            sources = (self.state.speaker,)
        for source in sources:
            for target in targets:
                yield self._stated(frame, source, RelationKind.SUPPORTS, target, "giving", 0.7)
        for gift in gifts:
            for target in targets:
                yield self._stated(frame, gift, RelationKind.SUPPORTS, target, "gift", 0.6)
        if not givers and (not scope.has_subject or scope.modality is Modality.REQUIRED):
            yield from self._calls(frame, gifts, "call", 0.6)

    def _verb_claims(
        self,
        frame: Frame,
        subjects: Sequence[Mention],
        objects: Sequence[Mention],
        rule: str,
        confidence: float,
        *,
        asserted: bool = False,
    ) -> Iterator[Claim]:
        entry = frame.entry
        if entry is None:
            return
        counted = {m for noun in frame.objects if noun.is_counted for m in self.names.of(noun)}
        for subject in subjects:
            for obj in objects:
                kind = _kind_for(entry, subject)
                if not _is_possible(kind, subject, rule):
                    continue
                if frame.verb in load_word_set("having_verbs"):
                    kind = _kind_of_having(obj, obj in counted)
                elif kind is RelationKind.PARTICIPATES_IN and obj.kind is not EntityKind.EVENT:
                    own = find_verb(frame.verb)
                    kind = _kind_for(own, subject) if own is not None else kind
                claim = self._stated(frame, subject, kind, obj, f"{rule}:{entry.kind.value}", confidence)
                yield replace(claim, modality=Modality.ASSERTED, strength=None) if asserted else claim

    def _stated(
        self, frame: Frame, subject: Mention, kind: RelationKind, obj: Mention, rule: str, confidence: float
    ) -> Claim:
        scope = self.scope
        claim = self._claim(subject, kind, obj, frame.cue_span, rule, confidence)
        return replace(
            claim,
            modality=scope.modality,
            strength=scope.strength if kind in (RelationKind.ADVOCATES, RelationKind.OPPOSES) else None,
            negated=_is_negated(frame),
            label=frame.verb if kind is RelationKind.RELATED_TO else None,
            action=frame.action if kind in (RelationKind.ADVOCATES, RelationKind.OPPOSES) else None,
            speaker=self.state.speaker if self.state.speaker != subject else None,
        )

    def _calls(
        self, frame: Frame, objects: Sequence[Mention], rule: str, confidence: float
    ) -> Iterator[Claim]:
        """Yield what the speaker, or else the article, calls for or rejects."""
        entry = frame.entry
        if entry is not None and entry.kind not in _CALLABLE:
            return
        if self._is_condition(frame):
            return  # 如果出现风险 calls for nothing
        kind = RelationKind.ADVOCATES
        shuns = frame.verb in load_word_set("shunning_verbs") and self.state.speaker is None
        if shuns or (entry is not None and entry.kind is RelationKind.OPPOSES):
            kind = RelationKind.OPPOSES
        speaker = self.state.speaker
        if kind is RelationKind.ADVOCATES and entry is not None and entry.kind is RelationKind.ADDRESSES:
            kind = RelationKind.ADDRESSES if speaker is not None else RelationKind.ADVOCATES
        scope = self.scope
        strength = scope.strength or _strength_of_verbs(frame)
        is_call = kind is not RelationKind.ADDRESSES
        solves = entry is not None and entry.kind is RelationKind.ADDRESSES and speaker is None
        for obj in objects:
            if solves and not shuns and obj.kind is EntityKind.ISSUE:
                continue  # to solve a problem is no call for it
            claim = self._claim(speaker, kind, obj, frame.cue_span, rule, confidence)
            yield replace(
                claim,
                action=frame.action if is_call else None,
                modality=scope.modality if scope.modality is not Modality.POSSIBLE else Modality.REQUIRED,
                strength=strength if is_call else None,
                negated=_is_negated(frame),
            )

    def _is_condition(self, frame: Frame) -> bool:
        conditions = load_word_set("conditions")
        if any(phrase.word in conditions for phrase in frame.prepositions):
            return True
        return any(word in frame.adverbs for word in conditions)

    # -- copulas, 以…为, verbs without object ------------------------------------------------

    def _copula_claims(self, frame: Frame, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """X 是 Z: by the head of Z, or by the head of X in X的特点是Z."""
        scope = self.scope
        topic = self._topic_kind(frame.subjects)
        if topic is not None:
            kind, owners = topic
            for owner in owners:
                scope.subjects, scope.has_subject = (owner,), True
                for obj in self._mentions(frame.objects):
                    yield self._stated(frame, owner, kind, obj, f"topic:{kind.value}", 0.8)
            return
        if subjects and frame.place == "main":
            scope.subjects, scope.has_subject = subjects, True
        sources = subjects or scope.subjects or scope.clause_called or scope.called
        for noun in frame.objects:
            yield from self._declared_claims(frame, sources, noun)
            yield from self._predicate_claims(frame, sources, noun)

    def _topic_kind(self, nouns: Sequence[Noun]) -> tuple[RelationKind, tuple[Mention, ...]] | None:
        heads = load_kinds("topic_heads")
        for noun in nouns:
            last = self.parse.words[noun.last - 1].text
            kind = heads.get(noun.name) or heads.get(last)
            if kind is None:
                continue
            owners = self._mentions(noun.owners) or self._relative_objects(noun) or self.scope.subjects
            if owners:
                return kind, owners
        return None

    def _predicate_claims(self, frame: Frame, sources: Sequence[Mention], noun: Noun) -> Iterator[Claim]:
        last = self.parse.words[noun.last - 1].text
        kind = load_kinds("copula_heads").get(last)
        inner = self._relative_frame(noun)
        inner_kind = inner.entry.kind if inner is not None and inner.entry is not None else None
        if inner is not None and inner_kind in (RelationKind.HINDERS, RelationKind.ADDRESSES):
            for source in sources:  # 是缓解矛盾的出路: what the head does, the subject does
                for target in self._mentions(inner.objects):
                    yield self._stated(frame, source, inner_kind, target, f"copula-verb:{inner_kind.value}", 0.7)
            return
        if kind in (RelationKind.SUPPORTS, RelationKind.PROMOTES):
            targets = self._mentions(noun.owners) + self._relative_objects(noun)
            for source in sources:
                for target in targets:
                    yield self._stated(frame, source, kind, target, f"copula-head:{kind.value}", 0.75)
            if targets:
                return
        if kind is RelationKind.CHARACTERIZED_BY:
            for source in sources:
                for owner in self._mentions(noun.owners):
                    yield self._stated(frame, owner, kind, source, "copula-head:characterizedBy", 0.7)
        lists = "主要" in frame.adverbs and len(frame.objects) > 1
        for source in sources:
            for obj in self.names.of(noun):
                if lists:
                    yield self._stated(frame, source, RelationKind.INCLUDES, obj, "copula-list", 0.65)
                elif obj.kind not in _ACTORS or obj.kind is source.kind:
                    yield self._stated(frame, source, RelationKind.IS_A, obj, "copula", 0.6)

    def _declared_claims(self, frame: Frame, sources: Sequence[Mention], noun: Noun) -> Iterator[Claim]:
        """A 是 B 作出的部署: B calls for A."""
        if self.parse.words[noun.last - 1].text not in load_word_set("declarations"):
            return
        for made in self.parse.frames:
            if made.place == "relative" and noun in made.objects:
                for speaker in self._mentions(made.subjects):
                    for source in sources:
                        yield self._stated(frame, speaker, RelationKind.ADVOCATES, source, "declared", 0.75)

    def _basis(self, frame: Frame) -> Mention | None:
        """Return the document of 根据《规划》，到2027年…."""
        for phrase in frame.prepositions:
            if phrase.word in ("根据", "按照", "依据"):
                return next((m for m in self._mentions(phrase.nominal.heads) if m.text[0] == "《"), None)
        return None

    def _relative_objects(self, noun: Noun) -> tuple[Mention, ...]:
        """Return the objects of the relative clause on *noun* (推动|社会进步|的要素)."""
        frame = self._relative_frame(noun)
        return self._mentions(frame.objects) if frame is not None else ()

    def _relative_frame(self, noun: Noun) -> Frame | None:
        return next((f for f in self.parse.frames if f.place == "relative" and noun in f.subjects), None)

    def _as_claims(self, frame: Frame, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """以 A 为 B: B says what A is to the subject, or to what follows."""
        scope = self.scope
        heads = load_kinds("as_heads")
        for noun in frame.objects:
            word = self.parse.words[noun.last - 1].text
            kind = heads.get(noun.name) or heads.get(word)
            last_words = {o.name: self.parse.words[o.last - 1].text for o in noun.owners}
            owner_kind = next(
                (heads.get(name) or heads.get(last) for name, last in last_words.items()), None
            )
            if owner_kind is not None:  # 以先进制造业为骨干的|产业体系
                yield from self._as_modifier_claims(frame, subjects, noun, owner_kind)
                continue
            if kind is None:
                continue
            if self.state.speaker is not None:
                yield from self._calls(frame, subjects, "as-call", 0.6)
            if kind is RelationKind.ADVOCATES:
                continue
            if scope.has_subject and kind in (RelationKind.CHARACTERIZED_BY, RelationKind.AIMS_AT):
                for source in scope.subjects:
                    for subject in subjects:
                        yield self._stated(frame, source, kind, subject, f"as:{kind.value}", 0.65)
            if kind in (RelationKind.PROMOTES, RelationKind.SUPPORTS):
                scope.means = (*scope.means, (kind, subjects))

    def _as_modifier_claims(
        self, frame: Frame, subjects: Sequence[Mention], noun: Noun, kind: RelationKind
    ) -> Iterator[Claim]:
        for whole in self.names.of(noun):
            for subject in subjects:
                if kind is RelationKind.SUPPORTS:
                    yield self._stated(frame, subject, kind, whole, "as-modifier", 0.75)
                else:
                    yield self._stated(
                        frame, whole, RelationKind.CHARACTERIZED_BY, subject, "as-modifier", 0.75
                    )

    def _objectless_claims(self, frame: Frame, subjects: tuple[Mention, ...]) -> Iterator[Claim]:
        """A 与 B 融合, A 向 B 集聚, A 应用于 B, 为 A 赋能: the object stands before the verb."""
        entry = frame.entry
        if frame.verb in load_word_set("effort_verbs"):
            fields = [p for p in frame.prepositions if p.word == "在"]
            yield from self._calls(frame, self._mentions([n for p in fields for n in p.nominal.heads]), "effort", 0.6)
            return
        subjects = subjects or self._agents(frame)
        if frame.place == "main" and subjects:
            self.scope.subjects, self.scope.has_subject = subjects, True
            yield from self._meeting_claims(subjects)
        yield from self._under_claims(frame, subjects or self.scope.subjects)
        if frame.verb in load_word_set("showing_verbs"):
            yield from self._target_claims(frame, subjects or self.scope.subjects or self.scope.pivots, ())
        if frame.verb in load_word_set("standing_verbs") and not self.scope.met:
            issues = [m for m in subjects if m.kind is EntityKind.ISSUE]
            for actor in self.state.actor if len(issues) == len(subjects) else ():
                for issue in issues:
                    yield self._stated(frame, actor, RelationKind.FACES, issue, "standing-problem", 0.6)
        if entry is None:
            return
        yield from self._placed_claims(frame, subjects, ())
        for phrase in frame.prepositions:
            others = self._mentions(phrase.nominal.heads)
            if entry.kind is RelationKind.INTEGRATES_WITH and phrase.word in ("与", "同", "跟", "和"):
                first = subjects or self._taken(frame)
                yield from self._verb_claims(frame, first, others, "joint", 0.75)
            elif frame.verb == "赋能" and phrase.word == "为":
                yield from self._verb_claims(frame, subjects or self.scope.subjects, others, "empower", 0.75)
            elif _is_toward(phrase.word, entry):
                others += self._mentions(phrase.nominal.members)
                for subject in subjects or self.scope.subjects:
                    for other in others:
                        yield self._stated(frame, subject, RelationKind.RELATED_TO, other, "toward", 0.55)
        if entry.kind is RelationKind.INTEGRATES_WITH and len(subjects) > 1:
            yield from self._verb_claims(frame, subjects[:1], subjects[1:], "joint", 0.75)
        document = self.state.speaker if self.state.is_document else self._basis(frame)
        if document is not None and document.kind is EntityKind.POLICY and frame.place == "main":
            for subject in subjects:
                claim = self._stated(
                    frame, document, RelationKind.AIMS_AT, subject, "document-goal", 0.6
                )
                yield replace(claim, modality=Modality.PLANNED)

    def _place_of(self, word: str, within: Span) -> Span:
        """Return where *word* stands last in *within*, else all of it."""
        start = self.parse.sentence.text.rfind(word, within.start - self.base, within.end - self.base)
        return within if start < 0 else Span(self.base + start, self.base + start + len(word))

    # -- claims ------------------------------------------------------------------------------

    def _claim(
        self,
        subject: Mention | None,
        kind: RelationKind,
        obj: Mention,
        cue_span: Span,
        rule: str,
        confidence: float,
    ) -> Claim:
        # A cue is verbatim; a verb in two parts (以…为…) is cited with what stands between them.
        cue = self.parse.sentence.text[cue_span.start - self.base : cue_span.end - self.base]
        return Claim(subject, kind, obj, self.index, cue, cue_span, rule, confidence)


def _is_possible(kind: RelationKind, subject: Mention, rule: str) -> bool:
    """Only who can speak calls for something; only who can will aims at something, and says so itself."""
    if kind is RelationKind.ADVOCATES:
        return subject.kind in _SPEAKER_KINDS
    if kind is RelationKind.AIMS_AT:
        return subject.kind in _ACTORS | {EntityKind.POLICY} and rule in ("main", "pivot", "relative", "task")
    return True


def _kind_of_having(obj: Mention, is_counted: bool) -> RelationKind:
    """A body has its members and things counted (有 3 家企业) but is characterized by its qualities."""
    is_part = is_counted or obj.kind in (EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.PERSON)
    return RelationKind.INCLUDES if is_part else RelationKind.CHARACTERIZED_BY


def _unique(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple({mention.name: mention for mention in mentions}.values())


def _is_toward(preposition: str, entry: Verb) -> bool:
    if preposition in ("向", "对", "于"):
        return entry.kind is not RelationKind.IS_A
    return preposition in ("到", "在", "赴", "与", "从", "给") and entry.kind is RelationKind.RELATED_TO


def _is_doing(entry: Verb | None) -> bool:
    return entry is not None and entry.kind in (RelationKind.IMPLEMENTS, RelationKind.ADVOCATES)


def _kind_for(entry: Verb, subject: Mention) -> RelationKind:
    if subject.text.startswith("《") and entry.kind in _DOCUMENT_CALLS:
        return RelationKind.ADVOCATES
    return entry.actor_kind if subject.kind in _ACTORS else entry.kind


def _modality_of(words: str) -> tuple[Modality, Strength | None]:
    if words:
        for word, modality, strength in load_modals():
            if word in words:
                return modality, strength
    return Modality.ASSERTED, None


def _strength_of_verbs(frame: Frame) -> Strength | None:
    modality, strength = _modality_of(frame.action[:2])
    return strength if modality is Modality.REQUIRED else Strength.STRONG


def _is_negated(frame: Frame) -> bool:
    return any(word in frame.adverbs for word in ("不是", "不", "未", "没", "从未", "尚未", "并未"))
