"""Grammar as data: verbs with their relations, and the closed word classes of the parser.

The tables stand in ``ontology/rules/``; this module reads and checks them once and offers them as
frozen records.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path

from kg.errors import KgError
from kg.resources import resource_path
from kg.schema import EntityKind, Modality, RelationKind, Strength
from kg.tables import read_table

_REMEMBERED = 1 << 14  # words and names whose answer is kept: prose repeats itself, and memory stays flat
VERB_COLUMNS = ("verb", "kind", "actor_kind", "nominal", "result", "pivot")


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb says of its subject and object.

    ``kind`` is the relation it states, ``actor_kind`` the one it states when an actor is its
    subject. ``nominal`` is 0 for plain verbs, 1 for verbs that also head noun phrases (产业发展)
    and 2 for those that also modify nouns freely (创新要素). A ``result`` verb tells what the
    preceding clause brings about; the object of a ``pivot`` verb is the subject of the next verb.
    """

    text: str
    kind: RelationKind
    actor_kind: RelationKind
    nominal: int
    is_result: bool
    is_pivot: bool


@cache
def load_verbs() -> dict[str, Verb]:
    """Return the verbs of ``rules/verbs.tsv`` by their text.

    Raises:
        KgError: A row names an unknown relation kind or repeats a verb.

    Example:
        >>> load_verbs()["催生"].kind
        <RelationKind.GENERATES: 'generates'>
    """
    verbs: dict[str, Verb] = {}
    path = resource_path("rules", "verbs.tsv")
    for number, (text, kind, actor_kind, nominal, result, pivot) in read_table(path, VERB_COLUMNS):
        where = f"{path.name}:{number}"
        if text in verbs:
            raise KgError(f"{where}: verb {text!r} stands twice; remove one row")
        verbs[text] = Verb(
            text,
            parse_kind(where, kind),
            parse_kind(where, actor_kind),
            int(nominal or 0),
            bool(result),
            bool(pivot),
        )
    return verbs


@lru_cache(maxsize=_REMEMBERED)
def find_verb(text: str) -> Verb | None:
    """Return the verb *text* is, a complement at its end left aside (蕴含着, 做足).

    Example:
        >>> found = find_verb("催生出")
        >>> found.kind if found else None
        <RelationKind.GENERATES: 'generates'>
    """
    verbs = load_verbs()
    found = verbs.get(text)
    if found is None and text[-1:] in load_word_set("complements"):
        found = verbs.get(text[:-1])
    return found


def parse_kind(where: str, value: str) -> RelationKind:
    """Return the relation kind that a cell names; *where* is its file and line.

    Raises:
        KgError: It names none.
    """
    try:
        return RelationKind(value)
    except ValueError:
        hint = get_close_matches(value, [kind.value for kind in RelationKind], 1)
        did_you_mean = f"; did you mean {hint[0]!r}?" if hint else ""
        raise KgError(f"{where}: {value!r} is not a relation kind{did_you_mean}") from None


@cache
def load_word_set(name: str) -> frozenset[str]:
    """Return the words of one set: of ``rules/word_sets.tsv``, or a larger one with a table of its own.

    Raises:
        KgError: A word is empty or stands twice, or the set stands in both places.

    Example:
        >>> "以来" in load_word_set("time_localizers"), "问题" in load_word_set("generic_nouns")
        (True, True)
    """
    small = _word_sets().get(name)
    path = resource_path("rules") / f"{name}.tsv"
    if small is None:
        rows = read_table(path, ("word", "note"))
        return frozenset(
            _check_words(path, ((number, name, cells[0]) for number, cells in rows)).get(name, ())
        )
    if path.exists():
        raise KgError(f"{path.name}: set {name!r} stands in word_sets.tsv too; keep it in one of them")
    return frozenset(small)


@cache
def load_word_ends(name: str) -> tuple[str, ...]:
    """Return the words of a set as ``str.startswith`` and ``str.endswith`` take them, longest first.

    Example:
        >>> "科技创新步伐".endswith(load_word_ends("degree_nouns"))
        True
    """
    return tuple(sorted(load_word_set(name), key=lambda word: (-len(word), word)))


@cache
def _word_sets() -> dict[str, list[str]]:
    path = resource_path("rules", "word_sets.tsv")
    rows = read_table(path, ("set", "word", "note"))
    return _check_words(path, ((number, cells[0], cells[1]) for number, cells in rows))


def _check_words(path: Path, rows: Iterable[tuple[int, str, str]]) -> dict[str, list[str]]:
    """Return set → words of ``(line number, set, word)``; each word stands once in its set."""
    sets: dict[str, dict[str, None]] = {}
    for number, name, word in rows:
        if not name or not word:
            raise KgError(
                f"{path.name}:{number}: an empty cell; expected a word; fill it in or remove the line"
            )
        if word in sets.setdefault(name, {}):
            raise KgError(f"{path.name}:{number}: {word!r} stands twice in {name!r}; remove one row")
        sets[name][word] = None
    return {name: list(words) for name, words in sets.items()}


@cache
def load_word_classes(name: str) -> dict[str, tuple[str, ...]]:
    """Return class → words in the order of ``rules/<name>.tsv`` (header ``class word note``).

    Raises:
        KgError: A row repeats a word of its class.

    Example:
        >>> load_word_classes("relation_words")["taken"]
        ('把', '将')
    """
    path = resource_path("rules", f"{name}.tsv")
    classes: dict[str, tuple[str, ...]] = {}
    for number, (key, word, _note) in read_table(path, ("class", "word", "note")):
        if word in classes.get(key, ()):
            raise KgError(f"{path.name}:{number}: {word!r} stands twice in class {key!r}; remove one row")
        classes[key] = (*classes.get(key, ()), word)
    return classes


@dataclass(frozen=True, slots=True)
class Head:
    """The kind of a phrase that ends in this word; ``alone`` where the bare word has another."""

    kind: EntityKind
    alone: EntityKind


@cache
def load_heads() -> dict[str, Head]:
    """Return the head words of ``rules/heads.tsv``.

    Example:
        >>> load_heads()["产业"].kind
        <EntityKind.SECTOR: 'Sector'>
    """
    path = resource_path("rules", "heads.tsv")
    rows = read_table(path, ("head", "kind", "alone", "note", "example"))
    return {cells[0]: Head(EntityKind(cells[1]), EntityKind(cells[2] or cells[1])) for _, cells in rows}


@lru_cache(maxsize=_REMEMBERED)
def kind_of_name(name: str) -> EntityKind | None:
    """Return the kind that the longest known head of *name* gives it, or ``None``.

    Example:
        >>> kind_of_name("社会化服务体系")
        <EntityKind.POLICY: 'Policy'>
    """
    heads = load_heads()
    if name.endswith("）") and "（" in name:
        name = name[: name.rindex("（")]  # 发展规划（2021—2035年）
    for start in range(max(0, len(name) - _LONGEST_HEAD), len(name)):
        head = heads.get(name[start:])
        if head is not None:
            return head.alone if start == 0 else head.kind
    return None


_LONGEST_HEAD = 8  # characters; no head in the table is longer


@dataclass(frozen=True, slots=True)
class CompoundHead:
    """A head whose phrase has ``kind`` only after a first part of a kind in ``of``, a name or a quality."""

    text: str
    of: frozenset[EntityKind]
    of_names: bool
    of_qualities: bool
    kind: EntityKind


@cache
def load_compound_heads() -> dict[str, CompoundHead]:
    """Return the heads of ``rules/compound_heads.tsv`` by their text."""
    path = resource_path("rules", "compound_heads.tsv")
    heads = {}
    for _, (text, of, kind, _note, _example) in read_table(path, ("head", "of", "kind", "note", "example")):
        parts = of.split("|")
        kinds = frozenset(EntityKind(part) for part in parts if part not in ("name", "quality"))
        heads[text] = CompoundHead(text, kinds, "name" in parts, "quality" in parts, EntityKind(kind))
    return heads


@lru_cache(maxsize=_REMEMBERED)
def find_compound_head(name: str) -> CompoundHead | None:
    """Return the compound head that *name* ends in, unless a longer plain head tells its kind.

    Example:
        >>> head = find_compound_head("山区隧道建设")
        >>> head.text if head else None
        '建设'
    """
    for start in range(max(1, len(name) - _LONGEST_HEAD), len(name) - 1):
        end = name[start:]
        if end in load_compound_heads():
            return load_compound_heads()[end]
        if end in load_heads():
            return None
    return None


@cache
def load_kinds(name: str) -> dict[str, RelationKind]:
    """Return word → relation kind from ``rules/<name>.tsv`` (header ``word kind``)."""
    path = resource_path("rules", f"{name}.tsv")
    return {
        word: parse_kind(f"{path.name}:{n}", kind) for n, (word, kind) in read_table(path, ("word", "kind"))
    }


@cache
def load_modals() -> tuple[tuple[str, Modality, Strength | None], ...]:
    """Return the modal words with what they say, longest first."""
    path = resource_path("rules", "modals.tsv")
    rows = [
        (word, Modality(modality), Strength(strength) if strength else None)
        for _, (word, modality, strength, _note) in read_table(path, ("word", "modality", "strength", "note"))
    ]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def load_surnames() -> frozenset[str]:
    """Return the Chinese surnames of ``rules/names.tsv``."""
    rows = read_table(resource_path("rules", "names.tsv"), ("kind", "pattern", "example"))
    return frozenset(pattern for _, (kind, pattern, _example) in rows if kind == "surname")
