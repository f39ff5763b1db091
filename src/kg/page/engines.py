"""The query engine of ``ask.html``: Oxigraph compiled to WebAssembly, if it came with this installation.

It is fetched when the package is built (``hatch_build.py``). Where it could not be, there is no such
page, and the others do not link to it.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import InternalError

_VENDOR = files("kg.page").joinpath("vendor")
_FILES = ("VERSION", "LICENSE", "web.js", "web_bg.wasm")
# The engine's script is a module, which a worker of a page opened from the disk may not be.
_EXPORT_RE = re.compile(r"^export (?=class |function )|^export \{[^}]*\};$", re.MULTILINE)
_MODULE_RE = re.compile(r"^(?:import|export)\b|\bimport\.meta\b", re.MULTILINE)


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
    version, licence, module = (_VENDOR.joinpath(name).read_text(encoding="utf-8") for name in _FILES[:3])
    return Engine(version, licence, to_script(module), _VENDOR.joinpath(_FILES[3]).read_bytes())


def to_script(module: str) -> str:
    """Return the engine's module as a script, which leaves what ours needs in ``globalThis.oxigraph``.

    Raises:
        InternalError: The module is of another form than this knows.

    Example:
        >>> print(to_script("export class Store {}\\nfunction initSync() {}\\nexport { initSync };"))
        {
        class Store {}
        function initSync() {}
        <BLANKLINE>
        globalThis.oxigraph = { Store, initSync };
        }
    """
    # the address of the module only says where its code would be fetched from; we hand the code over
    script = _EXPORT_RE.sub("", module).replace("import.meta.url", '""')
    if _MODULE_RE.search(script):
        raise InternalError("the query engine has an import or export in a form that to_script does not know")
    return f"{{\n{script}\nglobalThis.oxigraph = {{ Store, initSync }};\n}}"
