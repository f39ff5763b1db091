"""The nouns of one sentence are named, each after its owners, and share the kinds that they tell."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from kg.clauses import Frame, Noun, Parse
from kg.lexicon import Lexicon
from kg.mentions.bodies import (
    find_reporter,
    is_body,
    is_class,
    is_district_office,
    is_local,
    names_seat,
)
from kg.mentions.kinds import is_entity, is_guess, is_office, kind_of_phrase, needs_owner, says_kind
from kg.mentions.people import find_headed_body, find_person, is_speaker
from kg.mentions.settings import (
    cut_to,
    is_counted,
    is_deed,
    is_definition,
    is_held,
    is_process,
    is_time,
    number_follows,
    opens_what_it_shows,
)
from kg.mentions.wordings import sessions_in, without_degree, without_marks
from kg.naming import ABOUT, find_core, is_district, thing_of_process
from kg.records import Mention, Record, Span, Word, replace
from kg.rules import kind_of_name, load_word_ends, load_word_set
from kg.schema import EntityKind, RelationKind

_LONGEST_PREDICATE = 5
_PAIR = 2
_LOOSE_KINDS = frozenset((EntityKind.CONCEPT, EntityKind.TECHNOLOGY))  # goods and work are fields, too
_PROPER_TAGS = frozenset(("ns", "nt", "nr", "nk", "nq"))
_STATE = "国"
_MATTER = "问题"
# The heading of an answer; its matter is no problem.
_MATTER_RE = re.compile("[^，；]{,6}关于[^，；。]+问题。?$")
_HARMING = frozenset((RelationKind.HINDERS, RelationKind.OPPOSES))
_NEVER_LACKED = frozenset((EntityKind.ISSUE, EntityKind.EVENT, EntityKind.PERSON, EntityKind.PLACE))
_JOINED_LIMIT = 16  # characters; a longer owner and head are two things, not one name


class NamedNouns(Record, frozen=True):
    """The mentions of a sentence and, for each noun of its parse, those that name it.

    ``classes`` holds the classes that stand within nouns: 能源 in 煤炭等能源供应.
    """

    mentions: tuple[Mention, ...]
    by_noun: dict[Noun, tuple[Mention, ...]]
    classes: dict[Noun, tuple[Mention, ...]]

    def of(self, noun: Noun) -> tuple[Mention, ...]:
        """Return the mentions that name *noun*; none where it is no entity."""
        return self.by_noun.get(noun, ())

    def class_of(self, noun: Noun) -> tuple[Mention, ...]:
        """Return what names the class to which things listed before *noun* belong."""
        return self.classes.get(noun) or self.of(noun)

    def settled(self, settle: Callable[[Iterable[Mention]], tuple[Mention, ...]]) -> "NamedNouns":
        """Return the same with all mentions as *settle* makes them."""
        by_noun = {noun: settle(found) for noun, found in self.by_noun.items()}
        classes = {noun: settle(found) for noun, found in self.classes.items()}
        return NamedNouns(settle(self.mentions), by_noun, classes)


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
                namer.share_head(listed, by_noun)
                namer.share_kind(listed, by_noun)
        if nominal.members and len(nominal.heads) == 1:
            namer.take_kind_of_class(nominal.members, nominal.heads[0], by_noun)
            namer.name_class(nominal.members, nominal.heads[0])
    for frame in parse.frames:
        namer.name_problem(frame)
        if frame.place == "pivot" and not frame.objects:
            namer.name_state(frame, by_noun)
        if frame.place == "main" and frame.verb in load_word_set("wanting_verbs"):
            namer.name_lack(frame, by_noun)
        if frame.place == "relative" and frame.entry is not None and frame.entry.kind in _HARMING:
            namer.name_harm(frame, by_noun)
    named = [mention for mentions in by_noun.values() for mention in mentions]
    found = dict.fromkeys(named + namer.extra)  # no set: two kinds of one name keep their order
    ordered = sorted(found, key=lambda mention: (mention.span, mention.name))
    return NamedNouns(tuple(ordered), by_noun, namer.classes)


class _Namer:
    def __init__(self, parse: Parse, lexicon: Lexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.generic = load_word_set("generic_nouns")
        self.extra: list[Mention] = []
        self.classes: dict[Noun, tuple[Mention, ...]] = {}
        self.defining = {
            noun for frame in parse.frames if is_definition(frame, parse.words) for noun in frame.objects
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

    def share_head(self, listed: Sequence[Noun], by_noun: dict[Noun, tuple[Mention, ...]]) -> None:
        """Give the first of a list the head of the last where that makes a known thing: 养老、托育服务体系.

        养老服务 is known, so that 养老服务体系 is meant; what stands between is named like the first.
        """
        *earlier, last = listed
        named = by_noun[last]
        if len(named) != 1 or named[0].name != last.name or self.parse.roles[last.first] == "A":
            return
        if not all(self._may_lack_head(noun, after) for noun, after in pairwise(listed)):
            return
        heads = (self._shared_head(noun.name, last.name) for noun in earlier)
        head = next(filter(None, heads), "")
        for noun in earlier if head else ():
            by_noun[noun] = (self._mention(noun.span, noun.name + head, named[0].kind),)

    def _may_lack_head(self, noun: Noun, after: Noun) -> bool:
        """Tell whether one word of two characters stands right before the next of a list, and is no name."""
        is_short = noun.last - noun.first == 1 and len(noun.name) == _PAIR
        is_proper = self.parse.words[noun.first].tag in _PROPER_TAGS
        return is_short and not is_proper and after.first == noun.last + 1 and noun.name not in after.name

    def _shared_head(self, name: str, last: str) -> str:
        """Return what follows the first word of *last*, where *name* and its beginning make a known thing."""
        head = last[_PAIR:]
        ends = range(len(head), 1, -1)
        return head if any(self.lexicon.lookup(name + head[:end]) is not None for end in ends) else ""

    def share_kind(self, listed: Sequence[Noun], by_noun: dict[Noun, tuple[Mention, ...]]) -> None:
        """What is listed is of one kind: a name that says nothing of its own takes that of the others."""
        kinds = {
            mention.kind for noun in listed for mention in by_noun[noun] if says_kind(mention, self.lexicon)
        }
        if len(kinds) != 1:
            return
        (kind,) = kinds
        for noun in listed:
            by_noun[noun] = tuple(
                mention if says_kind(mention, self.lexicon) else replace(mention, kind=kind)
                for mention in by_noun[noun]
            )

    def take_kind_of_class(
        self, members: Sequence[Noun], head: Noun, by_noun: dict[Noun, tuple[Mention, ...]]
    ) -> None:
        """What is listed before its class is of its kind: 新型电池、核技术应用|等|新兴产业 are fields."""
        kinds = {mention.kind for mention in by_noun[head] if says_kind(mention, self.lexicon)}
        if len(kinds) != 1 or EntityKind.CONCEPT in kinds:
            return
        (kind,) = kinds
        is_field = kind is EntityKind.SECTOR and head.name.endswith(load_word_ends("field_classes"))
        for noun in members:
            by_noun[noun] = tuple(
                replace(mention, kind=kind)
                if not says_kind(mention, self.lexicon) or (is_field and mention.kind in _LOOSE_KINDS)
                else mention
                for mention in by_noun[noun]
            )

    def name_class(self, members: Sequence[Noun], head: Noun) -> None:
        """What is listed is of the class, not of what is done with it: 煤炭等|能源|供应."""
        tail = next((end for end in load_word_ends("class_processes") if head.name.endswith(end)), "")
        name = head.name.removesuffix(tail)
        if not tail or any(member.name.endswith(tail) for member in members):
            return  # 粮食生产、油料生产等
        words = self.parse.words[head.first : head.last]
        is_apart = len(words) > 1 and words[-1].text == tail and is_entity(name, words[:-1])
        if is_apart or self.lexicon.lookup(name) is not None:
            span = Span(head.span.start, head.span.end - len(tail))
            of_class = words[:-1] if is_apart else words
            kind = kind_of_phrase(name, of_class, self.lexicon)
            self.classes[head] = (self._mention(span, name, kind),)
            self.extra.extend(self.classes[head])

    def name_problem(self, frame: Frame) -> None:
        """A subject with a predicate that tells of a fault names a problem: 接口标准|不|统一."""
        if frame.objects or len(frame.subjects) != 1 or number_follows(frame.cue_span.end, self.parse.words):
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

    def name_harm(self, frame: Frame, by_noun: dict[Noun, tuple[Mention, ...]]) -> None:
        """A harmful deed that is called a deed is a problem by its clause: 侵犯|企业|权益|的|行为."""
        for deed in frame.subjects:
            span = Span(frame.verb_span.start, deed.span.end)
            text = self.parse.sentence.text[span.start - self.base : span.end - self.base]
            if deed.name in load_word_set("deed_heads") and frame.objects and len(text) <= _JOINED_LIMIT:
                by_noun[deed] = (self._mention(span, "".join(text.rsplit("的", 1)), EntityKind.ISSUE),)

    def name_lack(self, frame: Frame, by_noun: dict[Noun, tuple[Mention, ...]]) -> None:
        """What there is not is a problem by its verb: 没有|养老|设施; but 没有|甲，就|没有|乙 has none."""
        then = load_word_set("then_adverbs")
        if len(frame.objects) != 1 or any(not then.isdisjoint(each.adverbs) for each in self.parse.frames):
            return
        (lacked,) = frame.objects
        gap = lacked.full_span.start - frame.verb_span.end
        is_plain = lacked.span.start >= frame.verb_span.end and 0 <= gap <= _LONGEST_PREDICATE
        is_deed_denied = self.parse.words[lacked.first].tag == "v"  # 没有|放松|监管
        if lacked.is_counted or not is_plain or is_deed_denied or not by_noun.get(lacked):
            return
        if any(mention.kind in _NEVER_LACKED for mention in by_noun[lacked]):
            return
        name = frame.verb + "".join(owner.name for owner in lacked.owners) + lacked.name
        if len(name) <= _JOINED_LIMIT:
            span = Span(frame.verb_span.start, lacked.span.end)
            by_noun[lacked] = (self._mention(span, name, EntityKind.ISSUE),)

    def _stands_for_owners(self, noun: Noun) -> bool:
        """量子技术的各个领域 is spoken of for 量子技术, 劳动者、劳动资料的跃升 for both."""
        is_generic = noun.name in self.generic and noun.name != "关系"
        return is_generic or (bool(noun.owners) and is_process(noun, self.parse.words))

    def _mentions(self, noun: Noun, owners: Sequence[Mention]) -> Iterator[Mention]:
        words = self.parse.words[noun.first : noun.last]
        person = self._person(noun, words)
        if person is not None:
            yield person
            return
        first, last = self._core(noun, words)
        if first == last or is_time(noun, self.parse.words) or is_deed(noun, self.parse.words):
            return
        if is_office(words, self.lexicon):
            if is_district_office(words[:-1]):
                yield self._joined_mention(words[:-1])
            elif words[-1].text in load_word_set("spokespeople"):
                yield from [*self._inner_mentions(words[:-1])][-1:]  # 商务部|新闻|发言人
            self._modifier_mentions(words, "")
            return
        if names_seat(words[first:last], self.lexicon):
            first = last - 1
        name, span = cut_to(noun, words, first, last)
        self._modifier_mentions(words[:first], name)
        words = words[first:last]
        if len(words) == _PAIR and is_body(words[0]) and words[1].text in self.generic:
            words, name, span = words[:1], words[0].text, words[0].span  # 世界黄金协会|数据
        elif name.endswith(load_word_ends("report_nouns")):
            reporter = find_reporter(name, words, self.lexicon)
            if reporter is not None:
                yield self._mention(span, reporter, EntityKind.ORGANIZATION)
                return
            after = noun.first + last
            if len(words) == 1 and opens_what_it_shows(self.parse.words[after : after + 1]):
                return
        yield from self._phrase_mentions(noun, owners, words, name=name, span=span)

    def _phrase_mentions(
        self, noun: Noun, owners: Sequence[Mention], words: Sequence[Word], *, name: str, span: Span
    ) -> Iterator[Mention]:
        """Name what is left of a noun without its lead: with its owner, by its thing, or by itself."""
        name = without_degree(name if name.isalnum() else without_marks(name))
        if self.is_matter and name.endswith(_MATTER):
            name, words = name.removesuffix(_MATTER), words[:-1] if len(words) > 1 else words
        if owners and needs_owner(name, words, self.lexicon):
            full = owners[0].name + name
            if len(owners) == 1 and len(full) <= _JOINED_LIMIT:
                yield self._mention(noun.full_span, full, kind_of_phrase(full, words, self.lexicon))
            return
        if not is_entity(name, words):
            return
        if noun.owners and owners:
            span = noun.full_span
        if words[-1].tag == "nk":
            self._issuer_mention(words[-1])
        thing = thing_of_process(name, self.lexicon)
        name = thing.name if thing else name
        for each in sessions_in(name):
            is_guessed = noun not in self.defining and is_guess(each, words, self.lexicon)
            kind = kind_of_phrase(each, words, self.lexicon)
            yield self._mention(span, each, kind, is_guess=is_guessed)
        self._modifier_mentions(words, name)

    def _core(self, noun: Noun, words: Sequence[Word]) -> tuple[int, int]:
        """Return from which to which of its words a noun is a name."""
        if is_held(noun, self.parse.words):
            return 0, len(words)
        first, last = find_core(words, self.lexicon)
        is_lead = first == 0 and last > 1 and words[0].text == _STATE
        return (1 if is_lead and is_counted(noun, self.parse.words) else first), last  # 两|国|领导人

    def _person(self, noun: Noun, words: Sequence[Word]) -> Mention | None:
        """Name the person that a phrase holds, and take body, place and utterance beside."""
        found = find_person(words, self.lexicon)
        if found is None:
            return self._speaker(noun) if words[-1].tag == "n" else None
        before = words[: found.n_before]
        self._modifier_mentions(before, "")
        body = find_headed_body(before)
        if body:
            span, name = Span(body[0].span.start, body[-1].span.end), "".join(word.text for word in body)
            self.extra.append(self._mention(span, name, EntityKind.ORGANIZATION))
        person = self._mention(found.span, found.name, EntityKind.PERSON)
        return self._utterance(person, words[-1]) or person

    def _speaker(self, noun: Noun) -> Mention | None:
        word = self.parse.words[noun.last - 1]
        if not is_speaker(word, self.parse.words[noun.last : noun.last + _PAIR]):
            return None
        self._modifier_mentions(self.parse.words[noun.first : noun.last - 1], "")
        return self._mention(word.span, word.text, EntityKind.PERSON)

    def _mention(self, span: Span, name: str, kind: EntityKind, *, is_guess: bool = False) -> Mention:
        term = self.lexicon.lookup(name)
        name = term.name if term is not None else name
        text = self.parse.sentence.text[span.start - self.base : span.end - self.base]
        is_part = term is None and text != name and text in name  # 智能化 of 制造业智能化转型, in a list
        source = "shared" if is_part else "guess" if is_guess else "phrase"
        return Mention(self.article_id, self.index, span, text, name, kind, source)

    def _utterance(self, person: Mention, last: Word) -> Mention | None:
        """Return what a person said where that is meant (某主席重要讲话精神), and keep the person, too."""
        if not last.text.endswith(load_word_ends("utterances")) or last.span.start < person.span.end:
            return None
        self.extra.append(person)
        span = Span(person.span.start, last.span.end)
        name = self.parse.sentence.text[span.start - self.base : span.end - self.base]
        return self._mention(span, name, EntityKind.CONCEPT)

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

    def _joined_mention(self, words: Sequence[Word]) -> Mention:
        """Return the body that a district and its office name: 县|商务局 of 县商务局负责人."""
        span = Span(words[0].span.start, words[-1].span.end)
        return self._mention(span, "".join(word.text for word in words), EntityKind.ORGANIZATION)

    def _inner_mentions(self, words: Sequence[Word]) -> Iterator[Mention]:
        for index, word in enumerate(words):
            if word.tag not in ("ns", "nt") or is_class(word.text):
                continue
            if index and is_local(words[index - 1], word, self.lexicon):
                yield self._joined_mention(words[index - 1 : index + 1])
                continue
            if self.lexicon.lookup(word.text) is not None or is_district(word) or is_body(word):
                kind = kind_of_phrase(word.text, (word,), self.lexicon)
                yield self._mention(word.span, word.text, kind)
