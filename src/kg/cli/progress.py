"""Progress on a terminal, silence everywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_WIDTH = 24  # of the bar: leaves room for the label on 80 columns


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows how far the work is: ``tell(label, done, total)``.

    The line stands on standard error, is drawn only on a terminal, at most a hundred times a stage,
    and is wiped at the end.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _label, _done, _total: None
        return
    last = ""

    def tell(label: str, done: int, total: int) -> None:
        nonlocal last
        share = done / total if total else 1.0
        filled = round(share * _WIDTH)
        line = f"{label:<20} [{'#' * filled}{'-' * (_WIDTH - filled)}] {share:4.0%}"
        if line != last:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            last = line

    try:
        yield tell
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
