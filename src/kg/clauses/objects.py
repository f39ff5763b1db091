"""What verbs and prepositions govern."""

import re

from kg.clauses.frames import FrameReader
from kg.clauses.nouns import to_owned
from kg.clauses.records import Nominal, Noun, Prepositional
from kg.clauses.states import Adverbials, Chain
from kg.records import Span, replace
from kg.rules import load_word_ends, load_word_set

# Deeper than people write, and shallow enough that a text of nothing but 以 is read in linear time.
_DEEPEST_PHRASE = 4
_BETWEEN_RE = re.compile("P[NAQ“”]+P[NAQ“”]+E[NAQ]")


class ObjectReader(FrameReader):
    """Reads objects and prepositional phrases."""

    def read_clauses(self, end: int) -> None:
        """Read clause by clause up to the word *end*; a preposition may hold whole clauses."""
        raise NotImplementedError

    def read_object(self, chain: Chain | None = None, subject: Nominal | None = None) -> Nominal | None:
        """Read the nominal after verbs; 的 is left standing where it closes a relative clause."""
        roles = self.roles
        if roles[self.position] == "P":
            attributive = (
                self._read_attributive_as() or self._read_object_between() or self._read_object_about()
            )
            if attributive is not None:
                return attributive
        if roles[self.position] == "V" and self.is_including():
            return self.read_including()
        while roles[self.position] in "QRUT“" or self.is_counting_de():
            self.position += 1
        self.skip_attributes()
        while roles[self.position] == "D" and roles[self.position + 1] == "A":
            self.position += 1  # 更|多原创性成果
        nominal = self.read_nominal(chain, subject) if self.position in self.phrase_at else None
        while nominal is not None and self._only_tells_when(nominal):
            self.nominals.pop()
            nominal = self.read_nominal(chain, subject)
        if nominal is None:
            return None
        return self._read_one_whole(nominal) or self._read_utterance(nominal) or nominal

    def _only_tells_when(self, nominal: Nominal) -> bool:
        """Tell whether the noun says of when the object after it is: 保障|春节期间|物资供应."""
        is_time = nominal.localizer in load_word_set("time_localizers")
        return is_time and self.position in self.phrase_at and self.role in "NA"

    def _read_utterance(self, person: Nominal) -> Nominal | None:
        """Read 在大会上的|重要讲话精神, 关于教育的|论述 after the person who said so, as one noun."""
        speaker = person.heads[-1]
        is_said = self.role == "P" and self.text_at(self.position) in load_word_set("saying_prepositions")
        if not is_said or self.words[speaker.last - 1].tag != "nr":
            return None
        start, n_frames, n_nominals = self.position, len(self.frames), len(self.nominals)
        phrase = self.read_prepositional()
        said = phrase.nominal if phrase is not None else None
        if said is not None and self.role == "E":
            self.position += 1
            said = self.read_object()
        head = said.heads[0] if said is not None else None
        if head is None or not self.words[head.last - 1].text.endswith(load_word_ends("utterances")):
            self.position = start
            del self.frames[n_frames:], self.nominals[n_nominals:]
            return None
        del self.frames[n_frames:]
        span = Span(speaker.span.start, head.span.end)
        name = self.text_of(speaker.first, head.last)
        whole = Noun(name, span, span, speaker.first, head.last)
        del self.nominals[-1:]
        heads = (*person.heads[:-1], whole, *(said.heads[1:] if said is not None else ()))
        self.nominals.append(Nominal(heads))
        return self.nominals[-1]

    def _read_one_whole(self, parts: Nominal) -> Nominal | None:
        """Read 于一体的|综合体 after 集|A、B: what it is made of."""
        is_whole = self.text_at(self.position + 1) in load_word_set("one_whole")
        if not is_whole or self.roles[self.position + 2 : self.position + 3] != "E":
            return None  # or the part read apart ends before 的
        start = self.position
        self.position += 3
        whole = self.read_nominal()
        if whole is None:
            self.position = start
            return None
        # of another span, so that what is done with the whole is not done with its parts
        class_ = tuple(replace(head, full_span=parts.heads[0].full_span) for head in whole.heads)
        self.nominals.append(Nominal(class_, parts.heads))
        return whole

    def _read_object_about(self) -> Nominal | None:
        """Read 对 A 的 B, 关于 A 的 B where an object is expected, and return B owned by A.

        In 与 A 在 C 的 B it is owned by both.
        """
        if self.text_at(self.position) not in load_word_set("topic_prepositions"):
            return None
        start = self.position
        about = self.read_prepositional()
        nominal = self._read_field(about.nominal) if about is not None else None
        if nominal is not None and nominal.heads[0].owners and self.role in ",、C”":
            return nominal
        self.position = start
        return None

    def _read_object_between(self) -> Nominal | None:
        """Read 从 A 到 B 的 N where an object is expected, and return N, owned by both."""
        if self.text_at(self.position) != "从" or not _BETWEEN_RE.match(self.roles, self.position):
            return None
        start = self.position
        origin = self.read_prepositional()
        goal = self.read_prepositional() if origin is not None and self.role == "P" else None
        if origin is None or goal is None or not goal.nominal.heads[0].owners:
            self.position = start
            return None
        return Nominal(tuple(_owned_besides(head, origin.nominal.heads) for head in goal.nominal.heads))

    def _read_field(self, about: Nominal) -> Nominal:
        """Read 在 C 的 B after 与 A, and return B owned by both, or *about* where no such thing follows."""
        if self.role != "P" or self.text_at(self.position) not in load_word_set("field_prepositions"):
            return about
        start = self.position
        field = self.read_prepositional()
        if field is None or not field.nominal.heads[0].owners:
            self.position = start
            return about
        return Nominal(tuple(_owned_besides(head, about.heads) for head in field.nominal.heads))

    def _read_attributive_as(self) -> Nominal | None:
        """Read 以 A 为 B 的 N where an object is expected, and return N.

        A row of such is read as well: 以 A 为 B、以 C 为 D 的 N, 以 A 为 B、C 为 D、E 的 N.
        """
        if self.text_at(self.position) != "以":
            return None
        start = self.position
        pairs: list[tuple[Prepositional, Prepositional]] = []
        whole = self._read_pairs_as(pairs)
        if whole is None:
            self.position = start
            return None
        for first, second in pairs:
            heads = second.nominal.heads
            owned = heads if heads[0].owners else tuple(to_owned(noun, heads) for noun in whole.heads)
            self.emit_as([first], replace(second, nominal=replace(second.nominal, heads=owned)))
        return whole

    def _read_pairs_as(self, pairs: list[tuple[Prepositional, Prepositional]]) -> Nominal | None:
        """Read 以 A 为 B as often as it stands, into *pairs*; return the noun that they close with."""
        next_one: Nominal | None = None
        while True:
            if next_one is not None:
                first: Prepositional | None = Prepositional("以", next_one)
            elif self.text_at(self.position) == "以":
                first = self.read_prepositional()
            else:
                nominal = self.read_nominal() if self.position in self.phrase_at else None
                if nominal is not None and nominal.heads[0].owners and self.text_at(self.position) != "为":
                    return nominal  # 产学研深度融合的|技术创新体系
                first = Prepositional("以", nominal) if nominal is not None else None
            second = self.read_prepositional() if self.text_at(self.position) == "为" else None
            if first is None or second is None:
                return None
            heads = second.nominal.heads
            if heads[0].owners:
                pairs.append((first, second))
                return second.nominal
            if self.text_at(self.position) == "为" and len(heads) > 1:  # 为|主体、市场|为|导向
                next_one = Nominal(heads[-1:])
                second = replace(second, nominal=replace(second.nominal, heads=heads[:-1]))
            elif self.role == "、":
                next_one = None
                self.position += 1
            else:
                return None
            pairs.append((first, second))

    # -- prepositions ------------------------------------------------------------------------

    def read_prepositional(self) -> Prepositional | None:
        """Read a preposition and its nominal, with a verb of its own where it has one."""
        word = self.words[self.position].text
        self.position += 1
        if self.nesting >= _DEEPEST_PHRASE:
            return None
        self.nesting += 1
        phrase = self._read_governed(word)
        self.nesting -= 1
        return phrase

    def _read_governed(self, word: str) -> Prepositional | None:
        if word in load_word_set("containing_prepositions"):
            closer = self.find_closing_localizer()
            if closer is not None:
                self._read_contained(closer)
                return None
        if word in load_word_set("dating_prepositions") and self._is_only_date():
            return None
        begin = self.position
        self.skip("QRDTU")
        if begin < self.position and self.role == "V" and self._is_manner(self.position - 1):
            return None  # 以|更|大力度|吸引|外资: how it is done
        if self.role == "E" and self.roles[self.position - 1] == "D":
            self.position += 1  # 通过|持续|的|技术创新
        start = self.position
        adverbials = Adverbials()
        chain = [] if self.is_including() else self.read_verbs(adverbials)
        nominal = self.read_object()
        if nominal is None:
            self.position = start  # 在|会上|强调: the verb is not the preposition's
            return None
        if not chain and self.role == "V" and word in load_word_set("giving_prepositions"):
            return self._read_receiving(word, nominal)
        self.emit((), chain, nominal.heads, adverbials, place="inner")
        verb = self.words[chain[-1][-1]].text if chain else ""
        if chain or word in load_word_set("matter_prepositions"):
            nominal = self._read_more_acts(nominal)
        return Prepositional(word, nominal, verb, nominal.localizer)

    def _is_manner(self, index: int) -> bool:
        """Tell whether a word tells of how much is done, though it is read as an adverb: 大力度."""
        return self.text_at(index).endswith(load_word_ends("degree_nouns"))

    def _is_only_date(self) -> bool:
        """Pass a date before the verb it dates, which is no verb of its preposition: 于|3月3日|上调|报价."""
        index = self.position
        while self.roles[index] in "TQ":
            index += 1
        if "T" not in self.roles[self.position : index] or self.roles[index] not in "VDM":
            return False
        self.position = index
        return True

    def _read_more_acts(self, first: Nominal) -> Nominal:
        """Read further verbs with objects that the preposition governs (为|深化改革、|推动发展|提供支撑)."""
        heads = first.heads
        while self.role in "、C" and self.roles[self.position + 1] in "VD":
            start = self.position
            self.position += 1
            adverbials = Adverbials()
            while self.role == "D":
                adverbials.adverbs.append(self.position)
                self.position += 1
            chain = self.read_verbs(adverbials)
            obj = self.read_object() if chain else None
            if obj is None:
                self.position = start
                break
            self.emit((), chain, obj.heads, adverbials, place="inner")
            heads += obj.heads
        return replace(first, heads=heads)

    def _read_receiving(self, word: str, subject: Nominal) -> Prepositional:
        """Read the clause for whose sake something is given (为|工程机械行业|实现|目标|提供|保障)."""
        alone = Prepositional(word, subject, "", subject.localizer)
        if not self.is_giving_ahead():
            return alone
        start, n_nominals = self.position, len(self.nominals)
        chain = self.read_verbs(Adverbials())
        obj = self.read_object()
        if obj is not None and self.role in "VD":
            self.emit(subject.heads, chain, obj.heads, Adverbials(), place="inner")
            return Prepositional(word, obj, self.words[chain[-1][-1]].text, obj.localizer)
        self.position = start
        del self.nominals[n_nominals:]
        return alone

    def _read_contained(self, closer: int) -> None:
        """Read the clause up to *closer* by itself, and pass that."""
        self.read_apart(closer)
        self.position = closer + 1

    def read_apart(self, closer: int) -> None:
        """Read the words up to *closer* as clauses of their own; their frames are ``inner``."""
        inner = type(self)(self.words, self.roles[:closer], self.phrase_at)
        inner.position, inner.clause, inner.topic = self.position, self.clause, self.subject
        inner.nesting = self.nesting
        inner.read_clauses(closer)
        self.frames += (replace(f, place="inner") if f.place == "main" else f for f in inner.frames)
        self.nominals += inner.nominals


def _owned_besides(noun: Noun, owners: tuple[Noun, ...]) -> Noun:
    """Return *noun* as owned by *owners*, who stand before it, and by its own."""
    span = Span(owners[0].full_span.start, noun.full_span.end)
    return replace(noun, owners=(*owners, *noun.owners), full_span=span)
