"""The store of a build in partitions: filled from its N-Quads, or the last one with changes made to it."""

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.blocks import find_difference, open_blocks
from kg.partitions.jobs import Job
from kg.store import MOST_REPLACED, STORE, has_stamp, stamp_store, update_store, write_store_of
from kg.store.disks import parse_lines


@dataclass(slots=True)
class _Changes:
    """Lines of N-Quads that were in the last build alone, and such as are in this one alone."""

    before: list[bytes] = field(default_factory=list)
    after: list[bytes] = field(default_factory=list)
    n_blocks: int = 0


def write_part_store(job: Job, *, n_articles: int) -> None:
    """Write what all N-Quads of a build say as a store, of which *n_articles* say something.

    Raises:
        OSError: The folder cannot be written.
    """
    path = job.folder / STORE
    digests = _digest_files(job.quads_folder)
    if not _replace_in_store(job, path, digests, n_articles):
        write_store_of([job.quads_folder / name for name in digests], path)
    stamp_store(path, _stamp(digests))


def _replace_in_store(job: Job, path: Path, digests: dict[str, str], n_articles: int) -> bool:
    before = job.before(job.quads_folder)
    if job.last is None or before is None:
        return False
    known = _digest_files(before)
    if not has_stamp(job.last / STORE, _stamp(known)):
        return False
    found = _Changes()
    for name in sorted(known.keys() | digests):
        if known.get(name) != digests.get(name) and not _compare(job, before, name, found):
            return False
    if found.n_blocks > MOST_REPLACED * n_articles:
        return False
    removed, added = parse_lines(found.before), parse_lines(found.after)
    return update_store(job.last / STORE, path, removed=removed, added=added)


def _compare(job: Job, before: Path, name: str, found: _Changes) -> bool:
    """Add what has changed in one file; tell whether that could be found out."""
    kind, _, number = name.partition(".")[0].partition("-")
    if kind != "part":  # names and the like: lines that hardly differ
        old, new = set(_lines(before / name)), set(_lines(job.quads_folder / name))
        found.before += sorted(old - new)
        found.after += sorted(new - old)
        return True
    index = job.blocks(int(number)).relative_to(job.folder).as_posix()
    file = (job.quads_folder / name).relative_to(job.folder).as_posix()
    if job.last is None:
        return False
    with open_blocks(job.last, index=index) as last, open_blocks(job.folder, index=index) as blocks:
        difference = find_difference(last, blocks, file)
    if difference is None:
        return False
    found.n_blocks += difference.n_blocks
    found.before += map(gzip.decompress, (difference.head_before, *difference.before))
    found.after += map(gzip.decompress, (difference.head, *difference.after))
    return True


def _lines(path: Path) -> Iterator[bytes]:
    if path.is_file():
        with gzip.open(path) as file:
            yield from file


def _digest_files(folder: Path) -> dict[str, str]:
    """Return the files of *folder* by name with digests of what they hold."""
    digests = {}
    for path in sorted(folder.glob("*.nq.gz")):
        with path.open("rb") as file:
            digests[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests


def _stamp(digests: dict[str, str]) -> str:
    told = [f"{name} {digest}" for name, digest in sorted(digests.items())]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
