"""The words of the pages, in Chinese and English, from ``assets/texts.tsv``."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.errors import InternalError

LANGUAGES = ("zh", "en")


def read_asset(name: str) -> str:
    """Return the text of a file under ``assets/``."""
    return files("kg.page").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def load_texts() -> Mapping[str, tuple[str, str]]:
    """Return the Chinese and the English wording of each key.

    Raises:
        InternalError: A line of the table is no key with two texts, or a key stands twice.

    Example:
        >>> load_texts()["class.Issue"]
        ('问题', 'Issue')
    """
    texts: dict[str, tuple[str, str]] = {}
    lines = read_asset("texts.tsv").splitlines()
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells) or cells[0] in texts:
            raise InternalError(f"texts.tsv:{number}: {line!r} is not a new key with two texts")
        texts[cells[0]] = (cells[1], cells[2])
    return MappingProxyType(texts)
