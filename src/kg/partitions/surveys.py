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

_T = TypeVar("_T")


class NameRow(msgspec.Struct, frozen=True, array_like=True):
    """One name with its use, as a file keeps it."""

    name: str
    kinds: dict[EntityKind, int]
    uses: dict[EntityKind, int]
    surfaces: tuple[str, ...]
    n_mentions: int
    is_measured: bool

    @classmethod
    def of(cls, name: str, use: NameUse) -> Self:
        """Return the row of a name."""
        surfaces = tuple(sorted(use.surfaces))
        return cls(name, dict(use.kinds), dict(use.uses), surfaces, use.n_mentions, use.is_measured)

    def use(self) -> NameUse:
        """Return what the corpus does with the name, ready to be added to."""
        return NameUse(
            Counter(self.kinds), Counter(self.uses), set(self.surfaces), self.n_mentions, self.is_measured
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
        edges[digest[0] % N_SHARDS][kind].add(digest)
    return [
        Shard(
            tuple(names[number]),
            {kind: b"".join(sorted(found)) for kind, found in sorted(edges[number].items())},
            tuple(credit for credit in agents if shard_of(credit[0]) == number),
        )
        for number in range(N_SHARDS)
    ]


def write_shards(shards: Iterable[Shard], path: Path) -> None:
    """Write shards into one file, so that each can be read alone."""
    packed = [zlib.compress(_encoder.encode(shard), 1) for shard in shards]
    with path.open("wb") as file:
        sizes = _encoder.encode([len(one) for one in packed])
        file.write(len(sizes).to_bytes(4, "big") + sizes)
        file.writelines(packed)


def read_shard(path: Path, number: int) -> Shard:
    """Return one shard of the file at *path*.

    Raises:
        KgError: The file cannot be read or is damaged.
    """
    try:
        with path.open("rb") as file:
            sizes = _offsets_decoder.decode(file.read(int.from_bytes(file.read(4), "big")))
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
            key = f"{subject}\0{claim.kind.value}\0{target}".encode("utf-8", "surrogatepass")
            yield claim.kind, hashlib.blake2b(key, digest_size=EDGE_SIZE).digest()
