"""Noun phrases joined by 、 and 和, closed by 等, and linked by 的."""

from collections.abc import Sequence

from kg.clauses.lookaheads import INSIDE, Lookahead
from kg.clauses.nouns import cut_noun, share_parts, to_all_owned, to_named, to_owned
from kg.clauses.records import Nominal, Noun
from kg.clauses.states import Chain
from kg.phrases import counts_a_set
from kg.records import Span, Word, replace
from kg.rules import kind_of_name, load_kinds, load_word_ends, load_word_set
from kg.schema import EntityKind

# Deeper than people write, and shallow enough that a text of nothing but 的 is read in linear time.
_DEEPEST_GENITIVE = 20
_GROWTH, _LONGEST_GROWTH = "发展", len("健康发展")
_LONGEST_ATTRIBUTE = 3  # words
_QUALITY_TAGS = frozenset(("a", "i", "l", "z"))
_PROCESS_TAGS = frozenset(("vn", "v"))
_NAME_TAGS = frozenset(("nt", "ns", "nr", "nk", "nq"))
_ASIDE_ROLES = frozenset("NAQRTC、“”GE")  # of words in brackets that are but names
_LISTED_TAGS = frozenset(("nt", "ns"))
Nouns = tuple[Noun, ...]


class NominalReader(Lookahead):
    """Reads nominals; the position moves past them."""

    def read_nominal(
        self, chain: Chain | None = None, subject: Nominal | None = None, *, is_owned: bool = False
    ) -> Nominal | None:
        """Read coordinated nouns with what 等 and 的 add to them.

        *chain* are the verbs whose object it is, *subject* theirs; *is_owned* says that 的 stood before.
        """
        conjuncts = self._read_conjuncts()
        if not conjuncts:
            return None
        if is_owned and len(conjuncts) > 1 and self.role == "E":
            return self._read_next_owner(conjuncts)
        heads, members = self._read_class(tuple(conjuncts))
        if not members and len(heads) > 1:
            heads, members = self._class_before(heads)
        if self.role == "C" and self.is_noun_after(self.position + 1):
            heads, members = self._read_next_class(Nominal(heads, members))
        localizer = ""
        if self.role == "F":
            localizer = self.words[self.position].text
            self.position += 1
        nominal = Nominal(heads, members, localizer)
        if self.is_at_genitive() and not (chain and self.is_relative_end(chain, subject)):
            nominal = self._read_genitive(nominal)
        self.nominals.append(nominal)
        return nominal

    def read_including(self) -> Nominal | None:
        """Read 包括 A 在内的 B: B, of which A is a member."""
        self.position += 1
        members = tuple(self._read_conjuncts())
        while self.role in "G”" or self.text_at(self.position) == INSIDE:
            self.position += 1
        self.position += 1  # 的
        self.skip("QR“")
        heads = tuple(self._read_conjuncts())
        if not heads:
            return None
        nominal = Nominal(heads, members)
        self.nominals.append(nominal)
        return nominal

    def read_aside(self) -> bool:
        """Read what stands in brackets apart from its clause, where it is but names: 某大学|（|武汉|）.

        Returns whether it was that; else nothing is read.
        """
        end = self.roles.find(")", self.position)
        if end < 0 or not _ASIDE_ROLES.issuperset(self.roles[self.position + 1 : end]):
            return False
        self.position += 1
        while self.position < end:
            if self.read_nominal() is None:
                self.position += 1
        self.position = end + 1
        return True

    def skip_attributes(self) -> None:
        """Pass over attributes with 的 that name nothing (最活跃、最革命的|要素)."""
        index = self.position
        roles = self.roles
        while roles[index] in "DA" or (roles[index] in "、C" and roles[index + 1] in "DA"):
            index += 1
        if index > self.position and roles[index] == "E" and roles[index + 1] in "NAQR":
            self.position = index + 1
            self.skip("QR")

    # -- 的 ----------------------------------------------------------------------------------

    def _read_genitive(self, owner: Nominal) -> Nominal:
        """Read 的 and what *owner* owns; return that."""
        self.nominals.append(owner)
        self.position += 1
        if self.nesting >= _DEEPEST_GENITIVE:
            return owner
        self.skip("QR“")
        self.skip_attributes()
        self.nesting += 1
        head = self.read_nominal(is_owned=True)
        self.nesting -= 1
        if head is None:
            return owner
        self.nominals.pop()
        return Nominal(to_all_owned(head.heads, owner.heads), head.members, head.localizer)

    def _read_next_owner(self, conjuncts: list[Noun]) -> Nominal:
        """In 甲的乙、丙的丁 the 丙 owns 丁 and does not stand beside 乙."""
        rest = self._read_genitive(Nominal((conjuncts[-1],)))
        return Nominal((*conjuncts[:-1], *rest.heads), rest.members, rest.localizer)

    # -- 、 and 和 ---------------------------------------------------------------------------

    def _read_conjuncts(self) -> list[Noun]:
        conjuncts: list[Noun] = []
        while (noun := self._read_noun()) is not None:
            if noun.name in load_word_set("scopes") and self.role == "Q" and not conjuncts:
                self.skip("QR")  # 汇聚|全国|1/7|的|企业
                if self.is_counting_de():
                    self.position += 1
                continue
            conjuncts.append(noun)
            if self.role == "”":
                self.position += 1
            if self.position in self.phrase_at:
                if self.words[self.position].text in load_kinds("topic_heads"):
                    break  # 发展新质生产力|关键|在创新
                if not self.is_beside_title():  # “甲”“乙” stand side by side
                    continue
                owned = self._read_noun()  # 财政部|《通知》
                if owned is not None:
                    conjuncts[-1] = to_owned(owned, (noun,))
            if self.role not in "、C" or not self.is_noun_after(self.position + 1):
                break
            self.position += 1
            self.skip("QR“")
        return share_parts(conjuncts, self.words, self.roles)

    def _read_noun(self) -> Noun | None:
        phrase = self.phrase_at.get(self.position)
        if phrase is None:
            return None
        self.position = phrase.last
        return Noun(phrase.text, phrase.span, phrase.span, phrase.first, phrase.last, (), phrase.is_counted)

    # -- 等 ----------------------------------------------------------------------------------

    def _read_class(self, listed: Nouns) -> tuple[Nouns, Nouns]:
        """Read 等 or a number where they close the list; return heads and members."""
        if self.role == "G":
            self.position += 1
            return self._read_class_head(listed)
        if len(listed) > 1 and self.is_counted_class():
            return self._read_class_head(listed)
        return listed, ()

    def _class_before(self, listed: Nouns) -> tuple[Nouns, Nouns]:
        """Return the class right before the names listed, and these: 彩电|巨头|海信、创维."""
        first, *others = listed
        last = first.last - 1
        tags = {self.words[noun.last - 1].tag for noun in others}
        is_named = self.words[last].tag in _LISTED_TAGS and not tags.isdisjoint(_LISTED_TAGS)
        if last <= first.first or not is_named:
            return listed, ()
        if not self.words[last - 1].text.endswith(load_word_ends("list_classes")):
            return listed, ()
        start = first.first + (last - first.first > 1 and len(self.words[first.first].text) == 1)  # 几大
        whole = cut_noun(first, self.words, start, last)
        return (whole,), (cut_noun(first, self.words, last, first.last), *others)

    def _read_next_class(self, first: Nominal) -> tuple[Nouns, Nouns]:
        """Read what stands beside a class (甲、乙等|产业|和|丙); each keeps its own members."""
        self.position += 1
        self.skip("QR“")
        second = Nominal(*self._read_class(tuple(self._read_conjuncts())))
        self.nominals += (nominal for nominal in (first, second) if nominal.members)
        return (*first.heads, *second.heads), ()

    def _read_class_head(self, listed: Nouns) -> tuple[Nouns, Nouns]:
        """Read what follows 等: a head that the listed share (体制等改革), or their class (等要素)."""
        index = self.position
        while self.roles[index] in "QR":
            index += 1
        if self.roles[index] == "V" and self.roles[index + 1] in "NA" and self.roles[index + 2] == "E":
            index += 3  # 网球等|有条件的|运动项目
        index = self._past_attribute(index)
        if self.roles[index] not in "NA":
            return listed, ()
        is_direct = index == self.position
        self.position = index
        head = self._read_noun()
        if head is None:
            return listed, ()
        if counts_a_set(self.words[index - 1].text):
            return (self._with_number(head),), listed  # 甲、乙等|八大|展区
        suffix = _suffix_class(head.name)
        if suffix and not self._are_names(listed):
            return _with_suffix(listed, suffix), ()
        if head.name in load_word_set("generic_nouns") or head.name in load_word_set("class_heads"):
            return listed, ()
        if is_direct and head.last - head.first == 1 and _is_shared(self.words[head.first], head.name):
            return tuple(to_named(noun, noun.name + head.name, head.span.end) for noun in listed), ()
        deed = self._deed_in_fields(head)
        if deed and not self._are_names(listed):
            return tuple(to_named(noun, noun.name + deed, head.span.end) for noun in listed), ()
        head = self._without_generic_class(head)
        if head.last - head.first > 1 and self.words[head.first].text in load_word_set("class_heads"):
            rest = cut_noun(head, self.words, head.first + 1, head.last)  # 太钢等|企业|节水经验
            return (to_owned(rest, listed),), ()
        whole = self._class_part(head)
        if whole is not None:  # 钢铁、有色等|行业|稳增长方案: the list is of 行业, the phrase goes on
            self.nominals.append(Nominal((whole,), listed))
            return (head,), ()
        return (head,), listed

    def _deed_in_fields(self, head: Noun) -> str:
        """Return what is done in all the fields listed, else nothing: 财税、金融等|重点|领域|改革."""
        deed = self.words[head.last - 1]
        fields = [word.text for word in self.words[head.first : head.last - 1]]
        is_plain = fields[-1:] and fields[-1] in load_word_set("deed_fields")
        is_key = all(text in load_word_set("key_words") for text in fields[:-1])
        return deed.text if is_plain and is_key and deed.tag in _PROCESS_TAGS else ""

    def _past_attribute(self, index: int) -> int:
        """Return where the noun stands after an attribute with 的: 甲、乙等|变化多端|的|摩擦."""
        end = index
        while end < index + _LONGEST_ATTRIBUTE and self._tells_quality(end):
            end += 1
        return end + 1 if self.roles[end] == "E" and self.roles[end + 1] in "NA" else index

    def _tells_quality(self, index: int) -> bool:
        role = self.roles[index]  # past the last word, too, where there is no word
        return role in "AQ" or (role == "V" and self.words[index].tag in _QUALITY_TAGS)

    def _with_number(self, head: Noun) -> Noun:
        """Return *head* with the number that makes a fixed set of it: 八大|展区."""
        number = self.words[head.first - 1]
        span = Span(number.span.start, head.span.end)
        return Noun(number.text + head.name, span, span, head.first - 1, head.last)

    def _are_names(self, nouns: Sequence[Noun]) -> bool:
        """Tell whether these are bodies or places by name, which take no class word (太钢等企业)."""
        firms = load_word_ends("firm_ends")
        return any(self.words[noun.last - 1].tag in _NAME_TAGS or noun.name.endswith(firms) for noun in nouns)

    def _without_generic_class(self, head: Noun) -> Noun:
        """In 生命科学等|领域|前沿技术 the list is of the technologies."""
        first = head.first
        text = self.words[first].text
        is_class = text in load_word_set("class_heads") or text in load_word_set("suffix_classes")
        if head.last - first < 2 or not (is_class and text in load_word_set("generic_nouns")):
            return head  # 富硒粮油等|特色|经济
        return cut_noun(head, self.words, first + 1, head.last)

    def _class_part(self, head: Noun) -> Noun | None:
        """Return the class noun that a longer phrase begins with; the number counts the whole of it.

        A bare 行业 or 企业 names no class.
        """
        classes = load_word_set("class_heads")
        for index in range(head.first, head.last - 1):
            text = self.words[index].text
            is_class = text in classes if index > head.first else text[2:] in classes  # 数码产品|补贴
            if is_class:
                return replace(cut_noun(head, self.words, head.first, index + 1), is_counted=False)
        return None


def _with_suffix(listed: Nouns, suffix: str) -> Nouns:
    """In 钢铁、有色金属等|行业 each of the listed lacks the class word; one that ends in it does not."""
    ends = (suffix, suffix[-1])
    return tuple(
        noun if noun.name.endswith(ends) else to_named(noun, noun.name + suffix, noun.span.end)
        for noun in listed
    )


def _suffix_class(name: str) -> str:
    """Return the class that is but the suffix of what is listed before it: 产业, or 产业 of 产业健康发展."""
    for suffix in load_word_set("suffix_classes"):
        rest = name.removeprefix(suffix)
        is_growth = rest.endswith(_GROWTH) and len(rest) <= _LONGEST_GROWTH
        if name.startswith(suffix) and (not rest or is_growth):
            return suffix
    return ""


def _is_shared(word: Word, name: str) -> bool:
    """Tell whether a word after 等 is what all the listed undergo or measure (体制等|改革)."""
    return word.tag in _PROCESS_TAGS or kind_of_name(name) is EntityKind.INDICATOR
