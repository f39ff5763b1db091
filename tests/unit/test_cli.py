"""The real command: what it prints, what it refuses, how it ends."""

import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commands import ROOT, Run
from kg import cli

TEXT = "新质生产力的特点是创新。要加快发展新质生产力。\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "a.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def assert_refused(done: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """One clear line on standard error, nothing on standard output, exit status 2."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


HEAVY = ("jieba", "rjieba", "rdflib", "pyoxigraph", "networkx", "pyvis", "numpy", "trafilatura", "pyshacl")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["build", "--help"], ["completion", "bash"]]
)
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    script = (
        "import sys; from kg.cli import run; status = run(sys.argv[1:]); "
        "print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    assert not set(done.stderr.split()) & set(HEAVY)


def test_the_version_is_that_of_the_package(run_kg: Run) -> None:
    import kg

    assert run_kg("--version").stdout == f"kg {kg.__version__}\n"


def test_the_command_alone_shows_its_help(run_kg: Run) -> None:
    done = run_kg()
    assert done.returncode == 0
    assert "kg build corpus/" in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_gets_a_completion_script(run_kg: Run, shell: str) -> None:
    done = run_kg("completion", shell)
    assert done.returncode == 0
    assert "_KG_COMPLETE" in done.stdout


def test_a_build_says_what_it_found_and_what_to_open(run_kg: Run, article: Path, tmp_path: Path) -> None:
    done = run_kg("build", article.parent, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for label in ("articles", "entities", "relations", "observations", "coverage", "diagnostics"):
        assert any(line.startswith(label) for line in done.stdout.splitlines()), done.stdout
    assert f"Open {tmp_path / 'out' / 'index.html'}" in done.stdout
    assert "\r" not in done.stderr  # no progress bar: this is no terminal


def test_a_quiet_build_prints_nothing(run_kg: Run, article: Path, tmp_path: Path) -> None:
    done = run_kg("build", article, "-o", tmp_path / "out", "-q", "--only", "ttl")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_stats_show_the_figures_of_the_build_again(run_kg: Run, article: Path, tmp_path: Path) -> None:
    built = run_kg("build", article, "-o", tmp_path / "out", "--only", "ttl")
    shown = run_kg("stats", tmp_path / "out")
    assert shown.returncode == 0
    assert shown.stdout.strip() == built.stdout.split("\nchanges ")[0].strip()


def test_only_the_formats_asked_for_are_written(run_kg: Run, article: Path, tmp_path: Path) -> None:
    run_kg("build", article, "-o", tmp_path / "out", "--only", "ttl,trig")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    always = {"archive.jsonl", "blocks.index", "build.json", "facts.cache", "report.txt"}
    assert names == {*always, "graph.trig", "graph.ttl"}


def test_standard_input_is_an_article(run_kg: Run, tmp_path: Path) -> None:
    done = run_kg("build", "-", "-o", tmp_path / "out", "--only", "ttl", stdin=TEXT.encode("gb18030"))
    assert done.returncode == 0, done.stderr
    assert "新质生产力" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")


class TestBadInput:
    """What cannot be done is told in one line, and nothing is left behind."""

    @pytest.fixture
    def out(self, tmp_path: Path) -> Path:
        return tmp_path / "out"

    def test_a_missing_path(self, run_kg: Run, out: Path) -> None:
        assert_refused(run_kg("build", "no/such/path", "-o", out), "no/such/path")
        assert not out.exists()

    def test_an_empty_folder(self, run_kg: Run, out: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert_refused(run_kg("build", tmp_path / "empty", "-o", out), "empty")

    def test_an_empty_file(self, run_kg: Run, out: Path, tmp_path: Path) -> None:
        (tmp_path / "void.txt").touch()
        assert_refused(run_kg("build", tmp_path / "void.txt", "-o", out), "void.txt")

    def test_a_binary_file(self, run_kg: Run, out: Path, tmp_path: Path) -> None:
        (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 64)
        assert_refused(run_kg("build", tmp_path / "picture.txt", "-o", out), "picture.txt")

    def test_an_unreadable_file(self, run_kg: Run, out: Path, tmp_path: Path) -> None:
        (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
        assert_refused(run_kg("build", tmp_path / "gone.txt", "-o", out), "gone.txt")

    def test_only_broken_lines(self, run_kg: Run, out: Path, tmp_path: Path) -> None:
        (tmp_path / "lines.jsonl").write_text("{\n", encoding="utf-8")
        assert_refused(run_kg("build", tmp_path / "lines.jsonl", "-o", out), "lines.jsonl")

    def test_an_unknown_type_in_a_lexicon(
        self, run_kg: Run, out: Path, article: Path, tmp_path: Path
    ) -> None:
        header = "name\tkind\taliases\tscheme\tnotation\tbroader\texact_match\tnote\n"
        (tmp_path / "terms.tsv").write_text(header + "某局\tOrgn\t\t\t\t\t\t\n", encoding="utf-8")
        done = run_kg("build", article, "-o", out, "--lexicon", tmp_path / "terms.tsv")
        assert_refused(done, "terms.tsv:2", "Orgn", "Organization")

    def test_a_missing_lexicon(self, run_kg: Run, out: Path, article: Path) -> None:
        assert_refused(run_kg("build", article, "-o", out, "--lexicon", "none.tsv"), "none.tsv")

    def test_an_output_path_that_is_a_file(self, run_kg: Run, article: Path) -> None:
        assert_refused(run_kg("build", article, "-o", article), "is a file")
        assert article.read_text(encoding="utf-8") == TEXT

    def test_an_unknown_format(self, run_kg: Run, out: Path, article: Path) -> None:
        assert_refused(run_kg("build", article, "-o", out, "--only", "ttl,xls"), "'xls'", "graphml")

    @pytest.mark.parametrize("base", ["", "no iri", "https://example.org/a b/", "https://example.org/<x>/"])
    def test_a_base_that_is_no_iri(self, run_kg: Run, out: Path, article: Path, base: str) -> None:
        assert_refused(
            run_kg("build", article, "-o", out, "--base-iri", base), "absolute", "https://example.org/id/"
        )

    def test_an_unknown_encoding(self, run_kg: Run, out: Path, article: Path) -> None:
        assert_refused(run_kg("build", article, "-o", out, "--encoding", "klingon"), "klingon")

    @pytest.mark.parametrize("jobs", ["0", "-1", "many"])
    def test_a_number_of_jobs_that_makes_no_sense(
        self, run_kg: Run, out: Path, article: Path, jobs: str
    ) -> None:
        assert_refused(run_kg("build", article, "-o", out, "--jobs", jobs), "--jobs")

    def test_an_unknown_option(self, run_kg: Run) -> None:
        assert_refused(run_kg("build", "--colour"), "--colour", "kg build --help")

    def test_an_unknown_command(self, run_kg: Run) -> None:
        assert_refused(run_kg("bild"), "bild")

    def test_no_output_folder(self, run_kg: Run, article: Path) -> None:
        assert_refused(run_kg("build", article), "--output")

    def test_stats_of_a_folder_without_a_build(self, run_kg: Run, tmp_path: Path) -> None:
        assert_refused(run_kg("stats", tmp_path), "holds no build", "kg build")


def test_what_cannot_be_read_is_listed_and_the_rest_is_built(
    run_kg: Run, article: Path, tmp_path: Path
) -> None:
    lines = [json.dumps({"id": "1", "title": "创新", "text": TEXT}, ensure_ascii=False), "{broken", ""]
    (article.parent / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (article.parent / "picture.txt").write_bytes(bytes(range(256)) * 64)
    (article.parent / "void.txt").touch()
    (article.parent / "gone.txt").symlink_to(tmp_path / "nowhere")
    done = run_kg("build", article.parent, "-o", tmp_path / "out", "--only", "ttl")
    assert done.returncode == 0
    faults = done.stderr.splitlines()
    for place in ("lines.jsonl:2:", "picture.txt", "void.txt", "gone.txt"):
        assert sum(fault.startswith(place) for fault in faults) == 1, done.stderr
    assert "articles           2" in done.stdout


def test_every_fault_stands_in_the_report(run_kg: Run, article: Path, tmp_path: Path) -> None:
    (article.parent / "lines.jsonl").write_text("{broken", encoding="utf-8")
    run_kg("build", article.parent, "-o", tmp_path / "out", "--only", "ttl")
    assert "lines.jsonl:1: " in (tmp_path / "out" / "report.txt").read_text(encoding="utf-8")


def digest(directory: Path) -> dict[str, str]:
    files: dict[str, str] = json.loads((directory / "build.json").read_text(encoding="utf-8"))["files"]
    return files


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--jobs", "1"], {"PYTHONHASHSEED": "1", "LC_ALL": "C"}),
        (
            ["--jobs", "2"],
            {"PYTHONHASHSEED": "2", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        ),
    ],
)
def test_the_same_articles_give_the_same_bytes(
    run_kg: Run, built_corpus: Path, tmp_path: Path, arguments: list[str], environment: dict[str, str]
) -> None:
    done = run_kg("build", "corpus", "-o", tmp_path / "out", *arguments, TZ="Pacific/Apia", **environment)
    assert done.returncode == 0, done.stderr
    assert digest(tmp_path / "out") == digest(built_corpus)


@pytest.mark.slow
def test_the_order_of_the_inputs_makes_no_difference(run_kg: Run, built_corpus: Path, tmp_path: Path) -> None:
    files = sorted(path for path in (ROOT / "corpus").iterdir() if path.name != "README.md")
    done = run_kg("build", *files[::-1], "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert digest(tmp_path / "out") == digest(built_corpus)


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_last_one_whole(
    run_kg: Run, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert run_kg("build", article, "-o", out).returncode == 0
    before = digest(out)
    command = [sys.executable, "-m", "kg", "build", "corpus", "-o", str(out), "--jobs", "2"]
    for delay in (0.2, 0.6, 1.0, 1.5, 2.0, 2.5):
        build = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        build.kill()
        build.wait()
        after = digest(out)
        assert after == before or len(after) > len(before)
        for name, expected in after.items():
            assert hashlib.sha256((out / name).read_bytes()).hexdigest() == expected, name
    assert run_kg("build", article, "-o", out).returncode == 0
    assert digest(out) == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting needs root on Linux")
def test_a_full_disk_leaves_the_last_build(run_kg: Run, article: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], check=False)
    if mounted.returncode:
        pytest.skip("no tmpfs may be mounted here")
    try:
        out = disk / "out"
        assert run_kg("build", article, "-o", out, "--only", "ttl").returncode == 0
        before = digest(out)
        done = run_kg("build", "corpus", "-o", out)
        assert_refused(done, "o space left on device", str(out))
        assert digest(out) == before
        assert sorted(path.name for path in disk.iterdir()) == ["out"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_second_build_of_one_folder_is_refused(run_kg: Run, article: Path, tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    out = tmp_path / "out"
    out.mkdir()
    handle = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert_refused(run_kg("build", article, "-o", out), "another build is writing here")
    finally:
        os.close(handle)


class TestExport:
    @pytest.fixture
    def built(self, run_kg: Run, article: Path, tmp_path: Path) -> Path:
        assert run_kg("build", article, "-o", tmp_path / "out", "--only", "ttl").returncode == 0
        return tmp_path / "out"

    def test_further_formats_join_the_build(self, run_kg: Run, built: Path) -> None:
        before = digest(built)
        done = run_kg("export", built, "--to", "csv,gexf,ttl")
        assert done.returncode == 0, done.stderr
        after = digest(built)
        assert before.items() <= after.items()
        assert set(after) - set(before) == {"edges.csv", "graph.gexf", "nodes.csv"}

    def test_the_bytes_are_those_of_a_build(self, run_kg: Run, built: Path, article: Path) -> None:
        run_kg("export", built, "--to", "trig,html,graphml,jsonld", "-o", built.with_name("export"))
        run_kg("build", article, "-o", built.with_name("all"), "--only", "trig,html,graphml,jsonld")
        exported, whole = digest(built.with_name("export")), digest(built.with_name("all"))
        assert {name: whole[name] for name in exported} == exported

    def test_an_unknown_format_is_refused(self, run_kg: Run, built: Path) -> None:
        assert_refused(run_kg("export", built, "--to", "xls"), "'xls'", "gexf")

    def test_a_folder_without_a_build_is_refused(self, run_kg: Run, tmp_path: Path) -> None:
        assert_refused(run_kg("export", tmp_path, "--to", "csv"), "holds no build")

    def test_a_damaged_archive_is_told(self, run_kg: Run, built: Path) -> None:
        (built / "archive.jsonl").write_text("{}\n", encoding="utf-8")
        assert_refused(run_kg("export", built, "--to", "csv"), "archive.jsonl", "build it again")


class TestQuery:
    def test_prefixes_need_not_be_typed(self, run_kg: Run, article: Path, tmp_path: Path) -> None:
        run_kg("build", article, "-o", tmp_path / "out", "--only", "trig")
        done = run_kg("query", tmp_path / "out", "ASK { ?e a kg:Concept }", "--format", "json")
        assert json.loads(done.stdout)["boolean"] is True

    def test_a_syntax_error_is_told_with_its_place(self, run_kg: Run, built_corpus: Path) -> None:
        assert_refused(run_kg("query", built_corpus, "SELECT ?x { ?x a }"), "1:")

    def test_an_unknown_question_is_refused(self, run_kg: Run, built_corpus: Path) -> None:
        assert_refused(run_kg("query", built_corpus, "problem"), "'problems'", "kg queries")

    def test_an_unknown_format_is_refused(self, run_kg: Run, built_corpus: Path) -> None:
        assert_refused(run_kg("query", built_corpus, "problems", "--format", "xls"), "'xls'", "csv")

    def test_a_parameter_without_a_value_is_refused(self, run_kg: Run, built_corpus: Path) -> None:
        assert_refused(run_kg("query", built_corpus, "problems", "name"), "PARAM=NAME")

    def test_a_folder_without_a_graph_is_refused(self, run_kg: Run, tmp_path: Path) -> None:
        assert_refused(run_kg("query", tmp_path, "problems"), "holds no graph")

    def test_a_query_without_end_is_ended(self, run_kg: Run, built_corpus: Path) -> None:
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        done = run_kg("query", built_corpus, endless, "--time-limit", "0.5")
        assert_refused(done, "ended after 0.5 s", "--time-limit")

    def test_every_question_that_ships_is_listed(self, run_kg: Run) -> None:
        lines = run_kg("queries").stdout.splitlines()
        assert len(lines) == len(list((ROOT / "ontology" / "queries").glob("*.rq"))) >= 15

    def test_a_reader_that_has_seen_enough_is_no_error(self, built_corpus: Path) -> None:
        kg = f"{sys.executable} -m kg query {built_corpus} most-mentioned --format csv | head -n 1"
        done = subprocess.run(["bash", "-c", kg], capture_output=True, text=True, check=True)
        assert done.stderr == ""


@pytest.mark.slow
def test_every_build_keeps_the_contract(run_kg: Run, built_corpus: Path) -> None:
    done = run_kg("validate", built_corpus)
    assert done.returncode == 0, done.stdout


def test_a_graph_that_breaks_the_contract_ends_with_one(run_kg: Run, tmp_path: Path) -> None:
    prefix = "@prefix kg: <https://w3id.org/zhengtu/ns#> .\n"
    bad = prefix + '<https://example.org/x> a kg:Mention ; kg:begin "a" .\n'
    (tmp_path / "bad.ttl").write_text(bad, encoding="utf-8")
    done = run_kg("validate", tmp_path / "bad.ttl")
    assert (done.returncode, done.stderr) == (1, "")
    assert "does not conform" in done.stdout


class TestExplain:
    def test_a_text_is_explained(self, run_kg: Run) -> None:
        done = run_kg("explain", "--text", "科技创新催生新产业。2023年研发投入达到3.3万亿元。")
        assert done.returncode == 0, done.stderr
        for seen in ("催生", "新产业", "generates", "3.3"):
            assert seen in done.stdout

    def test_a_sentence_that_gave_nothing_is_explained_too(self, run_kg: Run) -> None:
        done = run_kg("explain", "--text", "天气很好。")
        assert done.returncode == 0, done.stderr
        assert "很好" in done.stdout

    def test_sentences_of_a_file_are_listed_and_shown_by_number(self, run_kg: Run, article: Path) -> None:
        listed = run_kg("explain", article).stdout
        assert "新质生产力的特点是创新。" in listed
        assert "要加快发展新质生产力。" in listed
        shown = run_kg("explain", article, "--sentence", "2").stdout
        assert "要加快发展新质生产力。" in shown
        assert "advocates" in shown

    def test_a_sentence_that_is_not_there_is_refused(self, run_kg: Run, article: Path) -> None:
        assert_refused(run_kg("explain", article, "--sentence", "9"), "sentence 9")

    def test_neither_a_file_nor_a_text_is_refused(self, run_kg: Run) -> None:
        assert_refused(run_kg("explain"), "--text")

    def test_a_file_and_a_text_are_refused(self, run_kg: Run, article: Path) -> None:
        assert_refused(run_kg("explain", article, "--text", "一"), "--text")

    def test_an_empty_text_is_refused(self, run_kg: Run) -> None:
        assert_refused(run_kg("explain", "--text", ""))


def test_a_library_missing_from_the_installation_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise ModuleNotFoundError("No module named 'msgspec'", name="msgspec")

    monkeypatch.setattr(cli.commands, "main", fail)
    assert cli.run(["build"]) == 1
    told = "kg: installation: msgspec is missing; install zhengtu again (in a checkout: make graph)"
    assert capsys.readouterr().err == told + "\n"
