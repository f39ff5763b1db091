"""Questions about what stands around the position; none of them moves it."""

import re

from kg.clauses.records import Nominal
from kg.clauses.states import Chain, State
from kg.rules import find_verb, load_word_set
from kg.schema import RelationKind

NOUN_STARTS = "NAQ“"  # what may begin a noun phrase after 的
# Words: no clause people write is longer, and a text without marks is still read in linear time.
_FARTHEST = 200
_LONGEST_CONTAINER = 80  # words between 在 and its localizer; a clause is seldom half as long
INSIDE = "在内"  # closes 包括 A 在内
_ROW_RE = re.compile("(?:、[DU]*V+U?[NAQ“”]+){1,8}E(?P<head>[NAQ“”]+)(?P<after>.)")
_HAVING = (RelationKind.CHARACTERIZED_BY, RelationKind.FACES)


class Lookahead(State):
    """Tells what the grammar must know before it reads on."""

    def is_at_genitive(self) -> bool:
        """Tell whether 的 with a noun after it stands here."""
        return self.role == "E" and self.roles[self.position + 1] in NOUN_STARTS

    def is_copula(self, index: int) -> bool:
        """Tell whether the word at *index* is a verb like 是."""
        verb = find_verb(self.text_at(index))
        return verb is not None and verb.kind is RelationKind.IS_A

    def is_relative_row(self, chain: Chain, subject: Nominal | None) -> bool:
        """Tell whether clauses beside the one just read share its head: 提升|效率|、促进|公平|的|制度.

        As in :meth:`is_relative_end` another verb must be there to take the head; of 是 it is a complement.
        """
        if self.role != "、" or self.is_copula(chain[0][-1]):
            return False
        row = _ROW_RE.match(self.roles, self.position)
        if row is None:
            return False
        is_taken = len(chain) > 1 or (subject is None and row["after"] in ("M", "D", "V"))
        return is_taken and not self.words[row.end("head") - 1].tag.startswith("v")

    def is_relative_end(self, chain: Chain, subject: Nominal | None) -> bool:
        """Tell whether 的 after verb and object closes a relative clause, not a genitive.

        It does when another verb is there to take the head: one before in the chain, one before in
        the clause, or one after the head.
        """
        if self.role != "E" or self.roles[self.position + 1] not in "NAQ“B":
            return False
        if len(chain) > 1:
            return not self._is_effect_of_object(chain)
        if subject is not None or self.is_copula(chain[0][-1]):
            return False
        if self.text_at(chain[0][-1]) in load_word_set("placing_verbs"):
            return False  # 摆在|全局|的|核心位置
        index = self.position + 1
        farthest = index + _FARTHEST
        while self.roles[index] in "NAQ、EC" and index < farthest:
            index += 1
        after = self.roles[index]
        if after in "MD" or (after == "," and self._is_copula_after(index + 1)):
            return True
        entry = find_verb(self.words[chain[0][-1]].text)
        if after == "," and self.roles[index + 1] == "M" and entry is not None:
            return entry.kind in _HAVING  # 具备能力的甲，将…
        return after == "V" or self._has_earlier_verb(chain[0][0])

    def _is_effect_of_object(self, chain: Chain) -> bool:
        """Tell 统筹|发挥|太湖|的|效益, where all is one object, from 打通|束缚|生产力|的|堵点."""
        return self.text_at(chain[-1][-1]) in load_word_set("effecting_verbs") and self.text_at(
            self.position + 1
        )[-2:] in load_word_set("effect_nouns")

    def _is_copula_after(self, index: int) -> bool:
        """Tell whether the next clause begins with a copula (激发动力的关键，一定|是…)."""
        while self.roles[index] == "D":
            index += 1
        return self.roles[index] == "V" and self.is_copula(index)

    def _has_earlier_verb(self, index: int) -> bool:
        """Tell whether the clause has a verb or preposition before *index*."""
        start = self.roles.rfind(",", max(0, index - _FARTHEST), index) + 1 or max(0, index - _FARTHEST)
        return any(role in "VP" for role in self.roles[start:index])

    def is_relative_subject(self) -> bool:
        """Tell whether the object just read is the subject of a relative clause (企业|主导|的|融合)."""
        index = self.position
        if self.roles[index] not in "VDU":
            return False
        while self.roles[index] in "VDUA":
            index += 1
        if self.roles[index] != "E":
            return False
        while self.roles[index + 1] == "D":
            index += 1  # 老子|处世|的|最|基本的哲学
        return self.roles[index + 1] in NOUN_STARTS

    def find_final_genitive(self) -> int | None:
        """Return where the last 的 of the clause stands, if only nouns come after it.

        Before it stands a verb or preposition: 是|甲|融入|乙|的|着力点, 是|甲|在新形势下|改革|的|举措.
        """
        end = self.roles.find(",", self.position)
        place = self.roles.rfind("E", self.position, end)
        if (
            place < 0
            or end - self.position > _FARTHEST
            or {"V", "P"}.isdisjoint(self.roles[self.position : place])
        ):
            return None
        is_head = all(role in "NAQR“”" for role in self.roles[place + 1 : end])
        return place if is_head and "N" in self.roles[place + 1 : end] else None

    def is_counting_de(self) -> bool:
        """Tell the 的 of 一定的|实力 and 四分之一的|企业."""
        return self.role == "E" and self.position > 0 and self.roles[self.position - 1] in "QR"

    def is_counted_class(self) -> bool:
        """Tell whether a number with a class follows what it counts: 甲、乙、丙|三大产业."""
        index = self.position
        while self.roles[index] == "Q":
            index += 1
        is_counted = index > self.position or self.text_at(index)[1:2] == "大"
        return is_counted and index in self.phrase_at

    def is_beside_title(self) -> bool:
        """Tell whether just one of the words around the position is a title in 《》."""
        return (self.words[self.position].tag == "nk") != (self.words[self.position - 1].tag == "nk")

    def is_noun_after(self, index: int) -> bool:
        """Tell whether a noun begins at *index*, determiners and quotation marks passed over."""
        while self.roles[index] in "QR“":
            index += 1
        return self.roles[index] in "NA"

    def is_giving_ahead(self) -> bool:
        """Tell whether, after the verb here, the clause has one that gives (提供, 奠定)."""
        index = self.position + 1
        while self.roles[index] != ",":
            if self.roles[index] == "V" and self.words[index].text in load_word_set("giving_verbs"):
                return self.words[self.position].text not in load_word_set("giving_verbs")
            index += 1
        return False

    def is_including(self) -> bool:
        """Tell whether 包括 A 在内的 B stands here, a noun phrase and no predicate."""
        if self.text_at(self.position) not in load_word_set("including_words"):
            return False
        index = self.position + 1
        while self.roles[index] in "NAQR、CG“”":
            index += 1
        return self.text_at(index) == INSIDE and self.roles[index + 1] == "E"

    def find_closing_localizer(self) -> int | None:
        """Return where the localizer stands that closes a clause after 在 (在|参加会议|时)."""
        has_verb = False
        for index in range(self.position, self.position + _LONGEST_CONTAINER):
            role = self.roles[index]
            if role == ",":
                return None
            if role == "F" and self.roles[index + 1] != "E":
                return index if has_verb else None
            has_verb = has_verb or role == "V"
        return None
