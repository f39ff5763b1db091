"""Terms the project knows by name: who, where, which industry, with codes and other names.

A lexicon is read from ``ontology/lexicon/*.tsv`` (every table there has the same columns, explained in
its README) and from tables of the user's own. It answers two questions: which term a name stands for,
and where terms stand in a text. Everything is checked as it is read; a wrong cell is told by file and line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from kg.errors import KgError
from kg.records import Code
from kg.resources import resource_path
from kg.schema import EntityKind
from kg.tables import read_table

COLUMNS = ("name", "kind", "aliases", "scheme", "notation", "broader", "exact_match", "note")

_KINDS = {kind.value: kind for kind in EntityKind}
_SHORTEST = 2  # characters; a shorter name is never searched for
_REMEMBERED = 1 << 8  # texts, more than an article has; what it measures is looked for in it once more
_OF_THESE = "其中"  # opens what is told of a part


@dataclass(frozen=True, slots=True)
class Term:
    """One thing of the world under its usual name.

    ``broader`` holds names of other terms, ``exact_match`` full IRIs elsewhere.

    Example:
        >>> Term("中国人民银行", EntityKind.ORGANIZATION, aliases=("央行",)).surfaces
        ('中国人民银行', '央行')
    """

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    broader: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Return the name and every alias."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms, ready to be looked up and found in text.

    ``terms`` are sorted by name; ``digest`` changes whenever a table does.
    """

    terms: tuple[Term, ...]
    digest: str
    _by_surface: Mapping[str, Term] = field(repr=False, compare=False)
    _searched: Mapping[str, Term | None] = field(repr=False, compare=False)
    _search: "_Search" = field(repr=False, compare=False)
    _uncut: Mapping[str, tuple[str, ...]] = field(repr=False, compare=False)
    _own: frozenset[str] = field(repr=False, compare=False)

    def is_own(self, name: str) -> bool:
        """Tell whether a table of the user, and not only a shipped one, holds the term of this name.

        Example:
            >>> load_lexicon().is_own("央企")
            False
        """
        term = self.lookup(name)
        return term is not None and term.name in self._own

    def lookup(self, name: str) -> Term | None:
        """Return the term of this name or alias.

        Example:
            >>> term = load_lexicon().lookup("国家发改委")
            >>> term.name if term else None
            '国家发展和改革委员会'
        """
        return self._by_surface.get(name)

    def find(self, text: str) -> list[tuple[int, int, Term]]:
        """Return ``(start, end, term)`` of the terms in *text*, left to right, without overlaps.

        At each place the longest name wins. A name of one character is never searched for; one
        that begins or ends in a letter or digit must not stand inside a longer run of them; none
        ends just before the last character of a word of ``rules/whole_words.tsv`` (光伏产业|链).
        Names of two characters are found wherever they stand: whether 工商 is a word in 理工商学院
        only a word segmenter can tell.

        Example:
            >>> found = load_lexicon().find("央行上海总部在上海市场发布")
            >>> [(start, end, term.name) for start, end, term in found][:3]
            [(0, 2, '中国人民银行'), (2, 4, '上海'), (7, 9, '上海')]
        """
        found = []
        position = 0
        for start, end in self._search.everywhere(text):
            if start >= position and self._is_whole(text, start, end):
                position = end
                term = self._searched[text[start:end]]
                if term is not None:
                    found.append((start, end, term))
        return found

    def _is_whole(self, text: str, start: int, end: int) -> bool:
        after = text[end - 1 : end + 1]
        uncut = self._uncut.get(after)
        if uncut is not None and text.endswith(uncut, start, end + 1):
            return False
        if text[max(start - 1, 0) : start + 1] == _OF_THESE and text[start + 1 : end] in self._searched:
            return False  # 其中|西部地区, not 其|中西部地区
        return not (_is_run(after) or _is_run(text[max(start - 1, 0) : start + 1]))


class _Search:
    """Finds names wherever they stand; sent to another process as its names, since it is soon built."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._find = AhoCorasick(names, store_patterns=False).find_matches_as_indexes
        self.everywhere = lru_cache(maxsize=_REMEMBERED)(self._everywhere)

    def __reduce__(self) -> tuple[type["_Search"], tuple[tuple[str, ...]]]:
        return _Search, (self._names,)

    def _everywhere(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return start and end of all names in *text*, even within others; at each place longest first."""
        found = [(start, -end) for _, start, end in self._find(text, overlapping=True)]
        found.sort()
        return tuple([(start, -end) for start, end in found])


def load_lexicon(extra: Sequence[Path] = ()) -> Lexicon:
    """Read the shipped terms and those of the user's own tables.

    A term of a later table takes the place of an earlier one of the same name, and takes over any
    surface that it claims from another term; within the shipped tables, or within one own table, two
    terms of one surface are an error.

    Raises:
        KgError: A table cannot be read, or a row is wrong; the message names file and line.

    Example:
        >>> load_lexicon().lookup("央企").name
        '中央企业'
    """
    shipped = sorted(resource_path("lexicon").glob("*.tsv"), key=lambda path: path.name)
    layers = [_read_layer(shipped), *(_read_layer([path]) for path in extra)]
    by_surface = _merge([layer.terms for layer in layers])
    by_name = {term.name: term for term in by_surface.values()}
    own = frozenset(term.name for layer in layers[1:] for term in layer.terms.values())
    for layer in layers:
        _check_broader(layer, by_surface)
    words = _whole_words()
    searched: dict[str, Term | None] = dict.fromkeys(words)
    searched.update((surface, term) for surface, term in by_surface.items() if len(surface) >= _SHORTEST)
    return Lexicon(
        terms=tuple(by_name[name] for name in sorted(by_name)),
        digest=_digest([*shipped, *extra]),
        _by_surface=by_surface,
        _searched=searched,
        _search=_Search(tuple(searched)),
        _uncut=_last_gaps(words),
        _own=own,
    )


@dataclass(slots=True)
class _Layer:
    """Tables read together; ``places`` tells where a surface was given, for messages."""

    terms: dict[str, Term]
    places: dict[str, str]


def _read_layer(paths: Iterable[Path]) -> _Layer:
    layer = _Layer({}, {})
    for path in paths:
        file_name = path.name
        for line, cells in _rows(path):
            place = f"{file_name}:{line}"
            term = _parse_term(cells, place)
            for surface in term.surfaces:
                other = layer.terms.setdefault(surface, term)
                if other is not term:
                    raise KgError(
                        f"{place}: {surface!r} of {term.name!r} already stands for {other.name!r} "
                        f"({layer.places[other.name]}); expected one term for each name and alias; remove one"
                    )
            layer.places[term.name] = place
    return layer


def _rows(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        yield from read_table(path, COLUMNS)
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}; check the path of the lexicon table") from error
    except UnicodeDecodeError as error:
        raise KgError(
            f"{path.name}: not UTF-8 (byte 0x{error.object[error.start]:02x} at offset {error.start}); "
            "re-save as UTF-8"
        ) from error


def _parse_term(cells: tuple[str, ...], place: str) -> Term:
    name, kind, aliases, scheme, notation, broader, exact_match, _note = cells
    if not name:
        raise KgError(f"{place}: name is empty; expected the usual name; fill it in or remove the line")
    if kind not in _KINDS:
        raise KgError(f"{place}: kind {kind!r} is not a known entity kind; {_suggestion(kind, _KINDS)}")
    other_names = _parse_list(aliases, place, "aliases")
    if other_names and len({name, *other_names}) <= len(other_names):
        raise KgError(
            f"{place}: {name!r} has the same name twice in {aliases!r}; expected each once; remove one"
        )
    return Term(
        name,
        _KINDS[kind],
        other_names,
        _parse_codes(scheme, notation, place) if scheme or notation else (),
        _parse_list(broader, place, "broader"),
        _parse_list(exact_match, place, "exact_match"),
    )


def _parse_codes(scheme: str, notation: str, place: str) -> tuple[Code, ...]:
    schemes = _parse_list(scheme, place, "scheme")
    notations = _parse_list(notation, place, "notation")
    if len(schemes) != len(notations):
        raise KgError(
            f"{place}: {len(schemes)} scheme(s) but {len(notations)} notation(s); expected one notation "
            "for each scheme; fill in both columns or neither"
        )
    return tuple(map(Code, schemes, notations))


def _parse_list(cell: str, place: str, column: str) -> tuple[str, ...]:
    if not cell:
        return ()
    items = tuple(cell.split("|"))
    if not all(items) or any(item != item.strip() for item in items):
        raise KgError(
            f"{place}: {column} {cell!r} has an empty or padded entry; expected names separated by single '|'"
        )
    return items


def _suggestion(word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.5)
    guess = f"did you mean {close[0]!r}? " if close else ""
    return f"{guess}Known kinds: {', '.join(names)}."


def _merge(layers: Sequence[Mapping[str, Term]]) -> dict[str, Term]:
    """Return surface → term; a later layer takes over the surfaces it names."""
    merged = dict(layers[0])
    for layer in layers[1:]:
        for term in {term.name: term for term in layer.values()}.values():
            _take_over(merged, term)
    return merged


def _take_over(merged: dict[str, Term], term: Term) -> None:
    for surface in term.surfaces:
        old = merged.get(surface)
        if old is None:
            continue
        for other in old.surfaces:
            del merged[other]
        if surface != old.name and old.name != term.name:  # it lost an alias, but it is still there
            kept = replace(old, aliases=tuple(alias for alias in old.aliases if alias != surface))
            merged.update(dict.fromkeys(kept.surfaces, kept))
    merged.update(dict.fromkeys(term.surfaces, term))


def _check_broader(layer: _Layer, by_surface: Mapping[str, Term]) -> None:
    for term in layer.terms.values():
        for name in term.broader:
            broader = by_surface.get(name)
            if broader is None or broader.name != name:
                close = [broader.name] if broader else get_close_matches(name, by_surface, n=1)
                hint = f"did you mean {close[0]!r}?" if close else "add it, or leave the cell empty."
                raise KgError(
                    f"{layer.places[term.name]}: broader {name!r} of {term.name!r} names no term; {hint}"
                )


def _whole_words() -> tuple[str, ...]:
    """Return words that hide the terms inside them: 中国 is no country in 发展中国家."""
    table = read_table(resource_path("rules", "whole_words.tsv"), ("word", "note"))
    return tuple(word for _, (word, _note) in table)


def _last_gaps(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return last two characters → words: where only the last is missing, a term would cut the word."""
    gaps: dict[str, tuple[str, ...]] = {}
    for word in words:
        gaps[word[-2:]] = (*gaps.get(word[-2:], ()), word)
    return gaps


def _is_run(pair: str) -> bool:
    """Tell whether two letters or digits run on (the nA of OpenAI, where AI is no word)."""
    return pair.isascii() and pair.isalnum() and len(pair) == 2


def _digest(paths: Iterable[Path]) -> str:
    digest = sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
