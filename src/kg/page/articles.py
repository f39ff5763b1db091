"""One article as a page: its text with entities coloured, each sentence with what it states."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import rustworkx

from kg.graph import KnowledgeGraph
from kg.page.models import PageModel
from kg.page.networks import SHAPES
from kg.page.phrases import Phrase, node_href, node_name, to_phrase
from kg.page.rendering import render_page
from kg.page.scripts import read_script, read_style
from kg.records import Article, Diagnostic, Entity, Mention, Observation, Sentence, Span, Statement
from kg.schema import SentenceKind

Fact = tuple[Statement, Phrase]
_MOST_DRAWN = 16  # nodes of the small picture; more would be a smudge at its size
_WIDTH, _HEIGHT = 360, 270


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one look: inside a mention or not, doubted or not."""

    text: str
    entity: Entity | None
    doubted: bool
    notes: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, or the text between two; ``index`` is -1 for the latter."""

    index: int
    pieces: tuple[Piece, ...]
    phrases: tuple[Phrase, ...]
    numbers: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; ``tag`` is ``h1``, ``h2`` or ``div``."""

    tag: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A node of the small picture."""

    x: float
    y: float
    name: str
    kind: str
    shape: str
    href: str


class ArticlePages:
    """Writes the pages of all articles of a model; what they share is gathered once."""

    def __init__(self, model: PageModel, *, brand: str) -> None:
        self.model = model
        self.graph = model.graph
        self.brand = brand
        self.style = read_style("pages")
        self.script = read_script("pages")
        self.statements: dict[str, list[Statement]] = defaultdict(list)
        for statement in model.graph.statements():
            self.statements[statement.article_id].append(statement)
        self.numbers: dict[str, list[Observation]] = defaultdict(list)
        for number in model.graph.numbers:
            self.numbers[number.article_id].append(number)

    def drawn(self, article_id: str) -> list[str]:
        """Return the nodes that the small picture of an article shows, in the order of their placing."""
        stated = (s for s in self.statements[article_id] if s.evidence)
        return _pick_tied({(s.subject_id, s.object_id) for s in stated}, self.model.numbers)

    def to_page(self, article: Article) -> str:
        """Return the page of one article; what else than its facts it shows, ``page_keys`` knows."""
        facts = [(s, to_phrase(self.graph, s)) for s in self.statements[article.id] if s.evidence]
        dots, lines = _picture(self.graph, facts, self.drawn(article.id))
        return render_page(
            "article.html.j2",
            style=self.style,
            scripts=[self.script],
            texts=("ui.language", "ui.theme", "class", "relation", *_SAID),
            title=article.title or article.id,
            brand=self.brand,
            root="../",
            current="article",
            article=article,
            paragraphs=_paragraphs(self.graph, article, facts, self.numbers[article.id]),
            has_title=article.body_start > 0,
            byline=dict.fromkeys([*article.authors, *filter(None, [article.publisher])]),
            kinds=_kinds(self.graph, article),
            diagnostics=article.diagnostics,
            phrases=[(phrase, statement.evidence[0].sentence_index) for statement, phrase in facts],
            numbers=sorted(self.numbers[article.id], key=lambda n: (n.span, n.id)),
            dots=dots,
            lines=lines,
            size=(_WIDTH, _HEIGHT),
            graph_href="../graph.html#article=" + node_href(article.id).partition("=")[2],
            href=lambda node_id: "../" + node_href(node_id),
            name=lambda node_id: node_name(self.graph, node_id),
        )


_SAID = (
    *("modality", "strength", "calls", "rejects", "observation"),
    *("diagnostic", "page", "article", "number", "edge"),
)


def _kinds(graph: KnowledgeGraph, article: Article) -> list[str]:
    """Return the kinds of entities that the text names, the most frequent first."""
    counts = Counter(entity.kind.value for entity, _ in graph.mentions(article.id))
    return sorted(counts, key=lambda kind: (-counts[kind], kind))


def _paragraphs(
    graph: KnowledgeGraph, article: Article, facts: Sequence[Fact], numbers: Sequence[Observation]
) -> Iterator[Paragraph]:
    phrases: dict[int, dict[Phrase, None]] = defaultdict(dict)
    for statement, phrase in facts:
        for evidence in statement.evidence:
            phrases[evidence.sentence_index][phrase] = None
    figures: dict[int, list[Observation]] = defaultdict(list)
    for number in sorted(numbers, key=lambda number: (number.span, number.id)):
        figures[number.sentence_index].append(number)
    mentions = _outermost(graph.mentions(article.id))
    sentences = graph.sentences.get(article.id, ())
    start = 0
    for line in article.text.split("\n"):
        span = Span(start, start + len(line))
        start = span.end + 1
        inside = [sentence for sentence in sentences if sentence.span.overlaps(span)]
        passages = tuple(
            Passage(
                index,
                tuple(_pieces(article, part, mentions)),
                tuple(phrases.get(index, ())),
                tuple(figures.get(index, ())),
            )
            for index, part in _parts(span, inside)
        )
        if passages:
            yield Paragraph(_tag(article, span, inside), passages)


def _tag(article: Article, span: Span, inside: Sequence[Sentence]) -> str:
    if article.body_start > 0 and span.end <= article.body_start:
        return "h1"
    is_heading = span in article.heading_spans or any(s.kind is SentenceKind.HEADING for s in inside)
    return "h2" if is_heading else "div"


def _parts(span: Span, sentences: Iterable[Sentence]) -> Iterator[tuple[int, Span]]:
    """Yield the parts of a paragraph: sentences with their index, the text between with -1."""
    at = span.start
    for sentence in sentences:
        start, end = max(sentence.span.start, at), min(sentence.span.end, span.end)
        if at < start:
            yield -1, Span(at, start)
        if start < end:
            yield sentence.index, Span(start, end)
        at = max(at, end)
    if at < span.end:
        yield -1, Span(at, span.end)


def _outermost(pairs: Sequence[tuple[Entity, Mention]]) -> list[tuple[Entity, Mention]]:
    """Return mentions that do not overlap; of two that do, the one that starts first, then the longer."""
    chosen: list[tuple[Entity, Mention]] = []
    for entity, mention in sorted(pairs, key=lambda p: (p[1].span.start, -p[1].span.end, p[0].id)):
        if not chosen or chosen[-1][1].span.end <= mention.span.start:
            chosen.append((entity, mention))
    return chosen


def _pieces(article: Article, span: Span, mentions: Sequence[tuple[Entity, Mention]]) -> Iterator[Piece]:
    first = bisect_right(mentions, span.start, key=lambda pair: pair[1].span.end)
    last = bisect_left(mentions, span.end, key=lambda pair: pair[1].span.start)
    here = [(entity, mention.span) for entity, mention in mentions[first:last]]
    doubts = [d for d in article.diagnostics if d.span is not None]
    edges = {span.start, span.end}
    for cut in [*(s for _, s in here), *(d.span for d in doubts if d.span)]:
        edges.update(at for at in (cut.start, cut.end) if span.start < at < span.end)
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        entity = next((e for e, s in here if s.start <= start < s.end), None)
        doubted = any(d.span and d.span.start <= start < d.span.end for d in doubts)
        ends = {start, end} if end == len(article.text) else {start}  # a doubt may stand after the last word
        notes = tuple(d for d in doubts if d.span and d.span.start in ends)
        yield Piece(article.text[start:end], entity, doubted, notes)


def _picture(
    graph: KnowledgeGraph, facts: Sequence[Fact], shown: Sequence[str]
) -> tuple[list[Dot], list[tuple[Dot, Dot, Phrase]]]:
    """Return the nodes and lines of an article's small graph, of which *shown* are drawn."""
    local = {node: number for number, node in enumerate(shown)}
    drawn = [
        (local[s.subject_id], local[s.object_id], phrase)
        for s, phrase in facts
        if s.subject_id in local and s.object_id in local
    ]
    picture = rustworkx.PyGraph(multigraph=False)
    picture.add_nodes_from(shown)
    picture.add_edges_from([(source, target, None) for source, target, _ in drawn])
    layout = rustworkx.spring_layout(picture, seed=1, num_iter=150, k=1.2)
    points = [(float(layout[n][0]), float(layout[n][1])) for n in range(len(shown))]
    xs = _spread([x for x, _ in points], 14, _WIDTH - 14, evenly=0.4)
    ys = _spread([y for _, y in points], 14, _HEIGHT - 14, evenly=1.0)  # a row for each, its label beside it
    dots = [_dot(graph, node, x, y) for node, x, y in zip(shown, xs, ys, strict=True)]
    return dots, [(dots[source], dots[target], phrase) for source, target, phrase in drawn]


def _pick_tied(pairs: Iterable[tuple[str, str]], numbers: Mapping[str, int]) -> list[str]:
    """Return nodes that are tied to each other, the most important ties first, as many as are drawn."""
    far = len(numbers)
    ranked = [sorted((numbers.get(node, far), node) for node in pair) for pair in pairs]
    shown: dict[str, None] = {}
    for ends in sorted(ranked, key=lambda ends: ends[::-1]):
        wider = shown | dict.fromkeys(node for _, node in ends)
        if len(wider) <= _MOST_DRAWN:
            shown = wider
    return list(shown)


def _spread(values: Sequence[float], low: float, high: float, *, evenly: float) -> list[float]:
    """Return values between *low* and *high*: as they were, or by the share *evenly* at equal steps."""
    if not values:
        return []
    smallest, largest = min(values), max(values)
    order = sorted(range(len(values)), key=lambda n: (values[n], n))
    ranks = {number: rank for rank, number in enumerate(order)}
    step = max(1, len(values) - 1)
    width = largest - smallest or 1.0
    shares = [(1 - evenly) * (v - smallest) / width + evenly * ranks[n] / step for n, v in enumerate(values)]
    return [round(low + share * (high - low), 1) for share in shares]


def _dot(graph: KnowledgeGraph, node_id: str, x: float, y: float) -> Dot:
    entity = graph.find_entity(node_id)
    kind = entity.kind if entity else "Article"
    return Dot(x, y, node_name(graph, node_id), str(kind), SHAPES[kind], "../" + node_href(node_id))
