"""Words that may be verbs, told from the nouns and adverbs they may be as well."""

from kg.roles.actors import ACTOR_TAGS, NAME_TAGS, ActorContext
from kg.rules import find_verb, load_heads, load_kinds, load_word_classes, load_word_ends, load_word_set
from kg.schema import RelationKind

_EFFECTS = frozenset(
    (RelationKind.HINDERS, RelationKind.PROMOTES, RelationKind.GENERATES, RelationKind.RELATED_TO)
)
_AT = "在"
_MODIFYING = 2  # the grade of nominal verbs that modify nouns freely (创新要素)
_LEAST_MEASURE = 3  # words of a clause that is a measure and no long subject
_LEAST_GOODS = 2  # words of a name of goods; 创新|产品 is one name
_MEASURES = frozenset(
    (RelationKind.PROMOTES, RelationKind.IMPLEMENTS, RelationKind.GENERATES, RelationKind.SUPPORTS)
)


class VerbContext(ActorContext):
    """Decides verbs."""

    def decide_nominal_verb(self, index: int) -> str:
        """Decide a word that is verb and noun at once (发展, 创新)."""
        before, after = self.before, self.open_roles[index + 1]
        verb = self.verbs.get(self.words[index].text)
        grade = verb.nominal if verb else _MODIFYING
        if self._is_speech(index, before, after) or self._is_heading(index) or self._takes_part(index):
            return "V"
        if self.words[index].text in load_word_set("foretelling_words"):
            return "D"  # 增幅|预计|达84%
        if before == "N" and self._is_done_jointly(index):
            return "D"  # 甲企业|与|乙企业|合作|建设|生产线
        if before == "N" and self._requires_of_others(index):
            return "V"  # 新业务|要求|技师|掌握|新技能
        if before in ",TDN" and self._counts_goods(index):
            return "V"  # 去年|出口|约2.6亿吨|铁矿石
        if before in "NA" and after == "Q" and self.words[index].text in load_word_set("reaching_verbs"):
            return "V"  # 规模|突破|2000亿元
        if self._opens_name(index):
            return "N"  # 规划|提出|发展策略, 开展|打击|非法集资|专项行动
        if index + 1 < len(self.words) and self.words[index + 1].text in load_word_set("aspects"):
            return "V"
        if before == "E":
            return "N"
        if verb is not None and before in "NADF" and self._is_completed(index):
            return "V"  # 供应|给|企业
        if before == "V" and after == "," and self._is_second_deed(index):
            return "V"  # 由|企业|投资|建设
        if before == "N" and self.opener == "," and self._is_cause(index - 1):
            return "V"  # 价格|上涨|影响|生产
        if before in "NA":
            return "V" if self._makes_goods(index) else self._inside_phrase(index, grade)
        if before in "、C" and after == "B" and self.open_roles[index + 2] in "、CE":
            return "N"  # 、协调|联动、 is a name in a list
        if before in "、" and after == "A" and self.open_roles[index + 2] == "E":
            return "N"  # 、发展|均衡|的
        if before == "C" and after == "V" and self.noun_follows(index + 1):
            return "V"  # 和|协调|推进|战略布局
        if (
            before == "、"
            and after == "V"
            and verb is None
            and self.has_verb
            and self.noun_follows(index + 1)
        ):
            return "D"  # 改变|用途、|违规|占用|农田
        if before in "DIM":
            is_head = before == "D" and after in "、C" and self.governor in "NE"
            return "N" if is_head and not self.noun_follows(index) else "V"
        if after == "Q" and verb is not None and before in ",、":
            return "V"  # 培养|一批|具备能力的人才
        is_pivot = verb is not None and verb.is_pivot and before in ",、"
        if is_pivot and (self._actor_follows(index) or self._others_follow(index)):
            return "V"  # 要求|上海|聚焦, 安排|人员|巡查
        if before in ",M" and self._is_first_of_two(index):
            return "V"  # 培育|并|壮大|企业
        is_measure = self._is_measure_clause(index) or self._follows_measure(index)
        if before == "," and verb is not None and is_measure:
            return "V"  # 服务|能源|战略，推动…
        if before == "," and after == "B" and self._says_what_to_do(index):
            return "V"  # 要求|优化|流程
        if self.noun_follows(index):
            if after in "QR":
                return "V"
            if before == "V" and self.words[index - 1].text in load_word_set("document_speech"):
                return "V"  # 要求|优化|流程
            if before == "V" and grade >= _MODIFYING:
                return "N"  # 打造|创新|加速度
            return self._compound_or_verb(index, grade)
        if verb is not None and verb.is_pivot and before in ",、" and after in "VP":
            return "V"  # 支持|有条件的企业
        if before == "," and after == "V" and self._is_verb_pair(index):
            return "V"  # 开发|挖掘|潜力
        if before == "F":
            return "V"
        is_placed = self.words[index + 1 : index + 2] and self.words[index + 1].text in load_word_set(
            "placing_verbs"
        )
        if before == "P" and after == "V" and not is_placed and self.noun_follows(index + 1):
            return "V"  # 为|提升|进出城区能力, but 把|创新|摆在|位置
        if after == "E" and before == ",":
            return "V"
        return "N"

    def _is_done_jointly(self, index: int) -> bool:
        """Tell whether the word says that those whom 与 joins do together what the next verb tells."""
        if (
            self.words[index].text not in load_word_set("joint_manners")
            or self.open_roles[index + 1] not in "VB"
        ):
            return False
        start = "".join(self.roles).rfind(",") + 1
        is_joined = any(word.text in ("与", "和", "同", "跟") for word in self.words[start:index])
        return is_joined and self.noun_follows(index + 1) and not self.has_verb

    def _requires_of_others(self, index: int) -> bool:
        """Tell whether a thing requires of those named next that they do what the verb after them tells."""
        if self.words[index].text not in load_word_set("requiring_verbs") or self.has_verb:
            return False
        end = self.past(index + 1, "NA")
        return self.opener == "," and end > index + 1 and self.open_roles[end] in "VM"

    def _says_what_to_do(self, index: int) -> bool:
        """Tell whether the word says that what follows is to be done."""
        return self.words[index].text in load_word_set("document_speech") and self.noun_follows(index + 1)

    def _is_first_of_two(self, index: int) -> bool:
        """Tell whether 并 joins the word to a verb that governs the object of both."""
        joins = self.words[index + 1 : index + 2] and self.words[index + 1].text in load_word_set(
            "verb_joiners"
        )
        return bool(joins) and self.open_roles[index + 2] in "VB" and self.noun_follows(index + 2)

    def _is_measure_clause(self, index: int) -> bool:
        """Tell whether nothing but nouns follows in the clause, and the next one begins with a verb."""
        if not self.noun_follows(index):
            return False
        end = self.past(index + 1, "NABQRE")
        if end < index + _LEAST_MEASURE or self.open_roles[end] != "," or end + 1 >= len(self.words):
            return False
        if self.words[end].text not in "，；、":
            return False
        start = self.past(end + 1, "DKM")
        following = self.verbs.get(self.words[start].text) if start < len(self.words) else None
        return following is not None and self.open_roles[start] in "VB" and following.kind in _MEASURES

    def _follows_measure(self, index: int) -> bool:
        """Tell whether but nouns end the sentence after a measure was told: 转变理念，创新|监管|方式."""
        end = self.past(index + 1, "NABQRE")
        is_last = end >= index + _LEAST_MEASURE and end + 1 >= len(self.words)
        if not is_last or not index or self.words[index - 1].text not in "，；":
            return False
        before = "".join(self.roles[: index - 1])
        start = self._past_adverbs(before.rfind(",") + 1)
        return start < index and self.roles[start] == "V" and self.open_roles[start + 1] in "NABQ“"

    def _past_adverbs(self, start: int) -> int:
        """Return where what stands before a verb ends."""
        while start < len(self.roles) and self.roles[start] in "DKM":
            start += 1
        return start

    def _is_speech(self, index: int, before: str, after: str) -> bool:
        """Tell the verb of 《意见》要求，… from the noun of 提出要求，…."""
        if self.words[index].text not in load_word_set("speech_verbs"):
            return False
        if before == "," and after == "“":
            return True
        if before == "V" and after == ",":
            return self.words[index - 1].text in load_word_set("speaking_verbs")  # 发言|建议，
        if after in "NA" and self._is_said_in_document(index):
            return True  # 《办法》|要求|企业
        basis = load_word_classes("relation_words")["basis"]
        if before not in "NDF)" or self._preposition_before(index) in basis:
            return False  # 按照|《方案》|要求，
        verb = self.verbs.get(self.words[index].text)
        if after == "," and before in "NF)" and (verb is None or not verb.nominal):
            return True  # 数据|显示，
        is_followed = after == "“" or (after == "," and index + 1 < len(self.words))
        return is_followed and self.opener in ",P(”" and not self.has_verb

    def _is_heading(self, index: int) -> bool:
        """Tell whether it ends the clause after where it happens or what is headed for: 向|高端|转变.

        Who is told of something stands so before the verb (向|国务院|报告|情况).
        """
        is_telling = self.words[index].text in load_word_set("reporting_verbs") and self.before == "N"
        if is_telling and self._preposition_before(index) == "向":
            return True
        if self.open_roles[index + 1] not in ",、C":
            return False
        text = self.words[index].text
        if text in load_word_set("staged_verbs"):
            return self._preposition_before(index) == _AT  # 在|江苏|奠基
        return text in load_word_set("heading_verbs") and self.is_goal(index)

    def _takes_part(self, index: int) -> bool:
        """Tell whether it ends the clause after who takes part in what was told before: ，财政部|参与."""
        if self.open_roles[index + 1] != "," or self.has_verb or self.before != "N":
            return False
        is_taking_part = self.words[index].text in load_word_set("taking_part")
        return is_taking_part and self.words[index - 1].tag in ACTOR_TAGS

    def _leads_phrase(self, index: int) -> bool:
        """Tell whether a phrase stands between the word and the verb of its clause: 加速|与制造业|融合."""
        if self.open_roles[index + 1] != "P":
            return False
        end = self.open_roles.index(",", index)
        later = range(index + 2, end)
        return any(self.open_roles[at] in "VB" and self.open_roles[at - 1] != "E" for at in later)

    def _is_cause(self, index: int) -> bool:
        """Tell whether a verb of change ends a subject, whose effect the next verb tells: 价格|上涨|推高."""
        text = self.words[index].text
        is_change = text in load_word_set("rising_verbs") or text in load_word_set("sinking_verbs")
        is_deed = self.words[index].tag[0] == "v" and find_verb(text) is None
        if not (is_change or is_deed):
            return False  # 美联储|加息|加剧|压力, but 企业|建设|带动|就业
        verb = self.past(index + 1, "DKM")  # 水平|上升|可能|威胁|复苏
        effect = self.verbs.get(self.words[verb].text) if verb < len(self.words) else None
        is_effect = effect is not None and (effect.is_result or effect.kind in _EFFECTS)
        return is_effect and self.past(verb + 1, "U") < len(self.words) and self._governs(verb)

    def _governs(self, index: int) -> bool:
        """Tell whether a noun follows the verb, an aspect passed over."""
        return self.open_roles[self.past(index + 1, "UQR")] in "NAB“"

    def is_goal(self, index: int) -> bool:
        """Tell whether nothing but nouns stand between the word and a preposition of direction: 向|高端."""
        place = index - 1
        while place > 0 and self.roles[place] in "NAQ、CE":
            place -= 1
        return place >= 0 and self.words[place].text in load_word_classes("relation_words")["heading"]

    def _is_said_in_document(self, index: int) -> bool:
        """Tell whether a document begins the clause and the word right after it says what it wants."""
        if not index or self.opener != "," or self.has_verb:
            return False
        document = self.words[index - 1]
        is_law = document.tag == "nz" and document.text.endswith(load_word_ends("law_ends"))
        is_named = is_law or document.tag == "nk" or document.text.endswith(load_word_ends("document_nouns"))
        return is_named and self.words[index].text in load_word_set("document_speech")

    def _is_document(self, index: int) -> bool:
        """Tell whether a document is named that speaks next (通知|要求)."""
        if self.words[index].text not in load_word_set("document_nouns") or index + 1 == len(self.words):
            return False
        return self.words[index + 1].text in load_word_set("speech_verbs")

    def _is_verb_pair(self, index: int) -> bool:
        """Tell two verbs with one object (学习|运用) from a subject and its effect (发展|带动|就业)."""
        following = self.words[index + 1].text
        is_effect = following in load_word_set("effect_verbs") or following in load_word_set("phase_verbs")
        return not is_effect and find_verb(following) is not None and self.noun_follows(index + 1)

    def _inside_phrase(self, index: int, grade: int) -> str:
        """After a noun: 产业|发展, but 产业链|部署|创新链 and 上海|建设|一批项目."""
        after = self.open_roles[index + 1]
        is_allotting = self.words[index].text in load_word_set("allotting_verbs")
        if after == "Q" and (is_allotting or self.words[index - 1].tag in ACTOR_TAGS):
            return "V"  # 云港市|投资|3.2亿元, 特别国债|安排|3000亿元
        if self.opener == "V" and self._is_gathered(index):
            return "V"  # 组织|人员|清理|积雪
        if after == "E" and self._makes_what_follows(index):
            return "V"  # 集团|研发|的|平台
        if self._sets_others_to_work(index):
            return "V"  # 江苏|组织|技术人员|深入基层
        is_moved = self.opener == "E" or grade < _MODIFYING or self._governs_name(index)
        is_moved = is_moved or self._brings_forth(index)
        if is_moved and self._is_moved_to_act(index):
            return "V"  # 支持|有|条件|的|地区|建设|中心城市, 鼓励|机构|开发|产品
        if after in "VN" and self._acts_as_body(index):
            return "V"  # 市场监管总局|部署|开展工作
        if self._is_only_verb(index):
            return "V"  # 从|澳大利亚|进口|铁矿石
        if self._is_done_by(index):
            return "V"  # 由|中央政府|投资
        if grade >= _MODIFYING or not self.noun_follows(index):
            return "N"
        if after in "QR":
            return "V"
        following = self.words[index + 1]
        is_name = following.tag in NAME_TAGS
        if following.text in load_word_set("relational_nouns"):
            return "N"
        if following.text in load_heads() and not is_name:
            return "N"
        is_headed = self.open_roles[index + 2] == "N" and self.words[index + 2].text in load_heads()
        if is_headed and self.opener == "V" and not self._is_actor(index - 1):
            return "N"  # 健全|粮食|收购|资金保障|机制
        return "V" if is_name or self.opener in ",P" else "N"

    def _brings_forth(self, index: int) -> bool:
        """Tell whether goods by name follow, which the word before makes new: 机构|创新|绿色|信贷|产品."""
        end = self.past(index + 1, "NABV、GC")  # 研发|康复机器人、跌倒监测|等|智能产品
        is_named = end - index > _LEAST_GOODS and self.open_roles[end] in ",、C"
        return is_named and self.words[end - 1].text.endswith(load_word_ends("made_goods"))

    def _is_completed(self, index: int) -> bool:
        """Tell whether a complement and a noun follow the verb (供应|给|企业), but not 从|培育|到|加工."""
        following = self.words[index + 1 : index + 2]
        completes = bool(following) and following[0].text in load_word_set("closing_complements")
        return completes and self.noun_follows(index + 1) and self._preposition_before(index) != "从"

    def _compound_or_verb(self, index: int, grade: int) -> str:
        """Tell 创新|要素 (one noun phrase) from 发展|新业态 (verb and object)."""
        following = self.words[index + 1].text
        is_end = self.open_roles[index + 2] != "N" or following in load_heads()  # no 谋划|增量|政策
        if is_end and self.open_roles[index + 1] == "N" and following in load_word_set("generic_nouns"):
            return "N"  # 保障|措施
        if grade >= _MODIFYING:
            return "N" if len(following) <= 2 and self.open_roles[index + 1] != "A" else "V"
        return "N" if following in load_word_set("relational_nouns") else "V"

    def decide_verb(self, index: int) -> str:
        """A verb is a noun after 的 with nothing to govern, or, unknown to us, at an object's end."""
        word = self.words[index].text
        before = self.before
        if before == "P" and self.open_roles[index + 1] in ",、E" and word in load_kinds("as_heads"):
            return "N"  # 以重点监管为|补充
        if before == "V" and word in load_word_set("complements"):
            return "U"
        if before != "E" and word in load_word_set("firm_verbs"):
            return "V"  # 机场|出现|航班延误
        if self._is_heading(index) or word in load_word_set("placing_verbs") or self._takes_part(index):
            return "V"
        if before in "NA" and self.opener == "," and self._is_cause(index):
            return "N"  # 需求|下滑|拖累|行业
        if word in load_word_set("phase_verbs") and (self._verb_follows(index) or self._leads_phrase(index)):
            return "D"
        if before == "," and self.open_roles[index + 1] == "N" and word in load_word_set("attending_verbs"):
            return "Q"  # 与会|专家|表示
        if before in "NA" and self._provides(index):
            return "V"  # 为|开展|联合|惩戒|创造|条件
        if before in "VAND" and self._tells_of_deed(index):
            return "N"  # 打击|排污|行为
        if before in "NA" and self.opener == "V" and self._names_scheme(index):
            return "N"  # 实施|新能源汽车|免征|购置税|政策
        if self._opens_name(index):
            return "N"  # 通知|要求|各地, 开展|打击|非法集资|专项行动
        if before == "N" and (self._is_changing(index) or self._is_faulty(index)):
            return "N"  # 受|需求|下滑|影响, 收入|增长|缓慢|的|问题, 农田|浇水|难|的|问题
        if find_verb(word) is None and len(word) > 1:
            if self._heads_compound(index, before):
                return "N"  # 膜|分离|技术
            if before == "V" and self.open_roles[index + 1] in "NB":
                return "A"  # 推进|退化|耕地治理
            if before == "、" and self.open_roles[index + 1] in "、G":
                return "N"  # 篮球、|围棋|等
            if before == "、" and self.open_roles[index + 1] == "B" and self.open_roles[index + 2] in "、G":
                return "A"  # 康复机器人、|跌倒|监测|等
        if before in "NA" and self._is_named_after(index):
            return "N"  # 项目|形成|机制
        if before in "V、" and self.open_roles[index + 1] == "Q" and word in load_word_set("reaching_verbs"):
            return "D"  # 建成|超过|10亿亩
        if before == "A" and self.opener in "EV" and not self.noun_follows(index):
            return "N"  # 投资的|平稳|增长
        if before == "C" and self._is_owned_deed(index):
            return "N"  # 市场的|建设|和|完善|促进|转型
        if len(word) == 1 or self.open_roles[index + 1] not in ",、CE”G":
            return "V"
        if self._ends_clause(index):
            return "V"
        if before == "E":
            return "N"
        if (
            self.open_roles[index + 1] != "E"
            and before in "NA"
            and self.opener in ("V、" if word in self.verbs else "EVP、")
        ):
            return "N"
        return "V"

    def _provides(self, index: int) -> bool:
        """Tell whether the word says that something is provided for what 为 opens the clause with."""
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        is_provided = following in load_word_set("provided_nouns") and self.open_roles[index + 2] in ",、C"
        start = self._past_adverbs("".join(self.roles).rfind(",") + 1)
        return is_provided and start < index and self.words[start].text == "为"

    def _tells_of_deed(self, index: int) -> bool:
        """Tell whether what follows calls the deed a deed: 排污|行为."""
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        return following in load_word_set("deed_heads")

    def _names_scheme(self, index: int) -> bool:
        """Tell whether the words up to the end of the clause name a scheme by what it does."""
        end = self.past(index + 1, "NAB")
        is_last = end > index + 1 and self.open_roles[end] in ",、C"
        is_scheme = is_last and self.words[end - 1].text in load_word_set("scheme_heads")
        return is_scheme and not self._is_actor(index - 1)

    def _opens_name(self, index: int) -> bool:
        """Tell whether the word is a document that speaks, or begins what an action is called."""
        if self.before == ",":
            return self._is_document(index)
        return self.before == "V" and self._opens_action(index)

    def _opens_action(self, index: int) -> bool:
        """Tell whether the word begins what an action is called that the verb before carries out."""
        end = self.past(index + 1, "NAB")
        is_carried_out = self.words[index - 1].text in load_word_set("launching_verbs")
        is_last = end > index + 1 and self.open_roles[end] in ",、C"
        return is_carried_out and is_last and self.words[end - 1].text.endswith(load_word_ends("action_ends"))

    def _is_changing(self, index: int) -> bool:
        """Tell whether a verb of change is what its subject suffers from, or how it changes is told."""
        text = self.words[index].text
        if text not in load_word_set("rising_verbs") and text not in load_word_set("sinking_verbs"):
            return False
        is_slow = self.open_roles[index + 1] == "A" and self.open_roles[index + 2] == "E"
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        return is_slow or (self.opener == "P" and following in load_word_set("suffering_words"))

    def _is_faulty(self, index: int) -> bool:
        """Tell whether an adjective says what is wrong with the deed, which with it is a problem."""
        following = self.words[index + 1].text if index + 1 < len(self.words) else ""
        return following in load_word_set("fault_adjectives") and self.open_roles[index + 2] == "E"

    def _is_owned_deed(self, index: int) -> bool:
        """Tell whether two verbs after 的 are subject of the verb that follows them."""
        is_owned = self.roles[-3:] == ["E", "N", "C"] and not self.has_verb
        return is_owned and self.open_roles[index + 1] in "VB" and self.noun_follows(index + 1)

    def _ends_clause(self, index: int) -> bool:
        """Tell whether an unknown verb is the predicate all the same: 在市场|看到, 在北京|开幕."""
        if self.open_roles[index + 1] != "," or find_verb(self.words[index].text) is not None:
            return False
        is_reaching = self.words[index].text[-1] in load_word_set("resultatives")
        is_at_place = self.opener == "P" and self.words[index - 1].tag == "ns" and self.before == "N"
        return is_reaching or is_at_place

    def _heads_compound(self, index: int, before: str) -> bool:
        """Tell whether a verb of no table and the short head noun after it make one name."""
        if self.open_roles[index + 1] == "B" and before in "NA" and self.opener != ",":
            return True  # 推进|污水|再生|利用
        if self.open_roles[index + 1] not in "NJ" or self.words[index + 1].text not in load_heads():
            return False
        after = self.open_roles[index + 2]
        if before == "E" and after == ",":
            return True  # 坚实的|计算|基石
        return before in "NA" or (before in ",、CE" and after in "VDPM")

    def _is_named_after(self, index: int) -> bool:
        """Tell whether verbs within an object name what the last noun is for (价格|形成|机制).

        What an actor is moved to do is none of that: 引导|企业|建立|机制.
        """
        head = self.past(index + 1, "VB")
        if self.open_roles[head] not in "NJ" or self.open_roles[head + 1] not in ",、CE”":
            return False
        is_purpose = self.words[head].text in load_word_set("purpose_heads") and self.opener in "VE、C"
        return is_purpose and not self._is_moved_to_act(index)

    def _verb_follows(self, index: int) -> bool:
        """Tell whether the next word is a verb with an object of its own (加快|发展|新业态)."""
        after = self.open_roles[index + 1]
        if after == "V":
            return True
        verb = self.verbs.get(self.words[index + 1].text) if after == "B" else None
        return (
            verb is not None
            and verb.nominal < _MODIFYING
            and self.noun_follows(index + 1)
            and self._compound_or_verb(index + 1, verb.nominal) == "V"
        )

    def decide_modal_verb(self, index: int) -> str:
        """需要|资金 but 需要|加大投入."""
        if self.before in "NAEC、" and self.open_roles[self.past(index + 1, "T")] not in "VBDPMH":
            return "N"
        return "V" if self.noun_follows(index) and self.open_roles[index + 1] != "B" else "M"
