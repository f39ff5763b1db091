"""A build in partitions says what a whole build says, whoever does the work and whoever is lost on it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from commands import ROOT, run_command
from kg.articles import find_sources
from kg.builds import Build, build, build_in_partitions
from kg.corrections import COLUMNS
from kg.entities import resolve_graph
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.outputs import MANIFEST
from kg.partitions import DaskEngine, Engine, LocalEngine, split_sources
from kg.rdf.descriptions import Describer
from kg.rdf.terms import Description
from kg.records import Article
from kg.store import STORE, open_store

N_FILES = 12


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of small files, among them one that is broken, and names that go through several of them."""
    folder = tmp_path_factory.mktemp("articles")
    for number in range(N_FILES):
        lines = [
            {
                "id": f"{number}-{place}",
                "title": f"第{number}篇",
                "text": f"作者：王小明\n来源：科技日报\n\n科技创新推动产业升级。量子技术{place}开辟新赛道。"
                f"2023年研发投入达到{number}.5万亿元。科技日报社指出，要补齐短板{number % 3}。",
            }
            for place in range(4)
        ]
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        (folder / f"{number:02}.jsonl").write_text(text, encoding="utf-8")
    (folder / "broken.jsonl").write_text('{"text": \n', encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _small_partitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.partitions.PARTITION_BYTES", 1_500)


def make(articles: Path, out: Path, engine: Engine, *formats: str) -> Build:
    return build_in_partitions([str(articles)], out, engine=engine, formats=formats or ("nq", "parquet"))


def content(directory: Path) -> dict[str, bytes]:
    """Return all files of a build but those of its store, whose bytes nobody promises."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and "graph.store" not in path.parts
    }


def test_parts_say_together_what_a_whole_build_says(articles: Path, tmp_path: Path) -> None:
    whole = build([str(articles)], tmp_path / "whole", formats=["trig"])
    parts = make(articles, tmp_path / "parts", LocalEngine(jobs=1), "nq", "store")
    assert len(list((tmp_path / "parts" / "quads").glob("part-*.nq.gz"))) > 4
    assert parts.summary == whole.summary
    for name in ("report.txt",):
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    loaded, stored = open_store(tmp_path / "whole"), open_store(tmp_path / "parts")
    question = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    assert set(stored.query(question).rows) == set(loaded.query(question).rows)
    assert set(map(str, stored.triples())) == set(map(str, loaded.triples()))


def test_tables_hold_what_the_figures_count(articles: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    built = make(articles, tmp_path / "out", LocalEngine(jobs=1), "parquet")
    n_rows = {
        folder.name: sum(parquet.read_table(path).num_rows for path in folder.iterdir())
        for folder in (tmp_path / "out" / "tables").iterdir()
    }
    summary = built.summary
    assert n_rows == {
        "articles": summary.n_articles,
        "entities": summary.n_entities,
        "mentions": summary.n_mentions,
        "statements": summary.n_statements,
        "observations": summary.n_observations,
    }
    assert not (tmp_path / "out" / "quads").exists()


@pytest.fixture
def folder(articles: Path, tmp_path: Path) -> Path:
    """A copy of the articles, to be changed."""
    return Path(shutil.copytree(articles, tmp_path / "articles"))


def test_an_update_in_partitions_comes_to_what_a_build_from_scratch_does(
    folder: Path, tmp_path: Path
) -> None:
    make(folder, tmp_path / "out", LocalEngine(jobs=1))
    change_an_article(folder)
    (folder / "05.jsonl").unlink()
    changes = make(folder, tmp_path / "out", LocalEngine(jobs=2)).changes
    assert (changes.n_kept, changes.n_added, changes.n_replaced, changes.n_removed) == (40, 0, 4, 4)
    make(folder, tmp_path / "scratch", LocalEngine(jobs=1))
    assert content(tmp_path / "out") == content(tmp_path / "scratch")


def change_an_article(folder: Path) -> None:
    changed = (folder / "03.jsonl").read_text(encoding="utf-8").replace("3.5万亿元", "4亿元")
    (folder / "03.jsonl").write_text(changed, encoding="utf-8")


def add_a_file(folder: Path) -> None:
    (folder / "new.txt").write_text("王小明指出，要加快发展量子技术。", encoding="utf-8")


def remove_a_file(folder: Path) -> None:
    (folder / "07.jsonl").unlink()


def mend_a_file(folder: Path) -> None:
    (folder / "broken.jsonl").write_text('{"text": "要补齐短板。"}', encoding="utf-8")


def quads(directory: Path) -> set[ox.Quad]:
    return set(ox.Store.read_only(str(directory / STORE)))


@pytest.mark.parametrize("formats", [("nq", "store"), ("store",)])
def test_changes_are_made_in_the_store_and_it_is_that_of_a_build_from_scratch(
    folder: Path, tmp_path: Path, formats: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, tmp_path / "out", LocalEngine(jobs=1), *formats)
    with monkeypatch.context() as patched:
        patched.setattr("kg.partitions.stores.MOST_REPLACED", 9)
        loaded = "kg.partitions.stores.write_store_of"
        patched.setattr(loaded, lambda *_: pytest.fail("the store was loaded anew"))
        for edit in (change_an_article, add_a_file, remove_a_file, mend_a_file):
            edit(folder)
            make(folder, tmp_path / "out", LocalEngine(jobs=1), *formats)
    make(folder, tmp_path / "scratch", LocalEngine(jobs=1), *formats)
    assert content(tmp_path / "out") == content(tmp_path / "scratch")
    assert quads(tmp_path / "out") == quads(tmp_path / "scratch")


@pytest.mark.parametrize("name", ["facts/part-*.blocks", "quads/part-*.nq.gz", "quads/names-*.nq.gz"])
def test_a_store_is_loaded_anew_where_what_it_held_is_not_known(
    folder: Path, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.partitions.stores.MOST_REPLACED", 9)
    make(folder, tmp_path / "out", LocalEngine(jobs=1), "nq", "store")
    for path in (tmp_path / "out").glob(name):
        path.write_bytes(path.read_bytes()[:-9] + b"\0" * 9)
    change_an_article(folder)
    make(folder, tmp_path / "out", LocalEngine(jobs=1), "nq", "store")
    make(folder, tmp_path / "scratch", LocalEngine(jobs=1), "nq", "store")
    assert content(tmp_path / "out") == content(tmp_path / "scratch")
    assert quads(tmp_path / "out") == quads(tmp_path / "scratch")


@pytest.fixture(scope="module")
def corrections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of every kind of correction, some of them for things in several partitions."""
    path = tmp_path_factory.mktemp("corrections") / "corrections.tsv"
    rows = [
        "wrong\tentity/科技创新\tpromotes\tentity/产业升级\t\t\t",
        "wrong\tentity/科技创新\tpromotes\tentity/短板\t\t\t",  # nobody says so
        "merge\tentity/量子技术\t\tentity/新赛道\t\t\t",
        "merge\tentity/新赛道\t\tentity/短板\t\t\t",
        "merge\tentity/补齐\t\tentity/短板\t\t\t",  # there is no such thing
        "type\tentity/科技创新\t\t\tTechnology\t\t",
        "type\tentity/科技日报\t\t\tPlace\t\t",  # and it publishes
    ]
    path.write_text("\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def correct(articles: Path, out: Path, corrections: Path, *formats: str, jobs: int = 1) -> Build:
    return build_in_partitions(
        [str(articles)], out, engine=LocalEngine(jobs=jobs), formats=formats, corrections=[corrections]
    )


def test_corrections_apply_in_partitions_as_in_a_whole_build(
    articles: Path, tmp_path: Path, corrections: Path
) -> None:
    plain = build([str(articles)], tmp_path / "plain", formats=["trig"])
    whole = build([str(articles)], tmp_path / "whole", formats=["trig"], corrections=[corrections])
    parts = correct(articles, tmp_path / "parts", corrections, "nq", "parquet", "store")
    assert parts.summary == whole.summary
    assert plain.summary.n_relations > whole.summary.n_relations
    assert plain.summary.n_entities > whole.summary.n_entities
    assert dict(whole.summary.diagnostics)["unused-correction"] == 2
    told = [(tmp_path / name / "report.txt").read_text(encoding="utf-8") for name in ("parts", "whole")]
    assert [sorted(report.splitlines()) for report in told[:1]] == [sorted(told[1].splitlines())]
    loaded, stored = open_store(tmp_path / "whole"), open_store(tmp_path / "parts")
    question = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    assert set(stored.query(question).rows) == set(loaded.query(question).rows)
    assert set(map(str, stored.triples())) == set(map(str, loaded.triples()))


def test_corrections_hold_in_an_update_in_partitions(
    folder: Path, tmp_path: Path, corrections: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.partitions.stores.MOST_REPLACED", 9)
    formats = ("nq", "parquet", "store")
    correct(folder, tmp_path / "out", corrections, *formats)
    for edit in (change_an_article, add_a_file):
        edit(folder)
        correct(folder, tmp_path / "out", corrections, *formats, jobs=2)
    correct(folder, tmp_path / "scratch", corrections, *formats)
    assert content(tmp_path / "out") == content(tmp_path / "scratch")
    assert quads(tmp_path / "out") == quads(tmp_path / "scratch")


def test_corrections_can_be_taken_back(folder: Path, tmp_path: Path, corrections: Path) -> None:
    correct(folder, tmp_path / "out", corrections, "nq", "store")
    make(folder, tmp_path / "out", LocalEngine(jobs=1), "nq", "store")
    make(folder, tmp_path / "scratch", LocalEngine(jobs=1), "nq", "store")
    assert content(tmp_path / "out") == content(tmp_path / "scratch")
    assert quads(tmp_path / "out") == quads(tmp_path / "scratch")


def test_of_a_partition_what_has_changed_alone_is_described_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.partitions.PARTITION_BYTES", 1_000_000)
    make(folder, tmp_path / "out", LocalEngine(jobs=1), "nq")
    described: list[str] = []
    describe = Describer.describe_article

    def watch(self: Describer, article: Article) -> Iterator[Description]:
        described.append(article.id)
        yield from describe(self, article)

    monkeypatch.setattr(Describer, "describe_article", watch)
    mend_a_file(folder)
    make(folder, tmp_path / "out", LocalEngine(jobs=1), "nq")
    assert described == ["article/broken.jsonl/1"]
    make(folder, tmp_path / "scratch", LocalEngine(jobs=1), "nq")
    assert content(tmp_path / "out") == content(tmp_path / "scratch")


def test_what_has_not_changed_is_not_written_again(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make(articles, tmp_path / "out", LocalEngine(jobs=1))
    before = content(tmp_path / "out")
    torn = sorted((tmp_path / "out" / "quads").glob("part-*.nq.gz"))[0]
    torn.write_text("torn", encoding="utf-8")
    damaged = sorted((tmp_path / "out" / "facts").glob("part-*.survey"))[0]
    damaged.write_bytes(b"\0" * 100)
    resolved: list[object] = []

    def resolve(*arguments: Any, **options: Any) -> KnowledgeGraph:
        resolved.append(arguments)
        return resolve_graph(*arguments, **options)

    monkeypatch.setattr("kg.partitions.tasks.resolve_graph", resolve)
    again = make(articles, tmp_path / "out", LocalEngine(jobs=1))
    assert content(tmp_path / "out") == before
    assert (again.summary, again.changes.are_none) == (whole.summary, True)
    assert len(resolved) == 1  # the one whose file was torn


def test_an_added_file_moves_no_other(articles: Path) -> None:
    sources = find_sources([str(articles)])
    before = {source.name: n for n, part in enumerate(split_sources(sources)) for source in part}
    fewer = split_sources(sources[:-1])
    assert len(fewer) == len(split_sources(sources))
    assert {source.name: n for n, part in enumerate(fewer) for source in part}.items() <= before.items()


@pytest.mark.parametrize(
    ("formats", "message"),
    [(["nq", "ttl"], "format 'ttl' needs the whole graph"), (["xlsx"], "format 'xlsx' is not known")],
)
def test_a_format_that_has_no_parts_is_refused(
    articles: Path, tmp_path: Path, formats: list[str], message: str
) -> None:
    with pytest.raises(KgError, match=message):
        make(articles, tmp_path / "out", LocalEngine(jobs=1), *formats)
    assert not (tmp_path / "out").exists()


def test_inputs_without_an_article_are_told(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"broken\.jsonl"):
        make(articles / "broken.jsonl", tmp_path / "out", LocalEngine(jobs=1))


def _die_once(mark: str) -> str:
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return mark
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


@pytest.mark.skipif(sys.platform != "linux", reason="kills a forked process")
def test_a_process_of_this_machine_that_is_lost_costs_a_retry(tmp_path: Path) -> None:
    marks = [str(tmp_path / str(number)) for number in range(3)]
    assert list(LocalEngine(jobs=2).map(_die_once, marks)) == marks


# -- on a real cluster: a scheduler and two workers, each a process of its own ---------------


def _is_written(path: Path) -> bool:
    return path.exists() and path.read_text(encoding="utf-8").rstrip().endswith("}")


class Cluster:
    """A scheduler and its workers on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def start(self) -> None:
        """Start all processes and wait for the scheduler to answer."""
        self.address_file = self.folder / "scheduler.json"
        command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        self.processes.append(self._start(*command, "--scheduler-file", self.address_file))
        self._wait_for(lambda: _is_written(self.address_file))
        self.address = json.loads(self.address_file.read_text(encoding="utf-8"))["address"]
        self.add_worker()
        self.add_worker()

    def add_worker(self) -> None:
        place = self.folder / f"worker-{len(self.workers)}"
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", place]
        self.workers.append(self._start("worker", self.address, "--host", "127.0.0.1", *options))
        self.processes.append(self.workers[-1])

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()

    def _start(self, *arguments: object) -> "subprocess.Popen[bytes]":
        with (self.folder / "log.txt").open("ab") as log:
            command = [sys.executable, "-m", "dask", *map(str, arguments)]
            return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)

    def _wait_for(self, is_done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not is_done():
            assert time.monotonic() < deadline, (self.folder / "log.txt").read_text(encoding="utf-8")
            time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()


@pytest.fixture
def dask(cluster: Cluster) -> Iterator[DaskEngine]:
    engine = DaskEngine(cluster.address)
    yield engine
    engine.close()


def test_a_worker_killed_on_the_way_costs_nothing(
    articles: Path, tmp_path: Path, cluster: Cluster, dask: DaskEngine
) -> None:
    alone = make(articles, tmp_path / "alone", LocalEngine(jobs=1), "nq", "parquet", "store")
    killed: list[int] = []

    def kill_a_worker(label: str, done: int, _total: int) -> None:
        if (label, done) == ("reading articles", 1) and not killed:
            cluster.workers[0].kill()
            killed.append(cluster.workers[0].wait())

    shared = build_in_partitions([str(articles)], tmp_path / "shared", engine=dask, on_progress=kill_a_worker)
    assert killed == [-signal.SIGKILL]
    assert (shared.summary, shared.files) == (alone.summary, alone.files)
    assert content(tmp_path / "shared") == content(tmp_path / "alone")
    triples = [set(map(str, open_store(tmp_path / name).triples())) for name in ("shared", "alone")]
    assert triples[0] == triples[1]


def test_the_command_builds_on_a_cluster(articles: Path, tmp_path: Path, cluster: Cluster) -> None:
    options = ["--engine", "dask", "--scheduler", cluster.address, "--only", "nq"]
    done = run_command("build", articles, "-o", tmp_path / "out", *options)
    assert done.returncode == 0, done.stderr
    assert "articles          48" in done.stdout
    assert (tmp_path / "out" / MANIFEST).exists()


def test_a_scheduler_that_does_not_answer_is_told(articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(KgError, match="no Dask scheduler answers there"):
        DaskEngine("tcp://127.0.0.1:9", seconds=1)
    done = run_command("build", articles, "-o", tmp_path / "out", "--engine", "dask")
    assert (done.returncode, done.stderr) == (
        2,
        "kg: --engine dask and --scheduler ADDRESS go together; give both or neither\n",
    )
