"""What stands at a path, and how to put a file there.

A file can be read to its end; a device or a pipe may have none.
"""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import KgError

_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFSOCK: "a socket",
}


def find_foreign_kind(path: Path) -> str | None:
    """Return what stands at *path* where that is neither a file nor a folder; links are followed.

    Example:
        >>> find_foreign_kind(Path("/dev/null")), find_foreign_kind(Path("."))
        ('a device', None)
    """
    try:
        return _KINDS.get(stat.S_IFMT(path.stat().st_mode))
    except (OSError, ValueError):  # nothing is there, or no name could lead there
        return None


def check_file(path: Path) -> None:
    """Check that *path* is not a device, a pipe or a socket, of which nobody knows when it ends.

    Raises:
        KgError: It is.

    Example:
        >>> check_file(Path("/dev/zero"))
        Traceback (most recent call last):
        ...
        kg.errors.KgError: /dev/zero: is a device, not a file; save what comes from it and name that file
    """
    kind = find_foreign_kind(path)
    if kind is not None:
        raise KgError(f"{path}: is {kind}, not a file; save what comes from it and name that file")


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give a name to write under, and put the file in its place when it is whole.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with written(Path(folder, "a", "b.txt")) as new:
        ...         _ = new.write_text("whole")
        ...     Path(folder, "a", "b.txt").read_text()
        'whole'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    yield new
    new.replace(path)
