"""Where the ontology, lexicon, rules and queries stand, in a checkout and in an installed wheel."""

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
