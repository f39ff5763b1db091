"""A file in blocks is the same bytes whether its blocks are made or copied from the last build."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.blocks import BLOCKS, BlockFiles, Part

NAME = "x.txt"


def write(
    folder: Path, texts: dict[str, str], *, last: Path | None = None, head: str = "头\n", request: str = "r"
) -> tuple[list[str], str | None, str | None]:
    """Write *texts* by article in blocks keyed by themselves; return whose text was made, and the stamps."""
    made: list[str] = []

    def block(name: str) -> Iterator[str]:
        made.append(name)
        yield f"{texts[name]}\n"

    def parts() -> Iterator[Part]:
        yield None, iter([head])
        for name in texts:
            yield name, block(name)
        yield None, iter(["尾"])

    folder.mkdir()
    keys = {name: text.encode() for name, text in texts.items()}
    with BlockFiles(folder, keys=keys, request=request, last=last) as files:
        files.write(NAME, parts())
        return made, files.stamp_before(NAME), files.stamp(NAME)


@pytest.mark.parametrize(
    ("texts", "made"),
    [
        ({"a": "甲", "b": "乙"}, []),
        ({"a": "甲", "b": "丙"}, ["b"]),
        ({"a0": "丁", "a": "甲", "b": "乙"}, ["a0"]),
        ({"b": "乙"}, []),
        ({"a": "乙", "b": "甲"}, ["a", "b"]),
    ],
)
def test_only_blocks_with_another_key_are_made(
    tmp_path: Path, texts: dict[str, str], made: list[str]
) -> None:
    write(tmp_path / "last", {"a": "甲", "b": "乙"})
    assert write(tmp_path / "next", texts, last=tmp_path / "last")[0] == made
    write(tmp_path / "scratch", texts)
    for name in (NAME, BLOCKS):
        assert (tmp_path / "next" / name).read_bytes() == (tmp_path / "scratch" / name).read_bytes()


def test_under_another_request_everything_is_made(tmp_path: Path) -> None:
    write(tmp_path / "last", {"a": "甲"})
    assert write(tmp_path / "next", {"a": "甲"}, last=tmp_path / "last", request="s")[0] == ["a"]


@pytest.mark.parametrize(
    ("name", "content"),
    [(NAME, "头\n丙\n尾"), (NAME, "头\n"), (NAME, ""), (NAME, None), (BLOCKS, "x" * 99), (BLOCKS, None)],
)
def test_a_block_that_is_not_as_it_was_is_made_anew(tmp_path: Path, name: str, content: str | None) -> None:
    write(tmp_path / "last", {"a": "甲"})
    path = tmp_path / "last" / name
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    assert write(tmp_path / "next", {"a": "甲"}, last=tmp_path / "last")[0] == ["a"]
    assert (tmp_path / "next" / NAME).read_text(encoding="utf-8") == "头\n甲\n尾"


def test_a_difference_tells_what_is_in_one_file_alone(tmp_path: Path) -> None:
    write(tmp_path / "last", {"a": "甲", "b": "乙", "c": "丙"})
    (tmp_path / "next").mkdir()
    keys = {"a": "甲".encode(), "b": b"new", "d": b"new"}
    with BlockFiles(tmp_path / "next", keys=keys, request="r", last=tmp_path / "last") as files:
        parts: list[Part] = [(None, iter(["首"])), *((name, iter([name])) for name in keys)]
        files.write(NAME, parts)
        found = files.difference(NAME, most=9)
        assert files.difference(NAME, most=1) is None
    assert found is not None
    assert (found.head_before.decode(), found.head.decode()) == ("头\n", "首")
    assert [data.decode() for data in found.before] == ["乙\n", "丙\n"]
    assert found.after == (b"b", b"d")


def test_what_a_file_holds_is_told_by_its_stamp(tmp_path: Path) -> None:
    _, _, first = write(tmp_path / "last", {"a": "甲"})
    assert write(tmp_path / "same", {"a": "甲"}, last=tmp_path / "last") == ([], first, first)
    _, before, other = write(tmp_path / "other", {"a": "甲"}, head="首\n", last=tmp_path / "last")
    assert (before, other != before) == (first, True)
