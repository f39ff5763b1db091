"""The part each word plays in its clause, one letter a word.

Chinese words carry no endings: 发展 is a verb in 发展新业态 and a noun in 产业发展. The letters are
decided left to right from the tag, the roles before and the tags after; each rule here is a truth
about the language, not about one text.

N noun, A attributive, V verb, M modal, D adverb, P preposition, C conjunction, E 的, I 地, G 等,
Q number or measure, R pronoun, F localizer, T time, U particle, X other, "、" list mark, "," clause
end, "“" and "”" quotation marks, "(" and ")" brackets.
"""

from collections.abc import Sequence

from kg.records import Word
from kg.rules import find_verb, load_heads, load_kinds, load_verbs, load_word_set

_ROLE_OF_TAG = {
    "vm": "M", "vv": "O", "dv": "H", "dn": "J", "da": "K", "ude": "E", "udi": "I", "uet": "G", "ud": "U", "uj": "E", "ul": "U", "ug": "U",
    "uz": "U", "m": "Q", "q": "Q", "mq": "Q", "r": "R", "f": "F", "t": "T", "tg": "T", "d": "D", "p": "P",
    "c": "C", "u": "U", "y": "U", "e": "U", "o": "U", "h": "A", "k": "N", "v": "V", "vd": "V", "vi": "V",
    "vq": "V", "vg": "V", "vn": "B", "b": "A", "a": "A", "ad": "D", "an": "N", "ag": "A", "z": "L", "i": "L",
    "l": "L", "j": "N", "eng": "N", "x": "X", "df": "D", "rz": "R", "rr": "R", "rg": "R", "s": "N", "zg": "X",
    "g": "N", "nq": "N", "nk": "N",
}  # fmt: skip
# Raw roles decided later: B verb or noun, H adverb or verb (深入), J adverb or noun (深度),
# K adverb or attributive (主要), L idiom, O verb or modal (需要).
_PUNCTUATION = (
    dict.fromkeys("，；：。！？,;:!?—…　 【】〔〕", ",")
    | dict.fromkeys("“‘「『", "“")
    | dict.fromkeys("”’」』", "”")
    | dict.fromkeys("（(", "(")
    | dict.fromkeys("）)", ")")
    | {"、": "、"}
)
_JOINERS = frozenset("-－–—·/")
_END = ",,,"  # sentinels, so that looking ahead never leaves the sentence
_MODIFYING = 2  # the grade of nominal verbs that modify nouns freely (创新要素)


def find_roles(words: Sequence[Word]) -> str:
    """Return one role letter a word.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.words import split_words
        >>> find_roles(split_words("加快产业发展，发展新业态", offset=0, lexicon=load_lexicon()))
        'VNN,VN'
    """
    return "".join(_Reader(words).read())


class _Reader:
    """Decides roles left to right; ``raw`` are the undecided roles of all words."""

    def __init__(self, words: Sequence[Word]) -> None:
        determiners = load_word_set("determiners")
        self.words = words
        self.raw = [_raw_role(word) for word in words] + list(_END)
        self._blank_labels()
        for index, word in enumerate(words):
            if word.text == "—" and self.raw[index - 1 : index] == ["N"] and self.raw[index + 1] == "N":
                self.raw[index] = "X"  # one dash joins two names, a double one parts clauses
        for index in range(len(words) - 1, -1, -1):  # from the end, so that 各|有关|部门 loses both
            if words[index].text in determiners and self.raw[index + 1] in "NABQ“":
                is_inside = words[index].text == "各" and self.raw[index - 1 : index] == ["N"]
                self.raw[index] = "N" if is_inside else "Q"  # 经济社会|各|领域
        self.roles: list[str] = []
        self.verbs = load_verbs()
        self.decide = {
            "B": self._verb_or_noun,
            "V": self._verb,
            "D": self._adverb,
            "A": self._attributive,
            "H": self._adverb_or_verb,
            "J": self._adverb_or_noun,
            "K": self._adverb_or_attributive,
            "L": self._idiom,
            "O": self._verb_or_modal,
            "X": self._unknown,
            "U": self._particle,
            "F": self._localizer,
            "Q": self._measure,
            "P": self._preposition,
            "M": self._modal,
        }

    def _blank_labels(self) -> None:
        """A column's label in 【】 says nothing of the article."""
        inside = False
        for index, word in enumerate(self.words):
            inside = (inside or word.text == "【") and word.text != "】"
            if inside:
                self.raw[index] = ","

    def read(self) -> list[str]:
        for index in range(len(self.words)):
            raw = self.raw[index]
            decide = self.decide.get(raw)
            self.roles.append(decide(index) if decide else raw)
        return self.roles

    # -- context -----------------------------------------------------------------------------

    def _before(self) -> str:
        return self.roles[-1] if self.roles else ","

    def _opener(self) -> str:
        """Return the role before the noun phrase that ends here."""
        index = len(self.roles) - 1
        while index >= 0 and self.roles[index] in "NAQ":
            index -= 1
        return self.roles[index] if index >= 0 else ","

    def _noun_follows(self, index: int) -> bool:
        """Tell whether a noun phrase begins after *index*, determiners and measures passed over."""
        index += 1
        while self.raw[index] in "QR":
            index += 1
        return self.raw[index] in "NAB“"

    # -- verbs -------------------------------------------------------------------------------

    def _verb_or_noun(self, index: int) -> str:
        """Decide a word that is verb and noun at once (发展, 创新)."""
        before, after = self._before(), self.raw[index + 1]
        verb = self.verbs.get(self.words[index].text)
        grade = verb.nominal if verb else _MODIFYING
        if self._is_speech(index, before, after):
            return "V"
        if self.words[index + 1 : index + 2] and self.words[index + 1].text in "了着过":
            return "V"
        if before == "E":
            return "N"
        if before in "NA":
            return self._inside_phrase(index, grade)
        if before in "、C" and after == "B" and self.raw[index + 2] in "、CE":
            return "N"  # 、协调|联动、 is a name in a list
        if before in "DIM":
            is_head = before == "D" and after in "、C" and self._noun_before_adverb()
            return "N" if is_head and not self._noun_follows(index) else "V"
        if after == "Q" and verb is not None and before in ",、":
            return "V"  # 培养|一批|具备能力的人才
        if self._noun_follows(index):
            if after in "QR":
                return "V"
            if before == "V" and grade >= _MODIFYING:
                return "N"  # 打造|创新|加速度
            return self._compound_or_verb(index, grade)
        if verb is not None and verb.is_pivot and before in ",、" and after in "VP":
            return "V"  # 支持|有条件的企业
        if before == "," and after == "V" and self._is_verb_pair(index):
            return "V"  # 开发|挖掘|潜力
        if before == "F":
            return "V"
        if after == "E" and before == ",":
            return "V"
        return "N"

    def _is_speech(self, index: int, before: str, after: str) -> bool:
        """Tell the verb of 《意见》要求，… from the noun of 提出要求，…."""
        if self.words[index].text not in load_word_set("speech_verbs"):
            return False
        if before == "," and after == "“":
            return True
        if before not in "NDF)":
            return False
        verb = self.verbs.get(self.words[index].text)
        if after == "," and before in "NF)" and (verb is None or not verb.nominal):
            return True  # 数据|显示，
        is_followed = after == "“" or (after == "," and self.words[index + 1 : index + 2] != ())
        return is_followed and self._opener() in ",P(" and "V" not in self._clause_roles()

    def _clause_roles(self) -> list[str]:
        index = len(self.roles) - 1
        while index >= 0 and self.roles[index] != ",":
            index -= 1
        return self.roles[index + 1 :]

    def _is_verb_pair(self, index: int) -> bool:
        """Tell two verbs with one object (学习|运用) from a subject and its effect (发展|带动|就业)."""
        following = self.words[index + 1].text
        is_effect = following in load_word_set("effect_verbs") or following in load_word_set("phase_verbs")
        return not is_effect and find_verb(following) is not None and self._noun_follows(index + 1)

    def _inside_phrase(self, index: int, grade: int) -> str:
        """After a noun: 产业|发展, but 产业链|部署|创新链 and 上海|建设|一批项目."""
        after = self.raw[index + 1]
        if after == "Q" and _is_actor(self.words[index - 1]):
            return "V"  # 云港市|投资|3.2亿元
        if grade >= _MODIFYING or not self._noun_follows(index):
            return "N"
        if after in "QR":
            return "V"
        following = self.words[index + 1]
        is_name = following.tag in ("nz", "nt", "ns", "nq", "nk")
        if following.text in load_word_set("relational_nouns"):
            return "N"
        if following.text in load_heads() and not is_name:
            return "N"
        return "V" if is_name or self._opener() in ",P" else "N"

    def _compound_or_verb(self, index: int, grade: int) -> str:
        """Tell 创新|要素 (one noun phrase) from 发展|新业态 (verb and object)."""
        following = self.words[index + 1].text
        if self.raw[index + 1] == "N" and following in load_word_set("generic_nouns"):
            return "N"  # 保障|措施
        if grade >= _MODIFYING:
            return "N" if len(following) <= 2 and self.raw[index + 1] != "A" else "V"
        return "N" if following in load_word_set("relational_nouns") else "V"

    def _noun_before_adverb(self) -> bool:
        index = len(self.roles) - 1
        while index >= 0 and self.roles[index] in "DI":
            index -= 1
        return index >= 0 and self.roles[index] in "NE"

    def _verb(self, index: int) -> str:
        """A verb is a noun after 的 with nothing to govern, or, unknown to us, at an object's end."""
        word = self.words[index].text
        before = self._before()
        if before == "V" and word in load_word_set("complements"):
            return "U"
        if word in load_word_set("phase_verbs") and self._verb_follows(index):
            return "D"
        if find_verb(word) is None and len(word) > 1:
            if self._heads_compound(index, before):
                return "N"  # 膜|分离|技术
            if before == "V" and self.raw[index + 1] in "NB":
                return "A"  # 推进|退化|耕地治理
        if before in "NA" and self._is_named_after(index):
            return "N"  # 项目|形成|机制
        if before == "V" and self.raw[index + 1] == "Q" and word in load_word_set("reaching_verbs"):
            return "D"  # 建成|超过|10亿亩
        if before == "A" and self._opener() in "EV" and not self._noun_follows(index):
            return "N"  # 投资的|平稳|增长
        if len(word) == 1 or self.raw[index + 1] not in ",、CE”G":
            return "V"
        if before == "E":
            return "N"
        if (
            self.raw[index + 1] != "E"
            and before in "NA"
            and self._opener() in ("V、" if word in self.verbs else "EVP、")
        ):
            return "N"
        return "V"

    def _heads_compound(self, index: int, before: str) -> bool:
        """Tell whether a verb of no table and the short head noun after it make one name."""
        if self.raw[index + 1] != "N" or self.words[index + 1].text not in load_heads():
            return False
        return before in "NA" or (before in ",、CE" and self.raw[index + 2] in "VDPM")

    def _is_named_after(self, index: int) -> bool:
        """Tell whether a verb within an object names what the last noun is for (价格|形成|机制)."""
        if self.raw[index + 1] != "N" or self.raw[index + 2] not in ",、CE”":
            return False
        return self.words[index + 1].text in load_word_set("purpose_heads") and self._opener() in "VE、C"

    def _verb_follows(self, index: int) -> bool:
        """Tell whether the next word is a verb with an object of its own (加快|发展|新业态)."""
        after = self.raw[index + 1]
        if after == "V":
            return True
        verb = self.verbs.get(self.words[index + 1].text) if after == "B" else None
        return (
            verb is not None
            and verb.nominal < _MODIFYING
            and self._noun_follows(index + 1)
            and self._compound_or_verb(index + 1, verb.nominal) == "V"
        )

    def _verb_or_modal(self, index: int) -> str:
        """需要|资金 but 需要|加大投入."""
        if self._before() in "NAEC、" and self.raw[index + 1] not in "VBDPMH":
            return "N"
        return "V" if self._noun_follows(index) and self.raw[index + 1] != "B" else "M"

    # -- other words -------------------------------------------------------------------------

    def _adverb(self, index: int) -> str:
        """An adverb after 的 belongs to the noun phrase (产业的|深度|转型); 不多 before 等 does too."""
        before, after = self._before(), self.raw[index + 1]
        if before == "E" and after in "BN":
            return "A"
        if before in "NA" and after in "、G" and self._opener() in "V、":
            return "N"  # 收入|合理、保障|可靠 are listed as states
        if before == "E" and after == "V" and self.raw[index + 2] in ",、CDV":
            return "A"
        if (
            before in "NA"
            and self.words[index].text == "不"
            and after in "AV"
            and self.raw[index + 2] in "、G"
        ):
            return "N"
        return "D"

    def _adverb_or_verb(self, index: int) -> str:
        """深入|推进 but 深入|基层."""
        return "V" if self.raw[index + 1] in "NQA" else "D"

    def _adverb_or_attributive(self, index: int) -> str:
        """主要|包括 but 主要|任务; 显著 alone after its subject is the predicate."""
        before, after = self._before(), self.raw[index + 1]
        if before in ",DM" and self._noun_follows(index) and find_verb(self.words[index].text):
            return "V"  # 稳定|粮食产量
        if after in "NAE“" or (after == "B" and (before == "E" or not self._noun_follows(index + 1))):
            return "A" if before not in "N" or after != "B" else "D"
        if after in "、" and before in "E、VU":
            return "A"
        return "V" if before in "ND" and after in ",U" else "D"

    def _adverb_or_noun(self, index: int) -> str:
        """深度|参与治理 but 产学研|深度|融合."""
        before, after = self._before(), self.raw[index + 1]
        if before in ",MDI“" and after in "VB":
            return "D"
        return "A" if after in "NAB" else "N"

    def _attributive(self, index: int) -> str:
        """An adjective at the end of its clause after a noun is its predicate (需求|旺盛)."""
        before, after = self._before(), self.raw[index + 1]
        if before == "V" and self.words[index].text in load_word_set("complements"):
            return "U"
        if before in "NA" and after in "、G" and self._opener() in "V、":
            return "N"
        if after in "NAB“E、C":
            return "A"
        if before in "NDF" and after in ",U":
            return "V" if self.words[index].tag in ("a", "ag", "z") else "N"
        if after == "V" and before in "NM,D":
            return "D"  # 敏锐|把握
        if before == "E" and self.words[index].text in load_kinds("topic_heads"):
            return "N"  # 工业化的|核心|是创新
        return "A"

    def _idiom(self, index: int) -> str:
        """An idiom is an adverb before a verb, an attribute before 的, a predicate after its subject."""
        before, after = self._before(), self.raw[index + 1]
        if before == "G":
            return "V"  # 资源、条件等|各不相同
        if after in "I" or (after in "VB" and before not in "EA"):
            return "D"
        if after == "E":
            return "N" if before in "V、" else "A"
        if before == "N" and after in "," and self._opener() in ",F”":
            return "V"
        if before == "," and after == ",":
            return "D"
        return "N"

    def _unknown(self, index: int) -> str:
        text = self.words[index].text
        if text in _JOINERS and self._before() == "N" and self.raw[index + 1] == "N":
            return "N"  # 中国-东盟
        return "N" if text.strip() and text.isalnum() and self._before() in "NA" else "X"

    def _particle(self, index: int) -> str:
        if self._before() in "NA" and self.words[index].text in load_word_set("complements"):
            return "X"
        return "U"

    def _localizer(self, index: int) -> str:
        """A direction word after a verb is its complement (结合|起来), after a noun its localizer."""
        if self._before() in "VU" and self.words[index].text in load_word_set("complements"):
            return "U"
        if self._before() in ",、" and self.raw[index + 1] in "NAB":
            return "A"
        return "F"

    def _measure(self, index: int) -> str:
        """A number inside a name stays in it (百强|集群); elsewhere it counts."""
        return "Q"

    def _modal(self, index: int) -> str:
        """将 before a noun takes it as object (将|数据|确立为); before a verb it tells the future."""
        is_taking = self.words[index].text == "将" and self.raw[index + 1] in "NAQ“"
        return "P" if is_taking else "M"

    def _preposition(self, index: int) -> str:
        """A preposition after a verb is its complement (体现|在, 用|于), before a comma a verb."""
        word = self.words[index].text
        if self._before() in "VU" and word in load_word_set("complements"):
            return "P" if word == "在" and self._verb_after_noun(index) else "U"
        if word in "与同" and self._before() in "NA”" and self._joins_nouns(index):
            return "C"
        if word == "在" and self._before() == "N" and self.words[index - 1].text in load_kinds("topic_heads"):
            return "V"  # 关键|在|创新
        return "P"

    def _verb_after_noun(self, index: int) -> bool:
        """Tell 严禁|在|园区|新建 from 体现|在|实践."""
        index += 1
        while self.raw[index] in "NAQRF":
            index += 1
        return self.raw[index] in "VDMBK"

    def _joins_nouns(self, index: int) -> bool:
        """Tell 与 between two nouns (创新链|与|产业链|的|融合) from 与 before a verb's partner."""
        index += 1
        while self.raw[index] in "NAQRX“”、LC" or (self.raw[index] == "B" and self.raw[index + 1] != ","):
            index += 1
        return self.raw[index] in "EGF,"


def _is_actor(word: Word) -> bool:
    return word.tag in ("ns", "nt")


def _raw_role(word: Word) -> str:
    tag = word.tag
    if tag == "w":
        return _PUNCTUATION.get(word.text, "X")
    role = _ROLE_OF_TAG.get(tag)
    if role is None:
        return "N" if tag[0] == "n" else "X"
    return "D" if role == "L" and word.text[0] == "在" else role
