"""File names of article pages: safe on every system, one for each article, linkable."""

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

_LONGEST = 120  # bytes; common file systems take 255, archives and sync tools less


def page_names(article_ids: Iterable[str]) -> dict[str, str]:
    """Return the file name of each article's page, ``….html``.

    The name is the article's id without its scope; where that is too long, or differs from an
    earlier one by case only, a digest tells them apart.

    Example:
        >>> page_names(["article/甲", "article/a%2Fb"])
        {'article/甲': '甲.html', 'article/a%2Fb': 'a%2Fb.html'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for article_id in article_ids:
        stem = article_id.removeprefix("article/").replace("/", "-")
        if len(stem.encode("utf-8")) > _LONGEST or stem.casefold() in taken:
            digest = hashlib.sha256(article_id.encode("utf-8")).hexdigest()[:12]
            cut = stem.encode("utf-8")[: _LONGEST - 13].decode("utf-8", "ignore")
            stem = f"{cut}-{digest}"
        taken.add(stem.casefold())
        names[article_id] = f"{stem}.html"
    return names


def to_href(file_name: str) -> str:
    """Return the relative URL of a file name: a percent sign in it is a character, not an escape.

    Example:
        >>> to_href("a%2Fb.html")
        'a%252Fb.html'
    """
    return quote(file_name)
