"""What the judge keeps, drops, adds and settles, and that it tells why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extraction import Reading, read_article
from kg.judging import RULE, Outcome, judge, judge_relations, kept_claims, models
from kg.judging.guesses import guess_kinds
from kg.judging.models import Model, load_model, load_weights
from kg.judging.names import NameFeatures
from kg.judging.stated import name_of
from kg.judging.surroundings import NONE, SentenceView
from kg.judging.views import ArticleView
from kg.lexicon import Lexicon, load_lexicon
from kg.records import Article, ArticleFacts, Mention, Sentence, Span
from kg.schema import EntityKind, RelationKind

TEXTS = (
    "江淮化工去年投产两条聚丙烯生产线，年产能达到四十万吨，带动上游原料供应商扩产。",
    "随着订单回升，园区企业加快复工，用工需求旺盛，物流紧张的局面有所缓解。",
    "市工信局印发行动方案，提出到2027年建成五个特色产业园，支持中小企业数字化转型。",
    "要深化要素市场改革，破除地方保护，畅通国内大循环。",
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def readings(lexicon: Lexicon) -> list[Reading]:
    whole = "".join(TEXTS)
    return [read_article(Article("a", "", text), lexicon=lexicon) for text in (*TEXTS, whole)]


def mention(name: str, kind: EntityKind = EntityKind.CONCEPT, start: int = 0) -> Mention:
    return Mention("a", 0, Span(start, start + len(name)), name, name, kind)


def test_every_name_of_an_article_has_one_kind(readings: list[Reading]) -> None:
    for reading in readings:
        kinds: dict[str, set[EntityKind]] = {}
        for one in reading.facts.mentions:
            kinds.setdefault(one.name, set()).add(one.kind)
        for claim in reading.facts.claims:
            for end in (claim.subject, claim.object):
                if end is not None:
                    kinds.setdefault(end.name, set()).add(end.kind)
        assert all(len(found) == 1 for found in kinds.values()), kinds


def test_what_is_kept_and_what_is_added_are_the_facts(readings: list[Reading]) -> None:
    for reading in readings:
        judged = [one.claim for one in reading.verdicts if one.outcome is not Outcome.DROPPED]
        keys = {(name_of(c.subject), c.kind, c.object.name, c.sentence_index) for c in judged}
        found = {(name_of(c.subject), c.kind, c.object.name, c.sentence_index) for c in reading.facts.claims}
        assert found <= keys
        stated = [one for one in reading.verdicts if one.outcome is not Outcome.ADDED]
        assert len(stated) == len(reading.stated.claims)
        assert all(one.claim.rule == RULE for one in reading.verdicts if one.outcome is Outcome.ADDED)


def test_added_relations_cite_their_sentence_and_have_a_fitting_label(readings: list[Reading]) -> None:
    added = [(r, v.claim) for r in readings for v in r.verdicts if v.outcome is Outcome.ADDED]
    assert added
    for reading, claim in added:
        sentence = reading.facts.sentences[claim.sentence_index]
        assert sentence.span.contains(claim.cue_span)
        assert claim.cue_span.of(reading.facts.article.text) == claim.cue != ""
        assert (claim.label is None) is (claim.kind is not RelationKind.RELATED_TO)
        assert claim.action is None or claim.kind in (RelationKind.ADVOCATES, RelationKind.OPPOSES)


def test_a_verdict_tells_what_weighed_most(readings: list[Reading]) -> None:
    weights = load_weights("judged_pairs")
    verdict = next(one for reading in readings for one in reading.verdicts if one.weighed is not None)
    weighed = verdict.weighed
    assert weighed is not None
    network, *found = verdict.reasons(3)
    words, features = found[:3], found[3:]
    assert network == ("network", weighed.told[0])
    assert {word for word, _ in words} <= {f"word:{word.text}" for word in weighed.view.words}
    assert all(weights.get(feature, 0) == weight for feature, weight in features)
    assert {feature for feature, _ in features} <= set(weighed.pair.features)
    for reasons in (words, features):
        assert len(reasons) == 3
        assert [abs(weight) for _, weight in reasons] == sorted((abs(w) for _, w in reasons), reverse=True)


def test_judging_twice_gives_the_same(readings: list[Reading], lexicon: Lexicon) -> None:
    for reading in readings:
        facts, verdicts = judge(reading.parses, reading.stated, lexicon=lexicon)
        assert facts == reading.facts
        assert [(v.claim, v.outcome) for v in verdicts] == [(v.claim, v.outcome) for v in reading.verdicts]


def test_what_the_lexicon_holds_is_of_no_other_kind_and_stays_where_it_is_related(
    readings: list[Reading], lexicon: Lexicon
) -> None:
    for reading in readings:
        known = {one.name for one in reading.stated.mentions if lexicon.lookup(one.name)}
        after = {one.name: one.kind for one in reading.facts.mentions}
        kept = [v.claim for v in reading.verdicts if v.outcome is not Outcome.DROPPED]
        related = {name for claim in kept for name in (name_of(claim.subject), claim.object.name)}
        assert known & related <= set(after)
        assert all(after[name] is lexicon.lookup(name).kind for name in known & set(after))  # type: ignore[union-attr]


def test_every_number_keeps_its_indicator(readings: list[Reading]) -> None:
    for reading in readings:
        before = [(n.value, n.indicator.name, n.indicator.kind) for n in reading.stated.measurements]
        assert [(n.value, n.indicator.name, n.indicator.kind) for n in reading.facts.measurements] == before


def test_an_article_without_sentences_gives_nothing(lexicon: Lexicon) -> None:
    empty = ArticleFacts(Article("a", "", ""), (), (), (), ())
    assert judge((), empty, lexicon=lexicon) == (empty, ())


def test_relations_less_probable_than_wanted_are_dropped_with_nothing_in_their_place(
    readings: list[Reading], lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.judging.judges._LEAST_KEPT", 1.1)
    monkeypatch.setattr("kg.judging.judges._LEAST_OF_ANY", 0.9999)
    for reading in readings:
        facts, verdicts = judge(reading.parses, reading.stated, lexicon=lexicon)
        assert facts.claims == ()
        assert {one.outcome for one in verdicts} == {Outcome.DROPPED}


def test_names_less_probable_than_wanted_go_with_their_relations(
    readings: list[Reading], lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.judging.judges._LEAST_NAME", 0.9999999)
    monkeypatch.setattr("kg.judging.judges._NEEDED", 1.1)
    for reading in readings:
        facts, _ = judge(reading.parses, reading.stated, lexicon=lexicon)
        measured = {number.indicator.name for number in facts.measurements}
        places = {number.place.name for number in facts.measurements if number.place}
        left = {one.name for one in facts.mentions if lexicon.lookup(one.name) is None}
        assert left <= measured | places
        ends = {name for claim in facts.claims for name in (name_of(claim.subject), claim.object.name)}
        assert ends <= {one.name for one in facts.mentions} | {"ARTICLE"} | measured | places


def test_a_term_that_is_hardly_spoken_of_is_no_entity_but_a_term_of_the_users_is(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    article = Article("a", "", "稀土价格持续上涨，市场观望。")
    assert "市场" not in _names_in(read_article(article, lexicon=lexicon).facts)
    own = tmp_path / "own.tsv"
    own.write_text(
        "name\tkind\taliases\tscheme\tnotation\tbroader\texact_match\tnote\n市场\tSector\t市面\t\t\t\t\t\n",
        encoding="utf-8",
    )
    assert "市场" in _names_in(read_article(article, lexicon=load_lexicon([own])).facts)


def test_a_term_that_is_related_stays_however_common(lexicon: Lexicon) -> None:
    article = Article("a", "", "科技创新推动产业升级，企业面临成本压力。")
    assert "企业" in _names_in(read_article(article, lexicon=lexicon).facts)


def _names_in(facts: ArticleFacts) -> set[str]:
    return {mention.name for mention in facts.mentions}


def test_what_is_solved_is_guessed_an_issue_where_its_name_does_not_tell(lexicon: Lexicon) -> None:
    facts = read_article(Article("a", "", "要破解堵点卡点。"), lexicon=lexicon).stated
    assert guess_kinds(facts, lexicon)["堵点卡点"] is EntityKind.ISSUE


def test_a_kind_that_is_said_outvotes_the_want_of_one(lexicon: Lexicon) -> None:
    votes = (mention("何平"), mention("何平", start=4), mention("何平", EntityKind.PERSON, start=8))
    facts = ArticleFacts(Article("a", "", "何平。。何平。。何平"), (), votes, (), ())
    assert guess_kinds(facts, lexicon) == {"何平": EntityKind.PERSON}


def test_surroundings_are_those_of_the_clause(readings: list[Reading]) -> None:
    view = ArticleView.of(readings[3].parses, readings[3].stated)
    pairs = [pair for _, pair in view.pairs()]
    assert any("vb:深化>" in feature or "Avb:深化" in feature for p in pairs for feature in p.features)


def test_a_mention_alone_in_its_sentence_has_no_verbs() -> None:
    from kg.clauses import parse_sentence
    from kg.words import split_words

    text = "量子计算"
    words = split_words(text, offset=0, lexicon=load_lexicon())
    view = SentenceView(parse_sentence(Sentence("a", 0, Span(0, 4), text), words), {})
    around = view.around(mention("量子计算"))
    assert (around.verb_before, around.verb_after, around.role) == (NONE, NONE, NONE)
    assert around.begins_clause
    assert around.ends_clause
    assert view.verb_place(0, is_before=True) is None


def test_probabilities_of_all_answers_add_up_to_one() -> None:
    model = load_model("judged_relations")
    chances = model.chances_of(model.scores(["vbk:promotes|Concept|Concept>"]))
    assert set(chances) <= {kind.value for kind in RelationKind}
    assert sum(chances.values()) == pytest.approx(1, abs=0.01)


def test_kinds_are_those_of_the_schema() -> None:
    assert set(load_model("judged_kinds").answers) == {kind.value for kind in EntityKind}


def _features_of(name: str, text: str, lexicon: Lexicon) -> NameFeatures:
    reading = read_article(Article("a", "", text), lexicon=lexicon)
    return next(each for each in _names_of(reading, lexicon) if each.name == name)


def _names_of(reading: Reading, lexicon: Lexicon) -> Iterator[NameFeatures]:
    view = ArticleView.of(reading.parses, reading.stated)
    return view.names(lexicon, kept_claims(judge_relations(view)))


def test_what_a_name_is_listed_with_tells_of_its_kind(lexicon: Lexicon) -> None:
    text = "要加快发展量子传感器和人工智能。"
    features = _features_of("量子传感器", text, lexicon).kind_features
    assert {"with:Technology", "with end:智能"} <= set(features)
    features = _features_of("人工智能", text, lexicon).kind_features
    assert "with end:感器" in features


def test_what_ends_as_a_name_does_tells_of_its_kind(lexicon: Lexicon) -> None:
    text = "北方研究院推动量子传感器研发。南方研究院推动柔性传感器研发。"
    features = _features_of("北方研究院", text, lexicon).kind_features
    assert "same end:Organization" in features


def test_the_words_and_terms_of_a_name_tell_of_its_kind(lexicon: Lexicon) -> None:
    each = _features_of("江苏生物医药产业园", "江苏生物医药产业园推动量子传感器研发。", lexicon)
    assert {"term at start:Place", "last word:产业园", "word:生物医药"} <= set(each.kind_features)
    assert not {"term at start:Place", "last word:产业园"} & set(each.features)


def test_features_of_kinds_come_once(readings: list[Reading], lexicon: Lexicon) -> None:
    for reading in readings:
        for each in _names_of(reading, lexicon):
            assert len(set(each.kind_features)) == len(each.kind_features)


def test_a_wrong_weight_is_told_by_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.tsv").write_text("feature\tweights\nbias\tyes=many\n", encoding="utf-8")
    monkeypatch.setattr(models, "resource_path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(KgError, match=r"broken\.tsv:2: 'yes=many'; expected an answer and whole hundredths"):
        load_model("broken")


def test_a_model_adds_up_what_it_knows() -> None:
    model = Model.of({"bias": {"a": 5}, "x": {"b": 20}})
    assert model.scores(["x", "unknown"]) == [5, 20]


def test_what_is_opposed_never_comes_out_as_called_for(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.judging.judges._LEAST_SHARE", 1.1)
    monkeypatch.setattr("kg.judging.judges._SURE_SHARE", 0.0)
    text = "要防止盲目扩张，破除地方保护，推进要素市场改革。"
    verdicts = read_article(Article("a", "", text), lexicon=lexicon).verdicts
    opposed = [v for v in verdicts if v.claim.rule != RULE and v.claim.object.name == "盲目扩张"]
    assert {v.claim.kind for v in opposed} == {RelationKind.OPPOSES}
    assert all(v.outcome is Outcome.KEPT for v in opposed)
