"""What a format yields before its layout is restored: lines, and what the file says of itself."""

from dataclasses import dataclass, field, fields, replace
from enum import IntEnum


class Level(IntEnum):
    """How a line is marked up; 1 to 6 are the heading levels of HTML and Markdown."""

    PLAIN = 0
    TITLE = 1
    EMPHASIS = 7  # a paragraph that is bold throughout: a heading, but never the start of an article


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the source shows it, characters normalised and outer spaces trimmed.

    ``after_gap`` tells that a blank line stands before it, ``is_whole`` that markup makes it a
    paragraph of its own; ``number`` is the 1-based line of the source file, 0 where there is none.
    """

    text: str
    number: int = 0
    level: int = Level.PLAIN
    after_gap: bool = False
    is_indented: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; empty where nothing is."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    url: str | None = None

    def or_else(self, other: "Metadata") -> "Metadata":
        """Return this with what it lacks taken from *other*.

        Example:
            >>> Metadata(title="题").or_else(Metadata(title="文件名", date="2024")).date
            '2024'
        """
        missing = {f.name: getattr(other, f.name) for f in fields(self) if not getattr(self, f.name)}
        return replace(self, **missing)


@dataclass(frozen=True, slots=True)
class Draft:
    """One article or several, as a format yields them.

    ``stated`` is what the format says in so many words (front matter, JSON, labelled fields of a
    page), ``assumed`` what it lets one guess (meta tags, the author field of a feed); what the text
    itself says stands between the two. ``key`` names the article within its file.
    """

    lines: tuple[Line, ...]
    stated: Metadata = field(default_factory=Metadata)
    assumed: Metadata = field(default_factory=Metadata)
    key: str = ""
    number: int = 0
    is_single: bool = False
