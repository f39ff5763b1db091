"""Where the ontology, lexicon, rules and queries stand, in a checkout and in an installed wheel."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kg.errors import InternalError

_PACKAGE = Path(__file__).parent
_CANDIDATES = (_PACKAGE / "ontology", _PACKAGE.parents[1] / "ontology")


def resource_path(*parts: str) -> Path:
    """Return the path of a file or folder that ships with the package.

    Raises:
        InternalError: The installation is incomplete.

    Example:
        >>> resource_path("lexicon").is_dir()
        True
    """
    for root in _CANDIDATES:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise InternalError(f"{'/'.join(parts)}: missing from the installation; reinstall zhengtu")


@cache
def digest_code() -> str:
    """Return a digest of the code of the package: what other code has made may come out otherwise now.

    Example:
        >>> len(digest_code())
        64
    """
    return _digest(sorted(_PACKAGE.rglob("*.py")))


@cache
def digest_package() -> str:
    """Return a digest of all that ships with the package: code, pages, ontology.

    Example:
        >>> digest_package() == digest_code()
        False
    """
    root = next(path for path in _CANDIDATES if path.exists())
    paths = {path for folder in (_PACKAGE, root) for path in folder.rglob("*") if path.is_file()}
    return _digest(sorted(path for path in paths if "__pycache__" not in path.parts))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
