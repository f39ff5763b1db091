"""The page model as columns of plain data: what the graph page holds, packed small.

A table is a mapping from the name of a column to its values, one for each row in order. Rows refer to
each other by number, a sentence stands in the page once, however many relations it states, and what
the reader can work out is left out: the cue is a part of its sentence, most ids and spellings follow
from names. Columns of like values pack several times smaller than rows of mixed ones. Places inside a
sentence count characters (code points) from its start. ``assets/model.js`` is the reader.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kg.page.models import Node, PageModel, find_groups
from kg.page.names import to_href
from kg.page.pinyin import LONGEST, spell
from kg.records import Article, Entity, Evidence, Observation, Relation, Span, Statement
from kg.schema import Modality, Strength

Table = dict[str, Any]

_DERIVED = 0  # in a column of texts: the reader works it out
_STATEMENT = (
    *("article", "modality", "strength", "negated", "confidence"),
    *("action", "label", "speakers", "n"),
)
_EVIDENCE = (
    *("sentence", "cue", "cueLength", "subject", "subjectLength", "object", "objectLength"),
    *("text", "rule", "confidence"),
)
_SENTENCE = ("article", "index", "text")
_MODALITIES = tuple(Modality)
_STRENGTHS = tuple(Strength)


def to_page_tables(model: PageModel) -> dict[str, Any]:
    """Return what panels, search and filters of the graph page read, ready for JSON."""
    writer = _Writer(model)
    edges = writer.edges(model.edges)
    observations = [writer.observation(number) for number in model.graph.numbers]
    return {
        "leftOut": model.n_left_out,
        "articles": writer.articles(model.graph.articles),
        "nodes": writer.nodes(model.nodes),
        "groups": find_groups(model),
        "edges": edges,
        "statements": writer.statements,
        "evidence": writer.evidence,
        "observations": [row for row in observations if row is not None],
        "sentences": writer.sentences,
        "syllables": writer.syllables,
        "words": list(writer.words),
        "modalities": list(_MODALITIES),
        "strengths": list(_STRENGTHS),
    }


class _Writer:
    """Turns records into columns and gathers the sentences and words they share."""

    def __init__(self, model: PageModel) -> None:
        self.model = model
        self.graph = model.graph
        self.numbers = model.numbers
        self.article_numbers = {article.id: number for number, article in enumerate(model.graph.articles)}
        self.statements: Table = {column: [] for column in _STATEMENT}
        self.evidence: Table = {column: [] for column in _EVIDENCE}
        self.sentences: Table = {column: [] for column in _SENTENCE}
        self.words: dict[str, int] = {"": 0}
        self.syllables = _common_syllables(
            name
            for node in model.nodes
            for name in (node.name, *(node.entity.aliases if node.entity else ()))
        )
        self._known: dict[tuple[str, int], int] = {}

    def word(self, text: str | None) -> int:
        """Return the number of a text that stands in many rows."""
        return self.words.setdefault(text or "", len(self.words))

    def articles(self, articles: Sequence[Article]) -> Table:
        names = self.model.article_names
        return {
            "id": [article.id for article in articles],
            "title": [article.title or article.id.removeprefix("article/") for article in articles],
            "href": ["articles/" + to_href(names[article.id]) for article in articles],
            "publisher": [self.word(article.publisher) for article in articles],
            "date": [article.date or "" for article in articles],
        }

    def nodes(self, nodes: Sequence[Node]) -> Table:
        return {
            "name": [node.name for node in nodes],
            "id": [_DERIVED if node.id == f"entity/{node.name}" else node.id for node in nodes],
            "kind": [self.word(node.kind) for node in nodes],
            "group": [place.community for place in self.model.places],
            "mentions": [node.n_mentions for node in nodes],
            "pinyin": [self.spelling(node.name) for node in nodes],
            "in": [self.places(node.entity) for node in nodes],
            "article": _sparse(nodes, lambda node: self.article_numbers.get(node.id)),
            "aliases": _sparse(
                nodes,
                lambda node: [[alias, self.spelling(alias)] for alias in _of(node, "aliases")],
            ),
            "codes": _sparse(nodes, lambda node: [f"{c.scheme} {c.notation}" for c in _of(node, "codes")]),
            "broader": _sparse(nodes, lambda node: [self.name(b) for b in _of(node, "broader")]),
        }

    def spelling(self, name: str) -> int | str:
        """Return how a name is typed, or that each of its characters is spelled as it mostly is."""
        spelled = spell(name)
        usual = [self.syllables.get(character) for character in name[:LONGEST]]
        return _DERIVED if None not in usual and spelled == " ".join(map(str, usual)) else spelled

    def places(self, entity: Entity | None) -> list[int]:
        """Return pairs of an article with how often it mentions *entity*, in one row."""
        counts = Counter(mention.article_id for mention in entity.mentions) if entity else Counter[str]()
        ordered = sorted(counts.items(), key=lambda c: (-c[1], c[0]))
        return [value for article, n in ordered for value in (self.article_numbers[article], n)]

    def name(self, node_id: str) -> int | str:
        """Return the number of a node in the page, or its bare name where it is not there."""
        number = self.numbers.get(node_id)
        if number is not None:
            return number
        found = self.graph.find_entity(node_id)
        return found.name if found else node_id.rpartition("/")[2]

    def edges(self, edges: Sequence[Relation]) -> Table:
        for edge in edges:
            for statement in edge.statements:
                self._state(statement)
        return {
            "source": [self.numbers[edge.subject_id] for edge in edges],
            "kind": [self.word(edge.kind.value) for edge in edges],
            "target": [self.numbers[edge.object_id] for edge in edges],
            "n": [len(edge.statements) for edge in edges],
        }

    def _state(self, statement: Statement) -> None:
        row = (
            self.article_numbers[statement.article_id],
            _MODALITIES.index(statement.modality),
            -1 if statement.strength is None else _STRENGTHS.index(statement.strength),
            int(statement.negated),
            round(statement.confidence, 3),
            self.word(statement.action),
            self.word(statement.label),
            [self.name(speaker) for speaker in statement.attributed_to],
            len(statement.evidence),
        )
        _append(self.statements, _STATEMENT, row)
        for evidence in statement.evidence:
            self._cite(evidence)

    def _cite(self, evidence: Evidence) -> None:
        sentence = self.graph.sentence(evidence.article_id, evidence.sentence_index)
        spans = (evidence.cue_span, evidence.subject_span, evidence.object_span)
        places = [place for span in spans for place in _local(span, sentence.span)]
        cue = sentence.text[max(0, places[0]) :][: places[1]]
        row = (
            self.sentence(evidence.article_id, evidence.sentence_index),
            *places,
            _DERIVED if cue == evidence.cue else evidence.cue,
            self.word(evidence.rule),
            round(evidence.confidence, 3),
        )
        _append(self.evidence, _EVIDENCE, row)

    def sentence(self, article_id: str, index: int) -> int:
        key = (article_id, index)
        if key not in self._known:
            self._known[key] = len(self._known)
            text = self.graph.sentence(article_id, index).text
            _append(self.sentences, _SENTENCE, (self.article_numbers[article_id], index, text))
        return self._known[key]

    def observation(self, number: Observation) -> dict[str, Any] | None:
        if number.indicator_id not in self.numbers:
            return None
        row: dict[str, Any] = {
            "of": self.numbers[number.indicator_id],
            "value": f"{number.value:f}",
            "unit": number.unit,
            "kind": number.kind.value,
            "sentence": self.sentence(number.article_id, number.sentence_index),
        }
        if number.normalized_value is not None:
            row["base"] = float(number.normalized_value)
            row["baseUnit"] = number.normalized_unit or ""
        optional = {
            "time": number.time,
            "approximate": number.approximate or None,
            "comparison": number.comparison,
            "place": self.name(number.place_id) if number.place_id else None,
            "source": self.name(number.attributed_to) if number.attributed_to else None,
        }
        return row | {key: value for key, value in optional.items() if value is not None}


def _append(table: Table, columns: Sequence[str], row: Sequence[Any]) -> None:
    for column, value in zip(columns, row, strict=True):
        table[column].append(value)


def _of(node: Node, field: str) -> Sequence[Any]:
    return getattr(node.entity, field) if node.entity else ()


def _sparse(nodes: Sequence[Node], value: Callable[[Node], Any]) -> dict[int, Any]:
    """Return a column that few rows have: their values by number."""
    found = ((number, value(node)) for number, node in enumerate(nodes))
    return {number: cell for number, cell in found if cell not in (None, [])}


def _common_syllables(names: Iterable[str]) -> dict[str, str]:
    """Return how each character is spelled in most of *names*."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        syllables, characters = spell(name).split(), name[:LONGEST]
        if len(syllables) == len(characters):
            for character, syllable in zip(characters, syllables, strict=True):
                counts[character][syllable] += 1
    return {
        character: min(found, key=lambda syllable: (-found[syllable], syllable))
        for character, found in sorted(counts.items())
    }


def _local(span: Span | None, sentence: Span) -> tuple[int, int]:
    """Return start and length inside a sentence, ``(-1, 0)`` where the place is in another one."""
    if span is None or not sentence.contains(span):
        return (-1, 0)
    return (span.start - sentence.start, span.end - span.start)
