"""What in the pages was written by others, under which licence: its full text goes with the pages."""

import re
from dataclasses import dataclass
from functools import cache

from kg.errors import InternalError
from kg.page.engines import can_ask, read_engine
from kg.page.networks import read_vis_script
from kg.page.texts import read_asset

_HEAD_RE = re.compile(r"\A/\*\*(.*?)\*/", re.DOTALL)
_VERSION_RE = re.compile(r"@version\s+(\S+)")
_COPYRIGHT_RE = re.compile(r"@copyright\s+(.+)")
_COMPILED = """\
Compiled into it are these libraries, and others that leave no name in its code. Each may be had under the
MIT licence (in brackets stands what it states), which is the one we take: its words stand above, the
copyright is that of the authors named."""


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of one piece of software."""

    name: str
    version: str
    text: str


@cache
def vis_licence() -> Licence:
    """Return the licence of vis-network, which draws the graph; of its two we take the MIT licence.

    Raises:
        InternalError: The head of its script names no version or no holder of the copyright.

    Example:
        >>> vis_licence().name
        'vis-network'
    """
    head = _HEAD_RE.match(read_vis_script())
    version = _VERSION_RE.search(head[1]) if head else None
    holders = _COPYRIGHT_RE.findall(head[1]) if head else []
    if version is None or not holders:
        raise InternalError("the script of vis-network does not say whose it is; which pyvis is installed?")
    lines = [f"Copyright {holder.strip()}" for holder in holders]
    return Licence(
        "vis-network", version[1], "\n".join(["MIT License", "", *lines, "", read_asset("mit.txt").strip()])
    )


@cache
def engine_licence() -> Licence:
    """Return the licence of the query engine, which must be there, and what it is compiled from."""
    engine = read_engine()
    return Licence("Oxigraph", engine.version, "\n\n".join([engine.licence.strip(), _COMPILED, _crates()]))


def _crates() -> str:
    """Return a line for each library whose name the engine's code bears, from ``assets/crates.tsv``."""
    rows = [line.split("\t") for line in read_asset("crates.tsv").splitlines()[1:]]
    lines = (f"{name} {version}, by {authors} ({licence})" for name, version, licence, authors in rows)
    return "\n".join(lines)


def all_licences() -> tuple[Licence, ...]:
    """Return the licence of every such piece in the pages of this installation."""
    return (vis_licence(), *((engine_licence(),) if can_ask() else ()))
