"""Every question that ships is asked of the sample graph, whole and narrowed to its examples."""

import re
from pathlib import Path

import pytest
from rdflib import Graph

from kg.rdf import to_rdf_graph
from kg.store import GraphStore, Question, named_questions, open_store
from kg.store.questions import parse_question
from sample import sample_graph

# One row that each question must give on the sample, as (variable, value) pairs.
EXPECTED: dict[str, dict[str, object]] = {
    "actors": {"actor": "中央企业", "undertaking": "创新联合体"},
    "applications": {"thing": "量子计算", "field": "金融科技"},
    "articles": {
        "title": "加快发展新质生产力",
        "publisher": "人民日报",
        "authors": "李红、王明",
        "date": "2024-03-12",
    },
    "calls": {"thing": "新质生产力", "speaker": "习近平", "strength": "Strong", "action": "加快发展"},
    "codes": {"thing": "江苏", "code": "320000", "scheme": "GB/T 2260"},
    "contested": {"thing": "重复建设", "forSentence": "有的地方搞重复建设。"},
    "coverage": {"file": "sample/量子计算.md", "sentences": 10, "withFacts": 9},
    "definitions": {"thing": "新质生产力", "says": "isA", "object": "先进生产力"},
    "diagnostics": {"code": "truncated-end", "line": 4},
    "evidence": {"subject": "科技创新", "relation": "promotes", "object": "产业升级", "cue": "推动"},
    "generates-what": {"source": "科技创新", "result": "新产业", "modality": "Possible"},
    "goals": {"thing": "金融科技", "goal": "高质量发展", "modality": "Planned"},
    "indirect": {"start": "中央企业", "middle": "创新联合体", "thing": "原始创新不多"},
    "integrations": {"thing": "产业链", "other": "创新链"},
    "most-mentioned": {"thing": "新质生产力", "kind": "Concept", "articles": 1},
    "needs": {"thing": "量子计算", "need": "基础研究"},
    "negated": {"subject": "加快发展新质生产力", "relation": "opposes", "object": "传统产业"},
    "numbers": {
        "indicator": "人工智能核心产业规模",
        "time": "2023",
        "place": "中国",
        "value": 5787,
        "unit": "亿元",
    },
    "obstacles": {"obstacle": "少数国家", "thing": "量子产业"},
    "only-possible": {"subject": "企业", "relation": "participatesIn", "object": "量子计算大会"},
    "opposed": {"thing": "重复建设", "strength": "Mandatory", "speaker": "(article)", "action": "防止"},
    "over-time": {"thing": "量子计算", "year": "2024", "mentions": 3},
    "participants": {"participant": "企业", "event": "量子计算大会"},
    "parts": {"whole": "量子技术", "part": "量子通信", "source": "article"},
    "problems": {"problem": "原始创新不多", "facedBy": "量子产业", "addressedBy": "创新联合体"},
    "promotes-what": {"thing": "科技创新", "promoted": "产业升级", "modality": "Asserted"},
    "quotes": {"speaker": "国际货币基金组织", "sentence": "国际货币基金组织预计，2025年世界经济增速为3.3%。"},
    "relations": {"thing": "新质生产力", "direction": "←", "relation": "advocates", "other": "习近平"},
    "shared": {"thing": "科技创新", "one": "人民日报", "two": "经济日报"},
    "targets": {"kind": "Target", "time": "2027", "approximate": True, "source": "未来产业发展规划"},
    "unanswered": {"problem": "重复建设"},
    "uncertain": {"subject": "地方", "relation": "implements", "object": "重复建设"},
    "what-promotes": {"promoter": "科技创新", "thing": "产业升级", "sentence": "科技创新推动产业升级。"},
    "what-supports": {"support": "金融科技", "thing": "实体经济"},
}
QUESTIONS = tuple(named_questions().values())


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return open_store(sample_graph())


def test_every_shipped_question_has_an_expected_row() -> None:
    assert sorted(EXPECTED) == sorted(question.name for question in QUESTIONS)
    assert len(QUESTIONS) == 34


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_finds_what_the_articles_say(store: GraphStore, question: Question) -> None:
    answer = store.query(question.name)
    rows = [dict(zip(answer.variables, row, strict=True)) for row in answer]
    expected = EXPECTED[question.name]
    assert any(expected.items() <= row.items() for row in rows), rows


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_each_parameter_narrows_its_question_down(store: GraphStore, question: Question) -> None:
    whole = store.query(question.name)
    for parameter in question.parameters:
        part = store.query(question.name, params={parameter.name: parameter.example})
        assert 0 < len(part) <= len(whole)
        assert set(part) <= set(whole) or "COUNT" in question.text or "GROUP_CONCAT" in question.text


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_gives_the_same_rows_in_the_same_order(question: Question) -> None:
    first, second = (open_store(sample_graph()).query(question.name) for _ in range(2))
    assert first.to_text("csv") == second.to_text("csv")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_told_in_chinese_and_english(question: Question) -> None:
    assert question.zh.endswith("？")
    assert question.en.endswith("?")
    assert len({parameter.name for parameter in question.parameters}) == len(question.parameters)


PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sparql\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_page_shows_each_question_as_its_file_has_it(question: Question) -> None:
    examples = ", ".join(f"`{one.name}={one.example}`" for one in question.parameters)
    assert f"| `{question.name}` | {question.zh} | {question.en} | {examples} |" in PAGE


def test_the_page_shows_no_other_question() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)) == set(EXPECTED)
    assert len(EXAMPLES) == 4


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_example_of_the_page_finds_something(store: GraphStore, text: str) -> None:
    assert len(store.query(parse_question("example", text).text)) > 0


@pytest.fixture(scope="module")
def rdflib_graph() -> Graph:
    return to_rdf_graph(sample_graph())


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_rdflib_gives_as_many_rows(store: GraphStore, rdflib_graph: Graph, question: Question) -> None:
    assert len(list(rdflib_graph.query(question.text))) == len(store.query(question.name))
