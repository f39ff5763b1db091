"""Pages that show the graph: static files that open with a double click and fetch nothing.

``index.html`` is the way in, ``graph.html`` the whole graph, ``views.html`` three prepared questions,
``ask.html`` a box for any question, ``articles/`` one page for each article. Every text of an article,
a file name or a lexicon is data: it is escaped by the template, or stands in a block of data and becomes
text nodes. A Content-Security-Policy in each page allows its own scripts, by digest, and no network.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

from kg.blocks import PAGES, BlockWriter
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.page.articles import ArticlePages
from kg.page.asking import ask_keys, ask_parts
from kg.page.engines import can_ask
from kg.page.keys import page_keys
from kg.page.licences import vis_licence
from kg.page.models import PageModel, find_page_model
from kg.page.networks import network_tables, read_vis_script, to_pyvis
from kg.page.overviews import to_index_page, to_views_page
from kg.page.rendering import render_page, to_packed_block
from kg.page.scripts import read_script, read_style
from kg.page.tables import to_page_tables
from kg.page.texts import load_texts
from kg.records import Article

MAX_NODES = 10_000  # beyond this a browser no longer pans smoothly
_LIBRARIES = ("jinja2", "rustworkx")  # what fills templates and places the nodes of small pictures


def write_html(
    graph: KnowledgeGraph,
    directory: Path,
    *,
    title: str | None = None,
    exports: Sequence[str] = (),
    max_nodes: int = MAX_NODES,
    base: str = DEFAULT_BASE,
) -> tuple[Path, ...]:
    """Write all pages of *graph* and return their paths, ``index.html`` first.

    The same graph gives the same bytes.

    Args:
        graph: What to show.
        directory: Where to; it is made if it is missing.
        title: The title of the pages.
        exports: Names of files in *directory* that the index links to.
        max_nodes: How many nodes the graph page holds, the most important first; it says how many
            it leaves out.
        base: What the IRIs in ``ask.html`` begin with; that page is there if its query engine is.

    Raises:
        KgError: The pages cannot be written there.
    """
    with BlockWriter(directory, keys={}, request="") as files:
        return write_pages(graph, files, title=title, exports=exports, max_nodes=max_nodes, base=base)


def write_pages(
    graph: KnowledgeGraph,
    files: BlockWriter,
    *,
    title: str | None = None,
    exports: Sequence[str] = (),
    max_nodes: int = MAX_NODES,
    base: str = DEFAULT_BASE,
) -> tuple[Path, ...]:
    """Do what :func:`write_html` does where *files* are written, whose keys tell articles by their facts.

    Pages of the last build that show what they would show now stay; an index of their own tells them.

    Raises:
        KgError: The pages cannot be written there.
    """
    directory = files.written.folder
    title = title or load_texts()["page.title"][0]
    model = find_page_model(graph, max_nodes=max_nodes)
    pages = ArticlePages(model, brand=title)
    kept = BlockWriter(
        directory,
        keys=page_keys(pages, files.keys) | ask_keys(graph, files.keys),
        request="\n".join([files.request, title, *(f"{name} {version(name)}" for name in _LIBRARIES)]),
        last=files.last.folder if files.last else None,
        index=PAGES,
    )
    try:
        (directory / "articles").mkdir(parents=True, exist_ok=True)
        with kept:
            written = [*_write_overviews(model, directory, title, exports)]
            if can_ask():
                kept.write("ask.html", ask_parts(model, title=title, base=base))
                written.append(directory / "ask.html")
            return (*written, *_write_articles(pages, kept))
    except OSError as error:
        place = error.filename or directory
        raise KgError(f"{place}: cannot write the page ({error.strerror}); choose another folder") from error


def _write_overviews(model: PageModel, directory: Path, title: str, exports: Sequence[str]) -> Iterator[Path]:
    """Write what shows the whole of the graph at once."""
    for name, page in _overviews(model, title, exports):
        (directory / name).write_bytes(_encode(page))
        yield directory / name


def _overviews(model: PageModel, title: str, exports: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield "index.html", to_index_page(model, title=title, exports=exports)
    yield "graph.html", to_graph_page(model, title=title)
    yield "views.html", to_views_page(model, title=title)


def _write_articles(pages: ArticlePages, kept: BlockWriter) -> Iterator[Path]:
    for article in pages.graph.articles:
        name = f"articles/{pages.model.article_names[article.id]}"
        yield kept.write_whole("articles", article.id, name, partial(_to_page, pages, article))


def _to_page(pages: ArticlePages, article: Article) -> bytes:
    return _encode(pages.to_page(article))


def _encode(page: str) -> bytes:
    return page.encode(
        "utf-8", "replace"
    )  # a lone surrogate, which decoding with errors can leave, has no UTF-8


def to_graph_page(model: PageModel, *, title: str) -> str:
    """Return ``graph.html``: pyvis's network in our own page."""
    tables = {"network": network_tables(to_pyvis(model)), **to_page_tables(model)}
    text = json.dumps(tables, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return render_page(
        "graph.html.j2",
        style=read_style("graph"),
        scripts=[read_vis_script(), read_script("main")],
        title=title,
        brand=title,
        root="",
        current="graph",
        licences=[vis_licence()],
        data=to_packed_block(text.encode("utf-8", "replace")),
    )
