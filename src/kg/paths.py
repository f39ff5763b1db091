"""What stands at a path: a file can be read to its end; a device or a pipe may have none."""

import stat
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
