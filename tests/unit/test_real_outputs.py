"""What holds for the sample holds for the graph that the project's own corpus gives."""

from pathlib import Path

import pytest

from kg.store import GraphStore, named_questions, open_store
from kg.validation import validate

# What a corpus may lack without anything being wrong.
_MAY_BE_EMPTY = {
    "contested",
    "diagnostics",
    "negated",
    "unanswered",
    "indirect",
    "only-possible",
    "obstacles",
}


@pytest.fixture(scope="module")
def store(built_corpus: Path) -> GraphStore:
    return open_store(built_corpus)


def test_the_build_conforms(built_corpus: Path) -> None:
    report = validate(built_corpus)
    assert report.conforms, report.to_text()


@pytest.mark.parametrize("name", named_questions())
def test_each_question_is_answered_over_the_corpus(store: GraphStore, name: str) -> None:
    answer = store.query(name)
    assert answer.rows or name in _MAY_BE_EMPTY
    assert answer.to_text("csv").count("\n") >= len(answer) + 1


def test_every_sentence_mention_and_cue_is_verbatim(store: GraphStore) -> None:
    for begin, end, text in (("begin", "end", "text"), ("cueBegin", "cueEnd", "cue")):
        wrong = store.query(
            f"""SELECT ?x {{ ?x kg:inArticle/kg:text ?whole ; kg:{begin} ?begin ;
                kg:{end} ?end ; kg:{text} ?text .
                FILTER (SUBSTR(?whole, ?begin + 1, ?end - ?begin) != ?text) }}"""
        )
        assert wrong.rows == ()
