"""Any number of processes gives the same graph, in any order, and none is left behind."""

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from kg.errors import InternalError
from kg.lexicon import Lexicon, load_lexicon
from kg.pipeline import build_graph, describe_settings, extract_articles
from kg.records import Article, Diagnostic
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


@pytest.mark.skipif(sys.platform != "linux", reason="a fork carries the change into the processes")
def test_a_process_that_dies_is_told(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_batch: object) -> None:
        __import__("os")._exit(9)

    monkeypatch.setattr("kg.pipeline._extract_batch.__code__", die.__code__)
    with pytest.raises(InternalError, match="a process died"):
        list(extract_articles(ARTICLES, lexicon=lexicon, jobs=2))


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
