"""Which words of a noun phrase are its name: neither the praise before it nor the predicate after it.

The parser's noun phrases are generous, since Chinese words do not show whether they are nouns
(产业变革|方兴未艾, 要求|上海). Before a name stand praise and owners that every article means, after it
idioms and verbs with adverbs; a known thing is named without the process that it undergoes
(新质生产力|发展 speaks of 新质生产力).
"""

from collections.abc import Sequence

from kg.lexicon import Lexicon, Term
from kg.records import Word
from kg.rules import find_compound_head, kind_of_name, load_verbs, load_word_ends, load_word_set
from kg.schema import EntityKind
from kg.words import dictionary_tag

ABOUT = "关于"  # in a title, before the matter that it is about
_IDIOM_LENGTH = 4
_PHRASE_TAGS = frozenset(("l", "n", "nz", "nr", "vn"))  # what jieba's dictionary calls idioms, too
_QUALITY_TAGS = frozenset(("a", "b", "da", "f"))
_SHORTEST_THING = 2  # characters; what a shorter name says depends on the process (市场|供应)
_LONGEST_OWN_NAME = 4  # characters
_OWN_NAME_TAGS = (None, "nr", "nrt", "nz")
_ADVERB_TAGS = frozenset(("d", "ad", "dv", "z"))
_ACTOR_TAGS = frozenset(("nt", "ns"))
_VERB_TAGS = frozenset(("v", "vd", "vi", "vg"))


def find_core(words: Sequence[Word], lexicon: Lexicon) -> tuple[int, int]:
    """Return where, among the words of a noun phrase, its name begins and ends (half-open).

    Both are equal where nothing of the phrase is a name.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.words import split_words
        >>> lexicon = load_lexicon()
        >>> words = split_words("我国产业变革方兴未艾", offset=0, lexicon=lexicon)
        >>> first, last = find_core(words, lexicon)
        >>> [word.text for word in words[first:last]]
        ['产业变革']
    """
    last = len(words)
    while last and _is_predicate(words, last - 1, lexicon):
        last -= 1
        while last and words[last - 1].tag in _ADVERB_TAGS:
            last -= 1
    first = 0
    is_action = last > 0 and words[last - 1].text.endswith(load_word_ends("action_ends"))
    while first < last - 1 and _is_lead(words[first]) and not (is_action and _governs(words[first])):
        first += 1  # 打击|非法集资|专项行动 is called so
    return first, last


def _governs(word: Word) -> bool:
    return word.text in load_word_set("governing_verbs")


def kind_of_compound(name: str, words: Sequence[Word], lexicon: Lexicon) -> EntityKind | None:
    """Return the kind that the head of *name* has because of what stands before it.

    A bridge that is built is a task with an end, a capability that is built is a process; a power
    station with a name of its own is a project, a kind of power station a field.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.words import split_words
        >>> lexicon = load_lexicon()
        >>> words = split_words("山区隧道建设", offset=0, lexicon=lexicon)
        >>> kind_of_compound("山区隧道建设", words, lexicon)
        <EntityKind.POLICY: 'Policy'>
    """
    head = find_compound_head(name)
    if head is None:
        return None
    first = name[: -len(head.text)]
    term = lexicon.lookup(first)
    kinds = {term.kind if term is not None else kind_of_name(first)}
    if words[0].tag == "ns" and not _is_country(words[0].text, lexicon):  # 中国|高铁 is a field still
        kinds.add(EntityKind.PLACE)
    elif words[0].tag == "ns":
        kinds.discard(EntityKind.PLACE)
    is_named = head.of_names and _is_proper(words[0] if len(words) > 1 else None, first)
    is_praised = head.of_qualities and all(word.tag in _QUALITY_TAGS for word in words[:-1])
    return head.kind if is_named or is_praised or not head.of.isdisjoint(kinds) else None


def _is_country(text: str, lexicon: Lexicon) -> bool:
    term = lexicon.lookup(text)
    return term is not None and any(code.scheme.startswith("ISO 3166") for code in term.codes)


def _is_proper(word: Word | None, first: str) -> bool:
    """Tell whether a name of no dictionary opens the phrase: 沈白|高铁."""
    text = word.text if word is not None else first
    return 1 < len(text) <= _LONGEST_OWN_NAME and dictionary_tag(text) in _OWN_NAME_TAGS


def is_district(word: Word) -> bool:
    """Tell whether a word is a place by its last character: 云港市."""
    return word.tag == "ns" and word.text[-1] in load_word_set("district_ends") and len(word.text) > 2


def _is_lead(word: Word) -> bool:
    """Tell whether a word before the name is no part of it: 重要, 我国, 要求."""
    text = word.text
    if word.tag == "f" and text in load_word_set("time_localizers"):
        return True  # 入冬|以来|降水
    is_said_of_all = text in load_word_set("evaluatives") or text in load_word_set("owners")
    return is_said_of_all or _governs(word)


def _is_predicate(words: Sequence[Word], index: int, lexicon: Lexicon) -> bool:
    word = words[index]
    if word.text in load_word_set("trailing_words"):
        return True
    if index and _is_deed(words[index - 1], word):
        return True
    if lexicon.lookup(word.text) is not None:
        return False
    if index and word.text in load_word_set("predicate_adjectives"):  # 成本|高 is a problem, 速度|快 none
        return kind_of_name("".join(part.text for part in words[: index + 1])) is not EntityKind.ISSUE
    if word.tag == "i":
        return True
    if word.text.endswith(load_word_ends("measure_ends")):
        return False  # 可操作性
    if len(word.text) == _IDIOM_LENGTH and word.tag in _PHRASE_TAGS:
        is_told = dictionary_tag(word.text) is not None and not _is_noun(word.text[2:])
        return is_told and kind_of_name(word.text) is not EntityKind.ISSUE  # 化肥|价格上涨
    if index == 0 or word.tag not in _VERB_TAGS:
        return False
    verb = load_verbs().get(word.text)
    return words[index - 1].tag in _ADVERB_TAGS or (verb is not None and not verb.nominal)


def _is_deed(before: Word, word: Word) -> bool:
    """Tell whether a word says what the actor before it does or is like: 水利部|研究, 各部门|因地制宜."""
    if word.tag == "i":
        return before.tag in _ACTOR_TAGS
    if before.tag == "ns" and word.text in load_word_set("deeds_at_places"):
        return True  # 华南地区|上市
    if word.text not in load_word_set("deeds_of_actors"):
        return False
    return before.tag in _ACTOR_TAGS or kind_of_name(before.text) is EntityKind.ORGANIZATION


def _is_noun(text: str) -> bool:
    tag = dictionary_tag(text)
    return tag is not None and (tag[0] in "nsjf" or tag in ("vn", "an"))


def thing_of_process(name: str, lexicon: Lexicon) -> Term | None:
    """Return the known thing that undergoes the process *name*, itself unknown.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> thing = thing_of_process("量子计算产业发展", load_lexicon())
        >>> thing.name if thing else None
        '量子计算产业'
    """
    if lexicon.lookup(name) is not None or kind_of_name(name) is EntityKind.ISSUE:
        return None  # 订单减少 is what troubles, not 订单
    matters = load_word_ends("matter_tails")
    if name.endswith(matters):
        first = name.removesuffix(next(tail for tail in matters if name.endswith(tail)))
        kind = kind_of_name(first)
        if kind is not None and kind is not EntityKind.CONCEPT and len(first) > _SHORTEST_THING:
            return lexicon.lookup(first) or Term(first, kind)  # 水利建设任务|情况
    tails = load_word_ends("process_tails")
    if name.endswith(tails):
        tail = next(tail for tail in tails if name.endswith(tail))
        return lexicon.lookup(name[: -len(tail)])
    measure = lexicon.lookup(name[:-2])  # 城镇登记失业率|控制: a process of two characters changes a measure
    return (
        measure
        if measure is not None and measure.kind is EntityKind.INDICATOR and name[-2:] in load_verbs()
        else None
    )
