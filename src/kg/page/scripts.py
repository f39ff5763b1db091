"""The scripts and style sheets of the pages: packed in an installed wheel, modules in a checkout.

The wheel holds each as one file, made when it was built (``hatch_build.py``). In a checkout the modules
stand under ``assets/``; there the same function packs them as a page is written, so that none is stale.
"""

from functools import cache
from pathlib import Path

from kg.packing import pack

_FOLDER = Path(__file__).parent
_ASSETS, _PACKED = _FOLDER / "assets", _FOLDER / "packed"


def read_script(entry: str) -> str:
    """Return the script that runs the module *entry* and all it imports.

    Example:
        >>> read_script("pages").splitlines()[0]
        '"use strict";'
    """
    return _read(f"{entry}.js")


def read_style(page: str) -> str:
    """Return all style sheets of a page as one.

    Example:
        >>> read_style("graph").splitlines()[0]
        ':root {'
    """
    return _read(f"{page}.css")


@cache
def _read(name: str) -> str:
    if (_ASSETS / name).is_file():
        return pack(name, _ASSETS)
    return (_PACKED / name).read_text(encoding="utf-8")
