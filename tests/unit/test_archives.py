"""A graph that was kept comes back the same; a damaged file is told by its line."""

from pathlib import Path

import pytest

from kg.archives import read_archive, read_diagnostics, read_graph, write_archive
from kg.errors import KgError
from sample import sample_graph

SENTENCE = (
    '["Sentence",{"article_id":"a","index":0,"span":{"start":0,"end":1},'
    '"text":"x","paragraph":0,"kind":"body"}]'
)


def test_a_kept_graph_comes_back_the_same(tmp_path: Path) -> None:
    graph = sample_graph()
    write_archive(graph, tmp_path / "archive.jsonl")
    again = read_archive(tmp_path / "archive.jsonl")
    for name in ("articles", "entities", "edges", "numbers", "diagnostics"):
        assert repr(getattr(again, name)) == repr(getattr(graph, name))
    assert dict(again.sentences) == dict(graph.sentences)
    assert dict(again.settings) == dict(graph.settings)
    assert [e.mentions for e in again.entities] == [e.mentions for e in graph.entities]


def test_the_diagnostics_are_read_alone(tmp_path: Path) -> None:
    write_archive(sample_graph(), tmp_path / "one")
    assert read_diagnostics(tmp_path / "one") == sample_graph().diagnostics != ()


def test_writing_what_was_read_gives_the_same_bytes(tmp_path: Path) -> None:
    write_archive(sample_graph(), tmp_path / "one")
    write_archive(read_archive(tmp_path / "one"), tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", ":2: damaged"),
        ('["Sentence",{"article_id":"a","index":0}]', "missing required field `span`"),
        (SENTENCE.replace('"index":0', '"index":"0"'), ":2: damaged .Expected `int`, got `str`"),
        (SENTENCE.replace("body", "poem"), "Invalid enum value 'poem'"),
        (SENTENCE.replace("Sentence", "Path"), ":2: damaged"),
        (SENTENCE[:-1], ":2: damaged"),
        ("[]", ":2: damaged"),
    ],
)
def test_a_damaged_line_is_told(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text('{"version":2,"settings":{}}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(KgError, match=message):
        read_archive(path)


@pytest.mark.parametrize("head", ["", "[]", '{"version":0}', "{}"])
def test_a_graph_of_another_version_is_told(tmp_path: Path, head: str) -> None:
    path = tmp_path / "archive.jsonl"
    path.write_text(head + "\n" if head else "", encoding="utf-8")
    with pytest.raises(KgError, match="build it again"):
        read_archive(path)


def test_a_graph_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no such file"):
        read_archive(tmp_path / "archive.jsonl")


def test_a_build_in_partitions_has_no_whole_graph(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    with pytest.raises(KgError, match="was built in partitions and holds no whole graph"):
        read_graph(tmp_path)
