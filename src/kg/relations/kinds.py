"""Which relation a verb states between two ends of their kinds.

``verbs.tsv`` gives every verb its relation, and another where an actor is its subject. What the ends, the
rule and the words around change in that stands in ``kind_corrections.tsv``, one correction a row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.clauses import Frame
from kg.errors import KgError
from kg.records import Mention
from kg.relations.calls import is_benefit
from kg.relations.contexts import ACTORS, Context
from kg.relations.modality import is_against
from kg.resources import resource_path
from kg.rules import Verb, find_verb, load_word_ends, load_word_set, parse_kind
from kg.schema import EntityKind, Modality, RelationKind
from kg.tables import read_table

COLUMNS = (
    "id",
    "kind",
    "rule",
    "subject",
    "object",
    "verbs",
    "when",
    "becomes",
    "note",
    "example",
    "expected",
)
_NOTHING, _OWN = "-", "own"
_REMEMBERED = 1 << 13  # verbs with the kinds of their ends: prose repeats itself, and memory stays flat
DOERS = ACTORS | {EntityKind.EVENT}  # 会议审议草案: a meeting acts as a body does
_OF_THINGS = frozenset(
    {"means", "closing", "benefit"}
)  # rules that tell what a thing brings about, whoever owns it
# What a document does, it calls for.
_DOCUMENT_CALLS = frozenset(
    {RelationKind.PROMOTES, RelationKind.IMPLEMENTS, RelationKind.GENERATES, RelationKind.AIMS_AT}
)
_MEASURES = frozenset({RelationKind.PROMOTES, RelationKind.ADDRESSES})


@dataclass(frozen=True, slots=True)
class Correction:
    """A row: between such ends a relation of one of *kinds* becomes another, or is not stated at all.

    ``verbs`` names a set of words that the verb is in, ``when`` one of the circumstances; either may be
    empty. ``becomes`` is ``None`` where nothing is stated, and ``is_own`` tells that the relation is the
    one that the verb has without its complement and its object.
    """

    id: str
    kinds: frozenset[RelationKind]
    rules: frozenset[str]
    is_for_other_rules: bool
    subjects: frozenset[EntityKind]
    objects: frozenset[EntityKind]
    verbs: str
    when: str
    becomes: RelationKind | None
    is_own: bool
    example: str
    expected: tuple[str, str, str]


@cache
def load_corrections() -> tuple[Correction, ...]:
    """Return the rows of ``rules/kind_corrections.tsv`` in their order, in which they apply.

    Raises:
        KgError: A row repeats an id, names an unknown kind or circumstance, or expects no
            ``subject|kind|object``.

    Example:
        >>> [row.becomes for row in load_corrections() if row.id == "run"]
        [<RelationKind.IMPLEMENTS: 'implements'>]
    """
    path = resource_path("rules", "kind_corrections.tsv")
    found: dict[str, Correction] = {}
    for number, cells in read_table(path, COLUMNS):
        row = _parse_correction(cells, f"{path.name}:{number}")
        if row.id in found:
            raise KgError(f"{path.name}:{number}: id {row.id!r} stands twice; remove one row")
        found[row.id] = row
    return tuple(found.values())


def _parse_correction(cells: tuple[str, ...], where: str) -> Correction:
    name, kind, rule, subject, obj, verbs, when, becomes, _note, example, expected = cells
    if when and when not in _CIRCUMSTANCES:
        raise KgError(
            f"{where}: {when!r} is not a circumstance; expected one of {', '.join(sorted(_CIRCUMSTANCES))}"
        )
    ends = tuple(expected.split("|"))
    if len(ends) != 3:
        raise KgError(f"{where}: expected cell is {expected!r}; expected 'subject|kind|object'")
    kinds, is_excluding = _parse_choice(kind)
    relations = frozenset(parse_kind(where, each) for each in kinds)
    rules, is_for_others = _parse_choice(rule)
    return Correction(
        name,
        frozenset(RelationKind) - relations if is_excluding else relations,
        rules,
        is_for_others,
        _parse_ends(subject, where),
        _parse_ends(obj, where),
        verbs,
        when,
        None if becomes in (_NOTHING, _OWN) else parse_kind(where, becomes),
        becomes == _OWN,
        example,
        (ends[0], ends[1], ends[2]),
    )


def _parse_choice(cell: str) -> tuple[frozenset[str], bool]:
    """Return the names of a cell, and whether all others are meant: those after ``!``, and if it is empty."""
    names = cell.removeprefix("!")
    return frozenset(names.split("|") if names else ()), not names or cell.startswith("!")


def _parse_ends(cell: str, where: str) -> frozenset[EntityKind]:
    names, is_excluding = _parse_choice(cell)
    known = {kind.value: kind for kind in EntityKind}
    for name in names - known.keys():
        raise KgError(f"{where}: {name!r} is not an entity kind; expected one of {', '.join(sorted(known))}")
    kinds = frozenset(known[name] for name in names)
    return frozenset(EntityKind) - kinds if is_excluding else kinds


def kind_stated(at: Context, frame: Frame, rule: str, subject: Mention, obj: Mention) -> RelationKind | None:
    """Return the relation that the verb of *frame* states between the two, ``None`` where it states none."""
    if frame.entry is None:
        return None
    kind = _kind_of_verb(frame.entry, subject, rule if not is_benefit(frame) else "benefit")
    if kind is RelationKind.IMPLEMENTS and is_benefit(frame):
        kind = RelationKind.PROMOTES  # 有利于|构建|格局: what it is good for it does not do itself
    for row in _find_corrections(frame.verb, rule, subject.kind, obj.kind):
        if kind not in row.kinds or (row.when and not _CIRCUMSTANCES[row.when](at, frame, subject, obj)):
            continue
        if row.is_own:
            own = find_verb(frame.verb)
            kind = _kind_of_verb(own, subject, "") if own is not None else kind
        elif row.becomes is None:
            return None
        else:
            kind = row.becomes
    return kind


def _kind_of_verb(entry: Verb, subject: Mention, rule: str) -> RelationKind:
    if rule in _OF_THINGS:
        return entry.kind
    if subject.text.startswith("《") and entry.kind in _DOCUMENT_CALLS:
        return RelationKind.ADVOCATES
    return entry.actor_kind if subject.kind in DOERS else entry.kind


@lru_cache(maxsize=_REMEMBERED)
def _find_corrections(verb: str, rule: str, subject: EntityKind, obj: EntityKind) -> tuple[Correction, ...]:
    """Return the rows that may apply, whatever the verb states so far."""
    return tuple(
        row
        for row in load_corrections()
        if subject in row.subjects
        and obj in row.objects
        and (rule in row.rules) is not row.is_for_other_rules
        and (not row.verbs or verb in load_word_set(row.verbs))
    )


# -- circumstances ---------------------------------------------------------------------------


def _is_harmful(at: Context, frame: Frame, _subject: Mention, obj: Mention) -> bool:
    """Tell whether what is made of the object is a harm: 使库存|无法流通, 令|发电量|下降."""
    rest = at.sentence.text[frame.verb_span.end - at.base :].partition("，")[0]
    if obj.kind is not EntityKind.ISSUE and not obj.name.endswith(load_word_ends("burdens")):
        after = at.sentence.text[obj.span.end - at.base :].partition("，")[0]
        sinks = after.rstrip("。；了").endswith(load_word_ends("sinking_verbs"))
        return sinks or any(sign in rest for sign in load_word_set("harm_signs"))
    return any(sign in rest for sign in load_word_set("harm_signs"))


def _is_receiving(_at: Context, frame: Frame, _subject: Mention, _obj: Mention) -> bool:
    """Tell whether a verb of receiving guests stands before the verb: 会见|来华|出席|论坛的人."""
    return any(word in frame.action for word in load_word_set("receiving_verbs"))


def _is_by_the_way(_at: Context, frame: Frame, subject: Mention, _obj: Mention) -> bool:
    """Tell whether the clause only says of which measure its head is: 推进改革的|任务, 完善制度的|机制."""
    entry = frame.entry
    is_measure = entry is not None and entry.kind in _MEASURES and not entry.is_result
    return is_measure and subject.span.start >= frame.verb_span.end


def _is_counted(at: Context, frame: Frame, _subject: Mention, obj: Mention) -> bool:
    """Tell whether the object is a number of things: 有 3 家企业."""
    return any(noun.is_counted and obj in at.names.of(noun) for noun in frame.objects)


def _is_moving(at: Context, frame: Frame, _subject: Mention, _obj: Mention) -> bool:
    """Tell whether the object is where something goes: 部署|在|港口."""
    return at.has_goal(frame)


def _is_prescribed(at: Context, frame: Frame, _subject: Mention, _obj: Mention) -> bool:
    """Tell whether a statute says that it must be so: 应当|取得."""
    return at.state.is_statute and at.scope.modality is Modality.REQUIRED and not is_against(frame)


def _is_aid(at: Context, frame: Frame, _subject: Mention, _obj: Mention) -> bool:
    """Tell whether what is given is aid itself: 加大对产粮大县的|支持力度."""
    return bool(at.aid_given(frame))


_CIRCUMSTANCES: dict[str, Callable[[Context, Frame, Mention, Mention], bool]] = {
    "harmful": _is_harmful,
    "receiving": _is_receiving,
    "by-the-way": _is_by_the_way,
    "counted": _is_counted,
    "moving": _is_moving,
    "prescribed": _is_prescribed,
    "aid": _is_aid,
}
