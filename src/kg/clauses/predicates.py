"""Verbs with their objects, relative clauses, and the verbs chained to them within a clause."""

from collections.abc import Sequence

from kg.clauses.nominals import Nouns
from kg.clauses.objects import ObjectReader
from kg.clauses.records import Nominal, Prepositional
from kg.clauses.states import Adverbials, Chain
from kg.rules import find_verb, load_word_set
from kg.schema import RelationKind

_CALLING = frozenset((RelationKind.ADVOCATES, RelationKind.OPPOSES))


class PredicateReader(ObjectReader):
    """Reads predicates."""

    def read_predicate(
        self, subject: Nominal | None, prepositions: Sequence[Prepositional], adverbials: Adverbials
    ) -> Nominal | None:
        """Read verbs, object and what is chained to them; return the subject for what follows."""
        chain = self.read_verbs(adverbials)
        prepositions = (*prepositions, *self._read_called(chain, adverbials))
        if self.is_at_genitive():
            return self._read_relative_head(subject, chain, adverbials, prepositions)
        start, n_nominals = self.position, len(self.nominals)
        obj = self.read_object(chain, subject)
        if obj is not None and self.is_relative_row(chain, subject):
            obj = self._read_relative_row(obj, chain)
            chain = chain[:-1]
            if not chain:
                return obj
        elif obj is not None and self.is_relative_end(chain, subject):
            return self._read_relative_subject(subject, obj, chain, adverbials, prepositions)
        if obj is not None and self.is_copula(chain[-1][-1]):
            obj = self._read_whole_relative(obj)
            if not self.is_relative_subject():
                obj = self._read_final_head(obj, start, n_nominals)
        if obj is not None and self.is_relative_subject():
            if self._is_leaning(chain):
                return self._read_relative_head(None, self.read_verbs(Adverbials()), Adverbials()) or subject
            obj = self._read_relative_head(obj, self.read_verbs(Adverbials()), Adverbials())
        subjects = _heads(subject)
        self.emit(subjects, chain, _heads(obj), adverbials, prepositions)
        self._read_serial(subjects, obj, chain, adverbials)
        return subject

    # -- relative clauses --------------------------------------------------------------------

    def _read_relative_head(
        self,
        subject: Nominal | None,
        chain: Chain,
        adverbials: Adverbials,
        prepositions: Sequence[Prepositional] = (),
    ) -> Nominal | None:
        """Read 的 and the head that the relative clause lacks as object (企业|主导|的|融合)."""
        self.position += 1
        head = self.read_object()
        if head is None:
            return subject
        self.emit(_heads(subject), chain, head.heads, adverbials, prepositions, place="relative")
        return head

    def _read_relative_subject(
        self,
        subject: Nominal | None,
        obj: Nominal,
        chain: Chain,
        adverbials: Adverbials,
        prepositions: Sequence[Prepositional],
    ) -> Nominal | None:
        """Read 的 and the head that is subject of the verb before (束缚|生产力|的|堵点)."""
        self.position += 1
        head = self.read_object()
        if head is None:
            return subject
        self.emit(head.heads, chain[-1:], obj.heads, Adverbials(), place="relative")
        if len(chain) == 1:
            return head
        outer = _heads(subject)
        self.emit(outer, chain[:-1], head.heads, adverbials, prepositions)
        self._read_serial(outer, head, chain[:-1], adverbials)
        return subject

    def _read_relative_row(self, first: Nominal, chain: Chain) -> Nominal:
        """Read the clauses beside the first, and the head of all (提升效率、促进公平|的|制度)."""
        clauses: list[tuple[Chain, Nominal]] = [(chain[-1:], first)]
        head: Nominal | None = None
        while self.role == "、":
            self.position += 1
            verbs = self.read_verbs(Adverbials())
            head = self.read_object([*verbs, *verbs])  # a chain of two: 的 is left standing
            if head is not None and self.role in "、E":
                clauses.append((verbs, head))
        if self.role == "E":  # else it is passed already: 促进|公平的制度
            self.position += 1
            head = self.read_object()
        if head is None:
            return first
        for verbs, obj in clauses:
            self.emit(head.heads, verbs[-1:], obj.heads, Adverbials(), place="relative")
        return head

    def _read_whole_relative(self, subject: Nominal) -> Nominal:
        """Read 甲|推进|乙|的|缩影 after a copula; return the head, or *subject* where there is none."""
        start, n_frames, n_nominals = self.position, len(self.frames), len(self.nominals)
        adverbials = Adverbials()
        while self.role == "D":
            adverbials.adverbs.append(self.position)
            self.position += 1
        chain = self.read_verbs(adverbials)
        obj = self.read_object([*chain, *chain]) if chain else None  # a chain of two: 的 is left standing
        if obj is not None and self.role == "E":
            self.position += 1
            head = self.read_object()
            if head is not None:
                self.emit(subject.heads, chain, obj.heads, adverbials, place="relative")
                return head
        self.position = start
        del self.frames[n_frames:], self.nominals[n_nominals:]
        return subject

    def _read_final_head(self, first: Nominal, start: int, n_nominals: int) -> Nominal:
        """Read on to the noun that closes the clause after 的: 是|甲|融入|乙|的|着力点 is said of 着力点.

        Return that noun, or *first*, the object that began at *start*, where there is none.
        """
        closer = self.find_final_genitive()
        if closer is None or self.nesting:
            return first
        after = self.position
        self.position = closer + 1
        head = self.read_object()
        if head is None or self.role != ",":
            self.position = after
            return first
        end = self.position
        del self.nominals[n_nominals:]
        self.position = start
        self.read_apart(closer)
        self.position = end
        self.nominals.append(head)
        return head

    # -- serial verbs ------------------------------------------------------------------------

    def _read_serial(
        self, subjects: Nouns, obj: Nominal | None, chain: Chain, adverbials: Adverbials
    ) -> None:
        """Read verbs that follow the object within the clause (支持|企业|牵头组建|联合体).

        The object of a pivot verb is the subject of the verb after it; after a mark the first
        subject returns.
        """
        first_chain, own_subjects = chain, subjects
        is_pivot = self._is_pivot(chain)
        while True:
            later, prepositions = self._skip_adverbials(adverbials)
            if self.role in "、C" and self.roles[self.position + 1] in "VDM":
                self.position += 1
                is_pivot, subjects = False, own_subjects
                continue
            if self.role != "V":
                return
            chain = self.read_verbs(later)
            prepositions += self._read_called(chain, later)
            if self.is_at_genitive():
                is_leaning = self._is_leaning(first_chain)
                doer = None if is_leaning else obj
                head = self._read_relative_head(doer, chain, later, prepositions)
                if head is not None and not is_leaning:
                    self.emit(subjects, first_chain, head.heads, adverbials)
                    obj = head
                continue
            is_pivot = is_pivot or self._is_mutual(chain, obj) or self._is_naming(chain, first_chain)
            actors = obj.heads if is_pivot and obj is not None else subjects
            start, n_nominals = self.position, len(self.nominals)
            next_obj = self.read_object(chain, obj)
            if next_obj is not None and self.is_relative_end(chain, obj):
                head = self._read_relative_subject(None, next_obj, chain, later, prepositions)
                if head is not None and obj is None:
                    self.emit(subjects, first_chain, head.heads, adverbials)
                obj = head or obj
                continue
            if next_obj is not None and self.is_copula(chain[-1][-1]) and not self.is_relative_subject():
                next_obj = self._read_final_head(next_obj, start, n_nominals)
            has_pivot = is_pivot and obj is not None
            place = "pivot" if has_pivot else "main"
            self.emit(actors, chain, _heads(next_obj), later, prepositions, place=place)
            if next_obj is not None:
                obj = next_obj
                is_pivot = self._is_pivot(chain)
                if has_pivot:
                    subjects = actors

    def _read_called(self, chain: Chain, adverbials: Adverbials) -> list[Prepositional]:
        """Read the verbs that *chain* calls for behind a phrase, and return that: 严禁|在林区|新建|工厂."""
        found: list[Prepositional] = []
        while self.role == "P" and self._is_calling(chain):
            start, n_frames, n_nominals = self.position, len(self.frames), len(self.nominals)
            later, phrases = self._skip_adverbials(Adverbials())
            if self.role != "V":
                self.position = start
                del self.frames[n_frames:], self.nominals[n_nominals:]
                return found
            chain += self.read_verbs(later)
            adverbials.adverbs += later.adverbs
            adverbials.modal += later.modal
            found += phrases
        return found

    def _is_calling(self, chain: Chain) -> bool:
        """Tell whether the last verb calls for a deed or forbids it; who speaks is another matter."""
        verb = self.words[chain[-1][-1]].text
        entry = find_verb(verb)
        calls = entry is not None and (entry.is_pivot or entry.kind in _CALLING)
        return calls and verb not in load_word_set("speech_verbs")

    def _is_mutual(self, chain: Chain, obj: Nominal | None) -> bool:
        """Tell whether the objects are said to do it with each other: 坚持|甲|和|乙|相结合."""
        is_list = obj is not None and len(obj.heads) > 1
        return is_list and self.words[chain[-1][-1]].text in load_word_set("mutual_verbs")

    def _is_leaning(self, chain: Chain) -> bool:
        """Tell whether the object of the verbs is used and does nothing itself: 依托|装置|开展|的|研究."""
        return self.words[chain[-1][-1]].text in load_word_set("leaning_verbs")

    def _is_naming(self, chain: Chain, before: Chain) -> bool:
        """Tell whether the object is made or called what follows: 任命|某人|为|部长."""
        is_being = self.words[chain[-1][-1]].text in load_word_set("naming_complements")
        return is_being and self.words[before[-1][-1]].text in load_word_set("naming_verbs")

    def _is_pivot(self, chain: Chain) -> bool:
        entry = find_verb(self.words[chain[-1][-1]].text)
        return entry is not None and entry.is_pivot

    def _skip_adverbials(self, before: Adverbials) -> tuple[Adverbials, list[Prepositional]]:
        """Read what stands before the next verb; the modal verbs of the one before hold for it too.

        以 A 为 B is read as what it says.
        """
        later = Adverbials(modal=list(before.modal))
        prepositions: list[Prepositional] = []
        roles = self.roles
        while True:
            role = roles[self.position]
            if role == "P":
                phrase = self.read_prepositional()
                if phrase is not None and self.emit_as(prepositions, phrase, later.modal):
                    prepositions.pop()  # 坚持|以|A|为|B
                elif phrase is not None:
                    prepositions.append(phrase)
                continue
            if role == "(" and self.read_aside():
                continue  # 委托中国石油大学（北京）开展研究
            if role == "D":
                later.adverbs.append(self.position)
            elif role == "M":
                later.modal.append(self.position)
            elif role not in "UIT" and not self._is_between_adverbs() and not self._is_after_time():
                return later, prepositions
            self.position += 1

    def _is_after_time(self) -> bool:
        """Tell what ends a time: 要求|各地|今年年底|前|完成."""
        return self.roles[self.position - 1] + self.role == "TF"

    def _is_between_adverbs(self) -> bool:
        """Tell the mark of 全方位、深层次|融入."""
        around = self.roles[self.position - 1] + self.role + self.roles[self.position + 1]
        return around == "D、D"


def _heads(nominal: Nominal | None) -> Nouns:
    return nominal.heads if nominal is not None else ()
