"""What is installed is whole: the wheel carries everything and works where there is no checkout."""

import contextlib
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from commands import ROOT
from kg.archives import read_graph
from kg.exports import EXPORT_FILES
from kg.formats import REPORT
from kg.packing import PACKED, pack
from kg.page import write_html
from kg.page.engines import can_ask

ASSETS = ROOT / "src" / "kg" / "page" / "assets"
EXPORTS = (*(name for names in EXPORT_FILES.values() for name in names), REPORT)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(directory), str(ROOT)]
    subprocess.run(command, check=True, timeout=300)
    (path,) = directory.glob("*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_all_words_rules_questions_and_pages(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = [path for path in (ROOT / "ontology").rglob("*") if path.is_file()]
    assert len(data) > 30
    for path in data:
        assert f"kg/{path.relative_to(ROOT).as_posix()}" in names
    modules = {*ASSETS.glob("*.js"), *ASSETS.glob("*.css")}
    assert len(modules) > 30
    for path in (ROOT / "src" / "kg").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert (path.relative_to(ROOT / "src").as_posix() in names) is (path not in modules), path
    assert not [name for name in names if not name.startswith(("kg/", "zhengtu-"))]


@pytest.mark.slow
def test_the_wheel_holds_each_script_and_style_sheet_as_a_checkout_packs_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        packed = {name: file.read(name) for name in file.namelist() if name.startswith("kg/page/packed/")}
    assert packed == {f"kg/page/packed/{name}": pack(name, ASSETS).encode() for name in PACKED}


@pytest.mark.slow
def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    hatchling = pytest.importorskip("hatchling.build", reason="it came to the test extra later than others")
    with contextlib.chdir(ROOT):
        archive = tmp_path / hatchling.build_sdist(str(tmp_path))
    with tarfile.open(archive) as file:
        file.extractall(tmp_path, filter="data")
    with contextlib.chdir(archive.with_name(archive.name.removesuffix(".tar.gz"))):
        again = tmp_path / hatchling.build_wheel(str(tmp_path))
    assert _contents(again) == _contents(wheel)


def _contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the ``kg`` of an environment with the wheel alone; what it needs comes from ours."""
    directory = tmp_path_factory.mktemp("installed")
    venv.create(directory / "env", with_pip=False, symlinks=True)
    python = directory / "env" / "bin" / "python"
    site = next((directory / "env" / "lib").glob("python*/site-packages"))
    target = ["--target", str(site), "--no-deps", "--quiet", "--no-compile"]
    subprocess.run([sys.executable, "-m", "pip", "install", *target, str(wheel)], check=True, timeout=300)
    # Our own environment serves the libraries but not the checkout: its editable hook is left out,
    # because a path file only takes effect where site itself looks.
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    command = directory / "env" / "bin" / "kg"
    command.write_text(f"#!{python}\nfrom kg.cli import main\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    return command


@pytest.mark.slow
def test_the_installed_command_builds_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("新质生产力的特点是创新。要加快发展新质生产力。\n", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [installed, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    built = run("build", "a.txt", "-o", "out")
    assert built.returncode == 0, built.stderr
    for name in ("graph.ttl", "graph.trig", "graph.html", "index.html"):
        assert (tmp_path / "out" / name).stat().st_size > 0
    pages = tmp_path / "pages"
    write_html(read_graph(tmp_path / "out"), pages, exports=EXPORTS)
    names = [path.relative_to(pages) for path in pages.rglob("*.html")]
    assert len(names) == 4 + can_ask()
    for page in names:
        assert (tmp_path / "out" / page).read_bytes() == (pages / page).read_bytes(), page
    asked = run("query", "out", "SELECT ?name { ?e a kg:Concept ; skos:prefLabel ?name }", "--format", "csv")
    assert "新质生产力" in asked.stdout, asked.stderr
    where = subprocess.run(
        [installed.with_name("python"), "-c", "import kg; print(kg.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(ROOT) not in where.stdout


@pytest.mark.parametrize("name", sorted(__import__("kg").__all__))
def test_every_public_name_is_there(name: str) -> None:
    import kg

    assert getattr(kg, name) is not None
    assert name in dir(kg)


def test_an_unknown_public_name_is_told() -> None:
    import kg

    with pytest.raises(AttributeError, match="no attribute 'build_grap'; it offers"):
        _ = kg.build_grap


def test_the_package_is_typed() -> None:
    assert (ROOT / "src" / "kg" / "py.typed").exists()


def test_importing_the_package_loads_no_library() -> None:
    script = "import sys; before = set(sys.modules); import kg; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert loaded <= {"kg"} | set(sys.stdlib_module_names)
