"""Our JavaScript modules and style sheets become one script and one style sheet for a page, without Node.

The modules beside the pages are ordinary ES modules, so that editors and ``tsc`` understand them. A page
opened from ``file://`` may not import modules, so each becomes a function that runs once, in order of
dependency. Only the forms used there are understood: ``import { a, b } from "./x.js";`` on a line, and
``export`` before a function, class or const.

The build of the wheel calls this where nothing but Python itself is there (``hatch_build.py``), and so do
the pages of a checkout, where the modules may have changed since: nothing else of the package is needed.
"""

import re
from pathlib import Path

from kg.errors import InternalError

STYLES = {
    "graph": ("base", "graph"),
    "pages": ("base", "pages"),
    "ask": ("base", "pages", "ask"),
}
"""The style sheets of a page, in the order in which they count."""

PACKED = ("main.js", "pages.js", "engine.js", "ask.js", *(f"{page}.css" for page in STYLES))
"""What the pages hold of it: scripts by the module they begin with, style sheets by their page."""

_N_GROUPS = 6  # colours of communities
_IMPORT_RE = re.compile(r'^import \{ ([\w, ]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT_RE = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_COMMENT_RE = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)


def pack(name: str, assets: Path) -> str:
    """Return one of :data:`PACKED`, made of the modules in *assets*.

    Raises:
        InternalError: Modules import each other in a circle, or in a form not understood.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = Path(folder, "one.js").write_text("export const one = 1;\\n", encoding="utf-8")
        ...     print(pack("one.js", Path(folder)))
        "use strict";
        {
        const module_one = (() => {
        const one = 1;
        return { one };
        })();
        }
    """
    stem, _, suffix = name.rpartition(".")
    return _script(stem, assets) if suffix == "js" else _style(stem, assets)


def _script(entry: str, assets: Path) -> str:
    packed: dict[str, str] = {}
    _add_module(entry, assets, packed, ())
    body = "\n".join(packed.values())
    return f'"use strict";\n{{\n{body}\n}}'  # a block: two scripts of a page may hold the same module


def _add_module(name: str, assets: Path, packed: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise InternalError(f"{name}.js imports itself by way of {' → '.join(above)}")
    if name in packed:
        return
    source = _COMMENT_RE.sub("", (assets / f"{name}.js").read_text(encoding="utf-8"))
    for _, other in _IMPORT_RE.findall(source):
        _add_module(other, assets, packed, (*above, name))
    body = _IMPORT_RE.sub(r"const { \1 } = module_\2;", source)
    names = _EXPORT_RE.findall(body)
    body = _EXPORT_RE.sub("", body)
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
        raise InternalError(f"{name}.js: an import or export in a form that packing does not know")
    packed[name] = f"const module_{name} = (() => {{\n{body}return {{ {', '.join(names)} }};\n}})();"


def _style(page: str, assets: Path) -> str:
    """Return the style sheets as one; a page without a choice follows the system to dark."""
    sheets = "\n".join((assets / f"{name}.css").read_text(encoding="utf-8") for name in STYLES[page])
    dark = sheets.partition(':root[data-theme="dark"] {')[2].partition("}")[0]
    texts = (assets / "texts.tsv").read_text(encoding="utf-8")
    kinds = re.findall(r"^class\.(\w+)\t", texts, re.MULTILINE)
    rules = [f".kind-{kind} {{ color: var(--kind-{kind}); }}" for kind in kinds]
    rules += [f".m.kind-{kind} {{ color: inherit; border-color: var(--kind-{kind}); }}" for kind in kinds]
    rules += [
        f".swatch.group-{n} {{ background: var(--group-{n}); border-color: var(--ink-{n}); }}"
        for n in range(1, _N_GROUPS + 1)
    ]
    system = f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{{dark}}} }}"
    return "\n".join([sheets, system, *rules])
