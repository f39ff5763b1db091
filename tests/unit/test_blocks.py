"""A file in blocks is the same bytes whether its blocks are made or copied from the last build."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.blocks import BLOCKS, BlockWriter, Difference, Part, find_difference, open_blocks

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
    with BlockWriter(folder, keys=keys, request=request, last=last) as files:
        files.write(NAME, parts())
        before = None if files.last is None else files.last.stamp(NAME)
        return made, before, files.written.stamp(NAME)


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


def difference(old: Path, new: Path) -> Difference | None:
    with open_blocks(old) as before, open_blocks(new) as after:
        return find_difference(before, after, NAME)


def test_a_difference_tells_what_is_in_one_file_alone(tmp_path: Path) -> None:
    write(tmp_path / "last", {"a": "甲", "b": "乙", "c": "丙"})
    write(tmp_path / "next", {"a": "甲", "b": "丁", "d": "戊"}, head="首\n")
    found = difference(tmp_path / "last", tmp_path / "next")
    assert found is not None
    assert (found.head_before.decode(), found.head.decode()) == ("头\n", "首\n")
    assert [data.decode() for data in found.before] == ["乙\n", "丙\n"]
    assert [data.decode() for data in found.after] == ["丁\n", "戊\n"]
    assert found.n_blocks == 4


def test_a_difference_to_what_was_damaged_is_not_told(tmp_path: Path) -> None:
    write(tmp_path / "last", {"a": "甲"})
    write(tmp_path / "next", {"a": "乙"})
    (tmp_path / "last" / NAME).write_text("头\n丙\n尾", encoding="utf-8")
    assert difference(tmp_path / "last", tmp_path / "next") is None


def test_blocks_are_packed_one_by_one(tmp_path: Path) -> None:
    with BlockWriter(tmp_path, keys={"a": b"1", "b": b"2"}, request="") as files:
        parts: list[Part] = [(None, iter(["头"])), *((name, iter([name])) for name in "ab")]
        files.write(NAME, parts, pack=gzip.compress)
    assert gzip.decompress((tmp_path / NAME).read_bytes()).decode() == "头ab"
    with open_blocks(tmp_path) as found:
        assert gzip.decompress(found.read(NAME, "b", b"2") or b"") == b"b"
        assert found.read(NAME, "b", b"3") is None


def test_what_a_file_holds_is_told_by_its_stamp(tmp_path: Path) -> None:
    _, _, first = write(tmp_path / "last", {"a": "甲"})
    assert write(tmp_path / "same", {"a": "甲"}, last=tmp_path / "last") == ([], first, first)
    _, before, other = write(tmp_path / "other", {"a": "甲"}, head="首\n", last=tmp_path / "last")
    assert (before, other != before) == (first, True)
