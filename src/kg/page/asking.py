"""The page that answers SPARQL without a server: ``ask.html`` holds the graph and a whole query engine.

The graph comes in shares, each a Turtle document of its own, packed: what the corpus has in common, then of
groups of articles all but their mentions, then their mentions. Mentions take as long to load as all the rest,
and few questions need them: the others are answered before they are there.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from markupsafe import Markup

from kg.blocks import Part, digest_block
from kg.graph import KnowledgeGraph
from kg.page.engines import read_engine
from kg.page.licences import engine_licence
from kg.page.models import PageModel
from kg.page.rendering import render_page, to_json_block, to_packed_block
from kg.page.scripts import read_script, read_style
from kg.rdf import prefixes
from kg.rdf.descriptions import Describer
from kg.rdf.turtle import TurtleWriter
from kg.records import Article
from kg.store import Parameter, Question, named_questions

_LEVEL = 6  # of gzip: level 9 takes three times as long for a page two per cent smaller
_PART = 1_000_000  # characters of Turtle loaded in one go: a tenth of a second, then the page hears of it
_GROUP = 16  # articles in a share, on the average: some 0.6 million characters
_GRAPH, _MENTIONS = (
    '<script type="text/plain" id="kg-graph">\n',
    '<script type="text/plain" id="kg-mentions">\n',
)
_LATE_RE = re.compile(r"\bkg:(?:Mention|refersTo)\b")


def to_ask_page(model: PageModel, *, title: str, base: str) -> str:
    """Return ``ask.html``; the engine must be there."""
    return "".join(chain.from_iterable(texts for _, texts in ask_parts(model, title=title, base=base)))


def ask_parts(model: PageModel, *, title: str, base: str) -> Iterator[Part]:
    """Yield ``ask.html`` as parts; a share of articles bears the name that ``ask_keys`` gives it."""
    head, before, tail = _frame(title, base)
    graph = model.graph
    describer = Describer(graph, base)
    groups = group_articles(graph)
    yield None, iter([head])
    yield None, (f"{_packed(text)}\n" for text in _corpus_shares(describer, base))
    for name, articles in groups.items():
        yield f"graph {name}", _share(describer, articles, base, are_mentions=False)
    yield None, iter([before])
    for name, articles in groups.items():
        yield f"mentions {name}", _share(describer, articles, base, are_mentions=True)
    yield None, iter([tail])


def ask_keys(graph: KnowledgeGraph, facts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the key of each share, given what tells an article's *facts*; none of no facts."""
    if not facts:
        return {}
    groups = group_articles(graph).items()
    keys = {name: digest_block(*(facts[article.id] for article in articles)) for name, articles in groups}
    return {f"{sort} {name}": key for name, key in keys.items() for sort in ("graph", "mentions")}


def group_articles(graph: KnowledgeGraph) -> dict[str, list[Article]]:
    """Return the articles in groups, each under the id of its first.

    Where a group begins, the id of the article alone tells: one article more changes one group, or two.
    """
    groups: dict[str, list[Article]] = {}
    name = ""
    for article in graph.articles:
        if not name or hashlib.sha256(article.id.encode()).digest()[0] % _GROUP == 0:
            name = article.id
        groups.setdefault(name, []).append(article)
    return groups


def is_early(question: Question) -> bool:
    """Tell whether a question is answered by the graph without its mentions."""
    return not _LATE_RE.search(question.text)


def _frame(title: str, base: str) -> tuple[str, str, str]:
    """Return the page without the graph: what stands before it, before the mentions, and after them."""
    page = render_page(
        "ask.html.j2",
        style=read_style("ask"),
        scripts=[read_engine().script, read_script("engine"), read_script("ask")],
        compiles=True,
        texts=("ask", "page", "ui"),
        title=title,
        brand=title,
        root="",
        current="ask",
        licences=[engine_licence()],
        engine=_packed_engine(),
        data=to_json_block({"base": base, "prefixes": prefixes(base), "questions": _questions()}),
    )
    # what is escaped holds no mark of an element, so these stand in the page once
    head, graph, rest = page.encode("utf-8", "replace").decode().partition(_GRAPH)
    middle, mentions, tail = rest.partition(_MENTIONS)
    return head + graph, middle + mentions, tail


def _questions() -> list[dict[str, object]]:
    return [
        {
            "name": question.name,
            "zh": question.zh,
            "en": question.en,
            "text": question.text,
            "params": _parameters(question.parameters),
            "early": is_early(question),
        }
        for question in named_questions().values()
    ]


def _parameters(parameters: Sequence[Parameter]) -> list[dict[str, str]]:
    return [{"name": p.name, "variable": p.variable, "example": p.example} for p in parameters]


def _corpus_shares(describer: Describer, base: str) -> Iterator[str]:
    """Yield what belongs to no single article, in documents of bounded size."""
    writer = TurtleWriter(prefixes(base))
    part, size = [writer.header()], 0
    for text in writer.write(chain(describer.describe_corpus(), describer.describe_relations())):
        part.append(text)
        size += len(text)
        if size > _PART:
            yield "".join(part)
            part, size = [writer.header()], 0
    yield "".join(part)


def _share(
    describer: Describer, articles: Iterable[Article], base: str, *, are_mentions: bool
) -> Iterator[str]:
    writer = TurtleWriter(prefixes(base))
    describe = describer.describe_mentions if are_mentions else describer.describe_contents
    texts = chain.from_iterable(writer.write(describe(article)) for article in articles)
    yield f"{_packed(''.join([writer.header(), *texts]))}\n"


def _packed(text: str) -> Markup:
    return to_packed_block(text.encode("utf-8", "replace"), level=_LEVEL)


@cache
def _packed_engine() -> Markup:
    return to_packed_block(read_engine().code, level=_LEVEL)
