"""A small graph made by hand, rich enough to test everything downstream of extraction.

Three short articles, all kinds of entities and relations, every modality, strength and kind of
observation, negation, attribution, an article as subject, a relation two articles state, codes,
aliases, diagnostics, and text that HTML, XML, Turtle and spreadsheets would each trip over. Offsets
are found in the text, so ``article.text[span.start:span.end]`` always is what a record says.
"""

from collections import defaultdict
from decimal import Decimal
from itertools import accumulate
from types import MappingProxyType

from kg.graph import KnowledgeGraph
from kg.iris import mint_digest_id, mint_id
from kg.records import (
    Article,
    Code,
    Diagnostic,
    Entity,
    Evidence,
    Mention,
    Observation,
    Relation,
    Sentence,
    Span,
    Statement,
)
from kg.schema import (
    DiagnosticCode,
    EntityKind,
    Modality,
    ObservationKind,
    RelationKind,
    SentenceKind,
    Strength,
)

# Each article: its paragraphs, each a list of sentences. The first paragraph is the title.
_ONE = mint_id("article", "sample", "加快发展.md")
_TWO = mint_id("article", "sample", "量子计算.md", "1")
_THREE = mint_id("article", "sample", "通知.txt")
_TEXTS = {
    _ONE: [
        ["加快发展新质生产力"],
        ["科技创新能够催生新产业，推动产业升级。", "新质生产力的特点是创新，本质是先进生产力。"],
        ["习近平强调，要加快发展新质生产力。", "但量子产业面临原始创新不多的问题，必须防止重复建设。"],
        ["中央企业牵头组建创新联合体，破解原始创新不多的难题。", "发展新质生产力不是忽视传统产业。"],
        ["2023年，我国人工智能核心产业规模达5787亿元，出口额同比下降0.5%。"],
    ],
    _TWO: [
        ["量子计算走向应用"],
        ["量子计算应用于金融科技，离不开基础研究。", "量子技术包括量子计算、量子通信。"],
        ["国家发展改革委印发《未来产业发展规划》，鼓励创新链与产业链融合。"],
        ["规划提出，到2027年人工智能核心产业规模达到1万亿元左右。", "规划允许企业参加量子计算大会。"],
        ["国际货币基金组织预计，2025年世界经济增速为3.3%。", "科技创新推动产业升级。"],
        ["少数国家制裁企业，制约量子产业。", "金融科技支撑实体经济，计划以高质量发展为目标。"],
    ],
    _THREE: [
        ["=SUM(1,1)“通知”</script><img src=x onerror=alert(1)>"],
        [
            "江苏深入实施“人工智能+”行动，鼓励企业应用量子计算。",
            "有的地方搞重复建设。",
            "地方不得搞重复建设\\重复建设，可",
        ],
    ],
}
_META = {
    _ONE: (("王明", "李红"), "人民日报", "2024-03-12", None),
    _TWO: (("赵刚",), "经济日报", "2024-04", "https://example.org/量子?a=1&b=2"),
    _THREE: ((), None, None, None),
}
_K = EntityKind
# name: kind, aliases, codes, broader
_ENTITIES: dict[str, tuple[EntityKind, tuple[str, ...], tuple[Code, ...], tuple[str, ...]]] = {
    "新质生产力": (_K.CONCEPT, (), (), ("先进生产力",)),
    "先进生产力": (_K.CONCEPT, (), (), ()),
    "科技创新": (_K.CONCEPT, (), (), ()),
    "创新": (_K.CONCEPT, (), (), ()),
    "产业升级": (_K.CONCEPT, (), (), ()),
    "基础研究": (_K.CONCEPT, (), (), ()),
    "高质量发展": (_K.CONCEPT, (), (), ()),
    "创新链": (_K.CONCEPT, (), (), ()),
    "产业链": (_K.CONCEPT, (), (), ()),
    "实体经济": (_K.SECTOR, (), (), ()),
    "新产业": (_K.SECTOR, (), (), ()),
    "传统产业": (_K.SECTOR, (), (), ()),
    "量子产业": (_K.SECTOR, (), (), ()),
    "金融科技": (_K.SECTOR, (), (Code("GB/T 4754", "J69"),), ()),
    "量子技术": (_K.TECHNOLOGY, (), (), ()),
    "量子计算": (_K.TECHNOLOGY, (), (), ("量子技术",)),
    "量子通信": (_K.TECHNOLOGY, (), (), ("量子技术",)),
    "中央企业": (_K.ORGANIZATION, ("央企",), (), ("企业",)),
    "企业": (_K.ORGANIZATION, (), (), ()),
    "地方": (_K.ORGANIZATION, (), (), ()),
    "创新联合体": (_K.ORGANIZATION, (), (), ()),
    "国家发展和改革委员会": (_K.ORGANIZATION, ("国家发展改革委",), (), ()),
    "国际货币基金组织": (_K.ORGANIZATION, ("IMF",), (), ()),
    "少数国家": (_K.ORGANIZATION, (), (), ()),
    "习近平": (_K.PERSON, ("习近平总书记",), (), ()),
    "中国": (_K.PLACE, ("我国",), (), ()),
    "江苏": (_K.PLACE, (), (Code("GB/T 2260", "320000"),), ("中国",)),
    "量子计算大会": (_K.EVENT, (), (), ()),
    "未来产业发展规划": (_K.POLICY, ("规划",), (), ()),
    "“人工智能+”行动": (_K.POLICY, ("人工智能+行动",), (), ()),
    "人工智能核心产业规模": (_K.INDICATOR, (), (), ()),
    "出口额": (_K.INDICATOR, (), (), ()),
    "世界经济增速": (_K.INDICATOR, (), (), ()),
    "原始创新不多": (_K.ISSUE, (), (), ()),
    "重复建设": (_K.ISSUE, (), (), ()),
}
_EXACT_MATCH = {"江苏": ("https://www.wikidata.org/entity/Q16963",)}
_R, _M, _S = RelationKind, Modality, Strength
# article, sentence, subject (None: the article), relation, object, cue, and what else the statement says
_STATEMENTS: list[tuple[str, int, str | None, RelationKind, str, str, dict[str, object]]] = [
    (_ONE, 1, "科技创新", _R.GENERATES, "新产业", "催生", {"modality": _M.POSSIBLE}),
    (_ONE, 1, "科技创新", _R.PROMOTES, "产业升级", "推动", {"modality": _M.POSSIBLE, "confidence": 0.8}),
    (_ONE, 2, "新质生产力", _R.CHARACTERIZED_BY, "创新", "特点是", {}),
    (_ONE, 2, "新质生产力", _R.IS_A, "先进生产力", "本质是", {}),
    (
        _ONE,
        3,
        "习近平",
        _R.ADVOCATES,
        "新质生产力",
        "强调",
        {"modality": _M.REQUIRED, "strength": _S.STRONG, "action": "加快发展", "speakers": ("习近平",)},
    ),
    (_ONE, 0, None, _R.ADVOCATES, "新质生产力", "发展", {"strength": _S.STRONG, "action": "加快发展"}),
    (_ONE, 4, "量子产业", _R.FACES, "原始创新不多", "面临", {}),
    (
        _ONE,
        4,
        None,
        _R.OPPOSES,
        "重复建设",
        "防止",
        {"modality": _M.REQUIRED, "strength": _S.MANDATORY, "action": "防止"},
    ),
    (_ONE, 5, "中央企业", _R.IMPLEMENTS, "创新联合体", "牵头组建", {}),
    (_ONE, 5, "创新联合体", _R.ADDRESSES, "原始创新不多", "破解", {"confidence": 0.65}),
    (_ONE, 6, None, _R.OPPOSES, "传统产业", "忽视", {"negated": True, "action": "忽视"}),
    (_TWO, 1, "量子计算", _R.APPLIES_TO, "金融科技", "应用于", {}),
    (_TWO, 1, "量子计算", _R.REQUIRES, "基础研究", "离不开", {}),
    (_TWO, 2, "量子技术", _R.INCLUDES, "量子计算", "包括", {}),
    (_TWO, 2, "量子技术", _R.INCLUDES, "量子通信", "包括", {}),
    (_TWO, 3, "国家发展和改革委员会", _R.IMPLEMENTS, "未来产业发展规划", "印发", {}),
    (_TWO, 3, "创新链", _R.INTEGRATES_WITH, "产业链", "融合", {"modality": _M.REQUIRED}),
    (
        _TWO,
        3,
        "未来产业发展规划",
        _R.ADVOCATES,
        "创新链",
        "鼓励",
        {
            "modality": _M.REQUIRED,
            "strength": _S.ENCOURAGED,
            "action": "融合",
            "speakers": ("未来产业发展规划",),
        },
    ),
    (
        _TWO,
        5,
        "企业",
        _R.PARTICIPATES_IN,
        "量子计算大会",
        "参加",
        {"modality": _M.POSSIBLE, "speakers": ("未来产业发展规划",)},
    ),
    (
        _TWO,
        5,
        "未来产业发展规划",
        _R.ADVOCATES,
        "量子计算大会",
        "允许",
        {"modality": _M.REQUIRED, "strength": _S.PERMITTED, "action": "参加"},
    ),
    (_TWO, 7, "科技创新", _R.PROMOTES, "产业升级", "推动", {}),
    (_TWO, 8, "少数国家", _R.RELATED_TO, "企业", "制裁", {"label": "制裁"}),
    (_TWO, 8, "少数国家", _R.HINDERS, "量子产业", "制约", {}),
    (_TWO, 9, "金融科技", _R.SUPPORTS, "实体经济", "支撑", {}),
    (_TWO, 9, "金融科技", _R.AIMS_AT, "高质量发展", "为目标", {"modality": _M.PLANNED}),
    (_THREE, 1, "江苏", _R.IMPLEMENTS, "“人工智能+”行动", "深入实施", {}),
    (
        _THREE,
        1,
        None,
        _R.ADVOCATES,
        "量子计算",
        "鼓励",
        {"modality": _M.REQUIRED, "strength": _S.ENCOURAGED, "action": "应用"},
    ),
    (
        _THREE,
        3,
        None,
        _R.OPPOSES,
        "重复建设",
        "不得搞",
        {"modality": _M.REQUIRED, "strength": _S.MANDATORY, "action": "搞"},
    ),
    (_THREE, 2, "地方", _R.IMPLEMENTS, "重复建设", "搞", {"confidence": 0.7}),
    (_THREE, 3, "地方", _R.IMPLEMENTS, "重复建设", "搞", {"negated": True, "confidence": 0.4}),
]
# article, sentence, indicator, number as written, value, unit, normalised value and unit, and the rest
_NUMBERS: list[tuple[str, int, str, str, str, str, str | None, str | None, dict[str, object]]] = [
    (
        _ONE,
        7,
        "人工智能核心产业规模",
        "5787亿元",
        "5787",
        "亿元",
        "578700000000",
        "CNY",
        {"time": "2023", "place_id": mint_id("entity", "中国")},
    ),
    (_ONE, 7, "出口额", "0.5%", "-0.5", "%", "-0.005", "1", {"time": "2023", "comparison": "同比"}),
    (
        _TWO,
        4,
        "人工智能核心产业规模",
        "1万亿元左右",
        "1",
        "万亿元",
        "1000000000000",
        "CNY",
        {
            "time": "2027",
            "kind": ObservationKind.TARGET,
            "approximate": True,
            "attributed_to": mint_id("entity", "未来产业发展规划"),
        },
    ),
    (
        _TWO,
        6,
        "世界经济增速",
        "3.3%",
        "3.3",
        "%",
        None,
        None,
        {
            "time": "2025",
            "kind": ObservationKind.FORECAST,
            "attributed_to": mint_id("entity", "国际货币基金组织"),
        },
    ),
]


def sample_graph() -> KnowledgeGraph:
    """Return the graph; two calls give equal graphs."""
    sentences = {article_id: _sentences(article_id, text) for article_id, text in _TEXTS.items()}
    mentions = _mentions(sentences)
    diagnostics = _diagnostics(sentences)
    return KnowledgeGraph(
        articles=tuple(sorted((_article(i, diagnostics) for i in _TEXTS), key=lambda article: article.id)),
        sentences=MappingProxyType(dict(sorted(sentences.items()))),
        entities=tuple(
            sorted((_entity(name, mentions[name]) for name in _ENTITIES), key=lambda entity: entity.id)
        ),
        edges=_relations(sentences, mentions),
        numbers=tuple(sorted((_number(sentences, *row) for row in _NUMBERS), key=lambda number: number.id)),
        diagnostics=diagnostics,
        settings=MappingProxyType({"lexicon": "0" * 12, "rules": "1" * 12, "version": "0.1.0"}),
    )


def _text(article_id: str) -> str:
    return "\n".join("".join(paragraph) for paragraph in _TEXTS[article_id])


def _sentences(article_id: str, paragraphs: list[list[str]]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = 0
    for number, paragraph in enumerate(paragraphs):
        ends = list(accumulate(map(len, paragraph), initial=start))
        for text, begin, end in zip(paragraph, ends, ends[1:], strict=False):
            kind = SentenceKind.TITLE if number == 0 else SentenceKind.BODY
            found.append(Sentence(article_id, len(found), Span(begin, end), text, number, kind))
        start = ends[-1] + 1  # the line break
    return tuple(found)


def _article(article_id: str, diagnostics: tuple[Diagnostic, ...]) -> Article:
    authors, publisher, date, url = _META[article_id]
    title = _TEXTS[article_id][0][0]
    return Article(
        article_id,
        title,
        _text(article_id),
        authors,
        publisher,
        date,
        "/".join(article_id.split("/")[1:3]),
        url,
        body_start=len(title) + 1,
        diagnostics=tuple(d for d in diagnostics if d.article_id == article_id),
    )


def _diagnostics(sentences: dict[str, tuple[Sentence, ...]]) -> tuple[Diagnostic, ...]:
    last = sentences[_THREE][-1].span
    file = "sample/通知.txt"
    return (
        Diagnostic(
            DiagnosticCode.TRUNCATED_END,
            "the text ends inside a sentence: 可",
            file,
            _THREE,
            Span(last.end - 1, last.end),
            4,
        ),
        Diagnostic(DiagnosticCode.UNREADABLE_INPUT, "empty file", "sample/empty.txt"),
    )


def _mentions(sentences: dict[str, tuple[Sentence, ...]]) -> dict[str, tuple[Mention, ...]]:
    """Find every name and alias, the longest first, so that no two mentions overlap."""
    surfaces = {s: name for name, (_, aliases, _, _) in _ENTITIES.items() for s in (name, *aliases)}
    found: dict[str, list[Mention]] = defaultdict(list)
    for article_id in sorted(sentences):
        for sentence in sentences[article_id]:
            taken: list[Span] = []
            for surface in sorted(surfaces, key=lambda s: (-len(s), s)):
                for start in _places(surface, sentence.text):
                    span = Span(sentence.span.start + start, sentence.span.start + start + len(surface))
                    if not any(span.overlaps(other) for other in taken):
                        taken.append(span)
                        name = surfaces[surface]
                        kind = _ENTITIES[name][0]
                        found[name].append(
                            Mention(article_id, sentence.index, span, surface, name, kind, "lexicon", 0.9)
                        )
    return {name: tuple(sorted(some, key=lambda m: (m.article_id, m.span))) for name, some in found.items()}


def _places(surface: str, text: str) -> list[int]:
    return [start for start in range(len(text)) if text.startswith(surface, start)]


def _entity(name: str, mentions: tuple[Mention, ...]) -> Entity:
    kind, aliases, codes, broader = _ENTITIES[name]
    return Entity(
        mint_id("entity", name),
        name,
        kind,
        tuple(sorted(aliases)),
        codes,
        tuple(mint_id("entity", wider) for wider in broader),
        _EXACT_MATCH.get(name, ()),
        mentions,
    )


def _relations(
    sentences: dict[str, tuple[Sentence, ...]], mentions: dict[str, tuple[Mention, ...]]
) -> tuple[Relation, ...]:
    grouped: dict[tuple[str, RelationKind, str], list[Statement]] = defaultdict(list)
    for row in _STATEMENTS:
        statement = _statement(sentences, mentions, *row)
        grouped[statement.subject_id, statement.kind, statement.object_id].append(statement)
    return tuple(
        Relation(*key, tuple(sorted(some, key=lambda s: (s.article_id, s.id))))
        for key, some in sorted(grouped.items())
    )


def _statement(
    sentences: dict[str, tuple[Sentence, ...]],
    mentions: dict[str, tuple[Mention, ...]],
    article_id: str,
    index: int,
    subject: str | None,
    kind: RelationKind,
    target: str,
    cue: str,
    more: dict[str, object],
) -> Statement:
    extra = dict(more)
    speakers = extra.pop("speakers", ())
    assert isinstance(speakers, tuple)
    confidence = extra.pop("confidence", 0.9)
    assert isinstance(confidence, float)
    sentence = sentences[article_id][index]
    start = sentence.span.start + sentence.text.index(cue)
    rule = f"{kind.value}-sample"
    evidence = Evidence(
        article_id,
        index,
        cue,
        Span(start, start + len(cue)),
        _span_in(mentions[subject], article_id, index) if subject else None,
        _span_in(mentions[target], article_id, index) or sentence.span,
        rule,
        confidence,
    )
    subject_id = mint_id("entity", subject) if subject else article_id
    object_id = mint_id("entity", target)
    polarity = "-" if extra.get("negated") else "+"
    return Statement(
        mint_digest_id("statement", article_id, subject_id, kind.value, object_id, polarity),
        subject_id,
        kind,
        object_id,
        article_id,
        cue,
        rule,
        confidence,
        attributed_to=tuple(mint_id("entity", speaker) for speaker in speakers),
        evidence=(evidence,),
        **extra,  # type: ignore[arg-type]
    )


def _span_in(mentions: tuple[Mention, ...], article_id: str, index: int) -> Span | None:
    here = (m.span for m in mentions if (m.article_id, m.sentence_index) == (article_id, index))
    return next(here, None)


def _number(
    sentences: dict[str, tuple[Sentence, ...]],
    article_id: str,
    index: int,
    indicator: str,
    written: str,
    value: str,
    unit: str,
    normalized_value: str | None,
    normalized_unit: str | None,
    more: dict[str, object],
) -> Observation:
    sentence = sentences[article_id][index]
    start = sentence.span.start + sentence.text.index(written)
    return Observation(
        mint_digest_id("observation", article_id, indicator, value, unit, str(start)),
        mint_id("entity", indicator),
        Decimal(value),
        unit,
        article_id,
        index,
        Span(start, start + len(written)),
        "amount-sample",
        0.95,
        Decimal(normalized_value) if normalized_value is not None else None,
        normalized_unit,
        **more,  # type: ignore[arg-type]
    )
