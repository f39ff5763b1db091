"""What a reader put right holds in every later build, and can be taken back."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from kg.corrections import COLUMNS, Action, Correction, apply_corrections, read_corrections
from kg.errors import KgError
from kg.schema import EntityKind
from sample import sample_graph

Run = Callable[..., CompletedProcess[str]]
HEADER = "\t".join(COLUMNS)


def _write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_file_from_the_page_is_read_row_by_row(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "corrections.tsv",
        "wrong\tentity/习近平\tadvocates\tentity/新质生产力\t\t李\t2026-11-24",
        "merge\tentity/量子通信\t\tentity/量子技术\t\t\t",
        "type\tentity/量子产业\t\t\tTechnology\t\t",
    )
    assert read_corrections(path) == (
        Correction(Action.WRONG, "entity/习近平", "advocates", "entity/新质生产力", "", "李", "2026-11-24"),
        Correction(Action.MERGE, "entity/量子通信", "", "entity/量子技术"),
        Correction(Action.TYPE, "entity/量子产业", "", "", "Technology"),
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("delete\tentity/甲\t\t\t\t\t", "action 'delete' is unknown"),
        ("wrong\tentity/甲\tloves\tentity/乙\t\t\t", "relation 'loves' is unknown"),
        ("wrong\tentity/甲\tpromotes\t\t\t\t", "object is ''; for wrong it must be filled"),
        ("merge\tentity/甲\tpromotes\tentity/乙\t\t\t", "for merge it must be empty"),
        ("type\tentity/甲\t\t\tThing\t\t", "value 'Thing' is no kind"),
        ("type\t\t\t\tIssue\t\t", "subject is empty"),
        ("type\tentity/甲", "2 cells; expected 7"),
    ],
)
def test_a_row_that_is_no_correction_is_told_by_line(tmp_path: Path, row: str, told: str) -> None:
    path = _write(tmp_path / "corrections.tsv", row)
    with pytest.raises(KgError, match=r"corrections\.tsv:2: ") as error:
        read_corrections(path)
    assert told in str(error.value)


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="check the path"):
        read_corrections(tmp_path / "none.tsv")


def test_a_wrong_relation_goes_and_the_rest_stays() -> None:
    graph = sample_graph()
    row = Correction(Action.WRONG, "entity/习近平", "advocates", "entity/新质生产力")
    fixed, unused = apply_corrections(graph, [row])
    assert unused == ()
    assert len(fixed.edges) == len(graph.edges) - 1
    assert fixed.relations("习近平", "advocates", "新质生产力") == ()
    assert (fixed.entities, fixed.numbers) == (graph.entities, graph.numbers)


def test_a_kind_is_changed() -> None:
    fixed, _ = apply_corrections(
        sample_graph(), [Correction(Action.TYPE, "entity/量子产业", value="Concept")]
    )
    assert fixed.entity("量子产业").kind is EntityKind.CONCEPT


def test_merged_entities_share_names_mentions_and_relations() -> None:
    graph = sample_graph()
    row = Correction(Action.MERGE, "entity/创新", object="entity/科技创新")
    fixed, _ = apply_corrections(graph, [row])
    merged = fixed.entity("科技创新")
    assert fixed.entity("创新") == merged
    assert "创新" in merged.aliases
    before = [graph.entity(name).mentions for name in ("创新", "科技创新")]
    assert len(merged.mentions) == sum(map(len, before))
    assert len(fixed.relations("新质生产力", "characterizedBy", "科技创新")) == 1
    assert all("entity/创新" not in (edge.subject_id, edge.object_id) for edge in fixed.edges)
    assert all(s.evidence for s in fixed.statements())


def test_a_relation_between_two_that_become_one_goes() -> None:
    row = Correction(Action.MERGE, "entity/量子通信", object="entity/量子技术")
    fixed, _ = apply_corrections(sample_graph(), [row])
    assert all(edge.subject_id != edge.object_id for edge in fixed.edges)


@pytest.mark.parametrize("reverse", [False, True])
def test_chains_of_merges_end_at_the_last_and_circles_end(reverse: bool) -> None:
    chain = [
        Correction(Action.MERGE, "entity/创新", object="entity/科技创新"),
        Correction(Action.MERGE, "entity/科技创新", object="entity/新质生产力"),
    ]
    fixed, _ = apply_corrections(sample_graph(), chain[::-1] if reverse else chain)
    assert fixed.entity("创新").id == "entity/新质生产力"
    circle = [*chain, Correction(Action.MERGE, "entity/新质生产力", object="entity/创新")]
    fixed, _ = apply_corrections(sample_graph(), circle)
    assert len({fixed.entity(name).id for name in ("创新", "科技创新", "新质生产力")}) == 1


def test_what_names_nothing_is_given_back_and_nothing_else_changes() -> None:
    graph = sample_graph()
    row = Correction(Action.MERGE, "entity/不存在", object="entity/创新")
    assert apply_corrections(graph, [row]) == (graph, (row,))
    assert apply_corrections(graph, []) == (graph, ())


def test_the_graph_says_which_corrections_it_holds() -> None:
    row = Correction(Action.TYPE, "entity/量子产业", value="Concept", who="甲")
    one, _ = apply_corrections(sample_graph(), [row])
    two, _ = apply_corrections(sample_graph(), [row])
    assert one == two
    assert "corrections" in one.settings


def test_a_correction_survives_the_next_build_and_can_be_taken_back(run_kg: Run, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("论创新\n\n科技创新催生新产业。量子计算应用于金融科技。\n", encoding="utf-8")
    path = _write(
        tmp_path / "corrections.tsv",
        "wrong\tentity/科技创新\tgenerates\tentity/新产业\t\t李\t2026-11-24",
        "type\tentity/科技创新\t\t\tSector\t\t",
        "type\tentity/不存在\t\t\tConcept\t\t",
    )
    only = ("build", article, "--only", "csv", "-o", tmp_path / "out")
    edges, nodes = tmp_path / "out" / "edges.csv", tmp_path / "out" / "nodes.csv"
    assert run_kg(*only).returncode == 0
    before = edges.read_bytes(), nodes.read_bytes()
    assert "generates" in edges.read_text(encoding="utf-8")
    done = run_kg(*only, "--corrections", path)
    assert done.returncode == 0
    assert "corrections.tsv:4" in done.stderr
    assert "generates" not in edges.read_text(encoding="utf-8")
    row = next(row for row in nodes.read_text(encoding="utf-8").splitlines() if "科技创新" in row)
    assert ",Sector," in row
    assert run_kg(*only).returncode == 0
    assert (edges.read_bytes(), nodes.read_bytes()) == before
    assert run_kg(*only, "--corrections", tmp_path / "none.tsv").returncode == 2
