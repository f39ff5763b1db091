"""What one part of a corpus says of names, cut into shards that can be merged one at a time.

A shard holds the same names in every part (by a checksum of the name), so whoever merges it needs no more
memory than one shard of all names takes, however large the corpus is.
"""

import hashlib
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from kg.entities import NameUse, survey_names
from kg.errors import KgError
from kg.iris import mint_id
from kg.records import Article, ArticleFacts
from kg.schema import EntityKind, RelationKind

N_SHARDS = 16  # of the names of ten million articles, one fits into a worker
EDGE_SIZE = 8  # bytes of the digest that stands for a relation: to be counted once, not to be read back
_SEAL_SIZE = 32
_LENGTH_SIZE = 4

_T = TypeVar("_T")


class NameRow(msgspec.Struct, frozen=True, array_like=True):
    """One name with its use, as a file keeps it."""

    name: str
    kinds: dict[EntityKind, int]
    surfaces: tuple[str, ...]
    other_names: tuple[tuple[str, ...], ...]
    n_mentions: int
    is_measured: bool

    @classmethod
    def of(cls, name: str, use: NameUse) -> Self:
        """Return the row of a name."""
        surfaces, others = tuple(sorted(use.surfaces)), tuple(sorted(use.other_names))
        return cls(name, dict(use.kinds), surfaces, others, use.n_mentions, use.is_measured)

    def use(self) -> NameUse:
        """Return what the corpus does with the name, ready to be added to."""
        return NameUse(
            Counter(self.kinds),
            set(self.surfaces),
            set(self.other_names),
            self.n_mentions,
            self.is_measured,
        )


class Shard(msgspec.Struct, frozen=True, array_like=True):
    """Names, relations as digests by kind, and credits (names with Person or Organization)."""

    names: tuple[NameRow, ...] = ()
    edges: dict[RelationKind, bytes] = {}
    credits: tuple[tuple[str, EntityKind], ...] = ()


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_offsets_decoder = msgspec.msgpack.Decoder(list[int])
_shard_decoder = msgspec.msgpack.Decoder(Shard)


def shard_of(name: str) -> int:
    """Return the number of the shard that a name belongs to.

    Example:
        >>> shard_of("新质生产力") in range(N_SHARDS)
        True
    """
    return zlib.crc32(name.encode("utf-8")) % N_SHARDS


def digest_edge(subject_id: str, kind: RelationKind, object_id: str) -> bytes:
    """Return what stands for a relation, so that it can be counted once.

    Example:
        >>> len(digest_edge("entity/a", RelationKind.PROMOTES, "entity/b")) == EDGE_SIZE
        True
    """
    key = f"{subject_id}\0{kind.value}\0{object_id}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(key, digest_size=EDGE_SIZE).digest()


def shard_of_edge(digest: bytes) -> int:
    """Return the number of the shard that a relation belongs to, given its digest."""
    return digest[0] % N_SHARDS


def credits_of(article: Article) -> Iterator[tuple[str, EntityKind]]:
    """Yield who wrote and published an article, with what they are."""
    for name in article.authors:
        yield name, EntityKind.PERSON
    if article.publisher:
        yield article.publisher, EntityKind.ORGANIZATION


def survey(facts: Iterable[ArticleFacts]) -> list[Shard]:
    """Return what *facts* say, shard by shard."""
    held = list(facts)
    names: list[list[NameRow]] = [[] for _ in range(N_SHARDS)]
    for name, use in sorted(survey_names(held).items()):
        names[shard_of(name)].append(NameRow.of(name, use))
    agents = sorted({credit for item in held for credit in credits_of(item.article)})
    edges: list[dict[RelationKind, set[bytes]]] = [defaultdict(set) for _ in range(N_SHARDS)]
    for kind, digest in {edge for item in held for edge in _edges(item)}:
        edges[shard_of_edge(digest)][kind].add(digest)
    return [
        Shard(
            tuple(names[number]),
            {kind: b"".join(sorted(found)) for kind, found in sorted(edges[number].items())},
            tuple(credit for credit in agents if shard_of(credit[0]) == number),
        )
        for number in range(N_SHARDS)
    ]


def write_shards(shards: Iterable[Shard], path: Path, *, origin: bytes) -> None:
    """Write shards into one file, so that each can be read alone; *origin* tells what they were made of."""
    packed = [zlib.compress(_encoder.encode(shard), 1) for shard in shards]
    sizes = _encoder.encode([len(one) for one in packed])
    content = b"".join([len(sizes).to_bytes(_LENGTH_SIZE, "big"), sizes, *packed])
    path.write_bytes(_seal(content, origin) + content)


def is_survey_of(path: Path, origin: bytes) -> bool:
    """Tell whether *path* holds, undamaged, the shards that were made of *origin*."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return content[:_SEAL_SIZE] == _seal(content[_SEAL_SIZE:], origin)


def _seal(content: bytes, origin: bytes) -> bytes:
    return hashlib.sha256(origin + content).digest()


def read_shard(path: Path, number: int) -> Shard:
    """Return one shard of the file at *path*.

    Raises:
        KgError: The file cannot be read or is damaged.
    """
    try:
        with path.open("rb") as file:
            file.seek(_SEAL_SIZE)
            length = int.from_bytes(file.read(_LENGTH_SIZE), "big")
            sizes = _offsets_decoder.decode(file.read(length))
            file.seek(sum(sizes[:number]), 1)
            return _shard_decoder.decode(zlib.decompress(file.read(sizes[number])))
    except (OSError, zlib.error, msgspec.DecodeError, IndexError) as error:
        raise KgError(f"{path}: the survey of a partition is damaged ({error}); build again") from error


def write_record(record: object, path: Path) -> None:
    """Write plain data or rows to *path*."""
    path.write_bytes(zlib.compress(_encoder.encode(record), 1))


def read_record(path: Path, kind: type[_T]) -> _T:
    """Return what :func:`write_record` has written to *path*.

    Raises:
        KgError: The file cannot be read or is damaged.
    """
    try:
        return msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=kind)
    except (OSError, zlib.error, msgspec.DecodeError) as error:
        raise KgError(f"{path}: the survey of names is damaged ({error}); build again") from error


def _edges(item: ArticleFacts) -> Iterator[tuple[RelationKind, bytes]]:
    for claim in item.claims:
        subject = item.article.id if claim.subject is None else mint_id("entity", claim.subject.name)
        target = mint_id("entity", claim.object.name)
        if subject != target:
            yield claim.kind, digest_edge(subject, claim.kind, target)
