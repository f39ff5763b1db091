"""Find the Chromium that drives the pages' tests, and install Debian's where there is none.

``python tests/browsers.py`` is what ``make browser`` runs. It uses a browser that is there, else
installs one where it may, else says what to do.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_ADVICE = (
    "The page tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk), or set "
    "CHROMIUM=/path/to/it, or run the other tests alone with .venv/bin/pytest --ignore=tests/browser"
)


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine, or ``None``."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or (_MAC if Path(_MAC).is_file() else None)


def install_browser() -> None:
    """Install Debian's Chromium, with a font that has our characters; needs root and apt-get."""
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]):
        subprocess.run([*apt, *step], env=environment, stdout=subprocess.DEVNULL, check=True)


def main() -> int:
    """See that a browser is there; return 0 if so and 2 otherwise."""
    can_install = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    if find_browser() is None and can_install and "CHROMIUM" not in os.environ:
        print("Installing Chromium for the page tests …", flush=True)
        try:
            install_browser()
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"It did not install: {error}", file=sys.stderr)
    if find_browser() is None:
        print(_ADVICE, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
