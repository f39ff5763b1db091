"""What is done to a thing against its good: 给企业带来压力, 受疫情影响，企业…."""

from collections.abc import Iterator

from kg.clauses import Frame, Noun
from kg.records import Claim
from kg.relations.contexts import Context
from kg.relations.states import Mentions
from kg.rules import load_word_set
from kg.schema import RelationKind


def find_harms(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim] | None:
    """涨价给企业带来压力: what brings harm to a thing hinders it; ``None`` where no harm is told of."""
    if frame.verb not in load_word_set("harming_verbs") or not any(_is_harm(at, n) for n in frame.objects):
        return None
    if any(at.last_word(noun) in load_word_set("chances") for noun in frame.objects):
        return None  # 带来|机遇和挑战
    nouns = [noun for phrase in at.phrases(frame, "harmed") for noun in phrase.nominal.heads]
    targets = at.with_members(nouns)
    if not targets:
        return None
    scope = at.scope
    if subjects and frame.place == "main":
        scope.settle(subjects)
    sources = subjects or scope.subjects or scope.clause_called or scope.called
    return at.stated_of_all(frame, sources, RelationKind.HINDERS, targets, "harm")


def _is_harm(at: Context, noun: Noun) -> bool:
    """Tell 不利影响 and 影响 from 积极影响."""
    if at.last_word(noun) not in load_word_set("harm_nouns"):
        return False
    words = at.parse.words[max(0, noun.first - 2) : noun.last]  # 积极|的|影响
    return load_word_set("good_influences").isdisjoint(word.text for word in words)


def is_suffering(frame: Frame) -> bool:
    """Tell whether the clause is 受疫情影响."""
    openers = load_word_set("suffering_openers")
    return not frame.objects and any(phrase.word in openers for phrase in frame.prepositions)


def find_sufferings(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim] | None:
    """企业受疫情影响: the cause hinders it; 受疫情影响，企业… waits for who suffers."""
    if not is_suffering(frame):
        return None
    if not subjects:
        at.scope.suffered = (*at.scope.suffered, frame)
        return iter(())
    at.scope.settle(subjects)
    agents = at.phrased(frame, "agent")
    return at.stated_of_all(frame, agents, RelationKind.HINDERS, subjects, "suffering")


def find_sufferers(at: Context, frame: Frame, subjects: Mentions) -> Iterator[Claim]:
    """受疫情影响，出口下滑: what the next clause speaks of suffers, or is moved where it goes up."""
    causes = at.scope.suffered
    if not causes or not subjects:
        return
    at.scope.suffered = ()
    kind = RelationKind.PROMOTES if frame.verb in load_word_set("rising_verbs") else RelationKind.HINDERS
    for cause in causes:
        yield from at.stated_of_all(cause, at.phrased(cause, "agent"), kind, subjects, "suffering")
