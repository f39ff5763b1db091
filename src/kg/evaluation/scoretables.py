"""An evaluation as a table for a terminal."""

from collections.abc import Iterable, Iterator, Mapping

from kg.evaluation.scores import Evaluation, Score

_WIDTH = 18


def format_table(evaluation: Evaluation) -> str:
    """Return the scores as lines: measures, then entity kinds, relation kinds and rules.

    Example:
        >>> from types import MappingProxyType
        >>> from kg.evaluation.golds import parse_gold
        >>> from kg.evaluation.measures import evaluate
        >>> from kg.graph import KnowledgeGraph
        >>> gold = parse_gold('{"id": "a1", "entities": [{"name": "算力", "type": "Technology"}]}')
        >>> empty = KnowledgeGraph((), MappingProxyType({}), (), (), ())
        >>> print("\\n".join(format_table(evaluate([gold], empty)).split("\\n")[:2]))
                                P      R     F1   found  wanted
        entities            0.000  0.000  0.000       0       1
    """
    lines = [*_block("", {str(measure): score for measure, score in evaluation.scores.items()}), ""]
    lines += _block("by entity type", evaluation.by_entity_kind)
    lines += _block("by relation", evaluation.by_relation_kind)
    lines += [f"{'by rule':{_width(evaluation.by_rule)}}{'P':>7}{'found':>8}"]
    lines += _rules(evaluation.by_rule)
    lines += [
        "",
        f"metadata {evaluation.metadata.precision:.3f}   evidence {evaluation.evidence.precision:.3f}",
    ]
    if evaluation.missing:
        lines.append(f"articles that the graph does not hold: {', '.join(evaluation.missing)}")
    return "\n".join(lines)


def _block(title: str, scores: Mapping[str, Score]) -> Iterator[str]:
    width = _width(scores)
    yield f"{title:{width}}{'P':>7}{'R':>7}{'F1':>7}{'found':>8}{'wanted':>8}"
    for name, score in scores.items():
        yield (
            f"{name:{width}}{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}"
            f"{score.given:8d}{score.wanted:8d}"
        )


def _rules(by_rule: Mapping[str, Score]) -> Iterator[str]:
    width = _width(by_rule)
    for rule, score in sorted(by_rule.items(), key=lambda item: (-item[1].given, item[0])):
        yield f"{rule:{width}}{score.precision:7.3f}{score.given:8d}"


def _width(names: Iterable[str]) -> int:
    return max([_WIDTH, *(len(name) + 2 for name in names)])
