"""What a rule may read: one parsed sentence with its names, and what carried over to it.

Rules are generators ``rule(at, frame, …) -> Iterator[Claim]``. They find the nouns of a frame through
``at``, and make their claims with it, so that every claim has its cue, modality and speaker.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.clauses import Frame, Nominal, Noun, Parse, Prepositional
from kg.mentions import NamedNouns
from kg.records import Claim, Mention, Sentence, Span, replace
from kg.relations.descriptions import UNWEIGHED
from kg.relations.modality import is_forbidden, is_negated, is_prevented, modality_of
from kg.relations.states import ArticleState, Mentions, SentenceState
from kg.rules import kind_of_name, load_word_classes, load_word_ends, load_word_set
from kg.schema import EntityKind, Modality, RelationKind

ACTORS = frozenset({EntityKind.ORGANIZATION, EntityKind.PERSON, EntityKind.PLACE})
_IN_PHRASE = "NAEQRF、C"  # roles of the words that a preposition governs
_PEOPLE = frozenset({EntityKind.ORGANIZATION, EntityKind.PERSON})
_FARTHEST_BACK = 3  # sentences back to what 这款 or 这一技术 stands for
_LATIN_RE = re.compile("[\u4e00-\u9fff]{0,4}[A-Za-z][A-Za-z0-9 .-]{2,}$")
_OWN_NAME = 4  # characters of a body's name before what sort of body it is
CALLS = frozenset({RelationKind.ADVOCATES, RelationKind.OPPOSES})


@dataclass(slots=True)
class Context:
    """One sentence as the rules see it."""

    parse: Parse
    names: NamedNouns
    state: ArticleState
    scope: SentenceState = field(default_factory=SentenceState)
    sentence: Sentence = field(init=False)
    base: int = field(init=False)  # where the sentence begins in the article
    classes: tuple[Nominal, ...] = field(init=False)  # with what is listed as belonging to them
    texts: frozenset[str] = field(init=False)  # of its words

    def __post_init__(self) -> None:
        self.sentence = self.parse.sentence
        self.base = self.sentence.span.start
        self.classes = tuple([nominal for nominal in self.parse.nominals if nominal.members])
        self.texts = frozenset([word.text for word in self.parse.words])

    # -- nouns -------------------------------------------------------------------------------

    def mentions(self, nouns: Sequence[Noun]) -> Mentions:
        """Return what *nouns* name."""
        if len(nouns) == 1:  # as it mostly is
            return self.names.of(nouns[0])
        return tuple([mention for noun in nouns for mention in self.names.of(noun)])

    def with_members(self, nouns: Sequence[Noun]) -> Mentions:
        """Return the mentions of *nouns* and of what is listed as belonging to them (甲、乙等|产业)."""
        found = self.mentions(nouns)
        for nominal in self.classes:
            if any(head in nouns for head in nominal.heads):
                found += self.mentions(nominal.members)
        return found

    def last_word(self, noun: Noun) -> str:
        """Return the word that heads *noun*."""
        return self.parse.words[noun.last - 1].text

    def among_them_start(self) -> int:
        """Return where 其中 stands in the article, -1 where it does not."""
        place = self.sentence.text.find("其中")
        return self.base + place if place >= 0 else -1

    def named_after_comma(self, end: int) -> Mention | None:
        """Return the longest name right after the comma at *end*: 作为沿海城市，|青岛|的海洋经济…."""
        if self.sentence.text[end - self.base : end - self.base + 1] != "，":
            return None
        beginning = (mention for mention in self.names.mentions if mention.span.start == end + 1)
        named = (mention for mention in beginning if "的" not in mention.text)
        return max(named, key=lambda mention: mention.span.end, default=None)

    def relative_frame(self, noun: Noun) -> Frame | None:
        """Return the relative clause whose subject is *noun* (推动|社会进步|的要素)."""
        return next((f for f in self.parse.frames if f.place == "relative" and noun in f.subjects), None)

    def relative_doers(self, noun: Noun, kind: RelationKind) -> Mentions:
        """Return who does it in the relative clause of *kind* on *noun*, its object: 行业|面临|的|问题."""
        for frame in self.parse.frames:
            if frame.place == "relative" and noun in frame.objects:
                is_of_kind = frame.entry is not None and frame.entry.kind is kind
                return self.with_members(frame.subjects) if is_of_kind else ()
        return ()

    def is_listed(self, frame: Frame) -> bool:
        """Tell whether a mark joins the subject to a state before it: 供需脱节、|转化率|低."""
        start = min((noun.full_span.start for noun in frame.subjects), default=self.base)
        return self.sentence.text[: start - self.base].endswith("、")

    def relative_objects(self, noun: Noun) -> Mentions:
        """Return the objects of the relative clause on *noun*."""
        frame = self.relative_frame(noun)
        return self.mentions(frame.objects) if frame is not None else ()

    def pronoun_subjects(self, frame: Frame) -> Mentions:
        """Return what 这 or 它 before the verb stands for: the subjects of the sentence before.

        全市 and 我市 stand for the place that the article is about.
        """
        classes = load_word_classes("relation_words")
        pronouns, own = classes["pronoun"], classes["own"]
        words, roles = self.parse.words, self.parse.roles
        index = len(words) - 1
        while index >= 0 and words[index].span.start >= frame.cue_span.start:
            index -= 1
        index = _before_phrase(roles, index)
        while index >= 0 and roles[index] not in ",NAVE":
            if words[index].text in classes["it"]:
                return (self.scope.subjects if self.scope.has_subject else ()) or self.state.subjects
            if words[index].text in pronouns:
                return self._just_told(frame) or self.state.subjects
            if words[index].text in own:
                return self.state.home
            if words[index].text in classes["addressed"]:
                return self.state.addressees
            if words[index].text in classes["group"]:
                return self._own_body(frame) or (self._they() if words[index].text == "他们" else ())
            index -= 1
        if index >= 0 and words[index].text in classes["addressed"]:
            return self.state.addressees
        return self.state.home if index >= 0 and words[index].text in own else ()

    def _just_told(self, frame: Frame) -> Mentions:
        """Return what 这 later in a sentence stands for: what was done in it (推出举措，这|将有助于…)."""
        before = [f for f in self.parse.frames if f.place == "main" and f.clause < frame.clause and f.objects]
        for told in reversed(before):
            things = tuple(m for m in self.mentions(told.objects) if m.kind not in ACTORS)
            if things:
                return things
        return ()

    def _they(self) -> Mentions:
        """Return the actors that 他们 stands for: subjects of the sentence, or of the one before."""
        subjects = self.scope.subjects if self.scope.has_subject else self.state.subjects
        return tuple([mention for mention in subjects if mention.kind in _PEOPLE])

    def _own_body(self, frame: Frame) -> Mentions:
        """Return whose deeds 我们 tells of: those of the body that the speaker has an office in."""
        speaker = self.state.speaker
        modality, _ = modality_of(frame.modal + frame.adverbs)
        if speaker is None or modality is Modality.REQUIRED:
            return ()
        return self.state.bodies.get(speaker.name, ())

    def meant_by(self, noun: Noun) -> Mentions:
        """Return what a noun with 该 or 这一 stands for: the last thing named so (该公司 → 龙翼航空公司).

        当地 stands for the place named before it in the sentence, that of the title, or the last one.
        """
        if noun.name in load_word_set("local_words"):
            here = [m for m in self.names.mentions if m.span.end <= noun.span.start]
            earlier = (*reversed(here), *self.state.home, *reversed(self.state.named))
            return tuple(next(([m] for m in earlier if m.kind is EntityKind.PLACE), ()))
        if self._is_its(noun):
            return self.scope.subjects if self.scope.has_subject else self.state.subjects
        if not self.is_pointed_at(noun):
            return self._body_called(noun)
        here = [m for m in self.names.mentions if m.span.end < noun.span.start]
        known = (*reversed(here), *reversed(self.state.named))
        named = (m for m in known if m.name != noun.name)
        found = next((m for m in named if m.name.endswith(noun.name) or m.text.endswith(noun.name)), None)
        if found is None and any(m.kind is EntityKind.TECHNOLOGY for m in self.names.of(noun)):
            found = next((m for m in known if self._is_recent_model(m)), None)
        if found is None and noun.name in load_word_set("trade_classes"):
            found = next((m for m in (*self.state.subjects, *known) if self._is_trade(m)), None)
        if found is None and noun.name in load_word_set("pointed_classes"):
            kind = kind_of_name(noun.name)
            recent = (m for m in (*self.state.subjects, *known) if self._is_recent(m))
            found = next((m for m in recent if m.kind is kind and m.name != noun.name), None)
        return (found,) if found is not None else ()

    def _body_called(self, noun: Noun) -> Mentions:
        """Return the one body of the article so far that a bare 研究院 or 集团 stands for."""
        is_one_of_many = noun.first > 0 and self.parse.roles[noun.first - 1] in "QR"
        if noun.name not in load_word_set("body_ends") or is_one_of_many:
            return ()
        bodies = [m for m in self.state.named if m.kind is EntityKind.ORGANIZATION and m.name != noun.name]
        shortest = len(noun.name) + _OWN_NAME  # 商业银行 is no bank by name
        called = {m.name: m for m in bodies if m.name.endswith(noun.name) and len(m.name) >= shortest}
        return tuple(called.values()) if len(called) == 1 else ()

    def _is_trade(self, mention: Mention) -> bool:
        """Tell a trade by name, which 该产业 may stand for: 低空经济."""
        is_named = mention.name not in load_word_set("trade_classes")
        return is_named and mention.kind is EntityKind.SECTOR

    def _is_recent_model(self, mention: Mention) -> bool:
        """Tell the name of a model of the last sentences, which 这款|平板电脑 may stand for: TouchPad."""
        is_model = mention.kind is EntityKind.TECHNOLOGY and _LATIN_RE.match(mention.text) is not None
        return is_model and self._is_recent(mention)

    def _is_its(self, noun: Noun) -> bool:
        """Tell whether a bare process stands behind 其, which is told of whose it is: 其|发展."""
        before = self.parse.words[noun.first - 1].text if noun.first else ""
        is_process = noun.name in load_word_set("process_tails")
        return is_process and before in load_word_classes("relation_words")["its"]

    def _is_recent(self, mention: Mention) -> bool:
        return self.sentence.index - mention.sentence_index <= _FARTHEST_BACK

    def is_pointed_at(self, noun: Noun) -> bool:
        """Tell whether 该, 这一 or 这|款 stands before the noun."""
        words, index = self.parse.words, noun.first - 1
        if index < 0:
            return False
        if index > 0 and words[index].text in load_word_set("pointing_classifiers"):
            index -= 1
        is_after_noun = index > 0 and self.parse.roles[index - 1] == "N"  # 油茶这一|木本油料
        points = load_word_classes("relation_words")["this"]
        return not is_after_noun and words[index].text in points

    # -- prepositional phrases ---------------------------------------------------------------

    def phrases(self, frame: Frame, role: str) -> Iterator[Prepositional]:
        """Yield the phrases of *frame* whose preposition is of the class *role*."""
        if not frame.prepositions:
            return iter(())
        words = load_word_classes("relation_words")[role]
        return (phrase for phrase in frame.prepositions if phrase.word in words)

    def phrased(self, frame: Frame, role: str) -> Mentions:
        """Return what those phrases name, leaving aside those with a verb of their own (为|完善|体系)."""
        if not frame.prepositions:
            return ()
        plain = [phrase for phrase in self.phrases(frame, role) if not phrase.verb]
        return tuple(mention for phrase in plain for mention in self.with_members(phrase.nominal.heads))

    def aid_given(self, frame: Frame) -> tuple[Noun, ...]:
        """Return the objects that are aid itself: 给予|重点扶持, 加大|支持力度, 加大|对教育的|投入."""
        if frame.verb not in load_word_set("aid_verbs"):
            return ()
        aid = load_word_ends("aid_nouns")
        if self.sentence.text.startswith("对", frame.verb_span.end - self.base):
            aid += load_word_ends("outlay_nouns")
        return tuple(noun for noun in frame.objects if noun.name.endswith(aid))

    def companions(self, frame: Frame) -> Mentions:
        """Return who does the deed together with the subject: 甲|与|乙|联合|印发, 甲|会同|乙|制定."""
        is_deed = frame.entry is not None and frame.entry.actor_kind in (
            RelationKind.IMPLEMENTS,
            RelationKind.ADVOCATES,
            RelationKind.PARTICIPATES_IN,
        )
        if not is_deed or not frame.prepositions:
            return ()
        is_joint = any(word in frame.adverbs for word in load_word_set("joint_adverbs"))
        if frame.verb in load_word_set("agreeing_verbs"):
            return self.phrased(frame, "with")
        joining = load_word_set("joining_prepositions")
        if not is_joint and not any(phrase.word in joining for phrase in frame.prepositions):
            return ()
        classes = load_word_set("class_heads")
        return tuple(body for body in self.phrased(frame, "with") if body.name not in classes)

    def means(self, frame: Frame) -> Mentions:
        """Return by what it is done: 通过|科技创新."""
        if not frame.prepositions:
            return ()
        plain = [phrase for phrase in self.phrases(frame, "means") if not phrase.localizer]
        heads = [noun for phrase in plain for noun in phrase.nominal.heads]
        manner = load_word_set("manner_heads")
        return self.with_members([noun for noun in heads if self.last_word(noun) not in manner])

    def is_ours(self, frame: Frame) -> bool:
        """Tell whether the writer is the one that acts: 我们|将|加快建设|大市场."""
        return self._word_before(frame) in load_word_set("own_pronouns")

    def is_of_this(self, frame: Frame) -> bool:
        """Tell whether a pronoun is the subject: 此举|将|有助于|缓解|压力."""
        return self._word_before(frame) in load_word_set("deed_pronouns")

    def _word_before(self, frame: Frame) -> str:
        """Return the word before a verb with all that goes with it, or nothing."""
        words, index = self.parse.words, 0
        while index < len(words) and words[index].span.end < frame.verb_span.end:
            index += 1
        while index > 0 and self.parse.roles[index - 1] in "DMVT":
            index -= 1
        return words[index - 1].text if index > 0 else ""

    def has_goal(self, frame: Frame) -> bool:
        """Tell whether the verb ends in a word of direction, so that its object is a goal: 销|往, 转移|到."""
        end = frame.verb_span.end - self.base
        goals = load_word_set("goal_complements")
        return frame.verb[-1] in goals or self.sentence.text[end : end + 1] in goals

    # -- claims ------------------------------------------------------------------------------

    def place_of(self, word: str, within: Span) -> Span:
        """Return where *word* stands last in *within*, else all of it."""
        start = self.sentence.text.rfind(word, within.start - self.base, within.end - self.base)
        return within if start < 0 else Span(self.base + start, self.base + start + len(word))

    def claim(
        self, subject: Mention | None, kind: RelationKind, obj: Mention, cue_span: Span, rule: str
    ) -> Claim:
        """Return a claim whose cue is the text at *cue_span*."""
        # A cue is verbatim; a verb in two parts (以…为…) is cited with what stands between them.
        cue = self.sentence.text[cue_span.start - self.base : cue_span.end - self.base]
        return Claim(subject, kind, obj, self.sentence.index, cue, cue_span, rule, UNWEIGHED)

    def stated(self, frame: Frame, subject: Mention, kind: RelationKind, obj: Mention, rule: str) -> Claim:
        """Return a claim that the verb of *frame* states, under the modality of the clause."""
        speaker = self.state.speaker
        return replace(
            self.claim(subject, kind, obj, frame.cue_span, rule),
            modality=self.scope.modality,
            strength=(self.scope.own_strength or self.scope.strength) if kind in CALLS else None,
            negated=is_negated(frame) or is_forbidden(frame) or is_prevented(self.parse, frame),
            label=frame.verb if kind is RelationKind.RELATED_TO else None,
            action=frame.action if kind in CALLS else None,
            speaker=speaker if speaker != subject else None,
        )

    def stated_of_all(
        self, frame: Frame, subjects: Mentions, kind: RelationKind, objects: Mentions, rule: str
    ) -> Iterator[Claim]:
        """Yield the claim for every pair: coordination multiplies out."""
        for subject in subjects:
            for obj in objects:
                yield self.stated(frame, subject, kind, obj, rule)


def return_to_first_subject(at: Context, frame: Frame) -> None:
    """After a semicolon a clause goes on about the actor that the sentence began with.

    水利部发布规划，规划介绍制度；成立委员会: the committee is founded by 水利部.
    """
    first, base = at.scope.first, at.base
    if not first or first == at.scope.subjects or first[0].kind not in ACTORS:
        return
    before = max((f.cue_span.end for f in at.parse.frames if f.clause < frame.clause), default=-1)
    if before >= 0 and "；" in at.sentence.text[before - base : frame.cue_span.start - base]:
        at.scope.settle(first)


def _before_phrase(roles: str, index: int) -> int:
    """Return the index before the prepositional phrase that ends at *index*, else *index*: 我们|在|深圳."""
    start = index
    while start >= 0 and roles[start] in _IN_PHRASE:
        start -= 1
    return start - 1 if 0 <= start < index and roles[start] == "P" else index
