"""A graph whose every text tries to become markup, script, style, a formula or a broken layout.

Titles, names, sentences, file names, verbs, units and codes hold markup, quotes, ends of elements,
line separators, right-to-left marks, emoji and a name of 5,000 characters. A page shows each as text.
``PROBE`` is what every script among them would do.
"""

from decimal import Decimal
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
from kg.schema import DiagnosticCode, EntityKind, Modality, RelationKind, Strength

PROBE = "window.__pwned=1"

NAMES = (
    f"</script><script>{PROBE}</script>",
    f"<img src=x onerror={PROBE}>",
    f'"><svg onload={PROBE}>',
    f"' onmouseover='{PROBE}",
    "<!--<script>",
    "]]><![CDATA[",
    "&lt;b&gt;&amp;#39;",
    "</title></style></textarea>",
    f"javascript:{PROBE}//",
    "line\u2028para\u2029sep",
    "\u202e反转\u2066文字\u2069\u200f",
    "👨‍👩‍👧‍👦🏳️‍🌈𠮷",
    "{{ 7*7 }}{% raw %}${1}",
    '=HYPERLINK("http://evil.example/")',
    "../../etc/passwd\\..%2f%00",
    "长" * 5000,
    "W" * 300,
    "   ",
    "constructor",
    "__proto__",
)
ALIAS = f'<a href="javascript:{PROBE}">别名</a>'


def hostile_graph() -> KnowledgeGraph:
    """Return two articles that name everything above."""
    builder = _Builder()
    for number, kind in enumerate(RelationKind):
        source, target = NAMES[number % len(NAMES)], NAMES[(number + 1) % len(NAMES)]
        builder.state(source, kind, target)
    builder.state(NAMES[-1], RelationKind.PROMOTES, NAMES[0])
    builder.state(None, RelationKind.ADVOCATES, NAMES[1])
    builder.measure(NAMES[2])
    return builder.graph()


class _Builder:
    def __init__(self) -> None:
        self.title = f"</title><script>{PROBE}</script>“题”\u2028<img src=x onerror={PROBE}>"
        self.article_id = mint_id("article", f"<b>'\"{self.title}.html")
        self.text = self.title + "\n"
        self.sentences = [Sentence(self.article_id, 0, Span(0, len(self.title)), self.title)]
        self.mentions: dict[str, list[Mention]] = {name: [] for name in NAMES}
        self.relations: list[Relation] = []
        self.numbers: list[Observation] = []

    def _sentence(self, *parts: str) -> list[Span]:
        index, start = len(self.sentences), len(self.text)
        spans = []
        for part in parts:
            spans.append(Span(len(self.text), len(self.text) + len(part)))
            self.text += part
            if part in self.mentions:
                kind = tuple(EntityKind)[NAMES.index(part) % len(EntityKind)]
                self.mentions[part].append(Mention(self.article_id, index, spans[-1], part, part, kind))
        span = Span(start, len(self.text))
        self.sentences.append(Sentence(self.article_id, index, span, span.of(self.text), index))
        self.text += "\n"
        return spans

    def state(self, subject: str | None, kind: RelationKind, target: str) -> None:
        cue = f"<i>推动</i>{PROBE}"
        spans = self._sentence("😀", subject or "要", cue, target, "。")
        subject_id = mint_id("entity", subject) if subject else self.article_id
        object_id = mint_id("entity", target)
        evidence = Evidence(
            self.article_id,
            len(self.sentences) - 1,
            cue,
            spans[2],
            spans[1] if subject else None,
            spans[3],
            "<rule>",
            0.9,
        )
        calls = kind in (RelationKind.ADVOCATES, RelationKind.OPPOSES)
        statement = Statement(
            mint_digest_id("statement", self.article_id, subject_id, kind, object_id),
            subject_id,
            kind,
            object_id,
            self.article_id,
            cue,
            "<rule>",
            0.9,
            Modality.REQUIRED,
            Strength.MANDATORY if calls else None,
            action=f"<s>{PROBE}</s>" if calls else None,
            label="<u>动</u>" if kind is RelationKind.RELATED_TO else None,
            attributed_to=(mint_id("entity", NAMES[1]),),
            evidence=(evidence,),
        )
        self.relations.append(Relation(subject_id, kind, object_id, (statement,)))

    def measure(self, indicator: str) -> None:
        for year in ("2020", "<b>去年</b>", "2022"):
            spans = self._sentence(indicator, "为", "5<i>亿</i>元", "。")
            self.numbers.append(
                Observation(
                    mint_digest_id("observation", year),
                    mint_id("entity", indicator),
                    Decimal(5),
                    "<i>亿</i>元",
                    self.article_id,
                    len(self.sentences) - 1,
                    spans[2],
                    "<rule>",
                    0.9,
                    time=year,
                    comparison="<b>同比</b>",
                    place_id=mint_id("entity", NAMES[6]),
                    attributed_to=mint_id("entity", NAMES[7]),
                )
            )

    def graph(self) -> KnowledgeGraph:
        doubt = Diagnostic(
            DiagnosticCode.REPEATED_PASSAGE,
            f"<script>{PROBE}</script>",
            "<file>.txt",
            self.article_id,
            Span(3, 9),
        )
        article = Article(
            self.article_id,
            self.title,
            self.text,
            (f"<b>{PROBE}</b>", 'O\'Neil & "Söhne"'),
            f"<h1>{PROBE}</h1>",
            "2024-01-02",
            f"<img src=x onerror={PROBE}>/'\".txt",
            f"javascript:{PROBE}",
            body_start=len(self.title) + 1,
            diagnostics=(doubt,),
        )
        entities = [
            Entity(
                mint_id("entity", name),
                name,
                tuple(EntityKind)[number % len(EntityKind)],
                (ALIAS,),
                (Code("<scheme>", '"><x>'),),
                (mint_id("entity", NAMES[0]),),
                mentions=tuple(self.mentions[name]),
            )
            for number, name in enumerate(NAMES)
        ]
        return KnowledgeGraph(
            (article,),
            MappingProxyType({self.article_id: tuple(self.sentences)}),
            tuple(sorted(entities, key=lambda entity: entity.id)),
            tuple(sorted(self.relations, key=lambda r: (r.subject_id, r.kind, r.object_id))),
            tuple(sorted(self.numbers, key=lambda number: number.id)),
            (doubt,),
            MappingProxyType({"<setting>": f"<b>{PROBE}</b>"}),
        )
