"""How good a graph is, measured against articles that people have annotated.

``evaluate`` compares a graph (in memory, or an export) with gold articles and gives precision, recall
and F1 for entities, relations, observations and metadata, by kind and by rule; ``format_table`` shows
them; ``write_error_browser`` puts each miss and each false hit into its sentence.

A found fact is right when it matches any gold fact, required or optional; a gold fact is found when
any found fact matches it, and only required ones are asked for. Names match when they are equal after
normalisation, or when one contains the other and is at least 60 % as long.

Example:
    >>> from kg.evaluation import Score
    >>> score = Score(right=3, given=4, found=2, wanted=4)
    >>> score.precision, score.recall, score.f1
    (0.75, 0.5, 0.6)
"""

from kg.evaluation.browsers import write_error_browser
from kg.evaluation.golds import (
    ARTICLE,
    GoldArticle,
    GoldEntity,
    GoldObservation,
    GoldRelation,
    read_gold,
)
from kg.evaluation.measures import evaluate
from kg.evaluation.scores import Evaluation, Measure, Outcome, Score, Verdict
from kg.evaluation.scoretables import format_table

__all__ = [
    "ARTICLE",
    "Evaluation",
    "GoldArticle",
    "GoldEntity",
    "GoldObservation",
    "GoldRelation",
    "Measure",
    "Outcome",
    "Score",
    "Verdict",
    "evaluate",
    "format_table",
    "read_gold",
    "write_error_browser",
]
