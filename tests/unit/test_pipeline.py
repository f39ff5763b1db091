"""Any number of processes gives the same graph, in any order, and none is left behind."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import InternalError
from kg.extraction import extract_article
from kg.lexicon import Lexicon, load_lexicon
from kg.pipeline import build_graph, describe_settings, extract_articles
from kg.records import Article, ArticleFacts, Diagnostic
from kg.schema import DiagnosticCode

TEXTS = (
    "新质生产力的特点是创新。",
    "要加快发展量子技术。",
    "科技创新催生新产业。",
    "严禁新建高耗能项目。",
    "2023年研发投入达到3.3万亿元。",
)
ARTICLES = tuple(
    Article(f"article/{number:03}", "", f"{TEXTS[number % len(TEXTS)]}第{number}篇。") for number in range(70)
)
REMEDY = "KG_TRACEBACK=1 shows where; please report it"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_facts_come_in_the_order_of_the_articles(lexicon: Lexicon) -> None:
    facts = list(extract_articles(ARTICLES, lexicon=lexicon, jobs=2))
    assert [fact.article for fact in facts] == list(ARTICLES)


@pytest.mark.parametrize("jobs", [2, 3, 100])
def test_the_number_of_processes_makes_no_difference(lexicon: Lexicon, jobs: int) -> None:
    alone = build_graph(ARTICLES, lexicon=lexicon)
    shared = build_graph(ARTICLES, lexicon=lexicon, jobs=jobs)
    assert repr(shared) == repr(alone)


def test_the_order_of_the_articles_makes_no_difference(lexicon: Lexicon) -> None:
    assert repr(build_graph(ARTICLES[::-1], lexicon=lexicon)) == repr(build_graph(ARTICLES, lexicon=lexicon))


def test_no_article_gives_an_empty_graph(lexicon: Lexicon) -> None:
    graph = build_graph([], lexicon=lexicon)
    assert (graph.articles, graph.entities, graph.edges) == ((), (), ())


def test_doubts_about_files_stay_with_the_graph(lexicon: Lexicon) -> None:
    from kg.articles import Corpus

    doubt = Diagnostic(DiagnosticCode.UNREADABLE_INPUT, "the file is empty", "void.txt")
    graph = build_graph(Corpus(ARTICLES[:1], (doubt,)), lexicon=lexicon)
    assert doubt in graph.diagnostics


def test_the_graph_names_what_it_depends_on(lexicon: Lexicon) -> None:
    assert build_graph(ARTICLES[:1], lexicon=lexicon).settings == describe_settings(lexicon)


def test_progress_is_told_article_by_article(lexicon: Lexicon) -> None:
    told: list[tuple[str, int, int]] = []
    build_graph(ARTICLES[:3], lexicon=lexicon, on_progress=lambda *what: told.append(what))
    assert told == [("reading articles", done, 3) for done in range(4)]


class Trap:
    """Reading as it is, but for one article."""

    def __init__(self, spring: Callable[[], object], *, article_id: str = "article/033") -> None:
        self._spring, self._id = spring, article_id

    def __call__(self, article: Article, *, lexicon: Lexicon) -> ArticleFacts:
        if article.id == self._id:
            self._spring()
        return extract_article(article, lexicon=lexicon)


def fail(error: Exception) -> None:
    raise error


def nest() -> None:
    nest()


@pytest.mark.skipif(sys.platform != "linux", reason="a fork carries the change into the processes")
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("spring", "told"),
    [
        (lambda: fail(ValueError("no such tag")), "reading it failed with ValueError: no such tag"),
        (lambda: fail(KeyError("甲")), "reading it failed with KeyError: '甲'"),
        (lambda: fail(MemoryError()), "reading it takes more memory than there is"),
        (nest, "it is nested too deeply to be read"),
    ],
)
def test_an_article_that_reading_fails_on_costs_itself_alone(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, jobs: int, spring: Callable[[], object], told: str
) -> None:
    whole = {fact.article.id: fact for fact in extract_articles(ARTICLES, lexicon=lexicon)}
    monkeypatch.setattr("kg.pipeline.extract_article", Trap(spring))
    found = {fact.article.id: fact for fact in extract_articles(ARTICLES, lexicon=lexicon, jobs=jobs)}
    bad = found.pop("article/033")
    del whole["article/033"]
    assert found == whole
    assert (bad.article.text, bad.claims, bad.mentions) == (ARTICLES[33].text, (), ())
    (doubt,) = bad.article.diagnostics
    assert doubt.message == f"{told}; the article has no facts in the graph; {REMEDY}"
    assert (doubt.code, doubt.article_id) == (DiagnosticCode.FAILED_ARTICLE, "article/033")


def test_who_looks_for_a_fault_gets_it_as_it_is(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.extract_article", Trap(lambda: fail(ValueError("here"))))
    monkeypatch.setenv("KG_TRACEBACK", "1")
    with pytest.raises(ValueError, match="here"):
        list(extract_articles(ARTICLES, lexicon=lexicon))


@pytest.mark.skipif(sys.platform != "linux", reason="a fork carries the change into the processes")
def test_an_article_that_its_process_dies_of_costs_itself_alone(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.pipeline.extract_article", Trap(lambda: os._exit(9)))
    found = list(extract_articles(ARTICLES, lexicon=lexicon, jobs=2))
    assert [fact.article.id for fact in found] == [article.id for article in ARTICLES]
    assert [fact.article.id for fact in found if not fact.sentences] == ["article/033"]
    assert "the process that read it died" in found[33].article.diagnostics[0].message


@pytest.mark.skipif(sys.platform != "linux", reason="a fork carries the change into the processes")
def test_a_process_killed_from_outside_costs_nothing(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def die_once() -> None:
        with suppress(FileExistsError):
            (tmp_path / "died").touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)

    whole = list(extract_articles(ARTICLES, lexicon=lexicon))
    monkeypatch.setattr("kg.pipeline.extract_article", Trap(die_once))
    assert list(extract_articles(ARTICLES, lexicon=lexicon, jobs=2)) == whole
    assert (tmp_path / "died").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a fork carries the change into the processes")
def test_processes_that_die_again_and_again_are_told(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.pipeline.extract_article", lambda *_, **__: os._exit(9))
    with pytest.raises(InternalError, match="a process died"):
        list(extract_articles(ARTICLES, lexicon=lexicon, jobs=2))


def test_articles_are_taken_as_they_are_needed(lexicon: Lexicon) -> None:
    taken = 0

    def stream() -> Iterator[Article]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield Article(f"article/{number}", "", "要加快发展量子技术。")

    facts = extract_articles(stream(), lexicon=lexicon, jobs=2)
    next(facts)
    facts.close()  # type: ignore[attr-defined]
    assert taken < 500


_READER = """
    from kg.lexicon import load_lexicon
    from kg.pipeline import extract_articles
    from kg.records import Article
    texts = ["要加强江宁新区与京冀相关地区的制度衔接、项目共建。" * 2]
    articles = [Article(f"article/{n}", "", text) for n, text in enumerate(texts)]
    print(list(extract_articles(articles, lexicon=load_lexicon())))
"""


def test_the_order_of_sets_makes_no_difference() -> None:
    """Sets of texts are walked in another order in each run of Python."""
    command = [sys.executable, "-c", textwrap.dedent(_READER)]
    told = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2", "4")
    }
    assert len(told) == 1


_PARENT = """
    import os, signal, sys
    from pathlib import Path
    from kg.lexicon import load_lexicon
    from kg.pipeline import extract_articles
    from kg.records import Article
    articles = [Article(str(n), "", "要加快发展量子技术。" * 50) for n in range(400)]
    facts = extract_articles(articles, lexicon=load_lexicon(), jobs=2)
    next(facts)
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    print(children, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="reads /proc")
def test_a_killed_parent_leaves_no_process_behind() -> None:
    command = [sys.executable, "-c", textwrap.dedent(_PARENT)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    children = done.stdout.split()
    assert len(children) == 2
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(is_running(child) for child in children):
        time.sleep(0.05)
    assert not [child for child in children if is_running(child)]


def is_running(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"  # the dead that nobody has collected yet
