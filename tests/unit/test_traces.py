"""Traces: what each stage saw of a sentence, and why a verb or noun gave nothing."""

import pytest

from commands import Run
from kg.errors import KgError
from kg.extraction import extract_article
from kg.judging import RULE
from kg.judging.models import load_weights
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article
from kg.traces import N_REASONS, Lack, trace_article, trace_sentence, trace_text

TEXT = "会议强调，要通过科技创新推动产业升级。各地要破解问题。2023年我国进出口总额达到41.76万亿元。"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_a_trace_holds_the_facts_that_extraction_finds(lexicon: Lexicon) -> None:
    article = Article("a", "", TEXT)
    facts = extract_article(article, lexicon=lexicon)
    traces = trace_article(article, lexicon=lexicon)
    assert tuple(trace.sentence for trace in traces) == facts.sentences
    assert tuple(claim for trace in traces for claim in trace.claims) == facts.claims
    assert tuple(found for trace in traces for found in trace.measurements) == facts.measurements
    assert tuple(mention for trace in traces for mention in trace.mentions) == facts.mentions


def test_a_sentence_is_traced_in_the_context_of_its_article(lexicon: Lexicon) -> None:
    text = "会议强调，要加快发展新质生产力。要深化改革开放。"
    with_context = trace_sentence(Article("a", "", text), 1, lexicon=lexicon)
    [alone] = trace_text("要深化改革开放。", lexicon=lexicon)
    assert [claim.subject and claim.subject.name for claim in with_context.claims] == ["会议"]
    assert [claim.subject for claim in alone.claims] == [None]


def test_a_trace_is_frozen(lexicon: Lexicon) -> None:
    [trace] = trace_text("科技创新催生新产业。", lexicon=lexicon)
    with pytest.raises(AttributeError):
        trace.claims = ()  # type: ignore[misc]


@pytest.mark.parametrize("index", [-1, 3])
def test_a_sentence_that_is_not_there_is_refused_with_the_number_there_are(
    index: int, lexicon: Lexicon
) -> None:
    with pytest.raises(KgError, match="1 to 3"):
        trace_sentence(Article("a", "", TEXT), index, lexicon=lexicon)


@pytest.mark.parametrize(
    ("text", "lack", "what"),
    [
        ("各地要破解问题。", Lack.GENERIC_OBJECT, "破解"),
        ("各地要破解问题。", Lack.GENERIC_NOUN, "问题"),
        ("科技创新蹦跳新产业。", Lack.UNKNOWN_VERB, "蹦跳"),
        ("国务院强调，要加快发展新质生产力。", Lack.SPEECH_ONLY, "强调"),
        ("新质生产力。", Lack.NO_VERB, "新质生产力。"),
        ("新产业不断催生。", Lack.NO_OBJECT, "不断催生"),
    ],
)
def test_what_gave_nothing_says_what_it_lacked(text: str, lack: Lack, what: str, lexicon: Lexicon) -> None:
    [trace] = trace_text(text, lexicon=lexicon)
    assert (lack, what) in [(miss.lack, miss.text) for miss in trace.near_misses]


def test_near_misses_stand_where_they_say(lexicon: Lexicon) -> None:
    for trace in trace_text(TEXT, lexicon=lexicon):
        for miss in trace.near_misses:
            assert miss.span.of(TEXT).startswith(miss.text[0])


# -- the command -----------------------------------------------------------------------------


def test_explain_shows_every_stage(run_kg: Run) -> None:
    done = run_kg("explain", "--text", TEXT)
    assert done.returncode == 0, done.stderr
    for label in ("第 1 句", "分词", "词典", "短语", "名词", "框架", "实体", "关系", "观测", "未成事实"):
        assert label in done.stdout
    assert "科技创新 —promotes→ 产业升级" in done.stdout
    assert "规则 means:promotes" in done.stdout


def test_explain_shows_the_second_name_of_what_is_measured(run_kg: Run) -> None:
    done = run_kg("explain", "--text", "青川县设置11个安置点。")
    assert "又名 青川县设置安置点数量" in done.stdout


def test_explain_says_what_came_nearest_where_nothing_was_found(run_kg: Run) -> None:
    done = run_kg("explain", "--text", "各地要破解问题。")
    assert "没有得出事实，最接近的是" in done.stdout
    assert "宾语太泛，不成实体" in done.stdout


def test_explain_leaves_no_space_at_the_end_of_a_line(run_kg: Run) -> None:
    lines = run_kg("explain", "--text", TEXT).stdout.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_words_of_a_row_stand_above_their_tags(run_kg: Run) -> None:
    lines = run_kg("explain", "--text", "科技创新催生新产业。").stdout.splitlines()
    first = lines.index("分词") + 1
    words, tags, roles = (line.split() for line in lines[first : first + 3])
    assert len(words) == len(tags) == len(roles)
    assert words[:2] == ["科技创新", "催生"]
    assert roles[:2] == ["N", "V"]


def test_explain_counts_sentences_through_all_articles_of_a_file(run_kg: Run) -> None:
    path = "corpus/commentaries.md"
    listed = run_kg("explain", path).stdout.splitlines()
    numbered = [line.split(maxsplit=1) for line in listed if line[:5].strip().isdigit()]
    assert [int(number) for number, _ in numbered] == list(range(1, len(numbered) + 1))
    number, text = numbered[-1]
    done = run_kg("explain", path, "--sentence", number)
    assert done.stdout.startswith(f"第 {number} 句")
    assert text in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["explain"], ["FILE".lower(), "--text"]),
        (["explain", "corpus/commentaries.md", "--text", "好。"], ["either"]),
        (["explain", "corpus/commentaries.md", "--sentence", "0"], ["no sentence 0", "1 to"]),
        (["explain", "corpus/commentaries.md", "--sentence", "99999"], ["no sentence 99999", "1 to"]),
        (["explain", "corpus/commentaries.md", "--sentence", "three"], ["three"]),
        (["explain", "no-such-file.txt", "--sentence", "1"], ["no-such-file.txt"]),
        (["explain", "--text", " "], ["no sentence"]),
    ],
)
def test_a_request_that_makes_no_sense_gets_one_line(
    run_kg: Run, arguments: list[str], words: list[str]
) -> None:
    done = run_kg(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1
    for word in words:
        assert word in done.stderr


def test_a_name_that_no_rule_finds_tells_what_weighed_most(lexicon: Lexicon) -> None:
    [trace] = trace_text("厂商推出空气能热水机，新建小区安装空气能热水机。", lexicon=lexicon)
    added = [mention for mention in trace.mentions if mention.source == RULE]
    assert added
    weights = load_weights("judged_spans")
    for mention in added:
        reasons = trace.reasons[mention]
        assert len(reasons) == N_REASONS
        assert all(weights.get(feature, 0) == weight for feature, weight in reasons)
        assert not any(miss.span == mention.span for miss in trace.near_misses)


def test_names_that_the_judge_finds_unlikely_are_told(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.judging.judges._LEAST_NAME", 0.9999999)
    monkeypatch.setattr("kg.judging.judges._NEEDED", 1.1)
    text = "江淮化工去年投产聚丙烯生产线，带动原料供应商扩产。"
    [trace] = trace_text(text, lexicon=lexicon)
    told = {miss.text for miss in trace.near_misses if miss.lack is Lack.UNLIKELY_NAME}
    assert told
    assert told.isdisjoint(mention.name for mention in trace.mentions)
