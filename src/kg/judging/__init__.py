"""Judging: what the rules state of an article is weighed by models learnt from annotated articles.

``spans`` says what stretches of words may be names, ``proposals`` which of them become mentions.
``surroundings`` says what stands around a mention, ``company`` what else its article names, ``stated`` what
the rules say of two; ``pairs`` and ``names`` turn it into features, ``models`` hold their weights,
``networks`` reads the words themselves; ``views`` show an article by its pairs and names, ``weighings`` says
how probable relations are, ``judges`` decides.
"""

from kg.judging.judges import Outcome, Verdict, judge, judge_relations, kept_claims
from kg.judging.models import RULE
from kg.judging.proposals import name_reasons
from kg.judging.views import ArticleView

__all__ = [
    "RULE",
    "ArticleView",
    "Outcome",
    "Verdict",
    "judge",
    "judge_relations",
    "kept_claims",
    "name_reasons",
]
