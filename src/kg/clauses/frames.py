"""Verbs that follow each other, and the frames they make."""

from collections.abc import Sequence

from kg.clauses.nominals import NominalReader, Nouns
from kg.clauses.records import Frame, Nominal, Prepositional
from kg.clauses.states import Adverbials, Chain
from kg.records import Span
from kg.rules import Verb, find_verb, load_word_set
from kg.schema import RelationKind

_TROUBLE = frozenset((RelationKind.OPPOSES, RelationKind.HINDERS, RelationKind.ADDRESSES))
_CUE_ADVERBS = 3  # as many adverbs before a verb belong to what a reader is shown of it


class FrameReader(NominalReader):
    """Reads verbs and grows the frames."""

    def read_verbs(self, adverbials: Adverbials) -> Chain:
        """Read a run of verbs with the adverbs between them."""
        chain: Chain = []
        roles = self.roles
        while True:
            role = roles[self.position]
            after = roles[self.position + 1]
            if role == "V":
                chain.append([self.position])
            elif not chain:
                return chain
            elif role == "D" and after in "VD":
                if self.words[self.position].text in load_word_set("joining_adverbs"):
                    adverbials.joined.append(chain[-1][-1])
                adverbials.adverbs.append(self.position)
            elif role in "、C" and after == "V" and roles[self.position - 1] in "VU":
                self.position += 1
                chain[-1].append(self.position)  # 忽视、放弃|产业: both have the object
            elif role not in "UI":
                return chain
            self.position += 1

    def emit(
        self,
        subjects: Nouns,
        chain: Chain,
        objects: Nouns,
        adverbials: Adverbials,
        prepositions: Sequence[Prepositional] = (),
        *,
        place: str = "main",
        has_own_subject: bool | None = None,
    ) -> None:
        """Add the frame of these verbs; before it one for each verb that 并 joins to them.

        ``has_own_subject`` is ``None`` where that there are subjects says it.
        """
        if not chain:
            return
        if len(chain) > 1 and self.words[chain[0][-1]].text in load_word_set("saying_verbs"):
            # 表示|希望深化合作: what is said has no subject yet
            self.emit(subjects, chain[:1], (), Adverbials(), place=place)
            subjects, chain, has_own_subject = (), chain[1:], None
        is_own = bool(subjects) if has_own_subject is None else has_own_subject
        joined, adverbials.joined = adverbials.joined, []
        for index in joined:
            verbs = [[index]]
            self.frames.append(self._frame(subjects, verbs, objects, adverbials, prepositions, place, is_own))
        self.frames.append(self._frame(subjects, chain, objects, adverbials, prepositions, place, is_own))

    def _frame(
        self,
        subjects: Nouns,
        chain: Chain,
        objects: Nouns,
        adverbials: Adverbials,
        prepositions: Sequence[Prepositional],
        place: str,
        has_own_subject: bool,
    ) -> Frame:
        indexes = [index for verbs in chain for index in verbs]
        last = indexes[-1]
        start = min(*indexes, *self._cue_adverbs(adverbials.adverbs), last)
        verb = self.words[last]
        return Frame(
            verb=verb.text,
            entry=self._find_entry(indexes),
            verb_span=verb.span,
            cue_span=Span(self.words[start].span.start, verb.span.end),
            action=self._action(start, indexes, adverbials.adverbs),
            subjects=subjects,
            objects=objects,
            clause=self.clause,
            place=place,
            modal=self.texts_of(adverbials.modal),
            adverbs=self.texts_of(adverbials.adverbs),
            prepositions=tuple(prepositions),
            has_own_subject=has_own_subject,
            in_quotes=self.is_quoted(last),
            is_denied=len(indexes) > 1 and self._is_denied(indexes),
        )

    def _action(self, start: int, verbs: Sequence[int], adverbs: Sequence[int]) -> str:
        """Return what is done as it is written, without a phrase between: 严禁|在林区|新建."""
        end = verbs[-1] + 1
        if "P" not in self.roles[start:end]:
            return self.text_of(start, end)
        told = {*verbs, *adverbs}
        return "".join([self.words[index].text for index in range(start, end) if index in told])

    def _cue_adverbs(self, indexes: Sequence[int]) -> Sequence[int]:
        """Return the adverbs that tell how the thing is done, not how the text goes on (另一方面)."""
        framing = load_word_set("framing_adverbs")
        telling = [index for index in indexes if self.words[index].text not in framing]
        return telling[-_CUE_ADVERBS:]

    def _is_denied(self, indexes: Sequence[int]) -> bool:
        denials = load_word_set("denying_verbs")
        return any(self.words[index].text in denials for index in indexes[:-1])

    def _find_entry(self, indexes: Sequence[int]) -> Verb | None:
        """Return what the verbs say together: what the last says that a table knows, with two exceptions.

        In 主持|召开 the first tells what the subject has to do with the event; in 严禁|新增 the first
        governs, but to forbid what hinders or forbids is another matter.
        """
        if len(indexes) == 1:
            return find_verb(self.words[indexes[0]].text)
        verbs = [find_verb(self.words[index].text) for index in indexes]
        denials = load_word_set("denying_verbs")  # 没有|发生: what is denied is 发生
        texts = [self.words[index].text for index in indexes[:-1]]
        verbs = [verb for verb, text in zip(verbs, [*texts, ""], strict=True) if text not in denials]
        known = [verb for verb in verbs if verb is not None]
        if not known:
            return None
        for verb in verbs[:-1]:
            if verb is not None and verb.kind is RelationKind.PARTICIPATES_IN:
                return verb
        first, last = verbs[0], verbs[-1]
        if last is not None and last.text in load_word_set("including_words") and len(known) > 1:
            return known[-2]  # 拉动|了|包括|甲乙等|县的发展
        if first is not None and first.text in load_word_set("aiming_verbs"):
            return first  # 旨在|推动|升级
        if first is not None and first.text in load_word_set("proposing_verbs") and last is not None:
            return first if last.kind not in _TROUBLE else last  # 提出|构建|共同体
        is_forbidden = first is not None and first.kind is RelationKind.OPPOSES
        return first if is_forbidden and not (last and last.kind in _TROUBLE) else known[-1]

    def emit_as(
        self,
        before: Sequence[Prepositional],
        phrase: Prepositional,
        modal: Sequence[int] = (),
        topic: Nominal | None = None,
    ) -> bool:
        """Emit 以 A 为 B, whose two prepositions together are its verb, said of *topic*.

        Returns whether *phrase* and the one before it are that.
        """
        if phrase.word != "为" or not before or before[-1].word not in load_word_set("taking_prepositions"):
            return False
        taken = before[-1].nominal.heads
        span = Span(taken[0].full_span.start - 1, phrase.nominal.heads[-1].span.end)
        self.frames.append(
            Frame(
                verb="以…为",
                entry=None,
                verb_span=span,
                cue_span=span,
                action="以…为",
                subjects=taken,
                objects=phrase.nominal.heads,
                clause=self.clause,
                place="as",
                topic=topic.heads if topic else (),
                modal=self.texts_of(modal),
                has_own_subject=True,
                in_quotes=self.is_quoted(taken[0].first),
            )
        )
        return True
