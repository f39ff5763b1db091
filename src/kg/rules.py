"""Grammar as data: verbs with their relations, and the closed word classes of the parser.

The tables stand in ``ontology/rules/``; this module reads and checks them once and offers them as
frozen records.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

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
            text, _kind(where, kind), _kind(where, actor_kind), int(nominal or 0), bool(result), bool(pivot)
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


def _kind(where: str, value: str) -> RelationKind:
    try:
        return RelationKind(value)
    except ValueError:
        hint = get_close_matches(value, [kind.value for kind in RelationKind], 1)
        did_you_mean = f"; did you mean {hint[0]!r}?" if hint else ""
        raise KgError(f"{where}: {value!r} is not a relation kind{did_you_mean}") from None


@cache
def load_word_set(name: str) -> frozenset[str]:
    """Return the first column of ``rules/<name>.tsv`` (header ``word note``)."""
    return frozenset(
        cells[0] for _, cells in read_table(resource_path("rules", f"{name}.tsv"), ("word", "note"))
    )


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
    for start in range(max(0, len(name) - _LONGEST_HEAD), len(name)):
        head = heads.get(name[start:])
        if head is not None:
            return head.alone if start == 0 else head.kind
    return None


_LONGEST_HEAD = 8  # characters; no head in the table is longer


@cache
def load_kinds(name: str) -> dict[str, RelationKind]:
    """Return word → relation kind from ``rules/<name>.tsv`` (header ``word kind``)."""
    path = resource_path("rules", f"{name}.tsv")
    return {word: _kind(f"{path.name}:{n}", kind) for n, (word, kind) in read_table(path, ("word", "kind"))}


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
