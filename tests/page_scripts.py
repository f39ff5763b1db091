"""Check the types of the page scripts with TypeScript, which reads their JSDoc.

``python tests/page_scripts.py`` is what ``make types`` runs. Node comes as a Python package with the
``test`` extra, TypeScript from npm, kept in the virtual environment. Where npm cannot be reached, that is
said and nothing fails: what Python and the browser tests prove does not depend on it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_VERSION = "5.9.3"  # a newer one may find more; moving on is a change of its own
_FOLDER = Path(sys.prefix) / "lib" / "npm" / f"typescript-{_VERSION}"
# The Node of this environment comes before that of the machine.
_PATH = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
_SECONDS = 120  # to install, on a slow line; a registry that is away is known sooner
_OPTIONS = ("--loglevel=error", "--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier")


def find_compiler() -> list[str]:
    """Return the command that runs TypeScript, which is installed if it is not there yet.

    Raises:
        OSError, subprocess.SubprocessError: Node or npm is missing, or the registry is out of reach.
    """
    node, npm = shutil.which("node", path=_PATH), shutil.which("npm", path=_PATH)
    if node is None or npm is None:
        raise FileNotFoundError("there is no Node with npm")
    compiler = _FOLDER / "node_modules" / "typescript" / "bin" / "tsc"
    if not compiler.is_file():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", *_OPTIONS, "--fetch-retries=0", f"--prefix={_FOLDER}"]
        subprocess.run(
            [*command, f"typescript@{_VERSION}"],
            cwd=_FOLDER,
            env={**os.environ, "PATH": _PATH},
            timeout=_SECONDS,
            check=True,
            capture_output=True,
            text=True,
        )
    return [node, str(compiler)]


def main() -> int:
    """Check the scripts; return 0 if nothing is wrong with them, or nothing could check them."""
    try:
        compiler = find_compiler()
    except (OSError, subprocess.SubprocessError) as error:
        print(f"SKIPPED: the types of the page scripts; TypeScript {_VERSION} did not come ({_why(error)})")
        return 0
    status = subprocess.run([*compiler, "-p", str(_ROOT / "tsconfig.json")], check=False).returncode
    if status == 0:
        n_scripts = len(list((_ROOT / "src/kg").glob("*/assets/*.js")))
        print(f"Success: TypeScript {_VERSION} finds no fault in {n_scripts} page scripts")
    return status


def _why(error: Exception) -> str:
    """Return the first line of what npm says."""
    said = error.stderr if isinstance(error, subprocess.CalledProcessError) else ""
    return (said.strip() or str(error)).splitlines()[0]


if __name__ == "__main__":
    sys.exit(main())
