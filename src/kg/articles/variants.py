"""Traditional characters become simplified ones where a text is really written in them.

The rest of the package knows simplified Chinese. A name or a quotation in traditional characters
does not make a text traditional, so a text is turned only as a whole, and the turn is reported.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from kg.articles.characters import HAN
from kg.articles.drafts import Draft, Metadata
from kg.articles.furniture import load_furniture

TURNED = "traditional characters were turned into simplified ones"
NOT_TURNED = (
    "traditional characters are not understood without OpenCC; "
    "install it with: pip install 'zhengtu[traditional]'"
)

_SAMPLE = 20_000  # characters
_MIN_MARKED = 3  # in all; fewer are a name or a quotation
_MIN_SHARE = 0.05  # of the Chinese characters; the frequent ones of the rule make up 10 to 20 %
_HAN_RE = re.compile(f"[{HAN}]")


def is_traditional(text: str) -> bool:
    """Tell whether *text* is written in traditional characters.

    Example:
        >>> is_traditional("綠色能源是經濟發展的動力"), is_traditional("《國學》是发展的新动力之一")
        (True, False)
    """
    sample = text[:_SAMPLE]
    n_marked = len(load_furniture().pattern("traditional").findall(sample))
    return n_marked >= _MIN_MARKED and n_marked >= _MIN_SHARE * len(_HAN_RE.findall(sample))


def simplify_draft(draft: Draft) -> tuple[Draft, str | None]:
    """Return the draft in simplified characters, and what is to be said of it, if anything."""
    if not is_traditional("\n".join(line.text for line in draft.lines)):
        return draft, None
    convert = _find_converter()
    if convert is None:
        return draft, NOT_TURNED
    lines = tuple(replace(line, text=convert(line.text)) for line in draft.lines)
    stated, assumed = (_simplify(metadata, convert) for metadata in (draft.stated, draft.assumed))
    return replace(draft, lines=lines, stated=stated, assumed=assumed), TURNED


def _simplify(metadata: Metadata, convert: Callable[[str], str]) -> Metadata:
    return replace(
        metadata,
        title=convert(metadata.title),
        authors=tuple(map(convert, metadata.authors)),
        publisher=convert(metadata.publisher) if metadata.publisher else None,
    )


@cache
def _find_converter() -> Callable[[str], str] | None:
    try:
        import opencc
    except ImportError:
        return None
    converter = opencc.OpenCC("t2s")

    def convert(text: str) -> str:
        return str(converter.convert(text))

    return convert
