"""The records of an evaluation: counts, verdicts and what they are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.records import Span


class Measure(StrEnum):
    """What is compared: strict and relaxed forms of entities, relations and observations."""

    ENTITIES = "entities"
    TYPED_ENTITIES = "entities+type"
    RELATIONS = "relations"
    RELATION_FAMILIES = "relations~"
    PAIRS = "pairs"
    OBSERVATIONS = "observations"
    FULL_OBSERVATIONS = "observations+"


class Verdict(StrEnum):
    """What became of one fact."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts: ``right`` of ``given`` found facts, ``found`` of ``wanted`` required gold facts.

    Example:
        >>> total = Score(right=3, given=4) + Score(found=1, wanted=2)
        >>> total.precision, total.recall, total.f1
        (0.75, 0.5, 0.6)
    """

    right: int = 0
    given: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.right + other.right,
            self.given + other.given,
            self.found + other.found,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """Return the share of found facts that are right; 0 where nothing is found."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Return the share of required facts that are found; 1 where nothing is required."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fact and what became of it.

    ``measure`` is a strict one: entities+type, relations or observations+. ``span`` places a found
    fact, or the evidence of a gold one, in ``Evaluation.texts[article_id]``. ``near`` is the fact of
    the other side that comes closest: the same ends, the same name or the same number.
    """

    article_id: str
    measure: Measure
    verdict: Verdict
    kind: str
    label: str
    rule: str = ""
    span: Span | None = None
    near: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How a graph compares with gold.

    ``by_entity_kind`` and ``by_relation_kind`` are strict scores by kind, ``by_rule`` the precision of
    each rule (nothing is wanted of a rule). ``metadata`` counts titles, authors, publishers and dates
    that gold states, ``evidence`` the sentences that are verbatim. ``missing`` lists gold articles that
    the graph does not hold. ``titles`` and ``texts`` belong to gold articles by id.
    """

    scores: Mapping[Measure, Score]
    by_entity_kind: Mapping[str, Score]
    by_relation_kind: Mapping[str, Score]
    by_rule: Mapping[str, Score]
    metadata: Score
    evidence: Score
    missing: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    titles: Mapping[str, str]
    texts: Mapping[str, str]
