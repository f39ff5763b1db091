"""Word and rule tables: UTF-8, tab separated, one header line, checked as they are read.

Every table under ``ontology/`` is read through here, so a wrong cell is told by file and line.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.errors import KgError
from kg.paths import check_file


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield ``(line number, cells)`` for each row of a table with exactly these columns.

    Line numbers count from 1, the header included; empty lines and lines that begin with ``#`` are
    passed over. Cells are stripped.

    Raises:
        KgError: It is a device or a pipe, the header is not the one expected, or a row has another number
            of cells.

    Example:
        >>> from kg.resources import resource_path
        >>> rows = list(read_table(resource_path("rules", "words.tsv"), ("word", "tag", "note")))
        >>> len(rows) > 100
        True
    """
    check_file(path)
    n_columns = len(columns)
    with path.open(encoding="utf-8") as lines:
        header = tuple(next(lines, "").rstrip("\n").split("\t"))
        if header != tuple(columns):
            raise KgError(
                f"{path.name}:1: header is {' | '.join(header)!r}; expected {' | '.join(columns)!r}; "
                "restore the header line"
            )
        for number, line in enumerate(lines, start=2):
            if line[0] == "#" or line.isspace():
                continue
            cells = tuple([cell.strip() for cell in line.rstrip("\n").split("\t")])
            if len(cells) != n_columns:
                raise KgError(
                    f"{path.name}:{number}: {len(cells)} cells; expected {n_columns} "
                    f"({', '.join(columns)}); separate cells by one tab"
                )
            yield number, cells
