"""Who gives a figure: 世界黄金协会的数据显示，黄金需求达981.3吨."""

from collections.abc import Iterator, Mapping, Sequence

from kg.records import Claim, Measurement, Mention, Sentence, replace
from kg.relations.descriptions import UNWEIGHED
from kg.rules import load_word_ends, load_word_set
from kg.schema import EntityKind, RelationKind

_GIVERS = frozenset({EntityKind.ORGANIZATION, EntityKind.POLICY})
_FARTHEST = 14  # characters from a body to the word with which it gives a figure
_RULE = "figure-source"


def find_figure_sources(
    measurements: Sequence[Measurement], sentences: Sequence[Sentence]
) -> Iterator[Claim]:
    """Yield that the body or report named as giving a number has to do with what the number measures.

    A change or a share (同比增速, 占比) is passed over: the measure itself stands beside it.

    Example:
        >>> from kg.extraction import extract_article
        >>> from kg.lexicon import load_lexicon
        >>> from kg.records import Article
        >>> article = Article("a", "", "世界黄金协会数据显示，黄金需求总量达981.3吨。")
        >>> claims = extract_article(article, lexicon=load_lexicon()).claims
        >>> [(c.subject.name, c.label, c.object.name) for c in claims if c.rule == "figure-source"]
        [('世界黄金协会', '显示', '黄金需求总量')]
    """
    texts = {sentence.index: sentence for sentence in sentences}
    seen: set[tuple[str, str]] = set()
    for measurement in measurements:
        source, measured = measurement.source, measurement.indicator
        if source is None or source.kind not in _GIVERS or _is_derived(measured):
            continue
        if measured.text.count("“") != measured.text.count("”"):
            continue  # half a quotation is no name
        if (source.name, measured.name) in seen or source.name in measured.name:
            continue
        label = _verb_after(source, texts)
        if label is None:
            continue  # 该公司董事介绍说，项目总投资…: what one has is no news of others
        seen.add((source.name, measured.name))
        claim = Claim(
            source,
            RelationKind.RELATED_TO,
            measured,
            measurement.sentence_index,
            source.text,
            source.span,
            _RULE,
            UNWEIGHED,
        )
        yield replace(claim, label=label)


def _is_derived(measured: Mention) -> bool:
    return measured.name.endswith(load_word_ends("derived_measures"))


def _verb_after(source: Mention, sentences: Mapping[int, Sentence]) -> str | None:
    """Return the word with which the source gives its figure: 显示, 公布."""
    sentence = sentences.get(source.sentence_index)
    if sentence is None:
        return None
    start = source.span.end - sentence.span.start
    after = sentence.text[start : start + _FARTHEST].partition("，")[0]
    places = [(after.find(word), word) for word in load_word_set("figure_givers") if word in after]
    return min(places)[1] if places else None
