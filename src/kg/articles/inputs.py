"""Paths, folders, globs and standard input become sources: a name and the bytes behind it."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from glob import glob, has_magic
from itertools import takewhile
from os import PathLike
from pathlib import Path, PurePosixPath

from kg.errors import KgError
from kg.paths import find_foreign_kind

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "json",
    ".ndjson": "json",
    ".docx": "docx",
    ".pdf": "pdf",
}
# Documents that one might expect to be read; they are reported, where other files of a folder
# (pictures, style sheets) are passed over.
_FOREIGN = frozenset(
    [
        ".doc",
        ".wps",
        ".rtf",
        ".odt",
        ".epub",
        ".caj",
        ".ofd",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".csv",
    ]
)
_STDIN_NAME = "stdin.txt"


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name relative to the corpus root, its format, where its bytes are.

    ``path`` is ``None`` for standard input; ``format`` is empty for one that is not read.
    """

    name: str
    format: str
    path: Path | None

    def read_bytes(self) -> bytes:
        """Return the content.

        Raises:
            KgError: The file cannot be read.
        """
        if self.path is not None and (kind := find_foreign_kind(self.path)):
            raise KgError(f"is {kind}, not a file; save what comes from it as a file")
        try:
            return sys.stdin.buffer.read() if self.path is None else self.path.read_bytes()
        except OSError as error:
            raise KgError(f"cannot be read ({error.strerror or error}); check its permissions") from error


def find_sources(inputs: Sequence[str | PathLike[str]]) -> tuple[Source, ...]:
    """Return the sources behind *inputs*, sorted by name, each file once.

    Raises:
        KgError: A path does not exist, a glob or folder holds nothing to read.
    """
    if not inputs:
        raise KgError("no input; name a file, a folder, a glob, or - for standard input")
    found: dict[object, Source] = {}
    for item in inputs:
        for source in _expand(str(item)):
            found.setdefault(_real_path(source.path) if source.path else None, source)
    return tuple(sorted(_with_unique_names(list(found.values())), key=lambda source: source.name))


def _expand(item: str) -> Iterator[Source]:
    path = Path(item)
    if item == "-":
        yield Source(_STDIN_NAME, "text", None)
    elif path.is_dir():
        wanted = (file for file in sorted(path.rglob("*")) if _is_wanted(file.relative_to(path)))
        files = [file for file in wanted if not file.is_dir()]  # a dead link, a device or a pipe is reported
        if not files:
            raise KgError(f"{item}: no file to read in this folder; supported are {' '.join(FORMATS)}")
        yield from (_source(file, path) for file in files)
    elif kind := find_foreign_kind(path):
        raise KgError(
            f"{item}: is {kind}, not a file or folder; save what comes from it as a file, or pipe it into kg "
            "and give - as the input"
        )
    elif path.exists():
        yield _source(path, path.parent)
    elif has_magic(item):
        yield from _expand_glob(item)
    else:
        raise KgError(f"{item}: no such file or folder; check the path")


def _expand_glob(item: str) -> Iterator[Source]:
    root = Path(*takewhile(lambda part: not has_magic(part), Path(item).parts))
    names = glob(item, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
    files = [Path(name) for name in sorted(names) if Path(name).is_file() or find_foreign_kind(Path(name))]
    if not files:
        raise KgError(f"{item}: no file matches; check the pattern")
    yield from (_source(file, root) for file in files)


def _is_wanted(relative: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in relative.parts)
    is_readme = relative.stem.upper() in ("README", "LICENSE")
    return not is_hidden and not is_readme and relative.suffix.lower() in (*FORMATS, *_FOREIGN)


def _source(path: Path, root: Path) -> Source:
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        name = path.name
    suffix = path.suffix.lower()
    return Source(_as_text(name), FORMATS.get(suffix, "" if suffix in _FOREIGN else "text"), path)


def _with_unique_names(sources: list[Source]) -> list[Source]:
    """Give files that share a name the names of their folders too, until they differ."""
    while True:
        counts = Counter(source.name for source in sources)
        if max(counts.values(), default=0) < 2:
            return sources
        longer = [
            replace(source, name=_longer_name(source)) if counts[source.name] > 1 else source
            for source in sources
        ]
        if longer == sources:  # whole paths that differ only in how _as_text writes them
            return [
                replace(source, name=f"{source.name}~{number}") if counts[source.name] > 1 else source
                for number, source in enumerate(sources, start=1)
            ]
        sources = longer


def _as_text(name: str) -> str:
    """Return a file's name as every export can hold it: bytes that are no UTF-8 as ``\\xff``."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _real_path(path: Path) -> Path:
    return Path(os.path.realpath(path))  # Path.resolve raises at a link that leads to itself


def _longer_name(source: Source) -> str:
    if source.path is None:
        return source.name
    parts = _real_path(source.path).parts
    own = len(PurePosixPath(source.name).parts)
    return _as_text("/".join(parts[max(1, len(parts) - own - 1) :]))
