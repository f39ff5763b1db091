"""The query engine of ``ask.html``: Oxigraph compiled to WebAssembly, if it came with this installation.

It is fetched when the package is built (``hatch_build.py``). Where it could not be, there is no such
page, and the others do not link to it.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_VENDOR = files("kg.page").joinpath("vendor")
_FILES = ("VERSION", "LICENSE", "web.js", "web_bg.wasm")
# The engine's script is a module; this last line hands what the page needs to our own script.
_HANDOVER = "\nglobalThis.oxigraph = { Store, initSync };\n"


@dataclass(frozen=True, slots=True)
class Engine:
    """A script with the code it runs, and whose it is."""

    version: str
    licence: str
    script: str
    code: bytes


@cache
def can_ask() -> bool:
    """Tell whether the query engine is there."""
    return all(_VENDOR.joinpath(name).is_file() for name in _FILES)


@cache
def read_engine() -> Engine:
    """Return the query engine, which must be there."""
    version, licence, script = (_VENDOR.joinpath(name).read_text(encoding="utf-8") for name in _FILES[:3])
    return Engine(version, licence, script + _HANDOVER, _VENDOR.joinpath(_FILES[3]).read_bytes())
