"""The word tables that the reading of numbers relies on, loaded once and checked."""

from functools import cache

from kg.errors import KgError
from kg.records import Record
from kg.resources import resource_path
from kg.schema import ObservationKind
from kg.tables import read_table

_ROLES = ("reach", "up", "down", "flow")


class MeasureVerb(Record, frozen=True):
    """What a verb before a number says of it.

    ``reach``: the number is the subject's value (达到). ``up`` and ``down``: it is a change, named
    ``name`` (增长率, 降幅). ``flow``: the verb belongs to what is measured (新建, 出口).
    """

    role: str
    name: str


@cache
def load_measure_verbs() -> dict[str, MeasureVerb]:
    """Return the verbs of ``rules/measure_verbs.tsv``.

    Example:
        >>> load_measure_verbs()["增长"]
        MeasureVerb(role='up', name='增长率')
    """
    verbs: dict[str, MeasureVerb] = {}
    path = resource_path("rules", "measure_verbs.tsv")
    for number, (verb, role, name, _) in read_table(path, ("verb", "role", "name", "note")):
        if role not in _ROLES:
            raise KgError(f"{path.name}:{number}: role {role!r}; expected one of {', '.join(_ROLES)}")
        if verb in verbs:
            raise KgError(f"{path.name}:{number}: verb {verb!r} stands twice; remove one row")
        verbs[verb] = MeasureVerb(role, name)
    return verbs


@cache
def _number_word_classes() -> dict[str, tuple[str, ...]]:
    path = resource_path("rules", "number_words.tsv")
    classes: dict[str, tuple[str, ...]] = {}
    for number, (word, name, _) in read_table(path, ("word", "class", "note")):
        words = classes.get(name, ())
        if word in words:
            raise KgError(f"{path.name}:{number}: {word!r} stands twice in class {name!r}; remove one row")
        classes[name] = (*words, word)
    return classes


@cache
def number_words(name: str) -> frozenset[str]:
    """Return the words of one class of ``rules/number_words.tsv``.

    Raises:
        KgError: There is no such class.

    Example:
        >>> "产值" in number_words("measure")
        True
    """
    classes = _number_word_classes()
    if name not in classes:
        raise KgError(f"number_words.tsv: no class {name!r}; known classes: {', '.join(sorted(classes))}")
    return frozenset(classes[name])


@cache
def word_ends(name: str) -> tuple[str, ...]:
    """Return the words of a class longest first, for ``str.endswith`` and alternations."""
    return tuple(sorted(number_words(name), key=lambda word: (-len(word), word)))


@cache
def load_dimension_nouns() -> dict[str, str]:
    """Return dimension → the noun that names its measure (area: 面积)."""
    path = resource_path("rules", "dimension_nouns.tsv")
    return {cells[0]: cells[1] for _, cells in read_table(path, ("dimension", "noun", "note"))}


@cache
def load_pair_words() -> dict[str, tuple[str, str]]:
    """Return word → the two things that it names (产销: 产量 and 销量).

    Example:
        >>> load_pair_words()["城乡"]
        ('城镇', '农村')
    """
    rows = read_table(resource_path("rules", "pair_words.tsv"), ("word", "first", "second", "note"))
    return {word: (first, second) for _, (word, first, second, _note) in rows}


@cache
def load_classifier_heads() -> dict[str, tuple[str, ...]]:
    """Return classifier → the nouns it counts, by their ends (家: 企业, 公司 …)."""
    path = resource_path("rules", "classifier_heads.tsv")
    rows = read_table(path, ("classifier", "heads", "note"))
    return {classifier: tuple(heads.split("|")) for _, (classifier, heads, _note) in rows}


@cache
def load_number_kinds() -> dict[str, ObservationKind]:
    """Return cue word → the kind of number it announces (力争: a target)."""
    path = resource_path("rules", "number_kinds.tsv")
    return {cells[0]: ObservationKind(cells[1]) for _, cells in read_table(path, ("word", "kind", "note"))}


@cache
def load_source_words() -> dict[str, str]:
    """Return word → on which side of it the source of a number stands."""
    path = resource_path("rules", "sources.tsv")
    return {cells[0]: cells[1] for _, cells in read_table(path, ("word", "side", "note"))}
