"""Nouns of the parse become mentions: what a phrase would be called on its own, and its kind.

A mention's span is verbatim text; its name is what the annotation guide asks for: determiners and
praise left out (重要新动能 → 新动能), owner and head joined where the head alone says little
(颠覆性技术的突破 → 颠覆性技术突破), quotation and title marks removed.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from kg.articles.names import is_all_names
from kg.clauses import Frame, Noun, Parse
from kg.lexicon import Lexicon
from kg.naming import ABOUT, find_core, is_district, kind_of_compound, thing_of_process
from kg.records import Mention, Record, Span, Word, replace
from kg.rules import kind_of_name, load_heads, load_kinds, load_word_classes, load_word_ends, load_word_set
from kg.schema import EntityKind, RelationKind
from kg.words import dictionary_tag

_MARKS = str.maketrans("", "", "“”‘’《》〈〉「」『』　")
_SPACE_RE = re.compile(r"(?<![A-Za-z\d]) | (?![A-Za-z\d])")  # not between Latin words
_KIND_OF_TAG = {"nt": EntityKind.ORGANIZATION, "ns": EntityKind.PLACE, "nr": EntityKind.PERSON}
_SESSIONS_RE = re.compile(
    "(?P<term>.*届)(?P<numbers>[一二三四五六七八九十]+中(?:、[一二三四五六七八九十]+中)+)(?P<rest>全会.*)"
)
_LONGEST_PERSON = 4  # characters, of a name that is not transliterated
_LONGEST_PREDICATE = 5
_LONGEST_FOREIGN = 8  # characters of a transliterated surname
_REMEMBERED = 1 << 14  # words of which it is kept whether they are titles
_PAIR = 2
_LOOSE_KINDS = frozenset((EntityKind.CONCEPT, EntityKind.TECHNOLOGY))  # goods and work are fields, too
_DEED_TAGS = frozenset(("v", "vn", "d", "da", "ad", "dv", "dn"))
_LATIN_PERSON_RE = re.compile("[A-Z][a-z]{2,} [A-Z][a-z]{2,}")
_LONGEST_SIGN = 2  # Latin letters that are a grade or a mark, not a name (E0)
_TITLE_JOINTS = frozenset("兼、")
_SHORTEST_TITLED = 3  # characters of a body that only the title of its head tells
_SHORTEST_BODY = 4  # characters
_SIDE = "方"  # 中方, 巴方: a party, no person
_COLONS = frozenset("：:")
_STATE = "国"
_PEOPLE = "人"
_MATTER = "问题"
# The heading of an answer; its matter is no problem.
_MATTER_RE = re.compile("[^，；]{,6}关于[^，；。]+问题。?$")
_SEAT_ROW = 3  # words: a place, 首都, its seat
_JOINED_LIMIT = 16  # characters; a longer owner and head are two things, not one name


class NamedNouns(Record, frozen=True):
    """The mentions of a sentence and, for each noun of its parse, those that name it."""

    mentions: tuple[Mention, ...]
    by_noun: dict[Noun, tuple[Mention, ...]]

    def of(self, noun: Noun) -> tuple[Mention, ...]:
        """Return the mentions that name *noun*; none where it is no entity."""
        return self.by_noun.get(noun, ())


def find_mentions(parse: Parse, *, lexicon: Lexicon) -> NamedNouns:
    """Name the nouns of a parsed sentence.

    Returns:
        Mentions by position, without repetition, and the way from nouns to them.
    """
    namer = _Namer(parse, lexicon)
    by_noun: dict[Noun, tuple[Mention, ...]] = {}
    for nominal in parse.nominals:
        for noun in (*nominal.members, *nominal.heads):
            namer.name(noun, by_noun)
    for joint in parse.joints:
        namer.name(joint.first, by_noun)
        namer.name(joint.second, by_noun)
    for frame in parse.frames:
        for noun in (*frame.subjects, *frame.objects):
            namer.name(noun, by_noun)
    for nominal in parse.nominals:
        for listed in (nominal.members, nominal.heads):
            if len(listed) > 1:
                namer.share_kind(listed, by_noun)
        if nominal.members and len(nominal.heads) == 1:
            namer.take_kind_of_class(nominal.members, nominal.heads[0], by_noun)
    for frame in parse.frames:
        namer.name_problem(frame)
        if frame.place == "pivot" and not frame.objects:
            namer.name_state(frame, by_noun)
    named = [mention for mentions in by_noun.values() for mention in mentions]
    found = dict.fromkeys(named + namer.extra)  # no set: two kinds of one name keep their order
    ordered = sorted(found, key=lambda mention: (mention.span, mention.name))
    return NamedNouns(tuple(ordered), by_noun)


def without_marks(name: str) -> str:
    """Return a name without title marks, quotation marks, and spaces but those between Latin words."""
    return _SPACE_RE.sub("", name.translate(_MARKS))


def _sessions_in(name: str) -> tuple[str, ...]:
    """Return the names of sessions told as one: 十九届二中、三中全会精神 is the spirit of either."""
    match = _SESSIONS_RE.fullmatch(name) if "、" in name else None
    if match is None:
        return (name,)
    return tuple(match["term"] + number + match["rest"] for number in match["numbers"].split("、"))


def _without_degree(name: str) -> str:
    """加大创新力度 calls for 创新: a measure of degree is no part of the name."""
    degrees = load_word_ends("degree_nouns")
    if name.endswith(degrees):
        for degree in degrees:
            if name.endswith(degree) and len(name) > len(degree) + 1:
                return name[: -len(degree)]
    return name


@lru_cache(maxsize=_REMEMBERED)
def _begins_with_title(text: str) -> bool:
    return text.startswith(load_word_ends("person_titles"))


@lru_cache(maxsize=_REMEMBERED)
def _ends_with_title(text: str) -> bool:
    return text.endswith(load_word_ends("person_titles"))


def _is_told_name(word: Word) -> bool:
    """Tell whether a word is a person by its build or its place, and not by the dictionary alone."""
    return word.tag == "nr" and ("·" in word.text or dictionary_tag(word.text) is None)


def _kind_of_latin(name: str) -> EntityKind | None:
    """Return the kind of a name in Latin letters: two names are a person, a model has a digit (or iPad)."""
    if not name.isascii() or not name[0].isalpha() or len(name) <= _LONGEST_SIGN:
        return None
    if _LATIN_PERSON_RE.fullmatch(name):
        return EntityKind.PERSON
    is_model = name[0].islower() or any(character.isdigit() for character in name)
    return EntityKind.TECHNOLOGY if is_model else EntityKind.ORGANIZATION


def _is_reporter(word: Word) -> bool:
    """Tell whether a word names a body that reports: 商务部|数据, WitsView|数据, but GDP|数据."""
    return word.tag == "nt" or (word.tag == "eng" and not word.text.isupper() and len(word.text) > _PAIR)


def _is_body(word: Word) -> bool:
    """Tell whether a word is the name of a body that was put together from several."""
    return word.tag == "nt" and len(word.text) > _SHORTEST_BODY and dictionary_tag(word.text) is None


def _is_place(word: Word) -> bool:
    return word.tag == "ns" and word.text not in load_heads() and word.text not in load_word_set("scopes")


def _cut(noun: Noun, words: Sequence[Word], first: int, last: int) -> tuple[str, Span]:
    """Return the name and span of *noun* with only the words from *first* to *last*."""
    name, start, end = noun.name, noun.span.start, max(noun.span.end, noun.full_span.end)
    if first == 0 and last == len(words):
        return name, Span(start, end)
    lead = "".join(word.text for word in words[:first])
    tail = "".join(word.text for word in words[last:])
    if lead and name.startswith(lead):
        name, start = name[len(lead) :], words[first].span.start
    if tail and name.endswith(tail):
        name, end = name[: -len(tail)], words[last - 1].span.end
    return name, Span(start, max(end, start + 1))


def _is_definition(parse: Parse, frame: Frame) -> bool:
    """Tell whether the objects are terms by what is said of them: 特点|是|创新, 关键|在|质优."""
    topics = load_kinds("topic_heads")
    is_being = frame.verb in load_word_classes("relation_words")["being"]
    is_being = is_being or (frame.entry is not None and frame.entry.kind is RelationKind.IS_A)
    return is_being and any(parse.words[noun.last - 1].text in topics for noun in frame.subjects)


class _Namer:
    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.generic = load_word_set("generic_nouns")
        self.faults = load_word_ends("issue_openers")
        self.extra: list[Mention] = []
        self.defining = {
            noun for frame in parse.frames if _is_definition(parse, frame) for noun in frame.objects
        }
        sentence = parse.sentence
        self.is_matter = _MATTER_RE.match(sentence.text) is not None
        self.article_id, self.index, self.base = sentence.article_id, sentence.index, sentence.span.start

    def name(self, noun: Noun, by_noun: dict[Noun, tuple[Mention, ...]]) -> tuple[Mention, ...]:
        known = by_noun.get(noun)
        if known is not None:
            return known
        by_noun[noun] = ()  # an owner can never be its own owner; guards the recursion all the same
        owners = [mention for owner in noun.owners for mention in self.name(owner, by_noun)]
        mentions = tuple(self._mentions(noun, owners))
        if not mentions and self._stands_for_owners(noun):
            mentions = tuple(owners)
        by_noun[noun] = mentions
        return mentions

    def share_kind(self, listed: Sequence[Noun], by_noun: dict[Noun, tuple[Mention, ...]]) -> None:
        """What is listed is of one kind: a name that says nothing of its own takes that of the others."""
        kinds = {mention.kind for noun in listed for mention in by_noun[noun] if self._says_kind(mention)}
        if len(kinds) != 1:
            return
        (kind,) = kinds
        for noun in listed:
            by_noun[noun] = tuple(
                mention if self._says_kind(mention) else replace(mention, kind=kind)
                for mention in by_noun[noun]
            )

    def take_kind_of_class(
        self, members: Sequence[Noun], head: Noun, by_noun: dict[Noun, tuple[Mention, ...]]
    ) -> None:
        """What is listed before its class is of its kind: 新型电池、核技术应用|等|新兴产业 are fields."""
        kinds = {mention.kind for mention in by_noun[head] if self._says_kind(mention)}
        if len(kinds) != 1 or EntityKind.CONCEPT in kinds:
            return
        (kind,) = kinds
        is_field = kind is EntityKind.SECTOR and head.name.endswith(load_word_ends("field_classes"))
        for noun in members:
            by_noun[noun] = tuple(
                replace(mention, kind=kind)
                if not self._says_kind(mention) or (is_field and mention.kind in _LOOSE_KINDS)
                else mention
                for mention in by_noun[noun]
            )

    def name_problem(self, frame: Frame) -> None:
        """A subject with a predicate that tells of a fault names a problem: 接口标准|不|统一."""
        if frame.objects or len(frame.subjects) != 1 or self._number_follows(frame.cue_span.end):
            return
        (subject,) = frame.subjects
        start, end = subject.span.start - self.base, frame.cue_span.end - self.base
        text = self.parse.sentence.text[start:end]
        if not text.startswith(subject.name) or kind_of_name(text) is not EntityKind.ISSUE:
            return
        faint = load_word_set("faint_adverbs")
        after = range(subject.last, len(self.parse.words))
        words = (self.parse.words[index] for index in after)
        told = [word.text for word in takewhile(lambda word: word.span.end <= frame.cue_span.end, words)]
        name = subject.name + "".join(word for word in told if word not in faint)
        if len(subject.name) < len(name) <= min(_JOINED_LIMIT, len(subject.name) + _LONGEST_PREDICATE):
            span = Span(subject.span.start, frame.cue_span.end)
            self.extra.append(self._mention(span, name, EntityKind.ISSUE))

    def _number_follows(self, end: int) -> bool:
        """Tell whether a number tells how much: 价格|上涨|29.9% is a measure, no problem."""
        after = next((word for word in self.parse.words if word.span.start >= end), None)
        return after is not None and after.tag == "m"

    def name_state(self, frame: Frame, by_noun: dict[Noun, tuple[Mention, ...]]) -> None:
        """What a thing is moved to or kept from is one name with it.

        推动|经济|持续向好 aims at 经济持续向好, where the thing is a bare class; 防止|政策效应|相互抵消
        rejects 政策效应相互抵消, a problem.
        """
        if len(frame.subjects) != 1:
            return
        (subject,) = frame.subjects
        rest = self.parse.sentence.text[frame.cue_span.end - self.base :][:1]
        if frame.cue_span.start != subject.span.end or rest.isalnum():
            return
        mover = next((f for f in self.parse.frames if subject in f.objects), None)
        if mover is None:
            return
        is_bare = subject.name in load_word_set("bare_objects") and not subject.owners
        is_rejected = mover.entry is not None and mover.entry.kind is RelationKind.OPPOSES
        if not (is_rejected or (is_bare and mover.verb in load_word_set("moving_verbs"))):
            return
        span = Span(subject.span.start, frame.cue_span.end)
        name = self.parse.sentence.text[span.start - self.base : span.end - self.base]
        if len(name) > _JOINED_LIMIT:
            return
        self.extra += by_noun[subject]
        kind = EntityKind.ISSUE if is_rejected else EntityKind.CONCEPT
        by_noun[subject] = (self._mention(span, name, kind),)

    def _says_kind(self, mention: Mention) -> bool:
        """Tell whether lexicon, head or tag gave the kind, which is a Concept for want of all three."""
        is_known = self.lexicon.lookup(mention.name) is not None or kind_of_name(mention.name) is not None
        return is_known or mention.kind is not EntityKind.CONCEPT

    def _stands_for_owners(self, noun: Noun) -> bool:
        """量子技术的各个领域 is spoken of for 量子技术, 劳动者、劳动资料的跃升 for both."""
        is_generic = noun.name in self.generic and noun.name != "关系"
        return is_generic or (bool(noun.owners) and self._is_process(noun))

    def _is_process(self, noun: Noun) -> bool:
        return self.parse.words[noun.last - 1].tag in ("vn", "v")

    def _mentions(self, noun: Noun, owners: Sequence[Mention]) -> Iterator[Mention]:
        words = self.parse.words[noun.first : noun.last]
        person = self._person(words)
        if person is None and words[-1].tag == "n":
            person = self._speaker(noun)
        if person is not None:
            yield person
            return
        is_held = len(words) == _PAIR and self._is_held(noun)
        first, last = (0, len(words)) if is_held else find_core(words, self.lexicon)
        if first == last or self._is_time(noun) or self._is_deed(noun):
            return
        if first == 0 and last > 1 and words[0].text == _STATE and self._is_counted(noun):
            first = 1  # 两|国|领导人
        if self._is_office(words):
            if words[-1].text in load_word_set("spokespeople"):
                yield from [*self._inner_mentions(words[:-1])][-1:]  # 商务部|新闻|发言人
            self._modifier_mentions(words, "")
            return
        if self._names_seat(words[first:last]):
            first = last - 1
        name, span = _cut(noun, words, first, last)
        self._modifier_mentions(words[:first], name)
        words = words[first:last]
        if len(words) == _PAIR and _is_body(words[0]) and words[1].text in self.generic:
            words, name, span = words[:1], words[0].text, words[0].span  # 世界黄金协会|数据
        elif name.endswith(load_word_ends("report_nouns")):
            reporter = self._reporter(words, name)
            if reporter is not None:
                yield self._mention(span, reporter, EntityKind.ORGANIZATION)
                return
            if len(words) == 1 and self._shows(noun.first + last):
                return
        name = _without_degree(name if name.isalnum() else without_marks(name))
        if self.is_matter and name.endswith(_MATTER):
            name, words = name.removesuffix(_MATTER), words[:-1] if len(words) > 1 else words
        if owners and self._needs_owner(words, name):
            full = owners[0].name + name
            if len(owners) == 1 and len(full) <= _JOINED_LIMIT:
                yield self._mention(noun.full_span, full, self._kind(full, words))
            return
        if not self._is_entity(name, words):
            return
        if noun.owners and owners:
            span = noun.full_span
        if words[-1].tag == "nk":
            self._issuer_mention(words[-1])
        thing = thing_of_process(name, self.lexicon)
        name = thing.name if thing else name
        for each in _sessions_in(name):
            is_guess = noun not in self.defining and self._is_guess(each, words)
            yield self._mention(span, each, self._kind(each, words), is_guess=is_guess)
        self._modifier_mentions(words, name)

    def _reporter(self, words: Sequence[Word], name: str) -> str | None:
        """Return the body that a report is of: 商务部|数据, 美国|媒体报道; 企业数据 are a thing."""
        report = next(end for end in load_word_ends("report_nouns") if name.endswith(end))
        body = name[: -len(report)]
        if len(body) < 2:
            return None
        is_told = words[-1].text == report and len(words) > 1 and _is_reporter(words[-2])
        if not is_told and not body.endswith(load_word_ends("media_nouns")):
            return None
        before = words[:-1] if words[-1].text == report else ()
        is_body = not before or self._kind(body, before) is EntityKind.ORGANIZATION
        return body if is_body and not (self._is_class(body) or body in self.generic) else None

    def _shows(self, after_name: int) -> bool:
        """Tell whether a report without a name only opens what it shows: 数据|显示."""
        after = self.parse.words[after_name : after_name + 1]
        return bool(after) and after[0].text in load_word_set("proving_verbs")

    def _mention(self, span: Span, name: str, kind: EntityKind, *, is_guess: bool = False) -> Mention:
        term = self.lexicon.lookup(name)
        name = term.name if term is not None else name
        text = self.parse.sentence.text[span.start - self.base : span.end - self.base]
        source = "guess" if is_guess else "phrase"
        return Mention(self.article_id, self.index, span, text, name, kind, source)

    def _needs_owner(self, words: Sequence[Word], name: str) -> bool:
        """Tell whether a head says little by itself: 颠覆性技术的|突破, 企业的|主体地位."""
        if name in self.generic:
            return False
        if name in load_word_set("relational_nouns"):
            return True
        is_process = len(words) == 1 and words[-1].tag in ("vn", "v")
        return is_process or (len(name) <= 2 and not self._is_thing(name))

    def _is_thing(self, name: str) -> bool:
        term = self.lexicon.lookup(name)
        return term is not None and term.kind is not EntityKind.CONCEPT

    def _is_guess(self, name: str, words: Sequence[Word]) -> bool:
        """Tell whether only the segmenter takes *name* for a noun; it must occur again to count."""
        if len(words) > 1 or self.lexicon.lookup(name) is not None:
            return False
        word = words[0]
        if word.tag in ("vn", "v", "t", "a", "d"):
            return True
        is_unknown = dictionary_tag(word.text) is None and word.tag in ("n", "eng")
        return is_unknown and (kind_of_name(name) is None or len(name) <= 3) and not name.isupper()

    def _is_entity(self, name: str, words: Sequence[Word]) -> bool:
        if words[-1].tag == "nk":
            return True
        if name in load_word_set("document_nouns") and len(words) == 1:
            return True  # 规划指出: kept where the article names the document in full
        if len(name) < 2 or name in self.generic or name in load_word_set("scopes"):
            return False
        return name.isalpha() or any("\u3400" <= c <= "\u9fff" or c.isalpha() for c in name)

    def _kind(self, name: str, words: Sequence[Word]) -> EntityKind:
        term = self.lexicon.lookup(name)
        if term is not None:
            return term.kind
        if words[-1].tag == "nk":
            return kind_of_name(name) or EntityKind.POLICY
        if len(name) > 2 and name.startswith(self.faults):
            return EntityKind.ISSUE
        by_head = kind_of_compound(name, words, self.lexicon) or kind_of_name(name)
        if by_head is not None:
            return by_head
        word = words[-1]
        by_tag = _KIND_OF_TAG.get(word.tag)
        if by_tag is EntityKind.PERSON and not (_is_told_name(word) or is_all_names(word.text)):
            by_tag = None  # jieba's dictionary counts phrases as people
        if by_tag is None and word.tag == "eng" and len(words) > 1:
            by_tag = self._kind_of_apposition(words)
        return by_tag or self._kind_of_end(name) or _kind_of_latin(name) or EntityKind.CONCEPT

    def _kind_of_apposition(self, words: Sequence[Word]) -> EntityKind | None:
        """Return the kind of a Latin name behind its class or maker: 研究机构|Solarbuzz, 联想|ThinkPad."""
        before = words[-2]
        kind = kind_of_name("".join(word.text for word in words[:-1]))
        if kind is None and before.tag == "nt":
            return EntityKind.TECHNOLOGY
        return kind if kind in (EntityKind.ORGANIZATION, EntityKind.TECHNOLOGY) else None

    def _kind_of_end(self, name: str) -> EntityKind | None:
        """Return the kind of the longest known term that *name* ends in: 国产|柔性直流输电."""
        ends = (self.lexicon.lookup(name[start:]) for start in range(1, len(name) - 2))
        return next((term.kind for term in ends if term is not None), None)

    def _person(self, words: Sequence[Word]) -> Mention | None:
        """Find the person in 习近平总书记 or 央行副行长陈雨露: a name with a title beside it."""
        if len(words) == 1 and words[0].tag != "nr":
            return None
        for index, word in enumerate(words):
            after = words[index + 1].text if index + 1 < len(words) else ""
            before = words[index - 1].text if index else ""
            is_titled = _begins_with_title(after) or _ends_with_title(before)
            is_titled = is_titled or (word.tag == "nr" and before.endswith(load_word_ends("person_classes")))
            name = self._person_name(words, index) if is_titled or word.tag == "nr" else ""
            if (
                not name
                and index >= _PAIR
                and words[index - 2].tag in ("ns", "nt")
                and _ends_with_title(before)
            ):
                name = self._foreign_name(words[index:])
            if not name or not (is_titled or _is_told_name(word) or self._is_known_person(name)):
                continue
            end = words[index + 1].span.end if _begins_with_title(after) else word.span.start + len(name)
            self._modifier_mentions(words[:index], "")
            self._name_body(words[:index])
            person = self._mention(Span(word.span.start, end), name, EntityKind.PERSON)
            return self._utterance(person, words[-1]) or person
        return None

    def _name_body(self, words: Sequence[Word]) -> None:
        """Take what stands before a title as the body that it is held in: 飞美|地板|总经理|某人."""
        end = len(words)
        while end and (_ends_with_title(words[end - 1].text) or words[end - 1].text in _TITLE_JOINTS):
            end -= 1
        body = words[:end]
        name = "".join(word.text for word in body)
        if len(body) < _PAIR or end == len(words) or any(word.tag == "nt" for word in body):
            return
        is_headed = words[end].text in load_word_set("heading_titles")
        if is_headed and _SHORTEST_TITLED <= len(name) <= _JOINED_LIMIT:
            span = Span(body[0].span.start, body[-1].span.end)
            self.extra.append(self._mention(span, name, EntityKind.ORGANIZATION))

    def _foreign_name(self, words: Sequence[Word]) -> str:
        """Return the transliterated name that *words* begin with, after whose head someone is: 拉扎|里尼."""
        syllables = load_word_set("name_syllables")
        parts = takewhile(
            lambda word: (
                syllables.issuperset(word.text)
                and (len(word.text) == 1 or word.tag[:2] == "nr" or dictionary_tag(word.text) is None)
            ),
            words,
        )
        name = "".join(word.text for word in parts)
        return name if 2 <= len(name) <= _LONGEST_FOREIGN else ""

    def _utterance(self, person: Mention, last: Word) -> Mention | None:
        """Return what a person said where that is meant (某主席重要讲话精神), and keep the person, too."""
        if not last.text.endswith(load_word_ends("utterances")) or last.span.start < person.span.end:
            return None
        self.extra.append(person)
        span = Span(person.span.start, last.span.end)
        name = self.parse.sentence.text[span.start - self.base : span.end - self.base]
        return self._mention(span, name, EntityKind.CONCEPT)

    def _speaker(self, noun: Noun) -> Mention | None:
        """Find who is known by speaking alone: 徐建明|表示, 黄志新|："""
        word = self.parse.words[noun.last - 1]
        if dictionary_tag(word.text) is not None or word.text[-1] == _SIDE:
            return None
        after = self.parse.words[noun.last : noun.last + 2]
        told = next((other.text for other in after if other.tag not in ("d", "da")), "")
        if told not in load_word_set("speech_verbs") and told not in _COLONS:
            return None
        if not (2 <= len(word.text) < _LONGEST_PERSON and is_all_names(word.text)):
            return None
        self._modifier_mentions(self.parse.words[noun.first : noun.last - 1], "")
        return self._mention(word.span, word.text, EntityKind.PERSON)

    def _person_name(self, words: Sequence[Word], index: int) -> str:
        """Return the personal name that begins at *index*; the segmenter may have cut it (陈|雨露)."""
        word = words[index]
        if self._is_known_person(word.text):
            return word.text
        if word.tag == "nr" and (2 <= len(word.text) <= _LONGEST_PERSON or _is_told_name(word)):
            return word.text
        if dictionary_tag(word.text) is not None and len(word.text) > 1:
            return ""
        name = "".join(part.text for part in words[index : index + 2])
        for candidate in (word.text, name):
            if 2 <= len(candidate) < _LONGEST_PERSON and is_all_names(candidate):
                return candidate
        return ""

    def _is_known_person(self, name: str) -> bool:
        term = self.lexicon.lookup(name)
        return term is not None and term.kind is EntityKind.PERSON

    def _is_office(self, words: Sequence[Word]) -> bool:
        """Tell whether the phrase is an office without its holder: 教授, 上海市委书记."""
        titles, last = load_word_set("person_titles"), words[-1].text
        if last not in titles and (len(words) == 1 or words[-2].text + last not in titles):  # 首席|执行官
            return False
        if len(words) == 1:
            return not self._is_thing(last)  # 专家, 分析师: a class of people
        is_ranked = words[0].text in load_word_set("office_openers")
        return is_ranked or any(word.tag in ("nt", "ns") for word in words)

    def _names_seat(self, words: Sequence[Word]) -> bool:
        """Tell whether a phrase names a place by the one it lies in: 湖北|宜昌, 伊朗|首都|德黑兰."""
        if len(words) < _PAIR or not _is_place(words[0]) or not _is_place(words[-1]):
            return False
        if any(len(word.text) < _PAIR for word in words):
            return False  # 中|美
        between = words[1:-1]
        if len(words) == _SEAT_ROW and between[0].text in load_word_set("seats_of_government"):
            return True
        return all(_is_place(word) or word.tag == "s" for word in between) and self._lies_in(
            words[0], words[-1]
        )

    def _lies_in(self, region: Word, place: Word) -> bool:
        """Tell whether both are known as places, so that the second may be told by the first."""
        terms = (self.lexicon.lookup(region.text), self.lexicon.lookup(place.text))
        return all(term is not None and term.kind is EntityKind.PLACE for term in terms)

    def _is_time(self, noun: Noun) -> bool:
        """Tell whether a plan names its years: “十二五”|期间."""
        if self.parse.words[noun.last - 1].tag != "nq":
            return False
        after = self.parse.words[noun.last : noun.last + 1]
        return bool(after) and after[0].text in load_word_set("time_localizers")

    def _is_deed(self, noun: Noun) -> bool:
        """Tell whether the phrase is what is done: 2|人|死亡, 维护|以联合国为核心的国际体系."""
        words = self.parse.words
        first = words[noun.first]
        if noun.last - noun.first > 1:  # a classifier of the number before it
            return first.text == _PEOPLE and self._is_counted(noun)
        if first.tag not in ("vn", "v") or noun.last == len(words):
            return False
        return words[noun.last].text in load_word_set("taking_prepositions")

    def _is_held(self, noun: Noun) -> bool:
        """Tell whether the phrase is two words of what one does and holds to: 坚持|协同|推进."""
        words, first = self.parse.words, noun.first
        if first == 0 or words[first].tag not in _DEED_TAGS or words[first + 1].tag not in _DEED_TAGS:
            return False
        return words[first - 1].text in load_word_set("keeping_verbs")

    def _is_counted(self, noun: Noun) -> bool:
        """Tell whether a number stands right before the phrase."""
        return noun.first > 0 and self.parse.words[noun.first - 1].tag == "m"

    def _is_class(self, text: str) -> bool:
        """Tell whether a word is no proper name, but a class or a scope: 企业, 全球."""
        if text in load_heads() or text in load_word_set("scopes"):
            return True
        return text in load_word_set("seats_of_government")

    def _issuer_mention(self, title: Word) -> None:
        """Add the body that a title begins with: 《财政部关于印发…的通知》."""
        issuer, about, _ = title.text[1:].partition(ABOUT)
        term = self.lexicon.lookup(issuer) if about else None
        if term is not None and term.kind is EntityKind.ORGANIZATION:
            start = title.span.start + 1
            self.extra.append(self._mention(Span(start, start + len(issuer)), issuer, term.kind))

    def _modifier_mentions(self, words: Sequence[Word], name: str) -> None:
        """Add places and bodies that stand inside a longer name (江苏|代表团)."""
        self.extra += self._inner_mentions([word for word in words if word.text != name])

    def _inner_mentions(self, words: Sequence[Word]) -> Iterator[Mention]:
        for word in words:
            if word.tag not in ("ns", "nt") or self._is_class(word.text):
                continue
            if self.lexicon.lookup(word.text) is not None or is_district(word) or _is_body(word):
                yield self._mention(word.span, word.text, self._kind(word.text, (word,)))
