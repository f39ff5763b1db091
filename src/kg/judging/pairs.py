"""Which pairs of things may be related, and what speaks for and against it.

A pair is judged by features: short texts such as ``vb:催生>`` (the verb before the second is 催生, and the
first stands before it). The same functions make them for learning and for judging.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from kg.judging.models import Features, Weigher
from kg.judging.stated import ARTICLE, Stated
from kg.judging.surroundings import NONE, Places, SentenceView, Surroundings, cluster_of, relation_of
from kg.records import Claim, Mention, Record

_FARTHEST_CLAUSE = 3  # clauses between two mentions; who acts is seldom named farther off
_FARTHEST_MENTION = 8
_FARTHEST_BACK = 2  # clauses, and mentions, where the second stands before the first
_N_BETWEEN = 8  # words whose texts count
_SHORT_GAP = 6  # words of which the pattern is taken whole
_ACTORS = frozenset(("Organization", "Person"))
_FUNCTION_TAGS = frozenset("pcudwxf")
_FORWARD, _BACK = ">", "<"


class Actors(Record, frozen=True):
    """Whether something acts in the clause of a mention or before, and whether an actor stands before it."""

    has_acted: bool
    is_named: bool


class Pair(Record, frozen=True):
    """Two things that one sentence may relate; without ``subject`` the article speaks.

    ``shared`` are features that other pairs of the sentence have, too, ``weight`` what they weigh together
    where somebody weighs them. What is dearer is made when it is asked for.
    """

    subject: Mention | None
    object: Mention
    shared: tuple[Features, ...]
    stated: Stated
    is_stated: bool
    weight: int

    @property
    def places(self) -> tuple[Places | None, Places]:
        """Return where the two stand in the sentence; the first nowhere if it stands elsewhere."""
        raise NotImplementedError

    def own(self) -> Features:
        """Return the features that no other pair has, but for those of what stands between the two."""
        raise NotImplementedError

    def details(self) -> Features:
        """Return the features of what stands between the two; none where they are not both here."""
        return ()

    @property
    def features(self) -> Features:
        """Return all features."""
        return (*chain.from_iterable(self.shared), *self.own(), *self.details())


class ArticlePair(Pair, frozen=True):
    """A thing that the article may speak of in its own voice."""

    around: Surroundings
    actors: Actors
    voice: str

    @property
    def places(self) -> tuple[Places | None, Places]:
        """Return where the thing stands in the sentence."""
        return None, self.around.places

    def own(self) -> Features:
        """Return the features that no other pair has."""
        obj, voice, has_acted = self.around, self.voice, self.actors.has_acted
        governor = obj.verb_before
        return (
            "A",
            f"Avoice:{voice}",
            f"Avb:{governor}",
            f"Avc:{cluster_of(governor)}",
            f"Avk:{relation_of(governor)}|{obj.kind}",
            f"Ah:{obj.head}",
            f"Abefore:{obj.before}",
            f"Aafter:{obj.after}",
            f"Arole:{obj.role}|{obj.has_subject}|{has_acted}",
            f"Amodal:{obj.modal}|{obj.has_subject}",
            f"Aclause:{min(obj.clause, 3)}|{obj.begins_clause}",
            f"Avoiceactor:{voice}|{has_acted}",
            *self.stated.features_of(ARTICLE, obj.mention.name, obj.kind),
        )


class CarriedPair(Pair, frozen=True):
    """A thing of the sentence with one that is carried into it; ``how`` tells what carries it."""

    how: str
    place: int
    around: Surroundings
    actors: Actors
    voice: str

    @property
    def places(self) -> tuple[Places | None, Places]:
        """Return where the thing stands in the sentence."""
        return None, self.around.places

    def own(self) -> Features:
        """Return the features that no other pair has."""
        how, subject, obj = self.how, self.subject, self.around
        assert subject is not None
        kind, governor = subject.kind.value, obj.verb_before
        back = min(obj.mention.sentence_index - subject.sentence_index, 4)
        return (
            f"T:{how}",
            f"Tkk:{kind}|{obj.kind}",
            f"Tback:{back}|{how}",
            f"Tvc:{cluster_of(governor)}|{kind}",
            f"Tvk:{relation_of(governor)}|{kind}|{obj.kind}",
            f"Th:{subject.name[-2:]}",
            f"Trole:{obj.role}|{obj.has_subject}|{how}",
            f"Tactor:{self.actors.has_acted}{self.actors.is_named}|{kind}|{how}",
            f"Tplace:{min(self.place, 4)}|{how}",
            f"Tclause:{min(obj.clause, 3)}|{obj.begins_clause}|{how}",
            f"Tmodal:{obj.modal}|{kind}",
            f"Tvoice:{self.voice}|{how}",
            *self.stated.features_of(subject.name, obj.mention.name, obj.kind),
        )


class SentencePair(Pair, frozen=True):
    """Two things of one sentence, the ``first`` and ``second`` of the mentions *around*."""

    view: SentenceView
    around: Sequence[Surroundings]
    first: int
    second: int
    order: str

    @property
    def places(self) -> tuple[Places | None, Places]:
        """Return where the two stand in the sentence."""
        return self.around[self.first].places, self.around[self.second].places

    def own(self) -> Features:
        """Return the features that no other pair has, but for what stands between the two."""
        around, first, second, order = self.around, self.first, self.second, self.order
        a, b = around[first], around[second]
        clauses, n_between = min(abs(b.clause - a.clause), 3), min(abs(second - first) - 1, _FARTHEST_MENTION)
        kinds, far = f"{a.kind}|{b.kind}{order}", f"{clauses}{order}"
        verb = relation_of(b.verb_before)
        return (
            f"kk:{kinds}{clauses}",
            f"near:{clauses}|{n_between}{order}",
            f"roles:{a.role}|{b.role}|{far}",
            f"hakb:{a.head}|{b.kind}",
            f"kahb:{a.kind}|{b.head}",
            f"vbc:{cluster_of(b.verb_before)}|{far}",
            f"vbk:{verb}|{kinds}",
            f"vv:{relation_of(a.verb_after)}|{verb}|{far}",
            f"edge:{a.begins_clause}{a.ends_clause}{b.begins_clause}{b.ends_clause}{order}{clauses}",
            *self.stated.features_of(a.mention.name, b.mention.name, b.kind),
        )

    def details(self) -> Features:
        """Return the features of what stands between the two."""
        around, first, second, order = self.around, self.first, self.second, self.order
        a, b = around[first], around[second]
        left, right = (a, b) if order == _FORWARD else (b, a)
        between = [each.kind for each in around[min(first, second) + 1 : max(first, second)]]
        kinds, far = f"{a.kind}|{b.kind}{order}", f"{min(right.clause - left.clause, 3)}{order}"
        found = [
            f"vsame:{a.verb_after == b.verb_before != NONE}{order}",
            f"faba:{a.after}|{b.before}{order}",
            f"tb:{a.tag_before}|{b.tag_before}{order}",
            f"tf:{a.tag_after}|{b.tag_after}{order}",
            f"midactor:{not _ACTORS.isdisjoint(between)}|{kinds}",
            f"midsame:{a.kind in between}{b.kind in between}{order}",
            f"source:{a.mention.source}|{b.mention.source}",
        ]
        if a.preposition:
            found.append(f"pa:{a.preposition}|{b.role}")
        if b.preposition:
            found.append(f"pb:{b.preposition}|{a.role}")
        if a.verb_of_subject and b.verb_of_object:
            found.append(f"vso:{b.verb_of_object}|{a.verb_of_subject == b.verb_of_object}")
        found += _between(self.view, left, right, kinds, far, order)
        return tuple(found)


class Topics(Record, frozen=True):
    """What earlier sentences leave to speak of: their last subject, and the first thing of the article."""

    subject: Mention | None = None
    first: Mention | None = None

    def after(self, mentions: Sequence[Surroundings]) -> "Topics":
        """Return what a sentence with these mentions leaves."""
        subject = next((each.mention for each in mentions if each.role[0] == "s"), self.subject)
        return Topics(subject, self.first or mentions[0].mention)

    def besides(self, names: set[str]) -> Iterator[tuple[str, Mention]]:
        """Yield those that are not among *names*, with how they are known."""
        for label, mention in (("ls", self.subject), ("tt", self.first)):
            if mention is not None and mention.name not in names:
                names.add(mention.name)
                yield label, mention


def voice_of(claims: Sequence[Claim]) -> str:
    """Return how much of an article its writer calls for, in fifths: news reports, commentaries urge."""
    own = sum(claim.subject is None for claim in claims)
    return str(own * 5 // len(claims)) if claims else NONE


def find_pairs(
    view: SentenceView,
    around: Sequence[Surroundings],
    claims: Sequence[Claim],
    topics: Topics,
    voice: str,
    weigh: Weigher | None = None,
    least: int = 0,
) -> Iterator[Pair]:
    """Yield the pairs that a sentence may relate, with their features.

    *around* are its mentions in reading order, *claims* what the rules state of it. Where *weigh* is given,
    pairs whose shared features weigh less than *least* are passed over, unless a rule relates them.
    """
    stated = Stated(claims)
    names = {each.mention.name for each in around}
    carried: list[tuple[str, Mention]] = []
    for claim in claims:
        if claim.subject is not None and claim.subject.name not in names:
            names.add(claim.subject.name)
            carried.append(("cs", claim.subject))
    carried += topics.besides(names)
    orders = (_FORWARD, _BACK)
    subjects = {order: _weighed([_of_subject(each, order) for each in around], weigh) for order in orders}
    objects = {order: _weighed([_of_object(each, order) for each in around], weigh) for order in orders}
    alone = _weighed([_of_end(each) for each in around], weigh)
    told = _weighed([_of_object_alone(each) for each in around] if carried else [], weigh)
    actors = _find_actors(around)
    for second, obj in enumerate(around):
        name, (end, weight) = obj.mention.name, alone[second]
        is_stated = (ARTICLE, name) in stated
        if is_stated or weigh is None or weight >= least:
            yield ArticlePair(
                None, obj.mention, (end,), stated, is_stated, weight, obj, actors[second], voice
            )
        for first, subject in enumerate(around):
            is_stated = (subject.mention.name, name) in stated
            if subject.mention.name == name or not (is_stated or _is_near(first, second, subject, obj)):
                continue
            order = _FORWARD if first < second else _BACK
            (of_subject, one), (of_object, other) = subjects[order][first], objects[order][second]
            if weigh is not None and weight + one + other < least and not is_stated:
                continue
            yield SentencePair(
                subject.mention, obj.mention, (end, of_subject, of_object), stated, is_stated,
                weight + one + other, view, around, first, second, order,
            )  # fmt: skip
        for how, mention in carried:
            of_object, other = told[second]
            is_stated = (mention.name, name) in stated
            if is_stated or weigh is None or weight + other >= least:
                yield CarriedPair(
                    mention, obj.mention, (end, of_object), stated, is_stated, weight + other,
                    how, second, obj, actors[second], voice,
                )  # fmt: skip


def _find_actors(around: Sequence[Surroundings]) -> list[Actors]:
    """Return for each mention of a sentence who stands before it."""
    acting = min((each.clause for each in around if each.role[0] == "s"), default=None)
    found, is_named = [], False
    for each in around:
        found.append(Actors(acting is not None and acting <= each.clause, is_named))
        is_named = is_named or each.kind in _ACTORS
    return found


def _weighed(groups: Sequence[Features], weigh: Weigher | None) -> list[tuple[Features, int]]:
    return [(group, weigh(group) if weigh is not None else 0) for group in groups]


def _of_end(obj: Surroundings) -> Features:
    return (f"hb:{obj.head}", f"cb:{obj.cluster}", f"kb:{obj.kind}", f"wb:{obj.worth}")


def _is_near(first: int, second: int, subject: Surroundings, obj: Surroundings) -> bool:
    clauses = obj.clause - subject.clause
    if first < second:
        return clauses <= _FARTHEST_CLAUSE and second - first <= _FARTHEST_MENTION + 1
    return clauses >= -_FARTHEST_BACK and first - second <= _FARTHEST_BACK + 1


def _of_object_alone(obj: Surroundings) -> Features:
    return (f"Tvb:{obj.verb_before}", f"Thb:{obj.head}", f"Tbefore:{obj.before}")


def _of_subject(each: Surroundings, order: str) -> Features:
    return (
        order,
        f"ha:{each.head}",
        f"ca:{each.cluster}",
        f"va:{each.verb_after}{order}",
        f"vac:{cluster_of(each.verb_after)}{order}",
        f"ba:{each.before}{order}",
        f"fa:{each.after}{order}",
        f"wa:{each.worth}",
    )


def _of_object(each: Surroundings, order: str) -> Features:
    return (f"vb:{each.verb_before}{order}", f"bb:{each.before}{order}", f"fb:{each.after}{order}")


def _between(
    view: SentenceView, left: Surroundings, right: Surroundings, kinds: str, far: str, order: str
) -> Iterator[str]:
    """Yield the features of the words between two mentions, or of how one lies within the other."""
    if left.mention.span.overlaps(right.mention.span):
        place = _place_within(left, right)
        yield f"within:{place}|{kinds}"
        yield f"within:{place}{order}"
        return
    words = view.words[left.last + 1 : right.first]
    verbs = [word.text for word in words if word.tag[:1] == "v"]
    yield f"gap:{len(words).bit_length()}|{min(len(verbs), 6)}{far}"
    for text in dict.fromkeys(verbs[:_N_BETWEEN]):
        yield f"mv:{text}{order}"
    functions = [word.text for word in words if word.tag[:1] in _FUNCTION_TAGS or len(word.text) == 1]
    for text in dict.fromkeys(functions[:_N_BETWEEN]):
        yield f"mf:{text}{order}"
    if verbs:
        yield f"vl:{verbs[-1]}|{far}"
        yield f"vlc:{cluster_of(verbs[-1])}|{kinds}"
        yield f"vlk:{relation_of(verbs[-1])}|{kinds}{far}"
    if len(words) <= _SHORT_GAP:
        pattern = "".join([w.text if w.tag[:1] in _FUNCTION_TAGS else w.tag[:1] for w in words])
        yield f"mid:{pattern}{order}"


def _place_within(left: Surroundings, right: Surroundings) -> str:
    one, other = left.mention.span, right.mention.span
    if one == other:
        return "same"
    if one.contains(other):
        return "ends" if other.end == one.end else "inside"
    return "begins" if other.contains(one) else "crosses"
