"""Who acts by a word that may be a verb: 集团|研发|的|平台, 支持|企业|建设|中心, 由|政府|投资."""

from kg.roles.contexts import Context
from kg.rules import kind_of_name, load_heads, load_word_ends, load_word_set
from kg.schema import EntityKind, RelationKind

_ORGANIZATION = EntityKind.ORGANIZATION
_ACTORS = frozenset((EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.PERSON))
_MADE = frozenset((EntityKind.TECHNOLOGY, EntityKind.SECTOR, EntityKind.POLICY, _ORGANIZATION))
_DEEDS = frozenset((RelationKind.IMPLEMENTS, RelationKind.ADVOCATES))
ACTOR_TAGS = frozenset(("ns", "nt"))
_OPENING_ACTORS = frozenset(("ns", "nt", "s"))  # 当地 is an actor, too
NAME_TAGS = frozenset(("nz", "nt", "ns", "nq", "nk"))


class ActorContext(Context):
    """Tells by who is named before and after a word whether it says what they do."""

    def _actor_follows(self, index: int) -> bool:
        """Tell whether the next word names a body or place and a verb follows it."""
        following = self.words[index + 1 : index + 2]
        return bool(following) and following[0].tag in ACTOR_TAGS and self.open_roles[index + 2] in "VBM"

    def _makes_what_follows(self, index: int) -> bool:
        """Tell whether a body made the thing that 的 and its noun name next: 集团|研发|的|平台."""
        if self.words[index].text not in load_word_set("founding_deeds") or self.words[index - 1].tag != "nt":
            return False
        end = self.past(index + 2, "NAQ")
        return end > index + 2 and kind_of_name(self.words[end - 1].text) in _MADE

    def _sets_others_to_work(self, index: int) -> bool:
        """Tell whether a place or body by name has others act: 江苏|组织|渔民|采用."""
        verb, before = self.verbs.get(self.words[index].text), self.words[index - 1]
        if verb is None or not verb.is_pivot or self.opener not in ",P" or self.has_verb:
            return False
        if before.tag not in _OPENING_ACTORS or before.text in load_heads():
            return False
        end = self.past(index + 1, "NAQ")
        if end == index + 1:
            return self.open_roles[end] in "VB" and self.noun_follows(end)
        is_actor = kind_of_name(self.words[end - 1].text) is _ORGANIZATION
        return self._acts(end) and (is_actor or self.words[end - 1].tag == "nt")

    def _is_moved_to_act(self, index: int) -> bool:
        """Tell whether an actor told of before 的 is supported in doing it, and something is done."""
        is_deed = self.noun_follows(index) or (  # 参与|制定|标准
            self.open_roles[index + 1] == "V" and self.noun_follows(index + 1)
        )
        if self.opener not in "EGV" or not is_deed or not self._is_actor(index - 1):
            return False
        start = index
        while start and self.roles[start - 1] != ("V" if self.opener == "V" else ","):
            start -= 1
        start -= self.opener == "V"
        verb = self.verbs.get(self.words[start].text) if self.roles[start] == "V" else None
        return verb is not None and verb.is_pivot

    def _is_actor(self, index: int) -> bool:
        """Tell whether a word names who may act; capital acts for those whose it is (社会资本|投资)."""
        text = self.words[index].text
        return kind_of_name(text) in _ACTORS or text.endswith(load_word_ends("acting_assets"))

    def _governs_name(self, index: int) -> bool:
        """Tell whether the next word is a name that no such word modifies: 资本|投资|养老服务业."""
        following = self.words[index + 1 : index + 2]
        is_name = bool(following) and following[0].tag in NAME_TAGS
        return is_name and following[0].text not in load_heads()

    def _is_gathered(self, index: int) -> bool:
        """Tell whether those named before the word were gathered to do it."""
        if not self.noun_follows(index) or kind_of_name(self.words[index - 1].text) is not _ORGANIZATION:
            return False
        while self.roles[index - 1] in "NAQ":
            index -= 1
        return self.words[index - 1].text in load_word_set("gathering_verbs")

    def _others_follow(self, index: int) -> bool:
        """Tell whether a class of people is named next, and a verb follows it: 组织|人员|清理."""
        end = self.past(index + 1, "NAQ")
        is_class = end > index + 1 and kind_of_name(self.words[end - 1].text) is _ORGANIZATION
        return is_class and self._acts(end)

    def _acts(self, index: int) -> bool:
        """Tell whether a verb stands here, before it or with an object."""
        role = self.open_roles[index]
        return role in "VDHM" or (role == "B" and self.noun_follows(index))

    def _makes_goods(self, index: int) -> bool:
        """Tell whether an actor makes or trades the goods named next: 厂家|生产|凉茶."""
        if self.words[index].text not in load_word_set("trade_verbs") or self.open_roles[index + 1] != "N":
            return False
        before, following = self.words[index - 1], self.words[index + 1]
        is_actor = before.tag in ACTOR_TAGS or kind_of_name(before.text) is _ORGANIZATION
        is_plain = len(following.text) > 1 and following.tag in ("n", "nz")
        return is_actor and is_plain and not self._is_modified(following.text)

    def _counts_goods(self, index: int) -> bool:
        """Tell whether a verb of making or trading has goods with their number as its object."""
        if self.words[index].text not in load_word_set("trade_verbs"):
            return False
        number = self.past(index + 1, "D")
        end = self.past(number, "Q")
        return end - number > 1 and self.words[number].text[0].isdigit() and self.open_roles[end] == "N"

    def _is_modified(self, noun: str) -> bool:
        """Tell whether verbs of making and trading modify *noun*: 生产|设备, 销售|渠道."""
        return (
            noun in load_heads()
            or noun in load_word_set("trade_compounds")
            or noun in load_word_set("generic_nouns")
        )

    def _preposition_before(self, index: int) -> str:
        """Return the preposition that the noun phrase before *index* hangs on, if any."""
        if self.opener != "P":
            return ""
        while self.roles[index - 1] != "P":
            index -= 1
        return self.words[index - 1].text

    def _is_done_by(self, index: int) -> bool:
        """Tell whether the word ends the clause after 由 and who acts, or is done to whom 对 names."""
        if self.has_verb or self.verbs.get(self.words[index].text) is None:
            return False
        preposition, after = self._preposition_before(index), self.open_roles[index + 1]
        if preposition == "由":
            return self.open_roles[self.past(index, "BV")] == ","
        if preposition in load_word_set("partner_prepositions"):
            return self.open_roles[index + 1] == "," and not self._is_noun_with_partner(index)
        is_light = self.words[index].text in load_word_set("light_verbs")
        return preposition == "对" and is_light and after in "VB"

    def _is_noun_with_partner(self, index: int) -> bool:
        """Tell 推动|人才|与|产业|融合 from 不断|与|有关部门|协调, whose partner is that of the subject."""
        place = index - 1
        while self.roles[place] != "P":
            place -= 1
        return place > 0 and self.roles[place - 1] in "NA"

    def _is_second_deed(self, index: int) -> bool:
        """Tell whether two such words end a clause that 由 tells the actor of."""
        if self.open_roles[index - 1] != "B" or self.verbs.get(self.words[index].text) is None:
            return False
        index -= 2
        while index >= 0 and self.roles[index] in "NAQ":
            index -= 1
        return index >= 0 and self.roles[index] == "P" and self.words[index].text == "由"

    def _is_only_verb(self, index: int) -> bool:
        """Tell whether nothing but its object follows in the clause, after a preposition and its noun."""
        if self.has_verb or not self.noun_follows(index) or self.verbs.get(self.words[index].text) is None:
            return False
        if self._preposition_before(index) not in load_word_set("adverbial_prepositions"):
            return False
        end = self.past(index + 1, "NABQRE、C“”")
        return self.open_roles[end] == ","

    def _acts_as_body(self, index: int) -> bool:
        """Tell whether a verb of deeds or calls stands right after the name of a body, at the start."""
        verb = self.verbs.get(self.words[index].text)
        if verb is None or verb.actor_kind not in _DEEDS or len(self.words[index + 1].text) == 1:
            return False
        last = self.past(index + 1, "VBU") - 1  # 国务院|组织|制定实施|方案
        has_object = self.open_roles[index + 1] == "N" or self.noun_follows(last)
        return has_object and self.words[index - 1].tag == "nt" and self.opener == ","
