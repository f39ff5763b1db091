"""What the steps of a partitioned build hand on: the job, its tasks, what they come to, where files are.

All of it goes to workers and comes back, so it is plain records.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.articles import Source
from kg.corrections import Rulings
from kg.errors import KgError
from kg.lexicon import Lexicon, load_lexicon
from kg.reports import Summary
from kg.resources import digest_code
from kg.updates import Changes


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of one build share: where they write, what they read with, what they write.

    ``formats`` may hold ``nq`` and ``parquet``; ``last`` is the folder of the last build, if its facts
    may serve again; ``n_parts`` counts the partitions, of which some may be empty. ``rulings`` are what the
    corrections come to, known once all names are, and ``names`` those of the entities they name, by id.
    """

    folder: Path
    last: Path | None
    lexicons: tuple[Path, ...]
    formats: tuple[str, ...]
    base: str
    encoding: str | None
    n_parts: int
    code: str
    rulings: Rulings = field(default_factory=Rulings)
    names: Mapping[str, str] = field(default_factory=dict)

    def facts(self, number: int) -> Path:
        """Return the file of facts of one partition."""
        return self.folder / "facts" / f"part-{number:05}.cache"

    def survey(self, number: int) -> Path:
        """Return the file of what one partition says of names."""
        return self.folder / "facts" / f"part-{number:05}.survey"

    def written(self, number: int) -> Path:
        """Return the record of what was written of one partition."""
        return self.folder / "facts" / f"part-{number:05}.written"

    def before(self, path: Path) -> Path | None:
        """Return the file that the last build has left in the place of *path*."""
        return None if self.last is None else self.last / path.relative_to(self.folder)

    def work(self, kind: str, number: int) -> Path:
        """Return a file that is of no more use once the build is finished."""
        return self.folder / "work" / f"{kind}-{number:05}"

    @property
    def quads_folder(self) -> Path:
        """Return the folder of the N-Quads: an output, or what tells the next build what the store holds."""
        return self.folder / "quads" if "nq" in self.formats else self.folder / "facts" / "quads"

    def quads(self, kind: str, number: int) -> Path:
        """Return a packed file of N-Quads."""
        return self.quads_folder / f"{kind}-{number:05}.nq.gz"

    def edges(self, number: int) -> Path:
        """Return the file of the relations that one partition states once they are corrected."""
        return self.folder / "facts" / f"part-{number:05}.edges"

    def blocks(self, number: int) -> Path:
        """Return the file that tells where the articles of a partition stand in its N-Quads."""
        return self.folder / "facts" / f"part-{number:05}.blocks"

    def lexicon(self) -> Lexicon:
        """Return the lexicon, loaded once in each process.

        Raises:
            KgError: It cannot be loaded, or this worker has another version of the package.
        """
        if digest_code() != self.code:
            raise KgError("a worker has another version of kg than the build; install the same on all")
        return _load_lexicon(self.lexicons)


@dataclass(frozen=True, slots=True)
class Part:
    """One partition: its number and the sources that fall to it."""

    job: Job
    number: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PartRead:
    """What reading a partition came to; ``n_articles`` is 0 for one that gave none."""

    number: int
    n_articles: int
    changes: Changes
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamesTask:
    """One shard of names, to be merged over the partitions with these numbers."""

    job: Job
    shard: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NamesResolved:
    """What a shard of names came to."""

    entities: Counter[str]
    relations: Counter[str]
    n_mentions: int
    top: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PartTask:
    """A partition that has been read, to be written."""

    job: Job
    number: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a partition, and of what: the next build need not write it again.

    ``credited`` are the names that its articles credit, whose kinds the whole corpus tells; ``files`` maps
    paths to digests.
    """

    facts: bytes
    request: str
    credited: tuple[str, ...]
    files: dict[str, str]
    summary: Summary
    report: str


@cache
def _load_lexicon(paths: tuple[Path, ...]) -> Lexicon:
    return load_lexicon(paths)
