"""Evaluation: what counts as right, how gold is read, and what the error browser shows."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.evaluation import (
    Evaluation,
    GoldArticle,
    Measure,
    Score,
    Verdict,
    evaluate,
    format_table,
    read_gold,
    write_error_browser,
)
from kg.evaluation.browsers import to_page
from kg.evaluation.golds import parse_gold
from kg.evaluation.names import is_close, normalize_name
from kg.rdf import write_trig
from sample import sample_graph

SCORER = Path(__file__).parents[3] / "shared/eval/score.py"
TITLE = "加快发展新质生产力"


def gold(**fields: object) -> GoldArticle:
    """Return a gold article of the sample graph's first article."""
    return parse_gold(json.dumps({"id": "one", "title": TITLE, **fields}, ensure_ascii=False))


def relation(subject: str, predicate: str, target: str, **more: object) -> dict[str, object]:
    return {"s": subject, "p": predicate, "o": target, "evidence": "", **more}


def score(measure: Measure, **fields: object) -> Score:
    return evaluate([gold(**fields)], sample_graph()).scores[measure]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("我国量子产业", "量子产业", True),  # an owner is no part of a name
        ("《规划》", "规划", True),
        ("“人工智能+”行动", "人工智能+行动", True),
        ("量子计算技术", "量子计算", True),  # 4 of 6 characters
        ("国家量子计算技术", "量子计算", False),  # 4 of 8
        ("链", "产业链", False),  # one character is a chance
        ("重点", "重点", True),  # what is nothing but a prefix stays
    ],
)
def test_names_match_when_equal_or_mostly_contained(one: str, other: str, *, expected: bool) -> None:
    assert is_close(normalize_name(one), normalize_name(other)) is expected


def test_an_alias_on_either_side_matches() -> None:
    entities = [{"name": "央企", "type": "Organization", "aliases": ["中央企业"]}]
    assert score(Measure.TYPED_ENTITIES, entities=entities).found == 1


def test_a_wrong_type_counts_for_the_name_alone() -> None:
    entities = [{"name": "科技创新", "type": "Technology"}]
    assert score(Measure.ENTITIES, entities=entities).found == 1
    assert score(Measure.TYPED_ENTITIES, entities=entities).found == 0


def test_optional_gold_is_not_asked_for_and_not_wrong() -> None:
    entities = [{"name": "科技创新", "type": "Concept", "optional": True}]
    counts = score(Measure.TYPED_ENTITIES, entities=entities)
    assert (counts.right, counts.wanted) == (1, 0)


def test_strict_family_and_pair_differ_by_the_predicate() -> None:
    relations = [relation("科技创新", "supports", "产业升级"), relation("科技创新", "faces", "新产业")]
    evaluation = evaluate([gold(relations=relations)], sample_graph())
    found = {measure: evaluation.scores[measure].found for measure in Measure}
    assert (found[Measure.RELATIONS], found[Measure.RELATION_FAMILIES], found[Measure.PAIRS]) == (0, 1, 2)


def test_the_article_is_a_subject_by_the_name_article() -> None:
    assert score(Measure.RELATIONS, relations=[relation("ARTICLE", "opposes", "重复建设")]).found == 1


@pytest.mark.parametrize(("ends", "found"), [(("创新链", "产业链"), 1), (("产业链", "创新链"), 1)])
def test_integrates_with_reads_both_ways(ends: tuple[str, str], found: int) -> None:
    fields = {"title": "量子计算走向应用", "relations": [relation(ends[0], "integratesWith", ends[1])]}
    assert score(Measure.RELATIONS, **fields).found == found


def test_a_number_needs_its_kind_and_time_for_the_full_measure_only() -> None:
    number = {"indicator": "人工智能核心产业规模", "value": 5787, "unit": "亿元", "time": "2023"}
    wrong = {**number, "kind": "target"}
    assert score(Measure.FULL_OBSERVATIONS, observations=[number]).found == 1
    assert score(Measure.OBSERVATIONS, observations=[wrong]).found == 1
    assert score(Measure.FULL_OBSERVATIONS, observations=[wrong]).found == 0


def test_an_article_that_the_graph_lacks_is_missing_and_all_its_facts_are_missed() -> None:
    absent = gold(title="从未写过", entities=[{"name": "科技创新", "type": "Concept"}])
    evaluation = evaluate([absent], sample_graph())
    assert evaluation.missing == ("one",)
    assert evaluation.scores[Measure.ENTITIES] == Score(0, 0, 0, 1)


def test_each_fact_has_one_outcome_with_its_sentence() -> None:
    relations = [
        relation("科技创新", "generates", "新产业", evidence="催生新产业"),
        relation("新质生产力", "promotes", "创新", evidence="新质生产力的特点是创新"),
    ]
    evaluation = evaluate([gold(relations=relations)], sample_graph())
    told = {(o.verdict, o.label): o for o in evaluation.outcomes if o.measure is Measure.RELATIONS}
    assert told[Verdict.RIGHT, "科技创新 generates 新产业"].rule
    missed = told[Verdict.MISSED, "新质生产力 promotes 创新"]
    assert missed.near == "新质生产力 characterizedBy 创新"
    assert missed.span is not None
    assert missed.span.of(evaluation.texts["one"]) == "新质生产力的特点是创新"


def test_rules_are_counted_by_precision() -> None:
    evaluation = evaluate([gold(relations=[relation("科技创新", "generates", "新产业")])], sample_graph())
    assert sum(one.given for one in evaluation.by_rule.values()) >= evaluation.scores[Measure.RELATIONS].given
    assert all(one.wanted == 0 for one in evaluation.by_rule.values())


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON at character 2"),
        ("[]", "is list; expected a JSON object"),
        ('{"title": "x"}', "id is None; expected a text"),
        ('{"id": "a", "entities": {}}', "entities is {}; expected a list"),
        ('{"id": "a", "entities": [3]}', "entities[0]: is int; expected a JSON object"),
        ('{"id": "a", "relations": [{"s": "x", "o": "y"}]}', "relations[0].p is None; expected one of"),
        (
            '{"id": "a", "observations": [{"indicator": "x", "value": "5"}]}',
            "observations[0].value is '5'; expected a number",
        ),
    ],
)
def test_a_wrong_gold_line_is_told_by_file_and_line(tmp_path: Path, line: str, complaint: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "fine"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(KgError) as caught:
        read_gold(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(None, "No such file"), (b"\n \n", "holds no gold article"), (b"\xff\xfe\x00", "not UTF-8")],
)
def test_gold_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KgError, match=complaint):
        read_gold(path)


def test_decimal_values_are_read_exactly() -> None:
    article = gold(observations=[{"indicator": "x", "value": 0.1}])
    assert article.observations[0].value == Decimal("0.1")


def test_an_export_scores_as_the_graph_in_memory(tmp_path: Path) -> None:
    inside, exported = sample_evaluations(tmp_path)
    for part in ("scores", "by_entity_kind", "by_relation_kind", "by_rule", "metadata", "evidence"):
        assert getattr(inside, part) == getattr(exported, part), part


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not here")
def test_figures_agree_with_the_reference_scorer(tmp_path: Path) -> None:
    inside, _ = sample_evaluations(tmp_path)
    files = (tmp_path / "gold.jsonl", tmp_path / "graph.trig")
    done = subprocess.run([sys.executable, SCORER, *files, "--json"], capture_output=True, check=True)
    reference = json.loads(done.stdout)
    for measure, counts in inside.scores.items():
        expected = reference[measure]
        assert (counts.given, counts.wanted) == (expected["system"], expected["required"]), measure
        assert (round(counts.precision, 4), round(counts.recall, 4)) == (
            expected["precision"],
            expected["recall"],
        ), measure
    assert round(inside.metadata.precision, 4) == reference["metadata"]
    assert round(inside.evidence.precision, 4) == reference["evidence"]


def sample_evaluations(folder: Path) -> tuple[Evaluation, Evaluation]:
    """Return the evaluation of the sample graph in memory and of its export, against mixed gold."""
    rows: list[dict[str, object]] = [
        {
            "id": "one",
            "title": TITLE,
            "authors": ["王明"],
            "publisher": "《人民日报》",
            "date": "2024-03",
            "entities": [
                {"name": "科技创新", "type": "Concept"},
                {"name": "央企", "type": "Organization", "aliases": ["中央企业"]},
                {"name": "算力", "type": "Technology"},
            ],
            "relations": [
                relation("科技创新", "generates", "新产业"),
                relation("科技创新", "supports", "产业升级"),
                relation("ARTICLE", "opposes", "重复建设", optional=True),
            ],
            "observations": [
                {"indicator": "人工智能核心产业规模", "value": 5787, "unit": "亿元", "time": "2023"},
                {"indicator": "出口额", "value": 0.5, "unit": "%", "time": "2022"},
            ],
        },
        {
            "id": "two",
            "title": "量子计算走向应用",
            "relations": [relation("产业链", "integratesWith", "创新链")],
        },
        {"id": "none", "title": "从未写过", "entities": [{"name": "算力", "type": "Technology"}]},
    ]
    empty: dict[str, object] = {"entities": [], "relations": [], "observations": []}
    lines = "".join(json.dumps(empty | row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "gold.jsonl").write_text(lines, encoding="utf-8")
    write_trig(sample_graph(), folder / "graph.trig")
    read = folder / "gold.jsonl"
    return evaluate(read, sample_graph()), evaluate(read, folder / "graph.trig")


def test_the_table_shows_every_measure_and_the_missing_articles(tmp_path: Path) -> None:
    inside, _ = sample_evaluations(tmp_path)
    table = format_table(inside)
    assert all(f"\n{measure} " in "\n" + table for measure in Measure)
    assert "articles that the graph does not hold: none" in table


HOSTILE = "</script><img src=x onerror=alert(1)>“&\"'"


def test_the_error_browser_escapes_what_it_shows() -> None:
    article = gold(id=HOSTILE, title=None, entities=[{"name": HOSTILE, "type": "Concept"}])
    page = to_page(evaluate([article], sample_graph()))
    assert "<img" not in page
    assert "&lt;img" in page
    assert page.count("</script>") == 1


def test_the_error_browser_loads_nothing_and_is_the_same_each_time(tmp_path: Path) -> None:
    inside, _ = sample_evaluations(tmp_path)
    for name in ("a.html", "b.html"):
        write_error_browser(inside, tmp_path / name)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "b.html").read_text(encoding="utf-8")
    assert not any(mark in page for mark in ("src=", "href=", "http:", "https:", "@import", "url("))


def test_the_error_browser_marks_a_miss_in_its_sentence() -> None:
    missed = relation("新质生产力", "promotes", "创新", evidence="特点是创新")
    page = to_page(evaluate([gold(relations=[missed])], sample_graph()))
    assert "的<mark>特点是创新</mark>，" in page


def test_an_unwritable_path_is_an_error(tmp_path: Path) -> None:
    inside, _ = sample_evaluations(tmp_path)
    with pytest.raises(KgError, match="cannot be written"):
        write_error_browser(inside, tmp_path)
