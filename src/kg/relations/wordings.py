"""How a sentence words what no single verb says: causes, complements, what a document tells of itself.

The patterns stand in ``relation_patterns.tsv``; a name in braces stands for the words of a class of
``relation_words.tsv``, for those of a set, or for an earlier pattern.
"""

import re
from collections.abc import Mapping
from functools import cache

from kg.errors import KgError
from kg.resources import resource_path
from kg.rules import load_word_classes, load_word_set
from kg.tables import read_table

COLUMNS = ("id", "pattern", "note", "example")
_NAME_RE = re.compile(r"\{([a-z][a-z_-]*)\}")


@cache
def load_wording(name: str) -> re.Pattern[str]:
    """Return the pattern of this name in ``rules/relation_patterns.tsv``.

    Example:
        >>> load_wording("article").match("第十二条　经营者应当取得许可证。") is not None
        True
    """
    return load_wordings()[name]


@cache
def load_wordings() -> dict[str, re.Pattern[str]]:
    """Return all patterns by their names.

    Raises:
        KgError: A row repeats a name, is no regular expression, names words that are in no table, or
            does not match its example.
    """
    path = resource_path("rules", "relation_patterns.tsv")
    found: dict[str, re.Pattern[str]] = {}
    for number, (name, pattern, _note, example) in read_table(path, COLUMNS):
        where = f"{path.name}:{number}"
        if name in found:
            raise KgError(f"{where}: pattern {name!r} stands twice; remove one row")
        try:
            found[name] = re.compile(_with_words(pattern, found, where))
        except re.error as error:
            raise KgError(f"{where}: {pattern!r} is no regular expression: {error}; mend it") from error
        if not found[name].search(example):
            raise KgError(f"{where}: {name!r} does not match its example {example!r}; mend one of them")
    return found


def _with_words(pattern: str, earlier: Mapping[str, re.Pattern[str]], where: str) -> str:
    """Put words for the names in braces, the longest first, so that none hides one that goes on."""
    classes = load_word_classes("relation_words")

    def words_of(match: re.Match[str]) -> str:
        name = match[1]
        if name in earlier:
            return f"(?:{earlier[name].pattern})"
        try:
            words = classes.get(name) or load_word_set(name)
        except FileNotFoundError as error:
            raise KgError(
                f"{where}: {{{name}}} is no class of words, no set and no earlier pattern; mend it"
            ) from error
        return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))

    return _NAME_RE.sub(words_of, pattern)
