"""Whole clauses: subject, prepositional phrases, verbs and their objects."""

from dataclasses import dataclass, field

from kg.clauses.nouns import to_all_owned
from kg.clauses.predicates import PredicateReader
from kg.clauses.records import Nominal, Prepositional
from kg.clauses.states import Adverbials
from kg.rules import find_verb, kind_of_name, load_word_ends, load_word_set
from kg.schema import EntityKind

_COMMA = "，"
_ACTOR_TAGS = frozenset(("nt", "ns", "nr", "nrt"))
_VERB_LENGTH = 2  # characters of most verbs


@dataclass(slots=True)
class _Clause:
    """What a clause has given so far; ``is_carried`` tells that its subject came from the one before."""

    subject: Nominal | None
    prepositions: list[Prepositional]
    is_carried: bool
    has_verb: bool = False
    adverbials: Adverbials = field(default_factory=Adverbials)


class Reader(PredicateReader):
    """Reads the words of one sentence from left to right; grows frames and nominals."""

    def read_clauses(self, end: int) -> None:
        """Read clause by clause up to the word *end*."""
        while self.position < end:
            if self.role == ",":
                self.position += 1
                self.clause += 1
            else:
                self._read_clause()

    def _read_clause(self) -> None:
        """Read up to the next comma; what a clause without verb names is topic of the next."""
        clause = _Clause(self.topic, self.pending, is_carried=self.topic is not None)
        clause.adverbials.modal += self.pending_modal
        self.topic, self.pending, self.pending_modal = None, [], []
        roles = self.roles
        while (role := roles[self.position]) != ",":
            if role in "NA" or (role == "V" and self.is_including()):
                self._read_subject(clause)
            elif role == "V":
                self._read_predicate(clause)
            elif role == "P":
                self._read_adverbial(clause)
            elif role == "(" and self.read_aside():
                continue
            else:
                if role == "M":
                    clause.adverbials.modal.append(self.position)
                elif role == "D":
                    clause.adverbials.adverbs.append(self.position)
                self.position += 1
        is_named = not clause.has_verb or self._is_only_relative(clause.subject)
        if is_named and self.text_at(self.position) == _COMMA:
            self.topic = clause.subject if self._is_topic(clause.subject) else None
            self.pending = clause.prepositions
            self.pending_modal = clause.adverbials.modal  # 要按照要求，|制定|方案

    def _is_only_relative(self, subject: Nominal | None) -> bool:
        """Tell whether the clause is a noun with its relative clause, of which the next one tells."""
        here = [frame for frame in self.frames if frame.clause == self.clause]
        is_head = (
            bool(here) and subject is not None and subject.heads in (here[-1].objects, here[-1].subjects)
        )
        return is_head and all(frame.place == "relative" for frame in here)

    def _is_topic(self, subject: Nominal | None) -> bool:
        """Tell whether a clause without verb names what the next one is about.

        Later in a sentence it does so only where it begins with the name of a body, place or person:
        a verb that is read as a noun is a measure beside others (压缩面积，净化|周边环境，改善…).
        """
        if subject is None or self._is_measure(subject):
            return False
        if all(frame.place != "main" for frame in self.frames):
            return True
        first = self.words[subject.heads[0].first]
        return first.tag in _ACTOR_TAGS or kind_of_name(subject.heads[-1].name) is EntityKind.ORGANIZATION

    def _is_measure(self, subject: Nominal | None) -> bool:
        """Tell whether the clause is a term that is a call itself, no subject: 统筹发展和安全，…."""
        if subject is None or len(subject.heads) != 1:
            return False
        head = subject.heads[0]
        is_term = head.last - head.first == 1 and len(head.name) > 2 * _VERB_LENGTH
        return is_term and find_verb(head.name[:_VERB_LENGTH]) is not None

    def _read_subject(self, clause: _Clause) -> None:
        is_next = clause.has_verb and self._is_apart()
        self.skip_attributes()
        nominal = self.read_including() if self.role == "V" else self.read_nominal()
        if nominal is None:  # attributes without a noun
            self.position += 1
        elif nominal.localizer in load_word_set("time_localizers") or self._is_time(nominal):
            pass  # 十八大以来, 任何时候 tell when, not who
        elif clause.subject is None or clause.is_carried or is_next:
            clause.subject, clause.is_carried = nominal, False
        else:  # two nominals side by side: the later one is the subject, the former its owner
            heads = to_all_owned(nominal.heads, clause.subject.heads)
            clause.subject = Nominal(heads, nominal.members, nominal.localizer)

    def _is_apart(self) -> bool:
        """Tell whether what stands here is no part of the subject before: 供需|脱节、|转化率|低.

        So it is after a clause that tells when: 条例|施行|前|设立|的|机构.
        """
        before = self.position - 1
        is_when = self.roles[before] == "F" and self.text_at(before) in load_word_set("time_localizers")
        return is_when or self.roles[before] == "、"

    def _is_time(self, nominal: Nominal) -> bool:
        return self.words[nominal.heads[-1].last - 1].text in load_word_set("time_nouns")

    def _read_adverbial(self, clause: _Clause) -> None:
        self.subject = clause.subject
        phrase = self.read_prepositional()
        if phrase is None:
            return
        if self._is_stance(phrase):
            clause.subject, clause.is_carried = phrase.nominal, False
            return
        if not self.emit_as(clause.prepositions, phrase, clause.adverbials.modal, clause.subject):
            clause.prepositions.append(phrase)
            return
        clause.prepositions.pop()  # 以 A 为 B is said; 以 A is no means of what follows
        if phrase.nominal.heads[0].owners and clause.subject is None:
            clause.subject = phrase.nominal  # 以 A 为 B 的|N

    def _is_stance(self, phrase: Prepositional) -> bool:
        """Tell whether what stands toward a thing is the subject: 国家|对|新能源|的|支持|将推动….

        With a verb that only carries its object it is what the deed is done to (对环境的影响|进行|评估).
        """
        if phrase.verb or phrase.word not in load_word_set("topic_prepositions") or self.role not in "MDVP":
            return False
        heads = phrase.nominal.heads
        if not heads[0].owners or not heads[-1].name.endswith(load_word_ends("stance_nouns")):
            return False
        end = self.roles.find(",", self.position)
        verb = self.roles.find("V", self.position, end)
        return verb >= 0 and self.text_at(verb) not in load_word_set("light_verbs")

    def _read_predicate(self, clause: _Clause) -> None:
        clause.has_verb = True
        clause.subject = self.read_predicate(clause.subject, clause.prepositions, clause.adverbials)
        lasting = load_word_set("lasting_prepositions")  # hold for the next verb of the clause too
        clause.prepositions = [phrase for phrase in clause.prepositions if phrase.word in lasting]
        clause.adverbials = Adverbials(modal=list(clause.adverbials.modal))
        if (
            self.role == "F"
            and self.roles[self.position + 1] != ","
            and self.text_at(self.position) in load_word_set("time_localizers")
        ):
            clause.subject = None  # 条例|施行|前|设立|的|机构
