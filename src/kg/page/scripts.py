"""Our JavaScript modules become one script for a page, without Node.

The modules under ``assets/`` are ordinary ES modules, so that editors and ``tsc`` understand them. A
page opened from ``file://`` may not import modules, so each becomes a function that runs once, in
order of dependency. Only the forms used there are understood: ``import { a, b } from "./x.js";`` on a
line, and ``export`` before a function, class or const.
"""

import re
from functools import cache

from kg.errors import InternalError
from kg.page.texts import read_asset

_IMPORT_RE = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT_RE = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_COMMENT_RE = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)


@cache
def pack_script(entry: str) -> str:
    """Return the script that runs the module *entry* and all it imports.

    Raises:
        InternalError: Modules import each other in a circle, or in a form not understood.
    """
    packed: dict[str, str] = {}
    _pack(entry, packed, ())
    body = "\n".join(packed.values())
    return f'"use strict";\n{{\n{body}\n}}'  # a block: two scripts of a page may hold the same module


def _pack(name: str, packed: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise InternalError(f"{name}.js imports itself by way of {' → '.join(above)}")
    if name in packed:
        return
    source = _COMMENT_RE.sub("", read_asset(f"{name}.js"))
    for _, other in _IMPORT_RE.findall(source):
        _pack(other, packed, (*above, name))
    body = _IMPORT_RE.sub(r"const { \1 } = module_\2;", source)
    names = _EXPORT_RE.findall(body)
    body = _EXPORT_RE.sub("", body)
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
        raise InternalError(f"{name}.js: an import or export in a form that pack_script does not know")
    packed[name] = f"const module_{name} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();"
