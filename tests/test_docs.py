"""What the documentation says is so: commands and names are there, examples run, links lead somewhere.

``pytest tests/test_docs.py --update-docs`` puts the real output into the console examples.
"""

import re
import shlex
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import kg
from commands import ROOT, run_command
from kg.cli import commands

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_FENCE_RE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK_RE = re.compile(r"\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
_N_LINES = 14  # of an output that a page shows
_WIDTH = 100  # columns; a Chinese character takes two


def blocks(page: Path, language: str) -> Iterator[str]:
    for found, body in _FENCE_RE.findall(page.read_text(encoding="utf-8")):
        if found == language:
            yield body


def examples() -> Iterator[tuple[Path, str]]:
    yield from ((page, body) for page in PAGES for body in blocks(page, "console"))


def test_there_are_pages_and_examples() -> None:
    assert len(PAGES) >= 10
    assert len(list(examples())) >= 5


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    _, found, section = page.partition(f"\n## kg {name}\n")
    assert found, f"docs/cli.md has no section '## kg {name}'"
    section = section.split("\n## ")[0]
    for parameter in commands.commands[name].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for option in parameter.opts:
                assert f"`{option}`" in section or f"{option}]" in section, f"kg {name} {option}"


def test_no_command_is_documented_that_is_not_there() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## kg (\w+)$", page, re.MULTILINE)) == set(commands.commands)


@pytest.mark.parametrize("name", sorted(kg.__all__))
def test_every_public_name_is_documented(name: str) -> None:
    assert f"`kg.{name}" in (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page: Path) -> None:
    for target in _LINK_RE.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_python_examples_run(
    page: Path, tmp_path: Path, built_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "output").symlink_to(built_corpus)
    for name in ("corpus", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    for body in blocks(page, "python"):
        exec(compile(body, page.name, "exec"), {})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder like the checkout, for commands that write."""
    folder = tmp_path_factory.mktemp("tour")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    header = "name\tkind\taliases\tscheme\tnotation\tbroader\texact_match\tnote\n"
    (folder / "mine.tsv").write_text(header + "星河计划\tPolicy\t\t\t\t\t\t\n", encoding="utf-8")
    return folder


@pytest.mark.slow
def test_console_examples_run(folder: Path, request: pytest.FixtureRequest) -> None:
    """Each command ends well, and its output begins as the page shows, figures aside."""
    for page, body in examples():
        shown = body.splitlines()
        assert shown[0].startswith("$ kg "), f"{page.name}: {shown[0]}"
        done = run_command(*shlex.split(shown[0])[2:], cwd=folder)
        assert done.returncode == 0, f"{page.name}: {shown[0]}: {done.stderr}"
        real = done.stdout.splitlines()
        # A page that shows the end alone, after "…", is held to the end, any other to the beginning.
        shows_end = shown[1:2] == ["…"]
        expected = ["…", *real[-1:]] if shows_end else shorten(real)
        if request.config.getoption("--update-docs"):
            update(page, body, [shown[0], *expected])
        else:
            part = slice(-1, None) if shows_end else slice(1, 2)
            same = map(without_figures, shown[part]), map(without_figures, [shown[0], *expected][part])
            assert list(same[0]) == list(same[1]), f"{page.name}: {shown[0]}: renew with --update-docs"


def shorten(lines: list[str]) -> list[str]:
    cut = [fit(line) for line in lines]
    return cut if len(cut) <= _N_LINES else [*cut[: _N_LINES - 2], "…", cut[-1]]


def fit(line: str) -> str:
    """Cut a line that is too wide for a page."""
    width = 0
    for position, character in enumerate(line):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > _WIDTH:
            return line[:position].rstrip() + "…"
    return line


def without_figures(line: str) -> str:
    return re.sub(r"[\s─]+", " ", re.sub(r"\d[\d,.]*", "#", line))


def update(page: Path, body: str, lines: list[str]) -> None:
    text = page.read_text(encoding="utf-8")
    new = text.replace(f"```console\n{body}```", "```console\n" + "\n".join(lines) + "\n```")
    page.write_text(new, encoding="utf-8", newline="\n")
