"""Words that are no verbs: adverbs, attributes, idioms, particles, prepositions."""

from collections.abc import Callable

from kg.roles.verbs import VerbContext
from kg.rules import find_verb, kind_of_name, load_kinds, load_word_ends, load_word_set
from kg.schema import EntityKind, RelationKind

_BY, _PASSIVE = "由", "被"
_AT = "在"
_MANNERS = "AKHJD"  # open roles of words that may tell how something is done
_JOINED_ROLES = "NAQRX“”、LC"
_CLAUSE_ROLES = "ABCDEFGHIJKLMNOPQRTUVX、“”()"


class RoleReader(VerbContext):
    """Decides the roles of a sentence left to right."""

    def read(self) -> str:
        """Return one role letter a word."""
        open_roles, decision_of = self.open_roles, _DECISIONS.get
        for index in range(len(self.words)):
            role = open_roles[index]
            decide = decision_of(role)
            self.add(decide(self, index) if decide is not None else role)
        return "".join(self.roles)

    def _adverb(self, index: int) -> str:
        """An adverb after 的 belongs to the noun phrase (产业的|深度|转型); 不多 before 等 does too."""
        before, after = self.before, self.open_roles[index + 1]
        if self.words[index].text == "就" and self._opens_matter(index):
            return "P"
        if (before == "E" and after in "BN") or self._opens_held_deed(index):
            return "A"
        if after == "、" and self._joins_adverbs(index):
            return "D"  # 全方位、深层次|融入
        if before in "NA" and after in "、G" and self.opener in "V、":
            return "N"  # 收入|合理、保障|可靠 are listed as states
        if before == "E" and after == "V" and self.open_roles[index + 2] in ",、CDV":
            return "A"
        if (
            before in "NA"
            and self.words[index].text == "不"
            and after in "AVDK"
            and self.open_roles[index + 2] in "、G"
        ):
            return "N"
        return "D"

    def _opens_held_deed(self, index: int) -> bool:
        """Tell whether an adverb and a verb are what is held to or forbidden: 坚持|依法|合规."""
        if self.before != "V":
            return False
        governor = self.words[index - 1].text
        entry = self.verbs.get(governor)
        is_ban = entry is not None and entry.kind is RelationKind.OPPOSES  # 严禁|违规|举债
        if not is_ban and governor not in load_word_set("keeping_verbs"):
            return False
        return self.open_roles[index + 1] in "VB" and self.open_roles[index + 2] in ",、C"

    def _opens_matter(self, index: int) -> bool:
        """Tell 就|粮食安全|作出指示, where a matter is named, from the adverb."""
        after = self.open_roles[index + 1]
        if self.before not in ",NT”" or after not in "NABV“":
            return False
        utters = load_word_set("uttering_verbs") | load_word_set("consulting_verbs")
        for later in range(index + 2, len(self.words)):
            if self.open_roles[later] == ",":
                return False
            if self.words[later].text in utters:
                return True
        return False

    def _joins_adverbs(self, index: int) -> bool:
        """Tell whether the mark after an adverb joins it to another one before a verb."""
        return self.open_roles[index + 2] in "DJ" and self.open_roles[index + 3] in "VB"

    def _adverb_or_verb(self, index: int) -> str:
        """深入|推进 but 深入|基层; a state in a list is part of its name (产品|丰富、)."""
        if self._is_listed_state(index):
            return "N"
        return "V" if self.open_roles[index + 1] in "NQAL" else "D"

    def _is_listed_state(self, index: int) -> bool:
        """Tell whether the word ends a name in a list: 产品|丰富、结构合理的体系."""
        return self.before in "NA" and self.open_roles[index + 1] in "、G" and self.opener in "V、"

    def _adverb_or_attributive(self, index: int) -> str:
        """主要|包括 but 主要|任务; 显著 alone after its subject is the predicate."""
        if self._is_listed_adverb(index):
            return "D"
        if self._joins_bodies(index):
            return "P"  # 甲部|联合|乙部|启动|行动
        before, after = self.before, self.open_roles[index + 1]
        if before == "P" and after in ",E":
            return "N"  # 以产业集群为|重点
        if after == "V" and self._tells_of_deed(index + 1):
            return "A"  # 打击|非法|排污|行为
        if self._is_listed_state(index):
            return "N"
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        is_said = after == "V" or following == _AT
        if before == "E" and is_said and self.words[index].text in load_kinds("topic_heads"):
            return "N"  # 发展的|重点|是产品, 金融的|重点|在|农村
        if before == "E" and after in "VB" and self.open_roles[index + 2] in ",、CDV":
            return "A"  # 投资的|平稳|增长|是
        if self._opens_held_deed(index):
            return "A"
        is_led = before in ",DM" or (before == "P" and self._is_for(index))
        if is_led and self.noun_follows(index) and find_verb(self.words[index].text):
            return "V"  # 稳定|粮食产量, 以|稳定|粮食产量
        if before in ",M" and after == "B" and self.open_roles[index + 2] == "V":
            return "D"  # 系统|清理|阻碍转移的条款
        if after in "NAE“" or (after == "B" and (before == "E" or not self.noun_follows(index + 1))):
            return "A" if before not in "NDM" or after != "B" else "D"  # 已|正式|实施
        if after in "、" and before in "E、VU":
            return "A"
        if before == "E" and after == ",":
            return "N"  # 是振兴的|重点
        if before == "N" and self.opener == "V" and after == "B" and self._heads_object(index + 1):
            return "A"  # 建立|企业|联合|创新中心
        return "V" if before in "ND" and after in ",U" else "D"

    def _joins_bodies(self, index: int) -> bool:
        """Tell whether the word stands between two bodies of which both do what the verb after them tells."""
        if self.words[index].text not in load_word_set("joining_prepositions") or self.has_verb:
            return False
        around = (*self.words[index - 1 : index], *self.words[index + 1 : index + 2])
        is_between = len(around) == len("甲乙") and all(word.tag == "nt" for word in around)
        return is_between and self.open_roles[self.past(index + 1, "NA、C")] in "VBDH"

    def _is_for(self, index: int) -> bool:
        """Tell whether the word before is a preposition of purpose."""
        return self.words[index - 1].text in load_word_set("for_prepositions")

    def _heads_object(self, index: int) -> bool:
        """Tell whether the nominal verb at *index* and the noun after it end the object."""
        return self.open_roles[index + 1] == "N" and self.open_roles[index + 2] in ",、CE"

    def _adverb_or_noun(self, index: int) -> str:
        """深度|参与治理 but 产学研|深度|融合."""
        before, after = self.before, self.open_roles[index + 1]
        if before in ",MDI“" and after in "VB":
            return "D"
        if after == "、" and self._joins_adverbs(index):
            return "D"  # 全方位、深层次|融入
        if before == "、" and self.open_roles[index - 2] == "J" and after in "VB":
            return "D"
        return "A" if after in "NAB" else "N"

    def _attributive(self, index: int) -> str:
        """An adjective at the end of its clause after a noun is its predicate (需求|旺盛)."""
        before, after = self.before, self.open_roles[index + 1]
        if before == "V" and self.words[index].text in load_word_set("complements"):
            return "U"
        if before in "NA" and after in "、G" and self.opener in "V、":
            return "N"
        if before == "N" and after == "V" and self.words[index].text in load_word_ends("fault_states"):
            return "N"  # 人才储备|不足|制约|着|发展
        if before == "P" and after == "E" and self.words[index].text in load_kinds("as_heads"):
            return "N"  # 以习近平同志为|核心|的党中央
        if before in ",、" and self._is_change_with_effect(index):
            return "N"  # 智能化、数字化|助推|产业
        if self._is_listed_adverb(index):
            return "D"
        if self._is_listed_goal(index):
            return "N"
        if after == "Q" and self.words[index].text in load_word_set("short_of"):
            return "D"  # 开工率|不足|六成
        if before == "N" and self._names_problem(index):
            return "N"  # 受|原料|短缺|影响
        if after in "NAB“E、C":
            return "A"
        if before in "NDF" and after in ",U":
            return "V" if self.words[index].tag in ("a", "ag", "z") else "N"
        if after == "V" and before in "NM,D":
            return "D"  # 敏锐|把握
        if before == "E" and self.words[index].text in load_kinds("topic_heads"):
            return "N"  # 工业化的|核心|是创新
        return "A"

    def _is_change_with_effect(self, index: int) -> bool:
        """Tell whether changes are listed that have an effect; 一体化|推进 tells how it is done."""
        ends = load_word_ends("parallel_suffixes")
        last = index
        while self.words[last].text.endswith(ends) and self.open_roles[last + 1] == "、":
            last += 2
        if last + 1 >= len(self.words) or not self.words[last].text.endswith(ends):
            return False
        return self.open_roles[last + 1] == "V" and self.words[last + 1].text in load_word_set("effect_verbs")

    def _names_problem(self, index: int) -> bool:
        """Tell whether the adjective finds fault with a noun after a preposition or at the beginning."""
        bearer = self.words[index - 1]
        is_named = bearer.tag in ("nr", "nt", "ns")  # 某人|严重|违反|纪律
        is_fault = not is_named and kind_of_name(bearer.text + self.words[index].text) is EntityKind.ISSUE
        is_subject = self.opener == "," and self.open_roles[index + 1] == "V"  # 芯片|短缺|迫使|车企|减产
        return is_fault and (self.opener == "P" or is_subject)

    def _is_listed_adverb(self, index: int) -> bool:
        """Tell whether the word is listed with others that tell how it is done: 完整、准确、全面|贯彻."""
        is_first = self.before in ",M"
        if not is_first and not (self.before == "、" and self.roles[-2:-1] == ["D"]):
            return False
        last = index
        while self.open_roles[last] in _MANNERS and self.open_roles[last + 1] == "、":
            last += 2
        is_listed = last > index or not is_first
        return is_listed and self.open_roles[last] in _MANNERS and self.open_roles[last + 1] == "V"

    def _is_listed_goal(self, index: int) -> bool:
        """Tell whether the adjective is what one turns to: 向|高端化、智能化|转型."""
        word = self.words[index + 1].text if index + 1 < len(self.words) else ""
        return (word == "、" or word in load_word_set("heading_verbs")) and self.is_goal(index)

    def _idiom(self, index: int) -> str:
        """An idiom is an adverb before a verb, an attribute before 的, a predicate after its subject."""
        before, after = self.before, self.open_roles[index + 1]
        if before == "G":
            return "V"  # 资源、条件等|各不相同
        if after in "I" or (after in "VB" and before not in "EAP"):
            return "D"
        if after == "E":
            return "N" if before in "V、" else "A"
        if before == "N" and after in "," and self.opener in ",F”":
            return "N" if kind_of_name(self.words[index].text) else "V"  # 交通|承载能力
        if before == "," and after == ",":
            return "D"
        return "N"

    def _unknown(self, index: int) -> str:
        text = self.words[index].text
        if text in load_word_set("name_joiners") and self.before == "N" and self.open_roles[index + 1] == "N":
            return "N"  # 中国-东盟
        return "N" if text.strip() and text.isalnum() and self.before in "NA" else "X"

    def _is_put_by_none(self, index: int) -> bool:
        """Tell whether a verb of putting or using follows, and none who does it: 被|纳入, 被|广泛|应用于."""
        verb = self.past(index + 1, "DK")
        following = self.words[verb].text if verb < len(self.words) else ""
        return following in load_word_set("entering_verbs") or following in load_word_set("used_for_verbs")

    def _particle(self, index: int) -> str:
        if self.before in "NA" and self.words[index].text in load_word_set("complements"):
            return "X"
        return "U"

    def _localizer(self, index: int) -> str:
        """A direction word after a verb is its complement (结合|起来), after a noun its localizer.

        After a number, and before what is counted, it belongs to the number: 500|个|以上|工厂.
        """
        if self.before == "Q" and self.noun_follows(index) and self._is_about(index):
            return "Q"
        if self.before in "VU" and self.words[index].text in load_word_set("complements"):
            return "U"
        if self.before in ",、VE" and self.open_roles[index + 1] in "NAB":
            return "A"  # 提出|以下|意见
        return "F"

    def _is_about(self, index: int) -> bool:
        return self.words[index].text in load_word_set("about_words")

    def _modal(self, index: int) -> str:
        """将 before a noun takes it as object (将|数据|确立为); before a verb it tells the future."""
        is_taking = self.words[index].text == "将" and self.open_roles[index + 1] in "NAQ“"
        return "P" if is_taking else "M"

    def _conjunction(self, index: int) -> str:
        """不仅是良港，|还是|枢纽 says one thing more; 无论是城市，|还是|乡村 gives the other choice."""
        if self.words[index].text != "还是" or self.before != ",":
            return "C"
        before = {word.text for word in self.words[:index]}
        also = load_word_set("adding_words")
        return "V" if not also.isdisjoint(before) and self.noun_follows(index) else "C"

    def _preposition(self, index: int) -> str:
        """A preposition after a verb is its complement (体现|在, 用|于), before a comma a verb."""
        word = self.words[index].text
        is_noun = self.before == "V" and index > 1 and self.roles[index - 2] == "E"  # 网络的|完善|为|城市
        if self.before in "VU" and word in load_word_set("complements") and not is_noun:
            return "P" if word == "在" and self._verb_after_noun(index) else "U"
        if (
            word in load_word_set("partner_prepositions")
            and self.before in "NA”"
            and (self._joins_nouns(index) or self._preposition_before(index) == _BY)
        ):
            return "C"  # 创新链|与|产业链, 由|甲|与|乙|联合建设
        if word == _PASSIVE and self._is_put_by_none(index):
            return "D"  # 企业|被|纳入|范围
        if word == "在" and self.before == "N" and self.words[index - 1].text in load_kinds("topic_heads"):
            return "V"  # 关键|在|创新
        if word == "在" and self.before in "ND" and self._goes_on(index):
            return "D"  # 投资者|一直|在|加紧购买|黄金
        if word == "为" and self.before in "N)" and self._number_follows(index):
            return "V"  # 指数|为|65.14%
        if word == "为" and self.before in "N”)D" and self._is_last_of_clause(index):
            return "V"  # 适用范围|为|自贸试验区
        return "P"

    def _goes_on(self, index: int) -> bool:
        """Tell 在|加紧|购买 from 在|推进|改革|中, which a localizer or the like closes."""
        if self.open_roles[index + 1] not in "DV":
            return False
        end = self.past(index + 1, _CLAUSE_ROLES)
        closers = load_word_set("phrase_closers")
        rest = range(index + 1, end)
        return not any(self.open_roles[i] == "F" or self.words[i].text in closers for i in rest)

    def _is_last_of_clause(self, index: int) -> bool:
        """Tell whether only nouns follow, and no 以 stands before: X|为|A、B."""
        end = self.past(index + 1, "NAKQR、C“”XEB") if self.open_roles[index + 1] != "Q" else index
        if self.open_roles[end] != "," or self.open_roles[end - 1] not in "N”":
            return False
        start = index
        while start and self.roles[start - 1] != ",":
            start -= 1
        taking = load_word_set("taking_prepositions")
        return taking.isdisjoint(word.text for word in self.words[start:index])

    def _number_follows(self, index: int) -> bool:
        """Tell whether the next word is a number in digits."""
        return self.open_roles[index + 1] == "Q" and self.words[index + 1].text[0].isdigit()

    def _verb_after_noun(self, index: int) -> bool:
        """Tell 严禁|在|园区|新建 from 体现|在|实践."""
        return self.open_roles[self.past(index + 1, "NAQRF")] in "VDMBK"

    def _joins_nouns(self, index: int) -> bool:
        """Tell 与 between two nouns (创新链|与|产业链|的|融合) from 与 before a verb's partner."""
        index = self.past(index + 1, _JOINED_ROLES)
        while self.open_roles[index] == "B" and self.open_roles[index + 1] != ",":
            if self.words[index].text in load_word_set("joint_deeds") and self.noun_follows(index):
                return False  # 与|政府|合作开发|项目
            index = self.past(index + 1, _JOINED_ROLES)
        return self.open_roles[index] in "EGF,"


_DECISIONS: dict[str, Callable[[RoleReader, int], str]] = {
    "A": RoleReader._attributive,
    "B": RoleReader.decide_nominal_verb,
    "C": RoleReader._conjunction,
    "D": RoleReader._adverb,
    "F": RoleReader._localizer,
    "H": RoleReader._adverb_or_verb,
    "J": RoleReader._adverb_or_noun,
    "K": RoleReader._adverb_or_attributive,
    "L": RoleReader._idiom,
    "M": RoleReader._modal,
    "O": RoleReader.decide_modal_verb,
    "P": RoleReader._preposition,
    "U": RoleReader._particle,
    "V": RoleReader.decide_verb,
    "X": RoleReader._unknown,
}
