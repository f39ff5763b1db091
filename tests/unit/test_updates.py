"""A build reads only what has changed since the last, and comes to the same bytes as one from scratch."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from markupsafe import Markup

import kg.page.asking
from kg.blocks import BLOCKS, PAGES
from kg.builds import Build, build, export
from kg.caches import CACHE
from kg.corrections import COLUMNS
from kg.errors import KgError
from kg.extraction import extract_article
from kg.lexicon import Lexicon
from kg.outputs import read_manifest
from kg.page.articles import ArticlePages
from kg.page.engines import can_ask
from kg.rdf.descriptions import Describer
from kg.rdf.terms import Description
from kg.records import Article, ArticleFacts
from kg.store import STORE, open_store

TAB = "\t"
TEXTS = {
    "a.txt": "新质生产力的特点是创新。要加快发展量子技术。各地推动海岛垦荒。",
    "b.md": "---\nauthor: 顾长风\n---\n科技创新催生新产业。2023年研发投入达到3.3万亿元。",
    "news.jsonl": "\n".join(
        json.dumps(
            {"id": str(number), "title": f"第{number}篇", "text": f"科技创新推动产业{number}升级。"},
            ensure_ascii=False,
        )
        for number in range(5)
    ),
    "void.txt": "",
}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the articles that extraction has read."""
    ids: list[str] = []

    def extract(article: Article, *, lexicon: Lexicon) -> ArticleFacts:
        ids.append(article.id)
        return extract_article(article, lexicon=lexicon)

    monkeypatch.setattr("kg.pipeline.extract_article", extract)
    return ids


ALL = ("ttl", "trig", "graphml", "gexf", "jsonld", "csv", "html", "store")


def make(
    articles: Path,
    name: str = "out",
    *,
    jobs: int = 1,
    use_cache: bool = True,
    formats: Sequence[str] = ("trig",),
    corrections: Sequence[Path] = (),
) -> Build:
    out = articles.parent / name
    return build(
        [str(articles)], out, formats=formats, jobs=jobs, use_cache=use_cache, corrections=corrections
    )


def content(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and STORE not in path.parts
    }


def quads(directory: Path) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(directory / STORE)))


def counts(built: Build) -> tuple[int, int, int, int]:
    changes = built.changes
    return changes.n_kept, changes.n_added, changes.n_replaced, changes.n_removed


def add_a_file(folder: Path) -> None:
    (folder / "aa.txt").write_text("要坚持创新驱动发展。", encoding="utf-8")


def add_a_line(folder: Path) -> None:
    with (folder / "news.jsonl").open("a", encoding="utf-8") as file:
        file.write('\n{"id": "z", "title": "新", "text": "绿色转型推动能源革命。"}')


def change_a_line(folder: Path) -> None:
    path = folder / "news.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("产业3", "农业"), encoding="utf-8")


def break_a_line(folder: Path) -> None:
    path = folder / "news.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('{"id": "3"', '{"id": '), encoding="utf-8")


def fill_the_void(folder: Path) -> None:
    (folder / "void.txt").write_text("要补齐短板。", encoding="utf-8")


def name_the_author(folder: Path) -> None:
    """Let another article speak of who wrote b.md: he becomes an entity."""
    (folder / "c.txt").write_text("科学技术部部长顾长风表示，要加快发展量子技术。", encoding="utf-8")


def make_an_issue_of_a_concept(folder: Path) -> None:
    """Let another article solve what a.txt only names: it is an Issue now, on the page of a.txt too."""
    (folder / "d.txt").write_text("科技创新解决海岛垦荒。", encoding="utf-8")


EDITS = [
    (lambda _: None, (7, 0, 0, 0)),
    (add_a_file, (7, 1, 0, 0)),
    (add_a_line, (7, 1, 0, 0)),
    (change_a_line, (6, 0, 1, 0)),
    (break_a_line, (6, 0, 0, 1)),
    (fill_the_void, (7, 1, 0, 0)),
    (lambda folder: (folder / "a.txt").unlink(), (6, 0, 0, 1)),
    (lambda folder: (folder / "a.txt").rename(folder / "z.txt"), (6, 1, 0, 1)),
    (lambda folder: (folder / "a.txt").write_text("要监管。", encoding="utf-8"), (6, 0, 1, 0)),
    (name_the_author, (7, 1, 0, 0)),
    (make_an_issue_of_a_concept, (7, 1, 0, 0)),
]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("edit", "expected"), EDITS)
def test_an_update_comes_to_what_a_build_from_scratch_does(
    articles: Path, edit: Callable[[Path], object], expected: tuple[int, int, int, int], jobs: int
) -> None:
    assert counts(make(articles)) == (0, 7, 0, 0)
    edit(articles)
    assert counts(make(articles, jobs=jobs)) == expected
    make(articles, "scratch")
    assert content(articles.parent / "out") == content(articles.parent / "scratch")


@pytest.mark.parametrize(("edit", "expected"), EDITS)
def test_every_format_of_an_update_is_that_of_a_build_from_scratch(
    articles: Path,
    edit: Callable[[Path], object],
    expected: tuple[int, int, int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kg.store.MOST_REPLACED", 9)  # so few articles would be loaded anew
    make(articles, formats=ALL)
    edit(articles)
    assert counts(make(articles, formats=ALL)) == expected
    make(articles, "scratch", formats=ALL)
    assert content(articles.parent / "out") == content(articles.parent / "scratch")
    assert quads(articles.parent / "out") == quads(articles.parent / "scratch")


SERIES = (
    add_a_file,
    add_a_line,
    change_a_line,
    name_the_author,
    fill_the_void,
    make_an_issue_of_a_concept,
    break_a_line,
)


def test_one_update_after_another_comes_to_a_build_from_scratch(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(articles, formats=ALL)
    with monkeypatch.context() as patched:
        patched.setattr("kg.store.MOST_REPLACED", 9)
        patched.setattr("kg.store.write_store", lambda *_, **__: pytest.fail("the store was loaded anew"))
        for edit in SERIES:
            edit(articles)
            make(articles, formats=ALL)
    make(articles, "scratch", formats=ALL)
    assert content(articles.parent / "out") == content(articles.parent / "scratch")
    assert quads(articles.parent / "out") == quads(articles.parent / "scratch")


@pytest.mark.parametrize("edit", SERIES)
def test_corrections_hold_in_an_update_as_from_scratch(
    articles: Path, edit: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.MOST_REPLACED", 9)
    rows = (
        "merge\tentity/产业2升级\t\tentity/产业1升级\t\t\t",
        "merge\tentity/创新驱动发展\t\tentity/创新\t\t\t",  # names something once a file is added
        "type\tentity/量子技术\t\t\tConcept\t\t",
    )
    path = articles.parent / "corrections.tsv"
    path.write_text("\n".join([TAB.join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    make(articles, formats=ALL, corrections=[path])
    edit(articles)
    make(articles, formats=ALL, corrections=[path])
    make(articles, "scratch", formats=ALL, corrections=[path])
    assert content(articles.parent / "out") == content(articles.parent / "scratch")
    assert quads(articles.parent / "out") == quads(articles.parent / "scratch")


def test_what_articles_say_is_written_again_for_those_alone_that_have_changed(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described: list[str] = []
    describe = Describer.describe_article

    def watch(self: Describer, article: Article) -> Iterator[Description]:
        described.append(article.id)
        yield from describe(self, article)

    monkeypatch.setattr(Describer, "describe_article", watch)
    make(articles, formats=["ttl", "trig", "jsonld"])
    assert len(described) == 7 * 3
    described.clear()
    change_a_line(articles)
    make(articles, formats=["ttl", "trig", "jsonld"])
    assert described == ["article/news.jsonl/3"] * 3
    described.clear()
    name_the_author(articles)
    make(articles, formats=["trig"])
    assert described == ["article/b.md", "article/c.txt"]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the articles whose pages are made."""
    ids: list[str] = []
    to_page = ArticlePages.to_page

    def watch(self: ArticlePages, article: Article) -> str:
        ids.append(article.id)
        return to_page(self, article)

    monkeypatch.setattr(ArticlePages, "to_page", watch)
    return ids


def test_pages_are_made_again_for_those_articles_alone_whose_page_shows_something_else(
    articles: Path, shown: list[str]
) -> None:
    make(articles, formats=["html"])
    assert len(shown) == 7
    for edit, ids in (
        (add_a_file, ["article/aa.txt"]),
        (change_a_line, ["article/news.jsonl/3"]),
        (break_a_line, []),
        (make_an_issue_of_a_concept, ["article/a.txt", "article/d.txt"]),
    ):
        shown.clear()
        edit(articles)
        make(articles, formats=["html"])
        assert shown == ids, edit
    shown.clear()
    make(articles, formats=["html"], use_cache=False)
    assert len(shown) == 8


@pytest.mark.skipif(not can_ask(), reason="the query engine did not come with this installation")
def test_shares_of_the_asking_page_are_packed_again_for_those_articles_alone_that_have_changed(
    articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[str] = []
    pack = kg.page.asking._packed

    def watch(text: str) -> Markup:
        packed.append(text)
        return pack(text)

    monkeypatch.setattr("kg.page.asking._packed", watch)
    monkeypatch.setattr("kg.page.asking._GROUP", 1)  # each article is a share
    make(articles, formats=["html"])
    assert len(packed) == 1 + 2 * 7
    packed.clear()
    change_a_line(articles)
    make(articles, formats=["html"])
    assert len(packed) == 1 + 2
    assert all("news.jsonl/3" in text for text in packed[1:])  # the first is what all have in common


def test_other_libraries_or_an_export_make_all_pages_again(
    articles: Path, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(articles, formats=["html"])
    export(articles.parent / "out", ["html"], articles.parent / "out")
    assert len(shown) == 14
    assert not (articles.parent / "out" / PAGES).exists()
    make(articles, formats=["html"], use_cache=False)
    shown.clear()
    monkeypatch.setattr("kg.page.version", lambda name: f"another {name}")
    add_a_file(articles)
    make(articles, formats=["html"])
    assert len(shown) == 8


@pytest.mark.parametrize(
    "name", ["graph.trig", "graph.ttl", BLOCKS, PAGES, f"{STORE}/CURRENT", "articles/a.txt.html", "ask.html"]
)
def test_what_was_damaged_is_not_taken_over(
    articles: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.MOST_REPLACED", 9)
    make(articles, formats=ALL)
    path = articles.parent / "out" / name
    path.write_bytes(path.read_bytes().replace(b"a", b"b").replace(b"0", b"1"))
    add_a_file(articles)
    make(articles, formats=ALL)
    make(articles, "scratch", formats=ALL)
    assert content(articles.parent / "out") == content(articles.parent / "scratch")
    assert quads(articles.parent / "out") == quads(articles.parent / "scratch")


def test_only_what_has_changed_is_read(articles: Path, read: list[str]) -> None:
    make(articles)
    read.clear()
    change_a_line(articles)
    add_a_file(articles)
    make(articles)
    assert read == ["article/aa.txt", "article/news.jsonl/3"]


def test_without_the_cache_everything_is_read(articles: Path, read: list[str]) -> None:
    make(articles)
    read.clear()
    assert counts(make(articles, use_cache=False)) == (0, 7, 0, 0)
    assert len(read) == 7


def test_another_lexicon_reads_everything_again(articles: Path) -> None:
    make(articles)
    words = articles.parent / "own.tsv"
    header = "name\tkind\taliases\tscheme\tnotation\tbroader\texact_match\tnote"
    words.write_text(f"{header}\n量子技术革命\tTechnology{6 * TAB}\n", encoding="utf-8")
    built = build([str(articles)], articles.parent / "out", lexicons=[words], formats=["trig"])
    assert counts(built) == (0, 0, 7, 0)
    assert built.changes.remark == "lexicon changed since the last build; everything is read again"


@pytest.mark.parametrize("code", ["0" * 64])
def test_other_code_reads_everything_again(
    articles: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    make(articles)
    monkeypatch.setattr("kg.updates.digest_code", lambda: code)
    assert make(articles).changes.remark.startswith("code changed")


def damage_at(place: float) -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        at = int(len(data) * place)
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        *map(damage_at, (0.0, 0.2, 0.5, 0.9, 0.999)),
        lambda data: data[: len(data) // 2],
        lambda _: b"",
        lambda _: b"kg facts 1\n",
        lambda data: data + b"\n",
    ],
)
def test_a_damaged_cache_is_told_and_does_no_harm(articles: Path, damage: Callable[[bytes], bytes]) -> None:
    make(articles)
    whole = content(articles.parent / "out")
    path = articles.parent / "out" / CACHE
    path.write_bytes(damage(path.read_bytes()))
    built = make(articles)
    assert (built.changes.n_kept, built.changes.n_added) == (0, 7)
    assert str(path) in built.changes.remark
    assert "everything is read again" in built.changes.remark
    assert content(articles.parent / "out") == whole


def test_a_failure_is_not_kept(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article, *, lexicon: Lexicon) -> ArticleFacts:
        if article.id == "article/news.jsonl/2":
            raise MemoryError
        return extract_article(article, lexicon=lexicon)

    with monkeypatch.context() as patched:
        patched.setattr("kg.pipeline.extract_article", fail)
        assert "failed-article" in dict(make(articles).summary.diagnostics)
    built = make(articles)
    assert counts(built) == (6, 0, 1, 0)
    assert "failed-article" not in dict(built.summary.diagnostics)


def test_a_build_of_nothing_new_mends_what_was_damaged(articles: Path) -> None:
    first = make(articles)
    whole = content(articles.parent / "out")
    (articles.parent / "out" / "graph.trig").write_text("torn", encoding="utf-8")
    again = make(articles)
    assert content(articles.parent / "out") == whole
    assert (again.summary, again.diagnostics, again.files) == (first.summary, first.diagnostics, first.files)


def test_a_build_of_nothing_new_writes_the_formats_that_are_asked_for(articles: Path) -> None:
    make(articles)
    built = build([str(articles)], articles.parent / "out", formats=["ttl"])
    assert (counts(built)[0], built.changes.are_none) == (7, True)
    assert {"graph.ttl"} == {name for name in built.files if name.startswith("graph.")}


def test_what_is_said_of_nothing_new_is_the_same(articles: Path) -> None:
    first, again = make(articles), make(articles)
    assert (again.summary, again.diagnostics, again.files) == (first.summary, first.diagnostics, first.files)


def test_inputs_that_hold_nothing_leave_the_last_build(articles: Path) -> None:
    make(articles)
    whole = content(articles.parent / "out")
    shutil.rmtree(articles)
    articles.mkdir()
    (articles / "void.txt").touch()
    with pytest.raises(KgError, match=r"void\.txt: the file is empty"):
        make(articles)
    assert content(articles.parent / "out") == whole


def test_a_store_is_written_where_it_is_asked_for_and_is_replaced(articles: Path) -> None:
    out = articles.parent / "out"
    build([str(articles)], out, formats=["store"])
    n_before = len(open_store(out))
    add_a_file(articles)
    built = build([str(articles)], out, formats=["store"])
    assert counts(built) == (7, 1, 0, 0)
    assert n_before < len(open_store(out))
    assert not [name for name in built.files if name.startswith("graph.")]
    assert read_manifest(out).derived == (CACHE, STORE)  # type: ignore[union-attr]


def test_a_small_graph_has_no_store_unless_it_is_asked_for(articles: Path, tmp_path: Path) -> None:
    build([str(articles)], tmp_path / "out")
    assert (tmp_path / "out" / "graph.trig").exists()
    assert not (tmp_path / "out" / STORE).exists()


def test_a_graph_of_some_size_has_a_store(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.builds._MIN_STORED", 3)
    build([str(articles)], tmp_path / "out")
    assert len(open_store(tmp_path / "out" / STORE)) == len(open_store(tmp_path / "out" / "graph.trig"))
