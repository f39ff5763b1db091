"""Clauses: who does what to what, read from roles and base noun phrases.

The grammar is that of closed classes: commas cut clauses; prepositions, 的, 、, 和 and 等 say how noun
phrases hang together; verbs take the phrase before them as subject and the one after as object. What
it yields are frames, each one verb with its arguments, which ``kg.relations`` turns into claims.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.phrases import Phrase, find_phrases
from kg.records import Sentence, Span, Word
from kg.roles import find_roles
from kg.rules import Verb, find_verb, kind_of_name, load_kinds, load_word_set
from kg.schema import EntityKind, RelationKind

_JOINING_ADVERBS = frozenset(("并", "并且"))
_WITH = frozenset(("与", "和", "同", "及"))
_ABOUT = frozenset(("对", "关于", "对于"))
# Deeper than people write, and shallow enough that a text of nothing but 以 or 的 is read in linear time.
_DEEPEST_PHRASE = 4
_DEEPEST_GENITIVE = 20
_LONGEST_CONTAINER = 80  # words between 在 and its localizer; a clause is seldom half as long
_TROUBLE = frozenset((RelationKind.OPPOSES, RelationKind.HINDERS, RelationKind.ADDRESSES))
_CONTAINERS = frozenset(("在", "当", "从", "自", "到", "自从", "于"))  # prepositions a localizer may close


@dataclass(frozen=True, slots=True)
class Noun:
    """One conjunct of a nominal, with its coordinated head or modifier restored in ``name``.

    ``owner`` is the noun before 的 (颠覆性技术 in 颠覆性技术的突破), ``span`` covers the noun alone and
    ``full_span`` owner and attributes too.
    """

    name: str
    span: Span
    full_span: Span
    first: int
    last: int
    owners: tuple["Noun", ...] = ()
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Nominal:
    """Coordinated nouns (``heads``) and the examples listed before 等 (``members``)."""

    heads: tuple[Noun, ...]
    members: tuple[Noun, ...] = ()
    localizer: str = ""


@dataclass(frozen=True, slots=True)
class Prepositional:
    """A preposition with its nominal, and the verb inside it (为|完善|体系)."""

    word: str
    nominal: Nominal
    verb: str = ""
    localizer: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One verb with its arguments.

    ``place`` is ``main``, ``relative`` (the verb of a clause before 的), ``pivot`` (its subject is the
    object of the verb before) or ``inner`` (inside a prepositional phrase). ``modal`` are the modal
    verbs, ``adverbs`` the adverbs as written; ``cue_span`` covers adverbs and verbs.
    """

    verb: str
    entry: Verb | None
    verb_span: Span
    cue_span: Span
    action: str
    subjects: tuple[Noun, ...]
    objects: tuple[Noun, ...]
    clause: int
    place: str = "main"
    modal: str = ""
    adverbs: str = ""
    prepositions: tuple[Prepositional, ...] = ()
    has_own_subject: bool = False
    in_quotes: bool = False
    topic: tuple[Noun, ...] = ()  # the subject before 以 A 为 B


@dataclass(frozen=True, slots=True)
class Joint:
    """Two nouns joined inside a phrase: 科技人才与产业人才|复合."""

    first: Noun
    second: Noun
    cue_span: Span
    cue: str


@dataclass(frozen=True, slots=True)
class Parse:
    """What the parser saw of one sentence, for extraction and for explaining it."""

    sentence: Sentence
    words: tuple[Word, ...]
    roles: str
    phrases: tuple[Phrase, ...]
    nominals: tuple[Nominal, ...]
    frames: tuple[Frame, ...]
    joints: tuple[Joint, ...] = ()


def parse_sentence(sentence: Sentence, words: tuple[Word, ...]) -> Parse:
    """Return the nominals and frames of a sentence, in reading order."""
    roles = find_roles(words)
    phrases = find_phrases(words, roles)
    parser = _Parser(words, roles, {phrase.first: phrase for phrase in phrases})
    parser.run()
    joints = tuple(_find_joints(words, phrases))
    return Parse(sentence, words, roles, phrases, tuple(parser.nominals), tuple(parser.frames), joints)


def _find_joints(words: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Joint]:
    joining = load_word_set("joining_nouns")
    for first, second in pairwise(phrases):
        between = words[first.last : second.first]
        last = words[second.last - 1]
        if len(between) != 1 or between[0].text not in _WITH or last.text not in joining:
            continue
        if second.last - second.first < 2:
            continue
        inner = Span(second.span.start, words[second.last - 2].span.end)
        name = "".join(word.text for word in words[second.first : second.last - 1])
        yield Joint(
            Noun(first.text, first.span, first.span, first.first, first.last),
            Noun(name, inner, inner, second.first, second.last - 1),
            last.span,
            last.text,
        )


@dataclass(slots=True)
class _VerbGroup:
    verbs: list[int]
    modal: list[int] = field(default_factory=list)
    adverbs: list[int] = field(default_factory=list)
    joined: list[int] = field(default_factory=list)  # verbs that 并 joins to a later one


class _Parser:
    """A recursive-descent reader over the words of one sentence; grows frames and nominals."""

    def __init__(self, words: Sequence[Word], roles: str, phrase_at: dict[int, Phrase]) -> None:
        self.words = words
        self.roles = roles + ",,,"  # sentinels, so that looking ahead never leaves the sentence
        self.phrase_at = phrase_at
        self.frames: list[Frame] = []
        self.nominals: list[Nominal] = []
        self.position = 0
        self.clause = 0
        self.quote_depth = 0
        self.nesting = 0  # of the prepositional phrases and genitives being read
        self.subject: Nominal | None = None  # of the clause being read
        self.pending: list[Prepositional] = []  # prepositional phrases of a clause without verb
        self.topic: Nominal | None = None  # the nominal of a clause without verb, subject of the next

    # -- clause level ------------------------------------------------------------------------

    def run(self) -> None:
        """Read the whole sentence, clause by clause."""
        n_words = len(self.words)
        while self.position < n_words:
            role = self.roles[self.position]
            if role == ",":
                self.position += 1
                self.clause += 1
            else:
                self._read_clause()

    def _read_clause(self) -> None:
        """Read up to the next comma: subject, prepositional phrases, verbs and their objects."""
        subject, self.topic = self.topic, None
        is_carried = subject is not None
        prepositions, self.pending = self.pending, []
        has_verb = False
        group = _VerbGroup([])
        while True:
            role = self.roles[self.position]
            if role == ",":
                if not has_verb and self._text_at(self.position) == "，":
                    self.topic, self.pending = subject, prepositions
                break
            if role == "“":
                self.quote_depth += 1
                self.position += 1
            elif role == "”":
                self.quote_depth = max(0, self.quote_depth - 1)
                self.position += 1
            elif role in "NA":
                self._skip_attributes()
                nominal = self._read_nominal()
                if nominal is None:  # attributes without a noun
                    self.position += 1
                elif nominal.localizer in load_word_set("time_localizers"):
                    pass  # 十八大以来 tells when, not who
                elif subject is None or is_carried:
                    subject, is_carried = nominal, False
                else:
                    subject = self._topic(subject, nominal)
            elif role == "P":
                self.subject = subject
                phrase = self._read_prepositional()
                if phrase is not None and self._emit_as(prepositions, phrase, group, subject):
                    prepositions.pop()  # 以 A 为 B is said; 以 A is no means of what follows
                    if phrase.nominal.heads[0].owners and subject is None:
                        subject = phrase.nominal  # 以 A 为 B 的|N
                elif phrase is not None:
                    prepositions.append(phrase)
            elif role == "M":
                group.modal.append(self.position)
                self.position += 1
            elif role == "D":
                group.adverbs.append(self.position)
                self.position += 1
            elif role == "V":
                has_verb = True
                subject = self._read_predicate(subject, prepositions, group)
                prepositions = [p for p in prepositions if p.word in ("在", "随着", "对")]
                group = _VerbGroup([], modal=list(group.modal))
            else:
                self.position += 1

    def _text_at(self, index: int) -> str:
        return self.words[index].text if index < len(self.words) else ""

    def _topic(self, topic: Nominal, nominal: Nominal) -> Nominal:
        """Two nominals side by side: the later one is the subject, the former its owner."""
        heads = tuple(noun if noun.owners else _owned(noun, topic.heads) for noun in nominal.heads)
        return Nominal(heads, nominal.members, nominal.localizer)

    # -- predicates --------------------------------------------------------------------------

    def _read_predicate(
        self, subject: Nominal | None, prepositions: list[Prepositional], group: _VerbGroup
    ) -> Nominal | None:
        """Read verbs, object and what is chained to them; return the subject for what follows."""
        subjects = subject.heads if subject else ()
        chain = self._read_verbs(group)
        if self.roles[self.position] == "E" and self.roles[self.position + 1] in "NAQ“":
            return self._relative_without_object(subject, chain, group)
        obj = self._read_object(chain, subject)
        if obj is not None and self._at_relative_end(chain, subject):
            return self._relative_with_object(subject, obj, chain, group, prepositions)
        if obj is not None and self._is_copula(chain):
            obj = self._read_whole_relative(obj)
        if obj is not None and self._is_relative_subject():
            obj = self._relative_without_object(obj, self._read_verbs(_VerbGroup([])), _VerbGroup([]))
        self._emit(subjects, chain, obj.heads if obj else (), prepositions, group, "main", bool(subject))
        self._read_pivot_or_serial(subjects, obj, chain, group)
        return subject

    def _read_pivot_or_serial(
        self, subjects: tuple[Noun, ...], obj: Nominal | None, chain: list[list[int]], group: _VerbGroup
    ) -> None:
        """Read verbs that follow the object within the clause (支持|企业|牵头组建|联合体)."""
        entry = find_verb(self.words[chain[-1][-1]].text)
        own_subjects = subjects
        while True:
            later, prepositions = self._skip_adverbials(group)
            role = self.roles[self.position]
            if role in "、C" and self.roles[self.position + 1] in "VDM":
                self.position += 1
                entry, subjects = None, own_subjects
                continue
            if role != "V":
                return
            next_chain = self._read_verbs(later)
            if self.roles[self.position] == "E" and self.roles[self.position + 1] in "NAQ“":
                head = self._relative_without_object(obj, next_chain, later)
                if head is not None:
                    self._emit(subjects, chain, head.heads, [], group, "main", bool(subjects))
                    obj = head
                continue
            is_pivot = entry is not None and entry.is_pivot and obj is not None
            actors = obj.heads if is_pivot and obj is not None else subjects
            next_obj = self._read_object(next_chain, obj)
            if next_obj is not None and self._at_relative_end(next_chain, obj):
                head = self._relative_with_object(None, next_obj, next_chain, later, prepositions)
                if head is not None and obj is None:
                    self._emit(subjects, chain, head.heads, [], group, "main", bool(subjects))
                obj = head or obj
                continue
            place = "pivot" if is_pivot else "main"
            self._emit(
                actors,
                next_chain,
                next_obj.heads if next_obj else (),
                prepositions,
                later,
                place,
                bool(actors),
            )
            if next_obj is not None:
                obj = next_obj
                entry = find_verb(self.words[next_chain[-1][-1]].text)
                if not is_pivot:
                    continue
                subjects = actors

    def _skip_adverbials(self, group: _VerbGroup) -> tuple[_VerbGroup, list[Prepositional]]:
        later = _VerbGroup([], modal=list(group.modal))
        prepositions: list[Prepositional] = []
        while True:
            role = self.roles[self.position]
            if role == "D":
                later.adverbs.append(self.position)
                self.position += 1
            elif role == "M":
                later.modal.append(self.position)
                self.position += 1
            elif role in "UIT":
                self.position += 1
            elif role == "P":
                phrase = self._read_prepositional()
                if phrase is not None:
                    prepositions.append(phrase)
            else:
                return later, prepositions

    def _read_verbs(self, group: _VerbGroup) -> list[list[int]]:
        """Read a run of verbs; each element is one verb with those coordinated to it."""
        chain: list[list[int]] = []
        while True:
            role = self.roles[self.position]
            if role == "V":
                chain.append([self.position])
                self.position += 1
            elif role in "、C" and chain and self.roles[self.position + 1] == "V" and self._shares_object():
                self.position += 1
                chain[-1].append(self.position)
                self.position += 1
            elif role == "D" and chain and self.roles[self.position + 1] in "VD":
                if self._text_at(self.position) in _JOINING_ADVERBS:
                    group.joined.append(chain[-1][-1])
                group.adverbs.append(self.position)
                self.position += 1
            elif role in "UI" and chain:
                self.position += 1
            else:
                return chain

    def _shares_object(self) -> bool:
        """Tell whether the verb after the mark shares its object with the one before (忽视、放弃|产业)."""
        return self.roles[self.position - 1] in "VU"

    def _read_object(
        self, chain: list[list[int]] | None = None, subject: Nominal | None = None
    ) -> Nominal | None:
        """Read the nominal after verbs; 的 is left standing where it closes a relative clause."""
        attributive = self._read_attributive_as() or self._read_object_about()
        if attributive is not None:
            return attributive
        while self.roles[self.position] in "QRUT“" or self._is_counting_de():
            if self.roles[self.position] == "“":
                self.quote_depth += 1
            self.position += 1
        self._skip_attributes()
        while self.roles[self.position] == "D" and self.roles[self.position + 1] == "A":
            self.position += 1  # 更|多原创性成果
        if self.position in self.phrase_at:
            return self._read_nominal(chain, subject)
        return None

    def _read_object_about(self) -> Nominal | None:
        """Read 对 A 的 B, 关于 A 的 B where an object is expected, and return B owned by A."""
        if self.roles[self.position] != "P" or self._text_at(self.position) not in _ABOUT:
            return None
        start = self.position
        about = self._read_prepositional()
        if about is not None and about.nominal.heads[0].owners and self.roles[self.position] in ",、C”":
            return about.nominal
        self.position = start
        return None

    def _is_counting_de(self) -> bool:
        """Tell the 的 of 一定的|实力 and 四分之一的|企业."""
        return (
            self.roles[self.position] == "E" and self.position > 0 and self.roles[self.position - 1] in "QR"
        )

    def _read_attributive_as(self) -> Nominal | None:
        """Read 以 A 为 B 的 N where an object is expected, and return N."""
        if self._text_at(self.position) != "以" or self.roles[self.position] != "P":
            return None
        start = self.position
        first = self._read_prepositional()
        if first is not None and self._text_at(self.position) == "为":
            second = self._read_prepositional()
            if second is not None and second.nominal.heads[0].owners:
                self._emit_as([first], second, _VerbGroup([]))
                return second.nominal
        self.position = start
        return None

    def _skip_attributes(self) -> None:
        """Pass over attributes with 的 that name nothing (最活跃、最革命的|要素)."""
        index = self.position
        while self.roles[index] in "DA" or (self.roles[index] in "、C" and self.roles[index + 1] in "DA"):
            index += 1
        if index > self.position and self.roles[index] == "E" and self.roles[index + 1] in "NAQR":
            self.position = index + 1
            while self.roles[self.position] in "QR":
                self.position += 1

    # -- relative clauses --------------------------------------------------------------------

    def _at_relative_end(self, chain: list[list[int]], subject: Nominal | None) -> bool:
        """Tell whether 的 after verb and object closes a relative clause, not a genitive.

        It does when another verb is there to take the head: one before in the chain, one before in
        the clause, or one after the head.
        """
        if self.roles[self.position] != "E" or self.roles[self.position + 1] not in "NAQ“B":
            return False
        if len(chain) > 1:
            return True
        entry = find_verb(self.words[chain[0][-1]].text)
        if subject is not None or (entry is not None and entry.kind is RelationKind.IS_A):
            return False
        index = self.position + 1
        while self.roles[index] in "NAQ、EC":
            index += 1
        if self.roles[index] in "VMD" and self.roles[index] != "V":
            return True
        if self.roles[index] == "," and self._copula_follows(index + 1):
            return True
        if self.roles[index] == "," and self.roles[index + 1] == "M" and entry is not None:
            return entry.kind in (RelationKind.CHARACTERIZED_BY, RelationKind.FACES)  # 具备能力的甲，将…
        return self.roles[index] == "V" or self._has_earlier_verb(chain[0][0])

    def _copula_follows(self, index: int) -> bool:
        """Tell whether the next clause begins with a copula (激发动力的关键，一定|是…)."""
        while self.roles[index] in "D":
            index += 1
        verb = find_verb(self._text_at(index)) if self.roles[index] == "V" else None
        return verb is not None and verb.kind is RelationKind.IS_A

    def _is_copula(self, chain: list[list[int]]) -> bool:
        verb = find_verb(self.words[chain[-1][-1]].text)
        return verb is not None and verb.kind is RelationKind.IS_A

    def _read_whole_relative(self, subject: Nominal) -> Nominal:
        """Read 甲|推进|乙|的|缩影 after a copula; return the head, or *subject* where there is none."""
        start, n_frames, n_nominals = self.position, len(self.frames), len(self.nominals)
        group = _VerbGroup([])
        while self.roles[self.position] == "D":
            group.adverbs.append(self.position)
            self.position += 1
        chain = self._read_verbs(group) if self.roles[self.position] == "V" else []
        obj = self._read_object([*chain, *chain], None) if chain else None
        if obj is not None and self.roles[self.position] == "E":
            self.position += 1
            head = self._read_object()
            if head is not None:
                self._emit(subject.heads, chain, obj.heads, [], group, "relative", True)
                return head
        self.position = start
        del self.frames[n_frames:], self.nominals[n_nominals:]
        return subject

    def _is_relative_subject(self) -> bool:
        """Tell whether the object just read is the subject of a relative clause (企业|主导|的|融合)."""
        index = self.position
        while self.roles[index] in "VDU":
            index += 1
        return index > self.position and self.roles[index] == "E" and self.roles[index + 1] in "NAQ“"

    def _has_earlier_verb(self, index: int) -> bool:
        index -= 1
        while index >= 0 and self.roles[index] != ",":
            if self.roles[index] in "VP":
                return True
            index -= 1
        return False

    def _relative_without_object(
        self, subject: Nominal | None, chain: list[list[int]], group: _VerbGroup
    ) -> Nominal | None:
        """Read 的 and the head that the relative clause lacks as object (企业|主导|的|融合)."""
        self.position += 1
        head = self._read_object()
        if head is None:
            return subject
        subjects = subject.heads if subject else ()
        self._emit(subjects, chain, head.heads, [], group, "relative", bool(subject))
        return head

    def _relative_with_object(
        self,
        subject: Nominal | None,
        obj: Nominal,
        chain: list[list[int]],
        group: _VerbGroup,
        prepositions: list[Prepositional],
    ) -> Nominal | None:
        """Read 的 and the head that is subject of the verb before (束缚|生产力|的|堵点)."""
        self.position += 1
        head = self._read_object()
        if head is None:
            return subject
        self._emit(head.heads, chain[-1:], obj.heads, [], _VerbGroup([]), "relative", True)
        if len(chain) > 1:
            outer = subject.heads if subject else ()
            self._emit(outer, chain[:-1], head.heads, prepositions, group, "main", bool(subject))
            self._read_pivot_or_serial(outer, head, chain[:-1], group)
            return subject
        return head

    def _closing_localizer(self) -> int | None:
        """Return where the localizer stands that closes a clause after 在 (在|参加会议|时)."""
        index = self.position
        has_verb = False
        while self.roles[index] != "," and index < self.position + _LONGEST_CONTAINER:
            if self.roles[index] == "F" and self.roles[index + 1] != "E":
                return index if has_verb else None
            has_verb = has_verb or self.roles[index] == "V"
            index += 1
        return None

    def _read_contained(self, closer: int) -> None:
        """Read the clause up to *closer* by itself; its frames are ``inner``."""
        roles = self.roles[:closer] + ","
        inner = _Parser(self.words, roles, self.phrase_at)
        inner.position, inner.clause, inner.topic = self.position, self.clause, self.subject
        inner.nesting = self.nesting
        while inner.position < closer:
            if inner.roles[inner.position] == ",":
                inner.position += 1
            else:
                inner._read_clause()
        self.frames.extend(replace(f, place="inner") if f.place == "main" else f for f in inner.frames)
        self.nominals.extend(inner.nominals)
        self.position = closer + 1

    # -- prepositional phrases ---------------------------------------------------------------

    def _read_prepositional(self) -> Prepositional | None:
        """Read a preposition and its nominal, with a verb of its own where it has one."""
        if self.nesting >= _DEEPEST_PHRASE:
            self.position += 1
            return None
        self.nesting += 1
        phrase = self._read_preposition_and_nominal()
        self.nesting -= 1
        return phrase

    def _read_preposition_and_nominal(self) -> Prepositional | None:
        word = self.words[self.position].text
        self.position += 1
        closer = self._closing_localizer() if word in _CONTAINERS else None
        if closer is not None:
            self._read_contained(closer)
            return None
        verb = ""
        group = _VerbGroup([])
        while self.roles[self.position] in "QRDTU":
            self.position += 1
        inner: list[list[int]] = []
        if self.roles[self.position] == "V":
            inner = self._read_verbs(group)
            verb = self.words[inner[-1][-1]].text
        nominal = self._read_object()
        if nominal is None:
            return None
        if inner:
            self._emit((), inner, nominal.heads, [], group, "inner", False)
        localizer = nominal.localizer
        return Prepositional(word, nominal, verb, localizer)

    def _emit_as(
        self,
        before: list[Prepositional],
        phrase: Prepositional,
        group: _VerbGroup,
        topic: Nominal | None = None,
    ) -> bool:
        """Emit 以 A 为 B, whose two prepositions together are its verb, said of *topic*."""
        if phrase.word != "为" or not before or before[-1].word not in ("以", "把", "将"):
            return False
        start = before[-1].nominal.heads[0].full_span.start - 1
        span = Span(start, phrase.nominal.heads[-1].span.end)
        self.frames.append(
            Frame(
                "以…为", None, span, span, "以…为", before[-1].nominal.heads, phrase.nominal.heads, self.clause,
                place="as", modal="".join(self.words[index].text for index in group.modal),
                has_own_subject=True, in_quotes=self.quote_depth > 0,
                topic=topic.heads if topic else (),
            )
        )  # fmt: skip
        return True

    # -- nominals ----------------------------------------------------------------------------

    def _read_nominal(
        self,
        chain: list[list[int]] | None = None,
        subject: Nominal | None = None,
        is_owned: bool = False,
    ) -> Nominal | None:
        """Read noun phrases joined by 、 和 等 and 的; the position moves past them.

        *chain* are the verbs whose object it is, *subject* theirs; *is_owned* says that 的 stood before.
        """
        conjuncts = self._read_conjuncts()
        if not conjuncts:
            return None
        if is_owned and len(conjuncts) > 1 and self.roles[self.position] == "E":
            return self._read_next_owner(conjuncts)
        members: tuple[Noun, ...] = ()
        heads = tuple(conjuncts)
        if self.roles[self.position] == "G":
            self.position += 1
            heads, members = self._read_class_head(heads)
        elif len(heads) > 1 and self._is_counted_class():
            heads, members = self._read_class_head(heads)  # 甲、乙、丙三大产业
        localizer = ""
        if self.roles[self.position] == "F":
            localizer = self.words[self.position].text
            self.position += 1
        nominal = Nominal(heads, members, localizer)
        takes_genitive = self.roles[self.position] == "E" and self.roles[self.position + 1] in "NAQ“"
        if takes_genitive and not (chain and self._at_relative_end(chain, subject)):
            nominal = self._read_genitive(nominal)
        self.nominals.append(nominal)
        return nominal

    def _read_genitive(self, owner: Nominal) -> Nominal:
        self.nominals.append(owner)
        self.position += 1
        if self.nesting >= _DEEPEST_GENITIVE:
            return owner
        while self.roles[self.position] in "QR“":
            self.position += 1
        self._skip_attributes()
        self.nesting += 1
        head = self._read_nominal(is_owned=True)
        self.nesting -= 1
        if head is None:
            return owner
        self.nominals.pop()
        heads = tuple(noun if noun.owners else _owned(noun, owner.heads) for noun in head.heads)
        return Nominal(heads, head.members, head.localizer)

    def _read_next_owner(self, conjuncts: list[Noun]) -> Nominal:
        """In 甲的乙、丙的丁 the 丙 owns 丁 and does not stand beside 乙."""
        rest = self._read_genitive(Nominal((conjuncts[-1],)))
        return Nominal((*conjuncts[:-1], *rest.heads), rest.members, rest.localizer)

    def _read_conjuncts(self) -> list[Noun]:
        conjuncts: list[Noun] = []
        while True:
            noun = self._read_noun()
            if noun is None:
                break
            conjuncts.append(noun)
            role = self.roles[self.position]
            if role == "”":
                self.quote_depth = max(0, self.quote_depth - 1)
                self.position += 1
                role = self.roles[self.position]
            if self._text_at(self.position) in load_kinds("topic_heads"):
                break  # 发展新质生产力|关键|在创新
            if self.position in self.phrase_at and role in "NA":
                if not self._is_beside_title():  # “甲”“乙” stand side by side
                    continue
                owned = self._read_noun()  # 财政部|《通知》
                if owned is not None:
                    conjuncts[-1] = _owned(owned, (conjuncts[-1],))
                role = self.roles[self.position]
            if role in "、C" and self._noun_after(self.position + 1):
                self.position += 1
                while self.roles[self.position] in "QR“":
                    self.position += 1
                continue
            break
        return _share_parts(conjuncts, self.words, self.roles)

    def _is_beside_title(self) -> bool:
        """Tell whether just one of the words around the position is a title in 《》."""
        return (self.words[self.position].tag == "nk") != (self.words[self.position - 1].tag == "nk")

    def _noun_after(self, index: int) -> bool:
        while self.roles[index] in "QR“":
            index += 1
        return self.roles[index] in "NA"

    def _read_noun(self) -> Noun | None:
        phrase = self.phrase_at.get(self.position)
        if phrase is None:
            return None
        self.position = phrase.last
        return Noun(phrase.text, phrase.span, phrase.span, phrase.first, phrase.last, (), phrase.is_counted)

    def _read_class_head(self, listed: tuple[Noun, ...]) -> tuple[tuple[Noun, ...], tuple[Noun, ...]]:
        """Read what follows 等: a head that the listed share (体制等改革), or their class (等要素)."""
        index = self.position
        while self.roles[index] in "QR":
            index += 1
        if self.roles[index] not in "NA":
            return listed, ()
        is_direct = index == self.position
        self.position = index
        head = self._read_noun()
        if head is None:
            return listed, ()
        if head.name in load_word_set("suffix_classes") and not self._are_names(listed):
            return tuple(_renamed(noun, _with_suffix(noun.name, head.name), noun.span.end) for noun in listed), ()
        if head.name in load_word_set("generic_nouns") | load_word_set("class_heads"):
            return listed, ()
        is_single = head.last - head.first == 1
        if is_single and is_direct and (_is_process(self.words[head.first]) or _is_measure(head.name)):
            shared = tuple(_renamed(noun, noun.name + head.name, head.span.end) for noun in listed)
            return shared, ()
        head = self._without_generic_class(head)
        whole = self._class_part(head)
        if whole is not None:  # 钢铁、有色等|行业|稳增长方案: the list is of 行业, the phrase goes on
            self.nominals.append(Nominal((whole,), listed))
            return (head,), ()
        return (head,), listed

    def _are_names(self, nouns: Sequence[Noun]) -> bool:
        """Tell whether these are bodies or places by name, which take no class word (太钢等企业)."""
        return any(self.words[noun.last - 1].tag in ("nt", "ns", "nr", "nk", "nq") for noun in nouns)

    def _is_counted_class(self) -> bool:
        index = self.position
        while self.roles[index] == "Q":
            index += 1
        is_counted = index > self.position or self._text_at(index)[1:2] == "大"
        return is_counted and index in self.phrase_at

    def _without_generic_class(self, head: Noun) -> Noun:
        """In 生命科学等|领域|前沿技术 the list is of the technologies."""
        first = head.first
        if head.last - first < 2 or self.words[first].text not in load_word_set("generic_nouns"):
            return head
        span = Span(self.words[first + 1].span.start, head.span.end)
        name = "".join(word.text for word in self.words[first + 1 : head.last])
        return Noun(name, span, span, first + 1, head.last, head.owners, head.is_counted)

    def _class_part(self, head: Noun) -> Noun | None:
        """Return the class noun that a longer phrase begins with."""
        for index in range(head.first, head.last - 1):
            if self.words[index].text in load_word_set("class_heads"):
                span = Span(head.span.start, self.words[index].span.end)
                name = "".join(word.text for word in self.words[head.first : index + 1])
                return Noun(name, span, span, head.first, index + 1)
        return None

    def _taking_part(self, indexes: list[int]) -> Verb | None:
        """In 主持|召开 the first verb says what the subject has to do with the event."""
        found = (find_verb(self.words[index].text) for index in indexes[:-1])
        return next((v for v in found if v and v.kind is RelationKind.PARTICIPATES_IN), None)

    def _rejecting(self, indexes: list[int], last: Verb | None) -> Verb | None:
        """In 严禁|新增 the first verb governs; to forbid what hinders or forbids is another matter."""
        first = find_verb(self.words[indexes[0]].text)
        is_double = last is not None and last.kind in _TROUBLE
        return first if first and first.kind is RelationKind.OPPOSES and not is_double else None

    # -- frames ------------------------------------------------------------------------------

    def _emit(
        self,
        subjects: tuple[Noun, ...],
        chain: list[list[int]],
        objects: tuple[Noun, ...],
        prepositions: list[Prepositional],
        group: _VerbGroup,
        place: str,
        own_subject: bool,
    ) -> None:
        if not chain:
            return
        for joined in group.joined:
            rest = _VerbGroup([], group.modal, group.adverbs)
            self._emit(subjects, [[joined]], objects, prepositions, rest, place, own_subject)
        group.joined = []
        indexes = [index for verbs in chain for index in verbs]
        last_verb = self.words[chain[-1][-1]]
        entry = find_verb(last_verb.text)
        entry = self._taking_part(indexes) or self._rejecting(indexes, entry) or entry
        if entry is None:  # a verb no table knows: its partner in the chain may be known
            known = [find_verb(self.words[index].text) for index in reversed(indexes)]
            entry = next((verb for verb in known if verb), None)
        start = min([*indexes, *group.adverbs[-3:]])
        begin, end = self.words[start].span.start, self.words[indexes[-1]].span.end
        action = "".join(word.text for word in self.words[start : indexes[-1] + 1])
        self.frames.append(
            Frame(
                verb=last_verb.text,
                entry=entry,
                verb_span=last_verb.span,
                cue_span=Span(begin, end),
                action=action,
                subjects=subjects,
                objects=objects,
                clause=self.clause,
                place=place,
                modal="".join(self.words[index].text for index in group.modal),
                adverbs="".join(self.words[index].text for index in group.adverbs),
                prepositions=tuple(prepositions),
                has_own_subject=own_subject,
                in_quotes=self.quote_depth > 0,
            )
        )


def _owned(noun: Noun, owners: tuple[Noun, ...]) -> Noun:
    start = min((owner.full_span.start for owner in owners), default=noun.span.start)
    return Noun(
        noun.name,
        noun.span,
        Span(min(start, noun.full_span.start), noun.full_span.end),
        noun.first,
        noun.last,
        owners,
        noun.is_counted,
    )


def _renamed(noun: Noun, name: str, end: int) -> Noun:
    return Noun(
        name, noun.span, Span(noun.full_span.start, end), noun.first, noun.last, noun.owners, noun.is_counted
    )


def _with_suffix(name: str, suffix: str) -> str:
    return name if name.endswith((suffix, suffix[-1])) else name + suffix


def _is_process(word: Word) -> bool:
    return word.tag in ("vn", "v")


def _is_measure(name: str) -> bool:
    return kind_of_name(name) is EntityKind.INDICATOR


def _share_parts(conjuncts: list[Noun], words: Sequence[Word], roles: str) -> list[Noun]:
    """Give coordinated nouns the head or modifier they share.

    产业高端化、智能化、绿色化转型 → 产业高端化转型, 产业智能化转型, 产业绿色化转型: where every last word
    but that of the final noun ends in the same suffix as the final noun's first word.
    """
    if len(conjuncts) < 2:
        return conjuncts
    first, last = conjuncts[0], conjuncts[-1]
    if all(set(roles[noun.first : noun.last]) == {"A"} for noun in conjuncts[:-1]):
        tail = "".join(word.text for word in words[last.first + 1 : last.last])
        if roles[last.first] == "A" and tail:  # 前沿性、革命性技术 → 前沿性技术, 革命性技术
            return [*(_renamed(noun, noun.name + tail, noun.span.end) for noun in conjuncts[:-1]), last]
    suffix = words[last.first].text[-1]
    parallel = suffix in "化性型" and all(words[noun.last - 1].text[-1] == suffix for noun in conjuncts[:-1])
    if not parallel or last.last - last.first < 2 or any(n.last - n.first > 2 for n in conjuncts[1:-1]):
        return conjuncts
    prefix = "".join(word.text for word in words[first.first : first.last - 1])
    tail = "".join(word.text for word in words[last.first + 1 : last.last])
    shared = [_renamed(first, first.name + tail, first.span.end)]
    shared += [_renamed(noun, prefix + noun.name + tail, noun.span.end) for noun in conjuncts[1:-1]]
    shared.append(_renamed(last, prefix + last.name, last.span.end))
    return shared
