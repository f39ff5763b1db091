"""Graphs of any size for tests and measurements, made from a seed, without extraction."""

import random
from decimal import Decimal
from types import MappingProxyType

from kg.graph import KnowledgeGraph
from kg.iris import mint_digest_id, mint_id
from kg.records import (
    Article,
    Entity,
    Evidence,
    Mention,
    Observation,
    Relation,
    Sentence,
    Span,
    Statement,
)
from kg.schema import EntityKind, Modality, RelationKind, Strength

_SYLLABLES = (
    "新质产业创高端数字绿色低碳智能量子算力网络制造能源材料生态市场要素科技人才金融安全开放协同融合发展改革"
)
_KINDS = tuple(EntityKind)
_RELATIONS = tuple(RelationKind)
_PUBLISHERS = ("人民日报", "新华社", "经济日报", "光明日报")


def synthetic_graph(n_nodes: int, *, seed: int = 1, edges_per_node: int = 3) -> KnowledgeGraph:
    """Return a graph of *n_nodes* entities with some hubs and local structure."""
    dice = random.Random(seed)
    names = _names(n_nodes, dice)
    pairs = sorted(_pairs(n_nodes, n_nodes * edges_per_node, dice))
    n_articles = max(2, n_nodes // 40)
    drafts: list[list[tuple[int, int, RelationKind]]] = [[] for _ in range(n_articles)]
    for source, target in pairs:
        drafts[source * n_articles // n_nodes].append((source, target, dice.choice(_RELATIONS)))
    builder = _Builder(names, dice)
    for number, draft in enumerate(drafts):
        builder.add_article(number, draft)
    return builder.graph()


def _names(n_nodes: int, dice: random.Random) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < n_nodes:
        names["".join(dice.choice(_SYLLABLES) for _ in range(dice.choice((2, 4, 4, 5, 6, 8))))] = None
    return list(names)


def _pairs(n_nodes: int, n_pairs: int, dice: random.Random) -> set[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < min(n_pairs, n_nodes * (n_nodes - 1) // 2):
        source = dice.randrange(n_nodes)
        near = min(n_nodes - 1, max(0, source + dice.randint(-14, 14)))
        target = int(n_nodes * dice.random() ** 2.5) if dice.random() < 0.35 else near
        if source != target:
            pairs.add((source, target))
    return pairs


class _Builder:
    def __init__(self, names: list[str], dice: random.Random) -> None:
        self.names = names
        self.dice = dice
        self.articles: list[Article] = []
        self.sentences: dict[str, tuple[Sentence, ...]] = {}
        self.mentions: dict[int, list[Mention]] = {}
        self.edges: list[Relation] = []
        self.numbers: list[Observation] = []

    def add_article(self, number: int, draft: list[tuple[int, int, RelationKind]]) -> None:
        article_id = mint_id("article", f"合成文章{number:04d}")
        title = f"合成文章{number:04d}：论{self.names[draft[0][0]] if draft else '空'}"
        text, sentences = title + "\n", []
        for index, (source, target, kind) in enumerate(draft):
            start = len(text)
            one, two = self.names[source], self.names[target]
            text += f"各地区各部门要坚持以{one}推动{two}加快发展，形成合力，取得实效。"
            sentences.append(Sentence(article_id, index, Span(start, len(text)), text[start:], 1))
            first, second = start + 11, start + 11 + len(one) + 2
            for node, at in ((source, first), (target, second)):
                name = self.names[node]
                mention = Mention(
                    article_id, index, Span(at, at + len(name)), name, name, _KINDS[node % len(_KINDS)]
                )
                self.mentions.setdefault(node, []).append(mention)
            self._add_edge(article_id, index, source, target, kind, first)
        self.articles.append(
            Article(
                article_id,
                title,
                text,
                ("作者",),
                _PUBLISHERS[number % 4],
                f"{2011 + number % 16}-03-05",
                f"synthetic/{number}.txt",
                body_start=len(title) + 1,
            )
        )
        self.sentences[article_id] = tuple(sentences)

    def _add_edge(
        self, article_id: str, index: int, source: int, target: int, kind: RelationKind, at: int
    ) -> None:
        one, two = self.names[source], self.names[target]
        cue = Span(at + len(one), at + len(one) + 2)
        confidence = self.dice.choice((0.5, 0.7, 0.9))
        evidence = Evidence(
            article_id,
            index,
            "推动",
            cue,
            Span(at, at + len(one)),
            Span(cue.end, cue.end + len(two)),
            "r1",
            confidence,
        )
        calls = kind in (RelationKind.ADVOCATES, RelationKind.OPPOSES)
        ids = mint_id("entity", one), mint_id("entity", two)
        statement = Statement(
            mint_digest_id("statement", article_id, ids[0], kind, ids[1]),
            ids[0],
            kind,
            ids[1],
            article_id,
            "推动",
            "r1",
            confidence,
            self.dice.choice(tuple(Modality)),
            self.dice.choice(tuple(Strength)) if calls else None,
            action="加快发展" if calls else None,
            evidence=(evidence,),
        )
        self.edges.append(Relation(ids[0], kind, ids[1], (statement,)))

    def _add_number(self, node: int, name: str, mention: Mention, year: int) -> None:
        self.numbers.append(
            Observation(
                mint_digest_id("observation", mention.article_id, name, str(year)),
                mint_id("entity", name),
                Decimal(100 + node % 50 + year - 2010),
                "亿元",
                mention.article_id,
                mention.sentence_index,
                mention.span,
                "o1",
                0.9,
                time=str(year),
            )
        )

    def graph(self) -> KnowledgeGraph:
        entities = []
        for node, name in enumerate(self.names):
            kind = _KINDS[node % len(_KINDS)]
            mentions = tuple(self.mentions.get(node, ()))
            entities.append(Entity(mint_id("entity", name), name, kind, mentions=mentions))
            if kind is EntityKind.INDICATOR and mentions:
                for year in (2021, 2022, 2023):
                    self._add_number(node, name, mentions[0], year)
        return KnowledgeGraph(
            tuple(self.articles),
            MappingProxyType(self.sentences),
            tuple(sorted(entities, key=lambda entity: entity.id)),
            tuple(sorted(self.edges, key=lambda e: (e.subject_id, e.kind, e.object_id))),
            tuple(sorted(self.numbers, key=lambda number: number.id)),
        )
