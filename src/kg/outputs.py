"""The output folder: one build at a time, and at every moment one build whole.

A build writes into a staging folder beside the output folder and then changes places with it in one
step of the file system, so whenever it is killed the output folder holds the old build or the new
one, never a mixture. Where that step is not to be had (a mount point, a shell that stands in the
folder, a system without it) the finished staging folder is renamed to ``.kg-ready`` inside the output
folder, which decides the matter, and its files are moved from there; a move cut short is completed by
the next command that opens the folder.

``build.json`` lists the files a build has written, each with its digest. What it does not list belongs
to the user and is kept; a file of the user's that bears the name of an output is never overwritten.
"""

import ctypes
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InternalError, KgError

try:
    import fcntl
except ImportError:  # pragma: no cover - not a POSIX system: no lock, everything else holds
    fcntl = None  # type: ignore[assignment]

MANIFEST = "build.json"
_READY = ".kg-ready"
_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h
_MAX_FOREIGN = 32  # a README, a .gitignore, a few notes
_AT_FDCWD = -100  # of fcntl.h: paths count from the current folder


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build has left in its output folder.

    ``files`` maps the path of each file, relative to the folder, to the SHA-256 of its bytes;
    ``summary`` is what the build found, ready for JSON. ``derived`` are names directly under the folder
    that the build wrote for its own use and promises nothing about: what they hold, the files hold too.
    """

    generator: str
    files: Mapping[str, str]
    summary: Mapping[str, Any]
    derived: tuple[str, ...] = ()

    @property
    def entries(self) -> frozenset[str]:
        """Return the names directly under the output folder that the build owns."""
        return frozenset({MANIFEST, *self.derived, *(name.split("/", 1)[0] for name in self.files)})


def read_manifest(directory: Path) -> Manifest | None:
    """Return the manifest of *directory*, or ``None`` where no build has written there.

    Raises:
        KgError: The file is there but is not a manifest.
    """
    path = directory / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        derived = tuple(map(str, data.get("derived", ())))
        return Manifest(str(data["generator"]), dict(data["files"]), dict(data["summary"]), derived)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise KgError(f"{path}: not a build manifest ({error}); build into another folder with -o") from error


@contextmanager
def open_output(directory: Path, *, entries: Iterable[str] = ()) -> Iterator[Path]:
    """Lock *directory*, give a staging folder to fill, and publish it if the block ends well.

    The caller writes every file and, last, calls :func:`write_manifest` on the staging folder. If the
    block raises, *directory* stays as it was. *entries* are the names about to be written, so that a
    file of the user's is noticed before the work and not after it.

    Raises:
        KgError: The folder cannot be written, holds a file of the user's that an output would
            overwrite, or is being built now.
    """
    directory = directory.resolve()  # a link to a folder stays a link
    created = _make_directory(directory)
    try:
        with _lock(directory):
            _finish_publication(directory)
            _check_free(directory, entries)
            staging = _make_staging(directory)
            with _lock(staging):  # it may take the folder's place: nobody else may come in before us
                try:
                    yield staging
                    _publish(staging, directory)
                except KgError as error:  # it speaks of the folder that was asked for
                    raise type(error)(str(error).replace(str(staging), str(directory))) from error
                finally:
                    shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise KgError(f"{directory}: {_reason(error)}; what was there before is unchanged") from error
    finally:
        if created:
            with suppress(OSError):
                directory.rmdir()  # fails, as it should, once something stands in it


def complete_output(directory: Path) -> None:
    """Finish a publication that was cut short in *directory*, if there is one.

    Every command that reads an output folder calls this first. A build at work is left alone.
    """
    if not (directory / _READY).is_dir():
        return
    with suppress(KgError), _lock(directory):
        _finish_publication(directory)


def write_manifest(
    staging: Path, *, generator: str, summary: Mapping[str, Any], derived: Collection[str] = ()
) -> Manifest:
    """Write the manifest of all files under *staging*, and see them safe on the disk."""
    files = {}
    for path in sorted(path for path in staging.rglob("*") if path.is_file()):
        name = path.relative_to(staging).as_posix()
        with path.open("rb") as file:
            if name.split("/", 1)[0] not in derived:
                files[name] = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())  # a name must not reach the disk before its bytes
    kept = tuple(name for name in sorted(derived) if (staging / name).exists())
    manifest = Manifest(generator, files, summary, kept)
    content = {"generator": generator, "summary": summary, "files": files, "derived": kept}
    with (staging / MANIFEST).open("w", encoding="utf-8", newline="\n") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    return manifest


def is_whole(manifest: Manifest, directory: Path) -> bool:
    """Tell whether every file of a build still stands in *directory* as it was written."""
    for name, digest in manifest.files.items():
        try:
            with (directory / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    return False
        except OSError:
            return False
    return all((directory / name).exists() for name in manifest.derived)


def copy_files(manifest: Manifest, source: Path, staging: Path, *, but: Collection[str] = ()) -> None:
    """Put the files of an earlier build into *staging* as they are, all *but* those about to be written.

    They are links: a file that is written again must not be among them.
    """
    derived = (
        path.relative_to(source).as_posix()
        for name in manifest.derived
        for path in [source / name, *sorted((source / name).rglob("*"))]
        if path.is_file()
    )
    for name in (*manifest.files, *derived):
        if name.split("/", 1)[0] in but:
            continue
        (staging / name).parent.mkdir(parents=True, exist_ok=True)
        link_file(source / name, staging / name)


def _make_directory(directory: Path) -> bool:
    if directory.exists() and not directory.is_dir():
        raise KgError(f"{directory}: is a file; -o names the folder to write into")
    if directory.is_dir():
        if not os.access(directory, os.W_OK | os.X_OK):
            raise KgError(f"{directory}: the folder is read-only; make it writable or pass another -o")
        return False
    try:
        directory.mkdir(parents=True)
    except OSError as error:
        raise KgError(f"{directory}: cannot be made ({_reason(error)}); pass another -o") from error
    return True


@contextmanager
def _lock(directory: Path) -> Iterator[None]:
    """Hold the only writing right to a folder; it ends with the process, however that ends."""
    if fcntl is None:
        yield
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        _flock(handle, directory)
        if os.fstat(handle).st_ino != directory.stat().st_ino:
            raise _busy(directory)  # another build has just taken its place
        yield
    finally:
        os.close(handle)


def _flock(handle: int, directory: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN):
            raise _busy(directory) from error
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.EBADF):  # no locks on this file system
            raise


def _busy(directory: Path) -> KgError:
    return KgError(f"{directory}: another build is writing here; wait until it ends or pass another -o")


def _check_free(directory: Path, entries: Iterable[str]) -> None:
    foreign = _foreign_entries(directory)
    for name in sorted(entries):
        if name in foreign:
            raise KgError(
                f"{directory / name}: not written by kg and would be overwritten; "
                "move it away or pass another -o"
            )


def _foreign_entries(directory: Path) -> frozenset[str]:
    """Return the names in *directory* that no build has written."""
    manifest = read_manifest(directory)
    ours = manifest.entries if manifest else frozenset()
    return frozenset(entry.name for entry in directory.iterdir() if entry.name not in ours)


def _make_staging(directory: Path) -> Path:
    """Return an empty folder on the same file system; what a killed build left of it is removed."""
    beside, inside = directory.with_name(f".{directory.name}.kg-new"), directory / ".kg-new"
    for place in (beside, inside):
        if place.is_dir():
            shutil.rmtree(place)
    parent = directory.parent
    can_stand_beside = os.access(parent, os.W_OK) and parent.stat().st_dev == directory.stat().st_dev
    staging = beside if can_stand_beside else inside
    staging.mkdir()
    return staging


def _publish(staging: Path, directory: Path) -> None:
    """Put the content of *staging* in the place of the last build, all of it or nothing."""
    manifest = read_manifest(staging)
    if manifest is None:
        raise InternalError(f"{staging}: the build wrote no manifest")
    _check_free(directory, manifest.entries)
    foreign = [directory / name for name in sorted(_foreign_entries(directory))]
    if staging.parent == directory.parent and _is_movable(directory, foreign):
        for path in foreign:
            link_file(path, staging / path.name)
        shutil.copymode(directory, staging)
        if _exchange(staging, directory):
            return
        for path in foreign:
            (staging / path.name).unlink()
    staging.rename(directory / _READY)
    _finish_publication(directory)


def _is_movable(directory: Path, foreign: Sequence[Path]) -> bool:
    """Tell whether nothing is torn when another folder takes the place of *directory*.

    A shell that stands in the folder would go on in the removed one; a folder of the user's, or many
    files, are not ours to shift about.
    """
    stands_inside = Path.cwd().is_relative_to(directory)
    return not stands_inside and len(foreign) <= _MAX_FOREIGN and not any(p.is_dir() for p in foreign)


def link_file(source: Path, target: Path) -> None:
    """Put a file under another name as well: as a link, or as a copy where there are none."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; tell whether the system could."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    result: int = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    return result == 0


def _finish_publication(directory: Path) -> None:
    """Move the files of a decided publication to their places; the manifest goes last.

    Doing it twice, or after half of it was done, comes to the same.
    """
    ready = directory / _READY
    new = read_manifest(ready)
    if new is not None:
        old = read_manifest(directory)
        for name in sorted(old.entries - new.entries if old else ()):
            _remove(directory / name)
        for name in [*sorted(new.entries - {MANIFEST}), MANIFEST]:
            source, target = ready / name, directory / name
            if source.exists():
                if target.is_dir():
                    _remove(target)
                source.replace(target)
    if ready.is_dir():
        shutil.rmtree(ready)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
