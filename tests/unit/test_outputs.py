"""The output folder is replaced whole, by one build at a time."""

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.outputs import MANIFEST, complete_output, open_output, read_manifest, write_manifest


def publish(directory: Path, files: dict[str, str]) -> None:
    with open_output(directory, entries={name.split("/")[0] for name in files}) as staging:
        for name, content in files.items():
            path = staging / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
        write_manifest(staging, generator="test", summary={})


def content(directory: Path) -> dict[str, str]:
    """Return everything in a folder but the manifest."""
    return {
        path.relative_to(directory).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def publish_onto_a_full_disk(directory: Path) -> None:
    with open_output(directory) as staging:
        (staging / "graph.ttl").write_text("new", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(params=["exchanged", "moved"])
def directory(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output folder; the second time, one whose place no other folder can take."""
    if request.param == "moved":
        monkeypatch.setattr("kg.outputs._exchange", lambda _one, _other: False)
    return tmp_path / "out"


def test_a_build_replaces_all_that_the_last_one_wrote(directory: Path) -> None:
    publish(directory, {"graph.ttl": "old", "graph.gexf": "old", "articles/a.html": "old"})
    publish(directory, {"graph.ttl": "new", "articles/b.html": "new"})
    assert content(directory) == {"graph.ttl": "new", "articles/b.html": "new"}


def test_files_that_no_build_wrote_are_kept(directory: Path) -> None:
    directory.mkdir()
    (directory / "README.md").write_text("mine", encoding="utf-8")
    publish(directory, {"graph.ttl": "1"})
    publish(directory, {"graph.ttl": "2"})
    assert content(directory) == {"README.md": "mine", "graph.ttl": "2"}


def test_folders_of_the_user_are_kept_and_not_touched(directory: Path) -> None:
    (directory / "notes").mkdir(parents=True)
    (directory / "notes" / "a.txt").write_text("mine", encoding="utf-8")
    inode = (directory / "notes").stat().st_ino
    publish(directory, {"graph.ttl": "1"})
    assert content(directory) == {"graph.ttl": "1", "notes/a.txt": "mine"}
    assert (directory / "notes").stat().st_ino == inode


def test_a_file_of_the_user_is_never_overwritten(directory: Path) -> None:
    directory.mkdir()
    (directory / "index.html").write_text("my home page", encoding="utf-8")
    with pytest.raises(KgError, match=r"index\.html: not written by kg"):
        publish(directory, {"index.html": "ours"})
    assert content(directory) == {"index.html": "my home page"}


def test_a_build_that_fails_leaves_the_last_one(directory: Path) -> None:
    publish(directory, {"graph.ttl": "old"})
    with pytest.raises(KgError, match="no space left"):
        publish_onto_a_full_disk(directory)
    assert content(directory) == {"graph.ttl": "old"}
    assert [path.name for path in directory.parent.iterdir()] == ["out"]


def test_a_first_build_that_fails_leaves_nothing(directory: Path) -> None:
    with pytest.raises(ZeroDivisionError), open_output(directory):
        raise ZeroDivisionError
    assert list(directory.parent.iterdir()) == []


def test_two_builds_of_one_folder_are_kept_apart(directory: Path) -> None:
    with open_output(directory) as staging:
        with pytest.raises(KgError, match="another build is writing here"):
            publish(directory, {"graph.ttl": "late"})
        (staging / "graph.ttl").write_text("first", encoding="utf-8")
        write_manifest(staging, generator="test", summary={})
    assert content(directory) == {"graph.ttl": "first"}


def test_an_output_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("a file", encoding="utf-8")
    with pytest.raises(KgError, match="is a file; -o names the folder"):
        publish(path, {})
    assert path.read_text(encoding="utf-8") == "a file"


def test_a_folder_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KgError, match="cannot be made"):
        publish(tmp_path / "file" / "out", {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(directory: Path) -> None:
    publish(directory, {"graph.ttl": "old"})
    directory.chmod(0o555)
    with pytest.raises(KgError, match="read-only"):
        publish(directory, {"graph.ttl": "new"})


def test_a_shell_that_stands_in_the_folder_stays_in_it(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(directory, {"graph.ttl": "old"})
    monkeypatch.chdir(directory)
    publish(Path(), {"graph.ttl": "new"})
    assert Path("graph.ttl").read_text(encoding="utf-8") == "new"


def test_a_link_to_a_folder_stays_a_link(directory: Path) -> None:
    link = directory.with_name("link")
    directory.mkdir()
    link.symlink_to(directory)
    publish(link, {"graph.ttl": "1"})
    assert link.is_symlink()
    assert content(directory) == {"graph.ttl": "1"}


def test_a_publication_cut_short_is_completed(tmp_path: Path) -> None:
    directory = tmp_path / "out"
    publish(directory, {"a": "old", "b": "old", "gone": "old"})
    publish(tmp_path / "next", {"a": "new", "b": "new", "articles/c": "new"})
    (tmp_path / "next").rename(directory / ".kg-ready")  # decided, and then killed
    (directory / ".kg-ready" / "a").replace(directory / "a")
    complete_output(directory)
    complete_output(directory)
    assert content(directory) == {"a": "new", "b": "new", "articles/c": "new"}


def test_a_damaged_manifest_is_told(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("[", encoding="utf-8")
    with pytest.raises(KgError, match="not a build manifest"):
        read_manifest(tmp_path)


_WRITER = """
    import sys
    from pathlib import Path
    from kg.outputs import open_output, write_manifest
    for turn in range(1000):
        with open_output(Path(sys.argv[1])) as staging:
            for number in range(20):
                (staging / f"{number}.txt").write_text(str(turn))
            write_manifest(staging, generator="test", summary={})
        print(turn, flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.003, 0.007, 0.013, 0.021, 0.034])
def test_a_writer_killed_at_any_moment_leaves_one_build_whole(tmp_path: Path, delay: float) -> None:
    directory = tmp_path / "out"
    command = [sys.executable, "-c", textwrap.dedent(_WRITER), str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            writer.wait(delay)
        writer.kill()
    found = content(directory)
    assert sorted(found) == sorted(f"{number}.txt" for number in range(20))
    assert len(set(found.values())) == 1
    publish(directory, {"graph.ttl": "next"})
    assert content(directory) == {"graph.ttl": "next"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
